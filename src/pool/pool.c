/*
 * One event loop. Each round: hand out what can be handed out, wait for news under the open signal mask, deal with
 * the news. What is waited for follows from the state; nothing is remembered twice.
 *
 *     RUNNING ──end of input──▶ DRAINING ──all done, all gone──▶ DONE
 *        └───signal, lost output───┴──▶ TERMINATING ──ladder over, or a second signal──▶ KILLING ──▶ DONE
 *                                            └──all gone──▶ DONE
 */
#include "pool/pool.h"

#include "base/buffer.h"
#include "base/platform.h"
#include "ipc/queue.h"
#include "pool/crew.h"
#include "pool/ledger.h"
#include "proc/signals.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The work that a chunk should hold. */
#define CHUNK_TIME     (250 * NS_PER_US)
#define CHUNK_BYTES    (64 * KIB)
/* Chunks in the queue for each worker, so that none waits for the parent. */
#define AHEAD_FUNCTION 4
#define AHEAD_COMMAND  64

#define ARENA_SIZE     (64 * MIB)
#define ARENA_SIZE_MIN (2 * MIB)

/* Seats beyond the jobs asked for, for SIGUSR1. */
#define SPARE_SEATS 16

/* Dead workers in a row, without a result between, after which it makes no sense to go on. */
#define DEATHS_MAX        10
/* After a death or a fork that failed: the first pause before the next try; it doubles. */
#define HIRE_PAUSE        (10 * NS_PER_MS)
#define HIRE_PAUSE_MAX    (1 * NS_PER_S)
#define HIRE_FAILURES_MAX 10

/* How long after KILL everything must be gone. */
#define KILL_TIME    (2 * NS_PER_S)
/* What the workers get beyond the ladder's own time. */
#define LADDER_SLACK (250 * NS_PER_MS)
/* How long a pool that can neither keep output nor reach the item that it waits for is left alone. */
#define STUCK_TIME   (2 * NS_PER_S)

enum pool_state { RUNNING, DRAINING, TERMINATING, KILLING, DONE };

struct pool {
    const struct pool_options *options;
    struct pool_report *report;
    enum pool_state state;
    nanoseconds deadline; /* of TERMINATING and KILLING */

    struct queue queue;
    struct arena arena;
    struct collector collector;
    struct ledger ledger;
    struct crew crew;
    struct poller poller;

    unsigned jobs; /* workers wanted at most, as it stands */
    bool fewer_jobs_said;
    unsigned deaths;        /* in a row */
    unsigned hire_failures; /* in a row */
    nanoseconds hire_not_before;
    nanoseconds stuck_since; /* CLOCK_NEVER: it is not */

    uint64_t next_item; /* number of the next task from the source */
    double task_time;   /* nanoseconds, moving average; 0: not known */
    bool source_ended;
    bool source_readable;    /* the poller said so, and nothing was read since */
    unsigned source_watched; /* poller events asked for, or 0 */
    int sink_watched;        /* descriptor, or -1 */
};

/* Marks for the poller's `data`; everything else there is a member of the crew. */
static char source_mark, sink_mark;

static nanoseconds pause_after(unsigned failures)
{
    nanoseconds pause = HIRE_PAUSE << (failures < 8 ? failures : 8);
    return pause < HIRE_PAUSE_MAX ? pause : HIRE_PAUSE_MAX;
}

/* ---- the end ---- */

/* No new task; everybody ends by the ladder. The first cause counts. */
static void terminate(struct pool *pool, enum pool_end cause, int signal_number, nanoseconds now)
{
    if (pool->state >= TERMINATING)
        return;
    pool->state = TERMINATING;
    pool->report->end = cause;
    pool->report->signal = signal_number;
    pool->deadline = now + LADDER_SLACK;
    for (size_t i = 0; i < pool->options->ladder.count; i++)
        pool->deadline += pool->options->ladder.steps[i].pause;
    for (unsigned slot = 0; slot < pool->queue.slot_count; slot++)
        (void)queue_withdraw(&pool->queue, slot);
    queue_close(&pool->queue);
    crew_dismiss(&pool->crew, MESSAGE_TERMINATE, signal_number);
}

static void begin_killing(struct pool *pool, nanoseconds now)
{
    if (pool->state == KILLING)
        return;
    pool->state = KILLING;
    pool->deadline = now + KILL_TIME / 2;
    crew_dismiss(&pool->crew, MESSAGE_KILL, 0);
}

static void give_up(struct pool *pool, int error, nanoseconds now)
{
    pool->report->error = error;
    terminate(pool, POOL_GAVE_UP, 0, now);
}

/* ---- results ---- */

static void record_failure(struct pool *pool, uint64_t item, const struct message_done *done)
{
    struct pool_report *report = pool->report;
    report->failed++;
    if (report->failed > 1 && report->first.item < item)
        return;
    report->first = (struct pool_failure){.item = item, .outcome = done->outcome, .code = done->code};
    log_quote(report->first.label, sizeof report->first.label, done->label, done->label_length);
}

static void tasks_ended(struct pool *pool, unsigned slot, uint32_t tasks)
{
    pool->report->tasks += tasks;
    ledger_done(&pool->ledger, slot, tasks);
}

/* False: no worker in its right mind sends this. */
static bool take_message(struct pool *pool, struct crew_member *member, const struct message *message)
{
    if (message->type == MESSAGE_HELLO)
        return message->as.hello.pid == (uint32_t)member->pid;

    struct ledger_chunk *chunk = ledger_check(&pool->ledger, member->number, message->slot, message->item);
    if (chunk == NULL)
        return false;
    switch (message->type) {
    case MESSAGE_OUTPUT:
    case MESSAGE_ERRORS:
        collector_add(&pool->collector, chunk->span,
                      message->type == MESSAGE_OUTPUT ? COLLECTOR_OUTPUT : COLLECTOR_ERRORS,
                      message->as.output.bytes, message->as.output.length);
        return true;
    case MESSAGE_RESULTS:
        if (message->as.output.count > chunk->what.count - chunk->done)
            return false;
        collector_add(&pool->collector, chunk->span, COLLECTOR_OUTPUT, message->as.output.bytes,
                      message->as.output.length);
        tasks_ended(pool, message->slot, message->as.output.count);
        return true;
    case MESSAGE_DONE:
        if (message->as.done.outcome != OUTCOME_SUCCESS)
            record_failure(pool, message->item, &message->as.done);
        tasks_ended(pool, message->slot, 1);
        return true;
    case MESSAGE_RETURN:
        ledger_take_back(&pool->ledger, message->slot);
        return true;
    default:
        return false;
    }
}

static void note_work(struct pool *pool, struct crew_member *member)
{
    struct outbox_shared *outbox = crew_outbox(&pool->crew, member);
    uint64_t time = atomic_load_explicit(&outbox->work_time, memory_order_relaxed);
    uint64_t items = atomic_load_explicit(&outbox->work_items, memory_order_relaxed);
    if (items <= member->work_items || time < member->work_time)
        return;
    double each = (double)(time - member->work_time) / (double)(items - member->work_items);
    /* A rise counts at once, since too large a chunk holds others up; a fall counts bit by bit. */
    pool->task_time = pool->task_time == 0 || each > pool->task_time ? each : (pool->task_time + each) / 2;
    member->work_time = time;
    member->work_items = items;
}

static void take_messages(struct pool *pool, struct crew_member *member)
{
    struct message message;
    int result = 0;

    while (!member->corrupt && (result = channel_next(&member->results, &message)) == 1) {
        if (!take_message(pool, member, &message))
            result = -1;
        else if (message.type != MESSAGE_HELLO)
            pool->deaths = 0;
        if (result < 0)
            break;
    }
    if (result < 0) {
        log_error("worker %u (process %ld): sent a message that can't be; it is ended, its item has failed",
                  member->number + 1, (long)member->pid);
        member->corrupt = true;
        reaper_signal(member->pid, SIGKILL);
    }
    note_work(pool, member);
}

/* ---- a worker is gone ---- */

static void lose_item(struct pool *pool, struct crew_member *member, unsigned slot,
                      const struct ledger_chunk *chunk)
{
    char name[32], quoted[LOG_QUOTE_SIZE];
    uint64_t number = chunk->what.first + chunk->done;
    struct message_done done = {.outcome = OUTCOME_LOST, .code = (uint32_t)member->status.signal_number};
    done.label = ledger_item(&pool->ledger, chunk, chunk->done, &done.label_length);

    record_failure(pool, number, &done);
    log_quote(quoted, sizeof quoted, done.label, done.label_length);
    if (member->status.signal_number != 0)
        log_error("item %llu '%s': lost: its worker was ended by %s; the other items go on",
                  (unsigned long long)number + 1, quoted,
                  signals_name(member->status.signal_number, name, sizeof name));
    else
        log_error("item %llu '%s': lost: its worker exited with status %d; the other items go on",
                  (unsigned long long)number + 1, quoted, member->status.exit_status);
    tasks_ended(pool, slot, 1);
}

/* What it had done counts, what it was on is lost, what it had not begun is handed out again. */
static void settle_chunk(struct pool *pool, struct crew_member *member)
{
    unsigned slot;
    struct ledger_chunk *chunk = ledger_claimed_by(&pool->ledger, member->number, &slot);
    if (chunk == NULL)
        return;

    struct buffer output = BUFFER_INIT;
    uint32_t told = chunk->done, count = chunk->what.count, done;
    bool running;
    if (member->corrupt ||
        outbox_recover_items(crew_outbox(&pool->crew, member), count, told, &done, &running, &output) < 0) {
        done = told;
        running = true;
    }
    if (buffer_length(&output) > 0)
        collector_add(&pool->collector, chunk->span, COLLECTOR_OUTPUT, buffer_bytes(&output),
                      buffer_length(&output));
    buffer_release(&output);
    if (done > told)
        tasks_ended(pool, slot, done - told);
    if (done == count)
        return;
    if (running && pool->state < TERMINATING) {
        lose_item(pool, member, slot, chunk);
        if (done + 1 == count)
            return;
    }
    ledger_take_back(&pool->ledger, slot);
}

static void bury(struct pool *pool, struct crew_member *member, nanoseconds now)
{
    bool violent = member->status.exit_status != 0;

    if (!member->corrupt) {
        uint64_t received = member->results.received;
        if (outbox_recover(crew_outbox(&pool->crew, member), received, &member->results.bytes) == 0)
            take_messages(pool, member);
    }
    settle_chunk(pool, member);
    crew_kill_task(&pool->crew, member);
    crew_close_seat(&pool->crew, member);
    if (!violent || pool->state >= TERMINATING)
        return;
    pool->deaths++;
    pool->hire_not_before = now + pause_after(pool->deaths);
    if (pool->deaths >= DEATHS_MAX) {
        log_error("%u workers in a row died without a result: the run is ended; see what kills them (memory? "
                  "ulimit?)",
                  pool->deaths);
        give_up(pool, 0, now);
    }
}

static void bury_the_gone(struct pool *pool, nanoseconds now)
{
    for (unsigned i = 0; i < pool->crew.seats; i++)
        if (crew_is_gone(&pool->crew.members[i]))
            bury(pool, &pool->crew.members[i], now);
}

static void hear(struct pool *pool, struct crew_member *member)
{
    ssize_t n = channel_fill(&member->results);
    if (n > 0)
        take_messages(pool, member);
    else if (n == 0 || errno != EAGAIN)
        crew_drained(&pool->crew, member);
}

/* ---- handing out ---- */

static void hire(struct pool *pool, nanoseconds now)
{
    if (pool->ledger.outstanding <= pool->crew.alive || pool->crew.alive >= pool->jobs ||
        now < pool->hire_not_before)
        return;
    if (crew_hire(&pool->crew) != NULL) {
        pool->hire_failures = 0;
        return;
    }
    int error = errno;
    pool->hire_failures++;
    pool->hire_not_before = now + pause_after(pool->hire_failures);
    if (pool->crew.alive > 0) {
        if (!pool->fewer_jobs_said)
            log_warning("-j: only %u of %u workers could be started: %s; going on with fewer",
                        pool->crew.alive, pool->jobs, strerror(error));
        pool->fewer_jobs_said = true;
    } else if (pool->hire_failures >= HIRE_FAILURES_MAX) {
        log_error("no worker could be started: %s; try fewer jobs (-j), or raise ulimit -u or -n",
                  strerror(error));
        give_up(pool, error, now);
    }
}

static uint32_t tasks_wanted(const struct pool *pool)
{
    if (pool->options->chunk != 0)
        return pool->options->chunk;
    if (pool->options->workers.function == NULL || pool->task_time == 0)
        return 1;
    double tasks = (double)CHUNK_TIME / pool->task_time;
    return tasks < 1 ? 1 : tasks > UINT32_MAX / 2 ? UINT32_MAX / 2 : (uint32_t)tasks;
}

static size_t chunks_wanted(const struct pool *pool)
{
    if (pool->options->workers.function == NULL)
        return pool->jobs + AHEAD_COMMAND;
    /* Until it is known how long a task takes, one for each worker and one in hand will do. */
    return (size_t)pool->jobs * (pool->task_time == 0 ? 2 : AHEAD_FUNCTION) + 4;
}

/* One more chunk from the source into the ledger. */
static bool take_from_source(struct pool *pool)
{
    if (pool->source_ended)
        return false;
    bool fixed = pool->options->chunk != 0;
    struct pool_want want = {.tasks = tasks_wanted(pool),
                             .bytes = fixed ? SIZE_MAX : CHUNK_BYTES,
                             .share = fixed ? 1 : 2 * pool->jobs,
                             .grow = pool->ledger.outstanding <= pool->jobs,
                             .readable = pool->source_readable};
    struct queue_chunk chunk = {.first = pool->next_item};
    struct arena_block *block;

    pool->source_readable = false;
    switch (pool->options->source.take(pool->options->source.context, &want, &chunk, &block)) {
    case POOL_CHUNK:
        pool->next_item += chunk.count;
        ledger_add(&pool->ledger, &chunk, block);
        return true;
    case POOL_WAIT:
        pool->source_watched = POLLER_READ; /* wanted; see watch_source */
        return false;
    case POOL_FULL:
        pool->source_readable = want.readable;
        return false;
    case POOL_BROKEN:
        pool->source_ended = true;
        terminate(pool, POOL_SOURCE_FAILED, 0, clock_now());
        return false;
    case POOL_END:
        break;
    }
    pool->source_ended = true;
    return false;
}

static void hand_out(struct pool *pool, nanoseconds now)
{
    pool->source_watched &= ~POLLER_READ;
    while (pool->state < TERMINATING && collector_appetite(&pool->collector) == COLLECTOR_WANTS_ALL &&
           pool->ledger.outstanding < chunks_wanted(pool)) {
        if (!ledger_has_waiting(&pool->ledger) && !take_from_source(pool))
            break;
        if (!ledger_publish(&pool->ledger, tasks_wanted(pool)))
            break;
        queue_wake(&pool->queue, 1);
        hire(pool, now);
    }
    if (pool->state >= TERMINATING)
        return;
    hire(pool, now);
    if (pool->state == RUNNING && pool->source_ended && !ledger_has_waiting(&pool->ledger)) {
        pool->state = DRAINING;
        queue_close(&pool->queue);
    }
}

/* ---- what is waited for ---- */

static void watch_source(struct pool *pool, unsigned wanted, unsigned *watched, int fd)
{
    if (wanted == *watched)
        return;
    if (poller_watch(&pool->poller, fd, *watched, wanted, &source_mark) == 0)
        *watched = wanted;
    else if (wanted != 0)
        pool->source_readable = true; /* what can't be watched never makes one wait */
}

static void watch_sink(struct pool *pool)
{
    int fd = pool->collector.blocked ? pool->options->sink_fd(pool->options->sink.context) : -1;
    if (fd == pool->sink_watched)
        return;
    if (pool->sink_watched >= 0)
        (void)poller_watch(&pool->poller, pool->sink_watched, POLLER_WRITE, 0, &sink_mark);
    if (fd >= 0 && poller_watch(&pool->poller, fd, 0, POLLER_WRITE, &sink_mark) < 0)
        fd = -1;
    pool->sink_watched = fd;
}

/* Back-pressure: who is not listened to waits in its own write. */
static void watch_crew(struct pool *pool, nanoseconds now)
{
    enum collector_appetite appetite = collector_appetite(&pool->collector);
    int first = appetite == COLLECTOR_WANTS_FIRST ? ledger_first_owner(&pool->ledger) : -1;

    for (unsigned i = 0; i < pool->crew.seats; i++)
        if (pool->crew.members[i].pid != 0 && !pool->crew.members[i].drained)
            crew_watch(&pool->crew, &pool->crew.members[i],
                       appetite == COLLECTOR_WANTS_ALL || (int)i == first || pool->state == KILLING);

    /* The item that everything waits for is with nobody, and nobody is free to take it. */
    bool stuck = appetite == COLLECTOR_WANTS_FIRST && first < 0 && pool->state < TERMINATING;
    if (!stuck)
        pool->stuck_since = CLOCK_NEVER;
    else if (pool->stuck_since == CLOCK_NEVER)
        pool->stuck_since = now;
    else if (now - pool->stuck_since >= STUCK_TIME) {
        pool->report->error = pool->collector.file_error;
        terminate(pool, POOL_SPILL_FAILED, 0, now);
    }
}

static nanoseconds next_deadline(const struct pool *pool)
{
    nanoseconds deadline = pool->state >= TERMINATING ? pool->deadline : CLOCK_NEVER;
    if (pool->state < TERMINATING && pool->hire_not_before > 0 &&
        pool->ledger.outstanding > pool->crew.alive && pool->crew.alive < pool->jobs &&
        pool->hire_not_before < deadline)
        deadline = pool->hire_not_before;
    if (pool->stuck_since != CLOCK_NEVER && pool->stuck_since + STUCK_TIME < deadline)
        deadline = pool->stuck_since + STUCK_TIME;
    return deadline;
}

/* ---- news ---- */

static void more_jobs(struct pool *pool)
{
    if (pool->jobs < pool->crew.seats)
        pool->jobs++;
}

static void fewer_jobs(struct pool *pool)
{
    if (pool->jobs <= 1)
        return;
    pool->jobs--;
    if (pool->crew.alive > pool->jobs)
        (void)crew_send_home(&pool->crew);
}

static void take_signals(struct pool *pool, nanoseconds now)
{
    for (int signal_number; (signal_number = signals_next()) != 0;) {
        if (signal_number == SIGCHLD)
            crew_reap(&pool->crew);
        else if (signal_number == SIGUSR1)
            more_jobs(pool);
        else if (signal_number == SIGUSR2)
            fewer_jobs(pool);
        else if (pool->state < TERMINATING)
            terminate(pool, POOL_SIGNALLED, signal_number, now);
        else
            begin_killing(pool, now);
    }
}

static void take_news(struct pool *pool, const struct poller_event *events, int count)
{
    for (int i = 0; i < count; i++) {
        if (events[i].data == &source_mark)
            pool->source_readable = true;
        else if (events[i].data == &sink_mark)
            collector_pump(&pool->collector);
        else
            hear(pool, events[i].data);
    }
}

static void check_sink(struct pool *pool, nanoseconds now)
{
    if (!pool->collector.failed || pool->state >= TERMINATING)
        return;
    pool->report->error = pool->collector.file_error;
    terminate(pool, pool->collector.file_error != 0 ? POOL_SPILL_FAILED : POOL_SINK_FAILED, 0, now);
}

/* Steps that only time brings, and the last one. */
static void move_on(struct pool *pool, nanoseconds now)
{
    bool over = pool->state >= TERMINATING && now >= pool->deadline;
    if (pool->crew.alive == 0) {
        bool all_done = pool->ledger.outstanding == 0 && !ledger_has_waiting(&pool->ledger);
        if (pool->state >= TERMINATING) {
            collector_abandon(&pool->collector);
            if (over || pool->collector.failed || collector_first(&pool->collector) == NULL)
                pool->state = DONE;
        } else if (pool->state == DRAINING && all_done && collector_first(&pool->collector) == NULL) {
            pool->state = DONE;
        }
        return;
    }
    if (over && pool->state == TERMINATING) {
        begin_killing(pool, now);
    } else if (over && pool->state == KILLING) {
        crew_kill(&pool->crew);
        pool->deadline = now + KILL_TIME / 2;
    }
}

static void run(struct pool *pool)
{
    unsigned source_watched = 0;
    int source_fd = pool->options->source.fd(pool->options->source.context);

    for (nanoseconds now = clock_now(); pool->state != DONE; now = clock_now()) {
        struct poller_event events[POLLER_BATCH];

        hand_out(pool, now);
        check_sink(pool, now);
        watch_source(pool, pool->source_watched, &source_watched, source_fd);
        watch_sink(pool);
        watch_crew(pool, now);
        move_on(pool, now);
        if (pool->state == DONE)
            break;
        int timeout = clock_poll_timeout(now, next_deadline(pool));
        if (pool->source_readable && pool->source_watched != 0)
            timeout = 0;
        int count = poller_wait(&pool->poller, events, timeout, signals_wait_mask());
        now = clock_now();
        take_news(pool, events, count);
        take_signals(pool, now);
        bury_the_gone(pool, now);
    }
    if (source_watched != 0)
        (void)poller_watch(&pool->poller, source_fd, source_watched, 0, &source_mark);
}

/* ---- making and unmaking ---- */

static int make_queue(struct pool *pool, unsigned seats)
{
    size_t slots = 2 * (seats + size_max(chunks_wanted(pool), (size_t)seats * AHEAD_FUNCTION + 4));
    /* Where address space is short, a smaller arena does: it is only that very long items find no room. */
    for (size_t arena = ARENA_SIZE;; arena /= 4) {
        if (queue_create(&pool->queue, seats, size_min(slots, QUEUE_SLOTS_MAX), arena) == 0)
            return 0;
        if (errno != ENOMEM || arena <= ARENA_SIZE_MIN)
            return -1;
    }
}

int pool_run(const struct pool_options *options, struct pool_report *report)
{
    struct pool pool = {.options = options,
                        .report = report,
                        .jobs = options->jobs,
                        .stuck_since = CLOCK_NEVER,
                        .sink_watched = -1};
    unsigned seats = (unsigned)size_min(options->jobs + SPARE_SEATS, QUEUE_OWNERS_MAX);

    *report = (struct pool_report){.end = POOL_FINISHED};
    if (make_queue(&pool, seats) < 0)
        return -1;
    if (poller_open(&pool.poller) < 0 ||
        crew_init(&pool.crew, seats, &options->workers, &pool.queue, &pool.poller) < 0) {
        int saved_errno = errno;
        poller_close(&pool.poller);
        queue_destroy(&pool.queue);
        errno = saved_errno;
        return -1;
    }
    pool.crew.in_child = options->in_child;
    pool.crew.context = options->context;
    (void)platform_become_subreaper();
    arena_init(&pool.arena, pool.queue.arena, pool.queue.arena_size);
    collector_init(&pool.collector, &options->sink, options->memory_cap, options->directory);
    ledger_init(&pool.ledger, &pool.queue, &pool.arena, &pool.collector);
    options->source.start(options->source.context, &pool.arena);

    run(&pool);
    /* Ended early, nothing that was started may live on; ended in peace, what tasks left behind on purpose
     * may. */
    if (report->end != POOL_FINISHED)
        (void)reaper_sweep(clock_now() + KILL_TIME);

    ledger_release(&pool.ledger);
    collector_release(&pool.collector);
    arena_release(&pool.arena);
    crew_release(&pool.crew);
    poller_close(&pool.poller);
    queue_destroy(&pool.queue);
    return 0;
}
