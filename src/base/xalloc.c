#include "base/xalloc.h"

#include "base/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *checked(void *memory, size_t size)
{
    if (memory == NULL)
        log_fatal("out of memory: %zu bytes are not to be had; try fewer jobs (-j)", size);
    return memory;
}

void *xmalloc(size_t size)
{
    return checked(malloc(size_max(size, 1)), size);
}

void *xcalloc(size_t count, size_t size)
{
    return checked(calloc(size_max(count, 1), size_max(size, 1)), count * size);
}

void *xreallocarray(void *memory, size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size)
        return checked(NULL, SIZE_MAX);
    return checked(realloc(memory, size_max(count * size, 1)), count * size);
}

char *xmemdupz(const char *bytes, size_t length)
{
    char *copy = xmalloc(length + 1);
    memcpy(copy, bytes, length);
    copy[length] = '\0';
    return copy;
}

char *xstrdup(const char *text)
{
    return xmemdupz(text, strlen(text));
}

char *xasprintf(const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    size_t size = length < 0 ? 0 : (size_t)length + 1;
    char *text = xmalloc(size);
    if (size != 0)
        vsnprintf(text, size, format, again);
    va_end(again);
    return text;
}
