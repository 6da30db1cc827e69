/*
 * expression: a POSIX extended regular expression, looked for in a text of any length.
 *
 * regexec may take time that grows with the square of the text. So it never sees more than a piece, and what
 * a match may be long is bounded (EXPRESSION_SEEN): the time grows with the text. A period matches no
 * newline, as in Perl.
 *
 * expression_compile, then expression_find by whoever has it, parent or worker; expression_release.
 */
#ifndef CPOOL_EXPRESSION_H
#define CPOOL_EXPRESSION_H

#include "base/base.h"

#include <regex.h>

/* A match of so many bytes is found. A longer one may be, or a part of it. */
#define EXPRESSION_SEEN (4 * KIB)

struct expression {
    regex_t compiled; /* owned */
    bool is_divided;  /* by its first group: where that ends is wanted, which takes time */
};

/*
 * 0, or -1 with the reason in `why`, of `size` bytes, and nothing to release; one that matches an empty text
 * is refused, too.
 */
int expression_compile(struct expression *expression, const char *text, char *why,
                       size_t size) ATTR_MUST_CHECK;
void expression_release(struct expression *expression);

/* What the bytes are part of, and how they are looked through. */
enum {
    EXPRESSION_MORE = 1,   /* there are more behind them: their end is none of the text */
    EXPRESSION_MIDDLE = 2, /* there are others before them: their beginning is none */
    EXPRESSION_HEARS = 4,  /* parent only: where a signal wants the end, no match is found any more */
};

struct expression_match {
    size_t begin, end;
    size_t middle; /* where its first group ends; only where it `is_divided` */
};

/* The first match that begins at `from` or behind it. */
bool expression_find(const struct expression *expression, const char *bytes, size_t length, size_t from,
                     unsigned how, struct expression_match *match) ATTR_MUST_CHECK;

#endif
