#include "display/status_line.h"

#include "base/io.h"
#include "base/log.h"
#include "base/platform.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/*
 * Behind the cursor, and below: a terminal that became narrower may have broken the line in two. To the left,
 * too, where a terminal took only a part of what was written.
 */
#define ERASE        "\033[J"
#define RETURN_ERASE "\r" ERASE
#define PREFIX       "cpool: "

static struct {
    struct sink_stream stream; /* standard error, for us */
    bool in_place;
    bool lost;
    bool drawn;    /* it is there, or a part of it */
    bool missing;  /* it was there, and could be again */
    bool mid_line; /* others' output stands there, and has not ended its line */
} line = {.stream = {.opened = -1}};

/* ---- writing ---- */

/* True: all of it was. What was written of the rest is one more line, or will be drawn over. */
static bool try_to_write(const char *bytes, size_t length)
{
    ssize_t n;
    do
        n = sink_try(&line.stream, bytes, length);
    while (n < 0 && errno == EINTR);
    if (n < 0 && errno != EAGAIN && errno != EWOULDBLOCK)
        line.lost = true;
    if (n > 0)
        line.drawn = line.in_place;
    return n == (ssize_t)length;
}

static void write_between(const char *before, const char *text, size_t length, const char *behind)
{
    char bytes[PIPE_BUF];
    size_t first = strlen(before), last = strlen(behind);
    length = size_min(length, sizeof bytes - first - last);
    memcpy(bytes, before, first);
    memcpy(bytes + first, text, length);
    memcpy(bytes + first + length, behind, last);
    (void)try_to_write(bytes, first + length + last);
}

/* A shell's job in the background would be drawn over what its user types, or be stopped for it. */
static bool is_in_background(void)
{
    pid_t foreground = tcgetpgrp(line.stream.fd);
    return foreground >= 0 && foreground != getpgrp();
}

void status_line_show(const char *text, size_t length)
{
    line.missing = false;
    if (line.lost || is_in_background())
        return;
    if (!line.in_place)
        write_between(PREFIX, text, length, "\n");
    else if (!line.mid_line)
        write_between("\r", text, length, ERASE "\r");
}

void status_line_leave(const char *text, size_t length)
{
    if (line.lost || line.mid_line || length == 0 || is_in_background())
        return;
    if (!line.in_place) {
        write_between(PREFIX, text, length, "\n");
        return;
    }
    write_between("\r", text, length, ERASE "\n");
    line.drawn = false;
}

void status_line_erase(void)
{
    if (!line.drawn)
        return;
    line.missing = true;
    if (!line.lost && try_to_write(RETURN_ERASE, strlen(RETURN_ERASE)))
        line.drawn = false;
}

/* ---- who writes there besides ---- */

static void before_output(void *context)
{
    (void)context;
    status_line_erase();
}

/* What could not be erased has now been written over, and below it is others' output. */
static void after_output(void *context, bool is_mid_line)
{
    (void)context;
    line.drawn = false;
    line.mid_line = is_mid_line;
    line.missing = !line.mid_line;
}

/* A message is a whole line. */
static const char *before_message(void)
{
    bool drawn = line.drawn;
    line.drawn = line.mid_line = false;
    line.missing = line.in_place;
    return drawn ? RETURN_ERASE : "";
}

/* A worker does not know what its parent has drawn. But where the line is there, the cursor is in front of
 * it; else nothing is behind it. */
static const char *before_message_of_child(void)
{
    return ERASE;
}

void status_line_guard(struct sink *sink)
{
    if (line.in_place)
        sink->guard = (struct sink_guard){.before = before_output, .after = after_output};
}

void status_line_in_child(void)
{
    if (line.in_place)
        log_set_before(before_message_of_child);
    io_close(&line.stream.opened);
}

/* ---- opening and closing ---- */

static bool knows_escapes(void)
{
    const char *kind = getenv("TERM");
    return kind != NULL && *kind != '\0' && strcmp(kind, "dumb") != 0;
}

void status_line_open(bool apart)
{
    sink_open_stream(&line.stream, STDERR_FILENO, "standard error");
    line.in_place = line.stream.is_terminal && !apart && knows_escapes();
    line.lost = line.drawn = line.missing = line.mid_line = false;
    if (line.in_place)
        log_set_before(before_message);
}

void status_line_close(void)
{
    status_line_erase();
    log_set_before(NULL);
    io_close(&line.stream.opened);
    line.in_place = line.drawn = false;
}

bool status_line_is_in_place(void)
{
    return line.in_place;
}

/* One less than there are: in the last one some terminals would begin a new line. */
unsigned status_line_columns(void)
{
    if (!line.in_place)
        return UINT_MAX;
    unsigned columns = platform_terminal_columns(line.stream.fd);
    return columns == 0 ? 79 : columns - 1;
}

bool status_line_is_missing(void)
{
    return line.missing;
}

bool status_line_is_lost(void)
{
    return line.lost;
}
