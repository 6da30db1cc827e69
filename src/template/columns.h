/*
 * columns: an item cut into fields, by a regular expression or as a row of comma-separated values, and
 * trimmed.
 *
 * A struct columns says how; it is set up once (columns_compile for an expression) and only read by workers.
 * fields_begin, then columns_split for each item of a task; the fields stay good until the next fields_begin.
 */
#ifndef CPOOL_COLUMNS_H
#define CPOOL_COLUMNS_H

#include "base/buffer.h"
#include "ipc/items.h"
#include "template/expression.h"

enum columns_mode { COLUMNS_NONE, COLUMNS_EXPRESSION, COLUMNS_CSV };

enum { TRIM_LEFT = 1, TRIM_RIGHT = 2 };

struct columns {
    enum columns_mode mode;
    struct expression expression; /* EXPRESSION; owned */
    char separator;               /* CSV */
    unsigned trim;                /* of TRIM_LEFT and TRIM_RIGHT */
};

/*
 * Where in a row of comma-separated values a text stands. Who cuts a file into rows and who cuts a row into
 * fields both go by columns_step, so that they can't disagree on which quote opens, and what stands inside.
 */
enum columns_place {
    COLUMNS_BEGIN,  /* of a field: only here a quote opens */
    COLUMNS_PLAIN,  /* in a field without quotes, or behind the closing one: a quote is a byte like others */
    COLUMNS_QUOTED, /* between quotes: a separator, or what ends a row, is a byte like others */
    COLUMNS_QUOTE,  /* behind a quote that has closed the field, unless another one follows */
};

/* The place behind `byte`, which does not end the row. */
static inline enum columns_place columns_step(enum columns_place place, char byte, char separator)
{
    if (place == COLUMNS_QUOTED)
        return byte == '"' ? COLUMNS_QUOTE : COLUMNS_QUOTED;
    if (byte == separator)
        return COLUMNS_BEGIN;
    return byte == '"' && place != COLUMNS_PLAIN ? COLUMNS_QUOTED : COLUMNS_PLAIN;
}

/* Set `mode` to EXPRESSION: 0, or -1 with the reason in `why` (of `size` bytes). */
int columns_compile(struct columns *columns, const char *expression, char *why, size_t size) ATTR_MUST_CHECK;
void columns_release(struct columns *columns);

struct fields {
    struct item *list; /* owned */
    size_t count, capacity;
    struct buffer text; /* of fields that could not be pointed to where they were */
    bool hears;         /* see EXPRESSION_HEARS: then the last field is what has not been looked at */
};

/* Forget all fields; `length` bytes of items will be split at most, in `items` items at most. */
void fields_begin(struct fields *fields, size_t length, size_t items);
void fields_release(struct fields *fields);

/*
 * Add the fields of an item, at least one. False where a quote of it is not closed: the last field is the
 * rest of the item.
 */
bool columns_split(const struct columns *columns, struct item item, struct fields *fields);

#endif
