#include "proc/reaper.h"

#include "base/platform.h"
#include "base/xalloc.h"
#include "proc/signals.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

static uint64_t microseconds(struct timeval time)
{
    return (uint64_t)time.tv_sec * 1000000 + (uint64_t)time.tv_usec;
}

/* Of a child that was no child of ours when it was to be reaped. */
#define STATUS_UNKNOWN 255

#define STRANGERS_MAX 64

static pid_t strangers[STRANGERS_MAX];
static size_t stranger_count;

void reaper_note_strangers(void)
{
    ssize_t count = reaper_peek_any() < 0 ? 0 : platform_glance_children(strangers, STRANGERS_MAX);
    stranger_count = count < 0 ? 0 : (size_t)count;
}

void reaper_forget_strangers(void)
{
    stranger_count = 0;
}

static bool is_stranger(pid_t pid)
{
    for (size_t i = 0; i < stranger_count; i++)
        if (strangers[i] == pid)
            return true;
    return false;
}

/* Reaped, its number may become a child's of ours. */
static void forget_stranger(pid_t pid)
{
    for (size_t i = 0; i < stranger_count; i++)
        if (strangers[i] == pid)
            strangers[i] = strangers[--stranger_count];
}

static pid_t wait_for(pid_t pid, int options, struct reaper_status *status)
{
    struct rusage usage;
    int raw;
    pid_t got;

    do
        got = wait4(pid, &raw, options, &usage);
    while (got < 0 && errno == EINTR);
    if (got > 0)
        forget_stranger(got);
    if (got > 0)
        *status = (struct reaper_status){
            .exit_status = WIFEXITED(raw) ? WEXITSTATUS(raw) : -1,
            .signal_number = WIFSIGNALED(raw) ? WTERMSIG(raw) : 0,
            .user_time = microseconds(usage.ru_utime),
            .system_time = microseconds(usage.ru_stime),
            .peak_memory = (uint64_t)usage.ru_maxrss * KIB,
        };
    else if (got < 0)
        *status = (struct reaper_status){.exit_status = STATUS_UNKNOWN};
    return got;
}

int reaper_try(pid_t pid, struct reaper_status *status)
{
    pid_t got = wait_for(pid, WNOHANG, status);
    return got > 0 ? 1 : (int)got;
}

int reaper_wait(pid_t pid, struct reaper_status *status)
{
    return wait_for(pid, 0, status) > 0 ? 1 : -1;
}

pid_t reaper_try_any(struct reaper_status *status)
{
    return wait_for(-1, WNOHANG, status);
}

pid_t reaper_peek_any(void)
{
    siginfo_t info = {.si_pid = 0};
    return waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) < 0 ? -1 : info.si_pid;
}

pid_t reaper_next_stop(bool *is_stopped)
{
    siginfo_t info = {.si_pid = 0};
    if (waitid(P_ALL, 0, &info, WSTOPPED | WCONTINUED | WNOHANG) < 0)
        return 0;
    *is_stopped = info.si_code == CLD_STOPPED;
    return info.si_pid;
}

void reaper_wait_gone(pid_t pid)
{
    struct reaper_status unused;
    (void)wait_for(pid, 0, &unused);
}

void reaper_signal(pid_t pid, int signal_number)
{
    int saved_errno = errno;
    if (pid > 0)
        kill(pid, signal_number);
    errno = saved_errno;
}

void reaper_signal_group(pid_t leader, int signal_number)
{
    int saved_errno = errno;
    if (leader > 0) {
        kill(-leader, signal_number);
        if (signal_number != SIGKILL && signal_number != SIGSTOP)
            kill(-leader, SIGCONT);
    }
    errno = saved_errno;
}

bool reaper_is_child(pid_t pid)
{
    siginfo_t unused;
    return pid > 0 && waitid(P_PID, (id_t)pid, &unused, WEXITED | WNOHANG | WNOWAIT) == 0;
}

bool reaper_has_ended(pid_t pid)
{
    siginfo_t info = {.si_pid = 0};
    return pid > 0 && waitid(P_PID, (id_t)pid, &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid == pid;
}

/* What /proc says may be about processes of another namespace, which have those numbers there. */
static bool is_ours(pid_t child)
{
    return !is_stranger(child) && reaper_is_child(child);
}

#define SWEEP_BATCH 256

static bool is_among(const pid_t *list, size_t count, pid_t pid)
{
    for (size_t i = 0; i < count; i++)
        if (list[i] == pid)
            return true;
    return false;
}

bool reaper_sweep(nanoseconds deadline, const sigset_t *mask)
{
    return reaper_sweep_others(NULL, 0, deadline, mask);
}

bool reaper_sweep_others(const pid_t *spared, size_t spared_count, nanoseconds deadline, const sigset_t *mask)
{
    for (;;) {
        struct reaper_status unused;
        pid_t got;
        while ((got = reaper_try_any(&unused)) > 0)
            continue;
        if (got < 0)
            return true;

        pid_t children[SWEEP_BATCH];
        ssize_t count = platform_list_children(children, SWEEP_BATCH), ours = 0;
        for (ssize_t i = 0; i < count; i++)
            if (!is_among(spared, spared_count, children[i]) && is_ours(children[i])) {
                reaper_signal(children[i], SIGKILL);
                ours++;
            }
        if (count > 0 && ours == 0)
            return true;

        nanoseconds now = clock_now();
        if (count < 0 || now >= deadline)
            return false;
        /* SIGCHLD ends the wait where it is handled; else a moment does: only this last sweep ever looks
         * twice. */
        int timeout = clock_poll_timeout(now, deadline);
        (void)platform_poll(NULL, 0, timeout < 10 ? timeout : 10, mask);
    }
}

/* ---- the ladder ---- */

/* Milliseconds. */
#define LONGEST_PAUSE 1000000000UL

void reaper_plan_default(struct reaper_plan *plan, nanoseconds grace)
{
    *plan = (struct reaper_plan){.steps = {{SIGTERM, grace}, {SIGKILL, 0}}, .count = 2};
}

/* The next step of a plan being read: *text is moved behind it. False where it is none. */
static bool parse_step(const char **text, struct reaper_step *step)
{
    char name[16], *end;
    size_t length = strcspn(*text, ",");

    if (length >= sizeof name)
        return false;
    memcpy(name, *text, length);
    name[length] = '\0';
    *step = (struct reaper_step){.signal_number = signals_number(name)};
    *text += length;
    if (step->signal_number == 0 || **text == '\0')
        return step->signal_number != 0;

    const char *pause = *text + 1;
    unsigned long milliseconds = strtoul(pause, &end, 10);
    step->pause = milliseconds * NS_PER_MS;
    *text = *end == ',' ? end + 1 : end;
    return *pause >= '0' && *pause <= '9' && milliseconds <= LONGEST_PAUSE && (*end == ',' || *end == '\0');
}

int reaper_plan_parse(struct reaper_plan *plan, const char *text)
{
    *plan = (struct reaper_plan){.count = 0};
    do {
        /* One place is kept for KILL. */
        if (plan->count == REAPER_STEPS_MAX - 1 || !parse_step(&text, &plan->steps[plan->count++])) {
            errno = EINVAL;
            return -1;
        }
    } while (*text != '\0');
    if (plan->steps[plan->count - 1].signal_number != SIGKILL)
        plan->steps[plan->count++] = (struct reaper_step){.signal_number = SIGKILL};
    return 0;
}

void reaper_ladder_begin(struct reaper_ladder *ladder, const struct reaper_plan *plan, nanoseconds now)
{
    *ladder = (struct reaper_ladder){.plan = plan, .next = 0, .deadline = now};
}

void reaper_ladder_hurry(struct reaper_ladder *ladder, const struct reaper_plan *plan, nanoseconds now)
{
    *ladder = (struct reaper_ladder){.plan = plan, .next = plan->count - 1, .deadline = now};
}

int reaper_ladder_due(struct reaper_ladder *ladder, nanoseconds now)
{
    if (ladder->plan == NULL || ladder->next == ladder->plan->count || now < ladder->deadline)
        return 0;
    const struct reaper_step *step = &ladder->plan->steps[ladder->next++];
    ladder->deadline = ladder->next == ladder->plan->count ? CLOCK_NEVER : now + step->pause;
    return step->signal_number;
}

/* ---- all children ---- */

/* Children looked at in one go; the others follow when some of these have ended. */
#define HERD_BATCH 4096

void reaper_herd_release(struct reaper_herd *herd)
{
    buffer_release(&herd->told);
}

void reaper_herd_begin(struct reaper_herd *herd, int signal_number)
{
    herd->signal_number = signal_number;
    buffer_clear(&herd->told);
}

void reaper_herd_note(struct reaper_herd *herd, pid_t pid)
{
    buffer_append(&herd->told, &pid, sizeof pid);
}

static bool was_told(const struct reaper_herd *herd, pid_t pid)
{
    for (size_t i = 0; i < buffer_length(&herd->told); i += sizeof pid)
        if (memcmp(buffer_bytes(&herd->told) + i, &pid, sizeof pid) == 0)
            return true;
    return false;
}

/* A child that has not been reaped keeps the number of its group from becoming anybody else's. */
static void signal_child(struct reaper_herd *herd, pid_t child)
{
    pid_t group = getpgid(child);
    bool is_apart = group > 1 && group != getpgrp();
    pid_t whom = is_apart ? group : child;
    if (was_told(herd, whom))
        return;
    reaper_herd_note(herd, whom);
    if (is_apart) {
        reaper_signal_group(group, herd->signal_number);
    } else {
        reaper_signal(child, herd->signal_number);
        reaper_signal(child, SIGCONT);
    }
}

size_t reaper_herd_look(struct reaper_herd *herd, bool (*is_spared)(const void *context, pid_t pid),
                        const void *context)
{
    size_t others = 0;
    if (herd->signal_number == 0)
        return 0;
    pid_t *children = xcalloc(HERD_BATCH, sizeof *children);
    ssize_t count = platform_glance_children(children, HERD_BATCH);
    for (ssize_t i = 0; i < count; i++) {
        if (!is_ours(children[i]) || (is_spared != NULL && is_spared(context, children[i])))
            continue;
        others++;
        if (!was_told(herd, children[i]))
            signal_child(herd, children[i]);
    }
    free(children);
    return others;
}
