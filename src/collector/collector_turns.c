/*
 * IN_TURN: a table with as many seats as there were jobs at the start. Tasks take the seats in the order of
 * the items; whose turn it is writes one line of standard output, and waits for it if need be; the seat of
 * one that is over goes to the next task that has none. All of that is judged only when it is a seat's turn,
 * so that the order depends on nothing but what the tasks write.
 *
 * It never waits for something that can't come. Workers take tasks in the order of the items, so whoever has
 * a seat is running or will: even with fewer workers than seats, since those that run are listened to
 * meanwhile, first into memory, then into the file, until they end. Where neither is left, the pool sees to
 * it (see watch_crew in pool.c).
 */
#include "collector/collector_internal.h"

#include "base/xalloc.h"

#include <assert.h>
#include <string.h>

/* Spans that may wait; more than a window and what is in the queue. */
#define CROWD 65536

static void open_turns(struct collector *collector, unsigned window)
{
    collector->turns = (struct collector_turns){.most = window, .next = &collector->list};
    collector->turns.seats = xcalloc(window, sizeof *collector->turns.seats);
}

/* ---- seats ---- */

/* The first without a seat gets one; NULL where there is none. */
static struct collector_span *seat_next(struct collector *collector)
{
    struct collector_turns *turns = &collector->turns;
    struct collector_span *span = turns->next;
    if (span == &collector->list)
        return NULL;
    turns->next = span->next;
    return span;
}

static void pass_turn(struct collector_turns *turns)
{
    turns->at++;
    turns->begun = false;
}

/* Behind the last seat: another one, as long as there may be more; else it begins anew. False: nothing is
 * known yet. */
static bool go_round(struct collector *collector)
{
    struct collector_turns *turns = &collector->turns;
    struct collector_span *span = turns->count < turns->most ? seat_next(collector) : NULL;
    if (span != NULL)
        turns->seats[turns->count++] = span;
    else if ((turns->count < turns->most && !collector->ended) || turns->count == 0)
        return false;
    else
        turns->at = 0;
    return true;
}

/* The seat whose turn it is is empty: the next task takes it, or nobody ever will. False: that is not known
 * yet. */
static bool fill_seat(struct collector *collector)
{
    struct collector_turns *turns = &collector->turns;
    struct collector_span **seat = &turns->seats[turns->at];
    *seat = seat_next(collector);
    if (*seat != NULL)
        return true;
    if (!collector->ended)
        return false;
    turns->count--;
    memmove(seat, seat + 1, (turns->count - turns->at) * sizeof *seat);
    return true;
}

/* Whose turn it is, after everybody who is over has left; NULL: that is not known yet, or all are. */
static struct collector_span *find_turn(struct collector *collector)
{
    struct collector_turns *turns = &collector->turns;
    for (;;) {
        if (turns->at == turns->count) {
            if (!go_round(collector))
                return NULL;
            continue;
        }
        struct collector_span *span = turns->seats[turns->at];
        if (span != NULL && (!collector_is_complete(span) || span->ready.first != NULL))
            return span;
        if (span != NULL && turns->begun) {
            pass_turn(turns); /* its last line had no newline; it is over the next time */
            continue;
        }
        if (span != NULL)
            collector_remove(collector, span);
        turns->seats[turns->at] = NULL;
        if (!fill_seat(collector))
            return NULL;
    }
}

static const struct collector_span *first(const struct collector *collector)
{
    const struct collector_turns *turns = &collector->turns;
    return turns->at < turns->count ? turns->seats[turns->at] : NULL;
}

/* ---- lines ---- */

/* What an unfinished line lacks, before another task's begins. False: the sink does not take it. */
static bool close_line(struct collector *collector)
{
    struct collector_turns *turns = &collector->turns;
    if (turns->open && !turns->begun)
        turns->open = collector_offer(collector, COLLECTOR_OUTPUT, "\n", 1) == 0;
    return !turns->open || turns->begun;
}

/* The first piece, or its first line. False: the sink does not take all of it. */
static bool write_piece(struct collector *collector, struct collector_span *span)
{
    struct collector_turns *turns = &collector->turns;
    enum collector_stream stream = span->ready.first->stream;
    const char *bytes, *newline = NULL;
    ssize_t n = spool_look(&collector->spool, &span->ready, &bytes);
    if (n < 0) {
        collector->failed = true;
        return true;
    }
    size_t length = (size_t)n;
    if (stream == COLLECTOR_OUTPUT) {
        if (!close_line(collector))
            return false;
        newline = memchr(bytes, '\n', length);
        length = newline == NULL ? length : (size_t)(newline - bytes) + 1;
    }
    size_t taken = collector_offer(collector, stream, bytes, length);
    spool_take(&collector->spool, &span->ready, taken);
    if (stream == COLLECTOR_OUTPUT && taken > 0) {
        turns->begun = true;
        turns->open = newline == NULL || taken < length;
        if (!turns->open)
            pass_turn(turns);
    }
    return taken == length;
}

static void drop_if_failed(struct collector *collector, struct collector_span *span)
{
    if (collector->failed)
        spool_drop(&collector->spool, &span->ready);
}

static void pump(struct collector *collector)
{
    struct collector_span *span;
    collector->blocked = false;
    while ((span = find_turn(collector)) != NULL) {
        drop_if_failed(collector, span);
        if (span->ready.first == NULL) {
            if (!collector_is_complete(span))
                break;
            continue;
        }
        if (!write_piece(collector, span))
            break;
    }
    spool_tidy(&collector->spool);
}

/* ---- what happens ---- */

static void expect(struct collector *collector, struct collector_span *span)
{
    assert(span->count == 1);
    if (collector->turns.next == &collector->list)
        collector->turns.next = span;
    if (first(collector) == NULL)
        collector_pump(collector);
}

static bool has_turn(const struct collector *collector, const struct collector_span *span)
{
    return first(collector) == span;
}

static void add(struct collector *collector, struct collector_span *span, enum collector_stream stream,
                const char *bytes, size_t length)
{
    /* Whose turn it is has no line left: its next one is on its way out. */
    spool_add(&collector->spool, &span->ready, stream, bytes, length, has_turn(collector, span));
    if (has_turn(collector, span))
        collector_pump(collector);
}

static void done(struct collector *collector, struct collector_span *span, uint64_t items)
{
    (void)items;
    if (has_turn(collector, span))
        collector_pump(collector);
}

const struct collector_way collector_turns = {.open = open_turns,
                                              .expect = expect,
                                              .add = add,
                                              .done = done,
                                              .pump = pump,
                                              .first = first,
                                              .crowd = CROWD,
                                              .singly = true};
