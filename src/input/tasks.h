/*
 * tasks: rows of items made into tasks for the pool: one row each, so many, or as many as fit a command line.
 *
 * How large a command line becomes is reckoned row by row, never too low; where that would be too much, it is
 * found out exactly. So a task is as large as it may be, and never larger.
 *
 * tasks_init, then the pool takes (tasks_source). The rows and the template are not owned.
 */
#ifndef CPOOL_TASKS_H
#define CPOOL_TASKS_H

#include "input/rows.h"
#include "pool/pool.h"
#include "template/template.h"

struct tasks_limits {
    uint32_t rows;     /* a task, at most; 0: any number */
    uint32_t lines;    /* the same, where a line that ends in a blank goes on in the next; 0: any */
    size_t characters; /* of the arguments, at most (-s); 0: any */
    bool apart;        /* it does not: the delimiter was given (-0, -d) */
    bool fill;         /* as many as fit (-X, -m) */
    bool spread;       /* the last ones are shared evenly among the jobs */
    bool strict;       /* -x: what does not fit ends the run */
};

struct tasks {
    struct rows *rows;
    struct template *template; /* NULL: a function, which gets one row */
    struct tasks_limits limits;
    size_t path_size; /* what the program's path takes of a command line's room */
    unsigned jobs;
    uint64_t total; /* tasks that there will be; 0: unknown */
    struct arena *arena;
    /* The rows of the task that is being made, framed; the last of them may belong to the next one. */
    struct buffer pending;
    size_t pending_rows;
    bool unusable;                    /* the row that was added last will fail, for a NUL or an open quote */
    bool alone;                       /* so will the first that is pending */
    bool last_fits;                   /* the row that was pending when the last task was cut */
    struct buffer line;               /* the beginning of a line that goes on */
    struct template_size size;        /* of `pending`, never too small */
    struct template_size first, each; /* of a task with one empty item; what each further one adds */
    struct template_size most;        /* that a task may take */
    size_t cut_rows, cut_bytes;       /* so much of `pending` is a task that waits for room; 0: none */
    size_t spread_rows;               /* at the end: rows for each task; 0: not yet */
    struct fields fields;
    bool at_end;
};

void tasks_init(struct tasks *tasks, struct rows *rows, struct template *template,
                const struct tasks_limits *limits, size_t path_size, unsigned jobs, uint64_t total);
void tasks_release(struct tasks *tasks);

struct pool_source tasks_source(struct tasks *tasks);

/* How many tasks there will be, as it is `given`, or as can be found out; 0: not known. See rows_total. */
uint64_t tasks_total(const struct rows *rows, const struct tasks_limits *limits, uint64_t given,
                     bool count_files);

#endif
