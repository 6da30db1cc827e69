#include "unit.h"

#include "observers/verdict.h"

static char text[VERDICT_SIZE];

/* Ten seconds of a machine with 8 processors. */
static struct verdict_figures figures_of(unsigned workers, double work, double processor)
{
    return (struct verdict_figures){.wall = 10 * NS_PER_S,
                                    .work = (nanoseconds)(work * (double)NS_PER_S),
                                    .processor = (nanoseconds)(processor * (double)NS_PER_S),
                                    .workers = workers,
                                    .processors = 8};
}

static void expect(const struct verdict_figures *figures, const char *start, const char *part)
{
    verdict_write(figures, text);
    ck_assert_msg(strncmp(text, start, strlen(start)) == 0, "'%s' does not begin with '%s'", text, start);
    ck_assert_msg(strstr(text, part) != NULL, "'%s' is not in '%s'", part, text);
}

START_TEST(of_nothing_nothing_is_said)
{
    struct verdict_figures figures = figures_of(0, 0, 0);
    ck_assert_str_eq(verdict_write(&figures, text), "");
    figures = figures_of(4, 0, 0);
    ck_assert_str_eq(verdict_write(&figures, text), "");
    figures = figures_of(4, 1, 0);
    figures.wall = 0;
    ck_assert_str_eq(verdict_write(&figures, text), "");
}
END_TEST

START_TEST(who_worked_all_the_time_was_worth_it)
{
    struct verdict_figures figures = figures_of(8, 79, 60);
    ck_assert_double_eq_tol(verdict_speed_up(&figures), 7.9, 0.001);
    expect(&figures, "Yes: 8 processes were as good as 7.9 that never wait; 99 % of their time was work.",
           "");
    ck_assert_ptr_null(strstr(text, "lost"));
}
END_TEST

START_TEST(half_of_the_time_is_in_part_and_little_is_no)
{
    struct verdict_figures figures = figures_of(8, 45, 30);
    expect(&figures, "In part: ", "as good as 4.5");
    figures = figures_of(8, 20, 10);
    expect(&figures, "No: ", "as good as 2.0");
    figures = figures_of(2, 11, 10);
    expect(&figures, "No: ", "as good as 1.1");
}
END_TEST

START_TEST(one_process_is_not_compared)
{
    struct verdict_figures figures = figures_of(1, 9, 9);
    expect(&figures, "One process did it all; 90 % of its time was work.", "");
}
END_TEST

/* Their time was longer for waiting for processors: it must not be taken for work well done. */
START_TEST(more_processes_than_processors_that_compute_are_no_gain)
{
    struct verdict_figures figures = figures_of(16, 158, 78);
    expect(&figures, "No: 16 processes shared 8 processors, busy for 98 % of the time; as many processes",
           "done as well");
    figures.processors = 1;
    figures.processor = 10 * NS_PER_S;
    expect(&figures, "No: 16 processes shared 1 processor, busy", "one would have done as well");
    /* Nor are they where others use them as well. */
    figures = figures_of(16, 158, 40);
    figures.waited = 9 * NS_PER_S;
    expect(&figures, "Hardly: 16 processes got 50 % of 8 processors, for which something waited 90 %", "");
    figures.workers = 8; /* which is not too many */
    expect(&figures, "Yes: ", "8 processes");
    /* But those that sleep are, whatever others do. */
    figures = figures_of(16, 158, 5);
    figures.waited = 10 * NS_PER_S;
    expect(&figures, "Yes: ", "16 processes");
}
END_TEST

START_TEST(what_cost_most_is_named)
{
    static const struct {
        enum pool_idle idle;
        const char *says;
    } rows[] = {{POOL_IDLE_INPUT, "50 % was lost while the input had nothing"},
                {POOL_IDLE_OUTPUT, "50 % was lost while nobody took their output"},
                {POOL_IDLE_HELD, "50 % was lost while tasks were held back"},
                {POOL_IDLE_END,
                 "lost at the end, where too few tasks were left for all of them; the last was item 7 'x'."}};
    for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
        struct verdict_figures figures = figures_of(8, 36, 10);
        figures.last = "item 7 'x'";
        figures.idle[rows[i].idle] = 40 * NS_PER_S;
        expect(&figures, "In part: ", rows[i].says);
    }
    struct verdict_figures figures = figures_of(8, 36, 10);
    figures.idle[POOL_IDLE_END] = 4 * NS_PER_S;
    expect(&figures, "In part: ", "50 % was lost between tasks");
}
END_TEST

START_TEST(short_commands_are_advised_to_be_fewer)
{
    struct verdict_figures figures = figures_of(4, 39, 30);
    figures.median = NS_PER_MS;
    expect(&figures, "Yes: ", "mostly their own start");
    figures.median = NS_PER_S;
    verdict_write(&figures, text);
    ck_assert_ptr_null(strstr(text, "their own start"));
}
END_TEST

START_TEST(the_longest_fits)
{
    char last[120];
    memset(last, 'x', sizeof last - 1);
    last[sizeof last - 1] = '\0';
    struct verdict_figures figures = figures_of(4000, 1, 1);
    figures.idle[POOL_IDLE_END] = 39000 * NS_PER_S;
    figures.last = last;
    figures.median = 1;
    expect(&figures, "No: ", "give a process more to do.");
}
END_TEST

UNIT_MAIN("verdict")
{
    tcase_add_test(tests, of_nothing_nothing_is_said);
    tcase_add_test(tests, who_worked_all_the_time_was_worth_it);
    tcase_add_test(tests, half_of_the_time_is_in_part_and_little_is_no);
    tcase_add_test(tests, one_process_is_not_compared);
    tcase_add_test(tests, more_processes_than_processors_that_compute_are_no_gain);
    tcase_add_test(tests, what_cost_most_is_named);
    tcase_add_test(tests, short_commands_are_advised_to_be_fewer);
    tcase_add_test(tests, the_longest_fits);
}
