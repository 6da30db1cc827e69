/*
 * signals: one place where they open.
 *
 * All signals that cpool cares about are blocked from signals_start on, and open only while the event loop
 * waits (signals_wait_mask goes to ppoll or epoll_pwait). The handlers count, and do nothing else.
 *
 * Before the loop and behind it nothing runs that would have to be ended first: there (signals_end_at_once)
 * what ends a run ends the process on the spot, whatever it waits for: the other end of a FIFO, a lock, a
 * server of files. So no wait there has to be made such that a signal interrupts it, with all the races that
 * this has (a signal that comes just before open(2) blocks).
 *
 * Parent: signals_start first of all; signals_end_at_once(true) until the loop begins, and again when it is
 * over; signals_next after each wait; signals_die at the end. Worker: signals_enter_worker right after fork;
 * signals_allow_end around what may simply be ended. Child between vfork and exec: signals_restore.
 */
#ifndef CPOOL_SIGNALS_H
#define CPOOL_SIGNALS_H

#include "base/base.h"

#include <signal.h>
#include <stdnoreturn.h>

/* The signal by which a worker is told to end at once: from the kernel when its parent dies, or from the
 * parent. */
#define SIGNALS_END_WORKER SIGTERM

/* Remember the caller's mask and dispositions, block, install. A signal that the caller ignores stays
 * ignored. */
void signals_start(void);

/*
 * Whether INT, QUIT, TERM and HUP end this process here and now, as process 1, too; and TSTP stops it. Else
 * they wait for the loop. Nothing may be alive that would have to be ended with it.
 */
void signals_end_at_once(bool at_once);

/* One of these has come, sooner or later, and did not end the process: nothing is to be waited for any more
 * but the end of tasks. */
bool signals_have_ended(void);

/* The mask to wait under: the caller's, with all that we handle open. */
const sigset_t *signals_wait_mask(void);

/* A signal that came since it was last asked for, and how often counts; 0: none. SIGCHLD comes before the
 * others. */
int signals_next(void);

/*
 * Whether a signal that ends the run (INT, TERM, HUP, QUIT) has come and waits to be heard: for the parent,
 * to break off long work between two waits.
 */
bool signals_end_is_pending(void);

/*
 * In a new worker: no handler, everything blocked that a terminal or `kill` of the whole group may send;
 * SIGCHLD is counted during platform_poll under signals_worker_mask where `watch_children`, else left alone.
 */
void signals_enter_worker(bool watch_children);
const sigset_t *signals_worker_mask(void);

/* Whether SIGNALS_END_WORKER ends this worker here and now (nothing of it has to be cleaned up), or waits. */
void signals_allow_end(bool allow);

/* Mask and dispositions as the caller of cpool had them. Async-signal-safe. */
void signals_restore(void);

/* Whether the caller of cpool ignored it. */
bool signals_was_ignored(int signal_number);

/* End by that signal, as its default action does; as process 1, which signals can't end: exit 128 + n. */
noreturn void signals_die(int signal_number);

/* The number of "TERM", "SIGTERM" or "15"; 0 where there is none. */
int signals_number(const char *name);

/* "SIGTERM" and the like; "signal 77" where there is no name. Writes into `text` where it must. */
const char *signals_name(int signal_number, char *text, size_t size);

#endif
