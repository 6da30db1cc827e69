#include "unit.h"

#include "base/io.h"
#include "base/platform.h"
#include "worker/direct.h"

/* A run whose task writes to `task`, and whose standard output is read from `reader`. */
static struct command_plan plan;
static struct command command;
static struct board board;
static struct outbox outbox;
static struct outbox_shared shared;
static struct run run;
static int task, reader;

static void begin(void)
{
    int in[2], out[2];
    ck_assert_int_eq(pipe(in), 0);
    ck_assert_int_eq(pipe(out), 0);
    ck_assert_int_eq(dup2(out[1], STDOUT_FILENO), STDOUT_FILENO);
    io_close(&out[1]);
    plan = (struct command_plan){.direct = true};
    board = (struct board){.head = 8};
    shared.passed = 0;
    outbox = (struct outbox){.shared = &shared};
    command = (struct command){.plan = &plan, .board = &board, .link = {.outbox = &outbox}};
    run = (struct run){.command = &command,
                       .number = 7,
                       .wide = true,
                       .outputs = {{.fd = in[0], .type = MESSAGE_OUTPUT}, {.fd = -1}}};
    task = in[1];
    reader = out[0];
}

static void put(const char *text)
{
    ck_assert_int_eq(io_write_all(task, text, strlen(text)), 0);
}

static void expect(const char *text)
{
    char got[64] = "";
    ck_assert_int_eq(read(reader, got, sizeof got - 1), (ssize_t)strlen(text));
    ck_assert_str_eq(got, text);
}

START_TEST(only_the_first_in_line_that_writes_much_asks)
{
    ck_assert(direct_is_worth_it(&run));
    run.wide = false;
    ck_assert(!direct_is_worth_it(&run));
    run.wide = true;
    board.head = 7;
    ck_assert(!direct_is_worth_it(&run));
    board.head = 0;
    ck_assert(!direct_is_worth_it(&run));
    board.head = 8;
    plan.direct = false;
    ck_assert(!direct_is_worth_it(&run));
    plan.direct = true;
    run.direct = DIRECT_NEVER;
    ck_assert(!direct_is_worth_it(&run));
}
END_TEST

START_TEST(what_was_granted_to_a_task_before_is_not_granted_to_this_one)
{
    direct_grant(&run, 7);
    ck_assert_int_eq(run.direct, DIRECT_NO); /* it has not asked */
    run.direct = DIRECT_ASKED;
    direct_grant(&run, 6);
    ck_assert_int_eq(run.direct, DIRECT_ASKED);
    direct_grant(&run, 7);
    ck_assert_int_eq(run.direct, DIRECT_GRANTED);
}
END_TEST

START_TEST(what_the_task_writes_comes_out)
{
    run.direct = DIRECT_GRANTED;
    ck_assert_int_eq(direct_watch(&run).fd, run.outputs[0].fd);
    put("one");
    direct_take(&run, POLLIN, 1);
    expect("one");
    ck_assert_uint_eq(run.written[0], 3);
    ck_assert(!run.read_short[0]);
    direct_take(&run, POLLIN, 2); /* there is nothing more */
    ck_assert(run.read_short[0]);
    ck_assert_uint_eq(run.written[0], 3);
}
END_TEST

START_TEST(its_end_is_seen)
{
    run.direct = DIRECT_GRANTED;
    put("last");
    io_close(&task);
    direct_take(&run, POLLIN | POLLHUP, 1);
    expect("last");
    direct_take(&run, POLLHUP, 2);
    ck_assert_int_eq(run.outputs[0].fd, -1);
}
END_TEST

START_TEST(where_there_is_no_room_it_waits_for_room)
{
    static const char filler[4096];
    run.direct = DIRECT_GRANTED;
    ck_assert_int_eq(io_set_nonblocking(STDOUT_FILENO), 0);
    while (write(STDOUT_FILENO, filler, sizeof filler) > 0)
        continue;
    put("one");
    direct_take(&run, POLLIN, 1);
    ck_assert_uint_eq(run.written[0], 0);
    ck_assert(!run.read_short[0]);
    ck_assert_int_eq(direct_watch(&run).fd, STDOUT_FILENO);
    ck_assert_int_eq(direct_watch(&run).events, POLLOUT);
    char bytes[sizeof filler];
    for (int i = 0; i < 4; i++)
        ck_assert_int_gt(read(reader, bytes, sizeof bytes), 0);
    direct_take(&run, POLLOUT, 2);
    ck_assert_uint_eq(run.written[0], 3);
    ck_assert_int_eq(direct_watch(&run).fd, run.outputs[0].fd);
}
END_TEST

START_TEST(where_nobody_reads_the_rest_goes_the_common_way)
{
    run.direct = DIRECT_GRANTED;
    signal(SIGPIPE, SIG_IGN);
    io_close(&reader);
    put("one");
    direct_take(&run, POLLIN, 1);
    ck_assert_int_eq(run.direct, DIRECT_NEVER);
    ck_assert_uint_eq(platform_unread(run.outputs[0].fd), 3);
}
END_TEST

UNIT_MAIN("direct")
{
    tcase_add_checked_fixture(tests, begin, NULL);
    tcase_add_test(tests, only_the_first_in_line_that_writes_much_asks);
    tcase_add_test(tests, what_was_granted_to_a_task_before_is_not_granted_to_this_one);
    if (platform_splice_pipes(-1, -1, 1) < 0 && errno == ENOSYS) {
        unit_skip("nothing is spliced here");
        return;
    }
    tcase_add_test(tests, what_the_task_writes_comes_out);
    tcase_add_test(tests, its_end_is_seen);
    tcase_add_test(tests, where_there_is_no_room_it_waits_for_room);
    tcase_add_test(tests, where_nobody_reads_the_rest_goes_the_common_way);
}
