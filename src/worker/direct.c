#include "worker/direct.h"

#include "base/platform.h"

#include <errno.h>
#include <unistd.h>

/* At most so much at a time, so that orders are heard. */
#define DIRECT_MAX (1 * MIB)

bool direct_is_worth_it(const struct direct *direct, const struct command *command, uint64_t number,
                        bool wide)
{
    return command->plan->direct && direct->state == DIRECT_NO && wide &&
           run_state_head(command->run_state) == number + 1;
}

int direct_ask(struct direct *direct, struct outbox *outbox, uint16_t slot, uint64_t number)
{
    direct->state = DIRECT_ASKED;
    if (outbox_send(outbox, MESSAGE_DIRECT, slot, number, NULL, 0) < 0 || outbox_flush(outbox) < 0)
        return -1;
    return 0;
}

bool direct_grant(struct direct *direct, uint64_t granted, uint64_t number)
{
    if (direct->state != DIRECT_ASKED || granted != number)
        return false;
    direct->state = DIRECT_GRANTED;
    return true;
}

struct pollfd direct_watch(const struct direct *direct, int output)
{
    if (direct->full)
        return (struct pollfd){.fd = STDOUT_FILENO, .events = POLLOUT};
    return (struct pollfd){.fd = output, .events = POLLIN};
}

ssize_t direct_take(struct direct *direct, int output, struct outbox *outbox)
{
    ssize_t n = platform_splice_pipes(output, STDOUT_FILENO, DIRECT_MAX);
    direct->full = false;
    if (n < 0 && errno == EAGAIN) {
        direct->full = platform_unread(output) > 0;
        return -1;
    }
    if (n < 0) { /* the parent will see why, when it writes what comes from now on */
        direct->state = DIRECT_NEVER;
        return -1;
    }
    atomic_fetch_add_explicit(&outbox->shared->passed, (uint64_t)n, memory_order_relaxed);
    return n;
}
