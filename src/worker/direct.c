#include "worker/direct.h"

#include "base/io.h"
#include "base/platform.h"

#include <errno.h>
#include <unistd.h>

/* At most so much at a time, so that orders are heard. */
#define DIRECT_MAX (1 * MIB)
/* Where it has less, it is given a moment to write more. */
#define DIRECT_LOW (64 * KIB)

bool direct_is_worth_it(const struct run *run)
{
    const struct command *command = run->command;
    return command->plan->direct && run->direct == DIRECT_NO && run->wide &&
           board_head(command->board) == run->number + 1;
}

void direct_ask(struct run *run, nanoseconds now)
{
    struct outbox *outbox = run->command->link.outbox;
    run->direct = DIRECT_ASKED;
    if (outbox_send(outbox, MESSAGE_DIRECT, run->slot, run->number, NULL, 0) < 0 || outbox_flush(outbox) < 0)
        run_lose_parent(run, now);
}

void direct_grant(struct run *run, uint64_t item)
{
    if (run->direct == DIRECT_ASKED && item == run->number) {
        run->direct = DIRECT_GRANTED;
        run->read_short[0] = false; /* since it was last looked at, more may have come */
    }
}

struct pollfd direct_watch(const struct run *run)
{
    if (run->direct_full)
        return (struct pollfd){.fd = STDOUT_FILENO, .events = POLLOUT};
    return (struct pollfd){.fd = run->outputs[0].fd, .events = POLLIN};
}

void direct_take(struct run *run, short revents, nanoseconds now)
{
    bool was_full = run->direct_full;
    ssize_t n = platform_splice_pipes(run->outputs[0].fd, STDOUT_FILENO, DIRECT_MAX);
    run->direct_full = run->read_short[0] = false;
    if (n < 0 && errno == EAGAIN) {
        run->direct_full = platform_unread(run->outputs[0].fd) > 0;
        run->read_short[0] = !run->direct_full;
        return;
    }
    if (n < 0) { /* the parent will see why, when it writes what comes from now on */
        run->direct = DIRECT_NEVER;
        return;
    }
    run->silent_since = now;
    run->written[0] += (uint64_t)n;
    run->outputs[0].heard += (uint64_t)n;
    atomic_fetch_add_explicit(&run->command->link.outbox->shared->passed, (uint64_t)n, memory_order_relaxed);
    if (n == 0)
        io_close(&run->outputs[0].fd);
    else if (!was_full && (size_t)n < DIRECT_LOW && (revents & POLLHUP) == 0)
        run_rest(run, now);
}
