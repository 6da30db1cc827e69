#include "unit.h"

#include "base/json.h"

#include <string.h>

static void check(const char *bytes, size_t length, const char *wanted)
{
    struct buffer out = BUFFER_INIT;
    json_string(&out, bytes, length);
    buffer_append_byte(&out, '\0');
    ck_assert_str_eq(buffer_bytes(&out), wanted);
    buffer_release(&out);
}

#define CHECK(text, wanted) check(text, sizeof(text) - 1, wanted)

START_TEST(an_empty_text_is_two_quotes)
{
    check(NULL, 0, "\"\"");
}
END_TEST

START_TEST(what_is_plain_stays)
{
    CHECK("a b/c'd~", "\"a b/c'd~\"");
}
END_TEST

START_TEST(what_json_means_something_by_is_escaped)
{
    CHECK("\"\\", "\"\\\"\\\\\"");
}
END_TEST

START_TEST(it_is_one_line_whatever_the_bytes_are)
{
    CHECK("a\nb\tc\rd\be\ff", "\"a\\nb\\tc\\rd\\be\\ff\"");
    CHECK("\0\1\x1b\x1f\x7f", "\"\\u0000\\u0001\\u001b\\u001f\\u007f\"");
}
END_TEST

START_TEST(valid_utf8_passes)
{
    CHECK("\xC3\xA4 \xE2\x82\xAC \xF0\x9F\x98\x80", "\"\xC3\xA4 \xE2\x82\xAC \xF0\x9F\x98\x80\"");
}
END_TEST

START_TEST(each_byte_that_is_no_character_is_replaced)
{
    CHECK("a\xFFz", "\"a\xEF\xBF\xBDz\"");
    CHECK("\xC3", "\"\xEF\xBF\xBD\"");                                 /* cut off */
    CHECK("\xC0\x80", "\"\xEF\xBF\xBD\xEF\xBF\xBD\"");                 /* longer than it must be */
    CHECK("\xED\xA0\x80", "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\""); /* a surrogate */
    CHECK("\xE2\x82z", "\"\xEF\xBF\xBD\xEF\xBF\xBDz\"");               /* broken by another */
    CHECK("\xF4\x90\x80\x80", "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\""); /* beyond Unicode */
}
END_TEST

START_TEST(a_member_that_is_no_text_goes_by_another_name)
{
    struct buffer out = BUFFER_INIT;
    json_member(&out, "a", "\xC3\xA4", 2);
    json_member(&out, "b", "x\xFF", 2);
    json_member(&out, "c", NULL, 0);
    buffer_append_byte(&out, '\0');
    ck_assert_str_eq(buffer_bytes(&out), "\"a\":\"\xC3\xA4\"\"b_base64\":\"eP8=\"\"c\":\"\"");
    buffer_release(&out);
}
END_TEST

UNIT_MAIN("json")
{
    tcase_add_test(tests, a_member_that_is_no_text_goes_by_another_name);
    tcase_add_test(tests, an_empty_text_is_two_quotes);
    tcase_add_test(tests, what_is_plain_stays);
    tcase_add_test(tests, what_json_means_something_by_is_escaped);
    tcase_add_test(tests, it_is_one_line_whatever_the_bytes_are);
    tcase_add_test(tests, valid_utf8_passes);
    tcase_add_test(tests, each_byte_that_is_no_character_is_replaced);
}
