/*
 * summary: figures of the run at its end, on standard error (--summary).
 *
 * A keeper, see keeper.h. Of functions and filters it is not told of each task, unless another keeper is, for
 * their number is great and telling costs time: then no run times are known, and none are printed.
 */
#ifndef CPOOL_SUMMARY_H
#define CPOOL_SUMMARY_H

#include "observers/keeper.h"

extern const struct keeper summary_keeper;

#endif
