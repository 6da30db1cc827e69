/*
 * What comes back. A worker's messages are believed only where they fit what it has claimed. bury.c has what
 * becomes of the chunks of a dead one.
 */
#include "pool/pool_internal.h"

#include "base/log.h"

#include <errno.h>

/* Each of these says false where no worker in its right mind sends that. */

static bool take_greeting(struct pool *pool, struct crew_member *member, const struct message *message)
{
    bool first = message->type == MESSAGE_HELLO && !member->greeted;
    member->greeted = true;
    crew_greeted(&pool->crew, member);
    return first && message->as.hello.pid == (uint32_t)member->pid;
}

static bool take_results(struct pool *pool, struct crew_member *member, const struct ledger_chunk *chunk,
                         const struct message *message, nanoseconds now)
{
    if (message->as.output.count > chunk->what.count - chunk->done)
        return false;
    collector_add(&pool->collector, chunk->span, COLLECTOR_OUTPUT, message->as.output.bytes,
                  message->as.output.length);
    if (command_is_stream(pool->options->workers.command)) {
        member->given++;
        task_end_block(pool, message->slot, message->as.output.count);
    } else {
        task_end_several(pool, message->slot, message->as.output.count, 0, now);
    }
    return true;
}

static void take_done(struct pool *pool, struct crew_member *member, const struct message *message,
                      nanoseconds now)
{
    const struct message_done *done = &message->as.done;
    member->given = 0;
    crew_asks(&pool->crew, member, 0);
    if (done->outcome == OUTCOME_SUCCESS)
        task_end_succeeded(pool, member, message->slot, done, now);
    else if (done->outcome == OUTCOME_SKIPPED)
        task_end_skipped(pool, member, message->slot, done, now);
    else
        task_end_failed(pool, member, message->slot, done, now);
}

static bool take_message(struct pool *pool, struct crew_member *member, const struct message *message,
                         nanoseconds now)
{
    if (message->type == MESSAGE_HELLO || !member->greeted)
        return take_greeting(pool, member, message);
    if (message->type == MESSAGE_HUNGRY)
        return true; /* we are awake, and that is all that it wants */
    struct ledger_chunk *chunk = ledger_check(&pool->ledger, member->number, message->slot, message->item);
    if (chunk == NULL)
        return false;
    switch (message->type) {
    case MESSAGE_TASK:
        observe_begun(pool, member, message, now);
        return pool->options->workers.observed;
    case MESSAGE_OUTPUT:
    case MESSAGE_ERRORS:
        collector_add(&pool->collector, chunk->span,
                      message->type == MESSAGE_OUTPUT ? COLLECTOR_OUTPUT : COLLECTOR_ERRORS,
                      message->as.output.bytes, message->as.output.length);
        return true;
    case MESSAGE_RESULTS:
        return take_results(pool, member, chunk, message, now);
    case MESSAGE_PASS_ASK:
        crew_asks(&pool->crew, member, message->item + 1);
        return pool->options->workers.command != NULL && pool->options->workers.command->passes_through;
    case MESSAGE_TAKEN:
        if (chunk->what.count != 1)
            return false;
        ledger_forget_bytes(&pool->ledger, message->slot);
        return true;
    case MESSAGE_DONE:
        take_done(pool, member, message, now);
        return true;
    case MESSAGE_RETURN:
        ledger_take_back(&pool->ledger, message->slot);
        return true;
    default:
        return false;
    }
}

static void note_work(struct pool *pool, struct crew_member *member)
{
    struct outbox_shared *outbox = crew_outbox(&pool->crew, member);
    uint64_t time = atomic_load_explicit(&outbox->work_time, memory_order_relaxed);
    uint64_t items = atomic_load_explicit(&outbox->work_items, memory_order_relaxed);
    if (items <= member->work_items || time < member->work_time)
        return;
    uint64_t tasks = items - member->work_items;
    double each = (double)(time - member->work_time) / (double)tasks;
    /* A rise counts at once, since too large a chunk holds others up; a fall counts bit by bit. */
    pool->task_time = pool->task_time == 0 || each > pool->task_time ? each : (pool->task_time + each) / 2;
    pool->report->work_time += time - member->work_time;
    member->work_time = time;
    member->work_items = items;
    task_end_run_time(pool, (nanoseconds)each, tasks);
}

/* What went out without us is output of the run as well. */
static void note_passed(struct pool *pool, struct crew_member *member)
{
    const struct outbox_shared *outbox = crew_outbox(&pool->crew, member);
    uint64_t passed = atomic_load_explicit(&outbox->passed, memory_order_relaxed);
    pool->report->written += passed - member->passed;
    member->passed = passed;
}

void results_take_messages(struct pool *pool, struct crew_member *member, nanoseconds now)
{
    struct message message;
    int result = 0;

    while (!member->corrupt && (result = channel_next(&member->results, &message)) == 1) {
        if (!take_message(pool, member, &message, now)) {
            result = -1;
            break;
        }
        if (message.type == MESSAGE_DONE || message.type == MESSAGE_RESULTS)
            task_end_progress(pool, member);
    }
    if (result < 0) {
        log_error("worker %u (process %ld): sent a message that can't be; it is ended, its item has failed",
                  member->number + 1, (long)member->pid);
        member->corrupt = true;
        reaper_signal(member->pid, SIGKILL);
    }
    note_work(pool, member);
    note_passed(pool, member);
}

void results_hear(struct pool *pool, struct crew_member *member, nanoseconds now)
{
    ssize_t n = channel_fill(&member->results);
    if (n > 0)
        results_take_messages(pool, member, now);
    else if (n == 0 || errno != EAGAIN || member->reaped)
        crew_drained(&pool->crew, member);
}
