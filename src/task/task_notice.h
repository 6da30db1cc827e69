/*
 * task_notice: what a worker tells of a task as it begins, where the parent observes tasks: what it is, and
 * what does it.
 *
 * task_notice_send, once for each try of a task, before its DONE message. Nothing of it is sent, or costs
 * anything, unless `observed` of the worker's plan says so.
 */
#ifndef CPOOL_TASK_NOTICE_H
#define CPOOL_TASK_NOTICE_H

#include "base/buffer.h"
#include "base/clock.h"
#include "ipc/items.h"
#include "ipc/outbox.h"

#include <sys/types.h>

/* Bytes that are told of an item, and of a command. */
#define TASK_NOTICE_ITEM_MAX    (8 * KIB)
#define TASK_NOTICE_COMMAND_MAX (64 * KIB)
/* No such message is larger. */
#define TASK_NOTICE_SIZE_MAX    (MESSAGE_TASK_SIZE + TASK_NOTICE_ITEM_MAX + TASK_NOTICE_COMMAND_MAX)

/* What it is about: a place in a chunk, and the task there. */
struct task_notice {
    uint16_t slot;
    uint64_t number;
    pid_t pid;
    nanoseconds started;
    const unsigned char *key; /* MESSAGE_KEY_SIZE bytes; NULL: it has none */
    struct items items;       /* that it has; none, where it reads a block */
    const char *command;      /* as it could be given to a shell */
    size_t command_length;
};

/* Of a text of which no more than `most` bytes are told: that of its whole characters, where it may have been
 * cut. */
size_t task_notice_text_length(struct item text, size_t most);

/* 0, or -1 (EPIPE) when the parent is gone. */
int task_notice_send(struct outbox *outbox, const struct task_notice *notice) ATTR_MUST_CHECK;

#endif
