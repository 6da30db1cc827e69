/*
 * platform: what only some systems have, behind calls that all of them answer.
 *
 * The one place with an #ifdef for a platform: platform*.c. `./configure --disable-linux-extras` leaves every
 * extra out, so that each fallback can be tested on Linux too. A call whose extra is missing, or
 * refused by the kernel or a sandbox at run time, returns -1 (errno ENOSYS or what the kernel
 * said) and the caller goes the portable way.
 */
#ifndef CPOOL_PLATFORM_H
#define CPOOL_PLATFORM_H

#include "base/base.h"

#include <poll.h>
#include <regex.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/types.h>
#include <time.h>

/* Sleep while *word == expected, until woken or a signal comes: 0 when woken, -1 with EAGAIN, EINTR or
 * ENOSYS. */
int platform_futex_wait(_Atomic uint32_t *word, uint32_t expected);
int platform_futex_wake(_Atomic uint32_t *word, int waiters);
/* Whether futexes work here; asked once, before anybody relies on them. */
bool platform_has_futex(void);

/* A descriptor that is readable when the child `pid` has ended; close-on-exec. */
int platform_pidfd_open(pid_t pid) ATTR_MUST_CHECK;

/*
 * A word that is 1 as long as this process lives. Whoever shares its memory (a child between vfork and exec)
 * reads 0 from the moment on in which the parent's death can no longer bring it the signal of
 * platform_set_parent_death_signal. To be asked for anew after a fork. NULL: the system has no such thing,
 * and getppid must tell.
 */
const _Atomic uint32_t *platform_life_word(void);

/*
 * Wait until a child has ended (or stopped), which is forgotten by that: 0; 1 where the signal `other` has
 * come, and as long as it has: it stays; -1 with EAGAIN after so long, with EINTR, or with ENOSYS. Both must
 * be blocked, and SIGCHLD not ignored.
 */
int platform_await_child(int other, int timeout_ms);

/*
 * One descriptor that is readable when any child has ended: cheaper than one for each. SIGCHLD must be
 * blocked, and not ignored. platform_read_children takes what it tells: the child that was the first to end
 * since the last time; 0: none.
 */
int platform_open_children(void) ATTR_MUST_CHECK;
pid_t platform_read_children(int fd);

/*
 * SIGALRM to this process after so many nanoseconds, once. platform_alarm_set may be called by a signal
 * handler; platform_alarm_open comes before, once for each process: it is not inherited by fork.
 */
void platform_alarm_open(void);
void platform_alarm_set(uint64_t delay);

/* The signal that this process gets when its parent dies; 0: none. It is not inherited by fork. */
int platform_set_parent_death_signal(int signal_number);

/* Orphaned descendants become children of this process. */
int platform_become_subreaper(void);

/* The processors that the scheduler may put this process on, at least 1. */
unsigned platform_affinity_count(void);

/* Close all descriptors from `first` to `last`, whichever there are. */
void platform_close_range(int first, int last);

/* The bits of all that are open: 0; -1 where some are not below `count` (a multiple of 64), or the system
 * doesn't tell. */
int platform_list_descriptors(uint64_t *bits, int count) ATTR_MUST_CHECK;

/*
 * As fork, but both processes have one table of descriptors (EINVAL, ENOSYS: not here) until one calls
 * platform_leave_descriptors: from then on it has a copy of its own of those below `first` alone. Whether
 * that is to be had must be asked before.
 */
pid_t platform_fork_sharing_descriptors(void) ATTR_MUST_CHECK;
int platform_leave_descriptors(int first) ATTR_MUST_CHECK;
bool platform_can_leave_descriptors(void);

/*
 * Descriptors up to `count` may be opened from now on, as far as the hard limit allows. In a child that is to
 * start programs: platform_restore_descriptors, which gives it the caller's soft limit again.
 */
void platform_raise_descriptors(size_t count);
void platform_restore_descriptors(void);

/* Which shell the system's own sh is, where that is a program of its own and not a link to one; "sh": not
 * known. */
const char *platform_sh(void);

/* pipe(2), both ends close-on-exec; and non-blocking if so wanted. */
int platform_pipe(int ends[2], bool nonblocking) ATTR_MUST_CHECK;

/* Ask for a larger (or smaller) pipe; that it stays as it is does no harm. */
void platform_set_pipe_size(int fd, size_t size);

/* An unlinked file in `directory` that nothing is left of, however this process ends; close-on-exec. */
int platform_open_temporary(const char *directory) ATTR_MUST_CHECK;

/* The cheapest clock that keeps step with CLOCK_MONOTONIC. */
clockid_t platform_coarse_clock(void);

/*
 * The children of this process (of all its threads) right now: at most `most` of them are stored in
 * `children`. Returns how many were stored, or -1 where the system doesn't tell.
 */
ssize_t platform_list_children(pid_t *children, size_t most) ATTR_MUST_CHECK;
/* As platform_list_children, at the price of one read, however many processes there are; some may be missing
 * while others end. */
ssize_t platform_glance_children(pid_t *children, size_t most) ATTR_MUST_CHECK;

/* Whether the process, which may be anybody's child, is known to have ended, reaped or not. */
bool platform_has_ended(pid_t pid);

/*
 * One descriptor of ours gets a signal when the other end of a pipe closes (SIGIO, whose default action
 * ends the process): the portable way to hear of a parent's death while computing.
 */
int platform_signal_on_close(int fd);

/* Stands in `revents` where nobody could say whether the descriptor is ready. Never asked for, so never told
 * by poll. */
#define PLATFORM_GUESSED POLLPRI

/*
 * ppoll(2): `mask` (NULL: as it is) is in force exactly while this call waits. Should the wait itself fail,
 * for want of memory, all is said to be ready after a moment, marked PLATFORM_GUESSED, so that the caller
 * looks for itself, without blocking.
 */
int platform_poll(struct pollfd *descriptors, size_t count, int timeout_ms, const sigset_t *mask);

/*
 * vfork(2): the child runs `function` and ends with what that returns. Before that its number stands in
 * *number, so that it is known at any time, whoever of the two is killed. (There are systems on which it is a
 * fork: what the child writes stays in a copy, and this process does not wait.)
 */
pid_t platform_vfork(int (*function)(void *context), void *context, _Atomic uint32_t *number);

/*
 * vfork(2), but what runs `function` is a sibling of this process, in its session and group, not its child;
 * and this process goes on when that has called exec or _exit. For a process that is itself between vfork and
 * exec. -1 with ENOSYS where there is no such thing, with EINVAL or whatever else where it is refused.
 */
pid_t platform_vfork_sibling(int (*function)(void *context), void *context);

/* Bytes of a file, from `offset` on, into a non-blocking pipe, without copying them: splice(2). -1 with
 * ENOSYS where there is none. */
ssize_t platform_splice(int file, uint64_t offset, int pipe, size_t length);

/* From one pipe to another, or to a file, without waiting and without copying: bytes moved, 0 at the end, -1
 * with EAGAIN or another errno. */
ssize_t platform_splice_pipes(int from, int to, size_t length);

/* Bytes that were written to a pipe and not yet read; 0 where nobody can say. Either end will do. */
size_t platform_unread(int pipe);

/* The reading end of a pipe of which `pipe` is the writing end, non-blocking; -1 where there is no way to
 * it. */
int platform_open_reader(int pipe);

/*
 * Whether a process, or one that it has started, waits to read from a pipe of which `pipe` is an end: 1 it
 * does, 0 all do something else, -1 nobody can say.
 */
int platform_waits_for_input(pid_t pid, int pipe);

/* Who has a lock of flock(2). */
struct platform_holder {
    pid_t pid;        /* one of those that have it, not this process; 0: nobody can say */
    bool is_orphaned; /* whoever took it is gone: its children still have it */
};

/* Of the file that `fd` is open on. It looks at all processes: for one that has to wait in any case. */
struct platform_holder platform_find_holder(int fd);

/* getopt_long is to begin anew, with other tables. */
void platform_restart_getopt(void);

/* Columns of the terminal that `fd` is, as it is now; 0 where nobody can say. */
unsigned platform_terminal_columns(int fd);

/*
 * What exec takes: `total` bytes of arguments and environment, with a pointer for each string, and in one
 * string, with its NUL. The pointer is the kernel's, which may be one of 64 bits where this program is one of
 * 32.
 */
struct platform_exec_limits {
    size_t total, string;
};
#define PLATFORM_EXEC_POINTER 8
struct platform_exec_limits platform_exec_limits(void);

/*
 * poller: many descriptors watched at once (epoll where there is one).
 *
 * Interest is level-triggered. A descriptor must be taken out (poller_watch with no events) before it is
 * closed. Regular files can't be watched: they are always ready.
 */
#define POLLER_READ  1U
#define POLLER_WRITE 2U
#define POLLER_BATCH 32

struct poller {
    int epoll;                  /* -1 where poll(2) is used: always, or since epoll failed */
    struct pollfd *descriptors; /* all that is watched, with `data` beside it; both owned */
    void **data;
    size_t count, capacity;
};

struct poller_event {
    unsigned events; /* POLLER_READ also stands for end of file and errors */
    void *data;
};

int poller_open(struct poller *poller) ATTR_MUST_CHECK;
void poller_close(struct poller *poller);

/*
 * Watch `fd` for `events` instead of `old_events` (what was asked for before; 0: not watched until now;
 * `events` 0: no longer). `data` comes back with each event. 0 or -1.
 */
int poller_watch(struct poller *poller, int fd, unsigned old_events, unsigned events, void *data);

/*
 * Wait up to `timeout_ms` (-1: for ever) under the signal mask `mask`; up to POLLER_BATCH events are stored.
 * Returns their number, 0 when time is up, -1 with EINTR when a signal was handled.
 */
int poller_wait(struct poller *poller, struct poller_event *events, int timeout_ms,
                const sigset_t *mask) ATTR_MUST_CHECK;

/* ---- texts ---- */

/*
 * regexec on the bytes from `from` up to `to` of a text, in which matches are told as they stand; for the
 * flags they are all there is. A NUL may end them early where a system can't do without.
 */
int platform_regexec(const regex_t *expression, const char *text, size_t from, size_t to, int flags,
                     regmatch_t *matches, size_t count) ATTR_MUST_CHECK;

#endif
