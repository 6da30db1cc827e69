#include "unit.h"

#include "pool/pool_internal.h"

/* A pool whose workers are numbers only, at a time that the test says: nobody is forked. */
static const struct function function = {.name = "f", .argument = "ITEM", .help = ""};
static struct pool pool;
static struct pool_options options;
static struct pool_report report;

static void begin(void)
{
    options = (struct pool_options){.jobs = 4, .workers = {.function = &function}, .tries = 1};
    report = (struct pool_report){.end = POOL_FINISHED};
    pool = (struct pool){.options = &options, .report = &report, .jobs = 4};
    ck_assert_int_eq(queue_create(&pool.queue, 8, 16, 64 * KIB), 0);
    ck_assert_int_eq(poller_open(&pool.poller), 0);
    ck_assert_int_eq(crew_init(&pool.crew, 8, &options.workers, &pool.queue, &pool.poller), 0);
}

static void end(void)
{
    pool.crew.alive = 0;
    orphans_release(&pool);
    crew_release(&pool.crew);
    poller_close(&pool.poller);
    queue_destroy(&pool.queue);
}

START_TEST(pauses_double_up_to_a_second)
{
    ck_assert_uint_eq(hiring_pause(0), 10 * NS_PER_MS);
    ck_assert_uint_eq(hiring_pause(1), 20 * NS_PER_MS);
    ck_assert_uint_eq(hiring_pause(6), 640 * NS_PER_MS);
    for (unsigned failures = 7; failures < 100; failures++)
        ck_assert_uint_eq(hiring_pause(failures), NS_PER_S);
    ck_assert_uint_eq(hiring_pause(UINT32_MAX), NS_PER_S);
}
END_TEST

START_TEST(a_worker_is_wanted_where_there_is_work_and_a_place)
{
    begin();
    pool.hire_not_before = 77;
    ck_assert(hiring_next(&pool) == CLOCK_NEVER); /* nothing is handed out */
    pool.ledger.outstanding = 1;
    ck_assert_uint_eq(hiring_next(&pool), 77);
    pool.crew.alive = 1; /* it has one of its own to do it */
    ck_assert(hiring_next(&pool) == CLOCK_NEVER);
    pool.ledger.outstanding = 9;
    ck_assert_uint_eq(hiring_next(&pool), 77);
    pool.crew.alive = 4; /* as many as may be */
    ck_assert(hiring_next(&pool) == CLOCK_NEVER);
    pool.crew.alive = 3;
    pool.crew.crowded = true; /* one of them must speak first */
    ck_assert(hiring_next(&pool) == CLOCK_NEVER);
    pool.crew.crowded = false;
    pool.halting = true;
    ck_assert(hiring_next(&pool) == CLOCK_NEVER);
    end();
}
END_TEST

START_TEST(before_the_pause_is_over_nobody_is_forked)
{
    begin();
    pool.ledger.outstanding = 1;
    pool.hire_not_before = 100;
    hiring_hire(&pool, 99);
    ck_assert_uint_eq(pool.crew.alive, 0);
    ck_assert_uint_eq(report.workers, 0);
    end();
}
END_TEST

START_TEST(jobs_are_at_least_one_and_at_most_the_seats)
{
    begin();
    hiring_set_jobs(&pool, 0);
    ck_assert_uint_eq(pool.jobs, 1);
    hiring_set_jobs(&pool, 6);
    ck_assert_uint_eq(pool.jobs, 6);
    hiring_set_jobs(&pool, 1000);
    ck_assert_uint_eq(pool.jobs, 8);
    end();
}
END_TEST

START_TEST(where_some_can_work_there_are_as_many_from_then_on)
{
    begin();
    pool.crew.alive = 2;
    hiring_starved(&pool, 100);
    ck_assert_uint_eq(pool.jobs, 2);
    ck_assert_int_eq(report.end, POOL_FINISHED);
    end();
}
END_TEST

START_TEST(where_none_can_start_a_task_it_is_tried_again_and_then_given_up)
{
    begin();
    for (unsigned tries = 1; tries < 5; tries++) {
        hiring_starved(&pool, 100);
        ck_assert_uint_eq(pool.hire_not_before, 100 + hiring_pause(tries));
        ck_assert_int_eq(pool.state, POOL_RUNNING);
    }
    hiring_starved(&pool, 100);
    ck_assert_int_eq(report.end, POOL_GAVE_UP);
    ck_assert(pool_is_ending(&pool));
    end();
}
END_TEST

UNIT_MAIN("hiring")
{
    tcase_add_test(tests, pauses_double_up_to_a_second);
    tcase_add_test(tests, a_worker_is_wanted_where_there_is_work_and_a_place);
    tcase_add_test(tests, before_the_pause_is_over_nobody_is_forked);
    tcase_add_test(tests, jobs_are_at_least_one_and_at_most_the_seats);
    tcase_add_test(tests, where_some_can_work_there_are_as_many_from_then_on);
    tcase_add_test(tests, where_none_can_start_a_task_it_is_tried_again_and_then_given_up);
}
