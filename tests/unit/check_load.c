#include "unit.h"

#include "base/processors.h"
#include "options/load.h"

#define GIB (1024 * (uint64_t)MIB)

static double parse(const char *text)
{
    double processes = -1;
    return load_parse(text, &processes) < 0 ? -1 : processes;
}

START_TEST(a_load_is_a_number_or_of_the_processors)
{
    double processors = processors_usable();
    ck_assert_double_eq_tol(parse("4"), 4, 1e-9);
    ck_assert_double_eq_tol(parse("0.5"), 0.5, 1e-9);
    ck_assert_double_eq_tol(parse("100000"), 100000, 1e-9);
    ck_assert_double_eq_tol(parse("100%"), processors, 1e-9);
    ck_assert_double_eq_tol(parse("150%"), 1.5 * processors, 1e-9);
    ck_assert_double_eq_tol(parse("+3"), processors + 3, 1e-9);
    /* Never so little that nothing could ever start, as in GNU parallel. */
    ck_assert_double_eq_tol(parse("0"), 0.01, 1e-9);
    ck_assert_double_eq_tol(parse("-100000"), 0.01, 1e-9);
}
END_TEST

START_TEST(nonsense_is_no_load)
{
    static const char *const rows[] = {"",    "x",   "1x",  "%",   "5%%", "+",   "-",
                                       "nan", "inf", "1e3", "+5%", " 1",  "0x10"};
    for (size_t i = 0; i < ARRAY_LENGTH(rows); i++)
        ck_assert_msg(parse(rows[i]) < 0, "'%s' is taken", rows[i]);
}
END_TEST

START_TEST(fewer_processes_than_said_must_run)
{
    const struct load_limits limits = {.processes = 4};
    const struct load_reading idle = {.processes = 1}, busy = {.processes = 6, .running = 5};
    ck_assert_int_eq(load_forbids(&limits, &idle, 0), LOAD_NONE);
    /* What was started since then counts, whether it was seen to run or not. */
    ck_assert_int_eq(load_forbids(&limits, &idle, 2), LOAD_NONE);
    ck_assert_int_eq(load_forbids(&limits, &idle, 3), LOAD_PROCESSES);
    /* And what has ended no longer does. */
    ck_assert_int_eq(load_forbids(&limits, &busy, 5), LOAD_PROCESSES);
    ck_assert_int_eq(load_forbids(&limits, &busy, 3), LOAD_PROCESSES);
    ck_assert_int_eq(load_forbids(&limits, &busy, 2), LOAD_NONE);
}
END_TEST

START_TEST(memory_must_be_free_also_for_those_that_have_just_begun)
{
    const struct load_limits limits = {.memory_free = GIB};
    const struct load_reading reading = {.memory = 3 * GIB + 1, .running = 10};
    ck_assert_int_eq(load_forbids(&limits, &reading, 0), LOAD_NONE);
    ck_assert_int_eq(load_forbids(&limits, &reading, 10), LOAD_NONE);
    ck_assert_int_eq(load_forbids(&limits, &reading, 12), LOAD_NONE);
    ck_assert_int_eq(load_forbids(&limits, &reading, 13), LOAD_FREE);
    const struct load_reading little = {.memory = GIB - 1};
    ck_assert_int_eq(load_forbids(&limits, &little, 0), LOAD_FREE);
}
END_TEST

START_TEST(without_limits_all_may_start)
{
    const struct load_limits limits = {0};
    const struct load_reading reading = {.processes = 1000};
    ck_assert_int_eq(load_forbids(&limits, &reading, 4000), LOAD_NONE);
    ck_assert(!load_limits_starts(&limits));
}
END_TEST

/* The same sum as in GNU parallel. */
START_TEST(what_is_for_pauses_must_be_free_besides)
{
    const struct load_limits one = {.memory_pause = GIB}, both = {.memory_pause = GIB, .memory_free = GIB};
    const struct load_reading reading = {.memory = 2 * GIB - 1};
    ck_assert_int_eq(load_forbids(&one, &reading, 0), LOAD_NONE);
    ck_assert_int_eq(load_forbids(&one, &reading, 1), LOAD_PAUSE);
    ck_assert_int_eq(load_forbids(&both, &reading, 0), LOAD_FREE);
}
END_TEST

START_TEST(the_less_is_free_the_fewer_go_on_and_one_always_does)
{
    const struct load_limits limits = {.memory_pause = 1000};
    static const struct {
        uint64_t memory;
        unsigned tasks;
    } rows[] = {{0, 1}, {999, 1}, {1000, 1}, {1499, 1}, {1500, 2}, {1749, 3}, {1750, 4}, {1875, 8}};
    for (size_t i = 0; i < ARRAY_LENGTH(rows); i++)
        ck_assert_uint_eq(load_may_go_on(&limits, rows[i].memory, 5), rows[i].tasks);
    /* With twice as much they come back one by one. */
    ck_assert_uint_eq(load_may_go_on(&limits, 2000, 5), 6);
    ck_assert_uint_eq(load_may_go_on(&limits, UINT64_MAX, 0), 1);
}
END_TEST

START_TEST(pressure_takes_one_each_time_and_never_the_last)
{
    unsigned calm = 3;
    ck_assert_uint_eq(load_adapt(50, 51, 8, 8, &calm), 7);
    ck_assert_uint_eq(calm, 0);
    ck_assert_uint_eq(load_adapt(50, 100, 2, 8, &calm), 1);
    ck_assert_uint_eq(load_adapt(50, 100, 1, 8, &calm), 1);
}
END_TEST

START_TEST(between_half_and_all_of_it_nothing_changes)
{
    unsigned calm = 4;
    ck_assert_uint_eq(load_adapt(50, 50, 4, 8, &calm), 4);
    ck_assert_uint_eq(load_adapt(50, 25, 4, 8, &calm), 4);
    ck_assert_uint_eq(calm, 0);
}
END_TEST

START_TEST(after_some_calm_there_is_one_more_up_to_what_was_asked_for)
{
    unsigned calm = 0, jobs = 2, times = 0;
    while (jobs < 4) {
        jobs = load_adapt(50, 10, jobs, 4, &calm);
        ck_assert_uint_lt(++times, 100);
    }
    ck_assert_uint_eq(times, 10);
    for (unsigned i = 0; i < 20; i++)
        ck_assert_uint_eq(load_adapt(50, 0, jobs, 4, &calm), 4);
}
END_TEST

START_TEST(without_pressure_only_the_user_says_how_many)
{
    struct load load = {.limits = {.pressure = 0}};
    ck_assert_uint_eq(load_jobs(&load, 0, 4, 4, clock_now()), 0);
    ck_assert_uint_eq(load_jobs(&load, 7, 4, 4, clock_now()), 7);
}
END_TEST

/* Asked so early that there is no figure yet: nothing changes but by the user. */
START_TEST(what_the_user_changes_meanwhile_is_the_most_there_may_be)
{
    struct load load = {.limits = {.pressure = 50}, .waited_at = clock_now()};
    nanoseconds now = load.waited_at;
    ck_assert_uint_eq(load_jobs(&load, 0, 8, 8, now), 8);
    ck_assert_uint_eq(load.most, 8);
    load.jobs = 5; /* three fewer for the pressure; then SIGUSR1 */
    ck_assert_uint_eq(load_jobs(&load, 0, 6, 6, now), 6);
    ck_assert_uint_eq(load.most, 9);
    /* A file that says 3 */
    ck_assert_uint_eq(load_jobs(&load, 3, 6, 6, now), 3);
    ck_assert_uint_eq(load.most, 3);
}
END_TEST

UNIT_MAIN("load")
{
    tcase_add_test(tests, a_load_is_a_number_or_of_the_processors);
    tcase_add_test(tests, nonsense_is_no_load);
    tcase_add_test(tests, fewer_processes_than_said_must_run);
    tcase_add_test(tests, memory_must_be_free_also_for_those_that_have_just_begun);
    tcase_add_test(tests, without_limits_all_may_start);
    tcase_add_test(tests, what_is_for_pauses_must_be_free_besides);
    tcase_add_test(tests, the_less_is_free_the_fewer_go_on_and_one_always_does);
    tcase_add_test(tests, pressure_takes_one_each_time_and_never_the_last);
    tcase_add_test(tests, between_half_and_all_of_it_nothing_changes);
    tcase_add_test(tests, after_some_calm_there_is_one_more_up_to_what_was_asked_for);
    tcase_add_test(tests, without_pressure_only_the_user_says_how_many);
    tcase_add_test(tests, what_the_user_changes_meanwhile_is_the_most_there_may_be);
}
