/*
 * task: the data of a task and of the command that it becomes. A command_plan (set up by the parent before
 * the first fork, only read by workers) turns a command_task into a command_line.
 */
#ifndef CPOOL_TASK_H
#define CPOOL_TASK_H

#include "base/words.h"
#include "ipc/items.h"
#include "proc/reaper.h"

/* One task's items, as they lie in shared memory. */
struct command_task {
    uint64_t number; /* from 0 */
    unsigned worker; /* from 0: the slot of {%} */
    struct items items;
    uint64_t offset; /* where the block begins, if it is the range of a file; bytes */
    unsigned tries;  /* the number of tries that have failed */
    bool neutral; /* {#}, {##} and {%} stay as they are written, so that the line is the same in every run */
};

/* How a filter's items and answers are told apart; a stream has none of that. */
enum filter_framing {
    FILTER_NONE,   /* it is no filter */
    FILTER_LINES,  /* each ends in a newline */
    FILTER_NUL,    /* each ends in a NUL */
    FILTER_LENGTH, /* four bytes in front say how long it is, see framing.h */
};

/* What a task becomes. All three lists are owned. */
struct command_line {
    struct words
        arguments; /* of each program in turn, the program's name first; a break between two programs */
    struct words variables; /* NAME=VALUE, `variable_count` of the plan */
    struct words directory; /* the directory to run in, or no word: the caller's */
};

/* How to make a command of a task, and how it is run. */
struct command_plan {
    /* Fill in `line`, which is empty: 0, or -1 and *why a text that says what is wrong with the items. */
    int (*expand)(void *template, const struct command_task *task, struct command_line *line,
                  const char **why);
    void *template;
    char *const *paths;   /* the programs' files; NULL: they depend on the item and are looked up each time */
    size_t program_count; /* at least 1; more are joined by pipes */
    const char *const *variables; /* what the user's variables begin with: NAME=...; not owned */
    size_t variable_count;
    bool is_numbered;            /* {#}, {##} or {%} stands in the command line */
    size_t row;                  /* the number of items that a report names together: one of each source */
    enum filter_framing framing; /* not FILTER_NONE: its process stays alive; see filter.h, stream.h */
    bool reads_blocks;           /* --pipe: a task has no items, but a block on its standard input */
    const char *header;          /* bytes in front of each block; not owned */
    size_t header_length;
    int file;                  /* the file that blocks are ranges of; -1: they lie in memory */
    struct reaper_plan ladder; /* how a task is ended */
    bool only_print;           /* --dry-run: the command line is printed, nothing is run */
    bool on_terminal;          /* only_print: the line is for people, and need not be read by a shell */
    int say_lock; /* -t: a file that workers lock while they write, so that lines do not mix; -1: none */
    bool passes_through; /* output of the head may go to standard output from its worker (passthrough.h) */
    bool ungrouped;      /* -u: tasks write to cpool's own stdout and stderr */
    bool tell;           /* -t: the command line goes to stderr, before all that the task writes */
};

/* Whether the plan's process stays alive between tasks: it is a filter or a stream. (NULL: a function.) */
static inline bool command_stays_alive(const struct command_plan *plan)
{
    return plan != NULL && plan->framing != FILTER_NONE;
}

/* A filter answers item after item; a stream reads block after block. */
static inline bool command_is_filter(const struct command_plan *plan)
{
    return command_stays_alive(plan) && !plan->reads_blocks;
}

static inline bool command_is_stream(const struct command_plan *plan)
{
    return command_stays_alive(plan) && plan->reads_blocks;
}

#endif
