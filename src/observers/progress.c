#include "observers/progress.h"

#include "base/log.h"
#include "base/xalloc.h"
#include "display/eta.h"
#include "display/progress_line.h"
#include "display/status_line.h"
#include "pool/pool.h"
#include "task/function.h"

#include <stdio.h>
#include <stdlib.h>

/* From one showing to the next, at least: in place, and where each is a line of its own. */
#define INTERVAL_IN_PLACE (100 * NS_PER_MS)
#define INTERVAL_APART    (1 * NS_PER_S)
/* The time that is left goes by even where nothing ends. */
#define INTERVAL_IDLE     (1 * NS_PER_S)

/* What a worker is on. */
struct running {
    bool runs;
    nanoseconds started;
    char item[LOG_QUOTE_SIZE]; /* fit to print */
};

static struct {
    struct progress_style style;
    struct eta eta;
    struct observed_status status, shown; /* as it is known last, and as it was when it was shown last */
    nanoseconds begun;                    /* of the run; 0: it has not */
    nanoseconds shown_at;
    nanoseconds stopped;     /* when; 0: nobody has stopped us since it was last shown */
    struct running *running; /* owned: by the worker's number */
    size_t running_count;
    bool knows_running;
} progress;

/* ---- what is shown ---- */

static const struct running *find_longest(void)
{
    const struct running *longest = NULL;
    for (size_t i = 0; i < progress.running_count; i++) {
        const struct running *one = &progress.running[i];
        if (one->runs && (longest == NULL || one->started < longest->started))
            longest = one;
    }
    return longest;
}

static struct progress_figures figures_of(const struct observed_status *status)
{
    return (struct progress_figures){.done = status->done,
                                     .failed = status->failed,
                                     .skipped = status->skipped,
                                     .total = status->total,
                                     .left = CLOCK_NEVER};
}

static void show(const struct observed_status *status, nanoseconds now)
{
    char text[PROGRESS_LINE_SIZE];
    struct progress_figures figures = figures_of(status);
    uint64_t done = status->done + status->skipped;

    figures.knows_running = progress.knows_running;
    figures.running = status->running;
    figures.rate = eta_rate(&progress.eta, now);
    if (status->total > done)
        figures.left = eta_left(&progress.eta, status->total - done, now);
    const struct running *longest = find_longest();
    /* Who has just begun says nothing; and it would be another one each time. */
    if (longest != NULL && now > longest->started + NS_PER_S) {
        figures.longest = now - longest->started;
        figures.item = longest->item;
    }
    status_line_show(text, progress_line(text, &figures, &progress.style, status_line_columns()));
}

static bool is_news(const struct observed_status *status)
{
    const struct observed_status *shown = &progress.shown;
    return status->done != shown->done || status->failed != shown->failed ||
           status->skipped != shown->skipped || status->total != shown->total ||
           (progress.knows_running && status->running != shown->running);
}

/* While we were stopped nothing could end, and nothing was slow. */
static void make_up_for_stop(nanoseconds now)
{
    if (progress.stopped == 0)
        return;
    nanoseconds pause = now - progress.stopped;
    eta_skip(&progress.eta, pause);
    progress.begun += pause;
    for (size_t i = 0; i < progress.running_count; i++)
        progress.running[i].started += pause;
    progress.stopped = 0;
}

static void begin(nanoseconds now)
{
    eta_begin(&progress.eta, now);
    progress.begun = now;
    progress.shown_at = status_line_is_in_place() ? now - INTERVAL_IDLE : now;
}

static nanoseconds tick(void *context, const struct observed_status *status, nanoseconds now)
{
    (void)context;
    bool in_place = status_line_is_in_place();
    nanoseconds interval = in_place ? INTERVAL_IN_PLACE : INTERVAL_APART;

    if (status_line_is_lost())
        return CLOCK_NEVER;
    if (progress.begun == 0)
        begin(now);
    make_up_for_stop(now);
    progress.status = *status;
    if (!is_news(status) && !status_line_is_missing()) {
        if (!in_place)
            return CLOCK_NEVER;
        interval = INTERVAL_IDLE;
    }
    if (now < progress.shown_at + interval)
        return progress.shown_at + interval;
    eta_update(&progress.eta, status->done, now);
    show(status, now);
    progress.shown = *status;
    progress.shown_at = now;
    return in_place ? now + INTERVAL_IDLE : CLOCK_NEVER;
}

static void stop(void *context)
{
    (void)context;
    status_line_erase();
    progress.stopped = clock_now();
}

/* ---- what is running ---- */

static int begun(void *context, const struct observed_task *task)
{
    (void)context;
    while (task->slot >= progress.running_count) {
        progress.running =
            xreallocarray(progress.running, progress.running_count + 1, sizeof *progress.running);
        progress.running[progress.running_count++] = (struct running){.runs = false};
    }
    struct running *running = &progress.running[task->slot];
    running->runs = true;
    running->started = task->started;
    if (task->item.length > 0)
        log_quote(running->item, sizeof running->item, task->item.bytes, task->item.length);
    else
        snprintf(running->item, sizeof running->item, "#%llu", (unsigned long long)task->number + 1);
    return 0;
}

static int ended(void *context, const struct observed_task *task)
{
    (void)context;
    if (task->slot < progress.running_count)
        progress.running[task->slot].runs = false;
    return 0;
}

/* ---- opening and closing ---- */

static bool is_wanted(const struct options *options)
{
    return options->bar || options->progress || options->eta;
}

static bool is_function(const struct options *options)
{
    return !options->force_command && options->shell != SHELL_ALWAYS &&
           function_find(options->words[0]) != NULL;
}

static bool are_tasks_wanted(const struct options *options)
{
    return options->progress && options->filter == FILTER_NONE && !options->dry_run && !is_function(options);
}

static int open_line(const struct options *options, void **context)
{
    *context = NULL;
    progress.style = (struct progress_style){options->bar, options->progress, options->eta};
    /* With -u it is the tasks themselves that write there. */
    status_line_open(options->order == ORDER_NONE);
    return 0;
}

static int open_tasks(const struct options *options, void **context)
{
    (void)options;
    *context = NULL;
    progress.knows_running = true;
    return 0;
}

/* Of a run that has come to its end the last state stays. */
static int close_line(void *context, const struct pool_report *report)
{
    (void)context;
    char text[PROGRESS_LINE_SIZE];
    bool all = report->end == POOL_FINISHED && progress.begun != 0;

    if (all && !status_line_is_lost()) {
        const struct observed_status last = {.done = report->tasks + report->taken,
                                             .failed = report->failed,
                                             .skipped = report->skipped,
                                             .total = report->total};
        struct progress_figures figures = figures_of(&last);
        nanoseconds now = clock_now();
        figures.took = now - progress.begun;
        if (figures.took > 0)
            figures.rate = (double)figures.done * (double)NS_PER_S / (double)figures.took;
        status_line_leave(text, progress_line(text, &figures, &progress.style, status_line_columns()));
    }
    status_line_close();
    return 0;
}

static int close_tasks(void *context, const struct pool_report *report)
{
    (void)context, (void)report;
    free(progress.running);
    progress.running = NULL;
    progress.running_count = 0;
    return 0;
}

static const struct observer line_observer = {.tick = tick, .eager = true, .stop = stop, .close = close_line};
static const struct observer tasks_observer = {.begun = begun, .ended = ended, .close = close_tasks};

int progress_open(const struct options *options, struct observers *observers)
{
    void *context = NULL;
    int status = are_tasks_wanted(options) ? open_tasks(options, &context) : 0;
    if (are_tasks_wanted(options) && status == 0)
        observers_add(observers, &tasks_observer, context);
    if (is_wanted(options) && status == 0) {
        status = open_line(options, &context);
        if (status == 0)
            observers_add(observers, &line_observer, context);
    }
    return status;
}
