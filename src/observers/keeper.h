/*
 * keeper: somebody who is told of every task of a run: the job log, the bar, the trace, the summary.
 *
 * One struct keeper for each, in the table of journal.c. Order of calls: open, then input, once, before
 * anything is started; begun and ended for each try of each task; tick when it is due; close once, when
 * nothing runs any more, however the run ended.
 */
#ifndef CPOOL_KEEPER_H
#define CPOOL_KEEPER_H

#include "options/options.h"
#include "pool/pool.h"

/* What is known of the input when it has been opened. Nothing in it is owned; it is good until `close`. */
struct keeper_input {
    const struct done_keys *done; /* what had been done before */
    const char *header;   /* the first line of the only source, or what stands in front of each block */
    size_t header_length; /* with its end; 0: there is none */
    char separator;       /* --csv: between the fields of a row */
    int file;             /* that blocks are ranges of; -1: they are not */
    bool joins_items;     /* a task gets one text, of all its items with blanks between */
};

struct keeper {
    /* Whether the user has asked for it: nothing else is called where not. */
    bool (*wanted)(const struct options *options);
    /* 0, or the exit status after a message. *context is what the others are given. */
    int (*open)(const struct options *options, void **context);
    /* Once, behind open. NULL: it has no use for it. */
    void (*input)(void *context, const struct keeper_input *input);
    /* NULL: it does not want to know. 0, or -1 after a message: the run ends with status 125. */
    int (*begun)(void *context, const struct pool_task *task);
    int (*ended)(void *context, const struct pool_task *task);
    /* What it has put in the note of a task, of which all output is out now; perhaps in pieces. NULL: it
     * never does. */
    void (*note)(void *context, const char *bytes, size_t length);
    /* When it wants to be called again, by the monotonic clock; CLOCK_NEVER: not. NULL: it has no use for
     * it. */
    nanoseconds (*tick)(void *context, const struct pool_status *status, nanoseconds now);
    /* It can do without being told of each task of functions and filters: many and small ones, of which
     * telling costs time. */
    bool spares_small;
    bool eager; /* it is called each time that something has happened, too, due or not: it must cost next to
                   nothing then */
    /* cpool is about to be stopped (^Z). NULL: that is nothing to it. */
    void (*stop)(void *context);
    /* 0, or the exit status after a message. */
    int (*close)(void *context, const struct pool_report *report);
};

#endif
