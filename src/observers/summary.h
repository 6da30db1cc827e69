/*
 * summary: figures of the run at its end, on standard error (--summary).
 *
 * An observer. Of functions and filters it is not told of each task, unless another observer is, for their
 * number is great and telling costs time: then no run times are known, and none are printed.
 */
#ifndef CPOOL_SUMMARY_H
#define CPOOL_SUMMARY_H

#include "options/options.h"
#include "pool/observer.h"

/* Add the observer, if the user has asked for it: 0, or the exit status after a message. */
int summary_open(const struct options *options, struct observers *observers) ATTR_MUST_CHECK;

#endif
