#include "unit.h"

#include "input/record_bounds.h"

static struct record_bounds records;
static char why[128];

static int try_compile(const char *end, const char *start, bool is_expression)
{
    return record_bounds_compile(&records, end, start, is_expression, why, sizeof why);
}

static void compile(const char *end, const char *start, bool is_expression)
{
    record_bounds_release(&records);
    ck_assert_int_eq(try_compile(end, start, is_expression), 0);
}

static void end(void)
{
    record_bounds_release(&records);
}

/* Of a text without NUL, that is all there is. */
static size_t last(const char *text)
{
    return record_bounds_last(&records, text, strlen(text), 0, 0);
}

static size_t next(const char *text, size_t from)
{
    return record_bounds_next(&records, text, strlen(text), from, 0, 0);
}

/* All boundaries, one after the other. */
static void expect_each(const char *text, const size_t *wanted, size_t count)
{
    size_t from = 0;
    for (size_t i = 0; i < count; i++) {
        from = next(text, from);
        ck_assert_uint_eq(from, wanted[i]);
    }
    ck_assert(from == strlen(text) || next(text, from) == 0);
}

START_TEST(a_line_is_a_record_unless_told_otherwise)
{
    compile(NULL, NULL, false);
    expect_each("a\n\nb\nc", (size_t[]){2, 3, 5}, 3);
    ck_assert_uint_eq(last("a\nb\nc"), 4);
    ck_assert_uint_eq(last("a\n"), 2);
    ck_assert_uint_eq(last("a"), 0);
    ck_assert_uint_eq(last(""), 0);
    ck_assert_uint_eq(next("", 0), 0);
}
END_TEST

START_TEST(an_end_may_be_of_several_bytes)
{
    compile("ab", NULL, false);
    expect_each("xabyabab.", (size_t[]){3, 6, 8}, 3);
    ck_assert_uint_eq(last("xabyaba"), 6);
    ck_assert_uint_eq(last("a"), 0);
    ck_assert_uint_eq(last("ba"), 0);
}
END_TEST

START_TEST(a_start_begins_the_next_record_and_not_the_first)
{
    compile(NULL, ">", false);
    expect_each(">a\n>b>", (size_t[]){3, 5}, 2);
    ck_assert_uint_eq(last(">a\n>b"), 3);
    ck_assert_uint_eq(last(">a"), 0);
    compile(NULL, "->", false);
    expect_each("->a-->b", (size_t[]){4}, 1);
    ck_assert_uint_eq(last("->a->b-"), 3);
}
END_TEST

START_TEST(with_both_a_boundary_is_between_the_two)
{
    compile("\\n", ">", false);
    expect_each(">a\nb\n>c>\n>", (size_t[]){5, 9}, 2);
    ck_assert_uint_eq(last(">a\nb\n>c\n"), 5);
    ck_assert_uint_eq(last(">a\nb\n"), 0);
}
END_TEST

START_TEST(escapes_stand_for_any_byte)
{
    compile("\\x41\\t", NULL, false);
    ck_assert_uint_eq(last("A\tb"), 2);
    compile("\\0", NULL, false);
    ck_assert_uint_eq(record_bounds_last(&records, "a\0b\0c", 5, 0, 0), 4);
    ck_assert_uint_eq(record_bounds_next(&records, "a\0b\0c", 5, 0, 0, 0), 2);
    compile("\\\\n", NULL, false);
    ck_assert_uint_eq(last("a\nb\\nc"), 5);
    compile("a\\q", NULL, false); /* none of ours: it stays */
    ck_assert_uint_eq(last("a\\q "), 3);
    compile("\\xff", NULL, false);
    ck_assert_uint_eq(last("a\xff!"), 2);
}
END_TEST

START_TEST(of_nothing_there_are_no_records)
{
    ck_assert_int_eq(try_compile("", NULL, false), -1);
    ck_assert_int_eq(try_compile("", "", false), -1);
    ck_assert_int_eq(try_compile("", "", true), -1);
}
END_TEST

START_TEST(so_many_lines_make_one)
{
    compile(NULL, NULL, false);
    records.lines = 3;
    ck_assert_uint_eq(next("a\nb\nc\nd\ne\n", 0), 6);
    ck_assert_uint_eq(next("a\nb\nc\nd\ne\n", 6), 0);
    ck_assert_uint_eq(next("a\nb\n", 0), 0);
}
END_TEST

START_TEST(an_expression_says_what_ends_a_record)
{
    compile("[;,]", NULL, true);
    expect_each("a;b,;c", (size_t[]){2, 4, 5}, 3);
    ck_assert_uint_eq(last("a;b,c"), 4);
    ck_assert_uint_eq(last("abc"), 0);
    compile("a|bb", NULL, true);
    expect_each("xaybbz", (size_t[]){2, 5}, 2);
    compile("\\n\\n+", NULL, true);
    expect_each("a\nb\n\n\nc", (size_t[]){6}, 1);
    compile("\\.", NULL, true);
    expect_each("ab.c", (size_t[]){3}, 1);
}
END_TEST

START_TEST(an_expression_says_what_starts_one)
{
    compile(NULL, "[0-9]", true);
    expect_each("1a2b", (size_t[]){2}, 1);
    ck_assert_uint_eq(last("1a2b3c"), 4);
    compile("\\n|;", "a|b", true);
    expect_each("x\nc\na;b", (size_t[]){4, 6}, 2);
}
END_TEST

START_TEST(an_expression_with_groups_or_nul_bytes_around)
{
    compile("(x|y)(z)", NULL, true);
    expect_each("axzbyz.", (size_t[]){3, 6}, 2);
    compile(";", NULL, true);
    ck_assert_uint_eq(record_bounds_last(&records, "a\0;b\0;c", 7, 0, 0), 6);
}
END_TEST

/* More may follow, which the match would go on with. */
START_TEST(a_match_up_to_the_end_of_what_is_known_is_none_yet)
{
    compile("x+", NULL, true);
    ck_assert_uint_eq(record_bounds_next(&records, "axx", 3, 0, 0, RECORDS_MORE), 0);
    ck_assert_uint_eq(record_bounds_last(&records, "axx", 3, 0, RECORDS_MORE), 0);
    ck_assert_uint_eq(record_bounds_next(&records, "axx", 3, 0, 0, 0), 3);
    ck_assert_uint_eq(record_bounds_last(&records, "axx", 3, 0, 0), 3);
    ck_assert_uint_eq(record_bounds_next(&records, "axxa", 4, 0, 0, RECORDS_MORE), 3);
    ck_assert_uint_eq(record_bounds_last(&records, "xaxxaxx", 7, 0, RECORDS_MORE), 4);
    ck_assert_uint_eq(record_bounds_last(&records, "xaxxaxx", 7, 0, RECORDS_MORE | RECORDS_MIDDLE), 4);
    /* A text can't go on. */
    compile("xx", NULL, false);
    ck_assert_uint_eq(record_bounds_next(&records, "axx", 3, 0, 0, RECORDS_MORE), 3);
    ck_assert_uint_eq(record_bounds_last(&records, "axx", 3, 0, RECORDS_MORE), 3);
}
END_TEST

START_TEST(the_ends_of_what_is_known_are_not_those_of_the_text)
{
    compile("^ab|;$", NULL, true);
    ck_assert_uint_eq(record_bounds_next(&records, "abab;", 5, 0, 0, 0), 2);
    ck_assert_uint_eq(record_bounds_next(&records, "abab;", 5, 2, 0, 0), 5);
    ck_assert_uint_eq(record_bounds_next(&records, "abab;", 5, 0, 0, RECORDS_MIDDLE), 5);
    ck_assert_uint_eq(record_bounds_next(&records, "abab;", 5, 0, 0, RECORDS_MIDDLE | RECORDS_MORE), 0);
    ck_assert_uint_eq(record_bounds_last(&records, "abab;", 5, 0, RECORDS_MORE), 2);
    ck_assert_uint_eq(record_bounds_last(&records, "abab;", 5, 0, RECORDS_MIDDLE | RECORDS_MORE), 0);
}
END_TEST

START_TEST(what_is_no_expression_is_said)
{
    ck_assert_int_eq(try_compile("(", NULL, true), -1);
    ck_assert_uint_gt(strlen(why), 0);
    ck_assert_int_eq(try_compile("a", "[", true), -1);
    ck_assert_int_eq(try_compile("a)(b", NULL, true), -1);
}
END_TEST

START_TEST(what_matches_an_empty_text_is_refused)
{
    static const char *const pairs[][2] = {{"x*", NULL}, {NULL, "a|"}, {"a", "^"}, {"$", "b"}, {"()", "c"}};
    for (size_t i = 0; i < ARRAY_LENGTH(pairs); i++) {
        ck_assert_int_eq(try_compile(pairs[i][0], pairs[i][1], true), -1);
        ck_assert_ptr_nonnull(strstr(why, "empty"));
        record_bounds_release(&records);
    }
}
END_TEST

START_TEST(a_period_matches_no_newline)
{
    compile("a.", NULL, true);
    expect_each("a\nab.", (size_t[]){4}, 1);
    compile("a[^x]", "[.]", true);
    expect_each("a\n.a-..", (size_t[]){2, 5}, 2);
    compile("\\.\\n", NULL, true);
    expect_each("ab\n.\nc", (size_t[]){5}, 1);
}
END_TEST

/* What is looked for on behind it is found all the same, in time that does not grow with what was seen. */
START_TEST(what_was_seen_in_vain_is_not_looked_at_again)
{
    static char text[2 * EXPRESSION_SEEN];
    memset(text, 'a', sizeof text);
    memcpy(text + EXPRESSION_SEEN, "xy>", 3);
    static const bool ways[] = {false, true};
    for (size_t i = 0; i < ARRAY_LENGTH(ways); i++) {
        compile("xy", ">", ways[i]);
        for (size_t seen = 0; seen <= EXPRESSION_SEEN + 2; seen += seen < EXPRESSION_SEEN - 4 ? 97 : 1) {
            ck_assert_uint_eq(record_bounds_last(&records, text, sizeof text, seen, 0), EXPRESSION_SEEN + 2);
            ck_assert_uint_eq(record_bounds_next(&records, text, sizeof text, 0, seen, 0),
                              EXPRESSION_SEEN + 2);
            ck_assert_uint_eq(record_bounds_next(&records, text, sizeof text, EXPRESSION_SEEN + 2, seen, 0),
                              0);
        }
    }
}
END_TEST

/* ---- chance, against the plainest way to say it ---- */

static bool is_boundary(const char *text, size_t length, size_t at, const char *stop, const char *begin)
{
    return at >= strlen(stop) && memcmp(text + at - strlen(stop), stop, strlen(stop)) == 0 &&
           length - at >= strlen(begin) && memcmp(text + at, begin, strlen(begin)) == 0;
}

START_TEST(texts_agree_with_a_search_byte_by_byte)
{
    static const char *const texts[][2] = {{"a", ""},  {"ab", ""}, {"aa", ""},   {"aba", ""}, {"", "a"},
                                           {"", "ab"}, {"a", "b"}, {"ab", "ab"}, {"a", "a"},  {"aab", "ba"}};
    uint64_t state = 3;
    for (size_t round = 0; round < 20000; round++) {
        const char *const *pair = texts[unit_below(&state, ARRAY_LENGTH(texts))];
        char text[24];
        size_t length = unit_below(&state, sizeof text), wanted = 0, from;
        for (size_t i = 0; i < length; i++)
            text[i] = (char)('a' + unit_below(&state, 3));
        compile(pair[0], pair[1], false);
        for (size_t at = 1; at <= length; at++)
            if (is_boundary(text, length, at, pair[0], pair[1]))
                wanted = at;
        ck_assert_uint_eq(record_bounds_last(&records, text, length, 0, 0), wanted);
        from = unit_below(&state, length + 1);
        for (wanted = from + 1; wanted <= length; wanted++)
            if (wanted >= from + strlen(pair[0]) && is_boundary(text, length, wanted, pair[0], pair[1]))
                break;
        ck_assert_uint_eq(record_bounds_next(&records, text, length, from, 0, 0),
                          wanted > length ? 0 : wanted);
        record_bounds_release(&records);
    }
}
END_TEST

UNIT_MAIN("record_bounds")
{
    tcase_add_checked_fixture(tests, NULL, end);
    tcase_add_test(tests, a_line_is_a_record_unless_told_otherwise);
    tcase_add_test(tests, an_end_may_be_of_several_bytes);
    tcase_add_test(tests, a_start_begins_the_next_record_and_not_the_first);
    tcase_add_test(tests, with_both_a_boundary_is_between_the_two);
    tcase_add_test(tests, escapes_stand_for_any_byte);
    tcase_add_test(tests, of_nothing_there_are_no_records);
    tcase_add_test(tests, so_many_lines_make_one);
    tcase_add_test(tests, an_expression_says_what_ends_a_record);
    tcase_add_test(tests, an_expression_says_what_starts_one);
    tcase_add_test(tests, an_expression_with_groups_or_nul_bytes_around);
    tcase_add_test(tests, a_match_up_to_the_end_of_what_is_known_is_none_yet);
    tcase_add_test(tests, the_ends_of_what_is_known_are_not_those_of_the_text);
    tcase_add_test(tests, what_is_no_expression_is_said);
    tcase_add_test(tests, what_matches_an_empty_text_is_refused);
    tcase_add_test(tests, a_period_matches_no_newline);
    tcase_add_test(tests, what_was_seen_in_vain_is_not_looked_at_again);
    tcase_add_test(tests, texts_agree_with_a_search_byte_by_byte);
}
