#include "base/utf8.h"

#include <string.h>

/* A byte that is no ASCII, where a character begins. */
static void begin(struct utf8 *utf8, unsigned char byte)
{
    utf8->low = 0x80;
    utf8->high = 0xBF;
    utf8->missing = byte < 0xE0 ? 1 : byte < 0xF0 ? 2 : 3;
    /* Shorter forms, surrogates and what is beyond Unicode are no characters. */
    if (byte < 0xC2 || byte > 0xF4)
        utf8->is_bad = true;
    else if (byte == 0xE0)
        utf8->low = 0xA0;
    else if (byte == 0xED)
        utf8->high = 0x9F;
    else if (byte == 0xF0)
        utf8->low = 0x90;
    else if (byte == 0xF4)
        utf8->high = 0x8F;
}

/* ASCII goes eight bytes at a time. */
static size_t count_ascii(const char *bytes, size_t length)
{
    size_t count = 0;
    uint64_t eight;
    while (count + sizeof eight <= length) {
        memcpy(&eight, bytes + count, sizeof eight);
        if ((eight & UINT64_C(0x8080808080808080)) != 0)
            break;
        count += sizeof eight;
    }
    while (count < length && (unsigned char)bytes[count] < 0x80)
        count++;
    return count;
}

void utf8_add(struct utf8 *utf8, const char *bytes, size_t length)
{
    for (size_t i = 0; i < length && !utf8->is_bad; i++) {
        unsigned char byte = (unsigned char)bytes[i];
        if (utf8->missing > 0) {
            utf8->is_bad = byte < utf8->low || byte > utf8->high;
            utf8->low = 0x80;
            utf8->high = 0xBF;
            utf8->missing--;
            continue;
        }
        size_t plain = count_ascii(bytes + i, length - i);
        i += plain;
        if (i < length)
            begin(utf8, (unsigned char)bytes[i]);
    }
}

size_t utf8_next(const char *bytes, size_t length, uint32_t *character)
{
    struct utf8 utf8 = {0};
    unsigned char lead = (unsigned char)bytes[0];
    *character = lead;
    if (lead < 0x80)
        return 1;
    begin(&utf8, lead);
    size_t size = utf8.missing + (size_t)1;
    if (size > length)
        return 0;
    utf8_add(&utf8, bytes + 1, size - 1);
    if (!utf8_is_valid(&utf8))
        return 0;
    *character = lead & (0xFFU >> (size + 1));
    for (size_t i = 1; i < size; i++)
        *character = *character << 6 | ((unsigned char)bytes[i] & 0x3F);
    return size;
}

size_t utf8_printable(const char *bytes, size_t length)
{
    static const struct {
        uint32_t first, last;
    } hidden[] = {
        {0, 0x1F},
        {0x7F, 0x9F}, /* controls */
        {0xAD, 0xAD}, /* a hyphen that is seen at the end of a line only */
        {0x061C, 0x061C},
        {0x180E, 0x180E}, /* a mark of direction, a separator without a width */
        {0x200B, 0x200F},
        {0x2028, 0x202E}, /* without a width; ends of lines, embeddings and overrides of direction */
        {0x2060, 0x206F},
        {0xFEFF, 0xFEFF}, /* the same; the mark at the beginning of files */
        {0xFFF9, 0xFFFB},
        {0xE0000, 0xE007F}, /* annotations, tags */
    };
    unsigned char byte = (unsigned char)bytes[0];
    uint32_t character;
    if (byte >= 0x20 && byte < 0x7F)
        return 1;
    size_t size = byte < 0x80 ? 0 : utf8_next(bytes, length, &character);
    for (size_t i = 0; size > 0 && i < ARRAY_LENGTH(hidden); i++)
        if (character >= hidden[i].first && character <= hidden[i].last)
            size = 0;
    return size;
}

bool utf8_is(const char *bytes, size_t length)
{
    struct utf8 utf8 = {0};
    utf8_add(&utf8, bytes, length);
    return utf8_is_valid(&utf8);
}

size_t utf8_cut(const char *bytes, size_t length)
{
    size_t end = length;
    while (end > 0 && length - end < 3 && ((unsigned char)bytes[end - 1] & 0xC0) == 0x80)
        end--;
    if (end == 0 || (unsigned char)bytes[end - 1] < 0x80)
        return length;
    unsigned char lead = (unsigned char)bytes[end - 1];
    size_t size = lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    return end - 1 + size <= length ? length : end - 1;
}
