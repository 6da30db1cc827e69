/*
 * child_internal: what the files of the child share, and nobody else.
 *
 *     child.c         the loop: what is waited for, until when, what the parent orders
 *     child_start.c   starting the programs
 *     child_pipes.c   the pipes to them, which the next task may get
 *     child_output.c  what they write: read, sent, formatted, passed through
 *     child_end.c     signals to them, reaping them, the way down the ladder, how they ended
 */
#ifndef CPOOL_CHILD_INTERNAL_H
#define CPOOL_CHILD_INTERNAL_H

#include "worker/child.h"

#include <poll.h>
#include <stdnoreturn.h>

/* What is waited for is worked out anew from the state each time. */
enum {
    WATCH_PROCESS, /* first: where it has ended, what it wrote is seen in the same look */
    WATCH_OUTPUT,
    WATCH_ERRORS,
    WATCH_CONTROL,
    WATCH_ROAD,
    WATCH_FEED,
    WATCH_QUEUE,
    WATCH_COUNT
};

/* ---- child.c ---- */

/* `what` can't be read (errno), and would be lost in silence: kill the task and end the worker, so that the
 * task fails and nothing of it stays. */
noreturn void child_give_up(const struct child *child, const char *what);

/* ---- child_pipes.c ---- */

/* Pipes for stdout and stderr (ends[0], ends[1]), as far as this process reads them: new ones, or those that
 * the last task left clean. Returns 0, or -1 with errno; the caller closes what is open in `ends` then. */
int child_open_pipes(struct child *child, int ends[2][2]) ATTR_MUST_CHECK;

/* The programs have been started: close the ends that only they need. */
void child_give_pipes(struct child *child, int ends[2][2]);

/* Close this process's own write ends of shared pipes: from now on they end when the last writer is gone. */
void child_unshare(struct child *child);

/* The child is over: pipes that are empty and whole are kept for the next one, the others closed. */
void child_leave_pipes(struct child *child);

/* ---- child_output.c ---- */

/* Bytes of output that find room in the outbox. */
size_t child_readable_room(const struct outbox *outbox);

/* Whether output may be read now: what comes of it finds room. */
bool child_can_listen(const struct child *child);

/* With passthrough: stdout was not found empty when it was last looked at. That nothing moves does not mean
 * that there is nothing more, for there may be no room behind. */
bool child_has_more_to_pass(const struct child *child);

/* Read the outputs that `watched` reports, each once. */
void child_hear_outputs(struct child *child, const struct pollfd *watched, nanoseconds now);

/* ---- child_end.c ---- */

/* Send the signal to the task: the process group of its first program, and programs that have left that. */
void child_signal(const struct child *child, int signal_number);

/* KILL the task and all of its tree that can be found, and wait for them. */
void child_end_at_once(const struct child *child);

/* Reap the programs that have ended, the first one last. */
void child_try_reap(struct child *child);

/* Have `pidfd` stand for a program that has not ended. */
void child_watch_program(struct child *child);

/* Take every step of the ladder that is due. After KILL nothing of the task's tree is left. */
void child_descend(struct child *child, nanoseconds now);

/* Reap processes that the task has left: *reaped are gone by now. True: none is left. */
bool child_reap_tree(size_t *reaped);
bool child_tree_gone(void);

/* Whether all programs have ended, be they reaped or not. */
bool child_has_ended(const struct child *child);

#endif
