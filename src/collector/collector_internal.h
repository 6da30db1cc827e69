/*
 * collector_internal: what the files of the collector share, and nobody else.
 */
#ifndef CPOOL_COLLECTOR_INTERNAL_H
#define CPOOL_COLLECTOR_INTERNAL_H

#include "collector/collector.h"

/* How one order is kept. The sink has not failed. */
struct collector_way {
    /* `window` as in collector_init. NULL: it needs nothing. */
    void (*open)(struct collector *collector, unsigned window);
    /* A span has been put at the end of the list. NULL: that is nothing to it. */
    void (*expect)(struct collector *collector, struct collector_span *span);
    /* Output that may be shown. */
    void (*add)(struct collector *collector, struct collector_span *span, enum collector_stream stream,
                const char *bytes, size_t length);
    /* `items` more items of the span have ended, perhaps none; their output is all in it. */
    void (*done)(struct collector *collector, struct collector_span *span, uint64_t items);
    /* Write what is ready. What was gathered before is out. */
    void (*pump)(struct collector *collector);
    /* For collector_first. */
    const struct collector_span *(*first)(const struct collector *collector);
    size_t crowd;  /* spans that may wait before no more are to come; 0: any number */
    bool in_order; /* the output of one item stands before that of the next */
    bool is_free;  /* items may be done in any order, see collector_is_free */
    bool by_line;  /* whole lines pass as they come */
    bool singly;   /* items take part one by one, so a chunk must not hold several */
};

extern const struct collector_way collector_in_order, collector_as_completed, collector_by_line,
    collector_turns;

static inline bool collector_is_empty(const struct collector *collector)
{
    return collector->list.next == &collector->list;
}

static inline bool collector_is_complete(const struct collector_span *span)
{
    return span->done == span->count;
}

/* ---- collector_spans.c ---- */

/* Hand bytes to the sink, or to what goes to it soon: how many were taken. */
size_t collector_offer(struct collector *collector, enum collector_stream stream, const char *bytes,
                       size_t length);

/* Write the list, as far as the sink takes it. */
void collector_deliver(struct collector *collector, struct spool_pieces *pieces);

/* The span is gone, and what it had kept. */
void collector_remove(struct collector *collector, struct collector_span *span);

/* A new one behind `previous`. */
struct collector_span *collector_new_span(struct collector *collector, struct collector_span *previous,
                                          uint64_t first, uint64_t count);

#endif
