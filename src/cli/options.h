/*
 * options: the command line, by one table.
 *
 * The table has a row for each option: the parser, `--help`, and the tests of the manual read it. Options end
 * at the first word that is no option, or at `--`. A mistake is told in one line; the nearest option is
 * offered for a misspelt one.
 */
#ifndef CPOOL_OPTIONS_H
#define CPOOL_OPTIONS_H

#include "base/base.h"
#include "base/clock.h"
#include "pool/halt.h"
#include "proc/reaper.h"

enum options_action { OPTIONS_RUN, OPTIONS_HELP, OPTIONS_VERSION, OPTIONS_FUNCTIONS };

struct options {
    enum options_action action;
    unsigned jobs;       /* as many as the user wants; OPTIONS_JOBS_MAX for "as many as there are items" */
    unsigned processors; /* that this process may use; 0 until it is asked for */
    uint32_t chunk;      /* 0: adapts */
    uint32_t batch;      /* items a task; 1 unless -n */
    bool batch_given;
    unsigned char delimiter;
    const char *arg_file;      /* NULL: none */
    const char *tmpdir;        /* never NULL */
    struct reaper_plan ladder; /* --termseq; empty: made from `grace` */
    nanoseconds grace;
    nanoseconds time_limit;      /* 0: none */
    unsigned time_limit_percent; /* of the median, instead; 0: none */
    unsigned tries;              /* at least 1 */
    nanoseconds retry_delay;
    struct halt_rule halt;
    bool force_command; /* the first word is a program, whatever it is called */
    char **words;       /* behind the options; not owned */
    size_t word_count;
    char **items; /* behind :::, or NULL where there is none */
    size_t item_count;
};

#define OPTIONS_JOBS_MAX 4000

/* 0, or -1 after a message. */
int options_parse(struct options *options, int argc, char **argv) ATTR_MUST_CHECK;

/* Print on standard output: 0 or -1. */
int options_print_help(void) ATTR_MUST_CHECK;
int options_print_version(void) ATTR_MUST_CHECK;
int options_print_functions(void) ATTR_MUST_CHECK;

#endif
