#include "base/buffer.h"

#include "base/xalloc.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SMALLEST_CAPACITY 256

void buffer_init(struct buffer *buffer)
{
    *buffer = (struct buffer)BUFFER_INIT;
}

void buffer_release(struct buffer *buffer)
{
    free(buffer->memory);
    buffer_init(buffer);
}

void buffer_take(struct buffer *buffer, size_t count)
{
    assert(count <= buffer_length(buffer));
    buffer->start += count;
    if (buffer->start == buffer->end)
        buffer_clear(buffer);
}

char *buffer_reserve(struct buffer *buffer, size_t count)
{
    size_t length = buffer_length(buffer);

    if (buffer_room(buffer) >= count)
        return buffer->memory + buffer->end;
    /* Slide down when that frees at least half, so that the copying is paid for by what was taken. */
    if (buffer->capacity - length >= count && buffer->start >= buffer->capacity / 2) {
        memmove(buffer->memory, buffer->memory + buffer->start, length);
    } else {
        size_t wanted = size_max(size_max(length + count, buffer->capacity * 2), SMALLEST_CAPACITY);
        char *memory = xmalloc(wanted);
        if (length != 0)
            memcpy(memory, buffer->memory + buffer->start, length);
        free(buffer->memory);
        buffer->memory = memory;
        buffer->capacity = wanted;
    }
    buffer->start = 0;
    buffer->end = length;
    return buffer->memory + buffer->end;
}

void buffer_added(struct buffer *buffer, size_t count)
{
    assert(count <= buffer_room(buffer));
    buffer->end += count;
}

void buffer_append(struct buffer *buffer, const void *bytes, size_t count)
{
    if (count == 0)
        return;
    memcpy(buffer_reserve(buffer, count), bytes, count);
    buffer_added(buffer, count);
}

void buffer_append_text(struct buffer *buffer, const char *text)
{
    buffer_append(buffer, text, strlen(text));
}

void buffer_append_byte(struct buffer *buffer, char byte)
{
    buffer_append(buffer, &byte, 1);
}

void buffer_format(struct buffer *buffer, const char *format, ...)
{
    size_t room = 128;
    for (bool fits = false; !fits;) {
        va_list arguments;
        va_start(arguments, format);
        int length = vsnprintf(buffer_reserve(buffer, room), room, format, arguments);
        va_end(arguments);
        if (length < 0) /* can't be: no format of ours is wrong */
            return;
        fits = (size_t)length < room;
        room = (size_t)length + 1;
    }
    buffer_added(buffer, room - 1);
}

void buffer_cut(struct buffer *buffer, size_t length)
{
    assert(length <= buffer_length(buffer));
    buffer->end = buffer->start + length;
}
