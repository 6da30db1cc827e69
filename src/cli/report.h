/*
 * report: which tasks fail, told as it happens; how a run went, told at its end, and the exit status that
 * follows from it.
 */
#ifndef CPOOL_REPORT_H
#define CPOOL_REPORT_H

#include "base/buffer.h"
#include "display/sink.h"
#include "options/options.h"
#include "pool/pool.h"

/* report_begin; report_failure any number of times; report_conclude. */
struct report {
    const struct options *options;
    struct sink *sink;     /* not owned; for as long as there is the report */
    struct buffer waiting; /* owned: messages, each with a NUL, for when a task's line of output has ended */
    uint64_t named, unnamed; /* failed tasks, in messages of their own and not */
    const char *hint; /* what to do about those that could not be started: static; NULL: nothing is known */
};

void report_begin(struct report *report, const struct options *options, struct sink *sink);

/* At once; or where a task's output stands in the middle of a line, behind that line. */
void report_failure(struct report *report, const struct pool_failure *failure);

/* Releases what the report owns. Where cpool must end by a signal, it does not return. */
int report_conclude(struct report *report, const struct pool_report *how) ATTR_MUST_CHECK;

#endif
