#include "resident.h"

#include "ipc/items.h"
#include "worker/stream.h"

#define BLOCKS 64

/* The blocks, and what was said of them. */
static struct {
    int slot;
    bool taken, over;
    struct message_done done;
    char label[64];
    struct buffer output, errors;
} blocks[BLOCKS];
static unsigned block_count;

static char *words[] = {"sh", "-c", NULL, NULL};

static int expand(void *template, const struct command_task *task, struct command_line *line,
                  const char **why)
{
    (void)template, (void)task;
    if (words[2][0] == '!') {
        *why = "it is not liked";
        return -1;
    }
    for (char **word = words; *word != NULL; word++)
        words_add(&line->arguments, *word);
    return 0;
}

static void begin(void)
{
    resident_begin(BLOCKS, 4 * MIB, expand);
    plan.reads_blocks = true;
}

/* ---- the worker ---- */

static int exit_status;

static int serve_chunk(struct command *command, unsigned slot, const struct queue_chunk *chunk)
{
    return stream_run(command, WORKER, slot, chunk, &exit_status);
}

static int serve_end(int result)
{
    return exit_status != 0 ? exit_status : -result;
}

static void hire(const char *script)
{
    words[2] = (char *)(uintptr_t)script;
    resident_hire(-1);
}

/* ---- the parent ---- */

static void publish_chunk(struct queue_chunk chunk)
{
    chunk.first = block_count;
    chunk.count = chunk.batch = 1;
    int slot = queue_publish(&queue, &chunk);
    ck_assert_int_ge(slot, 0);
    ck_assert_uint_lt(block_count, BLOCKS);
    blocks[block_count++].slot = slot;
    queue_wake(&queue, 1);
}

static void publish_bytes(const void *bytes, size_t length)
{
    ck_assert_uint_le(length, queue.arena_size - arena_used);
    memcpy(queue.arena + arena_used, bytes, length);
    publish_chunk((struct queue_chunk){.offset = arena_used, .length = length, .delimiter = ITEMS_BLOCK});
    arena_used += length;
}

static void publish(const char *text)
{
    publish_bytes(text, strlen(text));
}

static void take_done(unsigned block, const struct message_done *done)
{
    blocks[block].over = true;
    blocks[block].done = *done;
    snprintf(blocks[block].label, sizeof blocks[block].label, "%.*s", (int)done->label_length,
             done->label_length == 0 ? "" : done->label);
}

/* A block is taken before the next, and nothing is said of one that is over. */
static void take(const struct message *message)
{
    ck_assert_uint_lt(message->item, block_count);
    unsigned block = (unsigned)message->item;
    ck_assert_uint_eq(message->slot, (unsigned)blocks[block].slot);
    ck_assert(!blocks[block].over);
    switch (message->type) {
    case MESSAGE_TAKEN:
        ck_assert(!blocks[block].taken);
        blocks[block].taken = true;
        break;
    case MESSAGE_RESULTS:
        ck_assert_uint_eq(message->as.output.count, 1);
        ck_assert_uint_eq(message->as.output.length, 0);
        ck_assert(blocks[block - 1].taken);
        blocks[block].over = blocks[block].taken = true;
        break;
    case MESSAGE_OUTPUT:
        buffer_append(&blocks[block].output, message->as.output.bytes, message->as.output.length);
        break;
    case MESSAGE_ERRORS:
        buffer_append(&blocks[block].errors, message->as.output.bytes, message->as.output.length);
        break;
    case MESSAGE_DONE:
        take_done(block, &message->as.done);
        break;
    default:
        ck_abort_msg("message of type %d", message->type);
    }
}

static void wait_until_taken(unsigned block)
{
    while (!blocks[block].taken)
        ck_assert(next());
}

/* All that is published, by one worker. */
static int run(const char *script)
{
    queue_close(&queue);
    hire(script);
    return leave();
}

/* ---- what is expected ---- */

static void expect_end(unsigned block, enum message_outcome outcome, uint32_t code)
{
    ck_assert(blocks[block].over);
    ck_assert_int_eq(blocks[block].done.outcome, outcome);
    ck_assert_uint_eq(blocks[block].done.code, code);
}

static void expect_bytes(const struct buffer *buffer, const char *bytes, size_t length)
{
    ck_assert_uint_eq(buffer_length(buffer), length);
    ck_assert(length == 0 || memcmp(buffer_bytes(buffer), bytes, length) == 0);
}

static void expect_output(unsigned block, const char *text)
{
    expect_bytes(&blocks[block].output, text, strlen(text));
}

static void expect_errors(unsigned block, const char *text)
{
    expect_bytes(&blocks[block].errors, text, strlen(text));
}

/* Of all but the first nothing is said but that they were taken. */
static void expect_taken(unsigned from, unsigned to)
{
    for (unsigned i = from; i <= to; i++) {
        ck_assert(blocks[i].taken && blocks[i].over);
        expect_output(i, "");
        expect_errors(i, "");
    }
}

START_TEST(what_a_command_says_is_the_answer_to_its_first_block)
{
    publish("a\n");
    publish("b\n");
    publish("c\n");
    ck_assert_int_eq(run("echo oops >&2; exec cat"), 0);
    ck_assert(blocks[0].taken);
    expect_end(0, OUTCOME_SUCCESS, 0);
    expect_output(0, "a\nb\nc\n");
    expect_errors(0, "oops\n");
    ck_assert_uint_gt(blocks[0].done.started, 0);
    ck_assert_uint_eq(blocks[0].done.label_length, 0);
    expect_taken(1, 2);
    ck_assert_uint_eq(atomic_load(&shared->task), 0);
}
END_TEST

START_TEST(one_block_is_a_stream_too)
{
    publish("a\n");
    ck_assert_int_eq(run("exec cat"), 0);
    ck_assert(blocks[0].taken);
    expect_end(0, OUTCOME_SUCCESS, 0);
    expect_output(0, "a\n");
}
END_TEST

START_TEST(a_block_is_taken_while_the_command_goes_on)
{
    hire("exec sort");
    for (unsigned i = 0; i < 40; i++) {
        publish(i % 2 == 0 ? "a\n" : "b\n");
        wait_until_taken(i);
    }
    expect_output(0, "");
    ck_assert_int_eq(finish(), 0);
    expect_end(0, OUTCOME_SUCCESS, 0);
    ck_assert_uint_eq(buffer_length(&blocks[0].output), 80);
    expect_taken(1, 39);
}
END_TEST

/* Larger than pipes and the outbox, and the output comes while blocks are still written. */
START_TEST(large_blocks_go_through)
{
    const size_t length = 700000;
    struct buffer wanted = BUFFER_INIT;
    char *bytes = malloc(length);
    for (unsigned i = 0; i < 4; i++) {
        for (size_t k = 0; k < length; k++)
            bytes[k] = (char)(k * 7 + (k >> 8) + i);
        publish_bytes(bytes, length);
        buffer_append(&wanted, bytes, length);
    }
    free(bytes);
    ck_assert_int_eq(run("exec cat"), 0);
    expect_bytes(&blocks[0].output, buffer_bytes(&wanted), buffer_length(&wanted));
    expect_taken(1, 3);
    buffer_release(&wanted);
}
END_TEST

START_TEST(ranges_of_a_file_are_read_and_the_header_comes_once)
{
    const size_t length = 300000, cut = 100000;
    char *bytes = malloc(length);
    for (size_t i = 0; i < length; i++)
        bytes[i] = (char)('a' + i * 7 % 26);
    plan.file = platform_open_temporary("/tmp");
    ck_assert_int_eq(write(plan.file, bytes, length), (int)length);
    plan.header = "header\n";
    plan.header_length = 7;
    for (size_t from = 0; from < length; from += cut)
        publish_chunk((struct queue_chunk){.offset = from, .length = cut, .delimiter = ITEMS_RANGE});
    ck_assert_int_eq(run("exec cat"), 0);
    expect_end(0, OUTCOME_SUCCESS, 0);
    ck_assert_uint_eq(buffer_length(&blocks[0].output), 7 + length);
    ck_assert_mem_eq(buffer_bytes(&blocks[0].output), "header\n", 7);
    ck_assert_mem_eq(buffer_bytes(&blocks[0].output) + 7, bytes, length);
    expect_taken(1, 2);
    free(bytes);
    close(plan.file);
}
END_TEST

START_TEST(a_failure_names_the_first_block_and_says_how_many_there_were)
{
    publish("a\n");
    publish("b\n");
    publish("c\n");
    ck_assert_int_eq(run("cat; exit 3"), 0);
    expect_end(0, OUTCOME_EXIT, 3);
    ck_assert_str_eq(blocks[0].label, "block 1");
    expect_output(0, "a\nb\nc\n");
    expect_errors(0, "cpool: the command that began with block 1 failed; it had been given 3 blocks\n");
    expect_taken(1, 2);
}
END_TEST

START_TEST(a_failure_with_one_block_needs_no_number)
{
    publish("a\n");
    ck_assert_int_eq(run("cat; kill -KILL $$"), 0);
    expect_end(0, OUTCOME_SIGNAL, SIGKILL);
    expect_errors(0, "");
}
END_TEST

/* It fails before the input has ended: the next one begins with the block that follows. */
START_TEST(after_a_failure_the_next_begins_with_the_next_block)
{
    hire("read -r a; echo $a; test $a != a || exit 9; exec cat");
    publish("a\n");
    while (!blocks[0].over)
        ck_assert(next());
    expect_end(0, OUTCOME_EXIT, 9);
    publish("b\n");
    wait_until_taken(1);
    publish("c\n");
    wait_until_taken(2);
    ck_assert_int_eq(finish(), 0);
    expect_end(1, OUTCOME_SUCCESS, 0);
    expect_output(1, "b\nc\n");
    expect_taken(2, 2);
}
END_TEST

/* A block that it was given and did not read all of is over with it. */
START_TEST(a_command_that_ends_in_the_midst_of_a_block_has_had_it)
{
    char *bytes = malloc(2 * MIB);
    memset(bytes, 'x', 2 * MIB);
    publish("a\n");
    publish_bytes(bytes, 2 * MIB);
    free(bytes);
    hire("head -c 100 >/dev/null; exit 4");
    while (!blocks[0].over)
        ck_assert(next());
    expect_end(0, OUTCOME_EXIT, 4);
    expect_errors(0, "cpool: the command that began with block 1 failed; it had been given 2 blocks\n");
    ck_assert(blocks[1].over);
    ck_assert_int_eq(finish(), 0);
}
END_TEST

START_TEST(one_that_ends_well_before_the_input_does_wants_no_more)
{
    publish("a\n");
    hire("read -r a; echo $a");
    ck_assert_int_eq(leave(), STREAM_SATED);
    expect_end(0, OUTCOME_SUCCESS, 0);
    expect_output(0, "a\n");
}
END_TEST

START_TEST(one_that_does_not_read_all_is_sated_too)
{
    char *bytes = malloc(2 * MIB);
    memset(bytes, 'x', 2 * MIB);
    publish_bytes(bytes, 2 * MIB);
    publish("never\n");
    free(bytes);
    ck_assert_int_eq(run("exec head -c 10"), STREAM_SATED);
    expect_end(0, OUTCOME_SUCCESS, 0);
    expect_output(0, "xxxxxxxxxx");
    ck_assert(!blocks[1].taken);
    ck_assert_int_eq(queue_owner(&queue, (unsigned)blocks[1].slot), -1);
}
END_TEST

START_TEST(one_that_is_to_leave_ends_the_input_of_its_command)
{
    hire("exec cat");
    publish("a\n");
    wait_until_taken(0);
    /* The worker looks before it sleeps; a wake-up is for when it does already. */
    atomic_store(&shared->leave, 1);
    while (!blocks[0].over) {
        struct pollfd ready = {.fd = answers.fd, .events = POLLIN};
        queue_wake(&queue, 1);
        if (poll(&ready, 1, 10) > 0)
            ck_assert(next());
    }
    ck_assert_int_eq(leave(), 0);
    expect_end(0, OUTCOME_SUCCESS, 0);
    expect_output(0, "a\n");
}
END_TEST

START_TEST(the_order_to_end_is_obeyed)
{
    publish("a\n");
    publish("b\n");
    hire("exec sleep 1000");
    wait_until_taken(1);
    ck_assert_int_eq(channel_send(orders, MESSAGE_TERMINATE, SIGTERM), 0);
    ck_assert_int_eq(leave(), 1);
    expect_end(0, OUTCOME_SIGNAL, SIGTERM);
    /* Whoever ends the run knows why. */
    expect_errors(0, "");
}
END_TEST

START_TEST(one_that_takes_too_long_has_timed_out)
{
    atomic_store(&run_state->time_limit, 30 * NS_PER_MS);
    publish("a\n");
    publish("b\n");
    ck_assert_int_eq(run("exec sleep 1000"), 0);
    expect_end(0, OUTCOME_TIMED_OUT, 30);
    ck_assert_str_eq(blocks[0].label, "block 1");
}
END_TEST

START_TEST(a_program_that_is_not_there_fails_each_block)
{
    static char missing[] = "no-such-program-anywhere";
    words[0] = missing;
    publish("a\n");
    publish("b\n");
    ck_assert_int_eq(run(""), 0);
    for (unsigned i = 0; i < 2; i++) {
        expect_end(i, OUTCOME_NO_EXEC, ENOENT);
        ck_assert_ptr_nonnull(memmem(buffer_bytes(&blocks[i].errors), buffer_length(&blocks[i].errors),
                                     missing, strlen(missing)));
    }
}
END_TEST

START_TEST(what_can_be_no_argument_fails_each_block)
{
    publish("a\n");
    publish("b\n");
    ck_assert_int_eq(run("!"), 0);
    for (unsigned i = 0; i < 2; i++)
        expect_end(i, OUTCOME_NO_EXEC, EINVAL);
    expect_errors(1, "cpool: 'block 2': can't be an argument: it is not liked\n");
}
END_TEST

UNIT_MAIN("stream")
{
    tcase_add_checked_fixture(tests, begin, NULL);
    tcase_add_test(tests, what_a_command_says_is_the_answer_to_its_first_block);
    tcase_add_test(tests, one_block_is_a_stream_too);
    tcase_add_test(tests, a_block_is_taken_while_the_command_goes_on);
    tcase_add_test(tests, large_blocks_go_through);
    tcase_add_test(tests, ranges_of_a_file_are_read_and_the_header_comes_once);
    tcase_add_test(tests, a_failure_names_the_first_block_and_says_how_many_there_were);
    tcase_add_test(tests, a_failure_with_one_block_needs_no_number);
    tcase_add_test(tests, after_a_failure_the_next_begins_with_the_next_block);
    tcase_add_test(tests, a_command_that_ends_in_the_midst_of_a_block_has_had_it);
    tcase_add_test(tests, one_that_ends_well_before_the_input_does_wants_no_more);
    tcase_add_test(tests, one_that_does_not_read_all_is_sated_too);
    tcase_add_test(tests, one_that_is_to_leave_ends_the_input_of_its_command);
    tcase_add_test(tests, the_order_to_end_is_obeyed);
    tcase_add_test(tests, one_that_takes_too_long_has_timed_out);
    tcase_add_test(tests, a_program_that_is_not_there_fails_each_block);
    tcase_add_test(tests, what_can_be_no_argument_fails_each_block);
}
