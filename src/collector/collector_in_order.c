/* IN_ORDER: that of the items. */
#include "collector/collector_internal.h"

/* The first span's output is passed on; once it is complete and out, the next one is first. */
static void pump(struct collector *collector)
{
    struct collector_span *span;
    while ((span = collector->list.next) != &collector->list) {
        collector_deliver(collector, &span->ready);
        if (span->ready.first != NULL || !collector_is_complete(span))
            return;
        collector_remove(collector, span);
    }
}

static void add(struct collector *collector, struct collector_span *span, enum collector_stream stream,
                const char *bytes, size_t length)
{
    bool is_first = span == collector->list.next;
    if (is_first && span->ready.first == NULL) {
        size_t taken = collector_offer(collector, stream, bytes, length);
        bytes += taken;
        length -= taken;
    }
    /* What is ready of the first span waits for the sink only, and is on its way: it stays in memory. */
    if (length > 0 && !collector->failed)
        spool_add(&collector->spool, &span->ready, stream, bytes, length, is_first);
}

/* Append all of `later` to `span`, its neighbour. */
static void join(struct collector *collector, struct collector_span *span, struct collector_span *later)
{
    spool_append(&collector->spool, &span->ready, &later->ready);
    span->count += later->count;
    span->done += later->done;
    collector_remove(collector, later);
}

static void done(struct collector *collector, struct collector_span *span, uint64_t items)
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

static const struct collector_span *first(const struct collector *collector)
{
    return collector_is_empty(collector) ? NULL : collector->list.next;
}

const struct collector_way collector_in_order = {
    .add = add, .done = done, .pump = pump, .first = first, .in_order = true};
