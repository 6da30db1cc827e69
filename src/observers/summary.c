#include "observers/summary.h"

#include "base/buffer.h"
#include "base/io.h"
#include "base/log.h"
#include "base/meter.h"
#include "base/processors.h"
#include "base/quantile.h"
#include "base/size.h"
#include "base/xalloc.h"
#include "observers/verdict.h"
#include "pool/pool.h"
#include "proc/signals.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#define COLUMNS   79
#define LABEL     14 /* columns in front of what a line says */
#define ITEM_SIZE 48
/* The ways of failing that are told one by one. */
#define WAYS_MAX  5
/* Quantiles are told where so many tasks are above them. */
#define TAIL_MIN  10

/* A task that is remembered: what it is called, and by how much it was the first of all. */
struct extreme_task {
    uint64_t value;
    uint64_t number;
    char item[ITEM_SIZE]; /* fit to print */
};

struct summary {
    const struct options *options;
    nanoseconds opened;
    uint64_t waited_before[METER_PRESSURES];
    nanoseconds user_before, system_before; /* as used_time has them */
    /* Of each task, where we are told: */
    uint64_t told;
    nanoseconds work; /* that all tries took */
    struct quantile run_times;
    struct extreme_task longest, hungriest, last;
};

static bool wanted(const struct options *options)
{
    return options->summary;
}

static nanoseconds time_of(struct timeval time)
{
    return (nanoseconds)time.tv_sec * NS_PER_S + (nanoseconds)time.tv_usec * NS_PER_US;
}

/* Of processors: our own, and that of all children that are gone. */
static void used_time(nanoseconds *user, nanoseconds *system)
{
    struct rusage own, children;
    getrusage(RUSAGE_SELF, &own);
    getrusage(RUSAGE_CHILDREN, &children);
    *user = time_of(own.ru_utime) + time_of(children.ru_utime);
    *system = time_of(own.ru_stime) + time_of(children.ru_stime);
}

static int open_summary(const struct options *options, void **context)
{
    struct summary *summary = xcalloc(1, sizeof *summary);
    summary->options = options;
    summary->opened = clock_now();
    used_time(&summary->user_before, &summary->system_before);
    if (meter_pressure("", summary->waited_before) < 0)
        summary->waited_before[METER_PROCESSOR] = 0;
    *context = summary;
    return 0;
}

/* ---- task by task ---- */

static void remember(struct extreme_task *holder, uint64_t value, const struct observed_task *task)
{
    if (value < holder->value || value == 0)
        return;
    holder->value = value;
    holder->number = task->number;
    log_quote(holder->item, sizeof holder->item, task->item.length == 0 ? "" : task->item.bytes,
              task->item.length);
}

static int ended(void *context, const struct observed_task *task)
{
    struct summary *summary = context;
    const struct message_done *done = task->done;

    if (done->outcome == OUTCOME_SKIPPED || done->outcome == OUTCOME_NO_EXEC)
        return 0;
    summary->told++;
    summary->work += done->run_time;
    remember(&summary->hungriest, done->peak_memory, task);
    if (task->fate == OBSERVED_CUT_OFF)
        return 0;
    quantile_add(&summary->run_times, done->run_time);
    remember(&summary->longest, done->run_time, task);
    remember(&summary->last, task->started + done->run_time, task);
    return 0;
}

/* ---- lines ---- */

/* "  label       text", broken at blanks where it is longer than a line. */
static void add_line(struct buffer *out, const char *label, const char *format, ...) ATTR_PRINTF(3, 4);

static void add_line(struct buffer *out, const char *label, const char *format, ...)
{
    char text[1024], start[LABEL + 1];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    snprintf(start, sizeof start, "  %-*s", LABEL - 2, label);
    for (char *rest = text; *rest != '\0';) {
        size_t length = strlen(rest);
        if (length > COLUMNS - LABEL)
            for (length = COLUMNS - LABEL; length > 0 && rest[length] != ' '; length--)
                continue;
        if (length == 0) /* one long word */
            length = strcspn(rest, " ");
        buffer_append_text(out, start);
        buffer_append(out, rest, length);
        buffer_append_byte(out, '\n');
        rest += length + strspn(rest + length, " ");
        memset(start, ' ', LABEL);
    }
}

/* Two digits: more are not known. */
static nanoseconds rounded(nanoseconds value)
{
    nanoseconds unit = 1;
    while (value / unit >= 100)
        unit *= 10;
    return (value + unit / 2) / unit * unit;
}

static const char *format_rate(uint64_t tasks, nanoseconds wall, char *text, size_t size)
{
    static const struct {
        double seconds;
        const char *name;
    } units[] = {{1, "second"}, {60, "minute"}, {3600, "hour"}, {86400, "day"}};
    double rate = 0;
    size_t unit = 0;

    for (; unit < ARRAY_LENGTH(units); unit++) {
        rate = (double)tasks / ((double)wall / (double)NS_PER_S) * units[unit].seconds;
        if (rate >= 1 || unit + 1 == ARRAY_LENGTH(units))
            break;
    }
    snprintf(text, size, "%.*f tasks a %s", rate < 100 ? 1 : 0, rate, units[unit].name);
    return text;
}

/* "item 17 'x'". */
static const char *name_of(const struct summary *summary, const struct extreme_task *holder, char *text,
                           size_t size)
{
    unsigned long long number = holder->number + 1;
    if (summary->options->pipe)
        snprintf(text, size, "block %llu", number);
    else
        snprintf(text, size, "item %llu '%s'", number, holder->item);
    return text;
}

/* ---- what became of the tasks ---- */

static void add_count(char *text, size_t size, uint64_t count, const char *what)
{
    size_t length = strlen(text);
    if (count > 0)
        snprintf(text + length, size - length, ", %llu %s", (unsigned long long)count, what);
}

static void add_tasks(struct buffer *out, const struct summary *summary, const struct pool_report *report)
{
    char more[256] = "";
    add_count(more, sizeof more, report->failed, "failed");
    add_count(more, sizeof more, report->cut_off, "cut off by the end of the run");
    add_count(more, sizeof more, report->skipped, "skipped");
    add_count(more, sizeof more, report->retried, report->retried == 1 ? "more try" : "more tries");
    add_line(out, "tasks", "%llu %s%s", (unsigned long long)(report->tasks - report->failed),
             summary->options->dry_run ? "shown" : "succeeded", more);
}

/* One way of failing, and how many did. */
struct way {
    uint64_t count;
    char what[48];
};

static int more_first(const void *a, const void *b)
{
    const struct way *one = a, *other = b;
    return one->count < other->count ? 1 : one->count > other->count ? -1 : strcmp(one->what, other->what);
}

static size_t list_ways(const struct summary *summary, const struct pool_report *report, struct way *ways)
{
    const struct {
        enum message_outcome outcome;
        const char *what;
    } kinds[] = {{OUTCOME_TIMED_OUT, "timed out"},
                 {OUTCOME_LOST, "lost with their worker"},
                 {OUTCOME_NO_EXEC, "could not be started"},
                 {OUTCOME_FAILED, summary->options->filter != FILTER_NONE ? "without an answer"
                                  : summary->options->pipe                ? "not read whole"
                                                                          : "refused by the function"}};
    size_t count = 0;
    char name[32];

    for (unsigned i = 0; i < ARRAY_LENGTH(report->exits); i++)
        if (report->exits[i] > 0) {
            ways[count].count = report->exits[i];
            snprintf(ways[count++].what, sizeof ways->what, "exit status %u", i);
        }
    for (unsigned i = 0; i < ARRAY_LENGTH(report->signals); i++)
        if (report->signals[i] > 0) {
            ways[count].count = report->signals[i];
            snprintf(ways[count++].what, sizeof ways->what, "by %s", signals_name((int)i, name, sizeof name));
        }
    for (size_t i = 0; i < ARRAY_LENGTH(kinds); i++)
        if (report->kinds[kinds[i].outcome] > 0) {
            ways[count].count = report->kinds[kinds[i].outcome];
            snprintf(ways[count++].what, sizeof ways->what, "%s", kinds[i].what);
        }
    qsort(ways, count, sizeof *ways, more_first);
    return count;
}

static void add_failures(struct buffer *out, const struct summary *summary, const struct pool_report *report)
{
    struct way *ways =
        xcalloc(ARRAY_LENGTH(report->exits) + ARRAY_LENGTH(report->signals) + OUTCOME_KINDS, sizeof *ways);
    size_t count = list_ways(summary, report, ways);
    uint64_t others = 0;
    char text[512] = "";

    for (size_t i = 0; i < count; i++)
        if (i < WAYS_MAX)
            add_count(text, sizeof text, ways[i].count, ways[i].what);
        else
            others += ways[i].count;
    add_count(text, sizeof text, others, "otherwise");
    if (count > 0)
        add_line(out, "failed", "%s", text + strlen(", "));
    free(ways);
}

/* ---- what it took ---- */

static void add_times(struct buffer *out, const struct summary *summary, const struct pool_report *report,
                      struct verdict_figures *figures)
{
    nanoseconds user_time, system_time;
    char wall[32], rate[64], user[32], system[32];

    used_time(&user_time, &system_time);
    user_time -= summary->user_before;
    system_time -= summary->system_before;
    figures->processor = user_time + system_time;
    add_line(out, "time", "%s, %s", clock_format_duration(figures->wall, wall, sizeof wall),
             format_rate(report->tasks, figures->wall, rate, sizeof rate));
    add_line(out, "processors", "%s user, %s system: %.0f %% of %u",
             clock_format_duration(user_time, user, sizeof user),
             clock_format_duration(system_time, system, sizeof system),
             100 * (double)figures->processor / (double)figures->wall / figures->processors,
             figures->processors);
}

static void add_speed_up(struct buffer *out, const struct verdict_figures *figures)
{
    double speed_up = verdict_speed_up(figures);
    if (figures->workers > 0 && figures->work > 0)
        add_line(out, "speed-up", "%.1f by %u process%s, an efficiency of %.0f %%", speed_up,
                 figures->workers, figures->workers == 1 ? "" : "es", 100 * speed_up / figures->workers);
}

static void add_quantile(char *text, size_t size, const struct summary *summary, double part)
{
    char time[32];
    size_t length = strlen(text);
    nanoseconds value = quantile_at(&summary->run_times, part), longest = summary->longest.value;

    if ((double)summary->run_times.count * (1 - part) < TAIL_MIN * 0.1)
        return;
    clock_format_duration(rounded(value < longest ? value : longest), time, sizeof time);
    snprintf(text + length, size - length, ", %.0f %% within %s", part * 100, time);
}

/* Of tasks that we were told of. */
static void add_run_times(struct buffer *out, const struct summary *summary)
{
    char text[160] = "", time[32], name[128];
    nanoseconds longest = summary->longest.value;

    if (summary->run_times.count == 0)
        return;
    nanoseconds median = quantile_at(&summary->run_times, 0.5);
    median = median < longest ? median : longest;
    add_quantile(text, sizeof text, summary, 0.9);
    add_quantile(text, sizeof text, summary, 0.99);
    add_line(out, "run times", "median %s%s", clock_format_duration(rounded(median), time, sizeof time),
             text);
    add_line(out, "longest", "%s: %s", clock_format_duration(longest, time, sizeof time),
             name_of(summary, &summary->longest, name, sizeof name));
}

static void add_sizes(struct buffer *out, const struct summary *summary, const struct pool_report *report)
{
    char size[SIZE_TEXT], name[128];
    if (summary->hungriest.value > 0)
        add_line(out, "memory", "%s at most: %s", size_format(summary->hungriest.value, size),
                 name_of(summary, &summary->hungriest, name, sizeof name));
    if (summary->options->order != ORDER_NONE)
        add_line(out, "output", "%s", size_format(report->written, size));
}

/* For how long something waited for a processor; 0: it is not known. */
static nanoseconds waited_for_processors(const struct summary *summary)
{
    uint64_t waited[METER_PRESSURES], before = summary->waited_before[METER_PROCESSOR];
    if (before == 0 || meter_pressure("", waited) < 0 || waited[METER_PROCESSOR] < before)
        return 0;
    return (waited[METER_PROCESSOR] - before) * NS_PER_US;
}

static void add_all(struct buffer *out, const struct summary *summary, const struct pool_report *report)
{
    char last[128], verdict[VERDICT_SIZE];
    struct verdict_figures figures = {.wall = clock_now() - summary->opened,
                                      .work = summary->told > 0 ? summary->work : report->work_time,
                                      .waited = waited_for_processors(summary),
                                      .workers = report->workers,
                                      .processors = processors_usable()};

    memcpy(figures.idle, report->idle, sizeof figures.idle);
    if (report->work_time == 0 && summary->run_times.count > 0) /* commands: nobody else counts it */
        figures.median = quantile_at(&summary->run_times, 0.5);
    if (summary->last.value > 0)
        figures.last = name_of(summary, &summary->last, last, sizeof last);
    buffer_append_text(out, "cpool: summary\n");
    add_tasks(out, summary, report);
    add_failures(out, summary, report);
    if (summary->options->dry_run)
        return; /* what it took is not what the tasks would */
    add_times(out, summary, report, &figures);
    add_speed_up(out, &figures);
    add_run_times(out, summary);
    add_sizes(out, summary, report);
    if (*verdict_write(&figures, verdict) != '\0')
        add_line(out, "worth it?", "%s", verdict);
}

static int close_summary(void *context, const struct pool_report *report)
{
    struct summary *summary = context;
    struct buffer out = BUFFER_INIT;

    if (report->end != POOL_GAVE_UP || report->workers > 0) /* else there was no run */
        add_all(&out, summary, report);
    int result = io_write_patiently(STDERR_FILENO, buffer_bytes(&out), buffer_length(&out));
    buffer_release(&out);
    free(summary);
    return result < 0 ? EXIT_CPOOL_FAILED : 0;
}

static const struct observer summary_observer = {
    .ended = ended, .spares_small = true, .close = close_summary};

int summary_open(const struct options *options, struct observers *observers)
{
    void *context;
    if (!wanted(options))
        return 0;
    int status = open_summary(options, &context);
    if (status == 0)
        observers_add(observers, &summary_observer, context);
    return status;
}
