#include "options/options.h"

#include "base/buffer.h"
#include "base/log.h"
#include "base/platform.h"
#include "base/xalloc.h"
#include "options/elsewhere.h"
#include "options/option_table.h"
#include "options/options_source.h"
#include "template/columns.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define GRACE_DEFAULT (5 * NS_PER_S)
#define HINT          "; see cpool --help"

/* ---- getopt's own tables, made from ours ---- */

struct getopt_tables {
    char letters[2 + 2 * OPTION_TABLE_MAX + 1];
    struct option names[OPTION_TABLE_MAX + 1];
    size_t name_count;
};

/* Long options come back as this plus their row. */
#define ROW_BASE 256

static void add_to_tables(struct getopt_tables *tables, const char *name, char letter, size_t row)
{
    const struct option_row *of = option_table_row(row);
    int takes = of->argument == NULL                          ? no_argument
                : option_row_is(of, OPTION_ARGUMENT_OPTIONAL) ? optional_argument
                                                              : required_argument;
    if (name != NULL)
        tables->names[tables->name_count++] =
            (struct option){.name = name, .has_arg = takes, .val = ROW_BASE + (int)row};
    if (letter != 0) {
        size_t length = strlen(tables->letters);
        tables->letters[length] = letter;
        /* A letter alone never has an argument that may be left out: -h is --help. */
        tables->letters[length + 1] = takes == required_argument ? ':' : '\0';
    }
}

static void make_tables(struct getopt_tables *tables)
{
    /* Stop at the first word that is no option; tell a missing argument from an unknown option. */
    *tables = (struct getopt_tables){.letters = "+:"};
    const struct option_row *row;
    for (size_t i = 0; (row = option_table_row(i)) != NULL; i++)
        add_to_tables(tables, row->name, row->letter, i);
    const struct option_alias *alias;
    for (size_t i = 0; (alias = option_table_alias(i)) != NULL; i++)
        add_to_tables(tables, alias->name, alias->letter, option_table_find(alias->of));
}

/* The number of the row that getopt has found; behind the last: none. */
static size_t find_row_number(int value)
{
    if (value >= ROW_BASE)
        return (size_t)(value - ROW_BASE);
    return option_table_find((char[]){(char)value, '\0'});
}

static const struct option_row *find_row(int value)
{
    return value == 0 ? NULL : option_table_row(find_row_number(value));
}

enum options_given options_given(const struct options *options, const char *name)
{
    return (enum options_given)options->given[option_table_find(name)];
}

/* ---- parsing ---- */

static void complain(int value, char **argv)
{
    const char *word = argv[optind - 1];
    bool long_option = optopt == 0 || optopt >= ROW_BASE;
    char letter[] = {'-', (char)optopt, '\0'};

    if (value == ':') {
        const struct option_row *row = find_row(optopt);
        log_error("%s: needs an argument, %s" HINT, long_option ? word : letter,
                  row != NULL ? row->argument : "a value");
    } else if (long_option && find_row(optopt) != NULL && optopt >= ROW_BASE) {
        log_error("--%s: takes no argument" HINT, find_row(optopt)->name);
    } else if (long_option) {
        elsewhere_tell(word);
    } else {
        elsewhere_tell_letter((char)optopt);
    }
}

/* The word that the option stands in; its argument may be the word behind it. */
static const char *option_word(char **argv)
{
    return argv[optind - (optarg != NULL && optarg == argv[optind - 1] ? 2 : 1)];
}

/*
 * The name that the word of an option has, without dashes in front and argument behind; false: it is too
 * long for one.
 */
static bool take_name(const char *word, char name[64])
{
    const char *start = word + strspn(word, "-");
    size_t length = strcspn(start, "=");
    if (length >= 64)
        return false;
    memcpy(name, start, length);
    name[length] = '\0';
    return true;
}

static bool is_option(const char *name)
{
    return option_table_row(option_table_find(name)) != NULL;
}

/* What is another option, or will be, is no short form of one of ours: --color is none of --color-failed. */
static bool is_elsewhere(int value, const char *word)
{
    char name[64];
    return value >= ROW_BASE && take_name(word, name) && !is_option(name) && elsewhere_claims(name);
}

/*
 * An option that has become the argument of the one before it, which lacks its own. A digit may be a
 * number: -j -0.
 */
static void note_swallowed(const struct option_row *row, char **argv)
{
    char name[64];
    const char *word = option_word(argv);
    if (optarg == NULL || optarg != argv[optind - 1] || optarg[0] != '-' || !take_name(optarg, name))
        return;
    bool is_long = optarg[1] == '-';
    if ((strlen(name) > 1) != is_long || strchr("0123456789", name[0]) != NULL || !is_option(name))
        return;
    log_warning("%s: '%s' is taken as its argument, %s, not as an option; write %s%s where it is meant so",
                word, optarg, row->argument, word, word[1] == '-' ? "=..." : "...");
}

/* 0, or -1 after a message. */
static int take_option(struct options *options, int value, char **argv, enum options_given where)
{
    size_t number = find_row_number(value);
    const struct option_row *row = value == '?' || value == ':' ? NULL : option_table_row(number);
    const char *word = option_word(argv);
    if (row == NULL) {
        complain(value, argv);
        return -1;
    }
    if (is_elsewhere(value, word)) {
        elsewhere_tell(word);
        return -1;
    }
    if (where == GIVEN_IN_ENVIRONMENT && option_row_is(row, OPTION_OF_ONE_RUN)) {
        log_error("%s: is about one run; in CPOOL_OPTS only options can stand that change how tasks run",
                  word);
        return -1;
    }
    note_swallowed(row, argv);
    options->given[number] = (unsigned char)where;
    return option_table_set(options, row, optarg);
}

/*
 * Up to the first word that is no option. NOT_GIVEN: only look, do nothing and complain about nothing. 0, 1
 * for --no-opts seen, or -1.
 */
static int parse_words(struct options *options, int argc, char **argv, enum options_given where)
{
    struct getopt_tables tables;
    int seen = 0;

    make_tables(&tables);
    opterr = 0;
    platform_restart_getopt();
    for (int value; (value = getopt_long(argc, argv, tables.letters, tables.names, NULL)) != -1;) {
        const struct option_row *row = value == '?' || value == ':' ? NULL : find_row(value);
        /* What only prints does not depend on the environment. */
        if (row != NULL && (row->section == SECTION_OTHER))
            seen = 1;
        if (where == NOT_GIVEN)
            continue;
        if (take_option(options, value, argv, where) < 0)
            return -1;
        if (options->action != OPTIONS_RUN)
            break;
    }
    return seen;
}

/* ---- options in the environment ---- */

/* One word, with the quotes of a shell; returns what is behind it, or NULL where a quote is not closed. */
static const char *take_word(const char *at, struct buffer *word)
{
    for (char quote = 0; *at != '\0' && (quote != 0 || strchr(" \t\n", *at) == NULL); at++) {
        if (*at == quote)
            quote = 0;
        else if (quote == 0 && (*at == '\'' || *at == '"'))
            quote = *at;
        else if (*at == '\\' && at[1] != '\0' &&
                 (quote == 0 || (quote == '"' && strchr("\"\\$`", at[1]) != NULL)))
            buffer_append_byte(word, *++at);
        else
            buffer_append_byte(word, *at);
        if (at[1] == '\0' && quote != 0)
            return NULL;
    }
    buffer_append_byte(word, '\0');
    return at;
}

static int parse_environment(struct options *options, char *program)
{
    const char *text = getenv("CPOOL_OPTS");
    char **words = options->environment = xcalloc(2, sizeof *words);
    size_t count = 1;

    words[0] = program;
    for (const char *at = text != NULL ? text : ""; *(at += strspn(at, " \t\n")) != '\0';) {
        struct buffer word = BUFFER_INIT;
        at = take_word(at, &word);
        if (at == NULL) {
            buffer_release(&word);
            log_error("CPOOL_OPTS: a quote is not closed; --no-opts leaves it unread");
            return -1;
        }
        words = options->environment = xreallocarray(words, count + 2, sizeof *words);
        words[count++] = buffer_bytes(&word);
        words[count] = NULL;
    }
    if (count == 1)
        return 0;
    if (parse_words(options, (int)count, words, GIVEN_IN_ENVIRONMENT) < 0) {
        log_error("that option stands in CPOOL_OPTS; --no-opts leaves it unread");
        return -1;
    }
    if (options->action == OPTIONS_RUN && (size_t)optind == count)
        return 0;
    log_error("CPOOL_OPTS: only options can stand there that change how tasks run, not '%s'",
              options->action == OPTIONS_RUN ? words[optind] : words[optind - 1]);
    return -1;
}

/* ---- the words behind the options ---- */

static const struct separator {
    const char *text;
    bool files, linked;
} separators[] = {{":::", false, false}, {"::::", true, false}, {":::+", false, true}, {"::::+", true, true}};

static const struct separator *find_separator(const char *word)
{
    for (size_t i = 0; i < ARRAY_LENGTH(separators); i++)
        if (strcmp(word, separators[i].text) == 0)
            return &separators[i];
    return NULL;
}

/* The words between one separator and the next are one source, or, with files, one each. */
static int add_sources(struct options *options, const struct separator *separator, char **words, size_t count)
{
    if (!separator->files)
        options_add_source(
            options, &(struct options_source){.words = words, .count = count, .linked = separator->linked});
    if (separator->files && count == 0) {
        log_error("'%s': no file is named behind it; '-' is standard input", separator->text);
        return -1;
    }
    for (size_t i = 0; separator->files && i < count; i++)
        options_add_source(options, &(struct options_source){.path = words[i], .linked = separator->linked});
    return 0;
}

static int split_words(struct options *options, char **words, size_t count)
{
    const struct separator *separator = NULL;
    size_t begin = 0;

    options->words = words;
    for (size_t i = 0; i <= count; i++) {
        const struct separator *next = i < count ? find_separator(words[i]) : NULL;
        if (next == NULL && i < count)
            continue;
        if (separator == NULL)
            options->word_count = i;
        else if (add_sources(options, separator, words + begin, i - begin) < 0)
            return -1;
        separator = next;
        begin = i + 1;
    }
    return 0;
}

/* ---- all of it ---- */

/* As in xargs. Of blocks both can be said: lines make a record, and records a block. */
static void settle_lines(struct options *options)
{
    if (options->pipe || options->lines == 0)
        return;
    if (options->rows_given)
        log_error("warning: -L and -n exclude each other; the later one, %s, counts",
                  options->lines_last ? "-L" : "-n");
    if (options->rows_given && !options->lines_last) {
        options->lines = 0;
        return;
    }
    options->rows_given = options->without_items = false;
    options->repeat = true;
}

static void settle(struct options *options)
{
    if (options->ladder.count == 0)
        reaper_plan_default(&options->ladder, options->grace);
    if (options->jobs == 0 && jobs_parse("100%", &options->jobs) < 0)
        options->jobs = 1;
    if (options->header != NULL && strcmp(options->header, ":") == 0 && options->colsep == NULL &&
        !options->csv && !options->pipe)
        options->colsep = "\\t"; /* as GNU parallel does, like the next */
    if (!options->trim_given && options->colsep != NULL && !options->csv)
        options->trim = TRIM_LEFT | TRIM_RIGHT; /* as GNU parallel does */
    settle_lines(options);
    if ((options->fill || options->lines > 0) && !options->rows_given)
        options->rows = 0;
    options->repeat = options->repeat && !options->no_repeat;
    if (!options->seed_given)
        options->seed = clock_now() ^ (uint64_t)getpid() << 32;
}

int options_parse(struct options *options, int argc, char **argv)
{
    const char *tmpdir = getenv("TMPDIR");

    *options = (struct options){.rows = 1,
                                .delimiter = '\n',
                                .block_size = 1 * MIB,
                                .tries = 1,
                                .grace = GRACE_DEFAULT,
                                .tmpdir = tmpdir != NULL && *tmpdir != '\0' ? tmpdir : "/tmp"};
    if (parse_words(options, argc, argv, NOT_GIVEN) == 0 && parse_environment(options, argv[0]) < 0)
        return -1;
    if (parse_words(options, argc, argv, GIVEN) < 0)
        return -1;
    if (options->action != OPTIONS_RUN)
        return 0;
    if (split_words(options, argv + optind, (size_t)(argc - optind)) < 0)
        return -1;
    settle(options);
    return 0;
}
