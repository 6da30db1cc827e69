#include "unit.h"

#include "base/buffer.h"
#include "base/io.h"
#include "base/platform.h"
#include "worker/stdin_writer.h"

static struct stdin_writer stdin_writer;
static int end; /* the task's */

static struct stdin_writer_source source_of(const char *text)
{
    return (struct stdin_writer_source){.bytes = text, .length = strlen(text), .file = -1};
}

static void open_with(const char *header, const char *text)
{
    struct stdin_writer_source source = source_of(text);
    source.header = header;
    source.header_length = strlen(header);
    end = stdin_writer_open(&stdin_writer, &source);
    ck_assert_int_ge(end, 0);
}

static void add(const char *text)
{
    const struct stdin_writer_source source = source_of(text);
    stdin_writer_add(&stdin_writer, &source);
}

static void pump(void)
{
    ck_assert_int_eq(stdin_writer_pump(&stdin_writer), 0);
}

/* What the task finds in its pipe; the end is not waited for. */
static void expect_bytes(const char *text)
{
    char bytes[256];
    size_t length = strlen(text);
    ck_assert_uint_lt(length, sizeof bytes);
    ck_assert_uint_eq(platform_unread(end), length);
    ck_assert_int_eq(io_read_full(end, bytes, length), (int)length);
    ck_assert_mem_eq(bytes, text, length);
}

static void expect_end(void)
{
    char byte;
    ck_assert_int_lt(stdin_writer.fd, 0);
    ck_assert_int_eq(io_read(end, &byte, 1), 0);
}

static void close_all(void)
{
    stdin_writer_close(&stdin_writer);
    io_close(&end);
    free(stdin_writer.held);
    stdin_writer.held = NULL;
}

/* More than any pipe holds, of bytes that tell where they are. */
static char *make_bytes(size_t length)
{
    char *bytes = malloc(length);
    for (size_t i = 0; i < length; i++)
        bytes[i] = (char)(i * 7 + (i >> 8) + (i >> 16));
    return bytes;
}

/* Read while it is pumped, until all is written or its end is closed. */
static void read_all(const char *wanted, size_t length)
{
    char *got = malloc(length + 1);
    size_t used = 0;
    for (;;) {
        pump();
        size_t ready = platform_unread(end);
        if (ready == 0)
            break;
        ck_assert_uint_le(ready, length - used);
        ck_assert_int_eq(io_read_full(end, got + used, ready), (int)ready);
        used += ready;
    }
    ck_assert_uint_eq(used, length);
    ck_assert_mem_eq(got, wanted, length);
    free(got);
}

START_TEST(all_is_written_behind_its_header_and_its_end_closed)
{
    open_with("header\n", "text");
    ck_assert(stdin_writer_has_more(&stdin_writer));
    pump();
    ck_assert(!stdin_writer_has_more(&stdin_writer));
    expect_bytes("header\ntext");
    expect_end();
    close_all();
}
END_TEST

START_TEST(nothing_is_written_and_its_end_closed)
{
    open_with("", "");
    ck_assert(stdin_writer_has_more(&stdin_writer));
    pump();
    expect_end();
    close_all();
}
END_TEST

START_TEST(it_stays_open_for_more_until_it_is_closed)
{
    open_with("header\n", "");
    stdin_writer.stays_open = true;
    ck_assert(stdin_writer_has_more(&stdin_writer));
    pump();
    expect_bytes("header\n");
    for (int i = 0; i < 5; i++) {
        ck_assert(!stdin_writer_has_more(&stdin_writer));
        pump();
        ck_assert_int_ge(stdin_writer.fd, 0);
        add("more\n");
        ck_assert(stdin_writer_has_more(&stdin_writer));
        pump();
        expect_bytes("more\n");
    }
    stdin_writer_close(&stdin_writer);
    ck_assert(!stdin_writer_has_more(&stdin_writer));
    expect_end();
    close_all();
}
END_TEST

START_TEST(the_last_one_ends_it_when_it_need_not_stay_open)
{
    open_with("", "a");
    stdin_writer.stays_open = true;
    pump();
    add("b");
    stdin_writer.stays_open = false;
    pump();
    expect_bytes("ab");
    expect_end();
    close_all();
}
END_TEST

START_TEST(what_a_full_pipe_does_not_take_is_written_later)
{
    const size_t length = 3 * MIB;
    char *bytes = make_bytes(length);
    open_with("", "");
    stdin_writer.stays_open = true;
    for (int i = 0; i < 2; i++) {
        const struct stdin_writer_source source = {.bytes = bytes, .length = length};
        stdin_writer_add(&stdin_writer, &source);
        pump();
        ck_assert(stdin_writer_has_more(&stdin_writer));
        ck_assert_uint_gt(stdin_writer.left.length, 0);
        ck_assert_uint_eq(stdin_writer.left.length + platform_unread(end), length);
        read_all(bytes, length);
        ck_assert(!stdin_writer_has_more(&stdin_writer));
        ck_assert_int_ge(stdin_writer.fd, 0);
    }
    free(bytes);
    close_all();
}
END_TEST

START_TEST(memory_and_ranges_of_a_file_may_follow_each_other)
{
    const size_t length = 300000;
    char *bytes = make_bytes(length);
    int file = platform_open_temporary("/tmp");
    ck_assert_int_eq(io_write_all(file, bytes, length), 0);
    open_with("", "first");
    stdin_writer.stays_open = true;
    pump();
    expect_bytes("first");
    for (size_t from = 0; from < length; from += 100000) {
        const struct stdin_writer_source source = {.file = file, .offset = from, .length = 100000};
        stdin_writer_add(&stdin_writer, &source);
        read_all(bytes + from, 100000);
        add("between");
        pump();
        expect_bytes("between");
    }
    close(file);
    free(bytes);
    close_all();
}
END_TEST

START_TEST(a_file_that_has_become_shorter_is_told)
{
    int file = platform_open_temporary("/tmp");
    ck_assert_int_eq(io_write_all(file, "abc", 3), 0);
    open_with("", "");
    stdin_writer.stays_open = true;
    const struct stdin_writer_source source = {.file = file, .offset = 1, .length = 5};
    stdin_writer_add(&stdin_writer, &source);
    ck_assert_int_eq(stdin_writer_pump(&stdin_writer), -1);
    ck_assert_int_eq(errno, ENODATA);
    expect_bytes("bc");
    expect_end();
    close(file);
    close_all();
}
END_TEST

/* That its reader is gone is no failure; what it had not read can be told. */
START_TEST(a_reader_that_is_gone_has_left_what_it_had_not_read)
{
    signal(SIGPIPE, SIG_IGN);
    open_with("", "12345");
    stdin_writer.stays_open = true;
    pump();
    char byte;
    ck_assert_int_eq(io_read(end, &byte, 1), 1);
    io_close(&end);
    ck_assert_uint_eq(stdin_writer.unread, 0);
    add("678");
    pump();
    ck_assert_int_lt(stdin_writer.fd, 0);
    ck_assert(!stdin_writer_has_more(&stdin_writer));
    ck_assert_uint_eq(stdin_writer.unread, 4);
    ck_assert_uint_eq(stdin_writer.left.length, 3);
    close_all();
}
END_TEST

UNIT_MAIN("stdin_writer")
{
    tcase_add_test(tests, all_is_written_behind_its_header_and_its_end_closed);
    tcase_add_test(tests, nothing_is_written_and_its_end_closed);
    tcase_add_test(tests, it_stays_open_for_more_until_it_is_closed);
    tcase_add_test(tests, the_last_one_ends_it_when_it_need_not_stay_open);
    tcase_add_test(tests, what_a_full_pipe_does_not_take_is_written_later);
    tcase_add_test(tests, memory_and_ranges_of_a_file_may_follow_each_other);
    tcase_add_test(tests, a_file_that_has_become_shorter_is_told);
    tcase_add_test(tests, a_reader_that_is_gone_has_left_what_it_had_not_read);
}
