/*
 * environment: what tasks find in their environment: the caller's variables, ours, and those the user adds.
 *
 * environment_open once in a worker, environment_set before each task.
 */
#ifndef CPOOL_ENVIRONMENT_H
#define CPOOL_ENVIRONMENT_H

#include "base/base.h"
#include "base/words.h"

#include <sys/types.h>

/* Variables that tasks get from us: CPOOL_SEQ and the like. */
#define ENVIRONMENT_OURS     5
/* The longest text of one of them, with its NUL. */
#define ENVIRONMENT_OURS_MAX 48

struct environment {
    char **vector;                /* owned: the caller's, the user's, then ours, then NULL */
    size_t added;                 /* where the user's begin in it */
    char *ours[ENVIRONMENT_OURS]; /* owned: their texts; those that change are rewritten for each task */
};

/* Whether two texts NAME=VALUE set the same variable; and whether one sets a variable of ours. */
bool environment_same_name(const char *entry, const char *other);
bool environment_is_ours(const char *entry);

/* `added`: how many variables the user adds, each NAME=..., of which the part up to the = stays the same. */
void environment_open(struct environment *environment, pid_t cpool, const char *const *added, size_t count);

/* For task `number` in slot `slot`, both from 0; `added` are the texts of the user's variables. */
void environment_set(struct environment *environment, uint64_t number, unsigned slot, struct words *added);

/* What the caller's variables, less those that are replaced, and ours take in an exec: bytes with their NULs;
 * and *count of them. */
size_t environment_size(const char *const *added, size_t added_count, size_t *count);

#endif
