/*
 * limit_fib: what the processors can do. The same naive recursion as cpool's fib, with nothing around it:
 * no queue, no messages; with -j the arguments are dealt out beforehand, round-robin, to N processes.
 *
 * usage: limit_fib [-j N] NUMBER...        prints fib(NUMBER) for each, in order; fib(1) = fib(2) = 1
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

static unsigned long long fib(unsigned n)
{
    return n < 2 ? n : fib(n - 1) + fib(n - 2);
}

int main(int argc, char **argv)
{
    int jobs = 1, option;
    while ((option = getopt(argc, argv, "+j:")) != -1)
        if (option != 'j' || (jobs = atoi(optarg)) < 1)
            errx(125, "usage: limit_fib [-j N] NUMBER...");
    argv += optind;
    argc -= optind;

    size_t size = ((size_t)argc + 1) * sizeof(unsigned long long);
    unsigned long long *result = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (result == MAP_FAILED)
        err(125, "mmap");

    for (int job = 0; job < jobs; job++) {
        pid_t pid = jobs > 1 ? fork() : 0;
        if (pid < 0)
            err(125, "fork");
        if (pid > 0)
            continue;
        for (int i = job; i < argc; i += jobs)
            result[i] = fib((unsigned)atoi(argv[i]));
        if (jobs > 1)
            _exit(0);
    }
    while (wait(NULL) > 0)
        ;
    for (int i = 0; i < argc; i++)
        printf("%llu\n", result[i]);
    return 0;
}
