#include "ipc/queue.h"

#include "base/io.h"
#include "base/platform.h"

#include <assert.h>
#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <sys/mman.h>
#include <unistd.h>

#ifndef MAP_NORESERVE
#define MAP_NORESERVE 0
#endif

/* ---- the slot word: state in bits 0-1, owner in bits 2-17, lap above ---- */

enum slot_state { SLOT_FREE = 0, SLOT_READY = 1, SLOT_CLAIMED = 2 };

#define STATE_MASK  3U
#define OWNER_SHIFT 2
#define OWNER_MASK  0xFFFFU
#define LAP_SHIFT   18

static uint64_t slot_word(enum slot_state state, unsigned owner, uint64_t lap)
{
    return (uint64_t)state | (uint64_t)owner << OWNER_SHIFT | lap << LAP_SHIFT;
}

static enum slot_state word_state(uint64_t word)
{
    return (enum slot_state)(word & STATE_MASK);
}

static unsigned word_owner(uint64_t word)
{
    return (unsigned)(word >> OWNER_SHIFT & OWNER_MASK);
}

static uint64_t word_lap(uint64_t word)
{
    return word >> LAP_SHIFT;
}

/* ---- making and ending ---- */

static size_t whole_pages(size_t size)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    return (size + page - 1) / page * page;
}

int queue_use_pipe(struct queue *queue)
{
    return queue->wake_pipe[0] >= 0 ? 0 : platform_pipe(queue->wake_pipe, true);
}

int queue_create(struct queue *queue, unsigned owners, size_t slots, size_t arena_size)
{
    *queue = (struct queue){.owners = owners, .slot_count = 2, .wake_pipe = {-1, -1}};
    if (owners == 0 || owners > QUEUE_OWNERS_MAX || slots > QUEUE_SLOTS_MAX || arena_size > SIZE_MAX / 2) {
        errno = EINVAL;
        return -1;
    }
    while (queue->slot_count < slots)
        queue->slot_count *= 2;

    size_t header_size = whole_pages(sizeof *queue->shared);
    size_t ring_size = whole_pages((size_t)queue->slot_count * sizeof *queue->slots);
    queue->arena_size = whole_pages(arena_size);
    queue->mapping_size = header_size + ring_size + queue->arena_size;
    queue->mapping = mmap(NULL, queue->mapping_size, PROT_READ | PROT_WRITE,
                          MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (queue->mapping == MAP_FAILED) {
        queue->mapping = NULL;
        return -1;
    }
    /* Fresh pages are zero: every slot FREE in lap 0, nothing published, nobody asleep. */
    queue->shared = queue->mapping;
    queue->slots = (struct queue_slot *)((char *)queue->mapping + header_size);
    queue->arena = (char *)queue->slots + ring_size;

    if (platform_has_futex() || queue_use_pipe(queue) == 0)
        return 0;
    int saved_errno = errno;
    queue_destroy(queue);
    errno = saved_errno;
    return -1;
}

void queue_destroy(struct queue *queue)
{
    if (queue->mapping != NULL)
        munmap(queue->mapping, queue->mapping_size);
    io_close(&queue->wake_pipe[0]);
    io_close(&queue->wake_pipe[1]);
    *queue = (struct queue){.wake_pipe = {-1, -1}};
}

/* ---- the parent ---- */

int queue_publish(struct queue *queue, const struct queue_chunk *chunk)
{
    uint64_t tail = atomic_load_explicit(&queue->shared->tail, memory_order_relaxed);

    for (uint64_t position = tail; position < tail + queue->slot_count; position++) {
        unsigned at = (unsigned)(position & (queue->slot_count - 1));
        struct queue_slot *slot = &queue->slots[at];
        enum slot_state state = word_state(atomic_load_explicit(&slot->word, memory_order_acquire));
        if (state == SLOT_READY)
            break;
        if (state == SLOT_CLAIMED)
            continue;
        slot->chunk = *chunk;
        uint64_t ready = slot_word(SLOT_READY, 0, position / queue->slot_count);
        atomic_store_explicit(&slot->word, ready, memory_order_release);
        atomic_store_explicit(&queue->shared->tail, position + 1, memory_order_release);
        return (int)at;
    }
    errno = EAGAIN;
    return -1;
}

unsigned queue_sleepers(const struct queue *queue)
{
    unsigned sleepers = 0;
    for (unsigned i = 0; i * 64 < queue->owners; i++) {
        uint64_t bits = atomic_load_explicit(&queue->shared->asleep[i], memory_order_relaxed);
        for (; bits != 0; bits &= bits - 1)
            sleepers++;
    }
    return sleepers;
}

bool queue_is_asleep(const struct queue *queue, unsigned owner)
{
    uint64_t bits = atomic_load_explicit(&queue->shared->asleep[owner / 64], memory_order_relaxed);
    return (bits >> owner % 64 & 1) != 0;
}

void queue_forget_sleeper(struct queue *queue, unsigned owner)
{
    atomic_fetch_and(&queue->shared->asleep[owner / 64], ~((uint64_t)1 << owner % 64));
}

/*
 * A futex is told of all that are to be woken, though fewer may sleep: between the count of the sleepers and
 * this, one of them may have gone and another come, who would take the wake-up of a third.
 */
static void wake(struct queue *queue, unsigned workers, unsigned sleepers)
{
    atomic_fetch_add_explicit(&queue->shared->event, 1, memory_order_release);
    if (queue->wake_pipe[1] < 0) {
        (void)platform_futex_wake(&queue->shared->event, workers > INT_MAX ? INT_MAX : (int)workers);
        return;
    }
    /* A full pipe holds more wake-ups than there are sleepers. */
    for (unsigned i = 0; i < workers && i < sleepers && io_write(queue->wake_pipe[1], "w", 1) == 1; i++)
        continue;
}

void queue_wake(struct queue *queue, unsigned workers)
{
    /* Either the sleeper sees what was published, or we see that it sleeps: pairs with queue_announce. */
    atomic_thread_fence(memory_order_seq_cst);
    unsigned sleepers = queue_sleepers(queue);
    if (sleepers != 0 && workers != 0)
        wake(queue, workers, sleepers);
}

void queue_close(struct queue *queue)
{
    atomic_store_explicit(&queue->shared->closed, 1, memory_order_release);
    queue_wake(queue, UINT_MAX);
}

void queue_release(struct queue *queue, unsigned slot)
{
    assert(slot < queue->slot_count);
    _Atomic uint64_t *word = &queue->slots[slot].word;
    uint64_t lap = word_lap(atomic_load_explicit(word, memory_order_relaxed));
    atomic_store_explicit(word, slot_word(SLOT_FREE, 0, lap), memory_order_release);
}

int queue_owner(const struct queue *queue, unsigned slot)
{
    assert(slot < queue->slot_count);
    uint64_t word = atomic_load_explicit(&queue->slots[slot].word, memory_order_acquire);
    return word_state(word) == SLOT_CLAIMED ? (int)word_owner(word) : -1;
}

size_t queue_unclaimed(const struct queue *queue)
{
    uint64_t tail = atomic_load_explicit(&queue->shared->tail, memory_order_relaxed);
    size_t count = 0;
    for (uint64_t position = atomic_load_explicit(&queue->shared->head, memory_order_relaxed);
         position < tail; position++) {
        uint64_t ready = slot_word(SLOT_READY, 0, position / queue->slot_count);
        unsigned at = (unsigned)(position & (queue->slot_count - 1));
        count += atomic_load_explicit(&queue->slots[at].word, memory_order_relaxed) == ready;
    }
    return count;
}

bool queue_has_ended(const struct queue *queue)
{
    return atomic_load_explicit(&queue->shared->closed, memory_order_acquire) != 0 &&
           queue_unclaimed(queue) == 0;
}

bool queue_withdraw(struct queue *queue, unsigned slot)
{
    assert(slot < queue->slot_count);
    _Atomic uint64_t *word = &queue->slots[slot].word;
    uint64_t expected = atomic_load_explicit(word, memory_order_relaxed);
    if (word_state(expected) != SLOT_READY)
        return false;
    return atomic_compare_exchange_strong(word, &expected, slot_word(SLOT_FREE, 0, word_lap(expected)));
}

/* ---- a worker ---- */

/* Move the hint on, never back: another worker may have moved it further. */
static void advance_head(struct queue *queue, uint64_t seen, uint64_t to)
{
    while (seen < to && !atomic_compare_exchange_weak_explicit(&queue->shared->head, &seen, to,
                                                               memory_order_relaxed, memory_order_relaxed))
        continue;
}

enum queue_result queue_claim(struct queue *queue, unsigned owner, unsigned *slot, struct queue_chunk *chunk)
{
    /* closed before tail: who sees it closed sees all that was ever published. */
    bool closed = atomic_load_explicit(&queue->shared->closed, memory_order_acquire) != 0;
    uint64_t tail = atomic_load_explicit(&queue->shared->tail, memory_order_acquire);
    uint64_t head = atomic_load_explicit(&queue->shared->head, memory_order_relaxed);

    for (uint64_t position = head; position < tail; position++) {
        unsigned at = (unsigned)(position & (queue->slot_count - 1));
        uint64_t lap = position / queue->slot_count;
        uint64_t ready = slot_word(SLOT_READY, 0, lap);
        uint64_t word = atomic_load_explicit(&queue->slots[at].word, memory_order_relaxed);
        if (word != ready)
            continue;
        if (!atomic_compare_exchange_strong_explicit(&queue->slots[at].word, &word,
                                                     slot_word(SLOT_CLAIMED, owner, lap),
                                                     memory_order_acquire, memory_order_relaxed))
            continue;
        /* A position that was not READY when we passed it never becomes READY again: new ones come behind the
         * tail. */
        advance_head(queue, head, position + 1);
        *slot = at;
        *chunk = queue->slots[at].chunk;
        return QUEUE_CLAIMED;
    }
    advance_head(queue, head, tail);
    return closed ? QUEUE_CLOSED : QUEUE_EMPTY;
}

uint32_t queue_announce(struct queue *queue, unsigned owner)
{
    uint32_t ticket = atomic_load_explicit(&queue->shared->event, memory_order_acquire);
    atomic_fetch_or(&queue->shared->asleep[owner / 64], (uint64_t)1 << owner % 64);
    atomic_thread_fence(memory_order_seq_cst);
    return ticket;
}

void queue_arrive(struct queue *queue, unsigned owner)
{
    queue_forget_sleeper(queue, owner);
}

void queue_sleep(struct queue *queue, uint32_t ticket, int control_fd)
{
    if (queue->wake_pipe[0] < 0) {
        (void)platform_futex_wait(&queue->shared->event, ticket);
        return;
    }
    struct pollfd watched[2] = {{.fd = queue->wake_pipe[0], .events = POLLIN},
                                {.fd = control_fd, .events = POLLIN}};
    char byte;
    if (platform_poll(watched, 2, -1, NULL) > 0 && watched[0].revents != 0 &&
        io_read(queue->wake_pipe[0], &byte, 1) < 0)
        return; /* another worker was faster; whoever has the byte looks at the queue */
}
