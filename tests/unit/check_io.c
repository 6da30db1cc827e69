#include "unit.h"

#include "base/io.h"

#include <sched.h>

static void count_nothing(int signal_number)
{
    (void)signal_number;
}

/* Signals that interrupt: without SA_RESTART a call that waits returns EINTR. */
static void let_signals_interrupt(void)
{
    struct sigaction action = {.sa_handler = count_nothing};
    sigaction(SIGUSR1, &action, NULL);
}

static void make_pipe(int ends[2])
{
    ck_assert_int_eq(pipe(ends), 0);
}

/* ---- signals ---- */

struct other_end {
    int ends[2];
    pid_t parent;
    size_t size;
};

static char pattern(size_t i)
{
    return (char)(i * 7 + i / 256);
}

static int write_between_signals(void *context)
{
    const struct other_end *other = context;
    for (size_t i = 0; i < other->size; i++) {
        char byte = pattern(i);
        kill(other->parent, SIGUSR1);
        sched_yield();
        if (write(other->ends[1], &byte, 1) != 1)
            return 1;
    }
    return 0;
}

START_TEST(reading_survives_signals)
{
    struct other_end other = {.parent = getpid(), .size = 200};
    char bytes[200];

    let_signals_interrupt();
    make_pipe(other.ends);
    pid_t child = unit_fork(write_between_signals, &other);
    io_close(&other.ends[1]);
    ck_assert_int_eq(io_read(other.ends[0], bytes, 1), 1);
    ck_assert_int_eq(io_read_full(other.ends[0], bytes + 1, sizeof bytes - 1), sizeof bytes - 1);
    for (size_t i = 0; i < sizeof bytes; i++)
        ck_assert_int_eq(bytes[i], pattern(i));
    ck_assert_int_eq(io_read(other.ends[0], bytes, 1), 0);
    ck_assert_int_eq(unit_wait(child), 0);
    io_close(&other.ends[0]);
}
END_TEST

static int read_between_signals(void *context)
{
    struct other_end *other = context;
    static char bytes[4096];
    size_t at = 0;
    ssize_t n;

    io_close(&other->ends[1]);
    while ((n = io_read(other->ends[0], bytes, sizeof bytes)) > 0) {
        for (ssize_t i = 0; i < n; i++)
            if (bytes[i] != pattern(at++))
                return 1;
        kill(other->parent, SIGUSR1);
    }
    return at == other->size ? 0 : 2;
}

START_TEST(writing_all_survives_signals_and_full_pipes)
{
    struct other_end other = {.parent = getpid(), .size = 1000000};
    char *bytes = malloc(other.size);
    for (size_t i = 0; i < other.size; i++)
        bytes[i] = pattern(i);

    let_signals_interrupt();
    make_pipe(other.ends);
    pid_t child = unit_fork(read_between_signals, &other);
    io_close(&other.ends[0]);
    ck_assert_int_eq(io_write_all(other.ends[1], bytes, other.size), 0);
    io_close(&other.ends[1]);
    ck_assert_int_eq(unit_wait(child), 0);
    free(bytes);
}
END_TEST

/* ---- results ---- */

START_TEST(a_quiet_nonblocking_descriptor_says_eagain)
{
    int ends[2];
    char byte;
    make_pipe(ends);
    ck_assert_int_eq(io_set_nonblocking(ends[0]), 0);
    ck_assert_int_eq(io_read(ends[0], &byte, 1), -1);
    ck_assert_int_eq(errno, EAGAIN);
    ck_assert_int_eq(io_set_nonblocking(ends[1]), 0);
    static const char block[65536];
    ssize_t n;
    while ((n = io_write(ends[1], block, sizeof block)) > 0)
        continue;
    ck_assert_int_eq(n, -1);
    ck_assert_int_eq(errno, EAGAIN);
    io_close(&ends[0]);
    io_close(&ends[1]);
    ck_assert_int_eq(io_set_nonblocking(-1), -1);
}
END_TEST

START_TEST(reading_full_stops_at_the_end_of_the_file)
{
    int ends[2];
    char bytes[10];
    make_pipe(ends);
    ck_assert_int_eq(io_write_all(ends[1], "abc", 3), 0);
    io_close(&ends[1]);
    ck_assert_int_eq(io_read_full(ends[0], bytes, sizeof bytes), 3);
    ck_assert_mem_eq(bytes, "abc", 3);
    io_close(&ends[0]);
    ck_assert_int_eq(io_read_full(-1, bytes, sizeof bytes), -1);
    ck_assert_int_eq(errno, EBADF);
}
END_TEST

START_TEST(nobody_left_to_read_is_an_error)
{
    int ends[2];
    signal(SIGPIPE, SIG_IGN);
    make_pipe(ends);
    io_close(&ends[0]);
    ck_assert_int_eq(io_write_all(ends[1], "x", 1), -1);
    ck_assert_int_eq(errno, EPIPE);
    io_close(&ends[1]);
}
END_TEST

START_TEST(closing_keeps_errno_and_marks_the_descriptor)
{
    int ends[2];
    make_pipe(ends);
    int number = ends[0];
    errno = ENOTTY;
    io_close(&ends[0]);
    ck_assert_int_eq(ends[0], -1);
    io_close(&ends[0]);
    ck_assert_int_eq(errno, ENOTTY);
    ck_assert_int_eq(fcntl(number, F_GETFD), -1);
    io_close(&ends[1]);
}
END_TEST

/* ---- files ---- */

START_TEST(a_small_file_is_read_as_text)
{
    const char *folder = unit_make_folder();
    char path[8192], text[8];

    snprintf(path, sizeof path, "%s/file", folder);
    unit_write_file(folder, "file", "1234567", 0600);
    ck_assert_int_eq(io_read_file(path, text, sizeof text), 7);
    ck_assert_str_eq(text, "1234567");
    /* No room for the NUL is no room. */
    unit_write_file(folder, "file", "12345678", 0600);
    ck_assert_int_eq(io_read_file(path, text, sizeof text), -1);
    ck_assert_int_eq(errno, EFBIG);
    unit_write_file(folder, "file", "", 0600);
    ck_assert_int_eq(io_read_file(path, text, sizeof text), 0);
    ck_assert_str_eq(text, "");
    ck_assert_int_eq(io_read_file(folder, text, sizeof text), -1);
    ck_assert_int_eq(errno, EISDIR);
    unit_remove_folder(folder);
    ck_assert_int_eq(io_read_file(path, text, sizeof text), -1);
    ck_assert_int_eq(errno, ENOENT);
}
END_TEST

START_TEST(reading_at_a_place_leaves_the_file_where_it_stands)
{
    char bytes[8] = "";
    FILE *file = tmpfile();
    ck_assert_ptr_nonnull(file);
    fputs("0123456789", file);
    fflush(file);
    int fd = fileno(file);
    ck_assert_int_eq(lseek(fd, 1, SEEK_SET), 1);
    ck_assert_int_eq(io_read_at(fd, bytes, 4, 3), 4);
    ck_assert_str_eq(bytes, "3456");
    /* Fewer only where the file ends. */
    ck_assert_int_eq(io_read_at(fd, bytes, sizeof bytes, 8), 2);
    ck_assert_mem_eq(bytes, "89", 2);
    ck_assert_int_eq(io_read_at(fd, bytes, sizeof bytes, 100), 0);
    ck_assert_int_eq(lseek(fd, 0, SEEK_CUR), 1);
    fclose(file);
    ck_assert_int_eq(io_read_at(fd, bytes, sizeof bytes, 0), -1);
    ck_assert_int_eq(errno, EBADF);
}
END_TEST

/* In a process without the descriptors in `context`, all are there afterwards, and no other is opened. */
static int fill_without(void *context)
{
    const unsigned *closed = context;
    unsigned were_closed = 99;

    int next = dup(0);
    close(next);
    for (int fd = 0; fd <= 2; fd++)
        if (*closed & 1U << fd)
            close(fd);
    if (io_fill_standard(&were_closed) != 0 || were_closed != *closed)
        return 1;
    for (int fd = 0; fd <= 2; fd++)
        if (fcntl(fd, F_GETFD) != 0)
            return 2;
    char byte;
    if (*closed & 1U && read(0, &byte, 1) != -1)
        return 3;
    if (*closed & 2U && write(1, "x", 1) != 1)
        return 4;
    return dup(0) == next ? 0 : 5;
}

START_TEST(standard_descriptors_are_never_empty)
{
    for (unsigned closed = 0; closed < 8; closed++)
        ck_assert_int_eq(unit_fork_and_wait(fill_without, &closed), 0);
}
END_TEST

UNIT_MAIN("io")
{
    if (!UNIT_THREAD_SANITIZER) {
        tcase_add_test(tests, reading_survives_signals);
        tcase_add_test(tests, writing_all_survives_signals_and_full_pipes);
        tcase_add_test(tests, standard_descriptors_are_never_empty);
    }
    tcase_add_test(tests, a_quiet_nonblocking_descriptor_says_eagain);
    tcase_add_test(tests, reading_full_stops_at_the_end_of_the_file);
    tcase_add_test(tests, nobody_left_to_read_is_an_error);
    tcase_add_test(tests, closing_keeps_errno_and_marks_the_descriptor);
    tcase_add_test(tests, a_small_file_is_read_as_text);
    tcase_add_test(tests, reading_at_a_place_leaves_the_file_where_it_stands);
}
