#include "unit.h"

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

UNIT_MAIN("items")
{
    tcase_add_checked_fixture(tests, NULL, end);
    tcase_add_test(tests, items_end_in_their_delimiter_the_last_one_perhaps_without);
    tcase_add_test(tests, any_byte_can_be_the_delimiter);
    tcase_add_test(tests, framed_items_may_hold_any_byte_and_be_empty);
    tcase_add_test(tests, nothing_is_no_item);
    tcase_add_test(tests, a_length_that_can_not_be_ends_the_walk);
    tcase_add_test(tests, what_is_skipped_is_not_seen_and_past_the_end_is_nothing);
}
