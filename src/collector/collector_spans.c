/* What all ways share: writing to the sink, and the list of spans. */
#include "collector/collector_internal.h"

#include "base/xalloc.h"

#include <stdlib.h>

/* Of pieces so small, so many bytes go to the sink together. */
#define GATHER_PIECE_MAX (4 * KIB)
#define GATHER_MAX       (64 * KIB)

/* ---- writing ---- */

/* False: the sink does not take all of it. */
static bool flush_gathered(struct collector *collector)
{
    struct buffer *gathered = &collector->gathered;
    if (buffer_length(gathered) == 0)
        return true;
    ssize_t n = collector->sink.write(collector->sink.context, COLLECTOR_OUTPUT, buffer_bytes(gathered),
                                      buffer_length(gathered));
    collector->failed = collector->failed || n < 0;
    if (collector->failed)
        buffer_clear(gathered);
    else
        buffer_take(gathered, (size_t)n);
    collector->written += n > 0 ? (uint64_t)n : 0;
    collector->blocked = buffer_length(gathered) > 0;
    return !collector->blocked;
}

size_t collector_offer(struct collector *collector, enum collector_stream stream, const char *bytes,
                       size_t length)
{
    bool is_small = stream == COLLECTOR_OUTPUT && length <= GATHER_PIECE_MAX;
    bool waits = collector->blocked && buffer_length(&collector->gathered) > 0;
    if (waits)
        return 0;
    if ((!is_small || buffer_length(&collector->gathered) + length > GATHER_MAX) &&
        !flush_gathered(collector))
        return 0;
    if (collector->failed)
        return length;
    if (is_small) {
        buffer_append(&collector->gathered, bytes, length);
        return length;
    }
    ssize_t n = collector->sink.write(collector->sink.context, stream, bytes, length);
    if (n < 0) {
        collector->failed = true;
        return length;
    }
    collector->written += stream == COLLECTOR_NOTES ? 0 : (uint64_t)n;
    collector->blocked = (size_t)n < length;
    return (size_t)n;
}

void collector_deliver(struct collector *collector, struct spool_pieces *pieces)
{
    collector->blocked = false;
    while (pieces->first != NULL && !collector->blocked && !collector->failed) {
        enum collector_stream stream = pieces->first->stream;
        const char *bytes;
        ssize_t n = spool_look(&collector->spool, pieces, &bytes);
        if (n < 0)
            collector->failed = true;
        else
            spool_take(&collector->spool, pieces, collector_offer(collector, stream, bytes, (size_t)n));
    }
    if (collector->failed)
        spool_drop(&collector->spool, pieces);
    spool_tidy(&collector->spool);
}

void collector_pump(struct collector *collector)
{
    if (!collector->blocked || flush_gathered(collector))
        collector->way->pump(collector);
}

void collector_flush(struct collector *collector)
{
    while (buffer_length(&collector->gathered) > 0) {
        bool was_blocked = collector->blocked;
        if (!flush_gathered(collector) || !was_blocked)
            return;
        collector_pump(collector); /* what has been kept behind it */
    }
}

/* ---- spans ---- */

static void insert_behind(struct collector *collector, struct collector_span *previous,
                          struct collector_span *span)
{
    span->previous = previous;
    span->next = previous->next;
    previous->next->previous = span;
    previous->next = span;
    collector->spans++;
}

static void drop_output(struct collector *collector, struct collector_span *span)
{
    spool_drop(&collector->spool, &span->ready);
    spool_drop(&collector->spool, &span->tentative);
    for (size_t i = 0; i < COLLECTOR_STREAMS; i++)
        spool_drop(&collector->spool, &span->unfinished[i]);
}

void collector_remove(struct collector *collector, struct collector_span *span)
{
    drop_output(collector, span);
    span->previous->next = span->next;
    span->next->previous = span->previous;
    collector->spans--;
    free(span);
}

struct collector_span *collector_new_span(struct collector *collector, struct collector_span *previous,
                                          uint64_t first, uint64_t count)
{
    struct collector_span *span = xmalloc(sizeof *span);
    *span = (struct collector_span){.first = first, .count = count};
    insert_behind(collector, previous, span);
    return span;
}
