/*
 * filter_internal: one process of a filter, shared by the files that deal with it and by nobody else.
 *
 *     filter.c          its life: how it is started, when it gets more, what it waits for, its end
 *     filter_chunks.c   the chunks that it holds: their items, framed and sent
 *     filter_answers.c  what is told of items: their answers, and those that get none
 */
#ifndef CPOOL_FILTER_INTERNAL_H
#define CPOOL_FILTER_INTERNAL_H

#include "worker/child.h"
#include "worker/filter.h"

/* A chunk that is not answered whole. */
struct filter_held {
    struct filter_held *next;
    struct queue_chunk chunk;
    unsigned slot;
    struct items unsent, unanswered;
    uint32_t sent, answered; /* answered <= sent <= chunk.count; those that are left out count, too */
    bool anew;               /* its items had to be framed anew: some may be such as can't be */
    bool *left_out;    /* owned: of each item, whether it had been done before the run; NULL: none had */
    nanoseconds since; /* where tasks are observed: when it was claimed */
};

/* One process of the filter. */
struct filter_process {
    struct child child;
    struct filter *filter;
    enum filter_framing framing;
    struct filter_held *first, **last; /* in the order of their claims */
    unsigned held;
    struct buffer feed;    /* items that had to be framed anew; what the stdin_writer writes */
    struct buffer answers; /* read, and not yet told */
    struct buffer item;    /* one put together of several */
    bool input_ended;      /* by us: it is to answer what it has, and to end */
    bool alone;            /* it is for one item, which has failed before */
    uint64_t missing;      /* items that were sent and have no answer */
    bool buffers;          /* it is known to keep answers back */
    bool answered;
    bool asked;           /* the parent has been told that there is nothing to be claimed */
    bool enough;          /* it is to get no more: there is none, or not for this process */
    const char *nonsense; /* what is wrong with its answers */
    nanoseconds moved;    /* when it last took or gave something */
    nanoseconds told;     /* where tasks are observed: when the last answer was told */
    nanoseconds look_pause, look_at;
    nanoseconds counted;   /* the time up to which work was counted */
    nanoseconds lacked_at; /* since when there was nothing for it; 0: there is */
};

static inline struct outbox *filter_outbox(const struct filter_process *process)
{
    return process->child.command->link.outbox;
}

static inline bool filter_is_left_out(const struct filter_held *held, uint32_t index)
{
    return held->left_out != NULL && index < held->chunk.count && held->left_out[index];
}

/* Answers are missing. */
static inline bool filter_owes(const struct filter_process *process)
{
    return process->first != NULL && process->first->answered < process->first->sent;
}

/* The next item as the filter gets it, without its frame; its bytes may be in `item`. */
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

/* The chunk in `slot` is this worker's: it comes behind those that are held. */
void filter_hold(struct filter_process *process, unsigned slot, const struct queue_chunk *chunk);
/* The oldest has been answered, or handed back. */
void filter_drop_first(struct filter_process *process);
/* The first that has items to be sent; NULL: there is none, or its turn has not come. */
struct filter_held *filter_first_unsent(const struct filter_process *process);
/* where tasks are observed: what the item is. */
void filter_find_content(struct filter_process *process, uint64_t number, struct item item);
/* Go past the next item as if it had been sent, where it is left out; false: it is not. */
bool filter_pass_left_out(struct filter_held *held);
/* Give the stdin_writer, which has nothing, what comes next; false: there is nothing, or its turn has not
 * come. */
bool filter_feed(struct filter_process *process);

/* ---- filter_answers.c ---- */

/*
 * Tell of those whose turn to be answered has come, but that were left out: after each change of what is sent
 * or answered, so that the first without an answer never is one.
 */
void filter_tell_left_out(struct filter_process *process);
/* As the function above, and of items that no filter can be given. */
void filter_tell_unsent(struct filter_process *process);
/* Match what has come; `nonsense` where it makes no sense. */
void filter_take_answers(struct filter_process *process);
/* The last answer may lack its end, where the filter has done well. */
void filter_end_last_answer(struct filter_process *process, const struct message_done *ended);
/* It has ended so: the first item without an answer is to blame; what else it had begun fails, too. */
void filter_fail_begun(struct filter_process *process, const struct message_done *ended);
/* What is not begun is somebody else's again: nothing is held any more. */
void filter_hand_back(struct filter_process *process);

#endif
