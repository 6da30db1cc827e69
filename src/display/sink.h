/*
 * sink: standard output and standard error, written without ever waiting and without harm to others who have
 * them.
 *
 * O_NONBLOCK belongs to the open file, not to the descriptor: set on ours it would strike every process that
 * shares the terminal or pipe. So a pipe or terminal is opened anew where the system lets us (/proc/self/fd),
 * a socket is sent to with MSG_DONTWAIT, and what remains is written only after poll, and no more than a pipe
 * surely takes.
 *
 * sink_open once; sink_write as a collector_sink; after it has failed, sink_failure says on what and why.
 */
#ifndef CPOOL_SINK_H
#define CPOOL_SINK_H

#include "collector/collector.h"

enum sink_mode {
    SINK_PLAIN,       /* a file or device: writes don't wait on anybody */
    SINK_NONBLOCKING, /* opened anew with O_NONBLOCK */
    SINK_SOCKET,
    SINK_CAREFUL, /* poll, then at most PIPE_BUF */
    SINK_CLOSED,  /* the caller gave us none: output is lost, and said to be */
    SINK_UNWANTED /* the caller closed standard error */
};

struct sink_stream {
    int fd;     /* to write to */
    int opened; /* the same where we opened it, else -1 */
    enum sink_mode mode;
    bool is_terminal;
    const char *name; /* for messages; not owned */
};

/* Who draws on a terminal is told when output is written to one: `before`, and `after` it whether a message
 * would stand in the middle of a line now (sink_is_mid_line). NULL: nobody is. */
struct sink_guard {
    void (*before)(void *context);
    void (*after)(void *context, bool is_mid_line);
    void *context;
};

/* Who is told the notes of tasks whose output is out (COLLECTOR_NOTES). NULL: nobody is. */
struct sink_notes {
    void (*take)(void *context, const char *bytes, size_t length);
    void *context;
};

/* Who is told when a line of output has ended after one had not (sink_is_mid_line). NULL: nobody is. */
struct sink_lines {
    void (*ended)(void *context);
    void *context;
};

struct sink {
    struct sink_stream streams[COLLECTOR_STREAMS];
    enum collector_stream waiting; /* the stream that last could take no more */
    enum collector_stream failed;
    int error;               /* errno of the failure; 0: none */
    struct sink_guard guard; /* of the caller, after sink_open; and so is this: */
    struct sink_notes notes;
    struct sink_lines lines;
    bool is_one_place; /* both streams end in the same file or terminal */
    bool mid_line;     /* the last byte that went where standard error leads did not end a line */
};

/* `were_closed`: from io_fill_standard. */
void sink_open(struct sink *sink, unsigned were_closed);
void sink_close(struct sink *sink);

/* Others may write to standard output as well as we, bytes being all that goes there. */
bool sink_is_shareable(const struct sink *sink);

/* Whether a message on standard error would stand in the middle of a task's line. */
bool sink_is_mid_line(const struct sink *sink);

/* What goes to standard output goes to `fd` instead, which messages call `name`. */
void sink_redirect(struct sink *sink, int fd, const char *name);

/* For collector_sink and pool_options; `context` is the struct sink. */
ssize_t sink_write(void *context, enum collector_stream stream, const char *bytes, size_t length);
int sink_wait_fd(void *context);

/* One stream by itself, for what may be lost: `opened` is the caller's to close. */
void sink_open_stream(struct sink_stream *stream, int fd, const char *name);
/* One try: bytes taken; -1 with EAGAIN when it would have to wait, or with what went wrong. */
ssize_t sink_try(const struct sink_stream *stream, const char *bytes, size_t length);

/*
 * The streams, as bits, on which colours make sense: terminals. None where the user wants none (NO_COLOR,
 * https://no-color.org) or the terminal can't (TERM).
 */
unsigned sink_colors(const struct sink *sink);

#endif
