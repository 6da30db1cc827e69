#include "collector/collector_internal.h"

#include "collector/paint.h"

#include <assert.h>
#include <stdlib.h>

static const struct collector_way *const ways[COLLECTOR_ORDERS] = {
    [COLLECTOR_IN_ORDER] = &collector_in_order,
    [COLLECTOR_AS_COMPLETED] = &collector_as_completed,
    [COLLECTOR_BY_LINE] = &collector_by_line,
    [COLLECTOR_IN_TURN] = &collector_turns,
};

void collector_init(struct collector *collector, const struct collector_sink *sink,
                    enum collector_order order, unsigned window, size_t cap, const char *directory)
{
    *collector = (struct collector){.sink = *sink, .way = ways[order]};
    spool_init(&collector->spool, cap, directory);
    collector->list.previous = collector->list.next = &collector->list;
    if (collector->way->open != NULL)
        collector->way->open(collector, window);
}

/* ---- spans ---- */

void collector_release(struct collector *collector)
{
    while (collector->list.next != &collector->list)
        collector_remove(collector, collector->list.next);
    spool_drop(&collector->spool, &collector->out);
    spool_drop(&collector->spool, &collector->later);
    free(collector->turns.seats);
    buffer_release(&collector->gathered);
    spool_release(&collector->spool);
}

struct collector_span *collector_expect(struct collector *collector, uint64_t first, uint64_t count)
{
    struct collector_span *span = collector_new_span(collector, collector->list.previous, first, count);
    if (collector->way->expect != NULL)
        collector->way->expect(collector, span);
    return span;
}

struct collector_span *collector_split(struct collector *collector, struct collector_span *span,
                                       uint64_t keep)
{
    assert(span->done <= keep && keep < span->count);
    struct collector_span *rest = collector_new_span(collector, span, span->first + keep, span->count - keep);
    span->count = keep;
    collector_done(collector, span, 0);
    return rest;
}

/* ---- what happens ---- */

void collector_add(struct collector *collector, struct collector_span *span, enum collector_stream stream,
                   const char *bytes, size_t length)
{
    if (collector->failed)
        return;
    if (collector->tentative)
        spool_add(&collector->spool, &span->tentative, stream, bytes, length, false);
    else
        collector->way->add(collector, span, stream, bytes, length);
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
        spool_append(&collector->spool, &span->ready, &span->tentative);
    collector->way->done(collector, span, items);
}

void collector_forget(struct collector *collector, struct collector_span *span)
{
    spool_drop(&collector->spool, &span->tentative);
    if (collector->head == span && collector->tentative)
        collector->head = NULL; /* nothing of it is out */
}

void collector_paint(struct collector *collector, struct collector_span *span)
{
    if (collector->painted == 0 || collector->failed)
        return;
    assert(collector->tentative);
    if (paint_red(&collector->spool, &span->tentative, collector->painted) < 0)
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
            spool_drop(&collector->spool, &span->tentative);
        spool_append(&collector->spool, &span->ready, &span->tentative);
        span->done = span->count;
        if (collector_is_free(collector))
            collector->way->done(collector, span, 1); /* which removes this one, and no other */
    }
    collector_pump(collector);
}

/* ---- how it stands ---- */

bool collector_is_drained(const struct collector *collector)
{
    if (buffer_length(&collector->gathered) > 0 || collector->out.first != NULL)
        return false;
    if (collector->way->in_order)
        return collector_is_empty(collector) || collector->list.next->ready.first == NULL;
    return !collector->blocked;
}

bool collector_is_out(const struct collector *collector)
{
    return collector_is_empty(collector) && collector_is_drained(collector);
}

bool collector_is_crowded(const struct collector *collector)
{
    return collector->way->crowd != 0 && collector->spans >= collector->way->crowd;
}

uint64_t collector_head(const struct collector *collector)
{
    const struct collector_span *first = collector_first(collector);
    bool is_clear = first != NULL && first->ready.first == NULL && first->done < first->count &&
                    buffer_length(&collector->gathered) == 0 && !collector->failed && !collector->tentative &&
                    collector->way->in_order;
    return is_clear ? first->first + first->done + 1 : 0;
}

enum collector_appetite collector_appetite(const struct collector *collector)
{
    const struct spool *spool = &collector->spool;
    /* Where all that is kept may wait for the sink alone, the file is not to be filled because that is
     * slow. */
    size_t waiting = spool->held + (collector->way->in_order ? 0 : (size_t)spool->file_held);
    if (collector->failed || waiting < spool->cap)
        return COLLECTOR_WANTS_ALL;
    if (collector->blocked)
        return COLLECTOR_WANTS_NOTHING;
    return spool->file_failed && spool->held >= spool->cap ? COLLECTOR_WANTS_FIRST : COLLECTOR_WANTS_ALL;
}

bool collector_is_free(const struct collector *collector)
{
    return collector->way->is_free;
}

bool collector_is_singly(const struct collector *collector)
{
    return collector->way->singly;
}

const struct collector_span *collector_first(const struct collector *collector)
{
    return collector->way->first(collector);
}
