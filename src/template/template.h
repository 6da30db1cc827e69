/*
 * template: a command's words with replacement strings, compiled once, expanded by the workers for each task.
 *
 * An item is data: it becomes an argument or a part of one, never text that anything parses. In a script for
 * the shell each replacement string is turned into a reference to a positional parameter, written as the
 * quotes around it need, and the item is handed over as an argument (see script.h). Where the script itself
 * uses positional parameters, a first line of ours moves the items to variables, and shifts them away:
 *
 *     sh -c 'gzip -9 "${1}"' sh ITEM
 *     sh -c '_cpool_1=${1}; shift 1; set -- a b; echo "${_cpool_1}"' sh ITEM
 *
 * Where a task has several fields (items, or columns of one), a word with {} becomes as many words as there
 * are fields: what stands before it sticks to the first, what stands behind it to the last; or, with
 * `repeat`, the whole word is there once for each. Where nothing in the words stands for the item, the fields
 * are appended as last words.
 *
 * template_compile, then template_expand in workers, and template_measure where tasks are made as large as
 * fits; then template_release.
 */
#ifndef CPOOL_TEMPLATE_H
#define CPOOL_TEMPLATE_H

#include "task/task.h"
#include "template/columns.h"
#include "template/replacement.h"
#include "template/script.h"

/* What a word of the command is: nothing special, or a script for a shell that a word before it names. */
struct template_word {
    bool is_script;
    unsigned shells; /* of readers.h, that may read it */
    bool is_sh;      /* they are all, but it can be found out which one sh is */
    size_t shell;    /* which word names it */
    size_t operands; /* words behind it that the shell gets, too */
    bool leads;      /* as an option it could run code: a task where it begins by - fails */
    bool in_find;    /* find reads what is here, too: {} in it, and a ; that ends it */
    size_t program;  /* which word names the program that gets this one: behind env and timeout, theirs */
};

/* What is compiled. All of it must outlive the template. */
struct template_setup {
    char *const *words; /* the command: at least one, with the script behind "-c" where there is one */
    size_t count;
    const struct template_word *roles; /* of each word */
    bool append_to_script; /* the script is all there is: an item that it does not name is appended to it */
    bool repeat;           /* -X */
    const char *const *variables; /* --env: each NAME=VALUE */
    size_t variable_count;
    const char *directory; /* --wd; NULL: none */
    const char *tag;       /* what lines of output begin with; NULL: nothing */
    const char *place;     /* of --results, below its folder; NULL: none */
    struct replacement_names names;
    const struct columns *columns;
    uint64_t total;         /* for {##} */
    size_t most_characters; /* -s: the arguments' bytes at most; 0: any */
    bool without_items;     /* -n 0: the task does not get its item */
};

/* What a run of pieces is part of, which decides on what {} of several fields becomes. */
enum template_role {
    TEMPLATE_WORDS,  /* words of their own */
    TEMPLATE_SCRIPT, /* references */
    TEMPLATE_TEXT,   /* one text, with blanks between */
};

struct template_piece {
    bool is_text;
    bool is_break; /* no word: what follows is the next program of a pipeline */
    bool begins_word, ends_word;
    bool
        may_vanish; /* begins a word of nothing but items: where none of them is there, neither is the word */
    const char *text; /* not owned; of a replacement string its own text */
    size_t length;
    struct replacement what; /* where it is none */
    size_t repeated; /* this and the next ones, so many in all, are there once for each field; 0: not so */
    /* In a script: */
    enum script_context context;
    bool backslash;
    bool is_joined; /* PLAIN: several fields are one word, with blanks between, where more would not belong to
                       it */
    size_t parameter; /* of `parameters` */
};

struct template_program {
    struct template_piece *pieces; /* owned */
    size_t count;
};

/* A value that the script gets: a part of a column, or of all fields one after the other. */
struct template_parameter {
    enum replacement_part part;
    int column;
    size_t base; /* while expanding: values before its own */
};

struct template
{
    struct template_program words, variables, directory, tag, place;
    struct template_setup setup;
    struct template_parameter *parameters; /* owned */
    size_t parameter_count;
    bool moves_parameters; /* to variables, see above */
    bool appends;          /* no replacement string is there: items are last words */
    bool uses_total;
    bool is_numbered;           /* {#}, {##} or {%} is used */
    size_t references;          /* replacement strings that stand for items */
    const char *reread_by;      /* a program in a script that reads a whole item again, or NULL */
    const char *reread_instead; /* what to write instead */

    struct fields fields;         /* of the task at hand */
    struct command_line measured; /* by template_measure */
};

/* 0, or -1 with *where the replacement string and *why what is wrong with it, a text to free. */
int template_compile(struct template *template, const struct template_setup *setup,
                     char **why) ATTR_MUST_CHECK;
void template_release(struct template *template);

/*
 * A replacement string that stands for a column beyond the `most`-th, from either end; NULL: there is none.
 */
const struct template_piece *template_find_column(const struct template *template, size_t most);

/* The word that joins two programs; and whether word number `index` is the last of its program. */
bool template_is_break(const char *word);
bool template_ends_program(const struct template_setup *setup, size_t index);

/* Whether `word` holds a replacement string. */
bool template_is_used_in(const char *word, const struct replacement_names *names);

/* For command_plan: `template` is a struct template. Fails where the items can't be arguments. */
int template_expand(void *template, const struct command_task *task, struct command_line *line,
                    const char **why);

/*
 * For formatter_plan: the tag, one word, and the task's fields, each a word, whether the command gets them or
 * not. Where there is a `place`, that is the only one.
 */
void template_describe(void *template, const struct command_task *task, struct words *tag,
                       struct words *fields);

/* What a command line takes in an exec. */
struct template_size {
    size_t total;     /* bytes of all strings, with their NULs, and of pointers to them */
    size_t arguments; /* bytes of the arguments alone, with their NULs */
    size_t longest;   /* bytes of the longest string */
};

/* What a task of these items would take, found out by expanding it; of {#} and {%}, the most. */
struct template_size template_measure(struct template *template, struct items items);

#endif
