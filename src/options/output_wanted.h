/*
 * output_wanted: what the user wants to become of output, as the options say it: asked by the module that
 * makes a formatter of it, by the job log, and where the command is compiled.
 */
#ifndef CPOOL_OUTPUT_WANTED_H
#define CPOOL_OUTPUT_WANTED_H

#include "options/options.h"
#include "output/table.h"
#include "template/replacement.h"

/* What --results names: a table, one file for all tasks, by its suffix; or a folder. */
enum table_form output_wanted_table(const struct options *options);
bool output_wanted_folder(const struct options *options);

/* A tag in front of each line; whole lines. */
bool output_wanted_tags(const struct options *options);
bool output_wanted_lines(const struct options *options);

/* Whether the number of a table's columns is known only from the first task. */
bool output_wanted_unknown_columns(const struct options *options);

/* Whether any of that is wanted, or a row for each task (--json): else output goes as it comes. */
bool output_wanted_formatter(const struct options *options);

/* The text with replacement strings that lines begin with; NULL: none. */
const char *output_wanted_tag(const struct options *options);

/* Where --results has replacement strings: what stands behind its folder. NULL: it has none. */
const char *output_wanted_place(const struct options *options, const struct replacement_names *names);

#endif
