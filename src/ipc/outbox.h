/*
 * outbox: a worker's answers on their way to the parent, such that its death loses none that it had finished.
 *
 * The worker puts its messages together in shared memory and writes them from there to its pipe. The pipe is
 * the road; the shared memory is what is still there when the worker is killed between finishing an answer
 * and writing it. Once the parent has read the pipe to its end, it takes what was committed and not yet
 * written from the shared memory, so that nothing that was done is lost, or done twice.
 *
 * Worker: outbox_open, then for each message outbox_begin, add to the payload, outbox_commit; outbox_flush.
 * Answers to a run of small items gather in one RESULTS message by outbox_item_begin and outbox_item_done;
 * outbox_end_results commits it. Parent: outbox_recover after end of file and after the worker has been
 * reaped.
 */
#ifndef CPOOL_OUTBOX_H
#define CPOOL_OUTBOX_H

#include "base/base.h"
#include "ipc/message.h"

#include <stdatomic.h>
#include <sys/types.h>

#define OUTBOX_SIZE (128 * KIB)

/* As much of an item as a report needs. */
#define OUTBOX_LABEL_MAX 256

/*
 * In shared memory, one for each worker. Only the worker writes, but for `leave`; the parent reads after the
 * worker's death, which orders everything, and `since` and the work counts while it lives, as hints.
 */
struct outbox_shared {
    /*
     * Low half: where in the bytes the last whole message ends; high half: how many bytes of whole messages
     * there have been in all, modulo 2^32. One store, so that the two always fit. Release, after the
     * message's bytes.
     */
    _Alignas(CACHE_LINE) _Atomic uint64_t committed;
    /*
     * Of the chunk at hand: items done (31 bits), whether the next one has begun (1 bit), bytes of the open
     * RESULTS payload (32 bits). Release, after the item's bytes. Zero before a chunk is claimed.
     */
    _Atomic uint64_t progress;
    /* Where in the bytes the open RESULTS message begins; stored before `progress` counts an item in it. */
    _Atomic uint32_t results;
    /*
     * The process that the worker has started and not yet reaped; 0: none. Stored by the child itself before
     * exec, so that there is no moment at which it runs unknown.
     */
    _Atomic uint32_t task;
    /*
     * When the item at hand began, by the task clock (run_state.h), and of a filter, when it moved last; 0:
     * none. Of functions kept only where there are time limits.
     */
    _Atomic uint64_t since;
    /* Nanoseconds spent on how many items so far: relaxed, a hint for the size of chunks. */
    _Atomic uint64_t work_time;
    _Atomic uint64_t work_items;
    /* Bytes of output that did not come this way, but went out from the worker (worker/passthrough.h):
     * relaxed, a figure. */
    _Atomic uint64_t passed;
    /*
     * Not 0: the worker has, or waits for, what others wait for, and must not be stopped (SIGSTOP).
     * Sequentially consistent, as is `paused` where it matters here: the worker stores this one and then
     * loads that one, the parent the other way round, so that one of them sees the other.
     */
    _Atomic uint32_t awake;
    /* Parent: not 0 asks the worker to end when its chunk is done. Looked at before each claim. */
    _Alignas(CACHE_LINE) _Atomic uint32_t leave;
    /* Parent: not 0: it is to claim nothing for now. Pairs with the acquire in outbox_is_paused, and with
     * `awake`. */
    _Atomic uint32_t paused;
};

/*
 * Where an outbox lies. The words of all workers are side by side, apart from the bytes, which the parent
 * looks at only when a worker has died: so it touches a page for many workers, and not one for each.
 */
struct outbox_memory {
    struct outbox_shared *words;
    char *bytes; /* OUTBOX_SIZE of them */
};

/* The worker's handle. Offsets are into `bytes`: written <= end <= begun's payload <= OUTBOX_SIZE. */
struct outbox {
    struct outbox_shared *shared;
    char *bytes;
    int fd;                 /* the pipe, non-blocking; not owned */
    size_t written;         /* up to here the pipe has it */
    size_t end;             /* up to here messages are whole */
    size_t payload;         /* where the open message's next byte goes; `end` while none is open */
    uint32_t total;         /* bytes of whole messages so far, modulo 2^32 */
    enum message_type type; /* of the open message */
    uint16_t slot;
    uint64_t item;      /* the number in its header */
    uint32_t done;      /* RESULTS: items of the chunk that are done, those of earlier messages included */
    uint32_t open_from; /* RESULTS: the value of `done` when the message was opened */
    bool results_open;
    /* What is committed counts only with the next message that is committed without this. Nothing may be
     * flushed before: make room. */
    bool withheld;
};

void outbox_open(struct outbox *outbox, struct outbox_memory memory, int fd);

/*
 * Begin a message. `need` payload bytes will surely find room: when they do not at present, the outbox is
 * flushed first, which may wait for the parent (need <= OUTBOX_SIZE - MESSAGE_HEADER_SIZE). 0, or -1 with
 * EPIPE when the parent is gone.
 */
int outbox_begin(struct outbox *outbox, enum message_type type, uint16_t slot, uint64_t item,
                 size_t need) ATTR_MUST_CHECK;

/* Where the payload's next bytes go, how many fit, and that they have come. */
static inline char *outbox_place(const struct outbox *outbox)
{
    return outbox->bytes + outbox->payload;
}

static inline size_t outbox_room(const struct outbox *outbox)
{
    return OUTBOX_SIZE - outbox->payload;
}

static inline void outbox_added(struct outbox *outbox, size_t count)
{
    outbox->payload += count;
}

/* The message is whole. One without payload where the type wants some is dropped. */
void outbox_commit(struct outbox *outbox);
/* Forget the open message. */
void outbox_cancel(struct outbox *outbox);

/* A message with a payload of `need` bytes will find room without waiting. 0, or -1 (EPIPE). */
int outbox_make_room(struct outbox *outbox, size_t need) ATTR_MUST_CHECK;

/* Begin, add `length` bytes, commit; OUTPUT and ERRORS are split where they are larger than the outbox. */
int outbox_send(struct outbox *outbox, enum message_type type, uint16_t slot, uint64_t item,
                const void *bytes, size_t length) ATTR_MUST_CHECK;

/* Write what is committed: 0 all is written, 1 the pipe is full, -1 (EPIPE) the parent is gone. Never
 * waits. */
int outbox_flush(struct outbox *outbox) ATTR_MUST_CHECK;
/* Flush, waiting until all is written: 0 or -1. */
int outbox_flush_wait(struct outbox *outbox) ATTR_MUST_CHECK;

/* Worker: the parent wants it to end when its chunk is done. */
static inline bool outbox_is_to_leave(const struct outbox *outbox)
{
    return atomic_load_explicit(&outbox->shared->leave, memory_order_acquire) != 0;
}

/* Worker: it is to begin nothing for now. */
static inline bool outbox_is_paused(const struct outbox *outbox)
{
    return atomic_load_explicit(&outbox->shared->paused, memory_order_acquire) != 0;
}

/*
 * Worker: from here to outbox_may_stop it will not be stopped. False: it is to pause, and must not begin now
 * with what others would wait for.
 */
static inline bool outbox_stay_awake(const struct outbox *outbox)
{
    atomic_store(&outbox->shared->awake, 1);
    if (atomic_load(&outbox->shared->paused) == 0)
        return true;
    atomic_store(&outbox->shared->awake, 0);
    return false;
}

static inline void outbox_may_stop(const struct outbox *outbox)
{
    atomic_store(&outbox->shared->awake, 0);
}

/* Payload bytes that a message begun now could have without waiting for the parent. */
static inline size_t outbox_free(const struct outbox *outbox)
{
    size_t used = outbox->end + MESSAGE_HEADER_SIZE;
    return used < OUTBOX_SIZE ? OUTBOX_SIZE - used : 0;
}

/* Bytes of output that may go into the outbox, so that DONE and its label fit behind it; 0: too few to be
 * worth a message. */
static inline size_t outbox_output_room(const struct outbox *outbox)
{
    size_t reserve = MESSAGE_HEADER_SIZE + MESSAGE_DONE_SIZE + OUTBOX_LABEL_MAX + 512;
    size_t room = outbox_free(outbox);
    return room < 4 * KIB + reserve ? 0 : room - reserve;
}

static inline bool outbox_pending(const struct outbox *outbox)
{
    return outbox->written < outbox->end;
}

/* ---- a run of small items ---- */

/* A new chunk is at hand: no item is done. Before it is claimed, so that the counts never speak of another
 * one. */
void outbox_chunk(struct outbox *outbox);

/* The next item, number `item` of the run, begins now. 0 or -1 (EPIPE). */
int outbox_item_begin(struct outbox *outbox, uint16_t slot, uint64_t item) ATTR_MUST_CHECK;
/* It succeeded, and its output is in place (outbox_place, outbox_added). */
void outbox_item_done(struct outbox *outbox);
/* Commit what has gathered, without the item that is running. */
void outbox_end_results(struct outbox *outbox);
/* An item that is not, or no longer, answered in a RESULTS message has begun; and is done, told by a message
 * of its own (DONE). */
void outbox_item_started(struct outbox *outbox);
/* It was said to have begun, but could not: it is as before. */
void outbox_item_not_started(struct outbox *outbox);
void outbox_item_told(struct outbox *outbox);

/* ---- the parent, after the worker's death ---- */

struct buffer;

/*
 * Append to `stream` the bytes that the worker had committed and that are not among the `received` bytes that
 * came through its pipe. 0, or -1 (EBADMSG) when what stands in shared memory can't be so.
 */
int outbox_recover(struct outbox_memory memory, uint64_t received, struct buffer *stream) ATTR_MUST_CHECK;

/*
 * What the worker was at, of a chunk of `count` items of which `told` are known to be done from its messages:
 * *done items are done in truth (told <= *done), the output of the items between is appended to `output`,
 * *running tells whether the next one had begun. 0, or -1 (EBADMSG).
 */
int outbox_recover_items(struct outbox_memory memory, uint32_t count, uint32_t told, uint32_t *done,
                         bool *running, struct buffer *output) ATTR_MUST_CHECK;

#endif
