/*
 * A child is over when two separate things have happened: its process has ended, and its output has been read
 * to the end. Where pipes are shared (see child_pipes.c) the first is told by one descriptor for all
 * children. Else the second mostly comes first, and then one wait4 tells the first; so a descriptor for the
 * process (pidfd) is opened only for those that outlive their output or a first moment. A background child
 * can hold the output open after the process has ended; it is heard as long as it says something and LINGER
 * longer, but not for longer than LISTEN in all.
 */
#include "worker/child_internal.h"

#include "base/io.h"
#include "base/log.h"
#include "base/platform.h"
#include "output/formatter.h"
#include "proc/signals.h"
#include "worker/exit_status.h"

#include <errno.h>
#include <poll.h>
#include <stdnoreturn.h>
#include <string.h>
#include <unistd.h>

/* How long silence on a pipe that only a background child still holds is waited for. */
#define LINGER       (100 * NS_PER_MS)
/* How long a task that is over is listened to while its pipes are never silent, by the task clock. */
#define LISTEN       (1 * NS_PER_S)
/* Tasks that end within this never cost a pidfd. */
#define FIRST_MOMENT (10 * NS_PER_MS)

void child_init(struct child *child, struct command *command, uint16_t slot, uint64_t number, unsigned worker)
{
    *child =
        (struct child){.command = command,
                       .slot = slot,
                       .number = number,
                       .worker = worker,
                       .look_again = CLOCK_NEVER,
                       .pidfd = -1,
                       .outputs = {{.fd = -1, .type = MESSAGE_OUTPUT}, {.fd = -1, .type = MESSAGE_ERRORS}}};
}

void child_release(struct child *child)
{
    for (size_t i = 0; i < ARRAY_LENGTH(child->outputs); i++)
        io_close(&child->outputs[i].fd);
    io_close(&child->pidfd);
    reaper_herd_release(&child->herd);
}

/* ---- under way ---- */

static bool outputs_open(const struct child *child)
{
    return child->outputs[0].fd >= 0 || child->outputs[1].fd >= 0;
}

void child_count_from(struct child *child, nanoseconds task_now)
{
    child->started_by_task_clock = task_now;
    atomic_store_explicit(&child->command->link.outbox->shared->since, task_now, memory_order_relaxed);
}

void child_lose_parent(struct child *child, nanoseconds now)
{
    struct command *command = child->command;
    link_lose_parent(&command->link);
    if (!reaper_ladder_begun(&child->ladder))
        reaper_ladder_begin(&child->ladder, &command->plan->ladder, now);
}

/* Of a pause no time counts. That of a ^Z is none by the task clock; one task alone can be told to pause,
 * too. */
static void stop(struct child *child, bool stopped, nanoseconds now)
{
    nanoseconds task_now = run_state_task_clock(child->command->run_state, now);
    if (stopped && !child->stopped)
        child->stopped_at = task_now;
    if (!stopped && child->stopped)
        child_count_from(child, child->started_by_task_clock + task_now - child->stopped_at);
    child->stopped = stopped;
    child_signal(child, stopped ? SIGSTOP : SIGCONT);
}

/* LIMIT only has to wake us: the deadline is worked out anew each time. */
static void obey(struct child *child, const struct message *message, nanoseconds now)
{
    struct command *command = child->command;
    enum message_type order = message->type;

    if (order == MESSAGE_STOP || order == MESSAGE_CONTINUE) {
        stop(child, order == MESSAGE_STOP, now);
    } else if (order == MESSAGE_KILL) {
        command->link.ending = true;
        reaper_ladder_hurry(&child->ladder, &command->plan->ladder, now);
    } else if (order == MESSAGE_TERMINATE) {
        command->link.ending = true;
        if (!reaper_ladder_begun(&child->ladder))
            reaper_ladder_begin(&child->ladder, &command->plan->ladder, now);
    } else if (order == MESSAGE_PASS_GRANT) {
        /* Since it was last looked at, more may have come. */
        if (passthrough_grant(&child->passthrough, message->item, child->number))
            child->read_short[0] = false;
    } else if (order != MESSAGE_LIMIT) {
        child_lose_parent(child, now); /* no parent of ours speaks so */
    }
}

static void hear_parent(struct child *child, nanoseconds now)
{
    struct command *command = child->command;
    struct message message;
    ssize_t n = channel_fill(&command->link.control);

    if (n == 0 || (n < 0 && errno != EAGAIN)) {
        child_lose_parent(child, now);
        return;
    }
    int result;
    while ((result = channel_next(&command->link.control, &message)) == 1)
        obey(child, &message, now);
    if (result < 0)
        child_lose_parent(child, now);
}

/* What can't be read would be lost in silence: the task fails, as with any worker that ends; nothing of it
 * stays. */
noreturn void child_give_up(const struct child *child, const char *what)
{
    int error = errno;
    child_end_at_once(child);
    log_fatal("%s can't be read: %s", what, strerror(error));
}

void child_formatter_failed(struct child *child)
{
    if (!child->command->formatter->failed) {
        link_lose_parent(&child->command->link);
        return;
    }
    child_end_at_once(child);
    _exit(WORKER_CANT_KEEP);
}

void child_feed_on(struct child *child)
{
    if (stdin_writer_pump(&child->command->stdin_writer) == 0)
        return;
    if (errno != ENODATA)
        child_give_up(child, "a block");
    child->is_short = true;
}

static bool is_over(struct child *child, nanoseconds now)
{
    if (!child->reaped)
        return false;
    if (child->shares)
        return child->drained;
    if (reaper_ladder_begun(&child->ladder)) {
        child->tree_gone = child->tree_gone || child_tree_gone() ||
                           child->swept; /* what can't be found can't be waited for */
        if (!child->tree_gone)
            return false;
        /* What it wrote last still counts, unless nobody is there to read it, or one out of reach goes on
         * writing. */
        bool long_killed = child->killed != 0 && now - child->killed >= CHILD_SWEEP_TIME;
        if (child->command->link.parent_gone || (long_killed && !child_has_more_to_pass(child) &&
                                                 child_readable_room(child->command->link.outbox) > 0))
            return true;
    }
    return !outputs_open(child) || now - child->silent_since >= LINGER;
}

/* When its time is up, by the monotonic clock. */
static nanoseconds time_limit(const struct child *child, nanoseconds now)
{
    const struct run_state *run_state = child->command->run_state;
    nanoseconds limit = run_state_time_limit(run_state);
    if (limit == 0 || child->stopped || child->reaped || run_state_is_stopped(run_state))
        return CLOCK_NEVER;
    nanoseconds used = run_state_task_clock(run_state, now) - child->started_by_task_clock;
    return used >= limit ? now : now + (limit - used);
}

static void check_time(struct child *child, nanoseconds now)
{
    if (reaper_ladder_begun(&child->ladder) || time_limit(child, now) > now)
        return;
    if (child_has_ended(child)) /* in time, as far as anybody knows: it was us who came late */
        return;
    if (child->resident != NULL && child->resident->works != NULL && !child->resident->works(child)) {
        child_count_from(child, run_state_task_clock(child->command->run_state, now));
        return;
    }
    child->timed_out = run_state_time_limit(child->command->run_state);
    reaper_ladder_begin(&child->ladder, &child->command->plan->ladder, now);
}

/* When those that it has left have been listened to for long enough, by the monotonic clock. A ladder ends
 * them itself. */
static nanoseconds listening_end(const struct child *child, nanoseconds now)
{
    const struct run_state *run_state = child->command->run_state;
    nanoseconds limit = run_state_time_limit(run_state), task_now = run_state_task_clock(run_state, now);
    if (!child->reaped || child->shares || child->last_words || reaper_ladder_begun(&child->ladder) ||
        child->stopped || run_state_is_stopped(run_state))
        return CLOCK_NEVER;
    nanoseconds end = child->ended + LISTEN;
    if (limit != 0 && child->started_by_task_clock + limit < end)
        end = child->started_by_task_clock + limit;
    return task_now >= end ? now : now + (end - task_now);
}

/* What is in the pipes when that time has come is taken, however long our own answers must wait; then they
 * are left. */
static void check_listening(struct child *child, nanoseconds now)
{
    bool is_over_now = listening_end(child, now) <= now;
    for (size_t i = 0; i < ARRAY_LENGTH(child->outputs); i++) {
        int *fd = &child->outputs[i].fd;
        if (is_over_now && *fd >= 0)
            child->outputs[i].until = child->outputs[i].heard + platform_unread(*fd);
        if ((is_over_now || child->last_words) && child->outputs[i].heard >= child->outputs[i].until)
            io_close(fd);
    }
    child->last_words = child->last_words || is_over_now;
}

/* When those that it left have been silent for long enough; what can't be listened to is not silent. */
static nanoseconds listening_deadline(const struct child *child, nanoseconds now)
{
    nanoseconds silent = child_can_listen(child) ? child->silent_since + LINGER : CLOCK_NEVER;
    nanoseconds end = listening_end(child, now);
    return silent < end ? silent : end;
}

static nanoseconds next_deadline(const struct child *child, nanoseconds now)
{
    if (child->reaped && child->shares) /* only to see whether something is left */
        return child_can_listen(child) && !child->passthrough.full ? now : CLOCK_NEVER;
    bool silence_counts = child->reaped && (child->tree_gone || !reaper_ladder_begun(&child->ladder));
    nanoseconds silent = silence_counts ? listening_deadline(child, now) : CLOCK_NEVER;
    if (reaper_ladder_begun(&child->ladder))
        return silent < child->ladder.deadline ? silent : child->ladder.deadline;
    if (child->reaped)
        return silent;
    nanoseconds moment = child->moment_over ? CLOCK_NEVER : child->started + FIRST_MOMENT;
    nanoseconds limit = time_limit(child, now);
    moment = child->look_again < moment ? child->look_again : moment;
    moment = now < child->rest_until && child->rest_until < moment ? child->rest_until : moment;
    return limit < moment ? limit : moment;
}

/* Nothing comes from it but its end: for so short a time the parent need not be heard, but where it says to
 * end. */
static bool only_its_end_matters(const struct child *child, nanoseconds now)
{
    return child->keeps_output && child->keeps_errors && child->resident == NULL && !child->reaped &&
           now - child->started < FIRST_MOMENT && !stdin_writer_has_more(&child->command->stdin_writer) &&
           !reaper_ladder_begun(&child->ladder);
}

/* -1 where a child has ended, 0 where time is up, 1 where it must be waited for with all else: so, too, when
   the parent says to end, or is dead, which comes with a signal. */
static int await_its_end(const struct child *child, nanoseconds now, int timeout)
{
    /* Not for longer than that moment, whatever else there is to wait for, and though another wake-up may
     * have ended it before. */
    int moment = clock_poll_timeout(now, child->started + FIRST_MOMENT);
    int result = platform_await_child(SIGNALS_END_WORKER, timeout < 0 || timeout > moment ? moment : timeout);
    if (result == 0 || (result < 0 && errno == EINTR))
        return -1;
    return result < 0 && errno == EAGAIN ? 0 : 1;
}

static int wait_for_news(struct child *child, struct pollfd watched[WATCH_COUNT], nanoseconds now)
{
    struct command *command = child->command;
    bool rests = now < child->rest_until && !child->reaped;
    bool room = child_can_listen(child);
    bool road = now >= link_flush_due(&command->link) && !command->link.parent_gone; /* it was full */

    watched[WATCH_OUTPUT] =
        (struct pollfd){.fd = room ? child->outputs[0].fd : -1, .events = rests ? 0 : POLLIN};
    if (child->passthrough.state == PASSTHROUGH_GRANTED && child->outputs[0].fd >= 0 && !rests)
        watched[WATCH_OUTPUT] = passthrough_watch(&child->passthrough, child->outputs[0].fd);
    watched[WATCH_ERRORS] = (struct pollfd){.fd = room ? child->outputs[1].fd : -1, .events = POLLIN};
    watched[WATCH_CONTROL] =
        (struct pollfd){.fd = command->link.parent_gone ? -1 : command->link.control.fd, .events = POLLIN};
    int ends = child->reaped ? -1 : child->shares ? command->children : child->pidfd;
    watched[WATCH_PROCESS] = (struct pollfd){.fd = ends, .events = POLLIN};
    watched[WATCH_ROAD] = (struct pollfd){.fd = road ? command->link.outbox->fd : -1, .events = POLLOUT};
    bool feed = stdin_writer_has_more(&command->stdin_writer) && !rests;
    watched[WATCH_FEED] = (struct pollfd){.fd = feed ? command->stdin_writer.fd : -1, .events = POLLOUT};
    watched[WATCH_QUEUE] =
        (struct pollfd){.fd = child->wants ? command->queue->wake_pipe[0] : -1, .events = POLLIN};

    /* SIGCHLD is opened only where nothing else tells of an end: it would come for each task. */
    bool by_signal = (child->moment_over && ends < 0) || reaper_ladder_begun(&child->ladder) ||
                     (child->keeps_output && !child->reaped);
    nanoseconds deadline = next_deadline(child, now), due = link_flush_due(&command->link);
    int timeout = clock_poll_timeout(now, !road && due < deadline ? due : deadline);
    if (!road && only_its_end_matters(child, now)) {
        int result = await_its_end(child, now, timeout);
        if (result <= 0)
            return result;
    }
    if (by_signal)
        return platform_poll(watched, WATCH_COUNT, timeout, signals_worker_mask());
    return platform_poll(watched, WATCH_COUNT, timeout, NULL);
}

/*
 * It has ended and been reaped; `had_ended`: before its outputs were looked at. Its pipes are at their end
 * when it has left nobody, and nothing is in them any more.
 */
static void see_end(struct child *child, const struct pollfd watched[WATCH_COUNT], bool had_ended)
{
    bool empty = had_ended;
    for (size_t i = 0; i < ARRAY_LENGTH(child->outputs); i++) {
        const struct pollfd *output = &watched[WATCH_OUTPUT + i];
        bool looked = output->fd >= 0 && (output->events & POLLIN) != 0;
        empty = empty && looked && (output->revents == 0 || child->read_short[i]);
    }
    size_t reaped = 0;
    child->alone = child->alone || child_reap_tree(&reaped);
    if (!child->alone)
        child_unshare(child);
    /* The processes may have written something since. */
    child->drained = empty && reaped == 0;
}

/*
 * Announced first, so that what comes after a vain look is heard of; see queue.h. One that is stopped or
 * pauses may claim nothing, and announces nothing: it would only take wake-ups from others. Its parent tells
 * it when it may go on.
 */
enum queue_result child_claim(struct child *child, unsigned *slot, struct queue_chunk *chunk)
{
    struct command *command = child->command;
    bool may_claim = !run_state_is_stopped(command->run_state) && !outbox_is_paused(command->link.outbox);
    enum queue_result result = outbox_is_to_leave(command->link.outbox) ? QUEUE_CLOSED : QUEUE_EMPTY;

    for (int look = 0; look < 2 && result == QUEUE_EMPTY && may_claim; look++) {
        if (look > 0)
            (void)queue_announce(command->queue, child->worker);
        child->wants = look > 0;
        child->woken = false;
        result = outbox_is_to_leave(command->link.outbox)
                     ? QUEUE_CLOSED
                     : queue_claim(command->queue, child->worker, slot, chunk);
    }
    if (result != QUEUE_EMPTY && child->wants) {
        queue_arrive(command->queue, child->worker);
        child->wants = false;
    }
    /* The parent hands out more when it knows what has been done. */
    if (result == QUEUE_EMPTY && outbox_pending(command->link.outbox) &&
        outbox_flush(command->link.outbox) < 0)
        link_lose_parent(&command->link);
    return result;
}

/* What it was prepared to hear of the queue: whoever has the byte looks at it, see queue.h. */
static void arrive(struct child *child, short revents)
{
    char byte;
    if (!child->wants)
        return;
    if (revents != 0) /* else, or where nothing is there, another worker was faster */
        child->woken = io_read(child->command->queue->wake_pipe[0], &byte, 1) == 1;
    queue_arrive(child->command->queue, child->worker);
    child->wants = false;
}

/* It took a wake-up, and has something else to do now than to look at the queue: another worker gets it. */
static void hand_on(struct child *child)
{
    if (child->woken)
        queue_wake(child->command->queue, 1);
    child->woken = false;
}

/* Whether it has ended, where something says so or nothing would. */
static void look_for_end(struct child *child, const struct pollfd *watched, bool interrupted, nanoseconds now)
{
    bool told = watched[WATCH_PROCESS].revents != 0, nothing_tells = !child->shares && child->pidfd < 0;
    /* It may have been another one's end, to which its own was added since its outputs were looked at: then
     * they must be looked at again. */
    bool had_ended = told && child->shares && platform_read_children(child->command->children) == child->pid;
    child->moment_over = child->moment_over || !outputs_open(child) || now - child->started >= FIRST_MOMENT;
    if (!outputs_open(child) || told || interrupted || (child->moment_over && nothing_tells))
        child_try_reap(child);
    if (child->reaped) {
        child->silent_since = now;
        child->ended = run_state_task_clock(child->command->run_state, now);
    }
    if (child->reaped && child->shares)
        see_end(child, watched, had_ended);
    else if (child->moment_over && !child->keeps_output && !child->shares)
        child_watch_program(child);
}

/* Nothing more is to be heard of it. */
static void leave(struct child *child)
{
    if (reaper_ladder_begun(&child->ladder))
        for (size_t i = 0; i < ARRAY_LENGTH(child->outputs); i++)
            io_close(&child->outputs[i].fd);
    stdin_writer_close(&child->command->stdin_writer);
    atomic_store_explicit(&child->command->link.outbox->shared->since, 0, memory_order_relaxed);
    child->leftovers = child->command->left = !child->shares && !child_tree_gone();
    if (!child->shares && child->command->children >= 0)
        (void)platform_read_children(
            child->command->children); /* which the next one must not take for its own */
    child_leave_pipes(child);
}

void child_supervise(struct child *child)
{
    for (nanoseconds now = child->started; !is_over(child, now);) {
        struct pollfd watched[WATCH_COUNT];
        link_flush(&child->command->link, now);
        if (child->command->formatter != NULL && formatter_pump(child->command->formatter) < 0)
            child_formatter_failed(child);
        if (child->command->link.parent_gone)
            child_lose_parent(child, now);
        if (child->resident != NULL && !child->reaped)
            child->resident->prepare(child, now);
        hand_on(child);
        if (child->shares && reaper_ladder_begun(&child->ladder))
            child_unshare(child);
        bool listening = child_can_listen(child), had_ended = child->reaped;
        int ready = wait_for_news(child, watched, now);
        now = clock_now();
        if (ready < 0)
            memset(watched, 0, sizeof watched); /* SIGCHLD */
        /* Not listened to, because our own answers find no room, it is not silent: what it wrote before its
         * end is still there. */
        if (ready < 0 || !listening || child_has_more_to_pass(child))
            child->silent_since = now;
        arrive(child, watched[WATCH_QUEUE].revents);
        if (watched[WATCH_CONTROL].revents != 0)
            hear_parent(child, now);
        if (watched[WATCH_FEED].revents != 0)
            child_feed_on(child);
        child_hear_outputs(child, watched, now);
        check_time(child, now);
        check_listening(child, now);
        child_descend(child, now);
        if (ready < 0 && reaper_ladder_begun(&child->ladder)) /* another one may have come to us */
            reaper_herd_look(&child->herd, NULL, NULL);
        if (had_ended && child->shares)
            see_end(child, watched, true);
        if (!child->reaped)
            look_for_end(child, watched, ready < 0, now);
    }
    leave(child);
}

/* ---- how it ended ---- */
