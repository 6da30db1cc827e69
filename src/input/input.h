/*
 * input: items that all come from one file, each of them a task, cut into chunks for the pool.
 *
 * The fast way; tasks.h is for everything else. A file is read straight into the shared arena in large
 * blocks; an item is looked at only as far as its delimiter must be found. What is there is handed on at
 * once: nobody waits for a block to fill. An item that reaches over the end of a block is copied to the front
 * of the next, larger one.
 *
 * input_open, then the pool takes (input_source), then input_close.
 */
#ifndef CPOOL_INPUT_H
#define CPOOL_INPUT_H

#include "input/ahead.h"
#include "pool/pool.h"

struct input {
    /* set once */
    int fd;           /* owned unless it is standard input */
    const char *name; /* of the file, for messages; not owned */
    bool regular;     /* reading never waits */
    unsigned char delimiter;
    size_t block_size;
    uint64_t total; /* items that there will be, as the user says, or as they were counted; 0: unknown */
    struct arena *arena;
    /* where we are: start <= whole <= end <= block->size */
    struct arena_block *block; /* NULL: none. We hold one use of it */
    size_t start;              /* first byte not handed out */
    size_t whole;              /* behind the last delimiter */
    size_t end;                /* behind the last byte read */
    double item_size;          /* bytes, in the last chunk; 0: there was none */
    uint64_t left_in_file;     /* as far as its size tells; a regular file only */
    bool at_end;
    bool is_begun; /* whether a mark stands in front (see source_mark_length) is known, and it is left out */
    uint64_t handed; /* items handed out */
    struct ahead ahead;
};

/* `path` may be "-", standard input. 0, or -1 after a message. */
int input_open(struct input *input, const char *path, unsigned char delimiter) ATTR_MUST_CHECK;
void input_close(struct input *input);
/* What was read and not handed out: see source_put_back. */
void input_put_back(struct input *input);

/*
 * The total is wanted as early as it can be had, with input that is not set yet: a file is read twice; a
 * pipe, with `ahead`, before it is wanted.
 */
void input_count(struct input *input, bool ahead);

/* For commands, which take one item at a time, small blocks do. */
void input_set_block_size(struct input *input, size_t size);

struct pool_source input_source(struct input *input);

#endif
