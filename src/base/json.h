/*
 * json: texts as JSON has them. The structure around them is the caller's to write.
 */
#ifndef CPOOL_JSON_H
#define CPOOL_JSON_H

#include "base/buffer.h"

/*
 * Append some bytes as a string, its quotes included. It is one line and valid UTF-8, whatever the bytes are:
 * control characters are escaped, valid UTF-8 passes unchanged, and each byte that belongs to none becomes
 * U+FFFD.
 */
void json_string(struct buffer *out, const char *bytes, size_t length);

/* Append a piece of a string, without quotes: one that is put together of pieces, each of whole
 * characters. */
void json_text(struct buffer *out, const char *bytes, size_t length);

/*
 * Append "KEY":"TEXT"; a text that is not valid UTF-8 goes by another name, so that no byte of it is lost:
 * "KEY_base64".
 */
void json_member(struct buffer *out, const char *key, const char *bytes, size_t length);

/* One value of that kind: a string, or the same in base64. */
void json_value(struct buffer *out, bool is_text, const char *bytes, size_t length);

#endif
