#include "cli/options.h"

#include "base/log.h"
#include "base/processors.h"
#include "base/xalloc.h"
#include "pool/function.h"

#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define GRACE_DEFAULT (5 * NS_PER_S)
#define BATCH_MAX     1000000000L
#define HINT          "; see cpool --help"

/* ---- what each option does ---- */

static int parse_count(const char *option, const char *text, long smallest, long largest, long *value)
{
    char *end;
    errno = 0;
    *value = strtol(text, &end, 10);
    if (end != text && *end == '\0' && errno == 0 && *value >= smallest && *value <= largest)
        return 0;
    log_error("%s: '%s' is not a whole number from %ld to %ld" HINT, option, text, smallest, largest);
    return -1;
}

static unsigned processors(struct options *options)
{
    if (options->processors == 0)
        options->processors = processors_usable();
    return options->processors;
}

static unsigned jobs_within(double jobs)
{
    return jobs < 1 ? 1 : jobs > OPTIONS_JOBS_MAX ? OPTIONS_JOBS_MAX : (unsigned)jobs;
}

/* N, N% of the processors, +N more or -N fewer than them, 0 for as many as there are items. */
static int set_jobs(struct options *options, const char *text)
{
    char *end;
    errno = 0;
    double number = strtod(text, &end);
    bool percent = *end == '%' && end[1] == '\0';
    bool whole = number >= -1e6 && number <= 1e6 && number == (double)(long)number;

    if (end == text || errno != 0 || (*end != '\0' && !percent) || (!percent && !whole) ||
        (percent && !(number > 0 && number < 1e6)) || strspn(text, "+-0123456789.%") != strlen(text)) {
        log_error(
            "-j: '%s' is no number of jobs; it may be 8, 50%%, +2, -1 or 0 (as many as there are items)",
            text);
        return -1;
    }
    if (percent)
        options->jobs = jobs_within((double)processors(options) * number / 100 + 0.5);
    else if (text[0] == '+' || text[0] == '-')
        options->jobs = jobs_within((double)processors(options) + number);
    else
        options->jobs = number == 0 ? OPTIONS_JOBS_MAX : jobs_within(number);
    return 0;
}

static int set_null(struct options *options, const char *text)
{
    (void)text;
    options->delimiter = '\0';
    return 0;
}

static int hex_digit(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

static int set_delimiter(struct options *options, const char *text)
{
    static const struct {
        const char *text;
        char byte;
    } escapes[] = {{"\\n", '\n'}, {"\\t", '\t'}, {"\\0", '\0'}, {"\\r", '\r'}, {"\\\\", '\\'}};

    if (text[0] != '\0' && text[1] == '\0') {
        options->delimiter = (unsigned char)text[0];
        return 0;
    }
    for (size_t i = 0; i < ARRAY_LENGTH(escapes); i++)
        if (strcmp(text, escapes[i].text) == 0) {
            options->delimiter = (unsigned char)escapes[i].byte;
            return 0;
        }
    if (text[0] == '\\' && text[1] == 'x' && hex_digit(text[2]) >= 0) {
        int value = hex_digit(text[2]);
        const char *end = text + 3;
        if (hex_digit(*end) >= 0)
            value = value * 16 + hex_digit(*end++);
        if (*end == '\0') {
            options->delimiter = (unsigned char)value;
            return 0;
        }
    }
    log_error("-d: '%s' is not one byte; it may be a character, \\n, \\t, \\0 or \\xHH", text);
    return -1;
}

static int set_arg_file(struct options *options, const char *text)
{
    if (options->arg_file != NULL) {
        log_error("-a: given twice; several sources are not supported yet, use cat");
        return -1;
    }
    options->arg_file = text;
    return 0;
}

static int set_batch(struct options *options, const char *text)
{
    long value;
    if (parse_count("-n", text, 1, BATCH_MAX, &value) < 0)
        return -1;
    options->batch = (uint32_t)value;
    options->batch_given = true;
    return 0;
}

static int set_chunk(struct options *options, const char *text)
{
    long value;
    if (parse_count("--chunk", text, 1, 1000000, &value) < 0)
        return -1;
    options->chunk = (uint32_t)value;
    return 0;
}

static int parse_duration(const char *option, const char *text, nanoseconds *duration)
{
    if (clock_parse_duration(text, duration) == 0)
        return 0;
    log_error("%s: '%s' is not a duration such as 0.5, 10s, 1.5m, 2h or 1d", option, text);
    return -1;
}

static int set_grace(struct options *options, const char *text)
{
    return parse_duration("--grace", text, &options->grace);
}

/* A duration, or N% of the median so far. */
static int set_timeout(struct options *options, const char *text)
{
    long percent;
    size_t length = strlen(text);

    options->time_limit_percent = 0;
    options->time_limit = 0;
    if (length > 0 && text[length - 1] == '%') {
        char number[16];
        snprintf(number, sizeof number, "%.*s", (int)length - 1, text);
        if (parse_count("--timeout", number, 1, 1000000, &percent) < 0)
            return -1;
        options->time_limit_percent = (unsigned)percent;
        return 0;
    }
    if (parse_duration("--timeout", text, &options->time_limit) < 0)
        return -1;
    if (options->time_limit > 0)
        return 0;
    log_error("--timeout: '%s': no task can be done in no time", text);
    return -1;
}

static int set_retries(struct options *options, const char *text)
{
    long value;
    if (parse_count("--retries", text, 0, 1000000, &value) < 0)
        return -1;
    options->tries = value == 0 ? UINT_MAX : (unsigned)value; /* 0: for ever, as in GNU parallel */
    return 0;
}

static int set_retry_delay(struct options *options, const char *text)
{
    return parse_duration("--retry-delay", text, &options->retry_delay);
}

static int set_halt(struct options *options, const char *text)
{
    if (halt_parse(text, &options->halt) == 0)
        return 0;
    log_error(
        "--halt: '%s' is not never, now,WHY or soon,WHY with WHY fail=N, success=N or done=N (N or N%%)",
        text);
    return -1;
}

static int set_termseq(struct options *options, const char *text)
{
    if (reaper_plan_parse(&options->ladder, text) == 0)
        return 0;
    log_error("--termseq: '%s' is not SIGNAL,MILLISECONDS,SIGNAL,... such as TERM,200,TERM,100,KILL", text);
    return -1;
}

static int set_tmpdir(struct options *options, const char *text)
{
    options->tmpdir = text;
    return 0;
}

static int set_command(struct options *options, const char *text)
{
    (void)text;
    options->force_command = true;
    return 0;
}

/* What cpool does in any case, and people write for other tools. */
static int set_default(struct options *options, const char *text)
{
    (void)options, (void)text;
    return 0;
}

static int set_help(struct options *options, const char *text)
{
    (void)text;
    options->action = OPTIONS_HELP;
    return 0;
}

static int set_version(struct options *options, const char *text)
{
    (void)text;
    options->action = OPTIONS_VERSION;
    return 0;
}

static int set_functions(struct options *options, const char *text)
{
    (void)text;
    options->action = OPTIONS_FUNCTIONS;
    return 0;
}

/* ---- the table ---- */

struct option_row {
    const char *name;     /* the long one */
    char letter;          /* 0: none */
    const char *argument; /* NULL: it takes none */
    const char *help;     /* NULL: another name of the row before it */
    int (*set)(struct options *options, const char *text);
};

static const struct option_row rows[] = {
    {"jobs", 'j', "N", "also -P: N, N%, +N, -N of the processors; 0: no limit", set_jobs},
    {"max-procs", 'P', "N", NULL, set_jobs},
    {"arg-file", 'a', "FILE", "items are the lines of FILE ('-': standard input)", set_arg_file},
    {"null", '0', NULL, "items end in NUL, not newline", set_null},
    {"delimiter", 'd', "C", "items end in C: a character, \\n, \\t, \\0 or \\xHH", set_delimiter},
    {"max-args", 'n', "N", "N items for each COMMAND (default 1)", set_batch},
    {"command", 0, NULL, "the first word is a program, not a function", set_command},
    {"chunk", 0, "N", "hand out N items at a time (default: adapts)", set_chunk},
    {"timeout", 0, "TIME", "end a task that takes longer (N%: of the median)", set_timeout},
    {"retries", 0, "N", "try a task that fails N times in all", set_retries},
    {"retry-delay", 0, "TIME", "before the second try (default 0); it doubles", set_retry_delay},
    {"halt", 0, "RULE", "end early: now|soon,fail|success|done=N[%]", set_halt},
    {"grace", 0, "TIME", "from TERM to KILL when tasks are ended (default 5s)", set_grace},
    {"termseq", 0, "SEQ", "all of that: TERM,200,TERM,100,KILL (milliseconds)", set_termseq},
    {"tmpdir", 0, "DIR", "for output that must wait and exceeds 64 MiB", set_tmpdir},
    {"keep-order", 'k', NULL, "output in the order of the items: always so", set_default},
    {"group", 0, NULL, "output of a task stays together: always so", set_default},
    {"no-run-if-empty", 'r', NULL, "no item, no task: always so", set_default},
    {"functions", 0, NULL, "list the built-in functions", set_functions},
    {"help", 'h', NULL, "print this", set_help},
    {"version", 'V', NULL, "print name and version", set_version},
};

/* Words that are reserved for what is still to come, so that nobody's script changes its meaning. */
static const char *const reserved[] = {
    "as-completed", "bar",     "block",       "colsep",    "csv",    "delay",         "dry-run",
    "env",          "eta",     "failed",      "filter",    "header", "interactive",   "joblog",
    "json",         "lb",      "line-buffer", "link",      "listen", "load",          "max-chars",
    "max-lines",    "memfree", "memsuspend",  "nice",      "pipe",   "plugin",        "progress",
    "quote",        "recend",  "recstart",    "results",   "resume", "resume-failed", "semaphore",
    "shell",        "shuf",    "tag",         "tagstring", "then",   "total",         "trace",
    "trim",         "tty",     "ungroup",     "verbose",   "wd",     "exit",
};

static const char reserved_letters[] = "cCEILmNpqstuxX";

/* ---- near misses ---- */

/* Steps (insert, delete, replace) from one word to another: Levenshtein 1965, with one row of the table kept.
 */
static size_t distance(const char *a, const char *b)
{
    size_t length = strlen(b), row[64];
    if (length >= ARRAY_LENGTH(row))
        return SIZE_MAX;
    for (size_t i = 0; i <= length; i++)
        row[i] = i;
    for (size_t i = 0; a[i] != '\0'; i++) {
        size_t diagonal = row[0];
        row[0] = i + 1;
        for (size_t k = 0; k < length; k++) {
            size_t step = size_min(row[k], row[k + 1]) + 1;
            size_t replaced = diagonal + (a[i] != b[k]);
            diagonal = row[k + 1];
            row[k + 1] = size_min(step, replaced);
        }
    }
    return row[length];
}

static void unknown_option(const char *word)
{
    char name[64];
    const char *start = word + strspn(word, "-");
    size_t length = size_min(strcspn(start, "="), sizeof name - 1);
    memcpy(name, start, length);
    name[length] = '\0';

    for (size_t i = 0; i < ARRAY_LENGTH(reserved); i++)
        if (strcmp(reserved[i], name) == 0 || (length >= 3 && strncmp(reserved[i], name, length) == 0)) {
            log_error("--%s: not supported yet", reserved[i]);
            return;
        }
    const struct option_row *nearest = NULL;
    size_t least = 3; /* more changes than two are another word */
    for (size_t i = 0; i < ARRAY_LENGTH(rows); i++)
        if (distance(name, rows[i].name) < least) {
            least = distance(name, rows[i].name);
            nearest = &rows[i];
        }
    if (nearest != NULL)
        log_error("%s: no such option; did you mean --%s?", word, nearest->name);
    else
        log_error("%s: no such option, or not the only one that begins so" HINT, word);
}

/* ---- parsing ---- */

/* getopt's own tables, made from ours. */
struct getopt_tables {
    char letters[2 + 2 * ARRAY_LENGTH(rows) + 1];
    struct option names[ARRAY_LENGTH(rows) + 1];
};

/* Long options without a letter come back as this plus their row. */
#define ROW_BASE 256

static void make_tables(struct getopt_tables *tables)
{
    char *at = tables->letters;
    *at++ = '+'; /* stop at the first word that is no option */
    *at++ = ':'; /* tell a missing argument from an unknown option */
    for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
        tables->names[i] =
            (struct option){.name = rows[i].name,
                            .has_arg = rows[i].argument != NULL ? required_argument : no_argument,
                            .val = ROW_BASE + (int)i};
        if (rows[i].letter == 0)
            continue;
        *at++ = rows[i].letter;
        if (rows[i].argument != NULL)
            *at++ = ':';
    }
    *at = '\0';
    tables->names[ARRAY_LENGTH(rows)] = (struct option){0};
}

static const struct option_row *find_row(int value)
{
    if (value >= ROW_BASE)
        return &rows[value - ROW_BASE];
    for (size_t i = 0; i < ARRAY_LENGTH(rows); i++)
        if (rows[i].letter != 0 && rows[i].letter == value)
            return &rows[i];
    return NULL;
}

static void complain(int value, char **argv)
{
    const char *word = argv[optind - 1];
    bool long_option = strncmp(word, "--", 2) == 0;

    if (value == ':') {
        const struct option_row *row = find_row(optopt);
        log_error("%s: needs an argument, %s" HINT, word, row != NULL ? row->argument : "a value");
    } else if (long_option && optopt >= ROW_BASE) {
        log_error("--%s: takes no argument" HINT, rows[optopt - ROW_BASE].name);
    } else if (long_option) {
        unknown_option(word);
    } else if (strchr(reserved_letters, optopt) != NULL) {
        log_error("-%c: not supported yet", optopt);
    } else {
        log_error("-%c: no such option" HINT, optopt);
    }
}

/* Split the words at the first separator. */
static int split_items(struct options *options)
{
    static const char *const separators[] = {":::", "::::", ":::+", "::::+"};

    for (size_t i = 0; i < options->word_count; i++)
        for (size_t k = 0; k < ARRAY_LENGTH(separators); k++) {
            if (strcmp(options->words[i], separators[k]) != 0)
                continue;
            if (k > 0) {
                log_error("'%s': not supported yet; use -a FILE for the lines of a file", separators[k]);
                return -1;
            }
            if (options->items != NULL) {
                log_error("'%s': given twice; several sources are not supported yet", separators[k]);
                return -1;
            }
            options->items = options->words + i + 1;
            options->item_count = options->word_count - i - 1;
        }
    if (options->items != NULL)
        options->word_count -= options->item_count + 1;
    return 0;
}

int options_parse(struct options *options, int argc, char **argv)
{
    struct getopt_tables tables;
    const char *tmpdir = getenv("TMPDIR");

    *options = (struct options){.batch = 1,
                                .delimiter = '\n',
                                .tries = 1,
                                .grace = GRACE_DEFAULT,
                                .tmpdir = tmpdir != NULL && *tmpdir != '\0' ? tmpdir : "/tmp"};
    make_tables(&tables);
    opterr = 0;
    for (int value; (value = getopt_long(argc, argv, tables.letters, tables.names, NULL)) != -1;) {
        const struct option_row *row = value == '?' || value == ':' ? NULL : find_row(value);
        if (row == NULL) {
            complain(value, argv);
            return -1;
        }
        if (row->set(options, optarg) < 0)
            return -1;
        if (options->action != OPTIONS_RUN)
            return 0;
    }
    options->words = argv + optind;
    options->word_count = (size_t)(argc - optind);
    if (options->ladder.count == 0)
        reaper_plan_default(&options->ladder, options->grace);
    if (options->jobs == 0)
        options->jobs = processors(options);
    return split_items(options);
}

/* ---- printing ---- */

static int finish_output(void)
{
    if (fflush(stdout) == 0 && ferror(stdout) == 0)
        return 0;
    log_error("standard output: %s", strerror(errno));
    return -1;
}

static void print_row(const struct option_row *row)
{
    char names[64];
    int length = row->letter != 0 ? snprintf(names, sizeof names, "-%c, --%s", row->letter, row->name)
                                  : snprintf(names, sizeof names, "    --%s", row->name);
    if (row->argument != NULL)
        snprintf(names + length, sizeof names - (size_t)length, "%s%s", "=", row->argument);
    printf("  %-23s %s\n", names, row->help);
}

int options_print_help(void)
{
    puts("Usage: cpool [OPTION]... FUNCTION [ITEM]...\n"
         "       cpool [OPTION]... COMMAND [ARG]... [::: ITEM...]\n"
         "Map a function or a command over items with a pool of processes; items come\n"
         "from standard input, one a line, unless given. Output is in their order.\n"
         "\n"
         "  cpool -j4 fib 35 36 37                    a built-in function, 4 workers\n"
         "  cpool gzip -9 ::: *.log                   a command for each item\n"
         "  find . -type f -print0 | cpool -0 md5sum  any file name is safe\n"
         "  cpool cp {} {.}.bak ::: *.c               {} {.} {/} {//} {/.} {#} {%}\n"
         "  cpool -a list.txt -n 50 rm                50 items for each command\n");
    for (size_t i = 0; i < ARRAY_LENGTH(rows); i++)
        if (rows[i].help != NULL && rows[i].set != set_default)
            print_row(&rows[i]);
    puts("  -P N is -j N. Always so: -k (in order), -r (no empty run), --group (not mixed)\n"
         "\nExit status: 0; 1-100 so many tasks failed, 101 more; 125 cpool itself failed;\n"
         "126, 127 COMMAND can't be run, was not found. Manual: man cpool");
    return finish_output();
}

int options_print_version(void)
{
    puts("cpool " PACKAGE_VERSION);
    return finish_output();
}

int options_print_functions(void)
{
    const struct function *function;
    for (size_t i = 0; (function = function_at(i)) != NULL; i++)
        printf("%-9s %-5s %s\n", function->name, function->argument, function->help);
    return finish_output();
}
