#include "output/capture.h"

#include "base/io.h"
#include "base/platform.h"

#include <errno.h>
#include <string.h>

void capture_open(struct capture *capture, const char *directory)
{
    *capture = (struct capture){.directory = directory, .file = -1};
}

void capture_clear(struct capture *capture)
{
    buffer_clear(&capture->memory);
    io_close(&capture->file);
    capture->length = 0;
    capture->utf8 = (struct utf8){0};
}

int capture_add(struct capture *capture, const char *bytes, size_t length)
{
    utf8_add(&capture->utf8, bytes, length);
    size_t held = buffer_length(&capture->memory);
    size_t here = capture->file < 0 ? size_min(length, STORE_MEMORY_MAX - held) : 0;
    if (here > 0)
        buffer_append(&capture->memory, bytes, here);
    capture->length += length;
    if (here == length)
        return 0;
    if (capture->file < 0)
        capture->file = platform_open_temporary(capture->directory);
    return capture->file < 0 ? -1 : io_write_all(capture->file, bytes + here, length - here);
}

ssize_t capture_read(const struct capture *capture, uint64_t offset, char *bytes, size_t size)
{
    size_t held = buffer_length(&capture->memory), done = 0;
    if (offset < held) {
        done = size_min(size, held - (size_t)offset);
        memcpy(bytes, buffer_bytes(&capture->memory) + offset, done);
    }
    if (done == size || offset + done >= capture->length)
        return (ssize_t)done;
    ssize_t n = io_read_at(capture->file, bytes + done, size - done, offset + done - held);
    if (n == 0) /* it was all there */
        errno = EIO;
    return n <= 0 ? -1 : (ssize_t)done + n;
}
