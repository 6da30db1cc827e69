/*
 * Options that only set a field have no function of their own: the row says which field that is.
 */
#include "options/option_table.h"

#include "options/option_set.h"

#include <string.h>

#define RARE       0U
#define COMMON     OPTION_COMMON
#define OPTIONAL   OPTION_ARGUMENT_OPTIONAL
#define OF_ONE_RUN OPTION_OF_ONE_RUN

static const struct option_row rows[] = {
    {"arg-file", 'a', COMMON | OF_ONE_RUN, SECTION_ITEMS, "FILE",
     "items are the lines of FILE ('-': standard input)", option_set_arg_file, 0},
    {"null", '0', COMMON, SECTION_ITEMS, NULL, "items end in NUL, not newline", option_set_null, 0},
    {"delimiter", 'd', COMMON, SECTION_ITEMS, "C", "items end in C: a character, \\n, \\t, \\0 or \\xHH",
     option_set_delimiter, 0},
    {"colsep", 'C', COMMON, SECTION_ITEMS, "RE", "split items into columns {1} {2} ... at RE", NULL,
     offsetof(struct options, colsep)},
    {"csv", 0, RARE, SECTION_ITEMS, NULL, "columns are comma-separated values (RFC 4180)", NULL,
     offsetof(struct options, csv)},
    {"header", 0, OF_ONE_RUN, SECTION_ITEMS, "RE", "the first line names columns; ':' splits it as -C", NULL,
     offsetof(struct options, header)},
    {"trim", 0, RARE, SECTION_ITEMS, "HOW", "take blanks off: n none, l left, r right, lr both",
     option_set_trim, 0},
    {"eof", 'E', RARE, SECTION_ITEMS, "STR", "a list of items ends before the item STR", option_set_stop, 0},
    {"link", 0, RARE, SECTION_ITEMS, NULL, "sources side by side, the shorter ones repeated", NULL,
     offsetof(struct options, link_all)},
    {"shuf", 0, RARE, SECTION_ITEMS, NULL, "in random order", NULL, offsetof(struct options, shuffle)},
    {"seed", 0, RARE, SECTION_ITEMS, "N", "the same random order each time", option_set_seed, 0},
    {"total", 0, OF_ONE_RUN, SECTION_ITEMS, "N", "so many tasks will come, for {##} and --halt %",
     option_set_total, 0},
    {"no-run-if-empty", 'r', RARE, SECTION_ITEMS, NULL, "no item, no task: always so", option_set_default, 0},

    {"max-args", 'n', COMMON, SECTION_TASKS, "N", "N items for each COMMAND (default 1)", option_set_max_args,
     0},
    {"max-replace-args", 'N', RARE, SECTION_TASKS, "N", "the same; the word with {} is there for each",
     option_set_replace_args, 0},
    {"max-lines", 'L', RARE, SECTION_TASKS, "N", "N lines; one with a blank at its end goes on",
     option_set_lines, 0},
    {NULL, 'X', COMMON, SECTION_TASKS, NULL, "as many items as fit; the word with {} for each",
     option_set_fill_repeated, 0},
    {NULL, 'm', RARE, SECTION_TASKS, NULL, "as many as fit; only the items are there for each",
     option_set_fill, 0},
    {"xargs", 0, RARE, SECTION_TASKS, NULL, "as -m, but the last ones are not shared evenly",
     option_set_xargs, 0},
    {"max-chars", 's', RARE, SECTION_TASKS, "N", "a command line has at most N bytes", option_set_characters,
     0},
    {"exit", 'x', RARE, SECTION_TASKS, NULL, "end the run where -n, -L or an item does not fit", NULL,
     offsetof(struct options, strict)},
    {"replace", 'I', RARE, SECTION_TASKS, "STR", "STR alone stands for the item; braces are text",
     option_set_item_text, 0},

    {"filter", 0, COMMON | OPTIONAL | OF_ONE_RUN, SECTION_BLOCKS, "0|len",
     "one COMMAND for each job: a line in, a line out", option_set_filter, 0},
    {"pipe", 0, COMMON | OF_ONE_RUN, SECTION_BLOCKS, NULL, "COMMANDs read blocks of the input, not items",
     NULL, offsetof(struct options, pipe)},
    {"block", 0, OF_ONE_RUN, SECTION_BLOCKS, "SIZE", "a block has about SIZE bytes (default 1M)",
     option_set_block, 0},
    {"recend", 0, OF_ONE_RUN, SECTION_BLOCKS, "STR", "STR ends a record (default \\n)", NULL,
     offsetof(struct options, record_end)},
    {"recstart", 0, OF_ONE_RUN, SECTION_BLOCKS, "STR", "STR starts a record", NULL,
     offsetof(struct options, record_start)},
    {"regexp", 0, OF_ONE_RUN, SECTION_BLOCKS, NULL, "these are extended regular expressions", NULL,
     offsetof(struct options, record_expressions)},

    {"jobs", 'j', COMMON, SECTION_RUNNING, "N", "tasks at a time (or -P): N, N%, +N, -N; 0: all",
     option_set_jobs, 0},
    {"shell", 'c', RARE, SECTION_RUNNING, NULL, "COMMAND is a script for sh, however it looks",
     option_set_shell, 0},
    {"quote", 'q', RARE, SECTION_RUNNING, NULL, "COMMAND is none, however it looks", option_set_quote, 0},
    {"command", 0, RARE, SECTION_RUNNING, NULL, "the first word is a program, not a function", NULL,
     offsetof(struct options, force_command)},
    {"env", 0, RARE, SECTION_RUNNING, "K=V", "a variable for the tasks; V may hold {}", option_set_variable,
     0},
    {"wd", 0, RARE, SECTION_RUNNING, "DIR", "run the tasks in DIR, which may hold {}", option_set_directory,
     0},
    {"nice", 0, RARE, SECTION_RUNNING, "N", "so much nicer to other programs", option_set_nice, 0},
    {"delay", 0, RARE, SECTION_RUNNING, "TIME", "start a task at most so often", option_set_delay, 0},
    {"load", 0, RARE, SECTION_RUNNING, "N", "start a task only if fewer processes run (N or N%)",
     option_set_load, 0},
    {"memfree", 0, RARE, SECTION_RUNNING, "SIZE", "start a task only if so much memory is free",
     option_set_memory_free, 0},
    {"memsuspend", 0, RARE, SECTION_RUNNING, "SIZE", "pause tasks while less than twice that is free",
     option_set_memory_pause, 0},
    {"pressure", 0, OPTIONAL, SECTION_RUNNING, "N%", "fewer jobs while tasks wait for the machine",
     option_set_pressure, 0},
    {"chunk", 0, RARE, SECTION_RUNNING, "N", "hand out N items at a time (default: adapts)", option_set_chunk,
     0},
    {"dry-run", 0, COMMON, SECTION_RUNNING, NULL, "print the commands, run none", NULL,
     offsetof(struct options, dry_run)},
    {"verbose", 't', COMMON, SECTION_RUNNING, NULL, "print each command to standard error as it starts", NULL,
     offsetof(struct options, tell)},

    {"timeout", 0, COMMON, SECTION_ENDING, "TIME", "end a task that takes longer (N%: of the median)",
     option_set_timeout, 0},
    {"retries", 0, COMMON, SECTION_ENDING, "N", "try a task that fails N times in all", option_set_retries,
     0},
    {"retry-delay", 0, RARE, SECTION_ENDING, "TIME", "before the second try (default 0); it doubles",
     option_set_retry_delay, 0},
    {"halt", 0, COMMON, SECTION_ENDING, "RULE", "end early: now|soon,fail|success|done=N[%]", option_set_halt,
     0},
    {"grace", 0, RARE, SECTION_ENDING, "TIME", "from TERM to KILL as tasks are ended (default 5s)",
     option_set_grace, 0},
    {"termseq", 0, RARE, SECTION_ENDING, "SEQ", "all of that: TERM,200,TERM,100,KILL (milliseconds)",
     option_set_termseq, 0},

    {"ungroup", 'u', RARE, SECTION_OUTPUT, NULL, "tasks write straight to our output: no order, mixed",
     option_set_ungroup, 0},
    {"keep-order", 'k', RARE, SECTION_OUTPUT, NULL, "output in the order of the items: the default",
     option_set_keep_order, 0},
    {"group", 0, RARE, SECTION_OUTPUT, NULL, "output of a task stays together: the default", option_set_group,
     0},
    {"line-buffer", 0, RARE, SECTION_OUTPUT, NULL, "whole lines of all tasks, as they come",
     option_set_line_buffer, 0},
    {"as-completed", 0, RARE, SECTION_OUTPUT, NULL, "whole tasks, in the order in which they end",
     option_set_as_completed, 0},
    {"interleave", 0, RARE, SECTION_OUTPUT, NULL, "one line of each running task in turn",
     option_set_interleave, 0},
    {"tag", 0, COMMON, SECTION_OUTPUT, NULL, "each line begins with its item and a tab", NULL,
     offsetof(struct options, tag)},
    {"tagstring", 0, RARE, SECTION_OUTPUT, "STR", "or with STR, which may hold {}", NULL,
     offsetof(struct options, tag_text)},
    {"color-failed", 0, RARE, SECTION_OUTPUT, NULL, "output of failed tasks in red, on a terminal", NULL,
     offsetof(struct options, color_failed)},
    {"json", 0, RARE, SECTION_OUTPUT, NULL, "a JSON object for each task, output and all", NULL,
     offsetof(struct options, json)},
    {"results", 0, OF_ONE_RUN, SECTION_OUTPUT, "DIR", "keep output in DIR, or in FILE.csv, .tsv or .json",
     NULL, offsetof(struct options, results)},
    {"tmpdir", 0, RARE, SECTION_OUTPUT, "DIR", "for output that must wait and exceeds 64 MiB", NULL,
     offsetof(struct options, tmpdir)},

    {"joblog", 0, COMMON | OF_ONE_RUN, SECTION_RECORDS, "FILE",
     "a line for each task in FILE ('+FILE': appended)", NULL, offsetof(struct options, joblog)},
    {"joblog-format", 0, OF_ONE_RUN, SECTION_RECORDS, "json", "the log has a JSON object for each task",
     option_set_joblog_format, 0},
    {"resume", 0, COMMON | OF_ONE_RUN, SECTION_RECORDS, NULL, "leave out tasks that are in the log", NULL,
     offsetof(struct options, resume)},
    {"resume-failed", 0, OF_ONE_RUN, SECTION_RECORDS, NULL, "the same, but try failed ones again", NULL,
     offsetof(struct options, resume_failed)},
    {"failed", 0, OF_ONE_RUN, SECTION_RECORDS, "FILE", "put items of failed tasks into FILE, for -a", NULL,
     offsetof(struct options, failed_file)},
    {"trace", 0, OF_ONE_RUN, SECTION_RECORDS, "FILE", "a picture of the run: FILE.svg, or FILE.json",
     option_set_trace, 0},
    {"summary", 0, RARE, SECTION_RECORDS, NULL, "figures of the run at its end", NULL,
     offsetof(struct options, summary)},
    {"bar", 0, COMMON, SECTION_RECORDS, NULL, "show how far the run is, as a bar", NULL,
     offsetof(struct options, bar)},
    {"progress", 0, RARE, SECTION_RECORDS, NULL, "as numbers", NULL, offsetof(struct options, progress)},
    {"eta", 0, RARE, SECTION_RECORDS, NULL, "as the time that is left", NULL, offsetof(struct options, eta)},

    {"no-opts", 0, RARE, SECTION_OTHER, NULL, "leave the options in CPOOL_OPTS unread", option_set_default,
     0},
    {"completion", 0, RARE, SECTION_OTHER, "SHELL", "print completions for bash, zsh or fish",
     option_set_completion, 0},
    {"functions", 0, COMMON, SECTION_OTHER, NULL, "list the built-in functions", option_set_functions, 0},
    {"help", 'h', COMMON | OPTIONAL, SECTION_OTHER, "all", "print this; =all: a line for each option",
     option_set_help, 0},
    {"version", 'V', COMMON, SECTION_OTHER, NULL, "print name and version", option_set_version, 0},
};

static const struct option_alias aliases[] = {
    {"max-procs", 'P', "jobs"},
    {"retry", 0, "retries"},
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

static bool is_called(const char *long_name, char letter, const char *name)
{
    return (long_name != NULL && *long_name == *name && strcmp(long_name, name) == 0) ||
           (letter == name[0] && name[1] == '\0');
}

size_t option_table_find(const char *name)
{
    if (*name == '\0')
        return ARRAY_LENGTH(rows);
    for (size_t i = 0; i < ARRAY_LENGTH(aliases); i++)
        if (is_called(aliases[i].name, aliases[i].letter, name))
            name = aliases[i].of;
    size_t row = 0;
    while (row < ARRAY_LENGTH(rows) && !is_called(rows[row].name, rows[row].letter, name))
        row++;
    return row;
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
    *words = NULL;
    for (size_t i = 0; row->name != NULL && i < ARRAY_LENGTH(completions); i++)
        if (strcmp(completions[i].option, row->name) == 0) {
            *words = completions[i].words;
            return completions[i].what;
        }
    return COMPLETES_NOTHING;
}
