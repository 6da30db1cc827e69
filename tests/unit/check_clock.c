#include "unit.h"

#include "base/clock.h"

#include <limits.h>

#define MINUTE (60 * NS_PER_S)
#define HOUR   (60 * MINUTE)
#define DAY    (24 * HOUR)

static const struct {
    const char *text;
    nanoseconds duration;
} good[] = {
    {"0", 0},
    {"5", 5 * NS_PER_S},
    {"007", 7 * NS_PER_S},
    {"5s", 5 * NS_PER_S},
    {"3m", 3 * MINUTE},
    {"2h", 2 * HOUR},
    {"1d", DAY},
    {"0.5", NS_PER_S / 2},
    {".5", NS_PER_S / 2},
    {"1.5m", 90 * NS_PER_S},
    {"0.25d", 6 * HOUR},
    {"0.000000001", 1},
    {"0.0000000019", 1}, /* what is finer than the clock is cut */
    {"1d3.5h", DAY + 3 * HOUR + HOUR / 2},
    {"1h30m15.25s", HOUR + 30 * MINUTE + 15 * NS_PER_S + NS_PER_S / 4},
    {"1m5", MINUTE + 5 * NS_PER_S},
    {"36500d", 36500 * DAY},
};

START_TEST(durations_are_read)
{
    for (size_t i = 0; i < ARRAY_LENGTH(good); i++) {
        nanoseconds duration = 99;
        ck_assert_msg(clock_parse_duration(good[i].text, &duration) == 0, "'%s' is refused", good[i].text);
        ck_assert_msg(duration == good[i].duration, "'%s' is %llu", good[i].text,
                      (unsigned long long)duration);
    }
}
END_TEST

static const struct {
    const char *text;
    int why;
} bad[] = {
    {"", EINVAL},
    {"x", EINVAL},
    {"s", EINVAL},
    {".", EINVAL},
    {".s", EINVAL},
    {"-1", EINVAL},
    {"+1", EINVAL},
    {" 1", EINVAL},
    {"1 ", EINVAL},
    {"1 s", EINVAL},
    {"1x", EINVAL},
    {"1ms", EINVAL},
    {"1S", EINVAL},
    {"1e3", EINVAL},
    {"0x10", EINVAL},
    {"1..5", EINVAL},
    {"1,5", EINVAL},
    {"inf", EINVAL},
    {"nan", EINVAL},
    {"36501d", ERANGE},
    {"36500d1", ERANGE},
    {"18446744073709551615", ERANGE},
    {"18446744073709551616", ERANGE},
    {"99999999999999999999999999999999999999", ERANGE},
    {"213504d", ERANGE}, /* times 86400e9 wraps 64 bits */
};

START_TEST(what_is_no_duration_is_refused)
{
    for (size_t i = 0; i < ARRAY_LENGTH(bad); i++) {
        nanoseconds duration = 99;
        errno = 0;
        ck_assert_msg(clock_parse_duration(bad[i].text, &duration) == -1, "'%s' is %llu", bad[i].text,
                      (unsigned long long)duration);
        ck_assert_msg(errno == bad[i].why, "'%s': %s", bad[i].text, strerror(errno));
    }
}
END_TEST

/* The fraction of the first part may stand above the limit; what follows must not wrap the sum. */
START_TEST(parts_that_sum_up_to_too_much_are_refused)
{
    nanoseconds duration;
    ck_assert_int_eq(clock_parse_duration("36500.5d1d", &duration), -1);
    ck_assert_int_eq(errno, ERANGE);
    ck_assert_int_eq(clock_parse_duration("36500.5d200000d", &duration), -1);
    ck_assert_int_eq(errno, ERANGE);
}
END_TEST

START_TEST(a_poll_never_ends_before_the_deadline)
{
    ck_assert_int_eq(clock_poll_timeout(100, CLOCK_NEVER), -1);
    ck_assert_int_eq(clock_poll_timeout(100, 0), 0);
    ck_assert_int_eq(clock_poll_timeout(100, 100), 0);
    ck_assert_int_eq(clock_poll_timeout(100, 101), 1);
    ck_assert_int_eq(clock_poll_timeout(100, 100 + NS_PER_MS), 1);
    ck_assert_int_eq(clock_poll_timeout(100, 101 + NS_PER_MS), 2);
    ck_assert_int_eq(clock_poll_timeout(0, 5 * NS_PER_S), 5000);
    ck_assert_int_eq(clock_poll_timeout(0, CLOCK_NEVER - 1), INT_MAX);
    ck_assert_int_eq(clock_poll_timeout(CLOCK_NEVER - 1, CLOCK_NEVER), -1);
}
END_TEST

START_TEST(both_clocks_are_the_same_clock)
{
    nanoseconds coarse = clock_now_coarse(), now = clock_now();
    ck_assert_uint_le(coarse, now);
    /* They may be a tick apart, and this process may have been held up; but not by an hour. */
    ck_assert_uint_le(now - coarse, HOUR);
    ck_assert_uint_ge(clock_now(), now);
}
END_TEST

static const struct {
    nanoseconds duration;
    const char *text;
} formatted[] = {
    {0, "0 us"},
    {1500, "1.5 us"},
    {250 * NS_PER_MS, "250 ms"},
    {3 * NS_PER_S / 2, "1.5 s"},
    {59 * NS_PER_S, "59 s"},
    {MINUTE, "1 min 0 s"},
    {2 * HOUR + 3 * MINUTE + 59 * NS_PER_S, "2 h 3 min"},
    {36500 * DAY, "876000 h 0 min"},
};

START_TEST(durations_are_written_for_people)
{
    char text[64];
    for (size_t i = 0; i < ARRAY_LENGTH(formatted); i++)
        ck_assert_str_eq(clock_format_duration(formatted[i].duration, text, sizeof text), formatted[i].text);
}
END_TEST

/* "%.3g" of 999.9 is "1e+03". */
START_TEST(just_below_the_next_unit_no_exponent_is_written)
{
    const nanoseconds just_below[] = {NS_PER_MS - 1, NS_PER_S - 1, MINUTE - 1};
    char text[64];
    for (size_t i = 0; i < ARRAY_LENGTH(just_below); i++) {
        clock_format_duration(just_below[i], text, sizeof text);
        ck_assert_msg(strstr(text, "e+") == NULL, "%s", text);
    }
}
END_TEST

START_TEST(a_short_buffer_cuts_the_text)
{
    char text[4] = "xxx";
    ck_assert_str_eq(clock_format_duration(250 * NS_PER_MS, text, sizeof text), "250");
}
END_TEST

UNIT_MAIN("clock")
{
    tcase_add_test(tests, durations_are_read);
    tcase_add_test(tests, what_is_no_duration_is_refused);
    tcase_add_test(tests, parts_that_sum_up_to_too_much_are_refused);
    tcase_add_test(tests, a_poll_never_ends_before_the_deadline);
    tcase_add_test(tests, both_clocks_are_the_same_clock);
    tcase_add_test(tests, durations_are_written_for_people);
    tcase_add_test(tests, just_below_the_next_unit_no_exponent_is_written);
    tcase_add_test(tests, a_short_buffer_cuts_the_text);
}
