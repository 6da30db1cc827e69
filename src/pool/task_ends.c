/* The end of a task, or of one try of it: counted, told, tried again, held against the halt rule. */
#include "pool/pool_internal.h"

/* Of so many failed tasks the output is flushed before they are told of. */
#define FLUSHED_MAX 10

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
void task_end_several(struct pool *pool, unsigned slot, uint32_t tasks, int status, nanoseconds now)
{
    pool->report->tasks += tasks;
    ledger_done(&pool->ledger, slot, tasks);
    judge_halt(pool, status, now);
}

/* It is not a task, but a part of that which its command is. */
void task_end_block(struct pool *pool, unsigned slot, uint32_t count)
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

unsigned task_end_tries(const struct ledger_chunk *chunk)
{
    return (chunk->done == 0 ? chunk->tries : 0) + 1;
}

/* The next task of the chunk has failed: again, or for good. */
void task_end_failed(struct pool *pool, struct crew_member *member, unsigned slot,
                     const struct message_done *done, nanoseconds now)
{
    struct ledger_chunk *chunk = pool->ledger.slots[slot];
    unsigned tries = task_end_tries(chunk);

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
    task_end_several(pool, slot, 1, shell_status(done), now);
    notify_failure(pool, &failure);
}

/* A time limit in per cent of the median is this much above it at least: so long may a task wait for a
 * processor, however short it is. */
#define TOLERANCE (1 * NS_PER_S)

/* Note that `tasks` tasks took `run_time` each. */
void task_end_run_time(struct pool *pool, nanoseconds run_time, uint64_t tasks)
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

void task_end_succeeded(struct pool *pool, struct crew_member *member, unsigned slot,
                        const struct message_done *done, nanoseconds now)
{
    task_end_run_time(pool, done->run_time, 1);
    observe_ended(pool, member, slot, done, task_end_tries(pool->ledger.slots[slot]), OBSERVED_ENDED, now);
    task_end_several(pool, slot, 1, 0, now);
}

/* It had been done before this run: neither a success of it nor a failure. */
void task_end_skipped(struct pool *pool, struct crew_member *member, unsigned slot,
                      const struct message_done *done, nanoseconds now)
{
    observe_ended(pool, member, slot, done, 1, OBSERVED_ENDED, now);
    pool->report->skipped++;
    pool->start_not_before = now; /* it has not been started */
    ledger_done(&pool->ledger, slot, 1);
}

/* A result, of that worker. */
void task_end_progress(struct pool *pool, struct crew_member *member)
{
    member->was_useful = true;
    pool->deaths = pool->starved = 0;
}
