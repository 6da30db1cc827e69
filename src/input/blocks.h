/*
 * blocks: a stream cut at record ends, each block the standard input of a task.
 *
 * Of a regular file only the places to cut are looked for; the blocks are ranges of it, which the workers
 * read themselves. From anything else the bytes are read straight into the shared arena, in whole blocks.
 *
 * blocks_open, then the pool takes (blocks_source), then blocks_close.
 */
#ifndef CPOOL_BLOCKS_H
#define CPOOL_BLOCKS_H

#include "base/buffer.h"
#include "input/record_bounds.h"
#include "pool/pool.h"

struct blocks_setup {
    size_t size;      /* bytes of a block, as near as records allow */
    uint64_t records; /* in a block, exactly, whatever their size; 0: by size */
    bool header;      /* the first record, or what `header_end` says, is repeated in front of each block */
};

struct blocks {
    struct blocks_setup setup;
    const struct record_bounds *bounds; /* not owned */
    int fd;                             /* owned unless it is standard input */
    const char *name;                   /* for messages; not owned */
    bool is_regular;                    /* reading never waits */
    bool is_file;                       /* and its size is known: blocks are ranges of it */
    struct buffer header;
    struct arena *arena;
    /* A file: */
    uint64_t at, size;    /* first byte not handed out; behind the last one */
    struct buffer window; /* what was read of it to look for a place to cut */
    /* A stream: */
    struct buffer begun;       /* read with the header, before there was an arena */
    struct arena_block *block; /* being filled; NULL: none. We hold one use of it */
    size_t end;                /* of what it holds */
    uint64_t counted;          /* records found in it, up to `searched` */
    size_t searched;
    size_t seen; /* bytes that were there when nothing more was found */
    bool at_end;
};

/* `path` may be "-", standard input; the header, if there is one, is waited for. 0, or -1 after a message. */
int blocks_open(struct blocks *blocks, const char *path, const struct blocks_setup *setup,
                const struct record_bounds *bounds) ATTR_MUST_CHECK;
void blocks_close(struct blocks *blocks);
/* What is in no block that was handed out: see source_put_back. */
void blocks_put_back(struct blocks *blocks);

struct pool_source blocks_source(struct blocks *blocks);

#endif
