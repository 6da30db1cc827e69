#include "base/base.h"

#ifndef CPOOL_FAULT_INJECTION

#include <stdio.h>

int main(void)
{
    fputs("skipped: not a build with --enable-fault-injection\n", stderr);
    return 77;
}

#else

#include "unit.h"

/* What is asked for is read before main: each case is this program once more, with another environment. */
#define CHILD "CHECK_FAULT_CHILD"

/* Four times malloc, here and in forked children in turn, and open: a bit for each that failed, 16 for
 * open. */
static int child(void)
{
    int failed = 0, status;
    for (int i = 0; i < 4; i++) {
        pid_t pid = i % 2 == 0 ? 0 : fork();
        bool here = i % 2 == 0;
        if (pid == 0) {
            void *memory = malloc(10);
            bool none = memory == NULL;
            free(memory);
            if (!here)
                _exit(none);
            failed |= none << i;
        } else {
            /* No ck_assert: this is not one of Check's own processes. */
            if (waitpid(pid, &status, 0) != pid)
                return 97;
            failed |= WEXITSTATUS(status) << i;
        }
    }
    int fd = open("/dev/null", O_RDONLY);
    if (fd < 0)
        failed |= errno == EIO ? 16 : 32;
    else
        close(fd);
    return failed;
}

static int run_child(void *fault)
{
    if (setenv(CHILD, "1", 1) < 0 || setenv("CPOOL_FAULT", fault, 1) < 0)
        return 99;
    execl("/proc/self/exe", "check_fault", (char *)NULL);
    return 98;
}

static int with_fault(const char *fault)
{
    return unit_fork_and_wait(run_child, (void *)(uintptr_t)fault);
}

START_TEST(the_nth_call_fails_once_over_all_processes)
{
    ck_assert_int_eq(with_fault("malloc:1"), 1);
    ck_assert_int_eq(with_fault("malloc:2"), 2);
    ck_assert_int_eq(with_fault("malloc:4"), 8);
    ck_assert_int_eq(with_fault("malloc:5"), 0);
}
END_TEST

START_TEST(from_then_on_all_fail)
{
    ck_assert_int_eq(with_fault("malloc:2+"), 14);
    ck_assert_int_eq(with_fault("malloc:1+"), 15);
}
END_TEST

START_TEST(errno_can_be_chosen)
{
    ck_assert_int_eq(with_fault("open:1"), 32);
    ck_assert_int_eq(with_fault("open=EIO:1"), 16);
}
END_TEST

START_TEST(what_makes_no_sense_is_refused)
{
    static const char *const wrong[] = {"",           "malloc",     "malloc:",        "malloc:0",
                                        "malloc:x",   "malloc:1++", "mallocs:1",      "mall:1",
                                        "malloc=E:1", "malloc=EIO", "mid_frame=EIO:1"};
    for (size_t i = 0; i < ARRAY_LENGTH(wrong); i++)
        ck_assert_msg(with_fault(wrong[i]) == 125, "'%s' was taken", wrong[i]);
}
END_TEST

static void unit_tests(TCase *tests)
{
    tcase_add_test(tests, the_nth_call_fails_once_over_all_processes);
    tcase_add_test(tests, from_then_on_all_fail);
    tcase_add_test(tests, errno_can_be_chosen);
    tcase_add_test(tests, what_makes_no_sense_is_refused);
}

int main(void)
{
    return getenv(CHILD) != NULL ? child() : unit_run("fault", unit_tests);
}

#endif
