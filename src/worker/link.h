/*
 * link: a worker's two pipes to its parent, as its commands use them: answers go out by the outbox, orders
 * come in.
 *
 * link_open once. Between tasks link_hear; while one is under way its orders are read from `control` by
 * whoever looks after it.
 */
#ifndef CPOOL_LINK_H
#define CPOOL_LINK_H

#include "base/clock.h"
#include "ipc/channel.h"
#include "ipc/outbox.h"

/* Answers are not kept back for longer than this, so that many quick tasks wake the parent once. */
#define LINK_FLUSH_INTERVAL (5 * NS_PER_MS)

struct link {
    struct outbox *outbox;  /* where answers go */
    struct channel control; /* from the parent; end of file is its death */
    nanoseconds flushed;    /* when answers were last written to the parent */
    bool ending;            /* the run is over: end when the task has ended */
    bool parent_gone;       /* nobody reads what is written; `ending` is set, too */
};

void link_open(struct link *link, struct outbox *outbox, int control_fd);

/* Answers of quick tasks go out together: when they are due, and their writing, which notes a parent that is
 * gone. */
nanoseconds link_flush_due(const struct link *link);
void link_flush(struct link *link, nanoseconds now);

/* Nobody reads our answers any more: the parent is dead or dying. */
void link_lose_parent(struct link *link);

/* No task is under way: take the orders that have come. -1 when the worker must end. */
int link_hear(struct link *link) ATTR_MUST_CHECK;

#endif
