/*
 * collector: results in any order in, output in the order of the items out.
 *
 * The parent tells it of each chunk when it is handed out (collector_expect), so that a span for it stands in
 * a list in the order of the items. What tasks write is added to their span: the first span's output passes
 * straight through, that of later ones is kept, in memory up to a cap in all, then in an unlinked temporary
 * file. A span that is complete joins its complete neighbours, so that there are never more spans than chunks
 * under way, however far the others are ahead of a slow first one.
 *
 * Order of calls: collector_init; collector_expect, collector_add and collector_done as things happen;
 * collector_pump when the output can be written again; collector_release. All calls are cheap but for the
 * writing.
 *
 * Where output goes is the caller's business: `write` takes as much as can be written without waiting.
 */
#ifndef CPOOL_COLLECTOR_H
#define CPOOL_COLLECTOR_H

#include "base/buffer.h"

#include <sys/types.h>

enum collector_stream { COLLECTOR_OUTPUT, COLLECTOR_ERRORS, COLLECTOR_STREAMS };

struct collector_sink {
    /* Returns the bytes taken: fewer than `length` when it would have to wait; -1 when the output is lost for
     * good. */
    ssize_t (*write)(void *context, enum collector_stream stream, const char *bytes, size_t length);
    void *context;
};

/* A piece of kept output. */
struct collector_piece {
    struct collector_piece *next;
    enum collector_stream stream;
    off_t offset;    /* in the file; -1: the bytes are here */
    size_t length;   /* bytes not yet delivered */
    size_t start;    /* in memory: the first of them */
    size_t capacity; /* bytes of memory behind this struct */
    char bytes[];
};

struct collector_pieces {
    struct collector_piece *first, *last;
};

/* A run of consecutive items, in the list in order; neighbours touch. */
struct collector_span {
    struct collector_span *previous, *next;
    uint64_t first, count, done; /* items first … first + count - 1, of which the first `done` have ended */
    struct collector_pieces ready;     /* of items that have ended, or that may be shown before */
    struct collector_pieces tentative; /* of the item that is next, where it may yet be tried again */
};

struct collector {
    struct collector_sink sink;
    struct collector_span list; /* its head: next is the first span that is not yet out */
    size_t held, cap;           /* bytes kept in memory, those of the structs included; and how many may be */
    const char *directory;      /* for the file; not owned */
    int file;                   /* -1 until it is needed */
    off_t file_end;             /* behind the last byte in use */
    off_t file_held;            /* bytes in it not yet delivered */
    bool tentative;             /* an item's output is shown only when it has ended: it may be tried again */
    struct buffer
        gathered;     /* small pieces of standard output on their way to the sink: they go out together */
    uint64_t written; /* bytes that the sink has taken */
    bool blocked;     /* the sink wants us to wait */
    bool failed;      /* the sink has failed; everything is dropped from now on */
    bool file_failed; /* the file can't be written at present; file_error says why */
    int file_error;
};

void collector_init(struct collector *collector, const struct collector_sink *sink, size_t cap,
                    const char *directory);
void collector_release(struct collector *collector);

/* A chunk of items is on its way: its span is put behind all others, whose items come before it. */
struct collector_span *collector_expect(struct collector *collector, uint64_t first, uint64_t count);

/*
 * Items of the span go another way: it keeps its first `keep` (at least those that are done), the others get
 * a span of their own, which is returned. Where all that it keeps is done, the span itself is gone.
 */
struct collector_span *collector_split(struct collector *collector, struct collector_span *span,
                                       uint64_t keep);

/* Output of the item that is next in the span. */
void collector_add(struct collector *collector, struct collector_span *span, enum collector_stream stream,
                   const char *bytes, size_t length);

/* What the span's next item has written is forgotten: it will be tried again. Only with `tentative`. */
void collector_forget(struct collector *collector, struct collector_span *span);

/* The span's next `items` items have ended. The span is gone when all have. */
void collector_done(struct collector *collector, struct collector_span *span, uint64_t items);

/* Write what is ready, as far as the sink takes it. */
void collector_pump(struct collector *collector);

/* Small pieces wait for each other until this is called: before each time that nothing more is at hand. */
void collector_flush(struct collector *collector);

/* No more items will end: what has been kept goes out, in order, as if all had. */
void collector_abandon(struct collector *collector);

/* Nothing waits to be written for now. */
bool collector_is_drained(const struct collector *collector);

/*
 * Number of the item that is first in line, plus 1, where nothing that came before is kept: who does it may write where the sink
 * does. 0: there is none.
 */
uint64_t collector_head(const struct collector *collector);

/*
 * How much more may be taken from workers now. Less than all means back-pressure: leave it in their pipes,
 * hand out no more chunks, and ask again after the next collector_done or collector_pump.
 */
enum collector_appetite { COLLECTOR_WANTS_NOTHING, COLLECTOR_WANTS_FIRST, COLLECTOR_WANTS_ALL };
enum collector_appetite collector_appetite(const struct collector *collector);

/* The first span that is not out; NULL when there is none. */
const struct collector_span *collector_first(const struct collector *collector);

#endif
