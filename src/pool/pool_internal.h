/*
 * pool_internal: the pool's own state, shared by the files it is made of and by nobody else.
 *
 *     pool.c     the loop: what is waited for, making and unmaking
 *     states.c   the state machine
 *     dispatch.c     handing out: chunks from the source
 *     hiring.c   workers for them
 *     throttle.c     how fast: how many jobs, whether another task may start, which ones pause
 *     results.c  what comes back: messages, failures, the dead
 *     watch.c    telling of each task, where somebody wants to know
 *     orphans.c  ending what tasks had left behind
 *     stops.c    workers that somebody has stopped
 */
#ifndef CPOOL_POOL_INTERNAL_H
#define CPOOL_POOL_INTERNAL_H

#include "base/buffer.h"
#include "base/platform.h"
#include "base/quantile.h"
#include "ipc/queue.h"
#include "pool/crew.h"
#include "pool/ledger.h"
#include "pool/pool.h"

/* A time limit in per cent of the median holds from the third task on. */
#define POOL_MEDIAN_MIN 3

/* How long after KILL everything must be gone. */
#define POOL_KILL_TIME (1 * NS_PER_S)

enum pool_state { POOL_RUNNING, POOL_DRAINING, POOL_TERMINATING, POOL_KILLING, POOL_DONE, POOL_STATES };

/* What moves the state machine; states.c has the table. */
enum pool_event {
    POOL_ALL_HANDED_OUT, /* the source has ended and nothing waits */
    POOL_HALT_SOON,      /* no new task, the running ones may finish */
    POOL_END_NOW,        /* halt now, lost output, no workers: the tasks are ended */
    POOL_END_SIGNAL,     /* INT, TERM, HUP or QUIT */
    POOL_TIME_UP,        /* the state's deadline has passed */
    POOL_ALL_GONE,       /* no worker is left, all output is out */
    POOL_EVENTS
};

struct pool {
    const struct pool_options *options;
    struct pool_report *report;
    enum pool_state state;
    bool passes_through;  /* whoever is first in line may write itself */
    bool halting;         /* nothing more is handed out */
    nanoseconds deadline; /* of TERMINATING and KILLING */

    struct queue queue;
    struct arena arena;
    struct collector collector;
    struct ledger ledger;
    struct crew crew;
    struct poller poller;
    struct {
        struct reaper_ladder
            ladder; /* begun: the run is ended, and with it all children that are no workers */
        struct reaper_herd herd;
    } orphans;

    unsigned jobs; /* workers wanted at most, as it stands */
    bool fewer_jobs_said;
    unsigned deaths;        /* in a row, of workers without any result, and with none of others in between */
    unsigned hire_failures; /* in a row */
    unsigned starved;       /* workers that were the only one and could start no task, in a row */
    nanoseconds hire_not_before;
    nanoseconds start_not_before; /* the next task */
    nanoseconds watch_due;        /* when `tick` of the watch is to be called; CLOCK_NEVER: it is not */
    nanoseconds next_start; /* when throttle_allows is to be asked again; CLOCK_NEVER: nothing waits for it */
    nanoseconds throttle_due; /* when jobs_now and go_on are to be asked; CLOCK_NEVER: they are not */
    unsigned paused;          /* members that pause */
    unsigned running;         /* where tasks are observed: tasks that have begun and not ended */
    struct buffer note;       /* owned: of the task that is being told of */
    uint32_t jitter;          /* state of a small random generator; never 0 */
    nanoseconds stuck_since;  /* CLOCK_NEVER: it is not */

    uint64_t next_item;        /* number of the next task from the source */
    double task_time;          /* nanoseconds, moving average; 0: not known */
    struct quantile run_times; /* of tasks that succeeded; for a time limit in per cent */
    uint64_t timed_tasks;      /* that it stands for: several of a function are one time in it */
    bool input_drained; /* as it was told last: nothing more is handed out before something comes back */
    bool source_ended;
    bool source_readable;   /* the poller said so, and nothing was read since */
    unsigned source_wanted; /* poller events that are waited for, or 0 */
    int source_watched;     /* descriptor, or -1 */
    int sink_watched;       /* the same */
};

/* ---- states.c ---- */

void pool_event(struct pool *pool, enum pool_event event, nanoseconds now);

/* End the run for that reason, which only the first caller sets. */
void pool_stop(struct pool *pool, enum pool_end cause, int error, nanoseconds now);

static inline bool pool_is_ending(const struct pool *pool)
{
    return pool->state >= POOL_TERMINATING;
}

/* ---- dispatch.c ---- */

/* Chunks that may stand in the queue at once. */
size_t dispatch_chunks_wanted(const struct pool *pool);
/* Hand out what can be handed out. */
void dispatch(struct pool *pool, nanoseconds now);

/* ---- hiring.c ---- */

/* One more worker, where there is work for it and a place. */
void hiring_hire(struct pool *pool, nanoseconds now);
/* When a worker may be forked after one could not be; CLOCK_NEVER: that is not what is waited for. */
nanoseconds hiring_next(const struct pool *pool);
/* There are to be so many workers from now on. */
void hiring_set_jobs(struct pool *pool, unsigned jobs);
/* A worker has left because it could start no task: there are to be fewer. */
void hiring_starved(struct pool *pool, nanoseconds now);
/* A worker could not be forked, or died: the pause before the next one, by how often that has been so in a
 * row. */
nanoseconds hiring_pause(unsigned failures);

/* ---- throttle.c ---- */

void throttle_init(struct pool *pool);
/* Whether tasks are handed out one by one, since each may have to wait. */
bool throttle_is_single(const struct pool *pool);
/* Whether another task may start now; that one has. */
bool throttle_allows(struct pool *pool, nanoseconds now);
void throttle_started(struct pool *pool, nanoseconds now);
/* What is due each second. */
void throttle_look(struct pool *pool, nanoseconds now);

/* ---- watch.c ---- */

/* The worker's task has begun. */
void watch_begun(struct pool *pool, struct crew_member *member, const struct message *message,
                 nanoseconds now);
/* The next task of the chunk, which `member` was on, has ended so. Before anything is changed by that. */
void watch_ended(struct pool *pool, struct crew_member *member, unsigned slot,
                 const struct message_done *done, unsigned tries, enum pool_fate fate, nanoseconds now);
/* The worker is gone, and whatever it had begun. */
void watch_gone(struct pool *pool, struct crew_member *member);
void watch_tick(struct pool *pool, nanoseconds now);
/* So long nothing came: who had nothing to do meanwhile is counted by what he waited for. */
void watch_waited(struct pool *pool, nanoseconds waited);

/* ---- orphans.c ---- */

/* What tasks that are over have left behind is to be ended, too: by the ladder, or at once. */
void orphans_end(struct pool *pool, nanoseconds now);
void orphans_kill(struct pool *pool, nanoseconds now);
/* Once that has begun: take the step that is due; when the next one is, or CLOCK_NEVER; those that have come
 * since are to have it, too. */
void orphans_step(struct pool *pool, nanoseconds now);
nanoseconds orphans_next_step(const struct pool *pool);
void orphans_look(struct pool *pool);
/* After a ^Z of that length. */
void orphans_continue(struct pool *pool, nanoseconds stopped);
/* Whether there are none that would have to be waited for; the workers must be gone. */
bool orphans_are_gone(struct pool *pool);
void orphans_release(struct pool *pool);

/* ---- stops.c ---- */

/* Do what is due about workers that somebody has stopped; returns when that is next, or CLOCK_NEVER. */
nanoseconds stops_look(struct pool *pool, nanoseconds now);

/* ---- results.c ---- */

/* A worker's pipe can be read. */
void results_hear(struct pool *pool, struct crew_member *member, nanoseconds now);
/* Deal with all who are gone. */
void results_bury(struct pool *pool, nanoseconds now);

#endif
