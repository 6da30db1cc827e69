#include "cli/run.h"

#include "base/log.h"
#include "cli/inputs.h"
#include "cli/observing.h"
#include "cli/output.h"
#include "cli/report.h"
#include "cli/work.h"
#include "display/sink.h"
#include "display/status_line.h"
#include "observers/joblog.h"
#include "observers/joblog_read.h"
#include "observers/outfile.h"
#include "options/load.h"
#include "proc/signals.h"

#include <errno.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

/* Output kept in memory for tasks that are ahead of their turn. */
#ifndef MEMORY_CAP
#define MEMORY_CAP (64 * MIB)
#endif

struct run {
    const struct options *options;
    struct work work;
    struct inputs inputs;
    struct sink sink;
    struct output output;
    struct jobs_file jobs_file;
    struct done_keys done; /* what is to be left out */
    struct observed_input observed_input;
    struct observers observers;
    struct load load;
    struct report report;
};

/* --pipe: a task reads a block. */
static void read_blocks(struct command_plan *plan, const struct blocks *blocks)
{
    plan->reads_blocks = true;
    plan->header = buffer_bytes(&blocks->header);
    plan->header_length = buffer_length(&blocks->header);
    plan->file = blocks->fd;
}

/* A function that is only shown is a command, too. */
static bool runs_command(const struct run *run)
{
    return run->work.function == NULL || run->options->dry_run;
}

static int prepare(struct run *run)
{
    const struct options *options = run->options;
    struct inputs *inputs = &run->inputs;

    int status = work_find(&run->work, options);
    if (status == 0)
        status = inputs_open(inputs, options, &run->work);
    if (status == 0)
        status = work_compile(&run->work, options, inputs->names, inputs->name_count, inputs->source_count,
                              inputs_total(inputs));
    if (status != 0)
        return status;
    if (inputs->way == BY_BLOCKS)
        read_blocks(&run->work.command, &inputs->blocks);
    inputs_prepare(inputs, runs_command(run) ? &run->work.template : NULL);
    return 0;
}

/* ---- priority ---- */

/* Whether we may: found out before anything is started. */
static int check_nice(int increment)
{
    if (increment >= 0)
        return 0;
    errno = 0;
    int now = getpriority(PRIO_PROCESS, 0);
    if (setpriority(PRIO_PROCESS, 0, now + increment) == 0) {
        (void)setpriority(PRIO_PROCESS, 0, now);
        return 0;
    }
    log_error("--nice: %d: %s; only the superuser may be less nice", increment, strerror(errno));
    return EXIT_CPOOL_FAILED;
}

/* ---- observers ---- */

/* What had been done before is read before anything is written. */
static int open_observers(struct run *run)
{
    const struct options *options = run->options;
    const struct output_fields fields = {run->inputs.names, run->inputs.name_count, run->inputs.source_count};

    int status = output_check_names(options, &fields);
    if (status == 0)
        status = joblog_claim(options);
    if (status == 0)
        status = joblog_resume(options, &run->done);
    if (status == 0)
        status = output_open(&run->output, options, &run->work, &fields);
    if (status == 0)
        status = observing_open(&run->observers, options);
    run->observed_input = inputs_observed(&run->inputs, &run->done);
    observers_input(&run->observers, &run->observed_input);
    return status;
}

/* ---- all of it ---- */

static void in_child(void *context)
{
    struct run *run = context;
    inputs_in_child(&run->inputs);
    sink_close(&run->sink);
    status_line_in_child();
    outfile_in_child();
    if (run->options->nice != 0)
        (void)!nice(run->options->nice);
}

static void failed(void *context, const struct pool_failure *failure)
{
    struct run *run = context;
    report_failure(&run->report, failure);
}

static unsigned look_at_jobs(void *context, unsigned jobs, unsigned workers, nanoseconds now)
{
    struct run *run = context;
    unsigned asked = run->jobs_file.path != NULL ? jobs_file_look(&run->jobs_file) : 0;
    return load_jobs(&run->load, asked, jobs, workers, now);
}

static nanoseconds hold(void *context, unsigned running, nanoseconds now)
{
    struct run *run = context;
    return load_hold(&run->load, running, now);
}

static unsigned go_on(void *context, unsigned running, unsigned going, nanoseconds now)
{
    struct run *run = context;
    return load_go_on(&run->load, running, going, now);
}

static const enum collector_order orders[] = {
    [ORDER_KEPT] = COLLECTOR_IN_ORDER, [ORDER_AS_COMPLETED] = COLLECTOR_AS_COMPLETED,
    [ORDER_LINES] = COLLECTOR_BY_LINE, [ORDER_TURNS] = COLLECTOR_IN_TURN,
    [ORDER_NONE] = COLLECTOR_IN_ORDER, /* of what still comes this way: messages */
};

/*
 * A record is one piece, and so is a command that is only shown: it takes one turn. Turns make no difference,
 * but would tear those of several lines.
 */
static enum collector_order order_of(const struct run *run)
{
    bool is_piece =
        run->options->dry_run || (run->output.is_formatted && run->output.formatter.form != TABLE_NONE);
    return is_piece && run->options->order == ORDER_TURNS ? COLLECTOR_IN_ORDER : orders[run->options->order];
}

static struct worker_plan plan_workers(const struct run *run)
{
    const struct options *options = run->options;
    bool is_command = runs_command(run);
    bool is_small = !is_command || (options->filter != FILTER_NONE && !options->pipe);
    bool wanted = is_small ? run->observers.small_tasks : run->observers.tasks;
    return (struct worker_plan){
        .function = is_command ? NULL : run->work.function,
        .command = is_command ? &run->work.command : NULL,
        .time_limits = options->time_limit != 0 || options->time_limit_percent != 0,
        .fixed_chunks = options->chunk != 0,
        .observed = (wanted || run->output.formatter.form != TABLE_NONE) && !options->dry_run,
        .keys = options->joblog != NULL,
        .done = run->done.mapping != NULL ? &run->done : NULL,
        .formatter = run->output.is_formatted ? &run->output.formatter : NULL,
    };
}

/* What --jobs FILE, --pressure, --load, --memfree and --memsuspend want to be asked. */
static void plan_throttle(struct run *run, struct pool_options *pool)
{
    const struct options *options = run->options;
    if (options->jobs_file.path != NULL) {
        run->jobs_file = options->jobs_file;
        pool->jobs_most = JOBS_FILE_MAX;
    }
    if (options->jobs_file.path != NULL || run->load.limits.pressure > 0)
        pool->jobs_now = look_at_jobs;
    if (load_limits_starts(&run->load.limits))
        pool->hold = hold;
    if (run->load.limits.memory_pause > 0)
        pool->go_on = go_on;
}

/* What a failed task's output is painted on; 0: nothing. */
static unsigned painted_sinks(const struct run *run)
{
    bool paints = run->options->color_failed && run->output.formatter.form == TABLE_NONE;
    return paints ? sink_colors(&run->sink) : 0;
}

/* Whether the output of the first in line may go to standard output from its worker: as it is, and for
 * good. */
static bool may_pass_through(const struct run *run, unsigned painted)
{
    const struct options *options = run->options;
    return options->order == ORDER_KEPT && options->tries == 1 && painted == 0 && !run->output.is_formatted &&
           sink_is_shareable(&run->sink);
}

static int conclude(struct run *run, const struct pool_report *report)
{
    int kept = observers_close(&run->observers, report);
    int status = report_conclude(&run->report, report), closed = output_close(&run->output);
    kept = kept != 0 ? kept : closed;
    return kept != 0 ? kept : status;
}

static int run_pool(struct run *run)
{
    const struct options *options = run->options;
    unsigned painted = painted_sinks(run);
    struct pool_options pool = {
        .jobs = options->jobs,
        .chunk = options->chunk,
        .workers = plan_workers(run),
        .source = inputs_source(&run->inputs),
        .ahead = run->inputs.way == BY_BLOCKS ? options->jobs : 0,
        .ladder = options->ladder,
        .time_limit = options->time_limit,
        .time_limit_percent = options->time_limit_percent,
        .tries = options->tries,
        .retry_delay = options->retry_delay,
        .start_interval = options->delay,
        .halt = options->halt,
        .sink = {.write = sink_write, .context = &run->sink},
        .order = order_of(run),
        .painted = painted,
        .sink_fd = sink_wait_fd,
        .memory_cap = MEMORY_CAP,
        .directory = options->tmpdir,
        .observers = &run->observers,
        .in_child = in_child,
        .failed = failed,
        .context = run,
    };
    struct pool_report report;

    report_begin(&run->report, options, &run->sink);
    plan_throttle(run, &pool);
    run->work.command.passes_through = may_pass_through(run, painted);
    signals_end_at_once(false); /* from here on there is something to be ended first */
    int result = pool_run(&pool, &report);
    int error = errno;
    inputs_put_back(&run->inputs);
    signals_end_at_once(true);
    if (result < 0) {
        log_error("no shared memory for %u workers: %s; try fewer jobs (-j)", options->jobs, strerror(error));
        return EXIT_CPOOL_FAILED;
    }
    return conclude(run, &report);
}

int run_perform(const struct options *options, unsigned were_closed)
{
    struct run run = {.options = options, .inputs = INPUTS_INIT, .output = OUTPUT_INIT};

    int status = prepare(&run);
    if (status == 0)
        status = check_nice(options->nice);
    if (status == 0 && !options->dry_run && load_open(&run.load, &options->limits) < 0)
        status = EXIT_CPOOL_FAILED;
    if (status == 0)
        status = open_observers(&run);
    if (status == 0) {
        sink_open(&run.sink, were_closed);
        if (run.output.table.fd >= 0)
            sink_redirect(&run.sink, run.output.table.fd, options->results);
        run.sink.notes = (struct sink_notes){observers_note, &run.observers};
        status_line_guard(&run.sink);
        status = run_pool(&run);
        sink_close(&run.sink);
    }
    const struct pool_report none = {.end = POOL_GAVE_UP};
    int kept = observers_close(&run.observers, &none); /* where there was no run */
    int closed = output_close(&run.output);
    joblog_release();
    kept = kept != 0 ? kept : closed;
    done_keys_destroy(&run.done);
    inputs_release(&run.inputs);
    work_release(&run.work);
    return status != 0 ? status : kept;
}
