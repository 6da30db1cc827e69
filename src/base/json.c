#include "base/json.h"

#include "base/base64.h"
#include "base/utf8.h"

#include <string.h>

/* U+FFFD, which stands for what can't be told. */
#define REPLACEMENT "\xEF\xBF\xBD"

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

/* Another one that nobody would see, or a terminal obey. */
static void escape_character(struct buffer *out, uint32_t character)
{
    if (character > 0xFFFF) {
        buffer_format(out, "\\u%04x", (unsigned)(0xD800 + ((character - 0x10000) >> 10)));
        character = 0xDC00 + ((character - 0x10000) & 0x3FF);
    }
    buffer_format(out, "\\u%04x", (unsigned)character);
}

static bool is_plain(unsigned char byte)
{
    return byte >= 0x20 && byte < 0x7F && byte != '"' && byte != '\\';
}

void json_text(struct buffer *out, const char *bytes, size_t length)
{
    const unsigned char *text = (const unsigned char *)bytes;
    uint32_t character;
    for (size_t i = 0; i < length;) {
        size_t run = 0;
        while (i + run < length && is_plain(text[i + run]))
            run++;
        if (run == 0 && text[i] >= 0x80) {
            run = utf8_next(bytes + i, length - i, &character);
            if (run == 0) {
                buffer_append_text(out, REPLACEMENT);
                i++;
            } else if (utf8_printable(bytes + i, run) == 0) {
                escape_character(out, character);
                i += run;
                run = 0;
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

void json_value(struct buffer *out, bool is_text, const char *bytes, size_t length)
{
    if (is_text) {
        json_string(out, bytes, length);
        return;
    }
    buffer_append_byte(out, '"');
    base64_append(out, bytes, length);
    buffer_append_byte(out, '"');
}

void json_member(struct buffer *out, const char *key, const char *bytes, size_t length)
{
    bool is_text = utf8_is(bytes, length);
    buffer_format(out, "\"%s%s\":", key, is_text ? "" : "_base64");
    json_value(out, is_text, bytes, length);
}
