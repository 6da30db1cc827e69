/*
 * Handing out. A chunk holds as many tasks as take about CHUNK_TIME, by the time they took so far; so many
 * chunks are in the queue that no worker waits for the parent, and no more, so that later ones can be cut by
 * what is known then.
 */
#include "pool/pool_internal.h"

#include "base/log.h"

#include <limits.h>

/* The work that a chunk should hold. */
#define CHUNK_TIME        (250 * NS_PER_US)
#define CHUNK_BYTES       (64 * KIB)
/* Bytes of a chunk for a filter, which it reads while the one before is still in its pipe. */
#define CHUNK_TIME_FILTER (1 * NS_PER_MS)
/* The arena grows to this because of chunks that are held back and not worked at. */
#define ARENA_HELD_MAX    (16 * MIB)
/* Chunks in the queue for each worker, so that none waits for the parent. */
#define AHEAD_FUNCTION    4
/* The factor by which more may be read ahead where the user wants small chunks. */
#define AHEAD_SMALL_MAX   128
#define AHEAD_FILTER      32 /* it takes several at a time, and tells nothing before it answers */
#define AHEAD_COMMAND     64

/* With a halt rule no task may begin before it is known how those before it ended. */
static bool one_by_one(const struct pool *pool)
{
    return pool->options->halt.when != HALT_NEVER;
}

/* Whether a chunk may hold several tasks: those of functions and of filters do. */
static bool dispatch_gathers(const struct pool *pool)
{
    const struct command_plan *command = pool->options->workers.command;
    return command == NULL || command_is_filter(command);
}

/*
 * A filter that keeps its answers back must get many items before one is answered: until it is known how long
 * they take, each chunk is a part of what was handed out before.
 */
static uint32_t tasks_of_filter(const struct pool *pool)
{
    uint64_t tasks = pool->next_item / (4 * (uint64_t)pool->jobs + 1) + 1;
    return tasks > UINT32_MAX / 2 ? UINT32_MAX / 2 : (uint32_t)tasks;
}

static uint32_t tasks_wanted(const struct pool *pool)
{
    if (pool->options->chunk != 0)
        return pool->options->chunk;
    if (!dispatch_gathers(pool) || one_by_one(pool) || throttle_is_single(pool) ||
        collector_is_singly(&pool->collector))
        return 1;
    /* The time of a chunk is known at its end, so that until then none of its tasks could have a limit by
     * it. */
    if (pool->options->time_limit_percent != 0 && pool->timed_tasks < POOL_MEDIAN_MIN)
        return 1;
    if (pool->task_time == 0)
        return command_is_filter(pool->options->workers.command) ? tasks_of_filter(pool) : 1;
    bool is_filter = command_is_filter(pool->options->workers.command);
    double tasks = (double)(is_filter ? CHUNK_TIME_FILTER : CHUNK_TIME) / pool->task_time;
    return tasks < 1 ? 1 : tasks > UINT32_MAX / 2 ? UINT32_MAX / 2 : (uint32_t)tasks;
}

/* How many chunks are as much work as one should be: more than one where the user wants them smaller. */
static size_t chunks_in_time(const struct pool *pool)
{
    double chunks =
        pool->options->chunk == 0 ? 1 : (double)CHUNK_TIME / pool->task_time / pool->options->chunk;
    return chunks <= 1 ? 1 : chunks > AHEAD_SMALL_MAX ? AHEAD_SMALL_MAX : (size_t)chunks;
}

size_t dispatch_chunks_wanted(const struct pool *pool)
{
    if (one_by_one(pool) || throttle_is_single(pool))
        return pool->jobs;
    if (!dispatch_gathers(pool))
        return pool->jobs + (pool->options->ahead > 0 ? pool->options->ahead : AHEAD_COMMAND);
    /* Until it is known how long a task takes, one for each worker and one in hand will do. */
    if (pool->task_time == 0)
        return (size_t)pool->jobs * 2 + 4;
    size_t ahead = command_is_filter(pool->options->workers.command) ? AHEAD_FILTER : AHEAD_FUNCTION;
    return (size_t)pool->jobs * ahead * chunks_in_time(pool) + 4;
}

/* Chunks handed out that count: a command that stays alive holds some for as long as it keeps its answers
 * back. */
static size_t chunks_ahead(const struct pool *pool)
{
    const struct command_plan *command = pool->options->workers.command;
    /* The first block of a stream is not over before its command is. */
    bool by_queue = command_is_stream(command) || (command_stays_alive(command) && !one_by_one(pool));
    return by_queue ? queue_unclaimed(&pool->queue) : pool->ledger.outstanding;
}

/* Whether the arena may grow, rather than wait for what is in it to be done. */
static bool may_grow(const struct pool *pool, size_t ahead)
{
    return pool->ledger.outstanding <= pool->jobs ||
           (ahead <= pool->jobs && pool->arena.limit < ARENA_HELD_MAX);
}

/* What came before is done all the same. */
static void give_up_source(struct pool *pool)
{
    pool->source_ended = true;
    if (!pool_is_ending(pool))
        pool->report->end = POOL_SOURCE_FAILED;
}

/* No chunk is there whose end would make room. */
static bool holds_nothing(const struct ledger *ledger)
{
    return ledger->outstanding == 0 && !ledger_has_waiting(ledger) && ledger->postponed == NULL;
}

/* One more chunk from the source into the ledger. */
static bool take_from_source(struct pool *pool, size_t ahead)
{
    if (pool->source_ended || collector_is_crowded(&pool->collector))
        return false;
    bool fixed = pool->options->chunk != 0;
    struct pool_want want = {.tasks = tasks_wanted(pool),
                             .bytes = fixed ? SIZE_MAX : CHUNK_BYTES,
                             .share = fixed ? 1 : 2 * pool->jobs,
                             .grow = may_grow(pool, ahead),
                             .readable = pool->source_readable};
    struct queue_chunk chunk = {.first = pool->next_item};
    struct arena_block *block;

    pool->source_readable = false;
    switch (pool->options->source.take(pool->options->source.context, &want, &chunk, &block)) {
    case POOL_CHUNK:
        pool->next_item += chunk.count;
        ledger_add(&pool->ledger, &chunk, block);
        return true;
    case POOL_WAIT:
        pool->source_wanted = POLLER_READ; /* see watch_source */
        return false;
    case POOL_FULL:
        pool->source_readable = want.readable;
        if (holds_nothing(&pool->ledger)) {
            log_error("the next task's items find no room in %zu KiB of shared memory; give it fewer, or "
                      "shorter ones, or more memory (ulimit -v)",
                      pool->arena.size / KIB);
            give_up_source(pool);
        }
        return false;
    case POOL_BROKEN:
        give_up_source(pool);
        return false;
    case POOL_END:
        break;
    }
    pool->source_ended = true;
    return false;
}

/* Filters are to know when nothing more will come before they have answered. */
static void announce_input_drained(struct pool *pool)
{
    if (!command_is_filter(pool->options->workers.command))
        return;
    bool input_drained =
        !pool->source_ended && pool->source_wanted == 0 && queue_unclaimed(&pool->queue) == 0;
    if (input_drained != pool->input_drained)
        crew_set_input_drained(&pool->crew, input_drained);
    pool->input_drained = input_drained;
}

/* Output finds room; or all wait for a task that nobody has, which may be because it is not handed out
 * yet. */
static bool may_hand_out(struct pool *pool)
{
    enum collector_appetite appetite = collector_appetite(&pool->collector);
    return appetite == COLLECTOR_WANTS_ALL ||
           (appetite == COLLECTOR_WANTS_FIRST && ledger_first_owner(&pool->ledger) < 0);
}

/*
 * One sleeper is woken for a chunk. Killed, stopped or sent home before it claims, it takes the wake-up with
 * it: where something is unclaimed then, all others are woken. tests/model/queue.pml shows that this
 * suffices.
 */
static void wake_again(struct pool *pool)
{
    if (!pool->crew.lost_help)
        return;
    pool->crew.lost_help = false;
    if (queue_unclaimed(&pool->queue) > 0)
        queue_wake(&pool->queue, UINT_MAX);
}

void dispatch(struct pool *pool, nanoseconds now)
{
    size_t ahead = chunks_ahead(pool);
    unsigned published = 0;
    pool->source_wanted = 0;
    wake_again(pool);
    pool->next_start = CLOCK_NEVER;
    ledger_wake_due(&pool->ledger, now);
    while (!pool->halting && may_hand_out(pool) && ahead < dispatch_chunks_wanted(pool)) {
        if (!ledger_has_waiting(&pool->ledger) && !take_from_source(pool, ahead))
            break;
        /* Where it must wait the next one is at hand already, so that the end of the input is known. */
        if (!throttle_allows(pool, now) || !ledger_publish(&pool->ledger, tasks_wanted(pool)))
            break;
        /* The first at once, the others together: who is being woken still counts as asleep. */
        ahead++;
        if (published++ == 0)
            queue_wake(&pool->queue, 1);
        hiring_hire(pool, now);
        throttle_started(pool, now);
    }
    if (published > 1)
        queue_wake(&pool->queue, published - 1);
    announce_input_drained(pool);
    if (pool->source_ended)
        collector_end(&pool->collector);
    if (pool->halting)
        return;
    hiring_hire(pool, now);
    if (pool->source_ended && !ledger_has_waiting(&pool->ledger) &&
        ledger_next_due(&pool->ledger) == CLOCK_NEVER)
        pool_event(pool, POOL_ALL_HANDED_OUT, now);
}
