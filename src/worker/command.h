/*
 * command: what a worker has for its commands, whichever of single.h, filter.h and stream.h runs them.
 *
 * command_open once; command_expand and command_tell for each command line.
 */
#ifndef CPOOL_COMMAND_H
#define CPOOL_COMMAND_H

#include "ipc/run_state.h"
#include "proc/spawn.h"
#include "task/command_line.h"
#include "task/environment.h"
#include "task/task_key.h"
#include "worker/link.h"
#include "worker/stdin_writer.h"

struct formatter;

struct command {
    const struct command_plan *plan;
    struct link link;
    const struct run_state *run_state;
    struct command_line line;
    struct task_key task_key; /* where tasks are observed: of the task at hand */
    struct environment environment;
    struct spawn_program *programs; /* owned: those of the task at hand */
    struct stdin_writer stdin_writer;
    int children;   /* readable when one of ours has ended; -1: there is no such thing, or no use for it */
    int kept[2][2]; /* the pipes of the last task, for the next one; -1: there are none */
    struct queue *queue;          /* where a resident command finds more */
    struct formatter *formatter;  /* what becomes of output; NULL: it is sent as it comes */
    struct buffer text;           /* a command line to be printed, or a label */
    pid_t self;                   /* this process */
    const _Atomic uint32_t *life; /* its platform_life_word */
    bool subreaper;               /* descendants whose parents end become children of this process */
    bool left;                    /* a task is over and has left processes behind */
    bool starved;                 /* no process or descriptor could be had for a task */
    bool observed;                /* the parent wants to know of each task what it is */
    bool apart;                   /* each answer of a filter is told by itself */
};

void command_open(struct command *command, const struct command_plan *plan, struct outbox *outbox,
                  int control_fd, const struct run_state *run_state, bool subreaper);

/* Fill in `line`: 0, or -1 and *why it can't be done. */
int command_expand(struct command *command, const struct command_task *task,
                   const char **why) ATTR_MUST_CHECK;

/*
 * -t: where what the command writes does not pass through the parent (`is_straight`), show the command line
 * at once, and apart from those of other workers. Else task_messages_command does it.
 */
void command_tell(struct command *command, bool is_straight);

/* Put the command line, as a shell would need it, and a newline into `text`. */
void command_quote(struct command *command, enum command_quoting quoting);

#endif
