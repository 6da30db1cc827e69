#include "collector/collector_inside.h"

#include "base/xalloc.h"
#include "collector/paint.h"

#include <assert.h>
#include <stdlib.h>

/* Of pieces so small, so many bytes go to the sink together. */
#define GATHER_PIECE_MAX (4 * KIB)
#define GATHER_MAX       (64 * KIB)
/* IN_TURN: spans that may wait; more than a window and what is in the queue. */
#define CROWD            65536

static const struct collector_way in_order;

static const struct collector_way *const ways[COLLECTOR_ORDERS] = {
    [COLLECTOR_IN_ORDER] = &in_order,
    [COLLECTOR_AS_COMPLETED] = &collector_mixed,
    [COLLECTOR_BY_LINE] = &collector_mixed,
    [COLLECTOR_IN_TURN] = &collector_turns,
};

void collector_init(struct collector *collector, const struct collector_sink *sink,
                    enum collector_order order, unsigned window, size_t cap, const char *directory)
{
    *collector = (struct collector){.sink = *sink, .order = order};
    kept_init(&collector->kept, cap, directory);
    collector->list.previous = collector->list.next = &collector->list;
    if (order == COLLECTOR_IN_TURN)
        collector_turns_init(collector, window);
}

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

void collector_deliver(struct collector *collector, struct kept_pieces *pieces)
{
    collector->blocked = false;
    while (pieces->first != NULL && !collector->blocked && !collector->failed) {
        enum collector_stream stream = pieces->first->stream;
        const char *bytes;
        ssize_t n = kept_look(&collector->kept, pieces, &bytes);
        if (n < 0)
            collector->failed = true;
        else
            kept_take(&collector->kept, pieces, collector_offer(collector, stream, bytes, (size_t)n));
    }
    if (collector->failed)
        kept_drop(&collector->kept, pieces);
    kept_tidy(&collector->kept);
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
    kept_drop(&collector->kept, &span->ready);
    kept_drop(&collector->kept, &span->tentative);
    for (size_t i = 0; i < COLLECTOR_STREAMS; i++)
        kept_drop(&collector->kept, &span->unfinished[i]);
}

void collector_remove(struct collector *collector, struct collector_span *span)
{
    drop_output(collector, span);
    span->previous->next = span->next;
    span->next->previous = span->previous;
    collector->spans--;
    free(span);
}

void collector_release(struct collector *collector)
{
    while (collector->list.next != &collector->list)
        collector_remove(collector, collector->list.next);
    kept_drop(&collector->kept, &collector->out);
    kept_drop(&collector->kept, &collector->later);
    free(collector->turns.seats);
    buffer_release(&collector->gathered);
    kept_release(&collector->kept);
}

static struct collector_span *new_span(struct collector *collector, struct collector_span *previous,
                                       uint64_t first, uint64_t count)
{
    struct collector_span *span = xmalloc(sizeof *span);
    *span = (struct collector_span){.first = first, .count = count};
    insert_behind(collector, previous, span);
    return span;
}

struct collector_span *collector_expect(struct collector *collector, uint64_t first, uint64_t count)
{
    struct collector_span *span = new_span(collector, collector->list.previous, first, count);
    if (collector->order == COLLECTOR_IN_TURN)
        collector_turns_expect(collector, span);
    return span;
}

struct collector_span *collector_split(struct collector *collector, struct collector_span *span,
                                       uint64_t keep)
{
    assert(span->done <= keep && keep < span->count);
    struct collector_span *rest = new_span(collector, span, span->first + keep, span->count - keep);
    span->count = keep;
    collector_done(collector, span, 0);
    return rest;
}

/* ---- what happens ---- */

void collector_pump(struct collector *collector)
{
    if (!collector->blocked || flush_gathered(collector))
        ways[collector->order]->pump(collector);
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

void collector_add(struct collector *collector, struct collector_span *span, enum collector_stream stream,
                   const char *bytes, size_t length)
{
    if (collector->failed)
        return;
    if (collector->tentative)
        kept_add(&collector->kept, &span->tentative, stream, bytes, length, false);
    else
        ways[collector->order]->add(collector, span, stream, bytes, length);
}

void collector_note(struct collector *collector, struct collector_span *span, const char *bytes,
                    size_t length)
{
    assert(collector->tentative);
    collector_add(collector, span, COLLECTOR_NOTES, bytes, length);
}

void collector_done(struct collector *collector, struct collector_span *span, uint64_t items)
{
    span->done += items;
    assert(span->done <= span->count);
    if (items > 0)
        kept_append(&collector->kept, &span->ready, &span->tentative);
    ways[collector->order]->done(collector, span, items);
}

void collector_forget(struct collector *collector, struct collector_span *span)
{
    kept_drop(&collector->kept, &span->tentative);
    if (collector->head == span && collector->tentative)
        collector->head = NULL; /* nothing of it is out */
}

void collector_paint(struct collector *collector, struct collector_span *span)
{
    if (collector->painted == 0 || collector->failed)
        return;
    assert(collector->tentative);
    if (paint_red(&collector->kept, &span->tentative, collector->painted) < 0)
        collector->failed = true;
}

void collector_end(struct collector *collector)
{
    if (collector->ended)
        return;
    collector->ended = true;
    collector_pump(collector);
}

void collector_abandon(struct collector *collector)
{
    collector->ended = true;
    for (struct collector_span *span = collector->list.next, *next; span != &collector->list; span = next) {
        next = span->next;
        if (collector_is_complete(span))
            continue;
        if (collector->whole_only)
            kept_drop(&collector->kept, &span->tentative);
        kept_append(&collector->kept, &span->ready, &span->tentative);
        span->done = span->count;
        if (collector_is_free(collector))
            ways[collector->order]->done(collector, span, 1); /* which removes this one, and no other */
    }
    collector_pump(collector);
}

/* ---- in the order of the items ---- */

/* The first span's output is passed on; once it is complete and out, the next one is first. */
static void pump_in_order(struct collector *collector)
{
    struct collector_span *span;
    while ((span = collector->list.next) != &collector->list) {
        collector_deliver(collector, &span->ready);
        if (span->ready.first != NULL || !collector_is_complete(span))
            return;
        collector_remove(collector, span);
    }
}

static void add_in_order(struct collector *collector, struct collector_span *span,
                         enum collector_stream stream, const char *bytes, size_t length)
{
    bool is_first = span == collector->list.next;
    if (is_first && span->ready.first == NULL) {
        size_t taken = collector_offer(collector, stream, bytes, length);
        bytes += taken;
        length -= taken;
    }
    /* What is ready of the first span waits for the sink only, and is on its way: it stays in memory. */
    if (length > 0 && !collector->failed)
        kept_add(&collector->kept, &span->ready, stream, bytes, length, is_first);
}

/* Append all of `later` to `span`, its neighbour. */
static void join(struct collector *collector, struct collector_span *span, struct collector_span *later)
{
    kept_append(&collector->kept, &span->ready, &later->ready);
    span->count += later->count;
    span->done += later->done;
    collector_remove(collector, later);
}

static void done_in_order(struct collector *collector, struct collector_span *span, uint64_t items)
{
    (void)items;
    if (span == collector->list.next) {
        if (collector_is_complete(span) || span->ready.first != NULL)
            collector_pump(collector);
        return;
    }
    if (!collector_is_complete(span))
        return;
    if (span->next != &collector->list && collector_is_complete(span->next))
        join(collector, span, span->next);
    if (span->previous != &collector->list && collector_is_complete(span->previous))
        join(collector, span->previous, span);
}

static const struct collector_way in_order = {add_in_order, done_in_order, pump_in_order};

/* ---- how it stands ---- */

static bool is_empty(const struct collector *collector)
{
    return collector->list.next == &collector->list;
}

bool collector_is_drained(const struct collector *collector)
{
    if (buffer_length(&collector->gathered) > 0 || collector->out.first != NULL)
        return false;
    if (collector->order == COLLECTOR_IN_ORDER)
        return is_empty(collector) || collector->list.next->ready.first == NULL;
    return !collector->blocked;
}

bool collector_is_out(const struct collector *collector)
{
    return is_empty(collector) && collector_is_drained(collector);
}

bool collector_is_crowded(const struct collector *collector)
{
    return collector->order == COLLECTOR_IN_TURN && collector->spans >= CROWD;
}

uint64_t collector_head(const struct collector *collector)
{
    const struct collector_span *first = collector_first(collector);
    bool is_clear = first != NULL && first->ready.first == NULL && first->done < first->count &&
                    buffer_length(&collector->gathered) == 0 && !collector->failed && !collector->tentative &&
                    collector->order == COLLECTOR_IN_ORDER;
    return is_clear ? first->first + first->done + 1 : 0;
}

enum collector_appetite collector_appetite(const struct collector *collector)
{
    const struct kept *kept = &collector->kept;
    /* Where all that is kept may wait for the sink alone, the file is not to be filled because that is slow. */
    size_t waiting = kept->held + (collector->order == COLLECTOR_IN_ORDER ? 0 : (size_t)kept->file_held);
    if (collector->failed || waiting < kept->cap)
        return COLLECTOR_WANTS_ALL;
    if (collector->blocked)
        return COLLECTOR_WANTS_NOTHING;
    return kept->file_failed && kept->held >= kept->cap ? COLLECTOR_WANTS_FIRST : COLLECTOR_WANTS_ALL;
}

const struct collector_span *collector_first(const struct collector *collector)
{
    if (collector_is_free(collector))
        return collector->head;
    if (collector->order == COLLECTOR_IN_TURN)
        return collector_turns_first(collector);
    return is_empty(collector) ? NULL : collector->list.next;
}
