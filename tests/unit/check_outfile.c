#include "unit.h"

#include "base/io.h"
#include "base/log.h"
#include "observers/outfile.h"
#include "proc/signals.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/check_outfile.XXXXXX";
static char file[64], other[64];

static void begin(void)
{
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(file, sizeof file, "%s/file", folder);
    snprintf(other, sizeof other, "%s/other", folder);
    int fd = open(file, O_WRONLY | O_CREAT, 0600);
    ck_assert_int_eq(io_write_all(fd, "old", 3), 0);
    io_close(&fd);
}

static void end(void)
{
    unlink(file);
    unlink(other);
    rmdir(folder);
}

static void expect_file(const char *path, const char *wanted)
{
    char text[64];
    ck_assert_int_ge(io_read_file(path, text, sizeof text), 0);
    ck_assert_str_eq(text, wanted);
}

static void open_and_write(const struct options *options, const char *path, bool keep)
{
    struct outfile out;
    ck_assert_int_eq(outfile_open(options, "--x", path, OUTFILE_TOGETHER, &out), 0);
    if (!keep)
        ck_assert_int_eq(outfile_empty(&out), 0);
    ck_assert_int_eq(outfile_write(&out, "new", 3), 0);
    ck_assert_int_eq(outfile_close(&out), 0);
}

START_TEST(what_another_option_has_is_refused)
{
    struct options options = {.source_count = 0};
    struct outfile first, second;
    ck_assert_int_eq(outfile_open(&options, "--x", other, OUTFILE_ALONE, &first), 0);
    ck_assert_int_eq(outfile_write(&first, "mine", 4), 0);
    ck_assert_int_eq(outfile_open(&options, "--y", other, OUTFILE_ANYBODY, &second), EXIT_CPOOL_FAILED);
    ck_assert_int_eq(second.fd, -1);
    expect_file(other, "mine");
    ck_assert_int_eq(outfile_close(&first), 0);
    ck_assert_int_eq(outfile_open(&options, "--y", other, OUTFILE_ANYBODY, &second), 0);
    outfile_in_child();
    ck_assert_int_eq(second.fd, -1);
}
END_TEST

START_TEST(what_stands_in_it_goes_or_stays)
{
    char *words[] = {file};
    struct options_source source = {.words = words, .count = 1}; /* an item, and no file */
    struct options options = {.sources = &source, .source_count = 1};
    open_and_write(&options, file, true);
    expect_file(file, "oldnew");
    open_and_write(&options, file, false);
    expect_file(file, "new");
    open_and_write(&options, other, false);
    expect_file(other, "new");
}
END_TEST

START_TEST(the_input_is_left_as_it_is)
{
    struct options_source sources[] = {{.path = other}, {.path = file}};
    struct options options = {.sources = sources, .source_count = 2};
    struct outfile out;
    int input = open(file, O_RDONLY);
    ck_assert_int_eq(outfile_open(&options, "--x", file, OUTFILE_ANYBODY, &out), EXIT_CPOOL_FAILED);
    ck_assert_int_eq(out.fd, -1);
    ck_assert_int_eq(dup2(input, STDIN_FILENO), STDIN_FILENO);
    ck_assert_int_eq(outfile_open(&(struct options){0}, "--x", file, OUTFILE_ANYBODY, &out),
                     EXIT_CPOOL_FAILED);
    expect_file(file, "old");
    io_close(&input);
}
END_TEST

START_TEST(a_folder_and_a_missing_one_are_refused)
{
    struct options options = {0};
    struct outfile out;
    ck_assert_int_eq(outfile_open(&options, "--x", folder, OUTFILE_ALONE, &out), EXIT_CPOOL_FAILED);
    ck_assert_int_eq(outfile_open(&options, "--x", "/nowhere/at/all", OUTFILE_ALONE, &out),
                     EXIT_CPOOL_FAILED);
    ck_assert_int_eq(out.fd, -1);
}
END_TEST

/* Both append: where one has torn its line, nothing of the other's is taken. */
START_TEST(what_is_taken_out_is_only_that)
{
    struct options options = {0};
    struct outfile one;
    ck_assert_int_eq(outfile_open(&options, "--x", other, OUTFILE_TOGETHER, &one), 0);
    ck_assert_int_eq(outfile_write(&one, "a\ntor", 5), 0);
    ck_assert_int_eq(outfile_take_out(&one, 2, 3), 0);
    expect_file(other, "a\n");
    ck_assert_int_eq(outfile_write(&one, "tor", 3), 0);
    int second = open(other, O_WRONLY | O_APPEND);
    ck_assert_int_eq(io_write_all(second, "b\n", 2), 0);
    ck_assert_int_eq(outfile_take_out(&one, 2, 3), 0);
    expect_file(other, "a\n  \nb\n");
    ck_assert_int_eq(outfile_write(&one, "c\n", 2), 0);
    expect_file(other, "a\n  \nb\nc\n");
    io_close(&second);
    ck_assert_int_eq(outfile_close(&one), 0);
}
END_TEST

/* It is written to as it can be, and the rest is kept, once a signal wants to be heard. */
START_TEST(a_reader_that_does_not_read_is_not_waited_for_when_the_run_ends)
{
    struct options options = {0};
    struct outfile out;
    char bytes[4096] = {0};
    ck_assert_int_eq(mkfifo(other, 0600), 0);
    int reader = open(other, O_RDONLY | O_NONBLOCK);
    ck_assert_int_eq(outfile_open(&options, "--x", other, OUTFILE_TOGETHER, &out), 0);
    signals_start();
    raise(SIGTERM);
    for (int i = 0; i < 100; i++)
        ck_assert_int_eq(outfile_write(&out, bytes, sizeof bytes), 0);
    ck_assert_uint_gt(buffer_length(&out.kept), 0);
    ck_assert_int_eq(outfile_close(&out), -1);
    ck_assert_int_eq(errno, EAGAIN);
    io_close(&reader);
}
END_TEST

UNIT_MAIN("outfile")
{
    tcase_add_checked_fixture(tests, begin, end);
    tcase_add_test(tests, what_another_option_has_is_refused);
    tcase_add_test(tests, what_stands_in_it_goes_or_stays);
    tcase_add_test(tests, the_input_is_left_as_it_is);
    tcase_add_test(tests, what_is_taken_out_is_only_that);
    tcase_add_test(tests, a_reader_that_does_not_read_is_not_waited_for_when_the_run_ends);
    tcase_add_test(tests, a_folder_and_a_missing_one_are_refused);
}
