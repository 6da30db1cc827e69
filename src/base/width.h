/*
 * width: how many columns of a terminal a text takes.
 *
 * By a table of its own: what wcwidth says depends on the locale, and in the C locale, in which many a
 * container runs on a terminal that knows UTF-8, it says nothing. Texts are such as log_quote makes: a byte
 * that is not part of a whole UTF-8 sequence is taken for one column.
 */
#ifndef CPOOL_WIDTH_H
#define CPOOL_WIDTH_H

#include "base/base.h"

/* Columns of one character: 0 (it combines with the one before it), 1 or 2. */
unsigned width_of(uint32_t character);

/* Columns of a text. */
size_t width_text(const char *text, size_t length);

/* The bytes of the longest beginning of a text that takes no more than `columns`, with all that combines with
 * its last character. */
size_t width_cut(const char *text, size_t length, size_t columns);

#endif
