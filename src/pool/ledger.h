/*
 * ledger: what has become of every chunk that is not yet done. Parent only.
 *
 * A chunk comes in from the input (ledger_add), waits, is published to the queue, perhaps in parts
 * (ledger_publish), and leaves item by item as the workers answer. What a worker hands back, or leaves behind
 * when it dies, waits again, before what came later. The ledger holds one use of the arena block of every
 * chunk in it, and knows its span in the collector.
 *
 * It trusts its own copies only: workers can write to the queue's memory.
 */
#ifndef CPOOL_LEDGER_H
#define CPOOL_LEDGER_H

#include "base/clock.h"
#include "collector/collector.h"
#include "ipc/arena.h"
#include "ipc/items.h"
#include "ipc/queue.h"

/* A chunk that waits, or that stands in the slot of the same index. */
struct ledger_chunk {
    struct ledger_chunk *next; /* while waiting */
    nanoseconds due;           /* while postponed: when it may be tried again */
    unsigned tries;            /* tries of its first task that have failed; the others have had none */
    struct queue_chunk what;
    uint32_t done; /* tasks of the chunk that have ended; they end in order */
    struct arena_block *block;
    struct collector_span *span;
};

struct ledger {
    struct queue *queue; /* not owned, like the next two */
    struct arena *arena;
    struct collector *collector;
    struct ledger_chunk **slots; /* owned: the chunk in each slot of the queue, or NULL */
    unsigned slots_used;         /* slots from this index on have never been used */
    struct ledger_chunk *waiting, **waiting_end;
    struct ledger_chunk *postponed; /* chunks to be tried again, the first due first */
    size_t outstanding;             /* the number of chunks in slots */
};

void ledger_init(struct ledger *ledger, struct queue *queue, struct arena *arena,
                 struct collector *collector);
void ledger_release(struct ledger *ledger);

/* Add a chunk from the input, behind all others. Takes over one use of its block (NULL: a range of a file).
 */
void ledger_add(struct ledger *ledger, const struct queue_chunk *what, struct arena_block *block);

static inline bool ledger_has_waiting(const struct ledger *ledger)
{
    return ledger->waiting != NULL;
}

/* Publish the first chunk that waits, or its first `most` tasks. False: nothing waits, or the queue is full.
 */
bool ledger_publish(struct ledger *ledger, uint32_t most) ATTR_MUST_CHECK;

/* The chunk that `worker` says it is on, at its task number `item`; NULL when that can't be so. */
struct ledger_chunk *ledger_check(const struct ledger *ledger, unsigned worker, unsigned slot,
                                  uint64_t item) ATTR_MUST_CHECK;

/* A chunk that `worker` has claimed, and its *slot; NULL: it has none. */
struct ledger_chunk *ledger_claimed_by(const struct ledger *ledger, unsigned worker, unsigned *slot);

/* The next `tasks` of the chunk have ended. The chunk is gone when all have. */
void ledger_done(struct ledger *ledger, unsigned slot, uint32_t tasks);

/*
 * The next task of the chunk has ended, but is to be tried again at `due`. It leaves the chunk and waits in
 * one of its own; the chunk is gone when it was the last.
 */
void ledger_postpone(struct ledger *ledger, unsigned slot, nanoseconds due);

/* What is due waits to be published from now on. ledger_next_due: when that will be so for the next one. */
void ledger_wake_due(struct ledger *ledger, nanoseconds now);

static inline nanoseconds ledger_next_due(const struct ledger *ledger)
{
    return ledger->postponed == NULL ? CLOCK_NEVER : ledger->postponed->due;
}

/* Take what is left of the chunk from its worker: it waits again, before all that comes later. */
void ledger_take_back(struct ledger *ledger, unsigned slot);

/* Free the bytes of a chunk of one task: its worker has them. */
void ledger_forget_bytes(struct ledger *ledger, unsigned slot);

/* The item of task `index` of the chunk (from 0), or the first of several. */
struct item ledger_item(const struct ledger *ledger, const struct ledger_chunk *chunk, uint32_t index);

/* All items of that task; without bytes where they are not in memory, or were freed. */
struct items ledger_task_items(const struct ledger *ledger, const struct ledger_chunk *chunk, uint32_t index);

/*
 * The worker that has the chunk which all others wait for; -1: nobody has. Where the order is free, and none
 * is preferred yet, it is the first chunk that a worker has, and is preferred from now on.
 */
int ledger_first_owner(struct ledger *ledger);

#endif
