/*
 * limit_blocks: the least that it takes to give blocks of a file to commands: N processes, each of which takes every Nth
 * block, starts the command, splices the block into its standard input, and waits. What the commands print goes straight
 * to standard output, in no order.
 *
 * usage: limit_blocks [-j N] FILE SIZE COMMAND [ARGUMENT]...
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static void fail(const char *what)
{
    fprintf(stderr, "limit_blocks: %s: %s\n", what, strerror(errno));
    exit(1);
}

static pid_t start(char **command, int input)
{
    pid_t pid = vfork();
    if (pid == 0) {
        dup2(input, 0);
        execve(command[0], command, environ);
        _exit(127);
    }
    if (pid < 0)
        fail("vfork");
    return pid;
}

static void run(char **command, int file, off_t offset, size_t size)
{
    int pipe_ends[2], status;
    if (pipe2(pipe_ends, O_CLOEXEC) < 0)
        fail("pipe");
    (void)fcntl(pipe_ends[1], F_SETPIPE_SZ, 1 << 20);
    pid_t pid = start(command, pipe_ends[0]);
    close(pipe_ends[0]);
    while (size > 0) {
        ssize_t n = splice(file, &offset, pipe_ends[1], NULL, size, 0);
        if (n <= 0)
            break;
        size -= (size_t)n;
    }
    close(pipe_ends[1]);
    if (waitpid(pid, &status, 0) < 0 || status == 127 << 8)
        fail(command[0]);
}

int main(int argc, char **argv)
{
    unsigned jobs = 1;
    if (argc > 2 && strcmp(argv[1], "-j") == 0) {
        jobs = (unsigned)atoi(argv[2]);
        argv += 2;
        argc -= 2;
    }
    if (argc < 4)
        return 2;
    int file = open(argv[1], O_RDONLY | O_CLOEXEC);
    struct stat info;
    if (file < 0 || fstat(file, &info) < 0)
        fail(argv[1]);
    size_t size = (size_t)atol(argv[2]);
    signal(SIGPIPE, SIG_IGN);
    for (unsigned i = 0; i < jobs; i++)
        if (fork() == 0) {
            for (off_t at = (off_t)(i * size); at < info.st_size; at += (off_t)(jobs * size))
                run(argv + 3, file, at, size);
            _exit(0);
        }
    while (wait(NULL) > 0)
        continue;
    return 0;
}
