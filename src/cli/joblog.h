/*
 * joblog: --joblog FILE: a line for each task that has ended for good, in the columns of GNU parallel, or as a JSON object.
 *
 * Each line is written whole, by one write(2), as its task ends; so whatever becomes of the run, the log says which tasks were
 * done. joblog_read.h has how a log says what a task is known by.
 */
#ifndef CPOOL_JOBLOG_H
#define CPOOL_JOBLOG_H

#include "cli/keeper.h"

extern const struct keeper joblog_keeper;

/* The file without the '+' that may stand in front of its name; NULL: there is none. */
const char *joblog_path(const struct options *options);

#endif
