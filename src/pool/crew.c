#include "pool/crew.h"

#include "base/io.h"
#include "base/xalloc.h"
#include "proc/signals.h"

#include <assert.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#ifndef MAP_NORESERVE
#define MAP_NORESERVE 0
#endif

#define BOARD_ROOM CACHE_LINE
static_assert(sizeof(struct board) <= BOARD_ROOM, "the board has a cache line of its own");

static size_t mapping_size(unsigned seats)
{
    return BOARD_ROOM + seats * sizeof(struct outbox_shared);
}

int crew_init(struct crew *crew, unsigned seats, const struct worker_plan *plan, struct queue *queue,
              struct poller *poller)
{
    *crew = (struct crew){.seats = seats, .plan = plan, .queue = queue, .poller = poller};
    /* The board, then the outboxes. Only what is really touched takes memory. */
    void *mapping = mmap(NULL, mapping_size(seats), PROT_READ | PROT_WRITE,
                         MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (mapping == MAP_FAILED)
        return -1;
    crew->board = mapping;
    crew->outboxes = (struct outbox_shared *)((char *)mapping + BOARD_ROOM);
    crew->members = xcalloc(seats, sizeof *crew->members);
    for (unsigned i = 0; i < seats; i++)
        crew->members[i] = (struct crew_member){.number = i, .results = {.fd = -1}, .control_fd = -1};
    return 0;
}

void crew_release(struct crew *crew)
{
    for (unsigned i = 0; i < crew->seats; i++) {
        channel_release(&crew->members[i].results);
        buffer_release(&crew->members[i].task.bytes);
    }
    free(crew->members);
    munmap(crew->board, mapping_size(crew->seats));
    *crew = (struct crew){0};
}

/* In a new worker: the ends of the others' pipes, or no end of file would ever come on them. */
static void forget_others(struct crew *crew)
{
    for (unsigned i = 0; i < crew->seats; i++) {
        io_close(&crew->members[i].results.fd);
        io_close(&crew->members[i].control_fd);
    }
    poller_close(crew->poller);
    if (crew->in_child != NULL)
        crew->in_child(crew->context);
}

static struct crew_member *free_seat(struct crew *crew)
{
    for (unsigned i = 0; i < crew->seats; i++)
        if (crew->members[i].pid == 0)
            return &crew->members[i];
    errno = EAGAIN;
    return NULL;
}

/* What the one before left in the seat's outbox is not the new one's. */
static void clear_outbox(struct outbox_shared *outbox)
{
    atomic_store(&outbox->committed, 0);
    atomic_store(&outbox->progress, 0);
    atomic_store(&outbox->task, 0);
    atomic_store(&outbox->since, 0);
    atomic_store(&outbox->work_time, 0);
    atomic_store(&outbox->work_items, 0);
    atomic_store(&outbox->passed, 0);
    atomic_store(&outbox->leave, 0);
    atomic_store(&outbox->awake, 0);
    atomic_store(&outbox->paused, 0);
}

struct crew_member *crew_hire(struct crew *crew)
{
    int results[2] = {-1, -1}, control[2] = {-1, -1};
    struct crew_member *member = free_seat(crew);

    if (member == NULL || platform_pipe(results, true) < 0 || platform_pipe(control, true) < 0)
        goto fail;
    clear_outbox(crew_outbox(crew, member));
    pid_t parent = getpid();
    pid_t pid = fork();
    if (pid < 0)
        goto fail;
    if (pid == 0) {
        struct worker_seat seat = {.number = member->number,
                                   .parent = parent,
                                   .results_fd = results[1],
                                   .control_fd = control[0],
                                   .outbox = crew_outbox(crew, member),
                                   .board = crew->board};
        io_close(&results[0]);
        io_close(&control[1]);
        forget_others(crew);
        worker_main(crew->plan, &seat, crew->queue);
    }
    io_close(&results[1]);
    io_close(&control[0]);
    *member = (struct crew_member){.number = member->number, .pid = pid, .control_fd = control[1]};
    channel_open(&member->results, results[0]);
    crew->alive++;
    crew_watch(crew, member, true);
    return member;

fail:
    io_close(&results[0]);
    io_close(&results[1]);
    io_close(&control[0]);
    io_close(&control[1]);
    return NULL;
}

void crew_watch(struct crew *crew, struct crew_member *member, bool watch)
{
    if (member->watched == watch || member->results.fd < 0)
        return;
    unsigned now = watch ? POLLER_READ : 0, before = member->watched ? POLLER_READ : 0;
    if (poller_watch(crew->poller, member->results.fd, before, now, member) == 0)
        member->watched = watch;
}

/* True when nothing of it is left to be reaped. */
static bool try_reap(struct crew_member *member)
{
    if (!member->reaped)
        member->reaped = reaper_try(member->pid, &member->status) != 0;
    return member->reaped;
}

void crew_drained(struct crew *crew, struct crew_member *member)
{
    crew_watch(crew, member, false);
    member->drained = true;
    io_close(&member->results.fd);
    /* It closes its pipe by ending; whatever else may have closed it must not keep it. */
    if (!try_reap(member))
        reaper_signal(member->pid, SIGKILL);
}

/*
 * A task whose worker was killed is killed with it and comes to us, perhaps before the worker is buried. Reaped, it would no longer
 * hold the number of its group, and what else is in that would be out of reach.
 */
static void kill_group_of_orphan(struct crew *crew, pid_t pid)
{
    for (unsigned i = 0; i < crew->seats; i++)
        if (atomic_load_explicit(&crew->outboxes[i].task, memory_order_acquire) == (uint32_t)pid)
            reaper_signal_group(pid, SIGKILL);
}

void crew_note_stopped(struct crew *crew, struct crew_member *member, bool is_stopped)
{
    crew->stopped = crew->stopped + is_stopped - member->stopped;
    member->stopped = is_stopped;
    member->stopped_at = board_task_clock(crew->board, clock_now());
}

static void hear_of_stops(struct crew *crew)
{
    bool is_stopped;
    for (pid_t pid; (pid = reaper_next_stop(&is_stopped)) > 0;)
        for (unsigned i = 0; i < crew->seats; i++)
            if (crew->members[i].pid == pid)
                crew_note_stopped(crew, &crew->members[i], is_stopped);
}

bool crew_reap(struct crew *crew)
{
    struct reaper_status status;
    bool others = false;
    for (pid_t pid; (pid = reaper_peek_any()) > 0;) {
        struct crew_member *member = NULL;
        for (unsigned i = 0; i < crew->seats && member == NULL; i++)
            if (crew->members[i].pid == pid && !crew->members[i].reaped)
                member = &crew->members[i];
        if (member == NULL)
            kill_group_of_orphan(crew, pid);
        others = others || member == NULL;
        if (reaper_try(pid, &status) != 1)
            break;
        if (member != NULL) {
            member->reaped = true;
            member->status = status;
        }
    }
    hear_of_stops(crew);
    /* Those that nothing but this is waited for, so that they are not waited for in vain. */
    for (unsigned i = 0; i < crew->seats; i++)
        if (crew->members[i].pid != 0 && crew->members[i].drained)
            (void)try_reap(&crew->members[i]);
    return others;
}

void crew_close_seat(struct crew *crew, struct crew_member *member)
{
    queue_forget_sleeper(crew->queue, member->number);
    channel_release(&member->results);
    io_close(&member->control_fd);
    buffer_release(&member->task.bytes);
    crew_asks(crew, member, 0);
    crew->stopped -= member->stopped;
    atomic_store(&crew_outbox(crew, member)->task, 0); /* whose number may become another process's */
    member->pid = 0;
    crew->alive--;
}

void crew_dismiss(struct crew *crew, enum message_type how, int signal_number)
{
    for (unsigned i = 0; i < crew->seats; i++) {
        struct crew_member *member = &crew->members[i];
        if (member->pid == 0 || member->reaped)
            continue;
        /* The order for one that supervises a task; the signal for one that computes or sleeps. */
        (void)channel_send(member->control_fd, how, (uint32_t)signal_number);
        reaper_signal(member->pid, SIGNALS_END_WORKER);
        reaper_signal(member->pid, SIGCONT); /* somebody may have stopped it */
    }
}

void crew_kill_task(struct crew *crew, struct crew_member *member)
{
    pid_t task = (pid_t)atomic_load_explicit(&crew_outbox(crew, member)->task, memory_order_acquire);
    /* Ours since its parent died, so nobody else can have reaped it and its number is still its own. */
    if (task > 1 && reaper_is_child(task))
        reaper_signal_group(task, SIGKILL);
}

/* To go on is not for those that pause, or have been stopped for that. */
static void tell(struct crew *crew, enum message_type what)
{
    for (unsigned i = 0; i < crew->seats; i++)
        if (crew->members[i].pid != 0 && !crew->members[i].reaped &&
            (what != MESSAGE_CONTINUE || !crew->members[i].paused))
            (void)channel_send(crew->members[i].control_fd, what, 0);
}

static void signal_all(struct crew *crew, int signal_number)
{
    for (unsigned i = 0; i < crew->seats; i++)
        if (crew->members[i].pid != 0 && !crew->members[i].reaped &&
            (signal_number != SIGCONT || !crew->members[i].halted))
            reaper_signal(crew->members[i].pid, signal_number);
}

void crew_kill(struct crew *crew)
{
    signal_all(crew, SIGKILL);
}

/*
 * Wake one that may wait for the queue and for other things as well. A byte in the queue's pipe would do for whoever is first; this
 * is its own.
 */
static void nudge(struct crew_member *member)
{
    if (member->pid != 0 && !member->reaped)
        (void)channel_send(member->control_fd, MESSAGE_LIMIT, 0);
}

bool crew_send_home(struct crew *crew)
{
    for (unsigned i = crew->seats; i-- > 0;) {
        struct crew_member *member = &crew->members[i];
        if (member->pid == 0 || member->leaving)
            continue;
        member->leaving = true;
        atomic_store_explicit(&crew_outbox(crew, member)->leave, 1, memory_order_release);
        queue_wake(crew->queue, UINT_MAX);
        if (crew->plan->function == NULL)
            nudge(member);
        return true;
    }
    return false;
}

void crew_set_head(struct crew *crew, uint64_t head)
{
    if (head != board_head(crew->board))
        atomic_store_explicit(&crew->board->head, head, memory_order_relaxed);
    for (unsigned i = 0; i < crew->seats && head != 0 && crew->asking > 0; i++) {
        struct crew_member *member = &crew->members[i];
        if (member->pid == 0 || member->asks != head)
            continue;
        member->asks = 0;
        crew->asking--;
        (void)channel_grant(member->control_fd, head - 1); /* whoever does not read it is gone */
    }
}

void crew_asks(struct crew *crew, struct crew_member *member, uint64_t head)
{
    crew->asking = crew->asking + (head != 0) - (member->asks != 0);
    member->asks = head;
}

void crew_press(struct crew *crew, bool pressed)
{
    /* Either who has announced to sleep sees it, or we see that it sleeps: pairs with queue_announce. */
    atomic_store_explicit(&crew->board->pressed, pressed, memory_order_relaxed);
    atomic_thread_fence(memory_order_seq_cst);
    for (unsigned i = 0; pressed && i < crew->seats; i++)
        if (queue_is_asleep(crew->queue, i))
            nudge(&crew->members[i]);
}

unsigned crew_staying(const struct crew *crew)
{
    unsigned staying = 0;
    for (unsigned i = 0; i < crew->seats; i++)
        staying += crew->members[i].pid != 0 && !crew->members[i].leaving;
    return staying;
}

/* A worker that computes stops as it is; one that supervises a task stops the task, and stays awake for its end. */
void crew_stop(struct crew *crew)
{
    atomic_store_explicit(&crew->board->stopped, 1, memory_order_relaxed);
    if (crew->plan->function != NULL)
        signal_all(crew, SIGSTOP);
    else
        tell(crew, MESSAGE_STOP);
}

void crew_continue(struct crew *crew, nanoseconds stopped)
{
    atomic_fetch_add_explicit(&crew->board->stopped_time, stopped, memory_order_relaxed);
    atomic_store_explicit(&crew->board->stopped, 0, memory_order_relaxed);
    if (crew->plan->function != NULL)
        signal_all(crew, SIGCONT);
    else
        tell(crew, MESSAGE_CONTINUE);
    queue_wake(crew->queue, UINT_MAX);
}

/* A function's time is counted by the parent alone: while it pauses, none goes by. */
static void move_since(struct crew *crew, const struct crew_member *member, nanoseconds now)
{
    _Atomic uint64_t *since = &crew_outbox(crew, member)->since;
    uint64_t began = atomic_load_explicit(since, memory_order_relaxed);
    if (began != 0)
        atomic_store_explicit(since, began + board_task_clock(crew->board, now) - member->paused_at,
                              memory_order_relaxed);
}

/* One that has what others wait for is left alone until the next time. */
static void halt_computing(struct crew *crew, struct crew_member *member)
{
    if (member->halted || atomic_load(&crew_outbox(crew, member)->awake) != 0)
        return;
    reaper_signal(member->pid, SIGSTOP);
    member->halted = true;
}

void crew_pause(struct crew *crew, struct crew_member *member, bool pause, nanoseconds now)
{
    bool computes = crew->plan->function != NULL;
    if (member->pid == 0 || member->reaped)
        return;
    if (member->paused == pause) {
        if (pause && computes)
            halt_computing(crew, member);
        return;
    }
    member->paused = pause;
    if (pause)
        member->paused_at = board_task_clock(crew->board, now);
    /* Before the order is sent: who reads that between two tasks finds the other, and begins none. */
    atomic_store(&crew_outbox(crew, member)->paused, pause);
    if (!computes)
        (void)channel_send(member->control_fd, pause ? MESSAGE_STOP : MESSAGE_CONTINUE, 0);
    if (computes && !pause)
        move_since(crew, member, now);
    if (computes && pause)
        halt_computing(crew, member);
    if (computes && !pause) {
        reaper_signal(member->pid, SIGCONT);
        member->halted = false;
    }
    if (!pause)
        queue_wake(crew->queue, UINT_MAX); /* it may have gone to sleep before a full queue */
}

void crew_set_time_limit(struct crew *crew, nanoseconds limit)
{
    nanoseconds before = board_time_limit(crew->board);
    atomic_store_explicit(&crew->board->time_limit, limit, memory_order_relaxed);
    /* Who has set an alarm for a longer time must set a new one. */
    if (crew->plan->function == NULL && limit != 0 && (before == 0 || limit < before - before / 16))
        tell(crew, MESSAGE_LIMIT);
}

/* When one member is to be looked at again; one that is late is told now. */
static nanoseconds check_member(struct crew *crew, struct crew_member *member, nanoseconds limit,
                                nanoseconds now)
{
    nanoseconds since = atomic_load_explicit(&crew_outbox(crew, member)->since, memory_order_relaxed);
    nanoseconds used = board_task_clock(crew->board, now) - since;

    if (since == 0)
        return now + limit; /* idle, but it may begin at once */
    if (used < limit)
        return now + (limit - used);
    reaper_signal(member->pid, SIGALRM);
    return now + limit / 16 + NS_PER_MS;
}

nanoseconds crew_check_time(struct crew *crew, nanoseconds now)
{
    nanoseconds limit = board_time_limit(crew->board), next = CLOCK_NEVER;
    if (limit == 0 || crew->plan->function == NULL)
        return CLOCK_NEVER;
    for (unsigned i = 0; i < crew->seats; i++) {
        struct crew_member *member = &crew->members[i];
        nanoseconds due = member->pid == 0 || member->reaped || member->paused
                              ? CLOCK_NEVER
                              : check_member(crew, member, limit, now);
        next = due < next ? due : next;
    }
    return next;
}
