#include "unit.h"

#include "base/buffer.h"
#include "base/io.h"
#include "base/platform.h"
#include "proc/signals.h"
#include "proc/spawn.h"

#include <limits.h>
#include <sys/resource.h>

#define SHELL "/bin/sh"

static const char *folder;
static struct buffer output; /* of the last child, ended by NUL */
static size_t failed;        /* the program that could not be started */

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
    signal(SIGPIPE, SIG_DFL); /* whatever the caller thinks of it */
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
    static struct spawn_program program;
    program = (struct spawn_program){.path = path, .argv = argv};
    return (struct spawn_request){.programs = &program,
                                  .count = 1,
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
    pid_t child = spawn_start(&request, &step, &failed);
    ck_assert_int_gt(child, 0);
    ck_assert_int_eq(request.programs[0].pid, child);
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
    pid_t child = spawn_start(&request, &step, &failed);
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
    pid_t child = spawn_start(&request, &step, &failed);
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
    pid_t child = spawn_start(&request, &step, &failed);
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

START_TEST(it_leads_a_group_of_its_own_in_our_session)
{
    int in[2];
    enum spawn_step step;
    _Atomic uint32_t group = 0;
    char *argv[] = {NULL, "sh", "-c", "read line", NULL};
    ck_assert_int_eq(platform_pipe(in, false), 0);
    struct spawn_request request = ask_for(SHELL, argv + 1);
    request.input = in[0];
    request.group = &group;
    pid_t child = spawn_start(&request, &step, &failed);
    ck_assert_int_gt(child, 0);
    ck_assert_uint_eq(atomic_load(&group), (unsigned)child);
    ck_assert_int_eq(getsid(child), getsid(0));
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

static bool behind_another; /* what tells is the second program of a pipeline */

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
    char *front[] = {NULL, "sh", "-c", ":", NULL};
    struct spawn_program both[] = {{.path = SHELL, .argv = front + 1}, request.programs[0]};
    if (behind_another) {
        request.programs = both;
        request.count = 2;
    }
    pid_t child = spawn_start(&request, &step, &failed);
    int status;
    free(cat);
    if (child > 0 && behind_another && (waitpid(child, &status, 0) != child || status != 0))
        return 1;
    if (child > 0)
        child = request.programs[request.count - 1].pid;
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
    behind_another = _i == 1;
    if (!read_status(NULL))
        return;
    ck_assert_uint_eq(signal_set(said(), "SigBlk:"), 1ULL << (SIGUSR1 - 1));
    ck_assert(read_status(&output));
    ck_assert_uint_eq(signal_set(said(), "SigBlk:"), 1ULL << (SIGUSR1 - 1));
}
END_TEST

START_TEST(what_the_caller_ignored_it_ignores_and_nothing_else)
{
    behind_another = _i == 1;
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
    behind_another = _i == 1;
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
    ck_assert_int_eq(spawn_start(&request, &step, &failed), -1);
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
    ck_assert_int_eq(spawn_start(&request, &step, &failed), -1);
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
        pid_t child = spawn_start(&request, &step, &failed);
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
        ck_assert_int_eq(spawn_start(&request, &step, &failed), -1);
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
    if (spawn_start(&request, &step, &failed) < 0)
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

/* ---- pipelines ---- */

#define WORDS_MAX 7 /* with the spare one and NULL */

static struct pipeline {
    char *words[SPAWN_PROGRAMS_MAX][WORDS_MAX];
    struct spawn_program programs[SPAWN_PROGRAMS_MAX];
    _Atomic uint32_t group;
    struct spawn_request request;
} line;

/* `count` times the shell, each with the same script, which is told its place, from 1, and how many there
 * are. */
static void make_pipeline(size_t count, const char *script)
{
    static char numbers[SPAWN_PROGRAMS_MAX + 1][24];
    memset(&line, 0, sizeof line);
    line.request = ask_for(NULL, NULL);
    line.request.programs = line.programs;
    line.request.count = count;
    line.request.group = &line.group;
    for (size_t i = 0; i < count; i++) {
        snprintf(numbers[i + 1], sizeof numbers[0], "%zu", i + 1);
        char *words[WORDS_MAX - 2] = {(char *)(uintptr_t) "sh", (char *)(uintptr_t) "-c",
                                      (char *)(uintptr_t)script, numbers[i + 1], numbers[count]};
        memcpy(line.words[i] + 1, words, sizeof words);
        line.programs[i] = (struct spawn_program){.path = SHELL, .argv = line.words[i] + 1};
    }
}

/* Another script for one of them. */
static void set_script(size_t index, const char *script)
{
    line.words[index][3] = (char *)(uintptr_t)script;
}

/* With the output of the last to be read from what is returned; each is our child. */
static int start_pipeline(void)
{
    int ends[2];
    enum spawn_step step;
    ck_assert_int_eq(platform_pipe(ends, false), 0);
    line.request.output = ends[1];
    failed = 1000;
    pid_t first = spawn_start(&line.request, &step, &failed);
    ck_assert_int_gt(first, 0);
    ck_assert_int_eq(first, line.programs[0].pid);
    ck_assert_int_eq(step, SPAWN_EXEC);
    for (size_t i = 0; i < line.request.count; i++) {
        ck_assert_int_gt(line.programs[i].pid, 0);
        for (size_t k = 0; k < i; k++)
            ck_assert_int_ne(line.programs[i].pid, line.programs[k].pid);
    }
    io_close(&ends[1]);
    return ends[0];
}

static void expect_no_child(void)
{
    ck_assert_int_eq(waitpid(-1, NULL, WNOHANG), -1);
    ck_assert_int_eq(errno, ECHILD);
}

/* Read to the end, and wait for each: `status` of all, or where it is -1000 whatever they ended with. */
static void finish_pipeline(int fd, int status)
{
    read_output(fd);
    io_close(&fd);
    for (size_t i = 0; i < line.request.count; i++) {
        int got = unit_wait(line.programs[i].pid);
        ck_assert(status == -1000 || got == status);
    }
    expect_no_child();
}

static const size_t counts[] = {1, 2, 3, 4, 5, SPAWN_PROGRAMS_MAX};

START_TEST(what_one_writes_the_next_one_reads)
{
    char wanted[1024] = "";
    make_pipeline(counts[_i], "[ $0 = 1 ] || cat; echo $0");
    for (size_t i = 1; i <= counts[_i]; i++)
        snprintf(wanted + strlen(wanted), sizeof wanted - strlen(wanted), "%zu\n", i);
    int before = dup(0);
    close(before);
    finish_pipeline(start_pipeline(), 0);
    ck_assert_str_eq(said(), wanted);
    int after = dup(0);
    close(after);
    ck_assert_int_eq(after, before);
}
END_TEST

START_TEST(all_of_a_long_text_comes_through)
{
    make_pipeline(counts[_i], "exec cat");
    set_script(0, "head -c 300000 /dev/zero");
    finish_pipeline(start_pipeline(), 0);
    ck_assert_uint_eq(buffer_length(&output), 300001);
}
END_TEST

START_TEST(each_ends_with_its_own_status)
{
    make_pipeline(5, "exit 1$0");
    int fd = start_pipeline();
    for (size_t i = 5; i-- > 0;)
        ck_assert_int_eq(unit_wait(line.programs[i].pid), 11 + (int)i);
    expect_no_child();
    io_close(&fd);
}
END_TEST

START_TEST(they_are_all_in_the_group_of_the_first)
{
    int in[2];
    make_pipeline(counts[_i], "cat");
    ck_assert_int_eq(platform_pipe(in, false), 0);
    line.request.input = in[0];
    int fd = start_pipeline();
    pid_t first = line.programs[0].pid;
    ck_assert_uint_eq(atomic_load(&line.group), (unsigned)first);
    for (size_t i = 0; i < line.request.count; i++) {
        pid_t pid = line.programs[i].pid, leader = spawn_has_one_group() ? first : pid;
        ck_assert_int_eq(getsid(pid), getsid(0));
        ck_assert_int_eq(getpgid(pid), leader);
    }
    /* So that one signal is enough. */
    io_close(&in[0]);
    if (spawn_has_one_group()) {
        ck_assert_int_eq(kill(-first, SIGKILL), 0);
        finish_pipeline(fd, -SIGKILL);
        io_close(&in[1]);
    } else {
        io_close(&in[1]);
        finish_pipeline(fd, 0);
    }
}
END_TEST

START_TEST(descriptors_are_those_of_the_first_the_last_and_all)
{
    int in[2], errors[2];
    make_pipeline(3, "cat; echo $0 >&2");
    ck_assert_int_eq(platform_pipe(in, false), 0);
    ck_assert_int_eq(platform_pipe(errors, false), 0);
    line.request.input = in[0];
    line.request.errors = errors[1];
    int fd = start_pipeline();
    io_close(&in[0]);
    io_close(&errors[1]);
    ck_assert_int_eq(io_write_all(in[1], "line\n", 5), 0);
    io_close(&in[1]);
    finish_pipeline(fd, 0);
    ck_assert_str_eq(said(), "line\n");
    read_output(errors[0]);
    ck_assert_str_eq(said(), "1\n2\n3\n"); /* one ends, the next one's input does */
    io_close(&errors[0]);
}
END_TEST

/* Nobody else holds an end: neither we nor another program. */
START_TEST(a_writer_is_told_that_its_reader_is_gone)
{
    make_pipeline(counts[_i], "exec cat");
    set_script(0, "while :; do echo y; done");
    set_script(counts[_i] - 1, counts[_i] == 1 ? "exit 0" : "exec head -n 1");
    int fd = start_pipeline();
    read_output(fd);
    io_close(&fd);
    ck_assert_str_eq(said(), counts[_i] == 1 ? "" : "y\n");
    for (size_t i = 0; i < counts[_i]; i++)
        ck_assert_int_eq(unit_wait(line.programs[i].pid), i + 1 < counts[_i] ? -SIGPIPE : 0);
    expect_no_child();
}
END_TEST

/* The inputs of those behind end, while the one in front goes on. */
START_TEST(a_reader_is_told_that_its_writer_is_gone)
{
    int in[2];
    ck_assert_int_eq(platform_pipe(in, false), 0);
    make_pipeline(4, "exec cat");
    set_script(0, "exec >&-; read line; exit 0");
    line.request.input = in[0];
    int fd = start_pipeline();
    io_close(&in[0]);
    for (size_t i = 1; i < 4; i++)
        ck_assert_int_eq(unit_wait(line.programs[i].pid), 0);
    ck_assert_int_eq(waitpid(line.programs[0].pid, NULL, WNOHANG), 0);
    ck_assert_int_eq(io_write_all(in[1], "\n", 1), 0);
    ck_assert_int_eq(unit_wait(line.programs[0].pid), 0);
    io_close(&in[1]);
    io_close(&fd);
}
END_TEST

START_TEST(scripts_without_a_first_line_may_be_any_of_them)
{
    unit_write_file(folder, "script", "[ $1 = 1 ] || cat; echo \"${0##*/}$1\"\n", 0700);
    const char *path = in_folder("script");
    make_pipeline(3, "");
    for (size_t i = 0; i < 3; i++) {
        line.words[i][2] = line.words[i][4];
        line.words[i][3] = NULL;
        line.programs[i].path = path;
    }
    finish_pipeline(start_pipeline(), 0);
    ck_assert_str_eq(said(), "script1\nscript2\nscript3\n");
    for (size_t i = 0; i < 3; i++)
        ck_assert_str_eq(line.words[i][1], "sh");
}
END_TEST

/* What could be started is ended, with whatever it has started itself by then. */
static void expect_pipeline_fails(size_t which, int why, enum spawn_step where)
{
    int errors[2];
    enum spawn_step step = SPAWN_FORK;
    ck_assert_int_eq(platform_pipe(errors, false), 0);
    line.request.errors = errors[1];
    failed = 1000;
    errno = 0;
    ck_assert_int_eq(spawn_start(&line.request, &step, &failed), -1);
    ck_assert_int_eq(errno, why);
    ck_assert_int_eq(step, where);
    if (which != SIZE_MAX)
        ck_assert_uint_eq(failed, which);
    ck_assert_uint_lt(failed, line.request.count);
    expect_no_child();
    for (size_t i = 0; i < line.request.count; i++)
        ck_assert_str_eq(line.words[i][1], "sh");
    /* Whoever is left, of them or of what they started, would hold the other end. */
    io_close(&errors[1]);
    read_output(errors[0]);
    io_close(&errors[0]);
}

START_TEST(where_one_cannot_be_run_none_is_left)
{
    const size_t count = counts[_i];
    int before = dup(0);
    close(before);
    /* Of many each seventh, the first and the last among them: each try starts thousands of processes. */
    for (size_t which = 0; which<count; which += count> 8 ? 7 : 1) {
        make_pipeline(count, "sleep 1000 & sleep 1000 & wait");
        line.programs[which].path = "/nonexistent/program";
        expect_pipeline_fails(which, ENOENT, SPAWN_EXEC);
    }
    int after = dup(0);
    close(after);
    ck_assert_int_eq(after, before);
    /* And what comes next is not harmed. */
    make_pipeline(count, "echo fine");
    finish_pipeline(start_pipeline(), -1000);
    ck_assert_str_eq(said(), "fine\n");
}
END_TEST

/* A script's place in argv is restored, though another one failed later. */
START_TEST(where_one_cannot_be_run_all_names_are_as_they_were)
{
    unit_write_file(folder, "script", "exec sleep 1000\n", 0700);
    unit_write_file(folder, "plain", "", 0600);
    char *path = strdup(in_folder("script"));
    for (size_t which = 0; which < 4; which++) {
        make_pipeline(4, "");
        for (size_t i = 0; i < 4; i++)
            line.programs[i].path = i == which ? in_folder("plain") : path;
        expect_pipeline_fails(which, EACCES, SPAWN_EXEC);
    }
    free(path);
}
END_TEST

START_TEST(a_directory_that_cannot_be_entered_fails_them_all)
{
    make_pipeline(3, "exec sleep 1000");
    line.request.directory = "/nonexistent/folder";
    expect_pipeline_fails(SIZE_MAX, ENOENT, SPAWN_DIRECTORY);
}
END_TEST

START_TEST(without_descriptors_for_the_pipes_nothing_is_started)
{
    struct rlimit limit, low;
    make_pipeline(5, "exec sleep 1000");
    int before = dup(0);
    close(before);
    ck_assert_int_eq(getrlimit(RLIMIT_NOFILE, &limit), 0);
    low = limit;
    low.rlim_cur = (rlim_t)before + 5; /* two are the test's own */
    ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &low), 0);
    expect_pipeline_fails(SIZE_MAX, EMFILE, SPAWN_FORK);
    ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &limit), 0);
    int after = dup(0);
    close(after);
    ck_assert_int_eq(after, before);
    for (size_t i = 0; i < 5; i++)
        ck_assert_int_eq(line.programs[i].pid, 0);
}
END_TEST

START_TEST(no_program_of_a_pipeline_has_more_descriptors_than_a_single_one)
{
    if (access("/dev/fd", R_OK) < 0) {
        unit_skip("no /dev/fd here");
        return;
    }
    ck_assert_int_eq(run_shell("ls /dev/fd/"), 0);
    char *single = strdup(said());
    for (size_t i = 0; i < 4; i++) {
        make_pipeline(4, "exec cat");
        set_script(i, "ls /dev/fd/");
        finish_pipeline(start_pipeline(), i == 0 ? 0 : -1000);
        ck_assert_str_eq(said(), single);
    }
    free(single);
}
END_TEST

static int start_pipeline_and_leave(void *context)
{
    const int *ends = context;
    enum spawn_step step;
    make_pipeline(3, "echo up >&2; exec sleep 1000");
    line.request.errors = ends[1];
    if (spawn_start(&line.request, &step, &failed) < 0)
        return 1;
    char text[9];
    return io_read_full(ends[0], text, sizeof text) == (ssize_t)sizeof text ? 0 : 2;
}

START_TEST(a_pipeline_ends_when_its_parent_does)
{
    int ends[2];
    if (platform_set_parent_death_signal(0) < 0) {
        unit_skip("no parent-death signal here");
        return;
    }
    ck_assert_int_eq(platform_pipe(ends, false), 0);
    ck_assert_int_eq(unit_fork_and_wait(start_pipeline_and_leave, ends), 0);
    io_close(&ends[1]);
    read_output(ends[0]);
    ck_assert_str_eq(said(), "");
    io_close(&ends[0]);
}
END_TEST

static void add_pipeline_tests(TCase *tests)
{
    tcase_add_loop_test(tests, what_one_writes_the_next_one_reads, 0, ARRAY_LENGTH(counts));
    tcase_add_loop_test(tests, all_of_a_long_text_comes_through, 0, ARRAY_LENGTH(counts));
    tcase_add_test(tests, each_ends_with_its_own_status);
    tcase_add_loop_test(tests, they_are_all_in_the_group_of_the_first, 0, ARRAY_LENGTH(counts));
    tcase_add_test(tests, descriptors_are_those_of_the_first_the_last_and_all);
    tcase_add_loop_test(tests, a_writer_is_told_that_its_reader_is_gone, 0, ARRAY_LENGTH(counts));
    tcase_add_test(tests, a_reader_is_told_that_its_writer_is_gone);
    tcase_add_test(tests, scripts_without_a_first_line_may_be_any_of_them);
    tcase_add_loop_test(tests, where_one_cannot_be_run_none_is_left, 0, ARRAY_LENGTH(counts));
    tcase_add_test(tests, where_one_cannot_be_run_all_names_are_as_they_were);
    tcase_add_test(tests, a_directory_that_cannot_be_entered_fails_them_all);
    tcase_add_test(tests, without_descriptors_for_the_pipes_nothing_is_started);
    tcase_add_test(tests, no_program_of_a_pipeline_has_more_descriptors_than_a_single_one);
    tcase_add_test(tests, a_pipeline_ends_when_its_parent_does);
}

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
        tcase_add_test(tests, it_leads_a_group_of_its_own_in_our_session);
        tcase_add_loop_test(tests, it_has_the_callers_mask, 0, 2);
        tcase_add_loop_test(tests, what_the_caller_ignored_it_ignores_and_nothing_else, 0, 2);
        tcase_add_loop_test(tests, a_workers_task_ignores_what_the_caller_ignored, 0, 2);
        tcase_add_test(tests, why_exec_failed_comes_back);
        tcase_add_test(tests, an_argument_that_is_too_long_is_told);
        tcase_add_test(tests, a_descriptor_that_is_not_open_is_told);
        tcase_add_test(tests, it_runs_in_the_directory_that_is_named);
        tcase_add_test(tests, a_directory_that_cannot_be_entered_is_told_from_a_program_that_cannot_be_run);
        tcase_add_test(tests, a_script_without_a_first_line_is_given_to_the_shell);
        tcase_add_test(tests, it_ends_when_its_parent_does);
        add_pipeline_tests(tests);
    }
}
