/* Workers for what is handed out: when another one is started, what is done when none can be, and how many
 * there are to be. */
#include "pool/pool_internal.h"

#include "base/log.h"

#include <errno.h>
#include <string.h>

/* After a death or a fork that failed: the first pause before the next try; it doubles. */
#define HIRE_PAUSE        (10 * NS_PER_MS)
#define HIRE_PAUSE_MAX    (1 * NS_PER_S)
#define HIRE_FAILURES_MAX 10
/* Workers one after the other, each alone, that could start no task, after which the run is given up. */
#define STARVED_MAX       5

nanoseconds hiring_pause(unsigned failures)
{
    nanoseconds pause = HIRE_PAUSE << (failures < 8 ? failures : 8);
    return pause < HIRE_PAUSE_MAX ? pause : HIRE_PAUSE_MAX;
}

static void say_fewer_jobs(struct pool *pool, const char *why)
{
    if (!pool->fewer_jobs_said)
        log_warning("-j: only %u of %u workers could be started: %s; going on with fewer", pool->crew.alive,
                    pool->jobs, why);
    pool->fewer_jobs_said = true;
}

void hiring_starved(struct pool *pool, nanoseconds now)
{
    static const char why[] = "no more processes or descriptors for tasks";
    if (pool->crew.alive > 0) {
        say_fewer_jobs(pool, why);
        pool->jobs = pool->crew.alive;
        return;
    }
    pool->starved++;
    pool->hire_not_before = now + hiring_pause(pool->starved);
    if (pool->starved >= STARVED_MAX) {
        log_error("no task could be started: %s; raise ulimit -u or -n", why);
        pool_stop(pool, POOL_GAVE_UP, EAGAIN, now);
    }
}

/*
 * Members that help nobody and keep no place from another: those that are stopped, or leave, and hold no
 * chunk; and those that are stopped before they could leave. *stopped is the first that is stopped and was
 * not asked to leave yet, or NULL.
 */
static unsigned idle_for_good(const struct pool *pool, struct crew_member **stopped)
{
    const struct crew *crew = &pool->crew;
    uint64_t holding[QUEUE_OWNERS_MAX / 64] = {0};
    unsigned idle = 0;

    *stopped = NULL;
    if (crew->stopped == 0 && crew->leaving == 0)
        return 0;
    for (unsigned slot = 0; slot < pool->ledger.slots_used; slot++) {
        int owner = pool->ledger.slots[slot] == NULL ? -1 : queue_owner(&pool->queue, slot);
        if (owner >= 0 && (unsigned)owner < crew->seats)
            holding[owner / 64] |= (uint64_t)1 << owner % 64;
    }
    for (unsigned i = 0; i < crew->top; i++) {
        struct crew_member *member = &crew->members[i];
        bool holds = (holding[i / 64] >> i % 64 & 1) != 0;
        if (member->pid == 0 ||
            !(holds ? member->stopped && member->leaving : member->stopped || member->leaving))
            continue;
        idle++;
        if (*stopped == NULL && member->stopped && !member->leaving)
            *stopped = member;
    }
    return idle;
}

/* There is work for one more, and a place. *stopped as in idle_for_good. */
static bool wants_worker(const struct pool *pool, struct crew_member **stopped)
{
    *stopped = NULL;
    if (pool->halting || pool->ledger.outstanding == 0)
        return false;
    unsigned hindered = pool->crew.stopped + pool->crew.leaving; /* at most, for some are both */
    unsigned surely = pool->crew.alive > hindered ? pool->crew.alive - hindered : 0;
    if (pool->ledger.outstanding <= surely || surely >= pool->jobs)
        return false;
    unsigned helping = pool->crew.alive - idle_for_good(pool, stopped);
    return pool->ledger.outstanding > helping && helping < pool->jobs;
}

void hiring_hire(struct pool *pool, nanoseconds now)
{
    struct crew_member *stopped;
    if (!wants_worker(pool, &stopped) || now < pool->hire_not_before || pool->crew.crowded)
        return;
    /* It gives its place away: continued one day, it leaves. */
    if (stopped != NULL && pool->crew.alive >= pool->jobs)
        crew_ask_to_leave(&pool->crew, stopped);
    if (crew_hire(&pool->crew) != NULL) {
        pool->hire_failures = 0;
        pool->report->workers =
            pool->crew.alive > pool->report->workers ? pool->crew.alive : pool->report->workers;
        return;
    }
    int error = errno;
    if (error == EBUSY)
        return;
    pool->hire_failures++;
    pool->hire_not_before = now + hiring_pause(pool->hire_failures);
    if (pool->crew.alive > 0) {
        say_fewer_jobs(pool, strerror(error));
    } else if (pool->hire_failures >= HIRE_FAILURES_MAX) {
        log_error("no worker could be started: %s; try fewer jobs (-j), or raise ulimit -u or -n",
                  strerror(error));
        pool_stop(pool, POOL_GAVE_UP, error, now);
    }
}

nanoseconds hiring_next(const struct pool *pool)
{
    struct crew_member *stopped;
    bool waits = wants_worker(pool, &stopped) && !pool->crew.crowded; /* a word of a worker ends that */
    return waits ? pool->hire_not_before : CLOCK_NEVER;
}

void hiring_set_jobs(struct pool *pool, unsigned jobs)
{
    pool->jobs = jobs < 1 ? 1 : jobs < pool->crew.seats ? jobs : pool->crew.seats;
    while (crew_staying(&pool->crew) > pool->jobs && crew_send_home(&pool->crew))
        continue;
}
