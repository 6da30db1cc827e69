#include "unit.h"

#include "base/buffer.h"
#include "base/io.h"
#include "pool/pool.h"
#include "proc/signals.h"

/* ---- where items come from: `count` numbers from 0, each a line ---- */

static struct {
    uint64_t next, count;
    uint64_t break_at; /* the source fails here; 0: it does not */
    struct arena *arena;
    uint32_t largest; /* chunk that was ever asked for and given */
} numbers;

static enum pool_supply take(void *context, const struct pool_want *want, struct queue_chunk *chunk,
                             struct arena_block **block)
{
    (void)context;
    if (numbers.break_at != 0 && numbers.next >= numbers.break_at)
        return POOL_BROKEN;
    uint64_t left = numbers.count - numbers.next;
    if (left == 0)
        return POOL_END;
    uint32_t count = (uint32_t)(left < want->tasks ? left : want->tasks);
    if (count > 1000)
        count = 1000;
    *block = arena_allocate(numbers.arena, count * 12U, want->grow);
    if (*block == NULL)
        return POOL_FULL;
    char *start = arena_bytes(numbers.arena, *block), *at = start;
    for (uint32_t i = 0; i < count; i++)
        at += snprintf(at, 12, "%llu\n", (unsigned long long)numbers.next++);
    *chunk = (struct queue_chunk){.first = chunk->first,
                                  .count = count,
                                  .batch = 1,
                                  .offset = (*block)->offset,
                                  .length = (size_t)(at - start),
                                  .delimiter = '\n'};
    if (count > numbers.largest)
        numbers.largest = count;
    return POOL_CHUNK;
}

static int no_fd(void *context)
{
    (void)context;
    return -1;
}

static uint64_t not_known(void *context)
{
    (void)context;
    return 0;
}

static void start(void *context, struct arena *arena)
{
    (void)context;
    numbers.arena = arena;
}

/* ---- where output goes ---- */

static struct buffer out;
static size_t refuse_after; /* bytes after which the sink fails; 0: never */
static bool stutters;       /* it takes little, and every second time nothing */
static int always_writable;

static ssize_t write_out(void *context, enum collector_stream stream, const char *bytes, size_t length)
{
    (void)context;
    static bool pause;
    if (stream != COLLECTOR_OUTPUT)
        return (ssize_t)length;
    if (refuse_after != 0 && buffer_length(&out) >= refuse_after)
        return -1;
    if (stutters) {
        pause = !pause;
        length = pause ? 0 : size_min(length, 100);
    }
    buffer_append(&out, bytes, length);
    return (ssize_t)length;
}

static int sink_fd(void *context)
{
    (void)context;
    return always_writable;
}

/* ---- what is done ---- */

static uint64_t number_of(const char *item, size_t length)
{
    uint64_t value = 0;
    for (size_t i = 0; i < length; i++)
        value = value * 10 + (uint64_t)(item[i] - '0');
    return value;
}

static int echo(struct cpool_call *call, const char *item, size_t length)
{
    cpool_write(call, item, length);
    cpool_write(call, "\n", 1);
    return 0;
}

static int fail_odd(struct cpool_call *call, const char *item, size_t length)
{
    return number_of(item, length) % 2 == 1 ? cpool_fail(call, "odd") : echo(call, item, length);
}

/* Dies on 7, and on 7 of every hundred. */
static int die_on_sevens(struct cpool_call *call, const char *item, size_t length)
{
    if (number_of(item, length) % 100 == 7)
        raise(SIGKILL);
    return echo(call, item, length);
}

static int die(struct cpool_call *call, const char *item, size_t length)
{
    (void)call, (void)item, (void)length;
    _exit(3);
}

static int die_on_odd(struct cpool_call *call, const char *item, size_t length)
{
    if (number_of(item, length) % 2 == 1)
        raise(SIGKILL);
    return echo(call, item, length);
}

/* The first ones take longest. */
static int slow_start(struct cpool_call *call, const char *item, size_t length)
{
    uint64_t number = number_of(item, length);
    if (number < 8)
        usleep((useconds_t)(8 - number) * 3000);
    return echo(call, item, length);
}

static int signal_parent(struct cpool_call *call, const char *item, size_t length)
{
    if (number_of(item, length) == 500) {
        kill(getppid(), SIGHUP);
        for (;;)
            pause();
    }
    return echo(call, item, length);
}

/* ---- running it ---- */

static struct function function;
static struct pool_options options;
static struct pool_report report;
static struct pool_failure first; /* to fail, and how many have */
static char first_label[16];
static uint64_t told;

static void note_failure(void *context, const struct pool_failure *failure)
{
    ck_assert_ptr_null(context);
    if (told++ > 0)
        return;
    first = *failure;
    snprintf(first_label, sizeof first_label, "%.*s", (int)failure->label.length, failure->label.bytes);
}

static void begin(void)
{
    signals_start();
    buffer_init(&out);
    int ends[2];
    ck_assert_int_eq(pipe(ends), 0);
    always_writable = ends[1];
    refuse_after = 0;
    stutters = false;
    memset(&numbers, 0, sizeof numbers);
    options = (struct pool_options){
        .jobs = 3,
        .workers = {.function = &function},
        .tries = 1,
        .source = {.take = take, .fd = no_fd, .total = not_known, .start = start},
        .sink = {.write = write_out},
        .sink_fd = sink_fd,
        .memory_cap = MIB,
        .directory = "/tmp",
        .failed = note_failure,
    };
    told = 0;
    reaper_plan_default(&options.ladder, 100 * NS_PER_MS);
}

static void end(void)
{
    buffer_release(&out);
}

static void run(cpool_function *what, uint64_t count)
{
    function = (struct function){.name = "test", .argument = "N", .help = "", .run = what};
    options.workers.fixed_chunks = options.chunk != 0;
    numbers.count = count;
    ck_assert_int_eq(pool_run(&options, &report), 0);
    /* Nothing is left of it. */
    ck_assert_int_eq(waitpid(-1, NULL, WNOHANG), -1);
    ck_assert_int_eq(errno, ECHILD);
}

static void expect_finished(uint64_t tasks, uint64_t failed)
{
    ck_assert_int_eq(report.end, POOL_FINISHED);
    ck_assert_uint_eq(report.tasks, tasks);
    ck_assert_uint_eq(report.failed, failed);
}

static bool all(uint64_t number)
{
    (void)number;
    return true;
}

static bool even(uint64_t number)
{
    return number % 2 == 0;
}

static bool no_seven(uint64_t number)
{
    return number % 100 != 7;
}

/* The output is the numbers below `count` that are `wanted`, in order. */
static void expect_numbers(uint64_t count, bool (*wanted)(uint64_t number))
{
    buffer_append_byte(&out, '\0');
    char *at = buffer_bytes(&out);
    for (uint64_t i = 0; i < count; i++)
        if (wanted(i)) {
            ck_assert_uint_eq(strtoull(at, &at, 10), i);
            ck_assert_int_eq(*at++, '\n');
        }
    ck_assert_int_eq(*at, '\0');
}

START_TEST(no_item_needs_no_worker)
{
    run(echo, 0);
    expect_finished(0, 0);
}
END_TEST

START_TEST(one_item)
{
    run(echo, 1);
    expect_finished(1, 0);
    expect_numbers(1, all);
}
END_TEST

START_TEST(many_items_come_out_in_their_order)
{
    run(echo, 100000);
    expect_finished(100000, 0);
    expect_numbers(100000, all);
}
END_TEST

START_TEST(later_items_that_are_done_first_wait_for_their_turn)
{
    options.jobs = 8;
    run(slow_start, 100);
    expect_finished(100, 0);
    expect_numbers(100, all);
}
END_TEST

START_TEST(chunks_grow_while_items_are_short)
{
    run(echo, 100000);
    ck_assert_uint_gt(numbers.largest, 20);
}
END_TEST

static const uint32_t sizes[] = {1, 2, 7, 100, 999};

START_TEST(chunks_of_a_fixed_size_are_kept_to)
{
    options.chunk = sizes[_i];
    run(slow_start, 1000);
    expect_finished(1000, 0);
    expect_numbers(1000, all);
    ck_assert_uint_eq(numbers.largest, sizes[_i]);
}
END_TEST

START_TEST(failures_are_counted_and_each_is_told)
{
    run(fail_odd, 1001);
    expect_finished(1001, 500);
    expect_numbers(1001, even);
    ck_assert_uint_eq(told, 500);
    ck_assert_uint_eq(first.item % 2, 1);
    ck_assert_int_eq(first.outcome, OUTCOME_FAILED);
    ck_assert_uint_eq((uint64_t)atoi(first_label), first.item);
}
END_TEST

START_TEST(a_worker_that_dies_costs_the_item_it_was_on)
{
    run(die_on_sevens, 1000);
    expect_finished(1000, 10);
    expect_numbers(1000, no_seven);
    ck_assert_uint_eq(told, 10);
    ck_assert_int_eq(first.outcome, OUTCOME_LOST);
    ck_assert_uint_eq(first.code, SIGKILL);
    ck_assert_uint_eq((uint64_t)atoi(first_label), first.item);
}
END_TEST

START_TEST(it_gives_up_when_every_worker_dies)
{
    run(die, 1000);
    ck_assert_int_eq(report.end, POOL_GAVE_UP);
    ck_assert_uint_lt(report.failed, 100);
}
END_TEST

/* The item before was done, though its worker died before it could say so: this run gets on. */
START_TEST(it_goes_on_though_every_worker_dies_after_an_item)
{
    options.chunk = 2;
    run(die_on_odd, 40);
    expect_finished(40, 20);
    expect_numbers(40, even);
}
END_TEST

START_TEST(a_sink_that_stutters_gets_everything)
{
    stutters = true;
    run(echo, 20000);
    expect_finished(20000, 0);
    expect_numbers(20000, all);
}
END_TEST

START_TEST(a_sink_that_fails_ends_the_run)
{
    refuse_after = 1000;
    run(echo, 1000000);
    ck_assert_int_eq(report.end, POOL_SINK_FAILED);
    ck_assert_uint_lt(report.tasks, 1000000);
}
END_TEST

START_TEST(a_source_that_fails_ends_the_run)
{
    numbers.break_at = 1000;
    run(echo, 100000);
    ck_assert_int_eq(report.end, POOL_SOURCE_FAILED);
    ck_assert_uint_lt(report.tasks, 100000);
}
END_TEST

START_TEST(a_signal_ends_the_run_and_is_reported)
{
    options.chunk = 50;
    run(signal_parent, 100000);
    ck_assert_int_eq(report.end, POOL_SIGNALLED);
    ck_assert_int_eq(report.signal, SIGHUP);
    /* What is out is the beginning of all. */
    buffer_append_byte(&out, '\0');
    char *at = buffer_bytes(&out);
    for (uint64_t i = 0; *at != '\0' && i < 500; i++) {
        ck_assert_uint_eq(strtoull(at, &at, 10), i);
        ck_assert_int_eq(*at++, '\n');
    }
}
END_TEST

/* ---- a source whose descriptor changes ---- */

static int sources[5][2];
static size_t source_at;

/* A byte of each pipe is an item; none is read before it was found readable. */
static enum pool_supply take_from_pipes(void *context, const struct pool_want *want, struct queue_chunk *what,
                                        struct arena_block **block)
{
    (void)context;
    char byte;
    if (source_at == ARRAY_LENGTH(sources))
        return POOL_END;
    if (!want->readable)
        return POOL_WAIT;
    if (read(sources[source_at][0], &byte, 1) != 1)
        return POOL_BROKEN;
    *block = arena_allocate(numbers.arena, 1, want->grow);
    if (*block == NULL)
        return POOL_BROKEN;
    *arena_bytes(numbers.arena, *block) = byte;
    what->count = what->batch = 1;
    what->offset = (*block)->offset;
    what->length = 1;
    what->delimiter = '\n';
    source_at++;
    return POOL_CHUNK;
}

static int fd_of_pipes(void *context)
{
    (void)context;
    return source_at < ARRAY_LENGTH(sources) ? sources[source_at][0] : -1;
}

START_TEST(the_sources_descriptor_may_change)
{
    source_at = 0;
    for (size_t i = 0; i < ARRAY_LENGTH(sources); i++) {
        const char digit = (char)('0' + i);
        ck_assert_int_eq(pipe(sources[i]), 0);
        ck_assert_int_eq(write(sources[i][1], &digit, 1), 1);
    }
    options.source.take = take_from_pipes;
    options.source.fd = fd_of_pipes;
    run(echo, 0);
    expect_finished(ARRAY_LENGTH(sources), 0);
    expect_numbers(ARRAY_LENGTH(sources), all);
}
END_TEST

/* ---- when tasks start, and how many at a time ---- */

START_TEST(tasks_start_no_faster_than_they_may)
{
    options.start_interval = 30 * NS_PER_MS;
    options.jobs = 8;
    nanoseconds begun = clock_now();
    run(echo, 6);
    ck_assert_uint_ge(clock_now() - begun, 5 * options.start_interval);
    expect_finished(6, 0);
    expect_numbers(6, all);
    ck_assert_uint_eq(numbers.largest, 1);
}
END_TEST

static int say_who(struct cpool_call *call, const char *item, size_t length)
{
    char text[32];
    (void)item, (void)length;
    usleep(50000);
    int n = snprintf(text, sizeof text, "%ld\n", (long)getpid());
    cpool_write(call, text, (size_t)n);
    return 0;
}

static unsigned asked, answer;

static unsigned answer_jobs(void *context, unsigned jobs, unsigned workers, nanoseconds now)
{
    ck_assert_ptr_eq(context, &asked);
    ck_assert_uint_ge(jobs, 1);
    ck_assert_uint_le(workers, jobs);
    ck_assert_uint_le(now, clock_now());
    asked++;
    return answer;
}

/* How many workers there were. */
static size_t count_workers(void)
{
    long seen[16];
    size_t count = 0;
    buffer_append_byte(&out, '\0');
    for (char *at = buffer_bytes(&out); *at != '\0'; at++) {
        long pid = strtol(at, &at, 10);
        size_t i = 0;
        while (i < count && seen[i] != pid)
            i++;
        if (i == count && count < ARRAY_LENGTH(seen))
            seen[count++] = pid;
    }
    return count;
}

START_TEST(more_jobs_are_run_when_that_is_wanted_later)
{
    options.jobs = 1;
    options.jobs_now = answer_jobs;
    options.jobs_most = 4;
    options.context = &asked;
    asked = 0;
    answer = 0;
    run(say_who, 24);
    ck_assert_uint_ge(asked, 1);
    ck_assert_uint_eq(count_workers(), 1);
    buffer_clear(&out);
    numbers.next = 0;
    asked = 0;
    answer = 4;
    run(say_who, 40);
    ck_assert_uint_ge(asked, 1);
    ck_assert_uint_eq(count_workers(), 4);
    expect_finished(40, 0);
}
END_TEST

static unsigned most_running;

/* Two at a time, whatever jobs there are; each third question is answered with a moment's wait. */
static nanoseconds hold_two(void *context, unsigned running, nanoseconds now)
{
    ck_assert_ptr_eq(context, &asked);
    most_running = running > most_running ? running : most_running;
    if (running >= 2)
        return now + NS_PER_S;
    return asked++ % 3 == 2 ? now + NS_PER_MS : 0;
}

START_TEST(tasks_wait_while_they_are_held)
{
    options.jobs = 8;
    options.hold = hold_two;
    options.context = &asked;
    asked = most_running = 0;
    run(say_who, 40);
    expect_finished(40, 0);
    ck_assert_uint_ge(asked, 40);
    ck_assert_uint_le(most_running, 2);
    ck_assert_uint_le(report.workers, 2);
    ck_assert_uint_gt(report.idle[POOL_IDLE_HELD], 0);
}
END_TEST

static unsigned looks;

static nanoseconds count_looks(void *context, const struct observed_status *status, nanoseconds now)
{
    (void)context, (void)status, (void)now;
    looks++;
    return CLOCK_NEVER;
}

static nanoseconds hold_second(void *context, unsigned running, nanoseconds now)
{
    (void)context;
    return running >= 2 ? now + 10 * NS_PER_MS : 0;
}

/* The first makes the jobs fewer than the tasks that run, when the third is being held. */
static int ask_for_fewer(struct cpool_call *call, const char *item, size_t length)
{
    if (number_of(item, length) < 2)
        usleep(100000);
    if (number_of(item, length) == 0)
        for (int i = 0; i < 3; i++)
            kill(getppid(), SIGUSR2);
    if (number_of(item, length) < 2)
        usleep(400000);
    return echo(call, item, length);
}

/* The held task's moment is over, and no task may start for another reason: once the loop went round and
 * round. */
START_TEST(a_moment_that_is_past_is_not_waited_for)
{
    options.hold = hold_second;
    struct observers observers = {.count = 0};
    observers_add(&observers, &(struct observer){.tick = count_looks, .eager = true}, NULL);
    options.observers = &observers;
    looks = 0;
    run(ask_for_fewer, 4);
    expect_finished(4, 0);
    ck_assert_uint_lt(looks, 500);
}
END_TEST

static unsigned may_go_on;

static unsigned count_going(void *context, unsigned running, unsigned going, nanoseconds now)
{
    ck_assert_ptr_eq(context, &asked);
    ck_assert_uint_le(going, running);
    ck_assert_uint_le(now, clock_now());
    asked++;
    return may_go_on;
}

START_TEST(the_run_ends_though_tasks_pause)
{
    options.jobs = 4;
    options.go_on = count_going;
    options.context = &asked;
    asked = 0;
    may_go_on = 1;
    run(say_who, 40);
    expect_finished(40, 0);
    ck_assert_uint_ge(asked, 1);
}
END_TEST

/* ---- commands, and a worker that can't be believed ---- */

#define CHUNK 4

static struct command_plan command;
static int go[2];           /* a byte says that the worker is at the end of the chunk */
static const char *journal; /* each command adds its item */

/* Whatever of ours can be written to and is a pipe is the way to the parent. */
static void write_garbage(void)
{
    unsigned char garbage[64];
    struct stat info;
    memset(garbage, 0xff, sizeof garbage);
    for (int fd = 3; fd < 256; fd++) {
        int flags = fcntl(fd, F_GETFL);
        if (flags >= 0 && (flags & O_ACCMODE) == O_WRONLY && fd != go[1] && fd != always_writable &&
            fstat(fd, &info) == 0 && S_ISFIFO(info.st_mode))
            (void)!write(fd, garbage, sizeof garbage);
    }
}

/* The first of the second chunk lies, the last of it says that it has come so far. */
static int expand(void *template, const struct command_task *task, struct command_line *line,
                  const char **why)
{
    (void)template, (void)why;
    char text[32];
    snprintf(text, sizeof text, "%llu", (unsigned long long)task->number);
    words_add(&line->arguments, "sh");
    words_add(&line->arguments, "-c");
    words_add(&line->arguments, "echo \"$1\" >>\"$2\"; echo \"$1\"");
    words_add(&line->arguments, "sh");
    words_add(&line->arguments, text);
    words_add(&line->arguments, journal);
    if (task->number == CHUNK)
        write_garbage();
    if (task->number == 2 * CHUNK - 1)
        (void)!write(go[1], "x", 1);
    return 0;
}

/* The parent hears nothing before the worker has come to the end of the chunk. */
static enum pool_supply take_late(void *context, const struct pool_want *want, struct queue_chunk *chunk,
                                  struct arena_block **block)
{
    static bool waited;
    char byte;
    if (numbers.next == 2 * CHUNK && !waited) {
        waited = true;
        ck_assert_int_eq(io_read(go[0], &byte, 1), 1);
    }
    return take(context, want, chunk, block);
}

/* How often each number stands in the lines of `text`. */
static void count_numbers(const char *text, unsigned *times)
{
    for (char *at; *text != '\0'; text = at + 1) {
        unsigned long number = strtoul(text, &at, 10);
        ck_assert_int_eq(*at, '\n');
        ck_assert_uint_lt(number, 3 * CHUNK);
        times[number]++;
    }
}

/*
 * A worker wrote nonsense before the results of three commands that it ran. Once it was believed that only
 * the command it was on had begun: the two behind it were run again.
 */
START_TEST(no_command_of_a_worker_that_cannot_be_believed_is_run_twice)
{
    char *folder = strdup(unit_make_folder()), path[8192], text[1024];
    unsigned times[3 * CHUNK] = {0}, printed[3 * CHUNK] = {0};
    snprintf(path, sizeof path, "%s/journal", folder);
    journal = path;
    ck_assert_int_eq(pipe(go), 0);
    static char shell[] = "/bin/sh", *paths[] = {shell};
    command = (struct command_plan){.expand = expand, .paths = paths, .program_count = 1};
    command.ladder = options.ladder;
    options.workers.command = &command;
    options.workers.fixed_chunks = true;
    options.chunk = CHUNK;
    options.jobs = 2;
    options.source.take = take_late;
    numbers.count = 3 * CHUNK;
    options.workers.function = NULL;
    ck_assert_int_eq(pool_run(&options, &report), 0);
    /*
     * Of the chunk before, answers may have been on their way behind the nonsense, and it may have come to
     * the chunk behind before it was ended: what it says of those is not believed either.
     */
    ck_assert_int_eq(report.end, POOL_FINISHED);
    ck_assert_uint_eq(report.tasks, 3 * CHUNK);
    ck_assert_uint_ge(report.failed, CHUNK);
    ck_assert_int_eq(first.outcome, OUTCOME_LOST);
    ck_assert_uint_le(first.item, CHUNK);

    ck_assert_int_gt(io_read_file(path, text, sizeof text), 0);
    count_numbers(text, times);
    buffer_append_byte(&out, '\0');
    count_numbers(buffer_bytes(&out), printed);
    unsigned come_out = 0;
    for (unsigned i = 0; i < 3 * CHUNK; i++) {
        bool is_of_liar = i >= CHUNK && i < 2 * CHUNK;
        ck_assert_uint_le(times[i], 1);
        ck_assert_uint_le(printed[i], is_of_liar ? 0 : times[i]);
        come_out += printed[i];
    }
    /* Of one that is lost the output may have come before. */
    ck_assert_uint_ge(come_out + report.failed, 3 * CHUNK);
    unit_remove_folder(folder);
    free(folder);
}
END_TEST

START_TEST(descriptors_are_all_closed_again)
{
    int before = dup(0);
    close(before);
    run(die_on_sevens, 200);
    int after = dup(0);
    close(after);
    ck_assert_int_eq(after, before);
}
END_TEST

UNIT_MAIN("pool")
{
    tcase_add_checked_fixture(tests, begin, end);
    tcase_add_test(tests, no_item_needs_no_worker);
    tcase_add_test(tests, one_item);
    tcase_add_test(tests, many_items_come_out_in_their_order);
    tcase_add_test(tests, later_items_that_are_done_first_wait_for_their_turn);
    tcase_add_test(tests, chunks_grow_while_items_are_short);
    tcase_add_loop_test(tests, chunks_of_a_fixed_size_are_kept_to, 0, ARRAY_LENGTH(sizes));
    tcase_add_test(tests, failures_are_counted_and_each_is_told);
    tcase_add_test(tests, a_worker_that_dies_costs_the_item_it_was_on);
    tcase_add_test(tests, it_gives_up_when_every_worker_dies);
    tcase_add_test(tests, it_goes_on_though_every_worker_dies_after_an_item);
    tcase_add_test(tests, a_sink_that_stutters_gets_everything);
    tcase_add_test(tests, a_sink_that_fails_ends_the_run);
    tcase_add_test(tests, a_source_that_fails_ends_the_run);
    tcase_add_test(tests, a_signal_ends_the_run_and_is_reported);
    tcase_add_test(tests, the_sources_descriptor_may_change);
    tcase_add_test(tests, tasks_start_no_faster_than_they_may);
    tcase_add_test(tests, more_jobs_are_run_when_that_is_wanted_later);
    tcase_add_test(tests, tasks_wait_while_they_are_held);
    tcase_add_test(tests, a_moment_that_is_past_is_not_waited_for);
    tcase_add_test(tests, the_run_ends_though_tasks_pause);
    tcase_add_test(tests, no_command_of_a_worker_that_cannot_be_believed_is_run_twice);
    tcase_add_test(tests, descriptors_are_all_closed_again);
}
