/*
 * buffer: bytes that grow at the end and are taken away at the front.
 *
 * BUFFER_INIT or buffer_init makes an empty one that owns no memory; buffer_release gives the
 * memory back and leaves an empty one. Growing ends the process when there is no memory (xalloc).
 * Pointers into the bytes are good until the next call that adds.
 */
#ifndef CPOOL_BUFFER_H
#define CPOOL_BUFFER_H

#include "base/base.h"

struct buffer {
    char *memory;    /* owned; NULL while capacity is 0 */
    size_t start;    /* first byte that has not been taken; start <= end <= capacity */
    size_t end;      /* behind the last byte */
    size_t capacity; /* bytes in memory */
};

#define BUFFER_INIT                                                                                          \
    {                                                                                                        \
        NULL, 0, 0, 0                                                                                        \
    }

void buffer_init(struct buffer *buffer);
void buffer_release(struct buffer *buffer);

static inline char *buffer_bytes(const struct buffer *buffer)
{
    return buffer->memory == NULL ? NULL : buffer->memory + buffer->start;
}

static inline size_t buffer_length(const struct buffer *buffer)
{
    return buffer->end - buffer->start;
}

/* Forget all bytes, keep the memory. */
static inline void buffer_clear(struct buffer *buffer)
{
    buffer->start = buffer->end = 0;
}

/* Take `count` bytes (at most buffer_length) from the front. */
void buffer_take(struct buffer *buffer, size_t count);

/* Make room for `count` bytes behind the end and return where they go; buffer_added says how many came. */
char *buffer_reserve(struct buffer *buffer, size_t count) ATTR_MUST_CHECK;
void buffer_added(struct buffer *buffer, size_t count);

void buffer_append(struct buffer *buffer, const void *bytes, size_t count);
void buffer_append_text(struct buffer *buffer, const char *text);
void buffer_append_byte(struct buffer *buffer, char byte);
/* As printf, however long it becomes. */
void buffer_format(struct buffer *buffer, const char *format, ...) ATTR_PRINTF(2, 3);

/* Forget all behind the first `length` bytes. */
void buffer_cut(struct buffer *buffer, size_t length);

/* Bytes that may be added without moving memory. */
static inline size_t buffer_room(const struct buffer *buffer)
{
    return buffer->capacity - buffer->end;
}

#endif
