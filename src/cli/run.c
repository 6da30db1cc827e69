#include "cli/run.h"

#include "base/io.h"
#include "base/log.h"
#include "base/xalloc.h"
#include "cli/observing.h"
#include "cli/output.h"
#include "cli/report.h"
#include "cli/work.h"
#include "display/sink.h"
#include "display/status_line.h"
#include "input/blocks.h"
#include "input/input.h"
#include "input/tasks.h"
#include "observers/joblog.h"
#include "observers/joblog_read.h"
#include "observers/outfile.h"
#include "options/load.h"
#include "proc/signals.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

/* Output kept in memory for tasks that are ahead of their turn. */
#ifndef MEMORY_CAP
#define MEMORY_CAP (64 * MIB)
#endif
#define COMMAND_BLOCK (16 * KIB)

struct run {
    const struct options *options;
    struct work work;
    enum { BY_INPUT, BY_TASKS, BY_BLOCKS } way; /* how the input comes */
    struct input input;
    struct blocks blocks;
    struct record_bounds bounds;
    struct rows rows;
    struct tasks tasks;
    struct tasks_limits limits;
    struct item *names; /* owned, with their bytes: of columns */
    size_t name_count;
    struct buffer header; /* the first line of the only source, with its end */
    struct sink sink;
    size_t source_count;
    struct output output;
    struct jobs_file jobs_file;
    struct done_keys done; /* what is to be left out */
    struct observed_input observed_input;
    struct observers observers;
    struct load load;
    struct report report;
};

/* ---- where its items come from ---- */

static void say_terminal(const char *file)
{
    if (strcmp(file, "-") == 0 && isatty(STDIN_FILENO))
        log_error("reading items from the terminal, one a line; end with ^D");
}

/* The operands of a function are its items; without any source, standard input is one. */
static int find_sources(struct run *run, struct options_source **sources, size_t *count)
{
    const struct options *options = run->options;
    bool operands = run->work.function != NULL && options->word_count > 1;

    if (operands && options->source_count > 0) {
        log_error("%s: has items behind it, and others by -a or :::; put all of them behind :::",
                  run->work.function->name);
        return EXIT_CPOOL_FAILED;
    }
    *count = size_max(options->source_count, 1);
    *sources = xcalloc(*count, sizeof **sources);
    if (operands)
        **sources = (struct options_source){.words = options->words + 1, .count = options->word_count - 1};
    else if (options->source_count == 0)
        **sources = (struct options_source){.path = "-"};
    else
        memcpy(*sources, options->sources, *count * sizeof **sources);
    return 0;
}

/* Each item of one file a task of its own, and nothing else. */
static bool is_plain(const struct options *options, const struct options_source *sources, size_t count)
{
    return count == 1 && sources->path != NULL && options->rows == 1 && options->lines == 0 &&
           !options->fill && options->characters == 0 && !options->strict && !options->csv &&
           options->header == NULL && options->stop == NULL && !options->shuffle;
}

static int add_source(struct run *run, const struct options_source *source)
{
    const struct options *options = run->options;
    struct rows *rows = &run->rows;
    const struct source_format format = {
        .delimiter = options->delimiter,
        .quoted = options->csv,
        .separator = run->work.columns.separator,
        .unsplit = options->without_items || options->filter != FILTER_NONE,
        .stop = options->stop,
    };
    if (source->path != NULL)
        return rows_add_file(rows, &format, source->path, source->linked);
    rows_add_words(rows, &format, source->words, source->count, source->linked);
    return 0;
}

static int add_sources(struct run *run, const struct options_source *sources, size_t count)
{
    run->rows.link_all = run->options->link_all;
    run->rows.shuffle = run->options->shuffle;
    run->rows.seed = run->options->seed;
    for (size_t i = 0; i < count; i++)
        if (add_source(run, &sources[i]) < 0)
            return EXIT_CPOOL_FAILED;
    return 0;
}

/* ---- names of columns ---- */

struct header {
    struct run *run;
    const struct columns *columns;
    bool is_open; /* a quote among the names is not closed */
};

static void add_names(void *context, struct item line)
{
    struct header *header = context;
    struct run *run = header->run;
    struct fields fields = {0};

    if (run->rows.count == 1) {
        buffer_append(&run->header, line.bytes, line.length);
        buffer_append_byte(&run->header, (char)run->options->delimiter);
    }
    fields_begin(&fields, line.length, 1);
    header->is_open |= !columns_split(header->columns, line, &fields);
    run->names = xreallocarray(run->names, run->name_count + fields.count, sizeof *run->names);
    for (size_t i = 0; i < fields.count; i++) {
        char *name = xmalloc(fields.list[i].length + 1);
        memcpy(name, fields.list[i].bytes, fields.list[i].length);
        run->names[run->name_count++] = (struct item){name, fields.list[i].length};
    }
    fields_release(&fields);
}

static int read_header(struct run *run)
{
    const char *expression = run->options->header;
    struct columns columns = {0};
    struct header header = {.run = run, .columns = &run->work.columns};
    char why[128];

    if (expression == NULL)
        return 0;
    if (strcmp(expression, ":") != 0) {
        header.columns = &columns;
        columns.trim = TRIM_LEFT | TRIM_RIGHT;
        if (columns_compile(&columns, expression, why, sizeof why) < 0) {
            log_error("--header: '%s' is no expression to split by: %s; ':' splits the line as -C does",
                      expression, why);
            return EXIT_CPOOL_FAILED;
        }
    }
    int result = rows_headers(&run->rows, add_names, &header);
    columns_release(&columns);
    if (result == 0 && header.is_open) {
        log_error("--header: a double quote among the names of the columns is not closed");
        result = -1;
    }
    return result < 0 ? EXIT_CPOOL_FAILED : 0;
}

/* ---- how many tasks there will be ---- */

/* Whether {##} is anywhere, for which files are read twice. */
static bool wants_total(const struct run *run)
{
    const struct options *options = run->options;
    bool is_wanted = options->directory != NULL && strstr(options->directory, "{##}") != NULL;
    is_wanted = is_wanted || (options->results != NULL && strstr(options->results, "{##}") != NULL);
    for (size_t i = 0; i < options->variable_count; i++)
        is_wanted = is_wanted || strstr(options->variables[i], "{##}") != NULL;
    is_wanted = is_wanted || (options->tag_text != NULL && strstr(options->tag_text, "{##}") != NULL);
    for (size_t i = 0; i < run->work.word_count; i++)
        is_wanted = is_wanted || strstr(run->work.words[i], "{##}") != NULL;
    return is_wanted;
}

static uint64_t find_total(const struct run *run)
{
    if (run->way == BY_TASKS)
        return tasks_total(&run->rows, &run->limits, run->options->total, wants_total(run));
    return run->options->total;
}

/* What is shown of the run's progress can say more when it is known early. */
static uint64_t shown_total(const struct run *run)
{
    const struct options *options = run->options;
    if (!options->bar && !options->progress && !options->eta)
        return options->total;
    return tasks_total(&run->rows, &run->limits, options->total, true);
}

/* ---- getting ready ---- */

static int compile_bounds(struct run *run)
{
    const struct options *options = run->options;
    const char delimiter[] = {(char)options->delimiter, '\0'};
    const char *end = options->record_end;
    char why[128];

    if (end == NULL && options->record_start == NULL && options->delimiter_given)
        end = options->delimiter == '\0' ? "\\0" : options->delimiter == '\\' ? "\\\\" : delimiter;
    if (record_bounds_compile(&run->bounds, end, options->record_start, options->record_expressions, why,
                              sizeof why) == 0) {
        run->bounds.lines = options->lines;
        return 0;
    }
    log_error("--recend, --recstart: not what can end or start a record: %s", why);
    return EXIT_CPOOL_FAILED;
}

static int open_blocks(struct run *run, const struct options_source *sources, size_t count)
{
    const struct options *options = run->options;
    struct blocks_setup setup = {.size = options->block_size, .header = options->header != NULL};

    if (count != 1 || sources[0].path == NULL) {
        log_error("--pipe: has one input, standard input or -a FILE; cat puts several together");
        return EXIT_CPOOL_FAILED;
    }
    int status = compile_bounds(run);
    if (status != 0)
        return status;
    /* Lines are counted, so many of them make a record. */
    if (options->rows_given || options->lines > 1)
        setup.records = options->rows_given ? options->rows : 1;
    run->way = BY_BLOCKS;
    return blocks_open(&run->blocks, sources[0].path, &setup, &run->bounds) < 0 ? EXIT_CPOOL_FAILED : 0;
}

static int open_sources(struct run *run, const struct options_source *sources, size_t count)
{
    const struct options *options = run->options;

    if (options->pipe)
        return open_blocks(run, sources, count);
    run->way = is_plain(options, sources, count) && !wants_total(run) ? BY_INPUT : BY_TASKS;
    run->limits = (struct tasks_limits){.rows = options->rows,
                                        .lines = options->lines,
                                        .apart = options->delimiter_given,
                                        .characters = options->characters,
                                        .fill = options->fill,
                                        .spread = options->spread,
                                        .strict = options->strict};
    if (run->way == BY_TASKS) {
        int status = add_sources(run, sources, count);
        return status != 0 ? status : read_header(run);
    }
    if (input_open(&run->input, sources->path, options->delimiter) < 0)
        return EXIT_CPOOL_FAILED;
    run->input.total = options->total;
    if (options->bar || options->progress || options->eta)
        input_count(&run->input, run->work.function == NULL && options->filter == FILTER_NONE);
    if (run->work.function == NULL && options->filter == FILTER_NONE)
        input_set_block_size(&run->input, COMMAND_BLOCK);
    return 0;
}

static void feed_blocks(struct run *run)
{
    struct command_plan *plan = &run->work.command;
    plan->reads_blocks = true;
    plan->header = buffer_bytes(&run->blocks.header);
    plan->header_length = buffer_length(&run->blocks.header);
    plan->file = run->blocks.fd;
}

/* A function that is only shown is a command, too. */
static bool runs_command(const struct run *run)
{
    return run->work.function == NULL || run->options->dry_run;
}

static int prepare(struct run *run)
{
    const struct options *options = run->options;
    struct options_source *sources = NULL;
    size_t count = 0;

    int status = work_find(&run->work, options);
    if (status == 0)
        status = find_sources(run, &sources, &count);
    if (status == 0)
        status = open_sources(run, sources, count);
    if (status == 0)
        status = work_compile(&run->work, options, run->names, run->name_count, count, find_total(run));
    if (status == 0) {
        struct template *template = runs_command(run) ? &run->work.template : NULL;
        run->source_count = count;
        if (run->way == BY_BLOCKS)
            feed_blocks(run);
        if (run->way == BY_TASKS)
            tasks_init(&run->tasks, &run->rows, template, &run->limits, run->work.path_size, options->jobs,
                       shown_total(run));
        for (size_t i = 0; i < count; i++)
            if (sources[i].path != NULL)
                say_terminal(sources[i].path);
    }
    free(sources);
    return status;
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
    const struct output_fields fields = {run->names, run->name_count, run->source_count};
    const struct buffer *header = run->way == BY_BLOCKS ? &run->blocks.header : &run->header;

    int status = output_check_names(options, &fields);
    if (status == 0)
        status = joblog_claim(options);
    if (status == 0)
        status = joblog_resume(options, &run->done);
    if (status == 0)
        status = output_open(&run->output, options, &run->work, &fields);
    if (status == 0)
        status = observing_open(&run->observers, options);
    run->observed_input = (struct observed_input){
        .done = &run->done,
        .header = buffer_bytes(header),
        .header_length = buffer_length(header),
        .separator = run->work.columns.separator,
        .file = run->way == BY_BLOCKS && run->blocks.is_file ? run->blocks.fd : -1,
        .joins_items =
            (run->work.function != NULL || options->filter != FILTER_NONE) && options->source_count > 1};
    observers_input(&run->observers, &run->observed_input);
    return status;
}

/* ---- all of it ---- */

static void in_child(void *context)
{
    struct run *run = context;
    if (run->way == BY_INPUT)
        input_close(&run->input);
    else if (run->way == BY_TASKS)
        rows_close_fds(&run->rows);
    else if (!run->blocks.is_file && run->blocks.fd != STDIN_FILENO)
        io_close(&run->blocks.fd);
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

/* Standard input is left where whoever shares it goes on: what was read ahead of the run's end is not lost to
 * them. */
static void put_back(struct run *run)
{
    if (run->way == BY_INPUT)
        input_put_back(&run->input);
    else if (run->way == BY_TASKS)
        rows_put_back(&run->rows);
    else
        blocks_put_back(&run->blocks);
}

static int run_pool(struct run *run)
{
    const struct options *options = run->options;
    unsigned painted = painted_sinks(run);
    struct pool_options pool = {
        .jobs = options->jobs,
        .chunk = options->chunk,
        .workers = plan_workers(run),
        .source = run->way == BY_INPUT   ? input_source(&run->input)
                  : run->way == BY_TASKS ? tasks_source(&run->tasks)
                                         : blocks_source(&run->blocks),
        .ahead = run->way == BY_BLOCKS ? options->jobs : 0,
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
    put_back(run);
    signals_end_at_once(true);
    if (result < 0) {
        log_error("no shared memory for %u workers: %s; try fewer jobs (-j)", options->jobs, strerror(error));
        return EXIT_CPOOL_FAILED;
    }
    return conclude(run, &report);
}

static void release(struct run *run)
{
    put_back(run);
    if (run->way == BY_INPUT)
        input_close(&run->input);
    if (run->way == BY_BLOCKS)
        blocks_close(&run->blocks);
    record_bounds_release(&run->bounds);
    tasks_release(&run->tasks);
    rows_close(&run->rows);
    for (size_t i = 0; i < run->name_count; i++)
        free((char *)(uintptr_t)run->names[i].bytes);
    free(run->names);
    buffer_release(&run->header);
    work_release(&run->work);
}

int run_perform(const struct options *options, unsigned were_closed)
{
    struct run run = {.options = options, .input = {.fd = -1}, .output = OUTPUT_INIT};

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
    release(&run);
    return status != 0 ? status : kept;
}
