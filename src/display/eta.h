/*
 * eta: how fast tasks end of late, and from that how long the rest takes.
 *
 * What was long ago counts little: after ETA_MEMORY, or after the time that ETA_TASKS tasks take if that
 * is longer, a third of what it did at first. Pure: the caller says what time it is. eta_begin once;
 * eta_update whenever there is something new, the oftener the more exact.
 */
#ifndef CPOOL_ETA_H
#define CPOOL_ETA_H

#include "base/clock.h"

#define ETA_MEMORY (10 * NS_PER_S)
#define ETA_TASKS  16

struct eta {
    double tasks, time; /* ended, and nanoseconds that it took; both fade */
    uint64_t done;      /* as it was told last */
    nanoseconds at;     /* when a task had last ended */
};

void eta_begin(struct eta *eta, nanoseconds now);
/* Note that `done` tasks have ended until now. */
void eta_update(struct eta *eta, uint64_t done, nanoseconds now);
/* For so long nothing could go on: it does not count. */
void eta_skip(struct eta *eta, nanoseconds pause);

/* Tasks in a second; 0: not known yet. It sinks while nothing ends. */
double eta_rate(const struct eta *eta, nanoseconds now);
/* Until so many more have ended; CLOCK_NEVER: not known yet. */
nanoseconds eta_left(const struct eta *eta, uint64_t tasks, nanoseconds now);

#endif
