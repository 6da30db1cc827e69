#include "cli/map.h"

#include "base/io.h"
#include "base/log.h"
#include "cli/input.h"
#include "cli/sink.h"
#include "cli/template.h"
#include "pool/pool.h"
#include "proc/signals.h"
#include "proc/spawn.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define EXIT_CANNOT_RUN 126
#define EXIT_NOT_FOUND  127

/* Output kept in memory for tasks that are ahead of their turn. */
#ifndef MEMORY_CAP
#define MEMORY_CAP (64 * MIB)
#endif
#define COMMAND_BLOCK (16 * KIB)

struct map {
    const struct options *options;
    const struct function *function; /* NULL: a command */
    struct template template;
    struct command_plan command;
    char *path; /* owned: the program, where no item decides on it */
    struct input input;
    struct sink sink;
};

/* ---- what to run ---- */

/* Characters that only a shell gives a meaning to. */
static bool wants_shell(const char *word)
{
    return strpbrk(word, " \t\n|&;<>()$`\\\"'*?[]#~!") != NULL;
}

/* A script in which an item would become part of the text is refused: that is how shells are made to run
 * data. */
static int check_script(char *const *words, size_t count)
{
    static const char *const shells[] = {"sh", "bash", "dash", "ksh", "zsh"};
    const char *slash = strrchr(words[0], '/');
    const char *name = slash == NULL ? words[0] : slash + 1;

    for (size_t i = 0; i < ARRAY_LENGTH(shells); i++)
        if (count >= 3 && strcmp(name, shells[i]) == 0 && words[1][0] == '-' &&
            strchr(words[1], 'c') != NULL && template_is_used_in(words[2])) {
            log_error("%s -c: a replacement string in a script is not supported yet; write \"$1\" in it, and "
                      "_ {} behind it",
                      name);
            return -1;
        }
    return 0;
}

static int find_command(struct map *map)
{
    const struct options *options = map->options;

    if (options->word_count == 1 && wants_shell(options->words[0]) && access(options->words[0], X_OK) != 0) {
        log_error("'%s': scripts for the shell are not supported yet; write: cpool sh -c 'SCRIPT' _ {}, with "
                  "\"$1\" for the item",
                  options->words[0]);
        return EXIT_CPOOL_FAILED;
    }
    for (size_t i = 0; i < options->word_count; i++)
        if (strcmp(options->words[i], "|") == 0) {
            log_error("'|': pipelines are not supported yet; write: cpool sh -c 'A \"$1\" | B' _ {}");
            return EXIT_CPOOL_FAILED;
        }
    if (check_script(options->words, options->word_count) < 0)
        return EXIT_CPOOL_FAILED;

    template_compile(&map->template, options->words, options->word_count);
    map->command = (struct command_plan){.expand = template_expand, .template = &map->template};
    map->command.ladder = options->ladder;
    if (!map->template.fixed_program)
        return 0;
    map->path = spawn_find(options->words[0]);
    map->command.path = map->path;
    if (map->path != NULL)
        return 0;
    if (errno == ENOENT && strchr(options->words[0], '/') != NULL) {
        log_error("%s: not found: there is no such file", options->words[0]);
        return EXIT_NOT_FOUND;
    }
    if (errno == ENOENT) {
        log_error("%s: not found: neither a function (cpool --functions) nor a program on PATH",
                  options->words[0]);
        return EXIT_NOT_FOUND;
    }
    log_error("%s: can't be run: %s", options->words[0], strerror(errno));
    return EXIT_CANNOT_RUN;
}

static int find_work(struct map *map)
{
    const struct options *options = map->options;

    if (options->word_count == 0) {
        log_error("no FUNCTION or COMMAND given; see cpool --help");
        return EXIT_CPOOL_FAILED;
    }
    map->function = options->force_command ? NULL : function_find(options->words[0]);
    if (map->function == NULL)
        return find_command(map);
    if (options->batch_given) {
        log_error("-n: %s takes one item at a time; for more at a time see --chunk", map->function->name);
        return EXIT_CPOOL_FAILED;
    }
    return 0;
}

/* ---- its items ---- */

static void tell_terminal(const char *file)
{
    if (strcmp(file, "-") == 0 && isatty(STDIN_FILENO))
        log_error("reading items from the terminal, one a line; end with ^D");
}

static int find_items(struct map *map)
{
    const struct options *options = map->options;
    char **operands = options->words + 1;
    size_t operand_count = map->function != NULL ? options->word_count - 1 : 0;

    if ((options->items != NULL) + (options->arg_file != NULL) + (operand_count > 0) > 1) {
        log_error("items are given in more than one way; several sources are not supported yet");
        return EXIT_CPOOL_FAILED;
    }
    if (options->items != NULL) {
        input_init_words(&map->input, options->items, options->item_count, options->batch);
    } else if (operand_count > 0) {
        input_init_words(&map->input, operands, operand_count, options->batch);
    } else {
        const char *file = options->arg_file != NULL ? options->arg_file : "-";
        if (input_open_file(&map->input, file, options->delimiter, options->batch) < 0)
            return EXIT_CPOOL_FAILED;
        tell_terminal(file);
    }
    if (map->function == NULL)
        input_set_block_size(&map->input, COMMAND_BLOCK);
    return 0;
}

/* ---- how it went ---- */

static void tell_failure(const struct pool_report *report)
{
    const struct pool_failure *first = &report->first;
    char how[64], name[32];

    switch (first->outcome) {
    case OUTCOME_EXIT:
        snprintf(how, sizeof how, "exit status %u", first->code);
        break;
    case OUTCOME_SIGNAL:
        snprintf(how, sizeof how, "ended by %s", signals_name((int)first->code, name, sizeof name));
        break;
    case OUTCOME_NO_EXEC:
        snprintf(how, sizeof how, "could not be started");
        break;
    case OUTCOME_LOST:
        snprintf(how, sizeof how, "its worker died");
        break;
    case OUTCOME_TIMED_OUT:
        clock_format_duration(first->code * NS_PER_MS, name, sizeof name);
        snprintf(how, sizeof how, "timed out after %s", name);
        break;
    default:
        snprintf(how, sizeof how, "refused by the function");
    }
    char after[40] = "";
    if (first->tries > 1)
        snprintf(after, sizeof after, " at the last of %u tries", first->tries);
    log_error("%llu of %llu tasks failed; the first: item %llu '%s', %s%s",
              (unsigned long long)report->failed, (unsigned long long)report->tasks,
              (unsigned long long)first->item + 1, first->label, how, after);
}

static int status_of(const struct map *map, const struct pool_report *report)
{
    if (report->failed > 0)
        tell_failure(report);
    return halt_status(&map->options->halt, report->end == POOL_HALTED, report->halt_cause, report->failed,
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
    static const char *const names[] = {
        [COLLECTOR_OUTPUT] = "standard output", [COLLECTOR_ERRORS] = "standard error"};

    /* A reader that has seen enough is no error: end as any filter does. Where SIGPIPE is ignored, it must be
     * said. */
    if (sink->error == EPIPE && !signals_was_ignored(SIGPIPE))
        signals_die(SIGPIPE);
    log_error("%s: %s; output is lost, the run is ended", names[sink->failed], strerror(sink->error));
    return EXIT_CPOOL_FAILED;
}

static int conclude(const struct map *map, const struct pool_report *report)
{
    switch (report->end) {
    case POOL_FINISHED:
    case POOL_HALTED:
        return status_of(map, report);
    case POOL_SIGNALLED:
        tell_interruption(report);
        signals_die(report->signal);
    case POOL_SINK_FAILED:
        return end_without_output(&map->sink);
    case POOL_SPILL_FAILED:
        log_error("%s: output that waits for its turn can't be kept: %s; give a larger --tmpdir",
                  map->options->tmpdir, strerror(report->error));
        return EXIT_CPOOL_FAILED;
    case POOL_GAVE_UP:
    case POOL_SOURCE_FAILED:
        break; /* it has been said */
    }
    return EXIT_CPOOL_FAILED;
}

/* ---- all of it ---- */

static void close_in_child(void *context)
{
    struct map *map = context;
    input_close(&map->input);
    sink_close(&map->sink);
}

static int run_pool(struct map *map)
{
    const struct options *options = map->options;
    struct pool_options pool = {
        .jobs = options->jobs,
        .chunk = options->chunk,
        .workers = {.function = map->function,
                    .command = map->function == NULL ? &map->command : NULL,
                    .time_limits = options->time_limit != 0 || options->time_limit_percent != 0,
                    .fixed_chunks = options->chunk != 0},
        .source = input_source(&map->input),
        .ladder = options->ladder,
        .time_limit = options->time_limit,
        .time_limit_percent = options->time_limit_percent,
        .tries = options->tries,
        .retry_delay = options->retry_delay,
        .halt = options->halt,
        .sink = {.write = sink_write, .context = &map->sink},
        .sink_fd = sink_wait_fd,
        .memory_cap = MEMORY_CAP,
        .directory = options->tmpdir,
        .in_child = close_in_child,
        .context = map,
    };
    struct pool_report report;

    if (pool_run(&pool, &report) < 0) {
        log_error("no shared memory for %u workers: %s; try fewer jobs (-j)", options->jobs, strerror(errno));
        return EXIT_CPOOL_FAILED;
    }
    return conclude(map, &report);
}

int map_run(const struct options *options, unsigned were_closed)
{
    struct map map = {.options = options, .input = {.fd = -1}};

    int status = find_work(&map);
    if (status == 0)
        status = find_items(&map);
    if (status == 0) {
        sink_open(&map.sink, were_closed);
        status = run_pool(&map);
        sink_close(&map.sink);
    }
    input_close(&map.input);
    template_release(&map.template);
    free(map.path);
    return status;
}
