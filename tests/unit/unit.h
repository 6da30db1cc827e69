/*
 * unit: what the unit tests share: how a test program runs, and a few helpers.
 *
 *     UNIT_MAIN("buffer")
 *     {
 *         tcase_add_test(tests, bytes_come_out_as_they_went_in);
 *     }
 *
 * Check runs each test in a process of its own and kills it, with what it forked, when it takes longer than
 * UNIT_DEADLINE: no test has to guess how long anything takes. Signals are as they are by default, whatever
 * those who run the tests ignore (nohup does) or block. What a test forks itself must not use ck_assert, but
 * end with a status that the test looks at.
 */
#ifndef CPOOL_UNIT_H
#define CPOOL_UNIT_H

#include "base/base.h"

#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* Seconds; only what hangs gets there. */
#define UNIT_DEADLINE 300

/* ThreadSanitizer loses track of what a forked process does; cases that fork are left out there. */
#if defined(__SANITIZE_THREAD__)
#define UNIT_THREAD_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define UNIT_THREAD_SANITIZER 1
#endif
#endif
#ifndef UNIT_THREAD_SANITIZER
#define UNIT_THREAD_SANITIZER 0
#endif

#define UNIT_MAIN(name)                                                                                      \
    static void unit_tests(TCase *tests);                                                                    \
    int main(void)                                                                                           \
    {                                                                                                        \
        return unit_run(name, unit_tests);                                                                   \
    }                                                                                                        \
    static void unit_tests(TCase *tests)

static inline void unit_restore_signals(void)
{
    sigset_t none;
    for (int number = 1; number < NSIG; number++)
        signal(number, SIG_DFL); /* fails for the few that are always so */
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

static inline int unit_run(const char *name, void (*add)(TCase *tests))
{
    unit_restore_signals();
    Suite *suite = suite_create(name);
    TCase *tests = tcase_create(name);
    tcase_set_timeout(tests, UNIT_DEADLINE);
    add(tests);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}

/* Say that the system can't do what the test is about. */
static inline void unit_skip(const char *why)
{
    fprintf(stderr, "skipped: %s\n", why);
}

/* ---- chance that comes out the same each time ---- */

static inline uint64_t unit_random(uint64_t *state)
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return *state * UINT64_C(0x2545F4914F6CDD1D);
}

/* From 0 to bound - 1. */
static inline size_t unit_below(uint64_t *state, size_t bound)
{
    return (size_t)(unit_random(state) >> 11) % bound;
}

/* ---- processes ---- */

/* Run `body` in a process of its own, which ends with the status that it returns. */
static inline pid_t unit_fork(int (*body)(void *context), void *context)
{
    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0)
        _exit(body(context));
    ck_assert_int_gt(pid, 0);
    return pid;
}

/* Wait for its end: its exit status, or minus the signal that ended it. */
static inline int unit_wait(pid_t pid)
{
    int status;
    pid_t got;
    do
        got = waitpid(pid, &status, 0);
    while (got < 0 && errno == EINTR);
    ck_assert_int_eq(got, pid);
    return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

static inline int unit_fork_and_wait(int (*body)(void *context), void *context)
{
    return unit_wait(unit_fork(body, context));
}

/* ---- files ---- */

/* Make a folder for this test; its path is good until the next call. */
static inline const char *unit_make_folder(void)
{
    static char path[4096];
    const char *place = getenv("TMPDIR");
    snprintf(path, sizeof path, "%s/cpool-unit.XXXXXX", place != NULL && *place != '\0' ? place : "/tmp");
    ck_assert_ptr_nonnull(mkdtemp(path));
    return path;
}

static inline int unit_remove_one(const char *path, const struct stat *info, int kind, struct FTW *where)
{
    (void)info, (void)kind, (void)where;
    return remove(path);
}

static inline void unit_remove_folder(const char *path)
{
    ck_assert_int_eq(nftw(path, unit_remove_one, 8, FTW_DEPTH | FTW_PHYS), 0);
}

/* Write `text` to root/path, making the folders on the way. */
static inline void unit_write_file(const char *root, const char *path, const char *text, unsigned mode)
{
    char full[8192];
    int length = snprintf(full, sizeof full, "%s/%s", root, path);
    ck_assert(length > 0 && (size_t)length < sizeof full);
    for (char *slash = full + strlen(root) + 1; (slash = strchr(slash, '/')) != NULL; slash++) {
        *slash = '\0';
        ck_assert(mkdir(full, 0700) == 0 || errno == EEXIST);
        *slash = '/';
    }
    FILE *file = fopen(full, "w");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_ge(fputs(text, file), 0);
    ck_assert_int_eq(fclose(file), 0);
    ck_assert_int_eq(chmod(full, mode), 0);
}

#endif
