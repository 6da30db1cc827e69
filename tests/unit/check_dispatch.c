#include "unit.h"

#include "base/buffer.h"
#include "pool/pool_internal.h"

/*
 * A pool that hires nobody (that is not before CLOCK_NEVER), with a source that follows a script, at a time
 * that the test says. What is handed out stands in the queue.
 */
static const struct function function = {.name = "f", .argument = "ITEM", .help = ""};
static struct pool pool;
static struct pool_options options;
static struct pool_report report;
static struct buffer out;

static struct {
    int chunks; /* that it has; then it says `last` */
    enum pool_supply last;
    unsigned asked;
    struct pool_want want; /* that it was asked for last */
} script;

static enum pool_supply take(void *context, const struct pool_want *want, struct queue_chunk *chunk,
                             struct arena_block **block)
{
    struct arena *arena = &pool.arena;
    (void)context;
    script.asked++;
    script.want = *want;
    if (script.chunks == 0)
        return script.last;
    script.chunks--;
    *block = arena_allocate(arena, 2, false);
    memcpy(arena_bytes(arena, *block), "x\n", 2);
    chunk->count = chunk->batch = 1;
    chunk->offset = (*block)->offset;
    chunk->length = 2;
    chunk->delimiter = '\n';
    return POOL_CHUNK;
}

static ssize_t write_out(void *context, enum collector_stream stream, const char *bytes, size_t length)
{
    (void)stream;
    buffer_append(context, bytes, length);
    return (ssize_t)length;
}

static void begin(unsigned jobs)
{
    options = (struct pool_options){.jobs = jobs,
                                    .workers = {.function = &function},
                                    .tries = 1,
                                    .source = {.take = take},
                                    .sink = {write_out, &out},
                                    .order = COLLECTOR_IN_ORDER,
                                    .memory_cap = MIB,
                                    .directory = "/tmp"};
    report = (struct pool_report){.end = POOL_FINISHED};
    pool = (struct pool){.options = &options,
                         .report = &report,
                         .jobs = jobs,
                         .hire_not_before = CLOCK_NEVER,
                         .throttle_due = CLOCK_NEVER};
    buffer_init(&out);
    ck_assert_int_eq(queue_create(&pool.queue, jobs, 256, 64 * KIB), 0);
    ck_assert_int_eq(poller_open(&pool.poller), 0);
    ck_assert_int_eq(crew_init(&pool.crew, jobs, &options.workers, &pool.queue, &pool.poller), 0);
    arena_init(&pool.arena, pool.queue.arena, pool.queue.arena_size);
    collector_init(&pool.collector, &options.sink, options.order, jobs, options.memory_cap,
                   options.directory);
    ledger_init(&pool.ledger, &pool.queue, &pool.arena, &pool.collector);
    memset(&script, 0, sizeof script);
    script.chunks = -1; /* without end */
}

static void end(void)
{
    ledger_release(&pool.ledger);
    collector_release(&pool.collector);
    arena_release(&pool.arena);
    crew_release(&pool.crew);
    poller_close(&pool.poller);
    queue_destroy(&pool.queue);
    buffer_release(&out);
}

START_TEST(no_more_is_handed_out_than_keeps_the_workers_busy)
{
    begin(2);
    dispatch(&pool, 100);
    ck_assert_uint_eq(queue_unclaimed(&pool.queue), dispatch_chunks_wanted(&pool));
    ck_assert_uint_eq(queue_unclaimed(&pool.queue), 2 * 2 + 4);
    unsigned asked = script.asked;
    dispatch(&pool, 200);
    ck_assert_uint_eq(script.asked, asked); /* nothing has come back */
    end();
}
END_TEST

START_TEST(a_chunk_holds_as_many_tasks_as_take_its_time)
{
    static const struct {
        double task_time;
        uint32_t tasks;
    } cases[] = {{0, 1}, {25.0 * (double)NS_PER_US, 10}, {1.0 * (double)NS_PER_S, 1}, {1, 250000}};
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        begin(2);
        pool.task_time = cases[i].task_time;
        dispatch(&pool, 100);
        ck_assert_uint_eq(script.want.tasks, cases[i].tasks);
        end();
    }
}
END_TEST

START_TEST(with_a_halt_rule_no_task_waits_behind_another)
{
    begin(3);
    options.halt.when = HALT_SOON;
    pool.task_time = 1;
    dispatch(&pool, 100);
    ck_assert_uint_eq(script.want.tasks, 1);
    ck_assert_uint_eq(queue_unclaimed(&pool.queue), 3);
    end();
}
END_TEST

START_TEST(once_it_is_halted_nothing_is_asked_for)
{
    begin(2);
    pool.halting = true;
    dispatch(&pool, 100);
    ck_assert_uint_eq(script.asked, 0);
    end();
}
END_TEST

/* The source has so many chunks, then says `last`: what becomes of the run. */
static void expect(int chunks, enum pool_supply last, bool source_ended, enum pool_state state,
                   enum pool_end how)
{
    begin(2);
    script.chunks = chunks;
    script.last = last;
    dispatch(&pool, 100);
    ck_assert_uint_eq(queue_unclaimed(&pool.queue), (size_t)chunks);
    ck_assert_int_eq(pool.source_ended, source_ended);
    ck_assert_int_eq(pool.state, state);
    ck_assert_int_eq(report.end, how);
    ck_assert_uint_eq(pool.source_wanted, last == POOL_WAIT ? POLLER_READ : 0);
    end();
}

START_TEST(what_the_source_says_decides_how_the_run_goes_on)
{
    expect(1, POOL_WAIT, false, POOL_RUNNING, POOL_FINISHED);
    expect(3, POOL_END, true, POOL_DRAINING, POOL_FINISHED);
    expect(0, POOL_END, true, POOL_DRAINING, POOL_FINISHED);
    expect(1, POOL_BROKEN, true, POOL_DRAINING, POOL_SOURCE_FAILED); /* what came before is still done */
    expect(1, POOL_FULL, false, POOL_RUNNING, POOL_FINISHED);        /* the end of what is there makes room */
    expect(0, POOL_FULL, true, POOL_DRAINING, POOL_SOURCE_FAILED);   /* nobody will make any */
}
END_TEST

START_TEST(with_a_delay_tasks_are_handed_out_when_it_is_over)
{
    begin(4);
    options.start_interval = 50;
    dispatch(&pool, 100);
    ck_assert_uint_eq(queue_unclaimed(&pool.queue), 1);
    ck_assert_uint_eq(pool.next_start, 150);
    dispatch(&pool, 149);
    ck_assert_uint_eq(queue_unclaimed(&pool.queue), 1);
    dispatch(&pool, 150);
    ck_assert_uint_eq(queue_unclaimed(&pool.queue), 2);
    ck_assert_uint_eq(pool.next_start, 200);
    end();
}
END_TEST

/* The source is asked once more than tasks may start, so that its end is known while the last one waits. */
START_TEST(a_delay_does_not_hide_the_end_of_the_input)
{
    begin(4);
    options.start_interval = 50;
    script.chunks = 1;
    script.last = POOL_END;
    dispatch(&pool, 100);
    ck_assert(pool.source_ended);
    ck_assert_int_eq(pool.state, POOL_DRAINING);
    end();
}
END_TEST

UNIT_MAIN("dispatch")
{
    tcase_add_test(tests, no_more_is_handed_out_than_keeps_the_workers_busy);
    tcase_add_test(tests, a_chunk_holds_as_many_tasks_as_take_its_time);
    tcase_add_test(tests, with_a_halt_rule_no_task_waits_behind_another);
    tcase_add_test(tests, once_it_is_halted_nothing_is_asked_for);
    tcase_add_test(tests, what_the_source_says_decides_how_the_run_goes_on);
    tcase_add_test(tests, with_a_delay_tasks_are_handed_out_when_it_is_over);
    tcase_add_test(tests, a_delay_does_not_hide_the_end_of_the_input);
}
