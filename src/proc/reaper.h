/*
 * reaper: the only caller of wait and kill, and the ladder by which a task is ended.
 *
 * A process is signalled only while it is known not to have been reaped: the number of one that was may
 * already be another's. A zombie that leads a group still holds the group's number, so groups are signalled
 * before their leader is reaped.
 */
#ifndef CPOOL_REAPER_H
#define CPOOL_REAPER_H

#include "base/buffer.h"
#include "base/clock.h"

#include <signal.h>
#include <sys/types.h>

/* How a child ended. */
struct reaper_status {
    int exit_status;                 /* 0 to 255; -1: it was ended by a signal */
    int signal_number;               /* else 0 */
    uint64_t user_time, system_time; /* microseconds of processor time, its own and its reaped children's */
    uint64_t peak_memory;            /* bytes resident */
};

/* Reap the child `pid` if it has ended: 1 and *status; 0 it runs; -1 (ECHILD) it is no child of ours, and
 * *status is one that nobody takes for success. */
int reaper_try(pid_t pid, struct reaper_status *status) ATTR_MUST_CHECK;

/* Reap any child that has ended: its pid, 0 none has, -1 (ECHILD) there are no children. */
pid_t reaper_try_any(struct reaper_status *status) ATTR_MUST_CHECK;

/* A child that has ended, without reaping it: its pid, 0 none has, -1 (ECHILD) there are no children. */
pid_t reaper_peek_any(void);

/* A child that somebody has stopped, or continued, since this was last asked: its pid; 0: there is none. */
pid_t reaper_next_stop(bool *is_stopped);

/* Reap the child `pid`, waiting until it has ended: 1 or -1, as reaper_try has it. */
int reaper_wait(pid_t pid, struct reaper_status *status);

/* Reap a child that is ending of itself, waiting for it. */
void reaper_wait_gone(pid_t pid);

/* Signal one child that has not been reaped; or its whole group, TERM and the like being followed by CONT,
 * since a stopped task hears nothing. */
void reaper_signal(pid_t pid, int signal_number);
void reaper_signal_group(pid_t leader, int signal_number);

/* Whether `pid` is a child of this process, running or not yet reaped; and whether it is one that has ended
 * and not been reaped. */
bool reaper_is_child(pid_t pid);
bool reaper_has_ended(pid_t pid);

/*
 * Children that this process had before it started any: of `cpool ... > >(tee log)` bash makes tee one. They
 * are reaped when they end, and never signalled. To be called before the first fork; a child of ours has
 * none.
 */
void reaper_note_strangers(void);
void reaper_forget_strangers(void);

/*
 * KILL every child, but for strangers, and those that come to this subreaper as their parents end, until
 * there are none or the deadline has passed: true when there are none. `mask` is in force while it waits
 * (NULL: the one that is).
 */
bool reaper_sweep(nanoseconds deadline, const sigset_t *mask);

/* reaper_sweep, but for the children in `spared` (`count` of them; 0 is nobody). Neither needs memory. */
bool reaper_sweep_others(const pid_t *spared, size_t count, nanoseconds deadline, const sigset_t *mask);

/* ---- the ladder ---- */

struct reaper_step {
    int signal_number;
    nanoseconds pause; /* until the next step */
};

#define REAPER_STEPS_MAX 16

/* TERM, the grace time, KILL: or what --termseq says. */
struct reaper_plan {
    struct reaper_step steps[REAPER_STEPS_MAX];
    size_t count;
};

void reaper_plan_default(struct reaper_plan *plan, nanoseconds grace);

/*
 * "TERM,200,TERM,100,KILL": signals, and milliseconds between them; KILL is added where it is not the last.
 * 0, or -1 (EINVAL).
 */
int reaper_plan_parse(struct reaper_plan *plan, const char *text) ATTR_MUST_CHECK;

/* How far down the ladder one task is. */
struct reaper_ladder {
    const struct reaper_plan *plan; /* not owned; NULL: not begun */
    size_t next;                    /* the step to take next */
    nanoseconds deadline;           /* when; CLOCK_NEVER: none is left */
};

static inline bool reaper_ladder_begun(const struct reaper_ladder *ladder)
{
    return ladder->plan != NULL;
}

void reaper_ladder_begin(struct reaper_ladder *ladder, const struct reaper_plan *plan, nanoseconds now);
/* Go to the last step (KILL) at once. */
void reaper_ladder_hurry(struct reaper_ladder *ladder, const struct reaper_plan *plan, nanoseconds now);
/* The signal that is due, 0 none. Ask until 0. */
int reaper_ladder_due(struct reaper_ladder *ladder, nanoseconds now) ATTR_MUST_CHECK;

/* ---- all children ---- */

/*
 * One step of a ladder for all children, and the groups that they are in: reaper_herd_begin with its signal,
 * reaper_herd_look at once, and again when a child has ended, since that one's children have come to this
 * subreaper. Whoever has had the signal does not get it twice. Where the system does not tell of children,
 * none is found.
 */
struct reaper_herd {
    int signal_number;  /* 0: no step was taken */
    struct buffer told; /* owned: pid_t of groups, and of single children, that have had it */
};

void reaper_herd_release(struct reaper_herd *herd);
void reaper_herd_begin(struct reaper_herd *herd, int signal_number);
/* That child or group has had it already, or is not to have it. */
void reaper_herd_note(struct reaper_herd *herd, pid_t pid);
/* But for strangers, and those that are spared (NULL: nobody is). How many others there are, told or not. */
size_t reaper_herd_look(struct reaper_herd *herd, bool (*is_spared)(const void *context, pid_t pid),
                        const void *context);

#endif
