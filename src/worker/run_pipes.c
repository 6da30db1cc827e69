/* The pipes of a run, and what becomes of them behind it. */
#include "worker/run.h"

#include "base/io.h"
#include "base/platform.h"

#include <fcntl.h>
#include <string.h>

/*
 * New pipes cost more than all else that a worker does for a task. One that ends by itself, and of whose processes none is
 * left, can't be heard any more, and leaves its pipes to the next. That it has ended is then told by the children's descriptor alone.
 */
static bool may_share(const struct run *run)
{
    return run->resident == NULL && !run->keeps_output && run->command->subreaper &&
           run->command->children >= 0 && run->command->plan->program_count == 1;
}

static void close_kept(struct command *command)
{
    for (size_t i = 0; i < ARRAY_LENGTH(command->kept); i++)
        for (size_t k = 0; k < ARRAY_LENGTH(command->kept[i]); k++)
            io_close(&command->kept[i][k]);
}

void run_unshare(struct run *run)
{
    run->shares = false;
    for (size_t i = 0; i < ARRAY_LENGTH(run->outputs); i++)
        run->command->kept[i][0] = -1; /* which is ours */
    close_kept(run->command);
}

/* What a task may have done to the pipes that it had must not be felt by the next. */
static bool is_as_new(int pipe)
{
    return fcntl(pipe, F_GETFL) == O_WRONLY;
}

void run_leave_pipes(struct run *run)
{
    struct command *command = run->command;
    if (!run->shares)
        return;
    for (size_t i = 0; i < ARRAY_LENGTH(run->outputs); i++)
        run->outputs[i].fd = -1;
    if (run->wide || !is_as_new(command->kept[0][1]) || !is_as_new(command->kept[1][1]))
        close_kept(command);
}

int run_open_pipes(struct run *run, int ends[2][2])
{
    struct command *command = run->command;
    bool has_kept = command->kept[0][0] >= 0;
    run->shares = may_share(run);
    if (run->shares && has_kept) {
        memcpy(ends, command->kept, sizeof command->kept);
        return 0;
    }
    if ((!run->keeps_output && platform_pipe(ends[0], false) < 0) ||
        (!run->keeps_errors && platform_pipe(ends[1], false) < 0))
        return -1;
    return 0;
}

void run_give_pipes(struct run *run, int ends[2][2])
{
    run->outputs[0].fd = ends[0][0];
    run->outputs[1].fd = ends[1][0];
    memcpy(run->command->kept, ends, sizeof run->command->kept);
    if (!run->shares)
        run_unshare(run);
}
