#include "output/store.h"

#include "base/io.h"
#include "base/platform.h"

#include <errno.h>
#include <string.h>

void store_open(struct store *store, const char *directory)
{
    *store = (struct store){.directory = directory, .file = -1};
}

void store_clear(struct store *store)
{
    buffer_clear(&store->memory);
    io_close(&store->file);
    store->length = 0;
    store->utf8 = (struct utf8){0};
}

int store_add(struct store *store, const char *bytes, size_t length)
{
    utf8_add(&store->utf8, bytes, length);
    size_t held = buffer_length(&store->memory);
    size_t here = store->file < 0 ? size_min(length, STORE_MEMORY_MAX - held) : 0;
    if (here > 0)
        buffer_append(&store->memory, bytes, here);
    store->length += length;
    if (here == length)
        return 0;
    if (store->file < 0)
        store->file = platform_open_temporary(store->directory);
    return store->file < 0 ? -1 : io_write_all(store->file, bytes + here, length - here);
}

ssize_t store_read(const struct store *store, uint64_t offset, char *bytes, size_t size)
{
    size_t held = buffer_length(&store->memory), done = 0;
    if (offset < held) {
        done = size_min(size, held - (size_t)offset);
        memcpy(bytes, buffer_bytes(&store->memory) + offset, done);
    }
    if (done == size || offset + done >= store->length)
        return (ssize_t)done;
    ssize_t n = io_read_at(store->file, bytes + done, size - done, offset + done - held);
    if (n == 0) /* it was all there */
        errno = EIO;
    return n <= 0 ? -1 : (ssize_t)done + n;
}
