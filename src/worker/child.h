/*
 * child: the process (or pipeline) that a worker has started for a task, from its start until all of it that
 * must be waited for is gone.
 *
 * The caller decides what the child is for: one task (single.c), item after item (filter.c), or block after
 * block (stream.c). Order of calls: child_init, child_start, child_supervise, child_release. child_supervise
 * obeys the parent's orders, keeps the time limit, writes the child's input and reads its output; `resident`
 * holds what is different for a child that stays alive between tasks.
 *
 * The worker owns the struct; child_release frees what it holds. No function allocates what the caller would
 * have to free.
 */
#ifndef CPOOL_CHILD_H
#define CPOOL_CHILD_H

#include "ipc/queue.h"
#include "proc/spawn.h"
#include "worker/command.h"
#include "worker/passthrough.h"

/* How long killed processes may take to disappear. */
#define CHILD_SWEEP_TIME (1 * NS_PER_S)

struct child;

/* What a child that stays alive does besides. The functions find their own state in `child->owner`. */
struct run_resident {
    /* Called before each wait: write what can be written, look for more work, set `wants` and `look_again`.
     */
    void (*prepare)(struct child *child, nanoseconds now);
    /* Standard output can be read: returns the number of bytes read, 0 at its end, or -1 with errno. NULL:
     * the output is sent to the parent as it comes. */
    ssize_t (*answer)(struct child *child, nanoseconds now);
    /* Nothing has moved for as long as the time limit: whether the child is to blame. NULL: it always is. */
    bool (*works)(const struct child *child);
};

struct child {
    struct command *command;
    uint16_t slot;                       /* the queue's slot with the chunk of the task */
    uint64_t number;                     /* the task's number, from 0 */
    unsigned worker;                     /* this worker's number, from 0 */
    const struct run_resident *resident; /* NULL: the child does one task */
    void *owner;                         /* resident: the state of its functions */
    bool wants;                          /* resident: this worker has announced to sleep, a wake-up is news */
    bool woken;                          /* a wake-up was taken since the last look at the queue */
    bool keeps_errors;                   /* the child's stderr is the worker's own, not a pipe */
    bool keeps_output;                   /* the child's stdout is the worker's own, not a pipe */
    nanoseconds look_again;              /* resident: `prepare` is called at this time at the latest */
    nanoseconds rest_until;              /* the pipes are not read before, so that more collects in them */
    uint64_t taken;                      /* bytes of output read so far, both streams together */
    uint64_t written[2];                 /* bytes read so far of stdout and of stderr */
    bool wide;                           /* the pipes have been made large */
    struct passthrough passthrough;      /* whether stdout goes out from here instead of through the parent */
    bool shares;        /* the pipes are `kept` of the command: this process holds their write ends, too */
    bool drained;       /* shares: the child has ended, and all that it wrote has been read */
    bool read_short[2]; /* the last read of the stream returned less than there was room for */
    pid_t pid;          /* the first program, which leads the process group */
    size_t watched;     /* the program that `pidfd` stands for: one that has not ended */
    int pidfd;          /* -1 until it is needed */
    struct {
        int fd;                 /* the read end; -1: at its end, or there is none */
        enum message_type type; /* of the messages that carry this stream */
        uint64_t heard;         /* bytes read */
        uint64_t until;         /* with last_words: reading stops after this many bytes */
    } outputs[2];
    size_t failed;          /* index of the program that could not be started */
    bool is_short;          /* the file holds less of the block than it did when the block was cut */
    bool in_directory;      /* the directory to run in (--wd) could be entered */
    bool reaped;            /* all programs have been reaped */
    bool alone;             /* when the last program had ended, no other process of the task was left */
    bool moment_over;       /* the child has run for longer than FIRST_MOMENT */
    bool stopped;           /* stopped by ^Z or to pause: the time limit stands still */
    nanoseconds stopped_at; /* task clock */
    nanoseconds ended;      /* task clock: when the last program was reaped */
    bool last_words;        /* of the processes left behind only what they have written by now is read */
    bool leftovers;         /* the child has ended and left processes behind */
    bool tree_gone;         /* the ladder has begun and no process is left: now silence ends the wait */
    bool swept;             /* every process of the tree that could be found was killed */
    nanoseconds timed_out;  /* the time limit that was exceeded; 0: none was */
    struct {
        bool reaped;
        struct reaper_status status;
    } programs[SPAWN_PROGRAMS_MAX];
    nanoseconds started, silent_since; /* monotonic clock */
    nanoseconds started_by_task_clock; /* what the time limit counts from; resident: the last movement */
    struct reaper_ladder ladder;       /* TERM, grace time, KILL, once begun */
    struct reaper_herd herd;           /* processes of the tree that signals to the group do not reach */
    nanoseconds killed;                /* when the ladder's last step was taken; 0: it was not */
};

/* A child for task `number`, of the chunk in `slot`; nothing is started yet. */
void child_init(struct child *child, struct command *command, uint16_t slot, uint64_t number,
                unsigned worker);

/*
 * Start `vector`, the expanded command line (for a pipeline: all of its programs), with standard input from
 * `source` (NULL: /dev/null). A shortage of processes or descriptors is waited out for a moment. Returns 0,
 * or the errno of what failed; where the shortage lasted, `starved` of the command is set as well.
 */
int child_start(struct child *child, char **vector, const struct stdin_writer_source *source) ATTR_MUST_CHECK;

/* Wait until the child is over, doing meanwhile all that the top of this header lists. */
void child_supervise(struct child *child);

/* Close and free what the child holds. Nobody waits for processes that it left behind (`leftovers`). */
void child_release(struct child *child);

/* Fill in outcome, code and program of *done: how the first program that failed has ended, if one did. */
void child_judge(const struct child *child, struct message_done *done);

/*
 * A resident child's next chunk. Where the queue is empty, `wants` is set: this worker has announced to
 * sleep, and hears of what is published from now on. Returns CLOSED also where the worker has been told to
 * leave; in a stopped run nothing is claimed.
 */
enum queue_result child_claim(struct child *child, unsigned *slot, struct queue_chunk *chunk) ATTR_MUST_CHECK;

/* Output comes in small pieces, and there is much of it: leave the pipes alone for a moment, so that not each
 * piece costs two context switches. */
void child_rest(struct child *child, nanoseconds now);
/* The child fills its pipes while they are left alone: make them large, once. */
void child_widen(struct child *child);

/* Write as much of the child's input as it takes without waiting. */
void child_feed_on(struct child *child);

/* A function of formatter.h has returned -1: note that the parent is gone, or end the child and then the
 * worker with WORKER_CANT_KEEP. */
void child_formatter_failed(struct child *child);

/* The parent reads no answers any more, it is dead or dying: end the child by the ladder. */
void child_lose_parent(struct child *child, nanoseconds now);

/* The time limit counts from `task_now` (task clock). The parent is told as well: it looks after the limit
 * while this worker is stopped. */
void child_count_from(struct child *child, nanoseconds task_now);

#endif
