/*
 * pool: the parent's loop. Chunks from a source go through the queue to the workers, their results through
 * the collector to a sink.
 *
 * pool_run does all of it and returns when nothing that it started is alive any more. signals_start must have
 * been called. One pool at a time. What it is to do is in struct pool_options, what became of it in struct
 * pool_report.
 */
#ifndef CPOOL_POOL_H
#define CPOOL_POOL_H

#include "base/clock.h"
#include "collector/collector.h"
#include "ipc/arena.h"
#include "ipc/message.h"
#include "pool/observer.h"
#include "task/halt.h"
#include "worker/worker.h"

/* ---- where items come from ---- */

/* How much the pool would like next. The source gives less where less is at hand, but at least one task. */
struct pool_want {
    uint32_t tasks; /* at most */
    size_t bytes;   /* at most, but for a first task that is larger */
    unsigned share; /* at most one part in so many of what is at hand, so that all workers have some */
    bool grow;      /* the arena may be enlarged: the workers would else go idle */
    bool readable;  /* the descriptor was found readable: one read won't block */
};

enum pool_supply {
    POOL_CHUNK,  /* a chunk was stored */
    POOL_WAIT,   /* nothing is at hand: try again when the source's descriptor is readable */
    POOL_FULL,   /* no room in the arena: try again when chunks are done; where none is there, the source is
                    given up */
    POOL_END,    /* there is nothing more */
    POOL_BROKEN, /* reading failed; the source has said so */
};

struct pool_source {
    /* On POOL_CHUNK it has filled in all of *chunk but `first`, and *block, of which it hands over one use.
     */
    enum pool_supply (*take)(void *context, const struct pool_want *want, struct queue_chunk *chunk,
                             struct arena_block **block);
    int (*fd)(void *context); /* the descriptor to watch after POOL_WAIT; -1: none. It may change */
    /* The number of tasks that there will be in all; 0: not known before the end. */
    uint64_t (*total)(void *context);
    /* Called once, before anything is taken. */
    void (*start)(void *context, struct arena *arena);
    void *context;
};

/* ---- who is told of each task that has failed for good ---- */

#define POOL_LABEL_MAX 256

/* Nothing in it is owned, or good for longer than the call. */
struct pool_failure {
    uint64_t item; /* from 0 */
    enum message_outcome outcome;
    uint32_t code;
    uint32_t program;  /* of a pipeline, from 1; 0: there is one only */
    struct item label; /* the item, perhaps cut, POOL_LABEL_MAX bytes at most */
    unsigned tries;
};

/* ---- what to do ---- */

struct pool_options {
    /* What to do, and how many at a time. */
    struct pool_source source;
    struct worker_plan workers;
    unsigned jobs;      /* workers at most */
    unsigned jobs_most; /* the largest number that jobs_now may return; 0: there is no jobs_now */
    uint32_t chunk;     /* tasks handed out at a time; 0: as many as take about CHUNK_TIME (dispatch.c) */
    unsigned ahead;     /* commands: chunks in the queue beyond one for each worker; 0: AHEAD_COMMAND */

    /* When tasks are started, tried again and ended. */
    nanoseconds start_interval;  /* at least from the start of a task to the next; 0: at once */
    nanoseconds time_limit;      /* for a task; 0: none */
    unsigned time_limit_percent; /* a time limit in per cent of the median run time so far; 0: none */
    unsigned tries;              /* of a task that fails; at least 1 */
    nanoseconds retry_delay;     /* before the second try; it doubles from try to try */
    struct halt_rule halt;
    struct reaper_plan ladder; /* the signals by which a task is ended */

    /* Where output goes. */
    struct collector_sink sink;
    int (*sink_fd)(
        void *context); /* the descriptor to watch when the sink is blocked, or -1; the sink's context */
    enum collector_order order;
    unsigned painted;      /* streams, as bits, on which output of failed tasks is red */
    size_t memory_cap;     /* bytes of output kept in memory */
    const char *directory; /* where the unlinked file for more is made */

    /* Who is told; not owned; NULL: nobody. Tasks are observed where `observed` of `workers` says so. */
    struct observers *observers;

    /* Each may be NULL; all get `context`. */
    /* Asked each second for the number of jobs from now on. There are `jobs`, and `workers` have not been
     * asked to leave. 0: as before. */
    unsigned (*jobs_now)(void *context, unsigned jobs, unsigned workers, nanoseconds now);
    /* Asked before each start, while `running` tasks run. 0: another may start; else the time to ask again.
     */
    nanoseconds (*hold)(void *context, unsigned running, nanoseconds now);
    /* Asked each second how many of the running tasks may go on (`going` do now); the youngest pause. */
    unsigned (*go_on)(void *context, unsigned running, unsigned going, nanoseconds now);
    /* Called in each new worker, to close what only the parent may hold. */
    void (*in_child)(void *context);
    /* A task has failed for good. */
    void (*failed)(void *context, const struct pool_failure *failure);
    void *context;
};

/* ---- what became of it ---- */

enum pool_end {
    POOL_FINISHED,
    POOL_SIGNALLED,    /* `signal` ended it */
    POOL_SINK_FAILED,  /* the sink refused output; it knows why */
    POOL_SPILL_FAILED, /* kept output could be neither stored nor read again; `error` */
    POOL_GAVE_UP,      /* no worker can be kept alive, or none be started (`error`); it was said */
    POOL_SOURCE_FAILED,
    POOL_HALTED,          /* as the halt rule wanted */
    POOL_OBSERVER_FAILED, /* the job log or the like can't be written; it was said */
};

/* What workers that have nothing to do wait for. */
enum pool_idle {
    POOL_IDLE_INPUT,  /* the source has nothing at hand */
    POOL_IDLE_OUTPUT, /* the sink takes nothing more */
    POOL_IDLE_HELD,   /* tasks must wait: start_interval, `hold`, the delay before another try */
    POOL_IDLE_END,    /* there are no more tasks, and some still run */
    POOL_IDLE_KINDS
};

#define POOL_SIGNALS_MAX 128

struct pool_report {
    enum pool_end end;
    int signal, error;
    uint64_t tasks;   /* tasks that have ended for good */
    uint64_t failed;  /* of `tasks`, those that failed */
    uint64_t taken;   /* --pipe --filter: blocks that commands had besides their first */
    uint64_t skipped; /* tasks left out because an earlier run had done them; not among `tasks` */
    uint64_t total;   /* tasks that there were to be; 0: not known */
    uint64_t cut_off; /* tasks that were running when the run was ended, and were ended with it */
    uint64_t retried; /* tries that were not a task's last */
    uint64_t kinds[OUTCOME_KINDS];      /* the failed tasks, by outcome */
    uint64_t exits[256];                /* the failed tasks, by exit status */
    uint64_t signals[POOL_SIGNALS_MAX]; /* the failed tasks, by the signal that ended them */
    uint64_t written;                   /* bytes that the sink took, and those that workers passed through */
    unsigned workers;                   /* the largest number of workers at a time */
    nanoseconds work_time; /* that functions and filters took; commands have it in their notices */
    nanoseconds idle[POOL_IDLE_KINDS]; /* of all workers together, by what they waited for */
    bool untaken;                      /* nobody took the output in time: the rest of it is lost */
    bool excess;                       /* a filter answered more than it was asked */
    int halt_cause; /* POOL_HALTED: the exit status of the task that brought it about, 128 + n for signal n */
};

/* Returns 0 with *report filled in, or -1 with errno where no shared memory could be had: then nothing was
 * started. */
int pool_run(const struct pool_options *options, struct pool_report *report) ATTR_MUST_CHECK;

#endif
