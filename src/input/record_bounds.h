/*
 * record_bounds: where one record of a text ends and the next begins.
 *
 * A boundary stands behind what ends a record, before what starts one, or, where both are given, between the
 * two. Each is a text, or with `regexp` an extended regular expression. A boundary has at least one byte
 * before it. An expression that takes long gives up, as if there were no boundary, where a signal wants the
 * end of the run (EXPRESSION_HEARS).
 */
#ifndef CPOOL_RECORD_BOUNDS_H
#define CPOOL_RECORD_BOUNDS_H

#include "template/expression.h"

struct record_bounds {
    char *end, *start; /* owned; texts, where there is no expression */
    size_t end_length, start_length;
    bool is_expression;
    struct expression expression; /* owned: (end)(start) */
    uint32_t lines; /* a boundary only behind so many of the shortest records; 0 and 1: behind each */
};

/* What the user wrote, with \n, \t, \0, \xHH in it; NULL: not given. 0, or -1 with the reason in `why`. */
int record_bounds_compile(struct record_bounds *bounds, const char *end, const char *start,
                          bool is_expression, char *why, size_t size) ATTR_MUST_CHECK;
void record_bounds_release(struct record_bounds *bounds);

/* What the bytes are part of. */
enum {
    RECORDS_MORE = EXPRESSION_MORE,     /* there are more behind them: what reaches to their end may go on */
    RECORDS_MIDDLE = EXPRESSION_MIDDLE, /* there are others before them */
};

/*
 * The last boundary in `length` bytes, 0: there is none. Not for `lines`, which must be counted. `seen`: in
 * so many of them there was none when no more were known.
 */
size_t record_bounds_last(const struct record_bounds *bounds, const char *bytes, size_t length, size_t seen,
                          unsigned part);

/*
 * The first boundary behind `from`, which is one itself or 0; 0: there is none. `seen`: as above; at most
 * `from` for `lines`.
 */
size_t record_bounds_next(const struct record_bounds *bounds, const char *bytes, size_t length, size_t from,
                          size_t seen, unsigned part);

#endif
