/*
 * collector_inside: what the files of the collector share, and nobody else.
 */
#ifndef CPOOL_COLLECTOR_INSIDE_H
#define CPOOL_COLLECTOR_INSIDE_H

#include "collector/collector.h"

/* How one order is kept. The sink has not failed. */
struct collector_way {
    /* Output that may be shown. */
    void (*add)(struct collector *collector, struct collector_span *span, enum collector_stream stream,
                const char *bytes, size_t length);
    /* So many more items of the span have ended, perhaps none; their output is all in it. */
    void (*done)(struct collector *collector, struct collector_span *span, uint64_t items);
    /* Write what is ready. What was gathered before is out. */
    void (*pump)(struct collector *collector);
};

extern const struct collector_way collector_mixed, collector_turns;

static inline bool collector_is_complete(const struct collector_span *span)
{
    return span->done == span->count;
}

/* ---- collector.c ---- */

/* Hand bytes to the sink, or to what goes to it soon: how many were taken. */
size_t collector_offer(struct collector *collector, enum collector_stream stream, const char *bytes,
                       size_t length);

/* Write the list, as far as the sink takes it. */
void collector_deliver(struct collector *collector, struct kept_pieces *pieces);

/* The span is gone, and what it had kept. */
void collector_remove(struct collector *collector, struct collector_span *span);

/* ---- collector_turns.c ---- */

void collector_turns_init(struct collector *collector, unsigned window);
/* A span has been put at the end of the list. */
void collector_turns_expect(struct collector *collector, struct collector_span *span);
const struct collector_span *collector_turns_first(const struct collector *collector);

#endif
