#include "unit.h"

#include "input/ahead.h"

static struct ahead ahead;
static int ends[2];

static void begin(void)
{
    ahead = (struct ahead){.wanted = true};
    ck_assert_int_eq(pipe(ends), 0);
}

static void say(const char *text)
{
    ck_assert_int_eq(write(ends[1], text, strlen(text)), (ssize_t)strlen(text));
}

static void expect(size_t most, const char *wanted)
{
    char bytes[100];
    ssize_t n = ahead_take(&ahead, bytes, most);
    ck_assert_int_eq(n, (ssize_t)strlen(wanted));
    ck_assert_mem_eq(bytes, wanted, (size_t)n);
}

/* The test would hang if it did. */
START_TEST(it_never_waits)
{
    begin();
    ahead_read(&ahead, ends[0]);
    ck_assert(!ahead_has(&ahead));
    say("abc");
    ahead_read(&ahead, ends[0]);
    ck_assert(ahead_has(&ahead));
    ck_assert(!ahead.ended);
    expect(2, "ab");
    expect(100, "c");
    ck_assert(!ahead_has(&ahead));
    ahead_release(&ahead);
}
END_TEST

START_TEST(the_end_comes_behind_the_bytes)
{
    size_t length;
    begin();
    say("abc");
    close(ends[1]);
    ahead_read(&ahead, ends[0]);
    ck_assert(ahead.ended);
    ck_assert_mem_eq(ahead_bytes(&ahead, &length), "abc", 3);
    ck_assert_uint_eq(length, 3);
    expect(100, "abc");
    ck_assert(ahead_has(&ahead));
    expect(100, "");
    expect(100, "");
    ahead_release(&ahead);
}
END_TEST

START_TEST(what_is_not_wanted_is_left_in_the_pipe)
{
    char byte;
    begin();
    ahead.wanted = false;
    say("a");
    ahead_read(&ahead, ends[0]);
    ck_assert(!ahead_has(&ahead));
    ck_assert_int_eq(read(ends[0], &byte, 1), 1);
}
END_TEST

/* Nobody's input is too large, nor is the bound ever exceeded, and what is taken makes room. */
START_TEST(it_holds_so_much_and_no_more)
{
    static char bytes[64 * KIB];
    size_t length, taken = 0;
    int zero = open("/dev/zero", O_RDONLY);
    begin();
    for (int i = 0; i < 100; i++)
        ahead_read(&ahead, zero);
    (void)ahead_bytes(&ahead, &length);
    ck_assert_uint_le(length, AHEAD_MAX);
    ck_assert_uint_gt(length, AHEAD_MAX / 2);
    while (taken < 3 * AHEAD_MAX) {
        ssize_t n = ahead_take(&ahead, bytes, sizeof bytes);
        ck_assert_int_gt(n, 0);
        taken += (size_t)n;
        ahead_read(&ahead, zero);
        ck_assert_uint_le(buffer_length(&ahead.bytes), 3 * AHEAD_MAX);
    }
    ahead_release(&ahead);
    close(zero);
}
END_TEST

START_TEST(what_can_not_be_read_is_left_to_others)
{
    begin();
    int folder = open("/", O_RDONLY);
    ahead_read(&ahead, folder);
    ck_assert(!ahead_has(&ahead));
    close(folder);
}
END_TEST

UNIT_MAIN("ahead")
{
    tcase_add_test(tests, it_never_waits);
    tcase_add_test(tests, the_end_comes_behind_the_bytes);
    tcase_add_test(tests, what_is_not_wanted_is_left_in_the_pipe);
    tcase_add_test(tests, it_holds_so_much_and_no_more);
    tcase_add_test(tests, what_can_not_be_read_is_left_to_others);
}
