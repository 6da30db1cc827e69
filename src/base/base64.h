/*
 * base64: bytes as letters, digits, + and / (RFC 4648, with = at the end).
 */
#ifndef CPOOL_BASE64_H
#define CPOOL_BASE64_H

#include "base/buffer.h"

/* Append `length` bytes. Of a text in pieces all but the last must be multiples of three. */
void base64_append(struct buffer *out, const char *bytes, size_t length);

#endif
