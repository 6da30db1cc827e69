/*
 * The states of a run, and what moves it from one to the next:
 *
 *     RUNNING ──all handed out──▶ DRAINING ──all gone──▶ DONE
 *        └────signal, lost output────┴──▶ TERMINATING ──time is up, second signal──▶ KILLING ──all gone──▶
 *        DONE
 *                                              └──all gone──▶ DONE
 */
#include "pool/pool_internal.h"

/* What the workers get beyond the ladder's own time. */
#define LADDER_SLACK (250 * NS_PER_MS)

/* Workers that find nothing leave. */
static void close_queue(struct pool *pool, nanoseconds now)
{
    (void)now;
    queue_close(&pool->queue);
}

/* What no worker has taken is taken out again. */
static void stop_handing_out(struct pool *pool, nanoseconds now)
{
    pool->halting = true;
    for (unsigned slot = 0; slot < pool->ledger.slots_used; slot++)
        if (queue_withdraw(&pool->queue, slot))
            ledger_take_back(&pool->ledger, slot);
    close_queue(pool, now);
}

static void begin_terminating(struct pool *pool, nanoseconds now)
{
    stop_handing_out(pool, now);
    pool->deadline = now + LADDER_SLACK;
    for (size_t i = 0; i < pool->options->ladder.count; i++)
        pool->deadline += pool->options->ladder.steps[i].pause;
    crew_dismiss(&pool->crew, MESSAGE_TERMINATE, pool->report->signal);
    orphans_end(pool, now);
}

static void begin_killing(struct pool *pool, nanoseconds now)
{
    pool->deadline = now + POOL_KILL_TIME;
    crew_dismiss(&pool->crew, MESSAGE_KILL, 0);
    orphans_kill(pool, now);
}

/* The workers themselves do not end: nothing is asked any more. */
static void kill_crew(struct pool *pool, nanoseconds now)
{
    pool->deadline = now + POOL_KILL_TIME;
    crew_kill(&pool->crew);
}

static const struct transition {
    enum pool_state next; /* RUNNING, which nothing leads to: the event means nothing in that state */
    void (*enter)(struct pool *pool, nanoseconds now);
} transitions[POOL_STATES][POOL_EVENTS] = {
    [POOL_RUNNING] =
        {
            [POOL_ALL_HANDED_OUT] = {POOL_DRAINING, close_queue},
            [POOL_HALT_SOON] = {POOL_DRAINING, stop_handing_out},
            [POOL_END_NOW] = {POOL_TERMINATING, begin_terminating},
            [POOL_END_SIGNAL] = {POOL_TERMINATING, begin_terminating},
        },
    [POOL_DRAINING] =
        {
            [POOL_HALT_SOON] = {POOL_DRAINING, stop_handing_out},
            [POOL_END_NOW] = {POOL_TERMINATING, begin_terminating},
            [POOL_END_SIGNAL] = {POOL_TERMINATING, begin_terminating},
            [POOL_ALL_GONE] = {POOL_DONE, NULL},
        },
    [POOL_TERMINATING] =
        {
            [POOL_END_SIGNAL] = {POOL_KILLING, begin_killing},
            [POOL_TIME_UP] = {POOL_KILLING, begin_killing},
            [POOL_ALL_GONE] = {POOL_DONE, NULL},
        },
    [POOL_KILLING] =
        {
            [POOL_TIME_UP] = {POOL_KILLING, kill_crew},
            [POOL_ALL_GONE] = {POOL_DONE, NULL},
        },
};

void pool_event(struct pool *pool, enum pool_event event, nanoseconds now)
{
    const struct transition *transition = &transitions[pool->state][event];
    if (transition->next == POOL_RUNNING)
        return;
    pool->state = transition->next;
    if (transition->enter != NULL)
        transition->enter(pool, now);
}

void pool_stop(struct pool *pool, enum pool_end cause, int error, nanoseconds now)
{
    if (pool_is_ending(pool))
        return;
    pool->report->end = cause;
    pool->report->error = error;
    pool_event(pool, POOL_END_NOW, now);
}
