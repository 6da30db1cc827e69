/*
 * replacement: what stands for the item in a command: {} {.} {/} {//} {/.}, the same of a column ({2}, {-1},
 * {2/.}, {name.}), {#}, {##} and {%}.
 *
 * replacement_at tells whether a text begins with one; replacement_part derives what it stands for. Pure.
 */
#ifndef CPOOL_REPLACEMENT_H
#define CPOOL_REPLACEMENT_H

#include "ipc/items.h"

enum replacement_kind {
    REPLACEMENT_ITEM,
    REPLACEMENT_NUMBER, /* {#}  of the task, from 1 */
    REPLACEMENT_SLOT,   /* {%}  of the worker, from 1 */
    REPLACEMENT_TOTAL,  /* {##} of tasks */
};

enum replacement_part {
    REPLACEMENT_WHOLE,
    REPLACEMENT_NO_SUFFIX, /* . without extension */
    REPLACEMENT_BASE,      /* / without folders */
    REPLACEMENT_FOLDER,    /* // the folder */
    REPLACEMENT_STEM,      /* /. without folders and extension */
};

struct replacement {
    enum replacement_kind kind;
    enum replacement_part part;
    int column; /* ITEM: from 1; from the end: from -1; 0: all of them */
};

/* What else than the fixed forms there is. Nothing in it is owned. */
struct replacement_names {
    const char *item; /* -I: the only replacement string; NULL: there is none, and all others are known */
    const struct item *names; /* of columns: names[0] is column 1 */
    size_t name_count;
};

/* The length of the replacement string that `text` begins with, and *what it is; 0: it begins with none. */
size_t replacement_at(const char *text, const struct replacement_names *names,
                      struct replacement *what) ATTR_MUST_CHECK;

/* As replacement_at, within a word: a brace behind a $ is the shell's, or make's, and none of ours. */
size_t replacement_in(const char *word, const char *at, const struct replacement_names *names,
                      struct replacement *what) ATTR_MUST_CHECK;

/* The part of an item; it points into the item, or to a constant. */
struct item replacement_part(enum replacement_part part, struct item item);

#endif
