#include "input/tasks.h"

#include "base/log.h"
#include "base/platform.h"
#include "task/environment.h"

#include <poll.h>

/* Where the command line does not grow with them, so many bytes of items are a task: nothing else would stop
 * them. */
#define PENDING_MAX SOURCE_ITEM_MAX

/* ---- how large a command line may be ---- */

static struct items frame_empty(size_t count)
{
    static const char frames[2 * ITEMS_FRAME_SIZE];
    return (struct items){frames, count * ITEMS_FRAME_SIZE, ITEMS_FRAMED};
}

static struct template_size most_for(const struct tasks *tasks)
{
    const struct template_setup *setup = &tasks->template->setup;
    struct platform_exec_limits limits = platform_exec_limits();
    size_t strings, used = environment_size(setup->variables, setup->variable_count, &strings);

    used += strings * PLATFORM_EXEC_POINTER + tasks->path_size;
    return (struct template_size){
        .total = limits.total > used ? limits.total - used : 0,
        .arguments = tasks->limits.characters > 0 ? tasks->limits.characters : SIZE_MAX,
        .longest = limits.string,
    };
}

static void reckon(struct tasks *tasks)
{
    tasks->most = most_for(tasks);
    tasks->first = template_measure(tasks->template, frame_empty(1));
    struct template_size two = template_measure(tasks->template, frame_empty(2));
    /* The numbers of references in a script get longer as there are more. */
    size_t digits = 8 * (tasks->template->references + 2 * tasks->template->parameter_count);
    size_t string = tasks->template->references * (1 + PLATFORM_EXEC_POINTER);
    tasks->each.total = two.total - tasks->first.total + digits + string;
    tasks->each.arguments = two.arguments - tasks->first.arguments + digits + tasks->template->references;
    tasks->each.longest = two.longest - tasks->first.longest + digits;
}

static bool fits(const struct template_size *size, const struct template_size *most)
{
    return size->total <= most->total && size->arguments <= most->arguments && size->longest <= most->longest;
}

/* The fields of the row that was added last take at most so much more. */
static void add_size(struct tasks *tasks)
{
    size_t copies = tasks->template->references + tasks->template->parameter_count + 1;
    for (size_t i = 0; i < tasks->fields.count; i++) {
        size_t bytes = copies * tasks->fields.list[i].length;
        tasks->size.total += tasks->each.total + bytes;
        tasks->size.arguments += tasks->each.arguments + bytes;
        tasks->size.longest += tasks->each.longest + bytes;
    }
}

/* Whether all that is pending can be one task. */
static bool pending_fits(struct tasks *tasks)
{
    if (tasks->pending_rows == 1) {
        tasks->size = tasks->first;
        tasks->alone = tasks->unusable;
    } else if (tasks->alone || tasks->unusable) {
        return false; /* it fails, and others shall not fail with it */
    } else if (buffer_length(&tasks->pending) > PENDING_MAX) {
        return false;
    }
    add_size(tasks);
    if (fits(&tasks->size, &tasks->most))
        return true;
    struct items items = {buffer_bytes(&tasks->pending), buffer_length(&tasks->pending), ITEMS_FRAMED};
    tasks->size = template_measure(tasks->template, items);
    return fits(&tasks->size, &tasks->most);
}

/* ---- taking rows ---- */

static bool is_blank_at_end(struct item item)
{
    return item.length > 0 && (item.bytes[item.length - 1] == ' ' || item.bytes[item.length - 1] == '\t');
}

static enum source_result refuse_line(void)
{
    log_error("-L: lines that end in a blank go on in the next, and are longer than %zu MiB together; -n "
              "takes each "
              "line as it is",
              SOURCE_ITEM_MAX / MIB);
    return SOURCE_BROKEN;
}

/* With -L a line that ends in a blank goes on in the next, unless it is apart. */
static enum source_result next_line(struct tasks *tasks, bool readable, const struct item **row,
                                    struct item *joined)
{
    enum source_result result;
    while ((result = rows_next(tasks->rows, readable, row)) == SOURCE_ITEM) {
        if (tasks->limits.lines == 0 || tasks->limits.apart || tasks->rows->count != 1)
            return result;
        bool goes_on = is_blank_at_end((*row)[0]);
        if (!goes_on && buffer_length(&tasks->line) == 0)
            return result;
        if (buffer_length(&tasks->line) + (*row)[0].length >= SOURCE_ITEM_MAX)
            return refuse_line();
        buffer_append(&tasks->line, (*row)[0].bytes, (*row)[0].length);
        if (!goes_on)
            break;
        readable = false;
    }
    if (result == SOURCE_WAIT || result == SOURCE_BROKEN || buffer_length(&tasks->line) == 0)
        return result;
    *joined = (struct item){buffer_bytes(&tasks->line), buffer_length(&tasks->line)};
    *row = joined;
    return SOURCE_ITEM;
}

static bool takes_one_row(const struct tasks *tasks)
{
    return tasks->template == NULL || (tasks->limits.rows == 1 && tasks->limits.lines <= 1 &&
                                       tasks->limits.characters == 0 && !tasks->limits.strict);
}

static void append_row(struct tasks *tasks, const struct item *row)
{
    size_t length = 0;
    for (size_t i = 0; i < tasks->rows->count; i++)
        length += row[i].length;
    bool splits = !takes_one_row(tasks); /* else only the worker has to know */
    tasks->unusable = false;
    if (splits)
        fields_begin(&tasks->fields, length, tasks->rows->count);
    for (size_t i = 0; i < tasks->rows->count; i++) {
        uint32_t size = (uint32_t)row[i].length;
        tasks->unusable = tasks->unusable || memchr(row[i].bytes, '\0', row[i].length) != NULL;
        buffer_append(&tasks->pending, &size, sizeof size);
        buffer_append(&tasks->pending, row[i].bytes, row[i].length);
        if (splits)
            tasks->unusable |= !columns_split(tasks->template->setup.columns, row[i], &tasks->fields);
    }
    buffer_clear(&tasks->line);
    tasks->pending_rows++;
}

/* All that is pending, or all but its last row, is a task. */
static void cut(struct tasks *tasks, size_t rows, size_t bytes)
{
    tasks->cut_rows = rows;
    tasks->cut_bytes = bytes;
}

/* ---- one row a task ---- */

static enum pool_supply gather(struct tasks *tasks, const struct pool_want *want)
{
    const struct item *row;
    struct item joined;
    bool readable = want->readable;

    while (tasks->pending_rows < want->tasks && buffer_length(&tasks->pending) < want->bytes) {
        enum source_result result = next_line(tasks, readable, &row, &joined);
        readable = false;
        if (result == SOURCE_BROKEN)
            return POOL_BROKEN;
        if (result == SOURCE_ITEM)
            append_row(tasks, row);
        else if (tasks->pending_rows == 0)
            return result == SOURCE_END ? POOL_END : POOL_WAIT;
        else
            break;
    }
    cut(tasks, tasks->pending_rows, buffer_length(&tasks->pending));
    return POOL_CHUNK;
}

/* ---- several rows a task ---- */

static bool is_full(const struct tasks *tasks)
{
    return (tasks->limits.rows > 0 && tasks->pending_rows == tasks->limits.rows) ||
           (tasks->limits.lines > 0 && tasks->pending_rows == tasks->limits.lines);
}

static enum pool_supply refuse(const struct tasks *tasks)
{
    log_error("-x: %s does not fit a command line%s; the run is ended",
              tasks->pending_rows == 1 ? "an item" : "what a task is to get",
              tasks->limits.characters > 0 ? " of the length that -s allows" : "");
    return POOL_BROKEN;
}

/* The row that was added last is one too many: what was there before is a task. */
static enum pool_supply take_row_back(struct tasks *tasks, size_t bytes)
{
    if (tasks->limits.strict && (tasks->limits.rows > 0 || tasks->limits.lines > 0))
        return refuse(tasks);
    cut(tasks, tasks->pending_rows - 1, bytes);
    return POOL_CHUNK;
}

/* The last rows, in as many tasks as there are jobs. */
static void spread(struct tasks *tasks)
{
    if (tasks->limits.spread && tasks->spread_rows == 0)
        tasks->spread_rows = (tasks->pending_rows - 1) / tasks->jobs + 1;
    if (tasks->spread_rows == 0 || tasks->spread_rows >= tasks->pending_rows) {
        cut(tasks, tasks->pending_rows, buffer_length(&tasks->pending));
        return;
    }
    struct items items = {buffer_bytes(&tasks->pending), buffer_length(&tasks->pending), ITEMS_FRAMED};
    items_skip(&items, tasks->spread_rows * tasks->rows->count);
    cut(tasks, tasks->spread_rows, buffer_length(&tasks->pending) - items.length);
}

static bool is_readable(int fd)
{
    struct pollfd now = {.fd = fd, .events = POLLIN};
    return poll(&now, 1, 0) > 0;
}

static enum pool_supply fill(struct tasks *tasks, bool readable)
{
    const struct item *row;
    struct item joined;

    if (tasks->pending_rows == 1 && !tasks->last_fits && tasks->limits.strict)
        return refuse(tasks);
    /* Where the last ones are to be shared, it must be known of a full task, too, whether it is the last. */
    for (bool full; full = is_full(tasks), !tasks->at_end && (!full || tasks->limits.spread);) {
        size_t before = buffer_length(&tasks->pending);
        enum source_result result = next_line(tasks, readable, &row, &joined);
        readable = false;
        if (result == SOURCE_WAIT && full && (readable = is_readable(rows_fd(tasks->rows))))
            continue;
        if (result == SOURCE_WAIT && full)
            break; /* a full task waits for nothing */
        if (result == SOURCE_BROKEN || result == SOURCE_WAIT)
            return result == SOURCE_WAIT ? POOL_WAIT : POOL_BROKEN;
        tasks->at_end = result == SOURCE_END;
        if (tasks->at_end)
            break;
        append_row(tasks, row);
        tasks->last_fits = pending_fits(tasks);
        if (full) {
            cut(tasks, tasks->pending_rows - 1, before);
            return POOL_CHUNK;
        }
        if (!tasks->last_fits && tasks->pending_rows > 1)
            return take_row_back(tasks, before);
        if (!tasks->last_fits && tasks->limits.strict)
            return refuse(tasks);
    }
    if (tasks->pending_rows == 0)
        return POOL_END;
    if (tasks->at_end)
        spread(tasks);
    else
        cut(tasks, tasks->pending_rows, buffer_length(&tasks->pending));
    return POOL_CHUNK;
}

/* ---- handing over ---- */

static enum pool_supply hand_over(struct tasks *tasks, const struct pool_want *want,
                                  struct queue_chunk *chunk, struct arena_block **block)
{
    bool one_row = takes_one_row(tasks);
    *block = arena_allocate(tasks->arena, size_max(tasks->cut_bytes, 1), want->grow);
    if (*block == NULL)
        return POOL_FULL;
    memcpy(arena_bytes(tasks->arena, *block), buffer_bytes(&tasks->pending), tasks->cut_bytes);
    chunk->count = one_row ? (uint32_t)tasks->cut_rows : 1;
    chunk->batch = (uint32_t)(tasks->rows->count * (one_row ? 1 : tasks->cut_rows));
    chunk->offset = (*block)->offset;
    chunk->length = tasks->cut_bytes;
    chunk->delimiter = ITEMS_FRAMED;

    buffer_take(&tasks->pending, tasks->cut_bytes);
    tasks->pending_rows -= tasks->cut_rows;
    tasks->cut_rows = tasks->cut_bytes = 0;
    /* What was one too many begins the next one. */
    if (!one_row && tasks->pending_rows == 1 && !tasks->at_end)
        tasks->last_fits = pending_fits(tasks);
    return POOL_CHUNK;
}

static enum pool_supply take(void *context, const struct pool_want *want, struct queue_chunk *chunk,
                             struct arena_block **block)
{
    struct tasks *tasks = context;
    if (tasks->cut_rows == 0) {
        enum pool_supply result = takes_one_row(tasks) ? gather(tasks, want) : fill(tasks, want->readable);
        if (result != POOL_CHUNK)
            return result;
    }
    return hand_over(tasks, want, chunk, block);
}

static int watched_fd(void *context)
{
    const struct tasks *tasks = context;
    return rows_fd(tasks->rows);
}

static uint64_t total(void *context)
{
    const struct tasks *tasks = context;
    return tasks->total;
}

static void start(void *context, struct arena *arena)
{
    struct tasks *tasks = context;
    tasks->arena = arena;
}

uint64_t tasks_total(const struct rows *rows, const struct tasks_limits *limits, uint64_t given,
                     bool count_files)
{
    if (given > 0)
        return given;
    if (limits->rows == 0 || limits->lines > 0 || limits->fill || limits->characters > 0)
        return 0;
    uint64_t count = rows_total(rows, count_files);
    return count == 0 ? 0 : (count - 1) / limits->rows + 1;
}

void tasks_init(struct tasks *tasks, struct rows *rows, struct template *template,
                const struct tasks_limits *limits, size_t path_size, unsigned jobs, uint64_t total_given)
{
    *tasks = (struct tasks){.rows = rows,
                            .template = template,
                            .limits = *limits,
                            .path_size = path_size,
                            .jobs = jobs,
                            .fields = {.hears = true},
                            .total = tasks_total(rows, limits, total_given, false)};
    if (!takes_one_row(tasks))
        reckon(tasks);
}

void tasks_release(struct tasks *tasks)
{
    buffer_release(&tasks->pending);
    buffer_release(&tasks->line);
    fields_release(&tasks->fields);
}

struct pool_source tasks_source(struct tasks *tasks)
{
    return (struct pool_source){
        .take = take, .fd = watched_fd, .total = total, .start = start, .context = tasks};
}
