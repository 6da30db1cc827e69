#include "unit.h"

#include "base/platform.h"
#include "proc/signals.h"

/* Each test has a process of its own (Check forks): what it does to its signals ends with it. */

/* Wait as the parent's loop does: returns when a handler has run. One signal comes through each time. */
static void wait_for_one(void)
{
    ck_assert_int_eq(platform_poll(NULL, 0, -1, signals_wait_mask()), -1);
    ck_assert_int_eq(errno, EINTR);
}

/* Nothing is on its way. */
static void expect_quiet(void)
{
    ck_assert_int_eq(platform_poll(NULL, 0, 0, signals_wait_mask()), 0);
    ck_assert_int_eq(signals_next(), 0);
}

static bool is_blocked(const sigset_t *mask, int signal_number)
{
    return sigismember(mask, signal_number) == 1;
}

static sigset_t mask_now(void)
{
    sigset_t mask;
    sigprocmask(SIG_SETMASK, NULL, &mask);
    return mask;
}

START_TEST(signals_come_in_only_while_the_loop_waits)
{
    static const int handled[] = {SIGCHLD, SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGUSR1, SIGUSR2};
    signals_start();
    expect_quiet();
    for (size_t i = 0; i < ARRAY_LENGTH(handled); i++) {
        raise(handled[i]);
        ck_assert_int_eq(signals_next(), 0);
        wait_for_one();
        ck_assert_int_eq(signals_next(), handled[i]);
        expect_quiet();
    }
}
END_TEST

/* A second ^C means something else than the first. */
START_TEST(each_one_counts)
{
    signals_start();
    for (int i = 0; i < 3; i++) {
        raise(SIGINT);
        wait_for_one();
    }
    for (int i = 0; i < 3; i++)
        ck_assert_int_eq(signals_next(), SIGINT);
    ck_assert_int_eq(signals_next(), 0);
}
END_TEST

START_TEST(ends_of_children_come_first_and_once)
{
    signals_start();
    raise(SIGTERM);
    wait_for_one();
    for (int i = 0; i < 3; i++) {
        raise(SIGCHLD);
        wait_for_one();
    }
    ck_assert_int_eq(signals_next(), SIGCHLD);
    ck_assert_int_eq(signals_next(), SIGTERM);
    ck_assert_int_eq(signals_next(), 0);
}
END_TEST

START_TEST(what_the_caller_ignores_stays_ignored)
{
    signal(SIGHUP, SIG_IGN);
    signals_start();
    raise(SIGHUP);
    expect_quiet();
    ck_assert(signals_was_ignored(SIGHUP));
    ck_assert(!signals_was_ignored(SIGINT));
    ck_assert(!signals_was_ignored(SIGCHLD));
}
END_TEST

static int end_with_7(void *context)
{
    (void)context;
    return 7;
}

/* With SIGCHLD ignored the kernel would throw the statuses of all children away. */
START_TEST(children_have_statuses_though_the_caller_ignores_them)
{
    signal(SIGCHLD, SIG_IGN);
    signals_start();
    ck_assert(signals_was_ignored(SIGCHLD));
    pid_t child = unit_fork(end_with_7, NULL);
    wait_for_one();
    ck_assert_int_eq(signals_next(), SIGCHLD);
    ck_assert_int_eq(unit_wait(child), 7);
}
END_TEST

START_TEST(the_mask_is_the_callers_with_ours_open)
{
    sigset_t callers;
    sigemptyset(&callers);
    sigaddset(&callers, SIGALRM);
    sigaddset(&callers, SIGTERM);
    sigprocmask(SIG_BLOCK, &callers, NULL);
    signals_start();
    sigset_t now = mask_now();
    ck_assert(is_blocked(&now, SIGALRM) && is_blocked(&now, SIGTERM) && is_blocked(&now, SIGINT));
    ck_assert(is_blocked(signals_wait_mask(), SIGALRM));
    ck_assert(!is_blocked(signals_wait_mask(), SIGTERM));
    ck_assert(!is_blocked(signals_wait_mask(), SIGINT));
}
END_TEST

START_TEST(a_closed_pipe_is_an_error_and_no_signal)
{
    int ends[2];
    signals_start();
    ck_assert_int_eq(pipe(ends), 0);
    close(ends[0]);
    ck_assert_int_eq(write(ends[1], "x", 1), -1);
    ck_assert_int_eq(errno, EPIPE);
    expect_quiet();
    close(ends[1]);
}
END_TEST

/* ---- the child before exec ---- */

static int restore_and_look(void *context)
{
    const sigset_t *callers = context;
    struct sigaction child;
    signals_restore();
    sigset_t now = mask_now();
    for (int i = 1; i < 32; i++)
        if (is_blocked(&now, i) != is_blocked(callers, i))
            return i;
    sigaction(SIGCHLD, NULL, &child);
    return child.sa_handler == SIG_IGN ? 0 : 100;
}

START_TEST(restore_gives_back_what_the_caller_had)
{
    sigset_t callers = mask_now(), all;
    sigaddset(&callers, SIGUSR1);
    sigaddset(&callers, SIGPIPE);
    sigprocmask(SIG_SETMASK, &callers, NULL);
    signal(SIGCHLD, SIG_IGN);
    signals_start();
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, NULL);
    ck_assert_int_eq(unit_fork_and_wait(restore_and_look, &callers), 0);
}
END_TEST

/* ---- workers ---- */

/* What a terminal or a kill of the group sends must not end a worker that its parent still needs. */
static int survive_as_worker(void *context)
{
    static const int sent[] = {SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGTSTP, SIGUSR1, SIGUSR2, SIGALRM, SIGPIPE};
    (void)context;
    signals_enter_worker(false);
    for (size_t i = 0; i < ARRAY_LENGTH(sent); i++)
        raise(sent[i]);
    return signals_next() == 0 ? 3 : 4;
}

START_TEST(a_worker_is_deaf)
{
    signals_start();
    raise(SIGINT);
    wait_for_one(); /* what the parent has counted is not the worker's */
    ck_assert_int_eq(unit_fork_and_wait(survive_as_worker, NULL), 3);
}
END_TEST

static int end_where_allowed(void *context)
{
    const bool *allow = context;
    signals_enter_worker(false);
    signals_allow_end(true);
    signals_allow_end(*allow);
    raise(SIGNALS_END_WORKER);
    return 3;
}

START_TEST(a_worker_can_be_ended_where_it_allows_it)
{
    bool allow = true, forbid = false;
    signals_start();
    ck_assert_int_eq(unit_fork_and_wait(end_where_allowed, &allow), -SIGNALS_END_WORKER);
    ck_assert_int_eq(unit_fork_and_wait(end_where_allowed, &forbid), 3);
}
END_TEST

static int end_after_the_fact(void *context)
{
    (void)context;
    signals_enter_worker(true);
    raise(SIGNALS_END_WORKER);
    signals_allow_end(true);
    return 3;
}

START_TEST(an_end_that_had_to_wait_comes_when_allowed)
{
    signals_start();
    ck_assert_int_eq(unit_fork_and_wait(end_after_the_fact, NULL), -SIGNALS_END_WORKER);
}
END_TEST

START_TEST(a_worker_can_be_ended_though_the_caller_ignores_it)
{
    signal(SIGNALS_END_WORKER, SIG_IGN);
    signals_start();
    ck_assert_int_eq(unit_fork_and_wait(end_after_the_fact, NULL), -SIGNALS_END_WORKER);
}
END_TEST

static int watch_a_child(void *context)
{
    (void)context;
    signals_enter_worker(true);
    pid_t child = fork();
    if (child == 0)
        _exit(7);
    if (platform_poll(NULL, 0, -1, signals_worker_mask()) != -1 || errno != EINTR)
        return 1;
    int status;
    return waitpid(child, &status, WNOHANG) == child && WEXITSTATUS(status) == 7 ? 0 : 2;
}

START_TEST(a_worker_hears_of_its_task)
{
    signals_start();
    ck_assert_int_eq(unit_fork_and_wait(watch_a_child, NULL), 0);
}
END_TEST

/* ---- the end ---- */

static int die(void *context)
{
    const int *signal_number = context;
    signals_die(*signal_number);
}

START_TEST(cpool_ends_by_the_signal_that_ended_it)
{
    const int lethal[] = {SIGINT, SIGTERM, SIGHUP, SIGPIPE, SIGUSR1};
    signals_start();
    for (size_t i = 0; i < ARRAY_LENGTH(lethal); i++) {
        int signal_number = lethal[i];
        ck_assert_int_eq(unit_fork_and_wait(die, &signal_number), -signal_number);
    }
}
END_TEST

START_TEST(a_signal_that_ends_nobody_becomes_an_exit_status)
{
    int harmless = SIGCHLD;
    signals_start();
    ck_assert_int_eq(unit_fork_and_wait(die, &harmless), 128 + SIGCHLD);
}
END_TEST

/* ---- names ---- */

START_TEST(signals_have_names)
{
    char text[32];
    ck_assert_str_eq(signals_name(SIGTERM, text, sizeof text), "SIGTERM");
    ck_assert_str_eq(signals_name(SIGKILL, text, sizeof text), "SIGKILL");
    ck_assert_str_eq(signals_name(SIGSEGV, text, sizeof text), "SIGSEGV");
    ck_assert_str_eq(signals_name(77, text, sizeof text), "signal 77");
    ck_assert_str_eq(signals_name(0, text, sizeof text), "signal 0");
}
END_TEST

START_TEST(names_have_signals)
{
    static const char *const none[] = {"",    "x", "SIG", "SIGX", "TER", "TERMX",
                                       "sig", "0", "-15", "65",   "15x", "1 5"};
    ck_assert_int_eq(signals_number("TERM"), SIGTERM);
    ck_assert_int_eq(signals_number("SIGTERM"), SIGTERM);
    ck_assert_int_eq(signals_number("15"), 15);
    ck_assert_int_eq(signals_number("KILL"), SIGKILL);
    ck_assert_int_eq(signals_number("INT"), SIGINT);
    for (size_t i = 0; i < ARRAY_LENGTH(none); i++)
        ck_assert_msg(signals_number(none[i]) == 0, "'%s'", none[i]);
}
END_TEST

UNIT_MAIN("signals")
{
    tcase_add_test(tests, signals_come_in_only_while_the_loop_waits);
    tcase_add_test(tests, each_one_counts);
    tcase_add_test(tests, ends_of_children_come_first_and_once);
    tcase_add_test(tests, what_the_caller_ignores_stays_ignored);
    tcase_add_test(tests, the_mask_is_the_callers_with_ours_open);
    tcase_add_test(tests, a_closed_pipe_is_an_error_and_no_signal);
    tcase_add_test(tests, signals_have_names);
    tcase_add_test(tests, names_have_signals);
    if (!UNIT_THREAD_SANITIZER) {
        tcase_add_test(tests, children_have_statuses_though_the_caller_ignores_them);
        tcase_add_test(tests, restore_gives_back_what_the_caller_had);
        tcase_add_test(tests, a_worker_is_deaf);
        tcase_add_test(tests, a_worker_can_be_ended_where_it_allows_it);
        tcase_add_test(tests, an_end_that_had_to_wait_comes_when_allowed);
        tcase_add_test(tests, a_worker_can_be_ended_though_the_caller_ignores_it);
        tcase_add_test(tests, a_worker_hears_of_its_task);
        tcase_add_test(tests, cpool_ends_by_the_signal_that_ended_it);
        tcase_add_test(tests, a_signal_that_ends_nobody_becomes_an_exit_status);
    }
}
