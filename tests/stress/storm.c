/*
 * storm: cpool under a storm of signals, and what must be true of it all the same.
 *
 *     storm workers CPOOL KILLS ITEMS     a random worker is killed every 5 ms while functions run
 *     storm commands CPOOL KILLS ITEMS    the same while commands run
 *     storm start CPOOL TRIALS            TERM at a random moment of the start-up
 *     storm orphans CPOOL TRIALS [group] kill -9 of cpool at a random moment; `group`: the tasks start no
 *     sessions
 *     storm reader CPOOL STEP             the reader of 64 KiB of output leaves at each STEP-th byte
 *     storm woken CPOOL KILLS with the input open, each item alone: a worker is killed, or stopped, right
 *     behind it
 *
 * Works in the current folder. This process is a subreaper: whatever outlives cpool comes to it, so that "no
 * survivor" is waitpid saying ECHILD. Prints its figures and ends with 0, or says what was wrong and ends
 * with 1; 77 where it can't work. The random numbers can be had again with STORM_SEED.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/prctl.h>
#endif

#define EXIT_SKIPPED 77

static uint64_t seed;
static pid_t cpool; /* 0: none runs */

static void kill_all(void);

static void fail(const char *format, ...)
{
    va_list arguments;
    fprintf(stderr, "storm: ");
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fprintf(stderr, " (STORM_SEED=%llu)\n", (unsigned long long)seed);
    kill_all();
    exit(EXIT_FAILURE);
}

static void *check(void *memory)
{
    if (memory == NULL)
        fail("out of memory");
    return memory;
}

static uint64_t random_below(uint64_t limit)
{
    static uint64_t state;
    if (state == 0)
        state = seed * 0x9E3779B97F4A7C15U | 1;
    state ^= state << 13; /* xorshift: G. Marsaglia, 2003 */
    state ^= state >> 7;
    state ^= state << 17;
    return (state >> 11) % limit;
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void pause_for(uint64_t microseconds)
{
    struct timespec time = {(time_t)(microseconds / 1000000), (long)(microseconds % 1000000) * 1000};
    nanosleep(&time, NULL);
}

/* ---- processes ---- */

/* The children of `pid`: at most `most`; -1 where the system doesn't tell. */
static int children_of(pid_t pid, pid_t *children, int most)
{
    char path[64], text[4096];
    snprintf(path, sizeof path, "/proc/%ld/task/%ld/children", (long)pid, (long)pid);
    int fd = open(path, O_RDONLY | O_CLOEXEC), count = 0;
    if (fd < 0)
        return -1;
    ssize_t length = read(fd, text, sizeof text - 1);
    close(fd);
    text[length < 0 ? 0 : length] = '\0';
    for (char *word = strtok(text, " "); word != NULL && count < most; word = strtok(NULL, " "))
        children[count++] = (pid_t)atol(word);
    return count;
}

static void show(pid_t pid)
{
    char path[64], text[256];
    snprintf(path, sizeof path, "/proc/%ld/cmdline", (long)pid);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t length = fd < 0 ? 0 : read(fd, text, sizeof text);
    if (fd >= 0)
        close(fd);
    for (ssize_t i = 0; i < length; i++)
        text[i] = text[i] == '\0' ? ' ' : text[i];
    fprintf(stderr, "    %ld %.*s\n", (long)pid, (int)(length < 0 ? 0 : length), text);
}

/* Whatever this process has started, and what comes to it. */
static void kill_all(void)
{
    pid_t children[256];
    while (waitpid(-1, NULL, WNOHANG) >= 0) {
        int count = children_of(getpid(), children, 256);
        for (int i = 0; i < count; i++)
            kill(children[i], SIGKILL);
        if (count < 0)
            break;
        pause_for(1000);
    }
}

/* Within `limit` seconds nothing is left. */
static void expect_gone(double limit, const char *after)
{
    double deadline = seconds() + limit;
    for (;;) {
        pid_t got = waitpid(-1, NULL, WNOHANG);
        if (got < 0)
            return;
        if (got > 0)
            continue;
        if (seconds() > deadline)
            break;
        pause_for(500);
    }
    pid_t children[256];
    int count = children_of(getpid(), children, 256);
    fprintf(stderr, "storm: alive %.1f s after %s:\n", limit, after);
    for (int i = 0; i < count; i++)
        show(children[i]);
    fail("survivors");
}

/* Returns when it has exec'd. */
static void start(char *const *words, int input, int output, int errors)
{
    cpool = vfork();
    if (cpool == 0) {
        signal(SIGPIPE, SIG_DFL);
        dup2(input, STDIN_FILENO);
        dup2(output, STDOUT_FILENO);
        dup2(errors, STDERR_FILENO);
        execv(words[0], words);
        _exit(127);
    }
    if (cpool < 0)
        fail("vfork: %s", strerror(errno));
}

/* How it ends, as waitpid tells it. */
static int expect_end(double limit)
{
    double deadline = seconds() + limit;
    for (int status;;) {
        pid_t got = waitpid(cpool, &status, WNOHANG);
        if (got == cpool) {
            cpool = 0;
            return status;
        }
        if (seconds() > deadline)
            fail("cpool hangs");
        pause_for(200);
    }
}

static int open_file(const char *name, int flags)
{
    int fd = open(name, flags | O_CLOEXEC, 0666);
    if (fd < 0)
        fail("%s: %s", name, strerror(errno));
    return fd;
}

/* All of a file, ended by NUL. */
static char *read_all(const char *name, size_t *length)
{
    int fd = open_file(name, O_RDONLY);
    struct stat info;
    if (fstat(fd, &info) < 0)
        fail("%s: %s", name, strerror(errno));
    char *text = check(malloc((size_t)info.st_size + 1));
    ssize_t n;
    for (*length = 0; (n = read(fd, text + *length, (size_t)info.st_size - *length)) > 0;)
        *length += (size_t)n;
    text[*length] = '\0';
    close(fd);
    return text;
}

/* ---- workers are killed ---- */

#define KILL_INTERVAL 0.005
/* Items that are given to cpool before the kills that are their share. */
#define ITEMS_AHEAD   2000
#define HUNG          120.0
/* cpool ends a run of which ten workers in a row died without a result: on a slow machine five milliseconds
 * may be too short for one. */
#define IN_VAIN       5

/* An item has a fixed length; where functions run it is a nap of 100 microseconds with its number behind. */
#define ITEM_FORMAT "0.0001%08ld\n"
#define ITEM_LENGTH 15
#define ITEM_PREFIX 6

struct storm {
    long kills, items;
    bool commands;
    long given, killed;
    long in_vain;   /* of the killed, those since the last answer */
    off_t answered; /* bytes in ./out then */
    int feed;       /* our end of its standard input; -1: closed */
    char piece[64 * ITEM_LENGTH];
    size_t piece_length, piece_given;
};

static void feed(struct storm *storm)
{
    while (storm->feed >= 0) {
        if (storm->piece_given == storm->piece_length) {
            storm->piece_given = storm->piece_length = 0;
            long share = (long)((double)storm->items * (double)storm->killed / (double)storm->kills);
            while (storm->given < storm->items && storm->given < share + ITEMS_AHEAD &&
                   storm->piece_length < sizeof storm->piece) {
                char item[32];
                snprintf(item, sizeof item, ITEM_FORMAT, ++storm->given);
                memcpy(storm->piece + storm->piece_length, item, ITEM_LENGTH);
                storm->piece_length += ITEM_LENGTH;
            }
        }
        if (storm->piece_length == 0) {
            if (storm->given == storm->items) {
                close(storm->feed);
                storm->feed = -1;
            }
            return;
        }
        ssize_t n =
            write(storm->feed, storm->piece + storm->piece_given, storm->piece_length - storm->piece_given);
        if (n < 0 && errno == EAGAIN)
            return;
        if (n < 0)
            fail("cpool reads no more: %s", strerror(errno));
        storm->piece_given += (size_t)n;
    }
}

static void kill_one(struct storm *storm)
{
    pid_t children[64];
    struct stat out;
    if (stat("out", &out) == 0 && out.st_size > storm->answered) {
        storm->answered = out.st_size;
        storm->in_vain = 0;
    }
    if (storm->in_vain == IN_VAIN)
        return;
    int count = children_of(cpool, children, 64);
    if (count > 0 && kill(children[random_below((uint64_t)count)], SIGKILL) == 0) {
        storm->killed++;
        storm->in_vain++;
    }
}

static long number_of(const char *item)
{
    return atol(item + ITEM_PREFIX);
}

/* Standard output: each item once at most, in order. */
static void check_output(const struct storm *storm, unsigned char *seen)
{
    size_t length;
    char *text = read_all("out", &length);
    long last = 0;

    if (length % ITEM_LENGTH != 0)
        fail("%zu bytes came out, which are not whole items", length);
    for (size_t at = 0; at < length; at += ITEM_LENGTH) {
        long number = number_of(text + at);
        if (number <= last || number > storm->items)
            fail("item %ld came behind item %ld", number, last);
        seen[last = number] = 1;
    }
    free(text);
}

/* Standard error: which are lost. Returns how many. */
static long check_errors(const struct storm *storm, unsigned char *lost)
{
    size_t length;
    char *text = read_all("err", &length);
    long count = 0;

    for (char *line = strtok(text, "\n"); line != NULL; line = strtok(NULL, "\n")) {
        long number;
        int end = 0;
        if (sscanf(line, "cpool: %*d of %ld tasks failed%n", &number, &end) == 1 && end > 0) {
            if (number != storm->items)
                fail("not all tasks have ended: %s", line);
            continue;
        }
        char wanted[128];
        if (sscanf(line, "cpool: item %ld '", &number) != 1 || number < 1 || number > storm->items ||
            lost[number])
            fail("standard error says: %s", line);
        snprintf(wanted, sizeof wanted,
                 "cpool: item %ld '0.0001%08ld': lost: its worker was ended by SIGKILL;", number, number);
        if (strncmp(line, wanted, strlen(wanted)) != 0)
            fail("standard error says: %s", line);
        lost[number] = 1;
        count++;
    }
    free(text);
    return count;
}

/* What the tasks themselves wrote: none ran twice. */
static void check_runs(const struct storm *storm, const unsigned char *lost)
{
    size_t length;
    char *text = read_all("ran", &length);
    unsigned char *ran = check(calloc((size_t)storm->items + 1, 1));

    for (size_t at = 0; at + ITEM_LENGTH <= length; at += ITEM_LENGTH) {
        long number = number_of(text + at);
        if (number < 1 || number > storm->items || ran[number]++)
            fail("item %ld was run twice", number);
    }
    for (long i = 1; i <= storm->items; i++)
        if (!ran[i] && !lost[i])
            fail("item %ld was never run", i);
    free(ran);
    free(text);
}

static void check_items(const struct storm *storm, int status)
{
    unsigned char *seen = check(calloc((size_t)storm->items + 1, 1));
    unsigned char *lost = check(calloc((size_t)storm->items + 1, 1));
    long count = check_errors(storm, lost);

    check_output(storm, seen);
    for (long i = 1; i <= storm->items; i++) {
        if (!seen[i] && !lost[i])
            fail("item %ld is missing without a word", i);
        /* A command that was killed with its worker may have written before. */
        if (seen[i] && lost[i] && !storm->commands)
            fail("item %ld was answered and is said to be lost", i);
    }
    if (storm->commands)
        check_runs(storm, lost);
    int wanted = count > 100 ? 101 : (int)count;
    if (!WIFEXITED(status) || WEXITSTATUS(status) != wanted)
        fail("wait status 0x%x with %ld items lost, which should be exit status %d", (unsigned)status, count,
             wanted);
    printf("%ld workers killed over %ld items: %ld reported lost, all others once and in order\n",
           storm->killed, storm->items, count);
    free(seen);
    free(lost);
}

static void storm_workers(char *program, long kills, long items, bool commands)
{
    struct storm storm = {.kills = kills, .items = items, .commands = commands};
    char *function[] = {program, "-j4", "nap", NULL};
    char *command[] = {program, "-j4", "sh", "-c", "echo \"$1\" >>ran; echo \"$1\"", "_", NULL};
    int ends[2], output = open_file("out", O_WRONLY | O_CREAT | O_TRUNC),
                 errors = open_file("err", O_WRONLY | O_CREAT | O_TRUNC);

    close(open_file("ran", O_WRONLY | O_CREAT | O_TRUNC));
    if (pipe(ends) < 0 || fcntl(ends[1], F_SETFD, FD_CLOEXEC) < 0 || fcntl(ends[1], F_SETFL, O_NONBLOCK) < 0)
        fail("pipe: %s", strerror(errno));
    storm.feed = ends[1];
    start(commands ? command : function, ends[0], output, errors);
    close(ends[0]);
    close(output);
    close(errors);

    double last_kill = seconds(), next_kill = last_kill + KILL_INTERVAL;
    while (storm.killed < kills || storm.feed >= 0) {
        long before = storm.killed;
        feed(&storm);
        if (seconds() >= next_kill && storm.killed < kills) {
            kill_one(&storm);
            next_kill = seconds() + KILL_INTERVAL;
        }
        if (storm.killed > before || storm.killed == kills)
            last_kill = seconds();
        if (seconds() > last_kill + 10)
            fail("no worker, or no answer, for 10 s");
        if (waitpid(cpool, NULL, WNOHANG | WNOWAIT) < 0 && errno == ECHILD)
            fail("cpool has ended early");
        siginfo_t info = {.si_pid = 0};
        if (waitid(P_PID, (id_t)cpool, &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid == cpool &&
            storm.feed >= 0)
            fail("cpool has ended early; see err");
        pause_for(1000);
    }
    check_items(&storm, expect_end(HUNG));
    expect_gone(0.5, "the run");
}

/* ---- TERM while it starts ---- */

#define START_TIME 15000U /* microseconds within which all tasks have begun */

static void storm_start(char *program, long trials)
{
    char *command[] = {program, "-j2", "--grace", "0.2", "sleep", ":::", "1000", "1000", NULL};
    char *function[] = {program, "-j2", "--grace", "0.2", "nap", "1000", "1000", NULL};
    int null = open_file("/dev/null", O_RDWR);

    for (long i = 0; i < trials; i++) {
        start(i % 3 == 2 ? function : command, null, null, null);
        pause_for(random_below(START_TIME));
        kill(cpool, SIGTERM);
        int status = expect_end(5);
        if (!WIFSIGNALED(status) || WTERMSIG(status) != SIGTERM)
            fail("trial %ld: wait status 0x%x, not death by SIGTERM", i, (unsigned)status);
        /* Without Linux's extras the kernel may still be about to take away what was killed. */
        expect_gone(0.5, "cpool's end");
    }
    printf("%ld times TERM while starting: ended by it, no survivor\n", trials);
}

/* ---- kill -9 of cpool ---- */

#define ORPHAN_TIME  25000U
#define ORPHAN_GRACE "0.05"
#define GONE_WITHIN  1.05

static void storm_orphans(char *program, long trials, bool sessions)
{
    char *deep[] = {program,
                    "-j2",
                    "--grace",
                    ORPHAN_GRACE,
                    "sh",
                    "-c",
                    "trap '' TERM; setsid sleep 1000 & sleep 1000 & sleep 1000",
                    "_",
                    ":::",
                    "1",
                    "2",
                    NULL};
    char *flat[] = {
        program, "-j2", "--grace", ORPHAN_GRACE, "sh", "-c", "trap '' TERM; sleep 1000 & sleep 1000",
        "_",     ":::", "1",       "2",          NULL};
    char *quick[] = {program, "-j2", "--grace", ORPHAN_GRACE, "sh", "-c", "sleep 0.001", "_", ":::", "1",
                     "2",     "3",   "4",       "5",          "6",  "7",  "8",           "9", "10",  NULL};
    char *function[] = {program, "-j2", "--grace", ORPHAN_GRACE, "fib", "60", "20", "60", NULL};
    /* Quick ones, whose answers are due and whose orphans end while the worker waits for the one that
     * stays. */
    char *ungrouped[] = {
        program, "-u",  "-j2", "--grace", ORPHAN_GRACE, "sh", "-c", "(: &); [ $1 -lt 7 ] || exec sleep 1000",
        "_",     ":::", "1",   "2",       "3",          "4",  "5",  "6",
        "7",     "8",   NULL};
    char *const *kinds[] = {sessions ? deep : flat, function, quick, ungrouped};
    int null = open_file("/dev/null", O_RDWR);

    for (long i = 0; i < trials; i++) {
        start((char **)kinds[i % 4], null, null, null);
        pause_for(random_below(ORPHAN_TIME));
        kill(cpool, SIGKILL);
        (void)expect_end(5);
        expect_gone(GONE_WITHIN, "kill -9 of cpool");
    }
    printf("%ld times kill -9 of cpool: no survivor within the grace time and a second\n", trials);
}

/* ---- the reader leaves ---- */

#define OUTPUT_SIZE (64L * 1024)
#define PARTS       4
#define LINE_LENGTH 8 /* divides the size of a part */
#ifdef F_SETPIPE_SZ
#define PIPE_SIZE 4096
#else
#define PIPE_SIZE (64 * 1024)
#endif

static char *make_output(void)
{
    char *text = check(malloc((size_t)OUTPUT_SIZE + 1));
    for (long at = 0; at < OUTPUT_SIZE; at += LINE_LENGTH)
        snprintf(text + at, LINE_LENGTH + 1, "%07ld\n", at);
    for (int part = -1; part < PARTS; part++) {
        char name[32] = "in";
        if (part >= 0)
            snprintf(name, sizeof name, "part.%d", part);
        size_t size = (size_t)(part < 0 ? OUTPUT_SIZE : OUTPUT_SIZE / PARTS);
        int fd = open_file(name, O_WRONLY | O_CREAT | O_TRUNC);
        if (write(fd, text + (part < 0 ? 0 : part * (OUTPUT_SIZE / PARTS)), size) != (ssize_t)size)
            fail("%s: %s", name, strerror(errno));
        close(fd);
    }
    return text;
}

static void read_some(int fd, const char *expected, long count)
{
    char bytes[4096];
    for (long done = 0; done < count;) {
        struct pollfd ready = {.fd = fd, .events = POLLIN};
        long want = count - done < (long)sizeof bytes ? count - done : (long)sizeof bytes;
        if (poll(&ready, 1, 10000) <= 0)
            fail("no output for 10 s after %ld of %ld bytes", done, count);
        ssize_t n = read(fd, bytes, (size_t)want);
        if (n <= 0)
            fail("the output ended after %ld of %ld bytes", done, count);
        if (memcmp(bytes, expected + done, (size_t)n) != 0)
            fail("other output behind byte %ld", done);
        done += n;
    }
}

static void storm_reader(char *program, long step)
{
    char *function[] = {program, "-j2", "identity", NULL};
    char *command[] = {program, "-j2", "cat", ":::", "part.0", "part.1", "part.2", "part.3", NULL};
    char *expected = make_output();
    int null = open_file("/dev/null", O_RDWR);
    long trials = 0;

    for (long leave = 0; leave <= OUTPUT_SIZE; leave += step, trials++) {
        int ends[2], input = open_file("in", O_RDONLY);
        if (pipe(ends) < 0 || fcntl(ends[0], F_SETFD, FD_CLOEXEC) < 0 ||
            fcntl(ends[1], F_SETFD, FD_CLOEXEC) < 0)
            fail("pipe: %s", strerror(errno));
#ifdef F_SETPIPE_SZ
        (void)fcntl(ends[1], F_SETPIPE_SZ, PIPE_SIZE);
#endif
        start(trials % 4 == 0 ? command : function, input, ends[1], null);
        close(input);
        close(ends[1]);
        read_some(ends[0], expected, leave);
        close(ends[0]);
        int status = expect_end(10);
        bool piped = WIFSIGNALED(status) && WTERMSIG(status) == SIGPIPE;
        bool whole = WIFEXITED(status) && WEXITSTATUS(status) == 0 && leave + 2 * PIPE_SIZE >= OUTPUT_SIZE;
        if (!piped && !whole)
            fail("the reader left after %ld bytes: wait status 0x%x", leave, (unsigned)status);
        expect_gone(0.5, "the reader left");
    }
    free(expected);
    printf("%ld readers left early: ended by SIGPIPE, no survivor\n", trials);
}

/* ---- killed or stopped just when it was woken ---- */

/*
 * Nothing comes behind an item that would wake anybody again, so that a wake-up which dies with the worker
 * that had it leaves the item where it is. Each kill is a little later than the item, by a random time that
 * covers the way from the wake-up to the claim.
 */
#define WOKEN_DELAY  150U  /* microseconds */
#define WOKEN_STUCK  20000 /* milliseconds */
/* An item, which is also how long a nap it is. */
#define WOKEN_ITEM   "0.010%08ld"
#define WOKEN_PREFIX 5

struct talk {
    int in, out, err;
    long given, answered, lost;
    char text[2][512]; /* the unfinished lines of out and err */
    size_t length[2];
};

/* A line of its output answers an item, each once; one of its errors may say that one is lost. */
static void take_line(struct talk *talk, int which, const char *line)
{
    long number = strlen(line) > WOKEN_PREFIX ? atol(line + WOKEN_PREFIX) : 0;
    if (which == 0 && (number < 1 || number > talk->given))
        fail("standard output has the line '%s' behind %ld items", line, talk->given);
    if (which == 0)
        talk->answered++;
    else if (strstr(line, "': lost: ") != NULL)
        talk->lost++;
}

static void take_text(struct talk *talk, int which, int fd)
{
    char *text = talk->text[which], *end;
    size_t room = sizeof talk->text[which] - talk->length[which] - 1;
    ssize_t n = read(fd, text + talk->length[which], room);
    if (n <= 0)
        fail("cpool has ended early");
    talk->length[which] += (size_t)n;
    text[talk->length[which]] = '\0';
    while ((end = strchr(text, '\n')) != NULL) {
        *end = '\0';
        take_line(talk, which, text);
        talk->length[which] -= (size_t)(end + 1 - text);
        memmove(text, end + 1, talk->length[which] + 1);
    }
    if (talk->length[which] + 1 == sizeof talk->text[which])
        talk->length[which] = 0; /* a long message, which does not say that an item is lost */
}

/* Until so many items are answered or lost. */
static void await_items(struct talk *talk, long count, const char *after)
{
    while (talk->answered + talk->lost < count) {
        struct pollfd ready[2] = {{.fd = talk->out, .events = POLLIN}, {.fd = talk->err, .events = POLLIN}};
        if (poll(ready, 2, WOKEN_STUCK) <= 0)
            fail("of %ld items %ld are answered and %ld lost; nobody takes the rest after %s", talk->given,
                 talk->answered, talk->lost, after);
        if (ready[0].revents != 0)
            take_text(talk, 0, talk->out);
        if (ready[1].revents != 0)
            take_text(talk, 1, talk->err);
    }
}

static void give_item(struct talk *talk)
{
    char item[32];
    int length = snprintf(item, sizeof item, WOKEN_ITEM "\n", ++talk->given);
    if (write(talk->in, item, (size_t)length) != length)
        fail("cpool reads no more: %s", strerror(errno));
}

/* A worker, after a random moment; 0: there is none. */
static pid_t hit_one(int signal_number)
{
    pid_t children[64];
    if (random_below(4) != 0)
        pause_for(random_below(WOKEN_DELAY));
    int count = children_of(cpool, children, 64);
    pid_t pid = count > 0 ? children[random_below((uint64_t)count)] : 0;
    return pid > 0 && kill(pid, signal_number) == 0 ? pid : 0;
}

/* Right behind an item alone. */
static void kill_behind(struct talk *talk, long *killed)
{
    give_item(talk);
    *killed += hit_one(SIGKILL) > 0;
    await_items(talk, talk->given, "a worker was killed");
}

/* What a stopped worker holds is its own: one nap at most, since it tells of each before it begins another.
 * The other one comes. */
static void stop_behind(struct talk *talk, long *stops)
{
    give_item(talk);
    give_item(talk);
    pid_t stopped = hit_one(SIGSTOP);
    await_items(talk, talk->given - (stopped > 0), "a worker was stopped");
    if (stopped > 0)
        kill(stopped, SIGCONT);
    await_items(talk, talk->given, "it was continued");
    *stops += stopped > 0;
}

static void make_pipe(int ends[2])
{
    if (pipe(ends) < 0 || fcntl(ends[0], F_SETFD, FD_CLOEXEC) < 0 || fcntl(ends[1], F_SETFD, FD_CLOEXEC) < 0)
        fail("pipe: %s", strerror(errno));
}

static void storm_talk(char *const *words, void (*hit)(struct talk *, long *), const char *what, long hits)
{
    struct talk talk = {0};
    int in[2], out[2], err[2];

    make_pipe(in);
    make_pipe(out);
    make_pipe(err);
    start(words, in[0], out[1], err[1]);
    close(in[0]);
    close(out[1]);
    close(err[1]);
    talk.in = in[1];
    talk.out = out[0];
    talk.err = err[0];
    for (long done = 0; done < hits;)
        hit(&talk, &done);
    close(talk.in);
    (void)expect_end(HUNG);
    close(talk.out);
    close(talk.err);
    expect_gone(1, "the run");
    printf("%s: %ld workers %s right behind an item: %ld answered, %ld lost, 0 stuck\n", words[4], hits, what,
           talk.answered, talk.lost);
}

static void storm_woken(char *program, long kills)
{
    char *function[] = {program, "-j3", "--as-completed", "--chunk=1", "identity", NULL};
    char *command[] = {program, "-j3", "--as-completed", "--grace=1", "echo", NULL};
    char *filter[] = {program, "-j3", "--as-completed", "--filter", "cat", NULL};
    char *nap[] = {program, "-j3", "--as-completed", "--chunk=1", "nap", NULL};
    char *sleep[] = {program, "-j3", "--as-completed", "-c", "sleep {}; echo {}", NULL};
    storm_talk(function, kill_behind, "killed", kills);
    storm_talk(command, kill_behind, "killed", kills);
    storm_talk(filter, kill_behind, "killed", kills);
    storm_talk(nap, stop_behind, "stopped", kills / 10 + 1);
    storm_talk(sleep, stop_behind, "stopped", kills / 10 + 1);
}

/* ---- which storm ---- */

int main(int argc, char **argv)
{
    const char *given = getenv("STORM_SEED");
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    seed = given != NULL ? strtoull(given, NULL, 10) : (uint64_t)now.tv_nsec + (uint64_t)now.tv_sec;
    signal(SIGPIPE, SIG_IGN);

    pid_t unused;
    if (children_of(getpid(), &unused, 1) < 0) {
        fputs("storm: no /proc/PID/task/PID/children here\n", stderr);
        return EXIT_SKIPPED;
    }
#ifdef __linux__
    (void)prctl(PR_SET_CHILD_SUBREAPER, 1UL, 0UL, 0UL, 0UL);
#endif
    const char *kind = argc > 3 ? argv[1] : "";
    long count = argc > 3 ? atol(argv[3]) : 0, items = argc > 4 ? atol(argv[4]) : 0;
    if (strcmp(kind, "workers") == 0 && count > 0 && items > 0)
        storm_workers(argv[2], count, items, false);
    else if (strcmp(kind, "commands") == 0 && count > 0 && items > 0)
        storm_workers(argv[2], count, items, true);
    else if (strcmp(kind, "start") == 0)
        storm_start(argv[2], count);
    else if (strcmp(kind, "orphans") == 0)
        storm_orphans(argv[2], count, argc == 4);
    else if (strcmp(kind, "reader") == 0 && count > 0)
        storm_reader(argv[2], count);
    else if (strcmp(kind, "woken") == 0)
        storm_woken(argv[2], count);
    else
        fail("usage: storm workers|commands|start|orphans|reader|woken CPOOL COUNT [ITEMS|group]");
    return EXIT_SUCCESS;
}
