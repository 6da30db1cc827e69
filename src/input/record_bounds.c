#include "input/record_bounds.h"

#include "base/xalloc.h"
#include "ipc/items.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- compiling ---- */

static int hex_digit(char c)
{
    const char *digits = "0123456789abcdef",
               *at = c == '\0' ? NULL : strchr(digits, c >= 'A' && c <= 'F' ? c + 32 : c);
    return at == NULL ? -1 : (int)(at - digits);
}

/* With escapes replaced: *length bytes, to be freed. */
static char *unescape(const char *text, size_t *length)
{
    static const struct {
        char letter, byte;
    } escapes[] = {{'n', '\n'}, {'t', '\t'}, {'r', '\r'}, {'0', '\0'}, {'\\', '\\'}};
    char *bytes = xmalloc(strlen(text) + 1), *to = bytes;

    while (*text != '\0') {
        char byte = *text++;
        if (byte == '\\' && text[0] == 'x' && hex_digit(text[1]) >= 0 && hex_digit(text[2]) >= 0) {
            byte = (char)(hex_digit(text[1]) * 16 + hex_digit(text[2]));
            text += 3;
        } else if (byte == '\\') {
            for (size_t i = 0; i < ARRAY_LENGTH(escapes); i++)
                if (*text == escapes[i].letter) {
                    byte = escapes[i].byte;
                    text++;
                    break;
                }
        }
        *to++ = byte;
    }
    *to = '\0';
    *length = (size_t)(to - bytes);
    return bytes;
}

/* In an expression only \n and \t are ours; the rest of its backslashes is its own. */
static char *unescape_expression(const char *text)
{
    char *bytes = xmalloc(strlen(text) + 1), *to = bytes;
    for (; *text != '\0'; text++) {
        if (text[0] != '\\' || text[1] == '\0') {
            *to++ = *text;
            continue;
        }
        text++;
        if (*text != 'n' && *text != 't')
            *to++ = '\\';
        *to++ = *text == 'n' ? '\n' : *text == 't' ? '\t' : *text;
    }
    *to = '\0';
    return bytes;
}

/* Each must be an expression on its own: 0, or -1 with the reason. */
static int check_expression(const char *expression, char *why, size_t size)
{
    struct expression alone;
    if (*expression == '\0') /* not given */
        return 0;
    int result = expression_compile(&alone, expression, why, size);
    if (result == 0)
        expression_release(&alone);
    return result;
}

static int compile_expression(struct record_bounds *bounds, const char *end, const char *start, char *why,
                              size_t size)
{
    char *first = unescape_expression(end), *second = unescape_expression(start);
    char *both = xasprintf("(%s)(%s)", first, second);
    int result = check_expression(first, why, size);
    if (result == 0)
        result = check_expression(second, why, size);
    if (result == 0)
        result = expression_compile(&bounds->expression, both, why, size);
    free(first);
    free(second);
    free(both);
    bounds->is_expression = bounds->expression.is_divided = result == 0;
    return result;
}

int record_bounds_compile(struct record_bounds *bounds, const char *end, const char *start,
                          bool is_expression, char *why, size_t size)
{
    *bounds = (struct record_bounds){0};
    if (end == NULL)
        end = start == NULL ? "\\n" : "";
    if (start == NULL)
        start = "";
    if (*end == '\0' && *start == '\0') {
        snprintf(why, size, "nothing");
        return -1;
    }
    if (is_expression)
        return compile_expression(bounds, end, start, why, size);
    bounds->end = unescape(end, &bounds->end_length);
    bounds->start = unescape(start, &bounds->start_length);
    return 0;
}

void record_bounds_release(struct record_bounds *bounds)
{
    free(bounds->end);
    free(bounds->start);
    if (bounds->is_expression)
        expression_release(&bounds->expression);
    *bounds = (struct record_bounds){0};
}

/* ---- by texts ---- */

/* Where to look on, so that nothing of what ends or starts a record is missed. */
static size_t back_from(size_t seen, size_t length)
{
    return seen > length ? seen - length : 0;
}

static bool is_boundary(const struct record_bounds *bounds, const char *bytes, size_t length, size_t at)
{
    return at > 0 && at >= bounds->end_length && length - at >= bounds->start_length &&
           memcmp(bytes + at - bounds->end_length, bounds->end, bounds->end_length) == 0 &&
           memcmp(bytes + at, bounds->start, bounds->start_length) == 0;
}

static size_t next_by_text(const struct record_bounds *bounds, const char *bytes, size_t length, size_t from,
                           size_t seen)
{
    bool by_end = bounds->end_length > 0;
    const char *wanted = by_end ? bounds->end : bounds->start;
    size_t wanted_length = by_end ? bounds->end_length : bounds->start_length;
    size_t at = by_end ? from : from + 1; /* a start at `from` is that of the record there */
    size_t behind = back_from(seen, bounds->end_length + bounds->start_length);
    at = size_max(at, behind);

    while (at < length) {
        const char *found = memmem(bytes + at, length - at, wanted, wanted_length);
        if (found == NULL)
            return 0;
        size_t boundary = (size_t)(found - bytes) + (by_end ? wanted_length : 0);
        if (boundary > from && is_boundary(bounds, bytes, length, boundary))
            return boundary;
        at = (size_t)(found - bytes) + 1;
    }
    return 0;
}

static size_t last_by_text(const struct record_bounds *bounds, const char *bytes, size_t length, size_t seen)
{
    size_t least = back_from(seen, bounds->end_length + bounds->start_length);
    bool by_end = bounds->end_length > 0;
    char byte = by_end ? bounds->end[bounds->end_length - 1] : bounds->start[0];

    for (size_t left = length; left > least;) {
        const char *found = items_find_last(bytes + least, (unsigned char)byte, left - least);
        if (found == NULL)
            return 0;
        left = (size_t)(found - bytes);
        if (is_boundary(bounds, bytes, length, left + by_end))
            return left + by_end;
    }
    return 0;
}

/* ---- by an expression ---- */

static size_t next_by_expression(const struct record_bounds *bounds, const char *bytes, size_t length,
                                 size_t from, size_t seen, unsigned part)
{
    struct expression_match match;
    for (size_t at = size_max(from, back_from(seen, EXPRESSION_SEEN));; at = match.begin + 1) {
        if (!expression_find(&bounds->expression, bytes, length, at, part | EXPRESSION_HEARS, &match))
            return 0;
        /* What reaches to the end of what is known may be longer than that. */
        if ((part & RECORDS_MORE) != 0 && match.end == length)
            return 0;
        if (match.middle > from && (match.middle < length || match.end > match.begin))
            return match.middle;
    }
}

static size_t last_by_expression(const struct record_bounds *bounds, const char *bytes, size_t length,
                                 size_t seen, unsigned part)
{
    size_t last = 0, next;
    while (last < length && (next = next_by_expression(bounds, bytes, length, last, seen, part)) != 0)
        last = next;
    return last;
}

/* ---- either ---- */

size_t record_bounds_last(const struct record_bounds *bounds, const char *bytes, size_t length, size_t seen,
                          unsigned part)
{
    return bounds->is_expression ? last_by_expression(bounds, bytes, length, seen, part)
                                 : last_by_text(bounds, bytes, length, seen);
}

static size_t next_record(const struct record_bounds *bounds, const char *bytes, size_t length, size_t from,
                          size_t seen, unsigned part)
{
    return bounds->is_expression ? next_by_expression(bounds, bytes, length, from, seen, part)
                                 : next_by_text(bounds, bytes, length, from, seen);
}

size_t record_bounds_next(const struct record_bounds *bounds, const char *bytes, size_t length, size_t from,
                          size_t seen, unsigned part)
{
    uint32_t lines = bounds->lines > 1 ? bounds->lines : 1;
    for (; lines > 0 && (from = next_record(bounds, bytes, length, from, seen, part)) != 0; lines--)
        continue;
    return from;
}
