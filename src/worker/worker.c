#include "worker/worker.h"

#include "base/io.h"
#include "base/log.h"
#include "base/platform.h"
#include "proc/reaper.h"
#include "proc/signals.h"
#include "task/task_notice.h"
#include "worker/filter.h"
#include "worker/single.h"
#include "worker/stream.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Answers are not kept back for longer than this while there is more to do. */
#define FLUSH_INTERVAL (1 * NS_PER_MS)
/* A chunk that takes longer than this was too large: the rest of it is handed back. */
#define CHUNK_TIME_MAX (2 * NS_PER_MS)
/* Room that an item's answer finds in the open RESULTS message; a longer one is sent in messages of its
 * own. */
#define ANSWER_ROOM    (4 * KIB)
/* A RESULTS message is closed when it holds this much. */
#define RESULTS_MAX    (60 * KIB)
/* A longer answer is sent on in pieces of this size. */
#define PIECE          (32 * KIB)
#define LABEL_MAX      256
/* How often one that pauses looks whether it still does. */
#define PAUSE_LOOK_MS  100
/* What is said of an item besides its answer: an error, its end, and three headers. */
#define APART_ROOM     (2 * KIB)

struct worker {
    const struct worker_plan *plan;
    const struct worker_seat *seat;
    struct queue *queue;
    struct outbox outbox;
    struct command command; /* the plan is a command: its state */
    struct filter filter;   /* the plan is a filter: its state */
    int exit_status;        /* what the worker ends with */
    nanoseconds last_flush;
    volatile sig_atomic_t in_function;  /* a function runs: the outbox is at rest */
    volatile sig_atomic_t alarm_missed; /* SIGALRM came while it was not */
    volatile sig_atomic_t alarm_set;    /* SIGALRM will come within FLUSH_INTERVAL */
    volatile sig_atomic_t alarms;       /* counts them; wraps */
    struct buffer long_answer;          /* the answer at hand, once it has outgrown the outbox */
    bool answer_is_long;
    bool apart;                     /* each item has a DONE message of its own */
    struct formatter formatter;     /* opened where the plan has one */
    struct buffer joined;           /* the item at hand, where it was joined of several (-n) */
    struct task_key task_key;       /* where tasks are observed: what it is */
    uint64_t work_time, work_items; /* as last stored in the outbox */
};

/* The parent is dead: nobody would read an answer. */
static noreturn void leave_orphaned(void)
{
    _exit(EXIT_CPOOL_FAILED);
}

static void flush(struct worker *worker, nanoseconds now)
{
    if (outbox_flush_wait(&worker->outbox) < 0)
        leave_orphaned();
    worker->last_flush = now;
}

/* ---- the alarm ---- */

/* The worker that on_alarm is about: a process has one. */
static struct worker *alarmed;

/*
 * The parent sends SIGALRM when an item seems to have had its time. Only here is it certain that it is still
 * the same item; a function that computes can be left in no other way than by ending the process, which the
 * parent replaces.
 */
static void check_time(const struct worker *worker)
{
    const struct run_state *run_state = worker->seat->run_state;
    nanoseconds since = atomic_load_explicit(&worker->outbox.shared->since, memory_order_relaxed);
    nanoseconds limit = run_state_time_limit(run_state);
    if (since != 0 && limit != 0 && run_state_task_clock(run_state, clock_now()) - since >= limit)
        _exit(WORKER_TIMED_OUT);
}

/* An answer stays in the outbox for now: not for longer than FLUSH_INTERVAL. */
static void set_alarm(struct worker *worker)
{
    if (worker->alarm_set)
        return;
    worker->alarm_set = 1;
    platform_alarm_set(FLUSH_INTERVAL);
}

static void flush_finished(struct worker *worker)
{
    /* The item at hand goes on writing where it does; what it writes is no longer part of a message, see
     * run_item. */
    outbox_end_results(&worker->outbox);
    outbox_item_started(&worker->outbox);
    int result = outbox_flush(&worker->outbox);
    if (result < 0)
        _exit(EXIT_CPOOL_FAILED); /* nobody is there to answer to */
    if (result > 0)
        set_alarm(worker); /* the pipe is full: once more in a while */
}

/*
 * Answers that were finished before a long item must not wait for its end. While a function runs nothing else
 * touches the outbox, so that even a handler may write what is committed; at any other time the worker will
 * come to it by itself.
 */
static void on_alarm(int signal_number)
{
    (void)signal_number;
    int saved_errno = errno;
    alarmed->alarm_set = 0;
    alarmed->alarms = (alarmed->alarms + 1) & 0xFF;
    if (alarmed->plan->time_limits)
        check_time(alarmed);
    alarmed->alarm_missed = !alarmed->in_function;
    if (alarmed->in_function)
        flush_finished(alarmed);
    errno = saved_errno;
}

static void watch_alarm(struct worker *worker)
{
    struct sigaction action = {.sa_handler = on_alarm, .sa_flags = SA_RESTART};
    alarmed = worker;
    sigfillset(&action.sa_mask);
    sigaction(SIGALRM, &action, NULL);
    platform_alarm_open();
}

/* `now` 0: no item is at hand. */
static void note_since(struct worker *worker, nanoseconds now)
{
    if (worker->plan->time_limits)
        atomic_store_explicit(&worker->outbox.shared->since,
                              now == 0 ? 0 : run_state_task_clock(worker->seat->run_state, now),
                              memory_order_relaxed);
}

/* From here on, or no longer, on_alarm may use the outbox; what was done to it before is done. */
static void enter_function(struct worker *worker)
{
    atomic_signal_fence(memory_order_seq_cst);
    worker->in_function = 1;
    atomic_signal_fence(memory_order_seq_cst);
}

static void leave_function(struct worker *worker)
{
    atomic_signal_fence(memory_order_seq_cst);
    worker->in_function = 0;
    atomic_signal_fence(memory_order_seq_cst);
}

/* ---- functions ---- */

/* Which item of which chunk is at hand. */
struct place {
    uint16_t slot;
    uint64_t item;
};

struct answer {
    struct cpool_call call; /* first: what a function is given */
    struct worker *worker;
    struct place place;
    uint64_t written; /* bytes of a long one that have been sent */
};

static void send_or_leave(struct worker *worker, enum message_type type, struct place place,
                          const void *bytes, size_t length)
{
    if (outbox_send(&worker->outbox, type, place.slot, place.item, bytes, length) < 0)
        leave_orphaned();
}

/* ---- the formatter of answers ---- */

static void check_formatter(const struct worker *worker, int result)
{
    if (result == 0)
        return;
    if (!worker->formatter.failed)
        leave_orphaned();
    _exit(WORKER_CANT_KEEP);
}

static void begin_formatter(struct worker *worker, struct place place, uint32_t tries, struct items items,
                            bool was_done)
{
    const struct command_task task = {
        .number = place.item, .worker = worker->seat->number, .items = items, .tries = tries};
    if (worker->plan->formatter != NULL)
        check_formatter(worker, was_done ? formatter_skip(&worker->formatter, &task)
                                         : formatter_begin(&worker->formatter, place.slot, &task));
}

static void send_answer(struct worker *worker, enum message_type type, struct place place, const char *bytes,
                        size_t length)
{
    struct formatter *formatter = &worker->formatter;
    if (worker->plan->formatter == NULL)
        send_or_leave(worker, type, place, bytes, length);
    else if (type == MESSAGE_OUTPUT)
        check_formatter(worker, formatter_take(formatter, FORMATTER_OUTPUT, bytes, length, true));
    else
        check_formatter(worker, formatter_say(formatter, bytes, length));
}

static void end_formatter(struct worker *worker, const struct message_done *done)
{
    const struct formatter_end end = {.done = done, .pid = getpid()};
    if (worker->plan->formatter != NULL)
        check_formatter(worker, formatter_end(&worker->formatter, &end));
}

/* ---- answers ---- */

/* An answer outgrows the RESULTS message: what is finished is closed, and this item goes its own way. */
static void answer_overflow(struct cpool_call *call, const void *bytes, size_t length)
{
    struct answer *answer = call->context;
    struct worker *worker = answer->worker;

    leave_function(worker);
    if (!worker->answer_is_long) {
        worker->answer_is_long = true;
        buffer_clear(&worker->long_answer);
        buffer_append(&worker->long_answer, call->place, call->used);
        outbox_end_results(&worker->outbox);
        call->used = call->room = 0;
    }
    buffer_append(&worker->long_answer, bytes, length);
    while (buffer_length(&worker->long_answer) >= PIECE) {
        send_answer(worker, MESSAGE_OUTPUT, answer->place, buffer_bytes(&worker->long_answer), PIECE);
        answer->written += PIECE;
        buffer_take(&worker->long_answer, PIECE);
        flush(worker, worker->last_flush);
    }
    enter_function(worker);
}

/* Killed between its answer and its end, a worker must not leave an item that is answered, and lost. */
static void begin_together(struct worker *worker)
{
    size_t length = buffer_length(&worker->long_answer);
    if (worker->plan->formatter != NULL || length > PIECE)
        return;
    if (outbox_make_room(&worker->outbox, length + APART_ROOM) < 0)
        leave_orphaned();
    worker->outbox.withheld = true;
}

/* An item that can't be told in a RESULTS message: its output, its errors and its end, each in one of its
 * own. */
static void answer_apart(struct answer *answer, int result, const char *item, size_t length,
                         nanoseconds started)
{
    struct worker *worker = answer->worker;
    struct message_done done = {.outcome = OUTCOME_SUCCESS, .started = started};

    if (!worker->answer_is_long) {
        buffer_clear(&worker->long_answer);
        buffer_append(&worker->long_answer, answer->call.place, answer->call.used);
        outbox_end_results(&worker->outbox);
    }
    answer->written += buffer_length(&worker->long_answer);
    begin_together(worker);
    if (buffer_length(&worker->long_answer) > 0)
        send_answer(worker, MESSAGE_OUTPUT, answer->place, buffer_bytes(&worker->long_answer),
                    buffer_length(&worker->long_answer));
    if (result != 0) {
        char quoted[LOG_QUOTE_SIZE], text[512];
        const char *why = answer->call.why != NULL ? answer->call.why : "failed";
        log_quote(quoted, sizeof quoted, item, length);
        int size =
            snprintf(text, sizeof text, "cpool: %s: '%s': %s\n", worker->plan->function->name, quoted, why);
        if (size > 0)
            send_answer(worker, MESSAGE_ERRORS, answer->place, text, size_min((size_t)size, sizeof text - 1));
        done.outcome = OUTCOME_FAILED;
        done.code = 1;
        done.label_length = size_min(length, LABEL_MAX);
    }
    char payload[MESSAGE_DONE_SIZE + LABEL_MAX];
    done.run_time = clock_now() - started;
    done.output = answer->written;
    end_formatter(worker, &done);
    message_encode_done((unsigned char *)payload, &done);
    memcpy(payload + MESSAGE_DONE_SIZE, item, done.label_length);
    worker->outbox.withheld = false;
    send_or_leave(worker, MESSAGE_DONE, answer->place, payload, MESSAGE_DONE_SIZE + done.label_length);
    outbox_item_told(&worker->outbox);
}

/* One item: where all goes well, a call and two stores. */
static void run_item(struct worker *worker, struct answer *answer, const char *item, size_t length,
                     nanoseconds started)
{
    struct outbox *outbox = &worker->outbox;

    if (outbox->results_open &&
        (outbox_room(outbox) < ANSWER_ROOM || outbox->payload - outbox->end > RESULTS_MAX)) {
        outbox_end_results(outbox);
        flush(worker, started);
    }
    if (outbox_item_begin(outbox, answer->place.slot, answer->place.item) < 0)
        leave_orphaned();
    answer->call = (struct cpool_call){.place = outbox_place(outbox),
                                       .room = outbox_room(outbox),
                                       .overflow = answer_overflow,
                                       .context = answer};
    worker->answer_is_long = false;
    answer->written = 0;
    enter_function(worker);
    if (UNLIKELY(worker->alarm_missed)) {
        worker->alarm_missed = 0;
        set_alarm(worker);
    }
    int result = worker->plan->function->run(&answer->call, item, length);
    leave_function(worker);
    if (LIKELY(result == 0 && !worker->answer_is_long && outbox->results_open && !worker->apart)) {
        outbox_added(outbox, answer->call.used);
        outbox_item_done(outbox);
    } else {
        answer_apart(answer, result, item, length, started);
    }
}

/* It had been done before this run. */
static void skip_item(struct worker *worker, struct place place, nanoseconds now)
{
    unsigned char payload[MESSAGE_DONE_SIZE];
    message_encode_done(payload, &(struct message_done){.outcome = OUTCOME_SKIPPED, .started = now});
    outbox_end_results(&worker->outbox);
    send_or_leave(worker, MESSAGE_DONE, place, payload, sizeof payload);
    outbox_item_told(&worker->outbox);
}

/* Where tasks are observed: what the item is, before it begins. It looks like a command: FUNCTION ITEM. */
static void send_begun(struct worker *worker, struct place place, struct item item, nanoseconds now)
{
    const struct task_key *task_key = &worker->task_key;
    struct task_notice notice = {.slot = place.slot,
                                 .number = place.item,
                                 .pid = getpid(),
                                 .started = now,
                                 .key = task_key->wants_key ? task_key->key : NULL,
                                 .items = {item.bytes, item.length, ITEMS_BLOCK},
                                 .command = buffer_bytes(&task_key->line),
                                 .command_length = buffer_length(&task_key->line)};
    outbox_end_results(&worker->outbox);
    if (task_notice_send(&worker->outbox, &notice) < 0)
        leave_orphaned();
    if (now - worker->last_flush >= FLUSH_INTERVAL)
        flush(worker, now);
}

/*
 * One item, of which the parent wants to know, or whose answer has a formatter. `rest` is what the chunk
 * holds from it on, and then from the next on.
 */
static void run_apart(struct worker *worker, struct answer *answer, struct item item,
                      const struct queue_chunk *chunk, struct items *rest)
{
    nanoseconds now = clock_now();
    struct items own = *rest;
    items_skip(rest, chunk->batch);
    own.length -= rest->length;
    if (worker->plan->observed)
        task_key_of_function(&worker->task_key, worker->plan->function->name, item);
    bool was_done = task_key_was_done(&worker->task_key, answer->place.item);
    begin_formatter(worker, answer->place, chunk->tries, own, was_done);
    if (was_done) {
        skip_item(worker, answer->place, now);
        return;
    }
    if (worker->plan->observed)
        send_begun(worker, answer->place, item, now);
    run_item(worker, answer, item.bytes, item.length, now);
}

static void count_work(struct worker *worker, nanoseconds time, uint64_t items)
{
    worker->work_time += time;
    worker->work_items += items;
    atomic_store_explicit(&worker->outbox.shared->work_time, worker->work_time, memory_order_relaxed);
    atomic_store_explicit(&worker->outbox.shared->work_items, worker->work_items, memory_order_relaxed);
}

static struct items items_of(const struct worker *worker, const struct queue_chunk *chunk)
{
    const char *bytes = chunk->delimiter == ITEMS_RANGE ? NULL : worker->queue->arena + chunk->offset;
    return (struct items){bytes, chunk->length, chunk->delimiter};
}

static void run_function_chunk(struct worker *worker, unsigned slot, const struct queue_chunk *chunk)
{
    struct answer answer = {.worker = worker, .place = {.slot = (uint16_t)slot, .item = chunk->first}};
    struct items items = items_of(worker, chunk), whole = items;
    nanoseconds started = clock_now(), now = started;
    uint32_t done = 0;
    sig_atomic_t alarms = worker->alarms;

    while (done < chunk->count) {
        struct item item = {items.bytes, 0};
        if (LIKELY(chunk->batch == 1))
            (void)items_next(&items, &item);
        else
            item = items_join(&items, chunk->batch, &worker->joined);
        note_since(worker, now);
        if (LIKELY(!worker->apart))
            run_item(worker, &answer, item.bytes, item.length, now);
        else
            run_apart(worker, &answer, item, chunk, &whole);
        done++;
        answer.place.item++;
        set_alarm(worker);
        /* Between two alarms too little time passes to be looked at; before the first there may have been
         * none. */
        if (LIKELY(worker->alarms == alarms && done > 1) && !worker->plan->time_limits)
            continue;
        alarms = worker->alarms;
        now = clock_now_coarse();
        if (UNLIKELY(now > started + CHUNK_TIME_MAX) && !worker->plan->fixed_chunks)
            break;
    }
    note_since(worker, 0);
    outbox_end_results(&worker->outbox);
    if (done < chunk->count)
        send_or_leave(worker, MESSAGE_RETURN, answer.place, NULL, 0);
    now = clock_now();
    count_work(worker, now - started, done);
    if (now - worker->last_flush >= FLUSH_INTERVAL)
        flush(worker, now);
}

/* ---- commands ---- */

/* Each task of a chunk in turn. */
static int run_command_chunk(struct worker *worker, unsigned slot, const struct queue_chunk *chunk)
{
    struct items rest = items_of(worker, chunk);

    for (uint32_t i = 0; i < chunk->count; i++) {
        struct command_task task = {.number = chunk->first + i,
                                    .worker = worker->seat->number,
                                    .items = rest,
                                    .offset = chunk->offset,
                                    .tries = chunk->tries};
        items_skip(&rest, chunk->batch);
        task.items.length -= rest.length;
        if (single_run(&worker->command, (uint16_t)slot, &task) < 0)
            return -1;
    }
    return 0;
}

/* What a chunk is for the worker's kind of work; -1: it must end. */
static int run_chunk(struct worker *worker, unsigned slot, const struct queue_chunk *chunk)
{
    const struct worker_plan *plan = worker->plan;
    int result = 0;
    if (plan->function != NULL)
        run_function_chunk(worker, slot, chunk);
    else if (command_is_stream(plan->command))
        result = stream_run(&worker->command, worker->seat->number, slot, chunk, &worker->exit_status);
    else if (command_is_filter(plan->command))
        result = filter_run(&worker->filter, slot, chunk);
    else
        result = run_command_chunk(worker, slot, chunk);
    return result;
}

/* ---- the loop ---- */

static void send_hello(struct worker *worker)
{
    unsigned char payload[MESSAGE_HELLO_SIZE];
    message_encode_hello(payload, (uint32_t)getpid());
    send_or_leave(worker, MESSAGE_HELLO, (struct place){.slot = (uint16_t)worker->seat->number}, payload,
                  sizeof payload);
}

/* While the run is stopped, or this worker pauses, nothing is begun. */
static enum queue_result claim(struct worker *worker, unsigned *slot, struct queue_chunk *chunk)
{
    if (run_state_is_stopped(worker->seat->run_state) || outbox_is_paused(&worker->outbox))
        return QUEUE_EMPTY;
    return queue_claim(worker->queue, worker->seat->number, slot, chunk);
}

/* Orders are read while idle, too, or they would fill the pipe. Functions get theirs as signals: only an end
 * is read. */
static void hear_parent(struct worker *worker)
{
    char byte;
    if (worker->plan->command != NULL
            ? link_hear(&worker->command.link) < 0
            : worker->queue->wake_pipe[0] >= 0 && read(worker->seat->control_fd, &byte, 1) >= 0)
        leave_orphaned();
}

/*
 * One that pauses must not sleep where the others do: it would take a wake-up that is for one of them. It
 * hands on what it may have taken. Nothing tells a worker of functions that it may go on, so it looks.
 */
static void wait_paused(struct worker *worker)
{
    struct pollfd control = {.fd = worker->seat->control_fd, .events = POLLIN};
    if (queue_unclaimed(worker->queue) > 0)
        queue_wake(worker->queue, 1);
    signals_allow_end(true);
    (void)!poll(&control, 1, PAUSE_LOOK_MS);
    signals_allow_end(worker->plan->function != NULL);
    hear_parent(worker);
}

/* Nothing is at hand: all answers go out, then sleep until there may be something. */
static enum queue_result wait_for_chunk(struct worker *worker, unsigned *slot, struct queue_chunk *chunk)
{
    unsigned self = worker->seat->number;

    flush(worker, clock_now());
    if (outbox_is_paused(&worker->outbox) && !outbox_is_to_leave(&worker->outbox)) {
        wait_paused(worker);
        return QUEUE_EMPTY;
    }
    uint32_t ticket = queue_announce(worker->queue, self);
    enum queue_result result = claim(worker, slot, chunk);
    bool leave = outbox_is_to_leave(&worker->outbox);
    /* Told to pause meanwhile, it has not looked: what it was woken for before it must hand on. */
    if (result == QUEUE_EMPTY && !leave && !outbox_is_paused(&worker->outbox)) {
        signals_allow_end(true);
        queue_sleep(worker->queue, ticket, worker->seat->control_fd);
        signals_allow_end(worker->plan->function != NULL);
        hear_parent(worker);
    }
    queue_arrive(worker->queue, self);
    return result;
}

static void loop(struct worker *worker)
{
    struct queue_chunk chunk;
    unsigned slot;

    while (!outbox_is_to_leave(&worker->outbox)) {
        outbox_chunk(&worker->outbox);
        enum queue_result result = claim(worker, &slot, &chunk);
        if (result == QUEUE_EMPTY)
            result = wait_for_chunk(worker, &slot, &chunk);
        if (result == QUEUE_CLOSED)
            break;
        if (result != QUEUE_CLAIMED)
            continue;
        FAULT_POINT(after_claim);
        if (run_chunk(worker, slot, &chunk) < 0)
            break;
    }
}

/* A parent that died before we asked for its death signal sends none. */
static void watch_parent(const struct worker_plan *plan, const struct worker_seat *seat)
{
    /* One that computes has nothing to clean up, and may be stopped (^Z), when no signal but KILL ends it. */
    int end = plan->function != NULL ? SIGKILL : SIGNALS_END_WORKER;
    if (platform_set_parent_death_signal(end) < 0 && plan->function != NULL)
        (void)platform_signal_on_close(seat->control_fd);
    if (getppid() != seat->parent)
        leave_orphaned();
}

/* A worker reads nothing and must leave no caller's pipe waiting for it: descriptor 0 becomes /dev/null. */
static void close_input(void)
{
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (null < 0 || dup2(null, STDIN_FILENO) < 0)
        leave_orphaned();
    if (null != STDIN_FILENO)
        io_close(&null);
}

/* Without memory, say: what its tasks have started must not outlive the worker, since nobody else can find
 * it. */
static void end_all(void *context)
{
    (void)context;
    (void)reaper_sweep(clock_now() + NS_PER_S, NULL);
}

void worker_main(const struct worker_plan *plan, const struct worker_seat *seat, struct queue *queue)
{
    struct worker worker = {.plan = plan, .seat = seat, .queue = queue, .last_flush = clock_now()};

    log_set_last_act(end_all, NULL);
    signals_enter_worker(plan->command != NULL);
    /* For its tasks: what touches the terminal is to fail, not to hang. One for all of them, see spawn.c. */
    if (plan->command != NULL)
        (void)setsid();
    watch_parent(plan, seat);
    close_input();
    outbox_open(&worker.outbox, seat->outbox, seat->results_fd);
    if (plan->command != NULL)
        command_open(&worker.command, plan->command, &worker.outbox, seat->control_fd, seat->run_state,
                     platform_become_subreaper() == 0);
    worker.command.queue = queue;
    worker.command.observed = plan->observed;
    worker.task_key = (struct task_key){.wants_key = plan->keys || plan->done != NULL, .done = plan->done};
    worker.command.task_key = worker.task_key;
    worker.command.apart = worker.apart = plan->observed || plan->formatter != NULL;
    if (plan->formatter != NULL) {
        formatter_open(&worker.formatter, plan->formatter, &worker.outbox);
        worker.command.formatter = &worker.formatter;
    }
    worker.filter = (struct filter){.command = &worker.command, .number = seat->number};
    if (plan->function != NULL)
        watch_alarm(&worker);
    send_hello(&worker);
    signals_allow_end(plan->function != NULL);
    loop(&worker);
    /* Where the parent is gone there is nobody to flush to, and nothing is lost by it. */
    if (worker.command.link.parent_gone || outbox_flush_wait(&worker.outbox) < 0)
        leave_orphaned();
    int status = worker.filter.exit_status != 0 ? worker.filter.exit_status : worker.exit_status;
    if (worker.command.starved)
        status = WORKER_STARVED;
    else if (status == 0 && worker.command.left)
        status = WORKER_LEFT;
    _exit(status);
}
