/*
 * What comes back. A worker's messages are believed only where they fit what it has claimed. Of a dead one,
 * what it had done counts, the item it was on is lost, and what it had not begun is handed out again.
 */
#include "pool/pool_internal.h"

#include "base/log.h"
#include "proc/signals.h"
#include "worker/filter.h"
#include "worker/stream.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

/* Dead workers in a row, without a result of theirs or between, after which it makes no sense to go on. */
#define DEATHS_MAX 10

/* Of so many failed tasks the output is flushed before they are told of. */
#define FLUSHED_MAX 10

/* ---- the end of a task ---- */

/* The exit status that a shell would give it. */
static int shell_status(const struct message_done *done)
{
    switch (done->outcome) {
    case OUTCOME_SUCCESS:
        return 0;
    case OUTCOME_EXIT:
        return (int)done->code;
    case OUTCOME_SIGNAL:
    case OUTCOME_LOST:
        return 128 + (int)done->code;
    case OUTCOME_TIMED_OUT:
        return 128 + SIGTERM;
    default:
        return 1;
    }
}

static void count_failure(struct pool *pool, const struct message_done *done)
{
    struct pool_report *report = pool->report;
    report->failed++;
    report->kinds[done->outcome]++;
    if (done->outcome == OUTCOME_EXIT && done->code < ARRAY_LENGTH(report->exits))
        report->exits[done->code]++;
    if (done->outcome == OUTCOME_SIGNAL && done->code < ARRAY_LENGTH(report->signals))
        report->signals[done->code]++;
}

/* What the task has written stands in front of what is said of it, where it is its turn; but nothing is
 * flushed for one of many. */
static void notify_failure(struct pool *pool, const struct pool_failure *failure)
{
    if (pool->report->failed <= FLUSHED_MAX)
        collector_flush(&pool->collector);
    if (pool->options->failed != NULL)
        pool->options->failed(pool->options->context, failure);
}

static void judge_halt(struct pool *pool, int status, nanoseconds now)
{
    struct pool_report *report = pool->report;
    const struct halt_rule *rule = &pool->options->halt;

    if (pool->halting || !halt_is_reached(rule, report->tasks, report->failed, report->total))
        return;
    report->halt_cause = status;
    if (rule->when == HALT_NOW) {
        pool_stop(pool, POOL_HALTED, 0, now);
    } else {
        report->end = POOL_HALTED;
        pool_event(pool, POOL_HALT_SOON, now);
    }
}

/* The chunk's next `tasks` have ended, the last of them with this status. */
static void tasks_ended(struct pool *pool, unsigned slot, uint32_t tasks, int status, nanoseconds now)
{
    pool->report->tasks += tasks;
    ledger_done(&pool->ledger, slot, tasks);
    judge_halt(pool, status, now);
}

/* It is not a task, but a part of that which its command is. */
static void block_taken(struct pool *pool, unsigned slot, uint32_t count)
{
    pool->report->taken += count;
    ledger_done(&pool->ledger, slot, count);
}

/* Doubling from try to try, a quarter more or less, so that tasks that failed together don't come back
 * together. */
static nanoseconds retry_delay(struct pool *pool, unsigned tries)
{
    pool->jitter ^= pool->jitter << 13; /* xorshift: G. Marsaglia, 2003 */
    pool->jitter ^= pool->jitter >> 17;
    pool->jitter ^= pool->jitter << 5;
    double delay = (double)pool->options->retry_delay * (0.75 + 0.5 * (double)pool->jitter / UINT32_MAX);
    for (unsigned i = 1; i < tries && delay < 1e18; i++)
        delay *= 2;
    return (nanoseconds)delay;
}

static unsigned tries_of(const struct ledger_chunk *chunk)
{
    return (chunk->done == 0 ? chunk->tries : 0) + 1;
}

/* The next task of the chunk has failed: again, or for good. */
static void task_failed(struct pool *pool, struct crew_member *member, unsigned slot,
                        const struct message_done *done, nanoseconds now)
{
    struct ledger_chunk *chunk = pool->ledger.slots[slot];
    unsigned tries = tries_of(chunk);

    if (pool_is_ending(pool)) {
        observe_ended(pool, member, slot, done, tries, OBSERVED_CUT_OFF, now);
        /* Nothing is told of what is not done, though its worker had not heard of the end yet. */
        if (pool->collector.whole_only)
            collector_forget(&pool->collector, chunk->span);
        pool->report->cut_off++;
        ledger_done(&pool->ledger, slot, 1);
        return;
    }
    if (tries < pool->options->tries && !pool->halting) {
        observe_ended(pool, member, slot, done, tries, OBSERVED_AGAIN, now);
        pool->report->retried++;
        ledger_postpone(&pool->ledger, slot, now + retry_delay(pool, tries));
        return;
    }
    observe_ended(pool, member, slot, done, tries, OBSERVED_ENDED, now);
    collector_paint(&pool->collector, chunk->span);
    /* A copy: what it is told of may be gone with the task. */
    char label[POOL_LABEL_MAX];
    struct pool_failure failure = {.item = chunk->what.first + chunk->done,
                                   .outcome = done->outcome,
                                   .code = done->code,
                                   .program = done->program,
                                   .label = {label, size_min(done->label_length, sizeof label)},
                                   .tries = tries};
    if (failure.label.length > 0)
        memcpy(label, done->label, failure.label.length);
    count_failure(pool, done);
    tasks_ended(pool, slot, 1, shell_status(done), now);
    notify_failure(pool, &failure);
}

/* A time limit in per cent of the median is this much above it at least: so long may a task wait for a
 * processor, however short it is. */
#define TOLERANCE (1 * NS_PER_S)

/* Note that `tasks` tasks took `run_time` each. */
static void note_run_time(struct pool *pool, nanoseconds run_time, uint64_t tasks)
{
    unsigned percent = pool->options->time_limit_percent;
    if (percent == 0)
        return;
    quantile_add(&pool->run_times, run_time);
    pool->timed_tasks += tasks;
    if (pool->timed_tasks < POOL_MEDIAN_MIN)
        return;
    double median = (double)quantile_at(&pool->run_times, 0.5);
    double limit = median * percent / 100, least = median + (double)TOLERANCE;
    crew_set_time_limit(&pool->crew, (nanoseconds)(limit < least ? least : limit));
}

static void task_succeeded(struct pool *pool, struct crew_member *member, unsigned slot,
                           const struct message_done *done, nanoseconds now)
{
    note_run_time(pool, done->run_time, 1);
    observe_ended(pool, member, slot, done, tries_of(pool->ledger.slots[slot]), OBSERVED_ENDED, now);
    tasks_ended(pool, slot, 1, 0, now);
}

/* It had been done before this run: neither a success of it nor a failure. */
static void task_skipped(struct pool *pool, struct crew_member *member, unsigned slot,
                         const struct message_done *done, nanoseconds now)
{
    observe_ended(pool, member, slot, done, 1, OBSERVED_ENDED, now);
    pool->report->skipped++;
    pool->start_not_before = now; /* it has not been started */
    ledger_done(&pool->ledger, slot, 1);
}

/* A result, of that worker. */
static void note_progress(struct pool *pool, struct crew_member *member)
{
    member->was_useful = true;
    pool->deaths = pool->starved = 0;
}

/* ---- messages ---- */

/* Each of these says false where no worker in its right mind sends that. */

static bool take_greeting(struct pool *pool, struct crew_member *member, const struct message *message)
{
    bool first = message->type == MESSAGE_HELLO && !member->greeted;
    member->greeted = true;
    crew_greeted(&pool->crew, member);
    return first && message->as.hello.pid == (uint32_t)member->pid;
}

static bool take_results(struct pool *pool, struct crew_member *member, const struct ledger_chunk *chunk,
                         const struct message *message, nanoseconds now)
{
    if (message->as.output.count > chunk->what.count - chunk->done)
        return false;
    collector_add(&pool->collector, chunk->span, COLLECTOR_OUTPUT, message->as.output.bytes,
                  message->as.output.length);
    if (command_is_stream(pool->options->workers.command)) {
        member->given++;
        block_taken(pool, message->slot, message->as.output.count);
    } else {
        tasks_ended(pool, message->slot, message->as.output.count, 0, now);
    }
    return true;
}

static void take_done(struct pool *pool, struct crew_member *member, const struct message *message,
                      nanoseconds now)
{
    const struct message_done *done = &message->as.done;
    member->given = 0;
    crew_asks(&pool->crew, member, 0);
    if (done->outcome == OUTCOME_SUCCESS)
        task_succeeded(pool, member, message->slot, done, now);
    else if (done->outcome == OUTCOME_SKIPPED)
        task_skipped(pool, member, message->slot, done, now);
    else
        task_failed(pool, member, message->slot, done, now);
}

static bool take_message(struct pool *pool, struct crew_member *member, const struct message *message,
                         nanoseconds now)
{
    if (message->type == MESSAGE_HELLO || !member->greeted)
        return take_greeting(pool, member, message);
    if (message->type == MESSAGE_HUNGRY)
        return true; /* we are awake, and that is all that it wants */
    struct ledger_chunk *chunk = ledger_check(&pool->ledger, member->number, message->slot, message->item);
    if (chunk == NULL)
        return false;
    switch (message->type) {
    case MESSAGE_TASK:
        observe_begun(pool, member, message, now);
        return pool->options->workers.observed;
    case MESSAGE_OUTPUT:
    case MESSAGE_ERRORS:
        collector_add(&pool->collector, chunk->span,
                      message->type == MESSAGE_OUTPUT ? COLLECTOR_OUTPUT : COLLECTOR_ERRORS,
                      message->as.output.bytes, message->as.output.length);
        return true;
    case MESSAGE_RESULTS:
        return take_results(pool, member, chunk, message, now);
    case MESSAGE_PASS_ASK:
        crew_asks(&pool->crew, member, message->item + 1);
        return pool->options->workers.command != NULL && pool->options->workers.command->passes_through;
    case MESSAGE_TAKEN:
        if (chunk->what.count != 1)
            return false;
        ledger_forget_bytes(&pool->ledger, message->slot);
        return true;
    case MESSAGE_DONE:
        take_done(pool, member, message, now);
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
    uint64_t tasks = items - member->work_items;
    double each = (double)(time - member->work_time) / (double)tasks;
    /* A rise counts at once, since too large a chunk holds others up; a fall counts bit by bit. */
    pool->task_time = pool->task_time == 0 || each > pool->task_time ? each : (pool->task_time + each) / 2;
    pool->report->work_time += time - member->work_time;
    member->work_time = time;
    member->work_items = items;
    note_run_time(pool, (nanoseconds)each, tasks);
}

/* What went out without us is output of the run as well. */
static void note_passed(struct pool *pool, struct crew_member *member)
{
    const struct outbox_shared *outbox = crew_outbox(&pool->crew, member);
    uint64_t passed = atomic_load_explicit(&outbox->passed, memory_order_relaxed);
    pool->report->written += passed - member->passed;
    member->passed = passed;
}

static void take_messages(struct pool *pool, struct crew_member *member, nanoseconds now)
{
    struct message message;
    int result = 0;

    while (!member->corrupt && (result = channel_next(&member->results, &message)) == 1) {
        if (!take_message(pool, member, &message, now)) {
            result = -1;
            break;
        }
        if (message.type == MESSAGE_DONE || message.type == MESSAGE_RESULTS)
            note_progress(pool, member);
    }
    if (result < 0) {
        log_error("worker %u (process %ld): sent a message that can't be; it is ended, its item has failed",
                  member->number + 1, (long)member->pid);
        member->corrupt = true;
        reaper_signal(member->pid, SIGKILL);
    }
    note_work(pool, member);
    note_passed(pool, member);
}

/* ---- a worker is gone ---- */

static void say_lost(const struct pool *pool, const struct crew_member *member, uint64_t number,
                     const struct message_done *done)
{
    const struct command_plan *command = pool->options->workers.command;
    char name[32], quoted[LOG_QUOTE_SIZE], subject[LOG_QUOTE_SIZE + 40];
    unsigned long long from_one = number + 1;
    bool blocks = command != NULL && command->reads_blocks;
    const char *kind = blocks ? "blocks" : "items";

    log_quote(quoted, sizeof quoted, done->label, done->label_length);
    if (blocks && member->given > 0)
        snprintf(subject, sizeof subject, "block %llu and %llu others that its command had been given",
                 from_one, (unsigned long long)member->given);
    else if (blocks)
        snprintf(subject, sizeof subject, "block %llu", from_one);
    else
        snprintf(subject, sizeof subject, "item %llu '%s'", from_one, quoted);
    if (member->status.signal_number != 0)
        log_error("%s: lost: its worker was ended by %s; the other %s go on", subject,
                  signals_name(member->status.signal_number, name, sizeof name), kind);
    else
        log_error("%s: lost: its worker exited with status %d; the other %s go on", subject,
                  member->status.exit_status, kind);
}

/* Where the workers write a row for each task, this one has none from its worker. */
static void format_lost(struct pool *pool, const struct crew_member *member, const struct ledger_chunk *chunk,
                        const struct message_done *done, nanoseconds now)
{
    struct buffer text = BUFFER_INIT;
    if (pool->options->workers.formatter == NULL)
        return;
    if (pool->collector.whole_only) /* half a row */
        collector_forget(&pool->collector, chunk->span);
    if (pool_is_ending(pool))
        return; /* it is not done */
    const struct command_task task = {.number = chunk->what.first + chunk->done,
                                      .worker = member->number,
                                      .items = ledger_task_items(&pool->ledger, chunk, chunk->done),
                                      .tries = tries_of(chunk) - 1};
    struct message_done told = *done;
    struct formatter_end end = {.done = &told};
    bool known = member->task.known && member->task.number == task.number;
    if (known) {
        end.pid = (pid_t)member->task.what.pid;
        end.command = (struct item){buffer_bytes(&member->task.bytes) + member->task.what.item_length,
                                    member->task.what.command_length};
        told.started = member->task.what.started;
        told.run_time = now > told.started ? now - told.started : 0;
    }
    formatter_tell_lost(pool->options->workers.formatter, &task, &end, &text);
    if (buffer_length(&text) > 0)
        collector_add(&pool->collector, chunk->span, COLLECTOR_OUTPUT, buffer_bytes(&text),
                      buffer_length(&text));
    buffer_release(&text);
}

/* The item that the dead worker was on: it took too long, or it is lost. */
static void lose_item(struct pool *pool, struct crew_member *member, unsigned slot, nanoseconds now)
{
    struct ledger_chunk *chunk = pool->ledger.slots[slot];
    struct message_done done = {.outcome = OUTCOME_LOST, .code = (uint32_t)member->status.signal_number};

    struct item item = ledger_item(&pool->ledger, chunk, chunk->done);
    done.label = item.bytes;
    done.label_length = item.length;
    if (member->status.exit_status == WORKER_TIMED_OUT || member->too_long) {
        done.outcome = OUTCOME_TIMED_OUT;
        done.code = message_milliseconds(run_state_time_limit(pool->crew.run_state));
    } else if (!pool_is_ending(pool) && member->status.exit_status != WORKER_CANT_KEEP) {
        say_lost(pool, member, chunk->what.first + chunk->done, &done);
    }
    format_lost(pool, member, chunk, &done, now);
    task_failed(pool, member, slot, &done, now);
}

/* The number of the first task of all that the dead worker has claimed, and how many chunks these are. */
static uint64_t first_claimed(const struct pool *pool, const struct crew_member *member, uint64_t *chunks)
{
    const struct ledger *ledger = &pool->ledger;
    uint64_t first = UINT64_MAX;
    *chunks = 0;
    for (unsigned i = 0; i < ledger->slots_used; i++)
        if (ledger->slots[i] != NULL && queue_owner(ledger->queue, i) == (int)member->number) {
            first = ledger->slots[i]->what.first < first ? ledger->slots[i]->what.first : first;
            ++*chunks;
        }
    return first;
}

/*
 * The command of the dead worker stayed alive and may have had several chunks. What it had answered has been
 * told; it was on the first item without an answer. Blocks that it has read, or begun to, are not given to
 * another: they go with the first.
 */
static void settle_resident(struct pool *pool, struct crew_member *member, nanoseconds now)
{
    bool is_stream = command_is_stream(pool->options->workers.command);
    uint64_t chunks, first = first_claimed(pool, member, &chunks);
    unsigned slot;

    if (is_stream && chunks > 0)
        member->given += chunks - 1;
    for (struct ledger_chunk *chunk;
         (chunk = ledger_claimed_by(&pool->ledger, member->number, &slot)) != NULL;) {
        if (is_stream && chunk->what.first != first) {
            block_taken(pool, slot, 1);
            continue;
        }
        uint32_t left = chunk->what.count - chunk->done, lost = chunk->what.first == first ? 1 : 0;
        if (lost > 0)
            lose_item(pool, member, slot, now);
        if (left > lost)
            ledger_take_back(&pool->ledger, slot);
    }
}

/*
 * What it had done counts, what it was on is lost, what it had not begun is handed out again. Where what it
 * left can't be believed, nobody can say which of its commands have begun: none of them is run again.
 */
static void settle_chunk(struct pool *pool, struct crew_member *member, unsigned slot, nanoseconds now)
{
    struct ledger_chunk *chunk = pool->ledger.slots[slot];
    struct buffer output = BUFFER_INIT;
    uint32_t told = chunk->done, count = chunk->what.count, done, lost;
    bool running;
    if (member->corrupt || outbox_recover_items(crew_outbox_memory(&pool->crew, member), count, told, &done,
                                                &running, &output) < 0) {
        done = told;
        lost = pool->options->workers.function != NULL ? 1 : count - told;
    } else {
        lost = running ? 1 : 0;
    }
    if (buffer_length(&output) > 0)
        collector_add(&pool->collector, chunk->span, COLLECTOR_OUTPUT, buffer_bytes(&output),
                      buffer_length(&output));
    buffer_release(&output);
    if (done > told) {
        note_progress(pool, member);
        tasks_ended(pool, slot, done - told, 0, now);
    }
    for (uint32_t i = 0; i < lost; i++)
        lose_item(pool, member, slot, now);
    if (done + lost < count)
        ledger_take_back(&pool->ledger, slot);
}

/* Where its stream has come whole it has one chunk at most. Else answers are missing, perhaps those to
 * several. */
static void settle(struct pool *pool, struct crew_member *member, nanoseconds now)
{
    unsigned slot;
    uint64_t received = member->results.received;

    if (!member->corrupt &&
        outbox_recover(crew_outbox_memory(&pool->crew, member), received, &member->results.bytes) == 0)
        take_messages(pool, member, now);
    else
        member->corrupt = true;
    if (command_stays_alive(pool->options->workers.command) && !member->corrupt)
        settle_resident(pool, member, now);
    while (ledger_claimed_by(&pool->ledger, member->number, &slot) != NULL)
        settle_chunk(pool, member, slot, now);
}

/* ---- workers that end with a status that says something ---- */

static void on_cant_keep(struct pool *pool, nanoseconds now)
{
    pool_stop(pool, POOL_OBSERVER_FAILED, 0, now);
}

static void on_excess(struct pool *pool, nanoseconds now)
{
    (void)now;
    pool->report->excess = true;
}

static void on_hopeless(struct pool *pool, nanoseconds now)
{
    pool_stop(pool, POOL_GAVE_UP, 0, now);
}

static void on_sated(struct pool *pool, nanoseconds now)
{
    pool->jobs -= pool->jobs > 0;
    if (pool->jobs == 0)
        pool_event(pool, POOL_HALT_SOON, now);
}

static const struct purpose {
    int status;
    bool resident; /* only a worker whose command stays alive ends so */
    void (*deal)(struct pool *pool, nanoseconds now);
} purposes[] = {
    {WORKER_STARVED, false, hiring_starved}, {WORKER_CANT_KEEP, false, on_cant_keep},
    {FILTER_EXCESS, true, on_excess},        {FILTER_HOPELESS, true, on_hopeless},
    {STREAM_SATED, true, on_sated},
};

/* NULL: the worker did not mean to end. */
static const struct purpose *find_purpose(const struct pool *pool, int status)
{
    bool resident = command_stays_alive(pool->options->workers.command);
    for (size_t i = 0; i < ARRAY_LENGTH(purposes); i++)
        if (purposes[i].status == status && (resident || !purposes[i].resident))
            return &purposes[i];
    return NULL;
}

/* ---- the dead ---- */

static void note_death(struct pool *pool, bool was_useful, nanoseconds now)
{
    pool->deaths += !was_useful;
    pool->hire_not_before = now + hiring_pause(pool->deaths);
    if (pool->deaths < DEATHS_MAX)
        return;
    log_error(
        "%u workers in a row died without a result: the run is ended; see what kills them (memory? ulimit?)",
        pool->deaths);
    pool_stop(pool, POOL_GAVE_UP, 0, now);
}

/* Ended by our own signal, it was at no task and had left nobody. */
static bool has_left_processes(const struct crew_member *member)
{
    int signal_number = member->status.signal_number;
    return member->status.exit_status == WORKER_LEFT ||
           (signal_number != 0 && signal_number != SIGNALS_END_WORKER);
}

static void bury(struct pool *pool, struct crew_member *member, nanoseconds now)
{
    int status = member->status.exit_status;
    bool violent = status != 0 && status != WORKER_TIMED_OUT && status != WORKER_LEFT;

    settle(pool, member, now);
    bool was_useful = member->was_useful;
    crew_kill_task(&pool->crew, member);
    if (has_left_processes(member))
        orphans_look(pool);
    observe_gone(pool, member);
    crew_close_seat(&pool->crew, member);
    if (!violent || pool_is_ending(pool))
        return;
    const struct purpose *purpose = find_purpose(pool, status);
    if (purpose != NULL)
        purpose->deal(pool, now);
    else
        note_death(pool, was_useful, now);
}

void results_hear(struct pool *pool, struct crew_member *member, nanoseconds now)
{
    ssize_t n = channel_fill(&member->results);
    if (n > 0)
        take_messages(pool, member, now);
    else if (n == 0 || errno != EAGAIN || member->reaped)
        crew_drained(&pool->crew, member);
}

void results_bury(struct pool *pool, nanoseconds now)
{
    struct crew_member *member;
    while ((member = crew_take_silenced(&pool->crew)) != NULL)
        while (!member->drained)
            results_hear(pool, member, now);
    while ((member = crew_take_gone(&pool->crew)) != NULL)
        bury(pool, member, now);
}
