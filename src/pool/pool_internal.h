/*
 * pool_internal: the pool's own state, shared by the files it is made of and by nobody else.
 *
 *     pool.c      the loop: what is waited for; making and releasing the parts
 *     states.c    the state machine of a run
 *     dispatch.c  handing out: chunks from the source into the queue
 *     hiring.c    starting workers for them
 *     throttle.c  how many jobs there are, whether another task may start, which tasks pause
 *     results.c   what comes back: the messages of workers
 *     task_ends.c the end of a task: counted, told, tried again
 *     bury.c      workers that are gone, and the chunks that they had
 *     observe.c   telling the observers of each task
 *     orphans.c   ending processes that tasks have left behind
 *     stops.c     workers that somebody has stopped
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
    bool passes_through;  /* the worker that has the head may write to standard output itself */
    bool halting;         /* nothing more is handed out */
    nanoseconds deadline; /* of TERMINATING and KILLING */

    struct queue queue;
    struct arena arena;
    struct collector collector;
    struct ledger ledger;
    struct crew crew;
    struct poller poller;
    struct {
        struct reaper_ladder ladder; /* once begun, it ends every child that is no worker */
        struct reaper_herd herd;
    } orphans;

    /* All times are of the monotonic clock. */
    unsigned jobs;                /* the number of workers wanted at most, at present */
    bool fewer_jobs_said;         /* the user has been told that there are fewer */
    unsigned deaths;              /* workers that died in a row, none of them with a result since the first */
    unsigned hire_failures;       /* forks that failed in a row */
    unsigned starved;             /* in a row: workers that were alone and could still not start a task */
    nanoseconds hire_not_before;  /* no worker is forked before */
    nanoseconds start_not_before; /* no task is started before (--delay) */
    nanoseconds observers_due;    /* when to call the observers' ticks; CLOCK_NEVER: not at all */
    nanoseconds crew_due;     /* when to look after time limits and stopped workers again, or CLOCK_NEVER */
    nanoseconds next_start;   /* when to ask throttle_allows again; CLOCK_NEVER: no task waits for it */
    nanoseconds throttle_due; /* when to ask jobs_now and go_on; CLOCK_NEVER: there are none */
    unsigned paused;          /* members that have been told to pause */
    unsigned running;         /* where tasks are observed: tasks that have begun and not ended */
    struct buffer note;       /* owned: text that an observer adds to the task being told of */
    uint32_t jitter;          /* state of a small random generator; never 0 */
    nanoseconds stuck_since;  /* since when all wait for a head that nobody is free to take, or CLOCK_NEVER */

    uint64_t next_item;        /* number of the next task from the source */
    double task_time;          /* nanoseconds that a task takes, moving average; 0: not known yet */
    struct quantile run_times; /* of the tasks that succeeded, for a time limit in per cent */
    uint64_t timed_tasks; /* the number of tasks behind run_times: a function's chunk is one time in it */
    bool input_drained;   /* as filters were told last: nothing is handed out before something comes back */
    bool source_ended;
    bool source_readable;   /* the poller has reported the source's descriptor, and nothing was read since */
    unsigned source_wanted; /* POLLER_READ while the source is waited for, else 0 */
    int source_watched;     /* the source's descriptor in the poller, or -1 */
    int sink_watched;       /* the sink's descriptor in the poller, or -1 */
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
/* Take chunks from the source and publish them, as many as there should be; hire workers for them. */
void dispatch(struct pool *pool, nanoseconds now);

/* ---- hiring.c ---- */

/* Start one more worker, if there is work for it and fewer than `jobs` help. */
void hiring_hire(struct pool *pool, nanoseconds now);
/* When to try again after a fork that failed; CLOCK_NEVER: no worker is wanted. */
nanoseconds hiring_next(const struct pool *pool);
/* Set the number of jobs; members beyond it are asked to leave. */
void hiring_set_jobs(struct pool *pool, unsigned jobs);
/* A worker has left because it could not start a task: go on with those that could, or give up. */
void hiring_starved(struct pool *pool, nanoseconds now);
/* The pause before the next worker, after so many in a row that could not be forked or that died. */
nanoseconds hiring_pause(unsigned failures);

/* ---- throttle.c ---- */

void throttle_init(struct pool *pool);
/* Whether tasks are handed out one by one, since each may have to wait. */
bool throttle_is_single(const struct pool *pool);
/* Whether another task may start now; if not, `next_start` is set. throttle_started: one has. */
bool throttle_allows(struct pool *pool, nanoseconds now);
void throttle_started(struct pool *pool, nanoseconds now);
/* Once a second: ask jobs_now for the number of jobs, and go_on for the number of tasks that may run. */
void throttle_look(struct pool *pool, nanoseconds now);

/* ---- observe.c ---- */

/* The member has sent a notice: its task has begun. */
void observe_begun(struct pool *pool, struct crew_member *member, const struct message *message,
                   nanoseconds now);
/* The next task of the chunk in `slot` has ended as `done` says. Called before the ledger is changed by it.
 */
void observe_ended(struct pool *pool, struct crew_member *member, unsigned slot,
                   const struct message_done *done, unsigned tries, enum observed_fate fate, nanoseconds now);
/* The member is gone: the task that it had begun, if any, is no longer running. */
void observe_gone(struct pool *pool, struct crew_member *member);
void observe_tick(struct pool *pool, nanoseconds now);
/* The loop has waited for so long: the time of idle workers is counted by what they were waiting for. */
void observe_waited(struct pool *pool, nanoseconds waited);

/* ---- orphans.c ---- */

/* Begin to end the processes that finished tasks have left behind: by the ladder, or by KILL at once. */
void orphans_end(struct pool *pool, nanoseconds now);
void orphans_kill(struct pool *pool, nanoseconds now);
/* Once begun: orphans_step takes the ladder's step that is due, orphans_next_step tells when the next one is
 * (or CLOCK_NEVER), orphans_look gives orphans that have come since the signals they have missed. */
void orphans_step(struct pool *pool, nanoseconds now);
nanoseconds orphans_next_step(const struct pool *pool);
void orphans_look(struct pool *pool);
/* Put the ladder off by the length of a ^Z. */
void orphans_continue(struct pool *pool, nanoseconds stopped);
/* Whether no orphan is left that has to be waited for. Called when no worker is left. */
bool orphans_are_gone(struct pool *pool);
void orphans_release(struct pool *pool);

/* ---- stops.c ---- */

/* Look after workers that somebody has stopped. Returns when to call again, or CLOCK_NEVER. */
nanoseconds stops_look(struct pool *pool, nanoseconds now);

/* ---- results.c ---- */

/* Read and handle the messages in the member's results pipe. */
void results_hear(struct pool *pool, struct crew_member *member, nanoseconds now);
/* Take what has been read of the member's messages: they may have come from its pipe or from its outbox. */
void results_take_messages(struct pool *pool, struct crew_member *member, nanoseconds now);

/* ---- task_ends.c ---- */

/* The next task of the chunk in `slot` has ended as `done` says: it has failed (and may be tried again), it
 * has succeeded, or it is left out because an earlier run had done it. */
void task_end_failed(struct pool *pool, struct crew_member *member, unsigned slot,
                     const struct message_done *done, nanoseconds now);
void task_end_succeeded(struct pool *pool, struct crew_member *member, unsigned slot,
                        const struct message_done *done, nanoseconds now);
void task_end_skipped(struct pool *pool, struct crew_member *member, unsigned slot,
                      const struct message_done *done, nanoseconds now);
/* The chunk's next `tasks` have ended, the last of them with this status. */
void task_end_several(struct pool *pool, unsigned slot, uint32_t tasks, int status, nanoseconds now);
/* --pipe --filter: the chunk's block is a part of a task that goes on. */
void task_end_block(struct pool *pool, unsigned slot, uint32_t count);
/* The number of tries that the next task of the chunk has had when this one is over. */
unsigned task_end_tries(const struct ledger_chunk *chunk);
/* The member has given a result. */
void task_end_progress(struct pool *pool, struct crew_member *member);
/* Tasks that succeeded took so long together. */
void task_end_run_time(struct pool *pool, nanoseconds run_time, uint64_t tasks);

/* ---- bury.c ---- */

/* For each member that is gone: save what it had finished, give its chunks back, free its seat. */
void bury_workers(struct pool *pool, nanoseconds now);

#endif
