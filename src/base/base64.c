#include "base/base64.h"

void base64_append(struct buffer *out, const char *bytes, size_t length)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    char *place = buffer_reserve(out, (length + 2) / 3 * 4);
    size_t used = 0;

    for (size_t i = 0; i < length; i += 3) {
        uint32_t three = 0;
        for (size_t k = 0; k < 3; k++)
            three = three << 8 | (i + k < length ? (unsigned char)bytes[i + k] : 0);
        for (size_t k = 0; k < 4; k++)
            place[used++] = i + k > length ? '=' : digits[three >> (18 - 6 * k) & 0x3F];
    }
    buffer_added(out, used);
}
