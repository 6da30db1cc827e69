#include "collect.h"

static void begin(void)
{
    collect_begin();
    open_collector(COLLECTOR_IN_ORDER, 1, 64 * MIB, folder);
}

/* Another one instead. */
static void reopen(size_t cap, const char *directory)
{
    collector_release(&collector);
    open_collector(COLLECTOR_IN_ORDER, 1, cap, directory);
}

/* ---- order ---- */

START_TEST(the_first_passes_through_and_the_others_wait)
{
    struct collector_span *first = expect(0);
    struct collector_span *second = expect(1);
    add(second, "second");
    ck_assert_str_eq(came_out(), "");
    add(first, "fi");
    ck_assert_str_eq(came_out(), "fi");
    add(first, "rst ");
    ck_assert_str_eq(came_out(), "rst ");
    done(first);
    /* What it had written is out at once, though it has not ended. */
    ck_assert_str_eq(came_out(), "second");
    add(second, " more");
    ck_assert_str_eq(came_out(), " more");
    done(second);
    ck_assert_ptr_null(collector_first(&collector));
    ck_assert(collector_is_drained(&collector));
    ck_assert_uint_eq(collector.spool.held, 0);
}
END_TEST

START_TEST(the_streams_of_an_item_keep_their_order)
{
    struct collector_span *first = expect(0);
    struct collector_span *second = expect(1);
    for (int i = 0; i < 3; i++) {
        collector_add(&collector, second, COLLECTOR_OUTPUT, "a", 1);
        collector_add(&collector, second, COLLECTOR_ERRORS, "b", 1);
    }
    done(second);
    done(first);
    ck_assert_uint_eq(buffer_length(&sink.bytes), 12);
    ck_assert_mem_eq(buffer_bytes(&sink.bytes), "aobeaobeaobe", 12);
}
END_TEST

START_TEST(items_without_output_are_no_obstacle)
{
    struct collector_span *spans[4];
    for (unsigned i = 0; i < 4; i++)
        spans[i] = expect(i);
    add(spans[3], "end");
    done(spans[3]);
    done(spans[1]);
    done(spans[2]);
    ck_assert_str_eq(came_out(), "");
    ck_assert_uint_eq(collector_first(&collector)->first, 0);
    done(spans[0]);
    ck_assert_str_eq(came_out(), "end");
}
END_TEST

/* However far the others are ahead of a slow first one. */
START_TEST(finished_chunks_take_no_memory_but_their_output)
{
    struct collector_span *first = expect(0);
    for (unsigned i = 1; i <= 10000; i++) {
        struct collector_span *span = expect(i);
        add(span, "x");
        done(span);
    }
    unsigned spans = 0;
    for (struct collector_span *span = collector.list.next; span != &collector.list; span = span->next)
        spans++;
    ck_assert_uint_le(spans, 2);
    ck_assert_uint_le(collector.spool.held, 3 * 10000);
    done(first);
    ck_assert_uint_eq(strspn(came_out(), "x"), 10000);
    ck_assert_uint_eq(collector.spool.held, 0);
}
END_TEST

/* ---- against a model: chunks in any order, answers of any size, a sink that takes what it likes ---- */

#define CHUNKS 60

struct model {
    struct collector_span *spans[CHUNKS];
    uint64_t count[CHUNKS], done[CHUNKS];
    struct buffer answers[CHUNKS];
    size_t open, in_file; /* chunks not done; rounds in which the file was in use */
};

static void pump_some(uint64_t *chance, size_t most)
{
    sink.room = unit_below(chance, most);
    collector_flush(&collector);
    collector_pump(&collector);
}

static void write_something(struct model *model, size_t i, uint64_t *chance, size_t most)
{
    static char bytes[100000];
    enum collector_stream stream = unit_below(chance, 3) == 0 ? COLLECTOR_ERRORS : COLLECTOR_OUTPUT;
    size_t length = unit_below(chance, unit_below(chance, 10) == 0 ? most : 50);
    for (size_t k = 0; k < length; k++)
        bytes[k] = (char)unit_random(chance);
    collector_add(&collector, model->spans[i], stream, bytes, length);
    put(&model->answers[i], stream, bytes, length);
}

static void run_model(uint64_t seed, size_t cap, size_t most)
{
    struct model *model = calloc(1, sizeof *model);
    struct buffer expected = BUFFER_INIT;
    uint64_t chance = seed, items = 0;

    reopen(cap, folder);
    sink.room = SIZE_MAX;
    for (size_t i = 0; i < CHUNKS; i++) {
        model->count[i] = 1 + unit_below(&chance, 5);
        model->spans[i] = collector_expect(&collector, items, model->count[i]);
        items += model->count[i];
    }
    for (model->open = CHUNKS; model->open > 0;) {
        size_t i = unit_below(&chance, CHUNKS);
        model->in_file += collector.spool.file_held > 0;
        if (unit_below(&chance, 4) == 0)
            pump_some(&chance, most);
        if (model->done[i] == model->count[i])
            continue;
        write_something(model, i, &chance, most);
        if (unit_below(&chance, 3) > 0)
            continue;
        uint64_t ended = 1 + unit_below(&chance, (size_t)(model->count[i] - model->done[i]));
        model->done[i] += ended;
        model->open -= model->done[i] == model->count[i];
        collector_done(&collector, model->spans[i], ended);
        ck_assert(!collector.spool.file_failed);
    }
    while (!collector_is_drained(&collector))
        pump_some(&chance, 1 + most);

    for (size_t i = 0; i < CHUNKS; i++) {
        buffer_append(&expected, buffer_bytes(&model->answers[i]), buffer_length(&model->answers[i]));
        buffer_release(&model->answers[i]);
    }
    ck_assert_uint_eq(buffer_length(&sink.bytes), buffer_length(&expected));
    ck_assert(memcmp(buffer_bytes(&sink.bytes), buffer_bytes(&expected), buffer_length(&expected)) == 0);
    ck_assert_ptr_null(collector_first(&collector));
    ck_assert_uint_eq(collector.spool.held, 0);
    ck_assert_int_eq(collector.spool.file_held, 0);
    if (cap < most)
        ck_assert_uint_gt(model->in_file, 0);
    buffer_clear(&sink.bytes);
    buffer_release(&expected);
    free(model);
}

START_TEST(any_order_in_is_the_items_order_out)
{
    for (unsigned seed = 1; seed <= 20; seed++)
        run_model(seed, 64 * MIB, 2000);
    for (unsigned seed = 1; seed <= 3; seed++)
        run_model(seed, 64 * MIB, 100000);
}
END_TEST

START_TEST(so_it_is_through_the_file)
{
    for (unsigned seed = 1; seed <= 10; seed++)
        run_model(seed, 0, 2000);
    for (unsigned seed = 1; seed <= 10; seed++)
        run_model(seed, 20000, 100000);
}
END_TEST

/* ---- the sink ---- */

START_TEST(a_blocked_sink_gets_the_rest_later)
{
    struct collector_span *first = expect(0);
    sink.room = 3;
    add(first, "abcdef");
    ck_assert_str_eq(came_out(), "abc");
    ck_assert(!collector_is_drained(&collector));
    add(first, "ghi");
    done(first);
    ck_assert_str_eq(came_out(), "");
    sink.room = 2;
    collector_pump(&collector);
    ck_assert_str_eq(came_out(), "de");
    sink.room = SIZE_MAX;
    collector_pump(&collector);
    ck_assert_str_eq(came_out(), "fghi");
    ck_assert(collector_is_drained(&collector));
    ck_assert_ptr_null(collector_first(&collector));
}
END_TEST

/* A reader slower than the tasks: they are made to wait, rather than memory or disk being filled. */
START_TEST(a_blocked_sink_and_a_full_memory_want_nothing)
{
    reopen(10000, folder);
    struct collector_span *first = expect(0);
    static const char block[1000];
    sink.room = 0;
    ck_assert_int_eq(collector_appetite(&collector), COLLECTOR_WANTS_ALL);
    for (int i = 0; i < 20; i++) {
        collector_add(&collector, first, COLLECTOR_OUTPUT, block, sizeof block);
        collector_flush(&collector);
    }
    ck_assert_int_eq(collector_appetite(&collector), COLLECTOR_WANTS_NOTHING);
    sink.room = SIZE_MAX;
    collector_pump(&collector);
    ck_assert_int_eq(collector_appetite(&collector), COLLECTOR_WANTS_ALL);
}
END_TEST

/* One call of the sink for many small answers; what is large, or for the other stream, does not overtake
 * them. */
START_TEST(small_pieces_go_out_together_and_in_order)
{
    struct collector_span *first = collector_expect(&collector, 0, 3);
    static char large[5000];
    memset(large, 'x', sizeof large);
    collector_add(&collector, first, COLLECTOR_OUTPUT, "a", 1);
    done(first);
    collector_add(&collector, first, COLLECTOR_OUTPUT, "b", 1);
    ck_assert_uint_eq(sink.calls, 0);
    ck_assert(!collector_is_drained(&collector));
    collector_add(&collector, first, COLLECTOR_ERRORS, "E", 1);
    ck_assert_uint_eq(sink.calls, 2);
    ck_assert_str_eq(came_out(), "abE");
    collector_add(&collector, first, COLLECTOR_OUTPUT, "c", 1);
    collector_add(&collector, first, COLLECTOR_OUTPUT, large, sizeof large);
    ck_assert_uint_eq(sink.calls, 4);
    const char *out = came_out();
    ck_assert_uint_eq(strlen(out), 1 + sizeof large);
    ck_assert_int_eq(out[0], 'c');
    /* No more is gathered than some writes' worth. */
    for (int i = 0; i < 100; i++)
        collector_add(&collector, first, COLLECTOR_OUTPUT, large, 1000);
    ck_assert_uint_eq(sink.calls, 5);
    collector_done(&collector, first, 2);
}
END_TEST

/* Whoever is told that the output of an item is out can rely on it. */
START_TEST(a_note_comes_behind_all_that_its_item_has_written)
{
    collector.tentative = true;
    struct collector_span *first = collector_expect(&collector, 0, 1);
    struct collector_span *second = collector_expect(&collector, 1, 1);
    collector_add(&collector, second, COLLECTOR_OUTPUT, "b", 1);
    collector_note(&collector, second, "2", 1);
    collector_done(&collector, second, 1);
    ck_assert_str_eq(came_out(), "");
    collector_add(&collector, first, COLLECTOR_OUTPUT, "a", 1);
    collector_note(&collector, first, "1", 1);
    sink.room = 0;
    collector_done(&collector, first, 1);
    ck_assert_str_eq(came_out(), "");
    sink.room = SIZE_MAX;
    collector_pump(&collector);
    ck_assert_str_eq(came_out(), "a1b2");
    ck_assert_uint_eq(collector.written, 2);
}
END_TEST

START_TEST(a_sink_that_fails_is_asked_no_more)
{
    struct collector_span *first = expect(0);
    struct collector_span *second = expect(1);
    add(second, "kept");
    sink.fails = true;
    add(first, "lost");
    ck_assert(collector.failed);
    ck_assert_uint_eq(sink.calls, 1);
    /* All goes on as before, so that nobody has to be told; but nothing is kept. */
    add(first, "more");
    add(second, "more");
    done(second);
    done(first);
    ck_assert_ptr_null(collector_first(&collector));
    ck_assert_uint_eq(collector.spool.held, 0);
    ck_assert(collector_is_drained(&collector));
    ck_assert_int_eq(collector_appetite(&collector), COLLECTOR_WANTS_ALL);
    ck_assert_uint_eq(sink.calls, 1);
}
END_TEST

START_TEST(a_sink_that_fails_later_drops_what_waited_for_it)
{
    struct collector_span *first = collector_expect(&collector, 0, 2);
    sink.room = 1;
    add(first, "waits");
    sink.fails = true;
    collector_pump(&collector);
    ck_assert(collector.failed);
    ck_assert(collector_is_drained(&collector));
    ck_assert_uint_eq(collector.spool.held, 0);
    collector_done(&collector, first, 2);
    ck_assert_ptr_null(collector_first(&collector));
}
END_TEST

/* ---- items that go another way ---- */

START_TEST(split_items_come_out_in_order_whoever_has_them)
{
    struct collector_span *first = collector_expect(&collector, 0, 10);
    struct collector_span *last = expect(10);
    add(last, "e");
    done(last);
    struct collector_span *middle = collector_split(&collector, first, 4);
    struct collector_span *end_of_it = collector_split(&collector, middle, 3);
    ck_assert_uint_eq(middle->first, 4);
    ck_assert_uint_eq(middle->count, 3);
    ck_assert_uint_eq(end_of_it->first, 7);
    ck_assert_uint_eq(end_of_it->count, 3);
    add(end_of_it, "d");
    collector_done(&collector, end_of_it, 3);
    add(first, "a");
    collector_done(&collector, first, 2);
    add(middle, "c");
    add(first, "b");
    collector_done(&collector, first, 2);
    collector_done(&collector, middle, 3);
    ck_assert_str_eq(came_out(), "abcde");
    ck_assert_ptr_null(collector_first(&collector));
}
END_TEST

/* As when a worker dies with half of its chunk done: the done half goes, the other half is a span. */
START_TEST(splitting_behind_the_last_that_is_done_ends_the_span)
{
    struct collector_span *before = expect(0);
    struct collector_span *span = collector_expect(&collector, 1, 5);
    add(span, "b");
    collector_done(&collector, span, 2);
    struct collector_span *rest = collector_split(&collector, span, 2);
    ck_assert_uint_eq(rest->first, 3);
    ck_assert_uint_eq(rest->count, 3);
    add(rest, "c");
    add(before, "a");
    done(before);
    /* The same where it is the first. */
    ck_assert_str_eq(came_out(), "abc");
    done(rest);
    struct collector_span *end_of_it = collector_split(&collector, rest, 1);
    ck_assert_ptr_eq(collector_first(&collector), end_of_it);
    add(end_of_it, "d");
    collector_done(&collector, end_of_it, 2);
    ck_assert_str_eq(came_out(), "d");
    ck_assert_ptr_null(collector_first(&collector));
}
END_TEST

START_TEST(what_is_abandoned_comes_out_as_far_as_it_got)
{
    struct collector_span *spans[4];
    for (unsigned i = 0; i < 4; i++)
        spans[i] = expect(i);
    add(spans[3], "d");
    add(spans[1], "b");
    done(spans[1]);
    sink.room = 1;
    collector_abandon(&collector);
    ck_assert_str_eq(came_out(), "b");
    ck_assert(!collector_is_drained(&collector));
    sink.room = SIZE_MAX;
    collector_pump(&collector);
    ck_assert_str_eq(came_out(), "d");
    ck_assert_ptr_null(collector_first(&collector));
}
END_TEST

/* ---- items that may be tried again ---- */

START_TEST(a_tentative_answer_is_shown_when_its_item_has_ended)
{
    collector.tentative = true;
    struct collector_span *first = collector_expect(&collector, 0, 2);
    add(first, "failed");
    ck_assert_str_eq(came_out(), "");
    collector_forget(&collector, first);
    ck_assert_uint_eq(collector.spool.held, 0);
    add(first, "a");
    done(first);
    ck_assert_str_eq(came_out(), "a");
    add(first, "b");
    ck_assert_str_eq(came_out(), "");
    done(first);
    ck_assert_str_eq(came_out(), "b");
    ck_assert_ptr_null(collector_first(&collector));
}
END_TEST

START_TEST(forgetting_leaves_what_ended_before_and_gives_back_the_file)
{
    reopen(0, folder);
    collector.tentative = true;
    struct collector_span *first = expect(0);
    struct collector_span *second = collector_expect(&collector, 1, 2);
    add(second, "b");
    done(second);
    add(second, "forgotten, and in the file");
    collector_forget(&collector, second);
    add(second, "c");
    add(first, "forgotten");
    collector_forget(&collector, first);
    add(first, "a");
    done(first);
    ck_assert_str_eq(came_out(), "ab");
    done(second);
    ck_assert_str_eq(came_out(), "c");
    ck_assert_int_eq(collector.spool.file_held, 0);
    ck_assert_int_eq(collector.spool.file_end, 0);
    ck_assert_uint_eq(collector.spool.held, 0);
}
END_TEST

START_TEST(an_abandoned_tentative_answer_is_shown)
{
    collector.tentative = true;
    add(expect(0), "as far as it got");
    collector_abandon(&collector);
    ck_assert_str_eq(came_out(), "as far as it got");
}
END_TEST

/* ---- the file ---- */

static const char block[10000];

static off_t file_size(void)
{
    struct stat info;
    ck_assert_int_eq(fstat(collector.spool.file, &info), 0);
    return info.st_size;
}

START_TEST(memory_stays_below_the_cap_and_the_file_is_used_again)
{
    reopen(50000, folder);
    struct collector_span *first = expect(0);
    for (unsigned round = 1; round <= 3; round++) {
        struct collector_span *next = expect(round);
        for (int i = 0; i < 100; i++) {
            collector_add(&collector, next, i % 10 == 0 ? COLLECTOR_ERRORS : COLLECTOR_OUTPUT, block,
                          sizeof block);
            ck_assert_uint_le(collector.spool.held, 55000);
        }
        ck_assert_int_eq(collector_appetite(&collector), COLLECTOR_WANTS_ALL);
        ck_assert_int_ge(file_size(), 900000);
        ck_assert_int_le(file_size(), 1000000);
        done(first);
        ck_assert_uint_eq(buffer_length(&sink.bytes), 2 * 100 * sizeof block);
        buffer_clear(&sink.bytes);
        /* All of it is out: the disk has its space back. */
        ck_assert_int_eq(file_size(), 0);
        first = next;
    }
    done(first);
}
END_TEST

START_TEST(nothing_is_left_in_the_folder)
{
    reopen(0, folder);
    expect(0);
    add(expect(1), "to the file");
    ck_assert_int_ge(collector.spool.file, 0);
    ck_assert_int_ne(fcntl(collector.spool.file, F_GETFD) & FD_CLOEXEC, 0);
    /* Even while it is in use: an empty folder can be removed. */
    ck_assert_int_eq(rmdir(folder), 0);
    ck_assert_int_eq(mkdir(folder, 0700), 0);
}
END_TEST

/* Fill memory behind a slow first item, where there is no file. */
static struct collector_span *fill_without_a_file(size_t cap)
{
    reopen(cap, "/nonexistent/folder");
    struct collector_span *first = expect(0);
    struct collector_span *second = expect(1);
    for (unsigned i = 0; collector_appetite(&collector) == COLLECTOR_WANTS_ALL; i++) {
        ck_assert_uint_le(i, 1000);
        collector_add(&collector, second, COLLECTOR_OUTPUT, block, sizeof block);
    }
    return first;
}

START_TEST(without_a_file_only_the_first_is_wanted_until_it_is_done)
{
    struct collector_span *first = fill_without_a_file(50000);
    ck_assert_int_eq(collector_appetite(&collector), COLLECTOR_WANTS_FIRST);
    ck_assert_int_eq(collector.spool.file_error, ENOENT);
    /* Not a byte of what came too late for the memory is lost. */
    size_t kept = collector.spool.held;
    ck_assert_uint_ge(kept, 50000);
    /* The first goes straight to the sink. */
    add(first, "through");
    ck_assert_str_eq(came_out(), "through");
    ck_assert_uint_eq(collector.spool.held, kept);
    ck_assert_int_eq(collector_appetite(&collector), COLLECTOR_WANTS_FIRST);
    done(first);
    ck_assert_uint_ge(buffer_length(&sink.bytes), 2 * 50000);
    ck_assert_uint_eq(buffer_length(&sink.bytes) / 2 % sizeof block, 0);
    ck_assert_int_eq(collector_appetite(&collector), COLLECTOR_WANTS_ALL);
    ck_assert_uint_eq(collector.spool.held, 0);
}
END_TEST

/* The first item's own output, held up by the sink for a while, is no reason to take in more of the others:
 * memory would grow by some at each such turn, without end. */
START_TEST(without_a_file_a_sink_that_blocks_now_and_then_brings_no_new_appetite)
{
    struct collector_span *first = fill_without_a_file(50000);
    sink.room = 0;
    add(first, "held up");
    ck_assert_int_eq(collector_appetite(&collector), COLLECTOR_WANTS_NOTHING);
    sink.room = SIZE_MAX;
    collector_pump(&collector);
    ck_assert_str_eq(came_out(), "held up");
    ck_assert_uint_ge(collector.spool.held, 50000);
    ck_assert_int_eq(collector_appetite(&collector), COLLECTOR_WANTS_FIRST);
}
END_TEST

START_TEST(the_file_is_tried_again_when_there_was_room_in_between)
{
    char later[5000];
    snprintf(later, sizeof later, "%s/later", folder);
    reopen(50000, later);
    struct collector_span *first = expect(0);
    struct collector_span *second = expect(1);
    for (int i = 0; i < 6; i++)
        collector_add(&collector, second, COLLECTOR_OUTPUT, block, sizeof block);
    ck_assert_int_eq(collector_appetite(&collector), COLLECTOR_WANTS_FIRST);
    ck_assert_int_eq(mkdir(later, 0700), 0);
    done(first);
    struct collector_span *third = expect(2);
    for (int i = 0; i < 20; i++)
        collector_add(&collector, third, COLLECTOR_OUTPUT, block, sizeof block);
    ck_assert_int_eq(collector_appetite(&collector), COLLECTOR_WANTS_ALL);
    ck_assert_int_ge(collector.spool.file, 0);
    done(second);
    done(third);
    ck_assert_uint_eq(buffer_length(&sink.bytes), 2 * 26 * sizeof block);
}
END_TEST

UNIT_MAIN("collector")
{
    tcase_add_checked_fixture(tests, begin, collect_end);
    tcase_add_test(tests, the_first_passes_through_and_the_others_wait);
    tcase_add_test(tests, the_streams_of_an_item_keep_their_order);
    tcase_add_test(tests, items_without_output_are_no_obstacle);
    tcase_add_test(tests, finished_chunks_take_no_memory_but_their_output);
    tcase_add_test(tests, any_order_in_is_the_items_order_out);
    tcase_add_test(tests, so_it_is_through_the_file);
    tcase_add_test(tests, a_blocked_sink_gets_the_rest_later);
    tcase_add_test(tests, a_blocked_sink_and_a_full_memory_want_nothing);
    tcase_add_test(tests, small_pieces_go_out_together_and_in_order);
    tcase_add_test(tests, a_note_comes_behind_all_that_its_item_has_written);
    tcase_add_test(tests, a_sink_that_fails_is_asked_no_more);
    tcase_add_test(tests, a_sink_that_fails_later_drops_what_waited_for_it);
    tcase_add_test(tests, split_items_come_out_in_order_whoever_has_them);
    tcase_add_test(tests, splitting_behind_the_last_that_is_done_ends_the_span);
    tcase_add_test(tests, what_is_abandoned_comes_out_as_far_as_it_got);
    tcase_add_test(tests, a_tentative_answer_is_shown_when_its_item_has_ended);
    tcase_add_test(tests, forgetting_leaves_what_ended_before_and_gives_back_the_file);
    tcase_add_test(tests, an_abandoned_tentative_answer_is_shown);
    tcase_add_test(tests, memory_stays_below_the_cap_and_the_file_is_used_again);
    tcase_add_test(tests, nothing_is_left_in_the_folder);
    tcase_add_test(tests, without_a_file_only_the_first_is_wanted_until_it_is_done);
    tcase_add_test(tests, without_a_file_a_sink_that_blocks_now_and_then_brings_no_new_appetite);
    tcase_add_test(tests, the_file_is_tried_again_when_there_was_room_in_between);
}
