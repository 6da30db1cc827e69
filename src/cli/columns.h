/*
 * columns: an item cut into fields, by a regular expression or as a row of comma-separated values, and trimmed.
 *
 * A struct columns says how; it is set up once (columns_compile for an expression) and only read by workers.
 * fields_begin, then columns_split for each item of a task; the fields stay good until the next fields_begin.
 */
#ifndef CPOOL_COLUMNS_H
#define CPOOL_COLUMNS_H

#include "base/buffer.h"
#include "ipc/items.h"

#include <regex.h>

enum columns_mode { COLUMNS_NONE, COLUMNS_EXPRESSION, COLUMNS_CSV };

enum { TRIM_LEFT = 1, TRIM_RIGHT = 2 };

struct columns {
    enum columns_mode mode;
    regex_t expression; /* EXPRESSION; owned */
    char separator;     /* CSV */
    unsigned trim;      /* of TRIM_LEFT and TRIM_RIGHT */
};

/* Set `mode` to EXPRESSION: 0, or -1 with the reason in `why` (of `size` bytes). */
int columns_compile(struct columns *columns, const char *expression, char *why, size_t size) ATTR_MUST_CHECK;
void columns_release(struct columns *columns);

struct fields {
    struct item *list; /* owned */
    size_t count, capacity;
    struct buffer text; /* of fields that could not be pointed to where they were */
};

/* Forget all fields; `length` bytes of items will be split at most, in `items` items at most. */
void fields_begin(struct fields *fields, size_t length, size_t items);
void fields_release(struct fields *fields);

/* Add the fields of an item, at least one. */
void columns_split(const struct columns *columns, struct item item, struct fields *fields);

#endif
