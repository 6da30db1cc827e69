/*
 * ahead: what of a pipe of items is read before it is wanted, so that it is known early how much there is.
 *
 * Zero it, and set `wanted` if it is; ahead_read now and then; what it has is then taken by ahead_take,
 * before anything else is read from the file. ahead_release.
 */
#ifndef CPOOL_AHEAD_H
#define CPOOL_AHEAD_H

#include "base/buffer.h"

#include <sys/types.h>

/* Bytes that are held at most. */
#define AHEAD_MAX (16 * MIB)

struct ahead {
    bool wanted;
    bool ended; /* the end of the file has been seen: nothing is behind `bytes` */
    struct buffer bytes;
    size_t taken; /* of `bytes` */
};

void ahead_release(struct ahead *ahead);

/* All that can be read without waiting, up to a bound. What can't be read is left to who reads next. */
void ahead_read(struct ahead *ahead, int fd);

/* Whether the next bytes, or the end, are to be had by ahead_take. */
bool ahead_has(const struct ahead *ahead);
/* As read(2) does: 0 at the end. */
ssize_t ahead_take(struct ahead *ahead, void *bytes, size_t count);

static inline const char *ahead_bytes(const struct ahead *ahead, size_t *length)
{
    *length = buffer_length(&ahead->bytes) - ahead->taken;
    return *length == 0 ? "" : buffer_bytes(&ahead->bytes) + ahead->taken;
}

#endif
