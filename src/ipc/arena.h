/*
 * arena: who uses which bytes of the shared input memory. Parent only; nothing here is shared.
 *
 * The bytes are handed out in blocks, walking round as a ring does; but a block that a slow task holds is
 * stepped over, so that it never stops the others. Only the first `limit` bytes are used, and the limit
 * doubles only when no room is left below it and the caller can't wait: fresh shared pages cost 10 to 20
 * times what touched ones do.
 *
 * Each block counts its users: the reader that fills it and every chunk that names bytes of it. It is free
 * when the last one lets go.
 */
#ifndef CPOOL_ARENA_H
#define CPOOL_ARENA_H

#include "base/base.h"

struct arena_block {
    size_t offset;                       /* into the arena's memory */
    size_t size;                         /* bytes; neighbours never overlap */
    unsigned users;                      /* at least 1 while the block lives */
    struct arena_block *previous, *next; /* by offset; ends at the arena's `edge` */
};

struct arena {
    char *memory;               /* not owned */
    size_t size;                /* bytes of memory */
    size_t limit;               /* bytes in use by now; limit <= size */
    struct arena_block edge;    /* the list's head: stands before the first and behind the last block */
    struct arena_block *cursor; /* the search for room goes on behind this block */
};

#define ARENA_FIRST_LIMIT (1 * MIB)

void arena_init(struct arena *arena, char *memory, size_t size);
/* Forget all blocks. */
void arena_release(struct arena *arena);

/* A block of `size` bytes with one user, or NULL while there is no room for it; below the limit only, unless
 * it may `grow`. */
struct arena_block *arena_allocate(struct arena *arena, size_t size, bool grow) ATTR_MUST_CHECK;

void arena_use(struct arena_block *block);
/* One user fewer; the last one frees the block. */
void arena_unuse(struct arena *arena, struct arena_block *block);

static inline char *arena_bytes(const struct arena *arena, const struct arena_block *block)
{
    return arena->memory + block->offset;
}

#endif
