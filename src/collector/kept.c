#include "collector/kept.h"

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

void kept_init(struct kept *kept, size_t cap, const char *directory)
{
    *kept = (struct kept){.cap = cap, .directory = directory, .file = -1};
}

void kept_release(struct kept *kept)
{
    io_close(&kept->file);
}

static size_t memory_of(const struct kept_piece *piece)
{
    return sizeof *piece + piece->capacity;
}

static void chain(struct kept_pieces *pieces, struct kept_piece *piece)
{
    if (pieces->last == NULL)
        pieces->first = piece;
    else
        pieces->last->next = piece;
    pieces->last = piece;
}

static void drop_first(struct kept *kept, struct kept_pieces *pieces)
{
    struct kept_piece *piece = pieces->first;
    pieces->first = piece->next;
    if (pieces->first == NULL)
        pieces->last = NULL;
    kept->held -= memory_of(piece);
    if (piece->offset >= 0)
        kept->file_held -= (off_t)piece->length;
    free(piece);
}

void kept_drop(struct kept *kept, struct kept_pieces *pieces)
{
    while (pieces->first != NULL)
        drop_first(kept, pieces);
}

static struct kept_piece *new_piece(struct kept *kept, unsigned stream, size_t capacity)
{
    struct kept_piece *piece = xmalloc(sizeof *piece + capacity);
    *piece = (struct kept_piece){.stream = stream, .offset = -1, .capacity = capacity};
    kept->held += memory_of(piece);
    return piece;
}

/* ---- adding ---- */

static void add_to_memory(struct kept *kept, struct kept_pieces *pieces, unsigned stream, const char *bytes,
                          size_t length)
{
    while (length > 0) {
        struct kept_piece *piece = pieces->last;
        size_t used = piece == NULL ? 0 : piece->start + piece->length;
        if (piece == NULL || piece->stream != stream || piece->offset >= 0 || used == piece->capacity) {
            /* The first is as large as what comes, for a single answer; then room for more like it is made. */
            size_t least = piece == NULL ? length : size_max(length, PIECE_MIN);
            piece = new_piece(kept, stream, size_min(least, PIECE_MAX));
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
static bool add_to_file(struct kept *kept, struct kept_pieces *pieces, unsigned stream, const char *bytes,
                        size_t length)
{
    if (kept->file < 0)
        kept->file = platform_open_temporary(kept->directory);
    if (kept->file < 0) {
        kept->file_error = errno;
        return false;
    }
    for (size_t done = 0; done < length;) {
        ssize_t n = pwrite(kept->file, bytes + done, length - done, kept->file_end + (off_t)done);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0) {
            kept->file_error = n < 0 ? errno : ENOSPC;
            return false;
        }
        done += (size_t)n;
    }
    struct kept_piece *last = pieces->last;
    if (last != NULL && last->stream == stream && last->offset >= 0 &&
        last->offset + (off_t)last->length == kept->file_end) {
        last->length += length;
    } else {
        struct kept_piece *piece = new_piece(kept, stream, 0);
        piece->offset = kept->file_end;
        piece->length = length;
        chain(pieces, piece);
    }
    kept->file_end += (off_t)length;
    kept->file_held += (off_t)length;
    return true;
}

void kept_add(struct kept *kept, struct kept_pieces *pieces, unsigned stream, const char *bytes,
              size_t length, bool in_memory)
{
    bool full = kept->held + length > kept->cap && !in_memory;
    if (length == 0) /* no piece is empty */
        return;
    if (full && add_to_file(kept, pieces, stream, bytes, length))
        return;
    kept->file_failed = kept->file_failed || full;
    add_to_memory(kept, pieces, stream, bytes, length);
}

void kept_append(struct kept *kept, struct kept_pieces *pieces, struct kept_pieces *later)
{
    while (later->first != NULL && later->first->offset < 0 && later->first->length <= JOIN_COPY_MAX) {
        struct kept_piece *piece = later->first;
        add_to_memory(kept, pieces, piece->stream, piece->bytes + piece->start, piece->length);
        drop_first(kept, later);
    }
    if (later->first == NULL)
        return;
    chain(pieces, later->first);
    pieces->last = later->last;
    *later = (struct kept_pieces){NULL, NULL};
}

/* ---- taking ---- */

/* The first part of the first piece, which is in the file, becomes a piece in memory before it. */
static int bring_in(struct kept *kept, struct kept_pieces *pieces)
{
    struct kept_piece *piece = pieces->first;
    struct kept_piece *front = new_piece(kept, piece->stream, size_min(piece->length, FILE_READ));
    ssize_t n = io_read_at(kept->file, front->bytes, front->capacity, (uint64_t)piece->offset);
    if (n <= 0) {
        /* What was written can't be read again: output is lost, and that must not go unnoticed. */
        kept->file_error = n < 0 ? errno : EIO;
        kept->lost = true;
        kept->held -= memory_of(front);
        free(front);
        drop_first(kept, pieces);
        return -1;
    }
    front->length = (size_t)n;
    front->next = piece;
    pieces->first = front;
    piece->offset += n;
    piece->length -= (size_t)n;
    kept->file_held -= n;
    if (piece->length > 0)
        return 0;
    front->next = piece->next;
    if (front->next == NULL)
        pieces->last = front;
    kept->held -= memory_of(piece);
    free(piece);
    return 0;
}

ssize_t kept_look(struct kept *kept, struct kept_pieces *pieces, const char **bytes)
{
    if (pieces->first->offset >= 0 && bring_in(kept, pieces) < 0)
        return -1;
    *bytes = pieces->first->bytes + pieces->first->start;
    return (ssize_t)pieces->first->length;
}

void kept_take(struct kept *kept, struct kept_pieces *pieces, size_t length)
{
    pieces->first->start += length;
    pieces->first->length -= length;
    if (pieces->first->length == 0)
        drop_first(kept, pieces);
}

void kept_tidy(struct kept *kept)
{
    if (kept->file >= 0 && kept->file_held == 0 && kept->file_end > 0) {
        kept->file_end = 0;
        if (ftruncate(kept->file, 0) < 0)
            io_close(&kept->file);
    }
    if (kept->held < kept->cap)
        kept->file_failed = false;
}
