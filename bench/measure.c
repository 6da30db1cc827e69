/*
 * measure: run a command and print what it cost, as one line of tab-separated numbers:
 *
 *     wall_ns  user_us  sys_us  maxrss_kib  minor_faults  status
 *
 * With -n the command is run that often, one after the other: times and faults are sums, maxrss is the
 * largest; the first status that is not 0 ends it. User, sys and faults include the descendants that were
 * waited for; maxrss is that of the largest single process. Status is the exit status, or 128 + signal.
 * After SECONDS (default 300) the command is killed.
 *
 * usage: measure [-n TIMES] [-t SECONDS] [-i IN] [-o OUT] [-e ERRORS] COMMAND [ARG]...
 */
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct cost {
    long long wall_ns, user_us, sys_us;
    long maxrss_kib, minor_faults;
    int status;
};

static volatile pid_t running;

static void kill_command(int sig)
{
    (void)sig;
    if (running > 0)
        kill(running, SIGKILL);
}

static int open_or_die(const char *path, int flags)
{
    int fd = open(path, flags | O_CLOEXEC, 0666);
    if (fd < 0)
        err(125, "%s", path);
    return fd;
}

static long long now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static long long microseconds(struct timeval t)
{
    return t.tv_sec * 1000000LL + t.tv_usec;
}

/* Run argv once and add what it cost. The input is opened anew, so that each run reads all of it. */
static void run_once(struct cost *cost, char **argv, const char *input, int output, int errors)
{
    int in = open_or_die(input, O_RDONLY);
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_adddup2(&files, in, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&files, output, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&files, errors, STDERR_FILENO);

    pid_t pid;
    int status;
    struct rusage use;
    long long start = now_ns();
    int error = posix_spawnp(&pid, argv[0], &files, NULL, argv, environ);
    if (error) {
        errno = error;
        err(125, "%s", argv[0]);
    }
    running = pid;
    while (wait4(pid, &status, 0, &use) < 0)
        if (errno != EINTR)
            err(125, "wait4");
    running = 0;
    cost->wall_ns += now_ns() - start;

    cost->user_us += microseconds(use.ru_utime);
    cost->sys_us += microseconds(use.ru_stime);
    cost->minor_faults += use.ru_minflt;
    if (use.ru_maxrss > cost->maxrss_kib)
        cost->maxrss_kib = use.ru_maxrss;
    if (cost->status == 0)
        cost->status = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    posix_spawn_file_actions_destroy(&files);
    close(in);
}

int main(int argc, char **argv)
{
    const char *input = "/dev/null", *output = "/dev/null", *errors = NULL;
    long times = 1;
    unsigned limit_s = 300;
    int option;

    while ((option = getopt(argc, argv, "+n:t:i:o:e:")) != -1)
        switch (option) {
        case 'n':
            times = atol(optarg);
            break;
        case 't':
            limit_s = (unsigned)atol(optarg);
            break;
        case 'i':
            input = optarg;
            break;
        case 'o':
            output = optarg;
            break;
        case 'e':
            errors = optarg;
            break;
        default:
            return 125;
        }
    if (optind >= argc || times < 1)
        errx(125, "usage: measure [-n TIMES] [-t SECONDS] [-i IN] [-o OUT] [-e ERRORS] COMMAND [ARG]...");

    int out = open_or_die(output, O_WRONLY | O_CREAT | O_TRUNC);
    int bad = errors ? open_or_die(errors, O_WRONLY | O_CREAT | O_TRUNC) : STDERR_FILENO;
    struct cost cost = {0};

    signal(SIGALRM, kill_command); /* a contender that hangs must not hang the benchmark */
    alarm(limit_s);
    for (long i = 0; i < times && cost.status == 0; i++)
        run_once(&cost, argv + optind, input, out, bad);
    printf("%lld\t%lld\t%lld\t%ld\t%ld\t%d\n", cost.wall_ns, cost.user_us, cost.sys_us, cost.maxrss_kib,
           cost.minor_faults, cost.status);
    return 0;
}
