/*
 * limit_spawn: what the kernel can do in starting programs. N worker processes each do nothing but take
 * the next number from a shared counter, vfork, execve PROGRAM with the number as its last argument, and
 * waitpid. No queue, no shell, no signals, no limits, no report.
 *
 * With -o each program's output is captured through a pipe of its own, handed to the parent through one
 * more pipe, and written by the parent in the order of the numbers: the least that "captured and in order"
 * can cost. The second pipe is in packet mode (O_DIRECT), so one write is one read and needs no framing;
 * in return a program may print no more than fits a packet.
 *
 * usage: limit_spawn [-o] [-j N] COUNT PROGRAM [ARG]...
 */
#include <err.h>
#include <fcntl.h>
#include <limits.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

struct packet {
    unsigned number, length;
    char bytes[PIPE_BUF - 2 * sizeof(unsigned)];
};

static pid_t start(char **argv, int output)
{
    pid_t pid = vfork();
    if (pid == 0) {
        if (output >= 0)
            dup2(output, STDOUT_FILENO);
        execve(argv[0], argv, environ);
        _exit(127);
    }
    if (pid < 0)
        err(125, "vfork");
    return pid;
}

static void reap(pid_t pid)
{
    int status;
    if (waitpid(pid, &status, 0) != pid || status != 0)
        errx(1, "a task failed");
}

static void run_captured(char **argv, unsigned number, int results)
{
    struct packet packet = {.number = number};
    int ends[2];
    if (pipe2(ends, O_CLOEXEC))
        err(125, "pipe2");
    pid_t pid = start(argv, ends[1]);
    close(ends[1]);

    ssize_t n;
    while ((n = read(ends[0], packet.bytes + packet.length, sizeof packet.bytes - packet.length)) > 0)
        packet.length += (unsigned)n;
    close(ends[0]);
    if (packet.length == sizeof packet.bytes)
        errx(1, "a task printed more than %zu bytes", sizeof packet.bytes - 1);
    reap(pid);
    size_t size = offsetof(struct packet, bytes) + packet.length;
    if (write(results, &packet, size) != (ssize_t)size)
        err(1, "write");
}

static void work(atomic_uint *next, unsigned count, char **argv, char *item, int results)
{
    unsigned number;
    while ((number = atomic_fetch_add_explicit(next, 1, memory_order_relaxed)) < count) {
        sprintf(item, "%u", number + 1);
        if (results < 0)
            reap(start(argv, -1));
        else
            run_captured(argv, number, results);
    }
}

/* Write the packets in the order of their numbers, each as soon as it is its turn. */
static void collect(int results, unsigned count)
{
    struct packet packet, **held = calloc(count, sizeof *held);
    unsigned head = 0;
    ssize_t size;
    if (!held)
        err(125, "calloc");
    while ((size = read(results, &packet, sizeof packet)) > 0) {
        struct packet *copy = malloc((size_t)size);
        if (!copy)
            err(125, "malloc");
        held[packet.number] = memcpy(copy, &packet, (size_t)size);
        for (; head < count && held[head]; head++) {
            if (write(STDOUT_FILENO, held[head]->bytes, held[head]->length) != (ssize_t)held[head]->length)
                err(1, "write");
            free(held[head]);
        }
    }
    free(held);
    if (head < count)
        errx(1, "task %u left no result", head + 1);
}

int main(int argc, char **argv)
{
    int jobs = 2, captured = 0, option;
    while ((option = getopt(argc, argv, "+oj:")) != -1)
        if (option == 'o')
            captured = 1;
        else if (option != 'j' || (jobs = atoi(optarg)) < 1)
            return 125;
    if (argc - optind < 2)
        errx(125, "usage: limit_spawn [-o] [-j N] COUNT PROGRAM [ARG]...");
    unsigned count = (unsigned)strtoul(argv[optind], NULL, 10);

    char item[16], *task[64] = {NULL};
    int words = argc - optind - 1;
    if (words > 62)
        errx(125, "too many arguments");
    memcpy(task, argv + optind + 1, (size_t)words * sizeof *task);
    task[words] = item;

    atomic_uint *next = mmap(NULL, sizeof *next, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    int results[2] = {-1, -1};
    if (next == MAP_FAILED || (captured && pipe2(results, O_CLOEXEC | O_DIRECT)))
        err(125, "cannot set up");

    for (int i = 0; i < jobs; i++) {
        pid_t pid = fork();
        if (pid < 0)
            err(125, "fork");
        if (pid == 0) {
            work(next, count, task, item, results[1]);
            _exit(0);
        }
    }
    if (captured) {
        close(results[1]);
        collect(results[0], count);
    }
    int status, failed = 0;
    while (wait(&status) > 0)
        failed |= status != 0;
    return failed;
}
