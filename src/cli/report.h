/*
 * report: how a run went, told at its end, and the exit status that follows from it.
 */
#ifndef CPOOL_REPORT_H
#define CPOOL_REPORT_H

#include "cli/options.h"
#include "cli/sink.h"
#include "pool/pool.h"

/* COMMAND was found but can't be run, or was not found. */
#define EXIT_CANNOT_RUN 126
#define EXIT_NOT_FOUND  127

/* Where cpool must end by a signal, it does not return. */
int report_conclude(const struct options *options, const struct sink *sink,
                    const struct pool_report *report) ATTR_MUST_CHECK;

#endif
