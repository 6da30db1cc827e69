#include "unit.h"

#include "base/utf8.h"

#include <string.h>

static const struct {
    const char *text;
    bool valid;
} texts[] = {
    {"", true},
    {"plain, and longer than eight bytes", true},
    {"\xC3\xA9", true},
    {"\xE2\x82\xAC and \xF0\x9F\x98\x80 among plain ones", true},
    {"\xED\x9F\xBF\xEE\x80\x80\xF4\x8F\xBF\xBF", true},
    {"\x80", false},             /* no beginning */
    {"\xC3", false},             /* no end */
    {"12345678\xE2\x82", false}, /* the same, later */
    {"\xC3(", false},
    {"\xC0\x80", false}, /* NUL, in a longer form */
    {"\xE0\x80\x80", false},
    {"\xED\xA0\x80", false}, /* a surrogate */
    {"\xF0\x80\x80\x80", false},
    {"\xF4\x90\x80\x80", false}, /* beyond Unicode */
    {"\xF5\x80\x80\x80", false},
    {"\xFF", false},
};

START_TEST(what_is_valid_and_what_is_not)
{
    for (size_t i = 0; i < ARRAY_LENGTH(texts); i++)
        ck_assert_msg(utf8_is(texts[i].text, strlen(texts[i].text)) == texts[i].valid, "text %zu", i);
}
END_TEST

START_TEST(it_is_the_same_byte_by_byte)
{
    for (size_t i = 0; i < ARRAY_LENGTH(texts); i++) {
        struct utf8 utf8 = {0};
        for (size_t k = 0; k < strlen(texts[i].text); k++)
            utf8_add(&utf8, texts[i].text + k, 1);
        ck_assert_msg(utf8_is_valid(&utf8) == texts[i].valid, "text %zu", i);
    }
}
END_TEST

START_TEST(a_nul_is_a_character)
{
    ck_assert(utf8_is("a\0b", 3));
}
END_TEST

/* Wherever it is cut, both parts are texts. */
START_TEST(a_cut_is_between_characters)
{
    static const char text[] = "a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80z";
    for (size_t length = 0; length < sizeof text; length++) {
        size_t cut = utf8_cut(text, length);
        ck_assert(cut <= length && length - cut <= 3);
        ck_assert(utf8_is(text, cut));
        ck_assert(utf8_is(text + cut, sizeof text - 1 - cut));
    }
    ck_assert_uint_eq(utf8_cut(text, sizeof text - 1), sizeof text - 1);
}
END_TEST

static void check_printable(const char *text, size_t wanted)
{
    ck_assert_msg(utf8_printable(text, strlen(text)) == wanted, "%s", text);
}

START_TEST(what_steers_a_terminal_or_hides_is_not_printable)
{
    static const char *const hidden[] = {
        "\t",           "\n",           "\033",         "\x7F",         "\x80",         "\xE9x",
        "\xC2\x80",     "\xC2\x9B",     "\xC2\xAD",     "\xE2\x80\x8B", "\xE2\x80\x8F", "\xE2\x80\xAA",
        "\xE2\x80\xAE", "\xE2\x81\xA6", "\xE2\x81\xA9", "\xEF\xBB\xBF", "\xD8\x9C",     "\xF3\xA0\x80\xA0"};
    for (size_t i = 0; i < ARRAY_LENGTH(hidden); i++)
        check_printable(hidden[i], 0);
    check_printable(" ", 1);
    check_printable("~", 1);
    check_printable("\xC2\xA0", 2);
    check_printable("\xC3\xA9", 2);
    check_printable("\xE2\x80\xA6", 3);
    check_printable("\xF0\x9F\x98\x80", 4);
    ck_assert_uint_eq(utf8_printable("\0", 1), 0);
    ck_assert_uint_eq(utf8_printable("\xC3", 1), 0);
}
END_TEST

UNIT_MAIN("utf8")
{
    tcase_add_test(tests, what_is_valid_and_what_is_not);
    tcase_add_test(tests, it_is_the_same_byte_by_byte);
    tcase_add_test(tests, a_nul_is_a_character);
    tcase_add_test(tests, a_cut_is_between_characters);
    tcase_add_test(tests, what_steers_a_terminal_or_hides_is_not_printable);
}
