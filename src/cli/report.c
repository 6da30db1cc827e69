#include "cli/report.h"

#include "base/log.h"
#include "cli/hints.h"
#include "observers/outcome.h"
#include "proc/signals.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

/* What is named as it happens; the rest is counted. */
#define NAMED_MAX 10

/* The name of a pipeline's program number `number`, from 1, as it was given. */
static const char *program_name(const struct options *options, unsigned number)
{
    size_t word = 0;
    for (; number > 1 && word + 1 < options->word_count; word++)
        number -= strcmp(options->words[word], "|") == 0;
    return options->words[word];
}

/* In the colour of what failed. */
static void say_failure(const struct report *report, const char *text)
{
    bool is_red = report->options->color_failed && (sink_colors(report->sink) >> COLLECTOR_ERRORS & 1U) != 0;
    if (is_red)
        log_error_in_red("%s", text);
    else
        log_error("%s", text);
}

static void say_waiting(void *context)
{
    struct report *report = context;
    const char *text = buffer_bytes(&report->waiting);
    const char *end = text + buffer_length(&report->waiting);
    for (; text < end; text += strlen(text) + 1)
        say_failure(report, text);
    buffer_clear(&report->waiting);
}

static void say_between_lines(struct report *report, const char *text)
{
    if (sink_is_mid_line(report->sink))
        buffer_append(&report->waiting, text, strlen(text) + 1);
    else
        say_failure(report, text);
}

void report_begin(struct report *report, const struct options *options, struct sink *sink)
{
    *report = (struct report){.options = options, .sink = sink};
    buffer_init(&report->waiting);
    sink->lines = (struct sink_lines){say_waiting, report};
}

/* ---- tasks that fail ---- */

/* Where there is a row for each task, or cpool has said of this one what was wrong with it, it is not named
 * again. */
static bool is_named_elsewhere(const struct options *options, const struct pool_failure *failure)
{
    bool by_function = failure->outcome == OUTCOME_FAILED && !options->pipe && options->filter == FILTER_NONE;
    return options->json || options->results != NULL || failure->outcome == OUTCOME_LOST ||
           failure->outcome == OUTCOME_NO_EXEC || by_function;
}

static const char *how_it_failed(const struct options *options, const struct pool_failure *failure,
                                 char text[OUTCOME_TEXT_SIZE])
{
    if (failure->outcome == OUTCOME_FAILED)
        return options->pipe ? "not all of it was there any more" : "no answer";
    return outcome_format(failure->outcome, failure->code, text);
}

void report_failure(struct report *report, const struct pool_failure *failure)
{
    const struct options *options = report->options;
    char outcome[OUTCOME_TEXT_SIZE], quoted[LOG_QUOTE_SIZE], text[512];
    unsigned long long number = failure->item + 1;
    size_t length;

    log_quote(quoted, sizeof quoted, failure->label.bytes, failure->label.length);
    if (failure->outcome == OUTCOME_NO_EXEC && report->hint == NULL)
        report->hint = hints_not_started(options, quoted, (int)failure->code);
    if (is_named_elsewhere(options, failure))
        return;
    if (report->named == NAMED_MAX) {
        report->unnamed++;
        return;
    }
    report->named++;
    if (options->pipe)
        length = (size_t)snprintf(text, sizeof text, "block %llu", number);
    else
        length = (size_t)snprintf(text, sizeof text, "item %llu '%s'", number, quoted);
    length += (size_t)snprintf(text + length, sizeof text - length, ": %s",
                               how_it_failed(options, failure, outcome));
    if (failure->program > 0)
        length += (size_t)snprintf(text + length, sizeof text - length, " of program %u, '%.64s'",
                                   failure->program, program_name(options, failure->program));
    if (failure->tries > 1)
        snprintf(text + length, sizeof text - length, " at the last of %u tries", failure->tries);
    say_between_lines(report, text);
}

static void say_failures(const struct report *report, const struct pool_report *how)
{
    const char *file = report->options->failed_file;
    char text[128];
    if (report->unnamed > 0) {
        snprintf(text, sizeof text, "and %llu more (--failed %s)", (unsigned long long)report->unnamed,
                 file == NULL ? "FILE keeps them" : "has them all");
        say_failure(report, text);
    }
    snprintf(text, sizeof text, "%llu of %llu tasks failed%s", (unsigned long long)how->failed,
             (unsigned long long)how->tasks, report->hint == NULL ? "" : report->hint);
    say_failure(report, text);
}

/* ---- the end of a run ---- */

/* Whoever reads has taken too long, when the run was to be over. */
static void say_untaken(void)
{
    log_error("standard output: nobody took it for as long as the run had to end: the rest is lost");
}

static int status_of(const struct options *options, const struct pool_report *how)
{
    if (how->untaken)
        say_untaken();
    if (how->excess || how->untaken)
        return EXIT_CPOOL_FAILED; /* which has been told */
    return halt_status(&options->halt, how->end == POOL_HALTED, how->halt_cause, how->failed, how->total);
}

/* What a signal has cost. */
static void say_interruption(const struct pool_report *report)
{
    char name[32];
    signals_name(report->signal, name, sizeof name);
    log_error("ended by %s: %llu tasks had ended%s", signals_name(report->signal, name, sizeof name),
              (unsigned long long)report->tasks,
              report->cut_off > 0 ? "; of those that were running, output is partial" : "");
}

static int end_without_output(const struct sink *sink)
{
    /* A reader that has seen enough is no error: end as any filter does. Where SIGPIPE is ignored, it must be
     * said. */
    if (sink->error == EPIPE && !signals_was_ignored(SIGPIPE))
        signals_die(SIGPIPE);
    log_error("%s: %s; output is lost, the run is ended", sink->streams[sink->failed].name,
              strerror(sink->error));
    return EXIT_CPOOL_FAILED;
}

int report_conclude(struct report *report, const struct pool_report *how)
{
    say_waiting(report);
    buffer_release(&report->waiting);
    report->sink->lines = (struct sink_lines){NULL, NULL};
    if (how->failed > 0 && how->end != POOL_SINK_FAILED)
        say_failures(report, how);
    switch (how->end) {
    case POOL_FINISHED:
    case POOL_HALTED:
        return status_of(report->options, how);
    case POOL_SIGNALLED:
        if (how->untaken)
            say_untaken();
        say_interruption(how);
        signals_die(how->signal);
    case POOL_SINK_FAILED:
        return end_without_output(report->sink);
    case POOL_SPILL_FAILED:
        log_error("%s: output that waits for its turn can't be kept: %s; give a larger --tmpdir",
                  report->options->tmpdir, strerror(how->error));
        return EXIT_CPOOL_FAILED;
    case POOL_SOURCE_FAILED:
    case POOL_GAVE_UP:
    case POOL_OBSERVER_FAILED:
        break; /* it has been said */
    }
    return EXIT_CPOOL_FAILED;
}
