/*
 * timeline: what each slot of a run did when, small enough to be drawn, however many tasks there were.
 *
 * timeline_init; timeline_add for each try of a task, of one slot in the order of time; timeline_merge before
 * it is drawn; timeline_release. Memory is bounded: beyond TIMELINE_MARKS_MAX marks, short tries that began
 * within the same `unit` of time in the same slot become one mark, and the unit doubles as often as that
 * takes. How busy the run was is kept apart, and exactly.
 */
#ifndef CPOOL_TIMELINE_H
#define CPOOL_TIMELINE_H

#include "base/clock.h"
#include "ipc/message.h"

#define TIMELINE_MARKS_MAX 16384 /* and some for each slot, where there are thousands */
#define TIMELINE_NAME_MAX  200   /* bytes kept of a name */
#define TIMELINE_LEVELS    1024  /* parts of the run for which it is known how busy it was */

/* What became of a try. The worse stand behind the better: of a merged mark the worst counts. */
enum timeline_kind {
    TIMELINE_SUCCESS,
    TIMELINE_CUT_OFF,
    TIMELINE_RETRIED, /* it failed, and was tried again */
    TIMELINE_FAILED,
    TIMELINE_TIMED_OUT,
    TIMELINE_LOST,
    TIMELINE_KINDS
};

/* "success", "cut off" and so on. */
extern const char *const timeline_kind_names[TIMELINE_KINDS];

/* One try of one task. Points in time are those of the monotonic clock where it is added, and since the begin
 * of the run where it is kept. */
struct timeline_try {
    enum timeline_kind kind;
    nanoseconds start, end;
    uint64_t number; /* of the task, from 0 */
    unsigned tries;  /* this one included */
    enum message_outcome outcome;
    uint32_t code;         /* of the outcome */
    uint64_t user, system; /* microseconds of processor time */
    uint64_t memory;       /* bytes resident at most */
    uint64_t output;       /* bytes */
    const char *name;      /* any bytes */
    size_t name_length;
};

/* One try, or several that are drawn as one. Of one slot no two overlap, and they are in order of time. */
struct timeline_mark {
    nanoseconds start, end, busy; /* busy <= end - start: what of it a task was running */
    uint32_t counts[TIMELINE_KINDS];
    uint32_t count; /* the sum of these, at least 1 */
    struct timeline_try
        worst; /* the first of the worst kind; its name is owned, and at most TIMELINE_NAME_MAX */
};

struct timeline_row {
    struct timeline_mark *marks; /* owned */
    size_t count, capacity;
    nanoseconds end; /* of the last */
};

struct timeline {
    nanoseconds begin;         /* of the run, by the monotonic clock */
    nanoseconds end;           /* of the last try, since the begin */
    struct timeline_row *rows; /* owned; of each slot up to the highest that had a task */
    size_t row_count;
    size_t marks;     /* of all rows */
    nanoseconds unit; /* 0: nothing is merged yet */
    uint64_t counts[TIMELINE_KINDS];
    nanoseconds busy;        /* sum of all tries */
    uint64_t user, system;   /* microseconds, of all tries */
    nanoseconds level_width; /* of each level */
    nanoseconds
        levels[TIMELINE_LEVELS]; /* how long tasks ran in that part of the run, of all slots together */
};

void timeline_init(struct timeline *timeline, nanoseconds begin);
void timeline_release(struct timeline *timeline);

/* The name is copied. */
void timeline_add(struct timeline *timeline, unsigned slot, const struct timeline_try *try);

/* Merge what is shorter than `unit` with its neighbours; without effect where that was done already. */
void timeline_merge(struct timeline *timeline, nanoseconds unit);

/* Of all slots with a task, from 0 to 1, in the first `duration` of the run. */
double timeline_efficiency(const struct timeline *timeline, nanoseconds duration);

#endif
