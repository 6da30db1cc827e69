#include "cli/report.h"

#include "base/log.h"
#include "cli/hints.h"
#include "cli/outcome.h"
#include "proc/signals.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

/* The name of a pipeline's program number `number`, from 1, as it was given. */
static const char *program_name(const struct options *options, unsigned number)
{
    size_t word = 0;
    for (; number > 1 && word + 1 < options->word_count; word++)
        number -= strcmp(options->words[word], "|") == 0;
    return options->words[word];
}

/* The line on which all else depends, in the colour of what failed. */
static void say_failure(const struct options *options, const struct sink *sink, const char *text)
{
    bool is_red = options->color_failed && (sink_colors(sink) >> COLLECTOR_ERRORS & 1U) != 0;
    if (is_red)
        log_error_in_red("%s", text);
    else
        log_error("%s", text);
}

static void tell_failure(const struct options *options, const struct sink *sink,
                         const struct pool_report *report)
{
    const struct pool_failure *first = &report->first;
    char outcome[OUTCOME_TEXT_SIZE];
    const char *how = outcome_format(first->outcome, first->code, outcome);
    if (first->outcome == OUTCOME_FAILED && options->pipe)
        how = "not all of it was there any more";
    else if (first->outcome == OUTCOME_FAILED && options->filter != FILTER_NONE)
        how = "no answer";
    char after[160] = "";
    size_t length = 0;
    if (first->program > 0)
        length = (size_t)snprintf(after, sizeof after, " of program %u, '%.64s'", first->program,
                                  program_name(options, first->program));
    if (first->tries > 1)
        snprintf(after + length, sizeof after - length, " at the last of %u tries", first->tries);
    unsigned long long failed = report->failed, tasks = report->tasks, number = first->item + 1;
    char text[512];
    if (options->pipe)
        snprintf(text, sizeof text, "%llu of %llu tasks failed; the first: block %llu, %s%s", failed, tasks,
                 number, how, after);
    else
        snprintf(text, sizeof text, "%llu of %llu tasks failed; the first: item %llu '%s', %s%s%s", failed,
                 tasks, number, first->label, how, after,
                 first->outcome == OUTCOME_NO_EXEC
                     ? hints_not_started(options, first->label, (int)first->code)
                     : "");
    say_failure(options, sink, text);
}

/* Whoever reads has taken too long, when the run was to be over. */
static void tell_untaken(void)
{
    log_error("standard output: nobody took it for as long as the run had to end: the rest is lost");
}

static int status_of(const struct options *options, const struct sink *sink, const struct pool_report *report)
{
    if (report->failed > 0)
        tell_failure(options, sink, report);
    if (report->untaken)
        tell_untaken();
    if (report->excess || report->untaken)
        return EXIT_CPOOL_FAILED; /* which has been told */
    return halt_status(&options->halt, report->end == POOL_HALTED, report->halt_cause, report->failed,
                       report->total);
}

/* What a signal has cost. */
static void tell_interruption(const struct pool_report *report)
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

int report_conclude(const struct options *options, const struct sink *sink, const struct pool_report *report)
{
    switch (report->end) {
    case POOL_FINISHED:
    case POOL_HALTED:
        return status_of(options, sink, report);
    case POOL_SIGNALLED:
        if (report->untaken)
            tell_untaken();
        tell_interruption(report);
        signals_die(report->signal);
    case POOL_SINK_FAILED:
        return end_without_output(sink);
    case POOL_SPILL_FAILED:
        log_error("%s: output that waits for its turn can't be kept: %s; give a larger --tmpdir",
                  options->tmpdir, strerror(report->error));
        return EXIT_CPOOL_FAILED;
    case POOL_SOURCE_FAILED:
        if (report->failed > 0)
            tell_failure(options, sink, report);
        break;
    case POOL_GAVE_UP:
    case POOL_WATCH_FAILED:
        break; /* it has been said */
    }
    return EXIT_CPOOL_FAILED;
}
