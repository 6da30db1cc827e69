/*
 * flock(2) waits for ever or not at all. So first the process that has the lock is looked at, for a second:
 * most often it is about to end. What then waits for ever has said so, and is ended by any signal.
 */
#include "observers/lock.h"

#include "base/clock.h"
#include "base/io.h"
#include "base/log.h"
#include "base/platform.h"

#include <errno.h>
#include <string.h>
#include <sys/file.h>

/* That one waits before it says so. */
#define QUIET_TIME (1 * NS_PER_S)

static int operation_of(enum lock_kind kind)
{
    return kind == LOCK_ALONE ? LOCK_EX : LOCK_SH;
}

static int take(int fd, int operation)
{
    int result;
    do
        result = flock(fd, operation);
    while (result < 0 && errno == EINTR);
    return result;
}

/* Whether the process is gone before the time is up. */
static bool wait_for_end(pid_t pid, nanoseconds deadline)
{
    struct pollfd ended = {.fd = pid > 0 ? platform_pidfd_open(pid) : -1, .events = POLLIN};
    if (ended.fd < 0)
        return pid > 0 && errno == ESRCH && clock_now() < deadline;
    int ready = platform_poll(&ended, 1, clock_poll_timeout(clock_now(), deadline), NULL);
    io_close(&ended.fd);
    return ready > 0 && clock_now() < deadline;
}

static void say_wait(pid_t pid, const char *option, const char *path)
{
    if (pid > 0)
        log_error("%s: %s: process %ld, of another run, has it; waiting for it to end", option, path,
                  (long)pid);
    else
        log_error("%s: %s: another run has it; waiting for it to end", option, path);
}

void lock_take(int fd, enum lock_kind kind, const char *option, const char *path)
{
    nanoseconds deadline = clock_now() + QUIET_TIME;
    int result, operation = operation_of(kind);
    while ((result = take(fd, operation | LOCK_NB)) < 0 && errno == EWOULDBLOCK) {
        struct platform_holder holder = platform_find_holder(fd);
        if (wait_for_end(holder.pid, deadline))
            continue;
        say_wait(holder.pid, option, path);
        result = take(fd, operation);
        break;
    }
    if (result < 0)
        log_warning("%s: %s: can't be locked: %s; see to it that no other run uses it meanwhile", option,
                    path, strerror(errno));
}

bool lock_try_alone(int fd)
{
    return take(fd, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK;
}

void lock_share_again(int fd)
{
    (void)!take(fd, LOCK_SH | LOCK_NB);
}
