/*
 * A picture is written when the run is over; events are written as tasks end: at once where that is seldom,
 * else in larger pieces.
 */
#include "trace/trace.h"

#include "base/log.h"
#include "base/words.h"
#include "base/xalloc.h"
#include "observers/outfile.h"
#include "pool/pool.h"
#include "proc/signals.h"
#include "trace/svg.h"
#include "trace/timeline.h"
#include "trace/trace_json.h"
#include "trace/trace_svg.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define WRITE_SIZE     (64 * KIB)        /* events that are kept back at most */
#define WRITE_INTERVAL (100 * NS_PER_MS) /* since the last were written: then new ones are, too */

struct trace {
    enum options_trace form;
    const char *path; /* not owned */
    struct outfile file;
    bool failed; /* to be written, which has been said */
    bool blocks; /* tasks have no items, but blocks */
    nanoseconds begin, written;
    time_t when;
    char *command; /* owned */
    struct timeline timeline;
    struct trace_json json;
};

/* ---- begin ---- */

/* With --dry-run there is no run. */
static bool wanted(const struct options *options)
{
    return options->trace != NULL && !options->dry_run;
}

/* As it was given, with quotes where words would else not be seen to be words. */
static char *join_command(const struct options *options)
{
    struct buffer text = BUFFER_INIT;
    for (size_t i = 0; i < options->word_count && buffer_length(&text) < SVG_TEXT_MAX; i++) {
        const char *word = options->words[i];
        buffer_append_text(&text, i > 0 ? " " : "");
        if (word[strcspn(word, " \t\n'\"\\$&;<>()*?[#~`")] == '\0' && *word != '\0')
            buffer_append_text(&text, word); /* {} and | are cpool's, and need none */
        else
            words_quote(&text, word);
    }
    char *command = xmemdupz(buffer_bytes(&text), buffer_length(&text));
    buffer_release(&text);
    return command;
}

static int open_trace(const struct options *options, void **context)
{
    struct trace *trace = xcalloc(1, sizeof *trace);
    int status = outfile_open(options, "--trace", options->trace, OUTFILE_ANYBODY, &trace->file);
    if (status == 0)
        status = outfile_empty(&trace->file);
    if (status != 0) {
        (void)outfile_close(&trace->file);
        free(trace);
        return status;
    }
    trace->form = options->trace_form;
    trace->path = options->trace;
    trace->blocks = options->pipe;
    trace->begin = trace->written = clock_now();
    trace->when = time(NULL);
    trace->command = join_command(options);
    if (trace->form == TRACE_AS_PICTURE)
        timeline_init(&trace->timeline, trace->begin);
    else
        trace_json_begin(&trace->json, trace->begin, trace->command);
    *context = trace;
    return 0;
}

/* ---- each task ---- */

/* What is left in `bytes` is written: 0, or -1 after a message. */
static int write_out(struct trace *trace, struct buffer *bytes)
{
    if (trace->failed)
        return -1;
    int result = outfile_write(&trace->file, buffer_bytes(bytes), buffer_length(bytes));
    buffer_clear(bytes);
    if (result == 0)
        return 0;
    trace->failed = true;
    log_error("--trace: %s: %s; it is not complete", trace->path, outfile_why(errno));
    return -1;
}

static enum timeline_kind kind_of(const struct observed_task *task)
{
    if (task->fate == OBSERVED_CUT_OFF)
        return TIMELINE_CUT_OFF;
    if (task->fate == OBSERVED_AGAIN)
        return TIMELINE_RETRIED;
    switch (task->done->outcome) {
    case OUTCOME_SUCCESS:
        return TIMELINE_SUCCESS;
    case OUTCOME_LOST:
        return TIMELINE_LOST;
    case OUTCOME_TIMED_OUT:
        return TIMELINE_TIMED_OUT;
    default:
        return TIMELINE_FAILED;
    }
}

static int ended(void *context, const struct observed_task *task)
{
    struct trace *trace = context;
    const struct message_done *done = task->done;
    char number[40];

    if (done->outcome == OUTCOME_SKIPPED)
        return 0;
    struct timeline_try try = {.kind = kind_of(task),
                               .start = task->started,
                               .end = task->started + done->run_time,
                               .number = task->number,
                               .tries = task->tries,
                               .outcome = done->outcome,
                               .code = done->code,
                               .user = done->user_time,
                               .system = done->system_time,
                               .memory = done->peak_memory,
                               .output = done->output,
                               .name = task->item.bytes,
                               .name_length = task->item.length};
    if (try.name_length == 0) {
        try.name_length = (size_t)snprintf(number, sizeof number, "%s %llu", trace->blocks ? "block" : "task",
                                           (unsigned long long)task->number + 1);
        try.name = number;
    }
    if (trace->form == TRACE_AS_PICTURE) {
        timeline_add(&trace->timeline, task->slot, &try);
        return 0;
    }
    trace_json_task(&trace->json, task, &try);
    if (buffer_length(&trace->json.out) < WRITE_SIZE && try.end < trace->written + WRITE_INTERVAL)
        return 0;
    trace->written = try.end;
    return write_out(trace, &trace->json.out);
}

/* ---- end ---- */

static void draw(struct trace *trace, const struct pool_report *report, struct buffer *out)
{
    char when[64] = "", end[64] = "", name[32];
    struct tm local;

    if (localtime_r(&trace->when, &local) != NULL)
        strftime(when, sizeof when, "%Y-%m-%d %H:%M:%S", &local);
    if (report->end == POOL_SIGNALLED)
        snprintf(end, sizeof end, "ended by %s", signals_name(report->signal, name, sizeof name));
    else if (report->end != POOL_FINISHED)
        snprintf(end, sizeof end, "ended early");
    const struct trace_svg_heading heading = {.command = trace->command,
                                              .when = when,
                                              .end = end,
                                              .tasks = report->tasks,
                                              .duration = clock_now() - trace->begin};
    trace_svg_draw(out, &trace->timeline, &heading);
}

static int close_trace(void *context, const struct pool_report *report)
{
    struct trace *trace = context;
    struct buffer picture = BUFFER_INIT, *out = &picture;

    if (trace->form == TRACE_AS_PICTURE) {
        draw(trace, report, out);
    } else {
        out = &trace->json.out;
        trace_json_end(&trace->json);
    }
    int result = write_out(trace, out);
    if (outfile_close(&trace->file) < 0 && result == 0) {
        log_error("--trace: %s: %s; it is not complete", trace->path, outfile_why(errno));
        result = -1;
    }
    buffer_release(&picture);
    trace_json_release(&trace->json);
    timeline_release(&trace->timeline);
    free(trace->command);
    free(trace);
    return result < 0 ? EXIT_CPOOL_FAILED : 0;
}

static const struct observer trace_observer = {.ended = ended, .close = close_trace};

int trace_open(const struct options *options, struct observers *observers)
{
    void *context;
    if (!wanted(options))
        return 0;
    int status = open_trace(options, &context);
    if (status == 0)
        observers_add(observers, &trace_observer, context);
    return status;
}
