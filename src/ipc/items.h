/*
 * items: how the items of a chunk lie in memory, and walking over them.
 *
 * Each ends in a delimiter, the last one perhaps without; or (ITEMS_FRAMED) each has its length in front,
 * four bytes of this machine's order, since parent and workers are one machine. The second form holds any
 * byte, and an item that was put together of several. A chunk can also be one block of bytes, or the range of
 * a file.
 */
#ifndef CPOOL_ITEMS_H
#define CPOOL_ITEMS_H

#include "base/base.h"

#include <string.h>

#define ITEMS_FRAMED     (-1)
#define ITEMS_BLOCK      (-2) /* all of it is one item */
#define ITEMS_RANGE      (-3) /* the same, and it is not in memory: offset and length are of a file */
#define ITEMS_FRAME_SIZE sizeof(uint32_t)

struct item {
    const char *bytes;
    size_t length;
};

/* The items that are still to come. */
struct items {
    const char *bytes;
    size_t length; /* of all of them, with delimiters or lengths */
    int delimiter; /* a byte, or ITEMS_FRAMED */
};

/* False when there is none left. A length that can't be ends the walk. */
static inline bool items_next(struct items *items, struct item *item)
{
    if (items->length == 0)
        return false;
    size_t taken;
    if (items->delimiter <= ITEMS_BLOCK) {
        *item = (struct item){items->bytes, items->length};
        taken = items->length;
    } else if (items->delimiter != ITEMS_FRAMED) {
        const char *end = memchr(items->bytes, items->delimiter, items->length);
        item->bytes = items->bytes;
        item->length = end == NULL ? items->length : (size_t)(end - items->bytes);
        taken = end == NULL ? items->length : item->length + 1;
    } else {
        uint32_t length;
        if (items->length < sizeof length)
            return false;
        memcpy(&length, items->bytes, sizeof length);
        if (length > items->length - sizeof length)
            return false;
        item->bytes = items->bytes + sizeof length;
        item->length = length;
        taken = length + sizeof length;
    }
    items->bytes = items->bytes == NULL ? NULL : items->bytes + taken;
    items->length -= taken;
    return true;
}

struct buffer;

/* The next `count` items as one, with blanks between; its bytes are in `joined`. */
struct item items_join(struct items *items, uint32_t count, struct buffer *joined);

/* The last `byte` in a run of bytes, or NULL. */
static inline const char *items_find_last(const char *bytes, unsigned char byte, size_t length)
{
    while (length > 0)
        if ((unsigned char)bytes[--length] == byte)
            return bytes + length;
    return NULL;
}

/* Go on behind the next `count`, or as many as there are. */
static inline void items_skip(struct items *items, uint64_t count)
{
    struct item item;
    while (count-- > 0 && items_next(items, &item))
        continue;
}

#endif
