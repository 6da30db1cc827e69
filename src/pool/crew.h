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
    unsigned number;      /* of its seat; owner number in the queue */
    pid_t pid;            /* 0: the seat is free */
    bool drained, reaped; /* see above */
    struct crew_member *next_gone, *next_silenced;
    uint64_t given;         /* blocks that its command, which goes on, has read besides the first */
    bool greeted;           /* its HELLO has come, */
    bool was_useful;        /* and a result after that */
    bool corrupt;           /* it sent what no worker sends: nothing of it is believed any more */
    bool leaving;           /* it was asked to leave */
    uint64_t asks;          /* to write itself, for the task of that number, plus 1; 0: it does not */
    bool paused;            /* it was told to pause, */
    nanoseconds paused_at;  /* at that time of the task clock; */
    bool halted;            /* being one that computes, it has been stopped for that */
    bool stopped;           /* it does not run: it was halted, or somebody else has stopped it (stops.c) */
    nanoseconds stopped_at; /* by the task clock, noticed then; */
    nanoseconds
        kill_at; /* continued for its end; stopped again, it is killed then; 0: it was not continued, */
    uint64_t kill_place;    /* being at that task (stops.c) */
    bool too_long;          /* killed for that, at a task whose time was up */
    bool stop_was_said;     /* that the run waits for it */
    bool watched;           /* its results are read as they come */
    struct channel results; /* its pipe to us */
    int control_fd;         /* our pipe to it */
    int own[2];             /* its ends of both, until it has a table of descriptors of its own; else -1 */
    struct reaper_status status;
    uint64_t work_time, work_items; /* as last read from its outbox, */
    uint64_t passed;                /* and this, too */
    struct {
        bool known;               /* it has been told what it is, and not that it has ended */
        struct message_task what; /* texts are in `bytes` */
        uint64_t number;
        struct buffer bytes; /* owned */
    } task;                  /* where tasks are observed: the last one */
};

struct crew {
    struct crew_member *members; /* owned; `seats` of them */
    pid_t *pids;                 /* owned: of the members, by seat, that have not been reaped; else 0 */
    unsigned seats;
    unsigned alive;   /* seats that are not free */
    unsigned asking;  /* members that ask to write themselves */
    unsigned stopped; /* members that are */
    unsigned leaving; /* members that are asked to leave */
    bool lost_help;   /* a member is gone or was stopped, perhaps one that had just been woken; see wake_again
                         in dispatch.c */
    unsigned drained; /* members whose pipe is at its end, */
    unsigned unreaped;  /* and those of them that have not been reaped */
    unsigned watching;  /* members whose results are read as they come */
    unsigned free_from; /* no seat before it is free */
    unsigned top;       /* seats from it on have never been used */
    unsigned sharing;   /* members whose own ends are still open here, too */
    bool crowded;       /* so many that nobody is hired before one of them has said a word */
    struct shelf shelf; /* with two places a seat: results, control */
    struct crew_member *gone, **gone_end; /* those who are gone and have not been taken (crew_take_gone) */
    struct crew_member *silenced; /* those who were reaped, and not heard to the end (crew_take_silenced) */
    struct buffer spare;          /* owned: the memory into which results are read */
    const struct worker_plan *plan;
    struct queue *queue;
    struct poller *poller;
    void (*in_child)(void *context); /* closes, in a new worker, what only the parent may hold */
    void *context;
    struct run_state *run_state;    /* shared memory */
    struct outbox_shared *outboxes; /* shared memory, one a seat; */
    char *outbox_bytes;             /* so is this: OUTBOX_SIZE a seat */
};

/* 0 or -1 (ENOMEM). The crew keeps the pointers it is given. */
int crew_init(struct crew *crew, unsigned seats, const struct worker_plan *plan, struct queue *queue,
              struct poller *poller) ATTR_MUST_CHECK;
void crew_release(struct crew *crew);

/* Fork a worker into a free seat: it, or NULL with errno (EAGAIN, ENOMEM, EMFILE ...; EBUSY: not before
 * another has spoken). */
struct crew_member *crew_hire(struct crew *crew) ATTR_MUST_CHECK;

/* Whether its results are waited for: false leaves them in its pipe, and lets it wait. */
void crew_watch(struct crew *crew, struct crew_member *member, bool watch);

/* It has said its first word. */
void crew_greeted(struct crew *crew, struct crew_member *member);

/* Its pipe is at its end: nothing is heard any more. */
void crew_drained(struct crew *crew, struct crew_member *member);

/* Reap all that have ended, members and the orphans that came to us: whether there was one of these; note who
 * has been stopped. */
bool crew_reap(struct crew *crew);

/* It has been stopped, or continued. */
void crew_note_stopped(struct crew *crew, struct crew_member *member, bool is_stopped);

static inline bool crew_is_gone(const struct crew_member *member)
{
    return member->pid != 0 && member->drained && member->reaped;
}

/* The next one who was reaped and must be heard to the end, each once; NULL: nobody. Whoever else holds its
 * pipe, no more comes. */
struct crew_member *crew_take_silenced(struct crew *crew);

/* The next one who is gone, each once, in the order in which they went; NULL: nobody is. */
struct crew_member *crew_take_gone(struct crew *crew);

/* Whether all are listened to who have something to say. */
static inline bool crew_watches_all(const struct crew *crew)
{
    return crew->watching == crew->alive - crew->drained;
}

/* The seat is free again. */
void crew_close_seat(struct crew *crew, struct crew_member *member);

/* Tell everybody to end the task and leave: by the ladder (TERMINATE), or at once (KILL). */
void crew_dismiss(struct crew *crew, enum message_type how, int signal_number);

/* ^Z: everybody stops, or goes on after `stopped` nanoseconds of that. */
void crew_stop(struct crew *crew);
void crew_continue(struct crew *crew, nanoseconds stopped);

/*
 * The member pauses, or no longer does: its task is stopped, and it begins no other. To be called again now
 * and then while it pauses: one that computes is stopped itself, which may have to wait.
 */
void crew_pause(struct crew *crew, struct crew_member *member, bool pause, nanoseconds now);

/* How long a task may take from now on; 0: any time. */
void crew_set_time_limit(struct crew *crew, nanoseconds limit);
/* Have functions that have exceeded it looked after; returns when that is due again, or CLOCK_NEVER. */
nanoseconds crew_check_time(struct crew *crew, nanoseconds now);

/* KILL every member and the task it has; nothing is asked any more. */
void crew_kill(struct crew *crew);
/* KILL what the dead member's task left in its group, where it has come to us. */
void crew_kill_task(struct crew *crew, struct crew_member *member);

/*
 * Ask one member to leave when its chunk is done: false when all are leaving. One that sleeps leaves at once,
 * or without a futex when it next wakes.
 */
bool crew_send_home(struct crew *crew);
/* Ask this one: a member that is stopped leaves when it is continued. */
void crew_ask_to_leave(struct crew *crew, struct crew_member *member);

/* The member asks to write itself, see passthrough.h: for the task of that number, plus 1; 0: not any more.
 */
void crew_asks(struct crew *crew, struct crew_member *member, uint64_t head);
/* Tell all which task is first in line; whoever has asked for it writes its output from now on. */
void crew_set_head(struct crew *crew, uint64_t head);

/* Whether nothing more is handed out before something comes back: for filters, which keep answers. */
void crew_set_input_drained(struct crew *crew, bool input_drained);

/* How many have not been asked to. */
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
