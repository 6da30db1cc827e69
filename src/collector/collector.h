/*
 * collector: results in any order in, output in the order out that the user wants.
 *
 * The parent tells it of each chunk when it is handed out (collector_expect), so that a span for it stands in
 * a list in the order of the items. What tasks write is added to their span, and passes straight through
 * where its turn is; else it is kept (spool.h), in memory up to a cap in all, then in an unlinked temporary
 * file.
 *
 *     IN_ORDER      (collector_in_order.c) The first span's output passes, that of later ones is kept. A span
 *                   that is complete joins its complete neighbours, so that there are never more spans than
 *                   chunks under way, however far the others are ahead of a slow first one.
 *     AS_COMPLETED  (collector_mixed.c) What an item has written passes when the item has ended.
 *     BY_LINE       (the same) Whole lines of all items pass as they come, on each stream for itself; the
 *                   unfinished last line of an item when it has ended.
 *     IN_TURN       (collector_turns.c) One line of standard output of each item of a window, round and
 *                   round. Each span has one item.
 *
 * Order of calls: collector_init; what is to be set before the first span (`tentative`, `painted`);
 * collector_expect, collector_add and collector_done as things happen, collector_end when no more is
 * expected; collector_pump when the output can be written again; collector_release. All calls are cheap but
 * for the writing.
 *
 * Where output goes is the caller's business: `write` takes as much as can be written without waiting.
 */
#ifndef CPOOL_COLLECTOR_H
#define CPOOL_COLLECTOR_H

#include "base/buffer.h"
#include "collector/spool.h"

enum collector_stream {
    COLLECTOR_OUTPUT,
    COLLECTOR_ERRORS,
    COLLECTOR_STREAMS,
    COLLECTOR_NOTES = COLLECTOR_STREAMS /* no output: see collector_note */
};

enum collector_order {
    COLLECTOR_IN_ORDER,
    COLLECTOR_AS_COMPLETED,
    COLLECTOR_BY_LINE,
    COLLECTOR_IN_TURN,
    COLLECTOR_ORDERS
};

struct collector_sink {
    /* Returns the bytes taken: fewer than `length` when it would have to wait; -1 when the output is lost for
     * good. */
    ssize_t (*write)(void *context, enum collector_stream stream, const char *bytes, size_t length);
    void *context;
};

/* A run of consecutive items, in the list in order; neighbours touch. */
struct collector_span {
    struct collector_span *previous, *next;
    uint64_t first, count, done; /* items first … first + count - 1, of which the first `done` have ended */
    struct spool_pieces
        ready; /* output of items that have ended, and what of the next one may be shown before */
    struct spool_pieces tentative; /* with `tentative`: output of the next item, until that has ended */
    struct spool_pieces unfinished[COLLECTOR_STREAMS]; /* BY_LINE: the beginning of a line, on each stream */
};

/* IN_TURN: a table at which the spans of a window sit; each in its turn says one line. */
struct collector_turns {
    struct collector_span **seats; /* owned; a seat is NULL after its item, until the next one is known */
    size_t count, most;            /* seats taken so far, and the number of seats */
    size_t at;                     /* the seat whose turn it is; `count`: that of an item not known yet */
    struct collector_span *next;   /* the first span without a seat; the list's head: there is none */
    bool begun;                    /* a part of this turn's line is out */
    bool open;                     /* the last line on standard output has no newline yet */
};

struct collector_way;

struct collector {
    struct collector_sink sink;
    const struct collector_way *way; /* the row of functions and properties of the order */
    struct collector_span list;      /* the list's head; its `next` is the first span that is not yet out */
    size_t spans;                    /* the number of spans in the list */
    struct spool spool;
    bool tentative;   /* an item's output is shown only when it has ended: it may be tried again */
    bool whole_only;  /* what an item has written is worth nothing without its end; with `tentative` only */
    unsigned painted; /* streams, as bits, on which output of failed items is red; with `tentative` only */
    bool ended;       /* no more spans will come */
    struct buffer gathered; /* owned: small pieces of standard output, which go to the sink together */
    uint64_t written;       /* bytes that the sink has taken */
    bool blocked;           /* the sink has taken less than it was given: wait until it can be written */
    bool failed;            /* the sink has failed; everything is dropped from now on */
    /* AS_COMPLETED and BY_LINE */
    struct spool_pieces out;         /* output to be written next */
    struct collector_span *head;     /* the span preferred by collector_prefer; NULL: none */
    bool in_line[COLLECTOR_STREAMS]; /* the head has written a part of a line on that stream */
    struct spool_pieces later;       /* output to be written when the head's item has ended */
    struct collector_turns turns;    /* IN_TURN only */
};

/* `window`: for IN_TURN, the number of seats, at least 1. `cap`: bytes kept in memory. `directory` for the
 * file behind that, not owned. */
void collector_init(struct collector *collector, const struct collector_sink *sink,
                    enum collector_order order, unsigned window, size_t cap, const char *directory);
void collector_release(struct collector *collector);

/* A chunk of items is on its way: its span is put behind all others, whose items come before it. */
struct collector_span *collector_expect(struct collector *collector, uint64_t first, uint64_t count);

/*
 * Items of the span go another way: it keeps its first `keep` (at least those that are done), the others get
 * a span of their own, which is returned. Where all that it keeps is done, the span itself is gone.
 */
struct collector_span *collector_split(struct collector *collector, struct collector_span *span,
                                       uint64_t keep);

/* Add output of the span's next item. */
void collector_add(struct collector *collector, struct collector_span *span, enum collector_stream stream,
                   const char *bytes, size_t length);

/*
 * The sink is to be told this once all that the span's next item has written is out: on the way to it, it is
 * nothing but a piece of another stream. The sink takes all of it, perhaps piece by piece. Only with
 * `tentative`.
 */
void collector_note(struct collector *collector, struct collector_span *span, const char *bytes,
                    size_t length);

/* What the span's next item has written is forgotten: it will be tried again. Only with `tentative`. */
void collector_forget(struct collector *collector, struct collector_span *span);

/* The span's next item, which is about to end, has failed for good: what it has written is shown as `painted`
 * says. */
void collector_paint(struct collector *collector, struct collector_span *span);

/* The span's next `items` items have ended. The span is gone when all have. */
void collector_done(struct collector *collector, struct collector_span *span, uint64_t items);

/* No more spans will come. */
void collector_end(struct collector *collector);

/* Write what is ready, as far as the sink takes it. */
void collector_pump(struct collector *collector);

/* Small pieces wait for each other until this is called: before each time that nothing more is at hand. */
void collector_flush(struct collector *collector);

/* No more items will end: what has been kept goes out, in order, as if all had. */
void collector_abandon(struct collector *collector);

/* Every item has ended, and all that was written is out. */
bool collector_is_out(const struct collector *collector);

/* Nothing waits to be written for now. */
bool collector_is_drained(const struct collector *collector);

/* IN_TURN: so many items wait behind one that is slow that no new ones are to come. */
bool collector_is_crowded(const struct collector *collector);

/*
 * Number of the item that is first in line, plus 1, where nothing that came before is kept: who does it may
 * write where the sink does. 0: there is none.
 */
uint64_t collector_head(const struct collector *collector);

/*
 * How much more may be taken from workers now. Less than all means back-pressure: leave it in their pipes,
 * hand out no more chunks, and ask again after the next collector_done or collector_pump. FIRST: memory and
 * disk are full, and only output of the span that collector_first tells passes through. Where it tells none,
 * it is to be chosen with collector_prefer.
 */
enum collector_appetite { COLLECTOR_WANTS_NOTHING, COLLECTOR_WANTS_FIRST, COLLECTOR_WANTS_ALL };
enum collector_appetite collector_appetite(const struct collector *collector);

/* The span that all others wait for; NULL: there is none, or it is not known yet. */
const struct collector_span *collector_first(const struct collector *collector);

/* Whether items may be done in any order: any span may be the one that passes through. */
bool collector_is_free(const struct collector *collector);

/* Whether each item must have a span of its own. */
bool collector_is_singly(const struct collector *collector);

/*
 * Only where it is free, and no other is preferred: what this span's next item writes passes through as it
 * comes, and what others have written waits until it has ended, so that this much can be done without any
 * more memory.
 */
void collector_prefer(struct collector *collector, struct collector_span *span);

#endif
