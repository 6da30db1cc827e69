#include "unit.h"

#include "base/io.h"
#include "base/platform.h"
#include "ipc/channel.h"

static int ends[2];
static struct channel channel;

static void open_pipe(void)
{
    ck_assert_int_eq(platform_pipe(ends, true), 0);
    channel_open(&channel, ends[0]);
}

static void close_pipe(void)
{
    channel_release(&channel);
    io_close(&ends[0]);
    io_close(&ends[1]);
}

static void send_output(uint64_t item, const char *text)
{
    unsigned char bytes[256];
    size_t length = strlen(text);
    message_encode_header(bytes, MESSAGE_OUTPUT, 1, item, length);
    memcpy(bytes + MESSAGE_HEADER_SIZE, text, length);
    ck_assert_int_eq(io_write_all(ends[1], bytes, MESSAGE_HEADER_SIZE + length), 0);
}

START_TEST(a_message_is_there_when_its_last_byte_is)
{
    unsigned char bytes[MESSAGE_HEADER_SIZE + 2] = {0};
    struct message message;
    message_encode_header(bytes, MESSAGE_OUTPUT, 1, 5, 2);
    bytes[MESSAGE_HEADER_SIZE] = 'o';
    bytes[MESSAGE_HEADER_SIZE + 1] = 'k';

    for (size_t i = 0; i < sizeof bytes; i++) {
        ck_assert_int_eq(channel_next(&channel, &message), 0);
        ck_assert_int_eq(io_write_all(ends[1], bytes + i, 1), 0);
        ck_assert_int_eq(channel_fill(&channel), 1);
        ck_assert_uint_eq(channel.received, i + 1);
    }
    ck_assert_int_eq(channel_next(&channel, &message), 1);
    ck_assert_uint_eq(message.item, 5);
    ck_assert_mem_eq(message.as.output.bytes, "ok", 2);
    ck_assert_int_eq(channel_next(&channel, &message), 0);
}
END_TEST

START_TEST(what_came_at_once_is_told_one_by_one)
{
    struct message message;
    for (unsigned i = 0; i < 10; i++)
        send_output(i, "same read");
    ck_assert_int_gt(channel_fill(&channel), 0);
    for (unsigned i = 0; i < 10; i++) {
        ck_assert_int_eq(channel_next(&channel, &message), 1);
        ck_assert_uint_eq(message.item, i);
        ck_assert_uint_eq(message.as.output.length, 9);
        ck_assert_mem_eq(message.as.output.bytes, "same read", 9);
    }
    ck_assert_int_eq(channel_next(&channel, &message), 0);
}
END_TEST

START_TEST(quiet_is_not_the_end)
{
    struct message message;
    ck_assert_int_eq(channel_fill(&channel), -1);
    ck_assert_int_eq(errno, EAGAIN);
    send_output(1, "last words");
    io_close(&ends[1]);
    ck_assert_int_gt(channel_fill(&channel), 0);
    ck_assert_int_eq(channel_fill(&channel), 0);
    /* What came before the end is still there. */
    ck_assert_int_eq(channel_next(&channel, &message), 1);
}
END_TEST

START_TEST(a_message_larger_than_the_pipe_comes_through)
{
    size_t length = MESSAGE_HEADER_SIZE + MESSAGE_PAYLOAD_MAX, sent = 0;
    unsigned char *bytes = malloc(length);
    struct message message;
    for (size_t i = 0; i < length; i++)
        bytes[i] = (unsigned char)(i * 11);
    message_encode_header(bytes, MESSAGE_OUTPUT, 1, 7, MESSAGE_PAYLOAD_MAX);
    while (sent < length) {
        ssize_t n = io_write(ends[1], bytes + sent, length - sent);
        if (n > 0)
            sent += (size_t)n;
        ck_assert_int_eq(channel_next(&channel, &message), 0);
        while (channel_fill(&channel) > 0)
            continue;
    }
    ck_assert_int_eq(channel_next(&channel, &message), 1);
    ck_assert_uint_eq(message.as.output.length, MESSAGE_PAYLOAD_MAX);
    ck_assert(memcmp(message.as.output.bytes, bytes + MESSAGE_HEADER_SIZE, MESSAGE_PAYLOAD_MAX) == 0);
    ck_assert_uint_eq(channel.received, length);
    free(bytes);
}
END_TEST

START_TEST(a_corrupt_stream_stays_corrupt)
{
    struct message message;
    send_output(1, "good");
    ck_assert_int_eq(io_write_all(ends[1], "this is no header of ours", 25), 0);
    send_output(2, "too late");
    ck_assert_int_gt(channel_fill(&channel), 0);
    ck_assert_int_eq(channel_next(&channel, &message), 1);
    for (int i = 0; i < 3; i++) {
        errno = 0;
        ck_assert_int_eq(channel_next(&channel, &message), -1);
        ck_assert_int_eq(errno, EBADMSG);
    }
}
END_TEST

START_TEST(orders_arrive)
{
    struct message message;
    ck_assert_int_eq(channel_send(ends[1], MESSAGE_TERMINATE, SIGTERM), 0);
    ck_assert_int_eq(channel_send(ends[1], MESSAGE_KILL, 0), 0);
    ck_assert_int_gt(channel_fill(&channel), 0);
    ck_assert_int_eq(channel_next(&channel, &message), 1);
    ck_assert_int_eq(message.type, MESSAGE_TERMINATE);
    ck_assert_uint_eq(message.as.terminate.signal, SIGTERM);
    ck_assert_int_eq(channel_next(&channel, &message), 1);
    ck_assert_int_eq(message.type, MESSAGE_KILL);
    ck_assert_int_eq(channel_next(&channel, &message), 0);
    ck_assert_uint_eq(buffer_length(&channel.bytes), 0);
}
END_TEST

/* Half an order would damage all that follow. */
START_TEST(a_full_pipe_takes_an_order_whole_or_not_at_all)
{
    size_t sent = 0, heard = 0;
    struct message message;
    while (channel_send(ends[1], MESSAGE_TERMINATE, SIGINT) == 0)
        sent++;
    ck_assert_int_eq(errno, EAGAIN);
    ck_assert_uint_gt(sent, 100);
    while (channel_fill(&channel) > 0)
        while (channel_next(&channel, &message) == 1)
            heard++;
    ck_assert_uint_eq(heard, sent);
    ck_assert_uint_eq(buffer_length(&channel.bytes), 0);
}
END_TEST

START_TEST(an_order_to_nobody_is_an_error)
{
    signal(SIGPIPE, SIG_IGN);
    io_close(&ends[0]);
    ck_assert_int_eq(channel_send(ends[1], MESSAGE_KILL, 0), -1);
    ck_assert_int_eq(errno, EPIPE);
}
END_TEST

UNIT_MAIN("channel")
{
    tcase_add_checked_fixture(tests, open_pipe, close_pipe);
    tcase_add_test(tests, a_message_is_there_when_its_last_byte_is);
    tcase_add_test(tests, what_came_at_once_is_told_one_by_one);
    tcase_add_test(tests, quiet_is_not_the_end);
    tcase_add_test(tests, a_message_larger_than_the_pipe_comes_through);
    tcase_add_test(tests, a_corrupt_stream_stays_corrupt);
    tcase_add_test(tests, orders_arrive);
    tcase_add_test(tests, a_full_pipe_takes_an_order_whole_or_not_at_all);
    tcase_add_test(tests, an_order_to_nobody_is_an_error);
}
