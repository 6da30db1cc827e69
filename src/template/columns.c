/*
 * Comma-separated values as RFC 4180 has them: a field that begins with a quote ends at the next single one,
 * and two of them stand for one. What follows the closing quote up to the separator, which that text does not
 * allow, is kept as it is, and so is a quote inside a field that does not begin with one.
 */
#include "template/columns.h"

#include "base/xalloc.h"

#include <stdlib.h>

int columns_compile(struct columns *columns, const char *expression, char *why, size_t size)
{
    if (expression_compile(&columns->expression, expression, why, size) < 0)
        return -1;
    columns->mode = COLUMNS_EXPRESSION;
    return 0;
}

void columns_release(struct columns *columns)
{
    if (columns->mode == COLUMNS_EXPRESSION)
        expression_release(&columns->expression);
    *columns = (struct columns){0};
}

/* ---- the list ---- */

void fields_begin(struct fields *fields, size_t length, size_t items)
{
    fields->count = 0;
    buffer_clear(&fields->text);
    /* Room for all at once, and a NUL for each: pointers into it must stay good. */
    char *room = buffer_reserve(&fields->text, length + items + 1);
    (void)room;
}

void fields_release(struct fields *fields)
{
    free(fields->list);
    buffer_release(&fields->text);
    *fields = (struct fields){0};
}

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static void add(const struct columns *columns, struct fields *fields, const char *bytes, size_t length)
{
    if (columns->trim & TRIM_LEFT)
        for (; length > 0 && is_blank(*bytes); length--)
            bytes++;
    if (columns->trim & TRIM_RIGHT)
        while (length > 0 && is_blank(bytes[length - 1]))
            length--;
    if (fields->count == fields->capacity) {
        fields->capacity = fields->capacity * 2 + 16;
        fields->list = xreallocarray(fields->list, fields->capacity, sizeof *fields->list);
    }
    fields->list[fields->count++] = (struct item){bytes, length};
}

/* ---- by an expression ---- */

static void split_at_matches(const struct columns *columns, struct item item, struct fields *fields)
{
    unsigned how = fields->hears ? EXPRESSION_HEARS : 0;
    struct expression_match match;
    size_t begin = 0, at = 0;

    while (expression_find(&columns->expression, item.bytes, item.length, at, how, &match)) {
        bool is_empty = match.begin == match.end; /* between two bytes: not a place to cut, go on behind it */
        if (!is_empty) {
            add(columns, fields, item.bytes + begin, match.begin - begin);
            begin = match.end;
        }
        at = match.end + is_empty;
    }
    add(columns, fields, item.bytes + begin, item.length - begin);
}

/* ---- comma-separated values ---- */

/* One quoted field, from behind its first quote: its bytes go to the text. Returns what comes behind it. */
static const char *unquote(const char *at, const char *end, char separator, struct buffer *text, bool *closed)
{
    enum columns_place place = COLUMNS_QUOTED, next;
    const char *from = at;
    for (; at < end && (next = columns_step(place, *at, separator)) != COLUMNS_BEGIN; at++) {
        if (next == COLUMNS_QUOTE) {
            buffer_append(text, from, (size_t)(at - from));
            from = at + 1; /* another one behind it stands for one */
        }
        place = next;
    }
    buffer_append(text, from, (size_t)(at - from));
    *closed = place != COLUMNS_QUOTED;
    return at;
}

static bool split_values(const struct columns *columns, struct item item, struct fields *fields)
{
    const char *at = item.bytes, *end = at + item.length;
    bool closed = true;
    if (end > at && end[-1] == '\r')
        end--; /* lines end in CR LF */
    for (;;) {
        const char *stop;
        if (at < end && columns_step(COLUMNS_BEGIN, *at, columns->separator) == COLUMNS_QUOTED) {
            const char *text = buffer_bytes(&fields->text) + buffer_length(&fields->text);
            stop = unquote(at + 1, end, columns->separator, &fields->text, &closed);
            const char *behind = buffer_bytes(&fields->text) + buffer_length(&fields->text);
            add(columns, fields, text, (size_t)(behind - text));
        } else { /* a quote is a byte like others up to the next separator */
            const char *next = at < end ? memchr(at, columns->separator, (size_t)(end - at)) : NULL;
            stop = next == NULL ? end : next;
            add(columns, fields, at, (size_t)(stop - at));
        }
        if (stop == end)
            return closed;
        at = stop + 1;
    }
}

/* ---- all of them ---- */

bool columns_split(const struct columns *columns, struct item item, struct fields *fields)
{
    switch (columns->mode) {
    case COLUMNS_NONE:
        add(columns, fields, item.bytes, item.length);
        break;
    case COLUMNS_EXPRESSION:
        split_at_matches(columns, item, fields);
        break;
    case COLUMNS_CSV:
        return split_values(columns, item, fields);
    }
    return true;
}
