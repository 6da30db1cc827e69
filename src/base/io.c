#include "base/io.h"

#include "base/platform.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

ssize_t io_read(int fd, void *bytes, size_t count)
{
    ssize_t n;
    do
        n = read(fd, bytes, count);
    while (n < 0 && errno == EINTR);
    return n;
}

ssize_t io_read_full(int fd, void *bytes, size_t count)
{
    size_t done = 0;
    while (done < count) {
        ssize_t n = io_read(fd, (char *)bytes + done, count - done);
        if (n < 0)
            return -1;
        if (n == 0)
            break;
        done += (size_t)n;
    }
    return (ssize_t)done;
}

ssize_t io_read_at(int fd, void *bytes, size_t count, uint64_t offset)
{
    size_t done = 0;
    while (done < count) {
        ssize_t n = pread(fd, (char *)bytes + done, count - done, (off_t)(offset + done));
        if (n == 0)
            break;
        if (n < 0 && errno != EINTR)
            return -1;
        done += n > 0 ? (size_t)n : 0;
    }
    return (ssize_t)done;
}

ssize_t io_write(int fd, const void *bytes, size_t count)
{
    ssize_t n;
    do
        n = write(fd, bytes, count);
    while (n < 0 && errno == EINTR);
    return n;
}

int io_write_all(int fd, const void *bytes, size_t count)
{
    for (size_t done = 0; done < count;) {
        ssize_t n = io_write(fd, (const char *)bytes + done, count - done);
        if (n < 0 && errno != EAGAIN)
            return -1;
        if (n < 0) /* somebody who shares the file has made it so */
            (void)poll(&(struct pollfd){.fd = fd, .events = POLLOUT}, 1, -1);
        else
            done += (size_t)n;
    }
    return 0;
}

static const sigset_t *wait_mask;
static bool (*wait_is_over)(void);

void io_set_wait(const sigset_t *mask, bool (*is_over)(void))
{
    wait_mask = mask;
    wait_is_over = is_over;
}

int io_wait_writable(int fd)
{
    struct pollfd ready = {.fd = fd, .events = POLLOUT};
    for (;;) {
        bool is_over = wait_is_over != NULL && wait_is_over();
        if (platform_poll(&ready, 1, is_over ? 0 : -1, wait_mask) > 0)
            return 0;
        if (!is_over)
            continue; /* a signal: perhaps now it is */
        errno = EAGAIN;
        return -1;
    }
}

int io_write_patiently(int fd, const char *bytes, size_t length)
{
    for (size_t done = 0; done < length;) {
        if (io_wait_writable(fd) < 0)
            return -1;
        ssize_t n = io_write(fd, bytes + done, size_min(length - done, PIPE_BUF));
        if (n < 0 && errno != EAGAIN)
            return -1;
        done += n > 0 ? (size_t)n : 0;
    }
    return 0;
}

int io_set_nonblocking(int fd)
{
    int flags = fcntl(fd, F_GETFL);
    return flags < 0 ? -1 : fcntl(fd, F_SETFL, flags | O_NONBLOCK);
}

void io_close(int *fd)
{
    int saved_errno = errno;
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
    errno = saved_errno;
}

ssize_t io_read_file(const char *path, char *text, size_t size)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC |
                            O_NONBLOCK); /* should it be a FIFO, nobody waits for its other end */
    if (fd < 0)
        return -1;
    ssize_t length = io_read_full(fd, text, size);
    io_close(&fd);
    if (length >= 0 && (size_t)length == size) {
        errno = EFBIG;
        return -1;
    }
    if (length >= 0)
        text[length] = '\0';
    return length;
}

int io_fill_standard(unsigned *were_closed)
{
    *were_closed = 0;
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
        if (fcntl(fd, F_GETFD) >= 0 || errno != EBADF)
            continue;
        /* The lowest free descriptor is `fd` itself: all below are open by now. */
        if (open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDWR) != fd)
            return -1;
        *were_closed |= 1U << fd;
    }
    return 0;
}

bool io_is_same_file(const struct stat *one, const struct stat *other)
{
    return one->st_dev == other->st_dev && one->st_ino == other->st_ino;
}
