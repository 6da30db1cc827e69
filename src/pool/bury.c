/*
 * Workers that are gone: what they had finished is told, the item that they were at is lost or tried again,
 * what they had not begun is given back, and their seats are free.
 */
#include "pool/pool_internal.h"

#include "base/log.h"
#include "proc/signals.h"
#include "worker/filter.h"
#include "worker/stream.h"

#include <errno.h>
#include <stdio.h>

/* Dead workers in a row, without a result of theirs or between, after which it makes no sense to go on. */
#define DEATHS_MAX 10

/* ---- what it had ---- */

static void say_lost(const struct pool *pool, const struct crew_member *member, uint64_t number,
                     const struct message_done *done)
{
    const struct command_plan *command = pool->options->workers.command;
    char name[32], quoted[LOG_QUOTE_SIZE], subject[LOG_QUOTE_SIZE + 40];
    unsigned long long from_one = number + 1;
    bool blocks = command != NULL && command->reads_blocks;
    const char *kind = blocks ? "blocks" : "items";

    log_quote(quoted, sizeof quoted, done->label, done->label_length);
    if (blocks && member->given > 0)
        snprintf(subject, sizeof subject, "block %llu and %llu others that its command had been given",
                 from_one, (unsigned long long)member->given);
    else if (blocks)
        snprintf(subject, sizeof subject, "block %llu", from_one);
    else
        snprintf(subject, sizeof subject, "item %llu '%s'", from_one, quoted);
    if (member->status.signal_number != 0)
        log_error("%s: lost: its worker was ended by %s; the other %s go on", subject,
                  signals_name(member->status.signal_number, name, sizeof name), kind);
    else
        log_error("%s: lost: its worker exited with status %d; the other %s go on", subject,
                  member->status.exit_status, kind);
}

/* Where the workers write a row for each task, this one has none from its worker. */
static void format_lost(struct pool *pool, const struct crew_member *member, const struct ledger_chunk *chunk,
                        const struct message_done *done, nanoseconds now)
{
    struct buffer text = BUFFER_INIT;
    if (pool->options->workers.formatter == NULL)
        return;
    if (pool->collector.whole_only) /* half a row */
        collector_forget(&pool->collector, chunk->span);
    if (pool_is_ending(pool))
        return; /* it is not done */
    const struct command_task task = {.number = chunk->what.first + chunk->done,
                                      .worker = member->number,
                                      .items = ledger_task_items(&pool->ledger, chunk, chunk->done),
                                      .tries = task_end_tries(chunk) - 1};
    struct message_done told = *done;
    struct formatter_end end = {.done = &told};
    bool known = member->task.known && member->task.number == task.number;
    if (known) {
        end.pid = (pid_t)member->task.what.pid;
        end.command = (struct item){buffer_bytes(&member->task.bytes) + member->task.what.item_length,
                                    member->task.what.command_length};
        told.started = member->task.what.started;
        told.run_time = now > told.started ? now - told.started : 0;
    }
    formatter_tell_lost(pool->options->workers.formatter, &task, &end, &text);
    if (buffer_length(&text) > 0)
        collector_add(&pool->collector, chunk->span, COLLECTOR_OUTPUT, buffer_bytes(&text),
                      buffer_length(&text));
    buffer_release(&text);
}

/* The item that the dead worker was on: it took too long, or it is lost. */
static void lose_item(struct pool *pool, struct crew_member *member, unsigned slot, nanoseconds now)
{
    struct ledger_chunk *chunk = pool->ledger.slots[slot];
    struct message_done done = {.outcome = OUTCOME_LOST, .code = (uint32_t)member->status.signal_number};

    struct item item = ledger_item(&pool->ledger, chunk, chunk->done);
    done.label = item.bytes;
    done.label_length = item.length;
    if (member->status.exit_status == WORKER_TIMED_OUT || member->too_long) {
        done.outcome = OUTCOME_TIMED_OUT;
        done.code = message_milliseconds(run_state_time_limit(pool->crew.run_state));
    } else if (!pool_is_ending(pool) && member->status.exit_status != WORKER_CANT_KEEP) {
        say_lost(pool, member, chunk->what.first + chunk->done, &done);
    }
    format_lost(pool, member, chunk, &done, now);
    task_end_failed(pool, member, slot, &done, now);
}

/* The number of the first task of all that the dead worker has claimed, and how many chunks these are. */
static uint64_t first_claimed(const struct pool *pool, const struct crew_member *member, uint64_t *chunks)
{
    const struct ledger *ledger = &pool->ledger;
    uint64_t first = UINT64_MAX;
    *chunks = 0;
    for (unsigned i = 0; i < ledger->slots_used; i++)
        if (ledger->slots[i] != NULL && queue_owner(ledger->queue, i) == (int)member->number) {
            first = ledger->slots[i]->what.first < first ? ledger->slots[i]->what.first : first;
            ++*chunks;
        }
    return first;
}

/*
 * The command of the dead worker stayed alive and may have had several chunks. What it had answered has been
 * told; it was on the first item without an answer. Blocks that it has read, or begun to, are not given to
 * another: they go with the first.
 */
static void settle_resident(struct pool *pool, struct crew_member *member, nanoseconds now)
{
    bool is_stream = command_is_stream(pool->options->workers.command);
    uint64_t chunks, first = first_claimed(pool, member, &chunks);
    unsigned slot;

    if (is_stream && chunks > 0)
        member->given += chunks - 1;
    for (struct ledger_chunk *chunk;
         (chunk = ledger_claimed_by(&pool->ledger, member->number, &slot)) != NULL;) {
        if (is_stream && chunk->what.first != first) {
            task_end_block(pool, slot, 1);
            continue;
        }
        uint32_t left = chunk->what.count - chunk->done, lost = chunk->what.first == first ? 1 : 0;
        if (lost > 0)
            lose_item(pool, member, slot, now);
        if (left > lost)
            ledger_take_back(&pool->ledger, slot);
    }
}

/*
 * What it had done counts, what it was on is lost, what it had not begun is handed out again. Where what it
 * left can't be believed, nobody can say which of its commands have begun: none of them is run again.
 */
static void settle_chunk(struct pool *pool, struct crew_member *member, unsigned slot, nanoseconds now)
{
    struct ledger_chunk *chunk = pool->ledger.slots[slot];
    struct buffer output = BUFFER_INIT;
    uint32_t told = chunk->done, count = chunk->what.count, done, lost;
    bool running;
    if (member->corrupt || outbox_recover_items(crew_outbox_memory(&pool->crew, member), count, told, &done,
                                                &running, &output) < 0) {
        done = told;
        lost = pool->options->workers.function != NULL ? 1 : count - told;
    } else {
        lost = running ? 1 : 0;
    }
    if (buffer_length(&output) > 0)
        collector_add(&pool->collector, chunk->span, COLLECTOR_OUTPUT, buffer_bytes(&output),
                      buffer_length(&output));
    buffer_release(&output);
    if (done > told) {
        task_end_progress(pool, member);
        task_end_several(pool, slot, done - told, 0, now);
    }
    for (uint32_t i = 0; i < lost; i++)
        lose_item(pool, member, slot, now);
    if (done + lost < count)
        ledger_take_back(&pool->ledger, slot);
}

/* Where its stream has come whole it has one chunk at most. Else answers are missing, perhaps those to
 * several. */
static void settle(struct pool *pool, struct crew_member *member, nanoseconds now)
{
    unsigned slot;
    uint64_t received = member->results.received;

    if (!member->corrupt &&
        outbox_recover(crew_outbox_memory(&pool->crew, member), received, &member->results.bytes) == 0)
        results_take_messages(pool, member, now);
    else
        member->corrupt = true;
    if (command_stays_alive(pool->options->workers.command) && !member->corrupt)
        settle_resident(pool, member, now);
    while (ledger_claimed_by(&pool->ledger, member->number, &slot) != NULL)
        settle_chunk(pool, member, slot, now);
}

/* ---- workers that end with a status that says something ---- */

static void on_cant_keep(struct pool *pool, nanoseconds now)
{
    pool_stop(pool, POOL_OBSERVER_FAILED, 0, now);
}

static void on_excess(struct pool *pool, nanoseconds now)
{
    (void)now;
    pool->report->excess = true;
}

static void on_hopeless(struct pool *pool, nanoseconds now)
{
    pool_stop(pool, POOL_GAVE_UP, 0, now);
}

static void on_sated(struct pool *pool, nanoseconds now)
{
    pool->jobs -= pool->jobs > 0;
    if (pool->jobs == 0)
        pool_event(pool, POOL_HALT_SOON, now);
}

static const struct purpose {
    int status;
    bool resident; /* only a worker whose command stays alive ends so */
    void (*deal)(struct pool *pool, nanoseconds now);
} purposes[] = {
    {WORKER_STARVED, false, hiring_starved}, {WORKER_CANT_KEEP, false, on_cant_keep},
    {FILTER_EXCESS, true, on_excess},        {FILTER_HOPELESS, true, on_hopeless},
    {STREAM_SATED, true, on_sated},
};

/* NULL: the worker did not mean to end. */
static const struct purpose *find_purpose(const struct pool *pool, int status)
{
    bool resident = command_stays_alive(pool->options->workers.command);
    for (size_t i = 0; i < ARRAY_LENGTH(purposes); i++)
        if (purposes[i].status == status && (resident || !purposes[i].resident))
            return &purposes[i];
    return NULL;
}

/* ---- the dead ---- */

static void note_death(struct pool *pool, bool was_useful, nanoseconds now)
{
    pool->deaths += !was_useful;
    pool->hire_not_before = now + hiring_pause(pool->deaths);
    if (pool->deaths < DEATHS_MAX)
        return;
    log_error(
        "%u workers in a row died without a result: the run is ended; see what kills them (memory? ulimit?)",
        pool->deaths);
    pool_stop(pool, POOL_GAVE_UP, 0, now);
}

/* Ended by our own signal, it was at no task and had left nobody. */
static bool has_left_processes(const struct crew_member *member)
{
    int signal_number = member->status.signal_number;
    return member->status.exit_status == WORKER_LEFT ||
           (signal_number != 0 && signal_number != SIGNALS_END_WORKER);
}

static void bury(struct pool *pool, struct crew_member *member, nanoseconds now)
{
    int status = member->status.exit_status;
    bool violent = status != 0 && status != WORKER_TIMED_OUT && status != WORKER_LEFT;

    settle(pool, member, now);
    bool was_useful = member->was_useful;
    crew_kill_task(&pool->crew, member);
    if (has_left_processes(member))
        orphans_look(pool);
    observe_gone(pool, member);
    crew_close_seat(&pool->crew, member);
    if (!violent || pool_is_ending(pool))
        return;
    const struct purpose *purpose = find_purpose(pool, status);
    if (purpose != NULL)
        purpose->deal(pool, now);
    else
        note_death(pool, was_useful, now);
}

void bury_workers(struct pool *pool, nanoseconds now)
{
    struct crew_member *member;
    while ((member = crew_take_silenced(&pool->crew)) != NULL)
        while (!member->drained)
            results_hear(pool, member, now);
    while ((member = crew_take_gone(&pool->crew)) != NULL)
        bury(pool, member, now);
}
