/*
 * tempo: how fast tasks end of late, and from that how long the rest takes.
 *
 * What was long ago counts little: after TEMPO_MEMORY, or after the time that TEMPO_TASKS tasks take if that
 * is longer, a third of what it did at first. Pure: the caller says what time it is. tempo_begin once;
 * tempo_update whenever there is something new, the oftener the more exact.
 */
#ifndef CPOOL_TEMPO_H
#define CPOOL_TEMPO_H

#include "base/clock.h"

#define TEMPO_MEMORY (10 * NS_PER_S)
#define TEMPO_TASKS  16

struct tempo {
    double tasks, time; /* ended, and nanoseconds that it took; both fade */
    uint64_t done;      /* as it was told last */
    nanoseconds at;     /* when a task had last ended */
};

void tempo_begin(struct tempo *tempo, nanoseconds now);
/* Note that `done` tasks have ended until now. */
void tempo_update(struct tempo *tempo, uint64_t done, nanoseconds now);
/* For so long nothing could go on: it does not count. */
void tempo_skip(struct tempo *tempo, nanoseconds pause);

/* Tasks in a second; 0: not known yet. It sinks while nothing ends. */
double tempo_rate(const struct tempo *tempo, nanoseconds now);
/* Until so many more have ended; CLOCK_NEVER: not known yet. */
nanoseconds tempo_left(const struct tempo *tempo, uint64_t tasks, nanoseconds now);

#endif
