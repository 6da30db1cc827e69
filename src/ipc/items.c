#include "ipc/items.h"

#include "base/buffer.h"

struct item items_join(struct items *items, uint32_t count, struct buffer *joined)
{
    struct item item;

    buffer_clear(joined);
    for (uint32_t i = 0; i < count && items_next(items, &item); i++) {
        if (i > 0)
            buffer_append_byte(joined, ' ');
        buffer_append(joined, item.bytes, item.length);
    }
    return (struct item){buffer_bytes(joined), buffer_length(joined)};
}
