#include "base/platform_internal.h"

#include "base/io.h"
#include "base/xalloc.h"

#include <errno.h>
#include <stdlib.h>

#ifdef CPOOL_LINUX_EXTRAS
#include <sys/epoll.h>
#endif

/* ---- poll ---- */

static int guess_ready(struct pollfd *descriptors, size_t count, const sigset_t *mask)
{
    struct timespec moment = {0, 1000000};
    sigset_t before;
    sigprocmask(SIG_SETMASK, mask, &before);
    int result = nanosleep(&moment, NULL);
    int saved_errno = errno;
    sigprocmask(SIG_SETMASK, &before, NULL);
    errno = saved_errno;
    for (size_t i = 0; i < count; i++)
        descriptors[i].revents =
            descriptors[i].fd < 0 ? 0 : (short)(descriptors[i].events | PLATFORM_GUESSED);
    return result < 0 ? -1 : (int)count;
}

int platform_poll(struct pollfd *descriptors, size_t count, int timeout_ms, const sigset_t *mask)
{
    struct timespec timeout = {timeout_ms / 1000, timeout_ms % 1000 * 1000000L};
    int ready = ppoll(descriptors, (nfds_t)count, timeout_ms < 0 ? NULL : &timeout, mask);
    return ready >= 0 || errno == EINTR ? ready : guess_ready(descriptors, count, mask);
}

static void poll_watch(struct poller *poller, int fd, unsigned events, void *data)
{
    short wanted = (short)((events & POLLER_READ ? POLLIN : 0) | (events & POLLER_WRITE ? POLLOUT : 0));
    size_t at = 0;

    while (at < poller->count && poller->descriptors[at].fd != fd)
        at++;
    if (events == 0) {
        if (at < poller->count) {
            poller->count--;
            poller->descriptors[at] = poller->descriptors[poller->count];
            poller->data[at] = poller->data[poller->count];
        }
        return;
    }
    if (at == poller->capacity) {
        poller->capacity = poller->capacity * 2 + 16;
        poller->descriptors =
            xreallocarray(poller->descriptors, poller->capacity, sizeof *poller->descriptors);
        poller->data = xreallocarray(poller->data, poller->capacity, sizeof *poller->data);
    }
    if (at == poller->count)
        poller->count++;
    poller->descriptors[at] = (struct pollfd){.fd = fd, .events = wanted};
    poller->data[at] = data;
}

static int poll_wait(struct poller *poller, struct poller_event *events, int timeout_ms, const sigset_t *mask)
{
    int ready = platform_poll(poller->descriptors, poller->count, timeout_ms, mask);
    int stored = 0;

    if (ready <= 0)
        return ready;
    for (size_t i = 0; i < poller->count && stored < POLLER_BATCH; i++) {
        short got = poller->descriptors[i].revents;
        if (got == 0)
            continue;
        unsigned write_ready = got & (POLLOUT | POLLERR) ? POLLER_WRITE : 0;
        unsigned read_ready = got & (POLLIN | POLLHUP | POLLERR | POLLNVAL) ? POLLER_READ : 0;
        events[stored++] = (struct poller_event){read_ready | write_ready, poller->data[i]};
    }
    return stored;
}

#ifdef CPOOL_LINUX_EXTRAS

static int epoll_watch(struct poller *poller, int fd, unsigned old_events, unsigned events, void *data)
{
    struct epoll_event event = {.data.ptr = data};
    if (events & POLLER_READ)
        event.events |= EPOLLIN;
    if (events & POLLER_WRITE)
        event.events |= EPOLLOUT;
    int operation = events == 0 ? EPOLL_CTL_DEL : old_events == 0 ? EPOLL_CTL_ADD : EPOLL_CTL_MOD;
    return epoll_ctl(poller->epoll, operation, fd, &event);
}

static int epoll_collect(struct poller *poller, struct poller_event *events, int timeout_ms,
                         const sigset_t *mask)
{
    struct epoll_event got[POLLER_BATCH];
    int ready = epoll_pwait(poller->epoll, got, POLLER_BATCH, timeout_ms, mask);

    for (int i = 0; i < ready; i++) {
        unsigned write_ready = got[i].events & (EPOLLOUT | EPOLLERR) ? POLLER_WRITE : 0;
        unsigned read_ready = got[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR) ? POLLER_READ : 0;
        events[i] = (struct poller_event){read_ready | write_ready, got[i].data.ptr};
    }
    return ready;
}

int poller_open(struct poller *poller)
{
    *poller = (struct poller){.epoll = epoll_create1(EPOLL_CLOEXEC)};
    return 0; /* -1 in epoll: poll(2) it is */
}

#else

static int epoll_watch(struct poller *poller, int fd, unsigned old_events, unsigned events, void *data)
{
    (void)poller, (void)fd, (void)old_events, (void)events, (void)data;
    return platform_not_here();
}

static int epoll_collect(struct poller *poller, struct poller_event *events, int timeout_ms,
                         const sigset_t *mask)
{
    (void)poller, (void)events, (void)timeout_ms, (void)mask;
    return platform_not_here();
}

int poller_open(struct poller *poller)
{
    *poller = (struct poller){.epoll = -1};
    return 0;
}

#endif

void poller_close(struct poller *poller)
{
    io_close(&poller->epoll);
    free(poller->descriptors);
    free(poller->data);
    *poller = (struct poller){.epoll = -1};
}

int poller_watch(struct poller *poller, int fd, unsigned old_events, unsigned events, void *data)
{
    if (old_events == events)
        return 0;
    poll_watch(poller, fd, events, data);
    if (poller->epoll < 0 || epoll_watch(poller, fd, old_events, events, data) == 0)
        return 0;
    if (errno == EPERM) {
        poll_watch(poller, fd, 0, NULL);
        return -1;
    }
    /* No memory, or the user watches too much already: poll(2) needs nothing that could be short. */
    io_close(&poller->epoll);
    return 0;
}

int poller_wait(struct poller *poller, struct poller_event *events, int timeout_ms, const sigset_t *mask)
{
    if (poller->epoll >= 0) {
        int count = epoll_collect(poller, events, timeout_ms, mask);
        if (count >= 0 || errno == EINTR)
            return count;
        io_close(&poller->epoll);
    }
    return poll_wait(poller, events, timeout_ms, mask);
}
