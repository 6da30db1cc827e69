#include "unit.h"

#include "base/words.h"

static struct words words;

static void end(void)
{
    words_release(&words);
}

START_TEST(words_come_out_as_they_went_in)
{
    words_add(&words, "first");
    words_add(&words, "");
    words_begin(&words);
    buffer_append_text(&words.text, "put ");
    buffer_append_text(&words.text, "together");
    words_end(&words);
    char **vector = words_vector(&words);
    ck_assert_uint_eq(words.count, 3);
    ck_assert_str_eq(vector[0], "first");
    ck_assert_str_eq(vector[1], "");
    ck_assert_str_eq(vector[2], "put together");
    ck_assert_ptr_null(vector[3]);
}
END_TEST

START_TEST(no_words_are_an_empty_vector)
{
    ck_assert_ptr_null(words_vector(&words)[0]);
    words_clear(&words);
    ck_assert_ptr_null(words_vector(&words)[0]);
}
END_TEST

START_TEST(the_element_before_the_first_may_be_written)
{
    for (size_t count = 0; count < 40; count++) {
        char **vector = words_vector(&words);
        vector[-1] = vector[0];
        ck_assert_ptr_null(vector[count]);
        words_add(&words, "x");
    }
}
END_TEST

START_TEST(several_lists_stand_one_behind_the_other)
{
    for (int round = 0; round < 3; round++) {
        words_clear(&words);
        words_add(&words, "one");
        words_add(&words, "a");
        words_break(&words);
        words_add(&words, "two");
        words_break(&words);
        words_add(&words, "three");
        for (int i = 0; i < round * 30; i++)
            words_add(&words, "x");
        ck_assert_uint_eq(words.offsets[2], WORDS_BREAK);
        ck_assert_uint_eq(words.offsets[4], WORDS_BREAK);
        ck_assert_uint_ne(words.offsets[3], WORDS_BREAK);
        char **first = words_vector(&words), **second = words_next_vector(first),
             **third = words_next_vector(second);
        /* What is written before one is in nobody's way. */
        first[-1] = second[-1] = third[-1] = first[0];
        ck_assert_str_eq(first[0], "one");
        ck_assert_str_eq(first[1], "a");
        ck_assert_ptr_null(first[2]);
        ck_assert_str_eq(second[0], "two");
        ck_assert_ptr_null(second[1]);
        ck_assert_str_eq(third[0], "three");
        ck_assert_ptr_null(third[1 + round * 30]);
    }
}
END_TEST

/* Many lists of one word each take the most room beside the words. */
START_TEST(many_lists_have_room)
{
    char text[32];
    for (int i = 0; i < 1000; i++) {
        if (i > 0)
            words_break(&words);
        snprintf(text, sizeof text, "%d", i);
        words_add(&words, text);
    }
    char **vector = words_vector(&words);
    for (int i = 0; i < 1000; i++) {
        snprintf(text, sizeof text, "%d", i);
        vector[-1] = vector[0];
        ck_assert_str_eq(vector[0], text);
        ck_assert_ptr_null(vector[1]);
        vector = i < 999 ? words_next_vector(vector) : vector;
    }
}
END_TEST

START_TEST(many_words_move_in_memory_and_stay_what_they_are)
{
    char text[32];
    for (int round = 0; round < 3; round++) {
        words_clear(&words);
        const int count = round == 1 ? 10 : 5000;
        for (int i = 0; i < count; i++) {
            snprintf(text, sizeof text, "word %d of %d", i, round);
            words_add(&words, text);
        }
        char **vector = words_vector(&words);
        for (int i = 0; i < count; i++) {
            snprintf(text, sizeof text, "word %d of %d", i, round);
            ck_assert_str_eq(vector[i], text);
        }
        ck_assert_ptr_null(vector[count]);
    }
}
END_TEST

/* ---- quoting ---- */

static void expect_quoted(const char *word, const char *wanted)
{
    struct buffer out = BUFFER_INIT;
    words_quote(&out, word);
    buffer_append_byte(&out, '\0');
    ck_assert_str_eq(buffer_bytes(&out), wanted);
    buffer_release(&out);
}

START_TEST(what_is_safe_is_not_quoted)
{
    expect_quoted("plain", "plain");
    expect_quoted("-a=/usr/bin/x_1.2,3:4@5+6%7^8", "-a=/usr/bin/x_1.2,3:4@5+6%7^8");
    expect_quoted("", "''");
    expect_quoted("a b", "'a b'");
    expect_quoted("it's", "'it'\\''s'");
    expect_quoted("'", "''\\'''");
    expect_quoted("~", "'~'");
    expect_quoted("#x", "'#x'");
    expect_quoted("\xff", "'\xff'");
}
END_TEST

START_TEST(a_programs_name_is_quoted_where_a_shell_would_take_it_for_something_else)
{
    static const char *const rows[][2] = {
        {"gzip", "gzip"}, {"./a.out", "./a.out"}, {"if", "'if'"}, {"done", "'done'"},     {"time", "'time'"},
        {"a=b", "'a=b'"}, {"a b", "'a b'"},       {"", "''"},     {"x'=y", "'x'\\''=y'"}, {"iffy", "iffy"}};
    for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
        struct buffer out = BUFFER_INIT;
        words_quote_program(&out, rows[i][0]);
        buffer_append_byte(&out, '\0');
        ck_assert_str_eq(buffer_bytes(&out), rows[i][1]);
        buffer_release(&out);
    }
}
END_TEST

/* A shell prints the quoted words, each ended by NUL: what it prints. */
static size_t ask_shell(const struct buffer *quoted, char *answer, size_t size)
{
    char *script = malloc(buffer_length(quoted) + 64);
    int length = snprintf(script, buffer_length(quoted) + 64, "printf '%%s\\0' %.*s",
                          (int)buffer_length(quoted), buffer_bytes(quoted));
    ck_assert_int_gt(length, 0);
    int ends[2];
    ck_assert_int_eq(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        dup2(ends[1], STDOUT_FILENO);
        execl("/bin/sh", "sh", "-c", script, (char *)NULL);
        _exit(127);
    }
    close(ends[1]);
    size_t got = 0;
    for (ssize_t n; got < size && (n = read(ends[0], answer + got, size - got)) > 0;)
        got += (size_t)n;
    close(ends[0]);
    ck_assert_int_eq(unit_wait(child), 0);
    free(script);
    return got;
}

START_TEST(a_shell_reads_each_byte_as_it_was)
{
    struct buffer quoted = BUFFER_INIT, wanted = BUFFER_INIT;
    static char answer[8192];
    for (int byte = 1; byte < 256; byte++) {
        /* Alone, first, in the midst, last, and twice. */
        const char c = (char)byte;
        const char forms[][4] = {{c}, {c, 'x'}, {'x', c, 'x'}, {'x', c}, {c, c}};
        for (size_t i = 0; i < ARRAY_LENGTH(forms); i++) {
            buffer_append_byte(&quoted, ' ');
            words_quote(&quoted, forms[i]);
            buffer_append(&wanted, forms[i], strlen(forms[i]) + 1);
        }
    }
    buffer_append_text(&quoted, " ''");
    buffer_append_byte(&wanted, '\0');
    size_t got = ask_shell(&quoted, answer, sizeof answer);
    ck_assert_uint_eq(got, buffer_length(&wanted));
    ck_assert_mem_eq(answer, buffer_bytes(&wanted), got);
    buffer_release(&quoted);
    buffer_release(&wanted);
}
END_TEST

/* A word that a shell takes for something else where it stands first. */
START_TEST(what_is_quoted_is_an_argument_and_nothing_else)
{
    static const char *const odd[] = {"a=b", "~", "~root", "{a,b}", "!", "if", "-n", "*", "[a]", "x#y", "^x"};
    struct buffer quoted = BUFFER_INIT, wanted = BUFFER_INIT;
    char answer[256];
    for (size_t i = 0; i < ARRAY_LENGTH(odd); i++) {
        buffer_append_byte(&quoted, ' ');
        words_quote(&quoted, odd[i]);
        buffer_append(&wanted, odd[i], strlen(odd[i]) + 1);
    }
    size_t got = ask_shell(&quoted, answer, sizeof answer);
    ck_assert_uint_eq(got, buffer_length(&wanted));
    ck_assert_mem_eq(answer, buffer_bytes(&wanted), got);
    buffer_release(&quoted);
    buffer_release(&wanted);
}
END_TEST

/* A log has a line for each task, whatever its items hold. */
START_TEST(control_characters_do_not_break_a_line)
{
    static const struct {
        const char *bytes;
        size_t length;
        const char *wanted;
    } texts[] = {
        {"a b", 3, "'a b'"},
        {"it's", 4, "'it'\\''s'"},
        {"a\nb", 3, "$'a\\nb'"},
        {"\t\r\n", 3, "$'\\t\\r\\n'"},
        {"it's\n\\", 6, "$'it\\'s\\n\\\\'"},
        {"\x1b"
         "7\x7f",
         3, "$'\\0337\\177'"},
        {"\0", 1, "$'\\000'"},
        {"", 0, "''"},
        {"\xC3\xA4\n", 3, "$'\xC3\xA4\\n'"},
    };
    for (size_t i = 0; i < ARRAY_LENGTH(texts); i++) {
        struct buffer quoted = BUFFER_INIT;
        words_quote_line(&quoted, texts[i].bytes, texts[i].length);
        buffer_append_byte(&quoted, '\0');
        ck_assert_str_eq(buffer_bytes(&quoted), texts[i].wanted);
        buffer_release(&quoted);
    }
}
END_TEST

UNIT_MAIN("words")
{
    tcase_add_checked_fixture(tests, NULL, end);
    tcase_add_test(tests, words_come_out_as_they_went_in);
    tcase_add_test(tests, no_words_are_an_empty_vector);
    tcase_add_test(tests, the_element_before_the_first_may_be_written);
    tcase_add_test(tests, several_lists_stand_one_behind_the_other);
    tcase_add_test(tests, many_lists_have_room);
    tcase_add_test(tests, many_words_move_in_memory_and_stay_what_they_are);
    tcase_add_test(tests, what_is_safe_is_not_quoted);
    tcase_add_test(tests, control_characters_do_not_break_a_line);
    tcase_add_test(tests, a_programs_name_is_quoted_where_a_shell_would_take_it_for_something_else);
    if (!UNIT_THREAD_SANITIZER) {
        tcase_add_test(tests, a_shell_reads_each_byte_as_it_was);
        tcase_add_test(tests, what_is_quoted_is_an_argument_and_nothing_else);
    }
}
