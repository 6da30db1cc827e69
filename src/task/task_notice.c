#include "task/task_notice.h"

#include "base/utf8.h"

#include <string.h>

/* The items in one line, with blanks between: how many bytes were put into `text`. */
static size_t join_items(struct items items, char text[TASK_NOTICE_ITEM_MAX])
{
    size_t length = 0;
    struct item item;
    for (bool is_first = true; length < TASK_NOTICE_ITEM_MAX && items_next(&items, &item); is_first = false) {
        if (!is_first)
            text[length++] = ' ';
        size_t part = size_min(item.length, TASK_NOTICE_ITEM_MAX - length);
        if (part > 0)
            memcpy(text + length, item.bytes, part);
        length += part;
    }
    return length;
}

size_t task_notice_text_length(struct item text, size_t most)
{
    return text.length < most ? text.length : utf8_cut(text.bytes, text.length);
}

int task_notice_send(struct outbox *outbox, const struct task_notice *notice)
{
    struct message_task task = {.pid = (uint32_t)notice->pid, .started = notice->started};
    if (notice->key != NULL)
        memcpy(task.key, notice->key, sizeof task.key);
    if (outbox_begin(outbox, MESSAGE_TASK, notice->slot, notice->number, TASK_NOTICE_SIZE_MAX) < 0)
        return -1;
    char *place = outbox_place(outbox);
    task.item_length = join_items(notice->items, place + MESSAGE_TASK_SIZE);
    task.command_length = size_min(notice->command_length, TASK_NOTICE_COMMAND_MAX);
    message_encode_task((unsigned char *)place, &task);
    if (task.command_length > 0)
        memcpy(place + MESSAGE_TASK_SIZE + task.item_length, notice->command, task.command_length);
    outbox_added(outbox, MESSAGE_TASK_SIZE + task.item_length + task.command_length);
    outbox_commit(outbox);
    return 0;
}
