/*
 * board: what the parent tells all workers, in shared memory.
 *
 * Only the parent writes; all is relaxed: who must hear of a change at once is told by a message or a signal as well.
 */
#ifndef CPOOL_BOARD_H
#define CPOOL_BOARD_H

#include "base/clock.h"

#include <stdatomic.h>

struct board {
    _Atomic uint64_t time_limit;   /* nanoseconds of the task clock that a task may take; 0: any */
    _Atomic uint64_t stopped_time; /* nanoseconds that the run was stopped (^Z) in all */
    _Atomic uint64_t
        head; /* number of the task that is first in line, nothing of which is kept, plus 1; 0: none */
    _Atomic uint32_t stopped; /* not 0: begin nothing */
    _Atomic uint32_t pressed; /* not 0: nothing more is handed out before something comes back */
};

static inline nanoseconds board_time_limit(const struct board *board)
{
    return atomic_load_explicit(&board->time_limit, memory_order_relaxed);
}

static inline bool board_is_stopped(const struct board *board)
{
    return atomic_load_explicit(&board->stopped, memory_order_relaxed) != 0;
}

static inline bool board_is_pressed(const struct board *board)
{
    return atomic_load_explicit(&board->pressed, memory_order_relaxed) != 0;
}

static inline uint64_t board_head(const struct board *board)
{
    return atomic_load_explicit(&board->head, memory_order_relaxed);
}

/* The task clock: the monotonic one, less the time for which the run was stopped. */
static inline nanoseconds board_task_clock(const struct board *board, nanoseconds now)
{
    return now - atomic_load_explicit(&board->stopped_time, memory_order_relaxed);
}

#endif
