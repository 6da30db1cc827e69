/*
 * work: what a run is to do: a function, or a command, directly or by a shell.
 *
 * work_find looks the first word up; work_compile makes a command of the rest, once the columns' names are
 * known; work_release.
 */
#ifndef CPOOL_WORK_H
#define CPOOL_WORK_H

#include "options/options.h"
#include "task/function.h"
#include "template/template.h"

struct work {
    const struct function *function; /* NULL: a command */
    struct template template;
    struct command_plan command;
    struct columns columns;
    char **paths;    /* owned: of each program, where no item decides on it; else NULL */
    size_t programs; /* in a pipeline, at least 1 */
    char **words;    /* owned, not what it points to: of a script, "sh -c SCRIPT" */
    size_t word_count;
    struct template_word *roles; /* owned: of each word */
    char *joined;                /* owned: a script of several words */
    bool is_whole_script;        /* all that was given is the script */
    size_t path_size;            /* what the longest program's path takes of a command line's room, at most */
};

/* 0, or the exit status after a message. */
int work_find(struct work *work, const struct options *options) ATTR_MUST_CHECK;
int work_compile(struct work *work, const struct options *options, const struct item *names,
                 size_t name_count, size_t sources, uint64_t total) ATTR_MUST_CHECK;
void work_release(struct work *work);

#endif
