/* How a run gets its processes. */
#include "base/io.h"
#include "base/xalloc.h"
#include "proc/signals.h"
#include "worker/child_internal.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* How long the first worker tries to start a task where processes or descriptors are short, and how often. */
#define PATIENCE         (200 * NS_PER_MS)
#define PATIENCE_STEP_MS 5

/* Not the item's fault: what is short now may be had later, or with fewer workers. */
static bool is_shortage(int error, bool executed)
{
    return error == EAGAIN || (!executed && (error == ENOMEM || error == EMFILE || error == ENFILE));
}

/* One that the item decides on. With a folder of its own a relative path begins there. */
static char *find_program(struct command *command, const char *name)
{
    bool from_there =
        command_line_directory(&command->line) != NULL && name[0] != '/' && strchr(name, '/') != NULL;
    return from_there ? xstrdup(name) : spawn_find(name);
}

/* Each program and its arguments; *found: paths to be freed. False where one is not there (errno),
 * *failed. */
static bool find_programs(struct command *command, char **vector, char **found, size_t *failed)
{
    for (size_t i = 0; i < command->plan->program_count; i++) {
        char *path = command->plan->paths[i];
        if (path == NULL)
            path = found[i] = find_program(command, vector[0]);
        *failed = i;
        if (path == NULL)
            return false;
        command->programs[i] = (struct spawn_program){.path = path, .argv = vector};
        vector = words_next_vector(vector);
    }
    return true;
}

/* 0, or -1 with errno and *step, which failed. */
static int spawn(struct child *child, int ends[2][2], int input, enum spawn_step *step)
{
    struct command *command = child->command;
    const struct spawn_request request = {
        .programs = command->programs,
        .count = command->plan->program_count,
        .environment = command->environment.vector,
        .directory = command_line_directory(&command->line),
        .input = input, /* -1: the worker's own, which is /dev/null */
        .output = ends[0][1],
        .errors = ends[1][1],
        .parent = command->self,
        .life = command->life,
        .group = &command->link.outbox->shared->task,
    };
    child->pid = spawn_start(&request, step, &child->failed);
    FAULT_POINT(after_spawn);
    return child->pid < 0 ? -1 : 0;
}

/* Nothing is left of a start that has failed. */
static void undo(struct command *command, int ends[2][2], enum spawn_step step)
{
    if (step != SPAWN_FORK && command->plan->program_count > 1) /* what the others have started by now */
        (void)reaper_sweep(clock_now() + CHILD_SWEEP_TIME, signals_worker_mask());
    for (size_t i = 0; i < 2; i++) {
        io_close(&ends[i][0]);
        io_close(&ends[i][1]);
        command->kept[i][0] = command->kept[i][1] = -1;
    }
    atomic_store_explicit(&command->link.outbox->shared->task, 0, memory_order_relaxed);
    stdin_writer_close(&command->stdin_writer);
}

/* Both pipes, the command at their other ends: 0, or the errno of what failed; *shortage: see above. */
static int start(struct child *child, char **vector, const struct stdin_writer_source *source, bool *shortage)
{
    struct command *command = child->command;
    int ends[2][2] = {{-1, -1}, {-1, -1}};
    char *found[SPAWN_PROGRAMS_MAX] = {NULL};
    enum spawn_step step = SPAWN_EXEC;
    int error = 0, input = -1;

    if (!find_programs(command, vector, found, &child->failed)) {
        error = errno;
        goto out;
    }
    step = SPAWN_FORK;
    if (child_open_pipes(child, ends) < 0 ||
        (source != NULL && (input = stdin_writer_open(&command->stdin_writer, source)) < 0) ||
        spawn(child, ends, input, &step) < 0)
        error = errno;
    else
        child_give_pipes(child, ends);
out:
    io_close(&input);
    if (error != 0)
        undo(command, ends, step);
    for (size_t i = 0; i < command->plan->program_count; i++)
        free(found[i]);
    child->in_directory = step != SPAWN_DIRECTORY;
    *shortage = is_shortage(error, step != SPAWN_FORK);
    return error;
}

/*
 * Where there is a shortage some workers must leave, so that the others find room for their tasks: the
 * patience of each is different, lest all leave at once.
 */
int child_start(struct child *child, char **vector, const struct stdin_writer_source *source)
{
    struct command *command = child->command;
    child->started = child->silent_since = clock_now();
    child_count_from(child, run_state_task_clock(command->run_state, child->started));
    if (command->plan->ungrouped && (child->resident == NULL || child->resident->answer == NULL))
        child->keeps_output = child->keeps_errors = true;
    nanoseconds patience = PATIENCE / (child->worker + 1), begun = clock_now();

    for (;;) {
        bool shortage;
        int error = start(child, vector, source, &shortage);
        if (!shortage)
            return error;
        struct pollfd parent = {.fd = command->link.control.fd, .events = POLLIN};
        if (clock_now() - begun >= patience || poll(&parent, 1, PATIENCE_STEP_MS) != 0) {
            command->starved = true;
            return error;
        }
    }
}
