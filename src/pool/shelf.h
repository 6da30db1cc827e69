/*
 * shelf: where the parent's ends of all workers' pipes lie, and how a new worker is rid of those that are not
 * its own.
 *
 * A forked process has a copy of each descriptor, and as long as one worker holds an end of another's pipe,
 * no end of file comes there. With thousands of workers, copying and closing thousands of descriptors for
 * each takes longer than all else. So those of the parent lie side by side from SHELF_FIRST on, in places:
 * and a new worker begins with the parent's own table of descriptors, of which it then takes what lies before
 * the shelf as a table of its own, in one call. Where that is not to be had it closes all places in one call;
 * and where something else lies on the shelf, one by one.
 *
 * shelf_init; for each worker shelf_prepare, shelf_put for both of our ends, shelf_fork, in the child
 * shelf_leave. While shelf_is_shared the child and we have one table until it has left: what it needs must
 * not be closed before it has said a word.
 */
#ifndef CPOOL_SHELF_H
#define CPOOL_SHELF_H

#include "base/base.h"

#include <sys/types.h>

#define SHELF_FIRST 256

enum shelf_way {
    SHELF_UNKNOWN,      /* nothing was put on it yet */
    SHELF_SHARED,       /* a new worker shares our table for a moment */
    SHELF_SIDE_BY_SIDE, /* it has a copy, and closes all places */
    SHELF_SCATTERED,    /* descriptors lie anywhere */
};

struct shelf {
    enum shelf_way way;
    unsigned used;                   /* places from it on have never been */
    uint64_t kept[SHELF_FIRST / 64]; /* shared: bits of those before the shelf that a worker is to have */
};

/* For up to `count` descriptors; few are not worth a shelf. Nothing is owned. */
void shelf_init(struct shelf *shelf, unsigned count);

/* Before the pipes of a new worker are opened. */
void shelf_prepare(struct shelf *shelf);

/* Our end of a pipe goes to its place: its descriptor from now on. */
int shelf_put(struct shelf *shelf, int fd, unsigned place) ATTR_MUST_CHECK;
/* Whether the ends of a new worker lie before the shelf, as they must: where not, others are closed first, or
 * it is given up. */
bool shelf_has_room(const struct shelf *shelf, const int own[2]);
void shelf_give_up(struct shelf *shelf);

static inline bool shelf_is_shared(const struct shelf *shelf)
{
    return shelf->way == SHELF_SHARED;
}

/* As fork. */
pid_t shelf_fork(struct shelf *shelf) ATTR_MUST_CHECK;
/*
 * In the child, first of all: what was put on the shelf is closed; `own` and what was open before the first
 * worker are not. False: it is scattered, and the caller has to close one by one.
 */
bool shelf_leave(const struct shelf *shelf, const int own[2]) ATTR_MUST_CHECK;

#endif
