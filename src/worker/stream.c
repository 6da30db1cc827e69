#include "worker/stream.h"

#include "worker/answer.h"
#include "worker/run.h"

#include <stdio.h>

struct stream {
    struct run run;
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
    struct outbox *outbox = stream->run.command->link.outbox;
    unsigned char one[MESSAGE_RESULTS_SIZE];
    bool is_first = stream->number == stream->run.number;

    if (!stream->writes)
        return;
    stream->writes = false;
    message_encode_results(one, 1);
    if (outbox_send(outbox, is_first ? MESSAGE_TAKEN : MESSAGE_RESULTS, (uint16_t)stream->slot,
                    stream->number, one, is_first ? 0 : sizeof one) < 0)
        link_lose_parent(&stream->run.command->link);
}

static void look_for_more(struct stream *stream)
{
    struct command *command = stream->run.command;
    struct queue_chunk chunk;
    enum queue_result result = run_claim(&stream->run, &stream->slot, &chunk);
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
static void prepare(struct run *run, nanoseconds now)
{
    struct stream *stream = run->owner;
    struct stdin_writer *stdin_writer = &run->command->stdin_writer;

    (void)now;
    while (stdin_writer->fd >= 0 && !reaper_ladder_begun(&run->ladder)) {
        run_feed_on(run);
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
static void tell_end(struct stream *stream)
{
    struct run *run = &stream->run;
    struct message_done done = {.outcome = OUTCOME_SUCCESS};
    char text[160];

    run_judge(run, &done);
    if ((done.outcome != OUTCOME_SUCCESS || run->timed_out != 0) && !run->command->link.ending &&
        stream->given > 1) {
        int length =
            snprintf(text, sizeof text,
                     "cpool: the command that began with block %llu failed; it had been given %llu blocks\n",
                     (unsigned long long)run->number + 1, (unsigned long long)stream->given);
        if (length > 0)
            answer_say(run, text, size_min((size_t)length, sizeof text - 1));
    }
    answer_ended(run, (struct items){0});
}

static bool is_well(const struct run *run)
{
    struct message_done done = {.outcome = OUTCOME_SUCCESS};
    run_judge(run, &done);
    return done.outcome == OUTCOME_SUCCESS && run->timed_out == 0;
}

/* False: it can't be started, which has been told. */
static bool start(struct stream *stream, const struct queue_chunk *chunk)
{
    struct run *run = &stream->run;
    struct command *command = run->command;
    const struct command_task task = {
        .number = run->number, .worker = run->worker, .items = {"", 0, 0}, .tries = chunk->tries};
    struct stdin_writer_source source = source_of(command, chunk);
    const char *why = NULL;

    source.header = command->plan->header;
    source.header_length = command->plan->header_length;
    outbox_item_started(command->link.outbox);
    bool is_expanded = command_expand(command, &task, &why) == 0;
    if (command->records)
        content_of_stream(&command->content, &command->line);
    answer_begin(run, &task);
    if (!is_expanded) {
        answer_not_started(run, task.items, "can't be an argument", why, 0);
        return false;
    }
    environment_set(&command->environment, run->number, run->worker, &command->line.variables);
    command_tell(command, command->plan->ungrouped);
    char **vector = words_vector(&command->line.arguments);
    int error = run_start(run, vector, &source);
    if (command->starved) {
        outbox_item_not_started(command->link.outbox);
        return false;
    }
    if (error == 0)
        answer_begun(run, (struct items){0});
    answer_command(run);
    if (error != 0) {
        answer_not_executed(run, task.items, vector, error);
        return false;
    }
    command->stdin_writer.stays_open = true;
    return true;
}

int stream_run(struct command *command, unsigned number, unsigned slot, const struct queue_chunk *chunk,
               int *exit_status)
{
    struct stream stream = {.slot = slot, .number = chunk->first, .writes = true, .given = 1};
    struct run *run = &stream.run;

    run_init(run, command, (uint16_t)slot, chunk->first, number);
    run->resident = &resident;
    run->owner = &stream;
    if (start(&stream, chunk)) {
        run_supervise(run);
        if (stream.number != run->number)
            release_block(&stream);
        tell_end(&stream);
        if (!stream.closed && !command->link.ending && is_well(run))
            *exit_status = STREAM_SATED;
    }
    run_release(run);
    link_flush(&command->link, clock_now());
    return command->link.ending || run->leftovers || command->starved || *exit_status != 0 ? -1 : 0;
}
