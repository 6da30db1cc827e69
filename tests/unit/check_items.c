#include "unit.h"

#include "base/buffer.h"
#include "ipc/items.h"

/* Bytes of exactly that length, so that a sanitizer sees a step too far. */
static char *exact;

static struct items make(const void *bytes, size_t length, int delimiter)
{
    free(exact);
    exact = malloc(length == 0 ? 1 : length);
    memcpy(exact, bytes, length);
    return (struct items){exact, length, delimiter};
}

static void end(void)
{
    free(exact);
    exact = NULL;
}

static void expect(struct items *items, const char *bytes, size_t length)
{
    struct item item;
    ck_assert(items_next(items, &item));
    ck_assert_uint_eq(item.length, length);
    ck_assert_mem_eq(item.bytes, bytes, length);
}

static void expect_end(struct items *items)
{
    struct item item;
    ck_assert(!items_next(items, &item));
}

/* Add one item with its length in front; the bytes in all. */
static size_t frame(char *to, size_t used, const char *bytes, uint32_t length)
{
    memcpy(to + used, &length, sizeof length);
    memcpy(to + used + sizeof length, bytes, length);
    return used + sizeof length + length;
}

START_TEST(items_end_in_their_delimiter_the_last_one_perhaps_without)
{
    struct items items = make("a\n\nb c\nlast", 11, '\n');
    expect(&items, "a", 1);
    expect(&items, "", 0);
    expect(&items, "b c", 3);
    expect(&items, "last", 4);
    expect_end(&items);
    items = make("a\n", 2, '\n');
    expect(&items, "a", 1);
    expect_end(&items);
}
END_TEST

START_TEST(any_byte_can_be_the_delimiter)
{
    for (int delimiter = 0; delimiter < 256; delimiter++) {
        const char bytes[] = {(char)(delimiter + 1), (char)delimiter, (char)(delimiter + 2)};
        struct items items = make(bytes, sizeof bytes, delimiter);
        expect(&items, bytes, 1);
        expect(&items, bytes + 2, 1);
        expect_end(&items);
    }
}
END_TEST

START_TEST(framed_items_may_hold_any_byte_and_be_empty)
{
    char bytes[64];
    size_t used = frame(bytes, 0, "a\n\0b", 4);
    used = frame(bytes, used, "", 0);
    used = frame(bytes, used, "\xff\xff\xff\xff", 4);
    struct items items = make(bytes, used, ITEMS_FRAMED);
    expect(&items, "a\n\0b", 4);
    expect(&items, "", 0);
    expect(&items, "\xff\xff\xff\xff", 4);
    expect_end(&items);
}
END_TEST

START_TEST(nothing_is_no_item)
{
    struct items items = make("", 0, '\n');
    expect_end(&items);
    items = make("", 0, ITEMS_FRAMED);
    expect_end(&items);
}
END_TEST

START_TEST(a_length_that_can_not_be_ends_the_walk)
{
    char bytes[64];
    const size_t used = frame(bytes, 0, "abc", 3);
    static const uint32_t lengths[] = {4, 5, 1000, INT32_MAX, UINT32_MAX - 3, UINT32_MAX};
    for (size_t i = 0; i < ARRAY_LENGTH(lengths); i++) {
        memcpy(bytes + used, &lengths[i], sizeof *lengths);
        memcpy(bytes + used + sizeof *lengths, "xyz", 3);
        struct items items = make(bytes, used + sizeof *lengths + 3, ITEMS_FRAMED);
        expect(&items, "abc", 3);
        expect_end(&items);
        items_skip(&items, 10);
        expect_end(&items);
    }
    /* Nor is there room for a length. */
    for (size_t more = 1; more < ITEMS_FRAME_SIZE; more++) {
        struct items items = make(bytes, used + more, ITEMS_FRAMED);
        expect(&items, "abc", 3);
        expect_end(&items);
    }
}
END_TEST

START_TEST(what_is_skipped_is_not_seen_and_past_the_end_is_nothing)
{
    struct items items = make("a\nb\nc\nd", 7, '\n');
    items_skip(&items, 0);
    expect(&items, "a", 1);
    items_skip(&items, 2);
    expect(&items, "d", 1);
    items_skip(&items, 1);
    expect_end(&items);
    items = make("a\nb\n", 4, '\n');
    items_skip(&items, UINT64_MAX);
    expect_end(&items);

    char bytes[64];
    size_t used = frame(bytes, 0, "first", 5);
    used = frame(bytes, used, "", 0);
    used = frame(bytes, used, "third", 5);
    items = make(bytes, used, ITEMS_FRAMED);
    items_skip(&items, 2);
    expect(&items, "third", 5);
    items = make(bytes, used, ITEMS_FRAMED);
    items_skip(&items, UINT64_MAX);
    expect_end(&items);
}
END_TEST

START_TEST(a_block_is_one_item_whatever_it_holds)
{
    struct items items = make("a\n\0b\n", 5, ITEMS_BLOCK);
    expect(&items, "a\n\0b\n", 5);
    expect_end(&items);
    items = make("", 0, ITEMS_BLOCK);
    expect_end(&items);
    items = make("a\nb", 3, ITEMS_BLOCK);
    items_skip(&items, 1);
    expect_end(&items);
}
END_TEST

/* Nothing of it is in memory: only how long it is can be told. */
START_TEST(a_range_is_one_item_without_bytes)
{
    struct items items = {NULL, 1234567, ITEMS_RANGE};
    struct item item;
    ck_assert(items_next(&items, &item));
    ck_assert_ptr_null(item.bytes);
    ck_assert_uint_eq(item.length, 1234567);
    expect_end(&items);
    items = (struct items){NULL, 1, ITEMS_RANGE};
    items_skip(&items, 5);
    expect_end(&items);
}
END_TEST

START_TEST(the_last_of_a_byte_is_found)
{
    struct items items = make("\xff"
                              "a\0b\0c",
                              6, ITEMS_BLOCK);
    const char *bytes = items.bytes;
    ck_assert_ptr_eq(items_find_last(bytes, '\0', 6), bytes + 4);
    ck_assert_ptr_eq(items_find_last(bytes, '\0', 4), bytes + 2);
    ck_assert_ptr_eq(items_find_last(bytes, 0xff, 6), bytes);
    ck_assert_ptr_eq(items_find_last(bytes, 'c', 6), bytes + 5);
    ck_assert_ptr_null(items_find_last(bytes, 'c', 5));
    ck_assert_ptr_null(items_find_last(bytes, 'x', 6));
    ck_assert_ptr_null(items_find_last(bytes, 'a', 0));
}
END_TEST

/* ---- several as one ---- */

static void expect_joined(struct items *items, uint32_t count, const char *bytes, size_t length)
{
    static struct buffer joined;
    struct item item = items_join(items, count, &joined);
    ck_assert_uint_eq(item.length, length);
    ck_assert(length == 0 || memcmp(item.bytes, bytes, length) == 0);
    buffer_release(&joined);
}

START_TEST(items_are_joined_by_blanks_and_the_walk_goes_on_behind_them)
{
    struct items items = make("a\nb c\n\nd\nlast", 13, '\n');
    expect_joined(&items, 3, "a b c ", 6);
    expect_joined(&items, 1, "d", 1);
    expect_joined(&items, 3, "last", 4);
    expect_end(&items);
    expect_joined(&items, 3, "", 0);

    char bytes[64];
    size_t used = frame(bytes, 0, "a\n\0b", 4);
    used = frame(bytes, used, "c", 1);
    used = frame(bytes, used, "d", 1);
    items = make(bytes, used, ITEMS_FRAMED);
    expect_joined(&items, 0, "", 0);
    expect_joined(&items, 2, "a\n\0b c", 6);
    expect(&items, "d", 1);
}
END_TEST

START_TEST(what_was_joined_before_is_not_in_the_way)
{
    struct buffer joined = BUFFER_INIT;
    struct items items = make("long enough\nb\nc\nd\n", 18, '\n');
    (void)items_join(&items, 2, &joined);
    struct item item = items_join(&items, 2, &joined);
    ck_assert_uint_eq(item.length, 3);
    ck_assert_mem_eq(item.bytes, "c d", 3);
    buffer_release(&joined);
}
END_TEST

UNIT_MAIN("items")
{
    tcase_add_checked_fixture(tests, NULL, end);
    tcase_add_test(tests, items_end_in_their_delimiter_the_last_one_perhaps_without);
    tcase_add_test(tests, any_byte_can_be_the_delimiter);
    tcase_add_test(tests, framed_items_may_hold_any_byte_and_be_empty);
    tcase_add_test(tests, nothing_is_no_item);
    tcase_add_test(tests, a_length_that_can_not_be_ends_the_walk);
    tcase_add_test(tests, a_block_is_one_item_whatever_it_holds);
    tcase_add_test(tests, a_range_is_one_item_without_bytes);
    tcase_add_test(tests, the_last_of_a_byte_is_found);
    tcase_add_test(tests, items_are_joined_by_blanks_and_the_walk_goes_on_behind_them);
    tcase_add_test(tests, what_was_joined_before_is_not_in_the_way);
    tcase_add_test(tests, what_is_skipped_is_not_seen_and_past_the_end_is_nothing);
}
