/*
 * task_key: what a task is: a line that shows it, and a key that is made of all that it depends on, and of
 * nothing that changes from run to run. By its key a later run knows the task again, wherever it stands in
 * the list then.
 *
 * Runs in a worker, where the parent observes tasks, before the task begins: task_key_of_..., then what is in
 * struct task_key is good until the next task. The key is that of the line (task_key_of_line) wherever
 * the line has all of it. Where it has not, because numbers of tasks stand in it, because the task reads a
 * block, or because the line is cut somewhere, a log must name the key. A key of zeros is none.
 */
#ifndef CPOOL_TASK_KEY_H
#define CPOOL_TASK_KEY_H

#include "base/hash.h"
#include "ipc/done_keys.h"
#include "task/task.h"

struct task_key {
    bool wants_key;               /* else `key` is not made */
    const struct done_keys *done; /* what had been done before the run; NULL: that is all the same */
    struct buffer line;           /* without control characters */
    bool unread;                  /* not all of its block can be read: it has no key, and was never done */
    unsigned char key[HASH_SIZE];
    /* Scratch space: the command line without what differs from run to run, and as it is hashed. */
    struct command_line neutral;
    struct buffer neutral_text;
};

/* The key of a task that is nothing but this line. */
void task_key_of_line(const char *line, size_t length, unsigned char key[HASH_SIZE]);

/* A command: `line` is what `task` has become; NULL: it could not become one, and is its items. */
void task_key_of_command(struct task_key *task_key, const struct command_plan *plan,
                         const struct command_task *task, struct command_line *line);

/* An item that a filter reads: COMMAND <<<ITEM. */
void task_key_of_answer(struct task_key *task_key, const struct command_plan *plan,
                        const struct command_task *task, struct command_line *line, struct item item);

/* A command that reads many blocks, one after the other, of which nobody can say which they will be: it has
 * no key. */
void task_key_of_stream(struct task_key *task_key, struct command_line *line);

/* An item of a function: FUNCTION ITEM. */
void task_key_of_function(struct task_key *task_key, const char *function, struct item item);

/* Whether the task with that number has been done before the run, and is to be left out. */
static inline bool task_key_was_done(const struct task_key *task_key, uint64_t number)
{
    return task_key->done != NULL && !task_key->unread &&
           done_keys_find(task_key->done, task_key->key, number) == DONE_BEFORE;
}

#endif
