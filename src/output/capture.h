/*
 * capture: what a task has written, kept until it has ended: in memory up to a limit, beyond that in a file
 * without a name. It knows whether all of it is valid UTF-8.
 *
 * capture_open once, capture_add as bytes come, capture_read when all are there, capture_clear for the next
 * task.
 */
#ifndef CPOOL_CAPTURE_H
#define CPOOL_CAPTURE_H

#include "base/buffer.h"
#include "base/utf8.h"

#include <sys/types.h>

#define STORE_MEMORY_MAX (1 * MIB)

struct capture {
    const char *directory; /* where the file is; not owned */
    struct buffer memory;  /* the first bytes, */
    int file;              /* and all behind them; -1: there are none */
    uint64_t length;       /* of both */
    struct utf8 utf8;
};

void capture_open(struct capture *capture, const char *directory);
void capture_clear(struct capture *capture);

/* 0, or -1 with errno where it can't be kept. */
int capture_add(struct capture *capture, const char *bytes, size_t length) ATTR_MUST_CHECK;

/* Bytes from `offset` on, `size` of them, or fewer where they end: how many; 0 at the end; or -1. */
ssize_t capture_read(const struct capture *capture, uint64_t offset, char *bytes,
                     size_t size) ATTR_MUST_CHECK;

#endif
