#include "trace/svg.h"

#include "base/log.h"
#include "base/size.h"
#include "base/width.h"

#include <stdio.h>
#include <string.h>

#define ELLIPSIS       "\xE2\x80\xA6"
#define REPLACEMENT    "\xEF\xBF\xBD" /* U+FFFD */
#define ESCAPED_LONGER 4              /* a byte becomes \xHH at worst */

/* ---- text ---- */

/* How many bytes of it fit: all, where it is no wider than that, else so many that an ellipsis fits behind
 * them. */
static size_t fitting(const char *text, size_t length, size_t columns)
{
    bool fits = columns == SVG_ALL || width_text(text, length) <= columns;
    return fits ? length : width_cut(text, length, columns > 0 ? columns - 1 : 0);
}

/* Valid UTF-8, which passes as it is but for what means something to XML. */
static void put_escaped(struct buffer *out, const char *text, size_t length)
{
    static const struct {
        const char *text, *instead;
    } forms[] = {{"&", "&amp;"},
                 {"<", "&lt;"},
                 {">", "&gt;"},
                 {"\"", "&quot;"},
                 {"'", "&#39;"},
                 {"\xEF\xBF\xBE", REPLACEMENT}, /* U+FFFE and U+FFFF are no characters of XML */
                 {"\xEF\xBF\xBF", REPLACEMENT}};
    for (size_t at = 0, size; at < length; at += size) {
        size_t i = 0;
        size = 1;
        while (i < ARRAY_LENGTH(forms) && strncmp(text + at, forms[i].text, strlen(forms[i].text)) != 0)
            i++;
        if (i == ARRAY_LENGTH(forms)) {
            buffer_append_byte(out, text[at]);
            continue;
        }
        size = strlen(forms[i].text);
        buffer_append_text(out, forms[i].instead);
    }
}

void svg_text(struct buffer *out, const char *bytes, size_t length, size_t columns)
{
    char text[SVG_TEXT_MAX * ESCAPED_LONGER + 1];
    log_quote(text, sizeof text, bytes, size_min(length, SVG_TEXT_MAX));
    size_t all = strlen(text), fits = fitting(text, all, columns);
    put_escaped(out, text, fits);
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
    char text[SIZE_TEXT];
    buffer_append_text(out, size_format(bytes, text));
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
