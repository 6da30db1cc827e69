#include "task/task_key.h"

#include "base/io.h"
#include "task/command_line.h"

#include <string.h>

/* A range of a file is read in pieces of this size. */
#define PIECE (64 * KIB)

/* Never to be changed: what is in logs was made with it. */
static const unsigned char hash_key[HASH_SIZE] = "cpool task key 1";

void task_key_of_line(const char *line, size_t length, unsigned char key[HASH_SIZE])
{
    struct hash hash;
    hash_begin(&hash, hash_key);
    hash_add(&hash, line, length);
    hash_end(&hash, key);
}

static void key_of_line(struct task_key *task_key, const struct buffer *line)
{
    if (task_key->wants_key)
        task_key_of_line(buffer_bytes(line), buffer_length(line), task_key->key);
}

static void have_no_key(struct task_key *task_key)
{
    memset(task_key->key, 0, HASH_SIZE);
}

/* ---- commands ---- */

/* The command line as it is in every run: numbers of tasks and of workers stay as they are written, {#} and
 * {%}. */
static const struct buffer *neutral_line(struct task_key *task_key, const struct command_plan *plan,
                                         const struct command_task *task, const char *behind,
                                         struct item item)
{
    struct command_task neutral = *task;
    struct buffer *text = &task_key->neutral_text;
    const char *why;
    neutral.neutral = true;
    command_line_clear(&task_key->neutral);
    (void)!plan->expand(plan->template, &neutral, &task_key->neutral, &why);
    buffer_clear(text);
    command_line_quote(text, &task_key->neutral, COMMAND_IN_ONE_LINE);
    buffer_append_text(text, behind);
    if (behind[0] != '\0')
        words_quote_line(text, item.bytes, item.length);
    return text;
}

/* 0, or -1 where not all of it can be read; or is not there any more. */
static int hash_range(struct hash *hash, int file, uint64_t offset, uint64_t length)
{
    static char piece[PIECE];
    while (length > 0) {
        ssize_t n = io_read_at(file, piece, length < PIECE ? (size_t)length : PIECE, offset);
        if (n <= 0)
            return -1;
        hash_add(hash, piece, (size_t)n);
        offset += (uint64_t)n;
        length -= (uint64_t)n;
    }
    return 0;
}

/* A NUL between what can hold none and what may hold any byte. A part of the block would be known as another
 * task. */
static void key_of_block(struct task_key *task_key, const struct command_plan *plan,
                         const struct command_task *task, const struct buffer *line)
{
    struct hash hash;
    int result = 0;
    hash_begin(&hash, hash_key);
    hash_add(&hash, buffer_bytes(line), buffer_length(line));
    hash_add(&hash, "", 1);
    hash_add(&hash, plan->header, plan->header_length);
    if (task->items.bytes != NULL)
        hash_add(&hash, task->items.bytes, task->items.length);
    else
        result = hash_range(&hash, plan->file, task->offset, task->items.length);
    hash_end(&hash, task_key->key);
    task_key->unread = result < 0;
    if (task_key->unread)
        have_no_key(task_key);
}

/* It could not be made a command of: it is known by its items. */
static void show_items(struct buffer *text, struct items items)
{
    struct item item;
    for (bool is_first = true; items_next(&items, &item); is_first = false) {
        if (!is_first)
            buffer_append_byte(text, ' ');
        words_quote_line(text, item.bytes, item.length);
    }
}

void task_key_of_command(struct task_key *task_key, const struct command_plan *plan,
                         const struct command_task *task, struct command_line *line)
{
    const struct buffer *text = &task_key->line;

    buffer_clear(&task_key->line);
    if (line != NULL)
        command_line_quote(&task_key->line, line, COMMAND_IN_ONE_LINE);
    else if (!plan->reads_blocks)
        show_items(&task_key->line, task->items);
    if (!task_key->wants_key)
        return;
    if (line != NULL && plan->is_numbered)
        text = neutral_line(task_key, plan, task, "", (struct item){"", 0});
    if (plan->reads_blocks)
        key_of_block(task_key, plan, task, text);
    else
        key_of_line(task_key, text);
}

/* ---- those that stay alive ---- */

void task_key_of_stream(struct task_key *task_key, struct command_line *line)
{
    buffer_clear(&task_key->line);
    command_line_quote(&task_key->line, line, COMMAND_IN_ONE_LINE);
    have_no_key(task_key);
}

void task_key_of_answer(struct task_key *task_key, const struct command_plan *plan,
                        const struct command_task *task, struct command_line *line, struct item item)
{
    static const char redirected[] = " <<<";

    buffer_clear(&task_key->line);
    command_line_quote(&task_key->line, line, COMMAND_IN_ONE_LINE);
    buffer_append_text(&task_key->line, redirected);
    words_quote_line(&task_key->line, item.bytes, item.length);
    if (task_key->wants_key)
        key_of_line(task_key, plan->is_numbered ? neutral_line(task_key, plan, task, redirected, item)
                                                : &task_key->line);
}

/* ---- functions ---- */

void task_key_of_function(struct task_key *task_key, const char *function, struct item item)
{
    buffer_clear(&task_key->line);
    buffer_append_text(&task_key->line, function);
    buffer_append_byte(&task_key->line, ' ');
    words_quote_line(&task_key->line, item.bytes, item.length);
    key_of_line(task_key, &task_key->line);
}
