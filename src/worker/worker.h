/*
 * worker: the child's loop. Claim a chunk, do its items, answer, again; leave when there is nothing more.
 *
 * The parent fills in a struct worker_plan before the first fork and a struct worker_seat for each worker,
 * then calls worker_main in the child, which never returns. Everything is inherited by fork; a worker only
 * writes to its own outbox and its own pipe.
 */
#ifndef CPOOL_WORKER_H
#define CPOOL_WORKER_H

#include "ipc/outbox.h"
#include "ipc/queue.h"
#include "ipc/run_state.h"
#include "output/formatter.h"
#include "task/function.h"
#include "worker/exit_status.h"

#include <stdnoreturn.h>

/* What all workers do. */
struct worker_plan {
    const struct function *function;        /* NULL: a command */
    const struct command_plan *command;     /* NULL: a function */
    bool time_limits;                       /* there may be some */
    bool fixed_chunks;                      /* chunks are as large as the user said: none is handed back */
    bool observed;                          /* the parent wants to know of each task what it is, */
    bool keys;                              /* and what its content is known by */
    const struct done_keys *done;           /* what is to be left out; NULL: nothing. It wants keys */
    const struct formatter_plan *formatter; /* what becomes of output; NULL: it is sent as it comes */
};

/* What one worker has of its own. */
struct worker_seat {
    unsigned number;                   /* from 0; its owner number in the queue */
    pid_t parent;                      /* who forked it, remembered from before the fork */
    int results_fd;                    /* the pipe to the parent, non-blocking */
    int control_fd;                    /* the pipe from the parent, non-blocking */
    struct outbox_memory outbox;       /* in shared memory */
    const struct run_state *run_state; /* in shared memory */
};

noreturn void worker_main(const struct worker_plan *plan, const struct worker_seat *seat,
                          struct queue *queue);

#endif
