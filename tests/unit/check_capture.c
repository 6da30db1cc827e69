#include "unit.h"

#include "output/capture.h"

static struct capture capture;

static void setup(void)
{
    const char *directory = getenv("TMPDIR");
    capture_open(&capture, directory != NULL ? directory : "/tmp");
}

static void teardown(void)
{
    capture_clear(&capture);
    buffer_release(&capture.memory);
}

/* Bytes that tell where they are. */
static char byte_at(uint64_t at)
{
    return (char)('a' + (at * 7 + at / 1000) % 26);
}

static void fill(uint64_t length, size_t piece)
{
    char bytes[5000];
    for (uint64_t at = capture.length; at < length;) {
        size_t count = size_min(size_min(piece, sizeof bytes), (size_t)(length - at));
        for (size_t i = 0; i < count; i++)
            bytes[i] = byte_at(at + i);
        ck_assert_int_eq(capture_add(&capture, bytes, count), 0);
        at += count;
    }
}

static void check_all(size_t piece)
{
    char *bytes = malloc(piece);
    uint64_t at = 0;
    for (ssize_t n; (n = capture_read(&capture, at, bytes, piece)) != 0; at += (uint64_t)n) {
        ck_assert_int_gt(n, 0);
        ck_assert((size_t)n == piece || at + (uint64_t)n == capture.length);
        for (size_t i = 0; i < (size_t)n; i++)
            ck_assert_msg(bytes[i] == byte_at(at + i), "byte %llu", (unsigned long long)(at + i));
    }
    ck_assert_uint_eq(at, capture.length);
    free(bytes);
}

START_TEST(a_little_stays_in_memory)
{
    fill(10000, 4999);
    ck_assert_int_eq(capture.file, -1);
    check_all(999);
}
END_TEST

START_TEST(much_goes_to_a_file_and_comes_back_the_same)
{
    fill(3 * STORE_MEMORY_MAX + 12345, 4999);
    ck_assert_int_ge(capture.file, 0);
    ck_assert_uint_le(buffer_length(&capture.memory), STORE_MEMORY_MAX);
    check_all(48 * KIB);
    check_all(100001);
}
END_TEST

START_TEST(it_is_used_again)
{
    fill(2 * STORE_MEMORY_MAX, 5000);
    capture_clear(&capture);
    ck_assert_uint_eq(capture.length, 0);
    check_all(100);
    fill(100, 10);
    check_all(7);
}
END_TEST

START_TEST(whether_it_is_text_is_known_across_pieces)
{
    ck_assert_int_eq(capture_add(&capture, "a\xE2", 2), 0);
    ck_assert(!utf8_is_valid(&capture.utf8));
    ck_assert_int_eq(capture_add(&capture, "\x82\xAC", 2), 0);
    ck_assert(utf8_is_valid(&capture.utf8));
    ck_assert_int_eq(capture_add(&capture, "\xFF", 1), 0);
    ck_assert(!utf8_is_valid(&capture.utf8));
    capture_clear(&capture);
    ck_assert(utf8_is_valid(&capture.utf8));
}
END_TEST

START_TEST(where_no_file_can_be_made_it_says_so)
{
    capture_open(&capture, "/nowhere/at/all");
    char *bytes = calloc(1, STORE_MEMORY_MAX + 1);
    ck_assert_int_eq(capture_add(&capture, bytes, STORE_MEMORY_MAX), 0);
    ck_assert_int_eq(capture_add(&capture, bytes, 1), -1);
    free(bytes);
}
END_TEST

UNIT_MAIN("capture")
{
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, a_little_stays_in_memory);
    tcase_add_test(tests, much_goes_to_a_file_and_comes_back_the_same);
    tcase_add_test(tests, it_is_used_again);
    tcase_add_test(tests, whether_it_is_text_is_known_across_pieces);
    tcase_add_test(tests, where_no_file_can_be_made_it_says_so);
}
