/*
 * template: a command's words with replacement strings, compiled once, expanded by the workers for each task.
 *
 * An item is data: it becomes an argument or a part of one, never text that anything parses. Where a task has
 * several items, a word with a replacement string becomes as many words as there are items: what stands
 * before it sticks to the first, what stands behind it to the last. Where no word has a replacement string,
 * the items are appended as last words.
 */
#ifndef CPOOL_TEMPLATE_H
#define CPOOL_TEMPLATE_H

#include "pool/command.h"

/* What a piece of a word stands for. */
enum template_kind {
    TEMPLATE_TEXT,      /* itself */
    TEMPLATE_ITEM,      /* {} */
    TEMPLATE_NO_SUFFIX, /* {.}  without extension */
    TEMPLATE_BASE,      /* {/}  without folders */
    TEMPLATE_FOLDER,    /* {//} the folder */
    TEMPLATE_STEM,      /* {/.} without folders and extension */
    TEMPLATE_NUMBER,    /* {#}  number of the task, from 1 */
    TEMPLATE_SLOT,      /* {%}  number of the worker, from 1 */
};

struct template_piece {
    enum template_kind kind;
    bool ends_word;
    const char *text; /* TEXT: in the words given to template_compile, not owned */
    size_t length;
};

struct template
{
    struct template_piece *pieces; /* owned */
    size_t count;
    size_t words;
    bool uses_items;    /* else they are appended */
    bool fixed_program; /* the first word has no replacement string */
};

/* Compile `count` words (at least one), which must outlive the template. */
void template_compile(struct template *template, char *const *words, size_t count);
void template_release(struct template *template);

/* Whether `word` holds a replacement string. */
bool template_is_used_in(const char *word);

/* For command_plan: `template` is a struct template. Fails where an item holds a NUL byte. */
int template_expand(const void *template, const struct command_task *task,
                    struct command_arguments *arguments, const char **why);

#endif
