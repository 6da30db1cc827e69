/*
 * crew: the workers as the parent sees them: a seat for each, forked when wanted, heard, ended and reaped.
 *
 * A worker is gone when two things have happened, in any order: its results pipe has been read to the end,
 * and it has been reaped. Only then may what it left in shared memory be read (crew_take_gone, then the
 * pool's clean-up, then crew_close_seat).
 */
#ifndef CPOOL_CREW_H
#define CPOOL_CREW_H

#include "base/platform.h"
#include "ipc/channel.h"
#include "pool/shelf.h"
#include "proc/reaper.h"
#include "worker/worker.h"

struct crew_member {
    unsigned number; /* index of the seat; the owner number in the queue */
    pid_t pid;       /* 0: the seat is free */
    bool drained;    /* the results pipe has been read to its end */
    bool reaped;     /* the process has been waited for; `status` is its end */
    struct crew_member *next_gone, *next_silenced;
    uint64_t given;        /* --pipe --filter: blocks that its command has read besides the first */
    bool greeted;          /* MESSAGE_HELLO has come */
    bool was_useful;       /* a result has come after that */
    bool corrupt;          /* it has sent what no worker sends: nothing from it is believed any more */
    bool leaving;          /* it has been asked to leave */
    uint64_t asks;         /* 1 + the number of the task that asks for passthrough; 0: none does */
    bool paused;           /* it has been told to pause */
    nanoseconds paused_at; /* task clock */
    bool halted;  /* the parent has stopped it, because it computes and so does not pause by itself */
    bool stopped; /* the process does not run: halted, or stopped by somebody else (stops.c) */
    nanoseconds stopped_at; /* task clock: when that was noticed */
    nanoseconds kill_at;    /* it was continued to be ended; when it is killed if stopped again; 0: neither */
    uint64_t kill_place;    /* the task it was at then (stops.c) */
    bool too_long;          /* it was killed at a task whose time was up, while it could not end it itself */
    bool stop_was_said;     /* the user has been told that the run waits for it */
    bool watched;           /* the poller reports its results pipe */
    struct channel results; /* the read end of its pipe to the parent */
    int control_fd;         /* the write end of the parent's pipe to it */
    int own[2]; /* its own ends of both, as long as parent and worker share descriptors; else -1 */
    struct reaper_status status;
    uint64_t work_time, work_items; /* as last read from its outbox */
    uint64_t passed;                /* as last read from its outbox: bytes passed through */
    struct {
        bool known;               /* a notice of the task has come, and no end of it yet */
        struct message_task what; /* its texts lie in `bytes` */
        uint64_t number;
        struct buffer bytes; /* owned */
    } task;                  /* where tasks are observed: the last one */
};

struct crew {
    struct crew_member *members; /* owned; `seats` of them */
    pid_t *pids;                 /* owned: of the members, by seat, that have not been reaped; else 0 */
    unsigned seats;
    unsigned alive;   /* seats that are not free */
    unsigned asking;  /* members that ask for passthrough */
    unsigned stopped; /* members whose process is stopped */
    unsigned leaving; /* members that have been asked to leave */
    bool lost_help; /* a member is gone or was stopped that may just have been woken; wake_again in dispatch.c
                     */
    unsigned drained;   /* members whose results pipe is at its end */
    unsigned unreaped;  /* of the drained members, those that have not been reaped */
    unsigned watching;  /* members whose results pipe the poller reports */
    unsigned free_from; /* no seat with a lower index is free */
    unsigned top;       /* seats from this index on have never been used */
    unsigned sharing;   /* members whose own pipe ends are still open in the parent */
    bool crowded;       /* `sharing` is at its limit: nobody is hired before one of them has greeted */
    struct shelf shelf; /* descriptors; two places a seat: results, control */
    struct crew_member *gone, **gone_end; /* list: gone, and not yet taken by crew_take_gone */
    struct crew_member *silenced; /* list: reaped but not drained, not yet taken by crew_take_silenced */
    struct buffer spare;          /* owned: the memory into which results are read */
    const struct worker_plan *plan;
    struct queue *queue;
    struct poller *poller;
    void (*in_child)(void *context); /* closes, in a new worker, what only the parent may hold */
    void *context;
    struct run_state *run_state;    /* shared memory */
    struct outbox_shared *outboxes; /* shared memory, one a seat */
    char *outbox_bytes;             /* shared memory, OUTBOX_SIZE a seat */
};

/* Returns 0, or -1 with errno ENOMEM and nothing to release. The crew keeps the pointers, and owns none of
 * them. */
int crew_init(struct crew *crew, unsigned seats, const struct worker_plan *plan, struct queue *queue,
              struct poller *poller) ATTR_MUST_CHECK;
void crew_release(struct crew *crew);

/* Fork a worker into a free seat. Returns the member, or NULL with errno: EAGAIN, ENOMEM, EMFILE and the
 * like, or EBUSY where another member has to greet first (`crowded`). */
struct crew_member *crew_hire(struct crew *crew) ATTR_MUST_CHECK;

/* Have the poller report the member's results pipe, or not: then its answers stay there, and it waits. */
void crew_watch(struct crew *crew, struct crew_member *member, bool watch);

/* MESSAGE_HELLO has come from the member: it has descriptors of its own, its ends here are closed. */
void crew_greeted(struct crew *crew, struct crew_member *member);

/* The member's results pipe is at its end. */
void crew_drained(struct crew *crew, struct crew_member *member);

/* Reap every child that has ended, members as well as orphans that this process has inherited, and note
 * members that have been stopped. Returns whether there was an orphan among them. */
bool crew_reap(struct crew *crew);

/* Note that the member's process has been stopped, or continued. */
void crew_note_stopped(struct crew *crew, struct crew_member *member, bool is_stopped);

static inline bool crew_is_gone(const struct crew_member *member)
{
    return member->pid != 0 && member->drained && member->reaped;
}

/* The next member that was reaped while its pipe was not at its end, each once; NULL: none. What it had
 * written is in the pipe: read until it would block. (A task of it may hold the pipe open.) */
struct crew_member *crew_take_silenced(struct crew *crew);

/* The next member that is gone, each once, in the order in which they went; NULL: none. */
struct crew_member *crew_take_gone(struct crew *crew);

/* Whether the poller reports the results pipe of every member that may still write. */
static inline bool crew_watches_all(const struct crew *crew)
{
    return crew->watching == crew->alive - crew->drained;
}

/* Free the seat of a member that is gone. */
void crew_close_seat(struct crew *crew, struct crew_member *member);

/* Tell all members to end their task and leave: by the ladder (MESSAGE_TERMINATE), or at once (MESSAGE_KILL).
 */
void crew_dismiss(struct crew *crew, enum message_type how, int signal_number);

/* ^Z: stop all members and their tasks; continue them after `stopped` nanoseconds. */
void crew_stop(struct crew *crew);
void crew_continue(struct crew *crew, nanoseconds stopped);

/*
 * Have the member pause (its task is stopped, and it begins no other), or go on. While it pauses the call is
 * repeated each second: a member that computes is stopped itself, which may not be possible the first time.
 */
void crew_pause(struct crew *crew, struct crew_member *member, bool pause, nanoseconds now);

/* Set the time limit for tasks, from now on; 0: none. */
void crew_set_time_limit(struct crew *crew, nanoseconds limit);
/* Kill members whose function has exceeded it. Returns when to call again, or CLOCK_NEVER. */
nanoseconds crew_check_time(struct crew *crew, nanoseconds now);

/* KILL every member and its task, without asking any of them. */
void crew_kill(struct crew *crew);
/* KILL what the dead member's task has left in its process group, where this process has inherited it. */
void crew_kill_task(struct crew *crew, struct crew_member *member);

/*
 * Ask some member to leave when its chunk is done. Returns false when all are leaving. A member that sleeps
 * leaves at once; on a system without futexes, when it next wakes.
 */
bool crew_send_home(struct crew *crew);
/* Ask this member to leave. One that is stopped leaves when it is continued. */
void crew_ask_to_leave(struct crew *crew, struct crew_member *member);

/* Note that the member asks for passthrough (passthrough.h) for task `head` - 1; 0: it does no more. */
void crew_asks(struct crew *crew, struct crew_member *member, uint64_t head);
/* Tell all members which task is first in line. The member that has asked for that task is granted it. */
void crew_set_head(struct crew *crew, uint64_t head);

/* Tell filters whether nothing more is handed out before something comes back: then they must not wait for
 * more items before they answer. */
void crew_set_input_drained(struct crew *crew, bool input_drained);

/* The number of members that have not been asked to leave. */
unsigned crew_staying(const struct crew *crew);

static inline struct outbox_shared *crew_outbox(const struct crew *crew, const struct crew_member *member)
{
    return &crew->outboxes[member->number];
}

static inline struct outbox_memory crew_outbox_memory(const struct crew *crew,
                                                      const struct crew_member *member)
{
    return (struct outbox_memory){crew_outbox(crew, member),
                                  crew->outbox_bytes + (size_t)member->number * OUTBOX_SIZE};
}

#endif
