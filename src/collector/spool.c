#include "collector/spool.h"

#include "base/io.h"
#include "base/platform.h"
#include "base/xalloc.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Pieces in memory are at least this large, so that many small outputs share one. */
#define PIECE_MIN     (4 * KIB)
#define PIECE_MAX     (64 * KIB)
/* One read from the file. */
#define FILE_READ     (16 * KIB)
/* Kept output of a neighbour is copied, not chained, when it is no more than this. */
#define JOIN_COPY_MAX (8 * KIB)

void spool_init(struct spool *spool, size_t cap, const char *directory)
{
    *spool = (struct spool){.cap = cap, .directory = directory, .file = -1};
}

void spool_release(struct spool *spool)
{
    io_close(&spool->file);
}

static size_t memory_of(const struct spool_piece *piece)
{
    return sizeof *piece + piece->capacity;
}

static void chain(struct spool_pieces *pieces, struct spool_piece *piece)
{
    if (pieces->last == NULL)
        pieces->first = piece;
    else
        pieces->last->next = piece;
    pieces->last = piece;
}

static void drop_first(struct spool *spool, struct spool_pieces *pieces)
{
    struct spool_piece *piece = pieces->first;
    pieces->first = piece->next;
    if (pieces->first == NULL)
        pieces->last = NULL;
    spool->held -= memory_of(piece);
    if (piece->offset >= 0)
        spool->file_held -= (off_t)piece->length;
    free(piece);
}

void spool_drop(struct spool *spool, struct spool_pieces *pieces)
{
    while (pieces->first != NULL)
        drop_first(spool, pieces);
}

static struct spool_piece *new_piece(struct spool *spool, unsigned stream, size_t capacity)
{
    struct spool_piece *piece = xmalloc(sizeof *piece + capacity);
    *piece = (struct spool_piece){.stream = stream, .offset = -1, .capacity = capacity};
    spool->held += memory_of(piece);
    return piece;
}

/* ---- adding ---- */

static void add_to_memory(struct spool *spool, struct spool_pieces *pieces, unsigned stream,
                          const char *bytes, size_t length)
{
    while (length > 0) {
        struct spool_piece *piece = pieces->last;
        size_t used = piece == NULL ? 0 : piece->start + piece->length;
        if (piece == NULL || piece->stream != stream || piece->offset >= 0 || used == piece->capacity) {
            /* The first is as large as what comes, for a single answer; then room for more like it is
             * made. */
            size_t least = piece == NULL ? length : size_max(length, PIECE_MIN);
            piece = new_piece(spool, stream, size_min(least, PIECE_MAX));
            chain(pieces, piece);
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
static bool add_to_file(struct spool *spool, struct spool_pieces *pieces, unsigned stream, const char *bytes,
                        size_t length)
{
    if (spool->file < 0)
        spool->file = platform_open_temporary(spool->directory);
    if (spool->file < 0) {
        spool->file_error = errno;
        return false;
    }
    for (size_t done = 0; done < length;) {
        ssize_t n = pwrite(spool->file, bytes + done, length - done, spool->file_end + (off_t)done);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0) {
            spool->file_error = n < 0 ? errno : ENOSPC;
            return false;
        }
        done += (size_t)n;
    }
    struct spool_piece *last = pieces->last;
    if (last != NULL && last->stream == stream && last->offset >= 0 &&
        last->offset + (off_t)last->length == spool->file_end) {
        last->length += length;
    } else {
        struct spool_piece *piece = new_piece(spool, stream, 0);
        piece->offset = spool->file_end;
        piece->length = length;
        chain(pieces, piece);
    }
    spool->file_end += (off_t)length;
    spool->file_held += (off_t)length;
    return true;
}

void spool_add(struct spool *spool, struct spool_pieces *pieces, unsigned stream, const char *bytes,
               size_t length, bool in_memory)
{
    bool full = spool->held + length > spool->cap && !in_memory;
    if (length == 0) /* no piece is empty */
        return;
    if (full && add_to_file(spool, pieces, stream, bytes, length))
        return;
    spool->file_failed = spool->file_failed || full;
    add_to_memory(spool, pieces, stream, bytes, length);
}

void spool_append(struct spool *spool, struct spool_pieces *pieces, struct spool_pieces *later)
{
    while (later->first != NULL && later->first->offset < 0 && later->first->length <= JOIN_COPY_MAX) {
        struct spool_piece *piece = later->first;
        add_to_memory(spool, pieces, piece->stream, piece->bytes + piece->start, piece->length);
        drop_first(spool, later);
    }
    if (later->first == NULL)
        return;
    chain(pieces, later->first);
    pieces->last = later->last;
    *later = (struct spool_pieces){NULL, NULL};
}

/* ---- taking ---- */

/* The first part of the first piece, which is in the file, becomes a piece in memory before it. */
static int bring_in(struct spool *spool, struct spool_pieces *pieces)
{
    struct spool_piece *piece = pieces->first;
    struct spool_piece *front = new_piece(spool, piece->stream, size_min(piece->length, FILE_READ));
    ssize_t n = io_read_at(spool->file, front->bytes, front->capacity, (uint64_t)piece->offset);
    if (n <= 0) {
        /* What was written can't be read again: output is lost, and that must not go unnoticed. */
        spool->file_error = n < 0 ? errno : EIO;
        spool->lost = true;
        spool->held -= memory_of(front);
        free(front);
        drop_first(spool, pieces);
        return -1;
    }
    front->length = (size_t)n;
    front->next = piece;
    pieces->first = front;
    piece->offset += n;
    piece->length -= (size_t)n;
    spool->file_held -= n;
    if (piece->length > 0)
        return 0;
    front->next = piece->next;
    if (front->next == NULL)
        pieces->last = front;
    spool->held -= memory_of(piece);
    free(piece);
    return 0;
}

ssize_t spool_look(struct spool *spool, struct spool_pieces *pieces, const char **bytes)
{
    if (pieces->first->offset >= 0 && bring_in(spool, pieces) < 0)
        return -1;
    *bytes = pieces->first->bytes + pieces->first->start;
    return (ssize_t)pieces->first->length;
}

void spool_take(struct spool *spool, struct spool_pieces *pieces, size_t length)
{
    pieces->first->start += length;
    pieces->first->length -= length;
    if (pieces->first->length == 0)
        drop_first(spool, pieces);
}

void spool_tidy(struct spool *spool)
{
    if (spool->file >= 0 && spool->file_held == 0 && spool->file_end > 0) {
        spool->file_end = 0;
        if (ftruncate(spool->file, 0) < 0)
            io_close(&spool->file);
    }
    if (spool->held < spool->cap)
        spool->file_failed = false;
}
