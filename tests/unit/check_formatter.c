#include "unit.h"

#include "base/io.h"
#include "base/platform.h"
#include "ipc/channel.h"
#include "output/formatter.h"

#include <sys/mman.h>

static struct outbox_shared *shared;
static char outbox_bytes[OUTBOX_SIZE];
static struct outbox outbox;
static struct channel channel;
static int ends[2];
static struct formatter_plan plan;
static struct formatter formatter;
static struct buffer got[FORMATTER_STREAMS]; /* what the parent has, */
static unsigned messages, broken; /* in so many messages, of which so many do not end with a line */

static void describe(void *template, const struct command_task *task, struct words *tag, struct words *fields)
{
    (void)task;
    words_add(tag, template);
    words_add(fields, template);
}

static void setup(void)
{
    static char tag[] = "t";
    signal(SIGPIPE, SIG_IGN);
    shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    ck_assert_ptr_ne(shared, MAP_FAILED);
    ck_assert_int_eq(platform_pipe(ends, true), 0);
    channel_open(&channel, ends[0]);
    outbox_open(&outbox, (struct outbox_memory){shared, outbox_bytes}, ends[1]);
    plan = (struct formatter_plan){.prints = true,
                                   .folders = {.fd = -1, .claims = -1},
                                   .tmpdir = "/tmp",
                                   .describe = describe,
                                   .template = tag};
}

static void begin(void)
{
    formatter_open(&formatter, &plan, &outbox);
    ck_assert_int_eq(formatter_begin(&formatter, 1, &(struct command_task){.number = 7}), 0);
}

static void teardown(void)
{
    channel_release(&channel);
    io_close(&ends[0]);
    io_close(&ends[1]);
    munmap(shared, sizeof *shared);
    for (size_t i = 0; i < FORMATTER_STREAMS; i++)
        buffer_release(&got[i]);
}

/* All that is on its way; true: there was something. */
static bool receive(void)
{
    struct message message;
    bool some = false;
    do
        ck_assert_int_ge(outbox_flush(&outbox), 0);
    while (channel_fill(&channel) > 0 || outbox_pending(&outbox));
    while (channel_next(&channel, &message) == 1) {
        ck_assert_uint_eq(message.item, 7);
        ck_assert_uint_eq(message.slot, 1);
        size_t length = message.as.output.length;
        buffer_append(&got[message.type == MESSAGE_ERRORS], message.as.output.bytes, length);
        broken += message.as.output.bytes[length - 1] != '\n';
        messages++;
        some = true;
    }
    return some;
}

static void take(int stream, const char *text)
{
    ck_assert_int_eq(formatter_take(&formatter, stream, text, strlen(text), false), 0);
}

static void end(void)
{
    const struct message_done done = {.outcome = OUTCOME_SUCCESS};
    ck_assert_int_eq(formatter_end(&formatter, &(struct formatter_end){.done = &done}), 0);
    while (receive())
        continue;
}

static void check_got(int stream, const char *wanted)
{
    ck_assert_uint_eq(buffer_length(&got[stream]), strlen(wanted));
    ck_assert(strlen(wanted) == 0 || memcmp(buffer_bytes(&got[stream]), wanted, strlen(wanted)) == 0);
}

START_TEST(each_line_has_its_tag_however_it_comes)
{
    plan.tags = true;
    begin();
    take(FORMATTER_OUTPUT, "on");
    take(FORMATTER_ERRORS, "e\n\n");
    take(FORMATTER_OUTPUT, "e\ntwo\n");
    take(FORMATTER_OUTPUT, "three");
    end();
    check_got(FORMATTER_OUTPUT, "t\tone\nt\ttwo\nt\tthree");
    check_got(FORMATTER_ERRORS, "t\te\nt\t\n");
}
END_TEST

START_TEST(nothing_has_no_tag)
{
    plan.tags = true;
    begin();
    end();
    check_got(FORMATTER_OUTPUT, "");
    check_got(FORMATTER_ERRORS, "");
}
END_TEST

START_TEST(a_tag_is_one_line)
{
    static char tag[] = "a\nb";
    plan.tags = true;
    plan.template = tag;
    begin();
    take(FORMATTER_OUTPUT, "x\n");
    end();
    check_got(FORMATTER_OUTPUT, "a b\tx\n");
}
END_TEST

START_TEST(what_cpool_says_has_none_and_comes_behind)
{
    plan.tags = true;
    begin();
    take(FORMATTER_ERRORS, "x\n");
    ck_assert_int_eq(formatter_say(&formatter, "cpool: y\n", 9), 0);
    take(FORMATTER_ERRORS, "z\n");
    end();
    check_got(FORMATTER_ERRORS, "t\tx\ncpool: y\nt\tz\n");
}
END_TEST

START_TEST(whole_lines_are_sent_as_soon_as_they_are_there)
{
    plan.whole_lines = true;
    begin();
    take(FORMATTER_OUTPUT, "one\ntw");
    receive();
    check_got(FORMATTER_OUTPUT, "one\n");
    take(FORMATTER_OUTPUT, "o\n\nthr");
    receive();
    check_got(FORMATTER_OUTPUT, "one\ntwo\n\n");
    ck_assert_uint_eq(broken, 0);
    end();
    check_got(FORMATTER_OUTPUT, "one\ntwo\n\nthr");
}
END_TEST

static char line[FORMATTER_TAKE_MAX + 1];

/* More than a pipe and the outbox hold: it waits for the parent, and nothing is lost or cut. */
START_TEST(lines_wait_for_a_parent_that_is_slow)
{
    size_t sent = 0;
    plan.tags = plan.whole_lines = true;
    begin();
    memset(line, 'x', 99);
    line[99] = '\n';
    line[100] = '\0';
    for (unsigned i = 0; i < 20000; i++) {
        while (formatter.blocked) {
            ck_assert(receive());
            ck_assert_int_eq(formatter_pump(&formatter), 0);
        }
        take(FORMATTER_OUTPUT, line);
        sent += 102;
    }
    while (formatter.blocked) {
        ck_assert(receive());
        ck_assert_int_eq(formatter_pump(&formatter), 0);
    }
    end();
    ck_assert_uint_eq(broken, 0);
    ck_assert_uint_eq(buffer_length(&got[FORMATTER_OUTPUT]), sent);
    for (size_t i = 0; i < sent; i += 102)
        ck_assert(memcmp(buffer_bytes(&got[FORMATTER_OUTPUT]) + i, "t\txxx", 5) == 0);
}
END_TEST

START_TEST(a_line_of_100_kilobytes_is_held_until_it_is_whole)
{
    plan.whole_lines = true;
    begin();
    memset(line, 'y', FORMATTER_TAKE_MAX);
    take(FORMATTER_OUTPUT, line);
    take(FORMATTER_OUTPUT, line);
    ck_assert(!receive());
    take(FORMATTER_OUTPUT, "\n");
    ck_assert(receive());
    end();
    ck_assert_uint_eq(buffer_length(&got[FORMATTER_OUTPUT]), 2 * FORMATTER_TAKE_MAX + 1);
}
END_TEST

START_TEST(a_line_without_end_is_sent_in_pieces)
{
    plan.whole_lines = true;
    begin();
    memset(line, 'y', FORMATTER_TAKE_MAX);
    size_t length = 0;
    for (unsigned i = 0; i < 40; i++) {
        take(FORMATTER_OUTPUT, line);
        length += FORMATTER_TAKE_MAX;
        while (formatter.blocked) {
            ck_assert(receive());
            ck_assert_int_eq(formatter_pump(&formatter), 0);
        }
    }
    ck_assert(buffer_length(&formatter.streams[FORMATTER_OUTPUT].raw) <= MIB + FORMATTER_TAKE_MAX);
    take(FORMATTER_OUTPUT, "\n");
    while (formatter.blocked) {
        ck_assert(receive());
        ck_assert_int_eq(formatter_pump(&formatter), 0);
    }
    end();
    ck_assert_uint_eq(buffer_length(&got[FORMATTER_OUTPUT]), length + 1);
}
END_TEST

START_TEST(a_record_comes_at_the_end_alone)
{
    plan.prints = false;
    plan.form = TABLE_JSON;
    begin();
    take(FORMATTER_OUTPUT, "x\n");
    take(FORMATTER_ERRORS, "y\n");
    ck_assert(!receive());
    end();
    check_got(FORMATTER_ERRORS, "");
    buffer_append_byte(&got[FORMATTER_OUTPUT], '\0');
    const char *text = buffer_bytes(&got[FORMATTER_OUTPUT]);
    ck_assert_ptr_nonnull(strstr(text, "\"stdout\":\"x\\n\",\"stderr\":\"y\\n\"}\n"));
    ck_assert(strncmp(text, "{\"seq\":8,", 9) == 0);
}
END_TEST

START_TEST(the_next_task_knows_nothing_of_the_last)
{
    plan.tags = plan.whole_lines = true;
    plan.form = TABLE_NONE;
    begin();
    take(FORMATTER_OUTPUT, "half");
    ck_assert_int_eq(formatter_begin(&formatter, 1, &(struct command_task){.number = 7}), 0);
    take(FORMATTER_OUTPUT, "x\n");
    end();
    check_got(FORMATTER_OUTPUT, "t\tx\n");
}
END_TEST

START_TEST(a_parent_that_is_gone_is_noticed)
{
    plan.tags = true;
    begin();
    channel_release(&channel);
    io_close(&ends[0]);
    take(FORMATTER_OUTPUT, "x");
    const struct message_done done = {.outcome = OUTCOME_SUCCESS};
    int result = formatter_end(&formatter, &(struct formatter_end){.done = &done});
    ck_assert(result == 0 || !formatter.failed);
    memset(line, 'y', FORMATTER_TAKE_MAX);
    for (unsigned i = 0; i < 10 && result == 0; i++)
        result = formatter_take(&formatter, FORMATTER_OUTPUT, line, FORMATTER_TAKE_MAX, true);
    ck_assert_int_eq(result, -1);
    ck_assert(!formatter.failed);
}
END_TEST

START_TEST(the_record_of_a_lost_task_is_made_by_the_parent)
{
    const struct message_done done = {.outcome = OUTCOME_LOST, .code = 9};
    const struct command_task task = {.number = 2, .worker = 1};
    struct buffer text = BUFFER_INIT;
    formatter_tell_lost(&plan, &task, &(struct formatter_end){.done = &done}, &text);
    ck_assert_uint_eq(buffer_length(&text), 0);
    plan.form = TABLE_JSON;
    formatter_tell_lost(&plan, &task, &(struct formatter_end){.done = &done, .pid = 5, .command = {"c", 1}},
                        &text);
    buffer_append_byte(&text, '\0');
    ck_assert_ptr_nonnull(strstr(buffer_bytes(&text), "{\"seq\":3,\"slot\":2,\"pid\":5,"));
    ck_assert_ptr_nonnull(strstr(buffer_bytes(&text), "\"outcome\":\"lost\""));
    buffer_release(&text);
}
END_TEST

UNIT_MAIN("formatter")
{
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, each_line_has_its_tag_however_it_comes);
    tcase_add_test(tests, nothing_has_no_tag);
    tcase_add_test(tests, a_tag_is_one_line);
    tcase_add_test(tests, what_cpool_says_has_none_and_comes_behind);
    tcase_add_test(tests, whole_lines_are_sent_as_soon_as_they_are_there);
    tcase_add_test(tests, lines_wait_for_a_parent_that_is_slow);
    tcase_add_test(tests, a_line_of_100_kilobytes_is_held_until_it_is_whole);
    tcase_add_test(tests, a_line_without_end_is_sent_in_pieces);
    tcase_add_test(tests, a_record_comes_at_the_end_alone);
    tcase_add_test(tests, the_next_task_knows_nothing_of_the_last);
    tcase_add_test(tests, a_parent_that_is_gone_is_noticed);
    tcase_add_test(tests, the_record_of_a_lost_task_is_made_by_the_parent);
}
