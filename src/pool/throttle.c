/*
 * How fast a run may go, beside what its items and its output allow: how many jobs, whether another task may
 * start, and how many of those that run may go on. What of it others decide is asked each second.
 */
#include "pool/pool_internal.h"

#include "base/xalloc.h"

#include <stdlib.h>

#define INTERVAL (1 * NS_PER_S)

void throttle_init(struct pool *pool)
{
    bool asks = pool->options->jobs_now != NULL || pool->options->go_on != NULL;
    pool->throttle_due = asks ? 0 : CLOCK_NEVER;
}

/* ---- another task ---- */

bool throttle_is_single(const struct pool *pool)
{
    return pool->options->start_interval > 0 || pool->options->hold != NULL;
}

bool throttle_allows(struct pool *pool, nanoseconds now)
{
    nanoseconds held_until = 0;
    unsigned running = (unsigned)pool->ledger.outstanding;
    if (pool->options->hold != NULL)
        held_until =
            pool->paused > 0 ? pool->throttle_due : pool->options->hold(pool->options->context, running, now);
    if (held_until == 0 && now >= pool->start_not_before)
        return true;
    pool->next_start = held_until > pool->start_not_before ? held_until : pool->start_not_before;
    return false;
}

void throttle_started(struct pool *pool, nanoseconds now)
{
    if (pool->options->start_interval > 0)
        pool->start_not_before = now + pool->options->start_interval;
}

/* ---- those that run ---- */

/* A member of the crew and the first task that it has. */
struct age {
    uint64_t number;
    struct crew_member *member;
};

static int older_first(const void *a, const void *b)
{
    const struct age *one = a, *other = b;
    return one->number < other->number ? -1 : one->number > other->number;
}

/* All that are at a task, the oldest first; the others have number UINT64_MAX, and come last. Owned by the
 * caller. */
static struct age *list_ages(struct pool *pool, unsigned *running)
{
    struct age *ages = xcalloc(pool->crew.seats, sizeof *ages);
    *running = 0;
    for (unsigned i = 0; i < pool->crew.seats; i++)
        ages[i] = (struct age){UINT64_MAX, &pool->crew.members[i]};
    for (unsigned slot = 0; slot < pool->ledger.slots_used; slot++) {
        const struct ledger_chunk *chunk = pool->ledger.slots[slot];
        int owner = chunk == NULL ? -1 : queue_owner(&pool->queue, slot);
        if (owner < 0 || (unsigned)owner >= pool->crew.seats)
            continue;
        *running += ages[owner].number == UINT64_MAX;
        if (chunk->what.first < ages[owner].number)
            ages[owner].number = chunk->what.first;
    }
    qsort(ages, pool->crew.seats, sizeof *ages, older_first);
    return ages;
}

/* The youngest pause. One without a task never does: it has ended what it had meanwhile. */
static void look_at_tasks(struct pool *pool, nanoseconds now)
{
    unsigned running;
    struct age *ages = list_ages(pool, &running);
    unsigned going = running > pool->paused ? running - pool->paused : 0;
    unsigned may = pool->options->go_on(pool->options->context, running, going, now);

    pool->paused = 0;
    for (unsigned i = 0; i < pool->crew.seats; i++) {
        bool pauses = i < running && i >= may;
        crew_pause(&pool->crew, ages[i].member, pauses, now);
        pool->paused += pauses;
    }
    free(ages);
}

/* ---- how many ---- */

static void look_at_jobs(struct pool *pool, nanoseconds now)
{
    unsigned jobs =
        pool->options->jobs_now(pool->options->context, pool->jobs, crew_staying(&pool->crew), now);
    if (jobs > 0 && jobs != pool->jobs)
        hiring_set_jobs(pool, jobs);
}

void throttle_look(struct pool *pool, nanoseconds now)
{
    if (now < pool->throttle_due)
        return;
    pool->throttle_due = now + INTERVAL;
    if (pool->options->jobs_now != NULL)
        look_at_jobs(pool, now);
    if (pool->options->go_on != NULL && !pool_is_ending(pool))
        look_at_tasks(pool, now);
}
