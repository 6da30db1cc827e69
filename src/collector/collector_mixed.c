/*
 * AS_COMPLETED and BY_LINE: the items' own order means nothing. What may be shown goes to the end of one
 * list, `out`, in one piece, so that it is never mixed with that of others.
 *
 * Only where neither memory nor disk is left does one span, the head, pass through bit by bit; what others
 * bring then, because it was under way already, is put into `later`.
 */
#include "collector/collector_internal.h"

/* The head goes first, but for what is tentative, of which nothing is out before its end. */
static bool must_wait(const struct collector *collector, const struct collector_span *span)
{
    return collector->head != NULL && collector->head != span && !collector->tentative;
}

static void pass(struct collector *collector, const struct collector_span *span, enum collector_stream stream,
                 const char *bytes, size_t length)
{
    if (must_wait(collector, span)) {
        spool_add(&collector->spool, &collector->later, stream, bytes, length, false);
        return;
    }
    if (collector->out.first == NULL) {
        size_t taken = collector_offer(collector, stream, bytes, length);
        bytes += taken;
        length -= taken;
    }
    /* It waits for the sink only: it stays in memory. */
    if (length > 0 && !collector->failed)
        spool_add(&collector->spool, &collector->out, stream, bytes, length, true);
}

static void pass_kept(struct collector *collector, const struct collector_span *span,
                      struct spool_pieces *pieces)
{
    if (pieces->first == NULL)
        return;
    if (must_wait(collector, span)) {
        spool_append(&collector->spool, &collector->later, pieces);
        return;
    }
    spool_append(&collector->spool, &collector->out, pieces);
    collector_pump(collector);
}

static void pass_all(struct collector *collector, struct collector_span *span)
{
    pass_kept(collector, span, &span->ready);
    for (size_t i = 0; i < COLLECTOR_STREAMS; i++)
        pass_kept(collector, span, &span->unfinished[i]);
}

/* ---- the head ---- */

void collector_prefer(struct collector *collector, struct collector_span *span)
{
    collector->head = span;
    for (size_t i = 0; i < COLLECTOR_STREAMS; i++)
        collector->in_line[i] = span->unfinished[i].first != NULL;
    if (!collector->tentative)
        pass_all(collector, span);
}

static void release_head(struct collector *collector)
{
    collector->head = NULL;
    spool_append(&collector->spool, &collector->out, &collector->later);
    collector_pump(collector);
}

static void add_to_head(struct collector *collector, enum collector_stream stream, const char *bytes,
                        size_t length)
{
    pass(collector, collector->head, stream, bytes, length);
    collector->in_line[stream] = bytes[length - 1] != '\n';
    /* Where there is room again, others need not wait for more than its line. */
    if (collector->way->by_line && !collector->spool.file_failed && !collector->in_line[COLLECTOR_OUTPUT] &&
        !collector->in_line[COLLECTOR_ERRORS])
        release_head(collector);
}

/* ---- what happens ---- */

/* Up to the last newline it may go out, with what was kept of its first line; the rest is kept. */
static void add_lines(struct collector *collector, struct collector_span *span, enum collector_stream stream,
                      const char *bytes, size_t length)
{
    size_t whole = length;
    while (whole > 0 && bytes[whole - 1] != '\n')
        whole--;
    if (whole > 0) {
        pass_kept(collector, span, &span->unfinished[stream]);
        pass(collector, span, stream, bytes, whole);
    }
    if (whole < length && !collector->failed)
        spool_add(&collector->spool, &span->unfinished[stream], stream, bytes + whole, length - whole, false);
}

static void add(struct collector *collector, struct collector_span *span, enum collector_stream stream,
                const char *bytes, size_t length)
{
    if (length == 0)
        return;
    if (collector->head == span)
        add_to_head(collector, stream, bytes, length);
    else if (collector->way->by_line)
        add_lines(collector, span, stream, bytes, length);
    else
        spool_add(&collector->spool, &span->ready, stream, bytes, length, false);
}

static void done(struct collector *collector, struct collector_span *span, uint64_t items)
{
    bool is_complete = collector_is_complete(span);
    if (items > 0 || is_complete) {
        pass_all(collector, span);
        if (collector->head == span)
            release_head(collector);
    }
    if (is_complete)
        collector_remove(collector, span);
}

static void pump(struct collector *collector)
{
    collector_deliver(collector, &collector->out);
    if (collector->failed)
        spool_drop(&collector->spool, &collector->later);
}

static const struct collector_span *first(const struct collector *collector)
{
    return collector->head;
}

const struct collector_way collector_as_completed = {
    .add = add, .done = done, .pump = pump, .first = first, .is_free = true};

const struct collector_way collector_by_line = {
    .add = add, .done = done, .pump = pump, .first = first, .is_free = true, .by_line = true};
