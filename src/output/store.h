/*
 * store: what a task has written, kept until it has ended: in memory up to a limit, beyond that in a file without a name. It
 * knows whether all of it is valid UTF-8.
 *
 * store_open once, store_add as bytes come, store_read when all are there, store_clear for the next task.
 */
#ifndef CPOOL_STORE_H
#define CPOOL_STORE_H

#include "base/buffer.h"
#include "base/utf8.h"

#include <sys/types.h>

#define STORE_MEMORY_MAX (1 * MIB)

struct store {
    const char *directory; /* where the file is; not owned */
    struct buffer memory;  /* the first bytes, */
    int file;              /* and all behind them; -1: there are none */
    uint64_t length;       /* of both */
    struct utf8 utf8;
};

void store_open(struct store *store, const char *directory);
void store_clear(struct store *store);

/* 0, or -1 with errno where it can't be kept. */
int store_add(struct store *store, const char *bytes, size_t length) ATTR_MUST_CHECK;

/* Bytes from `offset` on, `size` of them, or fewer where they end: how many; 0 at the end; or -1. */
ssize_t store_read(const struct store *store, uint64_t offset, char *bytes, size_t size) ATTR_MUST_CHECK;

#endif
