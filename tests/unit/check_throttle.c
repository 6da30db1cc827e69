#include "unit.h"

#include "pool/pool_internal.h"

/* A pool without workers, at a time that the test says. */
static struct pool pool;
static struct pool_options options;

static struct {
    nanoseconds hold_until; /* what `hold` says; 0: start */
    unsigned jobs;          /* what jobs_now says */
    unsigned asked;
} world;

static nanoseconds hold(void *context, unsigned running, nanoseconds now)
{
    (void)context, (void)running, (void)now;
    world.asked++;
    return world.hold_until;
}

static unsigned jobs_now(void *context, unsigned jobs, unsigned workers, nanoseconds now)
{
    (void)context, (void)jobs, (void)workers, (void)now;
    world.asked++;
    return world.jobs;
}

static void begin(void)
{
    memset(&world, 0, sizeof world);
    options = (struct pool_options){.jobs = 4};
    pool = (struct pool){.options = &options, .jobs = 4};
}

START_TEST(without_any_limit_all_may_start_at_once)
{
    begin();
    throttle_init(&pool);
    ck_assert(!throttle_is_single(&pool));
    ck_assert(pool.throttle_due == CLOCK_NEVER);
    for (int i = 0; i < 3; i++) {
        ck_assert(throttle_allows(&pool, 0));
        throttle_started(&pool, 0);
    }
}
END_TEST

START_TEST(the_delay_counts_from_start_to_start)
{
    begin();
    options.start_interval = 10;
    ck_assert(throttle_is_single(&pool));
    ck_assert(throttle_allows(&pool, 100));
    throttle_started(&pool, 100);
    ck_assert(!throttle_allows(&pool, 109));
    ck_assert_uint_eq(pool.next_start, 110);
    /* A late start puts off those behind it. */
    ck_assert(throttle_allows(&pool, 117));
    throttle_started(&pool, 117);
    ck_assert(!throttle_allows(&pool, 126));
    ck_assert(throttle_allows(&pool, 127));
}
END_TEST

START_TEST(whatever_holds_longer_says_when_to_ask_again)
{
    begin();
    options.hold = hold;
    options.start_interval = 10;
    ck_assert(throttle_is_single(&pool));
    throttle_started(&pool, 100);
    world.hold_until = 105;
    ck_assert(!throttle_allows(&pool, 100));
    ck_assert_uint_eq(pool.next_start, 110);
    world.hold_until = 300;
    ck_assert(!throttle_allows(&pool, 110)); /* the delay is over */
    ck_assert_uint_eq(pool.next_start, 300);
    world.hold_until = 0;
    ck_assert(throttle_allows(&pool, 300));
}
END_TEST

/* Those that pause go on first. */
START_TEST(while_tasks_pause_none_starts_and_nobody_is_asked)
{
    begin();
    options.hold = hold;
    pool.paused = 1;
    pool.throttle_due = 500;
    ck_assert(!throttle_allows(&pool, 100));
    ck_assert_uint_eq(pool.next_start, 500);
    ck_assert_uint_eq(world.asked, 0);
}
END_TEST

START_TEST(how_many_jobs_is_asked_each_second)
{
    begin();
    ck_assert_int_eq(crew_init(&pool.crew, 8, &options.workers, &pool.queue, &pool.poller), 0);
    options.jobs_now = jobs_now;
    throttle_init(&pool);
    world.jobs = 6;
    throttle_look(&pool, NS_PER_S);
    ck_assert_uint_eq(pool.jobs, 6);
    world.jobs = 2;
    throttle_look(&pool, 2 * NS_PER_S - 1);
    ck_assert_uint_eq(world.asked, 1);
    ck_assert_uint_eq(pool.jobs, 6);
    throttle_look(&pool, 2 * NS_PER_S);
    ck_assert_uint_eq(pool.jobs, 2);
    world.jobs = 0; /* as before */
    throttle_look(&pool, 3 * NS_PER_S);
    ck_assert_uint_eq(pool.jobs, 2);
    ck_assert_uint_eq(world.asked, 3);
    world.jobs = 1000; /* more than there are seats for */
    throttle_look(&pool, 4 * NS_PER_S);
    ck_assert_uint_eq(pool.jobs, 8);
    crew_release(&pool.crew);
}
END_TEST

UNIT_MAIN("throttle")
{
    tcase_add_test(tests, without_any_limit_all_may_start_at_once);
    tcase_add_test(tests, the_delay_counts_from_start_to_start);
    tcase_add_test(tests, whatever_holds_longer_says_when_to_ask_again);
    tcase_add_test(tests, while_tasks_pause_none_starts_and_nobody_is_asked);
    tcase_add_test(tests, how_many_jobs_is_asked_each_second);
}
