/*
 * utf8: whether a stream of bytes, told piece by piece, is valid UTF-8. All zero, it is at the beginning.
 */
#ifndef CPOOL_UTF8_H
#define CPOOL_UTF8_H

#include "base/base.h"

struct utf8 {
    bool is_bad;             /* something that can't be has come */
    unsigned char missing;   /* bytes of the character that has begun */
    unsigned char low, high; /* within which the next of them must be */
};

void utf8_add(struct utf8 *utf8, const char *bytes, size_t length);

/* All of it was, and the last character is whole. */
static inline bool utf8_is_valid(const struct utf8 *utf8)
{
    return !utf8->is_bad && utf8->missing == 0;
}

/* The character that `bytes` (at least one) begin with: how many bytes it has; 0: there is none, or not all
 * of it. */
size_t utf8_next(const char *bytes, size_t length, uint32_t *character);

/*
 * The printable character that `bytes` (at least one) begin with: how many bytes it has; 0: none stands
 * there, and the first byte is to be shown by an escape. Printable is what a person sees and a terminal does
 * not obey: no control character, of C1 neither, nothing without a width of its own or that turns the
 * direction of the text (what looks like one name would be another), no byte that is no UTF-8. This is the
 * only place that decides on it.
 */
size_t utf8_printable(const char *bytes, size_t length);

bool utf8_is(const char *bytes, size_t length);

/* How many bytes of a valid text can be had without cutting a character: `length`, or up to three fewer. */
size_t utf8_cut(const char *bytes, size_t length);

#endif
