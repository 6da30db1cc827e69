/*
 * exit_status: what a worker ends itself with, for the parent to know why; filter.h and stream.h have some
 * more.
 */
#ifndef CPOOL_EXIT_STATUS_H
#define CPOOL_EXIT_STATUS_H

/* A worker that was too long at an item ends itself with this status. */
#define WORKER_TIMED_OUT 124
/* A worker that could not start its task for want of processes or descriptors with this one: the task has not
 * begun. */
#define WORKER_STARVED   123
/* A worker whose task is over and has left processes behind, which are to come to the parent. */
#define WORKER_LEFT      118
/* A worker that could not keep the output of its task where it was to be kept, which it has said. */
#define WORKER_CANT_KEEP 119

#endif
