#include "unit.h"

#include "base/width.h"
#include "display/progress_line.h"

#include <limits.h>

static const struct progress_style bar = {.bar = true}, progress = {.progress = true}, eta = {.eta = true},
                                   all = {true, true, true};

/* Everything that there can be. */
static const struct progress_figures full = {.done = 400,
                                             .failed = 2,
                                             .skipped = 50,
                                             .total = 1000,
                                             .knows_running = true,
                                             .running = 4,
                                             .rate = 12.34,
                                             .left = 45 * NS_PER_S - NS_PER_MS,
                                             .longest = 14 * NS_PER_S + 900 * NS_PER_MS,
                                             .item = "an item"};

static char text[PROGRESS_LINE_SIZE];

static void expect(const struct progress_figures *figures, const struct progress_style *style,
                   unsigned columns, const char *wanted)
{
    size_t length = progress_line(text, figures, style, columns);
    ck_assert_str_eq(text, wanted);
    ck_assert_uint_eq(length, strlen(wanted));
}

START_TEST(each_option_adds_its_part)
{
    expect(&full, &bar, 80, " 45% [#################---------------------] 450/1000, 2 failed, 50 skipped");
}
END_TEST

START_TEST(numbers_only)
{
    expect(&full, &progress, 120, "450/1000, 2 failed, 50 skipped, 4 running, 12.3/s, 14 s: an item");
    expect(&full, &eta, 120, "450/1000, 2 failed, 50 skipped, 45 s left");
}
END_TEST

START_TEST(all_of_it_is_one_line)
{
    expect(&full, &all, 120,
           " 45% [########----------] 450/1000, 2 failed, 50 skipped, 4 running, 12.3/s, 45 s left, 14 s: an "
           "item");
}
END_TEST

START_TEST(without_a_total_there_is_no_share_and_no_time)
{
    struct progress_figures figures = full;
    figures.total = 0;
    figures.skipped = 0;
    expect(&figures, &all, 120, "400 done, 2 failed, 4 running, 12.3/s, 14 s: an item");
}
END_TEST

START_TEST(a_total_that_was_wrong_is_none)
{
    const struct progress_figures figures = {.done = 11, .total = 10, .left = CLOCK_NEVER};
    expect(&figures, &all, 80, "11 done");
}
END_TEST

START_TEST(a_hundred_per_cent_is_all)
{
    struct progress_figures figures = {.done = 999999, .total = 1000000, .left = CLOCK_NEVER};
    expect(&figures, &bar, 30, " 99% [#######-] 999999/1000000");
}
END_TEST

/* Whatever the room, the line keeps to it, and is never empty without need. */
START_TEST(no_line_is_wider_than_its_columns)
{
    struct progress_figures figures = full;
    figures.item = "\xe4\xb8\xad\xe6\x96\x87\xe4\xb8\xad\xe6\x96\x87 and \xe4\xb8\xad\xe6\x96\x87 e\xcc\x81"
                   "e\xcc\x81 and so on, and on, and on, and on, and on, and on, and on, and on";
    for (unsigned columns = 0; columns < 300; columns++) {
        size_t length = progress_line(text, &figures, &all, columns);
        ck_assert_uint_eq(length, strlen(text));
        ck_assert_uint_le(width_text(text, length), columns);
        ck_assert(columns < 4 || length > 0);
    }
    size_t most = progress_line(text, &figures, &all, UINT_MAX);
    ck_assert_uint_lt(most, PROGRESS_LINE_SIZE);
    ck_assert_ptr_nonnull(strstr(text, "14 s: \xe4\xb8\xad"));
}
END_TEST

START_TEST(nothing_fits_no_columns)
{
    expect(&full, &all, 0, "");
    expect(&full, &all, 1, "");
    expect(&full, &all, 4, " 45%");
}
END_TEST

START_TEST(a_long_item_is_cut_between_characters)
{
    struct progress_figures figures = {.done = 1,
                                       .left = CLOCK_NEVER,
                                       .longest = NS_PER_S,
                                       .item = "a\xe4\xb8\xad\xe4\xb8\xad\xe4\xb8\xad\xe4\xb8\xad"};
    expect(&figures, &progress, 30, "1 done, 1 s: a\xe4\xb8\xad\xe4\xb8\xad\xe4\xb8\xad\xe4\xb8\xad");
    expect(&figures, &progress, 22, "1 done, 1 s: a\xe4\xb8\xad\xe4\xb8\xad\xe4\xb8\xad\xe4\xb8\xad");
    expect(&figures, &progress, 21, "1 done, 1 s: a\xe4\xb8\xad\xe4\xb8\xad...");
    expect(&figures, &progress, 20, "1 done, 1 s: a\xe4\xb8\xad...");
    expect(&figures, &progress, 16, "1 done, 1 s: ...");
    expect(&figures, &progress, 15, "1 done");
}
END_TEST

START_TEST(rates_are_told_by_the_second_the_minute_or_the_hour)
{
    struct progress_figures figures = {.done = 1, .left = CLOCK_NEVER};
    const struct {
        double rate;
        const char *text;
    } cases[] = {{1234567, "1 done, 1234567/s"}, {100, "1 done, 100/s"},     {99.9, "1 done, 99.9/s"},
                 {1, "1 done, 1.0/s"},           {0.5, "1 done, 30.0/min"},  {1.0 / 60, "1 done, 1.0/min"},
                 {0.01, "1 done, 36.0/h"},       {0.000001, "1 done, 0.0/h"}};
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        figures.rate = cases[i].rate;
        expect(&figures, &progress, 80, cases[i].text);
    }
}
END_TEST

START_TEST(the_time_left_is_whole_seconds_and_not_nothing)
{
    struct progress_figures figures = {.done = 1, .total = 2};
    figures.left = 1;
    expect(&figures, &eta, 80, "1/2, 1 s left");
    figures.left = 7300 * NS_PER_S;
    expect(&figures, &eta, 80, "1/2, 2 h 1 min left");
    figures.left = CLOCK_NEVER;
    expect(&figures, &eta, 80, "1/2");
}
END_TEST

START_TEST(at_the_end_stands_what_it_took)
{
    struct progress_figures figures = {.done = 2, .total = 2, .left = CLOCK_NEVER, .took = 3 * NS_PER_S};
    expect(&figures, &eta, 80, "2/2, in 3 s");
    expect(&figures, &progress, 80, "2/2, in 3 s");
    expect(&figures, &bar, 29, "100% [############] 2/2");
}
END_TEST

UNIT_MAIN("progress_line")
{
    tcase_add_test(tests, each_option_adds_its_part);
    tcase_add_test(tests, numbers_only);
    tcase_add_test(tests, all_of_it_is_one_line);
    tcase_add_test(tests, without_a_total_there_is_no_share_and_no_time);
    tcase_add_test(tests, a_total_that_was_wrong_is_none);
    tcase_add_test(tests, a_hundred_per_cent_is_all);
    tcase_add_test(tests, no_line_is_wider_than_its_columns);
    tcase_add_test(tests, nothing_fits_no_columns);
    tcase_add_test(tests, a_long_item_is_cut_between_characters);
    tcase_add_test(tests, rates_are_told_by_the_second_the_minute_or_the_hour);
    tcase_add_test(tests, the_time_left_is_whole_seconds_and_not_nothing);
    tcase_add_test(tests, at_the_end_stands_what_it_took);
}
