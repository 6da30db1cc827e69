/*
 * output: what the user wants to become of output: options made into a formatter (output/formatter.h), and
 * the file or folder of --results.
 *
 * output_check_names; output_open last before anything is started; output_close.
 * `is_formatted` false: output goes as it comes.
 */
#ifndef CPOOL_OUTPUT_H
#define CPOOL_OUTPUT_H

#include "cli/work.h"
#include "observers/outfile.h"
#include "options/options.h"
#include "output/formatter.h"

struct output {
    bool is_formatted;
    struct formatter_plan formatter;
    char *folder;         /* owned: the path of its tree, where it is a part of what was given; else NULL */
    struct outfile table; /* what goes to standard output goes here; not open: it does not */
};

#define OUTPUT_INIT                                                                                          \
    {                                                                                                        \
        .formatter = {.folders = {.fd = -1, .claims = -1}}, .table = OUTFILE_INIT                            \
    }

/* What is known of the fields of a task. */
struct output_fields {
    const struct item *names;
    size_t name_count;
    size_t sources;
};

/* Check names of files, once the names of columns are known. Like output_open and output_close it returns 0,
 * or the exit status after a message. */
int output_check_names(const struct options *options, const struct output_fields *fields) ATTR_MUST_CHECK;
int output_open(struct output *output, const struct options *options, struct work *work,
                const struct output_fields *fields) ATTR_MUST_CHECK;
int output_close(struct output *output) ATTR_MUST_CHECK;

#endif
