#include "worker/passthrough.h"

#include "base/platform.h"

#include <errno.h>
#include <unistd.h>

/* At most so much at a time, so that orders are heard. */
#define PASSTHROUGH_MAX (1 * MIB)

bool passthrough_is_worth_it(const struct passthrough *passthrough, const struct command *command,
                             uint64_t number, bool wide)
{
    return command->plan->passes_through && passthrough->state == PASSTHROUGH_NO && wide &&
           run_state_head(command->run_state) == number + 1;
}

int passthrough_ask(struct passthrough *passthrough, struct outbox *outbox, uint16_t slot, uint64_t number)
{
    passthrough->state = PASSTHROUGH_ASKED;
    if (outbox_send(outbox, MESSAGE_PASS_ASK, slot, number, NULL, 0) < 0 || outbox_flush(outbox) < 0)
        return -1;
    return 0;
}

bool passthrough_grant(struct passthrough *passthrough, uint64_t granted, uint64_t number)
{
    if (passthrough->state != PASSTHROUGH_ASKED || granted != number)
        return false;
    passthrough->state = PASSTHROUGH_GRANTED;
    return true;
}

struct pollfd passthrough_watch(const struct passthrough *passthrough, int output)
{
    if (passthrough->full)
        return (struct pollfd){.fd = STDOUT_FILENO, .events = POLLOUT};
    return (struct pollfd){.fd = output, .events = POLLIN};
}

ssize_t passthrough_take(struct passthrough *passthrough, int output, struct outbox *outbox)
{
    ssize_t n = platform_splice_pipes(output, STDOUT_FILENO, PASSTHROUGH_MAX);
    passthrough->full = false;
    if (n < 0 && errno == EAGAIN) {
        passthrough->full = platform_unread(output) > 0;
        return -1;
    }
    if (n < 0) { /* the parent will see why, when it writes what comes from now on */
        passthrough->state = PASSTHROUGH_NEVER;
        return -1;
    }
    atomic_fetch_add_explicit(&outbox->shared->passed, (uint64_t)n, memory_order_relaxed);
    return n;
}
