#include "base/json.h"

#include <string.h>

/* U+FFFD, which stands for what can't be told. */
#define REPLACEMENT "\xEF\xBF\xBD"

/* What the first byte says of a character of more than one: the bytes that follow, and within what the first of these must lie. */
static const struct lead {
    unsigned char first, last; /* lead bytes */
    unsigned char following;
    unsigned char low,
        high; /* of the next byte: shorter forms, surrogates and what is beyond Unicode are left out */
} leads[] = {
    {0xC2, 0xDF, 1, 0x80, 0xBF}, {0xE0, 0xE0, 2, 0xA0, 0xBF}, {0xE1, 0xEC, 2, 0x80, 0xBF},
    {0xED, 0xED, 2, 0x80, 0x9F}, {0xEE, 0xEF, 2, 0x80, 0xBF}, {0xF0, 0xF0, 3, 0x90, 0xBF},
    {0xF1, 0xF3, 3, 0x80, 0xBF}, {0xF4, 0xF4, 3, 0x80, 0x8F},
};

/* How many bytes the character takes that stands there, none of them ASCII; 0: it is none. */
static size_t character_size(const unsigned char *bytes, size_t length)
{
    for (size_t i = 0; i < ARRAY_LENGTH(leads); i++) {
        const struct lead *lead = &leads[i];
        if (bytes[0] < lead->first || bytes[0] > lead->last)
            continue;
        if (length <= lead->following || bytes[1] < lead->low || bytes[1] > lead->high)
            return 0;
        for (size_t k = 2; k <= lead->following; k++)
            if (bytes[k] < 0x80 || bytes[k] > 0xBF)
                return 0;
        return (size_t)lead->following + 1;
    }
    return 0;
}

/* A byte of ASCII that can't stand as it is. */
static void escape(struct buffer *out, unsigned char byte)
{
    static const char digits[] = "0123456789abcdef", plain[] = "\"\\\b\f\n\r\t", letters[] = "\"\\bfnrt";
    const char *place = byte == '\0' ? NULL : strchr(plain, byte);
    buffer_append_byte(out, '\\');
    if (place != NULL) {
        buffer_append_byte(out, letters[place - plain]);
        return;
    }
    buffer_append_text(out, "u00");
    buffer_append_byte(out, digits[byte >> 4]);
    buffer_append_byte(out, digits[byte & 0xF]);
}

static bool is_plain(unsigned char byte)
{
    return byte >= 0x20 && byte < 0x7F && byte != '"' && byte != '\\';
}

void json_text(struct buffer *out, const char *bytes, size_t length)
{
    const unsigned char *text = (const unsigned char *)bytes;
    for (size_t i = 0; i < length;) {
        size_t run = 0;
        while (i + run < length && is_plain(text[i + run]))
            run++;
        if (run == 0 && text[i] >= 0x80) {
            run = character_size(text + i, length - i);
            if (run == 0) {
                buffer_append_text(out, REPLACEMENT);
                i++;
            }
        } else if (run == 0) {
            escape(out, text[i]);
            i++;
        }
        buffer_append(out, bytes + i, run);
        i += run;
    }
}

void json_string(struct buffer *out, const char *bytes, size_t length)
{
    buffer_append_byte(out, '"');
    json_text(out, bytes, length);
    buffer_append_byte(out, '"');
}
