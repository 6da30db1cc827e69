#include "worker/framing.h"

#include <string.h>

static const unsigned char ends[] = {[FILTER_LINES] = '\n', [FILTER_NUL] = '\0'};

/* ---- items ---- */

bool framing_can(enum filter_framing framing, struct item item)
{
    return framing == FILTER_LENGTH || memchr(item.bytes, ends[framing], item.length) == NULL;
}

const char *framing_why_not(enum filter_framing framing)
{
    return framing == FILTER_LINES ? "it holds a newline, which ends an item here; see --filter=0"
                                   : "it holds a NUL, which ends an item here; see --filter=len";
}

size_t framing_size(enum filter_framing framing, size_t length)
{
    return length + (framing == FILTER_LENGTH ? sizeof(uint32_t) : 1);
}

void framing_put(enum filter_framing framing, struct item item, struct buffer *feed)
{
    unsigned char length[sizeof(uint32_t)];
    for (unsigned i = 0; i < sizeof length; i++)
        length[i] = (unsigned char)(item.length >> 8 * i);
    if (framing == FILTER_LENGTH)
        buffer_append(feed, length, sizeof length);
    buffer_append(feed, item.bytes, item.length);
    if (framing != FILTER_LENGTH)
        buffer_append_byte(feed, (char)ends[framing]);
}

bool framing_fits(enum filter_framing framing, const struct items *items)
{
    return framing != FILTER_LENGTH && items->delimiter == ends[framing] && items->length > 0 &&
           (unsigned char)items->bytes[items->length - 1] == ends[framing];
}

/* ---- answers ---- */

/* A frame of FILTER_LENGTH. */
static size_t take_by_length(const char *bytes, size_t length, struct item *answer, unsigned *status)
{
    uint32_t lead = 0;
    if (length < sizeof lead)
        return 0;
    for (unsigned i = 0; i < sizeof lead; i++)
        lead |= (uint32_t)(unsigned char)bytes[i] << 8 * i;
    size_t size = lead & ~FILTER_HAS_STATUS;
    bool has_status = (lead & FILTER_HAS_STATUS) != 0;
    if (size > FRAMING_ANSWER_MAX || (has_status && size == 0))
        return FRAMING_NEVER;
    if (length - sizeof lead < size)
        return 0;
    bytes += sizeof lead;
    if (has_status)
        *status = (unsigned char)bytes[0];
    *answer = (struct item){bytes + has_status, size - has_status};
    return sizeof lead + size;
}

size_t framing_take(enum filter_framing framing, const char *bytes, size_t length, struct item *answer,
                    unsigned *status)
{
    *status = 0;
    if (framing == FILTER_LENGTH)
        return take_by_length(bytes, length, answer, status);
    const char *end = length == 0 ? NULL : memchr(bytes, ends[framing], length);
    if (end == NULL)
        return length > FRAMING_ANSWER_MAX ? FRAMING_NEVER : 0;
    *answer = (struct item){bytes, (size_t)(end - bytes) + 1};
    return answer->length;
}

const char *framing_why_never(enum filter_framing framing)
{
    return framing == FILTER_LENGTH ? "the filter's answer has no length in front, or one of more than 16 MiB"
                                    : "the filter's answer does not end";
}

bool framing_end(enum filter_framing framing, struct buffer *answers)
{
    if (framing == FILTER_LENGTH)
        return false;
    buffer_append_byte(answers, (char)ends[framing]);
    return true;
}
