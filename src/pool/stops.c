/*
 * Workers that somebody has stopped (SIGSTOP). Whoever did it may have had a reason: one that is at a task
 * stays as it is. But it must not hold up what it can't keep any more. When its task's time is up it is
 * continued, so that it ends the task as it would have, and tells of it. When all has been handed out it is
 * continued if it is at nothing, or at a task that has ended meanwhile. If it is stopped again, or still,
 * when it has had time for all of that, it is killed.
 */
#include "pool/pool_internal.h"

#include "base/log.h"

/* Nothing tells us of the end of another process's child. */
#define LOOK_AGAIN (1 * NS_PER_S)

/* What a worker needs beyond the ladder's own time. */
#define SLACK (1 * NS_PER_S)

/* The number of the task that it is at, as far as it has told. */
#define NOWHERE UINT64_MAX

static uint64_t place_of(struct pool *pool, const struct crew_member *member)
{
    unsigned slot;
    const struct ledger_chunk *chunk = ledger_claimed_by(&pool->ledger, member->number, &slot);
    return chunk == NULL ? NOWHERE : chunk->what.first + chunk->done;
}

/* Its process is the worker's child, and as long as that is stopped nobody reaps it. */
static bool has_task_ended(struct pool *pool, const struct crew_member *member)
{
    pid_t task = (pid_t)atomic_load_explicit(&crew_outbox(&pool->crew, member)->task, memory_order_acquire);
    return pool->options->workers.command != NULL && (task == 0 || platform_has_ended(task));
}

/* When the time of its task is up. One that had not noted the task's beginning is counted from its stop. */
static nanoseconds time_up(struct pool *pool, const struct crew_member *member, nanoseconds now)
{
    const struct run_state *run_state = pool->crew.run_state;
    nanoseconds limit = run_state_time_limit(run_state), task_now = run_state_task_clock(run_state, now);
    nanoseconds since = atomic_load_explicit(&crew_outbox(&pool->crew, member)->since, memory_order_relaxed);
    if (limit == 0)
        return CLOCK_NEVER;
    nanoseconds end = (since != 0 ? since : member->stopped_at) + limit;
    return end <= task_now ? now : now + (end - task_now);
}

static void say_waits(struct crew_member *member)
{
    if (!member->stop_was_said)
        log_warning(
            "worker %u (process %ld) has been stopped, and the run waits for its item; kill -CONT %ld lets "
            "it go on",
            member->number + 1, (long)member->pid, (long)member->pid);
    member->stop_was_said = true;
}

/* When it is to be continued. */
static nanoseconds when_continued(struct pool *pool, struct crew_member *member, uint64_t place,
                                  nanoseconds now)
{
    bool at_end = pool->state == POOL_DRAINING, is_last = pool->crew.stopped == pool->crew.alive;
    if (at_end && (place == NOWHERE || has_task_ended(pool, member)))
        return now;
    nanoseconds due = place == NOWHERE ? CLOCK_NEVER : time_up(pool, member, now);
    if (place == NOWHERE || (!at_end && !is_last))
        return due;
    if (due == CLOCK_NEVER &&
        run_state_task_clock(pool->crew.run_state, now) - member->stopped_at >= LOOK_AGAIN)
        say_waits(member);
    return now + LOOK_AGAIN < due ? now + LOOK_AGAIN : due;
}

static nanoseconds ladder_time(const struct reaper_plan *ladder)
{
    nanoseconds time = SLACK;
    for (size_t i = 0; i < ladder->count; i++)
        time += ladder->steps[i].pause;
    return time;
}

/* Who is stopped again at the same task is continued again, until its time is up. When it is to be looked at
 * again. */
static nanoseconds look_at(struct pool *pool, struct crew_member *member, nanoseconds now)
{
    uint64_t place = place_of(pool, member);
    if (member->kill_at == 0 || member->kill_place != place) {
        nanoseconds due = when_continued(pool, member, place, now);
        member->kill_at = due > now ? 0 : now + ladder_time(&pool->options->ladder);
        member->kill_place = place;
        if (due > now)
            return due;
    }
    bool must_go = now >= member->kill_at;
    member->too_long = must_go && place != NOWHERE && time_up(pool, member, now) <= now;
    reaper_signal(member->pid, must_go ? SIGKILL : SIGCONT);
    crew_note_stopped(&pool->crew, member, false);
    return CLOCK_NEVER;
}

nanoseconds stops_look(struct pool *pool, nanoseconds now)
{
    nanoseconds next = CLOCK_NEVER;
    for (unsigned i = 0; i < pool->crew.seats && pool->crew.stopped > 0 && !pool_is_ending(pool); i++) {
        struct crew_member *member = &pool->crew.members[i];
        bool by_others = member->pid != 0 && !member->reaped && member->stopped && !member->halted;
        nanoseconds due = by_others ? look_at(pool, member, now) : CLOCK_NEVER;
        next = due < next ? due : next;
    }
    return next;
}
