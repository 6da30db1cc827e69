#include "ipc/arena.h"

#include "base/xalloc.h"

#include <assert.h>
#include <stdlib.h>

/* Blocks begin on their own cache lines: the parent fills one while a worker reads its neighbour. */
static size_t whole_lines(size_t size)
{
    return (size + CACHE_LINE - 1) / CACHE_LINE * CACHE_LINE;
}

void arena_init(struct arena *arena, char *memory, size_t size)
{
    *arena = (struct arena){.memory = memory, .size = size, .limit = size_min(size, ARENA_FIRST_LIMIT)};
    arena->edge.previous = arena->edge.next = arena->cursor = &arena->edge;
}

void arena_release(struct arena *arena)
{
    for (struct arena_block *block = arena->edge.next; block != &arena->edge;) {
        struct arena_block *next = block->next;
        free(block);
        block = next;
    }
    arena_init(arena, arena->memory, arena->size);
}

/* Where the gap behind `block` begins and ends. The edge's own gap is the one before the first block. */
static size_t gap_start(const struct arena *arena, const struct arena_block *block)
{
    return block == &arena->edge ? 0 : block->offset + whole_lines(block->size);
}

static size_t gap_end(const struct arena *arena, const struct arena_block *block)
{
    return block->next == &arena->edge ? arena->limit : block->next->offset;
}

static struct arena_block *insert_behind(struct arena *arena, struct arena_block *previous, size_t size)
{
    struct arena_block *block = xmalloc(sizeof *block);
    *block = (struct arena_block){.offset = gap_start(arena, previous),
                                  .size = size,
                                  .users = 1,
                                  .previous = previous,
                                  .next = previous->next};
    block->next->previous = block;
    previous->next = block;
    arena->cursor = block;
    return block;
}

/* One walk round, starting at the cursor. */
static struct arena_block *find_gap(struct arena *arena, size_t size)
{
    struct arena_block *block = arena->cursor;
    do {
        size_t start = gap_start(arena, block), end = gap_end(arena, block);
        if (end > start && end - start >= size)
            return block;
        block = block->next;
    } while (block != arena->cursor);
    return NULL;
}

struct arena_block *arena_allocate(struct arena *arena, size_t size, bool grow)
{
    if (size > arena->size)
        return NULL;
    size = whole_lines(size);
    for (;;) {
        struct arena_block *gap = find_gap(arena, size);
        if (gap != NULL)
            return insert_behind(arena, gap, size);
        if (!grow || arena->limit == arena->size)
            return NULL;
        arena->limit = size_min(arena->limit * 2, arena->size);
    }
}

void arena_use(struct arena_block *block)
{
    block->users++;
}

void arena_unuse(struct arena *arena, struct arena_block *block)
{
    assert(block->users > 0);
    if (--block->users > 0)
        return;
    block->previous->next = block->next;
    block->next->previous = block->previous;
    if (arena->cursor == block)
        arena->cursor = block->previous;
    free(block);
}
