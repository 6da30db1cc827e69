#include "unit.h"

#include "display/sink.h"

#include <poll.h>
#include <sys/socket.h>

static struct sink sink;

/* Descriptor `at` becomes `fd`. Check runs each test in a process of its own, so nobody else notices. */
static void stand_in(int fd, int at)
{
    ck_assert_int_eq(dup2(fd, at), at);
    close(fd);
}

static ssize_t say(const char *text)
{
    return sink_write(&sink, COLLECTOR_OUTPUT, text, strlen(text));
}

static void read_all(int fd, const char *wanted)
{
    char bytes[256];
    ssize_t n = read(fd, bytes, sizeof bytes);
    ck_assert_int_eq(n, (ssize_t)strlen(wanted));
    ck_assert_mem_eq(bytes, wanted, (size_t)n);
}

/* Standard output is a pipe; returns its other end. */
static int into_pipe(void)
{
    int ends[2];
    ck_assert_int_eq(pipe(ends), 0);
    stand_in(ends[1], STDOUT_FILENO);
    sink_open(&sink, 0);
    return ends[0];
}

/* Write until the sink takes no more: so many bytes it took. */
static size_t fill(void)
{
    static const char block[10000];
    size_t taken = 0;
    ssize_t n;
    do {
        n = sink_write(&sink, COLLECTOR_OUTPUT, block, sizeof block);
        ck_assert_int_ge(n, 0);
        taken += (size_t)n;
        ck_assert_uint_le(taken, 64 * MIB);
    } while (n == (ssize_t)sizeof block);
    return taken;
}

static void drain(int fd, size_t count)
{
    static char bytes[65536];
    while (count > 0) {
        ssize_t n = read(fd, bytes, size_min(count, sizeof bytes));
        ck_assert_int_gt(n, 0);
        count -= (size_t)n;
    }
}

static bool writable(int fd)
{
    struct pollfd ready = {.fd = fd, .events = POLLOUT};
    return poll(&ready, 1, 0) == 1;
}

static void expect_back_pressure(int reader)
{
    size_t taken = fill();
    ck_assert_uint_gt(taken, 0);
    int fd = sink_wait_fd(&sink);
    ck_assert(!writable(fd));
    drain(reader, taken);
    ck_assert(writable(fd));
    ck_assert_int_eq(say("more"), 4);
    read_all(reader, "more");
}

START_TEST(a_file_takes_everything)
{
    FILE *file = tmpfile();
    int reader = dup(fileno(file));
    stand_in(dup(fileno(file)), STDOUT_FILENO);
    sink_open(&sink, 0);
    ck_assert_int_eq(sink.streams[COLLECTOR_OUTPUT].mode, SINK_PLAIN);
    ck_assert_int_eq(say("hello"), 5);
    ck_assert_int_eq(lseek(reader, 0, SEEK_SET), 0);
    read_all(reader, "hello");
    sink_close(&sink);
}
END_TEST

START_TEST(a_pipe_gets_the_bytes)
{
    int reader = into_pipe();
    ck_assert_int_eq(say("hello"), 5);
    read_all(reader, "hello");
    sink_close(&sink);
}
END_TEST

START_TEST(a_pipe_that_others_share_stays_as_it_was)
{
    (void)into_pipe();
    ck_assert_int_eq(fcntl(STDOUT_FILENO, F_GETFL) & O_NONBLOCK, 0);
    sink_close(&sink);
    ck_assert_int_eq(fcntl(STDOUT_FILENO, F_GETFL) & O_NONBLOCK, 0);
    ck_assert_int_ge(fcntl(STDOUT_FILENO, F_GETFD), 0);
}
END_TEST

START_TEST(a_full_pipe_is_not_waited_for)
{
    expect_back_pressure(into_pipe());
}
END_TEST

START_TEST(a_full_pipe_is_not_waited_for_where_it_can_not_be_opened_anew)
{
    int reader = into_pipe();
    sink_close(&sink);
    sink.streams[COLLECTOR_OUTPUT] =
        (struct sink_stream){.fd = STDOUT_FILENO, .opened = -1, .mode = SINK_CAREFUL};
    expect_back_pressure(reader);
}
END_TEST

START_TEST(only_terminals_have_colors_and_only_where_they_are_wanted)
{
    int terminal = posix_openpt(O_RDWR | O_NOCTTY);
    if (terminal < 0 || grantpt(terminal) < 0 || unlockpt(terminal) < 0) {
        unit_skip("no terminals here");
        return;
    }
    int end = open(ptsname(terminal), O_RDWR | O_NOCTTY);
    ck_assert_int_ge(end, 0);
    (void)into_pipe();
    sink_close(&sink);
    stand_in(end, STDERR_FILENO);
    sink_open(&sink, 0);
    unsetenv("NO_COLOR");
    setenv("TERM", "xterm", 1);
    ck_assert_uint_eq(sink_colors(&sink), 1U << COLLECTOR_ERRORS);
    setenv("NO_COLOR", "", 1); /* as good as not set */
    ck_assert_uint_eq(sink_colors(&sink), 1U << COLLECTOR_ERRORS);
    setenv("NO_COLOR", "1", 1);
    ck_assert_uint_eq(sink_colors(&sink), 0);
    unsetenv("NO_COLOR");
    setenv("TERM", "dumb", 1);
    ck_assert_uint_eq(sink_colors(&sink), 0);
    unsetenv("TERM");
    ck_assert_uint_eq(sink_colors(&sink), 0);
    sink_close(&sink);
}
END_TEST

START_TEST(a_full_socket_is_not_waited_for)
{
    int ends[2];
    ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
    stand_in(ends[1], STDOUT_FILENO);
    sink_open(&sink, 0);
    ck_assert_int_eq(sink.streams[COLLECTOR_OUTPUT].mode, SINK_SOCKET);
    ck_assert_int_eq(say("hello"), 5);
    read_all(ends[0], "hello");
    expect_back_pressure(ends[0]);
    ck_assert_int_eq(fcntl(STDOUT_FILENO, F_GETFL) & O_NONBLOCK, 0);
}
END_TEST

START_TEST(a_reader_that_has_gone_is_a_failure_with_its_reason)
{
    signal(SIGPIPE, SIG_IGN);
    close(into_pipe());
    ck_assert_int_eq(say("hello"), -1);
    ck_assert_int_eq(sink.error, EPIPE);
    ck_assert_int_eq(sink.failed, COLLECTOR_OUTPUT);
}
END_TEST

START_TEST(a_socket_whose_reader_has_gone_is_a_failure_as_well)
{
    int ends[2];
    ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
    stand_in(ends[1], STDOUT_FILENO);
    close(ends[0]);
    signal(SIGPIPE, SIG_IGN);
    sink_open(&sink, 0);
    ck_assert_int_eq(say("hello"), -1);
    ck_assert_int_eq(sink.error, EPIPE);
}
END_TEST

START_TEST(a_full_disk_is_a_failure_with_its_reason)
{
    int fd = open("/dev/full", O_WRONLY);
    if (fd < 0) {
        unit_skip("no /dev/full");
        return;
    }
    stand_in(fd, STDOUT_FILENO);
    sink_open(&sink, 0);
    ck_assert_int_eq(say("hello"), -1);
    ck_assert_int_eq(sink.error, ENOSPC);
}
END_TEST

START_TEST(closed_output_is_lost_and_closed_errors_are_unwanted)
{
    int null = open("/dev/null", O_WRONLY);
    stand_in(null, STDOUT_FILENO);
    sink_open(&sink, 1U << STDOUT_FILENO | 1U << STDERR_FILENO);
    ck_assert_int_eq(say("hello"), -1);
    ck_assert_int_eq(sink.error, EBADF);
    ck_assert_int_eq(sink_write(&sink, COLLECTOR_ERRORS, "hello", 5), 5);
}
END_TEST

START_TEST(the_two_streams_go_their_own_ways)
{
    int reader = into_pipe(), ends[2], saved = dup(STDERR_FILENO);
    sink_close(&sink);
    ck_assert_int_eq(pipe(ends), 0);
    stand_in(ends[1], STDERR_FILENO);
    sink_open(&sink, 0);
    ck_assert_int_eq(say("out"), 3);
    ck_assert_int_eq(sink_write(&sink, COLLECTOR_ERRORS, "err", 3), 3);
    stand_in(saved, STDERR_FILENO);
    read_all(reader, "out");
    read_all(ends[0], "err");
}
END_TEST

static unsigned befores;
static char states[8]; /* after each write: m in the middle of a line, e at its end */

static void before(void *context)
{
    ck_assert_ptr_eq(context, &sink);
    befores++;
}

static void after(void *context, bool is_mid_line)
{
    ck_assert_ptr_eq(context, &sink);
    states[strlen(states)] = is_mid_line ? 'm' : 'e';
}

/* A pipe is not guarded, a terminal is. */
START_TEST(who_guards_a_terminal_is_told_of_what_is_written_there_and_nowhere_else)
{
    const struct sink_guard guard = {.before = before, .after = after, .context = &sink};
    int reader = into_pipe();
    sink.guard = guard;
    ck_assert_int_eq(say("hello"), 5);
    read_all(reader, "hello");
    ck_assert_uint_eq(befores, 0);
    sink_close(&sink);

    int terminal = posix_openpt(O_RDWR | O_NOCTTY);
    if (terminal < 0 || grantpt(terminal) < 0 || unlockpt(terminal) < 0) {
        unit_skip("no terminals here");
        return;
    }
    int saved = dup(STDERR_FILENO);
    stand_in(open(ptsname(terminal), O_RDWR | O_NOCTTY), STDOUT_FILENO);
    stand_in(dup(STDOUT_FILENO), STDERR_FILENO);
    sink_open(&sink, 0);
    stand_in(saved, STDERR_FILENO);
    ck_assert_int_eq(say("unguarded"), 9);
    sink.guard = guard;
    ck_assert_int_eq(say("hello"), 5);
    ck_assert_int_eq(say("line\n"), 5);
    ck_assert_uint_eq(befores, 2);
    ck_assert_str_eq(states, "me");
    sink_close(&sink);
}
END_TEST

static unsigned ended_lines;

static void line_ended(void *context)
{
    ck_assert_ptr_eq(context, &sink);
    ended_lines++;
}

/* Only where both streams lead to one place does a line of standard output stand in the way of a message. */
START_TEST(a_message_is_in_the_middle_of_a_line_where_one_has_begun_in_its_place)
{
    const bool is_one_place = _i == 1;
    int ends[2], saved = dup(STDERR_FILENO);
    int reader = into_pipe();
    sink_close(&sink);
    ck_assert_int_eq(pipe(ends), 0);
    stand_in(is_one_place ? dup(STDOUT_FILENO) : ends[1], STDERR_FILENO);
    sink_open(&sink, 0);
    sink.lines.ended = line_ended;
    sink.lines.context = &sink;
    ck_assert(!sink_is_mid_line(&sink));
    ck_assert_int_eq(say("out"), 3);
    ck_assert(sink_is_mid_line(&sink) == is_one_place);
    ck_assert_int_eq(sink_write(&sink, COLLECTOR_ERRORS, "err", 3), 3);
    ck_assert(sink_is_mid_line(&sink));
    ck_assert_int_eq(say("\n"), 1);
    ck_assert(sink_is_mid_line(&sink) == !is_one_place);
    ck_assert_uint_eq(ended_lines, is_one_place ? 1 : 0);
    ck_assert_int_eq(sink_write(&sink, COLLECTOR_ERRORS, "or\n", 3), 3);
    ck_assert(!sink_is_mid_line(&sink));
    ck_assert_uint_eq(ended_lines, 1);
    stand_in(saved, STDERR_FILENO);
    read_all(reader, is_one_place ? "outerr\nor\n" : "out\n");
}
END_TEST

UNIT_MAIN("sink")
{
    tcase_add_loop_test(tests, a_message_is_in_the_middle_of_a_line_where_one_has_begun_in_its_place, 0, 2);
    tcase_add_test(tests, who_guards_a_terminal_is_told_of_what_is_written_there_and_nowhere_else);
    tcase_add_test(tests, a_file_takes_everything);
    tcase_add_test(tests, a_pipe_gets_the_bytes);
    tcase_add_test(tests, a_pipe_that_others_share_stays_as_it_was);
    tcase_add_test(tests, a_full_pipe_is_not_waited_for);
    tcase_add_test(tests, a_full_pipe_is_not_waited_for_where_it_can_not_be_opened_anew);
    tcase_add_test(tests, only_terminals_have_colors_and_only_where_they_are_wanted);
    tcase_add_test(tests, a_full_socket_is_not_waited_for);
    tcase_add_test(tests, a_reader_that_has_gone_is_a_failure_with_its_reason);
    tcase_add_test(tests, a_socket_whose_reader_has_gone_is_a_failure_as_well);
    tcase_add_test(tests, a_full_disk_is_a_failure_with_its_reason);
    tcase_add_test(tests, closed_output_is_lost_and_closed_errors_are_unwanted);
    tcase_add_test(tests, the_two_streams_go_their_own_ways);
}
