#include "base/platform_internal.h"

#include "base/io.h"
#include "base/xalloc.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <unistd.h>

#ifdef CPOOL_LINUX_EXTRAS
#ifdef HAVE_LINUX_FUTEX_H
#include <linux/futex.h>
#else /* a C library that comes without the kernel's headers */
#define FUTEX_WAIT 0
#define FUTEX_WAKE 1
#endif
#include <sched.h>
#include <sys/syscall.h>
#endif

/* ---- the shell ---- */

const char *platform_sh(void)
{
#if defined(__FreeBSD__) || defined(__NetBSD__) || defined(__DragonFly__)
    return "ash";
#elif defined(__OpenBSD__)
    return "pdksh";
#elif defined(__APPLE__)
    return "bash";
#else
    return "sh";
#endif
}

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
    return platform_not_here();
}

ssize_t platform_splice(int file, uint64_t offset, int pipe, size_t length)
{
    (void)file, (void)offset, (void)pipe, (void)length;
    return platform_not_here();
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

#else

int platform_open_reader(int pipe)
{
    (void)pipe;
    return platform_not_here();
}

#endif

/* ---- descriptors ---- */

void platform_close_range(int first, int last)
{
#ifdef HAVE_CLOSE_RANGE
    if (close_range((unsigned)first, (unsigned)last, 0) == 0)
        return;
#endif
    for (int fd = first; fd <= last; fd++)
        close(fd);
}

#if defined(CPOOL_LINUX_EXTRAS) && defined(HAVE_CLOSE_RANGE) && defined(CLOSE_RANGE_UNSHARE) &&              \
    !defined(SANITIZERS) && !defined(__s390__)

int platform_list_descriptors(uint64_t *bits, int count)
{
    DIR *all = opendir("/proc/self/fd");
    if (all == NULL)
        return -1;
    int result = 0;
    memset(bits, 0, (size_t)count / CHAR_BIT);
    for (struct dirent *entry; (entry = readdir(all)) != NULL;) {
        char *end;
        long fd = strtol(entry->d_name, &end, 10);
        if (*end != '\0' || fd == dirfd(all))
            continue;
        if (fd < count)
            bits[fd / 64] |= (uint64_t)1 << fd % 64;
        else
            result = -1;
    }
    closedir(all);
    return result;
}

pid_t platform_fork_sharing_descriptors(void)
{
    return (pid_t)syscall(SYS_clone, CLONE_FILES | SIGCHLD, 0UL, 0UL, 0UL, 0UL);
}

int platform_leave_descriptors(int first)
{
    return close_range((unsigned)first, UINT_MAX, CLOSE_RANGE_UNSHARE);
}

/* Of a table that nobody shares none is made, and the last number there can be is never open. */
bool platform_can_leave_descriptors(void)
{
    return close_range(UINT_MAX, UINT_MAX, CLOSE_RANGE_UNSHARE) == 0;
}

#else

int platform_list_descriptors(uint64_t *bits, int count)
{
    (void)bits, (void)count;
    return platform_not_here();
}

pid_t platform_fork_sharing_descriptors(void)
{
    return platform_not_here();
}

int platform_leave_descriptors(int first)
{
    (void)first;
    return platform_not_here();
}

bool platform_can_leave_descriptors(void)
{
    return false;
}

#endif

/* As the caller had it; used only where it was raised. */
static struct rlimit caller_descriptors;
static bool descriptors_raised;

void platform_raise_descriptors(size_t count)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) < 0 || limit.rlim_cur == RLIM_INFINITY || limit.rlim_cur >= count)
        return;
    if (!descriptors_raised)
        caller_descriptors = limit;
    limit.rlim_cur = limit.rlim_max == RLIM_INFINITY || limit.rlim_max > count ? count : limit.rlim_max;
    descriptors_raised = setrlimit(RLIMIT_NOFILE, &limit) == 0 || descriptors_raised;
}

void platform_restore_descriptors(void)
{
    if (descriptors_raised)
        (void)setrlimit(RLIMIT_NOFILE, &caller_descriptors);
}

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

/* ---- futex, processors, pipes, clock ---- */

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
    return platform_not_here();
}

int platform_futex_wake(_Atomic uint32_t *word, int waiters)
{
    (void)word;
    (void)waiters;
    return platform_not_here();
}

bool platform_has_futex(void)
{
    return false;
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

/* ---- texts ---- */

int platform_regexec(const regex_t *expression, const char *text, size_t from, size_t to, int flags,
                     regmatch_t *matches, size_t count)
{
/* The sanitizers' regexec looks for a NUL behind the text all the same. */
#if defined(REG_STARTEND) && !defined(SANITIZERS)
    matches[0] = (regmatch_t){.rm_so = (regoff_t)from, .rm_eo = (regoff_t)to};
    return regexec(expression, text, count, matches, flags | REG_STARTEND);
#else
    char *piece = xmalloc(to - from + 1);
    memcpy(piece, text + from, to - from);
    piece[to - from] = '\0';
#ifdef REG_STARTEND
    matches[0] = (regmatch_t){.rm_so = 0, .rm_eo = (regoff_t)(to - from)};
    flags |= REG_STARTEND;
#endif
    int result = regexec(expression, piece, count, matches, flags);
    free(piece);
    for (size_t i = 0; i < count && result == 0; i++)
        if (matches[i].rm_so >= 0) {
            matches[i].rm_so += (regoff_t)from;
            matches[i].rm_eo += (regoff_t)from;
        }
    return result;
#endif
}
