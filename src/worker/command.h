/*
 * command: a worker's state for running commands, shared by single.h, filter.h and stream.h.
 *
 * Order of calls: command_open once, in the new worker; then command_expand and command_tell for each command
 * line. The worker owns the struct until its process ends; nothing has to be released.
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
    struct task_key task_key; /* where tasks are observed: the key of the task at hand */
    struct environment environment;
    struct spawn_program *programs; /* owned: the programs of the task at hand, program_count of them */
    struct stdin_writer stdin_writer;
    int children;        /* a descriptor that is readable when a child has ended; -1: the system has none */
    int kept[2][2];      /* stdout's and stderr's pipe of the last task, for the next one; -1: none is kept */
    struct queue *queue; /* where a resident command claims more; not owned */
    struct formatter *formatter;  /* what is done to output; NULL: it is sent as it comes. Not owned */
    struct buffer text;           /* owned scratch: a command line to be printed, or a label */
    pid_t self;                   /* this process */
    const _Atomic uint32_t *life; /* this process's platform_life_word */
    bool subreaper;               /* descendants whose parents have ended become children of this process */
    bool left;                    /* some task has ended and left processes behind */
    bool starved;                 /* a task could not be started: no more processes or descriptors */
    bool observed;                /* the parent wants a notice of each task */
    bool apart;                   /* each answer of a filter has a DONE message of its own */
};

void command_open(struct command *command, const struct command_plan *plan, struct outbox *outbox,
                  int control_fd, const struct run_state *run_state, bool subreaper);

/* Make the task's words, in `line`. Returns 0, or -1 with *why, a text that says what is wrong with the
 * items. */
int command_expand(struct command *command, const struct command_task *task,
                   const char **why) ATTR_MUST_CHECK;

/*
 * -t: show the command line. Where the task's output does not pass through the parent (`is_straight`) it is
 * written to standard error here, under a lock that keeps the lines of several workers apart. Otherwise
 * nothing is done: task_messages_command sends it ahead of the output.
 */
void command_tell(struct command *command, bool is_straight);

/* Put the command line, quoted for a shell, and a newline into `text`. */
void command_quote(struct command *command, enum command_quoting quoting);

#endif
