/*
 * progress: --bar, --progress and --eta.
 *
 * Two keepers. progress_keeper looks at the counters of the pool alone, and so costs nothing for each task.
 * progress_tasks is told of tasks besides, to know how many are running, and which for longest: for
 * --progress, and only of commands, which take a thousand times as long as it takes to tell.
 */
#ifndef CPOOL_PROGRESS_H
#define CPOOL_PROGRESS_H

#include "observers/keeper.h"

extern const struct keeper progress_keeper, progress_tasks;

#endif
