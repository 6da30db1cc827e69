#include "worker/stream.h"

#include "worker/child.h"
#include "worker/task_messages.h"

#include <stdio.h>

struct stream {
    struct child child;
    unsigned slot; /* of the block that is being written, */
    uint64_t number;
    bool writes;    /* if one is */
    bool closed;    /* the queue has no more, or no more is wanted */
    uint64_t given; /* blocks, the first included */
};

static struct stdin_writer_source source_of(const struct command *command, const struct queue_chunk *chunk)
{
    return (struct stdin_writer_source){
        .bytes = chunk->delimiter == ITEMS_RANGE ? NULL : command->queue->arena + chunk->offset,
        .file = command->plan->file,
        .offset = chunk->offset,
        .length = chunk->length};
}

/* The block at hand has been written, or is not wanted any more: its bytes are nobody's. */
static void release_block(struct stream *stream)
{
    struct outbox *outbox = stream->child.command->link.outbox;
    unsigned char one[MESSAGE_RESULTS_SIZE];
    bool is_first = stream->number == stream->child.number;

    if (!stream->writes)
        return;
    stream->writes = false;
    message_encode_results(one, 1);
    if (outbox_send(outbox, is_first ? MESSAGE_TAKEN : MESSAGE_RESULTS, (uint16_t)stream->slot,
                    stream->number, one, is_first ? 0 : sizeof one) < 0)
        link_lose_parent(&stream->child.command->link);
}

static void look_for_more(struct stream *stream)
{
    struct command *command = stream->child.command;
    struct queue_chunk chunk;
    enum queue_result result = child_claim(&stream->child, &stream->slot, &chunk);
    stream->closed = result == QUEUE_CLOSED;
    if (result != QUEUE_CLAIMED)
        return;
    const struct stdin_writer_source source = source_of(command, &chunk);
    stream->number = chunk.first;
    stream->writes = true;
    stream->given++;
    stdin_writer_add(&command->stdin_writer, &source);
}

/* Write on; when the command has taken a block, the next. */
static void prepare(struct child *child, nanoseconds now)
{
    struct stream *stream = child->owner;
    struct stdin_writer *stdin_writer = &child->command->stdin_writer;

    (void)now;
    while (stdin_writer->fd >= 0 && !reaper_ladder_begun(&child->ladder)) {
        child_feed_on(child);
        if (stdin_writer->fd < 0 || stdin_writer_has_more(stdin_writer))
            return;
        release_block(stream);
        if (!stream->closed)
            look_for_more(stream);
        if (stream->closed)
            stdin_writer_close(stdin_writer);
        else if (!stream->writes)
            return;
    }
}

static const struct run_resident resident = {.prepare = prepare};

/* Its end is the answer to the first block; who looks for what was lost must know of the others. */
static void send_end(struct stream *stream)
{
    struct child *child = &stream->child;
    struct message_done done = {.outcome = OUTCOME_SUCCESS};
    char text[160];

    child_judge(child, &done);
    if ((done.outcome != OUTCOME_SUCCESS || child->timed_out != 0) && !child->command->link.ending &&
        stream->given > 1) {
        int length =
            snprintf(text, sizeof text,
                     "cpool: the command that began with block %llu failed; it had been given %llu blocks\n",
                     (unsigned long long)child->number + 1, (unsigned long long)stream->given);
        if (length > 0)
            task_messages_text(child, text, size_min((size_t)length, sizeof text - 1));
    }
    task_messages_ended(child, (struct items){0});
}

static bool is_well(const struct child *child)
{
    struct message_done done = {.outcome = OUTCOME_SUCCESS};
    child_judge(child, &done);
    return done.outcome == OUTCOME_SUCCESS && child->timed_out == 0;
}

/* False: it can't be started, which has been told. */
static bool start(struct stream *stream, const struct queue_chunk *chunk)
{
    struct child *child = &stream->child;
    struct command *command = child->command;
    const struct command_task task = {
        .number = child->number, .worker = child->worker, .items = {"", 0, 0}, .tries = chunk->tries};
    struct stdin_writer_source source = source_of(command, chunk);
    const char *why = NULL;

    source.header = command->plan->header;
    source.header_length = command->plan->header_length;
    outbox_item_started(command->link.outbox);
    bool is_expanded = command_expand(command, &task, &why) == 0;
    if (command->observed)
        task_key_of_stream(&command->task_key, &command->line);
    task_messages_begin(child, &task);
    if (!is_expanded) {
        task_messages_not_started(child, task.items, "can't be an argument", why, 0);
        return false;
    }
    environment_set(&command->environment, child->number, child->worker, &command->line.variables);
    command_tell(command, command->plan->ungrouped);
    char **vector = words_vector(&command->line.arguments);
    int error = child_start(child, vector, &source);
    if (command->starved) {
        outbox_item_not_started(command->link.outbox);
        return false;
    }
    if (error == 0)
        task_messages_begun(child, (struct items){0});
    task_messages_command(child);
    if (error != 0) {
        task_messages_not_executed(child, task.items, vector, error);
        return false;
    }
    command->stdin_writer.stays_open = true;
    return true;
}

int stream_run(struct command *command, unsigned number, unsigned slot, const struct queue_chunk *chunk,
               int *exit_status)
{
    struct stream stream = {.slot = slot, .number = chunk->first, .writes = true, .given = 1};
    struct child *child = &stream.child;

    child_init(child, command, (uint16_t)slot, chunk->first, number);
    child->resident = &resident;
    child->owner = &stream;
    if (start(&stream, chunk)) {
        child_supervise(child);
        if (stream.number != child->number)
            release_block(&stream);
        send_end(&stream);
        if (!stream.closed && !command->link.ending && is_well(child))
            *exit_status = STREAM_SATED;
    }
    child_release(child);
    link_flush(&command->link, clock_now());
    return command->link.ending || child->leftovers || command->starved || *exit_status != 0 ? -1 : 0;
}
