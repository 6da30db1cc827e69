/*
 * load: when no further task may start, when running ones must pause, and how many there are to be, by what
 * the machine says of its memory, load and pressure (--load, --memfree, --memsuspend, --pressure).
 *
 * load_open before the run; the others are for pool_options. The machine is asked at most once a second; what
 * was started since then is counted on top. The decisions are pure functions, and stand apart.
 */
#ifndef CPOOL_LOAD_H
#define CPOOL_LOAD_H

#include "base/clock.h"
#include "base/meter.h"

/* As the user gave them; 0: no such limit. */
struct load_limits {
    double processes;      /* that run: fewer, or nothing is started */
    uint64_t memory_free;  /* bytes that must be free for a task to start */
    uint64_t memory_pause; /* where less than twice as much is free, tasks pause */
    unsigned pressure;     /* per cent */
};

#define LOAD_PRESSURE 50 /* of --pressure without a number */

/* "4", "150%", "+1", "-1"; 0 is next to nothing, as in GNU parallel. 0, or -1 where it is none. */
int load_parse(const char *text, double *processes) ATTR_MUST_CHECK;

/* ---- decisions ---- */

/* What the machine said last, and how many tasks of ours ran then. */
struct load_reading {
    unsigned processes;
    uint64_t memory;
    unsigned running;
};

enum load_limit { LOAD_NONE, LOAD_PROCESSES, LOAD_FREE, LOAD_PAUSE };

/* The limit that forbids another task while `running` are there. A new one counts as one process, and as so
 * much memory. */
enum load_limit load_forbids(const struct load_limits *limits, const struct load_reading *reading,
                             unsigned running);

/* Of tasks of which `going` do not pause: how many may go on. At least 1. */
unsigned load_may_go_on(const struct load_limits *limits, uint64_t memory, unsigned going);

/* How many jobs there are to be under a pressure of so many per cent: one fewer each time, or one more after
 * some calm times. */
unsigned load_adapt(unsigned limit, double percent, unsigned jobs, unsigned most, unsigned *calm);

/* ---- under way ---- */

struct load {
    struct load_limits limits;
    struct load_reading reading;
    nanoseconds read_next;            /* when the machine may be asked again */
    bool said;                        /* that nothing runs because of a limit */
    uint64_t waited[METER_PRESSURES]; /* as last read, */
    nanoseconds waited_at;            /* then */
    unsigned calm;                    /* for so many times */
    unsigned jobs, most;              /* as we set them; without any pressure */
};

/* 0, or -1 after a message: the machine does not tell what must be known. */
int load_open(struct load *load, const struct load_limits *limits) ATTR_MUST_CHECK;

static inline bool load_limits_starts(const struct load_limits *limits)
{
    return limits->processes > 0 || limits->memory_free > 0 || limits->memory_pause > 0;
}

/* 0: another task may start, `running` being there; else when to ask again. */
nanoseconds load_hold(struct load *load, unsigned running, nanoseconds now);
/* How many of `running` tasks, of which `going` do not pause, may go on. */
unsigned load_go_on(struct load *load, unsigned running, unsigned going, nanoseconds now);
/* To be asked each second: how many jobs from now on, there being `jobs` and `workers`. `asked`: what the
 * user says anew; 0: nothing. */
unsigned load_jobs(struct load *load, unsigned asked, unsigned jobs, unsigned workers, nanoseconds now);

#endif
