/*
 * run_state: what the parent tells all workers, in shared memory.
 *
 * Only the parent writes; all is relaxed: who must hear of a change at once is told by a message or a signal
 * as well.
 */
#ifndef CPOOL_RUN_STATE_H
#define CPOOL_RUN_STATE_H

#include "base/clock.h"

#include <stdatomic.h>

struct run_state {
    _Atomic uint64_t time_limit;   /* nanoseconds of the task clock that a task may take; 0: any */
    _Atomic uint64_t stopped_time; /* nanoseconds that the run was stopped (^Z) in all */
    _Atomic uint64_t
        head; /* number of the task that is first in line, nothing of which is kept, plus 1; 0: none */
    _Atomic uint32_t stopped;       /* not 0: begin nothing */
    _Atomic uint32_t input_drained; /* not 0: nothing more is handed out before something comes back */
};

static inline nanoseconds run_state_time_limit(const struct run_state *run_state)
{
    return atomic_load_explicit(&run_state->time_limit, memory_order_relaxed);
}

static inline bool run_state_is_stopped(const struct run_state *run_state)
{
    return atomic_load_explicit(&run_state->stopped, memory_order_relaxed) != 0;
}

static inline bool run_state_input_is_drained(const struct run_state *run_state)
{
    return atomic_load_explicit(&run_state->input_drained, memory_order_relaxed) != 0;
}

static inline uint64_t run_state_head(const struct run_state *run_state)
{
    return atomic_load_explicit(&run_state->head, memory_order_relaxed);
}

/* The task clock: the monotonic one, less the time for which the run was stopped. */
static inline nanoseconds run_state_task_clock(const struct run_state *run_state, nanoseconds now)
{
    return now - atomic_load_explicit(&run_state->stopped_time, memory_order_relaxed);
}

#endif
