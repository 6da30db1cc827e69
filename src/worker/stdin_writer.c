#include "worker/stdin_writer.h"

#include "base/io.h"
#include "base/platform.h"
#include "base/xalloc.h"

#include <errno.h>

/* The pipe's size, so that whole blocks go into it at once. */
#define PIPE_SIZE (1 * MIB)
/* At a time where a file's bytes go through our memory. */
#define HELD_SIZE (64 * KIB)

int stdin_writer_open(struct stdin_writer *stdin_writer, const struct stdin_writer_source *source)
{
    int ends[2];
    *stdin_writer =
        (struct stdin_writer){.fd = -1, .reader = -1, .left = *source, .held = stdin_writer->held};
    if (platform_pipe(ends, false) < 0)
        return -1;
    if (io_set_nonblocking(ends[1]) < 0) {
        io_close(&ends[0]);
        io_close(&ends[1]);
        return -1;
    }
    if (source->header_length + source->length > 64 * KIB)
        platform_set_pipe_size(ends[1], PIPE_SIZE);
    stdin_writer->fd = ends[1];
    return ends[0];
}

void stdin_writer_close(struct stdin_writer *stdin_writer)
{
    if (stdin_writer->fd >= 0 && stdin_writer->stays_open)
        stdin_writer->unread = platform_unread(stdin_writer->fd);
    io_close(&stdin_writer->fd);
}

void stdin_writer_end(struct stdin_writer *stdin_writer)
{
    stdin_writer->reader = platform_open_reader(stdin_writer->fd);
    io_close(&stdin_writer->fd);
}

size_t stdin_writer_unread(struct stdin_writer *stdin_writer)
{
    size_t unread = stdin_writer->unread;
    if (stdin_writer->reader >= 0)
        unread = platform_unread(stdin_writer->reader);
    io_close(&stdin_writer->reader);
    return unread;
}

void stdin_writer_add(struct stdin_writer *stdin_writer, const struct stdin_writer_source *source)
{
    stdin_writer->left = *source;
    stdin_writer->held_from = stdin_writer->held_to = 0;
}

/* What write or splice said: 1 go on, 0 not for now, or no more at all. */
static int judge(struct stdin_writer *stdin_writer, ssize_t n)
{
    if (n > 0)
        return 1;
    if (n < 0 && errno == EAGAIN)
        return 0;
    stdin_writer_close(stdin_writer); /* it is not read any more */
    return 0;
}

/* From memory: bytes written, or as judged. */
static int pump_bytes(struct stdin_writer *stdin_writer, const char **bytes, size_t *length)
{
    ssize_t n = io_write(stdin_writer->fd, *bytes, *length);
    int result = judge(stdin_writer, n);
    if (result > 0) {
        *bytes += n;
        *length -= (size_t)n;
    }
    return result;
}

/* A piece of the file into our memory, and on from there. */
static int pump_held(struct stdin_writer *stdin_writer)
{
    if (stdin_writer->held_from == stdin_writer->held_to) {
        if (stdin_writer->held == NULL)
            stdin_writer->held = xmalloc(HELD_SIZE);
        ssize_t n = io_read_at(stdin_writer->left.file, stdin_writer->held,
                               size_min(HELD_SIZE, stdin_writer->left.length), stdin_writer->left.offset);
        if (n < 0)
            return -1;
        if (n == 0) { /* the file has become shorter */
            stdin_writer_close(stdin_writer);
            errno = ENODATA;
            return -1;
        }
        stdin_writer->held_from = 0;
        stdin_writer->held_to = (size_t)n;
    }
    ssize_t n = io_write(stdin_writer->fd, stdin_writer->held + stdin_writer->held_from,
                         stdin_writer->held_to - stdin_writer->held_from);
    int result = judge(stdin_writer, n);
    if (result > 0) {
        stdin_writer->held_from += (size_t)n;
        stdin_writer->left.offset += (uint64_t)n;
        stdin_writer->left.length -= (size_t)n;
    }
    return result;
}

static int pump_file(struct stdin_writer *stdin_writer)
{
    if (stdin_writer->held_from == stdin_writer->held_to) {
        ssize_t n = platform_splice(stdin_writer->left.file, stdin_writer->left.offset, stdin_writer->fd,
                                    stdin_writer->left.length);
        if (n > 0) {
            stdin_writer->left.offset += (uint64_t)n;
            stdin_writer->left.length -= (size_t)n;
            return 1;
        }
        if (n < 0 && (errno == EAGAIN || errno == EPIPE))
            return judge(stdin_writer, n);
    }
    return pump_held(stdin_writer);
}

int stdin_writer_pump(struct stdin_writer *stdin_writer)
{
    struct stdin_writer_source *left = &stdin_writer->left;
    int result = 1;
    while (result > 0 && stdin_writer->fd >= 0) {
        if (left->header_length > 0)
            result = pump_bytes(stdin_writer, &left->header, &left->header_length);
        else if (left->length == 0 && stdin_writer->stays_open)
            break;
        else if (left->length == 0)
            stdin_writer_close(stdin_writer);
        else if (left->bytes != NULL)
            result = pump_bytes(stdin_writer, &left->bytes, &left->length);
        else
            result = pump_file(stdin_writer);
    }
    return result < 0 ? -1 : 0;
}
