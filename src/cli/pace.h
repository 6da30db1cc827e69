/*
 * pace: how fast tasks end of late, and from that how long the rest takes.
 *
 * What was long ago counts little: after PACE_MEMORY, or after the time that PACE_TASKS tasks take if that is longer, a third of what it
 * did at first. Pure: the caller says what time it is. pace_begin once; pace_update whenever there is something new, the oftener
 * the more exact.
 */
#ifndef CPOOL_PACE_H
#define CPOOL_PACE_H

#include "base/clock.h"

#define PACE_MEMORY (10 * NS_PER_S)
#define PACE_TASKS  16

struct pace {
    double tasks, time; /* ended, and nanoseconds that it took; both fade */
    uint64_t done;      /* as it was told last */
    nanoseconds at;     /* when a task had last ended */
};

void pace_begin(struct pace *pace, nanoseconds now);
/* So many tasks have ended until now. */
void pace_update(struct pace *pace, uint64_t done, nanoseconds now);
/* For so long nothing could go on: it does not count. */
void pace_skip(struct pace *pace, nanoseconds pause);

/* Tasks in a second; 0: not known yet. It sinks while nothing ends. */
double pace_rate(const struct pace *pace, nanoseconds now);
/* Until so many more have ended; CLOCK_NEVER: not known yet. */
nanoseconds pace_left(const struct pace *pace, uint64_t tasks, nanoseconds now);

#endif
