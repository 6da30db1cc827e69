/*
 * command: one task that is an external command, from its items to its DONE message.
 *
 * Runs in a worker. command_open once; command_run for each task: it expands the arguments, starts the
 * command, passes its output on as it comes and says how it ended. It waits on the command's output, its end
 * and the control pipe at once, so that the order to end the task, or the parent's death, is heard at any
 * time.
 */
#ifndef CPOOL_COMMAND_H
#define CPOOL_COMMAND_H

#include "base/buffer.h"
#include "ipc/channel.h"
#include "ipc/outbox.h"
#include "pool/board.h"
#include "proc/reaper.h"

/* One task's items, as they lie in shared memory. */
struct command_task {
    uint64_t number;   /* from 0 */
    unsigned worker;   /* from 0: the slot of {%} */
    const char *items; /* each ends in the delimiter, the last one perhaps without */
    size_t length;
    unsigned char delimiter;
};

/* Arguments being put together: strings ended by NUL in `text`, as offsets until all are there. Kept from
 * task to task. */
struct command_arguments {
    struct buffer text;
    size_t *offsets; /* owned */
    size_t count, capacity;
    char **vector; /* owned; vector[0] is spare, then `count` pointers, then NULL */
    size_t vector_capacity;
};

/* Begin the next argument; add to it with buffer_append on `text`; end it with its NUL. */
void command_argument_begin(struct command_arguments *arguments);
void command_argument_end(struct command_arguments *arguments);

/* How to make a command of a task. Set up by the parent before the fork, only read by workers. */
struct command_plan {
    /* Fill in the arguments, the command's name being the first: 0, or -1 and *why a text that says what is
     * wrong with the items. */
    int (*expand)(const void *template, const struct command_task *task, struct command_arguments *arguments,
                  const char **why);
    const void *template;
    const char *path;          /* of the program; NULL: it depends on the item, look it up each time */
    struct reaper_plan ladder; /* how a task is ended */
};

/* Environment variables that tasks get from us. */
#define COMMAND_VARIABLES 5

struct command {
    const struct command_plan *plan;
    struct outbox *outbox; /* where answers go */
    const struct board *board;
    struct channel control; /* from the parent; end of file is its death */
    struct command_arguments arguments;
    char **environment; /* owned: the caller's, and our variables last */
    char
        *variables[COMMAND_VARIABLES]; /* owned: their texts; those that change are rewritten for each task */
    pid_t self;                        /* this process */
    bool subreaper;                    /* descendants whose parents end become children of this process */
    bool ending;                       /* the run is over: end when the task has ended */
    bool parent_gone;                  /* and nobody reads what we write */
    bool starved;                      /* no process or descriptor could be had for a task */
};

void command_open(struct command *command, const struct command_plan *plan, struct outbox *outbox,
                  int control_fd, const struct board *board, bool subreaper);

/* No task is under way: take the orders that have come. -1 when the worker must end. */
int command_hear(struct command *command) ATTR_MUST_CHECK;

/*
 * Run it. Messages go to the outbox with the slot `slot` of the queue. Returns 0 when the worker can go on,
 * -1 when it must end now: the run is over, the parent is gone, or the task has left processes behind, which must not be taken
 * for those of a later task; or it has not begun, because there are too many workers for what may be had here (`starved`).
 */
int command_run(struct command *command, uint16_t slot, const struct command_task *task) ATTR_MUST_CHECK;

#endif
