/*
 * direct: a task that everything before it waits for, and that writes much, is passed on by its worker itself: its output is
 * spliced from its pipe to cpool's standard output, and takes the way through the parent no more.
 *
 * The parent says on the board which item is first in line (`head`). Its worker asks (MESSAGE_DIRECT), says nothing more until the
 * answer comes, and the parent grants it (MESSAGE_GRANT) when all that it was told before is out: from then on only this worker
 * writes there, until its task is done. Whatever goes wrong, the rest takes the common way.
 */
#ifndef CPOOL_DIRECT_H
#define CPOOL_DIRECT_H

#include "worker/run.h"

#include <poll.h>

/* Whether to ask, now that it has written much. */
bool direct_is_worth_it(const struct run *run);
void direct_ask(struct run *run, nanoseconds now);
/* Granted for that item. */
void direct_grant(struct run *run, uint64_t item);

/* What to wait for: its output, or room behind. */
struct pollfd direct_watch(const struct run *run);
/* It was not found empty: that nothing moves does not mean that there is nothing more, for there may be no room behind. */
static inline bool direct_has_more(const struct run *run)
{
    return run->direct == DIRECT_GRANTED && run->outputs[0].fd >= 0 && !run->read_short[0];
}

/* One of them has come. Where it can't go on, `direct` says NEVER: what is left is found by the next look at the pipe. */
void direct_take(struct run *run, short revents, nanoseconds now);

#endif
