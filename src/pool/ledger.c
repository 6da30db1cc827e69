#include "pool/ledger.h"

#include "base/xalloc.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

void ledger_init(struct ledger *ledger, struct queue *queue, struct arena *arena, struct collector *collector)
{
    *ledger = (struct ledger){.queue = queue, .arena = arena, .collector = collector};
    ledger->slots = xcalloc((size_t)queue->slot_count, sizeof *ledger->slots);
    ledger->waiting_end = &ledger->waiting;
}

static void free_list(struct ledger_chunk *chunk)
{
    while (chunk != NULL) {
        struct ledger_chunk *next = chunk->next;
        free(chunk);
        chunk = next;
    }
}

void ledger_release(struct ledger *ledger)
{
    for (unsigned i = 0; i < ledger->slots_used; i++)
        free(ledger->slots[i]);
    free(ledger->slots);
    free_list(ledger->waiting);
    free_list(ledger->postponed);
    *ledger = (struct ledger){0};
}

void ledger_add(struct ledger *ledger, const struct queue_chunk *what, struct arena_block *block)
{
    struct ledger_chunk *chunk = xmalloc(sizeof *chunk);
    *chunk = (struct ledger_chunk){.what = *what, .block = block};
    chunk->span = collector_expect(ledger->collector, what->first, what->count);
    *ledger->waiting_end = chunk;
    ledger->waiting_end = &chunk->next;
}

/* In the order of the items: the search is short, since only what comes back is put in here. */
static void wait_again(struct ledger *ledger, struct ledger_chunk *chunk)
{
    struct ledger_chunk **at = &ledger->waiting;
    while (*at != NULL && (*at)->what.first < chunk->what.first)
        at = &(*at)->next;
    chunk->next = *at;
    *at = chunk;
    if (chunk->next == NULL)
        ledger->waiting_end = &chunk->next;
}

/* How the items of a chunk are walked over. */
static struct items items_of(const struct ledger *ledger, const struct queue_chunk *what)
{
    const char *bytes = what->delimiter == ITEMS_RANGE ? NULL : ledger->arena->memory + what->offset;
    return (struct items){bytes, what->length, what->delimiter};
}

/* How many bytes the first `tasks` tasks of a chunk take. */
static size_t bytes_of(const struct ledger *ledger, const struct queue_chunk *what, uint32_t tasks)
{
    struct items items = items_of(ledger, what);
    items_skip(&items, (uint64_t)tasks * what->batch);
    return what->length - items.length;
}

/* Cut the chunk behind its first `keep` tasks; the rest is returned as a chunk of its own. */
static struct ledger_chunk *cut(struct ledger *ledger, struct ledger_chunk *chunk, uint32_t keep)
{
    struct ledger_chunk *rest = xmalloc(sizeof *rest);
    size_t bytes = bytes_of(ledger, &chunk->what, keep);

    *rest = (struct ledger_chunk){.what = chunk->what, .block = chunk->block};
    rest->what.first += keep;
    rest->what.count -= keep;
    rest->what.offset += bytes;
    rest->what.length -= bytes;
    rest->span = collector_split(ledger->collector, chunk->span, keep);
    if (rest->block != NULL)
        arena_use(rest->block);
    chunk->what.count = keep;
    chunk->what.length = bytes;
    return rest;
}

bool ledger_publish(struct ledger *ledger, uint32_t most)
{
    struct ledger_chunk *chunk = ledger->waiting;
    if (chunk == NULL)
        return false;

    struct queue_chunk part = chunk->what;
    if (part.count > most) {
        part.count = most;
        part.length = bytes_of(ledger, &chunk->what, most);
    }
    int slot = queue_publish(ledger->queue, &part);
    if (slot < 0)
        return false;

    ledger->waiting = chunk->next;
    if (ledger->waiting == NULL)
        ledger->waiting_end = &ledger->waiting;
    if (part.count < chunk->what.count)
        wait_again(ledger, cut(ledger, chunk, part.count));
    chunk->next = NULL;
    ledger->slots[slot] = chunk;
    ledger->slots_used = ledger->slots_used > (unsigned)slot ? ledger->slots_used : (unsigned)slot + 1;
    ledger->outstanding++;
    return true;
}

struct ledger_chunk *ledger_check(const struct ledger *ledger, unsigned worker, unsigned slot, uint64_t item)
{
    if (slot >= ledger->queue->slot_count || ledger->slots[slot] == NULL ||
        queue_owner(ledger->queue, slot) != (int)worker)
        return NULL;
    struct ledger_chunk *chunk = ledger->slots[slot];
    return item == chunk->what.first + chunk->done ? chunk : NULL;
}

struct ledger_chunk *ledger_claimed_by(const struct ledger *ledger, unsigned worker, unsigned *slot)
{
    for (unsigned i = 0; i < ledger->slots_used; i++)
        if (ledger->slots[i] != NULL && queue_owner(ledger->queue, i) == (int)worker) {
            *slot = i;
            return ledger->slots[i];
        }
    return NULL;
}

/* The slot is free again; its chunk is no longer the ledger's. */
static struct ledger_chunk *clear_slot(struct ledger *ledger, unsigned slot)
{
    struct ledger_chunk *chunk = ledger->slots[slot];
    ledger->slots[slot] = NULL;
    ledger->outstanding--;
    queue_release(ledger->queue, slot);
    return chunk;
}

static void drop_chunk(struct ledger *ledger, unsigned slot)
{
    struct ledger_chunk *chunk = clear_slot(ledger, slot);
    if (chunk->block != NULL)
        arena_unuse(ledger->arena, chunk->block);
    free(chunk);
}

void ledger_forget_bytes(struct ledger *ledger, unsigned slot)
{
    struct ledger_chunk *chunk = ledger->slots[slot];
    if (chunk->block != NULL)
        arena_unuse(ledger->arena, chunk->block);
    chunk->block = NULL;
}

void ledger_done(struct ledger *ledger, unsigned slot, uint32_t tasks)
{
    struct ledger_chunk *chunk = ledger->slots[slot];
    assert(tasks <= chunk->what.count - chunk->done);
    chunk->done += tasks;
    /* The span may be gone after this. */
    collector_done(ledger->collector, chunk->span, tasks);
    if (chunk->done == chunk->what.count)
        drop_chunk(ledger, slot);
}

/* The span of the chunk's next task alone; what is behind it becomes the chunk's. */
static struct collector_span *take_out_span(struct ledger *ledger, struct ledger_chunk *chunk)
{
    struct collector_span *span = chunk->span;
    collector_forget(ledger->collector, span);
    if (span->done > 0)
        span = collector_split(ledger->collector, span, span->done);
    chunk->span = span->count > 1 ? collector_split(ledger->collector, span, 1) : NULL;
    return span;
}

void ledger_postpone(struct ledger *ledger, unsigned slot, nanoseconds due)
{
    struct ledger_chunk *chunk = ledger->slots[slot];
    struct ledger_chunk *again = xmalloc(sizeof *again);
    size_t before = bytes_of(ledger, &chunk->what, chunk->done);

    *again = (struct ledger_chunk){.what = chunk->what, .block = chunk->block, .due = due};
    again->tries = (chunk->done == 0 ? chunk->tries : 0) + 1;
    again->what.first += chunk->done;
    again->what.count = 1;
    again->what.tries = again->tries;
    again->what.offset += before;
    again->what.length = bytes_of(ledger, &chunk->what, chunk->done + 1) - before;
    again->span = take_out_span(ledger, chunk);
    if (again->block != NULL)
        arena_use(again->block);

    struct ledger_chunk **at = &ledger->postponed;
    while (*at != NULL && (*at)->due <= due)
        at = &(*at)->next;
    again->next = *at;
    *at = again;

    chunk->done++;
    if (chunk->done == chunk->what.count)
        drop_chunk(ledger, slot);
}

void ledger_wake_due(struct ledger *ledger, nanoseconds now)
{
    while (ledger->postponed != NULL && ledger->postponed->due <= now) {
        struct ledger_chunk *chunk = ledger->postponed;
        ledger->postponed = chunk->next;
        wait_again(ledger, chunk);
    }
}

void ledger_take_back(struct ledger *ledger, unsigned slot)
{
    struct ledger_chunk *chunk = clear_slot(ledger, slot);
    size_t bytes = bytes_of(ledger, &chunk->what, chunk->done);

    collector_forget(ledger->collector, chunk->span);
    if (chunk->span->done > 0)
        chunk->span = collector_split(ledger->collector, chunk->span, chunk->span->done);
    if (chunk->done > 0)
        chunk->tries = 0;
    chunk->what.first += chunk->done;
    chunk->what.count -= chunk->done;
    chunk->what.offset += bytes;
    chunk->what.length -= bytes;
    chunk->done = 0;
    wait_again(ledger, chunk);
}

struct item ledger_item(const struct ledger *ledger, const struct ledger_chunk *chunk, uint32_t index)
{
    struct items items = items_of(ledger, &chunk->what);
    struct item item = {items.bytes, 0};
    if (chunk->what.delimiter <= ITEMS_BLOCK)
        return (struct item){"block", strlen("block")};
    items_skip(&items, (uint64_t)index * chunk->what.batch);
    (void)items_next(&items, &item);
    return item;
}

struct items ledger_task_items(const struct ledger *ledger, const struct ledger_chunk *chunk, uint32_t index)
{
    struct items items = items_of(ledger, &chunk->what), rest;
    if (chunk->block == NULL && items.delimiter != ITEMS_RANGE)
        return (struct items){NULL, 0, items.delimiter};
    if (items.delimiter <= ITEMS_BLOCK)
        return items;
    items_skip(&items, (uint64_t)index * chunk->what.batch);
    rest = items;
    items_skip(&rest, chunk->what.batch);
    items.length -= rest.length;
    return items;
}

/* The first chunk that a worker has: NULL where none has any. */
static struct ledger_chunk *first_claimed(const struct ledger *ledger)
{
    struct ledger_chunk *first = NULL;
    for (unsigned i = 0; i < ledger->slots_used; i++) {
        struct ledger_chunk *chunk = ledger->slots[i];
        if (chunk != NULL && queue_owner(ledger->queue, i) >= 0 &&
            (first == NULL || chunk->what.first < first->what.first))
            first = chunk;
    }
    return first;
}

int ledger_first_owner(struct ledger *ledger)
{
    const struct collector_span *first = collector_first(ledger->collector);
    if (first == NULL && collector_is_free(ledger->collector)) {
        struct ledger_chunk *chunk = first_claimed(ledger);
        if (chunk != NULL)
            collector_prefer(ledger->collector, chunk->span);
        first = collector_first(ledger->collector);
    }
    for (unsigned i = 0; first != NULL && i < ledger->slots_used; i++)
        if (ledger->slots[i] != NULL && ledger->slots[i]->span == first)
            return queue_owner(ledger->queue, i);
    return -1;
}
