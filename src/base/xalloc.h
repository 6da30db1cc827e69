/*
 * xalloc: memory that is there, or a message and the end.
 *
 * For the small structures of the parent and the command line, where going on without memory
 * makes no sense. Each function ends the process by log_fatal ("out of memory", status 125)
 * instead of returning NULL; a request of 0 bytes gets a pointer that can be freed.
 */
#ifndef CPOOL_XALLOC_H
#define CPOOL_XALLOC_H

#include "base/base.h"

void *xmalloc(size_t size) ATTR_MALLOC;
void *xcalloc(size_t count, size_t size) ATTR_MALLOC;
/* Resize an array to `count` elements of `size` bytes; count * size is checked for overflow. */
void *xreallocarray(void *memory, size_t count, size_t size) ATTR_MUST_CHECK;
char *xstrdup(const char *text) ATTR_MALLOC;
/* Copy `length` bytes and end them by NUL. */
char *xmemdupz(const char *bytes, size_t length) ATTR_MALLOC;
char *xasprintf(const char *format, ...) ATTR_PRINTF(1, 2) ATTR_MALLOC;

#endif
