/*
 * size: counts of bytes, as people write and read them.
 */
#ifndef CPOOL_SIZE_H
#define CPOOL_SIZE_H

#include "base/base.h"

/* 1000, 64K, 1M (powers of 1024), 1k, 1m (of 1000) and so on: 0, or -1 where it is no such thing. */
int size_parse(const char *text, double *size) ATTR_MUST_CHECK;

/* Write a size for people ("1023 bytes", "1.5 MiB", "300 MiB") into `text`, at least SIZE_TEXT bytes; returns
 * `text`. */
#define SIZE_TEXT 16
const char *size_format(uint64_t bytes, char *text);

#endif
