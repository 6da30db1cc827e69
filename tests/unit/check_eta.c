#include "unit.h"

#include "display/eta.h"

#define START (1000 * NS_PER_S)

static struct eta eta;

/* From now on so many tasks end in a second, for `seconds`, told ten times a second. Returns the time
 * then. */
static nanoseconds run(nanoseconds now, uint64_t each_second, unsigned seconds)
{
    for (unsigned i = 1; i <= seconds * 10; i++)
        eta_update(&eta, eta.done + (each_second * i / 10 - each_second * (i - 1) / 10),
                   now + i * 100 * NS_PER_MS);
    return now + seconds * NS_PER_S;
}

static void check_near(double got, double wanted, double part)
{
    ck_assert_msg(got > wanted * (1 - part) && got < wanted * (1 + part), "%f is not near %f", got, wanted);
}

START_TEST(nothing_is_known_before_a_task_has_ended)
{
    eta_begin(&eta, START);
    ck_assert_double_eq(eta_rate(&eta, START + NS_PER_S), 0);
    ck_assert(eta_left(&eta, 10, START + NS_PER_S) == CLOCK_NEVER);
    eta_update(&eta, 0, START + NS_PER_S);
    ck_assert(eta_left(&eta, 10, START + NS_PER_S) == CLOCK_NEVER);
}
END_TEST

START_TEST(a_steady_tempo_is_found_at_once_and_kept)
{
    eta_begin(&eta, START);
    nanoseconds now = run(START, 50, 1);
    check_near(eta_rate(&eta, now), 50, 0.01);
    now = run(now, 50, 100);
    check_near(eta_rate(&eta, now), 50, 0.01);
    check_near((double)eta_left(&eta, 500, now), 10e9, 0.02);
}
END_TEST

/* The mean of the whole run would say 91. */
START_TEST(what_was_long_ago_is_forgotten)
{
    eta_begin(&eta, START);
    nanoseconds now = run(START, 100, 300);
    now = run(now, 10, 60);
    check_near(eta_rate(&eta, now), 10, 0.1);
    now = run(now, 1000, 60);
    check_near(eta_rate(&eta, now), 1000, 0.1);
}
END_TEST

/* One task a minute: ten seconds are no memory then. */
START_TEST(a_few_slow_tasks_make_a_tempo)
{
    eta_begin(&eta, START);
    nanoseconds now = START;
    for (uint64_t i = 1; i <= 8; i++)
        eta_update(&eta, i, now += (i % 2 == 0 ? 90 : 30) * NS_PER_S);
    check_near(eta_rate(&eta, now), 1.0 / 60, 0.1);
}
END_TEST

START_TEST(the_time_left_goes_down_with_the_clock)
{
    eta_begin(&eta, START);
    nanoseconds now = START;
    for (uint64_t i = 1; i <= 5; i++)
        eta_update(&eta, i, now += 10 * NS_PER_S);
    check_near((double)eta_left(&eta, 3, now), 30e9, 0.001);
    check_near((double)eta_left(&eta, 3, now + 4 * NS_PER_S), 26e9, 0.001);
    check_near((double)eta_left(&eta, 3, now + 10 * NS_PER_S), 20e9, 0.001);
    ck_assert_uint_eq(eta_left(&eta, 0, now), 0);
}
END_TEST

START_TEST(a_run_that_stands_still_gets_slower)
{
    eta_begin(&eta, START);
    nanoseconds now = run(START, 10, 20);
    double before = eta_rate(&eta, now);
    ck_assert_double_lt(eta_rate(&eta, now + 3600 * NS_PER_S), before / 20);
    ck_assert(eta_left(&eta, 100, now + 3600 * NS_PER_S) > 60 * NS_PER_S);
}
END_TEST

START_TEST(a_pause_does_not_count)
{
    eta_begin(&eta, START);
    nanoseconds now = run(START, 10, 20);
    eta_skip(&eta, 3600 * NS_PER_S);
    now = run(now + 3600 * NS_PER_S, 10, 1);
    check_near(eta_rate(&eta, now), 10, 0.01);
}
END_TEST

START_TEST(a_clock_that_stands_still_or_a_count_that_falls_does_no_harm)
{
    eta_begin(&eta, START);
    eta_update(&eta, 5, START);
    ck_assert_double_eq(eta_rate(&eta, START), 0);
    eta_update(&eta, 5, START + NS_PER_S);
    eta_update(&eta, 3, START + 2 * NS_PER_S);
    check_near(eta_rate(&eta, START + NS_PER_S), 5, 0.001);
    ck_assert(eta_left(&eta, UINT64_MAX, START) == CLOCK_NEVER);
}
END_TEST

UNIT_MAIN("eta")
{
    tcase_add_test(tests, nothing_is_known_before_a_task_has_ended);
    tcase_add_test(tests, a_steady_tempo_is_found_at_once_and_kept);
    tcase_add_test(tests, what_was_long_ago_is_forgotten);
    tcase_add_test(tests, a_few_slow_tasks_make_a_tempo);
    tcase_add_test(tests, the_time_left_goes_down_with_the_clock);
    tcase_add_test(tests, a_run_that_stands_still_gets_slower);
    tcase_add_test(tests, a_pause_does_not_count);
    tcase_add_test(tests, a_clock_that_stands_still_or_a_count_that_falls_does_no_harm);
}
