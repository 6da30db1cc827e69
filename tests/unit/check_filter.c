#include "resident.h"

#include "worker/filter.h"
#include "worker/framing.h"

#define CHUNKS    64
#define ITEMS_MAX 20000

static int complaints; /* what the worker and the filter say on standard error */

/* The chunks, in the order in which they were published, and how far they were answered. */
static struct {
    int slot;
    uint64_t first;
    uint32_t count, answered;
    bool returned;
} chunks[CHUNKS];
static size_t chunk_count, at;
static uint64_t next_item;

/* What was said of each item. */
static struct {
    enum message_type how; /* RESULTS or DONE; 0: nothing */
    enum message_outcome outcome;
    uint32_t code;
    struct buffer output, errors;
    char label[64];
} told[ITEMS_MAX];
static unsigned hungry; /* messages that say so */

static char *const *words; /* of the filter */

static int expand(void *template, const struct command_task *task, struct command_line *line,
                  const char **why)
{
    (void)template, (void)task, (void)why;
    for (char *const *word = words; *word != NULL; word++)
        words_add(&line->arguments, *word);
    return 0;
}

static void begin(void)
{
    resident_begin(CHUNKS, MIB, expand);
    complaints = platform_open_temporary("/tmp");
    ck_assert_int_ge(complaints, 0);
}

/* The filter is this script of the shell. */
static void filter_with(const char *script)
{
    static char shell[] = "sh", option[] = "-c";
    static char *line[4];
    line[0] = shell;
    line[1] = option;
    line[2] = (char *)(uintptr_t)script;
    words = line;
}

/* ---- the worker ---- */

static struct filter filter = {.number = WORKER};

static int serve_chunk(struct command *command, unsigned slot, const struct queue_chunk *chunk)
{
    filter.command = command;
    return filter_run(&filter, slot, chunk);
}

static int serve_end(int result)
{
    return filter.exit_status != 0 ? filter.exit_status : -result;
}

static void hire(void)
{
    resident_hire(complaints);
}

/* ---- the parent ---- */

static void publish_chunk(struct queue_chunk chunk, const void *bytes)
{
    chunk.first = next_item;
    chunk.offset = arena_used;
    ck_assert_uint_le(chunk.length, queue.arena_size - arena_used);
    memcpy(queue.arena + arena_used, bytes, chunk.length);
    arena_used += chunk.length;
    next_item += chunk.count;
    ck_assert_uint_le(next_item, ITEMS_MAX);
    ck_assert_uint_lt(chunk_count, CHUNKS);
    int slot = queue_publish(&queue, &chunk);
    ck_assert_int_ge(slot, 0);
    chunks[chunk_count].slot = slot;
    chunks[chunk_count].first = chunk.first;
    chunks[chunk_count++].count = chunk.count;
    queue_wake(&queue, 1);
}

/* The lines of `text`, `batch` in each task; `tries` of it have failed. */
static void publish_lines(const char *text, uint32_t batch, uint32_t tries)
{
    struct queue_chunk chunk = {.batch = batch, .length = strlen(text), .delimiter = '\n', .tries = tries};
    uint32_t lines = 0;
    for (const char *end = text; *end != '\0'; end++)
        lines += *end == '\n' || end[1] == '\0';
    chunk.count = (lines + batch - 1) / batch;
    publish_chunk(chunk, text);
}

static void publish(const char *text)
{
    publish_lines(text, 1, 0);
}

/* It is about the next item without an answer, of the first chunk that is not over. */
static void check_place(const struct message *message)
{
    while (at < chunk_count && (chunks[at].returned || chunks[at].answered == chunks[at].count))
        at++;
    ck_assert_uint_lt(at, chunk_count);
    ck_assert_uint_eq(message->slot, (unsigned)chunks[at].slot);
    ck_assert_uint_eq(message->item, chunks[at].first + chunks[at].answered);
}

/* The answers of a RESULTS message are told apart by what they end in; with FILTER_LENGTH all go to the
 * first. */
static void take_results(const struct message *message)
{
    const char *bytes = message->as.output.bytes;
    size_t length = message->as.output.length;
    ck_assert_uint_ge(message->as.output.count, 1);
    ck_assert_uint_le(message->as.output.count, chunks[at].count - chunks[at].answered);
    for (uint32_t i = 0; i < message->as.output.count; i++) {
        const char *end = plan.framing == FILTER_LENGTH || length == 0
                              ? NULL
                              : memchr(bytes, plan.framing == FILTER_LINES ? '\n' : '\0', length);
        size_t taken = end == NULL ? length : (size_t)(end - bytes) + 1;
        ck_assert_int_eq(told[message->item + i].how, 0);
        told[message->item + i].how = MESSAGE_RESULTS;
        buffer_append(&told[message->item + i].output, bytes, taken);
        bytes += taken;
        length -= taken;
    }
    ck_assert_uint_eq(length, 0);
    chunks[at].answered += message->as.output.count;
}

static void take_done(const struct message *message)
{
    const struct message_done *done = &message->as.done;
    ck_assert_int_eq(told[message->item].how, 0);
    told[message->item].how = MESSAGE_DONE;
    told[message->item].outcome = done->outcome;
    told[message->item].code = done->code;
    snprintf(told[message->item].label, sizeof told->label, "%.*s", (int)done->label_length,
             done->label_length == 0 ? "" : done->label);
    chunks[at].answered++;
}

static void take(const struct message *message)
{
    if (message->type == MESSAGE_HUNGRY) {
        ck_assert_uint_eq(message->item, 0);
        hungry++;
        return;
    }
    check_place(message);
    switch (message->type) {
    case MESSAGE_RESULTS:
        take_results(message);
        break;
    case MESSAGE_OUTPUT:
        buffer_append(&told[message->item].output, message->as.output.bytes, message->as.output.length);
        break;
    case MESSAGE_ERRORS:
        buffer_append(&told[message->item].errors, message->as.output.bytes, message->as.output.length);
        break;
    case MESSAGE_DONE:
        take_done(message);
        break;
    case MESSAGE_RETURN:
        chunks[at].returned = true;
        break;
    default:
        ck_abort_msg("message of type %d", message->type);
    }
}

static void wait_until_hungry(unsigned times)
{
    while (hungry < times)
        ck_assert(next());
}

static void wait_for_answer(uint64_t item)
{
    while (told[item].how == 0)
        ck_assert(next());
}

/* All that is published, by one worker. */
static int run(const char *script)
{
    filter_with(script);
    queue_close(&queue);
    hire();
    return leave();
}

/* ---- what is expected ---- */

static void expect_bytes(const struct buffer *buffer, const char *bytes, size_t length)
{
    ck_assert_msg(
        buffer_length(buffer) == length && (length == 0 || memcmp(buffer_bytes(buffer), bytes, length) == 0),
        "'%.*s' is not '%.*s'", (int)buffer_length(buffer), buffer_bytes(buffer), (int)length, bytes);
}

static void expect_answer(uint64_t item, const char *answer)
{
    ck_assert_int_eq(told[item].how, MESSAGE_RESULTS);
    expect_bytes(&told[item].output, answer, strlen(answer));
    ck_assert_uint_eq(buffer_length(&told[item].errors), 0);
}

static bool contains(const struct buffer *buffer, const char *text)
{
    return buffer_length(buffer) > 0 &&
           memmem(buffer_bytes(buffer), buffer_length(buffer), text, strlen(text)) != NULL;
}

/* `why` NULL: nothing is said. */
static void expect_failure(uint64_t item, enum message_outcome outcome, uint32_t code, const char *why)
{
    ck_assert_int_eq(told[item].how, MESSAGE_DONE);
    ck_assert_int_eq(told[item].outcome, outcome);
    ck_assert_uint_eq(told[item].code, code);
    if (why == NULL)
        ck_assert_uint_eq(buffer_length(&told[item].errors), 0);
    else
        ck_assert_msg(contains(&told[item].errors, why), "'%.*s'", (int)buffer_length(&told[item].errors),
                      buffer_bytes(&told[item].errors));
}

static void expect_returned(uint64_t from, size_t chunk)
{
    ck_assert(chunks[chunk].returned);
    ck_assert_uint_eq(chunks[chunk].first + chunks[chunk].answered, from);
}

/* What the worker said for itself. */
static bool complained(const char *text)
{
    char bytes[4096];
    ssize_t length = pread(complaints, bytes, sizeof bytes, 0);
    return length > 0 && memmem(bytes, (size_t)length, text, strlen(text)) != NULL;
}

static void expect_no_complaints(void)
{
    char bytes[4096];
    ssize_t length = pread(complaints, bytes, sizeof bytes, 0);
    ck_assert_msg(length == 0, "'%.*s'", (int)length, bytes);
}

/* Each process of the filter has said a line on standard error. */
static void expect_processes(unsigned count)
{
    char bytes[4096];
    ssize_t length = pread(complaints, bytes, sizeof bytes, 0);
    unsigned lines = 0;
    for (ssize_t i = 0; i < length; i++)
        lines += bytes[i] == '\n';
    ck_assert_uint_eq(lines, count);
}

/* ---- answers ---- */

START_TEST(each_item_gets_its_answer_in_order)
{
    publish("a\nb\n\nc d\n");
    ck_assert_int_eq(run("exec sed 's/^/</; s/$/>/'"), 0);
    expect_answer(0, "<a>\n");
    expect_answer(1, "<b>\n");
    expect_answer(2, "<>\n");
    expect_answer(3, "<c d>\n");
    ck_assert_int_eq(hungry, 0);
    expect_no_complaints();
    ck_assert_uint_eq(atomic_load(&shared->task), 0);
}
END_TEST

START_TEST(chunks_are_held_and_answered_in_the_order_of_their_claims)
{
    char text[64];
    for (unsigned i = 0; i < 40; i++) {
        snprintf(text, sizeof text, "%u\n%u\n%u", 3 * i, 3 * i + 1, 3 * i + 2);
        if (i % 2 == 0)
            strcat(text, "\n");
        publish(text);
    }
    /* One process has answered all of them. */
    ck_assert_int_eq(run("while read -r x; do n=$((n + 1)); echo $n:$x; done"), 0);
    for (unsigned i = 0; i < 120; i++) {
        snprintf(text, sizeof text, "%u:%u\n", i + 1, i);
        expect_answer(i, text);
    }
    expect_no_complaints();
}
END_TEST

/* More than pipes and the outbox hold, both ways. */
START_TEST(many_items_go_through)
{
    const unsigned count = 15000;
    struct buffer text = BUFFER_INIT;
    char line[64];
    for (unsigned i = 0; i < count; i++) {
        snprintf(line, sizeof line, "%039u\n", i);
        buffer_append_text(&text, line);
        if (i % 5000 == 4999) {
            buffer_append_byte(&text, '\0');
            publish(buffer_bytes(&text));
            buffer_clear(&text);
        }
    }
    buffer_release(&text);
    ck_assert_int_eq(run("exec cat"), 0);
    for (unsigned i = 0; i < count; i++) {
        snprintf(line, sizeof line, "%039u\n", i);
        expect_answer(i, line);
    }
}
END_TEST

START_TEST(an_answer_comes_while_the_filter_waits_for_more)
{
    filter_with("while read -r x; do echo \"<$x>\"; done");
    hire();
    for (unsigned i = 0; i < 10; i++) {
        publish("x\n");
        wait_for_answer(i);
        expect_answer(i, "<x>\n");
    }
    ck_assert_int_eq(finish(), 0);
    expect_no_complaints();
}
END_TEST

START_TEST(the_last_answer_may_lack_its_newline)
{
    publish("a\nb\n");
    ck_assert_int_eq(run("read a; read b; echo $a; printf %s $b"), 0);
    expect_answer(0, "a\n");
    expect_answer(1, "b\n");
    expect_no_complaints();
}
END_TEST

START_TEST(a_last_answer_without_newline_is_none_where_the_filter_failed)
{
    publish("a\nb\n");
    ck_assert_int_eq(run("read a; read b; echo $a; printf %s $b; exit 5"), 0);
    expect_answer(0, "a\n");
    expect_failure(1, OUTCOME_EXIT, 5, "status 5");
}
END_TEST

START_TEST(a_long_answer_is_told_apart)
{
    struct buffer item = BUFFER_INIT;
    publish("before\n");
    for (unsigned i = 0; i < 300000; i++)
        buffer_append_byte(&item, (char)('a' + i % 26));
    buffer_append(&item, "\n", 2);
    publish(buffer_bytes(&item));
    publish("behind\n");
    ck_assert_int_eq(run("exec cat"), 0);
    expect_answer(0, "before\n");
    expect_failure(1, OUTCOME_SUCCESS, 0, NULL);
    expect_bytes(&told[1].output, buffer_bytes(&item), strlen(buffer_bytes(&item)));
    expect_answer(2, "behind\n");
    buffer_release(&item);
}
END_TEST

START_TEST(items_of_a_batch_are_one_line)
{
    publish_lines("a\nb\nc\nd\ne\n", 2, 0);
    ck_assert_int_eq(run("exec sed 's/^/</; s/$/>/'"), 0);
    expect_answer(0, "<a b>\n");
    expect_answer(1, "<c d>\n");
    expect_answer(2, "<e>\n");
}
END_TEST

/* ---- how items and answers are told apart ---- */

START_TEST(items_and_answers_may_end_in_nul)
{
    plan.framing = FILTER_NUL;
    publish_chunk((struct queue_chunk){.count = 2, .batch = 1, .length = 6, .delimiter = '\0'}, "a\nb\0c");
    publish("d\n");
    ck_assert_int_eq(run("exec tr '\\n' '+'"), 0);
    ck_assert_int_eq(told[0].how, MESSAGE_RESULTS);
    expect_bytes(&told[0].output, "a+b", 4);
    expect_bytes(&told[1].output, "c", 2);
    expect_bytes(&told[2].output, "d", 2);
}
END_TEST

/* Items with their lengths in front, of a chunk's own form. */
static void publish_framed(const char *const *items, const uint32_t *lengths, uint32_t count)
{
    struct buffer bytes = BUFFER_INIT;
    for (uint32_t i = 0; i < count; i++) {
        buffer_append(&bytes, &lengths[i], sizeof *lengths);
        buffer_append(&bytes, items[i], lengths[i]);
    }
    publish_chunk(
        (struct queue_chunk){
            .count = count, .batch = 1, .length = buffer_length(&bytes), .delimiter = ITEMS_FRAMED},
        buffer_bytes(&bytes));
    buffer_release(&bytes);
}

START_TEST(an_item_that_can_not_be_framed_is_refused_in_its_turn)
{
    publish_framed((const char *const[]){"a", "b\nb", "c", "\n"}, (const uint32_t[]){1, 3, 1, 1}, 4);
    ck_assert_int_eq(run("exec cat"), 0);
    expect_answer(0, "a\n");
    expect_failure(1, OUTCOME_FAILED, 1, "it holds a newline");
    ck_assert_str_eq(told[1].label, "b\nb");
    expect_answer(2, "c\n");
    expect_failure(3, OUTCOME_FAILED, 1, "it holds a newline");
}
END_TEST

START_TEST(a_nul_in_an_item_is_refused_where_it_ends_one)
{
    plan.framing = FILTER_NUL;
    publish_framed((const char *const[]){"a\nb", "\0", "c"}, (const uint32_t[]){3, 1, 1}, 3);
    ck_assert_int_eq(run("exec cat"), 0);
    expect_bytes(&told[0].output, "a\nb", 4);
    expect_failure(1, OUTCOME_FAILED, 1, "it holds a NUL");
    expect_bytes(&told[2].output, "c", 2);
}
END_TEST

START_TEST(with_lengths_items_and_answers_hold_any_byte)
{
    plan.framing = FILTER_LENGTH;
    publish_framed((const char *const[]){"a\n\0b"}, (const uint32_t[]){4}, 1);
    publish_framed((const char *const[]){""}, (const uint32_t[]){0}, 1);
    publish("c\n");
    ck_assert_int_eq(run("exec cat"), 0);
    expect_bytes(&told[0].output, "a\n\0b", 4);
    expect_answer(1, "");
    expect_answer(2, "c");
    expect_no_complaints();
}
END_TEST

START_TEST(a_length_is_four_bytes_the_lowest_first)
{
    char item[0x102 + 1];
    memset(item, 'x', sizeof item - 1);
    item[sizeof item - 1] = '\0';
    plan.framing = FILTER_LENGTH;
    publish(item);
    ck_assert_int_eq(run("head -c 4 | od -An -tx1 >&2; cat >/dev/null; printf '\\1\\0\\0\\0z'"), 0);
    ck_assert(complained("02 01 00 00"));
    expect_answer(0, "z");
}
END_TEST

START_TEST(with_lengths_an_answer_may_begin_with_its_status)
{
    plan.framing = FILTER_LENGTH;
    publish("a\nb\nc\nd\n");
    ck_assert_int_eq(run("cat >/dev/null; printf '\\1\\0\\0\\200\\0\\4\\0\\0\\200\\7abc\\1\\0\\0\\200\\377"
                         "\\3\\0\\0\\200\\0de'"),
                     0);
    expect_answer(0, "");
    expect_failure(1, OUTCOME_EXIT, 7, NULL);
    ck_assert_str_eq(told[1].label, "b");
    expect_bytes(&told[1].output, "abc", 3);
    expect_failure(2, OUTCOME_EXIT, 255, NULL);
    expect_bytes(&told[2].output, "", 0);
    expect_answer(3, "de");
}
END_TEST

START_TEST(a_length_that_can_not_be_fails_the_item)
{
    static const char *const scripts[] = {
        "cat >/dev/null; printf '\\1\\0\\0\\0a\\1\\0\\0\\1'; sleep 1000",   /* more than 16 MiB */
        "cat >/dev/null; printf '\\1\\0\\0\\0a\\0\\0\\0\\200'; sleep 1000", /* no room for the status */
    };
    plan.framing = FILTER_LENGTH;
    for (size_t i = 0; i < ARRAY_LENGTH(scripts); i++) {
        publish("a\nb\n");
        filter_with(scripts[i]);
        hire();
        wait_until_hungry((unsigned)i + 1);
        atomic_store(&run_state->input_drained, 1);
        queue_wake(&queue, 1);
        wait_for_answer(2 * i + 1);
        expect_answer(2 * i, "a");
        expect_failure(2 * i + 1, OUTCOME_FAILED, 1, "has no length in front");
        atomic_store(&shared->leave, 1);
        queue_wake(&queue, 1);
        ck_assert_int_eq(leave(), 0);
        atomic_store(&shared->leave, 0);
    }
}
END_TEST

START_TEST(a_cut_answer_is_none)
{
    plan.framing = FILTER_LENGTH;
    publish("a\nb\n");
    ck_assert_int_eq(run("cat >/dev/null; printf '\\1\\0\\0\\0a\\5\\0\\0\\0b'"), 0);
    expect_answer(0, "a");
    expect_failure(1, OUTCOME_FAILED, 1, "status 0");
}
END_TEST

/* ---- filters that fail ---- */

START_TEST(who_answers_too_little_has_failed_what_it_had_begun)
{
    publish("a\nb\nc\n");
    ck_assert_int_eq(run("read a; echo $a; cat >/dev/null; exit 3"), 0);
    expect_answer(0, "a\n");
    expect_failure(1, OUTCOME_EXIT, 3, "cpool: 'b': the filter ended with status 3 before it answered\n");
    ck_assert_str_eq(told[1].label, "b");
    expect_failure(2, OUTCOME_EXIT, 3, NULL);
    ck_assert_str_eq(told[2].label, "c");
}
END_TEST

START_TEST(to_end_well_before_all_is_answered_is_a_failure)
{
    publish("a\nb\n");
    ck_assert_int_eq(run("exec sed -n 1p"), 0);
    expect_answer(0, "a\n");
    expect_failure(1, OUTCOME_FAILED, 1, "status 0");
}
END_TEST

START_TEST(a_signal_is_named)
{
    publish("a\nb\n");
    ck_assert_int_eq(run("read a; read b; kill -KILL $$"), 0);
    expect_failure(0, OUTCOME_SIGNAL, SIGKILL, "ended by SIGKILL before it answered");
    expect_failure(1, OUTCOME_SIGNAL, SIGKILL, NULL);
}
END_TEST

/* More lines than a pipe holds. */
static void publish_many(void)
{
    struct buffer text = BUFFER_INIT;
    char line[64];
    for (unsigned i = 0; i < 5000; i++) {
        snprintf(line, sizeof line, "%039u\n", i);
        buffer_append_text(&text, line);
    }
    buffer_append_byte(&text, '\0');
    publish(buffer_bytes(&text));
    buffer_release(&text);
}

/* It reads three lines and no byte more. */
START_TEST(what_was_not_begun_comes_back)
{
    publish_many();
    ck_assert_int_eq(run("read -r a; read -r b; read -r c; echo $a; exit 9"), 0);
    expect_answer(0, "000000000000000000000000000000000000000\n");
    expect_failure(1, OUTCOME_EXIT, 9, "status 9");
    expect_failure(2, OUTCOME_EXIT, 9, NULL);
    expect_returned(3, 0);
}
END_TEST

START_TEST(whole_chunks_that_were_not_begun_come_back)
{
    publish("a\nb\n");
    publish_many();
    ck_assert_int_eq(run("read -r a; echo $a; read -r b; exit 4"), 0);
    expect_answer(0, "a\n");
    expect_failure(1, OUTCOME_EXIT, 4, "status 4");
    expect_returned(2, 1);
}
END_TEST

/* All was written, and the pipe holds it. */
START_TEST(what_lies_unread_in_the_pipe_was_not_begun)
{
    publish("a\nb\nc\nd\n");
    filter_with("read -r a; read -r b; echo $a; exit 9");
    hire(); /* the queue is open: its input is not ended by us */
    wait_for_answer(1);
    ck_assert_int_eq(finish(), 0);
    expect_answer(0, "a\n");
    expect_failure(1, OUTCOME_EXIT, 9, "status 9");
    expect_returned(2, 0);
}
END_TEST

START_TEST(a_failure_when_all_is_answered_is_only_warned_of)
{
    publish("a\nb\n");
    ck_assert_int_eq(run("cat; exit 6"), 0);
    expect_answer(0, "a\n");
    expect_answer(1, "b\n");
    ck_assert(complained("warning: the filter answered all that it was asked, and ended with a failure"));
}
END_TEST

START_TEST(more_answers_than_items_end_the_worker)
{
    publish("a\nb\n");
    ck_assert_int_eq(run("read a; read b; printf 'a\\nb\\nc\\n'; cat"), FILTER_EXCESS);
    expect_answer(0, "a\n");
    expect_answer(1, "b\n");
    ck_assert(complained("answers more than it was asked"));
}
END_TEST

START_TEST(an_answer_to_nothing_ends_the_worker)
{
    filter_with("read a; echo $a; read b; echo $b; echo $b; cat");
    publish("a\n");
    hire();
    wait_for_answer(0);
    publish("b\n");
    ck_assert_int_eq(leave(), FILTER_EXCESS);
    expect_answer(1, "b\n");
}
END_TEST

START_TEST(a_filter_that_never_answers_is_not_started_for_ever)
{
    char text[8];
    for (unsigned i = 0; i < 30; i++) {
        snprintf(text, sizeof text, "%u\n", i);
        publish_lines(text, 1, 1); /* each in a process of its own */
    }
    ck_assert_int_eq(run("exit 1"), FILTER_HOPELESS);
    ck_assert(complained("10 times in a row without an answer"));
    ck_assert_uint_le(at, 10);
    for (unsigned i = 0; i < 10; i++)
        expect_failure(i, OUTCOME_EXIT, 1, "status 1");
    ck_assert_int_eq(told[10].how, 0);
}
END_TEST

START_TEST(one_answer_is_enough_to_go_on)
{
    char text[8];
    for (unsigned i = 0; i < 30; i++) {
        snprintf(text, sizeof text, "%u\n", i);
        publish_lines(text, 1, 1);
    }
    ck_assert_int_eq(run("read a; test $((a % 10)) -ne 0 || echo $a"), 0);
    for (unsigned i = 0; i < 30; i++)
        ck_assert_int_eq(told[i].how, i % 10 == 0 ? MESSAGE_RESULTS : MESSAGE_DONE);
}
END_TEST

START_TEST(a_filter_that_is_not_there_ends_the_worker)
{
    static char missing[] = "no-such-program-anywhere";
    static char *line[] = {missing, NULL};
    words = line;
    publish("a\nb\n");
    queue_close(&queue);
    hire();
    ck_assert_int_eq(leave(), FILTER_HOPELESS);
    expect_returned(0, 0);
    ck_assert(complained("no-such-program-anywhere: the filter can't be started"));
}
END_TEST

START_TEST(what_has_failed_before_is_alone_in_its_process)
{
    publish_lines("a\n", 1, 1);
    publish_lines("b\n", 1, 2);
    publish("c\nd\n");
    publish("e\n");
    ck_assert_int_eq(run("echo one >&2; while read -r x; do echo $((n += 1)):$x; done"), 0);
    expect_answer(0, "1:a\n");
    expect_answer(1, "1:b\n");
    expect_answer(2, "1:c\n");
    expect_answer(3, "2:d\n");
    expect_answer(4, "3:e\n");
    expect_processes(3);
}
END_TEST

/* It is claimed before that can be seen, and is handed back; the process gets no more. */
START_TEST(what_has_failed_before_does_not_join_others)
{
    publish("a\nb\n");
    publish_lines("c\n", 1, 1);
    publish("d\n");
    publish_lines("e\n", 1, 3);
    publish("f\n");
    ck_assert_int_eq(run("echo one >&2; while read -r x; do echo $((n += 1)):$x; done"), 0);
    expect_answer(0, "1:a\n");
    expect_answer(1, "2:b\n");
    expect_returned(2, 1);
    expect_answer(3, "1:d\n");
    expect_returned(4, 3);
    expect_answer(5, "1:f\n");
    expect_processes(3);
}
END_TEST

/* ---- filters that keep their answers back ---- */

START_TEST(it_is_said_once_that_there_could_be_more)
{
    publish("a\nb\n");
    filter_with("exec sort");
    hire();
    wait_until_hungry(1);
    /* A wake-up for nothing is no news. */
    queue_wake(&queue, 1);
    publish("c\n");
    wait_until_hungry(2);
    ck_assert_int_eq(told[0].how, 0);
    ck_assert_int_eq(finish(), 0);
    expect_answer(0, "a\n");
    expect_answer(1, "b\n");
    expect_answer(2, "c\n");
    ck_assert_uint_eq(hungry, 2);
}
END_TEST

START_TEST(who_keeps_answers_back_gets_more_as_long_as_there_is_more)
{
    const unsigned count = 30;
    filter_with("exec sort");
    publish("a\n");
    hire();
    for (unsigned i = 1; i < count; i++) {
        wait_until_hungry(i);
        publish("a\n");
    }
    wait_until_hungry(count);
    ck_assert_int_eq(told[0].how, 0);
    ck_assert_int_eq(finish(), 0);
    for (unsigned i = 0; i < count; i++)
        expect_answer(i, "a\n");
}
END_TEST

/* What it would do after a while, it would have done by then. */
START_TEST(as_long_as_there_may_be_more_its_input_is_not_ended)
{
    filter_with("exec sort");
    publish("b\n");
    hire();
    wait_until_hungry(1);
    poll(NULL, 0, 150);
    publish("a\n");
    ck_assert_int_eq(finish(), 0);
    expect_answer(0, "a\n");
    expect_answer(1, "b\n");
}
END_TEST

START_TEST(when_nothing_more_is_handed_out_its_input_is_ended)
{
    filter_with("exec sort");
    publish("b\na\n");
    hire();
    wait_until_hungry(1);
    atomic_store(&run_state->input_drained, 1);
    queue_wake(&queue, 1);
    wait_for_answer(1);
    expect_answer(0, "a\n");
    expect_answer(1, "b\n");
    atomic_store(&run_state->input_drained, 0);
    /* It is started again for what comes later. */
    publish("d\nc\n");
    ck_assert_int_eq(finish(), 0);
    expect_answer(2, "c\n");
    expect_answer(3, "d\n");
}
END_TEST

START_TEST(one_that_owes_nothing_is_left_in_peace_when_nothing_more_is_handed_out)
{
    filter_with("echo $$ >&2; while read -r x; do echo $x; done");
    publish("a\n");
    hire();
    wait_for_answer(0);
    atomic_store(&run_state->input_drained, 1);
    queue_wake(&queue, 1);
    publish("b\n");
    wait_for_answer(1);
    ck_assert_int_eq(finish(), 0);
    expect_processes(1);
}
END_TEST

/* The shell waits for its child, which keeps its answers back: that was taken for work, and nothing went
 * on. */
START_TEST(a_filter_whose_child_reads_gets_more_and_is_ended)
{
    filter_with("sed 's/$/!/'; exit $?");
    publish("0\n");
    publish("1\n");
    hire();
    wait_until_hungry(1);
    publish("2\n");
    publish("3\n");
    wait_until_hungry(2);
    atomic_store(&run_state->input_drained, 1);
    queue_wake(&queue, 1);
    wait_for_answer(3);
    publish("4\n");
    publish("5\n");
    publish("6\n");
    ck_assert_int_eq(finish(), 0);
    for (unsigned i = 0; i < 7; i++)
        expect_answer(i, (const char *const[]){"0!\n", "1!\n", "2!\n", "3!\n", "4!\n", "5!\n", "6!\n"}[i]);
}
END_TEST

/* ---- orders ---- */

START_TEST(one_that_is_to_leave_ends_its_filter)
{
    struct pollfd ended = {.events = POLLIN};
    filter_with("while read -r x; do echo $x; done");
    publish("a\n");
    hire();
    wait_for_answer(0);
    /* Again and again: a wake-up is for one that sleeps already. */
    atomic_store(&shared->leave, 1);
    ended.fd = answers.fd;
    do
        queue_wake(&queue, 1);
    while (poll(&ended, 1, 10) == 0);
    ck_assert_int_eq(leave(), 0);
}
END_TEST

START_TEST(the_order_to_end_is_obeyed_and_the_unanswered_have_failed)
{
    filter_with("read -r x; echo $x; exec sleep 1000");
    publish("a\nb\n");
    hire();
    wait_for_answer(0);
    ck_assert_int_eq(channel_send(orders, MESSAGE_TERMINATE, SIGTERM), 0);
    ck_assert_int_eq(leave(), 1);
    expect_failure(1, OUTCOME_SIGNAL, SIGTERM, "SIGTERM");
}
END_TEST

START_TEST(one_that_does_nothing_for_too_long_has_timed_out)
{
    atomic_store(&run_state->time_limit, 30 * NS_PER_MS);
    publish("a\nb\n");
    ck_assert_int_eq(run("read -r x; read -r y; exec sleep 1000"), 0);
    expect_failure(0, OUTCOME_TIMED_OUT, 30, NULL);
    /* The other fails with it, or was not begun. */
    ck_assert(chunks[0].returned || told[1].outcome == OUTCOME_SIGNAL);
}
END_TEST

/* The limit is in force only while nothing is owed. */
START_TEST(one_that_waits_for_items_may_wait_for_ever)
{
    filter_with("echo one >&2; while read -r x; do echo $x; done");
    publish("a\n");
    hire();
    for (unsigned i = 0; i < 5; i++) {
        wait_for_answer(i);
        atomic_store(&run_state->time_limit, 1 * NS_PER_MS);
        ck_assert_int_eq(channel_send(orders, MESSAGE_LIMIT, 0), 0);
        poll(NULL, 0, 20);
        atomic_store(&run_state->time_limit, 0);
        publish("a\n");
    }
    ck_assert_int_eq(finish(), 0);
    for (unsigned i = 0; i < 6; i++)
        expect_answer(i, "a\n");
    expect_processes(1);
}
END_TEST

static void add_failure_tests(TCase *tests)
{
    tcase_add_test(tests, who_answers_too_little_has_failed_what_it_had_begun);
    tcase_add_test(tests, to_end_well_before_all_is_answered_is_a_failure);
    tcase_add_test(tests, a_signal_is_named);
    tcase_add_test(tests, what_was_not_begun_comes_back);
    tcase_add_test(tests, whole_chunks_that_were_not_begun_come_back);
    tcase_add_test(tests, what_lies_unread_in_the_pipe_was_not_begun);
    tcase_add_test(tests, a_failure_when_all_is_answered_is_only_warned_of);
    tcase_add_test(tests, more_answers_than_items_end_the_worker);
    tcase_add_test(tests, an_answer_to_nothing_ends_the_worker);
    tcase_add_test(tests, a_filter_that_never_answers_is_not_started_for_ever);
    tcase_add_test(tests, one_answer_is_enough_to_go_on);
    tcase_add_test(tests, a_filter_that_is_not_there_ends_the_worker);
    tcase_add_test(tests, what_has_failed_before_is_alone_in_its_process);
    tcase_add_test(tests, what_has_failed_before_does_not_join_others);
}

UNIT_MAIN("filter")
{
    tcase_add_checked_fixture(tests, begin, NULL);
    tcase_add_test(tests, each_item_gets_its_answer_in_order);
    tcase_add_test(tests, chunks_are_held_and_answered_in_the_order_of_their_claims);
    tcase_add_test(tests, many_items_go_through);
    tcase_add_test(tests, an_answer_comes_while_the_filter_waits_for_more);
    tcase_add_test(tests, the_last_answer_may_lack_its_newline);
    tcase_add_test(tests, a_last_answer_without_newline_is_none_where_the_filter_failed);
    tcase_add_test(tests, a_long_answer_is_told_apart);
    tcase_add_test(tests, items_of_a_batch_are_one_line);
    tcase_add_test(tests, items_and_answers_may_end_in_nul);
    tcase_add_test(tests, an_item_that_can_not_be_framed_is_refused_in_its_turn);
    tcase_add_test(tests, a_nul_in_an_item_is_refused_where_it_ends_one);
    tcase_add_test(tests, with_lengths_items_and_answers_hold_any_byte);
    tcase_add_test(tests, a_length_is_four_bytes_the_lowest_first);
    tcase_add_test(tests, with_lengths_an_answer_may_begin_with_its_status);
    tcase_add_test(tests, a_length_that_can_not_be_fails_the_item);
    tcase_add_test(tests, a_cut_answer_is_none);
    add_failure_tests(tests);
    tcase_add_test(tests, it_is_said_once_that_there_could_be_more);
    tcase_add_test(tests, who_keeps_answers_back_gets_more_as_long_as_there_is_more);
    tcase_add_test(tests, as_long_as_there_may_be_more_its_input_is_not_ended);
    tcase_add_test(tests, when_nothing_more_is_handed_out_its_input_is_ended);
    tcase_add_test(tests, one_that_owes_nothing_is_left_in_peace_when_nothing_more_is_handed_out);
    tcase_add_test(tests, a_filter_whose_child_reads_gets_more_and_is_ended);
    tcase_add_test(tests, one_that_is_to_leave_ends_its_filter);
    tcase_add_test(tests, the_order_to_end_is_obeyed_and_the_unanswered_have_failed);
    tcase_add_test(tests, one_that_does_nothing_for_too_long_has_timed_out);
    tcase_add_test(tests, one_that_waits_for_items_may_wait_for_ever);
}
