#include "unit.h"

#include "base/utf8.h"

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

UNIT_MAIN("utf8")
{
    tcase_add_test(tests, what_is_valid_and_what_is_not);
    tcase_add_test(tests, it_is_the_same_byte_by_byte);
    tcase_add_test(tests, a_nul_is_a_character);
    tcase_add_test(tests, a_cut_is_between_characters);
}
