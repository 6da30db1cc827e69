#include "unit.h"

#include "base/buffer.h"
#include "base/io.h"
#include "input/rows.h"

static struct rows rows;
static int writer = -1; /* the other end of standard input, where a test made it a pipe */
static const struct source_format format = {.delimiter = '\n'};
static char *texts[16][16]; /* words of the sources, copies */

static void begin(void)
{
    rows = (struct rows){0};
}

static void end(void)
{
    rows_close(&rows);
    io_close(&writer);
    for (size_t i = 0; i < ARRAY_LENGTH(texts); i++)
        for (size_t k = 0; k < ARRAY_LENGTH(texts[i]); k++) {
            free(texts[i][k]);
            texts[i][k] = NULL;
        }
}

/* A source of the words in `text`, which have blanks between. */
static void add_stopping(const char *text, bool linked, const struct source_format *how)
{
    char **words = texts[rows.count];
    size_t count = 0;
    for (const char *at = text; *at != '\0'; at += strspn(at, " ")) {
        size_t length = strcspn(at, " ");
        words[count++] = strndup(at, length);
        at += length;
    }
    rows_add_words(&rows, how, words, count, linked);
}

static void add(const char *text, bool linked)
{
    add_stopping(text, linked, &format);
}

/* Standard input is a file of these bytes, and a source. */
static void add_file(const char *text, bool linked)
{
    FILE *file = tmpfile();
    ck_assert_ptr_nonnull(file);
    ck_assert_int_ge(fputs(text, file), 0);
    rewind(file);
    ck_assert_int_eq(dup2(fileno(file), STDIN_FILENO), STDIN_FILENO);
    fclose(file);
    ck_assert_int_eq(rows_add_file(&rows, &format, "-", linked), 0);
}

static void add_pipe(bool linked)
{
    int ends[2];
    ck_assert_int_eq(pipe(ends), 0);
    ck_assert_int_eq(dup2(ends[0], STDIN_FILENO), STDIN_FILENO);
    close(ends[0]);
    writer = ends[1];
    ck_assert_int_eq(rows_add_file(&rows, &format, "-", linked), 0);
}

static void say(const char *text)
{
    ck_assert_int_eq(write(writer, text, strlen(text)), (ssize_t)strlen(text));
}

/* The next row, its items with nothing between: "" at the end, "?" where it must be waited for. */
static const char *next(bool readable)
{
    static char text[256];
    const struct item *row;
    size_t used = 0;
    switch (rows_next(&rows, readable, &row)) {
    case SOURCE_ITEM:
        break;
    case SOURCE_WAIT:
        return "?";
    case SOURCE_END:
        return "";
    case SOURCE_BROKEN:
        return "!";
    }
    for (size_t i = 0; i < rows.count; i++) {
        memcpy(text + used, row[i].bytes, row[i].length);
        used += row[i].length;
    }
    text[used] = '\0';
    return text;
}

/* All that are left, with blanks between. */
static const char *rest(void)
{
    static char all[8192];
    char *at = all;
    *at = '\0';
    for (const char *row; *(row = next(true)) != '\0';)
        at += snprintf(at, sizeof all - (size_t)(at - all), "%s%s", at == all ? "" : " ", row);
    ck_assert_str_eq(next(true), "");
    return all;
}

START_TEST(one_source_gives_a_row_for_each_item)
{
    add("a b c", false);
    ck_assert_uint_eq(rows_total(&rows, false), 3);
    ck_assert_str_eq(rest(), "a b c");
}
END_TEST

START_TEST(every_combination_comes_the_last_source_varying_fastest)
{
    add("a b", false);
    add("1 2 3", false);
    add("x y", false);
    ck_assert_uint_eq(rows_total(&rows, false), 12);
    ck_assert_str_eq(rest(), "a1x a1y a2x a2y a3x a3y b1x b1y b2x b2y b3x b3y");
}
END_TEST

START_TEST(an_empty_source_leaves_no_combination)
{
    static const char *const sources[][3] = {
        {"", "1 2", "x"}, {"a b", "", "x"}, {"a b", "1 2", ""}, {"", "", ""}};
    for (size_t i = 0; i < ARRAY_LENGTH(sources); i++) {
        for (size_t k = 0; k < 3; k++)
            add(sources[i][k], false);
        ck_assert_str_eq(rest(), "");
        end();
    }
}
END_TEST

START_TEST(linked_sources_go_in_step_and_end_with_the_shortest)
{
    add("a b c", false);
    add("1 2", true);
    ck_assert_uint_eq(rows_total(&rows, false), 2);
    ck_assert_str_eq(rest(), "a1 b2");
    end();
    add("a b", false);
    add("1 2 3", true);
    add("x y z", true);
    ck_assert_uint_eq(rows_total(&rows, false), 2);
    ck_assert_str_eq(rest(), "a1x b2y");
}
END_TEST

START_TEST(linked_groups_multiply_with_others)
{
    add("a b", false);
    add("1 2", false);
    add("x y z", true);
    ck_assert_uint_eq(rows_total(&rows, false), 4);
    ck_assert_str_eq(rest(), "a1x a2y b1x b2y");
    end();
    add("a b c", false);
    add("1 2", true);
    add("x y", false);
    ck_assert_uint_eq(rows_total(&rows, false), 4);
    ck_assert_str_eq(rest(), "a1x a1y b2x b2y");
    end();
    add("a", false);
    add("", true);
    add("x y", false);
    ck_assert_str_eq(rest(), "");
}
END_TEST

START_TEST(the_first_source_can_be_linked_to_nothing)
{
    add("a b", true);
    add("1 2", false);
    ck_assert_uint_eq(rows_total(&rows, false), 4);
    ck_assert_str_eq(rest(), "a1 a2 b1 b2");
}
END_TEST

START_TEST(with_all_linked_the_shorter_ones_begin_anew)
{
    static const struct {
        const char *one, *two, *three, *wanted;
    } cases[] = {{"a b c d e", "1 2", "x", "a1x b2x c1x d2x e1x"},
                 {"a", "1 2 3", "x y", "a1x a2y a3x"},
                 {"a b", "1 2", "x y", "a1x b2y"},
                 {"a", "1", "x y z", "a1x a1y a1z"}};
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        rows.link_all = true;
        add(cases[i].one, false);
        add(cases[i].two, i % 2 == 0);
        add(cases[i].three, false);
        ck_assert_uint_eq(rows_total(&rows, false), 1 + strlen(cases[i].wanted) / 4);
        ck_assert_str_eq(rest(), cases[i].wanted);
        end();
    }
}
END_TEST

/* Long enough that what was dropped is far away. */
START_TEST(with_all_linked_a_long_file_goes_by_and_is_not_kept)
{
    struct buffer text = BUFFER_INIT;
    for (int i = 0; i < 20000; i++)
        buffer_append_text(&text, "x\n");
    buffer_append_byte(&text, '\0');
    for (int first = 0; first < 2; first++) {
        size_t count = 0;
        rows.link_all = true;
        if (first == 0)
            add("a b", false);
        add_file(buffer_bytes(&text), false);
        if (first == 1)
            add("a b", false);
        for (const char *row; *(row = next(true)) != '\0'; count++) {
            const char *wanted = first == 0 ? (count % 2 == 0 ? "ax" : "bx") : count % 2 == 0 ? "xa" : "xb";
            ck_assert_str_eq(row, wanted);
            ck_assert_uint_le(rows.sources[first == 0].kept.count, 3);
        }
        ck_assert_uint_eq(count, 20000);
        ck_assert_str_eq(next(true), "");
        end();
    }
    buffer_release(&text);
}
END_TEST

START_TEST(what_stops_a_source_stops_that_one_only)
{
    const struct source_format stopping = {.delimiter = '\n', .stop = "-"};
    add_stopping("a b - c", false, &stopping);
    add_stopping("1 - 2", false, &stopping);
    ck_assert_uint_eq(rows_total(&rows, false), 2);
    ck_assert_str_eq(rest(), "a1 b1");
}
END_TEST

START_TEST(files_have_a_say_in_the_total)
{
    add("a b", false);
    add_file("1\n2\n", false);
    ck_assert_uint_eq(rows_total(&rows, false), 0);
    ck_assert_str_eq(rest(), "a1 a2 b1 b2");
}
END_TEST

START_TEST(the_first_source_goes_by_and_is_not_kept)
{
    struct buffer text = BUFFER_INIT;
    for (int i = 0; i < 1000; i++) {
        char line[32];
        snprintf(line, sizeof line, "%d\n", i);
        buffer_append_text(&text, line);
    }
    buffer_append_byte(&text, '\0');
    add_file(buffer_bytes(&text), false);
    add("x y", false);
    for (int i = 0; i < 2000; i++) {
        char wanted[32];
        snprintf(wanted, sizeof wanted, "%d%c", i / 2, i % 2 == 0 ? 'x' : 'y');
        ck_assert_str_eq(next(true), wanted);
        ck_assert_uint_le(rows.sources[0].kept.count, 2);
    }
    ck_assert_str_eq(rest(), "");
    buffer_release(&text);
}
END_TEST

/* The inner source is read while the outer one stands at its first item. */
START_TEST(an_inner_source_that_comes_slowly_is_waited_for_and_kept)
{
    add("a b", false);
    add_pipe(false);
    add("x y", false);
    ck_assert_str_eq(next(false), "?");
    ck_assert_int_eq(rows_fd(&rows), STDIN_FILENO);
    say("1\n2");
    ck_assert_str_eq(next(true), "a1x");
    ck_assert_str_eq(next(false), "a1y");
    ck_assert_str_eq(next(false), "?");
    ck_assert_str_eq(next(false), "?");
    say("2\n");
    ck_assert_str_eq(next(true), "a22x");
    ck_assert_str_eq(next(false), "a22y");
    ck_assert_str_eq(next(false), "?");
    io_close(&writer);
    ck_assert_str_eq(rest(), "b1x b1y b22x b22y");
}
END_TEST

START_TEST(a_first_source_that_comes_slowly_gives_what_it_has)
{
    add_pipe(false);
    add("x y", false);
    ck_assert_str_eq(next(false), "?");
    say("1\n");
    ck_assert_str_eq(next(true), "1x");
    ck_assert_str_eq(next(false), "1y");
    ck_assert_str_eq(next(false), "?");
    ck_assert_int_eq(rows_fd(&rows), STDIN_FILENO);
    say("2");
    ck_assert_str_eq(next(true), "?");
    io_close(&writer);
    ck_assert_str_eq(rest(), "2x 2y");
}
END_TEST

START_TEST(linked_sources_wait_for_each_other)
{
    add("a b c", false);
    add_pipe(true);
    ck_assert_str_eq(next(false), "?");
    say("1\n");
    ck_assert_str_eq(next(true), "a1");
    ck_assert_str_eq(next(false), "?");
    say("2\n");
    ck_assert_str_eq(next(true), "b2");
    io_close(&writer);
    ck_assert_str_eq(rest(), "");
}
END_TEST

START_TEST(with_all_linked_a_slow_source_is_waited_for)
{
    rows.link_all = true;
    add_pipe(false);
    add("x y", false);
    ck_assert_str_eq(next(false), "?");
    say("1\n2\n3\n");
    ck_assert_str_eq(next(true), "1x");
    ck_assert_str_eq(next(false), "2y");
    ck_assert_str_eq(next(false), "3x");
    ck_assert_str_eq(next(false), "?");
    say("4\n");
    ck_assert_str_eq(next(true), "4y");
    io_close(&writer);
    ck_assert_str_eq(rest(), "");
}
END_TEST

START_TEST(standard_input_is_one_source_at_most)
{
    add_file("1\n", false);
    ck_assert_int_eq(rows_add_file(&rows, &format, "-", false), -1);
    end();
    ck_assert_int_eq(rows_add_file(&rows, &format, "/nowhere/at all", false), -1);
}
END_TEST

/* ---- headers ---- */

static struct buffer headers;

static void note_header(void *context, struct item header)
{
    ck_assert_ptr_eq(context, &headers);
    buffer_append_byte(&headers, '<');
    buffer_append(&headers, header.bytes, header.length);
    buffer_append_byte(&headers, '>');
}

START_TEST(the_first_item_of_each_source_is_its_header)
{
    add("name ann bob", false);
    add_file("age\n1\n2\n", false);
    add("", true);
    ck_assert_int_eq(rows_headers(&rows, note_header, &headers), 0);
    buffer_append_byte(&headers, '\0');
    ck_assert_str_eq(buffer_bytes(&headers), "<name><age><>");
    buffer_release(&headers);
    ck_assert_str_eq(rest(), "");
    end();
    add("name ann bob", false);
    add("age 1 2 3", false);
    ck_assert_int_eq(rows_headers(&rows, note_header, &headers), 0);
    buffer_release(&headers);
    ck_assert_uint_eq(rows_total(&rows, false), 6);
    ck_assert_str_eq(rest(), "ann1 ann2 ann3 bob1 bob2 bob3");
}
END_TEST

/* ---- shuffling ---- */

/* The 60 rows of a shuffled product, in one text. */
static void shuffle(uint64_t seed, char *all)
{
    begin();
    rows.shuffle = true;
    rows.seed = seed;
    add("a b c d e", false);
    add("1 2 3 4", false);
    add("x y z", false);
    strcpy(all, rest());
    end();
}

START_TEST(shuffled_rows_are_the_same_rows_in_another_order)
{
    char all[1024], again[1024], other[1024];
    shuffle(7, all);
    ck_assert_uint_eq(strlen(all), 60 * 4 - 1);
    for (const char *a = "abcde"; *a != '\0'; a++)
        for (const char *b = "1234"; *b != '\0'; b++)
            for (const char *c = "xyz"; *c != '\0'; c++) {
                const char row[] = {*a, *b, *c, '\0'};
                const char *found = strstr(all, row);
                ck_assert_ptr_nonnull(found);
                ck_assert_ptr_null(strstr(found + 1, row));
            }
    ck_assert_int_ne(strncmp(all, "a1x a1y a1z a2x", 15), 0);
    shuffle(7, again);
    ck_assert_str_eq(again, all);
    shuffle(8, other);
    ck_assert_str_ne(other, all);
}
END_TEST

/* Each of three items comes first about as often. */
START_TEST(every_order_is_as_likely)
{
    int first[3] = {0};
    for (uint64_t seed = 0; seed < 3000; seed++) {
        rows.shuffle = true;
        rows.seed = seed;
        add("0 1 2", false);
        first[next(true)[0] - '0']++;
        end();
    }
    for (size_t i = 0; i < 3; i++) {
        ck_assert_int_gt(first[i], 850);
        ck_assert_int_lt(first[i], 1150);
    }
}
END_TEST

START_TEST(what_is_shuffled_is_read_to_its_end_first)
{
    rows.shuffle = true;
    add_pipe(false);
    ck_assert_str_eq(next(false), "?");
    say("1\n2\n");
    ck_assert_str_eq(next(true), "?");
    io_close(&writer);
    ck_assert_uint_eq(strlen(rest()), 3);
    end();
    rows.shuffle = true;
    add("", false);
    ck_assert_str_eq(rest(), "");
}
END_TEST

/* ---- anything ---- */

/* Against a plain enumeration. */
START_TEST(whatever_is_linked_the_rows_are_those_and_the_total_is_right)
{
    uint64_t state = 3;
    for (int round = 0; round < 300; round++) {
        size_t count = 1 + unit_below(&state, 4), lengths[4], groups = 0, group[4], sizes[4] = {0};
        bool all = unit_below(&state, 4) == 0;
        rows.link_all = all;
        for (size_t i = 0; i < count; i++) {
            static const char *const lists[] = {"", "0", "0 1", "0 1 2", "0 1 2 3"};
            bool linked = unit_below(&state, 2) == 0;
            lengths[i] = unit_below(&state, ARRAY_LENGTH(lists));
            if (all && lengths[i] == 0)
                lengths[i] = 1; /* nothing can't begin anew */
            add(lists[lengths[i]], linked);
            if (i == 0 || !linked) {
                sizes[groups] = lengths[i];
                groups++;
            }
            group[i] = groups - 1;
            sizes[groups - 1] = size_min(sizes[groups - 1], lengths[i]);
        }
        uint64_t total = 1;
        size_t longest = 0;
        for (size_t i = 0; i < groups; i++)
            total *= sizes[i];
        for (size_t i = 0; i < count; i++)
            longest = size_max(longest, lengths[i]);
        total = all ? longest : total;
        ck_assert_uint_eq(rows_total(&rows, false), total);
        for (uint64_t number = 0; number < total; number++) {
            char wanted[8] = "";
            for (size_t i = 0; i < count; i++) {
                uint64_t later = 1;
                for (size_t k = group[i] + 1; k < groups; k++)
                    later *= sizes[k];
                uint64_t at = all ? number % lengths[i] : number / later % sizes[group[i]];
                wanted[i] = (char)('0' + at);
            }
            ck_assert_str_eq(next(true), wanted);
        }
        ck_assert_str_eq(rest(), "");
        end();
    }
}
END_TEST

UNIT_MAIN("rows")
{
    tcase_add_checked_fixture(tests, begin, end);
    tcase_add_test(tests, one_source_gives_a_row_for_each_item);
    tcase_add_test(tests, every_combination_comes_the_last_source_varying_fastest);
    tcase_add_test(tests, an_empty_source_leaves_no_combination);
    tcase_add_test(tests, linked_sources_go_in_step_and_end_with_the_shortest);
    tcase_add_test(tests, linked_groups_multiply_with_others);
    tcase_add_test(tests, the_first_source_can_be_linked_to_nothing);
    tcase_add_test(tests, with_all_linked_the_shorter_ones_begin_anew);
    tcase_add_test(tests, with_all_linked_a_long_file_goes_by_and_is_not_kept);
    tcase_add_test(tests, what_stops_a_source_stops_that_one_only);
    tcase_add_test(tests, files_have_a_say_in_the_total);
    tcase_add_test(tests, the_first_source_goes_by_and_is_not_kept);
    tcase_add_test(tests, an_inner_source_that_comes_slowly_is_waited_for_and_kept);
    tcase_add_test(tests, a_first_source_that_comes_slowly_gives_what_it_has);
    tcase_add_test(tests, linked_sources_wait_for_each_other);
    tcase_add_test(tests, with_all_linked_a_slow_source_is_waited_for);
    tcase_add_test(tests, standard_input_is_one_source_at_most);
    tcase_add_test(tests, the_first_item_of_each_source_is_its_header);
    tcase_add_test(tests, shuffled_rows_are_the_same_rows_in_another_order);
    tcase_add_test(tests, every_order_is_as_likely);
    tcase_add_test(tests, what_is_shuffled_is_read_to_its_end_first);
    tcase_add_test(tests, whatever_is_linked_the_rows_are_those_and_the_total_is_right);
}
