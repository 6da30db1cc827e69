/*
 * filter: a command that stays alive and answers items, one after the other.
 *
 * Runs in a worker, instead of single_run: filter_run starts it for a chunk that was claimed, claims more as
 * it goes, and returns when its process has ended. Items are written ahead without waiting, and answers are
 * matched by their order.
 */
#ifndef CPOOL_FILTER_H
#define CPOOL_FILTER_H

#include "ipc/queue.h"
#include "worker/command.h"

/* What is kept from one process of the filter to the next. */
struct filter {
    struct command *command; /* open, its queue set */
    unsigned number;         /* of the worker */
    unsigned barren;         /* processes in a row that have answered nothing */
    uint64_t work_time, work_items;
    int exit_status; /* not 0: the worker is to end with it, FILTER_... */
};

/* A worker ends with one of these where its filter answered more than it was asked, or can't be had, which
 * has been told. */
#define FILTER_EXCESS   122
#define FILTER_HOPELESS 121

/*
 * The chunk in `slot` is this worker's: answer it, and what else may be claimed. Returns 0 when the worker
 * can go on, -1 when it must end now.
 */
int filter_run(struct filter *filter, unsigned slot, const struct queue_chunk *chunk) ATTR_MUST_CHECK;

#endif
