#include "display/sink.h"

#include "base/io.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#ifndef MSG_NOSIGNAL
#define MSG_NOSIGNAL 0 /* SIGPIPE is blocked in any case */
#endif

void sink_open_stream(struct sink_stream *stream, int fd, const char *name)
{
    struct stat info;
    *stream = (struct sink_stream){.fd = fd, .opened = -1, .name = name, .mode = SINK_CAREFUL};

    if (fstat(fd, &info) < 0)
        return;
    if (S_ISSOCK(info.st_mode)) {
        stream->mode = SINK_SOCKET;
        return;
    }
    stream->is_terminal = !S_ISFIFO(info.st_mode) && isatty(fd) == 1;
    if (!S_ISFIFO(info.st_mode) && !stream->is_terminal) {
        stream->mode = SINK_PLAIN;
        return;
    }
    char path[32];
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    stream->opened = open(path, O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (stream->opened >= 0) {
        stream->fd = stream->opened;
        stream->mode = SINK_NONBLOCKING;
    }
}

static bool same_file(int one, int other)
{
    struct stat first, second;
    return fstat(one, &first) == 0 && fstat(other, &second) == 0 && io_is_same_file(&first, &second);
}

void sink_open(struct sink *sink, unsigned were_closed)
{
    *sink = (struct sink){0};
    sink_open_stream(&sink->streams[COLLECTOR_OUTPUT], STDOUT_FILENO, "standard output");
    sink_open_stream(&sink->streams[COLLECTOR_ERRORS], STDERR_FILENO, "standard error");
    if (were_closed & 1U << STDOUT_FILENO)
        sink->streams[COLLECTOR_OUTPUT].mode = SINK_CLOSED;
    if (were_closed & 1U << STDERR_FILENO)
        sink->streams[COLLECTOR_ERRORS].mode = SINK_UNWANTED;
    sink->is_one_place = same_file(STDOUT_FILENO, STDERR_FILENO);
}

bool sink_is_mid_line(const struct sink *sink)
{
    return sink->mid_line;
}

static void note_written(struct sink *sink, enum collector_stream stream, char last, bool is_guarded)
{
    bool was_mid_line = sink->mid_line;
    if (stream == COLLECTOR_ERRORS || sink->is_one_place)
        sink->mid_line = last != '\n';
    if (is_guarded)
        sink->guard.after(sink->guard.context, sink->mid_line);
    if (was_mid_line && !sink->mid_line && sink->lines.ended != NULL)
        sink->lines.ended(sink->lines.context);
}

bool sink_is_shareable(const struct sink *sink)
{
    struct stat info;
    return sink->streams[COLLECTOR_OUTPUT].mode != SINK_CLOSED && fstat(STDOUT_FILENO, &info) == 0 &&
           (S_ISFIFO(info.st_mode) || S_ISREG(info.st_mode));
}

void sink_redirect(struct sink *sink, int fd, const char *name)
{
    io_close(&sink->streams[COLLECTOR_OUTPUT].opened);
    sink_open_stream(&sink->streams[COLLECTOR_OUTPUT], fd, name);
    sink->is_one_place = same_file(fd, STDERR_FILENO);
}

void sink_close(struct sink *sink)
{
    for (size_t i = 0; i < COLLECTOR_STREAMS; i++)
        io_close(&sink->streams[i].opened);
}

ssize_t sink_try(const struct sink_stream *stream, const char *bytes, size_t length)
{
    struct pollfd ready = {.fd = stream->fd, .events = POLLOUT};

    switch (stream->mode) {
    case SINK_CLOSED:
        errno = EBADF;
        return -1;
    case SINK_UNWANTED:
        return (ssize_t)length;
    case SINK_SOCKET:
        return send(stream->fd, bytes, length, MSG_DONTWAIT | MSG_NOSIGNAL);
    case SINK_CAREFUL:
        if (poll(&ready, 1, 0) == 0) {
            errno = EAGAIN;
            return -1;
        }
        return io_write(stream->fd, bytes, size_min(length, PIPE_BUF));
    default:
        return io_write(stream->fd, bytes, length);
    }
}

ssize_t sink_write(void *context, enum collector_stream stream, const char *bytes, size_t length)
{
    struct sink *sink = context;
    if (stream == COLLECTOR_NOTES) {
        if (sink->notes.take != NULL)
            sink->notes.take(sink->notes.context, bytes, length);
        return (ssize_t)length;
    }
    bool is_guarded = sink->guard.before != NULL && sink->streams[stream].is_terminal;
    size_t done = 0;

    if (is_guarded)
        sink->guard.before(sink->guard.context);
    while (done < length) {
        ssize_t n = sink_try(&sink->streams[stream], bytes + done, length - done);
        if (n > 0) {
            done += (size_t)n;
        } else if (n < 0 && errno == EINTR) {
            continue;
        } else if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
            sink->waiting = stream;
            break;
        } else {
            sink->failed = stream;
            sink->error = n < 0 ? errno : EIO;
            return -1;
        }
    }
    if (done > 0)
        note_written(sink, stream, bytes[done - 1], is_guarded);
    return (ssize_t)done;
}

int sink_wait_fd(void *context)
{
    const struct sink *sink = context;
    return sink->streams[sink->waiting].fd;
}

unsigned sink_colors(const struct sink *sink)
{
    const char *unwanted = getenv("NO_COLOR"), *term = getenv("TERM");
    unsigned colors = 0;
    if ((unwanted != NULL && *unwanted != '\0') || term == NULL || *term == '\0' || strcmp(term, "dumb") == 0)
        return 0;
    for (unsigned i = 0; i < COLLECTOR_STREAMS; i++)
        colors |= sink->streams[i].is_terminal ? 1U << i : 0;
    return colors;
}
