/*
 * single: one task that is an external command, from its items to its DONE message.
 *
 * Runs in a worker. single_run for each task: it expands the arguments, starts the command, passes its output
 * on as it comes and says how it ended. It waits on the command's output, its end and the control pipe at
 * once, so that the order to end the task, or the parent's death, is heard at any time.
 */
#ifndef CPOOL_SINGLE_H
#define CPOOL_SINGLE_H

#include "worker/command.h"

/*
 * Run the task. Messages go to the outbox with the slot `slot` of the queue. Returns 0 when the worker can go
 * on, -1 when it must end now: the run is over, the parent is gone, or the task has left processes behind,
 * which must not be taken for those of a later task; or it has not begun, because there are too many workers
 * for what may be had here (`starved`).
 */
int single_run(struct command *command, uint16_t slot, const struct command_task *task) ATTR_MUST_CHECK;

#endif
