#include "unit.h"

#include "base/buffer.h"
#include "collector/spool.h"

static struct spool spool;
static struct spool_pieces pieces;
static const char *folder;

static void begin(void)
{
    folder = unit_make_folder();
    spool_init(&spool, 10000, folder);
    pieces = (struct spool_pieces){NULL, NULL};
}

static void end(void)
{
    spool_drop(&spool, &pieces);
    ck_assert_uint_eq(spool.held, 0);
    ck_assert_int_eq(spool.file_held, 0);
    spool_release(&spool);
    unit_remove_folder(folder);
}

static void add(unsigned stream, const char *text)
{
    spool_add(&spool, &pieces, stream, text, strlen(text), false);
}

/* All of the list, with the number of its stream before each run of bytes. */
static const char *take_all(void)
{
    static char text[100000];
    size_t length = 0;
    for (unsigned stream = UINT32_MAX; pieces.first != NULL;) {
        const char *bytes;
        if (pieces.first->stream != stream)
            length += (size_t)snprintf(text + length, sizeof text - length, "%u:", pieces.first->stream);
        stream = pieces.first->stream;
        ssize_t n = spool_look(&spool, &pieces, &bytes);
        ck_assert_int_gt(n, 0);
        ck_assert_uint_lt(length + (size_t)n, sizeof text);
        /* Not all at once: what is shown next is what was left. */
        size_t part = n > 1 ? (size_t)n / 2 : 1;
        memcpy(text + length, bytes, part);
        length += part;
        spool_take(&spool, &pieces, part);
    }
    text[length] = '\0';
    return text;
}

START_TEST(bytes_come_out_as_they_came_each_on_its_stream)
{
    add(0, "one ");
    add(0, "two");
    add(1, "three");
    add(0, "four");
    ck_assert_str_eq(take_all(), "0:one two1:three0:four");
    ck_assert_int_eq(spool.file, -1);
}
END_TEST

START_TEST(a_list_is_put_behind_another_wherever_its_bytes_are)
{
    static char large[9000];
    struct spool_pieces later = {NULL, NULL};
    memset(large, 'x', sizeof large - 1);
    add(0, "first");
    spool_add(&spool, &later, 1, large, sizeof large - 1, false);
    spool_add(&spool, &later, 0, large, sizeof large - 1, false);
    ck_assert_int_eq(spool.file_held, sizeof large - 1);
    spool_append(&spool, &pieces, &later);
    ck_assert_ptr_null(later.first);
    add(1, "in the file, too");
    spool_append(&spool, &pieces, &later);
    const char *text = take_all();
    ck_assert_str_eq(text + strlen("0:first1:") + sizeof large - 1 + strlen("0:") + sizeof large - 1,
                     "1:in the file, too");
}
END_TEST

START_TEST(no_more_is_in_memory_than_may_be)
{
    static char block[1000];
    memset(block, 'x', sizeof block);
    for (int i = 0; i < 50; i++) {
        spool_add(&spool, &pieces, 0, block, sizeof block, false);
        ck_assert_uint_le(spool.held, 10000 + sizeof block + 5000);
    }
    ck_assert_int_gt(spool.file_held, 30000);
    ck_assert_uint_eq(strlen(take_all()), strlen("0:") + 50 * sizeof block);
    /* The disk has its space back, and the file is used again from its beginning. */
    spool_tidy(&spool);
    struct stat info;
    ck_assert_int_eq(fstat(spool.file, &info), 0);
    ck_assert_int_eq(info.st_size, 0);
    ck_assert_int_eq(spool.file_end, 0);
}
END_TEST

START_TEST(what_is_on_its_way_stays_in_memory)
{
    static char block[20000];
    spool_add(&spool, &pieces, 0, block, sizeof block, true);
    ck_assert_int_eq(spool.file, -1);
    ck_assert_uint_ge(spool.held, sizeof block);
}
END_TEST

START_TEST(without_a_file_nothing_is_lost_and_it_is_said)
{
    static char block[20000];
    memset(block, 'x', sizeof block);
    spool_release(&spool);
    spool_init(&spool, 10000, "/nonexistent/folder");
    spool_add(&spool, &pieces, 0, block, sizeof block, false);
    ck_assert(spool.file_failed);
    ck_assert_int_eq(spool.file_error, ENOENT);
    spool_tidy(&spool);
    ck_assert(spool.file_failed);
    ck_assert_uint_eq(strlen(take_all()), strlen("0:") + sizeof block);
    spool_tidy(&spool);
    ck_assert(!spool.file_failed);
    ck_assert(!spool.lost);
}
END_TEST

/* Many items that answered nothing come as one message of no bytes. */
START_TEST(nothing_is_no_piece)
{
    static char block[20000];
    memset(block, 'x', sizeof block);
    spool_add(&spool, &pieces, 0, block, sizeof block / 2, true);
    spool_add(&spool, &pieces, 0, "", 0, false);
    spool_add(&spool, &pieces, 1, "", 0, false);
    ck_assert_uint_eq(strlen(take_all()), strlen("0:") + sizeof block / 2);
    ck_assert(!spool.lost);
}
END_TEST

START_TEST(a_file_that_has_lost_its_bytes_is_noticed)
{
    static char block[20000];
    const char *bytes;
    spool_add(&spool, &pieces, 0, block, sizeof block, false);
    ck_assert_int_eq(ftruncate(spool.file, 0), 0);
    ck_assert_int_eq(spool_look(&spool, &pieces, &bytes), -1);
    ck_assert(spool.lost);
    ck_assert_int_eq(spool.file_error, EIO);
    ck_assert_ptr_null(pieces.first);
}
END_TEST

UNIT_MAIN("spool")
{
    tcase_add_checked_fixture(tests, begin, end);
    tcase_add_test(tests, bytes_come_out_as_they_came_each_on_its_stream);
    tcase_add_test(tests, a_list_is_put_behind_another_wherever_its_bytes_are);
    tcase_add_test(tests, no_more_is_in_memory_than_may_be);
    tcase_add_test(tests, what_is_on_its_way_stays_in_memory);
    tcase_add_test(tests, without_a_file_nothing_is_lost_and_it_is_said);
    tcase_add_test(tests, nothing_is_no_piece);
    tcase_add_test(tests, a_file_that_has_lost_its_bytes_is_noticed);
}
