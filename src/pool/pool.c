/*
 * One event loop. Each round: hand out what can be handed out, wait for news under the open signal mask, deal
 * with the news. What is waited for follows from the state; nothing is remembered twice.
 */
#include "pool/pool_internal.h"

#include "base/log.h"
#include "proc/signals.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <unistd.h>

#define ARENA_SIZE     (64 * MIB)
#define ARENA_SIZE_MIN (2 * MIB)

/* Seats beyond the jobs asked for, for SIGUSR1. */
#define SPARE_SEATS 16

/* Room for what filters hold that keep their answers back for long, and for many small chunks. */
#define MANY_SLOTS 4096

/* How long a pool that can neither keep output nor reach the item that it waits for is left alone. */
#define STUCK_TIME (2 * NS_PER_S)
/* A sink that is blocked and can't be watched is tried again so often. */
#define SINK_PAUSE (10 * NS_PER_MS)

/* Marks for the poller's `data`; everything else there is a member of the crew. */
static char source_mark, sink_mark;

/* ---- what is waited for ---- */

static void watch_source(struct pool *pool)
{
    bool wanted = (pool->source_wanted & POLLER_READ) != 0;
    int fd = wanted ? pool->options->source.fd(pool->options->source.context) : -1;
    if (fd == pool->source_watched)
        return;
    if (pool->source_watched >= 0)
        (void)poller_watch(&pool->poller, pool->source_watched, POLLER_READ, 0, &source_mark);
    pool->source_watched = fd;
    if (fd < 0 || poller_watch(&pool->poller, fd, 0, POLLER_READ, &source_mark) == 0)
        return;
    pool->source_watched = -1;
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

static bool sink_is_unwatched(const struct pool *pool)
{
    return pool->collector.blocked && pool->sink_watched < 0;
}

/* Back-pressure: who is not listened to waits in its own write. */
static void watch_crew(struct pool *pool, nanoseconds now)
{
    enum collector_appetite appetite = collector_appetite(&pool->collector);
    int first = appetite == COLLECTOR_WANTS_FIRST ? ledger_first_owner(&pool->ledger) : -1;

    bool as_it_should = appetite == COLLECTOR_WANTS_ALL && crew_watches_all(&pool->crew);
    for (unsigned i = 0; i < pool->crew.top && !as_it_should; i++)
        if (pool->crew.members[i].pid != 0 && !pool->crew.members[i].drained)
            crew_watch(&pool->crew, &pool->crew.members[i],
                       appetite == COLLECTOR_WANTS_ALL || (int)i == first || pool->state == POOL_KILLING);

    /* The item that everything waits for is with nobody, and nobody is free to take it. */
    bool stuck = appetite == COLLECTOR_WANTS_FIRST && first < 0 && !pool_is_ending(pool);
    if (!stuck)
        pool->stuck_since = CLOCK_NEVER;
    else if (pool->stuck_since == CLOCK_NEVER)
        pool->stuck_since = now;
    else if (now - pool->stuck_since >= STUCK_TIME)
        pool_stop(pool, POOL_SPILL_FAILED, pool->collector.spool.file_error, now);
}

static nanoseconds earlier(nanoseconds a, nanoseconds b)
{
    return a < b ? a : b;
}

/* Time limits of functions, and workers that somebody has stopped: what is due, and when more is. */
static void look_after_crew(struct pool *pool, nanoseconds now)
{
    pool->crew_due = crew_check_time(&pool->crew, now);
    pool->crew_due = earlier(pool->crew_due, stops_look(pool, now));
}

static nanoseconds next_deadline(const struct pool *pool, nanoseconds now)
{
    nanoseconds deadline = earlier(pool->crew_due, pool->observers_due);
    if (sink_is_unwatched(pool))
        deadline = earlier(deadline, now + SINK_PAUSE);
    if (pool_is_ending(pool))
        return earlier(earlier(deadline, pool->deadline), orphans_next_step(pool));
    deadline = earlier(deadline, hiring_next(pool));
    deadline = earlier(deadline, pool->next_start);
    deadline = earlier(deadline, pool->throttle_due);
    deadline = earlier(deadline, ledger_next_due(&pool->ledger));
    return pool->stuck_since == CLOCK_NEVER ? deadline : earlier(deadline, pool->stuck_since + STUCK_TIME);
}

/* ---- news ---- */

/* ^Z: the tasks stop, then we do. SIGSTOP, since the kernel drops SIGTSTP where nobody could continue us. */
static void stop(struct pool *pool, nanoseconds now)
{
    crew_stop(&pool->crew);
    observers_stop(pool->options->observers);
    reaper_signal(getpid(), SIGSTOP);
    nanoseconds stopped = clock_now() - now;
    if (pool_is_ending(pool))
        pool->deadline += stopped;
    orphans_continue(pool, stopped);
    crew_continue(&pool->crew, stopped);
}

static void take_signals(struct pool *pool, nanoseconds now)
{
    for (int signal_number; (signal_number = signals_next()) != 0;) {
        switch (signal_number) {
        case SIGCHLD:
            if (crew_reap(&pool->crew))
                orphans_look(pool);
            break;
        case SIGUSR1:
            hiring_set_jobs(pool, pool->jobs + 1);
            break;
        case SIGUSR2:
            hiring_set_jobs(pool, pool->jobs - (pool->jobs > 0));
            break;
        case SIGTSTP:
            stop(pool, now);
            break;
        default:
            if (!pool_is_ending(pool)) {
                pool->report->end = POOL_SIGNALLED;
                pool->report->signal = signal_number;
            }
            pool_event(pool, POOL_END_SIGNAL, now);
        }
    }
}

static void take_news(struct pool *pool, const struct poller_event *events, int count, nanoseconds now)
{
    for (int i = 0; i < count; i++) {
        if (events[i].data == &source_mark)
            pool->source_readable = true;
        else if (events[i].data == &sink_mark)
            collector_pump(&pool->collector);
        else
            results_hear(pool, events[i].data, now);
    }
}

static void check_sink(struct pool *pool, nanoseconds now)
{
    const struct spool *kept = &pool->collector.spool;
    if (pool->collector.failed)
        pool_stop(pool, kept->lost ? POOL_SPILL_FAILED : POOL_SINK_FAILED, kept->file_error, now);
}

/* Nobody is left and nothing is to come: whether all output is out, or will never be. */
static bool is_out(struct pool *pool, bool time_is_up)
{
    if (pool->halting)
        collector_abandon(&pool->collector);
    else if (pool->ledger.outstanding > 0 || ledger_has_waiting(&pool->ledger) ||
             ledger_next_due(&pool->ledger) != CLOCK_NEVER)
        return false;
    collector_flush(&pool->collector);
    bool is_done = collector_is_out(&pool->collector) || pool->collector.failed;
    pool->report->untaken = !is_done && time_is_up;
    return is_done || time_is_up;
}

/* Steps that only time brings, and the last one. */
static void move_on(struct pool *pool, nanoseconds now)
{
    bool time_is_up = pool_is_ending(pool) && now >= pool->deadline;
    orphans_step(pool, now);
    bool all_gone = pool->crew.alive == 0 && is_out(pool, time_is_up) &&
                    (pool->state != POOL_TERMINATING || orphans_are_gone(pool));
    check_sink(pool, now);
    if (all_gone)
        pool_event(pool, POOL_ALL_GONE, now);
    else if (time_is_up)
        pool_event(pool, POOL_TIME_UP, now);
}

static void know_total(struct pool *pool)
{
    if (pool->source_ended)
        pool->report->total = pool->next_item;
    else if (pool->report->total == 0)
        pool->report->total = pool->options->source.total(pool->options->source.context);
}

static void run(struct pool *pool)
{
    for (nanoseconds now = clock_now();; now = clock_now()) {
        struct poller_event events[POLLER_BATCH];

        collector_flush(&pool->collector);
        check_sink(pool, now);
        throttle_look(pool, now);
        dispatch(pool, now);
        know_total(pool);
        observe_tick(pool, now);
        move_on(pool, now);
        if (pool->state == POOL_DONE)
            break;
        if (pool->passes_through)
            crew_set_head(&pool->crew, collector_head(&pool->collector));
        watch_source(pool); /* from here on nothing changes what is to be waited for */
        watch_sink(pool);
        watch_crew(pool, now);
        look_after_crew(pool, now);
        int timeout = clock_poll_timeout(now, next_deadline(pool, now));
        if (pool->source_readable && pool->source_wanted != 0)
            timeout = 0;
        int count = poller_wait(&pool->poller, events, timeout, signals_wait_mask());
        nanoseconds before = now;
        now = clock_now();
        observe_waited(pool, now - before);
        take_news(pool, events, count, now);
        if (sink_is_unwatched(pool))
            collector_pump(&pool->collector);
        take_signals(pool, now);
        bury_workers(pool, now);
    }
    if (pool->source_watched >= 0)
        (void)poller_watch(&pool->poller, pool->source_watched, POLLER_READ, 0, &source_mark);
}

/* ---- making and unmaking ---- */

/* Address space that must be left for all that is not the queue. */
#define HEADROOM (4 * MIB)

static bool has_headroom(void)
{
    void *volatile room = malloc(HEADROOM); /* volatile: or the compiler knows how it ends */
    free(room);
    return room != NULL;
}

static int make_queue(struct pool *pool, unsigned seats)
{
    /* Twice what may ever be in it, so that slots held by slow tasks leave room. */
    size_t slots = 2 * (seats + 4 * dispatch_chunks_wanted(pool));
    bool resident = command_stays_alive(pool->options->workers.command);
    if (resident || pool->options->chunk != 0)
        slots = size_max(slots, MANY_SLOTS);
    /* Where address space is short, a smaller arena does: it is only that very long items find no room. */
    for (size_t arena = ARENA_SIZE;; arena /= 4) {
        bool last = arena <= ARENA_SIZE_MIN;
        if (queue_create(&pool->queue, seats, size_min(slots, QUEUE_SLOTS_MAX), arena) == 0) {
            if (last || has_headroom())
                return resident ? queue_use_pipe(&pool->queue) : 0;
            queue_destroy(&pool->queue);
        } else if (errno != ENOMEM || last) {
            return -1;
        }
    }
}

/* What may fail; nothing is left where it has: 0, or -1 with errno. */
static int acquire(struct pool *pool)
{
    const struct pool_options *options = pool->options;
    unsigned most = options->jobs > options->jobs_most ? options->jobs : options->jobs_most;
    unsigned seats = (unsigned)size_min(most + SPARE_SEATS, QUEUE_OWNERS_MAX);

    /* The crew before the queue, which can do with less. */
    if (crew_init(&pool->crew, seats, &options->workers, &pool->queue, &pool->poller) < 0)
        return -1;
    if (make_queue(pool, seats) == 0 && poller_open(&pool->poller) == 0)
        return 0;
    int saved_errno = errno;
    queue_destroy(&pool->queue);
    crew_release(&pool->crew);
    errno = saved_errno;
    return -1;
}

/* Without memory, say: the workers end by themselves, and their tasks with them, but what came to this
 * process is its own. */
static void end_orphans(void *context)
{
    const struct pool *pool = context;
    (void)reaper_sweep_others(pool->crew.pids, pool->crew.seats, clock_now() + POOL_KILL_TIME, NULL);
}

static void begin(struct pool *pool)
{
    const struct pool_options *options = pool->options;
    struct collector *collector = &pool->collector;
    pool->crew.in_child = options->in_child;
    pool->crew.context = options->context;
    reaper_note_strangers();
    (void)platform_become_subreaper();
    arena_init(&pool->arena, pool->queue.arena, pool->queue.arena_size);
    collector_init(collector, &options->sink, options->order, options->jobs, options->memory_cap,
                   options->directory);
    collector->painted = options->painted;
    collector->whole_only =
        options->workers.formatter != NULL && options->workers.formatter->form != TABLE_NONE;
    collector->tentative = options->tries > 1 || options->painted != 0 || collector->whole_only;
    crew_set_time_limit(&pool->crew, options->time_limit);
    ledger_init(&pool->ledger, &pool->queue, &pool->arena, collector);
    options->source.start(options->source.context, &pool->arena);
    throttle_init(pool);
}

/* Ended early, nothing that was started may live on; ended in peace, what tasks left behind on purpose
 * may. */
static bool may_leave_processes(const struct pool *pool)
{
    enum pool_end end = pool->report->end;
    return end == POOL_FINISHED || end == POOL_SOURCE_FAILED ||
           (end == POOL_HALTED && pool->options->halt.when == HALT_SOON);
}

static void release(struct pool *pool)
{
    buffer_release(&pool->note);
    orphans_release(pool);
    ledger_release(&pool->ledger);
    collector_release(&pool->collector);
    arena_release(&pool->arena);
    crew_release(&pool->crew);
    poller_close(&pool->poller);
    queue_destroy(&pool->queue);
}

int pool_run(const struct pool_options *options, struct pool_report *report)
{
    struct pool pool = {
        .options = options,
        .report = report,
        .jobs = options->jobs,
        .stuck_since = CLOCK_NEVER,
        .observers_due = options->observers != NULL && options->observers->ticks ? 0 : CLOCK_NEVER,
        .passes_through = options->workers.command != NULL && options->workers.command->passes_through,
        .jitter = (uint32_t)clock_now() | 1,
        .source_watched = -1,
        .sink_watched = -1};

    *report = (struct pool_report){.end = POOL_FINISHED};
    if (acquire(&pool) < 0)
        return -1;
    begin(&pool);
    log_set_last_act(end_orphans, &pool);
    run(&pool);
    log_set_last_act(NULL, NULL);
    if (!may_leave_processes(&pool))
        (void)reaper_sweep(clock_now() + POOL_KILL_TIME, signals_wait_mask());
    report->written += pool.collector.written;
    release(&pool);
    return 0;
}
