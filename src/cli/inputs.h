/*
 * inputs: where the items (or blocks) of a run come from, opened for reading: nothing is written here.
 *
 * Order of calls: inputs_open, once the kind of work is known; then the work is compiled with the names of
 * columns that were read; inputs_prepare; inputs_source for the pool; inputs_put_back when the pool is done;
 * inputs_release, which also undoes an inputs_open that failed. Options and work must outlive the struct,
 * which owns all else.
 */
#ifndef CPOOL_INPUTS_H
#define CPOOL_INPUTS_H

#include "cli/work.h"
#include "input/blocks.h"
#include "input/input.h"
#include "input/tasks.h"
#include "options/options.h"
#include "pool/observer.h"

struct inputs {
    const struct options *options;
    const struct work *work;
    enum {
        BY_INPUT,  /* each item of one file is a task: `input` */
        BY_TASKS,  /* items of several sources, or several a task: `rows`, `tasks`, `limits` */
        BY_BLOCKS, /* --pipe: `blocks`, `bounds` */
    } way;
    struct input input;
    struct blocks blocks;
    struct record_bounds bounds;
    struct rows rows;
    struct tasks tasks;
    struct tasks_limits limits;
    struct options_source *sources; /* owned; source_count of them, at least one */
    size_t source_count;
    struct item *names; /* owned, with their bytes: of columns */
    size_t name_count;
    struct buffer header; /* the first line of the only source, with its end */
};

/* Nothing is open: inputs_release may be called. */
#define INPUTS_INIT                                                                                          \
    {                                                                                                        \
        .input = {.fd = -1 }                                                                                 \
    }

/* Returns 0, or the exit status after a message. */
int inputs_open(struct inputs *inputs, const struct options *options,
                const struct work *work) ATTR_MUST_CHECK;

/* The number of tasks that {##} stands for; 0: nobody wants to know, or it can't be known. */
uint64_t inputs_total(const struct inputs *inputs);

/* The work has been compiled; `template`: the command's, NULL for a function. Says so where items are typed.
 */
void inputs_prepare(struct inputs *inputs, struct template *template);

struct pool_source inputs_source(struct inputs *inputs);

/* What observers are told of the input; `done`: the tasks that an earlier run has done. */
struct observed_input inputs_observed(const struct inputs *inputs, const struct done_keys *done);

/* In a new worker: close what only the parent may read. */
void inputs_in_child(struct inputs *inputs);

/* Standard input is left where whoever shares it goes on: what was read ahead of the run's end is not lost to
 * them. */
void inputs_put_back(struct inputs *inputs);
void inputs_release(struct inputs *inputs);

#endif
