#include "unit.h"

#include "proc/signals.h"
#include "template/expression.h"

static struct expression expression;
static struct expression_match match;

static void compile(const char *text)
{
    char why[128];
    ck_assert_int_eq(expression_compile(&expression, text, why, sizeof why), 0);
}

static void end(void)
{
    expression_release(&expression);
}

static void expect(const char *text, size_t length, size_t from, unsigned how, size_t begin, size_t behind)
{
    ck_assert(expression_find(&expression, text, length, from, how, &match));
    ck_assert_uint_eq(match.begin, begin);
    ck_assert_uint_eq(match.end, behind);
}

static void expect_none(const char *text, size_t length, size_t from, unsigned how)
{
    ck_assert(!expression_find(&expression, text, length, from, how, &match));
}

START_TEST(matches_are_told_as_they_stand_in_the_text)
{
    compile("b+");
    expect("abbcb", 5, 0, 0, 1, 3);
    expect("abbcb", 5, 3, 0, 4, 5);
    expect_none("abbcb", 4, 3, 0);
    expect_none("", 0, 0, 0);
}
END_TEST

START_TEST(only_what_is_an_end_of_the_text_is_one)
{
    compile("^a|b$");
    expect("aab", 3, 0, 0, 0, 1);
    expect("aab", 3, 1, 0, 2, 3);
    expect_none("aab", 3, 0, EXPRESSION_MIDDLE | EXPRESSION_MORE);
    expect_none("aab", 3, 1, EXPRESSION_MORE);
}
END_TEST

START_TEST(the_first_group_divides_a_match_where_that_is_wanted)
{
    compile("(ab)(c)");
    expression.is_divided = true;
    expect("xabc", 4, 0, 0, 1, 4);
    ck_assert_uint_eq(match.middle, 3);
}
END_TEST

static char text[16 * EXPRESSION_SEEN];

/* Wherever it stands, as if the text were looked at in one piece. */
START_TEST(pieces_hide_no_match)
{
    uint64_t state = 3;
    compile("^x|xy*z");
    for (int round = 0; round < 40; round++) {
        size_t begin = 1 + unit_below(&state, sizeof text / 2),
               length = 2 + unit_below(&state, EXPRESSION_SEEN - 2);
        memset(text, 'a', sizeof text);
        memset(text + begin, 'y', length);
        text[begin] = 'x';
        text[begin + length - 1] = 'z';
        expect(text, sizeof text, 0, 0, begin, begin + length);
        expect_none(text, sizeof text, begin + 1, 0);
    }
}
END_TEST

START_TEST(a_match_that_reaches_over_a_piece_is_followed_to_its_end)
{
    compile(";+");
    memset(text, 'a', sizeof text);
    memset(text + 5000, ';', 50000);
    expect(text, sizeof text, 0, 0, 5000, 55000);
    memset(text + 5000, ';', sizeof text - 5000);
    expect(text, sizeof text, 0, EXPRESSION_MORE, 5000, sizeof text);
}
END_TEST

/* regexec would try each beginning up to the end of the text. */
START_TEST(what_is_never_found_takes_time_by_the_length_of_the_text)
{
    compile("a*b");
    memset(text, 'a', sizeof text);
    expect_none(text, sizeof text, 0, 0);
    text[sizeof text - 1] = 'b';
    ck_assert(expression_find(&expression, text, sizeof text, 0, 0, &match));
    ck_assert_uint_eq(match.end, sizeof text);
}
END_TEST

START_TEST(a_signal_that_wants_the_end_breaks_it_off)
{
    signals_start();
    compile("b");
    memset(text, 'a', sizeof text);
    text[sizeof text - 1] = 'b';
    expect(text, sizeof text, 0, EXPRESSION_HEARS, sizeof text - 1, sizeof text);
    ck_assert(!signals_end_is_pending());
    ck_assert_int_eq(raise(SIGUSR1), 0);
    ck_assert(!signals_end_is_pending());
    ck_assert_int_eq(raise(SIGTERM), 0);
    ck_assert(signals_end_is_pending());
    expect_none(text, sizeof text, 0, EXPRESSION_HEARS);
    expect(text, sizeof text, 0, 0, sizeof text - 1, sizeof text);
}
END_TEST

UNIT_MAIN("expression")
{
    tcase_add_checked_fixture(tests, NULL, end);
    tcase_add_test(tests, matches_are_told_as_they_stand_in_the_text);
    tcase_add_test(tests, only_what_is_an_end_of_the_text_is_one);
    tcase_add_test(tests, the_first_group_divides_a_match_where_that_is_wanted);
    tcase_add_test(tests, pieces_hide_no_match);
    tcase_add_test(tests, a_match_that_reaches_over_a_piece_is_followed_to_its_end);
    tcase_add_test(tests, what_is_never_found_takes_time_by_the_length_of_the_text);
    tcase_add_test(tests, a_signal_that_wants_the_end_breaks_it_off);
}
