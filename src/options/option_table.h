/*
 * option_table: each option of cpool, once. The parser, `--help`, the completions, and the tests of the
 * manual read it.
 */
#ifndef CPOOL_OPTION_TABLE_H
#define CPOOL_OPTION_TABLE_H

#include "options/options.h"

enum option_section {
    SECTION_ITEMS,
    SECTION_TASKS,
    SECTION_BLOCKS,
    SECTION_RUNNING,
    SECTION_ENDING,
    SECTION_OUTPUT,
    SECTION_RECORDS,
    SECTION_OTHER,
    SECTION_COUNT
};

/* What else is to be said of an option, as bits. */
enum option_trait {
    OPTION_COMMON = 1,            /* --help has a line for it */
    OPTION_ARGUMENT_OPTIONAL = 2, /* only behind a = */
    OPTION_OF_ONE_RUN = 4,        /* it names a list, a file or what is read, and can't stand in CPOOL_OPTS */
};

struct option_row {
    const char *name; /* the long one; NULL: there is none */
    char letter;      /* 0: there is none */
    unsigned traits;  /* of enum option_trait */
    enum option_section section;
    const char *argument;                                  /* what it is called; NULL: it takes none */
    const char *help;                                      /* one line */
    int (*set)(struct options *options, const char *text); /* 0, or -1 after a message; NULL: see `field` */
    size_t field; /* offset in struct options of a bool to be set or, with an argument, a const char * */
};

/* Another name of an option. */
struct option_alias {
    const char *name;
    char letter; /* 0: none */
    const char *of;
};

/* Whether the option has that trait. */
static inline bool option_row_is(const struct option_row *row, enum option_trait trait)
{
    return (row->traits & (unsigned)trait) != 0;
}

/* Row or alias number `index`, or NULL behind the last. */
const struct option_row *option_table_row(size_t index);
const struct option_alias *option_table_alias(size_t index);

/*
 * The number of the row, or of the row of the alias, that has exactly this name, or is called so by its
 * letter; behind the last: none.
 */
size_t option_table_find(const char *name);

/* Do what the option says. `text`: its argument, or NULL. 0, or -1 after a message. */
int option_table_set(struct options *options, const struct option_row *row, const char *text) ATTR_MUST_CHECK;

/* What completes an option's argument; *words: the words, with blanks between, where they are a fixed set. */
enum option_completes { COMPLETES_NOTHING, COMPLETES_FILES, COMPLETES_FOLDERS, COMPLETES_WORDS };
enum option_completes option_table_completes(const struct option_row *row, const char **words);

#endif
