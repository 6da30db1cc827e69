#include "unit.h"

#include "trace/svg.h"

static struct buffer out;

/* What was put so far is `wanted`; begin anew. */
static void check(const char *wanted)
{
    buffer_append_byte(&out, '\0');
    ck_assert_str_eq(buffer_bytes(&out), wanted);
    buffer_clear(&out);
}

static void text(const char *bytes, size_t columns, const char *wanted)
{
    svg_text(&out, bytes, strlen(bytes), columns);
    check(wanted);
}

START_TEST(what_means_something_in_xml_is_escaped)
{
    text("a<b> & \"c\" 'd'", SVG_ALL, "a&lt;b&gt; &amp; &quot;c&quot; &#39;d&#39;");
}
END_TEST

START_TEST(what_xml_can_not_hold_is_shown_as_its_bytes)
{
    svg_text(&out, "a\0b\n\x1b\x7f", 6, SVG_ALL);
    check("a\\x00b\\x0a\\x1b\\x7f");
    text("\xff\xfe", SVG_ALL, "\\xff\\xfe");
}
END_TEST

START_TEST(valid_characters_pass_but_for_those_that_xml_excludes)
{
    text("Gr\xC3\xBC\xC3\x9F"
         "e \xF0\x9F\x8E\x89",
         SVG_ALL,
         "Gr\xC3\xBC\xC3\x9F"
         "e \xF0\x9F\x8E\x89");
    text("\xEF\xBF\xBE\xEF\xBF\xBF", SVG_ALL, "\xEF\xBF\xBD\xEF\xBF\xBD");
    text("\xEF\xBC\xA1", SVG_ALL, "\xEF\xBC\xA1");
}
END_TEST

START_TEST(what_is_too_long_ends_in_an_ellipsis)
{
    text("abcdef", 6, "abcdef");
    text("abcdefg", 6, "abcde\xE2\x80\xA6");
    text("<<<<<<<", 3, "&lt;&lt;\xE2\x80\xA6");
    text("abc", 0, "\xE2\x80\xA6");
    text("", 0, "");
}
END_TEST

START_TEST(wide_characters_take_two_columns)
{
    text("\xE6\x97\xA5\xE6\x9C\xAC", 4, "\xE6\x97\xA5\xE6\x9C\xAC");
    text("\xE6\x97\xA5\xE6\x9C\xAC", 3, "\xE6\x97\xA5\xE2\x80\xA6");
    text("e\xCC\x81"
         "a",
         2,
         "e\xCC\x81"
         "a"); /* and an accent that is apart takes none */
}
END_TEST

/* Cut within a character, too. */
START_TEST(of_a_huge_text_the_begin_is_there)
{
    char *huge = malloc(3 * SVG_TEXT_MAX);
    ck_assert_ptr_nonnull(huge);
    memset(huge, '\xff', 3 * SVG_TEXT_MAX);
    svg_text(&out, huge, 3 * SVG_TEXT_MAX, SVG_ALL);
    ck_assert_uint_eq(buffer_length(&out), 4 * SVG_TEXT_MAX + 3);
    free(huge);
    buffer_clear(&out);
}
END_TEST

START_TEST(numbers_are_for_people)
{
    svg_count(&out, 0);
    check("0");
    svg_count(&out, 999);
    check("999");
    svg_count(&out, 1000);
    check("1,000");
    svg_count(&out, UINT64_MAX);
    check("18,446,744,073,709,551,615");
    svg_bytes(&out, 1023);
    check("1023 bytes");
    svg_bytes(&out, 1536);
    check("1.5 KiB");
    svg_bytes(&out, 300 * MIB);
    check("300 MiB");
    svg_bytes(&out, UINT64_MAX);
    check("16.0 EiB");
    svg_duration(&out, 1500 * NS_PER_MS);
    check("1.5 s");
    svg_duration(&out, 0);
    check("0 s");
    svg_duration(&out, 12 * NS_PER_US);
    check("12 \xC2\xB5s");
}
END_TEST

UNIT_MAIN("svg")
{
    tcase_add_test(tests, what_means_something_in_xml_is_escaped);
    tcase_add_test(tests, what_xml_can_not_hold_is_shown_as_its_bytes);
    tcase_add_test(tests, valid_characters_pass_but_for_those_that_xml_excludes);
    tcase_add_test(tests, what_is_too_long_ends_in_an_ellipsis);
    tcase_add_test(tests, wide_characters_take_two_columns);
    tcase_add_test(tests, of_a_huge_text_the_begin_is_there);
    tcase_add_test(tests, numbers_are_for_people);
}
