/*
 * passthrough: a task that everything before it waits for, and that writes much, is passed on by its worker
 * itself: its output is spliced from its pipe to cpool's standard output, and takes the way through the
 * parent no more.
 *
 * The parent says on the run_state which item is first in line (`head`). Its worker asks (MESSAGE_PASS_ASK),
 * says nothing more until the answer comes, and the parent grants it (MESSAGE_PASS_GRANT) when all that it
 * was told before is out: from then on only this worker writes there, until its task is done. Whatever goes
 * wrong, the rest takes the common way.
 */
#ifndef CPOOL_PASSTHROUGH_H
#define CPOOL_PASSTHROUGH_H

#include "worker/command.h"

#include <poll.h>

/* Where less than this comes at a time, the task is given a moment to write more. */
#define PASSTHROUGH_LOW (64 * KIB)

enum passthrough_state { PASSTHROUGH_NO, PASSTHROUGH_ASKED, PASSTHROUGH_GRANTED, PASSTHROUGH_NEVER };

/* Of one task; all zero before it begins. */
struct passthrough {
    enum passthrough_state state;
    bool full; /* there is no room behind at present */
};

/* Whether to ask for the task `number`; `wide`: it has written so much that its pipes are large. */
bool passthrough_is_worth_it(const struct passthrough *passthrough, const struct command *command,
                             uint64_t number, bool wide);
/* 0, or -1: nobody hears it, the parent is dead or dying. */
int passthrough_ask(struct passthrough *passthrough, struct outbox *outbox, uint16_t slot,
                    uint64_t number) ATTR_MUST_CHECK;
/* The parent has granted it to the task `granted`: whether that is `number`, which has asked. */
bool passthrough_grant(struct passthrough *passthrough, uint64_t granted, uint64_t number) ATTR_MUST_CHECK;

/* What to wait for: the task's output, or room behind. */
struct pollfd passthrough_watch(const struct passthrough *passthrough, int output);

/*
 * One of them has come: bytes that were passed on; 0 at the end of the output; or -1. Then either nothing
 * moved, because there is nothing, or no room (`full`); or it can't go on, and `state` says NEVER: what is
 * left is found by the next look at the pipe.
 */
ssize_t passthrough_take(struct passthrough *passthrough, int output, struct outbox *outbox) ATTR_MUST_CHECK;

#endif
