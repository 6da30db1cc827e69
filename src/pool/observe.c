/* Telling the observers of each task. What a worker said of a task when it began is kept with the worker. */
#include "pool/pool_internal.h"

static void fill(const struct crew_member *member, struct observed_task *task)
{
    bool known = member->task.known && member->task.number == task->number;
    static const unsigned char none[MESSAGE_KEY_SIZE];
    task->slot = member->number;
    task->key = known ? member->task.what.key : none;
    if (!known)
        return;
    const char *texts = buffer_bytes(&member->task.bytes);
    size_t item = member->task.what.item_length;
    task->pid = (pid_t)member->task.what.pid;
    task->started = member->task.what.started;
    task->item = (struct item){texts, item};
    task->command = (struct item){texts == NULL ? NULL : texts + item, member->task.what.command_length};
}

void observe_begun(struct pool *pool, struct crew_member *member, const struct message *message,
                   nanoseconds now)
{
    const struct message_task *what = &message->as.task;
    pool->running += !member->task.known;
    member->task.known = true;
    member->task.what = *what;
    member->task.number = message->item;
    buffer_clear(&member->task.bytes);
    buffer_append(&member->task.bytes, what->item, what->item_length);
    buffer_append(&member->task.bytes, what->command, what->command_length);
    struct observed_task task = {.number = message->item};
    fill(member, &task);
    if (observers_begun(pool->options->observers, &task) < 0)
        pool_stop(pool, POOL_OBSERVER_FAILED, 0, now);
}

void observe_ended(struct pool *pool, struct crew_member *member, unsigned slot,
                   const struct message_done *done, unsigned tries, enum observed_fate fate, nanoseconds now)
{
    const struct ledger_chunk *chunk = pool->ledger.slots[slot];
    if (!pool->options->workers.observed)
        return;
    struct message_done told = *done;
    struct observed_task task = {.number = chunk->what.first + chunk->done,
                                 .tries = tries,
                                 .started = now,
                                 .offset = chunk->what.offset,
                                 .done = &told,
                                 .fate = fate,
                                 .note = pool->collector.tentative ? &pool->note : NULL};
    task.items = ledger_task_items(&pool->ledger, chunk, chunk->done);
    task.item = ledger_item(&pool->ledger, chunk, chunk->done);
    fill(member, &task);
    if (told.run_time == 0 && now > task.started) /* its worker could not say */
        told.run_time = now - task.started;
    if (observers_ended(pool->options->observers, &task) < 0)
        pool_stop(pool, POOL_OBSERVER_FAILED, 0, now);
    if (buffer_length(&pool->note) > 0)
        collector_note(&pool->collector, chunk->span, buffer_bytes(&pool->note), buffer_length(&pool->note));
    buffer_clear(&pool->note);
    observe_gone(pool, member);
}

void observe_gone(struct pool *pool, struct crew_member *member)
{
    pool->running -= member->task.known;
    member->task.known = false;
}

void observe_tick(struct pool *pool, nanoseconds now)
{
    struct observers *observers = pool->options->observers;
    if (observers == NULL || !observers->ticks || (now < pool->observers_due && !observers->eager))
        return;
    const struct observed_status status = {.done = pool->report->tasks + pool->report->taken,
                                           .failed = pool->report->failed,
                                           .skipped = pool->report->skipped,
                                           .total = pool->report->total,
                                           .running = pool->running,
                                           .jobs = pool->jobs};
    pool->observers_due = observers_tick(observers, &status, now);
}

/* Why nothing more is handed out, or IDLE_KINDS: it is. */
static enum pool_idle idle_because(const struct pool *pool)
{
    bool more = ledger_has_waiting(&pool->ledger) || ledger_next_due(&pool->ledger) != CLOCK_NEVER;
    if (pool->halting || (pool->source_ended && !more))
        return POOL_IDLE_END;
    if (collector_appetite(&pool->collector) != COLLECTOR_WANTS_ALL)
        return POOL_IDLE_OUTPUT;
    if (more)
        return POOL_IDLE_HELD;
    return pool->source_wanted != 0 ? POOL_IDLE_INPUT : POOL_IDLE_KINDS;
}

void observe_waited(struct pool *pool, nanoseconds waited)
{
    struct pool_report *report = pool->report;
    if (pool->ledger.outstanding >= report->workers)
        return;
    enum pool_idle why = idle_because(pool);
    if (why < POOL_IDLE_KINDS)
        report->idle[why] += waited * (report->workers - pool->ledger.outstanding);
}
