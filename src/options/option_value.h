/*
 * option_value: what the argument of an option means: numbers, sizes, durations. `option` is for the message.
 */
#ifndef CPOOL_OPTION_VALUE_H
#define CPOOL_OPTION_VALUE_H

#include "base/clock.h"

/* A whole number: 0, or -1 after a message. */
int option_value_count(const char *option, const char *text, long smallest, long largest,
                       long *value) ATTR_MUST_CHECK;

/* 0.5, 10s, 1.5m and so on: 0, or -1 after a message. */
int option_value_duration(const char *option, const char *text, nanoseconds *duration) ATTR_MUST_CHECK;

/* A size of memory: 0, or -1 after a message. */
int option_value_memory(const char *option, const char *text, uint64_t *bytes) ATTR_MUST_CHECK;

/* A character, \n, \t, \0, \r, \\ or \xHH: the byte, or -1 where it is no such thing. */
int option_value_byte(const char *text) ATTR_MUST_CHECK;

/* Whether the name has that ending, which says what is to be in the file. */
bool option_value_ends_in(const char *path, const char *ending);

#endif
