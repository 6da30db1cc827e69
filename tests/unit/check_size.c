#include "unit.h"

#include "base/size.h"

START_TEST(a_size_may_have_a_unit)
{
    static const struct {
        const char *text;
        double size;
    } rows[] = {{"0", 0},      {"1000", 1000}, {"1.5", 1.5},           {"2k", 2000},
                {"2K", 2048},  {"1m", 1e6},    {"1M", 1048576},        {"1g", 1e9},
                {"0.5K", 512}, {"1t", 1e12},   {"1T", 1099511627776.0}};
    double size;
    for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
        ck_assert_int_eq(size_parse(rows[i].text, &size), 0);
        ck_assert_msg(size == rows[i].size, "%s: %f", rows[i].text, size);
    }
}
END_TEST

START_TEST(what_is_no_size_is_none)
{
    static const char *const refused[] = {"", "K", "x", "1x", "1Kk", "1KB", "1K ", "-1", "1e999"};
    double size;
    for (size_t i = 0; i < ARRAY_LENGTH(refused); i++)
        ck_assert_msg(size_parse(refused[i], &size) == -1, "'%s'", refused[i]);
}
END_TEST

START_TEST(people_read_at_most_three_digits_and_a_unit)
{
    static const struct {
        uint64_t bytes;
        const char *text;
    } rows[] = {{0, "0 bytes"},
                {1023, "1023 bytes"},
                {1024, "1.0 KiB"},
                {1536, "1.5 KiB"},
                {100 * KIB - 30, "100 KiB"},
                {999 * KIB, "999 KiB"},
                {1000 * KIB - 30, "1.0 MiB"},
                {300 * MIB, "300 MiB"},
                {1500 * MIB, "1.5 GiB"},
                {UINT64_C(5) << 40, "5.0 TiB"},
                {UINT64_MAX, "16.0 EiB"}};
    char text[SIZE_TEXT];
    for (size_t i = 0; i < ARRAY_LENGTH(rows); i++)
        ck_assert_str_eq(size_format(rows[i].bytes, text), rows[i].text);
}
END_TEST

UNIT_MAIN("size")
{
    tcase_add_test(tests, a_size_may_have_a_unit);
    tcase_add_test(tests, what_is_no_size_is_none);
    tcase_add_test(tests, people_read_at_most_three_digits_and_a_unit);
}
