#include "unit.h"

#include "base/processors.h"
#include "options/options.h"
#include "template/columns.h"

#define WORDS(...) ((const char *const[]){"cpool", __VA_ARGS__, NULL})

/* What CPOOL_OPTS holds is kept as long as the process runs: there is one command line in it. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:parse_environment\n";
}

static struct options options;
static char *words[24];

static void begin(void)
{
    unsetenv("CPOOL_OPTS");
}

static void end(void)
{
    free(options.sources);
    free((void *)(uintptr_t)options.variables);
    options.sources = NULL;
    options.variables = NULL;
}

static int parse(const char *const *given)
{
    size_t count = 0;
    end();
    for (; given[count] != NULL; count++) {
        free(words[count]);
        words[count] = strdup(given[count]);
    }
    free(words[count]);
    words[count] = NULL;
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
    ck_assert_uint_eq(options.jobs, (unsigned)processors_usable());
    ck_assert_uint_eq(options.chunk, 0);
    ck_assert_uint_eq(options.rows, 1);
    ck_assert(!options.rows_given);
    ck_assert_int_eq(options.delimiter, '\n');
    ck_assert_uint_eq(options.source_count, 0);
    ck_assert_ptr_null(options.colsep);
    ck_assert_ptr_null(options.item_text);
    ck_assert_ptr_null(options.jobs_file.path);
    ck_assert_uint_eq(options.tries, 1);
    ck_assert_int_eq(options.shell, SHELL_IF_NEEDED);
    ck_assert_uint_gt(options.ladder.count, 0);
    ck_assert_str_eq(options.tmpdir, "/tmp");
    ck_assert_uint_eq(options.grace, 5 * NS_PER_S);
    ck_assert(!options.force_command);
    ck_assert_uint_eq(options.word_count, 3);
    ck_assert_str_eq(options.words[0], "fib");
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

START_TEST(jobs_are_a_number_or_a_file_that_holds_one)
{
    expect(WORDS("-j3", "fib"));
    ck_assert_uint_eq(options.jobs, 3);
    expect(WORDS("-j", "0", "fib"));
    ck_assert_uint_eq(options.jobs, JOBS_MAX);
    expect(WORDS("-j-100000", "fib"));
    ck_assert_uint_eq(options.jobs, 1);
    ck_assert_ptr_null(options.jobs_file.path);
    const char *folder = unit_make_folder();
    char path[8192];
    unit_write_file(folder, "jobs", "5\n", 0600);
    snprintf(path, sizeof path, "%s/jobs", folder);
    expect(WORDS("-j", path, "fib"));
    ck_assert_uint_eq(options.jobs, 5);
    ck_assert_str_eq(options.jobs_file.path, path);
    /* The last one counts. */
    expect(WORDS("-j", path, "-j7", "fib"));
    ck_assert_uint_eq(options.jobs, 7);
    ck_assert_ptr_null(options.jobs_file.path);
    refuse(WORDS("-j", folder, "fib"));
    unit_remove_folder(folder);
    refuse(WORDS("-j", path, "fib"));
    refuse(WORDS("-j", "", "fib"));
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
        ck_assert_uint_eq(options.rows, 3);
        ck_assert(options.rows_given);
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

START_TEST(counts_are_whole_numbers)
{
    static const char *const bad[] = {"", "-1", "1.5", "x", "3x", "1e3", "99999999999999999999", "0x1"};
    static const char *const counted[] = {"-n",      "-N",      "-L",     "-s",
                                          "--chunk", "--total", "--seed", "--retries"};
    for (size_t i = 0; i < ARRAY_LENGTH(bad); i++)
        for (size_t k = 0; k < ARRAY_LENGTH(counted); k++)
            refuse(WORDS(counted[k], bad[i], "echo"));
    refuse(WORDS("--chunk", "0", "echo"));
    refuse(WORDS("-L", "0", "echo"));
    refuse(WORDS("-s", "0", "echo"));
    refuse(WORDS("--total", "0", "echo"));
    expect(WORDS("--chunk", "17", "-n", "1000000000", "echo"));
    ck_assert_uint_eq(options.chunk, 17);
    ck_assert_uint_eq(options.rows, 1000000000);
    refuse(WORDS("-n", "1000000001", "echo"));
}
END_TEST

START_TEST(how_many_items_a_task_gets)
{
    expect(WORDS("-n", "0", "echo"));
    ck_assert(options.without_items);
    ck_assert_uint_eq(options.rows, 1);
    expect(WORDS("-n0", "-n2", "echo"));
    ck_assert(!options.without_items);
    ck_assert_uint_eq(options.rows, 2);
    ck_assert(!options.repeat);
    expect(WORDS("-N3", "echo"));
    ck_assert_uint_eq(options.rows, 3);
    ck_assert(options.repeat);
    expect(WORDS("-L2", "echo"));
    ck_assert_uint_eq(options.lines, 2);
    ck_assert_uint_eq(options.rows, 0);
    expect(WORDS("-X", "echo"));
    ck_assert(options.fill && options.spread && options.repeat);
    ck_assert_uint_eq(options.rows, 0);
    expect(WORDS("-X", "-n5", "echo"));
    ck_assert(options.fill);
    ck_assert_uint_eq(options.rows, 5);
    expect(WORDS("-m", "echo"));
    ck_assert(options.fill && options.spread && !options.repeat);
    expect(WORDS("--xargs", "echo"));
    ck_assert(options.fill && !options.spread && !options.repeat);
    expect(WORDS("-s", "100", "-x", "echo"));
    ck_assert_uint_eq(options.characters, 100);
    ck_assert(options.strict);
}
END_TEST

/* Whatever comes first: -m says that the word is not repeated. */
START_TEST(without_repetition_wins_over_with)
{
    expect(WORDS("-m", "-X", "echo"));
    ck_assert(options.fill && !options.repeat);
    expect(WORDS("-X", "-m", "echo"));
    ck_assert(options.fill && !options.repeat);
    expect(WORDS("-N2", "--xargs", "echo"));
    ck_assert(!options.repeat);
    ck_assert_uint_eq(options.rows, 2);
}
END_TEST

START_TEST(columns_are_trimmed_where_an_expression_splits_them)
{
    expect(WORDS("-C", ",", "echo"));
    ck_assert_uint_eq(options.trim, TRIM_LEFT | TRIM_RIGHT);
    expect(WORDS("-C", ",", "--trim", "n", "echo"));
    ck_assert_uint_eq(options.trim, 0);
    expect(WORDS("--trim=l", "-C,", "echo"));
    ck_assert_uint_eq(options.trim, TRIM_LEFT);
    /* A header alone splits them, too. */
    expect(WORDS("--header", ":", "echo"));
    ck_assert_str_eq(options.colsep, "\\t");
    expect(WORDS("--header", ":", "-C;", "echo"));
    ck_assert_str_eq(options.colsep, ";");
    expect(WORDS("--header", ":", "--csv", "echo"));
    ck_assert_ptr_null(options.colsep);
    expect(WORDS("--csv", "-C;", "echo"));
    ck_assert_uint_eq(options.trim, 0);
    expect(WORDS("--trim=rl", "echo"));
    ck_assert_uint_eq(options.trim, TRIM_LEFT | TRIM_RIGHT);
    refuse(WORDS("--trim=x", "echo"));
    refuse(WORDS("--trim=", "echo"));
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

/* Each source on its own: "words:N" or the name of the file, with + before it where it is linked. */
static void expect_sources(const char *wanted)
{
    char text[256] = "", *at = text;
    for (size_t i = 0; i < options.source_count; i++) {
        const struct options_source *source = &options.sources[i];
        at += sprintf(at, "%s%s", i > 0 ? " " : "", source->linked ? "+" : "");
        at +=
            source->path != NULL ? sprintf(at, "%s", source->path) : sprintf(at, "words:%zu", source->count);
    }
    ck_assert_str_eq(text, wanted);
}

START_TEST(items_stand_behind_separators)
{
    expect(WORDS("echo", "x", ":::", "a", "b"));
    ck_assert_uint_eq(options.word_count, 2);
    expect_sources("words:2");
    ck_assert_str_eq(options.sources[0].words[0], "a");
    expect(WORDS("echo", ":::"));
    ck_assert_uint_eq(options.word_count, 1);
    expect_sources("words:0");
    expect(WORDS(":::", "a"));
    ck_assert_uint_eq(options.word_count, 0);
    expect_sources("words:1");
    expect(WORDS("echo", ":::", "a", ":::", "b", "c", "::::", "f", "-", ":::+", "d", "::::+", "g", "h"));
    expect_sources("words:1 words:2 f - +words:1 +g +h");
    ck_assert_str_eq(options.sources[1].words[1], "c");
    ck_assert_str_eq(options.sources[4].words[0], "d");
    expect(WORDS("echo", "::::::", ":::: ", ":::", "--help", "-j2"));
    ck_assert_uint_eq(options.word_count, 3);
    expect_sources("words:2");
    ck_assert_int_eq(options.action, OPTIONS_RUN);
    refuse(WORDS("echo", "::::"));
    refuse(WORDS("echo", "::::", ":::", "a"));
    refuse(WORDS("echo", "::::+"));
}
END_TEST

START_TEST(files_of_options_come_before_those_behind_separators_each_in_its_order)
{
    expect(WORDS("-a", "one", "--arg-file=two", "-a-", "echo", ":::", "x", "::::", "three"));
    expect_sources("one two - words:1 three");
    expect(WORDS("--argfile", "one", "echo"));
    expect_sources("one");
}
END_TEST

START_TEST(the_rest_is_noted)
{
    expect(
        WORDS("-a", "list", "--command", "-k", "-r", "--group", "--keep-order", "--no-run-if-empty", "fib"));
    ck_assert(options.force_command);
    ck_assert_uint_eq(options.word_count, 1);
    expect(WORDS("--env", "A=1", "--env=B=x=y", "--env", "C=", "echo"));
    ck_assert_uint_eq(options.variable_count, 3);
    ck_assert_str_eq(options.variables[1], "B=x=y");
    refuse(WORDS("--env", "A", "echo"));
    refuse(WORDS("--env", "=1", "echo"));
    refuse(WORDS("--env", "", "echo"));
    expect(WORDS("-c", "echo"));
    ck_assert_int_eq(options.shell, SHELL_ALWAYS);
    expect(WORDS("-c", "-q", "echo"));
    ck_assert_int_eq(options.shell, SHELL_NEVER);
    expect(WORDS("-I", "X", "--wd", "d/{}", "--nice=3", "--delay=0.5", "-t", "--dry-run", "echo"));
    ck_assert_str_eq(options.item_text, "X");
    ck_assert_str_eq(options.directory, "d/{}");
    ck_assert_int_eq(options.nice, 3);
    ck_assert_uint_eq(options.delay, 500 * NS_PER_MS);
    ck_assert(options.tell && options.dry_run);
    expect(WORDS("-I", "{}", "echo"));
    ck_assert_str_eq(options.item_text, "{}");
    refuse(WORDS("-I", "", "echo"));
    refuse(WORDS("--wd", "", "echo"));
    refuse(WORDS("--nice", "20", "echo"));
    expect(WORDS("-E", "END", "--shuf", "--seed=5", "--link", "--header", ":", "echo"));
    ck_assert_str_eq(options.stop, "END");
    ck_assert(options.shuffle && options.link_all);
    ck_assert_uint_eq(options.seed, 5);
    ck_assert_str_eq(options.header, ":");
    expect(WORDS("-E", "END", "-E", "", "echo"));
    ck_assert_ptr_null(options.stop);
}
END_TEST

START_TEST(endings_are_those_that_are_asked_for)
{
    expect(WORDS("--retries", "3", "--retry-delay=1.5", "--timeout", "2m", "--halt", "now,fail=1", "echo"));
    ck_assert_uint_eq(options.tries, 3);
    ck_assert_uint_eq(options.retry_delay, 1500 * NS_PER_MS);
    ck_assert_uint_eq(options.time_limit, 120 * NS_PER_S);
    ck_assert_int_eq(options.halt.when, HALT_NOW);
    expect(WORDS("--retries", "0", "--timeout", "10", "--timeout", "250%", "echo"));
    ck_assert_uint_gt(options.tries, 1000000000);
    ck_assert_uint_eq(options.time_limit, 0);
    ck_assert_uint_eq(options.time_limit_percent, 250);
    expect(WORDS("--timeout", "250%", "--timeout", "10", "echo"));
    ck_assert_uint_eq(options.time_limit_percent, 0);
    static const char *const bad[] = {"",   "0",   "%",  "0%",   "-1",
                                      "5q", "1%%", "x%", "10 s", "99999999999999999999%"};
    for (size_t i = 0; i < ARRAY_LENGTH(bad); i++)
        refuse(WORDS("--timeout", bad[i], "echo"));
    refuse(WORDS("--halt", "later", "echo"));
    refuse(WORDS("--termseq", "TERM,x", "echo"));
    expect(WORDS("--termseq", "INT,10,KILL", "echo"));
    ck_assert_uint_gt(options.ladder.count, 0);
}
END_TEST

/* ---- options in the environment ---- */

static void set_environment(const char *text)
{
    ck_assert_int_eq(setenv("CPOOL_OPTS", text, 1), 0);
}

START_TEST(options_in_the_environment_come_before_those_of_the_command_line)
{
    set_environment("-j3 --dry-run\t--chunk=5\n");
    expect(WORDS("fib", "1"));
    ck_assert_uint_eq(options.jobs, 3);
    ck_assert_uint_eq(options.chunk, 5);
    ck_assert(options.dry_run);
    ck_assert_uint_eq(options.word_count, 2);
    expect(WORDS("-j4", "fib"));
    ck_assert_uint_eq(options.jobs, 4);
    ck_assert_uint_eq(options.chunk, 5);
    set_environment("");
    expect(WORDS("fib"));
    ck_assert_uint_eq(options.chunk, 0);
    set_environment("  \t\n ");
    expect(WORDS("fib"));
}
END_TEST

START_TEST(quotes_in_the_environment_are_those_of_a_shell)
{
    static const struct {
        const char *text, *stop;
    } rows[] = {{"-E 'a b'", "a b"},
                {"-E \"a b\"", "a b"},
                {"-E a\\ b", "a b"},
                {"-E 'it'\\''s'", "it's"},
                {"-E \"a\\\"b\"", "a\"b"},
                {"-E 'a\\b'", "a\\b"},
                {"-Ea'b 'c\" d\"", "ab c d"},
                {"'-E' \"x'y\"", "x'y"},
                {"-E 'x\"y'", "x\"y"},
                {"-E \\\\", "\\"},
                {"-E a\\", "a\\"},
                {"--eof='a\n'", "a\n"},
                {"-E x ''", NULL}};
    for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
        set_environment(rows[i].text);
        if (rows[i].stop == NULL) {
            refuse(WORDS("fib")); /* an empty word is a word */
            continue;
        }
        expect(WORDS("fib"));
        ck_assert_str_eq(options.stop, rows[i].stop);
    }
    set_environment("-E '' --chunk=2");
    expect(WORDS("fib"));
    ck_assert_ptr_null(options.stop);
    ck_assert_uint_eq(options.chunk, 2);
}
END_TEST

static const char *const wrong[] = {"-E 'a",   "'",      "\"",  "-E \"a\\\"",  "-j3 fib",
                                    "--xyzzy", "--help", "-V",  "--functions", "-j",
                                    "-- -j3",  ":::",    "-jx", "-E x -h",     "--completion=bash"};

START_TEST(what_can_not_stand_in_the_environment_is_refused)
{
    set_environment(wrong[_i]);
    refuse(WORDS("fib"));
    /* Unless nobody reads it. */
    expect(WORDS("--no-opts", "fib"));
    ck_assert_int_eq(options.action, OPTIONS_RUN);
    ck_assert_uint_eq(options.word_count, 1);
}
END_TEST

START_TEST(the_environment_can_be_left_unread)
{
    set_environment("-j3 --chunk=5");
    expect(WORDS("--no-opts", "-j2", "fib"));
    ck_assert_uint_eq(options.jobs, 2);
    ck_assert_uint_eq(options.chunk, 0);
    expect(WORDS("-j2", "--no-op", "fib"));
    ck_assert_uint_eq(options.chunk, 0);
    /* Behind the options it is a word like others. */
    expect(WORDS("echo", "--no-opts"));
    ck_assert_uint_eq(options.chunk, 5);
    ck_assert_uint_eq(options.word_count, 2);
    /* And within one it is its argument. */
    expect(WORDS("-E", "--no-opts", "echo"));
    ck_assert_uint_eq(options.chunk, 5);
    ck_assert_str_eq(options.stop, "--no-opts");
}
END_TEST

START_TEST(actions_need_nothing_else_and_end_the_parsing)
{
    expect(WORDS("--help"));
    ck_assert_int_eq(options.action, OPTIONS_HELP);
    expect(WORDS("--help=all"));
    ck_assert_int_eq(options.action, OPTIONS_HELP_ALL);
    expect(WORDS("-h"));
    ck_assert_int_eq(options.action, OPTIONS_HELP);
    refuse(WORDS("--help=me"));
    expect(WORDS("--completion=zsh"));
    ck_assert_int_eq(options.action, OPTIONS_COMPLETION);
    ck_assert_str_eq(options.completion_shell, "zsh");
    expect(WORDS("-j2", "--version", "--nonsense"));
    ck_assert_int_eq(options.action, OPTIONS_VERSION);
    expect(WORDS("--functions", "x"));
    ck_assert_int_eq(options.action, OPTIONS_FUNCTIONS);
}
END_TEST

START_TEST(blocks_have_a_size_and_what_ends_a_record)
{
    static const struct {
        const char *text;
        size_t size;
    } sizes[] = {{"1", 1},        {"1000", 1000},  {"2k", 2000},          {"2K", 2 * KIB},
                 {"1m", 1000000}, {"1M", 1 * MIB}, {"1.5K", 3 * KIB / 2}, {"16M", 16 * MIB}};
    static const char *const refused[] = {"",   "0",   "-1",  "17M", "1T",  "x",
                                          "1x", "1Kk", "1KB", "1K ", "nan", "inf"};
    expect(WORDS("fib"));
    ck_assert(!options.pipe && !options.block_given);
    ck_assert_uint_eq(options.block_size, 1 * MIB);
    expect(WORDS("--pipe", "wc"));
    ck_assert(options.pipe && !options.block_given);
    for (size_t i = 0; i < ARRAY_LENGTH(sizes); i++) {
        expect(WORDS("--pipe", "--block", sizes[i].text, "wc"));
        ck_assert(options.block_given);
        ck_assert_uint_eq(options.block_size, sizes[i].size);
    }
    for (size_t i = 0; i < ARRAY_LENGTH(refused); i++)
        refuse(WORDS("--pipe", "--block", refused[i], "wc"));
    expect(WORDS("--pipe", "--recend", ";", "--recstart", ">", "--regexp", "wc"));
}
END_TEST

static const char *const mistakes[] = {
    "--jbos",   "--xyzzy",
    "-Z",       "--c",
    "-n",       "--jobs",
    "--null=1", "--plugin",
    "-p",       "--listen",
    "-jx",      "---",
    "--=",      "--aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"};

START_TEST(mistakes_are_refused)
{
    refuse(WORDS(mistakes[_i]));
}
END_TEST

UNIT_MAIN("options")
{
    tcase_add_checked_fixture(tests, begin, end);
    tcase_add_test(tests, what_holds_where_nothing_is_said);
    tcase_add_test(tests, tmpdir_is_what_the_environment_says_unless_the_option_does);
    tcase_add_test(tests, jobs_are_a_number_or_a_file_that_holds_one);
    tcase_add_test(tests, every_spelling_of_an_option_is_the_same);
    tcase_add_loop_test(tests, a_delimiter_is_one_byte, 0, ARRAY_LENGTH(delimiters));
    tcase_add_test(tests, null_is_a_delimiter_too_and_the_last_one_counts);
    tcase_add_test(tests, counts_are_whole_numbers);
    tcase_add_test(tests, how_many_items_a_task_gets);
    tcase_add_test(tests, without_repetition_wins_over_with);
    tcase_add_test(tests, columns_are_trimmed_where_an_expression_splits_them);
    tcase_add_test(tests, grace_is_a_duration);
    tcase_add_test(tests, options_end_at_the_first_word_that_is_none);
    tcase_add_test(tests, items_stand_behind_separators);
    tcase_add_test(tests, files_of_options_come_before_those_behind_separators_each_in_its_order);
    tcase_add_test(tests, the_rest_is_noted);
    tcase_add_test(tests, endings_are_those_that_are_asked_for);
    tcase_add_test(tests, options_in_the_environment_come_before_those_of_the_command_line);
    tcase_add_test(tests, quotes_in_the_environment_are_those_of_a_shell);
    tcase_add_loop_test(tests, what_can_not_stand_in_the_environment_is_refused, 0, ARRAY_LENGTH(wrong));
    tcase_add_test(tests, the_environment_can_be_left_unread);
    tcase_add_test(tests, actions_need_nothing_else_and_end_the_parsing);
    tcase_add_test(tests, blocks_have_a_size_and_what_ends_a_record);
    tcase_add_loop_test(tests, mistakes_are_refused, 0, ARRAY_LENGTH(mistakes));
}
