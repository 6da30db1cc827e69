/*
 * filter: a command that stays alive and answers items, one after the other.
 *
 * Runs in a worker, instead of command_run. It writes items ahead without waiting, and matches answers by their order.
 * filter_serve claims chunks and returns when there are none left, or the worker is to end.
 */
#ifndef CPOOL_FILTER_H
#define CPOOL_FILTER_H

#include "ipc/queue.h"
#include "pool/command.h"

/*
 * With FILTER_LENGTH an answer whose length has this bit begins with a byte that is an exit status: 0 is success. The
 * length counts it, without the bit.
 */
#define FILTER_HAS_STATUS UINT32_C(0x80000000)

struct filter_seat {
    struct command *command; /* open; its plan says what to run, and how */
    struct queue *queue;     /* which wakes by its pipe */
    unsigned number;         /* of the worker */
    const _Atomic uint32_t *leave;
};

/* A worker ends with this where its filter answered more than it was asked. */
#define FILTER_EXCESS 122

/* Returns the status for the worker's _exit. */
int filter_serve(const struct filter_seat *seat);

#endif
