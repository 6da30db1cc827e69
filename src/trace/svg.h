/*
 * svg: texts and numbers as they stand in a picture.
 *
 * XML can't hold control characters at all, and nothing but valid UTF-8: such bytes are shown as \xHH.
 */
#ifndef CPOOL_SVG_H
#define CPOOL_SVG_H

#include "base/buffer.h"
#include "base/clock.h"

#define SVG_TEXT_MAX 1000 /* bytes of a text that are looked at */
#define SVG_ALL      SIZE_MAX

/* Some bytes as text of an element or attribute; what takes more than `columns` of a fixed font is cut, and
 * ends in an ellipsis. */
void svg_text(struct buffer *out, const char *bytes, size_t length, size_t columns);

/* "1,234,567" */
void svg_count(struct buffer *out, uint64_t count);

/* "1.5 MiB" */
void svg_bytes(struct buffer *out, uint64_t bytes);

/* "1.5 s" */
void svg_duration(struct buffer *out, nanoseconds duration);

#endif
