/*
 * deadline: run a test, and no longer than it may take. A test that hangs then fails by itself and says
 * where, instead of taking the whole run with it.
 *
 *     deadline SECONDS COMMAND [ARGUMENT...]
 *
 * COMMAND starts with the signals as they are by default, whatever those who run it ignore (nohup does) or
 * block: a shell can't hear again what it was started to ignore.
 *
 * Exits as COMMAND does (128 + the signal that ended it). When the time is over it prints what each process
 * of the test is doing and kills those that lib.sh has marked, so that the test goes on, fails and clears up;
 * what has not ended 20 seconds later is killed as well. 125 for wrong usage.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#define EXIT_USAGE        125
#define SECONDS_TO_TIDY   20U
#define BYTES_OF_A_REPORT 65536

static void on_alarm(int signal_number)
{
    (void)signal_number; /* it only interrupts waitpid */
}

/* Bytes of /proc/PID/NAME, ended by a NUL; 0 if it can't be read. */
static size_t read_about(const char *pid, const char *name, char *bytes, size_t size)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%.20s/%s", pid, name);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t got = fd < 0 ? -1 : read(fd, bytes, size - 1);
    if (fd >= 0)
        close(fd);
    bytes[got > 0 ? got : 0] = '\0';
    return got > 0 ? (size_t)got : 0;
}

/* One line, with blanks for the NULs of an argument list. */
static void print_about(const char *pid, const char *name)
{
    static char bytes[BYTES_OF_A_REPORT];
    size_t size = read_about(pid, name, bytes, sizeof bytes);
    for (size_t i = 0; i < size; i++)
        if (bytes[i] == '\0' || bytes[i] == '\n')
            bytes[i] = ' ';
    fprintf(stderr, "    %-8s %.300s\n", name, bytes);
}

/* lib.sh marks what a test starts with CPOOL_TEST_ID=<pid of the test>-... in its environment. */
static int is_marked(const char *pid, const char *mark)
{
    static char bytes[BYTES_OF_A_REPORT];
    size_t size = read_about(pid, "environ", bytes, sizeof bytes);
    for (size_t at = 0; at < size; at += strlen(bytes + at) + 1)
        if (strncmp(bytes + at, mark, strlen(mark)) == 0)
            return 1;
    return 0;
}

static void report_and_kill_marked(pid_t test)
{
    static const char *const about[] = {"cmdline", "wchan", "syscall", "stat"};
    char mark[64];
    snprintf(mark, sizeof mark, "CPOOL_TEST_ID=%ld-", (long)test);

    DIR *processes = opendir("/proc");
    for (struct dirent *entry; processes != NULL && (entry = readdir(processes)) != NULL;) {
        long pid = strtol(entry->d_name, NULL, 10);
        if (pid <= 1 || pid == getpid() || !is_marked(entry->d_name, mark))
            continue;
        fprintf(stderr, "  process %ld\n", pid);
        for (size_t i = 0; i < sizeof about / sizeof about[0]; i++)
            print_about(entry->d_name, about[i]);
        kill((pid_t)pid, SIGKILL);
    }
    if (processes != NULL)
        closedir(processes);
}

/* Does the test end before the alarm? */
static int has_ended(pid_t test, unsigned seconds, int *status)
{
    alarm(seconds);
    pid_t got = waitpid(test, status, 0);
    alarm(0);
    return got == test;
}

static void restore_signals(void)
{
    sigset_t none;
    for (int number = 1; number < NSIG; number++)
        signal(number, SIG_DFL); /* fails for the few that are always so */
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

int main(int argc, char **argv)
{
    unsigned seconds = argc < 3 ? 0 : (unsigned)strtoul(argv[1], NULL, 10);
    if (seconds == 0) {
        fputs("usage: deadline SECONDS COMMAND [ARGUMENT...]\n", stderr);
        return EXIT_USAGE;
    }
    restore_signals();
    struct sigaction action = {.sa_handler = on_alarm}; /* without SA_RESTART */
    sigemptyset(&action.sa_mask);
    sigaction(SIGALRM, &action, NULL);

    pid_t test = fork();
    if (test == 0) {
        execvp(argv[2], argv + 2);
        fprintf(stderr, "deadline: %s: %s\n", argv[2], strerror(errno));
        _exit(EXIT_USAGE);
    }
    int status = 1 << 8;
    if (test < 0) {
        fprintf(stderr, "deadline: %s\n", strerror(errno));
    } else if (!has_ended(test, seconds, &status)) {
        fprintf(stderr, "deadline: not ended after %u s; what its processes do (killed now):\n", seconds);
        report_and_kill_marked(test);
        if (!has_ended(test, SECONDS_TO_TIDY, &status)) {
            kill(test, SIGKILL);
            waitpid(test, &status, 0);
        }
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
