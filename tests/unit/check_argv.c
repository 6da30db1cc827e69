#include "unit.h"

#include "base/buffer.h"
#include "base/json.h"
#include "base/words.h"
#include "output/argv.h"

static void expect(const char *line, const char *wanted)
{
    struct buffer out = BUFFER_INIT;
    argv_append_member(&out, line, strlen(line));
    buffer_append_byte(&out, '\0');
    ck_assert_str_eq(buffer_bytes(&out), wanted);
    buffer_release(&out);
}

START_TEST(words_are_read_as_a_shell_would)
{
    expect("", "\"argv\":[]");
    expect("gzip -9 a", "\"argv\":[\"gzip\",\"-9\",\"a\"]");
    expect("echo 'a b' '' 'it'\\''s'", "\"argv\":[\"echo\",\"a b\",\"\",\"it's\"]");
    expect("echo $'a\\tb\\n\\001\\'\\\\'", "\"argv\":[\"echo\",\"a\\tb\\n\\u0001'\\\\\"]");
    expect("'if' '|' '<<<x' 'A=b'", "\"argv\":[\"if\",\"|\",\"<<<x\",\"A=b\"]");
}
END_TEST

START_TEST(what_stands_around_the_programs_is_left_out)
{
    expect("cd /tmp && ls", "\"argv\":[\"ls\"]");
    expect("cd 'a && b' && A='x y' B= ls -l", "\"argv\":[\"ls\",\"-l\"]");
    expect("cd /tmp", "\"argv\":[\"cd\",\"/tmp\"]"); /* a program of that name */
    expect("cat <<<'a b'", "\"argv\":[\"cat\"]");
    expect("A=1 cat x=y | B=2 wc -l", "\"argv\":[\"cat\",\"x=y\",\"|\",\"wc\",\"-l\"]");
}
END_TEST

START_TEST(bytes_that_are_no_text_are_kept)
{
    expect("echo '\xFF' \xC3\xA4", "\"argv_base64\":[\"ZWNobw==\",\"/w==\",\"w6Q=\"]");
    expect("A='\xFF' echo a", "\"argv\":[\"echo\",\"a\"]");
}
END_TEST

START_TEST(a_line_that_was_cut_ends_somewhere)
{
    static const char line[] = "cd 'a b' && A='1' echo $'\\001\\'x' 'it'\\''s' | cat";
    struct buffer out = BUFFER_INIT;
    for (size_t length = 0; length < sizeof line; length++) {
        char *copy = malloc(length + 1); /* so that valgrind and sanitizers see what is read behind its end */
        memcpy(copy, line, length);
        copy = realloc(copy, length > 0 ? length : 1);
        buffer_clear(&out);
        argv_append_member(&out, copy, length);
        ck_assert_int_eq(*buffer_bytes(&out), '"');
        ck_assert_int_eq(buffer_bytes(&out)[buffer_length(&out) - 1], ']');
        free(copy);
    }
    buffer_release(&out);
}
END_TEST

/* Whatever a word is, it comes back. */
START_TEST(any_word_comes_back)
{
    uint64_t state = 7;
    for (int i = 0; i < 20000; i++) {
        static const char letters[] = "ab '\"\\$|<&=;\t\n\r\001\177";
        char word[8];
        size_t length = unit_below(&state, sizeof word);
        for (size_t k = 0; k < length; k++)
            word[k] = letters[unit_below(&state, sizeof letters - 1)];
        struct buffer line = BUFFER_INIT, out = BUFFER_INIT, wanted = BUFFER_INIT;
        buffer_append_text(&line, "x ");
        words_quote_line(&line, word, length);
        argv_append_member(&out, buffer_bytes(&line), buffer_length(&line));
        buffer_append_text(&wanted, "\"argv\":[\"x\",");
        json_string(&wanted, word, length);
        buffer_append_byte(&wanted, ']');
        ck_assert_uint_eq(buffer_length(&out), buffer_length(&wanted));
        ck_assert_mem_eq(buffer_bytes(&out), buffer_bytes(&wanted), buffer_length(&out));
        buffer_release(&line);
        buffer_release(&out);
        buffer_release(&wanted);
    }
}
END_TEST

UNIT_MAIN("argv")
{
    tcase_add_test(tests, words_are_read_as_a_shell_would);
    tcase_add_test(tests, what_stands_around_the_programs_is_left_out);
    tcase_add_test(tests, bytes_that_are_no_text_are_kept);
    tcase_add_test(tests, a_line_that_was_cut_ends_somewhere);
    tcase_add_test(tests, any_word_comes_back);
}
