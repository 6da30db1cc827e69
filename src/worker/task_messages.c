#include "worker/task_messages.h"

#include "base/log.h"
#include "base/xalloc.h"
#include "output/formatter.h"
#include "proc/interpreter.h"
#include "task/task_notice.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Of the first and the last of several items. */
#define LABEL_PART_MAX 40

/* ---- what it is called ---- */

/* Add the items of one row, with blanks between. */
static void add_row(struct buffer *text, struct items *items, size_t row)
{
    struct item item;
    for (size_t i = 0; i < row && items_next(items, &item); i++) {
        if (i > 0)
            buffer_append_byte(text, ' ');
        buffer_append(text, item.bytes, size_min(item.length, OUTBOX_LABEL_MAX));
    }
}

/* What a report calls the task: its item, or the first and the last of several. */
struct item task_messages_label(struct command *command, uint64_t number, struct items items)
{
    struct buffer *text = &command->text;
    if (command->plan->reads_blocks) {
        buffer_clear(text);
        buffer_format(text, "block %llu", (unsigned long long)number + 1);
        return (struct item){buffer_bytes(text), buffer_length(text)};
    }
    size_t row = size_max(command->plan->row, 1), most = OUTBOX_LABEL_MAX;
    struct items last = items;

    buffer_clear(text);
    add_row(text, &items, row);
    if (items.length > 0) {
        static const char dots[] = " ... ";
        for (; items.length > 0; items_skip(&items, row))
            last = items;
        size_t first = size_min(buffer_length(text), LABEL_PART_MAX);
        buffer_cut(text, first);
        buffer_append_text(text, dots);
        add_row(text, &last, row);
        most = first + strlen(dots) + LABEL_PART_MAX;
    }
    return (struct item){buffer_bytes(text), size_min(buffer_length(text), size_min(most, OUTBOX_LABEL_MAX))};
}

/* ---- that it has begun ---- */

void task_messages_begin(struct child *child, const struct command_task *task)
{
    struct formatter *formatter = child->command->formatter;
    if (formatter != NULL && formatter_begin(formatter, child->slot, task) < 0)
        child_formatter_failed(child);
}

void task_messages_begun(struct child *child, struct items items)
{
    struct command *command = child->command;
    if (!command->observed)
        return;
    const struct task_key *task_key = &command->task_key;
    struct task_notice notice = {.slot = child->slot,
                                 .number = child->number,
                                 .pid = child->pid,
                                 .started = child->started,
                                 .items = command->plan->reads_blocks ? (struct items){NULL, 0, ITEMS_BLOCK}
                                                                      : items,
                                 .key = task_key->wants_key ? task_key->key : NULL,
                                 .command = buffer_bytes(&task_key->line),
                                 .command_length = buffer_length(&task_key->line)};
    if (task_notice_send(command->link.outbox, &notice) < 0)
        link_lose_parent(&command->link);
}

/* It goes past the formatter: what cpool itself says has no tag, and is in no file of results. */
void task_messages_command(struct child *child)
{
    struct command *command = child->command;
    if (!command->plan->tell || command->plan->ungrouped)
        return;
    command_quote(command, COMMAND_SHOWN);
    if (outbox_send(command->link.outbox, MESSAGE_ERRORS, child->slot, child->number,
                    buffer_bytes(&command->text), buffer_length(&command->text)) < 0 ||
        outbox_flush(command->link.outbox) < 0)
        link_lose_parent(&command->link);
}

/* ---- how it ended ---- */

void task_messages_text(struct child *child, const char *text, size_t length)
{
    struct formatter *formatter = child->command->formatter;
    if (formatter != NULL && formatter_say(formatter, text, length) < 0)
        child_formatter_failed(child);
    if (formatter == NULL && outbox_send(child->command->link.outbox, MESSAGE_ERRORS, child->slot,
                                         child->number, text, length) < 0)
        link_lose_parent(&child->command->link);
}

/* Where each task is observed, `observed` is set, and what the command looks like is known. */
static void end_formatter(struct child *child, const struct message_done *done)
{
    const struct buffer *line = &child->command->task_key.line;
    struct formatter_end end = {.done = done,
                                .pid = child->pid > 0 ? child->pid : 0,
                                .cut_off = child->command->link.ending && done->outcome != OUTCOME_SUCCESS};
    if (child->command->plan->only_print && done->outcome == OUTCOME_SUCCESS) {
        struct buffer *text = &child->command->text;
        buffer_clear(text);
        command_line_quote(text, &child->command->line, COMMAND_IN_ONE_LINE);
        end.command = (struct item){buffer_bytes(text), buffer_length(text)};
    }
    if (child->command->observed)
        end.command = (struct item){buffer_bytes(line), buffer_length(line)};
    if (formatter_end(child->command->formatter, &end) < 0)
        child_formatter_failed(child);
}

void task_messages_done(struct child *child, struct items items, struct message_done *done)
{
    struct outbox *outbox = child->command->link.outbox;
    unsigned char fixed[MESSAGE_DONE_SIZE];

    /* Should it be there after all, it must not take for whole what was given up: without an end the task is
     * lost. */
    if (child->command->link.parent_gone)
        return;
    done->started = child->started;
    done->run_time = clock_now() - child->started;
    done->output = child->written[0];
    done->errors = child->written[1];
    if (child->command->formatter != NULL && done->outcome != OUTCOME_SKIPPED)
        end_formatter(child, done);
    if (child->command->link.parent_gone)
        return;
    if (done->outcome != OUTCOME_SUCCESS && done->outcome != OUTCOME_SKIPPED) {
        struct item label = task_messages_label(child->command, child->number, items);
        done->label = label.bytes;
        done->label_length = label.length;
    }
    message_encode_done(fixed, done);
    if (outbox_begin(outbox, MESSAGE_DONE, child->slot, child->number, sizeof fixed + done->label_length) <
        0) {
        link_lose_parent(&child->command->link);
        return;
    }
    memcpy(outbox_place(outbox), fixed, sizeof fixed);
    if (done->label_length > 0)
        memcpy(outbox_place(outbox) + sizeof fixed, done->label, done->label_length);
    outbox_added(outbox, sizeof fixed + done->label_length);
    outbox_commit(outbox);
    outbox_item_told(outbox);
}

void task_messages_skipped(struct child *child, const struct command_task *task)
{
    struct formatter *formatter = child->command->formatter;
    if (formatter != NULL && formatter_skip(formatter, task) < 0)
        child_formatter_failed(child);
    child->started = clock_now();
    task_messages_done(child, (struct items){0}, &(struct message_done){.outcome = OUTCOME_SKIPPED});
}

void task_messages_not_started(struct child *child, struct items items, const char *what, const char *why,
                               int error)
{
    char quoted[LOG_QUOTE_SIZE], quoted_what[2 * LOG_QUOTE_SIZE], text[512];
    task_messages_begun(child, items); /* and never ran */
    struct item label = task_messages_label(child->command, child->number, items);
    log_quote(quoted, sizeof quoted, label.bytes, label.length);
    int length = snprintf(text, sizeof text, "cpool: '%s': %s: %s\n", quoted,
                          log_quote(quoted_what, sizeof quoted_what, what, strlen(what)), why);
    if (length > 0)
        task_messages_text(child, text, size_min((size_t)length, sizeof text - 1));
    struct message_done done = {.outcome = OUTCOME_NO_EXEC, .code = error == 0 ? EINVAL : (uint32_t)error};
    task_messages_done(child, items, &done);
}

void task_messages_ended(struct child *child, struct items items)
{
    struct message_done done = {.outcome = OUTCOME_SUCCESS};
    for (size_t i = 0; i < child->command->plan->program_count; i++) {
        const struct reaper_status *status = &child->programs[i].status;
        done.user_time += status->user_time;
        done.system_time += status->system_time;
        done.peak_memory = status->peak_memory > done.peak_memory ? status->peak_memory : done.peak_memory;
    }
    if (child->timed_out != 0) {
        done.outcome = OUTCOME_TIMED_OUT;
        done.code = message_milliseconds(child->timed_out);
    } else {
        child_judge(child, &done);
    }
    if (child->is_short && done.outcome == OUTCOME_SUCCESS) {
        static const char text[] = "cpool: the file has become shorter: not all of a block was there\n";
        done.outcome = OUTCOME_FAILED;
        done.code = 1;
        task_messages_text(child, text, strlen(text));
    }
    task_messages_done(child, items, &done);
}

/* Where it was looked for; NULL: it is not there. To be freed. */
static char *path_of(struct command *command, const char *program)
{
    const char *directory = command_line_directory(&command->line);
    if (directory != NULL && program[0] != '/' && strchr(program, '/') != NULL)
        return xasprintf("%s/%s", directory, program);
    return spawn_find(program);
}

const char *task_messages_why_not_executed(const struct child *child, const char *program, int error,
                                           char *text)
{
    if (error == E2BIG)
        return "the item is too long for a command's arguments; hand it over in a file";
    char *path = child->in_directory ? path_of(child->command, program) : NULL;
    const char *why = path != NULL ? interpreter_why(path, error, text) : NULL;
    free(path);
    return why != NULL ? why : strerror(error);
}

void task_messages_not_executed(struct child *child, struct items items, char **vector, int error)
{
    char why[INTERPRETER_WHY_SIZE];
    for (size_t i = 0; i < child->failed; i++)
        vector = words_next_vector(vector);
    task_messages_not_started(child, items,
                              child->in_directory ? vector[0] : command_line_directory(&child->command->line),
                              task_messages_why_not_executed(child, vector[0], error, why), error);
}
