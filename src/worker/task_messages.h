/*
 * task_messages: what a worker tells of a run, in messages to its parent.
 *
 * `items` is what the task was made of, for the name that a report gives it. A parent that does not listen
 * any more is noted in the command (`ending`, `parent_gone`).
 */
#ifndef CPOOL_TASK_MESSAGES_H
#define CPOOL_TASK_MESSAGES_H

#include "ipc/message.h"
#include "worker/child.h"

/* What a report calls a task: its item, the first and the last of several, or the number of a block. In
 * `text` of the command. */
struct item task_messages_label(struct command *command, uint64_t number, struct items items);

/* Something that cpool says of the task, among its errors. */
void task_messages_text(struct child *child, const char *text, size_t length);

/* The task that `task` says begins: what it writes is its own from here on. */
void task_messages_begin(struct child *child, const struct command_task *task);

/* Its process runs: the parent is told what it is, if it wants to know. `task_key` of the command must have
 * been found. */
void task_messages_begun(struct child *child, struct items items);

/*
 * -t: the command line, at once. It is sent before all that the task writes, and so has its place behind
 * what came before.
 */
void task_messages_command(struct child *child);

/* The task has ended as `done` says; times and label are filled in. */
void task_messages_done(struct child *child, struct items items, struct message_done *done);

/* It is left out: it had been done before this run. */
void task_messages_skipped(struct child *child, const struct command_task *task);

/* child_supervise has returned: the task has ended as its processes did. */
void task_messages_ended(struct child *child, struct items items);

/* It could not even be started: why, among the task's errors. `error`: an errno, or 0. */
void task_messages_not_started(struct child *child, struct items items, const char *what, const char *why,
                               int error);

/*
 * Why child_start said `error` of the program. `text`: of INTERPRETER_WHY_SIZE bytes, which the answer may be
 * in.
 */
const char *task_messages_why_not_executed(const struct child *child, const char *program, int error,
                                           char *text);

/* child_start said `error`. */
void task_messages_not_executed(struct child *child, struct items items, char **vector, int error);

#endif
