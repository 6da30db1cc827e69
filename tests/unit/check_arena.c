#include "unit.h"

#include "ipc/arena.h"

/* The arena only counts: its memory is never touched here, and so need not be there. */
static struct arena arena;

static void open_arena(void)
{
    arena_init(&arena, NULL, 8 * MIB);
}

static void close_arena(void)
{
    arena_release(&arena);
}

static struct arena_block *allocate(size_t size, bool grow)
{
    struct arena_block *block = arena_allocate(&arena, size, grow);
    if (block != NULL) {
        ck_assert_uint_ge(block->size, size);
        ck_assert_uint_le(block->offset + size, arena.limit);
        ck_assert_uint_le(arena.limit, arena.size);
    }
    return block;
}

START_TEST(bytes_lie_where_the_block_says)
{
    static char memory[4096];
    struct arena small;
    arena_init(&small, memory, sizeof memory);
    struct arena_block *first = arena_allocate(&small, 100, false);
    struct arena_block *second = arena_allocate(&small, 100, false);
    ck_assert_ptr_eq(arena_bytes(&small, first), memory + first->offset);
    ck_assert_uint_ge(second->offset, first->offset + first->size);
    /* A block shares no cache line with its neighbour. */
    ck_assert_uint_eq(second->offset % CACHE_LINE, 0);
    arena_release(&small);
}
END_TEST

START_TEST(it_grows_only_when_it_may_and_must)
{
    ck_assert_uint_eq(arena.limit, ARENA_FIRST_LIMIT);
    struct arena_block *first = allocate(ARENA_FIRST_LIMIT / 2, true);
    struct arena_block *second = allocate(ARENA_FIRST_LIMIT / 2, true);
    ck_assert_ptr_nonnull(first);
    ck_assert_ptr_nonnull(second);
    ck_assert_uint_eq(arena.limit, ARENA_FIRST_LIMIT);
    ck_assert_ptr_null(allocate(1, false));
    ck_assert_uint_eq(arena.limit, ARENA_FIRST_LIMIT);
    ck_assert_ptr_nonnull(allocate(1, true));
    ck_assert_uint_eq(arena.limit, 2 * ARENA_FIRST_LIMIT);
    /* Doubling goes on until it is enough. */
    ck_assert_ptr_nonnull(allocate(4 * ARENA_FIRST_LIMIT, true));
    ck_assert_uint_eq(arena.limit, 8 * MIB);
}
END_TEST

START_TEST(what_is_freed_is_used_again_before_it_grows)
{
    for (int i = 0; i < 1000; i++) {
        struct arena_block *block = allocate(300 * KIB, true);
        ck_assert_ptr_nonnull(block);
        arena_unuse(&arena, block);
    }
    ck_assert_uint_eq(arena.limit, ARENA_FIRST_LIMIT);
}
END_TEST

START_TEST(no_more_is_given_than_there_is)
{
    ck_assert_ptr_null(allocate(8 * MIB + 1, true));
    ck_assert_ptr_null(allocate(SIZE_MAX, true));
    ck_assert_ptr_null(allocate(SIZE_MAX - CACHE_LINE, true));
    struct arena_block *all = allocate(8 * MIB, true);
    ck_assert_ptr_nonnull(all);
    ck_assert_ptr_null(allocate(1, true));
    arena_unuse(&arena, all);
    ck_assert_ptr_nonnull(allocate(8 * MIB, true));
}
END_TEST

/* One slow task must not stop the others, however often they go round. */
START_TEST(a_held_block_is_stepped_over)
{
    struct arena_block *before = allocate(100 * KIB, false);
    struct arena_block *held = allocate(100 * KIB, false);
    size_t offset = held->offset;
    arena_unuse(&arena, before);
    for (int i = 0; i < 1000; i++) {
        struct arena_block *block = allocate(100 * KIB, false);
        ck_assert_ptr_nonnull(block);
        ck_assert(block->offset >= offset + 100 * KIB || block->offset + 100 * KIB <= offset);
        arena_unuse(&arena, block);
    }
    arena_unuse(&arena, held);
}
END_TEST

START_TEST(a_block_lives_until_its_last_user_lets_go)
{
    struct arena_block *block = allocate(ARENA_FIRST_LIMIT, false);
    arena_use(block);
    arena_use(block);
    arena_unuse(&arena, block);
    arena_unuse(&arena, block);
    ck_assert_ptr_null(allocate(1, false));
    arena_unuse(&arena, block);
    ck_assert_ptr_nonnull(allocate(ARENA_FIRST_LIMIT, false));
}
END_TEST

/* Against the simplest model there is: who has each line of memory. */
#define LINES  (64 * KIB / CACHE_LINE)
#define BLOCKS 64

static size_t lines_of(size_t size)
{
    return (size + CACHE_LINE - 1) / CACHE_LINE;
}

START_TEST(blocks_never_overlap)
{
    static unsigned char taken[LINES];
    struct {
        struct arena_block *block;
        size_t size;
        unsigned users;
    } held[BLOCKS] = {{.block = NULL}}, *one;
    struct arena small;
    uint64_t chance = 7;
    size_t made = 0, refused = 0, overlaps = 0;

    arena_init(&small, NULL, 64 * KIB);
    for (int round = 0; round < 100000; round++) {
        one = &held[unit_below(&chance, BLOCKS)];
        size_t line = one->block == NULL ? 0 : one->block->offset / CACHE_LINE;
        if (one->block == NULL) {
            one->size = 1 + unit_below(&chance, unit_below(&chance, 8) == 0 ? 30000 : 2000);
            one->users = 1;
            one->block = arena_allocate(&small, one->size, true);
            if (one->block == NULL) {
                refused++;
                continue;
            }
            made++;
            line = one->block->offset / CACHE_LINE;
            ck_assert_uint_le(line + lines_of(one->size), LINES);
            for (size_t i = 0; i < lines_of(one->size); i++)
                overlaps += taken[line + i]++;
        } else if (unit_below(&chance, 4) == 0) {
            arena_use(one->block);
            one->users++;
        } else {
            if (one->users == 1)
                memset(taken + line, 0, lines_of(one->size));
            arena_unuse(&small, one->block);
            if (--one->users == 0)
                one->block = NULL;
        }
    }
    ck_assert_uint_eq(overlaps, 0);
    ck_assert_uint_gt(made, 1000);
    ck_assert_uint_gt(refused, 0);
    arena_release(&small);
}
END_TEST

UNIT_MAIN("arena")
{
    tcase_add_checked_fixture(tests, open_arena, close_arena);
    tcase_add_test(tests, bytes_lie_where_the_block_says);
    tcase_add_test(tests, it_grows_only_when_it_may_and_must);
    tcase_add_test(tests, what_is_freed_is_used_again_before_it_grows);
    tcase_add_test(tests, no_more_is_given_than_there_is);
    tcase_add_test(tests, a_held_block_is_stepped_over);
    tcase_add_test(tests, a_block_lives_until_its_last_user_lets_go);
    tcase_add_test(tests, blocks_never_overlap);
}
