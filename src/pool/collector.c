#include "pool/collector.h"

#include "base/io.h"
#include "base/platform.h"
#include "base/xalloc.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Pieces in memory are at least this large, so that many small outputs share one. */
#define PIECE_MIN        (4 * KIB)
#define PIECE_MAX        (64 * KIB)
/* Of pieces so small, so many bytes go to the sink together. */
#define GATHER_PIECE_MAX (4 * KIB)
#define GATHER_MAX       (64 * KIB)
/* One read from the file. */
#define FILE_READ        (64 * KIB)
/* Kept output of a neighbour is copied, not chained, when it is no more than this. */
#define JOIN_COPY_MAX    (8 * KIB)

void collector_init(struct collector *collector, const struct collector_sink *sink, size_t cap,
                    const char *directory)
{
    *collector = (struct collector){.sink = *sink, .cap = cap, .directory = directory, .file = -1};
    collector->list.previous = collector->list.next = &collector->list;
}

/* ---- pieces ---- */

static size_t piece_memory(const struct collector_piece *piece)
{
    return sizeof *piece + piece->capacity;
}

static void chain(struct collector_pieces *pieces, struct collector_piece *piece)
{
    if (pieces->last == NULL)
        pieces->first = piece;
    else
        pieces->last->next = piece;
    pieces->last = piece;
}

static void drop_first(struct collector *collector, struct collector_pieces *pieces)
{
    struct collector_piece *piece = pieces->first;
    pieces->first = piece->next;
    if (pieces->first == NULL)
        pieces->last = NULL;
    collector->held -= piece_memory(piece);
    if (piece->offset >= 0)
        collector->file_held -= (off_t)piece->length;
    free(piece);
}

static void drop_all(struct collector *collector, struct collector_pieces *pieces)
{
    while (pieces->first != NULL)
        drop_first(collector, pieces);
}

static struct collector_piece *new_piece(struct collector *collector, struct collector_pieces *pieces,
                                         enum collector_stream stream, size_t capacity)
{
    struct collector_piece *piece = xmalloc(sizeof *piece + capacity);
    *piece = (struct collector_piece){.stream = stream, .offset = -1, .capacity = capacity};
    collector->held += piece_memory(piece);
    chain(pieces, piece);
    return piece;
}

static void keep_in_memory(struct collector *collector, struct collector_pieces *pieces,
                           enum collector_stream stream, const char *bytes, size_t length)
{
    while (length > 0) {
        struct collector_piece *piece = pieces->last;
        size_t used = piece == NULL ? 0 : piece->start + piece->length;
        if (piece == NULL || piece->stream != stream || piece->offset >= 0 || used == piece->capacity) {
            /* The first is as large as what comes, for a single answer; then room for more like it is made. */
            size_t least = piece == NULL ? length : size_max(length, PIECE_MIN);
            piece = new_piece(collector, pieces, stream, size_min(least, PIECE_MAX));
            used = 0;
        }
        size_t part = size_min(length, piece->capacity - used);
        memcpy(piece->bytes + used, bytes, part);
        piece->length += part;
        bytes += part;
        length -= part;
    }
}

/* All of it at the end of the file, or nothing. */
static bool keep_in_file(struct collector *collector, struct collector_pieces *pieces,
                         enum collector_stream stream, const char *bytes, size_t length)
{
    if (collector->file < 0)
        collector->file = platform_open_temporary(collector->directory);
    if (collector->file < 0) {
        collector->file_error = errno;
        return false;
    }
    for (size_t done = 0; done < length;) {
        ssize_t n = pwrite(collector->file, bytes + done, length - done, collector->file_end + (off_t)done);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0) {
            collector->file_error = n < 0 ? errno : ENOSPC;
            return false;
        }
        done += (size_t)n;
    }
    struct collector_piece *last = pieces->last;
    if (last != NULL && last->stream == stream && last->offset >= 0 &&
        last->offset + (off_t)last->length == collector->file_end) {
        last->length += length;
    } else {
        struct collector_piece *piece = new_piece(collector, pieces, stream, 0);
        piece->offset = collector->file_end;
        piece->length = length;
    }
    collector->file_end += (off_t)length;
    collector->file_held += (off_t)length;
    return true;
}

static void keep(struct collector *collector, const struct collector_span *span,
                 struct collector_pieces *pieces, enum collector_stream stream, const char *bytes,
                 size_t length)
{
    /* What is ready of the first span waits for the sink only, and is on its way: it stays in memory. */
    bool on_its_way = span == collector->list.next && pieces == &span->ready;
    bool full = collector->held + length > collector->cap && !on_its_way;
    if (full && keep_in_file(collector, pieces, stream, bytes, length))
        return;
    /* What has been read from a worker must be kept somewhere: no more of it will be read (collector_appetite). */
    collector->file_failed = collector->file_failed || full;
    keep_in_memory(collector, pieces, stream, bytes, length);
}

/* Put all of `later` behind `pieces`: small pieces are copied together, the rest is chained. */
static void append_pieces(struct collector *collector, struct collector_pieces *pieces,
                          struct collector_pieces *later)
{
    while (later->first != NULL && later->first->offset < 0 && later->first->length <= JOIN_COPY_MAX) {
        struct collector_piece *piece = later->first;
        keep_in_memory(collector, pieces, piece->stream, piece->bytes + piece->start, piece->length);
        drop_first(collector, later);
    }
    if (later->first == NULL)
        return;
    chain(pieces, later->first);
    pieces->last = later->last;
    *later = (struct collector_pieces){NULL, NULL};
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

/* Hand bytes to the sink, or to what goes to it soon: how many were taken. */
static size_t offer(struct collector *collector, enum collector_stream stream, const char *bytes,
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
    collector->written += (uint64_t)n;
    collector->blocked = (size_t)n < length;
    return (size_t)n;
}

static void deliver_from_file(struct collector *collector, struct collector_piece *piece)
{
    char bytes[FILE_READ];
    ssize_t n;
    do
        n = pread(collector->file, bytes, size_min(piece->length, sizeof bytes), piece->offset);
    while (n < 0 && errno == EINTR);
    if (n <= 0) {
        /* What was written can't be read again: output is lost, and that must not go unnoticed. */
        collector->failed = true;
        collector->file_error = n < 0 ? errno : EIO;
        return;
    }
    size_t taken = offer(collector, piece->stream, bytes, (size_t)n);
    piece->offset += (off_t)taken;
    piece->length -= taken;
    collector->file_held -= (off_t)taken;
}

static void deliver_piece(struct collector *collector, struct collector_piece *piece)
{
    if (piece->offset >= 0) {
        deliver_from_file(collector, piece);
        return;
    }
    size_t taken = offer(collector, piece->stream, piece->bytes + piece->start, piece->length);
    piece->start += taken;
    piece->length -= taken;
}

static void deliver(struct collector *collector, struct collector_span *span)
{
    collector->blocked = false;
    while (span->ready.first != NULL && !collector->blocked && !collector->failed) {
        deliver_piece(collector, span->ready.first);
        if (span->ready.first->length == 0)
            drop_first(collector, &span->ready);
    }
    /* Space in the file is used again once nothing in it is wanted any more. */
    if (collector->file >= 0 && collector->file_held == 0 && collector->file_end > 0) {
        collector->file_end = 0;
        if (ftruncate(collector->file, 0) < 0)
            io_close(&collector->file);
    }
    if (collector->held < collector->cap)
        collector->file_failed = false;
}

/* ---- spans ---- */

static void insert_behind(struct collector_span *previous, struct collector_span *span)
{
    span->previous = previous;
    span->next = previous->next;
    previous->next->previous = span;
    previous->next = span;
}

static void remove_span(struct collector *collector, struct collector_span *span)
{
    drop_all(collector, &span->ready);
    drop_all(collector, &span->tentative);
    span->previous->next = span->next;
    span->next->previous = span->previous;
    free(span);
}

void collector_release(struct collector *collector)
{
    while (collector->list.next != &collector->list)
        remove_span(collector, collector->list.next);
    buffer_release(&collector->gathered);
    io_close(&collector->file);
}

static struct collector_span *new_span(struct collector_span *previous, uint64_t first, uint64_t count)
{
    struct collector_span *span = xmalloc(sizeof *span);
    *span = (struct collector_span){.first = first, .count = count};
    insert_behind(previous, span);
    return span;
}

struct collector_span *collector_expect(struct collector *collector, uint64_t first, uint64_t count)
{
    return new_span(collector->list.previous, first, count);
}

static bool is_complete(const struct collector_span *span)
{
    return span->done == span->count;
}

/* Append all of `later` to `span`, its neighbour. */
static void join(struct collector *collector, struct collector_span *span, struct collector_span *later)
{
    append_pieces(collector, &span->ready, &later->ready);
    span->count += later->count;
    span->done += later->done;
    remove_span(collector, later);
}

/* The first span's output is passed on; once it is complete and out, the next one is first. */
void collector_pump(struct collector *collector)
{
    struct collector_span *span;
    if (collector->blocked && !flush_gathered(collector))
        return;
    while ((span = collector->list.next) != &collector->list) {
        deliver(collector, span);
        if (collector->failed)
            drop_all(collector, &span->ready);
        if (span->ready.first != NULL || !is_complete(span))
            return;
        remove_span(collector, span);
    }
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
    if (collector->tentative) {
        keep(collector, span, &span->tentative, stream, bytes, length);
        return;
    }
    if (span == collector->list.next && span->ready.first == NULL) {
        size_t taken = offer(collector, stream, bytes, length);
        bytes += taken;
        length -= taken;
    }
    if (length > 0 && !collector->failed)
        keep(collector, span, &span->ready, stream, bytes, length);
}

void collector_done(struct collector *collector, struct collector_span *span, uint64_t items)
{
    span->done += items;
    assert(span->done <= span->count);
    if (items > 0)
        append_pieces(collector, &span->ready, &span->tentative);
    if (span == collector->list.next) {
        if (is_complete(span) || span->ready.first != NULL)
            collector_pump(collector);
        return;
    }
    if (!is_complete(span))
        return;
    if (span->next != &collector->list && is_complete(span->next))
        join(collector, span, span->next);
    if (span->previous != &collector->list && is_complete(span->previous))
        join(collector, span->previous, span);
}

void collector_forget(struct collector *collector, struct collector_span *span)
{
    drop_all(collector, &span->tentative);
}

void collector_abandon(struct collector *collector)
{
    for (struct collector_span *span = collector->list.next; span != &collector->list; span = span->next) {
        append_pieces(collector, &span->ready, &span->tentative);
        span->done = span->count;
    }
    collector_pump(collector);
}

struct collector_span *collector_split(struct collector *collector, struct collector_span *span,
                                       uint64_t keep)
{
    assert(span->done <= keep && keep < span->count);
    struct collector_span *rest = new_span(span, span->first + keep, span->count - keep);
    span->count = keep;
    collector_done(collector, span, 0);
    return rest;
}

bool collector_is_drained(const struct collector *collector)
{
    return buffer_length(&collector->gathered) == 0 &&
           (collector->list.next == &collector->list || collector->list.next->ready.first == NULL);
}

uint64_t collector_head(const struct collector *collector)
{
    const struct collector_span *first = collector_first(collector);
    bool is_clear = first != NULL && first->ready.first == NULL && first->done < first->count &&
                    buffer_length(&collector->gathered) == 0 && !collector->failed && !collector->tentative;
    return is_clear ? first->first + first->done + 1 : 0;
}

enum collector_appetite collector_appetite(const struct collector *collector)
{
    if (collector->held < collector->cap || collector->failed)
        return COLLECTOR_WANTS_ALL;
    if (collector->blocked)
        return COLLECTOR_WANTS_NOTHING;
    return collector->file_failed ? COLLECTOR_WANTS_FIRST : COLLECTOR_WANTS_ALL;
}

const struct collector_span *collector_first(const struct collector *collector)
{
    return collector->list.next == &collector->list ? NULL : collector->list.next;
}
