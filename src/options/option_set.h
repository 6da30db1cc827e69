/*
 * option_set: what each option does that has a function of its own, for the table (option_table.c) and nobody
 * else.
 *
 *     option_set_items.c   items, tasks, blocks: what tasks are made of
 *     option_set_run.c     running, ending, output, records, the rest
 *     option_value.h       what arguments mean
 */
#ifndef CPOOL_OPTION_SET_H
#define CPOOL_OPTION_SET_H

#include "options/options.h"

/* `text`: the option's argument, or NULL. 0, or -1 after a message. */
typedef int option_set(struct options *options, const char *text);

/* ---- option_set_items.c ---- */

option_set option_set_null, option_set_delimiter, option_set_arg_file, option_set_trim, option_set_stop,
    option_set_seed, option_set_total;
option_set option_set_max_args, option_set_replace_args, option_set_lines, option_set_fill_repeated,
    option_set_fill, option_set_xargs, option_set_characters, option_set_item_text;
option_set option_set_block, option_set_filter;

/* ---- option_set_run.c ---- */

option_set option_set_jobs, option_set_delay, option_set_load, option_set_memory_free,
    option_set_memory_pause, option_set_pressure, option_set_chunk, option_set_shell, option_set_quote,
    option_set_variable, option_set_directory, option_set_nice;
option_set option_set_grace, option_set_timeout, option_set_retries, option_set_retry_delay, option_set_halt,
    option_set_termseq;
option_set option_set_group, option_set_ungroup, option_set_as_completed, option_set_interleave,
    option_set_keep_order, option_set_line_buffer;
option_set option_set_joblog_format, option_set_trace;
option_set option_set_help, option_set_version, option_set_functions, option_set_completion;

/* What cpool does in any case, and people write for other tools. */
option_set option_set_default;

#endif
