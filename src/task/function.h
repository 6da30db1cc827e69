/*
 * function: the built-in functions by name, and what a call of one needs from the worker.
 *
 * To add one, write it in function.c with the interface of cpool.h and add a row to the table; `cpool
 * --functions` and the completions read that, and a test compares it with the manual.
 */
#ifndef CPOOL_FUNCTION_H
#define CPOOL_FUNCTION_H

#include "base/base.h"
#include "cpool.h"

struct function {
    const char *name;
    const char *argument; /* what its item is, for help */
    const char *help;     /* one line */
    cpool_function *run;
};

/*
 * Where an answer goes: bytes from `place` on while there is `room`, then the caller's `overflow`, which
 * takes what stands at `place` so far (`used` bytes) and the bytes that did not fit.
 */
struct cpool_call {
    char *place;
    size_t used, room;
    void (*overflow)(struct cpool_call *call, const void *bytes, size_t length);
    void *context;   /* of overflow */
    const char *why; /* from cpool_fail; NULL: it did not say */
};

/* The row of that name, or NULL. */
const struct function *function_find(const char *name);

/* Row number `index`, or NULL behind the last. */
const struct function *function_at(size_t index);

#endif
