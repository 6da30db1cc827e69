#include "worker/single.h"

#include "output/formatter.h"
#include "task/task_notice.h"
#include "worker/child.h"
#include "worker/task_messages.h"

static void print_only(struct child *child)
{
    struct command *command = child->command;
    child->started = clock_now();
    command_quote(command, command->plan->on_terminal ? COMMAND_SHOWN : COMMAND_AS_IT_IS);
    if (command->formatter != NULL) {
        if (formatter_show(command->formatter, buffer_bytes(&command->text), buffer_length(&command->text)) <
            0)
            child_formatter_failed(child);
    } else if (outbox_send(command->link.outbox, MESSAGE_OUTPUT, child->slot, child->number,
                           buffer_bytes(&command->text), buffer_length(&command->text)) < 0) {
        link_lose_parent(&command->link);
    }
    task_messages_done(child, (struct items){0}, &(struct message_done){.outcome = OUTCOME_SUCCESS});
}

/* The task's block is what it reads. */
static struct stdin_writer_source block_of(const struct command_plan *plan, const struct command_task *task)
{
    return (struct stdin_writer_source){.header = plan->header,
                                        .header_length = plan->header_length,
                                        .bytes = task->items.bytes,
                                        .file = plan->file,
                                        .offset = task->offset,
                                        .length = task->items.length};
}

static void run_expanded(struct child *child, const struct command_task *task)
{
    struct command *command = child->command;
    const struct stdin_writer_source block = block_of(command->plan, task);

    if (command->observed && outbox_make_room(command->link.outbox, TASK_NOTICE_SIZE_MAX) < 0) {
        link_lose_parent(&command->link);
        return;
    }
    environment_set(&command->environment, task->number, task->worker, &command->line.variables);
    char **vector = words_vector(&command->line.arguments);
    command_tell(command, command->plan->ungrouped);
    int error = child_start(child, vector, command->plan->reads_blocks ? &block : NULL);
    if (command->starved) {
        outbox_item_not_started(command->link.outbox);
        return;
    }
    if (error == 0)
        task_messages_begun(child, task->items);
    task_messages_command(child);
    if (error != 0) {
        task_messages_not_executed(child, task->items, vector, error);
        return;
    }
    if (command->plan->reads_blocks)
        child_feed_on(child); /* for a start; a small block is all in the pipe then */
    child_supervise(child);
    task_messages_ended(child, task->items);
}

int single_run(struct command *command, uint16_t slot, const struct command_task *task)
{
    struct child child;
    const char *why = NULL;

    child_init(&child, command, slot, task->number, task->worker);
    outbox_item_started(command->link.outbox);
    bool is_expanded = command_expand(command, task, &why) == 0;
    if (command->observed || command->task_key.done != NULL)
        task_key_of_command(&command->task_key, command->plan, task, is_expanded ? &command->line : NULL);
    bool was_done = task_key_was_done(&command->task_key, task->number);
    if (!was_done)
        task_messages_begin(&child, task);
    if (was_done) {
        task_messages_skipped(&child, task);
    } else if (!is_expanded) {
        child.started = clock_now();
        task_messages_not_started(&child, task->items, "can't be an argument", why, 0);
    } else if (command->plan->only_print) {
        print_only(&child);
    } else {
        run_expanded(&child, task);
    }
    child_release(&child);
    link_flush(&command->link, clock_now());
    return command->link.ending || child.leftovers || command->starved ? -1 : 0;
}
