/*
 * A run is over when two separate things have happened: its process has ended, and its output has been read
 * to the end. Where pipes are shared (see run_pipes.c) the first is told by one descriptor for all children. Else the second mostly comes
 * first, and then one wait4 tells the first; so a descriptor for the process (pidfd) is opened only for those that outlive their output
 * or a first moment. A background child
 * can hold the output open after the process has ended; it is heard as long as it says something and LINGER
 * longer, but not for longer than LISTEN in all.
 */
#include "worker/run.h"

#include "base/io.h"
#include "base/log.h"
#include "base/platform.h"
#include "output/shape.h"
#include "proc/signals.h"
#include "worker/exit_status.h"

#include <errno.h>
#include <poll.h>
#include <stdnoreturn.h>
#include <string.h>
#include <unistd.h>

/* How long silence on a pipe that only a background child still holds is waited for. */
#define LINGER       (100 * NS_PER_MS)
/* And how long one that is never silent is listened to, by the task clock. */
#define LISTEN       (1 * NS_PER_S)
/* Tasks that end within this never cost a pidfd. */
#define FIRST_MOMENT (10 * NS_PER_MS)
/* One read of output, where there is room for so much. */
#define READ_MAX     (64 * KIB)
/*
 * One that has written so much writes on, mostly in small pieces: it gets a large pipe, which is looked at a while after it was
 * found empty, or when its writers are gone, so that not each piece costs two changes of process.
 */
#define BULK         (128 * KIB)
#define BULK_PIPE    (1 * MIB)
#define REST         (1 * NS_PER_MS)

void run_init(struct run *run, struct command *command, uint16_t slot, uint64_t number, unsigned worker)
{
    *run = (struct run){.command = command,
                        .slot = slot,
                        .number = number,
                        .worker = worker,
                        .look_again = CLOCK_NEVER,
                        .pidfd = -1,
                        .outputs = {{.fd = -1, .type = MESSAGE_OUTPUT}, {.fd = -1, .type = MESSAGE_ERRORS}}};
}

void run_release(struct run *run)
{
    for (size_t i = 0; i < ARRAY_LENGTH(run->outputs); i++)
        io_close(&run->outputs[i].fd);
    io_close(&run->pidfd);
    reaper_herd_release(&run->herd);
}

/* ---- under way ---- */

static bool outputs_open(const struct run *run)
{
    return run->outputs[0].fd >= 0 || run->outputs[1].fd >= 0;
}

static size_t readable_room(const struct outbox *outbox)
{
    return size_min(outbox_output_room(outbox), READ_MAX);
}

static bool has_own_answers(const struct run *run)
{
    return run->resident != NULL && run->resident->answer != NULL;
}

/* What it says finds room. */
static bool can_listen(const struct run *run)
{
    if (run->command->shape != NULL && !has_own_answers(run))
        return !run->command->shape->blocked;
    return has_own_answers(run) ||
           (run->direct.state != DIRECT_ASKED && readable_room(run->command->link.outbox) > 0);
}

void run_count_from(struct run *run, nanoseconds task_now)
{
    run->started_by_task_clock = task_now;
    atomic_store_explicit(&run->command->link.outbox->shared->since, task_now, memory_order_relaxed);
}

void run_lose_parent(struct run *run, nanoseconds now)
{
    struct command *command = run->command;
    link_lose_parent(&command->link);
    if (!reaper_ladder_begun(&run->ladder))
        reaper_ladder_begin(&run->ladder, &command->plan->ladder, now);
}

/* The first program's group is everybody's; but a program may have left it, and then it and its group are told apart. */
static void signal_task(const struct run *run, int signal_number)
{
    if (!run->programs[0].reaped)
        reaper_signal_group(run->pid, signal_number);
    for (size_t i = 1; i < run->command->plan->program_count; i++) {
        pid_t pid = run->command->programs[i].pid, group = run->programs[i].reaped ? run->pid : getpgid(pid);
        if (group == pid)
            reaper_signal_group(pid, signal_number);
        else if (group != run->pid)
            reaper_signal(pid, signal_number);
    }
}

/* Of a pause no time counts. That of a ^Z is none by the task clock; one task alone can be told to pause, too. */
static void stop(struct run *run, bool stopped, nanoseconds now)
{
    nanoseconds task_now = run_state_task_clock(run->command->run_state, now);
    if (stopped && !run->stopped)
        run->stopped_at = task_now;
    if (!stopped && run->stopped)
        run_count_from(run, run->started_by_task_clock + task_now - run->stopped_at);
    run->stopped = stopped;
    signal_task(run, stopped ? SIGSTOP : SIGCONT);
}

/* LIMIT only has to wake us: the deadline is worked out anew each time. */
static void obey(struct run *run, const struct message *message, nanoseconds now)
{
    struct command *command = run->command;
    enum message_type order = message->type;

    if (order == MESSAGE_STOP || order == MESSAGE_CONTINUE) {
        stop(run, order == MESSAGE_STOP, now);
    } else if (order == MESSAGE_KILL) {
        command->link.ending = true;
        reaper_ladder_hurry(&run->ladder, &command->plan->ladder, now);
    } else if (order == MESSAGE_TERMINATE) {
        command->link.ending = true;
        if (!reaper_ladder_begun(&run->ladder))
            reaper_ladder_begin(&run->ladder, &command->plan->ladder, now);
    } else if (order == MESSAGE_GRANT) {
        /* Since it was last looked at, more may have come. */
        if (direct_grant(&run->direct, message->item, run->number))
            run->read_short[0] = false;
    } else if (order != MESSAGE_LIMIT) {
        run_lose_parent(run, now); /* no parent of ours speaks so */
    }
}

static void hear_parent(struct run *run, nanoseconds now)
{
    struct command *command = run->command;
    struct message message;
    ssize_t n = channel_fill(&command->link.control);

    if (n == 0 || (n < 0 && errno != EAGAIN)) {
        run_lose_parent(run, now);
        return;
    }
    int result;
    while ((result = channel_next(&command->link.control, &message)) == 1)
        obey(run, &message, now);
    if (result < 0)
        run_lose_parent(run, now);
}

static void end_at_once(const struct run *run)
{
    if (!run->reaped && run->pid > 0)
        signal_task(run, SIGKILL);
    (void)reaper_sweep(clock_now() + RUN_SWEEP_TIME, signals_worker_mask());
}

/* What can't be read would be lost in silence: the task fails, as with any worker that ends; nothing of it stays. */
static noreturn void give_up(const struct run *run, const char *what)
{
    int error = errno;
    end_at_once(run);
    log_fatal("%s can't be read: %s", what, strerror(error));
}

void run_shape_failed(struct run *run)
{
    if (!run->command->shape->failed) {
        link_lose_parent(&run->command->link);
        return;
    }
    end_at_once(run);
    _exit(WORKER_CANT_KEEP);
}

void run_widen(struct run *run)
{
    if (run->wide)
        return;
    run->wide = true;
    platform_set_pipe_size(run->outputs[0].fd, BULK_PIPE);
    platform_set_pipe_size(run->command->link.outbox->fd, BULK_PIPE);
    if (run->command->stdin_writer.fd >= 0)
        platform_set_pipe_size(run->command->stdin_writer.fd, BULK_PIPE);
}

void run_rest(struct run *run, nanoseconds now)
{
    run->rest_until = now + REST;
}

/* So many bytes of output were read where there was room for `room`. */
static void note_output(struct run *run, size_t which, short revents, size_t count, size_t room,
                        nanoseconds now)
{
    run->silent_since = now;
    run->taken += count;
    run->written[which] += count;
    run->outputs[which].heard += count;
    if (run->taken >= BULK && count < room) {
        run_widen(run);
        run_rest(run, now);
    }
    if (count == 0 || ((revents & POLLHUP) != 0 && count < room))
        io_close(&run->outputs[which].fd);
}

/* The same as take_output, where output has a shape. */
static void take_shaped(struct run *run, size_t which, short revents, nanoseconds now)
{
    char bytes[SHAPE_TAKE_MAX];
    ssize_t n = io_read(run->outputs[which].fd, bytes, sizeof bytes);
    run->read_short[which] = n < 0 ? (revents & PLATFORM_GUESSED) != 0 : (size_t)n < sizeof bytes;
    if (n < 0 && errno == EAGAIN)
        return;
    if (n < 0)
        give_up(run, "a task's output");
    if (n > 0 && shape_take(run->command->shape, (int)which, bytes, (size_t)n, false) < 0)
        run_shape_failed(run);
    note_output(run, which, revents, (size_t)n, sizeof bytes, now);
}

/*
 * One read into the outbox. After a hang-up no writer is left, so that a short read was the last. The pipe blocks, so that it
 * must be known to be ready; where poll could only guess, reading is made not to wait.
 */
static void take_output(struct run *run, size_t which, short revents, nanoseconds now)
{
    struct outbox *outbox = run->command->link.outbox;
    size_t room = readable_room(outbox);

    if (!can_listen(run))
        return;
    if ((revents & PLATFORM_GUESSED) != 0 && io_set_nonblocking(run->outputs[which].fd) < 0)
        give_up(run, "a task's output");
    if (run->command->shape != NULL) {
        take_shaped(run, which, revents, now);
        return;
    }
    if (outbox_begin(outbox, run->outputs[which].type, run->slot, run->number, 0) < 0)
        return; /* can't be: there is room */
    ssize_t n = io_read(run->outputs[which].fd, outbox_place(outbox), room);
    run->read_short[which] = n < 0 ? (revents & PLATFORM_GUESSED) != 0 : (size_t)n < room;
    if (n < 0 && errno == EAGAIN) {
        outbox_cancel(outbox);
        return;
    }
    if (n < 0)
        give_up(run, "a task's output");
    outbox_added(outbox, (size_t)n);
    outbox_commit(outbox);
    note_output(run, which, revents, (size_t)n, room, now);
    if (which == 0 && n > 0 && direct_is_worth_it(&run->direct, run->command, run->number, run->wide) &&
        direct_ask(&run->direct, outbox, run->slot, run->number) < 0)
        run_lose_parent(run, now);
}

void run_feed_on(struct run *run)
{
    if (stdin_writer_pump(&run->command->stdin_writer) == 0)
        return;
    if (errno != ENODATA)
        give_up(run, "a block");
    run->is_short = true;
}

static void note_reaped(struct run *run)
{
    FAULT_POINT(after_reap);
    run->reaped = true;
    atomic_store_explicit(&run->command->link.outbox->shared->task, 0, memory_order_relaxed);
    io_close(&run->pidfd);
}

/* Whether what has lost its parent is found: it comes to a subreaper, who learns its number from /proc. */
static bool finds_orphans(const struct run *run)
{
    return run->command->subreaper && platform_list_children(NULL, 0) >= 0;
}

/*
 * On the way down the ladder: a group of its own is out of reach once its leader has been reaped, so it is killed before. That is to be
 * decided and done for a leader that is known to have ended: one that ends between a look and the reaping would take its group along.
 * False: the leader runs, and is not to be reaped now.
 */
static bool group_may_go(struct run *run, size_t index, bool wait)
{
    pid_t pid = run->command->programs[index].pid;
    if (!reaper_ladder_begun(&run->ladder))
        return true;
    /* The rest of the first program's group comes to us, where orphans do, and has its grace time. */
    if (index == 0 ? finds_orphans(run) : getpgid(pid) != pid)
        return true;
    if (!reaper_has_ended(pid))
        return wait || !reaper_is_child(pid);
    reaper_signal_group(pid, SIGKILL);
    return true;
}

static bool try_reap_program(struct run *run, size_t index, bool wait)
{
    pid_t pid = run->command->programs[index].pid;
    struct reaper_status *status = &run->programs[index].status;
    if (run->programs[index].reaped)
        return true;
    if (group_may_go(run, index, wait))
        run->programs[index].reaped = (wait ? reaper_wait(pid, status) : reaper_try(pid, status)) != 0;
    return run->programs[index].reaped;
}

/* The first program last: until it is reaped the number of the group is not anybody else's. */
static void reap(struct run *run, bool wait)
{
    bool all = true;
    if (run->reaped)
        return;
    for (size_t i = run->command->plan->program_count; i-- > 1;)
        all = try_reap_program(run, i, wait) && all;
    if (all && try_reap_program(run, 0, wait))
        note_reaped(run);
}

static void try_reap(struct run *run)
{
    reap(run, false);
}

/* Watch a program that has not ended, the first one last, for the reason above. */
static void watch_program(struct run *run)
{
    if (run->pidfd >= 0 && run->programs[run->watched].reaped)
        io_close(&run->pidfd);
    if (run->pidfd >= 0)
        return;
    run->watched = run->command->plan->program_count - 1;
    while (run->watched > 0 && run->programs[run->watched].reaped)
        run->watched--;
    run->pidfd = platform_pidfd_open(run->command->programs[run->watched].pid);
}

/* A step before KILL: for its group, and for whoever has left that and come to us, or does so later. */
static void signal_tree(struct run *run, int signal_number)
{
    reaper_herd_begin(&run->herd, signal_number);
    if (!run->reaped) {
        signal_task(run, signal_number);
        for (size_t i = 0; i < run->command->plan->program_count; i++)
            reaper_herd_note(&run->herd, i == 0 ? run->pid : run->command->programs[i].pid);
    }
    reaper_herd_look(&run->herd, NULL, NULL);
}

/* Take every step of the ladder that is due. After KILL nothing of the task's tree stays. */
static void descend(struct run *run, nanoseconds now)
{
    for (int signal_number; (signal_number = reaper_ladder_due(&run->ladder, now)) != 0;) {
        if (signal_number != SIGKILL) {
            signal_tree(run, signal_number);
            continue;
        }
        if (!run->reaped)
            signal_task(run, SIGKILL);
        run->killed = now;
        reap(run, true);
        (void)reaper_sweep(now + RUN_SWEEP_TIME, signals_worker_mask());
        run->swept = true;
    }
}

/* While a ladder is under way the tree counts, not only its leader. Of those whom it left, *reaped have ended by now. */
static bool reap_tree(size_t *reaped)
{
    struct reaper_status unused;
    pid_t got;
    for (*reaped = 0; (got = reaper_try_any(&unused)) > 0;)
        ++*reaped;
    return got < 0;
}

static bool tree_gone(void)
{
    size_t reaped;
    return reap_tree(&reaped);
}

/* Its output was not found empty: that nothing moves does not mean that there is nothing more, for there may be no room behind. */
static bool has_more_to_pass(const struct run *run)
{
    return run->direct.state == DIRECT_GRANTED && run->outputs[0].fd >= 0 && !run->read_short[0];
}

static bool is_over(struct run *run, nanoseconds now)
{
    if (!run->reaped)
        return false;
    if (run->shares)
        return run->drained;
    if (reaper_ladder_begun(&run->ladder)) {
        run->tree_gone =
            run->tree_gone || tree_gone() || run->swept; /* what can't be found can't be waited for */
        if (!run->tree_gone)
            return false;
        /* What it wrote last still counts, unless nobody is there to read it, or one out of reach goes on writing. */
        bool long_killed = run->killed != 0 && now - run->killed >= RUN_SWEEP_TIME;
        if (run->command->link.parent_gone ||
            (long_killed && !has_more_to_pass(run) && readable_room(run->command->link.outbox) > 0))
            return true;
    }
    return !outputs_open(run) || now - run->silent_since >= LINGER;
}

/* When its time is up, by the monotonic clock. */
static nanoseconds time_limit(const struct run *run, nanoseconds now)
{
    const struct run_state *run_state = run->command->run_state;
    nanoseconds limit = run_state_time_limit(run_state);
    if (limit == 0 || run->stopped || run->reaped || run_state_is_stopped(run_state))
        return CLOCK_NEVER;
    nanoseconds used = run_state_task_clock(run_state, now) - run->started_by_task_clock;
    return used >= limit ? now : now + (limit - used);
}

static bool has_ended(const struct run *run)
{
    for (size_t i = 0; i < run->command->plan->program_count; i++)
        if (!run->programs[i].reaped && !reaper_has_ended(run->command->programs[i].pid))
            return false;
    return true;
}

static void check_time(struct run *run, nanoseconds now)
{
    if (reaper_ladder_begun(&run->ladder) || time_limit(run, now) > now)
        return;
    if (has_ended(run)) /* in time, as far as anybody knows: it was us who came late */
        return;
    if (run->resident != NULL && run->resident->works != NULL && !run->resident->works(run)) {
        run_count_from(run, run_state_task_clock(run->command->run_state, now));
        return;
    }
    run->timed_out = run_state_time_limit(run->command->run_state);
    reaper_ladder_begin(&run->ladder, &run->command->plan->ladder, now);
}

/* When those that it has left have been listened to for long enough, by the monotonic clock. A ladder ends them itself. */
static nanoseconds listening_end(const struct run *run, nanoseconds now)
{
    const struct run_state *run_state = run->command->run_state;
    nanoseconds limit = run_state_time_limit(run_state), task_now = run_state_task_clock(run_state, now);
    if (!run->reaped || run->shares || run->last_words || reaper_ladder_begun(&run->ladder) || run->stopped ||
        run_state_is_stopped(run_state))
        return CLOCK_NEVER;
    nanoseconds end = run->ended + LISTEN;
    if (limit != 0 && run->started_by_task_clock + limit < end)
        end = run->started_by_task_clock + limit;
    return task_now >= end ? now : now + (end - task_now);
}

/* What is in the pipes when that time has come is taken, however long our own answers must wait; then they are left. */
static void check_listening(struct run *run, nanoseconds now)
{
    bool is_over_now = listening_end(run, now) <= now;
    for (size_t i = 0; i < ARRAY_LENGTH(run->outputs); i++) {
        int *fd = &run->outputs[i].fd;
        if (is_over_now && *fd >= 0)
            run->outputs[i].until = run->outputs[i].heard + platform_unread(*fd);
        if ((is_over_now || run->last_words) && run->outputs[i].heard >= run->outputs[i].until)
            io_close(fd);
    }
    run->last_words = run->last_words || is_over_now;
}

/* When those that it left have been silent for long enough; what can't be listened to is not silent. */
static nanoseconds listening_deadline(const struct run *run, nanoseconds now)
{
    nanoseconds silent = can_listen(run) ? run->silent_since + LINGER : CLOCK_NEVER;
    nanoseconds end = listening_end(run, now);
    return silent < end ? silent : end;
}

static nanoseconds next_deadline(const struct run *run, nanoseconds now)
{
    if (run->reaped && run->shares) /* only to see whether something is left */
        return can_listen(run) && !run->direct.full ? now : CLOCK_NEVER;
    bool silence_counts = run->reaped && (run->tree_gone || !reaper_ladder_begun(&run->ladder));
    nanoseconds silent = silence_counts ? listening_deadline(run, now) : CLOCK_NEVER;
    if (reaper_ladder_begun(&run->ladder))
        return silent < run->ladder.deadline ? silent : run->ladder.deadline;
    if (run->reaped)
        return silent;
    nanoseconds moment = run->moment_over ? CLOCK_NEVER : run->started + FIRST_MOMENT;
    nanoseconds limit = time_limit(run, now);
    moment = run->look_again < moment ? run->look_again : moment;
    moment = now < run->rest_until && run->rest_until < moment ? run->rest_until : moment;
    return limit < moment ? limit : moment;
}

/* What is waited for is worked out anew from the state each time. */
enum {
    WATCH_PROCESS, /* first: where it has ended, what it wrote is seen in the same look */
    WATCH_OUTPUT,
    WATCH_ERRORS,
    WATCH_CONTROL,
    WATCH_ROAD,
    WATCH_FEED,
    WATCH_QUEUE,
    WATCH_COUNT
};

/* Nothing comes from it but its end: for so short a time the parent need not be heard, but where it says to end. */
static bool only_its_end_matters(const struct run *run, nanoseconds now)
{
    return run->keeps_output && run->keeps_errors && run->resident == NULL && !run->reaped &&
           now - run->started < FIRST_MOMENT && !stdin_writer_has_more(&run->command->stdin_writer) &&
           !reaper_ladder_begun(&run->ladder);
}

/* -1 where a child has ended, 0 where time is up, 1 where it must be waited for with all else: so, too, when the parent says to end,
   or is dead, which comes with a signal. */
static int await_its_end(const struct run *run, nanoseconds now, int timeout)
{
    /* Not for longer than that moment, whatever else there is to wait for, and though another wake-up may have ended it before. */
    int moment = clock_poll_timeout(now, run->started + FIRST_MOMENT);
    int result = platform_await_child(SIGNALS_END_WORKER, timeout < 0 || timeout > moment ? moment : timeout);
    if (result == 0 || (result < 0 && errno == EINTR))
        return -1;
    return result < 0 && errno == EAGAIN ? 0 : 1;
}

static int wait_for_news(struct run *run, struct pollfd watched[WATCH_COUNT], nanoseconds now)
{
    struct command *command = run->command;
    bool rests = now < run->rest_until && !run->reaped;
    bool room = can_listen(run);
    bool road = now >= link_flush_due(&command->link) && !command->link.parent_gone; /* it was full */

    watched[WATCH_OUTPUT] =
        (struct pollfd){.fd = room ? run->outputs[0].fd : -1, .events = rests ? 0 : POLLIN};
    if (run->direct.state == DIRECT_GRANTED && run->outputs[0].fd >= 0 && !rests)
        watched[WATCH_OUTPUT] = direct_watch(&run->direct, run->outputs[0].fd);
    watched[WATCH_ERRORS] = (struct pollfd){.fd = room ? run->outputs[1].fd : -1, .events = POLLIN};
    watched[WATCH_CONTROL] =
        (struct pollfd){.fd = command->link.parent_gone ? -1 : command->link.control.fd, .events = POLLIN};
    int ends = run->reaped ? -1 : run->shares ? command->children : run->pidfd;
    watched[WATCH_PROCESS] = (struct pollfd){.fd = ends, .events = POLLIN};
    watched[WATCH_ROAD] = (struct pollfd){.fd = road ? command->link.outbox->fd : -1, .events = POLLOUT};
    bool feed = stdin_writer_has_more(&command->stdin_writer) && !rests;
    watched[WATCH_FEED] = (struct pollfd){.fd = feed ? command->stdin_writer.fd : -1, .events = POLLOUT};
    watched[WATCH_QUEUE] =
        (struct pollfd){.fd = run->wants ? command->queue->wake_pipe[0] : -1, .events = POLLIN};

    /* SIGCHLD is opened only where nothing else tells of an end: it would come for each task. */
    bool by_signal = (run->moment_over && ends < 0) || reaper_ladder_begun(&run->ladder) ||
                     (run->keeps_output && !run->reaped);
    nanoseconds deadline = next_deadline(run, now), due = link_flush_due(&command->link);
    int timeout = clock_poll_timeout(now, !road && due < deadline ? due : deadline);
    if (!road && only_its_end_matters(run, now)) {
        int result = await_its_end(run, now, timeout);
        if (result <= 0)
            return result;
    }
    if (by_signal)
        return platform_poll(watched, WATCH_COUNT, timeout, signals_worker_mask());
    return platform_poll(watched, WATCH_COUNT, timeout, NULL);
}

/*
 * It has ended and been reaped; `had_ended`: before its outputs were looked at. Its pipes are at their end when it has left nobody,
 * and nothing is in them any more.
 */
static void see_end(struct run *run, const struct pollfd watched[WATCH_COUNT], bool had_ended)
{
    bool empty = had_ended;
    for (size_t i = 0; i < ARRAY_LENGTH(run->outputs); i++) {
        const struct pollfd *output = &watched[WATCH_OUTPUT + i];
        bool looked = output->fd >= 0 && (output->events & POLLIN) != 0;
        empty = empty && looked && (output->revents == 0 || run->read_short[i]);
    }
    size_t reaped = 0;
    run->alone = run->alone || reap_tree(&reaped);
    if (!run->alone)
        run_unshare(run);
    /* Those may have written something since. */
    run->drained = empty && reaped == 0;
}

/*
 * Announced first, so that what comes after a vain look is heard of; see queue.h. One that is stopped or pauses may claim nothing, and
 * announces nothing: it would only take wake-ups from others. Its parent tells it when it may go on.
 */
enum queue_result run_claim(struct run *run, unsigned *slot, struct queue_chunk *chunk)
{
    struct command *command = run->command;
    bool may_claim = !run_state_is_stopped(command->run_state) && !outbox_is_paused(command->link.outbox);
    enum queue_result result = outbox_is_to_leave(command->link.outbox) ? QUEUE_CLOSED : QUEUE_EMPTY;

    for (int look = 0; look < 2 && result == QUEUE_EMPTY && may_claim; look++) {
        if (look > 0)
            (void)queue_announce(command->queue, run->worker);
        run->wants = look > 0;
        run->woken = false;
        result = outbox_is_to_leave(command->link.outbox)
                     ? QUEUE_CLOSED
                     : queue_claim(command->queue, run->worker, slot, chunk);
    }
    if (result != QUEUE_EMPTY && run->wants) {
        queue_arrive(command->queue, run->worker);
        run->wants = false;
    }
    /* The parent hands out more when it knows what has been done. */
    if (result == QUEUE_EMPTY && outbox_pending(command->link.outbox) &&
        outbox_flush(command->link.outbox) < 0)
        link_lose_parent(&command->link);
    return result;
}

/* What it was prepared to hear of the queue: whoever has the byte looks at it, see queue.h. */
static void arrive(struct run *run, short revents)
{
    char byte;
    if (!run->wants)
        return;
    if (revents != 0) /* else, or where nothing is there, another worker was faster */
        run->woken = io_read(run->command->queue->wake_pipe[0], &byte, 1) == 1;
    queue_arrive(run->command->queue, run->worker);
    run->wants = false;
}

/* It took a wake-up, and has something else to do now than to look at the queue: another worker gets it. */
static void hand_on(struct run *run)
{
    if (run->woken)
        queue_wake(run->command->queue, 1);
    run->woken = false;
}

/* A resident's answers are its owner's. */
static void take_answers(struct run *run, short revents, nanoseconds now)
{
    int *fd = &run->outputs[0].fd;
    if ((revents & PLATFORM_GUESSED) != 0 && io_set_nonblocking(*fd) < 0)
        give_up(run, "a filter's answers");
    ssize_t n = run->resident->answer(run, now);
    if (n < 0 && errno == EAGAIN)
        return;
    if (n < 0)
        give_up(run, "a filter's answers");
    run->silent_since = now;
    run->outputs[0].heard += (uint64_t)n;
    if (n == 0)
        io_close(fd);
}

/* Its output goes straight to standard output, or the other end has room again. */
static void pass_on(struct run *run, short revents, nanoseconds now)
{
    bool was_full = run->direct.full;
    ssize_t n = direct_take(&run->direct, run->outputs[0].fd, run->command->link.outbox);
    run->read_short[0] = n < 0 && run->direct.state == DIRECT_GRANTED && !run->direct.full;
    if (n < 0)
        return;
    run->silent_since = now;
    run->written[0] += (uint64_t)n;
    run->outputs[0].heard += (uint64_t)n;
    if (n == 0)
        io_close(&run->outputs[0].fd);
    else if (!was_full && (size_t)n < DIRECT_LOW && (revents & POLLHUP) == 0)
        run_rest(run, now);
}

static void hear_outputs(struct run *run, const struct pollfd *watched, nanoseconds now)
{
    for (size_t i = 0; i < ARRAY_LENGTH(run->outputs); i++) {
        short revents = watched[WATCH_OUTPUT + i].revents;
        if (revents == 0) {
            if (run->direct.state == DIRECT_GRANTED && (watched[WATCH_OUTPUT + i].events & POLLIN) != 0)
                run->read_short[i] = true; /* it was looked at, and found empty */
            continue;
        }
        if (i == 0 && has_own_answers(run))
            take_answers(run, revents, now);
        else if (i == 0 && run->direct.state == DIRECT_GRANTED)
            pass_on(run, revents, now);
        else
            take_output(run, i, revents, now);
    }
}

/* Whether it has ended, where something says so or nothing would. */
static void look_for_end(struct run *run, const struct pollfd *watched, bool interrupted, nanoseconds now)
{
    bool told = watched[WATCH_PROCESS].revents != 0, nothing_tells = !run->shares && run->pidfd < 0;
    /* It may have been another one's end, to which its own was added since its outputs were looked at: then they must be looked at again. */
    bool had_ended = told && run->shares && platform_read_children(run->command->children) == run->pid;
    run->moment_over = run->moment_over || !outputs_open(run) || now - run->started >= FIRST_MOMENT;
    if (!outputs_open(run) || told || interrupted || (run->moment_over && nothing_tells))
        try_reap(run);
    if (run->reaped) {
        run->silent_since = now;
        run->ended = run_state_task_clock(run->command->run_state, now);
    }
    if (run->reaped && run->shares)
        see_end(run, watched, had_ended);
    else if (run->moment_over && !run->keeps_output && !run->shares)
        watch_program(run);
}

/* Nothing more is to be heard of it. */
static void leave(struct run *run)
{
    if (reaper_ladder_begun(&run->ladder))
        for (size_t i = 0; i < ARRAY_LENGTH(run->outputs); i++)
            io_close(&run->outputs[i].fd);
    stdin_writer_close(&run->command->stdin_writer);
    atomic_store_explicit(&run->command->link.outbox->shared->since, 0, memory_order_relaxed);
    run->leftovers = run->command->left = !run->shares && !tree_gone();
    if (!run->shares && run->command->children >= 0)
        (void)platform_read_children(
            run->command->children); /* which the next one must not take for its own */
    run_leave_pipes(run);
}

void run_supervise(struct run *run)
{
    for (nanoseconds now = run->started; !is_over(run, now);) {
        struct pollfd watched[WATCH_COUNT];
        link_flush(&run->command->link, now);
        if (run->command->shape != NULL && shape_pump(run->command->shape) < 0)
            run_shape_failed(run);
        if (run->command->link.parent_gone)
            run_lose_parent(run, now);
        if (run->resident != NULL && !run->reaped)
            run->resident->prepare(run, now);
        hand_on(run);
        if (run->shares && reaper_ladder_begun(&run->ladder))
            run_unshare(run);
        bool listening = can_listen(run), had_ended = run->reaped;
        int ready = wait_for_news(run, watched, now);
        now = clock_now();
        if (ready < 0)
            memset(watched, 0, sizeof watched); /* SIGCHLD */
        /* Not listened to, because our own answers find no room, it is not silent: what it wrote before its end is still there. */
        if (ready < 0 || !listening || has_more_to_pass(run))
            run->silent_since = now;
        arrive(run, watched[WATCH_QUEUE].revents);
        if (watched[WATCH_CONTROL].revents != 0)
            hear_parent(run, now);
        if (watched[WATCH_FEED].revents != 0)
            run_feed_on(run);
        hear_outputs(run, watched, now);
        check_time(run, now);
        check_listening(run, now);
        descend(run, now);
        if (ready < 0 && reaper_ladder_begun(&run->ladder)) /* another one may have come to us */
            reaper_herd_look(&run->herd, NULL, NULL);
        if (had_ended && run->shares)
            see_end(run, watched, true);
        if (!run->reaped)
            look_for_end(run, watched, ready < 0, now);
    }
    leave(run);
}

/* ---- how it ended ---- */

/* A writer that its reader has left. */
static bool was_left(const struct run *run, size_t index)
{
    return run->programs[index].status.signal_number == SIGPIPE &&
           index + 1 < run->command->plan->program_count;
}

/* Being left is no failure where one behind has done well, and not the one to be told where another has failed. */
static bool has_failed(const struct run *run, size_t index)
{
    if (run->programs[index].status.exit_status == 0)
        return false;
    for (size_t i = 0; was_left(run, index) && i < run->command->plan->program_count; i++)
        if ((i > index && run->programs[i].status.exit_status == 0) ||
            (run->programs[i].status.exit_status != 0 && !was_left(run, i)))
            return false;
    return true;
}

/* How the first program that failed ended, if one did. */
void run_judge(const struct run *run, struct message_done *done)
{
    size_t count = run->command->plan->program_count, i = 0;
    while (i < count && !has_failed(run, i))
        i++;
    if (i == count)
        return;
    const struct reaper_status *status = &run->programs[i].status;
    done->outcome = status->signal_number != 0 ? OUTCOME_SIGNAL : OUTCOME_EXIT;
    done->code = (uint32_t)(status->signal_number != 0 ? status->signal_number : status->exit_status);
    done->program = count > 1 ? (uint32_t)i + 1 : 0;
}
