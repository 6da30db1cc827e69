/*
 * How a child is ended and reaped. Its first program leads the process group: it is reaped last, because
 * until then the number of the group is nobody else's.
 */
#include "worker/child_internal.h"

#include "base/io.h"
#include "base/platform.h"
#include "proc/signals.h"

#include <errno.h>
#include <unistd.h>

/* The first program's group is everybody's; but a program may have left it, and then it and its group are
 * told apart. */
void child_signal(const struct child *child, int signal_number)
{
    if (!child->programs[0].reaped)
        reaper_signal_group(child->pid, signal_number);
    for (size_t i = 1; i < child->command->plan->program_count; i++) {
        pid_t pid = child->command->programs[i].pid,
              group = child->programs[i].reaped ? child->pid : getpgid(pid);
        if (group == pid)
            reaper_signal_group(pid, signal_number);
        else if (group != child->pid)
            reaper_signal(pid, signal_number);
    }
}

void child_end_at_once(const struct child *child)
{
    if (!child->reaped && child->pid > 0)
        child_signal(child, SIGKILL);
    (void)reaper_sweep(clock_now() + CHILD_SWEEP_TIME, signals_worker_mask());
}

static void note_reaped(struct child *child)
{
    FAULT_POINT(after_reap);
    child->reaped = true;
    atomic_store_explicit(&child->command->link.outbox->shared->task, 0, memory_order_relaxed);
    io_close(&child->pidfd);
}

/* Whether what has lost its parent is found: it comes to a subreaper, who learns its number from /proc. */
static bool finds_orphans(const struct child *child)
{
    return child->command->subreaper && platform_list_children(NULL, 0) >= 0;
}

/*
 * On the way down the ladder: a group of its own is out of reach once its leader has been reaped, so it is
 * killed before. That is to be decided and done for a leader that is known to have ended: one that ends
 * between a look and the reaping would take its group along. False: the leader runs, and is not to be reaped
 * now.
 */
static bool group_may_go(struct child *child, size_t index, bool wait)
{
    pid_t pid = child->command->programs[index].pid;
    if (!reaper_ladder_begun(&child->ladder))
        return true;
    /* The rest of the first program's group comes to us, where orphans do, and has its grace time. */
    if (index == 0 ? finds_orphans(child) : getpgid(pid) != pid)
        return true;
    if (!reaper_has_ended(pid))
        return wait || !reaper_is_child(pid);
    reaper_signal_group(pid, SIGKILL);
    return true;
}

static bool try_reap_program(struct child *child, size_t index, bool wait)
{
    pid_t pid = child->command->programs[index].pid;
    struct reaper_status *status = &child->programs[index].status;
    if (child->programs[index].reaped)
        return true;
    if (group_may_go(child, index, wait))
        child->programs[index].reaped = (wait ? reaper_wait(pid, status) : reaper_try(pid, status)) != 0;
    return child->programs[index].reaped;
}

/* The first program last: until it is reaped the number of the group is not anybody else's. */
static void reap(struct child *child, bool wait)
{
    bool all = true;
    if (child->reaped)
        return;
    for (size_t i = child->command->plan->program_count; i-- > 1;)
        all = try_reap_program(child, i, wait) && all;
    if (all && try_reap_program(child, 0, wait))
        note_reaped(child);
}

void child_try_reap(struct child *child)
{
    reap(child, false);
}

/* Watch a program that has not ended, the first one last, for the reason above. */
void child_watch_program(struct child *child)
{
    if (child->pidfd >= 0 && child->programs[child->watched].reaped)
        io_close(&child->pidfd);
    if (child->pidfd >= 0)
        return;
    child->watched = child->command->plan->program_count - 1;
    while (child->watched > 0 && child->programs[child->watched].reaped)
        child->watched--;
    child->pidfd = platform_pidfd_open(child->command->programs[child->watched].pid);
}

/* A step before KILL: for its group, and for whoever has left that and come to us, or does so later. */
static void signal_tree(struct child *child, int signal_number)
{
    reaper_herd_begin(&child->herd, signal_number);
    if (!child->reaped) {
        child_signal(child, signal_number);
        for (size_t i = 0; i < child->command->plan->program_count; i++)
            reaper_herd_note(&child->herd, i == 0 ? child->pid : child->command->programs[i].pid);
    }
    reaper_herd_look(&child->herd, NULL, NULL);
}

/* Take every step of the ladder that is due. After KILL nothing of the task's tree stays. */
void child_descend(struct child *child, nanoseconds now)
{
    for (int signal_number; (signal_number = reaper_ladder_due(&child->ladder, now)) != 0;) {
        if (signal_number != SIGKILL) {
            signal_tree(child, signal_number);
            continue;
        }
        if (!child->reaped)
            child_signal(child, SIGKILL);
        child->killed = now;
        reap(child, true);
        (void)reaper_sweep(now + CHILD_SWEEP_TIME, signals_worker_mask());
        child->swept = true;
    }
}

/* While a ladder is under way the tree counts, not only its leader. Of those whom it left, *reaped have ended
 * by now. */
bool child_reap_tree(size_t *reaped)
{
    struct reaper_status unused;
    pid_t got;
    for (*reaped = 0; (got = reaper_try_any(&unused)) > 0;)
        ++*reaped;
    return got < 0;
}

bool child_tree_gone(void)
{
    size_t reaped;
    return child_reap_tree(&reaped);
}

bool child_has_ended(const struct child *child)
{
    for (size_t i = 0; i < child->command->plan->program_count; i++)
        if (!child->programs[i].reaped && !reaper_has_ended(child->command->programs[i].pid))
            return false;
    return true;
}

/* A writer that its reader has left. */
static bool was_left(const struct child *child, size_t index)
{
    return child->programs[index].status.signal_number == SIGPIPE &&
           index + 1 < child->command->plan->program_count;
}

/* Being left is no failure where one behind has done well, and not the one to be told where another has
 * failed. */
static bool has_failed(const struct child *child, size_t index)
{
    if (child->programs[index].status.exit_status == 0)
        return false;
    for (size_t i = 0; was_left(child, index) && i < child->command->plan->program_count; i++)
        if ((i > index && child->programs[i].status.exit_status == 0) ||
            (child->programs[i].status.exit_status != 0 && !was_left(child, i)))
            return false;
    return true;
}

/* How the first program that failed ended, if one did. */
void child_judge(const struct child *child, struct message_done *done)
{
    size_t count = child->command->plan->program_count, i = 0;
    while (i < count && !has_failed(child, i))
        i++;
    if (i == count)
        return;
    const struct reaper_status *status = &child->programs[i].status;
    done->outcome = status->signal_number != 0 ? OUTCOME_SIGNAL : OUTCOME_EXIT;
    done->code = (uint32_t)(status->signal_number != 0 ? status->signal_number : status->exit_status);
    done->program = count > 1 ? (uint32_t)i + 1 : 0;
}
