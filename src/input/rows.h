/*
 * rows: items of several sources put together: every combination, or one of each side by side.
 *
 * Sources that are linked go in step and end with the shortest; such groups multiply with each other, the
 * last varying fastest. With `link_all` all go in step, and the shorter ones begin anew until the longest has
 * ended. Combinations are made as they are asked for; kept in memory is only what must be read again.
 *
 * rows_add_words and rows_add_file for each source, perhaps rows_headers, then rows_next until END;
 * rows_close.
 */
#ifndef CPOOL_ROWS_H
#define CPOOL_ROWS_H

#include "input/source.h"

/* Items that were read and may be asked for again. */
struct rows_kept {
    struct buffer bytes;
    size_t *ends; /* owned: where each ends in `bytes` */
    size_t count, capacity;
    uint64_t dropped; /* items before the first one kept */
};

struct rows_source {
    struct source source;
    struct rows_kept kept;
    bool linked;    /* to the source before it */
    bool ended;     /* all it has is kept or was dropped */
    uint64_t group; /* which group it belongs to */
};

struct rows {
    struct rows_source *sources; /* owned */
    size_t count;
    bool link_all;
    bool uses_standard_input;
    uint64_t *at; /* owned: for each group, the item it is at; NULL before the first row */
    size_t groups;
    size_t waits_for; /* the source that said WAIT */
    bool readable;    /* one read of it won't block */
    bool shuffle;
    uint64_t seed;
    struct rows_kept all; /* to be shuffled: whole rows, framed as items */
    uint64_t *order;      /* owned: of `all`; NULL until all are there */
    uint64_t next;
    struct item *row; /* owned: what rows_next hands out, `count` items */
};

/* `linked`: to the source before it. -1 after a message. */
void rows_add_words(struct rows *rows, const struct source_format *format, char **words, size_t count,
                    bool linked);
int rows_add_file(struct rows *rows, const struct source_format *format, const char *path,
                  bool linked) ATTR_MUST_CHECK;
void rows_close(struct rows *rows);
void rows_close_fds(struct rows *rows);
/* See source_put_back. */
void rows_put_back(struct rows *rows);

/* Take the first item of each source off, waiting for it, and tell it. -1 after a message. */
int rows_headers(struct rows *rows, void (*tell)(void *context, struct item header),
                 void *context) ATTR_MUST_CHECK;

/* The next row, one item of each source, good until the next call. */
enum source_result rows_next(struct rows *rows, bool readable, const struct item **row) ATTR_MUST_CHECK;

/* What to watch after WAIT. */
int rows_fd(const struct rows *rows);

/* How many there will be; 0 where that is not known. Regular files are read for it only with
 * `count_files`. */
uint64_t rows_total(const struct rows *rows, bool count_files);

#endif
