#include "unit.h"

#include "base/io.h"
#include "base/log.h"
#include "cli/outfile.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
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
    int fd;
    ck_assert_int_eq(outfile_open(options, "--x", path, keep, &fd), 0);
    ck_assert_int_eq(io_write_all(fd, "new", 3), 0);
    outfile_close(&fd);
}

START_TEST(what_another_option_has_is_refused)
{
    struct options options = {.source_count = 0};
    int first, second = -1;
    ck_assert_int_eq(outfile_open(&options, "--x", other, false, &first), 0);
    ck_assert_int_eq(io_write_all(first, "mine", 4), 0);
    ck_assert_int_eq(outfile_open(&options, "--y", other, false, &second), EXIT_CPOOL_FAILED);
    ck_assert_int_eq(second, -1);
    expect_file(other, "mine");
    outfile_close(&first);
    ck_assert_int_eq(outfile_open(&options, "--y", other, false, &second), 0);
    outfile_in_child();
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
    int fd, input = open(file, O_RDONLY);
    ck_assert_int_eq(outfile_open(&options, "--x", file, false, &fd), EXIT_CPOOL_FAILED);
    ck_assert_int_eq(fd, -1);
    ck_assert_int_eq(dup2(input, STDIN_FILENO), STDIN_FILENO);
    ck_assert_int_eq(outfile_open(&(struct options){0}, "--x", file, true, &fd), EXIT_CPOOL_FAILED);
    expect_file(file, "old");
    io_close(&input);
}
END_TEST

START_TEST(a_folder_and_a_missing_one_are_refused)
{
    struct options options = {0};
    int fd;
    ck_assert_int_eq(outfile_open(&options, "--x", folder, false, &fd), EXIT_CPOOL_FAILED);
    ck_assert_int_eq(outfile_open(&options, "--x", "/nowhere/at/all", false, &fd), EXIT_CPOOL_FAILED);
    ck_assert_int_eq(fd, -1);
}
END_TEST

UNIT_MAIN("outfile")
{
    tcase_add_checked_fixture(tests, begin, end);
    tcase_add_test(tests, what_another_option_has_is_refused);
    tcase_add_test(tests, what_stands_in_it_goes_or_stays);
    tcase_add_test(tests, the_input_is_left_as_it_is);
    tcase_add_test(tests, a_folder_and_a_missing_one_are_refused);
}
