#include "cli/svg.h"

#include "base/log.h"

#include <stdio.h>
#include <string.h>

#define ELLIPSIS       "\xE2\x80\xA6"
#define REPLACEMENT    "\xEF\xBF\xBD" /* U+FFFD */
#define FIRST_WIDE     0x2E80         /* from here on most characters are as wide as two */
#define FIRST_JAMO     0x1100
#define LAST_JAMO      0x115F
#define ESCAPED_LONGER 4 /* a byte becomes \xHH at worst */

/* ---- text ---- */

/* The character that begins there, of valid UTF-8; *size: its bytes. */
static uint32_t decode(const char *text, size_t *size)
{
    unsigned char first = (unsigned char)text[0];
    *size = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    uint32_t character = *size == 1 ? first : first & (0xFFU >> (*size + 1));
    for (size_t i = 1; i < *size; i++)
        character = character << 6 | ((unsigned char)text[i] & 0x3FU);
    return character;
}

static size_t columns_of(uint32_t character)
{
    return character >= FIRST_WIDE || (character >= FIRST_JAMO && character <= LAST_JAMO) ? 2 : 1;
}

/* How many bytes of it fit; all of them, where all is no wider than that. */
static size_t fitting(const char *text, size_t columns)
{
    size_t used = 0, before = 0, size; /* before: what fits with an ellipsis behind it */
    for (size_t at = 0; text[at] != '\0'; at += size) {
        used += columns_of(decode(text + at, &size));
        if (used > columns)
            return before;
        if (used < columns)
            before = at + size;
    }
    return strlen(text);
}

static void put_character(struct buffer *out, const char *text, size_t size)
{
    static const struct {
        char character;
        const char *entity;
    } entities[] = {{'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}, {'\'', "&#39;"}};
    for (size_t i = 0; i < ARRAY_LENGTH(entities); i++)
        if (*text == entities[i].character) {
            buffer_append_text(out, entities[i].entity);
            return;
        }
    /* U+FFFE and U+FFFF are no characters of XML. */
    if (size == 3 && memcmp(text, "\xEF\xBF", 2) == 0 && (unsigned char)text[2] >= 0xBE)
        buffer_append_text(out, REPLACEMENT);
    else
        buffer_append(out, text, size);
}

void svg_text(struct buffer *out, const char *bytes, size_t length, size_t columns)
{
    char text[SVG_TEXT_MAX * ESCAPED_LONGER + 1];
    log_quote(text, sizeof text, bytes, size_min(length, SVG_TEXT_MAX));
    size_t all = strlen(text), fits = columns == SVG_ALL ? all : fitting(text, columns), size;
    for (size_t at = 0; at < fits; at += size) {
        decode(text + at, &size);
        put_character(out, text + at, size);
    }
    if (fits < all || length > SVG_TEXT_MAX)
        buffer_append_text(out, ELLIPSIS);
}

/* ---- numbers ---- */

void svg_count(struct buffer *out, uint64_t count)
{
    char digits[32];
    int length = snprintf(digits, sizeof digits, "%llu", (unsigned long long)count);
    for (int i = 0; i < length; i++) {
        if (i > 0 && (length - i) % 3 == 0)
            buffer_append_byte(out, ',');
        buffer_append_byte(out, digits[i]);
    }
}

void svg_bytes(struct buffer *out, uint64_t bytes)
{
    static const char *const units[] = {"bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    double value = (double)bytes;
    size_t unit = 0;
    while (value >= 1024 && unit + 1 < ARRAY_LENGTH(units)) {
        value /= 1024;
        unit++;
    }
    buffer_format(out, unit == 0 || value >= 100 ? "%.0f %s" : "%.1f %s", value, units[unit]);
}

void svg_duration(struct buffer *out, nanoseconds duration)
{
    char text[40] = "0 s";
    if (duration == 0) {
        buffer_append_text(out, text);
        return;
    }
    size_t length = strlen(clock_format_duration(duration, text, sizeof text));
    bool is_micro = length > 2 && strcmp(text + length - 2, "us") == 0;
    buffer_append(out, text, is_micro ? length - 2 : length);
    buffer_append_text(out, is_micro ? "\xC2\xB5s" : "");
}
