/*
 * Chunks are held in the order in which they were claimed, and sent and answered in that order. Where a
 * chunk's bytes are what the filter is to get, they go to it as they lie in shared memory; otherwise some of
 * its items are framed anew at a time.
 */
#include "worker/filter_internal.h"

#include "base/xalloc.h"
#include "worker/framing.h"
#include "worker/task_messages.h"

#include <stdlib.h>

/* As much is framed at a time. */
#define FEED_SIZE (64 * KIB)

/* ---- what is left out ---- */

void filter_find_content(struct filter_process *process, uint64_t number, struct item item)
{
    const struct command_task task = {
        .number = number, .worker = process->filter->number, .items = {"", 0, 0}};
    struct command *command = process->child.command;
    task_key_of_answer(&command->task_key, command->plan, &task, &command->line, item);
}

/* Which of the chunk's items are not for the filter. */
static void find_left_out(struct filter_process *process, struct filter_held *held)
{
    const struct task_key *task_key = &process->child.command->task_key;
    struct items items = held->unsent;
    bool any = false;
    held->left_out = xcalloc(held->chunk.count, sizeof *held->left_out);
    for (uint32_t i = 0; i < held->chunk.count; i++) {
        filter_find_content(process, held->chunk.first + i, filter_next_item(process, &held->chunk, &items));
        held->left_out[i] = task_key_was_done(task_key, held->chunk.first + i);
        any = any || held->left_out[i];
    }
    if (any)
        return;
    free(held->left_out);
    held->left_out = NULL;
}

bool filter_pass_left_out(struct filter_held *held)
{
    if (!filter_is_left_out(held, held->sent))
        return false;
    items_skip(&held->unsent, held->chunk.batch);
    held->sent++;
    return true;
}

/* ---- chunks ---- */

void filter_hold(struct filter_process *process, unsigned slot, const struct queue_chunk *chunk)
{
    const struct queue *queue = process->child.command->queue;
    struct filter_held *held = xmalloc(sizeof *held);
    *held = (struct filter_held){.chunk = *chunk, .slot = slot};
    if (process->child.command->apart)
        held->since = clock_now();
    held->unsent = held->unanswered =
        (struct items){queue->arena + chunk->offset, chunk->length, chunk->delimiter};
    if (process->child.command->task_key.done != NULL)
        find_left_out(process, held);
    *process->last = held;
    process->last = &held->next;
    if (process->held++ == 0)
        outbox_chunk(filter_outbox(process));
}

void filter_drop_first(struct filter_process *process)
{
    struct filter_held *held = process->first;
    outbox_end_results(filter_outbox(process));
    process->first = held->next;
    if (process->first == NULL)
        process->last = &process->first;
    process->held--;
    free(held->left_out);
    free(held);
    outbox_chunk(filter_outbox(process));
}

/* What has failed before gets a process of its own, the next one. */
static bool is_for_later(const struct filter_process *process, const struct filter_held *held)
{
    return held->chunk.tries > 0 && !process->alone;
}

struct filter_held *filter_first_unsent(const struct filter_process *process)
{
    struct filter_held *held = process->first;
    while (held != NULL && held->sent == held->chunk.count)
        held = held->next;
    return held == NULL || is_for_later(process, held) ? NULL : held;
}

/* ---- sending ---- */

static void frame_items(struct filter_process *process, struct filter_held *held)
{
    buffer_clear(&process->feed);
    held->anew = true;
    while (held->sent < held->chunk.count && buffer_length(&process->feed) < FEED_SIZE) {
        if (filter_pass_left_out(held))
            continue;
        struct item item = filter_next_item(process, &held->chunk, &held->unsent);
        held->sent++;
        if (!framing_can(process->framing, item))
            continue; /* it is refused when its turn to be answered has come */
        framing_put(process->framing, item, &process->feed);
        process->missing++;
    }
}

bool filter_feed(struct filter_process *process)
{
    struct stdin_writer *stdin_writer = &process->child.command->stdin_writer;
    struct filter_held *held = filter_first_unsent(process);
    if (held == NULL)
        return false;
    struct stdin_writer_source source = {.bytes = held->unsent.bytes, .length = held->unsent.length};
    if (held->chunk.batch == 1 && held->left_out == NULL && framing_fits(process->framing, &held->unsent)) {
        held->unsent.bytes += held->unsent.length;
        held->unsent.length = 0;
        process->missing += held->chunk.count - held->sent;
        held->sent = held->chunk.count;
    } else {
        uint32_t before = held->sent;
        frame_items(process, held);
        source.bytes = buffer_bytes(&process->feed);
        source.length = buffer_length(&process->feed);
        bool has_moved = held->sent > before;
        filter_tell_unsent(process);
        if (source.length == 0)
            return has_moved;
    }
    stdin_writer_add(stdin_writer, &source);
    return source.length > 0;
}
