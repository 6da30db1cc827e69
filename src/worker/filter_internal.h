/*
 * filter_internal: one process of a filter, shared by the files that deal with it and by nobody else.
 *
 *     filter.c          the life of the process: start, when it gets more items, what it waits for, end
 *     filter_chunks.c   the chunks that it holds: their items, framed and sent
 *     filter_answers.c  what the parent is told of items: their answers, or why they have none
 */
#ifndef CPOOL_FILTER_INTERNAL_H
#define CPOOL_FILTER_INTERNAL_H

#include "worker/child.h"
#include "worker/filter.h"

/* A claimed chunk, from its claim until all of its items have been answered for. */
struct filter_held {
    struct filter_held *next;
    struct queue_chunk chunk;
    unsigned slot;
    struct items unsent, unanswered;
    uint32_t sent,
        answered;      /* items; answered <= sent <= chunk.count; items that are left out count as both */
    bool anew;         /* the items are framed one by one, and some may be impossible to frame */
    bool *left_out;    /* owned: for each item, whether an earlier run had done it; NULL: none was */
    nanoseconds since; /* where tasks are observed: when the chunk was claimed */
};

/* One process of the filter, and the items that are under way in it. */
struct filter_process {
    struct child child;
    struct filter *filter;
    enum filter_framing framing;
    struct filter_held *first, **last; /* in the order of their claims */
    unsigned held;
    struct buffer feed;    /* owned: framed items, where the arena's bytes can't be written as they are */
    struct buffer answers; /* owned: bytes read from it that are no whole answer yet */
    struct buffer item;    /* owned: an item that was joined of several (-n) */
    bool input_ended;      /* its stdin has been closed, so that it answers what it has and ends */
    bool alone;            /* it was started for one item only, one that has failed before */
    uint64_t missing;      /* items that were sent and have no answer */
    bool buffers;          /* it has been seen to keep answers back */
    bool answered;         /* at least one answer has come */
    bool asked;            /* the parent has been told that this worker finds nothing to claim */
    bool enough;           /* nothing more is claimed for this process */
    const char *nonsense;  /* what is wrong with its answers; NULL: nothing */
    nanoseconds moved;     /* when it last took input or gave output */
    nanoseconds told;      /* where tasks are observed: when the last answer was passed on */
    nanoseconds look_pause, look_at; /* when to look next whether it waits for input; the pauses grow */
    nanoseconds counted;             /* up to this time its work has been counted */
    nanoseconds lacked_at;           /* since when there has been nothing for it; 0: there is something */
};

static inline struct outbox *filter_outbox(const struct filter_process *process)
{
    return process->child.command->link.outbox;
}

static inline bool filter_is_left_out(const struct filter_held *held, uint32_t index)
{
    return held->left_out != NULL && index < held->chunk.count && held->left_out[index];
}

/* Whether items have been sent that have no answer yet. */
static inline bool filter_owes(const struct filter_process *process)
{
    return process->first != NULL && process->first->answered < process->first->sent;
}

/* The next of `items` as the filter gets it, without its frame. Its bytes may lie in `item` of the process:
 * they are good until the next call. */
static inline struct item filter_next_item(struct filter_process *process, const struct queue_chunk *chunk,
                                           struct items *items)
{
    struct item item = {"", 0};
    if (chunk->batch > 1)
        return items_join(items, chunk->batch, &process->item);
    (void)items_next(items, &item);
    return item;
}

/* ---- filter_chunks.c ---- */

/* Append a chunk that has been claimed, the one in `slot`, to those that are held. */
void filter_hold(struct filter_process *process, unsigned slot, const struct queue_chunk *chunk);
/* Remove the oldest chunk: all of it has been answered for, or it was handed back. */
void filter_drop_first(struct filter_process *process);
/* The oldest chunk with items to send; NULL: there is none, or an earlier one must be answered first. */
struct filter_held *filter_first_unsent(const struct filter_process *process);
/* Where tasks are observed: find the item's task key. */
void filter_find_content(struct filter_process *process, uint64_t number, struct item item);
/* If the next item is left out, count it as sent and return true. */
bool filter_pass_left_out(struct filter_held *held);
/* Give the idle stdin_writer the next items. Returns false if there are none to be sent now. */
bool filter_feed(struct filter_process *process);

/* ---- filter_answers.c ---- */

/*
 * Answer for the items at the front that are left out. Called after each change of `sent` or `answered`, so
 * that the first item without an answer is never one of them.
 */
void filter_tell_left_out(struct filter_process *process);
/* The same, and also for items at the front that can't be framed, which fail. */
void filter_tell_unsent(struct filter_process *process);
/* Match the answers that have been read with the items sent; where they can't be, `nonsense` is set. */
void filter_take_answers(struct filter_process *process);
/* The filter has ended: an answer that lacks only its end counts, if the filter has succeeded. */
void filter_end_last_answer(struct filter_process *process, const struct message_done *ended);
/* The process has ended as `ended` says, with items unanswered: the first of them is to blame, the others
 * that it had been sent fail with it. */
void filter_fail_begun(struct filter_process *process, const struct message_done *ended);
/* Give items that were not sent back to the queue, for another process. Nothing is held any more. */
void filter_hand_back(struct filter_process *process);

#endif
