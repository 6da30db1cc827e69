#include "collector/paint.h"

#include "base/buffer.h"

#include <string.h>

/* The list that is being made. */
struct painter {
    struct spool *spool;
    struct spool_pieces painted;
    bool in_line;    /* the last line is red, and not finished */
    unsigned stream; /* that it is on */
};

static void end_line(struct painter *painter)
{
    static const char reset[] = PAINT_RESET;
    if (painter->in_line)
        spool_add(painter->spool, &painter->painted, painter->stream, reset, strlen(reset), false);
    painter->in_line = false;
}

/* Empty lines are left as they are. */
static void paint_line(struct painter *painter, struct buffer *text, const char *line, size_t length)
{
    bool is_whole = line[length - 1] == '\n';
    length -= is_whole;
    if (length > 0 && !painter->in_line)
        buffer_append_text(text, PAINT_RED);
    painter->in_line = painter->in_line || length > 0;
    buffer_append(text, line, length);
    if (!is_whole)
        return;
    if (painter->in_line)
        buffer_append_text(text, PAINT_RESET);
    painter->in_line = false;
    buffer_append_byte(text, '\n');
}

static void paint(struct painter *painter, unsigned stream, const char *bytes, size_t length)
{
    struct buffer text = BUFFER_INIT;
    painter->stream = stream;
    while (length > 0) {
        const char *newline = memchr(bytes, '\n', length);
        size_t part = newline == NULL ? length : (size_t)(newline - bytes) + 1;
        paint_line(painter, &text, bytes, part);
        bytes += part;
        length -= part;
    }
    spool_add(painter->spool, &painter->painted, stream, buffer_bytes(&text), buffer_length(&text), false);
    buffer_release(&text);
}

int paint_red(struct spool *spool, struct spool_pieces *pieces, unsigned streams)
{
    struct painter painter = {.spool = spool};
    while (pieces->first != NULL) {
        unsigned stream = pieces->first->stream;
        const char *bytes;
        ssize_t n = spool_look(spool, pieces, &bytes);
        if (n < 0) {
            spool_drop(spool, pieces);
            spool_drop(spool, &painter.painted);
            return -1;
        }
        if (stream != painter.stream)
            end_line(&painter);
        if ((streams >> stream & 1U) != 0)
            paint(&painter, stream, bytes, (size_t)n);
        else
            spool_add(spool, &painter.painted, stream, bytes, (size_t)n, false);
        spool_take(spool, pieces, (size_t)n);
    }
    end_line(&painter);
    *pieces = painter.painted;
    return 0;
}
