/* The pipes of a run, and what becomes of them behind it. */
#include "worker/child_internal.h"

#include "base/io.h"
#include "base/platform.h"

#include <fcntl.h>
#include <string.h>

/*
 * New pipes cost more than all else that a worker does for a task. One that ends by itself, and of whose
 * processes none is left, can't be heard any more, and leaves its pipes to the next. That it has ended is
 * then told by the children's descriptor alone.
 */
static bool may_share(const struct child *child)
{
    return child->resident == NULL && !child->keeps_output && child->command->subreaper &&
           child->command->children >= 0 && child->command->plan->program_count == 1;
}

static void close_kept(struct command *command)
{
    for (size_t i = 0; i < ARRAY_LENGTH(command->kept); i++)
        for (size_t k = 0; k < ARRAY_LENGTH(command->kept[i]); k++)
            io_close(&command->kept[i][k]);
}

void child_unshare(struct child *child)
{
    child->shares = false;
    for (size_t i = 0; i < ARRAY_LENGTH(child->outputs); i++)
        child->command->kept[i][0] = -1; /* which is ours */
    close_kept(child->command);
}

/* What a task may have done to the pipes that it had must not be felt by the next. */
static bool is_as_new(int pipe)
{
    return fcntl(pipe, F_GETFL) == O_WRONLY;
}

void child_leave_pipes(struct child *child)
{
    struct command *command = child->command;
    if (!child->shares)
        return;
    for (size_t i = 0; i < ARRAY_LENGTH(child->outputs); i++)
        child->outputs[i].fd = -1;
    if (child->wide || !is_as_new(command->kept[0][1]) || !is_as_new(command->kept[1][1]))
        close_kept(command);
}

int child_open_pipes(struct child *child, int ends[2][2])
{
    struct command *command = child->command;
    bool has_kept = command->kept[0][0] >= 0;
    child->shares = may_share(child);
    if (child->shares && has_kept) {
        memcpy(ends, command->kept, sizeof command->kept);
        return 0;
    }
    if ((!child->keeps_output && platform_pipe(ends[0], false) < 0) ||
        (!child->keeps_errors && platform_pipe(ends[1], false) < 0))
        return -1;
    return 0;
}

void child_give_pipes(struct child *child, int ends[2][2])
{
    child->outputs[0].fd = ends[0][0];
    child->outputs[1].fd = ends[1][0];
    memcpy(child->command->kept, ends, sizeof child->command->kept);
    if (!child->shares)
        child_unshare(child);
}
