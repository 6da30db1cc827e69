/*
 * What tasks leave behind comes to us, the subreaper, when their worker ends. In a run that ends well it is
 * left alone; with one that is ended it goes as tasks do, by the ladder. Those that can't be found are killed
 * by the last sweep, if it finds them.
 */
#include "pool/pool_internal.h"

/* Functions start nobody. */
static bool may_exist(const struct pool *pool)
{
    return pool->options->workers.command != NULL;
}

static bool is_worker(const void *context, pid_t pid)
{
    const struct crew *crew = context;
    for (unsigned i = 0; i < crew->seats; i++)
        if (crew->members[i].pid == pid && !crew->members[i].reaped)
            return true;
    return false;
}

static size_t look(struct pool *pool)
{
    return reaper_herd_look(&pool->orphans.herd, is_worker, &pool->crew);
}

/* Later the last sweep is near. */
void orphans_look(struct pool *pool)
{
    if (pool->state == POOL_TERMINATING)
        (void)look(pool);
}

void orphans_step(struct pool *pool, nanoseconds now)
{
    for (int signal_number; (signal_number = reaper_ladder_due(&pool->orphans.ladder, now)) != 0;) {
        reaper_herd_begin(&pool->orphans.herd, signal_number);
        (void)look(pool);
    }
}

void orphans_end(struct pool *pool, nanoseconds now)
{
    if (may_exist(pool))
        reaper_ladder_begin(&pool->orphans.ladder, &pool->options->ladder, now);
    orphans_step(pool, now);
}

void orphans_kill(struct pool *pool, nanoseconds now)
{
    if (may_exist(pool))
        reaper_ladder_hurry(&pool->orphans.ladder, &pool->options->ladder, now);
    orphans_step(pool, now);
}

nanoseconds orphans_next_step(const struct pool *pool)
{
    return reaper_ladder_begun(&pool->orphans.ladder) ? pool->orphans.ladder.deadline : CLOCK_NEVER;
}

void orphans_continue(struct pool *pool, nanoseconds stopped)
{
    if (orphans_next_step(pool) != CLOCK_NEVER)
        pool->orphans.ladder.deadline += stopped;
}

bool orphans_are_gone(struct pool *pool)
{
    return !reaper_ladder_begun(&pool->orphans.ladder) || reaper_peek_any() < 0 || look(pool) == 0;
}

void orphans_release(struct pool *pool)
{
    reaper_herd_release(&pool->orphans.herd);
}
