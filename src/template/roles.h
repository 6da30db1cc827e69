/*
 * roles: which words of a command are scripts, in which an item is handed over as a parameter; and which are
 * read as code in a way that leaves no place for an item: then the command is refused, before anything is
 * started.
 *
 * One rule for all words, those of a pipeline's programs, too; readers.h says who reads what. In a script the
 * same is found out by script_scan.
 */
#ifndef CPOOL_ROLES_H
#define CPOOL_ROLES_H

#include "template/template.h"

struct roles_setup {
    char *const *words; /* the command, at least one */
    size_t count;
    const struct replacement_names *names;
    bool may_append; /* items are last words of the first program, where nothing stands for them */
    bool silent;     /* no warnings */
};

/* The roles of all words, to be freed; or NULL after a message. */
struct template_word *roles_find(const struct roles_setup *setup) ATTR_MUST_CHECK;

/* Warn of an item that `program` reads again; `word` is where it stands. */
void roles_warn(const char *word, const char *program, const char *instead);

#endif
