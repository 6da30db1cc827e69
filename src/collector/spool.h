/*
 * spool: output that has to wait, in memory up to a cap in all, then in one unlinked temporary file.
 *
 * A list of pieces (struct spool_pieces) is its owner's; `struct spool` counts what all lists hold. Bytes
 * come in at a list's end (spool_add), are looked at and taken at its front (spool_look, spool_take), or move
 * to another list (spool_append).
 *
 * Order of calls: spool_init; the others; every list dropped or taken; spool_release. Nothing that has been
 * added is ever lost: where the file can't be written, it stays in memory beyond the cap, and `file_failed`
 * says that no more should be brought.
 */
#ifndef CPOOL_SPOOL_H
#define CPOOL_SPOOL_H

#include "base/base.h"

#include <sys/types.h>

/* Bytes of one stream that follow one another. What the stream's number means is the caller's business. */
struct spool_piece {
    struct spool_piece *next;
    unsigned stream;
    off_t offset;    /* in the file; -1: the bytes are here */
    size_t length;   /* bytes not yet taken */
    size_t start;    /* in memory: the first of them */
    size_t capacity; /* bytes of memory behind this struct */
    char bytes[];
};

struct spool_pieces {
    struct spool_piece *first, *last;
};

struct spool {
    size_t held, cap; /* bytes in memory, structs included; and the limit beyond which the file is used */
    const char *directory; /* for the file; not owned */
    int file;              /* -1 until it is needed */
    off_t file_end;        /* behind the last byte in use */
    off_t file_held;       /* bytes in it not yet taken */
    bool file_failed;      /* it can't be written at present; file_error says why */
    int file_error;
    bool lost; /* bytes in the file could not be read again; file_error says why */
};

void spool_init(struct spool *spool, size_t cap, const char *directory);
void spool_release(struct spool *spool);

/* Append bytes to the list; where memory is full, in the file. `in_memory`: never there, as they go out soon.
 */
void spool_add(struct spool *spool, struct spool_pieces *pieces, unsigned stream, const char *bytes,
               size_t length, bool in_memory);

/* Put all of `later` behind `pieces`: small pieces are copied together, the rest is chained. */
void spool_append(struct spool *spool, struct spool_pieces *pieces, struct spool_pieces *later);

/*
 * The first bytes of the list, which is not empty: at least one, all of its first piece where that is in
 * memory. What is in the file is brought into memory for that, a part at a time. -1: it can't be read again,
 * and is gone: `lost`.
 */
ssize_t spool_look(struct spool *spool, struct spool_pieces *pieces, const char **bytes) ATTR_MUST_CHECK;

/* Drop the first `length` bytes of what spool_look has shown. */
void spool_take(struct spool *spool, struct spool_pieces *pieces, size_t length);

/* Forget all that the list holds. */
void spool_drop(struct spool *spool, struct spool_pieces *pieces);

/* Give back what is not needed any more: the file's space once nothing in it is wanted, and the right to try
 * it again. */
void spool_tidy(struct spool *spool);

#endif
