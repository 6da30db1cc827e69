/*
 * child: one process, or pipeline, of a worker, from its start until nothing of it is left that is waited
 * for.
 *
 * Whether it does one task (single.c), answers item after item (filter.c) or reads block after block
 * (stream.c) is the caller's: child_start, child_supervise, child_release. While it lasts, orders of the
 * parent are obeyed, time limits are kept, its input is written and its output read; `resident` has what is
 * different for one that stays alive.
 */
#ifndef CPOOL_CHILD_H
#define CPOOL_CHILD_H

#include "ipc/queue.h"
#include "proc/spawn.h"
#include "worker/command.h"
#include "worker/passthrough.h"

/* How long killed processes may take to go. */
#define CHILD_SWEEP_TIME (1 * NS_PER_S)

struct child;

/* What one that stays alive does besides; `child->owner` is its own. */
struct run_resident {
    /* Before each wait: write on, look for more; sets `wants` and `look_again`. */
    void (*prepare)(struct child *child, nanoseconds now);
    /* Its output can be read: bytes, 0 at its end, or -1 with errno. NULL: it goes to the parent as it
     * comes. */
    ssize_t (*answer)(struct child *child, nanoseconds now);
    /* It has not moved for as long as the time limit: is it to blame? NULL: it is. */
    bool (*works)(const struct child *child);
};

struct child {
    struct command *command;
    uint16_t slot;                       /* of the chunk whose task it is, */
    uint64_t number;                     /* and that task's number */
    unsigned worker;                     /* number of this worker */
    const struct run_resident *resident; /* NULL: it does one task */
    void *owner;
    bool wants;                     /* resident: a wake-up of the queue is news */
    bool woken;                     /* it has taken one since it last looked at the queue */
    bool keeps_errors;              /* its standard error is this process's, */
    bool keeps_output;              /* and so is its standard output */
    nanoseconds look_again;         /* resident: when `prepare` is to be called at the latest */
    nanoseconds rest_until;         /* until then its pipes are left alone, so that more is in them */
    uint64_t taken;                 /* bytes of its output */
    uint64_t written[2];            /* of those, on standard output, and on standard error */
    bool wide;                      /* and its pipes are large */
    struct passthrough passthrough; /* whether its output is passed on from here */
    bool shares;        /* its pipes are `kept` of the command: this process holds their other ends, too */
    bool drained;       /* shares: it has ended, and nothing that it wrote is left */
    bool read_short[2]; /* the last read found less than it had room for */
    pid_t pid;          /* of the first program, which leads the group */
    size_t watched;
    int pidfd; /* of program `watched`, one that has not ended, once it is needed */
    struct {
        int fd; /* -1: at its end */
        enum message_type type;
        uint64_t heard; /* bytes that were read of it */
        uint64_t until; /* last_words: after so many it is left */
    } outputs[2];
    size_t failed;          /* the program that could not be started */
    bool is_short;          /* the file has less of the block than it had */
    bool in_directory;      /* that it is to run in could be entered */
    bool reaped;            /* all programs are */
    bool alone;             /* when it had ended, nobody was left of it */
    bool moment_over;       /* it has run for longer than FIRST_MOMENT */
    bool stopped;           /* by ^Z, or to pause: no time limit runs */
    nanoseconds stopped_at; /* by the task clock */
    nanoseconds ended;      /* reaped: when, by the task clock */
    bool last_words;        /* those that it left are not listened to but for what they have written by now */
    bool leftovers;         /* it has ended and left processes behind */
    bool tree_gone;         /* a ladder has begun, and nobody is left: from then on silence counts */
    bool swept;             /* all that could be found of its tree was killed */
    nanoseconds timed_out;  /* the limit that it exceeded; 0: none */
    struct {
        bool reaped;
        struct reaper_status status;
    } programs[SPAWN_PROGRAMS_MAX];
    nanoseconds started, silent_since;
    nanoseconds started_by_task_clock; /* resident: when it moved last */
    struct reaper_ladder ladder;
    struct reaper_herd herd; /* and those in its tree that the signals to its group do not reach */
    nanoseconds killed;      /* when its last step was taken; 0: it was not */
};

/* For a task of the chunk in `slot`. */
void child_init(struct child *child, struct command *command, uint16_t slot, uint64_t number,
                unsigned worker);

/*
 * Start `vector`, the expanded command line, with descriptor 0 from `source` (NULL: /dev/null), trying for a
 * moment where processes or descriptors are short. 0, or the errno of what failed; `starved` of the command
 * where it was still a shortage then.
 */
int child_start(struct child *child, char **vector, const struct stdin_writer_source *source) ATTR_MUST_CHECK;

/* Until it is over. */
void child_supervise(struct child *child);

/* The processes that it left are waited for by nobody: `leftovers`. */
void child_release(struct child *child);

/* How the first program that failed ended, if one did: outcome, code, program. */
void child_judge(const struct child *child, struct message_done *done);

/*
 * For one that is resident: claim the next chunk. Where there is none, `wants` says that this worker has
 * announced to sleep, so that what comes from now on is heard of. CLOSED also where the worker is to leave; a
 * run that is stopped begins nothing.
 */
enum queue_result child_claim(struct child *child, unsigned *slot, struct queue_chunk *chunk) ATTR_MUST_CHECK;

/* It writes much, in small pieces: its pipes are left alone for a moment, so that not each piece costs two
 * changes of process. */
void child_rest(struct child *child, nanoseconds now);
/* It fills them meanwhile: they become large, once. */
void child_widen(struct child *child);

/* Write what can be written of its input. */
void child_feed_on(struct child *child);

/* A call of formatter.h has failed: the parent is gone, or the worker ends, with WORKER_CANT_KEEP, and all
 * that it has started. */
void child_formatter_failed(struct child *child);

/* Nobody reads our answers any more: the parent is dead or dying. */
void child_lose_parent(struct child *child, nanoseconds now);

/* ---- between the files that it is made of ---- */

/* Its time counts from then on, by the task clock; the parent is to know it, too, which must look after a
 * worker that is stopped. */
void child_count_from(struct child *child, nanoseconds task_now);

/* ---- child_pipes.c ---- */

/* New pipes, or those of the last task, for its output and errors as far as they are read here: 0, or -1 with
 * errno. */
int child_open_pipes(struct child *child, int ends[2][2]) ATTR_MUST_CHECK;

/* The run is under way: which ends are closed here. */
void child_give_pipes(struct child *child, int ends[2][2]);

/* From here on its outputs end as others do, when nobody can write to them any more. */
void child_unshare(struct child *child);

/* It is over: where its pipes are as new, the next one gets them. */
void child_leave_pipes(struct child *child);

#endif
