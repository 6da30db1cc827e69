#include "base/platform.h"

#include "base/io.h"
#include "base/xalloc.h"

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#ifdef CPOOL_LINUX_EXTRAS
#include <dirent.h>
#include <linux/futex.h>
#include <sched.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#ifndef CLONE_PIDFD
#define CLONE_PIDFD 0x1000
#endif
#ifndef SYS_pidfd_open
#define SYS_pidfd_open 434 /* one number on all architectures; older headers lack it */
#endif
#else
static int not_here(void)
{
    errno = ENOSYS;
    return -1;
}
#endif

/* ---- processes ---- */

#ifdef CPOOL_LINUX_EXTRAS

pid_t platform_vfork_sibling(int (*function)(void *context), void *context)
{
    /* One at a time has it: the caller waits. It grows down, but for machines that nobody has. */
    static _Alignas(16) char stack[64 * KIB];
    return clone(function, stack + sizeof stack, CLONE_VM | CLONE_VFORK | CLONE_PARENT | SIGCHLD, context);
}

/* Kernels without them take no notice of the flag; and in one version what it gave was always readable. */
static bool has_pidfds;

/* What the flag, and nothing else of the call, may be refused for: the process is more than its descriptor. */
static bool is_for_want_of_pidfd(int error)
{
    return error == EMFILE || error == ENFILE || error == EINVAL || error == EPERM || error == ENOSYS;
}

pid_t platform_vfork(int (*function)(void *context), void *context, _Atomic uint32_t *number, int *pidfd)
{
    static _Alignas(16) char stack[64 * KIB]; /* not that of a sibling, which this one may start */
    static_assert(sizeof(pid_t) == sizeof *number, "the kernel stores a pid_t");
    int flags = CLONE_VM | CLONE_VFORK | CLONE_CHILD_SETTID | SIGCHLD;
    if (pidfd != NULL) {
        *pidfd = -1;
        flags |= has_pidfds ? CLONE_PIDFD : 0;
    }
    pid_t pid = clone(function, stack + sizeof stack, flags, context, pidfd, NULL, number);
    if (pid < 0 && pidfd != NULL)
        *pidfd = -1; /* that of a process which could not be had after all is closed by now */
    if (pid < 0 && (flags & CLONE_PIDFD) != 0 && is_for_want_of_pidfd(errno))
        return clone(function, stack + sizeof stack, flags & ~CLONE_PIDFD, context, NULL, NULL, number);
    if (pidfd != NULL && pid > 0 && *pidfd < 0)
        *pidfd = platform_pidfd_open(pid);
    return pid;
}

bool platform_has_vfork_sibling(void)
{
    return true;
}

#else

bool platform_has_vfork_sibling(void)
{
    return false;
}

pid_t platform_vfork(int (*function)(void *context), void *context, _Atomic uint32_t *number, int *pidfd)
{
    if (pidfd != NULL)
        *pidfd = -1;
    pid_t pid = vfork();
    if (pid == 0) {
        atomic_store_explicit(number, (uint32_t)getpid(), memory_order_release);
        _exit(function(context));
    }
    return pid;
}

pid_t platform_vfork_sibling(int (*function)(void *context), void *context)
{
    (void)function, (void)context;
    return not_here();
}

#endif

/* ---- files ---- */

#ifdef CPOOL_LINUX_EXTRAS

ssize_t platform_splice(int file, uint64_t offset, int pipe, size_t length)
{
    off_t from = (off_t)offset;
    ssize_t n;
    do
        n = splice(file, &from, pipe, NULL, length, SPLICE_F_NONBLOCK | SPLICE_F_MOVE);
    while (n < 0 && errno == EINTR);
    return n;
}

ssize_t platform_splice_pipes(int from, int to, size_t length)
{
    ssize_t n;
    do
        n = splice(from, NULL, to, NULL, length, SPLICE_F_NONBLOCK | SPLICE_F_MOVE);
    while (n < 0 && errno == EINTR);
    return n;
}

#else

ssize_t platform_splice_pipes(int from, int to, size_t length)
{
    (void)from, (void)to, (void)length;
    return not_here();
}

ssize_t platform_splice(int file, uint64_t offset, int pipe, size_t length)
{
    (void)file, (void)offset, (void)pipe, (void)length;
    return not_here();
}

#endif

size_t platform_unread(int pipe)
{
    int bytes = 0;
    return ioctl(pipe, FIONREAD, &bytes) == 0 && bytes > 0 ? (size_t)bytes : 0;
}

unsigned platform_terminal_columns(int fd)
{
#ifdef TIOCGWINSZ
    struct winsize size;
    return ioctl(fd, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
#else
    (void)fd;
    return 0;
#endif
}

#ifdef CPOOL_LINUX_EXTRAS

int platform_open_reader(int pipe)
{
    char path[32];
    snprintf(path, sizeof path, "/proc/self/fd/%d", pipe);
    return open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
}

/* Who waits for several things at once may wait for input. */
static bool waits_for_several(long number)
{
    static const long several[] = {
#ifdef SYS_poll
        SYS_poll,
#endif
#ifdef SYS_select
        SYS_select,
#endif
#ifdef SYS_epoll_wait
        SYS_epoll_wait,
#endif
#ifdef SYS_io_uring_enter
        SYS_io_uring_enter,
#endif
        SYS_ppoll,          SYS_pselect6, SYS_epoll_pwait};
    for (size_t i = 0; i < ARRAY_LENGTH(several); i++)
        if (number == several[i])
            return true;
    return false;
}

/* /proc/PID/task/TID/syscall: "running", or the number of the call and its arguments in hexadecimal. */
static int thread_waits_for(const char *thread, ino_t pipe)
{
    char path[160], text[256];
    long number;
    unsigned long descriptor;
    struct stat info;
    snprintf(path, sizeof path, "%s/syscall", thread);
    if (io_read_file(path, text, sizeof text) <= 0)
        return -1;
    if (sscanf(text, "%ld %lx", &number, &descriptor) != 2)
        return 0; /* it runs */
    if (number != SYS_read && number != SYS_readv && number != SYS_splice)
        return waits_for_several(number) ? -1 : 0;
    snprintf(path, sizeof path, "%s/fd/%lu", thread, descriptor);
    return stat(path, &info) == 0 && info.st_ino == pipe ? 1 : 0;
}

static int process_waits_for(pid_t pid, ino_t pipe, unsigned depth);

/* The children that a thread has started may be who reads. */
static int children_wait_for(const char *thread, ino_t pipe, unsigned depth)
{
    char path[160], text[4096];
    int result = 0;
    snprintf(path, sizeof path, "%s/children", thread);
    if (depth == 0 || io_read_file(path, text, sizeof text) < 0)
        return -1;
    for (char *rest = text, *end; result != 1; rest = end) {
        long pid = strtol(rest, &end, 10);
        if (end == rest)
            break;
        int waits = process_waits_for((pid_t)pid, pipe, depth - 1);
        result = waits == 0 ? result : waits;
    }
    return result;
}

/* 1 one of its threads or their children waits for it, -1 one of them may. */
static int process_waits_for(pid_t pid, ino_t pipe, unsigned depth)
{
    char path[48], thread[96];
    int result = 0;
    snprintf(path, sizeof path, "/proc/%ld/task", (long)pid);
    DIR *threads = opendir(path);
    if (threads == NULL)
        return -1;
    for (struct dirent *entry; result != 1 && (entry = readdir(threads)) != NULL;) {
        if (entry->d_name[0] == '.')
            continue;
        snprintf(thread, sizeof thread, "%s/%.20s", path, entry->d_name);
        int waits = thread_waits_for(thread, pipe);
        if (waits != 1) {
            int children = children_wait_for(thread, pipe, depth);
            waits = children == 0 ? waits : children;
        }
        result = waits == 0 ? result : waits;
    }
    closedir(threads);
    return result;
}

int platform_waits_for_input(pid_t pid, int pipe)
{
    struct stat info;
    /* Deeper trees than this are nobody's filter. */
    return fstat(pipe, &info) < 0 ? -1 : process_waits_for(pid, info.st_ino, 8);
}

#else

int platform_open_reader(int pipe)
{
    (void)pipe;
    errno = ENOSYS;
    return -1;
}

int platform_waits_for_input(pid_t pid, int pipe)
{
    (void)pid, (void)pipe;
    return -1;
}

#endif

/* ---- getopt ---- */

void platform_restart_getopt(void)
{
#if defined(__APPLE__) || defined(__FreeBSD__) || defined(__NetBSD__) || defined(__OpenBSD__)
    optreset = 1;
    optind = 1;
#else
    optind = 0;
#endif
}

/* ---- exec ---- */

#ifdef CPOOL_LINUX_EXTRAS

/* As fs/exec.c and binfmts.h of Linux have it. */
#define EXEC_STRING_PAGES 32
#define EXEC_TOTAL_MIN    (128 * KIB)
#define EXEC_TOTAL_MAX    (6 * MIB)

struct platform_exec_limits platform_exec_limits(void)
{
    struct rlimit stack;
    struct platform_exec_limits limits = {.total = EXEC_TOTAL_MAX,
                                          .string = EXEC_STRING_PAGES * (size_t)sysconf(_SC_PAGESIZE)};
    if (getrlimit(RLIMIT_STACK, &stack) == 0 && stack.rlim_cur / 4 < limits.total)
        limits.total = size_max((size_t)stack.rlim_cur / 4, EXEC_TOTAL_MIN);
    return limits;
}

#else

struct platform_exec_limits platform_exec_limits(void)
{
    long most = sysconf(_SC_ARG_MAX);
    size_t total = most > 8192 ? (size_t)most - 2048 : most > 0 ? (size_t)most / 2 : 64 * KIB;
    return (struct platform_exec_limits){.total = total, .string = size_min(total, 128 * KIB)};
}

#endif

/* ---- futex, pidfd, prctl ---- */

#ifdef CPOOL_LINUX_EXTRAS

int platform_futex_wait(_Atomic uint32_t *word, uint32_t expected)
{
    return (int)syscall(SYS_futex, word, FUTEX_WAIT, expected, NULL, NULL, 0);
}

int platform_futex_wake(_Atomic uint32_t *word, int waiters)
{
    return (int)syscall(SYS_futex, word, FUTEX_WAKE, waiters, NULL, NULL, 0);
}

bool platform_has_futex(void)
{
    _Atomic uint32_t word = 0;
    return platform_futex_wake(&word, 1) >= 0;
}

int platform_pidfd_open(pid_t pid)
{
    int fd = (int)syscall(SYS_pidfd_open, pid, 0U);
    has_pidfds = has_pidfds || fd >= 0;
    return fd;
}

/*
 * The kernel clears it for the sake of pthread_join, which nobody does for a main thread: in exit(2) when the memory is given back,
 * before the children get their signals and another parent. (Only where somebody shares the memory: nobody else would see it.)
 * Before 4.8 it did not where a signal had ended the process, and gVisor, which plays a Linux, does not to this day. Neither has
 * pidfds: who has them is young enough.
 */
const _Atomic uint32_t *platform_life_word(void)
{
    static _Atomic uint32_t alive;
    int self = platform_pidfd_open(getpid());
    if (self < 0)
        return NULL;
    io_close(&self);
    atomic_store_explicit(&alive, 1, memory_order_relaxed);
    return syscall(SYS_set_tid_address, &alive) > 0 ? &alive : NULL;
}

int platform_await_child(int other, int timeout_ms)
{
    struct timespec timeout = {timeout_ms / 1000, timeout_ms % 1000 * 1000000L};
    sigset_t both;
    sigemptyset(&both);
    sigaddset(&both, SIGCHLD);
    sigaddset(&both, other);
    int got = sigtimedwait(&both, NULL, timeout_ms < 0 ? NULL : &timeout);
    if (got == other)
        (void)raise(other); /* it is blocked: there it stays */
    return got < 0 ? -1 : got == other;
}

int platform_set_parent_death_signal(int signal_number)
{
    return prctl(PR_SET_PDEATHSIG, (unsigned long)signal_number, 0UL, 0UL, 0UL);
}

int platform_become_subreaper(void)
{
    return prctl(PR_SET_CHILD_SUBREAPER, 1UL, 0UL, 0UL, 0UL);
}

unsigned platform_affinity_count(void)
{
    /* Machines with more processors than fit a cpu_set_t answer EINVAL until the set is large enough. */
    for (int processors = CPU_SETSIZE; processors <= 1 << 20; processors *= 2) {
        cpu_set_t *set = CPU_ALLOC((size_t)processors);
        if (set == NULL)
            break;
        size_t size = CPU_ALLOC_SIZE((size_t)processors);
        int result = sched_getaffinity(0, size, set);
        int count = result == 0 ? CPU_COUNT_S(size, set) : 0;
        CPU_FREE(set);
        if (count > 0)
            return (unsigned)count;
        if (result == 0 || errno != EINVAL)
            break;
    }
    long online = sysconf(_SC_NPROCESSORS_ONLN);
    return online < 1 ? 1 : (unsigned)online;
}

int platform_pipe(int ends[2], bool nonblocking)
{
    return pipe2(ends, O_CLOEXEC | (nonblocking ? O_NONBLOCK : 0));
}

void platform_set_pipe_size(int fd, size_t size)
{
    int saved_errno = errno;
    (void)fcntl(fd, F_SETPIPE_SZ, (int)size);
    errno = saved_errno;
}

clockid_t platform_coarse_clock(void)
{
    return CLOCK_MONOTONIC_COARSE;
}

#else

int platform_futex_wait(_Atomic uint32_t *word, uint32_t expected)
{
    (void)word;
    (void)expected;
    return not_here();
}

int platform_futex_wake(_Atomic uint32_t *word, int waiters)
{
    (void)word;
    (void)waiters;
    return not_here();
}

bool platform_has_futex(void)
{
    return false;
}

int platform_pidfd_open(pid_t pid)
{
    (void)pid;
    return not_here();
}

const _Atomic uint32_t *platform_life_word(void)
{
    return NULL;
}

int platform_await_child(int other, int timeout_ms)
{
    (void)other, (void)timeout_ms;
    return not_here();
}

int platform_set_parent_death_signal(int signal_number)
{
    (void)signal_number;
    return not_here();
}

int platform_become_subreaper(void)
{
    return not_here();
}

unsigned platform_affinity_count(void)
{
    long online = sysconf(_SC_NPROCESSORS_ONLN);
    return online < 1 ? 1 : (unsigned)online;
}

int platform_pipe(int ends[2], bool nonblocking)
{
    if (pipe(ends) < 0)
        return -1;
    if (fcntl(ends[0], F_SETFD, FD_CLOEXEC) >= 0 && fcntl(ends[1], F_SETFD, FD_CLOEXEC) >= 0 &&
        (!nonblocking || (io_set_nonblocking(ends[0]) >= 0 && io_set_nonblocking(ends[1]) >= 0)))
        return 0;
    io_close(&ends[0]);
    io_close(&ends[1]);
    return -1;
}

void platform_set_pipe_size(int fd, size_t size)
{
    (void)fd;
    (void)size;
}

clockid_t platform_coarse_clock(void)
{
    return CLOCK_MONOTONIC;
}

#endif

/* ---- files ---- */

int platform_open_temporary(const char *directory)
{
#if defined(CPOOL_LINUX_EXTRAS) && defined(O_TMPFILE)
    int fd = open(directory, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (fd >= 0 || (errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL))
        return fd;
#endif
    char *path = xasprintf("%s/cpool.XXXXXX", directory);
    int made = mkstemp(path);
    if (made >= 0) {
        unlink(path);
        if (fcntl(made, F_SETFD, FD_CLOEXEC) < 0)
            io_close(&made);
    }
    free(path);
    return made;
}

int platform_signal_on_close(int fd)
{
    int flags = fcntl(fd, F_GETFL);
    if (flags < 0 || fcntl(fd, F_SETOWN, getpid()) < 0)
        return -1;
    return fcntl(fd, F_SETFL, flags | O_ASYNC);
}

/* ---- children ---- */

#ifdef CPOOL_LINUX_EXTRAS

/* The parent of `pid` as /proc/PID/stat tells; -1 when it has gone. */
static pid_t parent_of(pid_t pid)
{
    char path[64], text[1024];
    snprintf(path, sizeof path, "/proc/%ld/stat", (long)pid);
    if (io_read_file(path, text, sizeof text) < 0)
        return -1;
    /* The command's name is in parentheses and may itself hold parentheses and blanks: the last one counts.
     */
    const char *behind = strrchr(text, ')');
    long parent;
    return behind != NULL && sscanf(behind + 1, " %*c %ld", &parent) == 1 ? (pid_t)parent : -1;
}

/*
 * By a scan of all processes: /proc/PID/task/TID/children skips some while children exit, and may
 * be compiled out. Only those at the end of a run pay for it.
 */
ssize_t platform_list_children(pid_t *children, size_t most)
{
    DIR *processes = opendir("/proc");
    if (processes == NULL)
        return -1;
    pid_t self = getpid();
    size_t count = 0;
    for (struct dirent *entry; count < most && (entry = readdir(processes)) != NULL;) {
        char *end;
        long pid = strtol(entry->d_name, &end, 10);
        if (*end == '\0' && pid > 0 && parent_of((pid_t)pid) == self)
            children[count++] = (pid_t)pid;
    }
    closedir(processes);
    return (ssize_t)count;
}

#else

ssize_t platform_list_children(pid_t *children, size_t most)
{
    (void)children;
    (void)most;
    return not_here();
}

#endif

/* ---- waiting ---- */

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
    return not_here();
}

static int epoll_collect(struct poller *poller, struct poller_event *events, int timeout_ms,
                         const sigset_t *mask)
{
    (void)poller, (void)events, (void)timeout_ms, (void)mask;
    return not_here();
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
