/*
 * task: what is to be done with the items: how a task is made a command of, and what that command is. Set up
 * by the parent before the first fork, only read by workers.
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
    uint64_t offset; /* of a block that is the range of a file */
    unsigned tries;  /* that have failed */
    bool neutral;    /* what differs from run to run is to stay as it was written: {#}, {##}, {%} */
};

/* How a filter's items and answers are told apart; a stream has none of that. */
enum filter_framing {
    FILTER_NONE,   /* it is no filter */
    FILTER_LINES,  /* each ends in a newline */
    FILTER_NUL,    /* each ends in a NUL */
    FILTER_LENGTH, /* four bytes in front say how long it is, see framing.h */
};

/* What a task becomes. */
struct command_line {
    struct words arguments; /* of each program in turn, its name being the first; a break between two */
    struct words variables; /* as many as the plan says, NAME=VALUE */
    struct words directory; /* one where the plan says so, else none */
};

/* How to make a command of a task. Set up by the parent before the fork, only read by workers. */
struct command_plan {
    /* Fill in `line`, which is empty: 0, or -1 and *why a text that says what is wrong with the items. */
    int (*expand)(void *template, const struct command_task *task, struct command_line *line,
                  const char **why);
    void *template;
    char *const *paths;           /* of the programs; NULL: it depends on the item, look it up each time */
    size_t program_count;         /* joined by pipes; at least 1 */
    const char *const *variables; /* what the user's variables begin with: NAME=...; not owned */
    size_t variable_count;
    bool is_numbered;            /* a number of the task or of its worker stands in the command line */
    size_t row;                  /* items that a report names together: one of each source */
    enum filter_framing framing; /* not FILTER_NONE: its process stays alive; see filter.h, stream.h */
    bool reads_blocks;           /* a task has no items, but a block that it reads on its standard input */
    const char *header;          /* in front of each block; not owned */
    size_t header_length;
    int file;                  /* that the blocks are ranges of */
    struct reaper_plan ladder; /* how a task is ended */
    bool only_print;           /* --dry-run: the command line is the output, */
    bool on_terminal;          /* which somebody looks at, and no shell reads */
    int say_lock;        /* a file that whoever tells has locked, so that long lines do not mix; -1: none */
    bool passes_through; /* where it is first in line, a task's output may go to standard output from its
                            worker */
    bool ungrouped;      /* tasks write to standard output and error of this process */
    bool tell;           /* -t: the command line goes to standard error, before all that the task writes */
};

/* Its process stays alive, as one of the next two. */
static inline bool command_stays_alive(const struct command_plan *plan)
{
    return plan != NULL && plan->framing != FILTER_NONE;
}

/* A process of its stays alive and answers item after item, or reads block after block. */
static inline bool command_is_filter(const struct command_plan *plan)
{
    return command_stays_alive(plan) && !plan->reads_blocks;
}

static inline bool command_is_stream(const struct command_plan *plan)
{
    return command_stays_alive(plan) && plan->reads_blocks;
}

#endif
