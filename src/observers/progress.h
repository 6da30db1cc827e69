/*
 * progress: --bar, --progress and --eta.
 *
 * Two observers. The first looks at the counters of the pool alone, and so costs nothing for each task. The
 * second is told of tasks, to know how many are running, and which for longest: for --progress, and only of
 * commands, which take a thousand times as long as it takes to tell.
 */
#ifndef CPOOL_PROGRESS_H
#define CPOOL_PROGRESS_H

#include "options/options.h"
#include "pool/observer.h"

/* Add the observers that the user has asked for: 0, or the exit status after a message. */
int progress_open(const struct options *options, struct observers *observers) ATTR_MUST_CHECK;

#endif
