#include "unit.h"

#include "base/buffer.h"
#include "pool/pool.h"
#include "proc/signals.h"

/* A source of the numbers from 0, and what has been asked of it. */
struct numbers {
    uint64_t next, count;
    uint32_t most; /* tasks in the largest chunk taken */
    struct arena *arena;
};

static enum pool_supply take(void *context, const struct pool_want *want, struct queue_chunk *chunk,
                             struct arena_block **block)
{
    struct numbers *numbers = context;
    char text[16 * 1024];
    size_t length = 0;

    if (numbers->next == numbers->count)
        return POOL_END;
    for (chunk->count = 0;
         chunk->count < want->tasks && chunk->count < 1000 && numbers->next < numbers->count; chunk->count++)
        length += (size_t)snprintf(text + length, sizeof text - length, "%d\n", (int)numbers->next++);
    if (chunk->count > numbers->most)
        numbers->most = chunk->count;
    *block = arena_allocate(numbers->arena, length, true);
    ck_assert_ptr_nonnull(*block);
    memcpy(arena_bytes(numbers->arena, *block), text, length);
    chunk->batch = 1;
    chunk->offset = (*block)->offset;
    chunk->length = length;
    chunk->delimiter = '\n';
    return POOL_CHUNK;
}

static int no_fd(void *context)
{
    (void)context;
    return -1;
}

static uint64_t total(void *context)
{
    return ((struct numbers *)context)->count;
}

static void start(void *context, struct arena *arena)
{
    ((struct numbers *)context)->arena = arena;
}

static ssize_t keep(void *context, enum collector_stream stream, const char *bytes, size_t length)
{
    if (stream == COLLECTOR_OUTPUT)
        buffer_append(context, bytes, length);
    return (ssize_t)length;
}

static ssize_t refuse(void *context, enum collector_stream stream, const char *bytes, size_t length)
{
    (void)context, (void)stream, (void)bytes, (void)length;
    return -1;
}

/* ---- functions to map ---- */

static int echo(struct cpool_call *call, const char *item, size_t length)
{
    cpool_write(call, item, length);
    cpool_write(call, "\n", 1);
    return 0;
}

/* Dies at item 13, as often as it is tried. */
static int unlucky(struct cpool_call *call, const char *item, size_t length)
{
    if (length == 2 && memcmp(item, "13", 2) == 0)
        raise(SIGKILL);
    return echo(call, item, length);
}

static int deadly(struct cpool_call *call, const char *item, size_t length)
{
    (void)call, (void)item, (void)length;
    raise(SIGKILL);
    return 0;
}

static int odd_fails(struct cpool_call *call, const char *item, size_t length)
{
    if ((item[length - 1] - '0') % 2 != 0)
        return cpool_fail(call, "odd");
    return echo(call, item, length);
}

/* ---- running ---- */

static struct numbers numbers;
static struct buffer output = BUFFER_INIT;
static struct function function = {"test", "N", "for tests", NULL};

static struct pool_options options_for(cpool_function *run, uint64_t count)
{
    static bool started;
    if (!started)
        signals_start();
    started = true;
    function.run = run;
    numbers = (struct numbers){.count = count};
    buffer_clear(&output);
    struct pool_options options = {.jobs = 3,
                                   .processors = 2,
                                   .workers = {.function = &function},
                                   .tries = 1,
                                   .source = {take, no_fd, total, start, &numbers},
                                   .sink = {keep, &output},
                                   .sink_fd = no_fd,
                                   .memory_cap = MIB,
                                   .directory = "/tmp"};
    reaper_plan_default(&options.ladder, NS_PER_S / 10);
    return options;
}

static struct pool_report run_with(const struct pool_options *options)
{
    struct pool_report report;
    ck_assert_int_eq(pool_run(options, &report), 0);
    return report;
}

/* The output is the numbers from 0 up, but for `left_out` (-1: none). */
static void expect_numbers(int count, int left_out)
{
    struct buffer wanted = BUFFER_INIT;
    for (int i = 0; i < count; i++) {
        char line[16];
        snprintf(line, sizeof line, "%d\n", i);
        if (i != left_out)
            buffer_append_text(&wanted, line);
    }
    ck_assert_uint_eq(buffer_length(&output), buffer_length(&wanted));
    ck_assert_int_eq(memcmp(buffer_bytes(&output), buffer_bytes(&wanted), buffer_length(&wanted)), 0);
    buffer_release(&wanted);
}

START_TEST(results_come_in_the_order_of_the_items)
{
    struct pool_options options = options_for(echo, 50000);
    struct pool_report report = run_with(&options);
    ck_assert_int_eq(report.end, POOL_FINISHED);
    ck_assert_uint_eq(report.tasks, 50000);
    ck_assert_uint_eq(report.failed, 0);
    expect_numbers(50000, -1);
    /* Short tasks are handed out many at a time. */
    ck_assert_uint_gt(numbers.most, 10);
}
END_TEST

START_TEST(no_item_no_worker)
{
    struct pool_options options = options_for(deadly, 0);
    struct pool_report report = run_with(&options);
    ck_assert_int_eq(report.end, POOL_FINISHED);
    ck_assert_uint_eq(report.tasks, 0);
}
END_TEST

START_TEST(chunks_of_a_fixed_size_stay_so)
{
    struct pool_options options = options_for(echo, 1000);
    options.chunk = 7;
    options.workers.fixed_chunks = true;
    (void)run_with(&options);
    ck_assert_uint_eq(numbers.most, 7);
    expect_numbers(1000, -1);
}
END_TEST

START_TEST(failed_items_are_counted_and_the_first_is_known)
{
    struct pool_options options = options_for(odd_fails, 100);
    struct pool_report report = run_with(&options);
    ck_assert_uint_eq(report.tasks, 100);
    ck_assert_uint_eq(report.failed, 50);
    ck_assert_uint_eq(report.first.item, 1);
    ck_assert_int_eq(report.first.outcome, OUTCOME_FAILED);
    ck_assert_str_eq(report.first.label, "1");
}
END_TEST

START_TEST(a_worker_that_dies_costs_the_item_it_was_on)
{
    struct pool_options options = options_for(unlucky, 2000);
    struct pool_report report = run_with(&options);
    ck_assert_int_eq(report.end, POOL_FINISHED);
    ck_assert_uint_eq(report.tasks, 2000);
    ck_assert_uint_eq(report.failed, 1);
    ck_assert_uint_eq(report.first.item, 13);
    ck_assert_int_eq(report.first.outcome, OUTCOME_LOST);
    ck_assert_uint_eq(report.first.code, SIGKILL);
    expect_numbers(2000, 13);
}
END_TEST

START_TEST(a_lost_item_is_tried_again_where_that_is_wanted)
{
    struct pool_options options = options_for(unlucky, 100);
    options.tries = 3;
    struct pool_report report = run_with(&options);
    ck_assert_uint_eq(report.failed, 1);
    ck_assert_uint_eq(report.first.tries, 3);
    expect_numbers(100, 13);
}
END_TEST

START_TEST(deaths_without_end_end_the_run)
{
    struct pool_options options = options_for(deadly, 1000000);
    struct pool_report report = run_with(&options);
    ck_assert_int_eq(report.end, POOL_GAVE_UP);
    ck_assert_uint_lt(report.tasks, 100);
}
END_TEST

START_TEST(a_halt_rule_ends_the_run)
{
    struct pool_options options = options_for(odd_fails, 1000);
    options.jobs = 1;
    ck_assert_int_eq(halt_parse("soon,fail=3", &options.halt), 0);
    struct pool_report report = run_with(&options);
    ck_assert_int_eq(report.end, POOL_HALTED);
    ck_assert_uint_eq(report.failed, 3);
    ck_assert_uint_eq(report.tasks, 6);
}
END_TEST

START_TEST(a_sink_that_fails_ends_the_run)
{
    struct pool_options options = options_for(echo, 1000000);
    options.sink.write = refuse;
    ck_assert_int_eq(run_with(&options).end, POOL_SINK_FAILED);
    ck_assert_uint_lt(numbers.next, 1000000);
}
END_TEST

START_TEST(a_signal_ends_the_run_and_is_told)
{
    struct pool_options options = options_for(function_find("nap")->run, 5000);
    kill(getpid(), SIGTERM); /* blocked until the pool waits */
    struct pool_report report = run_with(&options);
    ck_assert_int_eq(report.end, POOL_SIGNALLED);
    ck_assert_int_eq(report.signal, SIGTERM);
}
END_TEST

UNIT_MAIN("pool")
{
    tcase_add_test(tests, results_come_in_the_order_of_the_items);
    tcase_add_test(tests, no_item_no_worker);
    tcase_add_test(tests, chunks_of_a_fixed_size_stay_so);
    tcase_add_test(tests, failed_items_are_counted_and_the_first_is_known);
    tcase_add_test(tests, a_worker_that_dies_costs_the_item_it_was_on);
    tcase_add_test(tests, a_lost_item_is_tried_again_where_that_is_wanted);
    tcase_add_test(tests, deaths_without_end_end_the_run);
    tcase_add_test(tests, a_halt_rule_ends_the_run);
    tcase_add_test(tests, a_sink_that_fails_ends_the_run);
    tcase_add_test(tests, a_signal_ends_the_run_and_is_told);
}
