#include "collect.h"

static void end(void)
{
    ck_assert_uint_eq(collector.spool.held, 0);
    ck_assert_int_eq(collector.spool.file_held, 0);
    collect_end();
}

/* ---- as completed ---- */

START_TEST(whole_tasks_come_in_the_order_in_which_they_end)
{
    open_collector(COLLECTOR_AS_COMPLETED, 1, MIB, folder);
    struct collector_span *a = expect(0), *b = expect(1), *c = expect(2);
    add(a, "a1 ");
    add(b, "b1 ");
    add(c, "c1 ");
    add_to(b, COLLECTOR_ERRORS, "b2 ");
    ck_assert_str_eq(came_out(), "");
    done(b);
    ck_assert_str_eq(came_out(), "b1 b2 ");
    add(a, "a2 ");
    done(c);
    done(a);
    ck_assert_str_eq(came_out(), "c1 a1 a2 ");
    ck_assert(collector_is_out(&collector));
}
END_TEST

/* Of a chunk, too: nobody waits for its end. */
START_TEST(items_of_a_chunk_come_when_they_have_ended)
{
    open_collector(COLLECTOR_AS_COMPLETED, 1, MIB, folder);
    struct collector_span *chunk = collector_expect(&collector, 0, 3), *other = expect(3);
    add(chunk, "1");
    done(chunk);
    ck_assert_str_eq(came_out(), "1");
    add(chunk, "2");
    add(other, "4");
    done(other);
    ck_assert_str_eq(came_out(), "4");
    struct collector_span *rest = collector_split(&collector, chunk, 2);
    done(chunk);
    ck_assert_str_eq(came_out(), "2");
    add(rest, "3");
    done(rest);
    ck_assert_str_eq(came_out(), "3");
    ck_assert(collector_is_out(&collector));
}
END_TEST

/* ---- by line ---- */

START_TEST(lines_come_as_they_are_whole_on_each_stream_for_itself)
{
    open_collector(COLLECTOR_BY_LINE, 1, MIB, folder);
    struct collector_span *a = expect(0), *b = expect(1);
    add(a, "a1\na");
    add(b, "b1\nb2\n");
    add_to(a, COLLECTOR_ERRORS, "error\n");
    ck_assert_str_eq(came_out(), "a1\nb1\nb2\nerror\n");
    add(b, "b");
    add(a, "2\n");
    ck_assert_str_eq(came_out(), "a2\n");
    /* The last line as it is, without a newline of ours. */
    done(b);
    ck_assert_str_eq(came_out(), "b");
    add(a, "a");
    add_to(a, COLLECTOR_ERRORS, "e");
    add(a, "3");
    done(a);
    ck_assert_str_eq(came_out(), "a3e");
    ck_assert(collector_is_out(&collector));
}
END_TEST

START_TEST(lines_that_may_be_tried_again_wait_for_the_end_of_their_task)
{
    open_collector(COLLECTOR_BY_LINE, 1, MIB, folder);
    collector.tentative = true;
    struct collector_span *a = expect(0), *b = expect(1);
    add(a, "failed\n");
    add(b, "b\n");
    collector_forget(&collector, a);
    done(b);
    add(a, "a\n");
    ck_assert_str_eq(came_out(), "b\n");
    done(a);
    ck_assert_str_eq(came_out(), "a\n");
}
END_TEST

/* ---- no room: one passes through ---- */

/* Fill memory, where there is no file, with what two others have written; then prefer the first. */
static void fill_without_a_file(struct collector_span **spans, const char *text)
{
    for (unsigned i = 0; i < 3; i++)
        spans[i] = expect(i);
    for (unsigned i = 0; collector_appetite(&collector) == COLLECTOR_WANTS_ALL; i++) {
        ck_assert_uint_lt(i, 100000);
        add(spans[1 + i % 2], text);
    }
    ck_assert_int_eq(collector_appetite(&collector), COLLECTOR_WANTS_FIRST);
    ck_assert_ptr_null(collector_first(&collector));
}

START_TEST(where_nothing_can_be_kept_one_task_passes_through_and_the_others_wait)
{
    open_collector(COLLECTOR_AS_COMPLETED, 1, 20000, "/nonexistent/folder");
    struct collector_span *spans[3];
    fill_without_a_file(spans, "x");
    add(spans[0], "a");
    size_t held = collector.spool.held;
    collector_prefer(&collector, spans[0]);
    ck_assert_ptr_eq(collector_first(&collector), spans[0]);
    add(spans[0], "b");
    ck_assert_str_eq(came_out(), "ab");
    /* Its output takes no more memory. */
    for (unsigned i = 0; i < 1000; i++)
        add(spans[0], "................");
    ck_assert_uint_le(collector.spool.held, held);
    came_out();
    /* One that was ended all the same, by a signal, say, is behind it in one piece. */
    done(spans[1]);
    ck_assert_str_eq(came_out(), "");
    add(spans[0], "c");
    done(spans[0]);
    const char *text = came_out();
    ck_assert_int_eq(text[0], 'c');
    ck_assert_uint_eq(strspn(text + 1, "x"), strlen(text + 1));
    ck_assert_uint_gt(strlen(text), 1000);
    ck_assert_ptr_null(collector_first(&collector));
    ck_assert_int_eq(collector_appetite(&collector), COLLECTOR_WANTS_ALL);
    done(spans[2]);
    ck_assert_uint_gt(strspn(came_out(), "x"), 1000);
    ck_assert(collector_is_out(&collector));
}
END_TEST

START_TEST(with_lines_it_passes_to_the_end_of_one_at_least)
{
    open_collector(COLLECTOR_BY_LINE, 1, 20000, "/nonexistent/folder");
    struct collector_span *spans[3];
    fill_without_a_file(spans, "x");
    add(spans[0], "a");
    collector_prefer(&collector, spans[0]);
    ck_assert_str_eq(came_out(), "a");
    add(spans[1], "\nmore");
    done(spans[2]);
    add(spans[0], "b\n");
    ck_assert_str_eq(came_out(), "b\n"); /* there is no room yet */
    add_to(spans[0], COLLECTOR_ERRORS, "e");
    done(spans[1]);
    done(spans[0]);
    const char *text = came_out();
    ck_assert_int_eq(text[0], 'e');
    ck_assert_uint_gt(strspn(text + 1, "x"), 1000);
    ck_assert_str_eq(text + strlen(text) - 4, "more");
    ck_assert(collector_is_out(&collector));
}
END_TEST

START_TEST(with_room_again_it_passes_to_the_end_of_its_line)
{
    open_collector(COLLECTOR_BY_LINE, 1, 20000, "/nonexistent/folder");
    struct collector_span *spans[3];
    fill_without_a_file(spans, "x");
    collector_prefer(&collector, spans[0]);
    add(spans[0], "a");
    add(spans[0], "b");
    ck_assert_str_eq(came_out(), "ab");
    collector.spool.cap = MIB; /* as if others had gone */
    add(spans[1], "y\n");
    collector_pump(&collector);
    ck_assert_str_eq(came_out(), "");
    add(spans[0], "c\n");
    const char *text = came_out();
    ck_assert(strncmp(text, "abc\nx", 5) == 0 || strncmp(text, "c\nx", 3) == 0);
    ck_assert_str_eq(text + strlen(text) - 3, "xy\n");
    ck_assert_ptr_null(collector_first(&collector));
    for (unsigned i = 0; i < 3; i++)
        done(spans[i]);
    came_out();
}
END_TEST

/* The disk is not filled because the reader is slow: what is in the file counts, too. */
START_TEST(a_slow_reader_makes_tasks_wait_once_enough_is_kept)
{
    open_collector(COLLECTOR_AS_COMPLETED, 1, 20000, folder);
    static char text[9000];
    memset(text, 'x', sizeof text - 1);
    unsigned items = 0;
    sink.room = 0;
    for (; collector_appetite(&collector) != COLLECTOR_WANTS_NOTHING; items++) {
        ck_assert_uint_lt(items, 10);
        struct collector_span *span = expect(items);
        add(span, text);
        add(span, text);
        done(span);
    }
    sink.room = SIZE_MAX;
    collector_pump(&collector);
    ck_assert_uint_eq(strlen(came_out()), 2 * items * (sizeof text - 1));
    ck_assert_int_eq(collector_appetite(&collector), COLLECTOR_WANTS_ALL);
}
END_TEST

/* ---- in turn ---- */

START_TEST(one_line_of_each_in_turn)
{
    open_collector(COLLECTOR_IN_TURN, 2, MIB, folder);
    struct collector_span *a = expect(0), *b = expect(1), *c = expect(2);
    add(b, "b1\nb2\n");
    add(c, "c1\n");
    done(c);
    ck_assert_str_eq(came_out(), "");
    add(a, "a");
    ck_assert_str_eq(came_out(), "a");
    add(a, "1\na2\n");
    ck_assert_str_eq(came_out(), "1\nb1\na2\nb2\n");
    add(a, "a3\na4\n");
    done(b);
    ck_assert_str_eq(came_out(), "a3\nc1\na4\n");
    collector_end(&collector);
    done(a);
    ck_assert(collector_is_out(&collector));
}
END_TEST

START_TEST(errors_pass_when_it_is_their_turn_and_cost_none)
{
    open_collector(COLLECTOR_IN_TURN, 2, MIB, folder);
    struct collector_span *a = expect(0), *b = expect(1);
    add_to(b, COLLECTOR_ERRORS, "e1\n");
    add_to(a, COLLECTOR_ERRORS, "e2\ne3");
    ck_assert_str_eq(came_out(), "e2\ne3");
    add(a, "a1\n");
    ck_assert_str_eq(came_out(), "a1\ne1\n");
    add(b, "b1\n");
    done(b);
    done(a);
    collector_end(&collector);
    ck_assert_str_eq(came_out(), "b1\n");
    ck_assert(collector_is_out(&collector));
}
END_TEST

START_TEST(an_unfinished_line_gets_a_newline_before_anothers)
{
    open_collector(COLLECTOR_IN_TURN, 2, MIB, folder);
    struct collector_span *a = expect(0), *b = expect(1);
    add(a, "a1");
    done(a);
    ck_assert_str_eq(came_out(), "a1");
    add(b, "b1\nb2");
    collector_end(&collector);
    done(b);
    /* And the last one of all does not. */
    ck_assert_str_eq(came_out(), "\nb1\nb2");
    ck_assert(collector_is_out(&collector));
}
END_TEST

/* Or the order would depend on how fast the items come. */
START_TEST(a_seat_waits_for_the_next_item_or_the_end_of_all)
{
    open_collector(COLLECTOR_IN_TURN, 3, MIB, folder);
    struct collector_span *a = expect(0);
    add(a, "a1\na2\na3\n");
    ck_assert_str_eq(came_out(), "a1\n");
    struct collector_span *b = expect(1);
    add(b, "b1\nb2\n");
    done(b);
    ck_assert_str_eq(came_out(), "b1\n");
    collector_end(&collector);
    ck_assert_str_eq(came_out(), "a2\nb2\na3\n");
    done(a);
    ck_assert(collector_is_out(&collector));
}
END_TEST

START_TEST(items_that_wait_behind_a_slow_one_become_a_crowd)
{
    open_collector(COLLECTOR_IN_TURN, 2, MIB, folder);
    struct collector_span *slow = expect(0);
    unsigned items = 1;
    for (; !collector_is_crowded(&collector); items++) {
        ck_assert_uint_le(items, 1000000);
        done(expect(items));
    }
    ck_assert_uint_gt(items, 10000);
    done(slow);
    ck_assert(!collector_is_crowded(&collector));
    ck_assert_uint_eq(collector.spans, 0);
}
END_TEST

START_TEST(what_is_abandoned_comes_out_in_each_order)
{
    static const char *const wanted[] = {"a1\nab1\nb", "a1\nab1\nb", "a1\nb1\nab", "a1\nb1\na\nb"};
    for (unsigned order = 0; order < COLLECTOR_ORDERS; order++) {
        open_collector((enum collector_order)order, 3, MIB, folder);
        struct collector_span *a = expect(0), *b = expect(1);
        expect(2);
        add(a, "a1\na");
        add(b, "b1\nb");
        collector_abandon(&collector);
        ck_assert_str_eq(came_out(), wanted[order]);
        ck_assert(collector_is_out(&collector));
        ck_assert_uint_eq(collector.spool.held, 0);
        collector_release(&collector);
    }
    open_collector(COLLECTOR_IN_ORDER, 1, MIB, folder);
}
END_TEST

START_TEST(a_sink_that_fails_ends_all_that_waits_in_each_order)
{
    for (unsigned order = 0; order < COLLECTOR_ORDERS; order++) {
        sink.fails = false;
        open_collector((enum collector_order)order, 2, MIB, folder);
        struct collector_span *spans[4];
        for (unsigned i = 0; i < 4; i++)
            add(spans[i] = expect(i), "a line\nand more");
        sink.fails = true;
        for (unsigned i = 4; i-- > 0;) {
            collector_flush(&collector);
            add(spans[i], "more\n");
            done(spans[i]);
        }
        collector_end(&collector);
        collector_flush(&collector);
        collector_pump(&collector);
        ck_assert(collector.failed);
        ck_assert(collector_is_out(&collector));
        ck_assert_uint_eq(collector.spool.held, 0);
        collector_release(&collector);
    }
    open_collector(COLLECTOR_IN_ORDER, 1, MIB, folder);
}
END_TEST

START_TEST(what_has_failed_is_red_and_nothing_else)
{
    open_collector(COLLECTOR_AS_COMPLETED, 1, MIB, folder);
    collector.tentative = true;
    collector.painted = 1U << COLLECTOR_ERRORS;
    struct collector_span *a = expect(0), *b = expect(1);
    add_to(a, COLLECTOR_ERRORS, "a\n");
    add_to(b, COLLECTOR_ERRORS, "b\n");
    add(b, "c\n");
    collector_paint(&collector, b);
    done(b);
    done(a);
    ck_assert_str_eq(came_out(), "\033[31mb\033[0m\nc\na\n");
}
END_TEST

/* ---- against models: tasks that write what they like, as fast as they like ---- */

#define TASKS  40
#define EVENTS 30

/* What it writes, piece by piece. */
struct task {
    struct {
        enum collector_stream stream;
        char bytes[600];
        size_t length;
    } events[EVENTS];
    unsigned count, at; /* pieces, and those that it has written */
    unsigned failures;  /* that will be */
    struct collector_span *span;
    bool ended;
    struct buffer tails[COLLECTOR_STREAMS]; /* for the model of lines */
};

struct play {
    enum collector_order order;
    unsigned window, workers; /* seats, and tasks at a time */
    size_t cap;
    bool retries, no_file, no_partial;
    uint64_t chance;
    struct task tasks[TASKS];
    unsigned expected, ended; /* tasks, all before which are known, and those that have ended */
    struct buffer wanted;     /* as the sink has it */
    size_t most_held;
    unsigned in_file, first_only; /* rounds */
};

/* Letters of its own, so that a torn line is seen. */
static void write_script(struct play *play, unsigned index)
{
    struct task *task = &play->tasks[index];
    task->count = (unsigned)unit_below(&play->chance, EVENTS);
    task->failures = play->retries ? (unsigned)unit_below(&play->chance, 3) : 0;
    bool in_line[COLLECTOR_STREAMS] = {false};
    for (unsigned i = 0; i < task->count; i++) {
        size_t most = unit_below(&play->chance, 5) == 0 ? sizeof task->events[i].bytes - 1 : 20;
        enum collector_stream stream =
            unit_below(&play->chance, 4) == 0 ? COLLECTOR_ERRORS : COLLECTOR_OUTPUT;
        task->events[i].stream = stream;
        task->events[i].length = 1 + unit_below(&play->chance, most);
        for (size_t k = 0; k < task->events[i].length; k++)
            task->events[i].bytes[k] = unit_below(&play->chance, 12) == 0 ? '\n' : (char)('0' + index);
        in_line[stream] = task->events[i].bytes[task->events[i].length - 1] != '\n';
    }
    for (size_t s = 0; play->no_partial && s < COLLECTOR_STREAMS; s++)
        for (unsigned i = task->count; in_line[s] && i-- > 0;)
            if (task->events[i].stream == s) {
                task->events[i].bytes[task->events[i].length - 1] = '\n';
                break;
            }
}

static void want_all(struct play *play, const struct task *task)
{
    for (unsigned i = 0; i < task->count; i++)
        put(&play->wanted, task->events[i].stream, task->events[i].bytes, task->events[i].length);
}

/* The model of lines: what is whole is wanted at once. */
static void want_lines(struct play *play, struct task *task, unsigned event)
{
    enum collector_stream stream = task->events[event].stream;
    struct buffer *tail = &task->tails[stream];
    buffer_append(tail, task->events[event].bytes, task->events[event].length);
    size_t whole = buffer_length(tail);
    while (whole > 0 && buffer_bytes(tail)[whole - 1] != '\n')
        whole--;
    put(&play->wanted, stream, buffer_bytes(tail), whole);
    buffer_take(tail, whole);
}

static void want_tails(struct play *play, struct task *task)
{
    for (unsigned s = 0; s < COLLECTOR_STREAMS; s++) {
        put(&play->wanted, s, buffer_bytes(&task->tails[s]), buffer_length(&task->tails[s]));
        buffer_release(&task->tails[s]);
    }
}

/* The model of turns, from what the tasks write in all: where a task stands is an event and a byte of it. */
struct place {
    unsigned event;
    size_t byte;
};

/* One turn: false where there was no line left, only errors or nothing. */
static bool want_turn(struct play *play, const struct task *task, struct place *place, bool *open)
{
    bool any = false;
    for (; place->event < task->count; place->event++, place->byte = 0) {
        enum collector_stream stream = task->events[place->event].stream;
        for (; place->byte < task->events[place->event].length; place->byte++) {
            const char *byte = &task->events[place->event].bytes[place->byte];
            if (stream == COLLECTOR_OUTPUT && !any && *open)
                put(&play->wanted, COLLECTOR_OUTPUT, "\n", 1);
            put(&play->wanted, stream, byte, 1);
            any = any || stream == COLLECTOR_OUTPUT;
            if (stream != COLLECTOR_OUTPUT)
                continue;
            *open = *byte != '\n';
            if (!*open) {
                place->byte++;
                return true;
            }
        }
    }
    return any;
}

static void want_turns(struct play *play)
{
    unsigned seats[TASKS], count = 0, next = 0;
    struct place places[TASKS] = {{0}};
    bool open = false;
    for (unsigned at = 0; count > 0 || next < TASKS; at++) {
        if (at == count && count < play->window && next < TASKS)
            seats[count++] = next++;
        at = at < count ? at : 0;
        while (count > 0 && !want_turn(play, &play->tasks[seats[at]], &places[seats[at]], &open)) {
            if (next < TASKS) {
                seats[at] = next++;
                continue;
            }
            count--;
            memmove(&seats[at], &seats[at + 1], (count - at) * sizeof *seats);
            if (at == count)
                at = 0;
        }
    }
}

static void end_task(struct play *play, struct task *task)
{
    task->ended = true;
    play->ended++;
    if (play->order == COLLECTOR_AS_COMPLETED || (play->order == COLLECTOR_BY_LINE && play->retries))
        want_all(play, task);
    else if (play->order == COLLECTOR_BY_LINE)
        want_tails(play, task);
    done(task->span);
}

/* It writes one more piece, or ends, for good or to be tried again. */
static void step(struct play *play, struct task *task)
{
    if (task->at < task->count) {
        if (play->order == COLLECTOR_BY_LINE && !play->retries && !play->no_file)
            want_lines(play, task, task->at);
        collector_add(&collector, task->span, task->events[task->at].stream, task->events[task->at].bytes,
                      task->events[task->at].length);
        task->at++;
    } else if (task->failures > 0) {
        task->failures--;
        task->at = 0;
        collector_forget(&collector, task->span);
    } else {
        end_task(play, task);
    }
}

/* The n-th of those that have a worker: the first that have not ended, in the order of the items. */
static struct task *running(struct play *play, unsigned n)
{
    for (unsigned i = 0, seen = 0; i < play->expected && seen < play->workers; i++) {
        if (play->tasks[i].ended)
            continue;
        if (seen++ == n)
            return &play->tasks[i];
    }
    return NULL;
}

static struct task *listen_to(struct play *play)
{
    switch (collector_appetite(&collector)) {
    case COLLECTOR_WANTS_NOTHING:
        return NULL;
    case COLLECTOR_WANTS_ALL:
        return running(play, (unsigned)unit_below(&play->chance, play->workers));
    case COLLECTOR_WANTS_FIRST:
        break;
    }
    play->first_only++;
    if (collector_first(&collector) == NULL && collector_is_free(&collector))
        collector_prefer(&collector, running(play, 0)->span);
    for (unsigned i = 0; i < play->workers; i++) {
        struct task *task = running(play, i);
        if (task != NULL && task->span == collector_first(&collector))
            return task;
    }
    return NULL;
}

static void expect_more(struct play *play)
{
    if (play->expected < TASKS) {
        play->tasks[play->expected].span = expect(play->expected);
        play->expected++;
    } else {
        collector_end(&collector);
    }
}

static void pump_some(struct play *play)
{
    sink.room = unit_below(&play->chance, 2000);
    collector_flush(&collector);
    collector_pump(&collector);
}

static void run_play(struct play *play)
{
    open_collector(play->order, play->window, play->cap, play->no_file ? "/nonexistent/folder" : folder);
    collector.tentative = play->retries;
    for (unsigned i = 0; i < TASKS; i++)
        write_script(play, i);
    for (unsigned rounds = 0; play->ended < TASKS || !collector_is_out(&collector); rounds++) {
        ck_assert_msg(rounds < 10000000, "it hangs");
        if (unit_below(&play->chance, 3) == 0)
            pump_some(play);
        if (unit_below(&play->chance, 5) == 0)
            expect_more(play);
        struct task *task = listen_to(play);
        if (task != NULL)
            step(play, task);
        play->in_file += collector.spool.file_held > 0;
        play->most_held = size_max(play->most_held, collector.spool.held);
    }
    ck_assert(!collector.failed);
    if (play->order == COLLECTOR_IN_TURN)
        want_turns(play);
    ck_assert_uint_eq(collector.spool.held, 0);
    collector_release(&collector);
}

static void end_play(struct play *play)
{
    buffer_clear(&sink.bytes);
    sink.room = SIZE_MAX;
    for (unsigned i = 0; i < TASKS; i++)
        for (unsigned s = 0; s < COLLECTOR_STREAMS; s++)
            buffer_release(&play->tasks[i].tails[s]);
    buffer_release(&play->wanted);
    free(play);
}

static struct play *new_play(enum collector_order order, uint64_t seed)
{
    struct play *play = calloc(1, sizeof *play);
    play->order = order;
    play->chance = seed;
    play->cap = MIB;
    play->window = 1 + (unsigned)unit_below(&play->chance, 6);
    play->workers = play->window;
    return play;
}

static void check_exact(const struct play *play)
{
    size_t at = 0, length = size_min(buffer_length(&sink.bytes), buffer_length(&play->wanted));
    while (at < length && buffer_bytes(&sink.bytes)[at] == buffer_bytes(&play->wanted)[at])
        at++;
    ck_assert_msg(at == length,
                  "order %d, %u seats: other bytes from byte %zu of %zu on: '%.40s', not '%.40s'",
                  (int)play->order, play->window, at / 2, length / 2, buffer_bytes(&sink.bytes) + at / 2 * 2,
                  buffer_bytes(&play->wanted) + at / 2 * 2);
    ck_assert_uint_eq(buffer_length(&sink.bytes), buffer_length(&play->wanted));
}

static const enum collector_order new_orders[] = {COLLECTOR_AS_COMPLETED, COLLECTOR_BY_LINE,
                                                  COLLECTOR_IN_TURN};

START_TEST(each_order_is_what_its_model_says)
{
    for (size_t o = 0; o < ARRAY_LENGTH(new_orders); o++)
        for (unsigned seed = 1; seed <= 16; seed++) {
            struct play *play = new_play(new_orders[o], seed);
            play->retries = seed % 4 == 0;
            run_play(play);
            check_exact(play);
            end_play(play);
        }
    open_collector(COLLECTOR_IN_ORDER, 1, MIB, folder);
}
END_TEST

START_TEST(so_it_is_through_the_file)
{
    for (size_t o = 0; o < ARRAY_LENGTH(new_orders); o++) {
        unsigned in_file = 0;
        for (unsigned seed = 1; seed <= 16; seed++) {
            struct play *play = new_play(new_orders[o], seed);
            play->retries = seed % 4 == 0;
            play->cap = seed % 2 == 0 ? 0 : 3000;
            /* With nothing in memory at all a sink that blocks is waited for, and nothing comes to the
             * file. */
            run_play(play);
            check_exact(play);
            in_file += play->in_file;
            end_play(play);
        }
        ck_assert_uint_gt(in_file, 0);
    }
    open_collector(COLLECTOR_IN_ORDER, 1, MIB, folder);
}
END_TEST

/* With fewer workers than seats the seats wait for tasks that can't start yet: the others are heard until
 * they have ended. */
START_TEST(with_fewer_workers_than_seats_the_order_is_the_same_and_nothing_hangs)
{
    for (unsigned seed = 1; seed <= 16; seed++) {
        struct play *play = new_play(COLLECTOR_IN_TURN, seed);
        play->window = 2 + seed % 5;
        play->workers = 1 + seed % (play->window - 1);
        play->cap = seed % 2 == 0 ? 2000 : MIB;
        run_play(play);
        check_exact(play);
        end_play(play);
    }
    open_collector(COLLECTOR_IN_ORDER, 1, MIB, folder);
}
END_TEST

/* All that each task has written, on each stream, in its order; no line is torn. */
static void check_by_task(const struct play *play)
{
    for (unsigned s = 0; s < COLLECTOR_STREAMS; s++) {
        unsigned events[TASKS] = {0};
        size_t bytes[TASKS] = {0};
        int owner = -1;
        for (size_t i = 0; i < buffer_length(&sink.bytes); i += 2) {
            char byte = buffer_bytes(&sink.bytes)[i];
            if ((buffer_bytes(&sink.bytes)[i + 1] == 'o') != (s == COLLECTOR_OUTPUT))
                continue;
            if (byte == '\n') {
                owner = -1;
                continue;
            }
            /* In turn, errors are passed as they are reached. */
            bool may_be_torn = play->order == COLLECTOR_IN_TURN && s == COLLECTOR_ERRORS;
            ck_assert(owner < 0 || owner == byte - '0' || may_be_torn);
            owner = byte - '0';
            bytes[owner]++;
        }
        for (unsigned t = 0; t < TASKS; t++)
            for (; events[t] < play->tasks[t].count; events[t]++)
                for (size_t k = 0; k < play->tasks[t].events[events[t]].length; k++)
                    bytes[t] -= play->tasks[t].events[events[t]].stream == s &&
                                play->tasks[t].events[events[t]].bytes[k] != '\n';
        for (unsigned t = 0; t < TASKS; t++)
            ck_assert_uint_eq(bytes[t], 0);
    }
}

/* Each in one piece. */
static void check_whole_tasks(void)
{
    bool seen[TASKS] = {false};
    int owner = -1;
    for (size_t i = 0; i < buffer_length(&sink.bytes); i += 2) {
        int task = buffer_bytes(&sink.bytes)[i] - '0';
        if (buffer_bytes(&sink.bytes)[i] == '\n' || task == owner)
            continue;
        ck_assert(!seen[task]);
        seen[task] = true;
        owner = task;
    }
}

/* Without a file: one is listened to at a time, memory is bounded, and all of them come to their end. */
START_TEST(without_a_file_all_come_to_their_end_in_little_memory)
{
    for (size_t o = 0; o < ARRAY_LENGTH(new_orders); o++) {
        unsigned first_only = 0;
        for (unsigned seed = 1; seed <= 16; seed++) {
            struct play *play = new_play(new_orders[o], seed);
            play->cap = 3000;
            play->no_file = play->no_partial = true;
            run_play(play);
            if (play->order == COLLECTOR_IN_TURN)
                check_exact(play);
            if (play->order == COLLECTOR_AS_COMPLETED)
                check_whole_tasks();
            check_by_task(play);
            /* What comes at a time is kept in pieces of 4 KiB. */
            ck_assert_uint_le(play->most_held, play->cap + play->window * 2 * 5000 + 5000);
            first_only += play->first_only;
            end_play(play);
        }
        ck_assert_uint_gt(first_only, 0);
    }
    open_collector(COLLECTOR_IN_ORDER, 1, MIB, folder);
}
END_TEST

UNIT_MAIN("collector_orders")
{
    tcase_add_checked_fixture(tests, collect_begin, end);
    tcase_add_test(tests, whole_tasks_come_in_the_order_in_which_they_end);
    tcase_add_test(tests, items_of_a_chunk_come_when_they_have_ended);
    tcase_add_test(tests, lines_come_as_they_are_whole_on_each_stream_for_itself);
    tcase_add_test(tests, lines_that_may_be_tried_again_wait_for_the_end_of_their_task);
    tcase_add_test(tests, where_nothing_can_be_kept_one_task_passes_through_and_the_others_wait);
    tcase_add_test(tests, with_lines_it_passes_to_the_end_of_one_at_least);
    tcase_add_test(tests, with_room_again_it_passes_to_the_end_of_its_line);
    tcase_add_test(tests, a_slow_reader_makes_tasks_wait_once_enough_is_kept);
    tcase_add_test(tests, one_line_of_each_in_turn);
    tcase_add_test(tests, errors_pass_when_it_is_their_turn_and_cost_none);
    tcase_add_test(tests, an_unfinished_line_gets_a_newline_before_anothers);
    tcase_add_test(tests, a_seat_waits_for_the_next_item_or_the_end_of_all);
    tcase_add_test(tests, items_that_wait_behind_a_slow_one_become_a_crowd);
    tcase_add_test(tests, what_is_abandoned_comes_out_in_each_order);
    tcase_add_test(tests, a_sink_that_fails_ends_all_that_waits_in_each_order);
    tcase_add_test(tests, what_has_failed_is_red_and_nothing_else);
    tcase_add_test(tests, each_order_is_what_its_model_says);
    tcase_add_test(tests, so_it_is_through_the_file);
    tcase_add_test(tests, with_fewer_workers_than_seats_the_order_is_the_same_and_nothing_hangs);
    tcase_add_test(tests, without_a_file_all_come_to_their_end_in_little_memory);
}
