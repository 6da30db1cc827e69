#include "unit.h"

#include "base/platform.h"
#include "proc/reaper.h"
#include "proc/signals.h"

#include <sched.h>
#include <sys/resource.h>

/* ---- statuses ---- */

static int end_with(void *context)
{
    return *(const int *)context;
}

static int end_by(void *context)
{
    const int *signal_number = context;
    signal(*signal_number, SIG_DFL);
    raise(*signal_number);
    return 1;
}

static int wait_for_ever(void *context)
{
    (void)context;
    while (pause() < 0)
        continue;
    return 1;
}

/* Until it has ended; it is not reaped by that. */
static void wait_until_ended(pid_t pid)
{
    siginfo_t info;
    ck_assert_int_eq(waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT), 0);
}

START_TEST(how_a_child_ended_is_told)
{
    static const int statuses[] = {0, 1, 42, 255};
    static const int lethal[] = {SIGTERM, SIGKILL, SIGUSR1};
    struct reaper_status status;
    for (size_t i = 0; i < ARRAY_LENGTH(statuses); i++) {
        int exit_status = statuses[i];
        pid_t child = unit_fork(end_with, &exit_status);
        wait_until_ended(child);
        ck_assert_int_eq(reaper_try(child, &status), 1);
        ck_assert_int_eq(status.exit_status, exit_status);
        ck_assert_int_eq(status.signal_number, 0);
    }
    for (size_t i = 0; i < ARRAY_LENGTH(lethal); i++) {
        int signal_number = lethal[i];
        pid_t child = unit_fork(end_by, &signal_number);
        wait_until_ended(child);
        ck_assert_int_eq(reaper_try(child, &status), 1);
        ck_assert_int_eq(status.exit_status, -1);
        ck_assert_int_eq(status.signal_number, signal_number);
    }
}
END_TEST

START_TEST(a_child_that_runs_is_not_waited_for)
{
    struct reaper_status status;
    pid_t child = unit_fork(wait_for_ever, NULL);
    ck_assert_int_eq(reaper_try(child, &status), 0);
    ck_assert_int_eq(reaper_try_any(&status), 0);
    ck_assert(reaper_is_child(child));
    ck_assert(!reaper_has_ended(child));
    reaper_signal(child, SIGKILL);
    wait_until_ended(child);
    /* Ended, and not yet reaped: its number is still its own. */
    ck_assert(reaper_is_child(child));
    ck_assert(reaper_has_ended(child));
    ck_assert_int_eq(reaper_try(child, &status), 1);
    ck_assert_int_eq(status.signal_number, SIGKILL);
    ck_assert(!reaper_is_child(child));
    ck_assert(!reaper_has_ended(child));
}
END_TEST

START_TEST(other_processes_are_no_children)
{
    struct reaper_status status;
    ck_assert_int_eq(reaper_try(getppid(), &status), -1);
    ck_assert_int_eq(errno, ECHILD);
    ck_assert_int_eq(reaper_try_any(&status), -1);
    ck_assert_int_eq(errno, ECHILD);
    ck_assert(!reaper_is_child(getppid()));
    ck_assert(!reaper_is_child(getpid()));
    ck_assert(!reaper_has_ended(getppid()));
    /* Neither 0 nor -1 may be taken for a process: they would mean many. */
    ck_assert(!reaper_is_child(0));
    ck_assert(!reaper_is_child(-1));
    ck_assert(!reaper_has_ended(0));
    ck_assert(!reaper_has_ended(-1));
}
END_TEST

START_TEST(any_child_that_has_ended_is_found)
{
    struct reaper_status status;
    int zero = 0;
    pid_t runs = unit_fork(wait_for_ever, NULL);
    pid_t ends = unit_fork(end_with, &zero);
    wait_until_ended(ends);
    ck_assert_int_eq(reaper_try_any(&status), ends);
    ck_assert_int_eq(reaper_try_any(&status), 0);
    reaper_signal(runs, SIGKILL);
    reaper_wait_gone(runs);
    ck_assert_int_eq(reaper_try_any(&status), -1);
}
END_TEST

/* Some of both kinds of time, and memory that was touched. */
static int use_resources(void *context)
{
    struct rusage usage;
    (void)context;
    volatile char *memory = malloc(20 * MIB);
    for (size_t i = 0; i < 20 * MIB; i += 1024)
        memory[i] = 1;
    do
        getrusage(RUSAGE_SELF, &usage);
    while (usage.ru_utime.tv_sec * 1000000 + usage.ru_utime.tv_usec + usage.ru_stime.tv_sec * 1000000 +
               usage.ru_stime.tv_usec <
           30000);
    return 0;
}

START_TEST(what_a_child_has_used_is_told)
{
    struct reaper_status status;
    pid_t child = unit_fork(use_resources, NULL);
    wait_until_ended(child);
    ck_assert_int_eq(reaper_try(child, &status), 1);
    ck_assert_uint_ge(status.user_time + status.system_time, 30000);
    ck_assert_uint_lt(status.user_time + status.system_time, UINT64_C(60000000));
    ck_assert_uint_ge(status.peak_memory, 20 * MIB);
}
END_TEST

/* ---- signals ---- */

/* A session of its own with one more process in it, which tells when it is there. */
static int ready[2];

static int lead_a_group(void *context)
{
    (void)context;
    signal(SIGTERM, SIG_DFL); /* Check's own handler would end the whole test */
    setsid();
    if (fork() == 0)
        wait_for_ever(NULL);
    if (write(ready[1], "r", 1) != 1)
        return 1;
    return wait_for_ever(NULL);
}

static void wait_for_end_of_file(void)
{
    char byte;
    close(ready[1]);
    while (read(ready[0], &byte, 1) > 0)
        continue;
    close(ready[0]);
}

static void wait_for_word(void)
{
    char byte;
    ck_assert_int_eq(read(ready[0], &byte, 1), 1);
}

START_TEST(a_signal_to_the_group_reaches_all_of_it)
{
    ck_assert_int_eq(pipe(ready), 0);
    pid_t leader = unit_fork(lead_a_group, NULL);
    wait_for_word();
    errno = ENOTTY;
    reaper_signal_group(leader, SIGTERM);
    ck_assert_int_eq(errno, ENOTTY);
    ck_assert_int_eq(unit_wait(leader), -SIGTERM);
    /* Both had the pipe open. */
    wait_for_end_of_file();
}
END_TEST

/* The leader has ended, its group has not: as long as the leader is not reaped the number is the group's. */
START_TEST(a_group_can_be_ended_after_its_leader)
{
    ck_assert_int_eq(pipe(ready), 0);
    pid_t leader = unit_fork(lead_a_group, NULL);
    wait_for_word();
    reaper_signal(leader, SIGKILL);
    wait_until_ended(leader);
    reaper_signal_group(leader, SIGKILL);
    wait_for_end_of_file();
    ck_assert_int_eq(unit_wait(leader), -SIGKILL);
}
END_TEST

START_TEST(a_stopped_group_hears_its_end)
{
    int status;
    ck_assert_int_eq(pipe(ready), 0);
    pid_t leader = unit_fork(lead_a_group, NULL);
    wait_for_word();
    reaper_signal_group(leader, SIGSTOP);
    ck_assert_int_eq(waitpid(leader, &status, WUNTRACED), leader);
    ck_assert(WIFSTOPPED(status));
    reaper_signal_group(leader, SIGTERM);
    ck_assert_int_eq(unit_wait(leader), -SIGTERM);
    wait_for_end_of_file();
}
END_TEST

/* kill(0) and kill(-1) would be the end of far more than one task. */
START_TEST(no_pid_is_no_signal)
{
    errno = ENOTTY;
    reaper_signal(0, SIGKILL);
    reaper_signal(-1, SIGTERM);
    reaper_signal_group(0, SIGKILL);
    reaper_signal_group(-1, SIGTERM);
    ck_assert_int_eq(errno, ENOTTY);
}
END_TEST

/* ---- the sweep ---- */

/* A line of descendants, each in a session of its own and deaf to all that asks politely. */
static int descend(void *context)
{
    int *depth = context;
    setsid();
    signal(SIGTERM, SIG_IGN);
    signal(SIGHUP, SIG_IGN);
    if (--*depth > 0 && fork() == 0)
        return descend(depth);
    if (write(ready[1], "r", 1) != 1)
        return 1;
    return wait_for_ever(NULL);
}

START_TEST(the_sweep_ends_all_descendants)
{
    int depth = 4;
    signals_start();
    if (platform_become_subreaper() < 0) {
        unit_skip("no subreaper here: orphans can't be found");
        return;
    }
    if (access("/proc/self/stat", R_OK) < 0) {
        unit_skip("no /proc here: orphans can't be found");
        return;
    }
    ck_assert_int_eq(pipe(ready), 0);
    for (int i = 0; i < 3; i++)
        unit_fork(descend, &depth);
    for (int i = 0; i < 3 * 4; i++)
        wait_for_word();
    ck_assert(reaper_sweep(clock_now() + 60 * NS_PER_S, NULL));
    wait_for_end_of_file();
    struct reaper_status status;
    ck_assert_int_eq(reaper_try_any(&status), -1);
}
END_TEST

START_TEST(a_sweep_without_children_is_over_at_once)
{
    signals_start();
    ck_assert(reaper_sweep(0, NULL));
}
END_TEST

/* ---- the ladder ---- */

START_TEST(the_ladder_is_term_grace_kill)
{
    struct reaper_plan plan;
    struct reaper_ladder ladder = {.plan = NULL};
    reaper_plan_default(&plan, 5 * NS_PER_S);
    ck_assert(!reaper_ladder_begun(&ladder));
    ck_assert_int_eq(reaper_ladder_due(&ladder, 1000), 0);
    reaper_ladder_begin(&ladder, &plan, 1000);
    ck_assert(reaper_ladder_begun(&ladder));
    ck_assert_int_eq(reaper_ladder_due(&ladder, 1000), SIGTERM);
    ck_assert_int_eq(reaper_ladder_due(&ladder, 1000), 0);
    ck_assert_uint_eq(ladder.deadline, 1000 + 5 * NS_PER_S);
    ck_assert_int_eq(reaper_ladder_due(&ladder, 999 + 5 * NS_PER_S), 0);
    ck_assert_int_eq(reaper_ladder_due(&ladder, 1000 + 5 * NS_PER_S), SIGKILL);
    ck_assert_uint_eq(ladder.deadline, CLOCK_NEVER);
    ck_assert_int_eq(reaper_ladder_due(&ladder, CLOCK_NEVER - 1), 0);
}
END_TEST

START_TEST(a_longer_ladder_is_taken_step_by_step)
{
    const struct reaper_plan plan = {.steps = {{SIGINT, 10}, {SIGTERM, 20}, {SIGHUP, 0}, {SIGKILL, 0}},
                                     .count = 4};
    struct reaper_ladder ladder;
    reaper_ladder_begin(&ladder, &plan, 100);
    ck_assert_int_eq(reaper_ladder_due(&ladder, 100), SIGINT);
    ck_assert_int_eq(reaper_ladder_due(&ladder, 109), 0);
    ck_assert_int_eq(reaper_ladder_due(&ladder, 110), SIGTERM);
    /* Late: the pause counts from when the step was taken. */
    ck_assert_int_eq(reaper_ladder_due(&ladder, 129), 0);
    ck_assert_int_eq(reaper_ladder_due(&ladder, 500), SIGHUP);
    ck_assert_int_eq(reaper_ladder_due(&ladder, 500), SIGKILL);
    ck_assert_int_eq(reaper_ladder_due(&ladder, 500), 0);
}
END_TEST

START_TEST(hurrying_goes_to_the_last_step)
{
    struct reaper_plan plan;
    struct reaper_ladder ladder;
    reaper_plan_default(&plan, 5 * NS_PER_S);
    reaper_ladder_begin(&ladder, &plan, 0);
    ck_assert_int_eq(reaper_ladder_due(&ladder, 0), SIGTERM);
    reaper_ladder_hurry(&ladder, &plan, 7);
    ck_assert_int_eq(reaper_ladder_due(&ladder, 7), SIGKILL);
    ck_assert_int_eq(reaper_ladder_due(&ladder, 7), 0);
    /* It may be the first thing that happens, too. */
    ladder = (struct reaper_ladder){.plan = NULL};
    reaper_ladder_hurry(&ladder, &plan, 9);
    ck_assert_int_eq(reaper_ladder_due(&ladder, 9), SIGKILL);
    ck_assert_uint_eq(ladder.deadline, CLOCK_NEVER);
}
END_TEST

/* ---- all children ---- */

/* Writes a byte for each TERM that it gets, in a session of its own; its child does the same in another. */
static volatile sig_atomic_t terms;

static void count_term(int signal_number)
{
    (void)signal_number;
    terms++;
}

static int answer_terms(void *context)
{
    (void)context;
    sigset_t none;
    sigemptyset(&none);
    setsid();
    signal(SIGTERM, count_term); /* it is blocked, but while we wait */
    if (write(ready[1], "r", 1) != 1)
        return 1;
    for (sig_atomic_t told = 0;; sigsuspend(&none))
        for (; told < terms; told++)
            if (write(ready[1], "t", 1) != 1)
                return 1;
}

static int start_one_that_answers(void *context)
{
    if (fork() == 0)
        _exit(answer_terms(NULL));
    return answer_terms(context);
}

static bool spares(const void *context, pid_t pid)
{
    return pid == *(const pid_t *)context;
}

START_TEST(a_step_reaches_each_group_once_and_those_who_come_later)
{
    struct reaper_herd herd = {.signal_number = 0};
    signals_start();
    if (platform_become_subreaper() < 0) {
        unit_skip("no subreaper here: orphans can't be found");
        return;
    }
    if (access("/proc/self/stat", R_OK) < 0) {
        unit_skip("no /proc here: orphans can't be found");
        return;
    }
    ck_assert_int_eq(pipe(ready), 0);
    pid_t spared = unit_fork(answer_terms, NULL), first = unit_fork(answer_terms, NULL);
    pid_t parent = unit_fork(start_one_that_answers, NULL);
    for (int i = 0; i < 4; i++)
        wait_for_word();
    reaper_herd_look(&herd, NULL, NULL); /* no step yet */
    reaper_herd_begin(&herd, SIGTERM);
    reaper_herd_note(&herd, first);
    reaper_herd_look(&herd, spares, &spared);
    reaper_herd_look(&herd, spares, &spared);
    wait_for_word(); /* of `parent` */
    reaper_signal(parent, SIGKILL);
    reaper_wait_gone(parent);
    reaper_herd_look(&herd, spares, &spared);
    wait_for_word(); /* of its child, which has come to us */
    reaper_herd_begin(&herd, SIGTERM);
    reaper_herd_look(&herd, NULL, NULL);
    for (int i = 0; i < 3; i++)
        wait_for_word();
    ck_assert(reaper_sweep(clock_now() + 60 * NS_PER_S, NULL));
    close(ready[1]);
    char byte;
    ck_assert_int_eq(read(ready[0], &byte, 1), 0); /* nobody had it twice */
    close(ready[0]);
    reaper_herd_release(&herd);
}
END_TEST

UNIT_MAIN("reaper")
{
    if (!UNIT_THREAD_SANITIZER) {
        tcase_add_test(tests, how_a_child_ended_is_told);
        tcase_add_test(tests, a_child_that_runs_is_not_waited_for);
        tcase_add_test(tests, any_child_that_has_ended_is_found);
        tcase_add_test(tests, what_a_child_has_used_is_told);
        tcase_add_test(tests, a_signal_to_the_group_reaches_all_of_it);
        tcase_add_test(tests, a_group_can_be_ended_after_its_leader);
        tcase_add_test(tests, a_stopped_group_hears_its_end);
        tcase_add_test(tests, the_sweep_ends_all_descendants);
        tcase_add_test(tests, a_step_reaches_each_group_once_and_those_who_come_later);
    }
    tcase_add_test(tests, other_processes_are_no_children);
    tcase_add_test(tests, no_pid_is_no_signal);
    tcase_add_test(tests, a_sweep_without_children_is_over_at_once);
    tcase_add_test(tests, the_ladder_is_term_grace_kill);
    tcase_add_test(tests, a_longer_ladder_is_taken_step_by_step);
    tcase_add_test(tests, hurrying_goes_to_the_last_step);
}
