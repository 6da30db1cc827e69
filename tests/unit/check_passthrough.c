#include "unit.h"

#include "base/io.h"
#include "base/platform.h"
#include "worker/passthrough.h"

/* A task that writes to `task`, is read from `output`, and whose worker's standard output is read from
 * `reader`. */
#define NUMBER 7
static struct command_plan plan;
static struct command command;
static struct run_state run_state;
static struct outbox outbox;
static struct outbox_shared shared;
static struct passthrough passthrough;
static int task, output, reader;

static void begin(void)
{
    int in[2], out[2];
    ck_assert_int_eq(pipe(in), 0);
    ck_assert_int_eq(pipe(out), 0);
    ck_assert_int_eq(dup2(out[1], STDOUT_FILENO), STDOUT_FILENO);
    io_close(&out[1]);
    plan = (struct command_plan){.passes_through = true};
    run_state = (struct run_state){.head = NUMBER + 1};
    shared.passed = 0;
    outbox = (struct outbox){.shared = &shared};
    command = (struct command){.plan = &plan, .run_state = &run_state};
    passthrough = (struct passthrough){0};
    task = in[1];
    output = in[0];
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

static bool is_worth_it(bool wide)
{
    return passthrough_is_worth_it(&passthrough, &command, NUMBER, wide);
}

START_TEST(only_the_first_in_line_that_writes_much_asks_and_only_once)
{
    ck_assert(is_worth_it(true));
    ck_assert(!is_worth_it(false));
    run_state.head = NUMBER;
    ck_assert(!is_worth_it(true));
    run_state.head = 0;
    ck_assert(!is_worth_it(true));
    run_state.head = NUMBER + 1;
    plan.passes_through = false;
    ck_assert(!is_worth_it(true));
    plan.passes_through = true;
    passthrough.state = PASSTHROUGH_ASKED;
    ck_assert(!is_worth_it(true));
    passthrough.state = PASSTHROUGH_NEVER;
    ck_assert(!is_worth_it(true));
}
END_TEST

START_TEST(what_was_granted_to_a_task_before_is_not_granted_to_this_one)
{
    ck_assert(!passthrough_grant(&passthrough, NUMBER, NUMBER));
    ck_assert_int_eq(passthrough.state, PASSTHROUGH_NO); /* it has not asked */
    passthrough.state = PASSTHROUGH_ASKED;
    ck_assert(!passthrough_grant(&passthrough, NUMBER - 1, NUMBER));
    ck_assert_int_eq(passthrough.state, PASSTHROUGH_ASKED);
    ck_assert(passthrough_grant(&passthrough, NUMBER, NUMBER));
    ck_assert_int_eq(passthrough.state, PASSTHROUGH_GRANTED);
}
END_TEST

START_TEST(what_the_task_writes_comes_out)
{
    passthrough.state = PASSTHROUGH_GRANTED;
    ck_assert_int_eq(passthrough_watch(&passthrough, output).fd, output);
    put("one");
    ck_assert_int_eq(passthrough_take(&passthrough, output, &outbox), 3);
    expect("one");
    ck_assert_uint_eq(shared.passed, 3);
    ck_assert_int_eq(passthrough_take(&passthrough, output, &outbox), -1); /* there is nothing more */
    ck_assert_int_eq(passthrough.state, PASSTHROUGH_GRANTED);
    ck_assert(!passthrough.full);
    ck_assert_uint_eq(shared.passed, 3);
}
END_TEST

START_TEST(its_end_is_seen)
{
    passthrough.state = PASSTHROUGH_GRANTED;
    put("last");
    io_close(&task);
    ck_assert_int_eq(passthrough_take(&passthrough, output, &outbox), 4);
    expect("last");
    ck_assert_int_eq(passthrough_take(&passthrough, output, &outbox), 0);
}
END_TEST

START_TEST(where_there_is_no_room_it_waits_for_room)
{
    static const char filler[4096];
    passthrough.state = PASSTHROUGH_GRANTED;
    ck_assert_int_eq(io_set_nonblocking(STDOUT_FILENO), 0);
    while (write(STDOUT_FILENO, filler, sizeof filler) > 0)
        continue;
    put("one");
    ck_assert_int_eq(passthrough_take(&passthrough, output, &outbox), -1);
    ck_assert_uint_eq(shared.passed, 0);
    ck_assert_int_eq(passthrough.state, PASSTHROUGH_GRANTED);
    ck_assert(passthrough.full);
    ck_assert_int_eq(passthrough_watch(&passthrough, output).fd, STDOUT_FILENO);
    ck_assert_int_eq(passthrough_watch(&passthrough, output).events, POLLOUT);
    char bytes[sizeof filler];
    for (int i = 0; i < 4; i++)
        ck_assert_int_gt(read(reader, bytes, sizeof bytes), 0);
    ck_assert_int_eq(passthrough_take(&passthrough, output, &outbox), 3);
    ck_assert_uint_eq(shared.passed, 3);
    ck_assert_int_eq(passthrough_watch(&passthrough, output).fd, output);
}
END_TEST

START_TEST(where_nobody_reads_the_rest_goes_the_common_way)
{
    passthrough.state = PASSTHROUGH_GRANTED;
    signal(SIGPIPE, SIG_IGN);
    io_close(&reader);
    put("one");
    ck_assert_int_eq(passthrough_take(&passthrough, output, &outbox), -1);
    ck_assert_int_eq(passthrough.state, PASSTHROUGH_NEVER);
    ck_assert_uint_eq(platform_unread(output), 3);
}
END_TEST

UNIT_MAIN("passthrough")
{
    tcase_add_checked_fixture(tests, begin, NULL);
    tcase_add_test(tests, only_the_first_in_line_that_writes_much_asks_and_only_once);
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
