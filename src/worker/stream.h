/*
 * stream: a command that stays alive and reads block after block, and whose output is one.
 *
 * Runs in a worker, instead of single_run: stream_run starts it for a block that was claimed, claims more as
 * it has read them, and returns when it has ended. All that it says is told as the answer to its first block;
 * of the others only that they have been taken.
 */
#ifndef CPOOL_STREAM_H
#define CPOOL_STREAM_H

#include "ipc/queue.h"
#include "worker/command.h"

/* A worker ends with this where its command has ended well before the input did: it wants no more. */
#define STREAM_SATED 120

/*
 * The block in `slot` is this worker's, whose number is `number`. Returns 0 when the worker can go on, -1
 * when it must end now, *exit_status is set where that tells something.
 */
int stream_run(struct command *command, unsigned number, unsigned slot, const struct queue_chunk *chunk,
               int *exit_status) ATTR_MUST_CHECK;

#endif
