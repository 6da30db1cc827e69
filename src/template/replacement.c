#include "template/replacement.h"

#include <stdlib.h>

/* ---- parts ---- */

static struct item whole(struct item item)
{
    return item;
}

static struct item without_suffix(struct item item)
{
    for (size_t i = item.length; i > 0 && item.bytes[i - 1] != '/'; i--)
        if (item.bytes[i - 1] == '.')
            return (struct item){item.bytes, i - 1};
    return item;
}

static size_t without_slashes(struct item item, size_t length)
{
    while (length > 1 && item.bytes[length - 1] == '/')
        length--;
    return length;
}

/*
 * The folders of a path, up to and with the slash behind them; `length` is that of the path without slashes
 * at its end.
 */
static size_t folders_length(struct item item, size_t length)
{
    while (length > 0 && item.bytes[length - 1] != '/')
        length--;
    return length;
}

/* As basename(1) has it: a slash at the end says that the path is a folder, and is no part of its name. */
static struct item base_of(struct item item)
{
    size_t length = without_slashes(item, item.length), folders = folders_length(item, length);
    if (folders == length) /* "/", or nothing */
        return (struct item){item.bytes, length};
    return (struct item){item.bytes + folders, length - folders};
}

/* As dirname(1) has it. */
static struct item folder_of(struct item item)
{
    size_t length = folders_length(item, without_slashes(item, item.length));
    if (length == 0)
        return (struct item){".", 1};
    return (struct item){item.bytes, without_slashes(item, length)};
}

static struct item stem_of(struct item item)
{
    return without_suffix(base_of(item));
}

static const struct {
    const char *text; /* as it stands behind a column */
    struct item (*derive)(struct item item);
} parts[] = {
    [REPLACEMENT_WHOLE] = {"", whole},    [REPLACEMENT_NO_SUFFIX] = {".", without_suffix},
    [REPLACEMENT_BASE] = {"/", base_of},  [REPLACEMENT_FOLDER] = {"//", folder_of},
    [REPLACEMENT_STEM] = {"/.", stem_of},
};

struct item replacement_part(enum replacement_part part, struct item item)
{
    return parts[part].derive(item);
}

/* ---- recognizing ---- */

static const struct {
    const char *text;
    enum replacement_kind kind;
} numbers[] = {{"#", REPLACEMENT_NUMBER}, {"%", REPLACEMENT_SLOT}, {"##", REPLACEMENT_TOTAL}};

static bool is_text(const char *bytes, size_t length, const char *text)
{
    return strlen(text) == length && memcmp(bytes, text, length) == 0;
}

/* The part that `length` bytes name, all of them. */
static bool find_part(const char *bytes, size_t length, enum replacement_part *part)
{
    for (size_t i = 0; i < ARRAY_LENGTH(parts); i++)
        if (is_text(bytes, length, parts[i].text)) {
            *part = (enum replacement_part)i;
            return true;
        }
    return false;
}

/* A column by its number: how many bytes that takes. */
static size_t find_number(const char *bytes, size_t length, int *column)
{
    size_t sign = length > 0 && bytes[0] == '-' ? 1 : 0, at = sign;
    int value = 0;
    for (; at < length && bytes[at] >= '0' && bytes[at] <= '9' && value < 1000000; at++)
        value = value * 10 + (bytes[at] - '0');
    if (at == sign || value == 0)
        return 0;
    *column = sign > 0 ? -value : value;
    return at;
}

/* What stands between the braces is a column, by its name or number, or nothing, and then a part. */
static bool find_item(const char *bytes, size_t length, const struct replacement_names *names,
                      struct replacement *what)
{
    for (size_t i = 0; i < names->name_count; i++) {
        struct item name = names->names[i];
        if (name.length > 0 && name.length <= length && memcmp(name.bytes, bytes, name.length) == 0 &&
            find_part(bytes + name.length, length - name.length, &what->part)) {
            what->column = (int)i + 1;
            return true;
        }
    }
    size_t number = find_number(bytes, length, &what->column);
    return find_part(bytes + number, length - number, &what->part);
}

size_t replacement_at(const char *text, const struct replacement_names *names, struct replacement *what)
{
    *what = (struct replacement){.kind = REPLACEMENT_ITEM};
    if (names->item != NULL)
        return strncmp(text, names->item, strlen(names->item)) == 0 ? strlen(names->item) : 0;
    const char *end = text[0] == '{' ? strchr(text, '}') : NULL;
    if (end == NULL)
        return 0;
    size_t length = (size_t)(end - text) - 1;
    for (size_t i = 0; i < ARRAY_LENGTH(numbers); i++)
        if (is_text(text + 1, length, numbers[i].text)) {
            what->kind = numbers[i].kind;
            return length + 2;
        }
    return find_item(text + 1, length, names, what) ? length + 2 : 0;
}

size_t replacement_in(const char *word, const char *at, const struct replacement_names *names,
                      struct replacement *what)
{
    if (at > word && at[-1] == '$' && *at == '{')
        return 0;
    return replacement_at(at, names, what);
}
