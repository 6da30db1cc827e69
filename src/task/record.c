#include "task/record.h"

#include "base/utf8.h"

#include <string.h>

/* The items in one line, with blanks between: how many bytes were put into `text`. */
static size_t join_items(struct items items, char text[RECORD_ITEM_MAX])
{
    size_t length = 0;
    struct item item;
    for (bool is_first = true; length < RECORD_ITEM_MAX && items_next(&items, &item); is_first = false) {
        if (!is_first)
            text[length++] = ' ';
        size_t part = size_min(item.length, RECORD_ITEM_MAX - length);
        if (part > 0)
            memcpy(text + length, item.bytes, part);
        length += part;
    }
    return length;
}

size_t record_text_length(struct item text, size_t most)
{
    return text.length < most ? text.length : utf8_cut(text.bytes, text.length);
}

int record_task(struct outbox *outbox, const struct record *record)
{
    struct message_task task = {.pid = (uint32_t)record->pid, .started = record->started};
    if (record->key != NULL)
        memcpy(task.key, record->key, sizeof task.key);
    if (outbox_begin(outbox, MESSAGE_TASK, record->slot, record->number, RECORD_SIZE_MAX) < 0)
        return -1;
    char *place = outbox_place(outbox);
    task.item_length = join_items(record->items, place + MESSAGE_TASK_SIZE);
    task.command_length = size_min(record->command_length, RECORD_COMMAND_MAX);
    message_encode_task((unsigned char *)place, &task);
    if (task.command_length > 0)
        memcpy(place + MESSAGE_TASK_SIZE + task.item_length, record->command, task.command_length);
    outbox_added(outbox, MESSAGE_TASK_SIZE + task.item_length + task.command_length);
    outbox_commit(outbox);
    return 0;
}
