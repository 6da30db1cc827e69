/*
 * How tasks are run, and what becomes of what they say.
 */
#include "options/option_set.h"

#include "base/log.h"
#include "base/xalloc.h"
#include "options/option_value.h"
#include "task/environment.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- running ---- */

int option_set_jobs(struct options *options, const char *text)
{
    options->jobs_file.path = NULL;
    if (jobs_parse(text, &options->jobs) == 0)
        return 0;
    return jobs_file_open(&options->jobs_file, text, &options->jobs);
}

int option_set_delay(struct options *options, const char *text)
{
    return option_value_duration("--delay", text, &options->delay);
}

int option_set_load(struct options *options, const char *text)
{
    if (load_parse(text, &options->limits.processes) == 0)
        return 0;
    log_error("--load: '%s' is no number of processes; it may be 8, 50%%, +2 or -1", text);
    return -1;
}

int option_set_memory_free(struct options *options, const char *text)
{
    return option_value_memory("--memfree", text, &options->limits.memory_free);
}

int option_set_memory_pause(struct options *options, const char *text)
{
    return option_value_memory("--memsuspend", text, &options->limits.memory_pause);
}

int option_set_pressure(struct options *options, const char *text)
{
    char *end;
    options->limits.pressure = LOAD_PRESSURE;
    if (text == NULL)
        return 0;
    long percent = strtol(text, &end, 10);
    if (end != text && text[0] >= '0' && text[0] <= '9' && (*end == '\0' || strcmp(end, "%") == 0) &&
        percent >= 1 && percent <= 100) {
        options->limits.pressure = (unsigned)percent;
        return 0;
    }
    log_error("--pressure: '%s' is not a part of the time from 1%% to 100%%", text);
    return -1;
}

int option_set_chunk(struct options *options, const char *text)
{
    long value;
    if (option_value_count("--chunk", text, 1, 1000000, &value) < 0)
        return -1;
    options->chunk = (uint32_t)value;
    return 0;
}

int option_set_shell(struct options *options, const char *text)
{
    (void)text;
    options->shell = SHELL_ALWAYS;
    return 0;
}

int option_set_quote(struct options *options, const char *text)
{
    (void)text;
    options->shell = SHELL_NEVER;
    return 0;
}

int option_set_variable(struct options *options, const char *text)
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

int option_set_directory(struct options *options, const char *text)
{
    if (*text == '\0') {
        log_error("--wd: no folder is named; it may be a path, with {} in it");
        return -1;
    }
    options->directory = text;
    return 0;
}

int option_set_nice(struct options *options, const char *text)
{
    long value;
    if (option_value_count("--nice", text, -20, 19, &value) < 0)
        return -1;
    options->nice = (int)value;
    return 0;
}

/* ---- ending ---- */

int option_set_grace(struct options *options, const char *text)
{
    return option_value_duration("--grace", text, &options->grace);
}

/* A duration, or N% of the median so far. */
int option_set_timeout(struct options *options, const char *text)
{
    long percent;
    size_t length = strlen(text);

    options->time_limit_percent = 0;
    options->time_limit = 0;
    if (length > 0 && text[length - 1] == '%') {
        char number[16];
        snprintf(number, sizeof number, "%.*s", (int)length - 1, text);
        if (option_value_count("--timeout", number, 1, 1000000, &percent) < 0)
            return -1;
        options->time_limit_percent = (unsigned)percent;
        return 0;
    }
    if (option_value_duration("--timeout", text, &options->time_limit) < 0)
        return -1;
    if (options->time_limit > 0)
        return 0;
    log_error("--timeout: '%s': no task can be done in no time", text);
    return -1;
}

int option_set_retries(struct options *options, const char *text)
{
    long value;
    if (option_value_count("--retries", text, 0, 1000000, &value) < 0)
        return -1;
    options->tries = value == 0 ? UINT_MAX : (unsigned)value; /* 0: for ever, as in GNU parallel */
    return 0;
}

int option_set_retry_delay(struct options *options, const char *text)
{
    return option_value_duration("--retry-delay", text, &options->retry_delay);
}

int option_set_halt(struct options *options, const char *text)
{
    if (halt_parse(text, &options->halt) == 0)
        return 0;
    log_error(
        "--halt: '%s' is not never, now,WHY or soon,WHY with WHY fail=N, success=N or done=N (N or N%%)",
        text);
    return -1;
}

int option_set_termseq(struct options *options, const char *text)
{
    if (reaper_plan_parse(&options->ladder, text) == 0)
        return 0;
    log_error("--termseq: '%s' is not SIGNAL,MILLISECONDS,SIGNAL,... such as TERM,200,TERM,100,KILL", text);
    return -1;
}

/* ---- output: of these the last one counts ---- */

static int set_order(struct options *options, enum options_order order)
{
    options->order = order;
    options->keep_order = false;
    return 0;
}

int option_set_group(struct options *options, const char *text)
{
    (void)text;
    return set_order(options, ORDER_KEPT);
}

int option_set_ungroup(struct options *options, const char *text)
{
    (void)text;
    return set_order(options, ORDER_NONE);
}

int option_set_as_completed(struct options *options, const char *text)
{
    (void)text;
    return set_order(options, ORDER_AS_COMPLETED);
}

int option_set_interleave(struct options *options, const char *text)
{
    (void)text;
    return set_order(options, ORDER_TURNS);
}

/* Both together mean in GNU parallel what is done here without either: in order, and the first task's output
 * as it comes. */
int option_set_keep_order(struct options *options, const char *text)
{
    (void)text;
    options->order = ORDER_KEPT;
    options->keep_order = true;
    return 0;
}

int option_set_line_buffer(struct options *options, const char *text)
{
    (void)text;
    options->order = options->keep_order ? ORDER_KEPT : ORDER_LINES;
    return 0;
}

/* ---- records ---- */

int option_set_joblog_format(struct options *options, const char *text)
{
    options->joblog_format = text;
    if (strcmp(text, "json") == 0)
        return 0;
    log_error("--joblog-format: '%s' is not json; without it, the log is as GNU parallel's", text);
    return -1;
}

int option_set_trace(struct options *options, const char *text)
{
    static const struct {
        const char *ending;
        enum options_trace form;
    } endings[] = {{".svg", TRACE_AS_PICTURE}, {".json", TRACE_AS_EVENTS}};
    options->trace = text;
    for (size_t i = 0; i < ARRAY_LENGTH(endings); i++)
        if (option_value_ends_in(text, endings[i].ending)) {
            options->trace_form = endings[i].form;
            return 0;
        }
    log_error("--trace: '%s' ends neither in .svg, for a picture, nor in .json, for Perfetto", text);
    return -1;
}

/* ---- the rest ---- */

/* What cpool does in any case, and people write for other tools. */
int option_set_default(struct options *options, const char *text)
{
    (void)options, (void)text;
    return 0;
}

int option_set_help(struct options *options, const char *text)
{
    options->action = text == NULL ? OPTIONS_HELP : OPTIONS_HELP_ALL;
    if (text == NULL || strcmp(text, "all") == 0)
        return 0;
    log_error("--help: '%s' is not all; --help=all has a line for each option", text);
    return -1;
}

int option_set_version(struct options *options, const char *text)
{
    (void)text;
    options->action = OPTIONS_VERSION;
    return 0;
}

int option_set_functions(struct options *options, const char *text)
{
    (void)text;
    options->action = OPTIONS_FUNCTIONS;
    return 0;
}

int option_set_completion(struct options *options, const char *text)
{
    options->action = OPTIONS_COMPLETION;
    options->completion_shell = text;
    return 0;
}
