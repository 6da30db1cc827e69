#include "unit.h"

#include "base/log.h"
#include "display/status_line.h"

#include <limits.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <termios.h>

static struct sink sink;

/* Standard output and standard error are a terminal of that many columns, or with 0 a pipe; returns the other
 * end. */
static int stand_in(unsigned short columns)
{
    int ours, theirs, ends[2];
    if (columns == 0) {
        ck_assert_int_eq(pipe(ends), 0);
        ours = ends[0];
        theirs = ends[1];
    } else {
        struct winsize size = {.ws_row = 24, .ws_col = columns};
        struct termios mode;
        ours = posix_openpt(O_RDWR | O_NOCTTY);
        ck_assert_int_ge(ours, 0);
        ck_assert_int_eq(grantpt(ours), 0);
        ck_assert_int_eq(unlockpt(ours), 0);
        theirs = open(ptsname(ours), O_RDWR | O_NOCTTY);
        ck_assert_int_ge(theirs, 0);
        ck_assert_int_eq(ioctl(theirs, TIOCSWINSZ, &size), 0);
        ck_assert_int_eq(tcgetattr(theirs, &mode), 0);
        mode.c_oflag &= ~(tcflag_t)OPOST;
        ck_assert_int_eq(tcsetattr(theirs, TCSANOW, &mode), 0);
    }
    ck_assert_int_eq(dup2(theirs, STDOUT_FILENO), STDOUT_FILENO);
    ck_assert_int_eq(dup2(theirs, STDERR_FILENO), STDERR_FILENO);
    if (columns > 0)
        ck_assert_int_eq(fcntl(ours, F_SETFL, O_NONBLOCK), 0);
    return ours;
}

static int start(unsigned short columns, bool apart)
{
    int ours = stand_in(columns);
    setenv("TERM", "xterm", 1);
    status_line_open(apart);
    sink_open(&sink, 0);
    status_line_guard(&sink);
    return ours;
}

/* All that has come, up to that many bytes. */
static void expect(int fd, const char *wanted)
{
    char bytes[1024];
    size_t length = 0, most = strlen(wanted);
    struct pollfd ready = {.fd = fd, .events = POLLIN};
    while (length < most && poll(&ready, 1, 10000) == 1) {
        ssize_t n = read(fd, bytes + length, sizeof bytes - 1 - length);
        ck_assert_int_gt(n, 0);
        length += (size_t)n;
    }
    bytes[length] = '\0';
    ck_assert_str_eq(bytes, wanted);
    ck_assert_int_eq(poll(&ready, 1, 0), 0);
}

static void show(const char *text)
{
    status_line_show(text, strlen(text));
}

static void say(enum collector_stream stream, const char *text)
{
    ck_assert_int_eq(sink_write(&sink, stream, text, strlen(text)), (ssize_t)strlen(text));
}

START_TEST(it_is_drawn_over_in_its_place)
{
    int fd = start(40, false);
    ck_assert(status_line_is_in_place());
    ck_assert_uint_eq(status_line_columns(), 39);
    show("one");
    expect(fd, "\rone\033[J\r");
    show("two");
    expect(fd, "\rtwo\033[J\r");
    status_line_close();
    expect(fd, "\r\033[J");
    status_line_close();
    expect(fd, "");
}
END_TEST

START_TEST(output_has_it_erased_first_and_it_waits_for_the_end_of_a_line)
{
    int fd = start(40, false);
    show("one");
    expect(fd, "\rone\033[J\r");
    say(COLLECTOR_OUTPUT, "out");
    expect(fd, "\r\033[Jout");
    ck_assert(!status_line_is_missing());
    show("two");
    expect(fd, "");
    say(COLLECTOR_ERRORS, "put\n");
    expect(fd, "put\n");
    ck_assert(status_line_is_missing());
    show("three");
    expect(fd, "\rthree\033[J\r");
    ck_assert(!status_line_is_missing());
}
END_TEST

START_TEST(a_message_has_it_erased_in_the_same_write_and_ends_its_line)
{
    int fd = start(40, false);
    show("one");
    log_error("oh");
    expect(fd, "\rone\033[J\r\r\033[Jcpool: oh\n");
    ck_assert(status_line_is_missing());
    say(COLLECTOR_OUTPUT, "out");
    log_error("oh");
    show("two");
    expect(fd, "outcpool: oh\n\rtwo\033[J\r");
    status_line_close();
    log_error("oh");
    expect(fd, "\r\033[Jcpool: oh\n");
}
END_TEST

START_TEST(the_last_one_stays)
{
    int fd = start(40, false);
    show("one");
    status_line_leave("last", 4);
    status_line_close();
    expect(fd, "\rone\033[J\r\rlast\033[J\n");
}
END_TEST

START_TEST(the_last_one_is_left_out_behind_output_without_an_end)
{
    int fd = start(40, false);
    say(COLLECTOR_OUTPUT, "out");
    status_line_leave("last", 4);
    status_line_close();
    expect(fd, "out");
}
END_TEST

START_TEST(elsewhere_each_is_a_line)
{
    int fd = start(0, false);
    ck_assert(!status_line_is_in_place());
    ck_assert_uint_eq(status_line_columns(), UINT_MAX);
    show("one");
    say(COLLECTOR_OUTPUT, "out");
    log_error("oh");
    status_line_erase();
    status_line_leave("last", 4);
    status_line_close();
    expect(fd, "cpool: one\noutcpool: oh\ncpool: last\n");
}
END_TEST

START_TEST(apart_it_is_lines_on_a_terminal_too)
{
    int fd = start(40, true);
    show("one");
    say(COLLECTOR_OUTPUT, "out");
    status_line_close();
    expect(fd, "cpool: one\nout");
}
END_TEST

START_TEST(a_terminal_of_unknown_width_has_eighty_columns)
{
    int fd = start(40, false);
    struct winsize none = {.ws_row = 0};
    ck_assert_int_eq(ioctl(fd, TIOCSWINSZ, &none), 0);
    ck_assert_uint_eq(status_line_columns(), 79);
}
END_TEST

/* What nobody reads is not waited for: the test would hang. */
START_TEST(a_terminal_that_takes_nothing_is_not_waited_for)
{
    int fd = start(40, false);
    char text[200];
    memset(text, 'x', sizeof text);
    for (int i = 0; i < 10000; i++)
        status_line_show(text, sizeof text);
    ck_assert(!status_line_is_lost());
    status_line_close();
    ck_assert_int_eq(fcntl(STDERR_FILENO, F_GETFL) & O_NONBLOCK, 0);
    close(fd);
}
END_TEST

START_TEST(a_pipe_whose_reader_has_gone_ends_it)
{
    int fd = start(0, false);
    signal(SIGPIPE, SIG_IGN);
    close(fd);
    show("one");
    ck_assert(status_line_is_lost());
    show("two");
    status_line_leave("last", 4);
    status_line_close();
}
END_TEST

static bool has_terminals(void)
{
    int terminal = posix_openpt(O_RDWR | O_NOCTTY);
    bool has = terminal >= 0 && grantpt(terminal) == 0 && unlockpt(terminal) == 0;
    if (terminal >= 0)
        close(terminal);
    return has;
}

UNIT_MAIN("status_line")
{
    tcase_add_test(tests, elsewhere_each_is_a_line);
    tcase_add_test(tests, a_pipe_whose_reader_has_gone_ends_it);
    if (!has_terminals()) {
        unit_skip("no terminals here");
        return;
    }
    tcase_add_test(tests, it_is_drawn_over_in_its_place);
    tcase_add_test(tests, output_has_it_erased_first_and_it_waits_for_the_end_of_a_line);
    tcase_add_test(tests, a_message_has_it_erased_in_the_same_write_and_ends_its_line);
    tcase_add_test(tests, the_last_one_stays);
    tcase_add_test(tests, the_last_one_is_left_out_behind_output_without_an_end);
    tcase_add_test(tests, apart_it_is_lines_on_a_terminal_too);
    tcase_add_test(tests, a_terminal_of_unknown_width_has_eighty_columns);
    tcase_add_test(tests, a_terminal_that_takes_nothing_is_not_waited_for);
}
