/*
 * clock: time as this program means it.
 *
 * A point in time is a count of nanoseconds of the monotonic clock, a deadline is such a point
 * (CLOCK_NEVER: none), a duration is a count of nanoseconds. Wall-clock time is for people only.
 */
#ifndef CPOOL_CLOCK_H
#define CPOOL_CLOCK_H

#include "base/base.h"

typedef uint64_t nanoseconds;

#define CLOCK_NEVER UINT64_MAX
#define NS_PER_US   ((nanoseconds)1000)
#define NS_PER_MS   ((nanoseconds)1000000)
#define NS_PER_S    ((nanoseconds)1000000000)

nanoseconds clock_now(void);

/* The clock of clock_now at the resolution of the timer tick (1 to 10 ms), for a tenth of the price. */
nanoseconds clock_now_coarse(void);

/* What makes a point in time the nanoseconds since 1970, when it is added: as it was at the first call. */
nanoseconds clock_epoch(void);

/* Milliseconds for poll(2) from now to the deadline, rounded up: 0 if it has passed, -1 for CLOCK_NEVER. */
int clock_poll_timeout(nanoseconds now, nanoseconds deadline);

/*
 * Read a duration: digits with an optional fraction, then s, m, h or d (none: seconds); several may
 * follow each other (1d3.5h). Returns 0, or -1 with errno EINVAL (not a duration) or ERANGE.
 */
int clock_parse_duration(const char *text, nanoseconds *duration) ATTR_MUST_CHECK;

/* Write a duration for people ("1.5 s", "250 ms", "2 h 3 min") into `text`; returns `text`. */
const char *clock_format_duration(nanoseconds duration, char *text, size_t size);

#endif
