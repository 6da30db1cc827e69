/*
 * A collector, and a sink that keeps all that it is given: what check_collector and check_collector_orders
 * have in common.
 *
 * collect_begin; open_collector; then add, done and came_out; collect_end.
 */
#ifndef COLLECT_H
#define COLLECT_H

#include "unit.h"

#include "base/buffer.h"
#include "collector/collector.h"

/*
 * Each byte has its stream beside it, so that the order between the streams is seen, too. The sink takes
 * `room` bytes and then blocks, or it fails.
 */
struct sink {
    struct buffer bytes;
    size_t room;
    bool fails;
    unsigned calls;
};

static struct sink sink;
static struct collector collector;
static const char *folder;

static void put(struct buffer *all, enum collector_stream stream, const char *bytes, size_t length)
{
    char *place = buffer_reserve(all, 2 * length + 1);
    for (size_t i = 0; i < length; i++) {
        place[2 * i] = bytes[i];
        place[2 * i + 1] = stream == COLLECTOR_OUTPUT ? 'o' : 'e';
    }
    buffer_added(all, 2 * length);
}

static ssize_t write_to_sink(void *context, enum collector_stream stream, const char *bytes, size_t length)
{
    struct sink *self = context;
    self->calls++;
    if (self->fails)
        return -1;
    size_t taken = size_min(length, self->room);
    put(&self->bytes, stream, bytes, taken);
    self->room -= taken;
    return (ssize_t)taken;
}

static void open_collector(enum collector_order order, unsigned window, size_t cap, const char *directory)
{
    const struct collector_sink where = {write_to_sink, &sink};
    collector_init(&collector, &where, order, window, cap, directory);
}

static void collect_begin(void)
{
    folder = unit_make_folder();
    sink = (struct sink){.room = SIZE_MAX};
}

static void collect_end(void)
{
    collector_release(&collector);
    buffer_release(&sink.bytes);
    unit_remove_folder(folder);
}

static void add_to(struct collector_span *span, enum collector_stream stream, const char *text)
{
    collector_add(&collector, span, stream, text, strlen(text));
    collector_flush(&collector);
}

static void add(struct collector_span *span, const char *text)
{
    add_to(span, COLLECTOR_OUTPUT, text);
}

static void done(struct collector_span *span)
{
    collector_done(&collector, span, 1);
}

static struct collector_span *expect(uint64_t item)
{
    return collector_expect(&collector, item, 1);
}

/* What has come out since the last look, without the streams. */
static const char *came_out(void)
{
    static char text[64 * KIB];
    collector_flush(&collector);
    size_t length = buffer_length(&sink.bytes) / 2;
    ck_assert_uint_lt(length, sizeof text);
    for (size_t i = 0; i < length; i++)
        text[i] = buffer_bytes(&sink.bytes)[2 * i];
    text[length] = '\0';
    buffer_clear(&sink.bytes);
    return text;
}

#endif
