/*
 * io: reading and writing that survives signals, and the state of descriptors.
 *
 * Calls return -1 with errno set on failure. EINTR is never returned.
 */
#ifndef CPOOL_IO_H
#define CPOOL_IO_H

#include "base/base.h"

#include <signal.h>
#include <sys/types.h>

/* One read(2): bytes read, 0 at end of file, or -1; EAGAIN for a quiet non-blocking descriptor. */
ssize_t io_read(int fd, void *bytes, size_t count) ATTR_MUST_CHECK;

/* Read until `count` bytes are there or the file ends: bytes read or -1. */
ssize_t io_read_full(int fd, void *bytes, size_t count) ATTR_MUST_CHECK;

/* Read from `offset` on, wherever the file stands, which stays there. */
ssize_t io_read_at(int fd, void *bytes, size_t count, uint64_t offset) ATTR_MUST_CHECK;

/* One write(2): bytes written (maybe fewer than `count`) or -1. */
ssize_t io_write(int fd, const void *bytes, size_t count) ATTR_MUST_CHECK;

/* Write all of it, waiting where that must be: 0 or -1. */
int io_write_all(int fd, const void *bytes, size_t count) ATTR_MUST_CHECK;

/*
 * Wait until `fd` takes bytes: 0. -1 with EAGAIN: it takes none, and there is something that must be done
 * first.
 *
 * What that is, and the signal mask to wait under, io_set_wait says (proc/signals.h); before it has been
 * called, and after NULL, the wait has no end.
 */
int io_wait_writable(int fd) ATTR_MUST_CHECK;
void io_set_wait(const sigset_t *mask, bool (*is_over)(void));

/*
 * Write all of it to what may be a pipe that nobody reads, or a terminal that is held: each piece only when
 * there is room for it, as io_wait_writable has it. 0, or -1, with EAGAIN where that said so: the rest is not
 * written.
 */
int io_write_patiently(int fd, const char *bytes, size_t length) ATTR_MUST_CHECK;

int io_set_nonblocking(int fd) ATTR_MUST_CHECK;

/* Close and set to -1; a descriptor of -1 is left alone. errno is kept. */
void io_close(int *fd);

/*
 * Read a whole small file as text ended by NUL. Returns its length, or -1 (also when the file holds
 * `size` bytes or more, with errno EFBIG).
 */
ssize_t io_read_file(const char *path, char *text, size_t size) ATTR_MUST_CHECK;

/*
 * Open /dev/null on each of the descriptors 0 to 2 that is closed, so that no descriptor of ours
 * is ever taken for standard input, output or error. Sets bit N of *were_closed for each. What is on
 * descriptor 0 then can't be read, so that nobody takes it for an empty file. Call before anything else opens
 * a descriptor.
 */
int io_fill_standard(unsigned *were_closed) ATTR_MUST_CHECK;

struct stat;

/* Whether both, as stat told them, are the same file, device, pipe or terminal. */
bool io_is_same_file(const struct stat *one, const struct stat *other);

#endif
