/*
 * json: texts as JSON has them. The structure around them is the caller's to write.
 */
#ifndef CPOOL_JSON_H
#define CPOOL_JSON_H

#include "base/buffer.h"

/*
 * Append some bytes as a string, its quotes included. It is one line and valid UTF-8, whatever the bytes are: control
 * characters are escaped, valid UTF-8 passes unchanged, and each byte that belongs to none becomes U+FFFD.
 */
void json_string(struct buffer *out, const char *bytes, size_t length);

/* The same without quotes, of a string that is put together of pieces, each of whole characters. */
void json_text(struct buffer *out, const char *bytes, size_t length);

#endif
