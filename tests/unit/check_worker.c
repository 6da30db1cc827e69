#include "unit.h"

#include "base/platform.h"
#include "ipc/channel.h"
#include "proc/signals.h"
#include "worker/worker.h"

#include <poll.h>
#include <sys/mman.h>

/* What a worker needs, with the test as its parent. */
static struct queue queue;
static struct outbox_shared *outbox;
static char *outbox_bytes;
static struct run_state *run_state;
static struct worker_plan plan;
static struct channel answers;
static int orders;
static pid_t worker;
static size_t arena_used;
static uint64_t next_item;

static struct message message; /* the last one that came */

/* Answers the item, refuses "bad", crashes on "crash", takes long over "slow", and never ends on "stay". */
static int mirror(struct cpool_call *call, const char *item, size_t length)
{
    if (length == 3 && memcmp(item, "bad", 3) == 0)
        return cpool_fail(call, "bad it is");
    if (length == 5 && memcmp(item, "crash", 5) == 0)
        raise(SIGKILL);
    if (length == 4 && memcmp(item, "slow", 4) == 0)
        usleep(20000);
    while (length == 4 && memcmp(item, "stay", 4) == 0)
        pause();
    cpool_write(call, item, length);
    cpool_write(call, "\n", 1);
    return 0;
}

static const struct function function = {.name = "mirror", .argument = "ITEM", .help = "", .run = mirror};

static void *share(size_t size)
{
    void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    ck_assert_ptr_ne(memory, MAP_FAILED);
    return memory;
}

static void begin(void)
{
    signals_start();
    ck_assert_int_eq(queue_create(&queue, 4, 16, MIB), 0);
    outbox = share(sizeof *outbox);
    outbox_bytes = share(OUTBOX_SIZE);
    run_state = share(sizeof *run_state);
    plan = (struct worker_plan){.function = &function};
    channel_open(&answers, -1);
    arena_used = 0;
    next_item = 0;
}

static void hire(void)
{
    int results[2], control[2];
    ck_assert_int_eq(platform_pipe(results, true), 0);
    ck_assert_int_eq(platform_pipe(control, true), 0);
    pid_t parent = getpid();
    fflush(NULL);
    worker = fork();
    ck_assert_int_ge(worker, 0);
    if (worker == 0) {
        close(results[0]);
        close(control[1]);
        const struct worker_seat seat = {.number = 3,
                                         .parent = parent,
                                         .results_fd = results[1],
                                         .control_fd = control[0],
                                         .outbox = {outbox, outbox_bytes},
                                         .run_state = run_state};
        worker_main(&plan, &seat, &queue);
    }
    close(results[1]);
    close(control[0]);
    channel_release(&answers);
    channel_open(&answers, results[0]);
    orders = control[1];
}

/* The lines of `text` are the items of one chunk: its slot. */
static int publish(const char *text)
{
    struct queue_chunk chunk = {.first = next_item, .batch = 1, .offset = arena_used, .delimiter = '\n'};
    chunk.length = strlen(text);
    memcpy(queue.arena + arena_used, text, chunk.length);
    arena_used += chunk.length;
    for (const char *at = text; *at != '\0'; at++)
        chunk.count += *at == '\n';
    next_item += chunk.count;
    int slot = queue_publish(&queue, &chunk);
    ck_assert_int_ge(slot, 0);
    queue_wake(&queue, 1);
    return slot;
}

/* A worker that is with an item it never ends; it has been greeted before. */
static void occupy(void)
{
    int slot = publish("stay\n");
    while (queue_owner(&queue, (unsigned)slot) < 0)
        usleep(1000);
}

/* Wait for the next message: false at the end. */
static bool next(void)
{
    for (;;) {
        int result = channel_next(&answers, &message);
        ck_assert_int_ge(result, 0);
        if (result == 1)
            return true;
        struct pollfd ready = {.fd = answers.fd, .events = POLLIN};
        ck_assert_int_eq(poll(&ready, 1, -1), 1);
        ssize_t n = channel_fill(&answers);
        if (n == 0)
            return false;
        ck_assert(n > 0 || errno == EAGAIN);
    }
}

static void expect(enum message_type type, uint64_t item)
{
    ck_assert(next());
    ck_assert_int_eq(message.type, type);
    if (type != MESSAGE_HELLO)
        ck_assert_uint_eq(message.item, item);
}

static void expect_results(uint64_t item, uint32_t count, const char *bytes)
{
    expect(MESSAGE_RESULTS, item);
    ck_assert_uint_eq(message.as.output.count, count);
    ck_assert_uint_eq(message.as.output.length, strlen(bytes));
    ck_assert_mem_eq(message.as.output.bytes, bytes, strlen(bytes));
}

/* However it is told: the next `count` items succeed, with this output in all. */
static void expect_answers(uint32_t count, const char *wanted)
{
    struct buffer output = BUFFER_INIT;
    while (count > 0) {
        ck_assert(next());
        if (message.type == MESSAGE_DONE) {
            ck_assert_int_eq(message.as.done.outcome, OUTCOME_SUCCESS);
            count--;
            continue;
        }
        ck_assert(message.type == MESSAGE_RESULTS || message.type == MESSAGE_OUTPUT);
        buffer_append(&output, message.as.output.bytes, message.as.output.length);
        count -= message.type == MESSAGE_RESULTS ? message.as.output.count : 0;
    }
    buffer_append_byte(&output, '\0');
    ck_assert_str_eq(buffer_bytes(&output), wanted);
    buffer_release(&output);
}

static void expect_hello(void)
{
    expect(MESSAGE_HELLO, 0);
    ck_assert_uint_eq(message.as.hello.pid, (uint32_t)worker);
    ck_assert_uint_eq(message.slot, 3);
}

START_TEST(it_says_hello_works_and_leaves_when_nothing_more_will_come)
{
    int slot = publish("a\nb\n\n");
    hire();
    expect_hello();
    expect_results(0, 3, "a\nb\n\n");
    ck_assert_int_eq(message.slot, slot);
    ck_assert_int_eq(queue_owner(&queue, (unsigned)slot), 3);
    queue_close(&queue);
    ck_assert(!next());
    ck_assert_int_eq(unit_wait(worker), 0);
}
END_TEST

START_TEST(it_sleeps_until_something_is_published)
{
    hire();
    expect_hello();
    for (int i = 0; i < 20; i++) {
        (void)publish("x\n");
        expect_results((uint64_t)i, 1, "x\n");
        queue_release(&queue, (unsigned)message.slot);
    }
    queue_close(&queue);
    ck_assert_int_eq(unit_wait(worker), 0);
}
END_TEST

START_TEST(a_refused_item_is_told_apart_from_its_neighbours)
{
    (void)publish("a\nbad\nb\n");
    hire();
    expect_hello();
    expect_results(0, 1, "a\n");
    expect(MESSAGE_ERRORS, 1);
    ck_assert_ptr_nonnull(memmem(message.as.output.bytes, message.as.output.length, "'bad': bad it is", 16));
    expect(MESSAGE_DONE, 1);
    ck_assert_int_eq(message.as.done.outcome, OUTCOME_FAILED);
    ck_assert_uint_eq(message.as.done.label_length, 3);
    expect_results(2, 1, "b\n");
    queue_close(&queue);
    ck_assert_int_eq(unit_wait(worker), 0);
}
END_TEST

START_TEST(a_long_answer_is_told_in_pieces)
{
    size_t length = 200000, got = 0;
    char *text = malloc(length + 2);
    memset(text, 'x', length);
    memcpy(text + length, "\n", 2);
    (void)publish(text);
    free(text);
    hire();
    expect_hello();
    for (expect(MESSAGE_OUTPUT, 0); message.type == MESSAGE_OUTPUT; ck_assert(next()))
        got += message.as.output.length;
    ck_assert_int_eq(message.type, MESSAGE_DONE);
    ck_assert_int_eq(message.as.done.outcome, OUTCOME_SUCCESS);
    ck_assert_uint_eq(got, length + 1);
    queue_close(&queue);
    ck_assert_int_eq(unit_wait(worker), 0);
}
END_TEST

START_TEST(the_rest_of_a_chunk_that_takes_too_long_is_handed_back)
{
    (void)publish("slow\na\nb\n");
    hire();
    expect_hello();
    expect_answers(1, "slow\n");
    expect(MESSAGE_RETURN, 1);
    queue_close(&queue);
    ck_assert_int_eq(unit_wait(worker), 0);
}
END_TEST

START_TEST(a_chunk_of_fixed_size_is_worked_to_its_end)
{
    plan.fixed_chunks = true;
    (void)publish("slow\na\nslow\nb\n");
    hire();
    expect_hello();
    expect_answers(4, "slow\na\nslow\nb\n");
    queue_close(&queue);
    ck_assert_int_eq(unit_wait(worker), 0);
}
END_TEST

START_TEST(what_is_ready_is_told_while_a_long_item_runs)
{
    plan.fixed_chunks = true;
    (void)publish("a\nb\nstay\n");
    hire();
    expect_hello();
    expect_results(0, 2, "a\nb\n");
    ck_assert_int_eq(kill(worker, SIGKILL), 0);
    ck_assert_int_eq(unit_wait(worker), -SIGKILL);
}
END_TEST

START_TEST(it_leaves_when_it_is_asked_to)
{
    hire();
    expect_hello();
    atomic_store(&outbox->leave, 1);
    queue_wake(&queue, 4);
    ck_assert_int_eq(unit_wait(worker), 0);
}
END_TEST

START_TEST(a_death_leaves_what_was_done_in_shared_memory)
{
    struct buffer stream = BUFFER_INIT, output = BUFFER_INIT;
    uint32_t done, told = 0;
    bool running;

    int slot = publish("a\nb\ncrash\nc\n");
    hire();
    ck_assert_int_eq(unit_wait(worker), -SIGKILL);
    while (next())
        if (message.type == MESSAGE_RESULTS)
            told += message.as.output.count;
    ck_assert_int_eq(queue_owner(&queue, (unsigned)slot), 3);
    ck_assert_int_eq(outbox_recover((struct outbox_memory){outbox, outbox_bytes}, answers.received, &stream),
                     0);
    for (channel_release(&answers), answers.bytes = stream; channel_next(&answers, &message) == 1;)
        if (message.type == MESSAGE_RESULTS)
            told += message.as.output.count;
    ck_assert_int_eq(
        outbox_recover_items((struct outbox_memory){outbox, outbox_bytes}, 4, told, &done, &running, &output),
        0);
    ck_assert_uint_eq(done, 2);
    ck_assert(running);
    buffer_release(&output);
}
END_TEST

START_TEST(term_ends_one_that_works_or_sleeps)
{
    hire();
    expect_hello();
    ck_assert_int_eq(kill(worker, SIGNALS_END_WORKER), 0);
    ck_assert_int_eq(unit_wait(worker), -SIGNALS_END_WORKER);
    hire();
    expect_hello();
    occupy();
    ck_assert_int_eq(kill(worker, SIGNALS_END_WORKER), 0);
    ck_assert_int_eq(unit_wait(worker), -SIGNALS_END_WORKER);
}
END_TEST

/* A parent of its own, which dies at once and leaves the worker's number in a pipe. */
static int orphan(void *context)
{
    const int *ends = context;
    hire();
    while (next() && message.type != MESSAGE_HELLO)
        continue;
    occupy();
    return write(ends[1], &worker, sizeof worker) == sizeof worker ? 0 : 1;
}

START_TEST(the_death_of_the_parent_ends_it)
{
    int ends[2];
    char byte;
    ck_assert_int_eq(pipe(ends), 0);
    ck_assert_int_eq(unit_fork_and_wait(orphan, ends), 0);
    close(ends[1]);
    ck_assert_int_eq(read(ends[0], &worker, sizeof worker), sizeof worker);
    /* The worker has the pipe's other end, too: its end is the end of the file. */
    ck_assert_int_eq(read(ends[0], &byte, 1), 0);
}
END_TEST

UNIT_MAIN("worker")
{
    tcase_add_checked_fixture(tests, begin, NULL);
    tcase_add_test(tests, it_says_hello_works_and_leaves_when_nothing_more_will_come);
    tcase_add_test(tests, it_sleeps_until_something_is_published);
    tcase_add_test(tests, a_refused_item_is_told_apart_from_its_neighbours);
    tcase_add_test(tests, a_long_answer_is_told_in_pieces);
    tcase_add_test(tests, the_rest_of_a_chunk_that_takes_too_long_is_handed_back);
    tcase_add_test(tests, a_chunk_of_fixed_size_is_worked_to_its_end);
    tcase_add_test(tests, what_is_ready_is_told_while_a_long_item_runs);
    tcase_add_test(tests, it_leaves_when_it_is_asked_to);
    tcase_add_test(tests, a_death_leaves_what_was_done_in_shared_memory);
    tcase_add_test(tests, term_ends_one_that_works_or_sleeps);
    tcase_add_test(tests, the_death_of_the_parent_ends_it);
}
