#include "unit.h"

#include "options/option_value.h"

#include <limits.h>

START_TEST(a_count_is_a_whole_number_within_its_limits)
{
    static const char *const refused[] = {"", "x", "1x", "1.5", "0", "11", "99999999999999999999"};
    long value;
    ck_assert_int_eq(option_value_count("-n", "1", 1, 10, &value), 0);
    ck_assert_int_eq(value, 1);
    ck_assert_int_eq(option_value_count("-n", "10", 1, 10, &value), 0);
    ck_assert_int_eq(value, 10);
    ck_assert_int_eq(option_value_count("-n", "-3", -20, 19, &value), 0);
    ck_assert_int_eq(value, -3);
    for (size_t i = 0; i < ARRAY_LENGTH(refused); i++)
        ck_assert_int_eq(option_value_count("-n", refused[i], 1, 10, &value), -1);
    ck_assert_int_eq(option_value_count("-n", "99999999999999999999", 1, LONG_MAX, &value), -1);
}
END_TEST

START_TEST(a_byte_can_be_written_in_three_ways)
{
    static const struct {
        const char *text;
        int byte;
    } rows[] = {
        {",", ','},     {"\xff", 0xff}, {"\\n", '\n'},  {"\\t", '\t'},  {"\\0", '\0'},  {"\\r", '\r'},
        {"\\\\", '\\'}, {"\\", '\\'},   {"\\x41", 'A'}, {"\\xf", 15},   {"\\xFf", 255}, {"", -1},
        {"\\x", -1},    {"\\xg", -1},   {"\\x4g", -1},  {"\\x411", -1}, {"\\q", -1},    {"ab", -1},
    };
    for (size_t i = 0; i < ARRAY_LENGTH(rows); i++)
        ck_assert_msg(option_value_byte(rows[i].text) == rows[i].byte, "'%s'", rows[i].text);
}
END_TEST

START_TEST(memory_has_a_size)
{
    static const char *const refused[] = {"", "0", "-1", "1x", "2000T"};
    uint64_t bytes;
    ck_assert_int_eq(option_value_memory("--memfree", "500M", &bytes), 0);
    ck_assert_uint_eq(bytes, 500 * MIB);
    ck_assert_int_eq(option_value_memory("--memfree", "1.5k", &bytes), 0);
    ck_assert_uint_eq(bytes, 1500);
    for (size_t i = 0; i < ARRAY_LENGTH(refused); i++)
        ck_assert_int_eq(option_value_memory("--memfree", refused[i], &bytes), -1);
}
END_TEST

START_TEST(a_duration_is_one_of_the_clock)
{
    nanoseconds duration;
    ck_assert_int_eq(option_value_duration("--delay", "1.5s", &duration), 0);
    ck_assert_uint_eq(duration, 1500 * NS_PER_MS);
    ck_assert_int_eq(option_value_duration("--delay", "soon", &duration), -1);
}
END_TEST

UNIT_MAIN("option_value")
{
    tcase_add_test(tests, a_count_is_a_whole_number_within_its_limits);
    tcase_add_test(tests, a_byte_can_be_written_in_three_ways);
    tcase_add_test(tests, memory_has_a_size);
    tcase_add_test(tests, a_duration_is_one_of_the_clock);
}
