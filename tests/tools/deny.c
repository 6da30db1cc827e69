/*
 * deny: run a command that is refused some system calls, as sandboxes do it.
 *
 *     deny EPERM|ENOSYS|EINVAL CALL[,CALL...] COMMAND [ARGUMENT...]
 *
 * Exits with 77 (a test's "skipped") where such a filter can't be set up, 125 for wrong usage. A CALL that
 * this machine does not have is refused by nature.
 */
#include "config.h" /* for the system's extensions */

#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define EXIT_SKIPPED 77
#define EXIT_FAILED  125

#if defined(__linux__) && defined(__has_include)
#if __has_include(<linux/seccomp.h>)
#define HAVE_SECCOMP 1
#endif
#endif

#ifdef HAVE_SECCOMP

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

/* Numbers that older headers lack; they are the same on all architectures. */
#ifndef SYS_pidfd_open
#define SYS_pidfd_open 434
#endif
#ifndef SYS_close_range
#define SYS_close_range 436
#endif

#define ANY_ARGUMENT (-1L)

static const struct {
    const char *name;
    long number;
    long first_argument; /* refused only with this one */
} calls[] = {
    {"pidfd_open", SYS_pidfd_open, ANY_ARGUMENT},
    {"memfd_create", SYS_memfd_create, ANY_ARGUMENT},
    {"close_range", SYS_close_range, ANY_ARGUMENT},
    {"epoll_create1", SYS_epoll_create1, ANY_ARGUMENT},
    {"futex", SYS_futex, ANY_ARGUMENT},
    {"rt_sigtimedwait", SYS_rt_sigtimedwait, ANY_ARGUMENT},
    {"set_tid_address", SYS_set_tid_address, ANY_ARGUMENT},
    {"signalfd", SYS_signalfd4, ANY_ARGUMENT},
    {"sched_getaffinity", SYS_sched_getaffinity, ANY_ARGUMENT},
    {"pdeathsig", SYS_prctl, PR_SET_PDEATHSIG},
    {"subreaper", SYS_prctl, PR_SET_CHILD_SUBREAPER},
    {"sibling", SYS_clone, CLONE_VM | CLONE_VFORK | CLONE_PARENT | SIGCHLD},
};

#define CALLS        (sizeof calls / sizeof calls[0])
/* Load the number, compare, load the argument, compare, refuse. */
#define RULES_A_CALL 5

static struct sock_filter filter[CALLS * RULES_A_CALL + 1];
static unsigned short rules;

static void add(unsigned short code, unsigned value, unsigned char if_true, unsigned char if_false)
{
    filter[rules++] = (struct sock_filter)BPF_JUMP(code, value, if_true, if_false);
}

/* The lower half of the first argument is enough, and lies first on little-endian machines. */
static void refuse(size_t call, unsigned error)
{
    add(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr), 0, 0);
    if (calls[call].first_argument == ANY_ARGUMENT) {
        add(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)calls[call].number, 0, 1);
    } else {
        add(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)calls[call].number, 0, 3);
        add(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[0]), 0, 0);
        add(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)calls[call].first_argument, 0, 1);
    }
    add(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (error & SECCOMP_RET_DATA), 0, 0);
}

static void fail(const char *what, const char *why)
{
    fprintf(stderr, "deny: %s: %s\n", what, why);
    exit(EXIT_FAILED);
}

static void refuse_all(char *names, unsigned error)
{
    unsigned char seen[CALLS] = {0};
    for (char *name = strtok(names, ","); name != NULL; name = strtok(NULL, ",")) {
        size_t call = 0;
        while (call < CALLS && strcmp(calls[call].name, name) != 0)
            call++;
        if (call == CALLS || seen[call]++)
            fail(name, "no call that is known here, or named twice");
        refuse(call, error);
    }
    add(BPF_RET | BPF_K, SECCOMP_RET_ALLOW, 0, 0);
}

/* 0: none that is known here. */
static unsigned error_number(const char *name)
{
    static const struct {
        const char *name;
        unsigned number;
    } errors[] = {{"EPERM", EPERM}, {"ENOSYS", ENOSYS}, {"EINVAL", EINVAL}};
    for (size_t i = 0; i < sizeof errors / sizeof errors[0]; i++)
        if (strcmp(errors[i].name, name) == 0)
            return errors[i].number;
    return 0;
}

int main(int argc, char **argv)
{
    unsigned error = argc < 4 ? 0 : error_number(argv[1]);
    if (error == 0)
        fail("usage", "deny EPERM|ENOSYS|EINVAL CALL[,CALL...] COMMAND [ARGUMENT...]");
    refuse_all(argv[2], error);

    struct sock_fprog program = {.len = rules, .filter = filter};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1UL, 0UL, 0UL, 0UL) < 0 ||
        prctl(PR_SET_SECCOMP, (unsigned long)SECCOMP_MODE_FILTER, &program, 0UL, 0UL) < 0) {
        fprintf(stderr, "deny: no filter can be set here: %s\n", strerror(errno));
        return EXIT_SKIPPED;
    }
    execvp(argv[3], argv + 3);
    fail(argv[3], strerror(errno));
    return EXIT_FAILED;
}

#else

int main(void)
{
    fputs("deny: only Linux has these filters\n", stderr);
    return EXIT_SKIPPED;
}

#endif
