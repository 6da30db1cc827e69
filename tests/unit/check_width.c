#include "unit.h"

#include "base/width.h"

static size_t columns(const char *text)
{
    return width_text(text, strlen(text));
}

START_TEST(ascii_takes_a_column_for_each_byte)
{
    ck_assert_uint_eq(columns(""), 0);
    ck_assert_uint_eq(columns("abc ~"), 5);
}
END_TEST

START_TEST(wide_characters_take_two_columns)
{
    ck_assert_uint_eq(columns("\xe4\xb8\xad\xe6\x96\x87"), 4); /* Chinese */
    ck_assert_uint_eq(columns("\xea\xb0\x80"), 2);             /* Hangul */
    ck_assert_uint_eq(columns("\xef\xbc\xa1"), 2);             /* a full-width A */
    ck_assert_uint_eq(columns("\xf0\x9f\x98\x80"), 2);         /* a face */
}
END_TEST

START_TEST(narrow_characters_of_several_bytes_take_one)
{
    ck_assert_uint_eq(columns("\xc3\xa9\xd0\xb6\xe2\x82\xac"), 3);
    ck_assert_uint_eq(columns("\xef\xbd\xb1"), 1); /* half-width katakana */
}
END_TEST

START_TEST(what_combines_takes_none)
{
    ck_assert_uint_eq(columns("e\xcc\x81"), 1);
    ck_assert_uint_eq(columns("a\xe2\x80\x8d"), 1); /* zero width joiner */
    ck_assert_uint_eq(width_of(0x0300), 0);
    ck_assert_uint_eq(width_of(0x036F), 0);
    ck_assert_uint_eq(width_of(0x0370), 1);
    ck_assert_uint_eq(width_of(0xAD), 1);
    ck_assert_uint_eq(width_of(0xE0100), 0);
    ck_assert_uint_eq(width_of(0x10FFFF), 1);
}
END_TEST

START_TEST(bytes_that_are_no_characters_take_one_each)
{
    ck_assert_uint_eq(columns("\xff\x80\xe4"), 3);
    ck_assert_uint_eq(columns("\xe4\xb8"), 2);
    ck_assert_uint_eq(columns("\xc3("), 2);
}
END_TEST

START_TEST(a_cut_never_exceeds_its_columns_nor_halves_a_character)
{
    const char *text = "a\xe4\xb8\xad"
                       "e\xcc\x81z";
    const size_t bytes[] = {0, 1, 1, 4, 7, 8, 8};
    for (size_t i = 0; i < ARRAY_LENGTH(bytes); i++)
        ck_assert_uint_eq(width_cut(text, strlen(text), i), bytes[i]);
}
END_TEST

UNIT_MAIN("width")
{
    tcase_add_test(tests, ascii_takes_a_column_for_each_byte);
    tcase_add_test(tests, wide_characters_take_two_columns);
    tcase_add_test(tests, narrow_characters_of_several_bytes_take_one);
    tcase_add_test(tests, what_combines_takes_none);
    tcase_add_test(tests, bytes_that_are_no_characters_take_one_each);
    tcase_add_test(tests, a_cut_never_exceeds_its_columns_nor_halves_a_character);
}
