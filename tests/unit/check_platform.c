#include "unit.h"

#include "base/io.h"
#include "base/platform.h"

/* ---- what lies unread ---- */

START_TEST(bytes_in_a_pipe_are_counted_at_either_end)
{
    int ends[2];
    char bytes[16];
    ck_assert_int_eq(platform_pipe(ends, true), 0);
    ck_assert_uint_eq(platform_unread(ends[0]), 0);
    ck_assert_int_eq(io_write_all(ends[1], "12345", 5), 0);
    ck_assert_uint_eq(platform_unread(ends[0]), 5);
    ck_assert_uint_eq(platform_unread(ends[1]), 5);
    ck_assert_int_eq(io_read(ends[0], bytes, 2), 2);
    ck_assert_uint_eq(platform_unread(ends[0]), 3);
    ck_assert_uint_eq(platform_unread(ends[1]), 3);
    close(ends[0]);
    close(ends[1]);
}
END_TEST

START_TEST(where_nobody_can_say_nothing_is_unread)
{
    ck_assert_uint_eq(platform_unread(-1), 0);
}
END_TEST

/* ---- what a process waits for ---- */

static int say[2], hear[2], other[2]; /* what a child reads; what it says; what nobody writes to */

/* Tells that it is about to read, then does. */
static int read_from(int fd)
{
    char byte;
    close(say[1]);
    close(other[1]);
    if (write(hear[1], "x", 1) != 1)
        return 1;
    return read(fd, &byte, 1) == 0 ? 0 : 1;
}

static int read_input(void *context)
{
    (void)context;
    return dup2(say[0], STDIN_FILENO) == STDIN_FILENO ? read_from(STDIN_FILENO) : 1;
}

/* From a descriptor that is not its standard input. */
static int read_elsewhere(void *context)
{
    (void)context;
    return read_from(say[0]);
}

static int read_other(void *context)
{
    (void)context;
    return read_from(other[0]);
}

/* As a shell does: it waits for its child, which reads. */
static int have_it_read(void *context)
{
    pid_t child = unit_fork(read_elsewhere, context);
    close(say[1]); /* whose end it waits for */
    return unit_wait(child);
}

static int compute(void *context)
{
    (void)context;
    if (write(hear[1], "x", 1) != 1)
        return 1;
    for (volatile unsigned steps = 0;;)
        steps = steps + 1;
}

static pid_t start(int (*body)(void *context))
{
    char byte;
    ck_assert_int_eq(platform_pipe(say, false), 0);
    ck_assert_int_eq(platform_pipe(hear, false), 0);
    ck_assert_int_eq(platform_pipe(other, false), 0);
    pid_t child = unit_fork(body, NULL);
    ck_assert_int_eq(read(hear[0], &byte, 1), 1);
    return child;
}

static void end(void)
{
    for (size_t i = 0; i < 2; i++) {
        io_close(&say[i]);
        io_close(&hear[i]);
        io_close(&other[i]);
    }
}

START_TEST(who_waits_for_what_we_write_is_known_or_nobody_can_say)
{
    int (*const bodies[])(void *context) = {read_input, read_elsewhere, have_it_read};
    for (size_t i = 0; i < ARRAY_LENGTH(bodies); i++) {
        pid_t child = start(bodies[i]);
        int waits;
        /* It is about to: how long that takes, nobody knows. */
        while ((waits = platform_waits_for_input(child, say[1])) == 0)
            poll(NULL, 0, 1);
        ck_assert(waits == 1 || waits == -1);
        io_close(&say[1]);
        ck_assert_int_eq(unit_wait(child), 0);
        end();
    }
}
END_TEST

START_TEST(who_reads_something_else_does_not_wait_for_what_we_write)
{
    pid_t child = start(read_other);
    for (int i = 0; i < 100; i++)
        ck_assert_int_le(platform_waits_for_input(child, say[1]), 0);
    io_close(&other[1]);
    ck_assert_int_eq(unit_wait(child), 0);
    end();
}
END_TEST

START_TEST(where_there_is_no_pipe_nobody_can_say)
{
    pid_t child = start(read_other);
    ck_assert_int_eq(platform_waits_for_input(child, -1), -1);
    io_close(&other[1]);
    ck_assert_int_eq(unit_wait(child), 0);
    end();
}
END_TEST

START_TEST(who_computes_does_not_wait)
{
    pid_t child = start(compute);
    for (int i = 0; i < 100; i++)
        ck_assert_int_le(platform_waits_for_input(child, say[1]), 0);
    ck_assert_int_eq(kill(child, SIGKILL), 0);
    ck_assert_int_eq(unit_wait(child), -SIGKILL);
    end();
}
END_TEST

START_TEST(who_is_not_there_does_not_wait)
{
    pid_t child = start(compute);
    ck_assert_int_eq(kill(child, SIGKILL), 0);
    ck_assert_int_eq(unit_wait(child), -SIGKILL);
    ck_assert_int_le(platform_waits_for_input(child, say[1]), 0);
    end();
}
END_TEST

UNIT_MAIN("platform")
{
    tcase_add_test(tests, bytes_in_a_pipe_are_counted_at_either_end);
    tcase_add_test(tests, where_nobody_can_say_nothing_is_unread);
    tcase_add_test(tests, who_waits_for_what_we_write_is_known_or_nobody_can_say);
    tcase_add_test(tests, who_reads_something_else_does_not_wait_for_what_we_write);
    tcase_add_test(tests, where_there_is_no_pipe_nobody_can_say);
    tcase_add_test(tests, who_computes_does_not_wait);
    tcase_add_test(tests, who_is_not_there_does_not_wait);
}
