/*
 * fault: system calls that fail, and workers that die, where a test wants it. Only with
 * ./configure --enable-fault-injection; a normal build has nothing of it.
 *
 *     CPOOL_FAULT=CALL[=ERRNO]:N[+]   the Nth such call fails; with + all from then on
 *     CPOOL_FAULT=NAME:N[+]           the worker that is the Nth to come to this point is killed (SIGKILL)
 *     CPOOL_FAULT_COUNTS=FILE         the counts lie in that file, for who wants to read them afterwards
 *
 * Parent and workers count together, in shared memory: N numbers all such calls of a run. CALL and NAME are
 * the rows of the two tables below. base.h includes this last, so that the calls of every file are ours;
 * whoever wants the real ones defines FAULT_REAL_CALLS first.
 */
#ifndef CPOOL_FAULT_H
#define CPOOL_FAULT_H

#include <fcntl.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef CPOOL_LINUX_EXTRAS
#include <sys/epoll.h>
#include <sys/syscall.h>
#endif

/* clang-format off: a row a line */
/* CALL, and the errno that it fails with unless another is asked for. */
#define FAULT_CALLS(row)                                                                                     \
    row(malloc, ENOMEM) row(fork, EAGAIN) row(vfork, EAGAIN) row(pipe, EMFILE) row(mmap, ENOMEM)             \
        row(open, EMFILE) row(read, EIO) row(write, EIO) row(pread, EIO) row(pwrite, ENOSPC)                 \
            row(poll, ENOMEM) row(epoll_create, EMFILE) row(epoll_ctl, ENOMEM) row(epoll_wait, ENOMEM)       \
                row(wait, ECHILD) row(waitid, ECHILD) row(futex_wait, EAGAIN) row(futex_wake, ENOSYS)        \
                    row(pidfd, EMFILE)

/* Where a worker can be killed. */
#define FAULT_POINTS(row)                                                                                    \
    row(after_claim) row(after_result) row(before_first_byte) row(mid_frame) row(before_exec)                \
        row(after_spawn) row(after_reap)
/* clang-format on */

#define FAULT_CALL_KIND(name, number) FAULT_##name,
#define FAULT_POINT_KIND(name)        FAULT_##name,
enum fault_kind { FAULT_CALLS(FAULT_CALL_KIND) FAULT_POINTS(FAULT_POINT_KIND) FAULT_KINDS };

/* In shared memory; anybody adds, relaxed. */
struct fault_counts {
    _Atomic uint64_t came[FAULT_KINDS]; /* how often each call was made, each point come to */
    _Atomic uint64_t fired;             /* how often one was made to fail */
};

struct fault_row {
    const char *name;
    int error; /* 0: a point */
};
extern const struct fault_row fault_rows[FAULT_KINDS];

/* Count one of that kind: true when it has to fail, errno being set. */
bool fault_fires(enum fault_kind kind);

void fault_point(enum fault_kind kind);
/* Should the worker be killed in the middle of writing these bytes, they are written by half and it is. */
void fault_frame(int fd, const void *bytes, size_t count);
#define FAULT_POINT(name)             fault_point(FAULT_##name)
#define FAULT_FRAME(fd, bytes, count) fault_frame(fd, bytes, count)

void *fault_malloc(size_t size);
void *fault_calloc(size_t count, size_t size);
void *fault_realloc(void *memory, size_t size);
pid_t fault_fork(void);
int fault_pipe(int ends[2]);
int fault_pipe2(int ends[2], int flags);
void *fault_mmap(void *address, size_t size, int protection, int flags, int fd, off_t offset);
int fault_open(const char *path, int flags, ...);
ssize_t fault_read(int fd, void *bytes, size_t count);
ssize_t fault_write(int fd, const void *bytes, size_t count);
ssize_t fault_pread(int fd, void *bytes, size_t count, off_t offset);
ssize_t fault_pwrite(int fd, const void *bytes, size_t count, off_t offset);
int fault_poll(struct pollfd *descriptors, nfds_t count, int timeout);
int fault_ppoll(struct pollfd *descriptors, nfds_t count, const struct timespec *timeout,
                const sigset_t *mask);
int fault_waitid(idtype_t type, id_t id, siginfo_t *info, int options);
pid_t fault_wait4(pid_t pid, int *status, int options, struct rusage *usage);
#ifdef CPOOL_LINUX_EXTRAS
/* Which of those it is that go through syscall(2). */
enum fault_kind fault_syscall_kind(long number, ...);
int fault_epoll_create1(int flags);
int fault_epoll_ctl(int epoll, int operation, int fd, struct epoll_event *event);
int fault_epoll_pwait(int epoll, struct epoll_event *events, int most, int timeout, const sigset_t *mask);
#endif

#ifndef FAULT_REAL_CALLS
/* With parameters where the bare word stands in attributes, or where a function can't do it ... */
#define malloc(size)          fault_malloc(size)
#define calloc(count, size)   fault_calloc(count, size)
#define realloc(memory, size) fault_realloc(memory, size)
#define vfork()               (fault_fires(FAULT_vfork) ? (pid_t)-1 : (vfork)())
#define syscall(number, ...)                                                                                 \
    (fault_fires(fault_syscall_kind(number, __VA_ARGS__, 0)) ? -1 : (syscall)(number, __VA_ARGS__))
/* ... and without where a struct's member may have the name: it is then renamed wherever it stands. */
#define fork          fault_fork
#define pipe          fault_pipe
#define pipe2         fault_pipe2
#define mmap          fault_mmap
#define open          fault_open
#define read          fault_read
#define write         fault_write
#define pread         fault_pread
#define pwrite        fault_pwrite
#define poll          fault_poll
#define ppoll         fault_ppoll
#define waitid        fault_waitid
#define wait4         fault_wait4
#define epoll_create1 fault_epoll_create1
#define epoll_ctl     fault_epoll_ctl
#define epoll_pwait   fault_epoll_pwait
#endif

/* Output is stored in a file sooner, so that a test gets there in its time. */
#define MEMORY_CAP MIB

#endif
