#include "unit.h"

#include "base/buffer.h"
#include "base/io.h"
#include "input/source.h"

static struct source source;
static int writer = -1; /* the other end of standard input, where a test made it a pipe */
static const struct source_format lines = {.delimiter = '\n'};

static void end(void)
{
    source_close(&source);
    io_close(&writer);
}

static enum source_result next(bool readable, struct item *item)
{
    return source_next(&source, readable, item);
}

static void expect_bytes(const char *bytes, size_t length)
{
    struct item item;
    ck_assert_int_eq(next(true, &item), SOURCE_ITEM);
    ck_assert_uint_eq(item.length, length);
    ck_assert_mem_eq(item.bytes, bytes, length);
}

static void expect(const char *text)
{
    expect_bytes(text, strlen(text));
}

static void expect_result(bool readable, enum source_result wanted)
{
    struct item item;
    ck_assert_int_eq(next(readable, &item), wanted);
}

static void expect_end(void)
{
    expect_result(true, SOURCE_END);
    expect_result(true, SOURCE_END);
}

/* ---- words ---- */

START_TEST(words_are_items_whatever_they_are)
{
    char *words[] = {(char[]){"a"}, (char[]){""}, (char[]){"b\nc"}};
    source_words(&source, &lines, words, 3);
    ck_assert_int_eq(source.fd, -1);
    expect("a");
    expect("");
    expect("b\nc");
    expect_end();
}
END_TEST

START_TEST(no_words_are_no_items)
{
    char *words[] = {NULL};
    source_words(&source, &lines, words, 0);
    expect_end();
}
END_TEST

START_TEST(the_list_ends_before_the_word_that_stops_it)
{
    const struct source_format format = {.delimiter = '\n', .stop = "END"};
    char *words[] = {(char[]){"a"}, (char[]){"ENDE"}, (char[]){"EN"}, (char[]){"END"}, (char[]){"b"}};
    source_words(&source, &format, words, 5);
    expect("a");
    expect("ENDE");
    expect("EN");
    expect_end();
}
END_TEST

/* ---- a file ---- */

/* Standard input is a file with these bytes. */
static void open_bytes(const struct source_format *format, const char *bytes, size_t length)
{
    FILE *file = tmpfile();
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(bytes, 1, length, file), length);
    rewind(file);
    ck_assert_int_eq(dup2(fileno(file), STDIN_FILENO), STDIN_FILENO);
    fclose(file);
    ck_assert_int_eq(source_open(&source, format, "-"), 0);
}

static void open_text(const struct source_format *format, const char *text)
{
    open_bytes(format, text, strlen(text));
}

START_TEST(lines_are_items_and_the_last_needs_no_newline)
{
    open_text(&lines, "a\n\nlast");
    ck_assert(source.regular);
    expect("a");
    expect("");
    expect("last");
    expect_end();
}
END_TEST

START_TEST(an_empty_file_has_no_items_and_a_newline_is_an_empty_one)
{
    open_text(&lines, "");
    expect_end();
    source_close(&source);
    open_text(&lines, "\n");
    expect("");
    expect_end();
}
END_TEST

START_TEST(nul_bytes_are_bytes_like_others)
{
    open_bytes(&lines, "a\0b\n\0\n", 6);
    expect_bytes("a\0b", 3);
    expect_bytes("\0", 1);
    expect_end();
    source_close(&source);
    const struct source_format nul = {.delimiter = '\0'};
    open_bytes(&nul, "a\nb\0\0c", 6);
    expect("a\nb");
    expect("");
    expect("c");
    expect_end();
}
END_TEST

START_TEST(any_byte_ends_items)
{
    const struct source_format format = {.delimiter = 0xff};
    open_text(&format, "a\xff\x7f\xff");
    expect("a");
    expect("\x7f");
    expect_end();
}
END_TEST

START_TEST(a_file_is_read_no_further_than_the_item_that_stops_it)
{
    const struct source_format format = {.delimiter = '\n', .stop = "__"};
    open_text(&format, "a\n__a\n_\n__\nb\n");
    expect("a");
    expect("__a");
    expect("_");
    expect_end();
    source_close(&source);
    open_text(&format, "a\n__");
    expect("a");
    expect_end();
}
END_TEST

START_TEST(a_file_by_its_name_is_read_and_closed)
{
    const char *folder = unit_make_folder();
    char path[8192];
    unit_write_file(folder, "list", "one\ntwo\n", 0600);
    snprintf(path, sizeof path, "%s/list", folder);
    ck_assert_int_eq(source_open(&source, &lines, path), 0);
    ck_assert_int_gt(source.fd, STDERR_FILENO);
    int fd = source.fd;
    expect("one");
    expect("two");
    expect_end();
    source_close_fd(&source);
    ck_assert_int_eq(fcntl(fd, F_GETFD), -1);
    unit_remove_folder(folder);
}
END_TEST

START_TEST(what_can_not_be_read_is_refused_at_once)
{
    const char *folder = unit_make_folder();
    ck_assert_int_eq(source_open(&source, &lines, "/nowhere/at all"), -1);
    ck_assert_int_eq(source_open(&source, &lines, folder), -1);
    unit_remove_folder(folder);
}
END_TEST

START_TEST(an_item_that_never_ends_is_an_error_and_not_all_of_memory)
{
    size_t length = SOURCE_ITEM_MAX + MIB;
    char *text = malloc(length);
    memset(text, 'x', length);
    open_bytes(&lines, text, length);
    free(text);
    expect_result(true, SOURCE_BROKEN);
}
END_TEST

START_TEST(an_item_of_the_largest_size_is_none_too_large)
{
    size_t length = SOURCE_ITEM_MAX - 1;
    char *text = malloc(length + 2);
    memset(text, 'x', length);
    text[length] = '\n';
    text[length + 1] = 'y';
    open_bytes(&lines, text, length + 2);
    expect_bytes(text, length);
    expect("y");
    expect_end();
    free(text);
}
END_TEST

/* ---- quoted items ---- */

static const struct source_format csv = {.delimiter = '\n', .quoted = true, .separator = ','};

START_TEST(a_delimiter_between_quotes_is_part_of_the_item)
{
    open_text(&csv, "a,\"b\nc\",d\ne\n\"\n\n\"\n\"say \"\"hi\n\"\"\"\nf");
    expect("a,\"b\nc\",d");
    expect("e");
    expect("\"\n\n\"");
    expect("\"say \"\"hi\n\"\"\"");
    expect("f");
    expect_end();
}
END_TEST

/* What splits a row opens a quote there and nowhere else. */
START_TEST(a_quote_opens_only_at_the_start_of_a_field)
{
    open_text(&csv, "5\" disk,x\nb, \"y\n\"a\" 3\" b\n\"\"\"\n\",\"\"\r\nx,\"\n\"\n");
    expect("5\" disk,x");
    expect("b, \"y");
    expect("\"a\" 3\" b");
    expect("\"\"\"\n\",\"\"\r");
    expect("x,\"\n\"");
    expect_end();
    source_close(&source);
    const struct source_format other = {.delimiter = '|', .quoted = true, .separator = ';'};
    open_text(&other, "a,\"b|a;\"b|\"|\"|\"");
    expect("a,\"b");
    expect("a;\"b|\"");
    expect("\"|\"");
    expect_end();
}
END_TEST

START_TEST(a_quote_that_is_not_closed_reaches_to_the_end)
{
    open_text(&csv, "a\n\"b\nc\n");
    expect("a");
    ck_assert(!source.unclosed);
    expect("\"b\nc\n");
    ck_assert(source.unclosed);
    expect_end();
    source_close(&source);
    const struct source_format unsplit = {
        .delimiter = '\n', .quoted = true, .separator = ',', .unsplit = true};
    open_text(&unsplit, "a\n\"b\nc\n");
    expect("a");
    expect_result(true, SOURCE_BROKEN);
}
END_TEST

/* ---- a pipe ---- */

static void open_pipe(const struct source_format *format, bool blocks)
{
    int ends[2];
    ck_assert_int_eq(pipe(ends), 0);
    ck_assert_int_eq(dup2(ends[0], STDIN_FILENO), STDIN_FILENO);
    close(ends[0]);
    writer = ends[1];
    if (!blocks)
        ck_assert_int_eq(io_set_nonblocking(STDIN_FILENO), 0);
    ck_assert_int_eq(source_open(&source, format, "-"), 0);
    ck_assert(!source.regular);
}

static void say(const char *text, size_t length)
{
    ck_assert_int_eq(write(writer, text, length), (ssize_t)length);
}

START_TEST(a_quiet_pipe_is_not_read)
{
    open_pipe(&lines, true); /* a read would hang */
    expect_result(false, SOURCE_WAIT);
    say("a\nb", 3);
    expect_result(false, SOURCE_WAIT);
    expect("a");
    expect_result(false, SOURCE_WAIT);
    say("c\n", 2);
    expect("bc");
    io_close(&writer);
    expect_end();
}
END_TEST

START_TEST(one_read_is_done_and_no_second_one_that_may_wait)
{
    open_pipe(&lines, true);
    say("half", 4);
    expect_result(true, SOURCE_WAIT);
    say(" and half\nnext\n", 15);
    expect("half and half");
    struct item item;
    ck_assert_int_eq(next(false, &item), SOURCE_ITEM); /* it is at hand already */
    ck_assert_uint_eq(item.length, 4);
    expect_result(false, SOURCE_WAIT);
}
END_TEST

START_TEST(an_empty_pipe_that_does_not_block_is_waited_for)
{
    open_pipe(&lines, false);
    expect_result(true, SOURCE_WAIT);
    expect_result(true, SOURCE_WAIT);
    say("a\n", 2);
    expect("a");
    expect_result(true, SOURCE_WAIT);
    say("last", 4);
    io_close(&writer);
    expect_result(true, SOURCE_WAIT); /* the bytes; then the end */
    expect("last");
    expect_end();
}
END_TEST

static const struct {
    const struct source_format *format;
    const char *text;
    const char *items[8];
} texts[] = {
    {&lines, "one\n\ntwo three\nx\nlast", {"one", "", "two three", "x", "last"}},
    {&csv, "5\" b,c\n\"\"\"\n\"\"\"\nd\"\n", {"5\" b,c", "\"\"\"\n\"\"\"", "d\""}},
    {&csv, "a,\"b\n\"\n\"x\"\"\n\"\"\"\n,\n\"\n\"", {"a,\"b\n\"", "\"x\"\"\n\"\"\"", ",", "\"\n\""}},
};

/* However the bytes come, and wherever a read ends. */
START_TEST(pieces_of_every_size_make_the_same_items)
{
    const char *text = texts[_i].text;
    for (size_t size = 1; size <= strlen(text); size++) {
        size_t said = 0, item_count = 0;
        open_pipe(texts[_i].format, true);
        for (;;) {
            struct item item;
            enum source_result result = next(false, &item);
            if (result == SOURCE_WAIT) {
                size_t piece = size_min(size, strlen(text) - said);
                if (piece > 0)
                    say(text + said, piece);
                else
                    io_close(&writer);
                said += piece;
                result = next(true, &item);
            }
            if (result == SOURCE_END)
                break;
            if (result == SOURCE_WAIT)
                continue;
            ck_assert_int_eq(result, SOURCE_ITEM);
            const char *wanted = texts[_i].items[item_count++];
            ck_assert_ptr_nonnull(wanted);
            ck_assert_uint_eq(item.length, strlen(wanted));
            ck_assert_mem_eq(item.bytes, wanted, item.length);
        }
        ck_assert_ptr_null(texts[_i].items[item_count]);
        source_close(&source);
    }
}
END_TEST

/* Over the ends of reads of their usual size. */
START_TEST(items_of_all_lengths_come_whole)
{
    uint64_t state = 5;
    struct buffer text = BUFFER_INIT;
    size_t lengths[300];
    for (size_t i = 0; i < ARRAY_LENGTH(lengths); i++) {
        lengths[i] = i % 20 == 0 ? unit_below(&state, 200000) : unit_below(&state, 2000);
        for (size_t k = 0; k < lengths[i]; k++)
            buffer_append_byte(&text, (char)('a' + (i + k) % 26));
        buffer_append_byte(&text, '\n');
    }
    open_bytes(&lines, buffer_bytes(&text), buffer_length(&text));
    const char *at = buffer_bytes(&text);
    for (size_t i = 0; i < ARRAY_LENGTH(lengths); i++) {
        expect_bytes(at, lengths[i]);
        at += lengths[i] + 1;
    }
    expect_end();
    buffer_release(&text);
}
END_TEST

UNIT_MAIN("source")
{
    tcase_add_checked_fixture(tests, NULL, end);
    tcase_add_test(tests, words_are_items_whatever_they_are);
    tcase_add_test(tests, no_words_are_no_items);
    tcase_add_test(tests, the_list_ends_before_the_word_that_stops_it);
    tcase_add_test(tests, lines_are_items_and_the_last_needs_no_newline);
    tcase_add_test(tests, an_empty_file_has_no_items_and_a_newline_is_an_empty_one);
    tcase_add_test(tests, nul_bytes_are_bytes_like_others);
    tcase_add_test(tests, any_byte_ends_items);
    tcase_add_test(tests, a_file_is_read_no_further_than_the_item_that_stops_it);
    tcase_add_test(tests, a_file_by_its_name_is_read_and_closed);
    tcase_add_test(tests, what_can_not_be_read_is_refused_at_once);
    tcase_add_test(tests, an_item_that_never_ends_is_an_error_and_not_all_of_memory);
    tcase_add_test(tests, an_item_of_the_largest_size_is_none_too_large);
    tcase_add_test(tests, a_delimiter_between_quotes_is_part_of_the_item);
    tcase_add_test(tests, a_quote_opens_only_at_the_start_of_a_field);
    tcase_add_test(tests, a_quote_that_is_not_closed_reaches_to_the_end);
    tcase_add_test(tests, a_quiet_pipe_is_not_read);
    tcase_add_test(tests, one_read_is_done_and_no_second_one_that_may_wait);
    tcase_add_test(tests, an_empty_pipe_that_does_not_block_is_waited_for);
    tcase_add_loop_test(tests, pieces_of_every_size_make_the_same_items, 0, ARRAY_LENGTH(texts));
    tcase_add_test(tests, items_of_all_lengths_come_whole);
}
