#include "unit.h"

#include "base/buffer.h"
#include "pool/ledger.h"

#define SLOTS 4

static struct queue queue;
static struct arena arena;
static struct collector collector;
static struct ledger ledger;
static struct buffer out;
static uint64_t next_item;

static ssize_t write_out(void *context, enum collector_stream stream, const char *bytes, size_t length)
{
    (void)stream;
    buffer_append(context, bytes, length);
    return (ssize_t)length;
}

static void begin(void)
{
    const struct collector_sink sink = {write_out, &out};
    ck_assert_int_eq(queue_create(&queue, 4, SLOTS, 64 * KIB), 0);
    arena_init(&arena, queue.arena, queue.arena_size);
    collector_init(&collector, &sink, COLLECTOR_IN_ORDER, 1, MIB, "/tmp");
    buffer_init(&out);
    ledger_init(&ledger, &queue, &arena, &collector);
    next_item = 0;
}

static void end(void)
{
    ledger_release(&ledger);
    collector_release(&collector);
    arena_release(&arena);
    queue_destroy(&queue);
    buffer_release(&out);
}

/* A chunk of `count` tasks of `batch` items, which are the lines of `text`. */
static struct arena_block *add_lines(const char *text, uint32_t count, uint32_t batch)
{
    size_t length = strlen(text);
    struct arena_block *block = arena_allocate(&arena, length, false);
    ck_assert_ptr_nonnull(block);
    memcpy(arena_bytes(&arena, block), text, length);
    const struct queue_chunk chunk = {.first = next_item,
                                      .count = count,
                                      .batch = batch,
                                      .offset = block->offset,
                                      .length = length,
                                      .delimiter = '\n'};
    next_item += count;
    ledger_add(&ledger, &chunk, block);
    return block;
}

/* `worker` claims the oldest: it is items `first` to `first + count - 1`, with these bytes. */
static unsigned claim(unsigned worker, uint64_t first, uint32_t count, const char *text)
{
    struct queue_chunk chunk;
    unsigned slot;
    ck_assert_int_eq(queue_claim(&queue, worker, &slot, &chunk), QUEUE_CLAIMED);
    ck_assert_uint_eq(chunk.first, first);
    ck_assert_uint_eq(chunk.count, count);
    ck_assert_uint_eq(chunk.length, strlen(text));
    ck_assert_mem_eq(queue.arena + chunk.offset, text, chunk.length);
    return slot;
}

static void expect_nothing_published(void)
{
    struct queue_chunk chunk;
    unsigned slot;
    ck_assert_int_eq(queue_claim(&queue, 0, &slot, &chunk), QUEUE_EMPTY);
}

/* The task at hand writes `text` and ends. */
static void answer(unsigned worker, unsigned slot, uint64_t item, const char *text)
{
    struct ledger_chunk *chunk = ledger_check(&ledger, worker, slot, item);
    ck_assert_ptr_nonnull(chunk);
    collector_add(&collector, chunk->span, COLLECTOR_OUTPUT, text, strlen(text));
    ledger_done(&ledger, slot, 1);
}

static void expect_output(const char *text)
{
    collector_flush(&collector);
    buffer_append_byte(&out, '\0');
    ck_assert_str_eq(buffer_bytes(&out), text);
    buffer_clear(&out);
}

/* Everything has gone through: nothing is held by anybody. */
static void expect_all_over(void)
{
    ck_assert(!ledger_has_waiting(&ledger));
    ck_assert_uint_eq(ledger.outstanding, 0);
    ck_assert_ptr_null(collector_first(&collector));
    ck_assert_ptr_eq(arena.edge.next, &arena.edge);
}

START_TEST(a_chunk_goes_its_way)
{
    ck_assert(!ledger_has_waiting(&ledger));
    ck_assert(!ledger_publish(&ledger, 1));
    add_lines("a\nbb\nc", 3, 1);
    ck_assert(ledger_has_waiting(&ledger));
    ck_assert(ledger_publish(&ledger, 3));
    ck_assert(!ledger_has_waiting(&ledger));
    ck_assert_uint_eq(ledger.outstanding, 1);
    ck_assert_int_eq(ledger_first_owner(&ledger), -1);
    unsigned slot = claim(2, 0, 3, "a\nbb\nc");
    ck_assert_int_eq(ledger_first_owner(&ledger), 2);
    answer(2, slot, 0, "A");
    answer(2, slot, 1, "B");
    expect_output("AB");
    answer(2, slot, 2, "C");
    expect_output("C");
    ck_assert_int_eq(queue_owner(&queue, slot), -1);
    ck_assert_int_eq(ledger_first_owner(&ledger), -1);
    expect_all_over();
}
END_TEST

START_TEST(a_chunk_is_published_in_parts)
{
    add_lines("a\nbb\nccc\nd\ne", 5, 1);
    ck_assert(ledger_publish(&ledger, 2));
    ck_assert(ledger_publish(&ledger, 1));
    ck_assert(ledger_has_waiting(&ledger));
    ck_assert(ledger_publish(&ledger, 100));
    ck_assert(!ledger_has_waiting(&ledger));
    unsigned first = claim(0, 0, 2, "a\nbb\n");
    unsigned second = claim(1, 2, 1, "ccc\n");
    unsigned third = claim(2, 3, 2, "d\ne");
    answer(2, third, 3, "D");
    answer(2, third, 4, "E");
    answer(1, second, 2, "C");
    expect_output("");
    answer(0, first, 0, "A");
    answer(0, first, 1, "B");
    expect_output("ABCDE");
    expect_all_over();
}
END_TEST

START_TEST(tasks_of_several_items_are_cut_between_tasks)
{
    add_lines("a\nb\nc\nd\ne\nf\ng", 3, 3);
    ck_assert(ledger_publish(&ledger, 1));
    ck_assert(ledger_publish(&ledger, 9));
    unsigned first = claim(0, 0, 1, "a\nb\nc\n");
    unsigned second = claim(1, 1, 2, "d\ne\nf\ng");
    struct ledger_chunk *chunk = ledger_check(&ledger, 1, second, 1);
    struct item item = ledger_item(&ledger, chunk, 1);
    ck_assert_uint_eq(item.length, 1);
    ck_assert_int_eq(item.bytes[0], 'g');
    answer(1, second, 1, "2");
    ledger_take_back(&ledger, second);
    ck_assert(ledger_publish(&ledger, 9));
    second = claim(2, 2, 1, "g");
    answer(2, second, 2, "3");
    answer(0, first, 0, "1");
    expect_output("123");
    expect_all_over();
}
END_TEST

START_TEST(a_full_queue_leaves_the_rest_waiting)
{
    for (unsigned i = 0; i < SLOTS + 2; i++)
        add_lines("x\ny\n", 2, 1);
    for (unsigned i = 0; i < SLOTS; i++)
        ck_assert(ledger_publish(&ledger, 2));
    ck_assert(!ledger_publish(&ledger, 2));
    ck_assert(!ledger_publish(&ledger, 1));
    ck_assert_uint_eq(ledger.outstanding, SLOTS);
    unsigned slot = claim(0, 0, 2, "x\ny\n");
    ledger_done(&ledger, slot, 2);
    /* In parts, too: nothing of what was refused is missing. */
    ck_assert(ledger_publish(&ledger, 1));
    ck_assert(!ledger_publish(&ledger, 1));
    for (unsigned i = 1; i < SLOTS; i++)
        ledger_done(&ledger, claim(0, 2 * i, 2, "x\ny\n"), 2);
    ledger_done(&ledger, claim(0, 2 * SLOTS, 1, "x\n"), 1);
    ck_assert(ledger_publish(&ledger, 2));
    ck_assert(ledger_publish(&ledger, 2));
    ledger_done(&ledger, claim(0, 2 * SLOTS + 1, 1, "y\n"), 1);
    ledger_done(&ledger, claim(0, 2 * SLOTS + 2, 2, "x\ny\n"), 2);
    expect_all_over();
}
END_TEST

/* ---- what workers say is not believed ---- */

START_TEST(only_the_owner_of_a_slot_is_heard_about_its_next_item)
{
    add_lines("a\nb\n", 2, 1);
    add_lines("c\nd\n", 2, 1);
    ck_assert(ledger_publish(&ledger, 2));
    ck_assert(ledger_publish(&ledger, 2));
    unsigned slot = claim(1, 0, 2, "a\nb\n"), other = (slot + 1) % SLOTS;
    ck_assert_ptr_nonnull(ledger_check(&ledger, 1, slot, 0));
    ck_assert_ptr_null(ledger_check(&ledger, 0, slot, 0));          /* another worker */
    ck_assert_ptr_null(ledger_check(&ledger, 1, slot, 1));          /* an item left out */
    ck_assert_ptr_null(ledger_check(&ledger, 1, slot, 2));          /* another chunk's item */
    ck_assert_ptr_null(ledger_check(&ledger, 1, slot, UINT64_MAX)); /* no item at all */
    ck_assert_ptr_null(ledger_check(&ledger, 1, other, 2));         /* published, but claimed by nobody */
    ck_assert_ptr_null(ledger_check(&ledger, 1, SLOTS - 1, 0));     /* an empty slot */
    ck_assert_ptr_null(ledger_check(&ledger, 1, SLOTS, 0));         /* no slot */
    ck_assert_ptr_null(ledger_check(&ledger, 1, UINT32_MAX, 0));
    ledger_done(&ledger, slot, 1);
    ck_assert_ptr_null(ledger_check(&ledger, 1, slot, 0)); /* the same item twice */
    ck_assert_ptr_nonnull(ledger_check(&ledger, 1, slot, 1));
    ledger_done(&ledger, slot, 1);
    ck_assert_ptr_null(ledger_check(&ledger, 1, slot, 1)); /* a slot given up */
}
END_TEST

START_TEST(what_a_worker_has_claimed_is_found)
{
    unsigned slot;
    add_lines("a\n", 1, 1);
    add_lines("b\n", 1, 1);
    ck_assert(ledger_publish(&ledger, 1));
    ck_assert(ledger_publish(&ledger, 1));
    claim(3, 0, 1, "a\n");
    unsigned second = claim(2, 1, 1, "b\n");
    ck_assert_ptr_null(ledger_claimed_by(&ledger, 0, &slot));
    const struct ledger_chunk *chunk = ledger_claimed_by(&ledger, 2, &slot);
    ck_assert_ptr_nonnull(chunk);
    ck_assert_uint_eq(slot, second);
    ck_assert_uint_eq(chunk->what.first, 1);
    ledger_done(&ledger, slot, 1);
    ck_assert_ptr_null(ledger_claimed_by(&ledger, 2, &slot));
}
END_TEST

/* The worker can write to the queue's memory; how much there is to do is the parent's own knowledge. */
START_TEST(what_a_worker_writes_into_the_queue_changes_nothing)
{
    add_lines("a\nb\n", 2, 1);
    ck_assert(ledger_publish(&ledger, 2));
    unsigned slot = claim(0, 0, 2, "a\nb\n");
    queue.slots[slot].chunk = (struct queue_chunk){.first = 7,
                                                   .count = UINT32_MAX,
                                                   .batch = 9,
                                                   .offset = SIZE_MAX,
                                                   .length = SIZE_MAX,
                                                   .delimiter = 'x'};
    const struct ledger_chunk *chunk = ledger_check(&ledger, 0, slot, 0);
    ck_assert_ptr_nonnull(chunk);
    struct item item = ledger_item(&ledger, chunk, 1);
    ck_assert_uint_eq(item.length, 1);
    ck_assert_mem_eq(item.bytes, "b", 1);
    ledger_take_back(&ledger, slot);
    ck_assert(ledger_publish(&ledger, 2));
    ledger_done(&ledger, claim(1, 0, 2, "a\nb\n"), 2);
    expect_all_over();
}
END_TEST

/* Where the order is free it is the first that somebody has, and stays so until its task has ended. */
START_TEST(where_the_order_is_free_the_first_that_runs_is_preferred)
{
    const struct collector_sink sink = {write_out, &out};
    collector_release(&collector);
    collector_init(&collector, &sink, COLLECTOR_AS_COMPLETED, 1, MIB, "/tmp");
    unsigned slots[3];
    for (unsigned i = 0; i < 3; i++) {
        add_lines("x\n", 1, 1);
        ck_assert(ledger_publish(&ledger, 1));
    }
    ck_assert_int_eq(ledger_first_owner(&ledger), -1);
    for (unsigned i = 0; i < 3; i++)
        slots[i] = claim(i, i, 1, "x\n");
    ledger_done(&ledger, slots[0], 1);
    ck_assert_int_eq(ledger_first_owner(&ledger), 1);
    collector_add(&collector, ledger.slots[slots[1]]->span, COLLECTOR_OUTPUT, "through", 7);
    expect_output("through");
    ledger_done(&ledger, slots[2], 1);
    ck_assert_int_eq(ledger_first_owner(&ledger), 1);
    ledger_done(&ledger, slots[1], 1);
    ck_assert_int_eq(ledger_first_owner(&ledger), -1);
    expect_all_over();
}
END_TEST

/* ---- what comes back ---- */

START_TEST(what_a_dead_worker_had_not_done_is_handed_out_again)
{
    add_lines("a\nb\nc\nd\n", 4, 1);
    ck_assert(ledger_publish(&ledger, 4));
    unsigned slot = claim(0, 0, 4, "a\nb\nc\nd\n");
    answer(0, slot, 0, "A");
    answer(0, slot, 1, "B");
    ledger_take_back(&ledger, slot);
    ck_assert_uint_eq(ledger.outstanding, 0);
    ck_assert_int_eq(queue_owner(&queue, slot), -1);
    ck_assert_int_eq(ledger_first_owner(&ledger), -1);
    ck_assert(ledger_publish(&ledger, 1));
    slot = claim(1, 2, 1, "c\n");
    ck_assert_int_eq(ledger_first_owner(&ledger), 1);
    /* And once more, with nothing done. */
    ledger_take_back(&ledger, slot);
    ck_assert(ledger_publish(&ledger, 1));
    slot = claim(2, 2, 1, "c\n");
    answer(2, slot, 2, "C");
    ck_assert(ledger_publish(&ledger, 1));
    slot = claim(0, 3, 1, "d\n");
    answer(0, slot, 3, "D");
    expect_output("ABCD");
    expect_all_over();
}
END_TEST

START_TEST(what_came_back_is_first_in_line)
{
    for (unsigned i = 0; i < 6; i++)
        add_lines("x\ny\n", 2, 1);
    for (unsigned i = 0; i < 4; i++)
        ck_assert(ledger_publish(&ledger, 2));
    unsigned slots[4];
    for (unsigned i = 0; i < 4; i++)
        slots[i] = claim(i, 2 * i, 2, "x\ny\n");
    /* Back they come in any order, one of them half done. */
    ledger_done(&ledger, slots[1], 1);
    ledger_take_back(&ledger, slots[2]);
    ledger_take_back(&ledger, slots[0]);
    ledger_take_back(&ledger, slots[3]);
    ledger_take_back(&ledger, slots[1]);
    for (unsigned i = 0; i < 4; i++)
        ck_assert(ledger_publish(&ledger, 2));
    ledger_done(&ledger, claim(0, 0, 2, "x\ny\n"), 2);
    ledger_done(&ledger, claim(0, 3, 1, "y\n"), 1);
    ledger_done(&ledger, claim(0, 4, 2, "x\ny\n"), 2);
    ledger_done(&ledger, claim(0, 6, 2, "x\ny\n"), 2);
    /* What comes in later stands behind all of them. */
    add_lines("z\n", 1, 1);
    for (unsigned i = 0; i < 3; i++)
        ck_assert(ledger_publish(&ledger, 2));
    ledger_done(&ledger, claim(0, 8, 2, "x\ny\n"), 2);
    ledger_done(&ledger, claim(0, 10, 2, "x\ny\n"), 2);
    ledger_done(&ledger, claim(0, 12, 1, "z\n"), 1);
    expect_all_over();
}
END_TEST

/* Where all that waits is published in parts and comes back, the end of the line must not get lost. */
START_TEST(the_line_has_an_end_after_all_came_back)
{
    add_lines("a\nb\n", 2, 1);
    ck_assert(ledger_publish(&ledger, 1));
    unsigned slot = claim(0, 0, 1, "a\n");
    ck_assert(ledger_publish(&ledger, 1));
    ledger_take_back(&ledger, slot);
    add_lines("c\n", 1, 1);
    ck_assert(ledger_publish(&ledger, 1));
    ck_assert(ledger_publish(&ledger, 1));
    ck_assert(!ledger_has_waiting(&ledger));
    answer(1, claim(1, 1, 1, "b\n"), 1, "B");
    answer(1, claim(1, 0, 1, "a\n"), 0, "A");
    answer(1, claim(1, 2, 1, "c\n"), 2, "C");
    expect_nothing_published();
    expect_output("ABC");
    expect_all_over();
}
END_TEST

START_TEST(a_blocks_bytes_stay_until_its_last_part_is_done)
{
    struct arena_block *block = add_lines("a\nb\nc\n", 3, 1);
    arena_use(block); /* the reader, still filling it */
    for (unsigned i = 0; i < 3; i++)
        ck_assert(ledger_publish(&ledger, 1));
    ck_assert_uint_eq(block->users, 4);
    for (unsigned i = 0; i < 3; i++)
        ledger_done(&ledger, claim(i, i, 1, i == 0 ? "a\n" : i == 1 ? "b\n" : "c\n"), 1);
    ck_assert_uint_eq(block->users, 1);
    arena_unuse(&arena, block);
    expect_all_over();
}
END_TEST

START_TEST(an_items_text_is_found)
{
    static const struct {
        uint32_t index;
        const char *text;
    } rows[] = {{0, "first"}, {1, ""}, {2, "third"}, {3, "no delimiter"}};
    add_lines("first\n\nthird\nno delimiter", 4, 1);
    ck_assert(ledger_publish(&ledger, 4));
    unsigned slot = claim(0, 0, 4, "first\n\nthird\nno delimiter");
    const struct ledger_chunk *chunk = ledger_check(&ledger, 0, slot, 0);
    for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
        struct item item = ledger_item(&ledger, chunk, rows[i].index);
        ck_assert_uint_eq(item.length, strlen(rows[i].text));
        ck_assert(strncmp(item.bytes, rows[i].text, item.length) == 0);
    }
}
END_TEST

/* ---- items that are tried again ---- */

START_TEST(a_postponed_item_waits_until_it_is_due_and_the_others_go_on)
{
    add_lines("a\nb\nc\nd\n", 4, 1);
    ck_assert(ledger_publish(&ledger, 4));
    ck_assert_uint_eq(ledger_next_due(&ledger), CLOCK_NEVER);
    unsigned slot = claim(0, 0, 4, "a\nb\nc\nd\n");
    answer(0, slot, 0, "A");
    ledger_postpone(&ledger, slot, 100);
    ck_assert_uint_eq(ledger_next_due(&ledger), 100);
    ck_assert_ptr_null(ledger_check(&ledger, 0, slot, 1));
    answer(0, slot, 2, "C");
    answer(0, slot, 3, "D");
    ck_assert_uint_eq(ledger.outstanding, 0);
    expect_output("A");
    ledger_wake_due(&ledger, 99);
    ck_assert(!ledger_has_waiting(&ledger));
    ledger_wake_due(&ledger, 100);
    ck_assert(ledger_has_waiting(&ledger));
    ck_assert_uint_eq(ledger_next_due(&ledger), CLOCK_NEVER);
    ck_assert(ledger_publish(&ledger, 4));
    slot = claim(1, 1, 1, "b\n");
    ck_assert_uint_eq(ledger_check(&ledger, 1, slot, 1)->tries, 1);
    answer(1, slot, 1, "B");
    expect_output("BCD");
    expect_all_over();
}
END_TEST

START_TEST(tries_are_counted_for_the_item_that_failed_and_for_no_other)
{
    add_lines("a\nb\n", 2, 1);
    ck_assert(ledger_publish(&ledger, 2));
    unsigned slot = claim(0, 0, 2, "a\nb\n");
    ledger_postpone(&ledger, slot, 10);
    ck_assert_uint_eq(ledger_check(&ledger, 0, slot, 1)->tries, 0);
    ledger_postpone(&ledger, slot, 5);
    ck_assert_uint_eq(ledger.outstanding, 0);
    ck_assert_uint_eq(ledger_next_due(&ledger), 5);
    for (unsigned tries = 1; tries <= 3; tries++) {
        ledger_wake_due(&ledger, 7);
        ck_assert(ledger_publish(&ledger, 2));
        slot = claim(0, 1, 1, "b\n");
        ck_assert_uint_eq(ledger_check(&ledger, 0, slot, 1)->tries, tries);
        /* That its worker was lost is no try of the item's. */
        ledger_take_back(&ledger, slot);
        ck_assert(ledger_publish(&ledger, 2));
        slot = claim(0, 1, 1, "b\n");
        ck_assert_uint_eq(ledger_check(&ledger, 0, slot, 1)->tries, tries);
        ledger_postpone(&ledger, slot, 7);
    }
    ledger_wake_due(&ledger, CLOCK_NEVER - 1);
    ck_assert(ledger_publish(&ledger, 2));
    answer(0, claim(0, 0, 1, "a\n"), 0, "A");
    ck_assert(ledger_publish(&ledger, 2));
    answer(0, claim(0, 1, 1, "b\n"), 1, "B");
    expect_output("AB");
    expect_all_over();
}
END_TEST

/* Postponed in the middle, then the worker is gone: each part goes its own way, and the order holds. */
START_TEST(a_chunk_with_a_postponed_item_can_be_taken_back)
{
    add_lines("a\nb\nc\nd\n", 4, 1);
    ck_assert(ledger_publish(&ledger, 4));
    unsigned slot = claim(0, 0, 4, "a\nb\nc\nd\n");
    answer(0, slot, 0, "A");
    ledger_postpone(&ledger, slot, 100);
    ledger_take_back(&ledger, slot);
    ck_assert(ledger_publish(&ledger, 4));
    slot = claim(1, 2, 2, "c\nd\n");
    answer(1, slot, 2, "C");
    ledger_take_back(&ledger, slot);
    ledger_wake_due(&ledger, 100);
    ck_assert(ledger_publish(&ledger, 4));
    ck_assert(ledger_publish(&ledger, 4));
    answer(2, claim(2, 1, 1, "b\n"), 1, "B");
    answer(3, claim(3, 3, 1, "d\n"), 3, "D");
    expect_output("ABCD");
    expect_all_over();
}
END_TEST

START_TEST(what_a_failed_try_wrote_is_forgotten)
{
    collector.tentative = true;
    add_lines("a\nb\n", 2, 1);
    ck_assert(ledger_publish(&ledger, 2));
    unsigned slot = claim(0, 0, 2, "a\nb\n");
    collector_add(&collector, ledger_check(&ledger, 0, slot, 0)->span, COLLECTOR_OUTPUT, "wrong", 5);
    ledger_postpone(&ledger, slot, 0);
    collector_add(&collector, ledger_check(&ledger, 0, slot, 1)->span, COLLECTOR_OUTPUT, "half", 4);
    ledger_take_back(&ledger, slot);
    ledger_wake_due(&ledger, 0);
    ck_assert(ledger_publish(&ledger, 2));
    ck_assert(ledger_publish(&ledger, 2));
    answer(0, claim(0, 0, 1, "a\n"), 0, "A");
    answer(0, claim(0, 1, 1, "b\n"), 1, "B");
    expect_output("AB");
    expect_all_over();
}
END_TEST

/* Who claims it sees that it has failed before. */
START_TEST(the_tries_of_an_item_are_published_with_it)
{
    struct queue_chunk chunk;
    unsigned slot;
    add_lines("a\nb\nc\n", 3, 1);
    ck_assert(ledger_publish(&ledger, 3));
    ck_assert_int_eq(queue_claim(&queue, 0, &slot, &chunk), QUEUE_CLAIMED);
    ck_assert_uint_eq(chunk.tries, 0);
    answer(0, slot, 0, "A");
    ledger_postpone(&ledger, slot, 0);
    for (uint32_t tries = 1; tries <= 3; tries++) {
        unsigned again;
        ledger_wake_due(&ledger, 0);
        ck_assert(ledger_publish(&ledger, 3));
        ck_assert_int_eq(queue_claim(&queue, 1, &again, &chunk), QUEUE_CLAIMED);
        ck_assert_uint_eq(chunk.first, 1);
        ck_assert_uint_eq(chunk.count, 1);
        ck_assert_uint_eq(chunk.tries, tries);
        /* Handed back untouched, it has failed no more often. */
        ledger_take_back(&ledger, again);
        ck_assert(ledger_publish(&ledger, 3));
        ck_assert_int_eq(queue_claim(&queue, 1, &again, &chunk), QUEUE_CLAIMED);
        ck_assert_uint_eq(chunk.tries, tries);
        ledger_postpone(&ledger, again, 0);
    }
    /* Its neighbour has not failed. */
    ledger_take_back(&ledger, slot);
    ck_assert(ledger_publish(&ledger, 3));
    ck_assert_int_eq(queue_claim(&queue, 0, &slot, &chunk), QUEUE_CLAIMED);
    ck_assert_uint_eq(chunk.first, 2);
    ck_assert_uint_eq(chunk.tries, 0);
    answer(0, slot, 2, "C");
    ledger_wake_due(&ledger, 0);
    ck_assert(ledger_publish(&ledger, 3));
    answer(0, claim(0, 1, 1, "b\n"), 1, "B");
    expect_output("ABC");
    expect_all_over();
}
END_TEST

/* ---- blocks whose task goes on without them ---- */

START_TEST(bytes_that_are_not_needed_any_more_are_freed_before_the_task_ends)
{
    struct arena_block *block = add_lines("a block\n", 1, 1);
    arena_use(block); /* to look at it */
    ck_assert(ledger_publish(&ledger, 1));
    unsigned slot = claim(0, 0, 1, "a block\n");
    ck_assert_uint_eq(block->users, 2);
    ledger_forget_bytes(&ledger, slot);
    ck_assert_uint_eq(block->users, 1);
    ck_assert_int_eq(queue_owner(&queue, slot), 0);
    ck_assert_ptr_nonnull(ledger_check(&ledger, 0, slot, 0));
    /* Said twice, it is free once. */
    ledger_forget_bytes(&ledger, slot);
    ck_assert_uint_eq(block->users, 1);
    arena_unuse(&arena, block);
    answer(0, slot, 0, "A");
    expect_output("A");
    expect_all_over();
}
END_TEST

START_TEST(a_range_of_a_file_has_no_bytes_to_forget)
{
    const struct queue_chunk range = {
        .first = 0, .count = 1, .batch = 1, .offset = 12345, .length = 678, .delimiter = ITEMS_RANGE};
    struct queue_chunk chunk;
    unsigned slot;
    ledger_add(&ledger, &range, NULL);
    ck_assert(ledger_publish(&ledger, 1));
    ck_assert_int_eq(queue_claim(&queue, 0, &slot, &chunk), QUEUE_CLAIMED);
    ck_assert_uint_eq(chunk.offset, 12345);
    ck_assert_uint_eq(chunk.length, 678);
    ledger_forget_bytes(&ledger, slot);
    answer(0, slot, 0, "A");
    expect_output("A");
    expect_all_over();
}
END_TEST

/* What is not yet over when the run ends early is given back all the same; the sanitizers look. */
START_TEST(release_takes_all_that_is_left)
{
    add_lines("a\nb\n", 2, 1);
    add_lines("c\n", 1, 1);
    add_lines("d\n", 1, 1);
    ck_assert(ledger_publish(&ledger, 1));
    ck_assert(ledger_publish(&ledger, 1));
    claim(0, 0, 1, "a\n");
}
END_TEST

UNIT_MAIN("ledger")
{
    tcase_add_checked_fixture(tests, begin, end);
    tcase_add_test(tests, a_chunk_goes_its_way);
    tcase_add_test(tests, a_chunk_is_published_in_parts);
    tcase_add_test(tests, tasks_of_several_items_are_cut_between_tasks);
    tcase_add_test(tests, a_full_queue_leaves_the_rest_waiting);
    tcase_add_test(tests, only_the_owner_of_a_slot_is_heard_about_its_next_item);
    tcase_add_test(tests, what_a_worker_has_claimed_is_found);
    tcase_add_test(tests, what_a_worker_writes_into_the_queue_changes_nothing);
    tcase_add_test(tests, where_the_order_is_free_the_first_that_runs_is_preferred);
    tcase_add_test(tests, what_a_dead_worker_had_not_done_is_handed_out_again);
    tcase_add_test(tests, what_came_back_is_first_in_line);
    tcase_add_test(tests, the_line_has_an_end_after_all_came_back);
    tcase_add_test(tests, a_blocks_bytes_stay_until_its_last_part_is_done);
    tcase_add_test(tests, an_items_text_is_found);
    tcase_add_test(tests, a_postponed_item_waits_until_it_is_due_and_the_others_go_on);
    tcase_add_test(tests, tries_are_counted_for_the_item_that_failed_and_for_no_other);
    tcase_add_test(tests, a_chunk_with_a_postponed_item_can_be_taken_back);
    tcase_add_test(tests, what_a_failed_try_wrote_is_forgotten);
    tcase_add_test(tests, the_tries_of_an_item_are_published_with_it);
    tcase_add_test(tests, bytes_that_are_not_needed_any_more_are_freed_before_the_task_ends);
    tcase_add_test(tests, a_range_of_a_file_has_no_bytes_to_forget);
    tcase_add_test(tests, release_takes_all_that_is_left);
}
