#include "unit.h"

#include "cli/options.h"

#include <getopt.h>

#define WORDS(...) ((const char *const[]){"cpool", __VA_ARGS__, NULL})

static struct options options;
static char *words[16];

static int parse(const char *const *given)
{
    size_t count = 0;
    for (; given[count] != NULL; count++) {
        free(words[count]);
        words[count] = strdup(given[count]);
    }
    free(words[count]);
    words[count] = NULL;
    optind = 0; /* getopt begins anew */
    return options_parse(&options, (int)count, words);
}

static void expect(const char *const *given)
{
    ck_assert_int_eq(parse(given), 0);
}

static void refuse(const char *const *given)
{
    ck_assert_int_eq(parse(given), -1);
}

START_TEST(what_holds_where_nothing_is_said)
{
    ck_assert_int_eq(unsetenv("TMPDIR"), 0);
    expect(WORDS("fib", "1", "2"));
    ck_assert_int_eq(options.action, OPTIONS_RUN);
    ck_assert_uint_ge(options.jobs, 1);
    ck_assert_uint_eq(options.jobs, options.processors);
    ck_assert_uint_eq(options.chunk, 0);
    ck_assert_uint_eq(options.batch, 1);
    ck_assert(!options.batch_given);
    ck_assert_int_eq(options.delimiter, '\n');
    ck_assert_ptr_null(options.arg_file);
    ck_assert_str_eq(options.tmpdir, "/tmp");
    ck_assert_uint_eq(options.grace, 5 * NS_PER_S);
    ck_assert(!options.force_command);
    ck_assert_uint_eq(options.word_count, 3);
    ck_assert_str_eq(options.words[0], "fib");
    ck_assert_ptr_null(options.items);
}
END_TEST

START_TEST(tmpdir_is_what_the_environment_says_unless_the_option_does)
{
    ck_assert_int_eq(setenv("TMPDIR", "/elsewhere", 1), 0);
    expect(WORDS("fib"));
    ck_assert_str_eq(options.tmpdir, "/elsewhere");
    expect(WORDS("--tmpdir", "/third", "fib"));
    ck_assert_str_eq(options.tmpdir, "/third");
    ck_assert_int_eq(setenv("TMPDIR", "", 1), 0);
    expect(WORDS("fib"));
    ck_assert_str_eq(options.tmpdir, "/tmp");
}
END_TEST

START_TEST(jobs_are_a_number_or_counted_from_the_processors)
{
    expect(WORDS("fib"));
    unsigned processors = options.processors;
    static const struct {
        const char *text;
        long fixed, percent, more;
    } good[] = {{"3", 3, 0, 0},
                {"+2", 0, 100, 2},
                {"-1", 0, 100, -1},
                {"-100000", 1, 0, 0},
                {"200%", 0, 200, 0},
                {"0.01%", 1, 0, 0},
                {"+0", 0, 100, 0},
                {"0", OPTIONS_JOBS_MAX, 0, 0},
                {"99999", OPTIONS_JOBS_MAX, 0, 0}};
    for (size_t i = 0; i < ARRAY_LENGTH(good); i++) {
        long wanted =
            good[i].fixed != 0 ? good[i].fixed : (long)processors * good[i].percent / 100 + good[i].more;
        expect(WORDS("-j", good[i].text, "fib"));
        ck_assert_int_eq((long)options.jobs, wanted < 1 ? 1 : wanted);
    }
    static const char *const bad[] = {"",    "x",   "1x", "1.5", "%",   "1e3", "0x3",
                                      "nan", "inf", " 1", "1 ",  "--1", "5%%"};
    for (size_t i = 0; i < ARRAY_LENGTH(bad); i++)
        refuse(WORDS("-j", bad[i], "fib"));
}
END_TEST

START_TEST(every_spelling_of_an_option_is_the_same)
{
    static const char *const spellings[][3] = {
        {"-n3"}, {"-n", "3"}, {"--max-args=3"}, {"--max-args", "3"}, {"--max-a=3"}, {"-kn3"}, {"-rkn", "3"}};
    for (size_t i = 0; i < ARRAY_LENGTH(spellings); i++) {
        if (spellings[i][1] == NULL)
            expect(WORDS(spellings[i][0], "echo"));
        else
            expect(WORDS(spellings[i][0], spellings[i][1], "echo"));
        ck_assert_uint_eq(options.batch, 3);
        ck_assert(options.batch_given);
        ck_assert_uint_eq(options.word_count, 1);
    }
    expect(WORDS("-P", "7", "echo"));
    ck_assert_uint_eq(options.jobs, 7);
    expect(WORDS("--max-procs=7", "echo"));
    ck_assert_uint_eq(options.jobs, 7);
}
END_TEST

static const struct {
    const char *text;
    int byte; /* -1: refused */
} delimiters[] = {{",", ','},     {"\\n", '\n'}, {"\\t", '\t'},  {"\\0", '\0'}, {"\\r", '\r'},
                  {"\\\\", '\\'}, {"\\", '\\'},  {"\\x2c", ','}, {"\\xA", 10},  {"\\xff", 255},
                  {"\xE4", 0xE4}, {"", -1},      {"ab", -1},     {"\\x", -1},   {"\\x123", -1},
                  {"\\q", -1},    {"\\xg", -1},  {"\\n\\n", -1}};

START_TEST(a_delimiter_is_one_byte)
{
    if (delimiters[_i].byte < 0) {
        refuse(WORDS("-d", delimiters[_i].text, "echo"));
        return;
    }
    expect(WORDS("-d", delimiters[_i].text, "echo"));
    ck_assert_int_eq(options.delimiter, delimiters[_i].byte);
}
END_TEST

START_TEST(null_is_a_delimiter_too_and_the_last_one_counts)
{
    expect(WORDS("-0", "echo"));
    ck_assert_int_eq(options.delimiter, '\0');
    expect(WORDS("-0", "-d,", "echo"));
    ck_assert_int_eq(options.delimiter, ',');
    expect(WORDS("-d,", "--null", "echo"));
    ck_assert_int_eq(options.delimiter, '\0');
}
END_TEST

START_TEST(counts_are_whole_numbers_from_one_up)
{
    static const char *const bad[] = {"", "0", "-1", "1.5", "x", "3x", "1e3", "99999999999999999999"};
    for (size_t i = 0; i < ARRAY_LENGTH(bad); i++) {
        refuse(WORDS("-n", bad[i], "echo"));
        refuse(WORDS("--chunk", bad[i], "echo"));
    }
    expect(WORDS("--chunk", "17", "-n", "1000000000", "echo"));
    ck_assert_uint_eq(options.chunk, 17);
    ck_assert_uint_eq(options.batch, 1000000000);
}
END_TEST

START_TEST(grace_is_a_duration)
{
    expect(WORDS("--grace", "1.5m", "echo"));
    ck_assert_uint_eq(options.grace, 90 * NS_PER_S);
    expect(WORDS("--grace=0", "echo"));
    ck_assert_uint_eq(options.grace, 0);
    refuse(WORDS("--grace", "-1", "echo"));
    refuse(WORDS("--grace", "soon", "echo"));
}
END_TEST

START_TEST(options_end_at_the_first_word_that_is_none)
{
    expect(WORDS("-j2", "wc", "-l", "-j9", "--help"));
    ck_assert_uint_eq(options.jobs, 2);
    ck_assert_int_eq(options.action, OPTIONS_RUN);
    ck_assert_uint_eq(options.word_count, 4);
    ck_assert_str_eq(options.words[1], "-l");
    expect(WORDS("--", "-j9"));
    ck_assert_uint_eq(options.word_count, 1);
    ck_assert_str_eq(options.words[0], "-j9");
    expect(WORDS("echo", "--", "a"));
    ck_assert_uint_eq(options.word_count, 3);
}
END_TEST

START_TEST(items_stand_behind_the_separator)
{
    expect(WORDS("echo", "x", ":::", "a", "b"));
    ck_assert_uint_eq(options.word_count, 2);
    ck_assert_uint_eq(options.item_count, 2);
    ck_assert_str_eq(options.items[0], "a");
    expect(WORDS("echo", ":::"));
    ck_assert_uint_eq(options.word_count, 1);
    ck_assert_ptr_nonnull(options.items);
    ck_assert_uint_eq(options.item_count, 0);
    expect(WORDS(":::", "a"));
    ck_assert_uint_eq(options.word_count, 0);
    refuse(WORDS("echo", ":::", "a", ":::", "b"));
    refuse(WORDS("echo", "::::", "a"));
}
END_TEST

START_TEST(the_rest_is_noted)
{
    expect(
        WORDS("-a", "list", "--command", "-k", "-r", "--group", "--keep-order", "--no-run-if-empty", "fib"));
    ck_assert_str_eq(options.arg_file, "list");
    ck_assert(options.force_command);
    ck_assert_uint_eq(options.word_count, 1);
    refuse(WORDS("-a", "one", "-a", "two", "fib"));
}
END_TEST

START_TEST(actions_need_nothing_else_and_end_the_parsing)
{
    expect(WORDS("--help"));
    ck_assert_int_eq(options.action, OPTIONS_HELP);
    expect(WORDS("-j2", "--version", "--nonsense"));
    ck_assert_int_eq(options.action, OPTIONS_VERSION);
    expect(WORDS("--functions", "x"));
    ck_assert_int_eq(options.action, OPTIONS_FUNCTIONS);
}
END_TEST

static const char *const mistakes[] = {
    "--jbos",   "--xyzzy",
    "-Z",       "--c",
    "-n",       "--jobs",
    "--null=1", "--tag",
    "-u",       "--pipe",
    "-jx",      "---",
    "--=",      "--aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"};

START_TEST(mistakes_are_refused)
{
    refuse(WORDS(mistakes[_i]));
}
END_TEST

UNIT_MAIN("options")
{
    tcase_add_test(tests, what_holds_where_nothing_is_said);
    tcase_add_test(tests, tmpdir_is_what_the_environment_says_unless_the_option_does);
    tcase_add_test(tests, jobs_are_a_number_or_counted_from_the_processors);
    tcase_add_test(tests, every_spelling_of_an_option_is_the_same);
    tcase_add_loop_test(tests, a_delimiter_is_one_byte, 0, ARRAY_LENGTH(delimiters));
    tcase_add_test(tests, null_is_a_delimiter_too_and_the_last_one_counts);
    tcase_add_test(tests, counts_are_whole_numbers_from_one_up);
    tcase_add_test(tests, grace_is_a_duration);
    tcase_add_test(tests, options_end_at_the_first_word_that_is_none);
    tcase_add_test(tests, items_stand_behind_the_separator);
    tcase_add_test(tests, the_rest_is_noted);
    tcase_add_test(tests, actions_need_nothing_else_and_end_the_parsing);
    tcase_add_loop_test(tests, mistakes_are_refused, 0, ARRAY_LENGTH(mistakes));
}
