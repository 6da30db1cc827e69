/*
 * inject: makes every call and every point of fault/fault.h fail, in every scenario, and looks at what cpool
 * makes of it.
 *
 *     inject [-l] [-j JOBS] [-s SECONDS] [-v] [SCENARIO[/CALL[=ERRNO]:N[+]]]...
 *
 * Each scenario is run once without a fault, which tells how often each call is made; then with the Nth of
 * them failing, for each N (large ones are sampled), once and from then on. Without -l only some N, and no
 * longer than SECONDS in all. Whatever fails, cpool must
 *
 *     end in the scenario's own time and LIMIT,
 *     not crash, nor leak, as the sanitizers have it,
 *     leave no process (found by a mark in the environment) and no file,
 *     write no line twice, none that isn't right, none out of order,
 *     end with the scenario's own status only if nothing is missing; with another one, say why on standard
 *     error, and have as many tasks fail as output is missing of.
 *
 * The program under test is $CPOOL.
 */
#define FAULT_REAL_CALLS
#include "base/base.h"

#include "fault/fault.h"

#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#define LIMIT    10.0 /* seconds: back-off takes up to 5, and the machine may be busy */
#define JOBS_MAX 16
#define ARGS_MAX 100
#define MARK     "CPOOL_FAULT_ID"

/* ---- the scenarios ---- */

struct text {
    char *bytes;
    size_t length;
};

enum { FILE_INPUT = 1, PIPE_INPUT = 2, SLOW_READER = 4, ANY_LOSS = 8, DEEP = 16 };

struct scenario {
    const char *name;
    unsigned how;     /* of the above */
    int status;       /* without a fault; minus the signal */
    double seconds;   /* that it takes; a signal comes then */
    int signal;       /* that cpool is sent `seconds` after it has begun to count; 0: none */
    int lines;        /* of a task */
    const char *args; /* blank stands between two, ~ for a blank in one */
    void (*input)(FILE *file);
    void (*output)(FILE *file);
};

static void numbers(FILE *file, int first, int last)
{
    for (int i = first; i <= last; i++)
        fprintf(file, "%d\n", i);
}

static void squares(FILE *file, int last)
{
    for (int i = 1; i <= last; i++)
        fprintf(file, "%d\n", i * i);
}

static void long_line(FILE *file, int which)
{
    for (int i = 0; i < 1 << 20; i++)
        fputc('a' + which, file);
    fputc('\n', file);
}

/* clang-format off */
static void to_10(FILE *file) { numbers(file, 1, 10); }
static void to_60(FILE *file) { numbers(file, 1, 60); }
static void to_3000(FILE *file) { numbers(file, 1, 3000); }
static void to_20000(FILE *file) { numbers(file, 1, 20000); }
static void squares_12(FILE *file) { squares(file, 12); }
static void squares_3000(FILE *file) { squares(file, 3000); }
static void without_3(FILE *file) { fputs("1\n2\n4\n5\n6\n", file); }
static void naps(FILE *file) { fputs("0.01\n0.02\n0.03\n0.04\n", file); }
static void first_3(FILE *file) { numbers(file, 1, 3); }
static void nothing(FILE *file) { (void)file; }
static void long_lines(FILE *file) { for (int i = 0; i < 4; i++) long_line(file, i); }
static void batches(FILE *file) { for (int i = 1; i <= 22; i++) fprintf(file, "%d%c", i, i % 4 == 0 || i == 22 ? '\n' : ' '); }
static void sequences(FILE *file) { for (int i = 1; i <= 6; i++) numbers(file, i * 1000000, i * 1000000 + 30000); }
static void pairs(FILE *file) { for (int i = 1; i <= 6; i++) fprintf(file, "%da\n%db\n", i, i); }
/* clang-format on */

static const struct scenario scenarios[] = {
    {"function", 0, 0, 0, 0, 1, "-j2 square ::: 1 2 3 4 5 6 7 8 9 10 11 12", NULL, squares_12},
    {"function-file", FILE_INPUT, 0, 0, 0, 1, "-j3 identity", to_20000, to_20000},
    {"function-pipe", PIPE_INPUT, 0, 0, 0, 1, "-j3 square", to_3000, squares_3000},
    {"function-long", FILE_INPUT, 0, 0, 0, 1, "-j2 identity", long_lines, long_lines},
    {"function-many", PIPE_INPUT, 0, 0, 0, 1, "-j12 --chunk 2 identity", to_60, to_60},
    {"function-timeout", 0, 1, 0.4, 0, 1, "-j2 --chunk 1 --timeout 0.3 nap ::: 0.01 0.02 30 0.03 0.04", NULL,
     naps},
    {"command", 0, 0, 0, 0, 1, "-j2 echo ::: 1 2 3 4 5 6 7 8 9 10", NULL, to_10},
    {"command-file", FILE_INPUT, 0, 0, 0, 1, "-j3 echo", to_10, to_10},
    {"command-pipe", PIPE_INPUT, 0, 0, 0, 1, "-j2 -a - echo", to_60, to_60},
    {"command-many", 0, 0, 0, 0, 1, "-j24 sh -c sleep~0.01;echo~$1 _ ::: 1 2 3 4 5 6 7 8 9 10", NULL, to_10},
    {"command-large", 0, 0, 0, 0, 30001, "-j3 seq {}000000 {}030000 ::: 1 2 3 4 5 6", NULL, sequences},
    {"command-spill", 0, 0, 0.4, 0, 30001,
     "-j3 sh -c test~$1~!=~1~||~sleep~0.4;seq~$1000000~$1030000 _ ::: 1 2 3 4 5 6", NULL, sequences},
    {"command-slow-reader", SLOW_READER, 0, 0.3, 0, 30001, "-j3 seq {}000000 {}030000 ::: 1 2 3 4 5 6", NULL,
     sequences},
    {"command-batch", 0, 0, 0, 0, 1,
     "-j2 -n4 echo ::: 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22", NULL, batches},
    {"command-errors", 0, 0, 0, 0, 2, "-j2 sh -c echo~${1}a;echo~e$1~>&2;echo~${1}b _ ::: 1 2 3 4 5 6", NULL,
     pairs},
    {"command-fails", 0, 1, 0, 0, 1, "-j2 sh -c test~$1~=~3~&&~exit~9;echo~$1 _ ::: 1 2 3 4 5 6", NULL,
     without_3},
    {"command-retries", 0, 0, 0.2, 0, 1,
     "-j2 --retries 3 --retry-delay 0.02 sh -c "
     "echo~$1;test~-e~$FAULT_FOLDER/$1~||~{~:>$FAULT_FOLDER/$1;exit~1;} _ ::: 1 2 3 4 5 6 7 8 9 10",
     NULL, to_10},
    {"command-leftover", 0, 0, 0.3, 0, 1, "-j2 sh -c sleep~0.2&~echo~$1 _ ::: 1 2 3 4 5 6 7 8 9 10", NULL,
     to_10},
    {"command-timeout", DEEP, 1, 1.0, 0, 1,
     "-j2 --timeout 0.4 --grace 0.2 sh -c "
     "test~$1~!=~3~||~{~setsid~sleep~30&trap~:~TERM;sleep~30;sleep~30;};echo~$1 _ ::: 1 2 3 4 5 6",
     NULL, without_3},
    {"halt-now", ANY_LOSS, 3, 0, 0, 1,
     "-j2 --halt now,fail=1 sh -c test~$1~!=~4~||~exit~3;echo~$1 _ ::: 1 2 3 4 5 6 7", NULL, to_10},
    {"halt-soon", ANY_LOSS, 1, 0, 0, 1,
     "-j2 --halt soon,fail=1 sh -c test~$1~!=~4~||~exit~3;echo~$1 _ ::: 1 2 3 4 5 6 7", NULL, to_10},
    {"terminated", ANY_LOSS | DEEP, -SIGTERM, 0.3, SIGTERM, 1,
     "-j4 --grace 0.3 sh -c test~$1~-lt~4~||~{~setsid~sleep~30&~sleep~30;};echo~$1 _ ::: 1 2 3 4 5 6", NULL,
     first_3},
    {"interrupted-function", ANY_LOSS, -SIGINT, 0.2, SIGINT, 1, "-j2 --grace 0.3 --chunk 1 nap ::: 30 30 30",
     NULL, nothing},
    {"killed", ANY_LOSS | DEEP, -SIGKILL, 0.3, SIGKILL, 1,
     "-j4 --grace 0.2 sh -c test~$1~-lt~4~||~{~trap~:~TERM;~sleep~30;~sleep~30;};echo~$1 _ ::: 1 2 3 4 5 6",
     NULL, first_3},
};

/* ---- small things ---- */

static bool verbose, thorough;
static const char *program;
static char folder[4000];
static unsigned seconds_in_all;

__attribute__((noreturn, format(printf, 1, 2))) static void die(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fputs("inject: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    exit(2);
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void pause_for(double seconds)
{
    struct timespec time = {(time_t)seconds, (long)((seconds - (double)(time_t)seconds) * 1e9)};
    nanosleep(&time, NULL);
}

static struct text make_text(void (*make)(FILE *file))
{
    struct text text = {NULL, 0};
    FILE *file = open_memstream(&text.bytes, &text.length);
    if (file == NULL)
        die("no memory");
    if (make != NULL)
        make(file);
    fclose(file);
    return text;
}

static struct text read_text(const char *path)
{
    struct text text = {NULL, 0};
    struct stat info;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &info) < 0)
        die("%s: %s", path, strerror(errno));
    text.bytes = malloc((size_t)info.st_size + 1);
    while (text.length < (size_t)info.st_size) {
        ssize_t n = read(fd, text.bytes + text.length, (size_t)info.st_size - text.length);
        if (n <= 0)
            break;
        text.length += (size_t)n;
    }
    text.bytes[text.length] = '\0';
    close(fd);
    return text;
}

/* ---- one run ---- */

struct fault {
    enum fault_kind kind; /* FAULT_KINDS: none */
    const char *error;    /* NULL: the usual one */
    uint64_t number;
    bool from_then_on;
};

struct run {
    const struct scenario *scenario; /* NULL: this place is free */
    struct fault fault;
    char text[64], mark[64]; /* of the fault; in the environment */
    pid_t pid, reader;
    double started, limit;
    double up; /* when it was first seen to count; 0: it was not */
    bool signalled, hung;
};

static struct run runs[JOBS_MAX];
static unsigned run_count, failure_count, fired_count, serial;
static struct text outputs[ARRAY_LENGTH(scenarios)], inputs[ARRAY_LENGTH(scenarios)];

static const char *place(const struct run *run, const char *name)
{
    static char path[4096];
    snprintf(path, sizeof path, "%s/%d/%s", folder, (int)(run - runs), name);
    return path;
}

static int input_of(const struct run *run)
{
    const struct text *text = &inputs[run->scenario - scenarios];
    char path[64];
    int ends[2];

    if (run->scenario->how & FILE_INPUT) {
        snprintf(path, sizeof path, "input.%s", run->scenario->name);
        return open(path, O_RDONLY | O_CLOEXEC);
    }
    if ((run->scenario->how & PIPE_INPUT) == 0)
        return open("/dev/null", O_RDONLY | O_CLOEXEC);
    /* A pipe holds all of it. */
    if (pipe2(ends, O_CLOEXEC) < 0 || write(ends[1], text->bytes, text->length) != (ssize_t)text->length)
        die("pipe: %s", strerror(errno));
    close(ends[1]);
    return ends[0];
}

/* The other end of a pipe on standard output: waits a while, then copies what comes into the file. */
static int slow_reader(struct run *run, int file)
{
    static char bytes[1 << 16];
    int ends[2];

    if (pipe2(ends, O_CLOEXEC) < 0 || (run->reader = fork()) < 0)
        die("slow reader: %s", strerror(errno));
    if (run->reader == 0) {
        close(ends[1]);
        pause_for(0.3);
        for (ssize_t n; (n = read(ends[0], bytes, sizeof bytes)) > 0;)
            if (write(file, bytes, (size_t)n) != n)
                _exit(1);
        _exit(0);
    }
    close(ends[0]);
    return ends[1];
}

static void execute(const struct run *run, int input, int output, int errors)
{
    char text[2048], *args[ARGS_MAX + 2], *save = NULL;
    size_t count = 0;

    snprintf(text, sizeof text, "%s", run->scenario->args);
    args[count++] = (char *)(uintptr_t) "cpool";
    for (char *word = strtok_r(text, " ", &save); word != NULL; word = strtok_r(NULL, " ", &save)) {
        for (char *at = word; (at = strchr(at, '~')) != NULL;)
            *at = ' ';
        args[count++] = word;
    }
    args[count] = NULL;
    setenv(MARK, run->mark, 1);
    setenv("CPOOL_FAULT_COUNTS", place(run, "counts"), 1);
    setenv("FAULT_FOLDER", place(run, "made"), 1);
    setenv("TMPDIR", place(run, "tmp"), 1);
    if (run->fault.kind != FAULT_KINDS)
        setenv("CPOOL_FAULT", run->text, 1);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    if (dup2(input, 0) < 0 || dup2(output, 1) < 0 || dup2(errors, 2) < 0 || chdir(place(run, "here")) < 0)
        _exit(120);
    execv(program, args);
    _exit(121);
}

static void begin(struct run *run, const struct scenario *scenario, const struct fault *fault)
{
    *run = (struct run){.scenario = scenario, .fault = *fault};
    if (fault->kind != FAULT_KINDS)
        snprintf(run->text, sizeof run->text, "%s%s%s:%llu%s", fault_rows[fault->kind].name,
                 fault->error != NULL ? "=" : "", fault->error != NULL ? fault->error : "",
                 (unsigned long long)fault->number, fault->from_then_on ? "+" : "");
    snprintf(run->mark, sizeof run->mark, "%ld-%u", (long)getpid(), serial++);
    static const char *const folders[] = {"", "made", "tmp", "here"};
    for (size_t i = 0; i < ARRAY_LENGTH(folders); i++)
        if (mkdir(place(run, folders[i]), 0700) < 0 && errno != EEXIST)
            die("%s: %s", place(run, folders[i]), strerror(errno));
    unlink(place(run, "counts"));

    int input = input_of(run);
    int file = open(place(run, "out"), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    int errors = open(place(run, "err"), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    int output = scenario->how & SLOW_READER ? slow_reader(run, file) : file;
    if (input < 0 || file < 0 || errors < 0)
        die("%s: %s", folder, strerror(errno));
    run->started = now();
    run->limit = LIMIT + scenario->seconds;
    run->pid = fork();
    if (run->pid == 0)
        execute(run, input, output, errors);
    if (run->pid < 0)
        die("fork: %s", strerror(errno));
    close(input);
    close(file);
    close(errors);
    if (output != file)
        close(output);
}

/* ---- what came of it ---- */

__attribute__((format(printf, 2, 3))) static void complain(struct run *run, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    failure_count++;
    printf("FAIL %s/%s: ", run->scenario->name, run->text);
    vprintf(format, arguments);
    putchar('\n');
    va_end(arguments);
    struct text errors = read_text(place(run, "err"));
    if (errors.length > 0)
        printf("    %.*s\n", (int)size_min(errors.length, 1500), errors.bytes);
    free(errors.bytes);
    fflush(stdout);
}

/* Processes that carry the run's mark: the first of them, 0 none. With `end` all are killed. */
static pid_t survivor(const struct run *run, bool end)
{
    char wanted[128], path[300];
    static char environment[1 << 17];
    int length = snprintf(wanted, sizeof wanted, MARK "=%s", run->mark) + 1; /* with its NUL */
    DIR *processes = opendir("/proc");
    pid_t found = 0;

    for (struct dirent *entry; processes != NULL && (entry = readdir(processes)) != NULL;) {
        long pid = strtol(entry->d_name, NULL, 10);
        if (pid <= 0 || pid == getpid())
            continue;
        snprintf(path, sizeof path, "/proc/%ld/environ", pid);
        int fd = open(path, O_RDONLY | O_CLOEXEC);
        if (fd < 0)
            continue;
        ssize_t n = read(fd, environment, sizeof environment);
        close(fd);
        if (n <= 0 || memmem(environment, (size_t)n, wanted, (size_t)length) == NULL)
            continue;
        found = (pid_t)pid;
        if (end)
            kill(found, SIGKILL);
    }
    if (processes != NULL)
        closedir(processes);
    return found;
}

/*
 * Processes that have left their task's group can't be found where the worker is killed, or nobody tells
 * which processes there are (/proc) or have ended (wait), or there is no subreaper; nor any but the task's
 * first, where worker and cpool end at once. Where cpool can't read what a worker says it kills that worker.
 * The scenarios that have such are marked DEEP.
 */
static bool may_survive(const struct run *run)
{
    enum fault_kind kind = run->fault.kind;
    if ((run->scenario->how & DEEP) == 0)
        return false;
#ifdef CPOOL_LINUX_EXTRAS
    bool killed = kind < FAULT_KINDS && fault_rows[kind].error == 0;
    bool blind = kind == FAULT_open || kind == FAULT_read || kind == FAULT_wait || kind == FAULT_waitid;
    bool ends_worker = blind || kind == FAULT_malloc || kind == FAULT_write;
    return killed || kind == FAULT_read || (blind && run->fault.from_then_on) ||
           (ends_worker && run->scenario->signal == SIGKILL);
#else
    return true;
#endif
}

static void check_survivors(struct run *run)
{
    char path[64], name[64] = "?";
    double deadline = now() + (run->scenario->signal == SIGKILL ? 1.5 : 0.5);
    pid_t pid;
    while ((pid = survivor(run, false)) != 0 && now() < deadline)
        pause_for(0.02);
    if (pid == 0)
        return;
    snprintf(path, sizeof path, "/proc/%ld/comm", (long)pid);
    FILE *file = fopen(path, "r");
    if (file != NULL && fgets(name, sizeof name, file) != NULL)
        name[strcspn(name, "\n")] = '\0';
    if (file != NULL)
        fclose(file);
    if (!may_survive(run))
        complain(run, "survivor: process %ld (%s)", (long)pid, name);
    for (int i = 0; i < 100 && survivor(run, true) != 0; i++)
        pause_for(0.01);
}

/* Files in the run's folder of that name are removed: how many there were. */
static unsigned empty(const struct run *run, const char *name)
{
    char path[8192];
    unsigned count = 0;
    DIR *directory = opendir(place(run, name));
    for (struct dirent *entry; directory != NULL && (entry = readdir(directory)) != NULL;) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        snprintf(path, sizeof path, "%s/%s", place(run, name), entry->d_name);
        unlink(path);
        count++;
    }
    if (directory != NULL)
        closedir(directory);
    return count;
}

/* The line that `bytes` begins with, newline included; 0 where there is no whole one. */
static size_t line_length(const char *bytes, size_t length)
{
    const char *end = memchr(bytes, '\n', length);
    return end == NULL ? 0 : (size_t)(end + 1 - bytes);
}

/*
 * Beginnings of lines behind each other, which is what is left of tasks that were ended, and perhaps a whole
 * line behind them: each in the first line from *at on that has something in common with it. True when all
 * fits; *at is behind the last, and *right counts those that are whole. In a short line that would fit nearly
 * anything: of those there may be one beginning, with a whole line behind it.
 */
static bool fits_in_parts(const char *bytes, size_t length, const struct text *expected, size_t *at,
                          size_t *right)
{
    size_t search = *at;
    unsigned parts = 0;
    while (length > 0 && search < expected->length && (length > 1000 || parts < 3)) {
        const char *line = expected->bytes + search;
        size_t whole = line_length(line, expected->length - search), same = 0;
        while (same < whole && same < length && line[same] == bytes[same])
            same++;
        search += whole;
        if (same == 0 || (parts > 0 && length <= 1000 && same < length))
            continue;
        bytes += same;
        length -= same;
        parts++;
        *right += same == whole;
    }
    *at = search;
    return length == 0;
}

/*
 * Each line that came must be one of those expected, behind the one before. What is left of a task that was
 * ended may be the beginning of one, with the next line behind it. Returns how many lines are missing, -1
 * where one is wrong.
 */
static long missing_lines(struct run *run, const struct text *got, const struct text *expected)
{
    size_t at = 0, from = 0, right = 0;
    while (from < got->length) {
        size_t length = line_length(got->bytes + from, got->length - from), search = at, whole = 0;
        if (length == 0)
            length = got->length - from;
        for (; search < expected->length; search += whole) {
            whole = line_length(expected->bytes + search, expected->length - search);
            if (whole == length && memcmp(got->bytes + from, expected->bytes + search, whole) == 0)
                break;
        }
        if (search < expected->length) {
            at = search + whole;
            right++;
        } else if (!fits_in_parts(got->bytes + from, length, expected, &at, &right)) {
            complain(run, "wrong, doubled or out of order: '%.*s'", (int)size_min(length, 60),
                     got->bytes + from);
            return -1;
        }
        from += length;
    }
    size_t lines = 0;
    for (size_t i = 0; i < expected->length; i++)
        lines += expected->bytes[i] == '\n';
    return (long)(lines - right);
}

static bool speaks(const struct text *errors)
{
    return strncmp(errors->bytes, "cpool: ", 7) == 0 || strstr(errors->bytes, "\ncpool: ") != NULL;
}

static void check_output(struct run *run, int status)
{
    const struct scenario *scenario = run->scenario;
    const struct text *expected = &outputs[scenario - scenarios];
    struct text got = read_text(place(run, "out")), errors = read_text(place(run, "err"));
    long missing = missing_lines(run, &got, expected);

    if (strstr(errors.bytes, "Sanitizer") != NULL || strstr(errors.bytes, "runtime error") != NULL ||
        strstr(errors.bytes, "ssertion") != NULL)
        complain(run, "crash or leak");
    else if (status == scenario->status && missing > 0 && (scenario->how & ANY_LOSS) == 0)
        complain(run, "status %d, and %ld lines are missing", status, missing);
    else if (status == 0 && scenario->status != 0)
        complain(run, "status 0");
    else if (status < 0 && status != scenario->status)
        complain(run, "ended by signal %d", -status);
    else if (status > 0 && !speaks(&errors))
        complain(run, "status %d, and no word why", status);
    else if (status > 0 && status <= 100 && missing >= 0 && (scenario->how & ANY_LOSS) == 0 &&
             missing > (long)status * scenario->lines)
        complain(run, "status %d, but %ld lines are missing", status, missing);
    if (verbose)
        printf("  %s/%s: status %d, %ld lines missing, %.2f s\n", scenario->name, run->text, status, missing,
               now() - run->started);
    free(got.bytes);
    free(errors.bytes);
}

static void read_counts(struct run *run, struct fault_counts *counts)
{
    memset(counts, 0, sizeof *counts);
    int fd = open(place(run, "counts"), O_RDONLY | O_CLOEXEC);
    if (fd < 0 || read(fd, counts, sizeof *counts) != sizeof *counts)
        complain(run, "no counts: is this a build with --enable-fault-injection?");
    if (fd >= 0)
        close(fd);
}

static void finish(struct run *run, int raw)
{
    int status = WIFSIGNALED(raw) ? -WTERMSIG(raw) : WEXITSTATUS(raw);
    struct fault_counts counts;

    if (run->hung)
        complain(run, "hang: still there after %.1f s", run->limit);
    check_survivors(run);
    if (run->reader > 0)
        waitpid(run->reader, NULL, 0);
    if (!run->hung)
        check_output(run, status);
    empty(run, "made");
    if (empty(run, "tmp") + empty(run, "here") > 0)
        complain(run, "a file is left");
    read_counts(run, &counts);
    fired_count += atomic_load(&counts.fired) > 0;
    run_count++;
    run->scenario = NULL;
}

/* Seconds for which cpool has been there, and counts: on a busy machine it takes its time until then. 0: it
 * is not yet. */
static double time_up(struct run *run)
{
    struct stat info;
    if (run->up == 0 && stat(place(run, "counts"), &info) == 0 &&
        info.st_size >= (off_t)sizeof(struct fault_counts))
        run->up = now();
    return run->up == 0 ? 0 : now() - run->up;
}

/* Look at all runs: true when one of them came to its end. */
static bool look(unsigned jobs)
{
    bool any = false;
    for (unsigned i = 0; i < jobs; i++) {
        struct run *run = &runs[i];
        int raw;
        if (run->scenario == NULL)
            continue;
        double age = now() - run->started;
        if (run->scenario->signal != 0 && !run->signalled && time_up(run) >= run->scenario->seconds) {
            run->signalled = true;
            kill(run->pid, run->scenario->signal);
        }
        if (age >= run->limit && !run->hung) {
            run->hung = true;
            kill(run->pid, SIGKILL);
        }
        if (waitpid(run->pid, &raw, WNOHANG) != run->pid)
            continue;
        finish(run, raw);
        any = true;
    }
    return any;
}

static void wait_a_moment(void)
{
    sigset_t child;
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    sigtimedwait(&child, NULL, &(struct timespec){0, 20000000});
}

static struct run *free_run(unsigned jobs)
{
    for (;;) {
        for (unsigned i = 0; i < jobs; i++)
            if (runs[i].scenario == NULL)
                return &runs[i];
        if (!look(jobs))
            wait_a_moment();
    }
}

static void wait_for_all(unsigned jobs)
{
    for (unsigned i = 0; i < jobs; i++)
        while (runs[i].scenario != NULL)
            if (!look(jobs))
                wait_a_moment();
}

/* ---- which runs ---- */

struct plan {
    const struct scenario *scenario;
    struct fault fault;
};

static struct plan *plans;
static size_t plan_count, plan_room;

static void plan(const struct scenario *scenario, struct fault fault)
{
    if (plan_count == plan_room) {
        plan_room = plan_room * 2 + 1000;
        plans = realloc(plans, plan_room * sizeof *plans);
    }
    plans[plan_count++] = (struct plan){scenario, fault};
}

/* EINTR and EAGAIN from then on would mean a kernel that never does anything. */
static const struct {
    enum fault_kind kind;
    const char *error;
    bool from_then_on;
} variants[] = {
    {FAULT_read, "EINTR", false},  {FAULT_write, "EINTR", false},      {FAULT_poll, "EINTR", false},
    {FAULT_wait, "EINTR", false},  {FAULT_epoll_wait, "EINTR", false}, {FAULT_write, "ENOSPC", true},
    {FAULT_read, "EAGAIN", false}, {FAULT_write, "EAGAIN", false},     {FAULT_futex_wait, "EINTR", false},
    {FAULT_pidfd, "ENOSYS", true}, {FAULT_fork, "ENOMEM", true},       {FAULT_open, "EPERM", true},
};

/* The next N: all of the first, then ever fewer. */
static uint64_t next_number(uint64_t number)
{
    if (thorough)
        return number < 60 ? number + 1 : number + number / 8;
    return number < 3 ? number + 1 : number + number / 2;
}

static void plan_scenario(const struct scenario *scenario, const struct fault_counts *counts)
{
    for (size_t kind = 0; kind < FAULT_KINDS; kind++) {
        uint64_t came = atomic_load(&counts->came[kind]);
        /* To wake somebody can only fail where there are no futexes at all, and that is asked for first. */
        if (kind == FAULT_futex_wake)
            came = size_min((size_t)came, 1);
        for (uint64_t number = 1; number <= came + came / 20; number = next_number(number)) {
            struct fault fault = {.kind = (enum fault_kind)kind, .number = number};
            /* A kernel that once forgets its children is too much. */
            if (kind != FAULT_wait && kind != FAULT_waitid)
                plan(scenario, fault);
            fault.from_then_on = true;
            plan(scenario, fault);
            fault.from_then_on = false;
            for (size_t i = 0; i < ARRAY_LENGTH(variants); i++)
                if (variants[i].kind == kind) {
                    fault.error = variants[i].error;
                    fault.from_then_on = variants[i].from_then_on;
                    plan(scenario, fault);
                }
        }
    }
}

/* Always the same order, but such that a part of it has something of everything. */
static void shuffle(void)
{
    uint64_t state = 88172645463325252U;
    for (size_t i = plan_count; i > 1; i--) {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        struct plan *other = &plans[state % i], keep = plans[i - 1];
        plans[i - 1] = *other;
        *other = keep;
    }
}

static bool selected(const struct scenario *scenario, char **names, int count)
{
    for (int i = 0; i < count; i++) {
        size_t length = strcspn(names[i], "/");
        if (strncmp(scenario->name, names[i], length) == 0 && scenario->name[length] == '\0')
            return true;
    }
    return count == 0;
}

/* "SCENARIO/CALL=ERRNO:N+", as a report names it. */
static bool plan_one(const struct scenario *scenario, const char *name)
{
    char call[32];
    const char *text = strchr(name, '/'), *colon = text == NULL ? NULL : strrchr(text, ':');
    if (colon == NULL || strncmp(scenario->name, name, (size_t)(text - name)) != 0 ||
        scenario->name[text - name] != '\0')
        return false;
    size_t length = strcspn(++text, "=:");
    snprintf(call, sizeof call, "%.*s", (int)length, text);
    for (size_t kind = 0; kind < FAULT_KINDS; kind++)
        if (strcmp(fault_rows[kind].name, call) == 0) {
            struct fault fault = {.kind = (enum fault_kind)kind, .number = strtoull(colon + 1, NULL, 10)};
            fault.from_then_on = colon[strlen(colon) - 1] == '+';
            if (text[length] == '=') {
                fault.error = strndup(text + length + 1, (size_t)(colon - text) - length - 1);
            }
            plan(scenario, fault);
        }
    return true;
}

static void plan_all(char **names, int count)
{
    for (size_t i = 0; i < ARRAY_LENGTH(scenarios); i++) {
        struct fault none = {.kind = FAULT_KINDS};
        struct fault_counts counts;
        bool one = false;
        for (int k = 0; k < count; k++)
            one |= plan_one(&scenarios[i], names[k]);
        if (one || !selected(&scenarios[i], names, count))
            continue;
        unsigned failures = failure_count;
        begin(&runs[0], &scenarios[i], &none);
        struct run copy = runs[0];
        wait_for_all(1);
        if (failure_count > failures)
            die("%s: fails without a fault", scenarios[i].name);
        runs[0] = copy;
        read_counts(&runs[0], &counts);
        runs[0].scenario = NULL;
        plan_scenario(&scenarios[i], &counts);
    }
}

static void prepare(void)
{
    const char *temporary = getenv("TMPDIR");
    program = getenv("CPOOL");
    if (program == NULL)
        die("CPOOL is not set");
    snprintf(folder, sizeof folder, "%s/cpool-fault.XXXXXX", temporary != NULL ? temporary : "/tmp");
    if (mkdtemp(folder) == NULL || chdir(folder) < 0)
        die("%s: %s", folder, strerror(errno));
    for (size_t i = 0; i < ARRAY_LENGTH(scenarios); i++) {
        char path[64];
        inputs[i] = make_text(scenarios[i].input);
        outputs[i] = make_text(scenarios[i].output);
        if ((scenarios[i].how & FILE_INPUT) == 0)
            continue;
        snprintf(path, sizeof path, "input.%s", scenarios[i].name);
        FILE *file = fopen(path, "w");
        if (file == NULL || fwrite(inputs[i].bytes, 1, inputs[i].length, file) != inputs[i].length ||
            fclose(file) != 0)
            die("%s: %s", path, strerror(errno));
    }
    /* So that a report of a sanitizer can't be taken for an exit status of cpool's. */
    setenv("ASAN_OPTIONS", "exitcode=99:detect_leaks=1:allocator_may_return_null=1", 0);
    setenv("LC_ALL", "C", 1);
    sigset_t child;
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    sigprocmask(SIG_BLOCK, &child, NULL);
}

int main(int argc, char **argv)
{
    unsigned jobs = 6;
    for (int option; (option = getopt(argc, argv, "lj:s:v")) != -1;) {
        switch (option) {
        case 'l':
            thorough = true;
            break;
        case 'j':
            jobs = (unsigned)atoi(optarg);
            break;
        case 's':
            seconds_in_all = (unsigned)atoi(optarg);
            break;
        case 'v':
            verbose = true;
            break;
        default:
            return 2;
        }
    }
    if (jobs < 1 || jobs > JOBS_MAX)
        die("-j: 1 to %d", JOBS_MAX);
    double started = now();
    prepare();
    plan_all(argv + optind, argc - optind);
    shuffle();
    size_t next = 0;
    for (; next < plan_count; next++) {
        if (seconds_in_all != 0 && now() - started > seconds_in_all)
            break;
        begin(free_run(jobs), plans[next].scenario, &plans[next].fault);
    }
    wait_for_all(jobs);
    printf("%u runs, %u with a fault that came, %u failed; %zu of %zu planned, %.0f s\n", run_count,
           fired_count, failure_count, next, plan_count, now() - started);

    char command[4200];
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    if (chdir("/") < 0 || system(command) != 0)
        die("%s: can't be removed", folder);
    return failure_count == 0 ? 0 : 1;
}
