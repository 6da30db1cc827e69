#include "base/platform_internal.h"

#include "base/io.h"

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>

#ifdef CPOOL_LINUX_EXTRAS
#include <elf.h>
#include <fcntl.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#ifndef SYS_pidfd_open
#define SYS_pidfd_open 434 /* one number on all architectures; older headers lack it */
#endif
#endif

/* ---- starting, and hearing of ends ---- */

#ifdef CPOOL_LINUX_EXTRAS

pid_t platform_vfork_sibling(int (*function)(void *context), void *context)
{
    /* One at a time has it: the caller waits. It grows down, but for machines that nobody has. */
    static _Alignas(16) char stack[64 * KIB];
    return clone(function, stack + sizeof stack, CLONE_VM | CLONE_VFORK | CLONE_PARENT | SIGCHLD, context);
}

pid_t platform_vfork(int (*function)(void *context), void *context, _Atomic uint32_t *number)
{
    static _Alignas(16) char stack[64 * KIB]; /* not that of a sibling, which this one may start */
    static_assert(sizeof(pid_t) == sizeof *number, "the kernel stores a pid_t");
    return clone(function, stack + sizeof stack, CLONE_VM | CLONE_VFORK | CLONE_CHILD_SETTID | SIGCHLD,
                 context, NULL, NULL, number);
}

int platform_pidfd_open(pid_t pid)
{
    return (int)syscall(SYS_pidfd_open, pid, 0U);
}

int platform_open_children(void)
{
    sigset_t only;
    sigemptyset(&only);
    sigaddset(&only, SIGCHLD);
    return signalfd(-1, &only, SFD_CLOEXEC | SFD_NONBLOCK);
}

pid_t platform_read_children(int fd)
{
    struct signalfd_siginfo told;
    if (io_read(fd, &told, sizeof told) != (ssize_t)sizeof told)
        return 0;
    bool has_ended =
        told.ssi_code == CLD_EXITED || told.ssi_code == CLD_KILLED || told.ssi_code == CLD_DUMPED;
    return has_ended ? (pid_t)told.ssi_pid : 0;
}

/*
 * The kernel clears it for the sake of pthread_join, which nobody does for a main thread: in exit(2) when the
 * memory is given back, before the children get their signals and another parent. (Only where somebody shares
 * the memory: nobody else would see it.) Before 4.8 it did not where a signal had ended the process, and
 * gVisor, which plays a Linux, does not to this day. Neither has pidfds: who has them is young enough.
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
        (void)kill(getpid(), other); /* it is blocked: there it stays */
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

#else

pid_t platform_vfork(int (*function)(void *context), void *context, _Atomic uint32_t *number)
{
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
    return platform_not_here();
}

int platform_pidfd_open(pid_t pid)
{
    (void)pid;
    return platform_not_here();
}

int platform_open_children(void)
{
    return platform_not_here();
}

pid_t platform_read_children(int fd)
{
    (void)fd;
    return 0;
}

const _Atomic uint32_t *platform_life_word(void)
{
    return NULL;
}

int platform_await_child(int other, int timeout_ms)
{
    (void)other, (void)timeout_ms;
    return platform_not_here();
}

int platform_set_parent_death_signal(int signal_number)
{
    (void)signal_number;
    return platform_not_here();
}

int platform_become_subreaper(void)
{
    return platform_not_here();
}

#endif

/* ---- an alarm ---- */

#if defined(_POSIX_TIMERS) && _POSIX_TIMERS > 0

static timer_t alarm_timer;
static bool has_alarm_timer;

/* Timers may be short (ulimit -i); the other way needs none. */
void platform_alarm_open(void)
{
    struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGALRM};
    has_alarm_timer = timer_create(CLOCK_MONOTONIC, &event, &alarm_timer) == 0;
}

/* POSIX allows timer_settime in a handler, and not setitimer, though that is nothing but a system call
 * wherever we know. */
static bool set_alarm_timer(uint64_t delay)
{
    const struct itimerspec when = {
        .it_value = {.tv_sec = (time_t)(delay / 1000000000), .tv_nsec = (long)(delay % 1000000000)}};
    return has_alarm_timer && timer_settime(alarm_timer, 0, &when, NULL) == 0;
}

#else

void platform_alarm_open(void)
{
}

static bool set_alarm_timer(uint64_t delay)
{
    (void)delay;
    return false;
}

#endif

void platform_alarm_set(uint64_t delay)
{
    const struct itimerval when = {.it_value = {.tv_sec = (time_t)(delay / 1000000000),
                                                .tv_usec = (suseconds_t)(delay % 1000000000 / 1000)}};
    if (!set_alarm_timer(delay))
        (void)setitimer(ITIMER_REAL, &when, NULL);
}

/* ---- children ---- */

#ifdef CPOOL_LINUX_EXTRAS

/* The parent and the state of `pid` as /proc/PID/stat tells; -1 when it has gone. */
static pid_t parent_of(pid_t pid, char *state)
{
    char path[64], text[1024];
    snprintf(path, sizeof path, "/proc/%ld/stat", (long)pid);
    if (io_read_file(path, text, sizeof text) < 0)
        return -1;
    /* The command's name is in parentheses and may itself hold parentheses and blanks: the last one
     * counts. */
    const char *behind = strrchr(text, ')');
    long parent;
    return behind != NULL && sscanf(behind + 1, " %c %ld", state, &parent) == 2 ? (pid_t)parent : -1;
}

bool platform_has_ended(pid_t pid)
{
    char state = 'R';
    if (parent_of(pid, &state) < 0)
        return kill(pid, 0) < 0 && errno == ESRCH;
    return state == 'Z' || state == 'X';
}

/* An entry of a folder, as the kernel lists it. */
struct listed {
    uint64_t inode;
    int64_t next;
    unsigned short length; /* of this entry, up to the next */
    unsigned char type;
    char name[];
};

/*
 * By a scan of all processes: /proc/PID/task/TID/children skips some while children exit, and may
 * be compiled out. Only those at the end of a run pay for it.
 */
ssize_t platform_list_children(pid_t *children, size_t most)
{
    pid_t self = getpid();
    char state;
    if (parent_of(self, &state) < 0) /* a folder that nothing is mounted on tells of nobody */
        return platform_not_here();
    int processes = open("/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (processes < 0)
        return -1;
    /* Not by opendir, which needs memory: this is what ends processes where there is none left. */
    _Alignas(struct listed) char bytes[8 * KIB];
    size_t count = 0;
    for (long length; (length = syscall(SYS_getdents64, processes, bytes, sizeof bytes)) > 0 && count < most;)
        for (long at = 0; at < length && count < most;
             at += ((struct listed *)(void *)(bytes + at))->length) {
            const char *name = bytes + at + offsetof(struct listed, name);
            char *end;
            long pid = strtol(name, &end, 10);
            if (*end == '\0' && pid > 0 && parent_of((pid_t)pid, &state) == self)
                children[count++] = (pid_t)pid;
        }
    io_close(&processes);
    return (ssize_t)count;
}

ssize_t platform_glance_children(pid_t *children, size_t most)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/self/task/%ld/children", (long)getpid());
    FILE *file = fopen(path, "re");
    if (file == NULL)
        return platform_list_children(children, most);
    size_t count = 0;
    for (long pid; count < most && fscanf(file, "%ld", &pid) == 1;)
        children[count++] = (pid_t)pid;
    (void)fclose(file);
    return (ssize_t)count;
}

#else

bool platform_has_ended(pid_t pid)
{
    return kill(pid, 0) < 0 && errno == ESRCH;
}

ssize_t platform_list_children(pid_t *children, size_t most)
{
    (void)children;
    (void)most;
    return platform_not_here();
}

ssize_t platform_glance_children(pid_t *children, size_t most)
{
    return platform_list_children(children, most);
}

#endif

/* ---- what one waits for ---- */

#ifdef CPOOL_LINUX_EXTRAS

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

/* What tells kinds of programs apart stands at the beginning of an ELF file: its class (32 or 64 bits), and
 * the machine. */
static bool read_kind(const char *path, unsigned char kind[3])
{
    unsigned char begin[EI_NIDENT + 4];
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? -1 : io_read_full(fd, begin, sizeof begin);
    io_close(&fd);
    if (n != (ssize_t)sizeof begin)
        return false;
    kind[0] = begin[EI_CLASS];
    memcpy(kind + 1, begin + offsetof(Elf32_Ehdr, e_machine), 2);
    return true;
}

/*
 * System calls have other numbers in a program of another kind: one of 32 bits on a kernel of 64, or one of
 * the real machine where this one runs in an emulator.
 */
static bool is_of_our_kind(pid_t pid)
{
    unsigned char theirs[3];
    static unsigned char ours[3];
    static bool known;
    char path[48];
    known = known || read_kind("/proc/self/exe", ours);
    snprintf(path, sizeof path, "/proc/%ld/exe", (long)pid);
    return known && read_kind(path, theirs) && memcmp(ours, theirs, sizeof ours) == 0;
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
    if (!is_of_our_kind(pid))
        return -1;
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

int platform_waits_for_input(pid_t pid, int pipe)
{
    (void)pid, (void)pipe;
    return -1;
}

#endif

/* ---- who has a lock ---- */

#ifdef CPOOL_LINUX_EXTRAS

static bool is_there(pid_t pid)
{
    char path[32];
    snprintf(path, sizeof path, "/proc/%ld", (long)pid);
    return access(path, F_OK) == 0;
}

/* Where that descriptor has a lock of flock, who took it (perhaps 0: one of another container); else -1. */
static pid_t find_taker(const char *process, const char *descriptor)
{
    char path[320], text[1024];
    long taker = 0;
    snprintf(path, sizeof path, "/proc/%.20s/fdinfo/%.20s", process, descriptor);
    const char *lock = io_read_file(path, text, sizeof text) > 0 ? strstr(text, "FLOCK") : NULL;
    if (lock == NULL)
        return -1;
    return sscanf(lock, "FLOCK %*s %*s %ld", &taker) == 1 && taker > 0 ? (pid_t)taker : 0;
}

static bool process_holds(const char *process, const struct stat *file, pid_t *taker)
{
    char path[300];
    struct dirent *entry;
    struct stat info;
    *taker = -1;
    snprintf(path, sizeof path, "/proc/%.20s/fd", process);
    DIR *descriptors = opendir(path);
    if (descriptors == NULL)
        return false;
    while (*taker < 0 && (entry = readdir(descriptors)) != NULL)
        if (fstatat(dirfd(descriptors), entry->d_name, &info, 0) == 0 && info.st_dev == file->st_dev &&
            info.st_ino == file->st_ino)
            *taker = find_taker(process, entry->d_name);
    closedir(descriptors);
    return *taker >= 0;
}

struct platform_holder platform_find_holder(int fd)
{
    struct platform_holder holder = {0};
    struct dirent *entry;
    struct stat file;
    DIR *processes = fstat(fd, &file) < 0 ? NULL : opendir("/proc");
    while (processes != NULL && holder.pid == 0 && (entry = readdir(processes)) != NULL) {
        pid_t pid = (pid_t)strtol(entry->d_name, NULL, 10), taker;
        if (pid > 0 && pid != getpid() && process_holds(entry->d_name, &file, &taker))
            holder = (struct platform_holder){.pid = pid, .is_orphaned = taker > 0 && !is_there(taker)};
    }
    if (processes != NULL)
        closedir(processes);
    return holder;
}

#else

struct platform_holder platform_find_holder(int fd)
{
    (void)fd;
    return (struct platform_holder){0};
}

#endif
