/*
 * queue: chunks of items from the parent to whichever worker is free, through shared memory.
 *
 * One anonymous shared mapping, made before the first fork: a header, a power-of-two ring of slots, and the
 * arena that holds the items' bytes. One producer (the parent), many consumers (the workers), any of which
 * may be killed between any two instructions.
 *
 * Order of calls. Parent: queue_create, then queue_publish (EAGAIN when full) and queue_wake as input comes,
 * queue_release for each chunk that is done or taken back from a dead owner, queue_close when nothing more
 * will come, queue_destroy. Worker: queue_claim until it says EMPTY, then queue_announce, queue_claim once
 * more, queue_sleep, queue_arrive; an end when it says CLOSED.
 *
 * How a slot goes round. `word` holds state, owner and lap:
 *
 *     FREE --parent, publish--> READY --worker, one swap--> CLAIMED by owner --parent, release--> FREE
 *
 * The swap both takes the chunk and says who has it, so a worker that is killed at any instant either has not
 * taken it or is named as its owner. Nothing else has to be done for the claim to be whole.
 *
 * Position p (0, 1, 2 ...) of the stream of chunks lies in slot p mod slots, and its lap is p / slots. Where
 * a slow worker still holds the slot of the next position, the producer leaves that position out; consumers
 * see a lap that is not the position's and step over it too.
 */
#ifndef CPOOL_QUEUE_H
#define CPOOL_QUEUE_H

#include "base/base.h"

#include <stdatomic.h>

/* Owners are numbered from 0; there are fewer than this. */
#define QUEUE_OWNERS_MAX 4096
#define QUEUE_SLOTS_MAX  65536

/* A run of items, as published and as claimed. Plain data; the parent keeps its own copy. */
struct queue_chunk {
    uint64_t first; /* number of its first task, from 0 */
    uint32_t count; /* tasks, at least 1 */
    uint32_t batch; /* items in each task, at least 1; the last task may have fewer */
    uint64_t
        offset;     /* of its bytes in the arena; of ITEMS_RANGE in a file, which may be larger than memory */
    size_t length;  /* bytes */
    int delimiter;  /* how its items are told apart, see ipc/items.h */
    uint32_t tries; /* of its task, the only one then, that have failed */
};

/* ---- what lies in shared memory ---- */

/* One cache line. */
struct queue_slot {
    /*
     * Parent: FREE to READY by a release store, which pairs with the acquire load and swap of queue_claim;
     * any state to FREE by a release store. Worker: READY to CLAIMED by compare-and-swap.
     */
    _Alignas(CACHE_LINE) _Atomic uint64_t word;
    /* Parent, while FREE; made visible by the release of READY. Nobody writes it from READY to FREE. */
    struct queue_chunk chunk;
};

struct queue_shared {
    /* Parent: the position behind the last one published. Release; pairs with the acquire in queue_claim. */
    _Alignas(CACHE_LINE) _Atomic uint64_t tail;
    /* Parent: a worker that finds nothing need not wait. Release; pairs with the acquire in queue_claim. */
    _Atomic uint32_t closed;
    /* Anybody, relaxed: all positions before it are claimed or left out. Only a hint: it saves looking at
     * them. */
    _Alignas(CACHE_LINE) _Atomic uint64_t head;
    /* Parent: counts wake-ups; the futex. */
    _Alignas(CACHE_LINE) _Atomic uint32_t event;
    /*
     * A bit for each owner that sleeps or is about to. The owner sets and clears its own, sequentially
     * consistent, which pairs with the fence in queue_wake; the parent clears a dead owner's.
     */
    _Atomic uint64_t asleep[QUEUE_OWNERS_MAX / 64];
};

/* ---- the handle, private to each process ---- */

struct queue {
    struct queue_shared *shared;
    struct queue_slot *slots;
    char *arena; /* arena_size bytes of shared memory */
    size_t arena_size;
    uint64_t slot_count; /* a power of two */
    unsigned owners;     /* owner numbers in use are below this */
    void *mapping;       /* all of it; mapping_size bytes */
    size_t mapping_size;
    int wake_pipe[2]; /* a byte a wake-up, where there is no futex, or it is not to be used; else -1 */
};

/*
 * Make the shared memory for `owners` workers, with `slots` slots (rounded up to a power of two) and
 * `arena_size` bytes of arena. 0, or -1 with errno (ENOMEM, EMFILE, EINVAL); nothing is left to destroy then.
 */
int queue_create(struct queue *queue, unsigned owners, size_t slots, size_t arena_size) ATTR_MUST_CHECK;
void queue_destroy(struct queue *queue);

/* Parent, right after queue_create: sleepers are woken by a byte in `wake_pipe`, so that they can wait for
 * other things as well. */
int queue_use_pipe(struct queue *queue) ATTR_MUST_CHECK;

/* Parent: returns the slot in which the chunk is now READY, or -1 with EAGAIN when the ring is full. */
int queue_publish(struct queue *queue, const struct queue_chunk *chunk) ATTR_MUST_CHECK;

/* Parent: tell up to `workers` sleepers that something was published. Cheap when nobody sleeps. */
void queue_wake(struct queue *queue, unsigned workers);

/* Parent: who finds nothing from now on gets CLOSED; everybody is woken. What is taken back from the dead may
 * still be published. */
void queue_close(struct queue *queue);

/* Parent: the slot's chunk is done, or was taken back. */
void queue_release(struct queue *queue, unsigned slot);

/* Parent: who has claimed the slot; -1 when nobody has. */
int queue_owner(const struct queue *queue, unsigned slot);

/* Parent: take back a slot that no worker has claimed yet: true when it was READY and is now FREE. */
bool queue_withdraw(struct queue *queue, unsigned slot);

/* Anybody: how many chunks no worker has claimed yet; and whether there are none, and the queue is closed. */
size_t queue_unclaimed(const struct queue *queue);
bool queue_has_ended(const struct queue *queue);

/* Parent: how many workers sleep or are about to; and a dead worker does not. */
unsigned queue_sleepers(const struct queue *queue);
bool queue_is_asleep(const struct queue *queue, unsigned owner);
void queue_forget_sleeper(struct queue *queue, unsigned owner);

enum queue_result { QUEUE_CLAIMED, QUEUE_EMPTY, QUEUE_CLOSED };

/* Worker: take the oldest chunk. On CLAIMED *slot and *chunk are set. */
enum queue_result queue_claim(struct queue *queue, unsigned owner, unsigned *slot,
                              struct queue_chunk *chunk) ATTR_MUST_CHECK;

/*
 * Worker: say that it is about to sleep; returns the ticket for queue_sleep. What is published from now on
 * will wake it, what was published before must be looked for again before sleeping. queue_arrive takes the
 * word back.
 */
uint32_t queue_announce(struct queue *queue, unsigned owner);
void queue_arrive(struct queue *queue, unsigned owner);

/*
 * Worker: sleep until a wake-up, a signal, or news on `control_fd`, whichever there is a way to hear of: with
 * futexes the parent must queue_wake after it wrote to a control pipe. May return for no reason.
 */
void queue_sleep(struct queue *queue, uint32_t ticket, int control_fd);

#endif
