#define FAULT_REAL_CALLS
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "fault/fault.h"

#ifdef CPOOL_FAULT_INJECTION

#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#ifdef CPOOL_LINUX_EXTRAS
#include <linux/futex.h>
#endif

#define CALL_ROW(name, number) {#name, number},
#define POINT_ROW(name)        {#name, 0},
const struct fault_row fault_rows[FAULT_KINDS] = {FAULT_CALLS(CALL_ROW) FAULT_POINTS(POINT_ROW)};

static const struct {
    const char *name;
    int number;
} errors[] = {{"EINTR", EINTR},   {"EAGAIN", EAGAIN}, {"ENOMEM", ENOMEM}, {"EMFILE", EMFILE}, {"EIO", EIO},
              {"ENOSPC", ENOSPC}, {"EPERM", EPERM},   {"ENOSYS", ENOSYS}, {"EPIPE", EPIPE}};

/* What CPOOL_FAULT asks for; FAULT_KINDS: nothing. */
static enum fault_kind wanted = FAULT_KINDS;
static int wanted_error;
static uint64_t wanted_from, wanted_to;

static struct fault_counts *counts;
static pid_t worker; /* this process, where it is a worker; also in its child between vfork and exec */

/* ---- what is asked for ---- */

static void refuse(const char *name, const char *text)
{
    fprintf(stderr, "cpool: %s=%s: can't be\n", name, text);
    _exit(125);
}

static bool set_error(const char *name, size_t length)
{
    for (size_t i = 0; i < sizeof errors / sizeof errors[0]; i++)
        if (strncmp(errors[i].name, name, length) == 0 && errors[i].name[length] == '\0') {
            wanted_error = errors[i].number;
            return true;
        }
    return false;
}

/* CALL[=ERRNO]:N[+] */
static bool parse(const char *text)
{
    size_t length = strcspn(text, "=:");
    for (size_t i = 0; i < FAULT_KINDS; i++)
        if (strncmp(fault_rows[i].name, text, length) == 0 && fault_rows[i].name[length] == '\0')
            wanted = (enum fault_kind)i;
    if (wanted == FAULT_KINDS)
        return false;
    wanted_error = fault_rows[wanted].error;
    text += length;
    if (*text == '=') {
        length = strcspn(++text, ":");
        if (wanted_error == 0 || !set_error(text, length))
            return false;
        text += length;
    }
    char *end;
    if (*text++ != ':' || *text < '0' || *text > '9')
        return false;
    wanted_from = strtoull(text, &end, 10);
    wanted_to = *end == '+' ? UINT64_MAX : wanted_from;
    return end[*end == '+'] == '\0' && wanted_from != 0;
}

/* Nothing of ours stays open: the descriptors are those of a normal build. */
static struct fault_counts *map_counts(const char *path)
{
    int fd = path == NULL ? -1 : (open)(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (path != NULL && (fd < 0 || ftruncate(fd, sizeof(struct fault_counts)) < 0))
        return MAP_FAILED;
    int flags = MAP_SHARED | (path == NULL ? MAP_ANONYMOUS : 0);
    void *mapping = (mmap)(NULL, sizeof(struct fault_counts), PROT_READ | PROT_WRITE, flags, fd, 0);
    if (fd >= 0)
        close(fd);
    return mapping;
}

/* Before main, so that no call comes too early, and none comes in a signal handler or behind vfork first. */
__attribute__((constructor)) static void prepare(void)
{
    const char *fault = getenv("CPOOL_FAULT"), *path = getenv("CPOOL_FAULT_COUNTS");

    if (fault != NULL && !parse(fault))
        refuse("CPOOL_FAULT", fault);
    if (fault == NULL && path == NULL)
        return;
    counts = map_counts(path);
    if (counts == MAP_FAILED)
        refuse("CPOOL_FAULT_COUNTS", path != NULL ? path : "");
}

/* ---- counting ---- */

static bool is_due(enum fault_kind kind)
{
    if (counts == NULL)
        return false;
    uint64_t number = 1 + atomic_fetch_add_explicit(&counts->came[kind], 1, memory_order_relaxed);
    if (kind != wanted || number < wanted_from || number > wanted_to)
        return false;
    atomic_fetch_add_explicit(&counts->fired, 1, memory_order_relaxed);
    return true;
}

bool fault_fires(enum fault_kind kind)
{
    if (!is_due(kind))
        return false;
    errno = wanted_error;
    return true;
}

void fault_point(enum fault_kind kind)
{
    if (worker != 0 && is_due(kind))
        kill(worker, SIGKILL);
}

void fault_frame(int fd, const void *bytes, size_t count)
{
    if (worker == 0 || count < 2 || !is_due(FAULT_mid_frame))
        return;
    if ((write)(fd, bytes, count / 2) >= 0)
        kill(worker, SIGKILL);
}

/* ---- the calls ---- */

void *fault_malloc(size_t size)
{
    return fault_fires(FAULT_malloc) ? NULL : (malloc)(size);
}

void *fault_calloc(size_t count, size_t size)
{
    return fault_fires(FAULT_malloc) ? NULL : (calloc)(count, size);
}

void *fault_realloc(void *memory, size_t size)
{
    return fault_fires(FAULT_malloc) ? NULL : (realloc)(memory, size);
}

pid_t fault_fork(void)
{
    if (fault_fires(FAULT_fork))
        return -1;
    pid_t pid = (fork)();
    if (pid == 0)
        worker = getpid();
    return pid;
}

int fault_pipe(int ends[2])
{
    return fault_fires(FAULT_pipe) ? -1 : (pipe)(ends);
}

int fault_pipe2(int ends[2], int flags)
{
    return fault_fires(FAULT_pipe) ? -1 : (pipe2)(ends, flags);
}

void *fault_mmap(void *address, size_t size, int protection, int flags, int fd, off_t offset)
{
    return fault_fires(FAULT_mmap) ? MAP_FAILED : (mmap)(address, size, protection, flags, fd, offset);
}

int fault_open(const char *path, int flags, ...)
{
    va_list arguments;
    va_start(arguments, flags);
    mode_t mode = va_arg(arguments, mode_t); /* garbage, and not looked at, where there is none */
    va_end(arguments);
    return fault_fires(FAULT_open) ? -1 : (open)(path, flags, mode);
}

ssize_t fault_read(int fd, void *bytes, size_t count)
{
    return fault_fires(FAULT_read) ? -1 : (read)(fd, bytes, count);
}

/* Standard error is left alone: the test wants to see what is said. */
ssize_t fault_write(int fd, const void *bytes, size_t count)
{
    return fd != STDERR_FILENO && fault_fires(FAULT_write) ? -1 : (write)(fd, bytes, count);
}

ssize_t fault_pread(int fd, void *bytes, size_t count, off_t offset)
{
    return fault_fires(FAULT_pread) ? -1 : (pread)(fd, bytes, count, offset);
}

ssize_t fault_pwrite(int fd, const void *bytes, size_t count, off_t offset)
{
    return fault_fires(FAULT_pwrite) ? -1 : (pwrite)(fd, bytes, count, offset);
}

int fault_poll(struct pollfd *descriptors, nfds_t count, int timeout)
{
    return fault_fires(FAULT_poll) ? -1 : (poll)(descriptors, count, timeout);
}

int fault_ppoll(struct pollfd *descriptors, nfds_t count, const struct timespec *timeout,
                const sigset_t *mask)
{
    return fault_fires(FAULT_poll) ? -1 : (ppoll)(descriptors, count, timeout, mask);
}

int fault_waitid(idtype_t type, id_t id, siginfo_t *info, int options)
{
    return fault_fires(FAULT_waitid) ? -1 : (waitid)(type, id, info, options);
}

pid_t fault_wait4(pid_t pid, int *status, int options, struct rusage *usage)
{
    return fault_fires(FAULT_wait) ? -1 : (wait4)(pid, status, options, usage);
}

#ifdef CPOOL_LINUX_EXTRAS

enum fault_kind fault_syscall_kind(long number, ...)
{
    if (number != SYS_futex)
        return FAULT_pidfd;
    va_list arguments;
    va_start(arguments, number);
    (void)va_arg(arguments, void *); /* the word */
    int operation = va_arg(arguments, int);
    va_end(arguments);
    return operation == FUTEX_WAIT ? FAULT_futex_wait : FAULT_futex_wake;
}

int fault_epoll_create1(int flags)
{
    return fault_fires(FAULT_epoll_create) ? -1 : (epoll_create1)(flags);
}

int fault_epoll_ctl(int epoll, int operation, int fd, struct epoll_event *event)
{
    return fault_fires(FAULT_epoll_ctl) ? -1 : (epoll_ctl)(epoll, operation, fd, event);
}

int fault_epoll_pwait(int epoll, struct epoll_event *events, int most, int timeout, const sigset_t *mask)
{
    return fault_fires(FAULT_epoll_wait) ? -1 : (epoll_pwait)(epoll, events, most, timeout, mask);
}

#endif

#endif
