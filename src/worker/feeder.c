#include "worker/feeder.h"

#include "base/io.h"
#include "base/platform.h"
#include "base/xalloc.h"

#include <errno.h>

/* The pipe's size, so that whole blocks go into it at once. */
#define PIPE_SIZE (1 * MIB)
/* At a time where a file's bytes go through our memory. */
#define HELD_SIZE (64 * KIB)

int feeder_open(struct feeder *feeder, const struct feeder_source *source)
{
    int ends[2];
    *feeder = (struct feeder){.fd = -1, .reader = -1, .left = *source, .held = feeder->held};
    if (platform_pipe(ends, false) < 0)
        return -1;
    if (io_set_nonblocking(ends[1]) < 0) {
        io_close(&ends[0]);
        io_close(&ends[1]);
        return -1;
    }
    if (source->header_length + source->length > 64 * KIB)
        platform_set_pipe_size(ends[1], PIPE_SIZE);
    feeder->fd = ends[1];
    return ends[0];
}

void feeder_close(struct feeder *feeder)
{
    if (feeder->fd >= 0 && feeder->stays_open)
        feeder->unread = platform_unread(feeder->fd);
    io_close(&feeder->fd);
}

void feeder_end(struct feeder *feeder)
{
    feeder->reader = platform_open_reader(feeder->fd);
    io_close(&feeder->fd);
}

size_t feeder_unread(struct feeder *feeder)
{
    size_t unread = feeder->unread;
    if (feeder->reader >= 0)
        unread = platform_unread(feeder->reader);
    io_close(&feeder->reader);
    return unread;
}

void feeder_add(struct feeder *feeder, const struct feeder_source *source)
{
    feeder->left = *source;
    feeder->held_from = feeder->held_to = 0;
}

/* What write or splice said: 1 go on, 0 not for now, or no more at all. */
static int judge(struct feeder *feeder, ssize_t n)
{
    if (n > 0)
        return 1;
    if (n < 0 && errno == EAGAIN)
        return 0;
    feeder_close(feeder); /* it is not read any more */
    return 0;
}

/* From memory: bytes written, or as judged. */
static int pump_bytes(struct feeder *feeder, const char **bytes, size_t *length)
{
    ssize_t n = io_write(feeder->fd, *bytes, *length);
    int result = judge(feeder, n);
    if (result > 0) {
        *bytes += n;
        *length -= (size_t)n;
    }
    return result;
}

/* A piece of the file into our memory, and on from there. */
static int pump_held(struct feeder *feeder)
{
    if (feeder->held_from == feeder->held_to) {
        if (feeder->held == NULL)
            feeder->held = xmalloc(HELD_SIZE);
        ssize_t n = io_read_at(feeder->left.file, feeder->held, size_min(HELD_SIZE, feeder->left.length),
                               feeder->left.offset);
        if (n < 0)
            return -1;
        if (n == 0) { /* the file has become shorter */
            feeder_close(feeder);
            errno = ENODATA;
            return -1;
        }
        feeder->held_from = 0;
        feeder->held_to = (size_t)n;
    }
    ssize_t n = io_write(feeder->fd, feeder->held + feeder->held_from, feeder->held_to - feeder->held_from);
    int result = judge(feeder, n);
    if (result > 0) {
        feeder->held_from += (size_t)n;
        feeder->left.offset += (uint64_t)n;
        feeder->left.length -= (size_t)n;
    }
    return result;
}

static int pump_file(struct feeder *feeder)
{
    if (feeder->held_from == feeder->held_to) {
        ssize_t n = platform_splice(feeder->left.file, feeder->left.offset, feeder->fd, feeder->left.length);
        if (n > 0) {
            feeder->left.offset += (uint64_t)n;
            feeder->left.length -= (size_t)n;
            return 1;
        }
        if (n < 0 && (errno == EAGAIN || errno == EPIPE))
            return judge(feeder, n);
    }
    return pump_held(feeder);
}

int feeder_pump(struct feeder *feeder)
{
    struct feeder_source *left = &feeder->left;
    int result = 1;
    while (result > 0 && feeder->fd >= 0) {
        if (left->header_length > 0)
            result = pump_bytes(feeder, &left->header, &left->header_length);
        else if (left->length == 0 && feeder->stays_open)
            break;
        else if (left->length == 0)
            feeder_close(feeder);
        else if (left->bytes != NULL)
            result = pump_bytes(feeder, &left->bytes, &left->length);
        else
            result = pump_file(feeder);
    }
    return result < 0 ? -1 : 0;
}
