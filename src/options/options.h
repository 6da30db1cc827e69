/*
 * options: the command line, by the table of option_table.h.
 *
 * Options end at the first word that is no option, or at `--`. Those of CPOOL_OPTS come before. A mistake is
 * told in one line; for a misspelt option the nearest is offered, and for one of GNU parallel or xargs what
 * cpool has instead.
 */
#ifndef CPOOL_OPTIONS_H
#define CPOOL_OPTIONS_H

#include "base/base.h"
#include "base/clock.h"
#include "options/jobs.h"
#include "options/load.h"
#include "proc/reaper.h"
#include "task/halt.h"
#include "task/task.h"

enum options_action {
    OPTIONS_RUN,
    OPTIONS_HELP,
    OPTIONS_HELP_ALL,
    OPTIONS_VERSION,
    OPTIONS_FUNCTIONS,
    OPTIONS_COMPLETION
};

/* Where items come from. Nothing in it is owned. */
struct options_source {
    const char *path; /* a file of items, "-" for standard input; NULL: the words */
    char **words;
    size_t count;
    bool linked; /* to the source before it */
};

/* How output of several tasks is put together. */
enum options_order { ORDER_KEPT, ORDER_AS_COMPLETED, ORDER_LINES, ORDER_TURNS, ORDER_NONE };

/* What --trace writes, by the name of its file. */
enum options_trace { TRACE_AS_PICTURE, TRACE_AS_EVENTS };

enum options_shell { SHELL_IF_NEEDED, SHELL_ALWAYS, SHELL_NEVER };

/* There are fewer rows and aliases in the table of options than this. */
#define OPTION_TABLE_MAX 128

/* Where an option was given; the command line's counts. */
enum options_given { NOT_GIVEN, GIVEN_IN_ENVIRONMENT, GIVEN };

struct options {
    enum options_action action;
    unsigned char given[OPTION_TABLE_MAX]; /* of enum options_given: for each row of the table */
    const char *completion_shell;
    /* items */
    struct options_source *sources; /* owned by the process: there is one command line */
    size_t source_count;
    unsigned char delimiter;
    const char *colsep; /* NULL: none */
    bool csv;
    const char *header; /* NULL: none */
    unsigned trim;      /* of TRIM_LEFT and TRIM_RIGHT */
    bool trim_given;
    const char *stop; /* NULL: none */
    bool link_all, shuffle;
    bool seed_given;
    uint64_t seed;
    uint64_t total; /* 0: not given */
    /* tasks */
    uint32_t rows;         /* of items a task; 1 unless -n or -N */
    bool rows_given;       /* one of these */
    bool without_items;    /* -n 0 */
    uint32_t lines;        /* 0: no -L */
    bool lines_last;       /* -L stands behind -n and -N */
    bool fill;             /* as many as fit */
    bool repeat;           /* the word around {} is there once for each */
    bool no_repeat;        /* -m and --xargs: it is not, whatever else is said */
    bool spread;           /* the last ones are shared evenly */
    size_t characters;     /* 0: no -s */
    bool strict;           /* -x */
    const char *item_text; /* -I: the only replacement string; NULL: all others */
    /* blocks */
    bool pipe; /* tasks read blocks of the input, and have no items */
    bool block_given;
    size_t block_size;                     /* bytes */
    const char *record_end, *record_start; /* NULL: not given */
    bool record_expressions;
    bool delimiter_given;
    enum filter_framing filter;
    /* output */
    enum options_order order; /* ORDER_NONE: --ungroup */
    bool keep_order;          /* -k: --line-buffer changes nothing about it */
    bool tag;
    const char *tag_text; /* --tagstring; NULL: not given */
    bool color_failed;
    const char *results; /* a folder, or FILE.csv, .tsv, .json; NULL: none */
    bool json;
    /* records */
    const char *joblog;        /* NULL: none; '+' in front appends */
    const char *joblog_format; /* NULL: that of GNU parallel; "json" */
    bool resume, resume_failed;
    const char *failed_file; /* NULL: none */
    const char *trace;       /* FILE.json or FILE.svg; NULL: none */
    enum options_trace trace_form;
    bool summary;
    bool bar, progress, eta;
    /* running */
    unsigned jobs; /* as many as the user wants; JOBS_MAX for "as many as there are items" */
    struct jobs_file jobs_file;
    struct load_limits limits;
    uint32_t chunk; /* 0: adapts */
    enum options_shell shell;
    bool force_command;     /* the first word is a program, whatever it is called */
    const char **variables; /* NAME=VALUE; owned by the process */
    size_t variable_count;
    const char *directory; /* NULL: none */
    int nice;
    nanoseconds delay;
    bool dry_run, tell;
    /* ending */
    struct reaper_plan ladder; /* --termseq; empty: made from `grace` */
    nanoseconds grace;
    nanoseconds time_limit;      /* 0: none */
    unsigned time_limit_percent; /* of the median, instead; 0: none */
    unsigned tries;              /* at least 1 */
    nanoseconds retry_delay;
    struct halt_rule halt;
    const char *tmpdir; /* never NULL */
    /* the rest */
    char **environment; /* words of CPOOL_OPTS, which options point to; owned by the process */
    char **words;       /* behind the options, up to the first separator; not owned */
    size_t word_count;
};

/* Where the option with that long name (or that letter, where it has no other) was given. */
enum options_given options_given(const struct options *options, const char *name);

/* 0, or -1 after a message. */
int options_parse(struct options *options, int argc, char **argv) ATTR_MUST_CHECK;

#endif
