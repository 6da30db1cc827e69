#include "unit.h"

#include "base/buffer.h"
#include "base/io.h"
#include "base/platform.h"
#include "proc/signals.h"
#include "proc/spawn.h"

#include <limits.h>

#define SHELL "/bin/sh"

static const char *folder;
static struct buffer output; /* of the last child, ended by NUL */

static void block_all(void)
{
    sigset_t all;
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, NULL);
}

static void begin(void)
{
    folder = unit_make_folder();
    buffer_init(&output);
    signals_start();
    block_all();
}

static void end(void)
{
    unit_remove_folder(folder);
    buffer_release(&output);
}

static char *in_folder(const char *name)
{
    static char path[8192];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static void read_output(int fd)
{
    ssize_t n;
    buffer_clear(&output);
    while ((n = io_read(fd, buffer_reserve(&output, 4096), 4096)) > 0)
        buffer_added(&output, (size_t)n);
    buffer_append_byte(&output, '\0');
}

/* As much as most want: the rest is put in behind. argv[-1] is there. */
static struct spawn_request ask_for(const char *path, char **argv)
{
    return (struct spawn_request){.path = path,
                                  .argv = argv,
                                  .environment = environ,
                                  .input = -1,
                                  .output = -1,
                                  .errors = -1,
                                  .parent = getpid()};
}

/* Start `argv` (argv[0] is spare, as spawn_start wants it); its output is read to the end: its status. */
static int run(const char *path, char *const *argv)
{
    char *vector[8] = {NULL};
    int ends[2];
    enum spawn_step step;

    for (size_t i = 1; i < 7 && argv[i] != NULL; i++)
        vector[i] = argv[i];
    ck_assert_int_eq(platform_pipe(ends, false), 0);
    struct spawn_request request = ask_for(path, vector + 1);
    request.output = ends[1];
    pid_t child = spawn_start(&request, &step);
    ck_assert_int_gt(child, 0);
    ck_assert_int_eq(step, SPAWN_EXEC);
    ck_assert_ptr_eq(vector[1], argv[1]);
    io_close(&ends[1]);
    read_output(ends[0]);
    io_close(&ends[0]);
    return unit_wait(child);
}

static int run_shell(const char *script)
{
    char *text = strdup(script);
    int status = run(SHELL, (char *[]){NULL, "sh", "-c", text, NULL});
    free(text);
    return status;
}

static const char *said(void)
{
    return buffer_bytes(&output);
}

/* ---- where a program is ---- */

static void expect_found(const char *name, const char *where)
{
    char *path = spawn_find(name);
    ck_assert_ptr_nonnull(path);
    ck_assert_str_eq(path, where);
    free(path);
}

static void expect_not_found(const char *name, int why)
{
    errno = 0;
    char *path = spawn_find(name);
    ck_assert_ptr_null(path);
    ck_assert_int_eq(errno, why);
}

static void set_path(const char *first, const char *second)
{
    char path[20000];
    snprintf(path, sizeof path, "%s%s%s", first, second == NULL ? "" : ":", second == NULL ? "" : second);
    setenv("PATH", path, 1);
}

START_TEST(the_first_executable_on_the_path_is_taken)
{
    char one[4096], two[4096];
    snprintf(one, sizeof one, "%s/one", folder);
    snprintf(two, sizeof two, "%s/two", folder);
    unit_write_file(folder, "one/both", "", 0700);
    unit_write_file(folder, "two/both", "", 0700);
    unit_write_file(folder, "two/second", "", 0700);
    unit_write_file(folder, "one/not-executable-first", "", 0600);
    unit_write_file(folder, "two/not-executable-first", "", 0700);
    unit_write_file(folder, "one/folder-first/file", "", 0700);
    unit_write_file(folder, "two/folder-first", "", 0700);
    set_path(one, two);
    expect_found("both", in_folder("one/both"));
    expect_found("second", in_folder("two/second"));
    expect_found("not-executable-first", in_folder("two/not-executable-first"));
    expect_found("folder-first", in_folder("two/folder-first"));
    set_path("/nonexistent/folder", one);
    expect_found("both", in_folder("one/both"));
}
END_TEST

START_TEST(what_is_there_but_cannot_run_is_told_from_what_is_not_there)
{
    unit_write_file(folder, "plain", "", 0600);
    unit_write_file(folder, "sub/file", "", 0700);
    set_path(folder, "/nonexistent/folder");
    expect_not_found("plain", EACCES);
    expect_not_found("sub", EACCES);
    expect_not_found("nothing", ENOENT);
    expect_not_found("", ENOENT);
    /* A name with a slash is not looked up. */
    expect_not_found(in_folder("plain"), EACCES);
    expect_not_found(in_folder("sub"), EACCES);
    expect_not_found(in_folder("nothing"), ENOENT);
    expect_not_found(in_folder("plain/below"), ENOTDIR);
    expect_not_found("./sh", ENOENT);
}
END_TEST

START_TEST(an_empty_part_of_the_path_is_the_current_folder)
{
    static const char *const paths[] = {"", ":/nonexistent", "/nonexistent:", "/nonexistent::/nonexistent",
                                        ":"};
    unit_write_file(folder, "here", "", 0700);
    ck_assert_int_eq(chdir(folder), 0);
    for (size_t i = 0; i < ARRAY_LENGTH(paths); i++) {
        setenv("PATH", paths[i], 1);
        expect_found("here", "./here");
    }
    setenv("PATH", "/nonexistent", 1);
    expect_not_found("here", ENOENT);
    ck_assert_int_eq(chdir("/"), 0);
}
END_TEST

START_TEST(a_name_with_a_slash_is_itself)
{
    unit_write_file(folder, "program", "", 0700);
    setenv("PATH", "/nonexistent", 1);
    expect_found(in_folder("program"), in_folder("program"));
    expect_found(SHELL, SHELL);
}
END_TEST

START_TEST(without_a_path_the_systems_own_is_used)
{
    unsetenv("PATH");
    char *path = spawn_find("sh");
    ck_assert_ptr_nonnull(path);
    free(path);
    expect_not_found("no-such-program-anywhere", ENOENT);
}
END_TEST

/* ---- starting ---- */

START_TEST(a_command_runs_with_its_arguments_and_environment)
{
    setenv("UNIT_VARIABLE", "its value", 1);
    ck_assert_int_eq(
        run(SHELL, (char *[]){NULL, "sh", "-c", "echo \"$0|$1|$UNIT_VARIABLE\"; exit 7", "a b", "", NULL}),
        7);
    ck_assert_str_eq(said(), "a b||its value\n");
}
END_TEST

START_TEST(its_descriptors_are_those_it_was_given)
{
    int in[2], out[2], errors[2];
    enum spawn_step step;
    char *argv[] = {NULL, "sh", "-c", "read line; echo \"out $line\"; echo \"err $line\" >&2", NULL};
    ck_assert_int_eq(platform_pipe(in, false), 0);
    ck_assert_int_eq(platform_pipe(out, false), 0);
    ck_assert_int_eq(platform_pipe(errors, false), 0);
    struct spawn_request request = ask_for(SHELL, argv + 1);
    request.input = in[0];
    request.output = out[1];
    request.errors = errors[1];
    pid_t child = spawn_start(&request, &step);
    ck_assert_int_gt(child, 0);
    io_close(&in[0]);
    io_close(&out[1]);
    io_close(&errors[1]);
    ck_assert_int_eq(io_write_all(in[1], "line\n", 5), 0);
    io_close(&in[1]);
    read_output(out[0]);
    ck_assert_str_eq(said(), "out line\n");
    read_output(errors[0]);
    ck_assert_str_eq(said(), "err line\n");
    ck_assert_int_eq(unit_wait(child), 0);
    io_close(&out[0]);
    io_close(&errors[0]);
}
END_TEST

/* Output and errors may well be the same. */
START_TEST(one_descriptor_can_be_two)
{
    int ends[2];
    enum spawn_step step;
    char *argv[] = {NULL, "sh", "-c", "echo out; echo err >&2", NULL};
    ck_assert_int_eq(platform_pipe(ends, false), 0);
    struct spawn_request request = ask_for(SHELL, argv + 1);
    request.output = ends[1];
    request.errors = ends[1];
    pid_t child = spawn_start(&request, &step);
    ck_assert_int_gt(child, 0);
    io_close(&ends[1]);
    read_output(ends[0]);
    ck_assert_str_eq(said(), "out\nerr\n");
    ck_assert_int_eq(unit_wait(child), 0);
    io_close(&ends[0]);
}
END_TEST

/* dup2 of a descriptor to itself does not open it to the new program. */
static int start_with_output_in_place(void *context)
{
    const int *fd = context;
    enum spawn_step step;
    char *argv[] = {NULL, "sh", "-c", "echo said", NULL};
    struct spawn_request request = ask_for(SHELL, argv + 1);
    request.output = STDOUT_FILENO;
    if (dup2(*fd, STDOUT_FILENO) < 0 || fcntl(STDOUT_FILENO, F_SETFD, FD_CLOEXEC) < 0)
        return 1;
    pid_t child = spawn_start(&request, &step);
    int status;
    return child > 0 && waitpid(child, &status, 0) == child && status == 0 ? 0 : 2;
}

START_TEST(a_descriptor_that_is_in_place_already_is_handed_on)
{
    int ends[2];
    ck_assert_int_eq(platform_pipe(ends, false), 0);
    pid_t starter = unit_fork(start_with_output_in_place, &ends[1]);
    io_close(&ends[1]);
    read_output(ends[0]);
    ck_assert_str_eq(said(), "said\n");
    ck_assert_int_eq(unit_wait(starter), 0);
    io_close(&ends[0]);
}
END_TEST

START_TEST(no_descriptor_of_ours_is_handed_on_and_all_of_the_callers_are)
{
    int ends[2];
    ck_assert_int_eq(platform_pipe(ends, false), 0);
    ck_assert_int_ge(fcntl(ends[0], F_DUPFD_CLOEXEC, 40), 40);
    int callers = fcntl(ends[0], F_DUPFD, 60);
    ck_assert_int_ge(callers, 60);
    if (access("/dev/fd", R_OK) < 0) {
        unit_skip("no /dev/fd here");
        return;
    }
    ck_assert_int_eq(run_shell("ls /dev/fd/"), 0);
    bool callers_seen = false;
    for (char *line = strtok(buffer_bytes(&output), "\n"); line != NULL; line = strtok(NULL, "\n")) {
        int fd = atoi(line);
        ck_assert_msg(fd < 40 || fd >= 60, "descriptor %d", fd);
        callers_seen = callers_seen || fd == callers;
    }
    ck_assert(callers_seen);
    io_close(&ends[0]);
    io_close(&ends[1]);
}
END_TEST

START_TEST(it_leads_a_session_of_its_own)
{
    int in[2];
    enum spawn_step step;
    _Atomic uint32_t session = 0;
    char *argv[] = {NULL, "sh", "-c", "read line", NULL};
    ck_assert_int_eq(platform_pipe(in, false), 0);
    struct spawn_request request = ask_for(SHELL, argv + 1);
    request.input = in[0];
    request.session = &session;
    pid_t child = spawn_start(&request, &step);
    ck_assert_int_gt(child, 0);
    ck_assert_uint_eq(atomic_load(&session), (unsigned)child);
    ck_assert_int_eq(getsid(child), child);
    ck_assert_int_eq(getpgid(child), child);
    io_close(&in[0]);
    io_close(&in[1]);
    ck_assert_int_eq(unit_wait(child), 1);
}
END_TEST

/* ---- signals, as /proc tells them ---- */

static unsigned long long signal_set(const char *text, const char *name)
{
    const char *line = strstr(text, name);
    return line == NULL ? 0 : strtoull(line + strlen(name), NULL, 16);
}

static bool in_set(unsigned long long set, int signal_number)
{
    return (set >> (signal_number - 1) & 1) != 0;
}

/* In a process that was started with SIGUSR1 blocked, and some signals ignored. */
static int start_under_a_callers_signals(void *as_worker)
{
    sigset_t mask;
    char *argv[] = {NULL, "cat", "/proc/self/status", NULL};
    enum spawn_step step;
    sigemptyset(&mask);
    sigaddset(&mask, SIGUSR1);
    sigprocmask(SIG_SETMASK, &mask, NULL);
    for (int i = 1; i < 32; i++)
        signal(i, SIG_DFL);
    signal(SIGHUP, SIG_IGN);
    signal(SIGCHLD, SIG_IGN);
    signal(SIGTERM, SIG_IGN);
    signals_start();
    if (as_worker != NULL)
        signals_enter_worker(true);
    else
        block_all();
    char *cat = spawn_find("cat");
    struct spawn_request request = ask_for(cat, argv + 1);
    pid_t child = spawn_start(&request, &step);
    int status;
    free(cat);
    return child > 0 && waitpid(child, &status, 0) == child && status == 0 ? 0 : 1;
}

/* What the child sees of signals, started by the parent or by a worker; false where nothing tells it. */
static bool read_status(void *as_worker)
{
    if (access("/proc/self/status", R_OK) < 0) {
        unit_skip("no /proc here, which tells of signals");
        return false;
    }
    int ends[2], saved = dup(STDOUT_FILENO);
    ck_assert_int_eq(platform_pipe(ends, false), 0);
    fflush(stdout);
    ck_assert_int_eq(dup2(ends[1], STDOUT_FILENO), STDOUT_FILENO);
    pid_t starter = unit_fork(start_under_a_callers_signals, as_worker);
    dup2(saved, STDOUT_FILENO);
    close(saved);
    io_close(&ends[1]);
    read_output(ends[0]);
    io_close(&ends[0]);
    ck_assert_int_eq(unit_wait(starter), 0);
    return true;
}

START_TEST(it_has_the_callers_mask)
{
    if (!read_status(NULL))
        return;
    ck_assert_uint_eq(signal_set(said(), "SigBlk:"), 1ULL << (SIGUSR1 - 1));
    ck_assert(read_status(&output));
    ck_assert_uint_eq(signal_set(said(), "SigBlk:"), 1ULL << (SIGUSR1 - 1));
}
END_TEST

START_TEST(what_the_caller_ignored_it_ignores_and_nothing_else)
{
    if (!read_status(NULL))
        return;
    unsigned long long ignored = signal_set(said(), "SigIgn:");
    ck_assert(in_set(ignored, SIGHUP));
    ck_assert(in_set(ignored, SIGCHLD));
    ck_assert(in_set(ignored, SIGTERM));
    ck_assert(!in_set(ignored, SIGINT) && !in_set(ignored, SIGPIPE) && !in_set(ignored, SIGQUIT));
}
END_TEST

/* A worker itself must be able to be ended by TERM; that is not the task's business. */
START_TEST(a_workers_task_ignores_what_the_caller_ignored)
{
    if (!read_status(&output))
        return;
    unsigned long long ignored = signal_set(said(), "SigIgn:");
    ck_assert(in_set(ignored, SIGHUP));
    ck_assert(in_set(ignored, SIGCHLD));
    ck_assert(!in_set(ignored, SIGINT) && !in_set(ignored, SIGPIPE) && !in_set(ignored, SIGQUIT));
    ck_assert_msg(in_set(ignored, SIGTERM), "TERM is not ignored");
}
END_TEST

/* ---- what can't be started ---- */

static void expect_failure(const char *path, char *argument, int why)
{
    char *argv[] = {NULL, "name", argument, NULL};
    enum spawn_step step = SPAWN_FORK;
    int status;
    struct spawn_request request = ask_for(path, argv + 1);
    errno = 0;
    ck_assert_int_eq(spawn_start(&request, &step), -1);
    ck_assert_int_eq(errno, why);
    ck_assert_int_eq(step, SPAWN_EXEC);
    ck_assert_str_eq(argv[1], "name");
    /* No child is left, and none to be reaped. */
    ck_assert_int_eq(waitpid(-1, &status, WNOHANG), -1);
    ck_assert_int_eq(errno, ECHILD);
}

START_TEST(why_exec_failed_comes_back)
{
    unit_write_file(folder, "plain", "", 0600);
    unit_write_file(folder, "orphan", "#!/nonexistent/interpreter\n", 0700);
    expect_failure("/nonexistent/program", NULL, ENOENT);
    expect_failure(in_folder("plain"), NULL, EACCES);
    expect_failure(folder, NULL, EACCES);
    expect_failure(in_folder("orphan"), NULL, ENOENT);
    /* And what comes next is not harmed. */
    ck_assert_int_eq(run_shell("echo fine"), 0);
    ck_assert_str_eq(said(), "fine\n");
}
END_TEST

START_TEST(an_argument_that_is_too_long_is_told)
{
    size_t size = 64 * MIB;
    char *argument = malloc(size);
    memset(argument, 'x', size - 1);
    argument[size - 1] = '\0';
    expect_failure(SHELL, argument, E2BIG);
    free(argument);
}
END_TEST

START_TEST(a_descriptor_that_is_not_open_is_told)
{
    char *argv[] = {NULL, "sh", "-c", "exit 0", NULL};
    enum spawn_step step;
    struct spawn_request request = ask_for(SHELL, argv + 1);
    request.input = 1000;
    ck_assert_int_eq(spawn_start(&request, &step), -1);
    ck_assert_int_eq(errno, EBADF);
}
END_TEST

/* It begins in the folder that it is given; a relative path does, too. */
START_TEST(it_runs_in_the_directory_that_is_named)
{
    char *argv[] = {NULL, "sh", "-c", "pwd -P", NULL}, real[PATH_MAX], wanted[PATH_MAX + 1];
    int ends[2];
    enum spawn_step step;

    unit_write_file(folder, "inside/program", "#!/bin/sh\npwd -P\n", 0700);
    ck_assert_ptr_nonnull(realpath(in_folder("inside"), real));
    snprintf(wanted, sizeof wanted, "%s\n", real);
    static const char *const paths[] = {SHELL, "./program"};
    for (size_t i = 0; i < ARRAY_LENGTH(paths); i++) {
        ck_assert_int_eq(platform_pipe(ends, false), 0);
        struct spawn_request request = ask_for(paths[i], argv + 1);
        request.directory = real;
        request.output = ends[1];
        pid_t child = spawn_start(&request, &step);
        ck_assert_int_gt(child, 0);
        io_close(&ends[1]);
        read_output(ends[0]);
        ck_assert_str_eq(said(), wanted);
        ck_assert_int_eq(unit_wait(child), 0);
        io_close(&ends[0]);
    }
}
END_TEST

START_TEST(a_directory_that_cannot_be_entered_is_told_from_a_program_that_cannot_be_run)
{
    char *argv[] = {NULL, "sh", "-c", "exit 0", NULL};
    const struct {
        const char *directory;
        int why;
    } rows[] = {{in_folder("missing"), ENOENT}, {"/dev/null", ENOTDIR}};
    for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
        enum spawn_step step = SPAWN_FORK;
        struct spawn_request request = ask_for(SHELL, argv + 1);
        request.directory = rows[i].directory;
        ck_assert_int_eq(spawn_start(&request, &step), -1);
        ck_assert_int_eq(errno, rows[i].why);
        ck_assert_int_eq(step, SPAWN_DIRECTORY);
    }
    ck_assert_int_eq(waitpid(-1, NULL, WNOHANG), -1);
    ck_assert_int_eq(errno, ECHILD);
}
END_TEST

START_TEST(a_script_without_a_first_line_is_given_to_the_shell)
{
    unit_write_file(folder, "script", "echo \"$0|$1|$2\"; exit 9\n", 0700);
    ck_assert_int_eq(run(in_folder("script"), (char *[]){NULL, "script", "a b", "c", NULL}), 9);
    char expected[9000];
    snprintf(expected, sizeof expected, "%s|a b|c\n", in_folder("script"));
    ck_assert_str_eq(said(), expected);
}
END_TEST

/* ---- with its parent ---- */

static int start_and_leave(void *context)
{
    const int *ends = context;
    enum spawn_step step;
    char *argv[] = {NULL, "sh", "-c", "echo up; exec sleep 1000", NULL};
    struct spawn_request request = ask_for(SHELL, argv + 1);
    request.output = ends[1];
    if (spawn_start(&request, &step) < 0)
        return 1;
    /* Not before it runs: what it is then is what must end. */
    char text[3];
    return io_read_full(ends[0], text, 3) == 3 ? 0 : 2;
}

START_TEST(it_ends_when_its_parent_does)
{
    int ends[2];
    if (platform_set_parent_death_signal(0) < 0) {
        unit_skip("no parent-death signal here");
        return;
    }
    ck_assert_int_eq(platform_pipe(ends, false), 0);
    ck_assert_int_eq(unit_fork_and_wait(start_and_leave, ends), 0);
    io_close(&ends[1]);
    /* It holds the pipe open as long as it lives. */
    read_output(ends[0]);
    ck_assert_str_eq(said(), "");
    io_close(&ends[0]);
}
END_TEST

UNIT_MAIN("spawn")
{
    tcase_add_checked_fixture(tests, begin, end);
    tcase_add_test(tests, the_first_executable_on_the_path_is_taken);
    tcase_add_test(tests, what_is_there_but_cannot_run_is_told_from_what_is_not_there);
    tcase_add_test(tests, an_empty_part_of_the_path_is_the_current_folder);
    tcase_add_test(tests, a_name_with_a_slash_is_itself);
    tcase_add_test(tests, without_a_path_the_systems_own_is_used);
    if (!UNIT_THREAD_SANITIZER) {
        tcase_add_test(tests, a_command_runs_with_its_arguments_and_environment);
        tcase_add_test(tests, its_descriptors_are_those_it_was_given);
        tcase_add_test(tests, one_descriptor_can_be_two);
        tcase_add_test(tests, a_descriptor_that_is_in_place_already_is_handed_on);
        tcase_add_test(tests, no_descriptor_of_ours_is_handed_on_and_all_of_the_callers_are);
        tcase_add_test(tests, it_leads_a_session_of_its_own);
        tcase_add_test(tests, it_has_the_callers_mask);
        tcase_add_test(tests, what_the_caller_ignored_it_ignores_and_nothing_else);
        tcase_add_test(tests, a_workers_task_ignores_what_the_caller_ignored);
        tcase_add_test(tests, why_exec_failed_comes_back);
        tcase_add_test(tests, an_argument_that_is_too_long_is_told);
        tcase_add_test(tests, a_descriptor_that_is_not_open_is_told);
        tcase_add_test(tests, it_runs_in_the_directory_that_is_named);
        tcase_add_test(tests, a_directory_that_cannot_be_entered_is_told_from_a_program_that_cannot_be_run);
        tcase_add_test(tests, a_script_without_a_first_line_is_given_to_the_shell);
        tcase_add_test(tests, it_ends_when_its_parent_does);
    }
}
