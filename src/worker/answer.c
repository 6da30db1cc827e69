#include "worker/answer.h"

#include "base/log.h"
#include "base/xalloc.h"
#include "output/shape.h"
#include "proc/interpreter.h"
#include "task/record.h"

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
struct item answer_label(struct command *command, uint64_t number, struct items items)
{
    struct buffer *text = &command->text;
    if (command->plan->feeds) {
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

void answer_begin(struct run *run, const struct command_task *task)
{
    struct shape *shape = run->command->shape;
    if (shape != NULL && shape_begin(shape, run->slot, task) < 0)
        run_shape_failed(run);
}

void answer_begun(struct run *run, struct items items)
{
    struct command *command = run->command;
    if (!command->records)
        return;
    const struct content *content = &command->content;
    struct record record = {.slot = run->slot,
                            .number = run->number,
                            .pid = run->pid,
                            .started = run->started,
                            .items = command->plan->feeds ? (struct items){NULL, 0, ITEMS_BLOCK} : items,
                            .key = content->wants_key ? content->key : NULL,
                            .command = buffer_bytes(&content->line),
                            .command_length = buffer_length(&content->line)};
    if (record_task(command->link.outbox, &record) < 0)
        link_lose_parent(&command->link);
}

/* It goes past the shape: what cpool itself says has no tag, and is in no file of results. */
void answer_command(struct run *run)
{
    struct command *command = run->command;
    if (!command->plan->tell || command->plan->ungrouped)
        return;
    command_quote(command, COMMAND_SHOWN);
    if (outbox_send(command->link.outbox, MESSAGE_ERRORS, run->slot, run->number,
                    buffer_bytes(&command->text), buffer_length(&command->text)) < 0 ||
        outbox_flush(command->link.outbox) < 0)
        link_lose_parent(&command->link);
}

/* ---- how it ended ---- */

void answer_say(struct run *run, const char *text, size_t length)
{
    struct shape *shape = run->command->shape;
    if (shape != NULL && shape_say(shape, text, length) < 0)
        run_shape_failed(run);
    if (shape == NULL &&
        outbox_send(run->command->link.outbox, MESSAGE_ERRORS, run->slot, run->number, text, length) < 0)
        link_lose_parent(&run->command->link);
}

/* Where there is a record of each task, `records` is set, and what the command looks like is known. */
static void end_shape(struct run *run, const struct message_done *done)
{
    const struct buffer *line = &run->command->content.line;
    struct shape_end end = {.done = done,
                            .pid = run->pid > 0 ? run->pid : 0,
                            .cut_off = run->command->link.ending && done->outcome != OUTCOME_SUCCESS};
    if (run->command->plan->only_print && done->outcome == OUTCOME_SUCCESS) {
        struct buffer *text = &run->command->text;
        buffer_clear(text);
        command_line_quote(text, &run->command->line, COMMAND_IN_ONE_LINE);
        end.command = (struct item){buffer_bytes(text), buffer_length(text)};
    }
    if (run->command->records)
        end.command = (struct item){buffer_bytes(line), buffer_length(line)};
    if (shape_end(run->command->shape, &end) < 0)
        run_shape_failed(run);
}

void answer_done(struct run *run, struct items items, struct message_done *done)
{
    struct outbox *outbox = run->command->link.outbox;
    unsigned char fixed[MESSAGE_DONE_SIZE];

    /* Should it be there after all, it must not take for whole what was given up: without an end the task is lost. */
    if (run->command->link.parent_gone)
        return;
    done->started = run->started;
    done->run_time = clock_now() - run->started;
    done->output = run->written[0];
    done->errors = run->written[1];
    if (run->command->shape != NULL && done->outcome != OUTCOME_SKIPPED)
        end_shape(run, done);
    if (run->command->link.parent_gone)
        return;
    if (done->outcome != OUTCOME_SUCCESS && done->outcome != OUTCOME_SKIPPED) {
        struct item label = answer_label(run->command, run->number, items);
        done->label = label.bytes;
        done->label_length = label.length;
    }
    message_encode_done(fixed, done);
    if (outbox_begin(outbox, MESSAGE_DONE, run->slot, run->number, sizeof fixed + done->label_length) < 0) {
        link_lose_parent(&run->command->link);
        return;
    }
    memcpy(outbox_place(outbox), fixed, sizeof fixed);
    if (done->label_length > 0)
        memcpy(outbox_place(outbox) + sizeof fixed, done->label, done->label_length);
    outbox_added(outbox, sizeof fixed + done->label_length);
    outbox_commit(outbox);
    outbox_item_told(outbox);
}

void answer_skipped(struct run *run, const struct command_task *task)
{
    struct shape *shape = run->command->shape;
    if (shape != NULL && shape_skip(shape, task) < 0)
        run_shape_failed(run);
    run->started = clock_now();
    answer_done(run, (struct items){0}, &(struct message_done){.outcome = OUTCOME_SKIPPED});
}

void answer_not_started(struct run *run, struct items items, const char *what, const char *why, int error)
{
    char quoted[LOG_QUOTE_SIZE], quoted_what[2 * LOG_QUOTE_SIZE], text[512];
    answer_begun(run, items); /* and never ran */
    struct item label = answer_label(run->command, run->number, items);
    log_quote(quoted, sizeof quoted, label.bytes, label.length);
    int length = snprintf(text, sizeof text, "cpool: '%s': %s: %s\n", quoted,
                          log_quote(quoted_what, sizeof quoted_what, what, strlen(what)), why);
    if (length > 0)
        answer_say(run, text, size_min((size_t)length, sizeof text - 1));
    struct message_done done = {.outcome = OUTCOME_NO_EXEC, .code = error == 0 ? EINVAL : (uint32_t)error};
    answer_done(run, items, &done);
}

void answer_ended(struct run *run, struct items items)
{
    struct message_done done = {.outcome = OUTCOME_SUCCESS};
    for (size_t i = 0; i < run->command->plan->program_count; i++) {
        const struct reaper_status *status = &run->programs[i].status;
        done.user_time += status->user_time;
        done.system_time += status->system_time;
        done.peak_memory = status->peak_memory > done.peak_memory ? status->peak_memory : done.peak_memory;
    }
    if (run->timed_out != 0) {
        done.outcome = OUTCOME_TIMED_OUT;
        done.code = message_milliseconds(run->timed_out);
    } else {
        run_judge(run, &done);
    }
    if (run->is_short && done.outcome == OUTCOME_SUCCESS) {
        static const char text[] = "cpool: the file has become shorter: not all of a block was there\n";
        done.outcome = OUTCOME_FAILED;
        done.code = 1;
        answer_say(run, text, strlen(text));
    }
    answer_done(run, items, &done);
}

/* Where it was looked for; NULL: it is not there. To be freed. */
static char *path_of(struct command *command, const char *program)
{
    const char *directory = command_line_directory(&command->line);
    if (directory != NULL && program[0] != '/' && strchr(program, '/') != NULL)
        return xasprintf("%s/%s", directory, program);
    return spawn_find(program);
}

const char *answer_why_not_executed(const struct run *run, const char *program, int error, char *text)
{
    if (error == E2BIG)
        return "the item is too long for a command's arguments; hand it over in a file";
    char *path = run->in_directory ? path_of(run->command, program) : NULL;
    const char *why = path != NULL ? interpreter_why(path, error, text) : NULL;
    free(path);
    return why != NULL ? why : strerror(error);
}

void answer_not_executed(struct run *run, struct items items, char **vector, int error)
{
    char why[INTERPRETER_WHY_SIZE];
    for (size_t i = 0; i < run->failed; i++)
        vector = words_next_vector(vector);
    answer_not_started(run, items,
                       run->in_directory ? vector[0] : command_line_directory(&run->command->line),
                       answer_why_not_executed(run, vector[0], error, why), error);
}
