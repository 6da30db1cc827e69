/*
 * option_table: each option of cpool, once. The parser, `--help`, the completions, and the tests of the manual
 * read it.
 */
#ifndef CPOOL_OPTION_TABLE_H
#define CPOOL_OPTION_TABLE_H

#include "cli/options.h"

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

struct option_row {
    const char *name; /* the long one; NULL: there is none */
    char letter;      /* 0: there is none */
    bool is_common;   /* --help has a line for it */
    bool argument_is_optional;
    enum option_section section;
    const char *argument;                                  /* what it is called; NULL: it takes none */
    const char *help;                                      /* one line */
    int (*set)(struct options *options, const char *text); /* 0, or -1 after a message; NULL: see `field` */
    size_t field; /* offset in struct options of a bool to be set or, with an argument, a const char * */
};

/* The same option by another name. */
struct option_alias {
    const char *name;
    char letter; /* 0: none */
    const char *of;
};

/* There are fewer rows and aliases than this. */
#define OPTION_TABLE_MAX 128

/* Row or alias number `index`, or NULL behind the last. */
const struct option_row *option_table_row(size_t index);
const struct option_alias *option_table_alias(size_t index);

/* Do what the option says. `text`: its argument, or NULL. 0, or -1 after a message. */
int option_table_set(struct options *options, const struct option_row *row, const char *text) ATTR_MUST_CHECK;

/* What completes an option's argument; *words: the words, with blanks between, where they are a fixed set. */
enum option_completes { COMPLETES_NOTHING, COMPLETES_FILES, COMPLETES_FOLDERS, COMPLETES_WORDS };
enum option_completes option_table_completes(const struct option_row *row, const char **words);

#endif
