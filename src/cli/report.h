/*
 * report: which tasks fail, told as it happens; how a run went, told at its end, and the exit status that follows from it.
 */
#ifndef CPOOL_REPORT_H
#define CPOOL_REPORT_H

#include "cli/options.h"
#include "cli/sink.h"
#include "pool/pool.h"

/* COMMAND was found but can't be run, or was not found. */
#define EXIT_CANNOT_RUN 126
#define EXIT_NOT_FOUND  127

struct report {
    const struct options *options;
    const struct sink *sink;
    uint64_t named, unnamed; /* failed tasks, in messages of their own and not */
    const char *hint; /* what to do about those that could not be started: static; NULL: nothing is known */
};

void report_failure(struct report *report, const struct pool_failure *failure);

/* Where cpool must end by a signal, it does not return. */
int report_conclude(const struct report *report, const struct pool_report *how) ATTR_MUST_CHECK;

#endif
