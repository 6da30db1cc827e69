#include "proc/signals.h"

#include "base/io.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What the parent listens to, in the order in which signals_next tells it. */
static const int handled[] = {SIGCHLD, SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGTSTP, SIGUSR1, SIGUSR2};

/* The handled signals that end a run. */
static const int ending[] = {SIGINT, SIGQUIT, SIGTERM, SIGHUP};

/* They end a worker, whoever sends them: one that has done wrong must not go on, nor one that has used up its
 * time. */
static const int faults[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGABRT, SIGSYS, SIGXCPU};

/* Blocked but never opened: a write to a closed pipe, or to a file that is as large as it may be, is an error
 * with a name. */
static const int also_blocked[] = {SIGPIPE, SIGXFSZ};

static volatile sig_atomic_t arrived[ARRAY_LENGTH(handled)];
static volatile sig_atomic_t ended_by;     /* the first of `ending` that has arrived; 0: none has */
static volatile sig_atomic_t ends_at_once; /* signals_end_at_once */

static sigset_t caller_mask; /* as it was when cpool was started */
static sigset_t wait_mask;
static sigset_t worker_mask;
/* Signals that a worker can't leave ignored; the tasks get them as the caller had them. */
static bool caller_ignored_children, caller_ignored_end;

static bool is_ending(int signal_number)
{
    size_t i = 0;
    while (i < ARRAY_LENGTH(ending) && ending[i] != signal_number)
        i++;
    return i < ARRAY_LENGTH(ending);
}

static void count_signal(int signal_number)
{
    int saved_errno = errno;
    if (ends_at_once && is_ending(signal_number))
        signals_die(ended_by != 0 ? ended_by : signal_number);
    if (ends_at_once && signal_number == SIGTSTP) {
        raise(SIGSTOP);
        errno = saved_errno;
        return;
    }
    if (ended_by == 0 && is_ending(signal_number))
        ended_by = signal_number;
    for (size_t i = 0; i < ARRAY_LENGTH(handled); i++)
        if (handled[i] == signal_number)
            arrived[i]++;
}

bool signals_have_ended(void)
{
    return ended_by != 0;
}

/* Something that the loop must hear soon: whoever waits elsewhere is to go back to it. */
static bool is_called_back(void)
{
    bool is_called = ended_by != 0;
    for (size_t i = 0; i < ARRAY_LENGTH(handled); i++)
        is_called = is_called || (handled[i] == SIGTSTP && arrived[i] > 0);
    return is_called;
}

/* `action` for one signal; true when the caller had it ignored. */
static bool set_disposition(int signal_number, void (*action)(int))
{
    /* ^Z where signals do not wait for the loop: what it came in goes on behind it. No wait of ours is
     * restarted by that. */
    struct sigaction old, new = {.sa_handler = action, .sa_flags = signal_number == SIGTSTP ? SA_RESTART : 0};
    sigfillset(&new.sa_mask);
    sigaction(signal_number, &new, &old); /* it is blocked: nothing comes before it is as it was */
    if (old.sa_handler == SIG_IGN && signal_number != SIGCHLD)
        sigaction(signal_number, &old, NULL);
    return old.sa_handler == SIG_IGN;
}

void signals_start(void)
{
    sigset_t blocked;
    sigemptyset(&blocked);
    for (size_t i = 0; i < ARRAY_LENGTH(also_blocked); i++)
        sigaddset(&blocked, also_blocked[i]);
    for (size_t i = 0; i < ARRAY_LENGTH(handled); i++)
        sigaddset(&blocked, handled[i]);
    sigprocmask(SIG_BLOCK, &blocked, &caller_mask);

    wait_mask = caller_mask;
    for (size_t i = 0; i < ARRAY_LENGTH(also_blocked); i++)
        sigaddset(&wait_mask, also_blocked[i]);
    for (size_t i = 0; i < ARRAY_LENGTH(handled); i++) {
        bool ignored = set_disposition(handled[i], count_signal);
        if (handled[i] == SIGCHLD)
            caller_ignored_children = ignored;
        if (handled[i] == SIGNALS_END_WORKER)
            caller_ignored_end = ignored;
        sigdelset(&wait_mask, handled[i]);
    }
    io_set_wait(&wait_mask, is_called_back);
}

void signals_end_at_once(bool at_once)
{
    sigset_t open;
    sigemptyset(&open);
    sigaddset(&open, SIGTSTP);
    for (size_t i = 0; i < ARRAY_LENGTH(ending); i++)
        sigaddset(&open, ending[i]);
    if (!at_once)
        sigprocmask(SIG_BLOCK, &open, NULL);
    ends_at_once = at_once;
    if (at_once)
        sigprocmask(SIG_UNBLOCK, &open, NULL);
}

const sigset_t *signals_wait_mask(void)
{
    return &wait_mask;
}

int signals_next(void)
{
    /* All are blocked while this runs, so that plain reads and writes do. */
    for (size_t i = 0; i < ARRAY_LENGTH(handled); i++)
        if (arrived[i] > 0) {
            arrived[i] = handled[i] == SIGCHLD ? 0 : arrived[i] - 1;
            return handled[i];
        }
    return 0;
}

bool signals_end_is_pending(void)
{
    static const int ends[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
    sigset_t pending;
    if (sigpending(&pending) < 0)
        return false;
    for (size_t i = 0; i < ARRAY_LENGTH(ends); i++)
        if (sigismember(&pending, ends[i]) == 1)
            return true;
    return false;
}

void signals_enter_worker(bool watch_children)
{
    sigset_t blocked;
    sigfillset(&blocked);
    for (size_t i = 0; i < ARRAY_LENGTH(faults); i++)
        sigdelset(&blocked, faults[i]);
    sigprocmask(SIG_SETMASK, &blocked, NULL);
    io_set_wait(NULL, NULL);
    ended_by = 0;
    for (size_t i = 0; i < ARRAY_LENGTH(handled); i++) {
        bool counted = handled[i] == SIGCHLD && watch_children;
        (void)set_disposition(handled[i], counted ? count_signal : SIG_DFL);
        arrived[i] = 0;
    }
    worker_mask = blocked;
    if (watch_children)
        sigdelset(&worker_mask, SIGCHLD);
    /* Where the caller ignored TERM it would not end a worker either. */
    struct sigaction by_default = {.sa_handler = SIG_DFL};
    sigaction(SIGNALS_END_WORKER, &by_default, NULL);
}

const sigset_t *signals_worker_mask(void)
{
    return &worker_mask;
}

void signals_allow_end(bool allow)
{
    sigset_t end;
    sigemptyset(&end);
    sigaddset(&end, SIGNALS_END_WORKER);
    sigaddset(&end, SIGIO);
    sigaddset(&end, SIGALRM); /* handled where there are time limits, and else sent by nobody */
    sigprocmask(allow ? SIG_UNBLOCK : SIG_BLOCK, &end, NULL);
}

void signals_restore(void)
{
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    if (caller_ignored_children)
        sigaction(SIGCHLD, &ignore, NULL);
    if (caller_ignored_end)
        sigaction(SIGNALS_END_WORKER, &ignore, NULL);
    sigprocmask(SIG_SETMASK, &caller_mask, NULL);
}

bool signals_was_ignored(int signal_number)
{
    struct sigaction now;
    if (signal_number == SIGCHLD)
        return caller_ignored_children;
    return sigaction(signal_number, NULL, &now) == 0 && now.sa_handler == SIG_IGN;
}

void signals_die(int signal_number)
{
    struct sigaction by_default = {.sa_handler = SIG_DFL};
    sigset_t only;

    sigaction(signal_number, &by_default, NULL);
    sigemptyset(&only);
    sigaddset(&only, signal_number);
    raise(signal_number);
    sigprocmask(SIG_UNBLOCK, &only, NULL);
    _exit(128 + signal_number);
}

static const struct {
    int number;
    const char *name;
} names[] = {{SIGHUP, "SIGHUP"},   {SIGINT, "SIGINT"},   {SIGQUIT, "SIGQUIT"}, {SIGILL, "SIGILL"},
             {SIGTRAP, "SIGTRAP"}, {SIGABRT, "SIGABRT"}, {SIGBUS, "SIGBUS"},   {SIGFPE, "SIGFPE"},
             {SIGKILL, "SIGKILL"}, {SIGUSR1, "SIGUSR1"}, {SIGSEGV, "SIGSEGV"}, {SIGUSR2, "SIGUSR2"},
             {SIGPIPE, "SIGPIPE"}, {SIGALRM, "SIGALRM"}, {SIGTERM, "SIGTERM"}, {SIGCONT, "SIGCONT"},
             {SIGXCPU, "SIGXCPU"}, {SIGXFSZ, "SIGXFSZ"}, {SIGSYS, "SIGSYS"}};

const char *signals_name(int signal_number, char *text, size_t size)
{
    for (size_t i = 0; i < ARRAY_LENGTH(names); i++)
        if (names[i].number == signal_number)
            return names[i].name;
    snprintf(text, size, "signal %d", signal_number);
    return text;
}

int signals_number(const char *name)
{
    char *end;
    long number = strtol(name, &end, 10);
    if (name[0] >= '0' && name[0] <= '9' && *end == '\0')
        return number > 0 && number < 65 ? (int)number : 0;
    for (size_t i = 0; i < ARRAY_LENGTH(names); i++)
        if (strcmp(names[i].name, name) == 0 || strcmp(names[i].name + strlen("SIG"), name) == 0)
            return names[i].number;
    return 0;
}
