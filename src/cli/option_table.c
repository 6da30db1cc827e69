/*
 * Options that only set a field have no function of their own: the row says which field that is.
 */
#include "cli/option_table.h"

#include "base/log.h"
#include "base/xalloc.h"
#include "cli/columns.h"
#include "pool/environment.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BATCH_MAX      1000000000L
#define BLOCK_SIZE_MAX (16.0 * 1024 * 1024)
#define HINT           "; see cpool --help"

/* ---- what each option does: items ---- */

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

static int set_null(struct options *options, const char *text)
{
    (void)text;
    options->delimiter = '\0';
    options->delimiter_given = true;
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
    options->delimiter_given = true;
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
    options_add_source(options, &(struct options_source){.path = text});
    return 0;
}

static int set_trim(struct options *options, const char *text)
{
    static const struct {
        const char *text;
        unsigned trim;
    } ways[] = {{"n", 0},
                {"l", TRIM_LEFT},
                {"r", TRIM_RIGHT},
                {"lr", TRIM_LEFT | TRIM_RIGHT},
                {"rl", TRIM_LEFT | TRIM_RIGHT}};
    for (size_t i = 0; i < ARRAY_LENGTH(ways); i++)
        if (strcmp(text, ways[i].text) == 0) {
            options->trim = ways[i].trim;
            options->trim_given = true;
            return 0;
        }
    log_error("--trim: '%s' is not n, l, r or lr: blanks stay, or go on the left, the right, or both", text);
    return -1;
}

static int set_stop(struct options *options, const char *text)
{
    options->stop = *text == '\0' ? NULL : text;
    return 0;
}

static int set_seed(struct options *options, const char *text)
{
    long value;
    if (parse_count("--seed", text, 0, LONG_MAX, &value) < 0)
        return -1;
    options->seed = (uint64_t)value;
    options->seed_given = true;
    options->shuffle = true;
    return 0;
}

static int set_total(struct options *options, const char *text)
{
    long value;
    if (parse_count("--total", text, 1, LONG_MAX, &value) < 0)
        return -1;
    options->total = (uint64_t)value;
    return 0;
}

/* ---- tasks ---- */

static int set_rows(struct options *options, const char *option, const char *text)
{
    long value;
    if (parse_count(option, text, 0, BATCH_MAX, &value) < 0)
        return -1;
    options->rows = value == 0 ? 1 : (uint32_t)value;
    options->without_items = value == 0;
    options->rows_given = true;
    return 0;
}

static int set_max_args(struct options *options, const char *text)
{
    return set_rows(options, "-n", text);
}

static int set_replace_args(struct options *options, const char *text)
{
    options->repeat = true;
    return set_rows(options, "-N", text);
}

static int set_lines(struct options *options, const char *text)
{
    long value;
    if (parse_count("-L", text, 1, BATCH_MAX, &value) < 0)
        return -1;
    options->lines = (uint32_t)value;
    options->repeat = true;
    return 0;
}

static int set_fill_repeated(struct options *options, const char *text)
{
    (void)text;
    options->fill = options->spread = options->repeat = true;
    return 0;
}

static int set_fill(struct options *options, const char *text)
{
    (void)text;
    options->fill = options->spread = options->no_repeat = true;
    return 0;
}

static int set_xargs(struct options *options, const char *text)
{
    (void)text;
    options->fill = options->no_repeat = true;
    return 0;
}

static int set_characters(struct options *options, const char *text)
{
    long value;
    if (parse_count("-s", text, 1, LONG_MAX, &value) < 0)
        return -1;
    options->characters = (size_t)value;
    return 0;
}

static int set_item_text(struct options *options, const char *text)
{
    if (*text == '\0') {
        log_error("-I: nothing can't stand for the item");
        return -1;
    }
    options->item_text = strcmp(text, "{}") == 0 ? NULL : text;
    return 0;
}

/* ---- blocks ---- */

/* 1000, 64K, 1M (powers of 1024), 1k, 1m (of 1000) and so on. */
static int set_block(struct options *options, const char *text)
{
    static const char letters[] = "KMGT", small[] = "kmgt";
    char *end;
    errno = 0;
    double size = strtod(text, &end);
    const char *large_unit = *end != '\0' ? strchr(letters, *end) : NULL;
    const char *small_unit = *end != '\0' ? strchr(small, *end) : NULL;

    for (long i = large_unit != NULL ? large_unit - letters : -1; i >= 0; i--)
        size *= 1024;
    for (long i = small_unit != NULL ? small_unit - small : -1; i >= 0; i--)
        size *= 1000;
    end += large_unit != NULL || small_unit != NULL;
    if (end != text && *end == '\0' && errno == 0 && text[0] != '-' && size >= 1 && size <= BLOCK_SIZE_MAX) {
        options->block_size = (size_t)size;
        options->block_given = true;
        return 0;
    }
    log_error("--block: '%s' is no size from 1 to 16M, such as 1000, 64K or 1M", text);
    return -1;
}

/* ---- filters ---- */

static int set_joblog_format(struct options *options, const char *text)
{
    options->joblog_format = text;
    if (strcmp(text, "json") == 0)
        return 0;
    log_error("--joblog-format: '%s' is not json; without it, the log is as GNU parallel's", text);
    return -1;
}

static int set_filter(struct options *options, const char *text)
{
    static const struct {
        const char *text;
        enum filter_framing framing;
    } ways[] = {{"0", FILTER_NUL}, {"len", FILTER_LENGTH}};
    options->filter = FILTER_LINES;
    if (text == NULL)
        return 0;
    for (size_t i = 0; i < ARRAY_LENGTH(ways); i++)
        if (strcmp(text, ways[i].text) == 0) {
            options->filter = ways[i].framing;
            return 0;
        }
    log_error("--filter: '%s' is not 0 (items and answers end in NUL) or len (their length is in front)",
              text);
    return -1;
}

/* ---- running ---- */

static int set_jobs(struct options *options, const char *text)
{
    options->jobs_file.path = NULL;
    if (jobs_parse(text, &options->jobs) == 0)
        return 0;
    return jobs_file_open(&options->jobs_file, text, &options->jobs);
}

static int set_chunk(struct options *options, const char *text)
{
    long value;
    if (parse_count("--chunk", text, 1, 1000000, &value) < 0)
        return -1;
    options->chunk = (uint32_t)value;
    return 0;
}

static int set_shell(struct options *options, const char *text)
{
    (void)text;
    options->shell = SHELL_ALWAYS;
    return 0;
}

static int set_quote(struct options *options, const char *text)
{
    (void)text;
    options->shell = SHELL_NEVER;
    return 0;
}

static int set_variable(struct options *options, const char *text)
{
    if (text[0] == '=' || strchr(text, '=') == NULL) {
        log_error("--env: '%s' is not NAME=VALUE; what is in the environment already is handed on as it is",
                  text);
        return -1;
    }
    if (environment_is_ours(text)) {
        log_error("--env: '%s': cpool itself gives that variable to each task", text);
        return -1;
    }
    for (size_t i = 0; i < options->variable_count; i++)
        if (environment_same_name(options->variables[i], text)) {
            options->variables[i] = text; /* the last one counts */
            return 0;
        }
    options->variables =
        xreallocarray(options->variables, options->variable_count + 1, sizeof *options->variables);
    options->variables[options->variable_count++] = text;
    return 0;
}

static int set_directory(struct options *options, const char *text)
{
    if (*text == '\0') {
        log_error("--wd: no folder is named; it may be a path, with {} in it");
        return -1;
    }
    options->directory = text;
    return 0;
}

static int set_nice(struct options *options, const char *text)
{
    long value;
    if (parse_count("--nice", text, -20, 19, &value) < 0)
        return -1;
    options->nice = (int)value;
    return 0;
}

/* ---- ending ---- */

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

static int set_delay(struct options *options, const char *text)
{
    return parse_duration("--delay", text, &options->delay);
}

/* ---- the rest ---- */

/* What cpool does in any case, and people write for other tools. */
static int set_default(struct options *options, const char *text)
{
    (void)options, (void)text;
    return 0;
}

static int set_help(struct options *options, const char *text)
{
    options->action = text == NULL ? OPTIONS_HELP : OPTIONS_HELP_ALL;
    if (text == NULL || strcmp(text, "all") == 0)
        return 0;
    log_error("--help: '%s' is not all; --help=all has a line for each option", text);
    return -1;
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

static int set_completion(struct options *options, const char *text)
{
    options->action = OPTIONS_COMPLETION;
    options->completion_shell = text;
    return 0;
}

/* ---- output: of these the last one counts ---- */

static int set_order(struct options *options, enum options_order order)
{
    options->order = order;
    options->keep_order = false;
    return 0;
}

static int set_group(struct options *options, const char *text)
{
    (void)text;
    return set_order(options, ORDER_KEPT);
}

static int set_ungroup(struct options *options, const char *text)
{
    (void)text;
    return set_order(options, ORDER_NONE);
}

static int set_as_completed(struct options *options, const char *text)
{
    (void)text;
    return set_order(options, ORDER_AS_COMPLETED);
}

static int set_interleave(struct options *options, const char *text)
{
    (void)text;
    return set_order(options, ORDER_TURNS);
}

/* Both together mean in GNU parallel what is done here without either: in order, and the first task's output as it comes. */
static int set_keep_order(struct options *options, const char *text)
{
    (void)text;
    options->order = ORDER_KEPT;
    options->keep_order = true;
    return 0;
}

static int set_line_buffer(struct options *options, const char *text)
{
    (void)text;
    options->order = options->keep_order ? ORDER_KEPT : ORDER_LINES;
    return 0;
}

/* ---- the table ---- */

#define COMMON true, false
#define RARE   false, false

static const struct option_row rows[] = {
    {"arg-file", 'a', COMMON, SECTION_ITEMS, "FILE", "items are the lines of FILE ('-': standard input)",
     set_arg_file, 0},
    {"null", '0', COMMON, SECTION_ITEMS, NULL, "items end in NUL, not newline", set_null, 0},
    {"delimiter", 'd', COMMON, SECTION_ITEMS, "C", "items end in C: a character, \\n, \\t, \\0 or \\xHH",
     set_delimiter, 0},
    {"colsep", 'C', COMMON, SECTION_ITEMS, "RE", "split items into columns {1} {2} ... at RE", NULL,
     offsetof(struct options, colsep)},
    {"csv", 0, RARE, SECTION_ITEMS, NULL, "columns are comma-separated values (RFC 4180)", NULL,
     offsetof(struct options, csv)},
    {"header", 0, RARE, SECTION_ITEMS, "RE", "the first line names columns; ':' splits it as -C", NULL,
     offsetof(struct options, header)},
    {"trim", 0, RARE, SECTION_ITEMS, "HOW", "take blanks off: n none, l left, r right, lr both", set_trim, 0},
    {"eof", 'E', RARE, SECTION_ITEMS, "STR", "a list of items ends before the item STR", set_stop, 0},
    {"link", 0, RARE, SECTION_ITEMS, NULL, "sources side by side, the shorter ones repeated", NULL,
     offsetof(struct options, link_all)},
    {"shuf", 0, RARE, SECTION_ITEMS, NULL, "in random order", NULL, offsetof(struct options, shuffle)},
    {"seed", 0, RARE, SECTION_ITEMS, "N", "the same random order each time", set_seed, 0},
    {"total", 0, RARE, SECTION_ITEMS, "N", "so many tasks will come, for {##} and --halt %", set_total, 0},
    {"no-run-if-empty", 'r', RARE, SECTION_ITEMS, NULL, "no item, no task: always so", set_default, 0},

    {"max-args", 'n', COMMON, SECTION_TASKS, "N", "N items for each COMMAND (default 1)", set_max_args, 0},
    {"max-replace-args", 'N', RARE, SECTION_TASKS, "N", "the same; the word with {} is there for each",
     set_replace_args, 0},
    {"max-lines", 'L', RARE, SECTION_TASKS, "N", "N lines; one with a blank at its end goes on", set_lines,
     0},
    {NULL, 'X', COMMON, SECTION_TASKS, NULL, "as many items as fit; the word with {} for each",
     set_fill_repeated, 0},
    {NULL, 'm', RARE, SECTION_TASKS, NULL, "as many as fit; only the items are there for each", set_fill, 0},
    {"xargs", 0, RARE, SECTION_TASKS, NULL, "as -m, but the last ones are not shared evenly", set_xargs, 0},
    {"max-chars", 's', RARE, SECTION_TASKS, "N", "a command line has at most N bytes", set_characters, 0},
    {"exit", 'x', RARE, SECTION_TASKS, NULL, "end the run where -n, -L or an item does not fit", NULL,
     offsetof(struct options, strict)},
    {"replace", 'I', RARE, SECTION_TASKS, "STR", "STR stands for the item, not {}", set_item_text, 0},

    {"filter", 0, true, true, SECTION_BLOCKS, "0|len", "one COMMAND for each job: a line in, a line out",
     set_filter, 0},
    {"pipe", 0, COMMON, SECTION_BLOCKS, NULL, "COMMANDs read blocks of the input, not items", NULL,
     offsetof(struct options, pipe)},
    {"block", 0, RARE, SECTION_BLOCKS, "SIZE", "a block has about SIZE bytes (default 1M)", set_block, 0},
    {"recend", 0, RARE, SECTION_BLOCKS, "STR", "STR ends a record (default \\n)", NULL,
     offsetof(struct options, record_end)},
    {"recstart", 0, RARE, SECTION_BLOCKS, "STR", "STR starts a record", NULL,
     offsetof(struct options, record_start)},
    {"regexp", 0, RARE, SECTION_BLOCKS, NULL, "these are extended regular expressions", NULL,
     offsetof(struct options, record_expressions)},

    {"jobs", 'j', COMMON, SECTION_RUNNING, "N", "tasks at a time (or -P): N, N%, +N, -N; 0: all", set_jobs,
     0},
    {"shell", 'c', RARE, SECTION_RUNNING, NULL, "COMMAND is a script for sh, however it looks", set_shell, 0},
    {"quote", 'q', RARE, SECTION_RUNNING, NULL, "COMMAND is none, however it looks", set_quote, 0},
    {"command", 0, RARE, SECTION_RUNNING, NULL, "the first word is a program, not a function", NULL,
     offsetof(struct options, force_command)},
    {"env", 0, RARE, SECTION_RUNNING, "K=V", "a variable for the tasks; V may hold {}", set_variable, 0},
    {"wd", 0, RARE, SECTION_RUNNING, "DIR", "run the tasks in DIR, which may hold {}", set_directory, 0},
    {"nice", 0, RARE, SECTION_RUNNING, "N", "so much nicer to other programs", set_nice, 0},
    {"delay", 0, RARE, SECTION_RUNNING, "TIME", "start a task at most so often", set_delay, 0},
    {"chunk", 0, RARE, SECTION_RUNNING, "N", "hand out N items at a time (default: adapts)", set_chunk, 0},
    {"dry-run", 0, COMMON, SECTION_RUNNING, NULL, "print the commands, run none", NULL,
     offsetof(struct options, dry_run)},
    {"verbose", 't', COMMON, SECTION_RUNNING, NULL, "print each command to standard error as it starts", NULL,
     offsetof(struct options, tell)},

    {"timeout", 0, COMMON, SECTION_ENDING, "TIME", "end a task that takes longer (N%: of the median)",
     set_timeout, 0},
    {"retries", 0, COMMON, SECTION_ENDING, "N", "try a task that fails N times in all", set_retries, 0},
    {"retry-delay", 0, RARE, SECTION_ENDING, "TIME", "before the second try (default 0); it doubles",
     set_retry_delay, 0},
    {"halt", 0, COMMON, SECTION_ENDING, "RULE", "end early: now|soon,fail|success|done=N[%]", set_halt, 0},
    {"grace", 0, RARE, SECTION_ENDING, "TIME", "from TERM to KILL as tasks are ended (default 5s)", set_grace,
     0},
    {"termseq", 0, RARE, SECTION_ENDING, "SEQ", "all of that: TERM,200,TERM,100,KILL (milliseconds)",
     set_termseq, 0},

    {"ungroup", 'u', COMMON, SECTION_OUTPUT, NULL, "tasks write straight to our output: no order, mixed",
     set_ungroup, 0},
    {"keep-order", 'k', RARE, SECTION_OUTPUT, NULL, "output in the order of the items: the default",
     set_keep_order, 0},
    {"group", 0, RARE, SECTION_OUTPUT, NULL, "output of a task stays together: the default", set_group, 0},
    {"line-buffer", 0, RARE, SECTION_OUTPUT, NULL, "whole lines of all tasks, as they come", set_line_buffer,
     0},
    {"as-completed", 0, RARE, SECTION_OUTPUT, NULL, "whole tasks, in the order in which they end",
     set_as_completed, 0},
    {"interleave", 0, RARE, SECTION_OUTPUT, NULL, "one line of each running task in turn", set_interleave, 0},
    {"tag", 0, COMMON, SECTION_OUTPUT, NULL, "each line begins with its item and a tab", NULL,
     offsetof(struct options, tag)},
    {"tagstring", 0, RARE, SECTION_OUTPUT, "STR", "or with STR, which may hold {}", NULL,
     offsetof(struct options, tag_text)},
    {"color-failed", 0, RARE, SECTION_OUTPUT, NULL, "output of failed tasks in red, on a terminal", NULL,
     offsetof(struct options, color_failed)},
    {"json", 0, RARE, SECTION_OUTPUT, NULL, "a JSON object for each task, output and all", NULL,
     offsetof(struct options, json)},
    {"results", 0, RARE, SECTION_OUTPUT, "DIR", "keep output in DIR, or in FILE.csv, .tsv or .json", NULL,
     offsetof(struct options, results)},
    {"tmpdir", 0, RARE, SECTION_OUTPUT, "DIR", "for output that must wait and exceeds 64 MiB", NULL,
     offsetof(struct options, tmpdir)},

    {"joblog", 0, COMMON, SECTION_RECORDS, "FILE", "a line for each task in FILE ('+FILE': appended)", NULL,
     offsetof(struct options, joblog)},
    {"joblog-format", 0, RARE, SECTION_RECORDS, "json", "the log has a JSON object for each task",
     set_joblog_format, 0},
    {"resume", 0, COMMON, SECTION_RECORDS, NULL, "leave out tasks that are in the log", NULL,
     offsetof(struct options, resume)},
    {"resume-failed", 0, RARE, SECTION_RECORDS, NULL, "the same, but try failed ones again", NULL,
     offsetof(struct options, resume_failed)},
    {"failed", 0, RARE, SECTION_RECORDS, "FILE", "put items of failed tasks into FILE, for -a", NULL,
     offsetof(struct options, failed_file)},
    {"trace", 0, RARE, SECTION_RECORDS, "FILE", "a picture of the run: FILE.svg, or FILE.json", NULL,
     offsetof(struct options, trace)},
    {"summary", 0, RARE, SECTION_RECORDS, NULL, "figures of the run at its end", NULL,
     offsetof(struct options, summary)},
    {"bar", 0, COMMON, SECTION_RECORDS, NULL, "show how far the run is, as a bar", NULL,
     offsetof(struct options, bar)},
    {"progress", 0, RARE, SECTION_RECORDS, NULL, "as numbers", NULL, offsetof(struct options, progress)},
    {"eta", 0, RARE, SECTION_RECORDS, NULL, "as the time that is left", NULL, offsetof(struct options, eta)},

    {"no-opts", 0, RARE, SECTION_OTHER, NULL, "leave the options in CPOOL_OPTS unread", set_default, 0},
    {"completion", 0, RARE, SECTION_OTHER, "SHELL", "print completions for bash, zsh or fish", set_completion,
     0},
    {"functions", 0, COMMON, SECTION_OTHER, NULL, "list the built-in functions", set_functions, 0},
    {"help", 'h', true, true, SECTION_OTHER, "all", "print this; =all: a line for each option", set_help, 0},
    {"version", 'V', COMMON, SECTION_OTHER, NULL, "print name and version", set_version, 0},
};

static const struct option_alias aliases[] = {
    {"max-procs", 'P', "jobs"},
    {"argfile", 0, "arg-file"},
    {"col-sep", 0, "colsep"},
    {"dryrun", 0, "dry-run"},
    {"keeporder", 0, "keep-order"},
    {"term-seq", 0, "termseq"},
    {"total-jobs", 0, "total"},
    {"workdir", 0, "wd"},
    {"work-dir", 0, "wd"},
    {"xapply", 0, "link"},
    {"maxargs", 0, "max-args"},
    {"maxchars", 0, "max-chars"},
    {"halt-on-error", 0, "halt"},
    {"blocksize", 0, "block"},
    {"block-size", 0, "block"},
    {"pipe-part", 0, "pipe"},
    {"pipepart", 0, "pipe"},
    {"spreadstdin", 0, "pipe"},
    {"regex", 0, "regexp"},
    {"lb", 0, "line-buffer"},
    {"linebuffer", 0, "line-buffer"},
    {"line-buffered", 0, "line-buffer"},
    {"jl", 0, "joblog"},
    {"tag-string", 0, "tagstring"},
    {"colour-failed", 0, "color-failed"},
    {"cf", 0, "color-failed"},
    {"res", 0, "results"},
};

int option_table_set(struct options *options, const struct option_row *row, const char *text)
{
    if (row->set != NULL)
        return row->set(options, text);
    if (row->argument != NULL)
        memcpy((char *)options + row->field, &text, sizeof text);
    else
        memcpy((char *)options + row->field, &(bool){true}, sizeof(bool));
    return 0;
}

const struct option_row *option_table_row(size_t index)
{
    return index < ARRAY_LENGTH(rows) ? &rows[index] : NULL;
}

const struct option_alias *option_table_alias(size_t index)
{
    return index < ARRAY_LENGTH(aliases) ? &aliases[index] : NULL;
}

static const struct {
    const char *option, *words; /* NULL: of no fixed set */
    enum option_completes what;
} completions[] = {
    {"arg-file", NULL, COMPLETES_FILES},
    {"joblog", NULL, COMPLETES_FILES},
    {"failed", NULL, COMPLETES_FILES},
    {"trace", NULL, COMPLETES_FILES},
    {"results", NULL, COMPLETES_FOLDERS},
    {"joblog-format", "json", COMPLETES_WORDS},
    {"tmpdir", NULL, COMPLETES_FOLDERS},
    {"wd", NULL, COMPLETES_FOLDERS},
    {"jobs", "0 50% 100% +1 -1", COMPLETES_WORDS},
    {"trim", "n l r lr", COMPLETES_WORDS},
    {"completion", "bash zsh fish", COMPLETES_WORDS},
    {"filter", "0 len", COMPLETES_WORDS},
    {"halt", "never now,fail=1 soon,fail=1 now,success=1", COMPLETES_WORDS},
    {"header", ":", COMPLETES_WORDS},
    {"help", "all", COMPLETES_WORDS},
};

enum option_completes option_table_completes(const struct option_row *row, const char **words)
{
    for (size_t i = 0; row->name != NULL && i < ARRAY_LENGTH(completions); i++)
        if (strcmp(completions[i].option, row->name) == 0) {
            *words = completions[i].words;
            return completions[i].what;
        }
    return COMPLETES_NOTHING;
}
