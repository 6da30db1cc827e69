/*
 * progress_line: what --bar, --progress and --eta show, as one line of text that fits.
 *
 * Pure: numbers in, text out. Where there is little room, what matters least is left out. Nothing in it
 * steers a terminal, as long as `item` does not.
 *
 *      45% [#########-----------] 450/1000, 2 failed, 4 running, 12.3/s, 45 s left, 14 s: ITEM
 */
#ifndef CPOOL_PROGRESS_LINE_H
#define CPOOL_PROGRESS_LINE_H

#include "base/clock.h"

/* Which of the options were given: all of them together make one line. */
struct progress_style {
    bool bar, progress, eta;
};

struct progress_figures {
    uint64_t done, failed; /* tasks that have ended in this run; and of these */
    uint64_t skipped;      /* that had been done before, not among these */
    uint64_t total;        /* that there will be, `skipped` included; 0: not known */
    bool knows_running;
    unsigned running;    /* tasks, where that is known */
    double rate;         /* tasks in a second; 0: not known */
    nanoseconds left;    /* CLOCK_NEVER: not known */
    nanoseconds took;    /* that the whole run has taken, at its end; 0: it goes on */
    nanoseconds longest; /* that the task which runs for longest has run */
    const char *item;    /* of it, as log_quote writes it; NULL: none is to be shown */
};

/* Room that no line exceeds, whatever the columns. */
#define PROGRESS_LINE_SIZE 1024

/* Put the line into `text`, of at most `columns` columns. Returns its bytes; a NUL stands behind them. */
size_t progress_line(char text[PROGRESS_LINE_SIZE], const struct progress_figures *figures,
                     const struct progress_style *style, unsigned columns);

#endif
