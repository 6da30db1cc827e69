#include "pool/crew.h"

#include "base/io.h"
#include "base/xalloc.h"
#include "proc/signals.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#ifndef MAP_NORESERVE
#define MAP_NORESERVE 0
#endif

#define BOARD_ROOM CACHE_LINE
static_assert(sizeof(struct run_state) <= BOARD_ROOM, "the run_state has a cache line of its own");

static size_t mapping_size(unsigned seats)
{
    return BOARD_ROOM + seats * (sizeof(struct outbox_shared) + OUTBOX_SIZE);
}

int crew_init(struct crew *crew, unsigned seats, const struct worker_plan *plan, struct queue *queue,
              struct poller *poller)
{
    *crew = (struct crew){.seats = seats, .plan = plan, .queue = queue, .poller = poller};
    /* The run_state, then the words of the outboxes, then their bytes. Only what is really touched takes
     * memory. */
    void *mapping = mmap(NULL, mapping_size(seats), PROT_READ | PROT_WRITE,
                         MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (mapping == MAP_FAILED)
        return -1;
    crew->run_state = mapping;
    crew->outboxes = (struct outbox_shared *)((char *)mapping + BOARD_ROOM);
    crew->outbox_bytes = (char *)(crew->outboxes + seats);
    crew->members = xcalloc(seats, sizeof *crew->members);
    crew->pids = xcalloc(seats, sizeof *crew->pids);
    crew->gone_end = &crew->gone;
    shelf_init(&crew->shelf, 2 * seats);
    platform_raise_descriptors(SHELF_FIRST + 2 * (size_t)seats);
    for (unsigned i = 0; i < seats; i++)
        crew->members[i] =
            (struct crew_member){.number = i, .results = {.fd = -1}, .control_fd = -1, .own = {-1, -1}};
    return 0;
}

void crew_release(struct crew *crew)
{
    for (unsigned i = 0; i < crew->seats; i++) {
        channel_release(&crew->members[i].results);
        buffer_release(&crew->members[i].task.bytes);
    }
    buffer_release(&crew->spare);
    free(crew->pids);
    free(crew->members);
    munmap(crew->run_state, mapping_size(crew->seats));
    *crew = (struct crew){0};
}

/* In a new worker. Nothing is written to the members, or each worker had a copy of that memory. */
static void close_one_by_one(const struct crew *crew)
{
    for (unsigned i = 0; i < crew->top; i++) {
        const struct crew_member *member = &crew->members[i];
        const int ends[] = {member->results.fd, member->control_fd, member->own[0], member->own[1]};
        for (size_t k = 0; k < ARRAY_LENGTH(ends) && member->pid != 0; k++)
            if (ends[k] >= 0)
                close(ends[k]);
    }
}

/* In a new worker: what only the parent may hold, above all the ends of the others' pipes, or no end of file
 * would come there. */
static void forget_others(struct crew *crew, const int own[2])
{
    if (!shelf_leave(&crew->shelf, own))
        close_one_by_one(crew);
    platform_restore_descriptors();
    reaper_forget_strangers();
    poller_close(crew->poller);
    if (crew->in_child != NULL)
        crew->in_child(crew->context);
}

static struct crew_member *free_seat(struct crew *crew)
{
    while (crew->free_from < crew->seats && crew->members[crew->free_from].pid != 0)
        crew->free_from++;
    if (crew->free_from < crew->seats)
        return &crew->members[crew->free_from];
    errno = EAGAIN;
    return NULL;
}

/* Both pipes of a new worker. */
static int open_pipes(struct crew *crew, unsigned number, int results[2], int control[2])
{
    struct shelf *shelf = &crew->shelf;
    shelf_prepare(shelf);
    if (platform_pipe(results, true) < 0 || platform_pipe(control, true) < 0)
        return -1;
    if (!shelf_has_room(shelf, (const int[]){results[1], control[0]})) {
        if (crew->sharing > 0) {
            crew->crowded = true;
            errno = EBUSY;
            return -1;
        }
        shelf_give_up(shelf);
    }
    results[0] = shelf_put(shelf, results[0], 2 * number);
    control[1] = shelf_put(shelf, control[1], 2 * number + 1);
    return 0;
}

static void close_own(struct crew *crew, struct crew_member *member)
{
    crew->sharing -= member->own[0] >= 0;
    crew->crowded = false;
    io_close(&member->own[0]);
    io_close(&member->own[1]);
}

void crew_greeted(struct crew *crew, struct crew_member *member)
{
    close_own(crew, member);
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

    if (member == NULL || open_pipes(crew, member->number, results, control) < 0)
        goto fail;
    crew->top = crew->top > member->number ? crew->top : member->number + 1;
    clear_outbox(crew_outbox(crew, member));
    pid_t parent = getpid();
    pid_t pid = shelf_fork(&crew->shelf);
    if (pid < 0)
        goto fail;
    if (pid == 0) {
        struct worker_seat seat = {.number = member->number,
                                   .parent = parent,
                                   .results_fd = results[1],
                                   .control_fd = control[0],
                                   .outbox = crew_outbox_memory(crew, member),
                                   .run_state = crew->run_state};
        if (!shelf_is_shared(&crew->shelf)) {
            io_close(&results[0]);
            io_close(&control[1]);
        }
        forget_others(crew, (const int[]){results[1], control[0]});
        worker_main(crew->plan, &seat, crew->queue);
    }
    *member = (struct crew_member){
        .number = member->number, .pid = pid, .control_fd = control[1], .own = {results[1], control[0]}};
    crew->sharing++;
    if (!shelf_is_shared(&crew->shelf))
        close_own(crew, member);
    channel_open(&member->results, results[0]);
    member->results.spare = &crew->spare;
    crew->pids[member->number] = pid;
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
    if (poller_watch(crew->poller, member->results.fd, before, now, member) < 0)
        return;
    crew->watching = crew->watching + watch - member->watched;
    member->watched = watch;
}

/* It has been drained, or reaped: the second of the two makes it gone. */
static void note_half_gone(struct crew *crew, struct crew_member *member)
{
    if (!member->drained || !member->reaped)
        return;
    member->next_gone = NULL;
    *crew->gone_end = member;
    crew->gone_end = &member->next_gone;
}

struct crew_member *crew_take_silenced(struct crew *crew)
{
    struct crew_member *member = crew->silenced;
    if (member != NULL)
        crew->silenced = member->next_silenced;
    return member;
}

struct crew_member *crew_take_gone(struct crew *crew)
{
    struct crew_member *member = crew->gone;
    if (member == NULL)
        return NULL;
    crew->gone = member->next_gone;
    if (crew->gone == NULL)
        crew->gone_end = &crew->gone;
    return member;
}

static void note_reaped(struct crew *crew, struct crew_member *member)
{
    member->reaped = true;
    crew->pids[member->number] = 0;
    crew->unreaped -= member->drained;
    close_own(crew, member);
    if (!member->drained) {
        member->next_silenced = crew->silenced;
        crew->silenced = member;
    }
    note_half_gone(crew, member);
}

/* True when nothing of it is left to be reaped. */
static bool try_reap(struct crew *crew, struct crew_member *member)
{
    if (!member->reaped && reaper_try(member->pid, &member->status) != 0)
        note_reaped(crew, member);
    return member->reaped;
}

void crew_drained(struct crew *crew, struct crew_member *member)
{
    crew_watch(crew, member, false);
    member->drained = true;
    crew->drained++;
    crew->unreaped += !member->reaped;
    io_close(&member->results.fd);
    note_half_gone(crew, member);
    /* It closes its pipe by ending; whatever else may have closed it must not keep it. */
    if (!try_reap(crew, member))
        reaper_signal(member->pid, SIGKILL);
}

/*
 * A task whose worker was killed is killed with it and comes to us, perhaps before the worker is buried.
 * Reaped, it would no longer hold the number of its group, and what else is in that would be out of reach.
 */
static void kill_group_of_orphan(struct crew *crew, pid_t pid)
{
    for (unsigned i = 0; i < crew->seats; i++)
        if (atomic_load_explicit(&crew->outboxes[i].task, memory_order_acquire) == (uint32_t)pid)
            reaper_signal_group(pid, SIGKILL);
}

static struct crew_member *member_of(struct crew *crew, pid_t pid)
{
    for (unsigned i = 0; i < crew->top; i++)
        if (crew->pids[i] == pid)
            return &crew->members[i];
    return NULL;
}

void crew_note_stopped(struct crew *crew, struct crew_member *member, bool is_stopped)
{
    crew->stopped = crew->stopped + is_stopped - member->stopped;
    crew->lost_help = crew->lost_help || is_stopped;
    member->stopped = is_stopped;
    member->stopped_at = run_state_task_clock(crew->run_state, clock_now());
}

/* Each stop and each continuation is told by a SIGCHLD. */
static void hear_of_stops(struct crew *crew)
{
    bool is_stopped;
    for (pid_t pid; (pid = reaper_next_stop(&is_stopped)) > 0;) {
        struct crew_member *member = member_of(crew, pid);
        if (member != NULL)
            crew_note_stopped(crew, member, is_stopped);
    }
}

bool crew_reap(struct crew *crew)
{
    struct reaper_status status;
    bool others = false;
    for (pid_t pid; (pid = reaper_peek_any()) > 0;) {
        struct crew_member *member = member_of(crew, pid);
        if (member == NULL)
            kill_group_of_orphan(crew, pid);
        others = others || member == NULL;
        if (reaper_try(pid, &status) != 1)
            break;
        if (member != NULL) {
            member->status = status;
            note_reaped(crew, member);
        }
    }
    hear_of_stops(crew);
    /* Members of which only the reaping was waited for are told, so that nobody waits for them in vain. */
    for (unsigned i = 0; i < crew->top && crew->unreaped > 0; i++)
        if (crew->members[i].pid != 0 && crew->members[i].drained)
            (void)try_reap(crew, &crew->members[i]);
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
    crew->leaving -= member->leaving;
    crew->lost_help = true;
    crew->drained -= member->drained;
    crew->free_from = member->number < crew->free_from ? member->number : crew->free_from;
    member->stopped = member->leaving = false;
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
 * Wake one that may wait for the queue and for other things as well. A byte in the queue's pipe would do for
 * whoever is first; this is its own.
 */
static void nudge(struct crew_member *member)
{
    if (member->pid != 0 && !member->reaped)
        (void)channel_send(member->control_fd, MESSAGE_LIMIT, 0);
}

void crew_ask_to_leave(struct crew *crew, struct crew_member *member)
{
    crew->leaving += !member->leaving;
    member->leaving = true;
    atomic_store_explicit(&crew_outbox(crew, member)->leave, 1, memory_order_release);
    queue_wake(crew->queue, UINT_MAX);
    if (crew->plan->function == NULL)
        nudge(member);
}

bool crew_send_home(struct crew *crew)
{
    for (unsigned i = crew->seats; i-- > 0;) {
        struct crew_member *member = &crew->members[i];
        if (member->pid == 0 || member->leaving)
            continue;
        crew_ask_to_leave(crew, member);
        return true;
    }
    return false;
}

void crew_set_head(struct crew *crew, uint64_t head)
{
    if (head != run_state_head(crew->run_state))
        atomic_store_explicit(&crew->run_state->head, head, memory_order_relaxed);
    for (unsigned i = 0; i < crew->seats && head != 0 && crew->asking > 0; i++) {
        struct crew_member *member = &crew->members[i];
        if (member->pid == 0 || member->asks != head)
            continue;
        member->asks = 0;
        crew->asking--;
        (void)channel_pass_grant(member->control_fd, head - 1); /* whoever does not read it is gone */
    }
}

void crew_asks(struct crew *crew, struct crew_member *member, uint64_t head)
{
    crew->asking = crew->asking + (head != 0) - (member->asks != 0);
    member->asks = head;
}

void crew_set_input_drained(struct crew *crew, bool input_drained)
{
    /* Either who has announced to sleep sees it, or we see that it sleeps: pairs with queue_announce. */
    atomic_store_explicit(&crew->run_state->input_drained, input_drained, memory_order_relaxed);
    atomic_thread_fence(memory_order_seq_cst);
    for (unsigned i = 0; input_drained && i < crew->seats; i++)
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

/* A worker that computes stops as it is; one that supervises a task stops the task, and stays awake for its
 * end. */
void crew_stop(struct crew *crew)
{
    atomic_store_explicit(&crew->run_state->stopped, 1, memory_order_relaxed);
    if (crew->plan->function != NULL)
        signal_all(crew, SIGSTOP);
    else
        tell(crew, MESSAGE_STOP);
}

void crew_continue(struct crew *crew, nanoseconds stopped)
{
    atomic_fetch_add_explicit(&crew->run_state->stopped_time, stopped, memory_order_relaxed);
    atomic_store_explicit(&crew->run_state->stopped, 0, memory_order_relaxed);
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
        atomic_store_explicit(since, began + run_state_task_clock(crew->run_state, now) - member->paused_at,
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
        member->paused_at = run_state_task_clock(crew->run_state, now);
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
        crew_note_stopped(crew, member, false); /* the word of that comes later */
    }
    if (!pause)
        queue_wake(crew->queue, UINT_MAX); /* it may have gone to sleep before a full queue */
}

void crew_set_time_limit(struct crew *crew, nanoseconds limit)
{
    nanoseconds before = run_state_time_limit(crew->run_state);
    atomic_store_explicit(&crew->run_state->time_limit, limit, memory_order_relaxed);
    /* Who has set an alarm for a longer time must set a new one. */
    if (crew->plan->function == NULL && limit != 0 && (before == 0 || limit < before - before / 16))
        tell(crew, MESSAGE_LIMIT);
}

/* When one member is to be looked at again; one that is late is told now. */
static nanoseconds check_member(struct crew *crew, struct crew_member *member, nanoseconds limit,
                                nanoseconds now)
{
    nanoseconds since = atomic_load_explicit(&crew_outbox(crew, member)->since, memory_order_relaxed);
    nanoseconds used = run_state_task_clock(crew->run_state, now) - since;

    if (since == 0)
        return now + limit; /* idle, but it may begin at once */
    if (used < limit)
        return now + (limit - used);
    reaper_signal(member->pid, SIGALRM);
    return now + limit / 16 + NS_PER_MS;
}

nanoseconds crew_check_time(struct crew *crew, nanoseconds now)
{
    nanoseconds limit = run_state_time_limit(crew->run_state), next = CLOCK_NEVER;
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
