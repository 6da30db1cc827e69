/*
 * record: what a worker tells of a task as it begins, where the parent keeps records: what it is, and what
 * does it.
 *
 * record_task, once for each try of a task, before its DONE message. Nothing of it is sent, or costs
 * anything, unless `records` of the worker's plan says so.
 */
#ifndef CPOOL_RECORD_H
#define CPOOL_RECORD_H

#include "base/buffer.h"
#include "base/clock.h"
#include "ipc/items.h"
#include "ipc/outbox.h"

#include <sys/types.h>

/* Bytes that are told of an item, and of a command. */
#define RECORD_ITEM_MAX    (8 * KIB)
#define RECORD_COMMAND_MAX (64 * KIB)
/* No such message is larger. */
#define RECORD_SIZE_MAX    (MESSAGE_TASK_SIZE + RECORD_ITEM_MAX + RECORD_COMMAND_MAX)

/* What it is about: a place in a chunk, and the task there. */
struct record {
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
size_t record_text_length(struct item text, size_t most);

/* 0, or -1 (EPIPE) when the parent is gone. */
int record_task(struct outbox *outbox, const struct record *record) ATTR_MUST_CHECK;

#endif
