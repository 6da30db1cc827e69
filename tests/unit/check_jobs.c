#include "unit.h"

#include "base/processors.h"
#include "options/jobs.h"

static const char *folder;
static char path[8192];

static void begin(void)
{
    folder = unit_make_folder();
    snprintf(path, sizeof path, "%s/jobs", folder);
}

static void end(void)
{
    unit_remove_folder(folder);
}

static unsigned parse(const char *text)
{
    unsigned jobs = 0;
    return jobs_parse(text, &jobs) < 0 ? 0 : jobs;
}

/* As wide as it may be, and no wider. */
static unsigned within(long jobs)
{
    return jobs < 1 ? 1 : jobs > JOBS_MAX ? JOBS_MAX : (unsigned)jobs;
}

START_TEST(a_number_is_itself_and_0_is_no_limit)
{
    ck_assert_uint_eq(parse("1"), 1);
    ck_assert_uint_eq(parse("3"), 3);
    ck_assert_uint_eq(parse("007"), 7);
    ck_assert_uint_eq(parse("0"), JOBS_MAX);
    ck_assert_uint_eq(parse("99999"), JOBS_MAX);
    ck_assert_uint_eq(parse("4000"), 4000);
}
END_TEST

START_TEST(signs_and_per_cents_are_counted_from_the_processors)
{
    const long processors = (long)processors_usable();
    ck_assert_int_ge(processors, 1);
    ck_assert_uint_eq(parse("+2"), within(processors + 2));
    ck_assert_uint_eq(parse("-1"), within(processors - 1));
    ck_assert_uint_eq(parse("+0"), within(processors));
    ck_assert_uint_eq(parse("-0"), within(processors));
    ck_assert_uint_eq(parse("-100000"), 1);
    ck_assert_uint_eq(parse("+100000"), JOBS_MAX);
    ck_assert_uint_eq(parse("100%"), within(processors));
    ck_assert_uint_eq(parse("200%"), within(2 * processors));
    ck_assert_uint_eq(parse("0.01%"), 1);
    ck_assert_uint_eq(parse("999999%"), within(999999 * processors / 100));
}
END_TEST

static const char *const nonsense[] = {
    "",     "x",   "1x", "1.5", "%",   "1e3",   "0x3", "nan", "inf", " 1", "1 ", "--1",
    "+-1",  "5%%", "%5", "0%",  "-5%", "1,000", "+",   "-",   "1\n", ".",  "1e", "99999999999999999999",
    "1e999"};

START_TEST(nonsense_is_refused)
{
    unsigned jobs = 77;
    ck_assert_int_eq(jobs_parse(nonsense[_i], &jobs), -1);
    ck_assert_uint_eq(jobs, 77);
}
END_TEST

/* ---- a file ---- */

/* The time of the last change is moved by hand: clocks of file systems are coarse. */
static void write_jobs(const char *text)
{
    static long second = 1000000000;
    unit_write_file(folder, "jobs", text, 0600);
    const struct timespec times[] = {{.tv_sec = second}, {.tv_sec = second}};
    second++;
    ck_assert_int_eq(utimensat(AT_FDCWD, path, times, 0), 0);
}

START_TEST(a_file_is_read_again_when_it_has_changed_and_only_then)
{
    struct jobs_file file;
    unsigned jobs = 0;
    write_jobs("3\n");
    ck_assert_int_eq(jobs_file_open(&file, path, &jobs), 0);
    ck_assert_uint_eq(jobs, 3);
    ck_assert_uint_eq(jobs_file_look(&file), 0);
    write_jobs("5\n");
    ck_assert_uint_eq(jobs_file_look(&file), 5);
    ck_assert_uint_eq(jobs_file_look(&file), 0);
    write_jobs("+1 \r\n\n");
    ck_assert_uint_eq(jobs_file_look(&file), within((long)processors_usable() + 1));
    write_jobs("200%");
    ck_assert_uint_eq(jobs_file_look(&file), within(2 * (long)processors_usable()));
}
END_TEST

START_TEST(a_file_that_is_replaced_has_changed)
{
    struct jobs_file file;
    unsigned jobs = 0;
    char other[9000];
    write_jobs("3\n");
    ck_assert_int_eq(jobs_file_open(&file, path, &jobs), 0);
    struct timespec same[] = {file.before.st_mtim, file.before.st_mtim};
    unit_write_file(folder, "other", "4\n", 0600);
    snprintf(other, sizeof other, "%s/other", folder);
    ck_assert_int_eq(utimensat(AT_FDCWD, other, same, 0), 0);
    ck_assert_int_eq(rename(other, path), 0);
    ck_assert_uint_eq(jobs_file_look(&file), 4);
}
END_TEST

START_TEST(a_file_never_asks_for_more_than_there_is_room_for)
{
    struct jobs_file file;
    unsigned jobs = 0;
    write_jobs("0\n");
    ck_assert_int_eq(jobs_file_open(&file, path, &jobs), 0);
    ck_assert_uint_eq(jobs, JOBS_FILE_MAX);
    write_jobs("3999\n");
    ck_assert_uint_eq(jobs_file_look(&file), JOBS_FILE_MAX);
}
END_TEST

/* What goes to standard error in the meantime is counted in lines. */
static int saved_errors, said_in;

static void listen_to_errors(void)
{
    char name[9000];
    snprintf(name, sizeof name, "%s/errors", folder);
    fflush(stderr);
    saved_errors = dup(STDERR_FILENO);
    said_in = open(name, O_RDWR | O_CREAT | O_TRUNC, 0600);
    ck_assert_int_ge(said_in, 0);
    ck_assert_int_eq(dup2(said_in, STDERR_FILENO), STDERR_FILENO);
}

static size_t lines_said(void)
{
    char text[4096];
    size_t lines = 0;
    dup2(saved_errors, STDERR_FILENO);
    close(saved_errors);
    ssize_t length = pread(said_in, text, sizeof text, 0);
    close(said_in);
    ck_assert_int_ge(length, 0);
    for (ssize_t i = 0; i < length; i++)
        lines += text[i] == '\n';
    return lines;
}

START_TEST(nonsense_in_a_file_is_told_once_and_changes_nothing)
{
    struct jobs_file file;
    unsigned jobs = 0;
    write_jobs("3\n");
    ck_assert_int_eq(jobs_file_open(&file, path, &jobs), 0);
    write_jobs("many\n");
    listen_to_errors();
    for (int i = 0; i < 5; i++)
        ck_assert_uint_eq(jobs_file_look(&file), 0);
    ck_assert_uint_eq(lines_said(), 1);
    write_jobs("2\n");
    ck_assert_uint_eq(jobs_file_look(&file), 2);
    char text[200];
    memset(text, '1', sizeof text);
    text[sizeof text - 1] = '\0';
    write_jobs(text);
    listen_to_errors();
    ck_assert_uint_eq(jobs_file_look(&file), 0);
    ck_assert_uint_eq(lines_said(), 1);
}
END_TEST

START_TEST(a_file_that_is_empty_or_gone_for_a_moment_is_nothing_to_tell)
{
    struct jobs_file file;
    unsigned jobs = 0;
    write_jobs("3\n");
    ck_assert_int_eq(jobs_file_open(&file, path, &jobs), 0);
    listen_to_errors();
    write_jobs("");
    ck_assert_uint_eq(jobs_file_look(&file), 0);
    ck_assert_int_eq(unlink(path), 0);
    ck_assert_uint_eq(jobs_file_look(&file), 0);
    ck_assert_uint_eq(lines_said(), 0);
    write_jobs("6\n");
    ck_assert_uint_eq(jobs_file_look(&file), 6);
}
END_TEST

START_TEST(what_is_no_file_with_a_number_is_refused_at_the_start)
{
    struct jobs_file file;
    unsigned jobs = 77;
    ck_assert_int_eq(jobs_file_open(&file, path, &jobs), -1); /* not there */
    ck_assert_int_eq(jobs_file_open(&file, folder, &jobs), -1);
    ck_assert_int_eq(jobs_file_open(&file, "/dev/null", &jobs), -1);
    write_jobs("");
    ck_assert_int_eq(jobs_file_open(&file, path, &jobs), -1);
    write_jobs("2 3\n");
    ck_assert_int_eq(jobs_file_open(&file, path, &jobs), -1);
    ck_assert_uint_eq(jobs, 77);
}
END_TEST

UNIT_MAIN("jobs")
{
    tcase_add_checked_fixture(tests, begin, end);
    tcase_add_test(tests, a_number_is_itself_and_0_is_no_limit);
    tcase_add_test(tests, signs_and_per_cents_are_counted_from_the_processors);
    tcase_add_loop_test(tests, nonsense_is_refused, 0, ARRAY_LENGTH(nonsense));
    tcase_add_test(tests, a_file_is_read_again_when_it_has_changed_and_only_then);
    tcase_add_test(tests, a_file_that_is_replaced_has_changed);
    tcase_add_test(tests, a_file_never_asks_for_more_than_there_is_room_for);
    tcase_add_test(tests, nonsense_in_a_file_is_told_once_and_changes_nothing);
    tcase_add_test(tests, a_file_that_is_empty_or_gone_for_a_moment_is_nothing_to_tell);
    tcase_add_test(tests, what_is_no_file_with_a_number_is_refused_at_the_start);
}
