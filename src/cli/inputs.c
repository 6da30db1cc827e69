#include "cli/inputs.h"

#include "base/io.h"
#include "base/log.h"
#include "base/xalloc.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What is read at a time where each item becomes a process. */
#define COMMAND_BLOCK (16 * KIB)

/* ---- where its items come from ---- */

static void say_terminal(const char *file)
{
    if (strcmp(file, "-") == 0 && isatty(STDIN_FILENO))
        log_error("reading items from the terminal, one a line; end with ^D");
}

/* The operands of a function are its items; without any source, standard input is one. */
static int find_sources(struct inputs *inputs)
{
    const struct options *options = inputs->options;
    bool operands = inputs->work->function != NULL && options->word_count > 1;

    if (operands && options->source_count > 0) {
        log_error("%s: has items behind it, and others by -a or :::; put all of them behind :::",
                  inputs->work->function->name);
        return EXIT_CPOOL_FAILED;
    }
    inputs->source_count = size_max(options->source_count, 1);
    inputs->sources = xcalloc(inputs->source_count, sizeof *inputs->sources);
    if (operands)
        *inputs->sources =
            (struct options_source){.words = options->words + 1, .count = options->word_count - 1};
    else if (options->source_count == 0)
        *inputs->sources = (struct options_source){.path = "-"};
    else
        memcpy(inputs->sources, options->sources, inputs->source_count * sizeof *inputs->sources);
    return 0;
}

/* Each item of one file a task of its own, and nothing else. */
static bool is_plain(const struct options *options, const struct options_source *sources, size_t count)
{
    return count == 1 && sources->path != NULL && options->rows == 1 && options->lines == 0 &&
           !options->fill && options->characters == 0 && !options->strict && !options->csv &&
           options->header == NULL && options->stop == NULL && !options->shuffle;
}

static int add_source(struct inputs *inputs, const struct options_source *source)
{
    const struct options *options = inputs->options;
    struct rows *rows = &inputs->rows;
    const struct source_format format = {
        .delimiter = options->delimiter,
        .quoted = options->csv,
        .separator = inputs->work->columns.separator,
        .unsplit = options->without_items || options->filter != FILTER_NONE,
        .stop = options->stop,
    };
    if (source->path != NULL)
        return rows_add_file(rows, &format, source->path, source->linked);
    rows_add_words(rows, &format, source->words, source->count, source->linked);
    return 0;
}

static int add_sources(struct inputs *inputs, const struct options_source *sources, size_t count)
{
    inputs->rows.link_all = inputs->options->link_all;
    inputs->rows.shuffle = inputs->options->shuffle;
    inputs->rows.seed = inputs->options->seed;
    for (size_t i = 0; i < count; i++)
        if (add_source(inputs, &sources[i]) < 0)
            return EXIT_CPOOL_FAILED;
    return 0;
}

/* ---- names of columns ---- */

struct header {
    struct inputs *inputs;
    const struct columns *columns;
    bool is_open; /* a quote among the names is not closed */
};

static void add_names(void *context, struct item line)
{
    struct header *header = context;
    struct inputs *inputs = header->inputs;
    struct fields fields = {0};

    if (inputs->rows.count == 1) {
        buffer_append(&inputs->header, line.bytes, line.length);
        buffer_append_byte(&inputs->header, (char)inputs->options->delimiter);
    }
    fields_begin(&fields, line.length, 1);
    header->is_open |= !columns_split(header->columns, line, &fields);
    inputs->names = xreallocarray(inputs->names, inputs->name_count + fields.count, sizeof *inputs->names);
    for (size_t i = 0; i < fields.count; i++) {
        char *name = xmalloc(fields.list[i].length + 1);
        memcpy(name, fields.list[i].bytes, fields.list[i].length);
        inputs->names[inputs->name_count++] = (struct item){name, fields.list[i].length};
    }
    fields_release(&fields);
}

static int read_header(struct inputs *inputs)
{
    const char *expression = inputs->options->header;
    struct columns columns = {0};
    struct header header = {.inputs = inputs, .columns = &inputs->work->columns};
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
    int result = rows_headers(&inputs->rows, add_names, &header);
    columns_release(&columns);
    if (result == 0 && header.is_open) {
        log_error("--header: a double quote among the names of the columns is not closed");
        result = -1;
    }
    return result < 0 ? EXIT_CPOOL_FAILED : 0;
}

/* ---- how many tasks there will be ---- */

/* Whether {##} is anywhere, for which files are read twice. */
static bool wants_total(const struct inputs *inputs)
{
    const struct options *options = inputs->options;
    bool is_wanted = options->directory != NULL && strstr(options->directory, "{##}") != NULL;
    is_wanted = is_wanted || (options->results != NULL && strstr(options->results, "{##}") != NULL);
    for (size_t i = 0; i < options->variable_count; i++)
        is_wanted = is_wanted || strstr(options->variables[i], "{##}") != NULL;
    is_wanted = is_wanted || (options->tag_text != NULL && strstr(options->tag_text, "{##}") != NULL);
    for (size_t i = 0; i < inputs->work->word_count; i++)
        is_wanted = is_wanted || strstr(inputs->work->words[i], "{##}") != NULL;
    return is_wanted;
}

uint64_t inputs_total(const struct inputs *inputs)
{
    if (inputs->way == BY_TASKS)
        return tasks_total(&inputs->rows, &inputs->limits, inputs->options->total, wants_total(inputs));
    return inputs->options->total;
}

/* What is shown of the run's progress can say more when it is known early. */
static uint64_t shown_total(const struct inputs *inputs)
{
    const struct options *options = inputs->options;
    if (!options->bar && !options->progress && !options->eta)
        return options->total;
    return tasks_total(&inputs->rows, &inputs->limits, options->total, true);
}

/* ---- getting ready ---- */

static int compile_bounds(struct inputs *inputs)
{
    const struct options *options = inputs->options;
    const char delimiter[] = {(char)options->delimiter, '\0'};
    const char *end = options->record_end;
    char why[128];

    if (end == NULL && options->record_start == NULL && options->delimiter_given)
        end = options->delimiter == '\0' ? "\\0" : options->delimiter == '\\' ? "\\\\" : delimiter;
    if (record_bounds_compile(&inputs->bounds, end, options->record_start, options->record_expressions, why,
                              sizeof why) == 0) {
        inputs->bounds.lines = options->lines;
        return 0;
    }
    log_error("--recend, --recstart: not what can end or start a record: %s", why);
    return EXIT_CPOOL_FAILED;
}

static int open_blocks(struct inputs *inputs, const struct options_source *sources, size_t count)
{
    const struct options *options = inputs->options;
    struct blocks_setup setup = {.size = options->block_size, .header = options->header != NULL};

    if (count != 1 || sources[0].path == NULL) {
        log_error("--pipe: has one input, standard input or -a FILE; cat puts several together");
        return EXIT_CPOOL_FAILED;
    }
    int status = compile_bounds(inputs);
    if (status != 0)
        return status;
    /* Lines are counted, so many of them make a record. */
    if (options->rows_given || options->lines > 1)
        setup.records = options->rows_given ? options->rows : 1;
    inputs->way = BY_BLOCKS;
    return blocks_open(&inputs->blocks, sources[0].path, &setup, &inputs->bounds) < 0 ? EXIT_CPOOL_FAILED : 0;
}

static int open_sources(struct inputs *inputs)
{
    const struct options *options = inputs->options;
    const struct options_source *sources = inputs->sources;
    size_t count = inputs->source_count;

    if (options->pipe)
        return open_blocks(inputs, sources, count);
    inputs->way = is_plain(options, sources, count) && !wants_total(inputs) ? BY_INPUT : BY_TASKS;
    inputs->limits = (struct tasks_limits){.rows = options->rows,
                                           .lines = options->lines,
                                           .apart = options->delimiter_given,
                                           .characters = options->characters,
                                           .fill = options->fill,
                                           .spread = options->spread,
                                           .strict = options->strict};
    if (inputs->way == BY_TASKS) {
        int status = add_sources(inputs, sources, count);
        return status != 0 ? status : read_header(inputs);
    }
    if (input_open(&inputs->input, sources->path, options->delimiter) < 0)
        return EXIT_CPOOL_FAILED;
    inputs->input.total = options->total;
    if (options->bar || options->progress || options->eta)
        input_count(&inputs->input, inputs->work->function == NULL && options->filter == FILTER_NONE);
    if (inputs->work->function == NULL && options->filter == FILTER_NONE)
        input_set_block_size(&inputs->input, COMMAND_BLOCK);
    return 0;
}

int inputs_open(struct inputs *inputs, const struct options *options, const struct work *work)
{
    inputs->options = options;
    inputs->work = work;
    int status = find_sources(inputs);
    return status != 0 ? status : open_sources(inputs);
}

void inputs_prepare(struct inputs *inputs, struct template *template)
{
    if (inputs->way == BY_TASKS)
        tasks_init(&inputs->tasks, &inputs->rows, template, &inputs->limits, inputs->work->path_size,
                   inputs->options->jobs, shown_total(inputs));
    for (size_t i = 0; i < inputs->source_count; i++)
        if (inputs->sources[i].path != NULL)
            say_terminal(inputs->sources[i].path);
}

/* ---- while the pool runs ---- */

struct pool_source inputs_source(struct inputs *inputs)
{
    switch (inputs->way) {
    case BY_INPUT:
        return input_source(&inputs->input);
    case BY_TASKS:
        return tasks_source(&inputs->tasks);
    default:
        return blocks_source(&inputs->blocks);
    }
}

struct observed_input inputs_observed(const struct inputs *inputs, const struct done_keys *done)
{
    const struct options *options = inputs->options;
    bool blocks = inputs->way == BY_BLOCKS;
    const struct buffer *header = blocks ? &inputs->blocks.header : &inputs->header;
    return (struct observed_input){.done = done,
                                   .header = buffer_bytes(header),
                                   .header_length = buffer_length(header),
                                   .separator = inputs->work->columns.separator,
                                   .file = blocks && inputs->blocks.is_file ? inputs->blocks.fd : -1,
                                   .joins_items =
                                       (inputs->work->function != NULL || options->filter != FILTER_NONE) &&
                                       options->source_count > 1};
}

void inputs_in_child(struct inputs *inputs)
{
    if (inputs->way == BY_INPUT)
        input_close(&inputs->input);
    else if (inputs->way == BY_TASKS)
        rows_close_fds(&inputs->rows);
    else if (!inputs->blocks.is_file && inputs->blocks.fd != STDIN_FILENO)
        io_close(&inputs->blocks.fd);
}

void inputs_put_back(struct inputs *inputs)
{
    if (inputs->way == BY_INPUT)
        input_put_back(&inputs->input);
    else if (inputs->way == BY_TASKS)
        rows_put_back(&inputs->rows);
    else
        blocks_put_back(&inputs->blocks);
}

void inputs_release(struct inputs *inputs)
{
    inputs_put_back(inputs);
    if (inputs->way == BY_INPUT)
        input_close(&inputs->input);
    if (inputs->way == BY_BLOCKS)
        blocks_close(&inputs->blocks);
    record_bounds_release(&inputs->bounds);
    tasks_release(&inputs->tasks);
    rows_close(&inputs->rows);
    for (size_t i = 0; i < inputs->name_count; i++)
        free((char *)(uintptr_t)inputs->names[i].bytes);
    free(inputs->names);
    free(inputs->sources);
    buffer_release(&inputs->header);
}
