#include "unit.h"

#include "pool/observer.h"

/* Two observers that write what they are told into one text, each with its own letter as its context. */
static char told[256];
static int result_of_first;
static nanoseconds next_tick;

static void add(const char *what, const void *context)
{
    size_t length = strlen(told);
    snprintf(told + length, sizeof told - length, "%s%s ", what, (const char *)context);
}

static int begun(void *context, const struct observed_task *task)
{
    (void)task;
    add("begun", context);
    return strcmp(context, "A") == 0 ? result_of_first : 0;
}

static int ended(void *context, const struct observed_task *task)
{
    (void)task;
    add("ended", context);
    return strcmp(context, "A") == 0 ? result_of_first : 0;
}

static nanoseconds tick(void *context, const struct observed_status *status, nanoseconds now)
{
    (void)status, (void)now;
    add("tick", context);
    return next_tick;
}

static void stop(void *context)
{
    add("stop", context);
}

static int close_it(void *context, const struct pool_report *report)
{
    (void)report;
    add("close", context);
    return strcmp(context, "A") == 0 ? 3 : 4;
}

static const struct observer all = {
    .begun = begun, .ended = ended, .tick = tick, .stop = stop, .close = close_it};
static const struct observer eager = {.tick = tick, .eager = true, .close = close_it};
static const struct observer sparing = {.ended = ended, .spares_small = true, .close = close_it};

static struct observers observers;
static const struct observed_task task;
static const struct observed_status status;

static void begin(const struct observer *first, const struct observer *second)
{
    observers = (struct observers){.count = 0};
    told[0] = '\0';
    result_of_first = 0;
    observers_add(&observers, first, "A");
    observers_add(&observers, second, "B");
}

static void expect(const char *text)
{
    ck_assert_str_eq(told, text);
    told[0] = '\0';
}

START_TEST(all_are_told_in_the_order_in_which_they_were_added)
{
    begin(&all, &all);
    ck_assert_int_eq(observers_begun(&observers, &task), 0);
    ck_assert_int_eq(observers_ended(&observers, &task), 0);
    observers_stop(&observers);
    expect("begunA begunB endedA endedB stopA stopB ");
}
END_TEST

START_TEST(where_one_fails_the_others_are_told_all_the_same)
{
    begin(&all, &sparing);
    result_of_first = -1;
    ck_assert_int_eq(observers_ended(&observers, &task), -1);
    expect("endedA endedB ");
    ck_assert_int_eq(observers_begun(&observers, &task), -1);
    expect("begunA ");
}
END_TEST

START_TEST(a_tick_comes_when_it_is_due_and_each_time_if_eager)
{
    begin(&all, &eager);
    next_tick = 100;
    ck_assert_uint_eq(observers_tick(&observers, &status, 0), 100);
    expect("tickA tickB ");
    ck_assert_uint_eq(observers_tick(&observers, &status, 50), 100);
    expect("tickB ");
    next_tick = CLOCK_NEVER;
    ck_assert(observers_tick(&observers, &status, 100) == CLOCK_NEVER);
    expect("tickA tickB ");
}
END_TEST

START_TEST(what_the_list_wants_is_what_any_of_it_wants)
{
    begin(&eager, &sparing);
    ck_assert(observers.tasks && !observers.small_tasks && observers.ticks && observers.eager);
    begin(&sparing, &all);
    ck_assert(observers.tasks && observers.small_tasks && observers.ticks && !observers.eager);
    begin(&eager, &eager);
    ck_assert(!observers.tasks && !observers.small_tasks);
}
END_TEST

START_TEST(all_are_closed_once_and_the_first_status_counts)
{
    begin(&all, &all);
    ck_assert_int_eq(observers_close(&observers, NULL), 3);
    expect("closeA closeB ");
    ck_assert_int_eq(observers_close(&observers, NULL), 0);
    expect("");
}
END_TEST

UNIT_MAIN("observer")
{
    tcase_add_test(tests, all_are_told_in_the_order_in_which_they_were_added);
    tcase_add_test(tests, where_one_fails_the_others_are_told_all_the_same);
    tcase_add_test(tests, a_tick_comes_when_it_is_due_and_each_time_if_eager);
    tcase_add_test(tests, what_the_list_wants_is_what_any_of_it_wants);
    tcase_add_test(tests, all_are_closed_once_and_the_first_status_counts);
}
