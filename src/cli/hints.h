/*
 * hints: what to do about a program that is not there.
 *
 * Only looked at when the error is about to be printed, so nothing here costs a run that goes well.
 */
#ifndef CPOOL_HINTS_H
#define CPOOL_HINTS_H

#include "options/options.h"

/* COMMAND was found but can't be run, or was not found. */
#define EXIT_CANNOT_RUN 126
#define EXIT_NOT_FOUND  127

/*
 * Say that the program can't be found, or not be run: `error` is spawn_find's errno. With what it is
 * instead, where that is known. Returns the exit status.
 */
int hints_tell_not_found(const char *program, const struct options *options, int error) ATTR_MUST_CHECK;

/*
 * What the report adds where the first failed item could not be started: behind "could not be started", or
 * "".
 */
const char *hints_not_started(const struct options *options, const char *label, int error);

#endif
