#include "unit.h"

#include "base/buffer.h"
#include "base/io.h"
#include "base/platform.h"
#include "ipc/channel.h"
#include "ipc/outbox.h"

#include <poll.h>
#include <pthread.h>
#include <sys/mman.h>

/* What both sides share; chunk is what the queue's slot is in earnest: first item and count of the chunk
 * at hand, in one word. */
struct shared {
    struct outbox_shared outbox;
    char bytes[OUTBOX_SIZE];
    _Atomic uint64_t chunk;
};

static struct shared *shared;
static struct outbox outbox;
static struct channel channel;
static int ends[2];

static struct outbox_memory memory(void)
{
    return (struct outbox_memory){&shared->outbox, shared->bytes};
}

static void open_road(void)
{
    ck_assert_int_eq(platform_pipe(ends, true), 0);
    channel_open(&channel, ends[0]);
    outbox_open(&outbox, memory(), ends[1]);
}

static void close_road(void)
{
    channel_release(&channel);
    io_close(&ends[0]);
    io_close(&ends[1]);
}

static void open_all(void)
{
    signal(SIGPIPE, SIG_IGN);
    shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    ck_assert_ptr_ne(shared, MAP_FAILED);
    open_road();
}

static void close_all(void)
{
    close_road();
    munmap(shared, sizeof *shared);
}

static void send_text(uint64_t item, const char *text)
{
    ck_assert_int_eq(outbox_send(&outbox, MESSAGE_OUTPUT, 1, item, text, strlen(text)), 0);
}

/* The worker is no more: read what it had written, then take what is still in its memory. */
static void bury(void)
{
    io_close(&ends[1]);
    while (channel_fill(&channel) > 0)
        continue;
    ck_assert_int_eq(outbox_recover(memory(), channel.received, &channel.bytes), 0);
}

static struct message next_message(enum message_type type, uint64_t item)
{
    struct message message;
    ck_assert_int_eq(channel_next(&channel, &message), 1);
    ck_assert_int_eq(message.type, type);
    ck_assert_uint_eq(message.item, item);
    return message;
}

static void expect_output(uint64_t item, const char *text)
{
    struct message message = next_message(MESSAGE_OUTPUT, item);
    ck_assert_uint_eq(message.as.output.length, strlen(text));
    ck_assert_mem_eq(message.as.output.bytes, text, strlen(text));
}

static void expect_end(void)
{
    struct message message;
    ck_assert_int_eq(channel_next(&channel, &message), 0);
    ck_assert_uint_eq(buffer_length(&channel.bytes), 0);
}

/* ---- on the road ---- */

START_TEST(messages_arrive_as_they_were_sent)
{
    unsigned char payload[MESSAGE_HELLO_SIZE];
    message_encode_hello(payload, 77);
    ck_assert(!outbox_pending(&outbox));
    ck_assert_int_eq(outbox_send(&outbox, MESSAGE_HELLO, 5, 0, payload, sizeof payload), 0);
    send_text(3, "three");
    ck_assert(outbox_pending(&outbox));
    ck_assert_int_eq(outbox_flush(&outbox), 0);
    ck_assert(!outbox_pending(&outbox));

    ck_assert_int_gt(channel_fill(&channel), 0);
    ck_assert_uint_eq(next_message(MESSAGE_HELLO, 0).as.hello.pid, 77);
    expect_output(3, "three");
    expect_end();
}
END_TEST

START_TEST(a_message_without_payload_needs_no_bytes)
{
    ck_assert_int_eq(outbox_send(&outbox, MESSAGE_RETURN, 9, 4, NULL, 0), 0);
    ck_assert_int_eq(outbox_flush(&outbox), 0);
    ck_assert_int_gt(channel_fill(&channel), 0);
    ck_assert_uint_eq(next_message(MESSAGE_RETURN, 4).slot, 9);
    expect_end();
}
END_TEST

START_TEST(what_is_cancelled_or_empty_is_not_sent)
{
    ck_assert_int_eq(outbox_begin(&outbox, MESSAGE_OUTPUT, 1, 1, 10), 0);
    memcpy(outbox_place(&outbox), "never", 5);
    outbox_added(&outbox, 5);
    outbox_cancel(&outbox);
    ck_assert_int_eq(outbox_begin(&outbox, MESSAGE_ERRORS, 1, 1, 10), 0);
    outbox_commit(&outbox);
    send_text(2, "sent");
    ck_assert_int_eq(outbox_flush_wait(&outbox), 0);
    ck_assert_int_gt(channel_fill(&channel), 0);
    expect_output(2, "sent");
    expect_end();
}
END_TEST

START_TEST(an_open_message_is_not_moved_by_a_flush)
{
    send_text(1, "whole");
    ck_assert_int_eq(outbox_begin(&outbox, MESSAGE_OUTPUT, 1, 2, 10), 0);
    char *place = outbox_place(&outbox);
    ck_assert_uint_ge(outbox_room(&outbox), 10);
    ck_assert_int_eq(outbox_flush(&outbox), 0);
    ck_assert_ptr_eq(outbox_place(&outbox), place);
    memcpy(place, "open", 4);
    outbox_added(&outbox, 4);
    outbox_commit(&outbox);
    ck_assert_int_eq(outbox_flush(&outbox), 0);
    /* All is written: the next message has all the room again. */
    ck_assert_uint_eq(outbox_free(&outbox), OUTBOX_SIZE - MESSAGE_HEADER_SIZE);
    bury();
    expect_output(1, "whole");
    expect_output(2, "open");
    expect_end();
}
END_TEST

START_TEST(a_full_pipe_is_told_and_not_waited_for)
{
    static char block[60000];
    memset(block, 'b', sizeof block);
    for (unsigned i = 0; i < 2; i++)
        ck_assert_int_eq(outbox_send(&outbox, MESSAGE_OUTPUT, 1, i, block, sizeof block), 0);
    ck_assert_int_eq(outbox_flush(&outbox), 1);
    ck_assert(outbox_pending(&outbox));
    while (channel_fill(&channel) > 0)
        continue;
    ck_assert_int_eq(outbox_flush(&outbox), 0);
    while (channel_fill(&channel) > 0)
        continue;
    for (unsigned i = 0; i < 2; i++)
        ck_assert_uint_eq(next_message(MESSAGE_OUTPUT, i).as.output.length, sizeof block);
    expect_end();
}
END_TEST

START_TEST(a_parent_that_is_gone_is_told)
{
    static char block[OUTBOX_SIZE / 2];
    memset(block, 'b', sizeof block);
    io_close(&ends[0]);
    send_text(1, "to nobody");
    ck_assert_int_eq(outbox_flush(&outbox), -1);
    ck_assert_int_eq(errno, EPIPE);
    ck_assert_int_eq(outbox_flush_wait(&outbox), -1);
    /* Where there is no room without it, too. */
    ck_assert_int_eq(outbox_send(&outbox, MESSAGE_OUTPUT, 1, 2, block, sizeof block), 0);
    ck_assert_int_eq(outbox_send(&outbox, MESSAGE_OUTPUT, 1, 2, block, sizeof block), -1);
    ck_assert_int_eq(errno, EPIPE);
}
END_TEST

/* Reads the pipe to its end, in a thread: large messages wait for it. */
static void *read_all(void *stream)
{
    static char bytes[20000];
    struct pollfd road = {.fd = ends[0], .events = POLLIN};
    ssize_t n;
    while ((n = io_read(ends[0], bytes, sizeof bytes)) != 0)
        if (n > 0)
            buffer_append(stream, bytes, (size_t)n);
        else if (errno != EAGAIN || poll(&road, 1, -1) < 0)
            break;
    return NULL;
}

START_TEST(output_larger_than_the_outbox_is_split)
{
    static char block[3 * OUTBOX_SIZE + 12345];
    for (size_t i = 0; i < sizeof block; i++)
        block[i] = (char)(i * 31 + i / 256);
    pthread_t reader;
    ck_assert_int_eq(pthread_create(&reader, NULL, read_all, &channel.bytes), 0);
    ck_assert_int_eq(outbox_send(&outbox, MESSAGE_ERRORS, 1, 8, block, sizeof block), 0);
    ck_assert_int_eq(outbox_flush_wait(&outbox), 0);
    io_close(&ends[1]);
    pthread_join(reader, NULL);

    for (size_t at = 0; at < sizeof block;) {
        struct message message = next_message(MESSAGE_ERRORS, 8);
        ck_assert_uint_le(message.as.output.length, sizeof block - at);
        ck_assert(memcmp(message.as.output.bytes, block + at, message.as.output.length) == 0);
        at += message.as.output.length;
    }
    expect_end();
}
END_TEST

START_TEST(a_long_conversation_loses_nothing)
{
    static char block[9000];
    uint64_t chance = 3;
    size_t total = 0;
    pthread_t reader;
    memset(block, 'x', sizeof block);
    ck_assert_int_eq(pthread_create(&reader, NULL, read_all, &channel.bytes), 0);
    for (unsigned i = 0; i < 2000; i++) {
        size_t length = 1 + unit_below(&chance, unit_below(&chance, 8) == 0 ? sizeof block : 100);
        ck_assert_int_eq(outbox_send(&outbox, MESSAGE_OUTPUT, 1, i, block, length), 0);
        total += length;
        if (unit_below(&chance, 16) == 0)
            ck_assert_int_ge(outbox_flush(&outbox), 0);
    }
    ck_assert_int_eq(outbox_flush_wait(&outbox), 0);
    io_close(&ends[1]);
    pthread_join(reader, NULL);

    for (unsigned i = 0; i < 2000; i++)
        total -= next_message(MESSAGE_OUTPUT, i).as.output.length;
    ck_assert_uint_eq(total, 0);
    expect_end();
}
END_TEST

/* ---- a run of small items ---- */

static void begin_item(uint64_t item)
{
    ck_assert_int_eq(outbox_item_begin(&outbox, 1, item), 0);
}

static void end_item(const char *text)
{
    memcpy(outbox_place(&outbox), text, strlen(text));
    outbox_added(&outbox, strlen(text));
    outbox_item_done(&outbox);
}

static void do_item(uint64_t item, const char *text)
{
    begin_item(item);
    end_item(text);
}

/* The item answers in messages of its own, as one that fails does. */
static void send_item(uint64_t item, bool and_say_so)
{
    unsigned char payload[MESSAGE_DONE_SIZE];
    const struct message_done done = {.outcome = OUTCOME_FAILED, .code = 1};
    message_encode_done(payload, &done);
    begin_item(item);
    outbox_end_results(&outbox);
    ck_assert_int_eq(outbox_send(&outbox, MESSAGE_DONE, 1, item, payload, sizeof payload), 0);
    if (and_say_so)
        outbox_item_told(&outbox);
}

static void expect_results(uint64_t item, uint32_t count, const char *text)
{
    struct message message = next_message(MESSAGE_RESULTS, item);
    ck_assert_uint_eq(message.as.output.count, count);
    ck_assert_uint_eq(message.as.output.length, strlen(text));
    ck_assert_mem_eq(message.as.output.bytes, text, strlen(text));
}

/* Of a chunk of 10, of which `told` are known. */
static void expect_items(uint32_t told, uint32_t done, bool running, const char *output)
{
    struct buffer rest = BUFFER_INIT;
    uint32_t got_done;
    bool got_running;
    ck_assert_int_eq(outbox_recover_items(memory(), 10, told, &got_done, &got_running, &rest), 0);
    ck_assert_uint_eq(got_done, done);
    ck_assert_int_eq(got_running, running);
    buffer_append_byte(&rest, '\0');
    ck_assert_str_eq(buffer_bytes(&rest), output);
    buffer_release(&rest);
}

START_TEST(small_answers_travel_together)
{
    outbox_chunk(&outbox);
    do_item(100, "a\n");
    do_item(101, "");
    do_item(102, "c\n");
    outbox_end_results(&outbox);
    outbox_end_results(&outbox); /* with nothing gathered: no message */
    send_item(103, true);
    do_item(104, "e\n");
    outbox_end_results(&outbox);
    ck_assert_int_eq(outbox_flush(&outbox), 0);
    bury();
    expect_results(100, 3, "a\nc\n");
    next_message(MESSAGE_DONE, 103);
    expect_results(104, 1, "e\n");
    expect_end();
    expect_items(5, 5, false, "");
}
END_TEST

/* ---- death, at each point at which it makes a difference ---- */

START_TEST(dead_before_anything)
{
    bury();
    expect_end();
    expect_items(0, 0, false, "");
    outbox_chunk(&outbox);
    expect_items(0, 0, false, "");
}
END_TEST

START_TEST(dead_with_messages_committed_but_not_written)
{
    send_text(1, "one");
    send_text(2, "two");
    bury();
    expect_output(1, "one");
    expect_output(2, "two");
    expect_end();
}
END_TEST

START_TEST(dead_with_a_message_open)
{
    send_text(1, "one");
    ck_assert_int_eq(outbox_begin(&outbox, MESSAGE_OUTPUT, 1, 2, 10), 0);
    memcpy(outbox_place(&outbox), "half", 4);
    outbox_added(&outbox, 4);
    bury();
    expect_output(1, "one");
    expect_end();
}
END_TEST

START_TEST(dead_after_a_partial_write)
{
    static char block[60000];
    memset(block, 'b', sizeof block);
    for (unsigned i = 0; i < 2; i++)
        ck_assert_int_eq(outbox_send(&outbox, MESSAGE_OUTPUT, 1, i, block, sizeof block), 0);
    ck_assert_int_eq(outbox_flush(&outbox), 1);
    bury();
    ck_assert_uint_lt(channel.received, 2 * (sizeof block + MESSAGE_HEADER_SIZE));
    for (unsigned i = 0; i < 2; i++)
        ck_assert_uint_eq(next_message(MESSAGE_OUTPUT, i).as.output.length, sizeof block);
    expect_end();
}
END_TEST

START_TEST(dead_with_old_messages_written_and_new_ones_in_their_place)
{
    for (unsigned i = 0; i < 100; i++) {
        send_text(i, "written");
        ck_assert_int_eq(outbox_flush(&outbox), 0);
    }
    send_text(100, "new");
    /* The next one overwrites what was there; it is not committed. */
    ck_assert_int_eq(outbox_begin(&outbox, MESSAGE_OUTPUT, 1, 101, 10), 0);
    memset(outbox_place(&outbox), 'x', 10);
    bury();
    for (unsigned i = 0; i < 100; i++)
        expect_output(i, "written");
    expect_output(100, "new");
    expect_end();
}
END_TEST

START_TEST(dead_in_the_first_item)
{
    outbox_chunk(&outbox);
    begin_item(0);
    memcpy(outbox_place(&outbox), "half", 4);
    bury();
    expect_end();
    expect_items(0, 0, true, "");
}
END_TEST

START_TEST(dead_between_items)
{
    outbox_chunk(&outbox);
    do_item(0, "a\n");
    do_item(1, "b\n");
    bury();
    expect_end();
    expect_items(0, 2, false, "a\nb\n");
}
END_TEST

START_TEST(dead_in_an_item_with_answers_gathered)
{
    outbox_chunk(&outbox);
    do_item(0, "a\n");
    do_item(1, "b\n");
    begin_item(2);
    memcpy(outbox_place(&outbox), "half", 4);
    bury();
    expect_end();
    expect_items(0, 2, true, "a\nb\n");
}
END_TEST

START_TEST(dead_with_results_committed_but_not_written)
{
    outbox_chunk(&outbox);
    do_item(0, "a\n");
    do_item(1, "b\n");
    outbox_end_results(&outbox);
    bury();
    expect_results(0, 2, "a\nb\n");
    expect_items(2, 2, false, "");
}
END_TEST

START_TEST(dead_in_an_item_after_results_were_committed)
{
    outbox_chunk(&outbox);
    do_item(0, "a\n");
    outbox_end_results(&outbox);
    begin_item(1);
    bury();
    expect_results(0, 1, "a\n");
    expect_items(1, 1, true, "");
}
END_TEST

START_TEST(dead_with_some_results_committed_and_more_gathered)
{
    outbox_chunk(&outbox);
    do_item(0, "a\n");
    outbox_end_results(&outbox);
    ck_assert_int_eq(outbox_flush(&outbox), 0);
    do_item(1, "b\n");
    do_item(2, "c\n");
    begin_item(3);
    bury();
    expect_results(0, 1, "a\n");
    expect_items(1, 3, true, "b\nc\n");
}
END_TEST

START_TEST(dead_while_older_messages_wait_before_the_open_results)
{
    send_text(7, "older");
    outbox_chunk(&outbox);
    do_item(0, "a\n");
    do_item(1, "b\n");
    bury();
    expect_output(7, "older");
    expect_end();
    expect_items(0, 2, false, "a\nb\n");
}
END_TEST

START_TEST(dead_in_an_item_that_answers_apart)
{
    outbox_chunk(&outbox);
    do_item(0, "a\n");
    outbox_end_results(&outbox);
    outbox_item_started(&outbox);
    send_text(1, "half of it");
    bury();
    expect_results(0, 1, "a\n");
    expect_output(1, "half of it");
    expect_items(1, 1, true, "");
}
END_TEST

/* Its DONE is out, only the count was not yet raised: the item has ended all the same. */
START_TEST(dead_between_telling_an_end_and_counting_it)
{
    outbox_chunk(&outbox);
    do_item(0, "a\n");
    send_item(1, false);
    bury();
    expect_results(0, 1, "a\n");
    next_message(MESSAGE_DONE, 1);
    expect_items(2, 2, false, "");
}
END_TEST

START_TEST(dead_after_the_last_item)
{
    outbox_chunk(&outbox);
    for (unsigned i = 0; i < 10; i++)
        do_item(i, "x");
    bury();
    expect_items(0, 10, false, "xxxxxxxxxx");
}
END_TEST

/* The chunk before is all told; nothing of it may be counted for the next one. */
START_TEST(dead_before_the_next_chunk_is_claimed)
{
    outbox_chunk(&outbox);
    do_item(0, "a\n");
    outbox_end_results(&outbox);
    outbox_chunk(&outbox);
    bury();
    expect_results(0, 1, "a\n");
    expect_items(0, 0, false, "");
    expect_items(1, 1, false, "");
}
END_TEST

/* ---- what a worker gone mad may leave ---- */

static void refuse(uint64_t committed, uint64_t received)
{
    struct buffer stream = BUFFER_INIT;
    atomic_store(&shared->outbox.committed, committed);
    errno = 0;
    ck_assert_int_eq(outbox_recover(memory(), received, &stream), -1);
    ck_assert_int_eq(errno, EBADMSG);
    ck_assert_uint_eq(buffer_length(&stream), 0);
    buffer_release(&stream);
}

START_TEST(impossible_messages_are_refused)
{
    refuse(OUTBOX_SIZE + 1, 0);
    refuse(UINT64_MAX, 0);
    refuse((uint64_t)100 << 32 | 99, 0);    /* more missing than there is room for */
    refuse((uint64_t)100 << 32 | 100, 101); /* more came than was sent */
    refuse((uint64_t)1 << 32 | OUTBOX_SIZE, 2);
    refuse((uint64_t)UINT32_MAX << 32 | OUTBOX_SIZE, 0);
}
END_TEST

/* A worker that lives long sends more than 4 GiB. */
START_TEST(the_count_of_bytes_may_wrap)
{
    struct buffer stream = BUFFER_INIT;
    memcpy(shared->bytes, "0123456789", 10);
    atomic_store(&shared->outbox.committed, (uint64_t)5 << 32 | 10);
    ck_assert_int_eq(outbox_recover(memory(), UINT64_C(0x2fffffffe), &stream), 0);
    ck_assert_uint_eq(buffer_length(&stream), 7);
    ck_assert_mem_eq(buffer_bytes(&stream), "3456789", 7);
    buffer_release(&stream);
}
END_TEST

static void refuse_items(uint32_t done, bool running, uint32_t bytes, uint32_t results)
{
    struct buffer output = BUFFER_INIT;
    uint32_t got_done;
    bool got_running;
    atomic_store(&shared->outbox.progress, (uint64_t)done << 33 | (uint64_t)running << 32 | bytes);
    atomic_store(&shared->outbox.results, results);
    errno = 0;
    ck_assert_int_eq(outbox_recover_items(memory(), 10, 0, &got_done, &got_running, &output), -1);
    ck_assert_int_eq(errno, EBADMSG);
    ck_assert_uint_eq(buffer_length(&output), 0);
    buffer_release(&output);
}

START_TEST(impossible_progress_is_refused)
{
    const uint32_t fixed = MESSAGE_HEADER_SIZE + MESSAGE_RESULTS_SIZE;
    refuse_items(11, false, 0, 0);
    refuse_items(10, true, 0, 0);
    refuse_items(UINT32_MAX >> 1, true, UINT32_MAX, UINT32_MAX);
    refuse_items(1, false, OUTBOX_SIZE - fixed + 1, 0);
    refuse_items(1, false, UINT32_MAX, 0);
    refuse_items(1, false, 0, OUTBOX_SIZE - fixed + 1);
    refuse_items(1, false, 0, UINT32_MAX);
    refuse_items(1, false, 100, OUTBOX_SIZE - fixed - 99);
    /* The last that is possible. */
    struct buffer output = BUFFER_INIT;
    uint32_t done;
    bool running;
    atomic_store(&shared->outbox.results, (uint32_t)OUTBOX_SIZE - fixed - 100);
    atomic_store(&shared->outbox.progress, (uint64_t)1 << 33 | 100);
    ck_assert_int_eq(outbox_recover_items(memory(), 10, 0, &done, &running, &output), 0);
    ck_assert_uint_eq(buffer_length(&output), 100);
    buffer_release(&output);
}
END_TEST

/*
 * ---- killed at any moment ----
 *
 * A worker does items, one number after the other, as fast as it can, and is killed; what came through the
 * pipe and what is recovered must be all that it did; the next worker goes on behind it. What an item answers
 * is known from its number: most a line in a RESULTS message, some a long text and a DONE of their own.
 */

static bool answers_apart(uint64_t item)
{
    return item % 13 == 5;
}

static size_t put_answer(uint64_t item, char *place)
{
    size_t length = (size_t)sprintf(place, "%llu", (unsigned long long)item);
    size_t more = answers_apart(item) ? (size_t)(item % 7) * 900 : 0;
    memset(place + length, '.', more);
    place[length + more] = '\n';
    return length + more + 1;
}

#define ANSWER_MAX 8000

static void work_apart(uint64_t item)
{
    static const struct message_done success = {.outcome = OUTCOME_SUCCESS};
    unsigned char payload[MESSAGE_DONE_SIZE];
    char answer[ANSWER_MAX];

    message_encode_done(payload, &success);
    outbox_end_results(&outbox);
    if (outbox_send(&outbox, MESSAGE_OUTPUT, 1, item, answer, put_answer(item, answer)) < 0 ||
        outbox_send(&outbox, MESSAGE_DONE, 1, item, payload, sizeof payload) < 0)
        _exit(1);
    outbox_item_told(&outbox);
}

struct life {
    uint64_t first, chance;
};

static int work_until_killed(void *context)
{
    struct life *life = context;

    io_close(&ends[0]);
    for (uint64_t item = life->first;;) {
        uint64_t count = 1 + unit_below(&life->chance, 60);
        outbox_chunk(&outbox);
        atomic_store(&shared->chunk, item << 16 | count);
        for (uint64_t end = item + count; item < end; item++) {
            if (outbox_room(&outbox) < 4 * KIB)
                outbox_end_results(&outbox);
            if (outbox_item_begin(&outbox, 1, item) < 0)
                return 1;
            if (answers_apart(item)) {
                work_apart(item);
                continue;
            }
            outbox_added(&outbox, put_answer(item, outbox_place(&outbox)));
            outbox_item_done(&outbox);
        }
        outbox_end_results(&outbox);
        if (unit_below(&life->chance, 4) == 0 && outbox_flush_wait(&outbox) < 0)
            return 1;
    }
}

/* What the parent has heard: all items before `next`, and perhaps some of the answer of `next` itself. */
struct heard {
    uint64_t next;
    struct buffer partial;
};

/* The bytes are the answers of exactly `count` items from `next` on. */
static void hear_answers(struct heard *heard, const char *bytes, size_t length, uint64_t count)
{
    char answer[ANSWER_MAX];
    while (count-- > 0) {
        size_t size = put_answer(heard->next++, answer);
        ck_assert(size <= length && memcmp(bytes, answer, size) == 0);
        bytes += size;
        length -= size;
    }
    ck_assert_uint_eq(length, 0);
}

static void hear_messages(struct heard *heard)
{
    struct message message;
    int result;
    while ((result = channel_next(&channel, &message)) == 1) {
        ck_assert_uint_eq(message.item, heard->next);
        if (message.type == MESSAGE_RESULTS) {
            hear_answers(heard, message.as.output.bytes, message.as.output.length, message.as.output.count);
        } else if (message.type == MESSAGE_OUTPUT) {
            buffer_append(&heard->partial, message.as.output.bytes, message.as.output.length);
        } else {
            ck_assert_int_eq(message.type, MESSAGE_DONE);
            hear_answers(heard, buffer_bytes(&heard->partial), buffer_length(&heard->partial), 1);
            buffer_clear(&heard->partial);
        }
    }
    ck_assert_int_eq(result, 0);
}

static void hear_until(struct heard *heard, size_t bytes)
{
    struct pollfd road = {.fd = ends[0], .events = POLLIN};
    while (channel.received < bytes) {
        ck_assert_int_eq(poll(&road, 1, -1), 1);
        ck_assert_int_gt(channel_fill(&channel), 0);
        hear_messages(heard);
    }
}

static void take_over(struct heard *heard)
{
    struct buffer output = BUFFER_INIT;
    uint64_t chunk = atomic_load(&shared->chunk), first = chunk >> 16;
    uint32_t count = (uint32_t)(chunk & 0xFFFF), done;
    bool running;

    bury();
    hear_messages(heard);
    expect_end();
    /* An item that had only begun to answer is done again. */
    buffer_clear(&heard->partial);
    if (count == 0)
        return;
    ck_assert_uint_ge(heard->next, first);
    ck_assert_uint_le(heard->next, first + count);
    uint32_t told = (uint32_t)(heard->next - first);
    ck_assert_int_eq(outbox_recover_items(memory(), count, told, &done, &running, &output), 0);
    ck_assert_uint_ge(done, told);
    if (done > told)
        hear_answers(heard, buffer_bytes(&output), buffer_length(&output), done - told);
    buffer_release(&output);
}

START_TEST(killed_at_any_moment_nothing_is_lost_or_doubled)
{
    struct heard heard = {.partial = BUFFER_INIT};
    uint64_t chance = 11;

    for (int kill_number = 0; kill_number < 150; kill_number++) {
        struct life life = {.first = heard.next, .chance = unit_random(&chance)};
        close_road();
        memset(shared, 0, sizeof *shared);
        open_road();
        pid_t worker = unit_fork(work_until_killed, &life);
        io_close(&ends[1]);
        hear_until(&heard, unit_below(&chance, 100000));
        for (volatile size_t spin = unit_below(&chance, 20000); spin > 0; spin = spin - 1)
            continue;
        kill(worker, SIGKILL);
        ck_assert_int_eq(unit_wait(worker), -SIGKILL);
        take_over(&heard);
    }
    ck_assert_uint_gt(heard.next, 1000);
    buffer_release(&heard.partial);
}
END_TEST

UNIT_MAIN("outbox")
{
    tcase_add_checked_fixture(tests, open_all, close_all);
    tcase_add_test(tests, messages_arrive_as_they_were_sent);
    tcase_add_test(tests, a_message_without_payload_needs_no_bytes);
    tcase_add_test(tests, what_is_cancelled_or_empty_is_not_sent);
    tcase_add_test(tests, an_open_message_is_not_moved_by_a_flush);
    tcase_add_test(tests, a_full_pipe_is_told_and_not_waited_for);
    tcase_add_test(tests, a_parent_that_is_gone_is_told);
    tcase_add_test(tests, output_larger_than_the_outbox_is_split);
    tcase_add_test(tests, a_long_conversation_loses_nothing);
    tcase_add_test(tests, small_answers_travel_together);
    tcase_add_test(tests, dead_before_anything);
    tcase_add_test(tests, dead_with_messages_committed_but_not_written);
    tcase_add_test(tests, dead_with_a_message_open);
    tcase_add_test(tests, dead_after_a_partial_write);
    tcase_add_test(tests, dead_with_old_messages_written_and_new_ones_in_their_place);
    tcase_add_test(tests, dead_in_the_first_item);
    tcase_add_test(tests, dead_between_items);
    tcase_add_test(tests, dead_in_an_item_with_answers_gathered);
    tcase_add_test(tests, dead_with_results_committed_but_not_written);
    tcase_add_test(tests, dead_in_an_item_after_results_were_committed);
    tcase_add_test(tests, dead_with_some_results_committed_and_more_gathered);
    tcase_add_test(tests, dead_while_older_messages_wait_before_the_open_results);
    tcase_add_test(tests, dead_in_an_item_that_answers_apart);
    tcase_add_test(tests, dead_between_telling_an_end_and_counting_it);
    tcase_add_test(tests, dead_after_the_last_item);
    tcase_add_test(tests, dead_before_the_next_chunk_is_claimed);
    tcase_add_test(tests, impossible_messages_are_refused);
    tcase_add_test(tests, the_count_of_bytes_may_wrap);
    tcase_add_test(tests, impossible_progress_is_refused);
    if (!UNIT_THREAD_SANITIZER)
        tcase_add_test(tests, killed_at_any_moment_nothing_is_lost_or_doubled);
}
