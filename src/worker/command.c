#include "worker/command.h"

#include "base/io.h"
#include "base/platform.h"
#include "base/xalloc.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

void command_open(struct command *command, const struct command_plan *plan, struct outbox *outbox,
                  int control_fd, const struct run_state *run_state, bool subreaper)
{
    *command = (struct command){.plan = plan, .run_state = run_state, .subreaper = subreaper};
    command->self = getpid();
    command->life = platform_life_word();
    command->stdin_writer.fd = command->stdin_writer.reader = -1;
    bool may_share = subreaper && !plan->ungrouped && plan->program_count == 1 && !command_stays_alive(plan);
    command->children = may_share ? platform_open_children() : -1;
    command->kept[0][0] = command->kept[0][1] = command->kept[1][0] = command->kept[1][1] = -1;
    link_open(&command->link, outbox, control_fd);
    command->programs = xcalloc(plan->program_count, sizeof *command->programs);
    environment_open(&command->environment, getppid(), plan->variables, plan->variable_count);
}

int command_expand(struct command *command, const struct command_task *task, const char **why)
{
    command_line_clear(&command->line);
    return command->plan->expand(command->plan->template, task, &command->line, why);
}

/* ---- showing the command line ---- */

void command_quote(struct command *command, enum command_quoting quoting)
{
    buffer_clear(&command->text);
    command_line_quote(&command->text, &command->line, quoting);
    buffer_append_byte(&command->text, '\n');
}

void command_tell(struct command *command, bool is_straight)
{
    /* A lock of this kind goes with the process that has it. */
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    if (!command->plan->tell || !is_straight)
        return;
    command_quote(command, COMMAND_SHOWN);
    if (command->plan->say_lock >= 0)
        (void)fcntl(command->plan->say_lock, F_SETLKW, &lock);
    if (io_write_all(STDERR_FILENO, buffer_bytes(&command->text), buffer_length(&command->text)) < 0)
        errno = 0; /* nobody is there to be told */
    lock.l_type = F_UNLCK;
    if (command->plan->say_lock >= 0)
        (void)fcntl(command->plan->say_lock, F_SETLK, &lock);
}
