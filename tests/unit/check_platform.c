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

/* ---- a child in its parent's memory ---- */

static const _Atomic uint32_t *life;
static _Atomic uint32_t number;
static pid_t other_pid;

/* Kill the parent, whose memory this is, and look at the word when another parent is there: it must have been
 * cleared before. */
static int outlive(void *context)
{
    (void)context;
    char answer = atomic_load(life) == 1 ? 'y' : 'n';
    pid_t parent = getppid();
    kill(parent, SIGKILL);
    while (getppid() == parent)
        poll(NULL, 0, 1);
    if (atomic_load(life) != 0)
        answer = 'n';
    return write(hear[1], &answer, 1) == 1 ? 0 : 1;
}

static int start_one_that_outlives(void *context)
{
    (void)context;
    life = platform_life_word();
    if (life == NULL)
        return write(hear[1], "-", 1) == 1 ? 0 : 1;
    return platform_vfork(outlive, NULL, &number) < 0;
}

START_TEST(who_shares_the_memory_sees_that_a_process_is_dead)
{
    char answer = '?';
    ck_assert_int_eq(platform_pipe(hear, false), 0);
    (void)unit_wait(unit_fork(start_one_that_outlives, NULL));
    ck_assert_int_eq(read(hear[0], &answer, 1), 1);
    if (answer == '-')
        unit_skip("no such word here");
    else
        ck_assert_int_eq(answer, 'y');
    io_close(&hear[0]);
    io_close(&hear[1]);
}
END_TEST

static int wait_stopped(void *context)
{
    (void)context;
    raise(SIGSTOP);
    return 0;
}

static int note_pid(void *context)
{
    other_pid = getpid();
    return *(int *)context;
}

START_TEST(a_child_of_vfork_has_its_number)
{
    int status = 7;
    pid_t child = platform_vfork(note_pid, &status, &number);
    ck_assert_int_gt(child, 0);
    ck_assert_int_eq(child, other_pid);
    ck_assert_uint_eq(atomic_load(&number), (uint32_t)child);
    ck_assert_int_eq(unit_wait(child), 7);
}
END_TEST

static void block_children(void)
{
    sigset_t children;
    sigemptyset(&children);
    sigaddset(&children, SIGCHLD);
    ck_assert_int_eq(sigprocmask(SIG_BLOCK, &children, NULL), 0);
    signal(SIGCHLD, SIG_DFL);
}

START_TEST(one_descriptor_tells_of_all_children_who_was_the_first_to_end)
{
    int status = 0;
    block_children();
    int fd = platform_open_children();
    if (fd < 0) {
        ck_assert_int_eq(errno, ENOSYS);
        unit_skip("no descriptor tells of children");
        return;
    }
    ck_assert_int_eq(fcntl(fd, F_GETFD), FD_CLOEXEC);
    ck_assert_int_eq(platform_read_children(fd), 0);
    for (int i = 0; i < 2; i++) {
        struct pollfd ended = {.fd = fd, .events = POLLIN};
        pid_t first = platform_vfork(note_pid, &status, &number);
        ck_assert_int_eq(poll(&ended, 1, -1), 1);
        pid_t second = platform_vfork(note_pid, &status, &number);
        ck_assert_int_eq(unit_wait(second), 0);
        ck_assert_int_eq(platform_read_children(fd), first);
        ck_assert_int_eq(unit_wait(first), 0);
        ck_assert_int_eq(poll(&ended, 1, 0), 0);
    }
    /* One that stops has not ended. */
    pid_t stopped = unit_fork(wait_stopped, NULL);
    struct pollfd news = {.fd = fd, .events = POLLIN};
    ck_assert_int_eq(poll(&news, 1, -1), 1);
    ck_assert_int_eq(platform_read_children(fd), 0);
    kill(stopped, SIGKILL);
    ck_assert_int_eq(poll(&news, 1, -1), 1);
    ck_assert_int_eq(platform_read_children(fd), stopped);
    ck_assert_int_eq(unit_wait(stopped), -SIGKILL);
    close(fd);
}
END_TEST

START_TEST(a_childs_end_is_waited_for)
{
    int status = 0;
    sigset_t children;
    sigemptyset(&children);
    sigaddset(&children, SIGCHLD);
    sigaddset(&children, SIGTERM);
    ck_assert_int_eq(sigprocmask(SIG_BLOCK, &children, NULL), 0);
    signal(SIGCHLD, SIG_DFL);
    if (platform_await_child(SIGTERM, 0) < 0 && errno == ENOSYS) {
        unit_skip("nothing to wait with");
        return;
    }
    ck_assert_int_eq(errno, EAGAIN);
    pid_t child = platform_vfork(note_pid, &status, &number);
    ck_assert_int_eq(platform_await_child(SIGTERM, -1), 0);
    ck_assert_int_eq(unit_wait(child), 0);
    ck_assert_int_eq(platform_await_child(SIGTERM, 1), -1);
    ck_assert_int_eq(errno, EAGAIN);

    /* Another signal is heard, too, and left for those whom it concerns. */
    sigset_t pending;
    raise(SIGTERM);
    for (int i = 0; i < 2; i++)
        ck_assert_int_eq(platform_await_child(SIGTERM, -1), 1);
    ck_assert_int_eq(sigpending(&pending), 0);
    ck_assert_int_eq(sigismember(&pending, SIGTERM), 1);
}
END_TEST

static volatile sig_atomic_t alarms;

static void set_again(int signal_number)
{
    (void)signal_number;
    if (++alarms < 3)
        platform_alarm_set(1000000);
}

/* As a worker of functions does: its handler sets the next one where it has not done all. */
START_TEST(an_alarm_comes_once_and_may_be_set_by_its_handler)
{
    sigset_t alarm, none;
    sigemptyset(&none);
    sigemptyset(&alarm);
    sigaddset(&alarm, SIGALRM);
    sigprocmask(SIG_BLOCK, &alarm, NULL);
    signal(SIGALRM, set_again);
    for (int round = 0; round < 2; round++) {
        alarms = 0;
        if (round > 0) /* else in the other way, as where there is no timer to be had */
            platform_alarm_open();
        platform_alarm_set(1000000);
        while (alarms < 3)
            sigsuspend(&none);
        nanosleep(&(struct timespec){.tv_nsec = 50000000}, NULL);
        ck_assert_int_eq(sigpending(&alarm), 0);
        ck_assert(!sigismember(&alarm, SIGALRM));
        sigaddset(&alarm, SIGALRM);
    }
}
END_TEST

UNIT_MAIN("platform")
{
    tcase_add_test(tests, an_alarm_comes_once_and_may_be_set_by_its_handler);
    tcase_add_test(tests, who_shares_the_memory_sees_that_a_process_is_dead);
    tcase_add_test(tests, a_child_of_vfork_has_its_number);
    tcase_add_test(tests, one_descriptor_tells_of_all_children_who_was_the_first_to_end);
    tcase_add_test(tests, a_childs_end_is_waited_for);
    tcase_add_test(tests, bytes_in_a_pipe_are_counted_at_either_end);
    tcase_add_test(tests, where_nobody_can_say_nothing_is_unread);
    tcase_add_test(tests, who_waits_for_what_we_write_is_known_or_nobody_can_say);
    tcase_add_test(tests, who_reads_something_else_does_not_wait_for_what_we_write);
    tcase_add_test(tests, where_there_is_no_pipe_nobody_can_say);
    tcase_add_test(tests, who_computes_does_not_wait);
    tcase_add_test(tests, who_is_not_there_does_not_wait);
}
