/*
 * verdict: was it worth so many processes, and if not, what took their time.
 *
 * Pure: figures in, a few plain sentences out.
 */
#ifndef CPOOL_VERDICT_H
#define CPOOL_VERDICT_H

#include "base/clock.h"
#include "pool/pool.h"

struct verdict_figures {
    nanoseconds wall;                  /* of the run */
    nanoseconds work;                  /* for which tasks were under way, all together */
    nanoseconds processor;             /* time of processors, all together */
    nanoseconds waited;                /* for which something here waited for a processor; 0: not known */
    nanoseconds idle[POOL_IDLE_KINDS]; /* of all workers together */
    nanoseconds median;                /* run time of a task that is a command; 0: not so, or not known */
    unsigned workers, processors;      /* used at a time, at most; that may be used */
    const char *last;                  /* what ended last, fit to print; NULL: it is not known */
};

#define VERDICT_SIZE 512

/* How many processes without a pause would have done as much in that time. */
double verdict_speed_up(const struct verdict_figures *figures);

/* Into `text` (VERDICT_SIZE bytes); "" where nothing can be said. Returns `text`. */
const char *verdict_write(const struct verdict_figures *figures, char text[VERDICT_SIZE]);

#endif
