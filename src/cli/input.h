/*
 * input: items from words or from a file, cut into chunks for the pool.
 *
 * A file is read straight into the shared arena in large blocks; an item is looked at only as far as its
 * delimiter must be found. What is there is handed on at once: nobody waits for a block to fill. An item that
 * reaches over the end of a block is copied to the front of the next, larger one.
 *
 * input_init_words or input_open_file, then the pool takes (input_source), then input_close.
 */
#ifndef CPOOL_INPUT_H
#define CPOOL_INPUT_H

#include "pool/pool.h"

struct input {
    /* set once */
    char **words; /* not owned; NULL: a file */
    size_t word_count;
    int fd;           /* owned unless it is standard input; -1 with words */
    const char *name; /* of the file, for messages; not owned */
    bool regular;     /* reading never waits */
    unsigned char delimiter;
    uint32_t batch; /* items a task */
    size_t block_size;
    struct arena *arena;
    /* where we are: start <= whole <= end <= block->size */
    size_t next_word;
    struct arena_block *block; /* NULL: none. We hold one use of it */
    size_t start;              /* first byte not handed out */
    size_t whole;              /* behind the last delimiter */
    size_t end;                /* behind the last byte read */
    uint64_t left_in_file;     /* as far as its size tells; a regular file only */
    bool at_end;
};

/* The longest item from a file. */
#define INPUT_ITEM_MAX (16 * MIB)

void input_init_words(struct input *input, char **words, size_t count, uint32_t batch);

/* `path` may be "-", standard input. 0, or -1 after a message. */
int input_open_file(struct input *input, const char *path, unsigned char delimiter,
                    uint32_t batch) ATTR_MUST_CHECK;
void input_close(struct input *input);

/* For commands, which take one item at a time, small blocks do. */
void input_set_block_size(struct input *input, size_t size);

struct pool_source input_source(struct input *input);

#endif
