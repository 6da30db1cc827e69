/*
 * The output itself goes from `raw`, as it came, to `ready`, with tags, and from there to the outbox as it finds room. Both are
 * small: nothing more is taken while something waits (`blocked`).
 */
#include "output/shape.h"

#include "base/io.h"
#include "base/log.h"
#include "task/function.h"

#include <errno.h>
#include <poll.h>
#include <string.h>

/* Tags are put in front of lines until so much is ready. */
#define READY_MAX     (64 * KIB)
/* A line that is longer is sent in pieces. */
#define LINE_MAX_HELD (1 * MIB)
/* How often one that is to pause looks whether it still is. */
#define PAUSE_LOOK_MS 100

/* ---- failing ---- */

static int fail_to_keep(struct shape *shape)
{
    log_error("%s: output that waits for the end of its task can't be kept: %s; give a larger --tmpdir",
              shape->plan->tmpdir, strerror(errno));
    shape->failed = true;
    return -1;
}

static int fail_to_write(struct shape *shape)
{
    log_error("--results: %s/%.*s: %s", shape->plan->folders.path, (int)buffer_length(&shape->path),
              buffer_bytes(&shape->path),
              errno == ELOOP ? "there is a symbolic link on the way, which is not followed"
                             : strerror(errno));
    shape->failed = true;
    return -1;
}

/* ---- a task begins ---- */

void shape_open(struct shape *shape, const struct shape_plan *plan, struct outbox *outbox)
{
    static const enum message_type types[SHAPE_STREAMS] = {MESSAGE_OUTPUT, MESSAGE_ERRORS};
    *shape = (struct shape){.plan = plan, .outbox = outbox, .folder = FOLDER_INIT};
    for (size_t i = 0; i < SHAPE_STREAMS; i++) {
        shape->streams[i].type = types[i];
        store_open(&shape->streams[i].kept, plan->tmpdir);
    }
}

/* It is a part of a line. */
static void make_one_line(struct words *tag)
{
    char *bytes = buffer_bytes(&tag->text);
    for (size_t i = 0; i < buffer_length(&tag->text); i++)
        if (bytes[i] == '\n')
            bytes[i] = ' ';
}

static void describe(const struct shape_plan *plan, const struct command_task *task, struct words *tag,
                     struct words *fields)
{
    struct command_task described = *task;
    if (plan->command != NULL && plan->command->feeds) /* a block is no item */
        described.items = (struct items){"", 0, 0};
    words_clear(tag);
    words_clear(fields);
    plan->describe(plan->template, &described, tag, fields);
    make_one_line(tag);
}

/*
 * The folders have a lock, for which all workers wait. One of functions that is to pause is stopped wherever it is; so not there, and
 * where it is to pause already, it waits here: nothing tells it that it may go on, so it looks.
 */
static void begin_folder(const struct shape *shape)
{
    while (shape->plan->function != NULL && !outbox_stay_awake(shape->outbox))
        (void)!poll(NULL, 0, PAUSE_LOOK_MS);
}

static void end_folder(const struct shape *shape)
{
    if (shape->plan->function != NULL)
        outbox_may_stop(shape->outbox);
}

int shape_begin(struct shape *shape, uint16_t slot, const struct command_task *task)
{
    shape->slot = slot;
    shape->task = *task;
    shape->blocked = false;
    describe(shape->plan, task, &shape->tag, &shape->fields);
    for (size_t i = 0; i < SHAPE_STREAMS; i++) {
        struct shape_stream *stream = &shape->streams[i];
        buffer_clear(&stream->raw);
        buffer_clear(&stream->ready);
        stream->searched = 0;
        stream->in_line = false;
        store_clear(&stream->kept);
    }
    if (shape->plan->folders.fd < 0)
        return 0;
    begin_folder(shape);
    bool is_open =
        folder_close(&shape->folder) == 0 && /* of one that was never ended */
        folder_open(&shape->folder, &shape->plan->folders, &shape->fields, task->number, &shape->path) == 0;
    end_folder(shape);
    return is_open ? 0 : fail_to_write(shape);
}

int shape_skip(struct shape *shape, const struct command_task *task)
{
    if (shape->plan->folders.fd < 0)
        return 0;
    describe(shape->plan, task, &shape->tag, &shape->fields);
    begin_folder(shape);
    bool is_kept = folder_keep(&shape->plan->folders, &shape->fields, task->number, &shape->path) == 0;
    end_folder(shape);
    return is_kept ? 0 : fail_to_write(shape);
}

/* ---- lines ---- */

/* Bytes of `raw` that may go now: with `whole_lines` up to the end of the last line. */
static size_t sendable(const struct shape *shape, struct shape_stream *stream, bool at_end)
{
    size_t length = buffer_length(&stream->raw), searched = stream->searched;
    if (length == 0 || !shape->plan->whole_lines || at_end || length > LINE_MAX_HELD)
        return length;
    const char *bytes = buffer_bytes(&stream->raw);
    const char *last = items_find_last(bytes + searched, '\n', length - searched);
    stream->searched = last == NULL ? length : 0;
    return last == NULL ? 0 : (size_t)(last + 1 - bytes);
}

static void put_tag(const struct shape *shape, struct shape_stream *stream)
{
    buffer_append(&stream->ready, buffer_bytes(&shape->tag.text), buffer_length(&shape->tag.text) - 1);
    buffer_append_byte(&stream->ready, '\t');
}

/* So many bytes of `raw` become ready, or fewer, where that is enough for now. */
static void make_ready(struct shape *shape, struct shape_stream *stream, size_t length)
{
    const char *bytes = buffer_bytes(&stream->raw), *end = bytes + length, *at = bytes;
    if (!shape->plan->tags) {
        buffer_append(&stream->ready, bytes, length);
        at = end;
    }
    while (at < end && buffer_length(&stream->ready) < READY_MAX) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        const char *line_end = newline == NULL ? end : newline + 1;
        if (!stream->in_line)
            put_tag(shape, stream);
        buffer_append(&stream->ready, at, (size_t)(line_end - at));
        stream->in_line = newline == NULL;
        at = line_end;
    }
    buffer_take(&stream->raw, (size_t)(at - bytes));
    stream->searched = 0;
}

/* Send what is ready and finds room: up to the end of a line, where there is one. False: something is left. -1: no parent. */
static int send_ready(struct shape *shape, struct shape_stream *stream)
{
    while (buffer_length(&stream->ready) > 0) {
        size_t room = outbox_output_room(shape->outbox), length = buffer_length(&stream->ready);
        if (room == 0)
            return 0;
        const char *bytes = buffer_bytes(&stream->ready);
        size_t piece = size_min(length, size_min(room, OUTBOX_SIZE / 2));
        const char *last = piece < length ? items_find_last(bytes, '\n', piece) : NULL;
        if (last != NULL)
            piece = (size_t)(last + 1 - bytes);
        if (outbox_send(shape->outbox, stream->type, shape->slot, shape->task.number, bytes, piece) < 0)
            return -1;
        buffer_take(&stream->ready, piece);
    }
    return 1;
}

static int pump_stream(struct shape *shape, struct shape_stream *stream, bool at_end, bool wait)
{
    for (;;) {
        int sent = send_ready(shape, stream);
        if (sent < 0)
            return -1;
        if (sent == 0 && !wait) {
            shape->blocked = true;
            return 0;
        }
        if (sent == 0 && outbox_flush_wait(shape->outbox) < 0)
            return -1;
        size_t length = sent == 0 ? 0 : sendable(shape, stream, at_end);
        if (length > 0)
            make_ready(shape, stream, length);
        else if (sent != 0)
            return 0;
    }
}

int shape_pump(struct shape *shape)
{
    if (!shape->blocked)
        return 0;
    shape->blocked = false;
    for (size_t i = 0; i < SHAPE_STREAMS; i++)
        if (pump_stream(shape, &shape->streams[i], false, false) < 0)
            return -1;
    return 0;
}

int shape_take(struct shape *shape, int which, const char *bytes, size_t length, bool wait)
{
    struct shape_stream *stream = &shape->streams[which];
    if (shape->folder.files[which] >= 0 && io_write_all(shape->folder.files[which], bytes, length) < 0)
        return fail_to_write(shape);
    if (shape->plan->form != TABLE_NONE && store_add(&stream->kept, bytes, length) < 0)
        return fail_to_keep(shape);
    if (!shape->plan->prints)
        return 0;
    buffer_append(&stream->raw, bytes, length);
    return pump_stream(shape, stream, false, wait);
}

int shape_show(struct shape *shape, const char *line, size_t length)
{
    return shape->plan->form != TABLE_NONE ? 0 : shape_take(shape, SHAPE_OUTPUT, line, length, true);
}

int shape_say(struct shape *shape, const char *text, size_t length)
{
    struct shape_stream *stream = &shape->streams[SHAPE_ERRORS];
    if (!shape->plan->prints)
        return shape_take(shape, SHAPE_ERRORS, text, length, true);
    if (shape->folder.files[SHAPE_ERRORS] >= 0 &&
        io_write_all(shape->folder.files[SHAPE_ERRORS], text, length) < 0)
        return fail_to_write(shape);
    if (pump_stream(shape, stream, true, true) < 0)
        return -1;
    buffer_append(&stream->ready, text, length);
    stream->in_line = false;
    return pump_stream(shape, stream, true, true);
}

/* ---- a task has ended ---- */

static int put_message(void *context, const char *bytes, size_t length)
{
    struct shape *shape = context;
    if (length == 0)
        return 0;
    return outbox_send(shape->outbox, MESSAGE_OUTPUT, shape->slot, shape->task.number, bytes, length);
}

static int put_text(void *context, const char *bytes, size_t length)
{
    buffer_append(context, bytes, length);
    return 0;
}

/* The items as they are, with blanks between. */
static struct item join(struct items items, struct buffer *text)
{
    struct item item;
    buffer_clear(text);
    for (bool is_first = true; items_next(&items, &item); is_first = false) {
        if (!is_first)
            buffer_append_byte(text, ' ');
        buffer_append(text, item.bytes, item.length);
    }
    return (struct item){buffer_bytes(text), buffer_length(text)};
}

/* What a call of a function looks like as a command. */
static void add_call(const struct function *function, struct item item, struct buffer *text)
{
    buffer_append_text(text, function->name);
    buffer_append_byte(text, ' ');
    words_quote_bytes(text, item.bytes, item.length);
}

/* Where nobody knows how many fields there will be, those of the first task are the header's. */
static int put_header(struct table *table, const struct shape_plan *plan, const struct command_task *task,
                      size_t fields)
{
    struct buffer header = BUFFER_INIT;
    if (plan->columns != TABLE_ANY || plan->has_header || task->number > 0)
        return 0;
    table_header(plan->form, NULL, 0, fields, &header);
    int result = table->put(table->context, buffer_bytes(&header), buffer_length(&header));
    buffer_release(&header);
    return result;
}

static int tell(struct table *table, const struct shape_plan *plan, const struct command_task *task,
                struct table_row *row, struct buffer *text)
{
    bool feeds = plan->command != NULL && plan->command->feeds;
    row->number = task->number;
    row->slot = task->worker;
    row->tries = task->tries + 1;
    row->item = join(feeds ? (struct items){"", 0, 0} : task->items, text);
    row->sent = feeds ? task->items.length + plan->command->header_length : 0;
    struct buffer call = BUFFER_INIT;
    if (plan->function != NULL) {
        add_call(plan->function, row->item, &call);
        row->command = (struct item){buffer_bytes(&call), buffer_length(&call)};
    }
    if (row->done->started != 0)
        row->started = row->done->started + plan->epoch;
    table->form = plan->form;
    table->columns = plan->columns;
    table->only_shown = plan->only_shown;
    int result = put_header(table, plan, task, row->fields->count);
    if (result == 0)
        result = table_write(table, row);
    buffer_release(&call);
    return result;
}

static int tell_end(struct shape *shape, const struct shape_end *end)
{
    struct table_row row = {.pid = end->pid,
                            .done = end->done,
                            .fields = &shape->fields,
                            .command = end->command,
                            .output = &shape->streams[SHAPE_OUTPUT].kept,
                            .errors = &shape->streams[SHAPE_ERRORS].kept};
    shape->table.put = put_message;
    shape->table.context = shape;
    if (tell(&shape->table, shape->plan, &shape->task, &row, &shape->text) == 0)
        return 0;
    return errno == EPIPE ? -1 : fail_to_keep(shape);
}

int shape_end(struct shape *shape, const struct shape_end *end)
{
    if (folder_close(&shape->folder) < 0)
        return fail_to_write(shape);
    if (shape->plan->form != TABLE_NONE && !end->cut_off && tell_end(shape, end) < 0)
        return -1;
    for (size_t i = 0; i < SHAPE_STREAMS && shape->plan->prints; i++)
        if (pump_stream(shape, &shape->streams[i], true, true) < 0)
            return -1;
    for (size_t i = 0; i < SHAPE_STREAMS; i++)
        store_clear(&shape->streams[i].kept); /* a large one takes room of others */
    return 0;
}

void shape_tell_lost(const struct shape_plan *plan, const struct command_task *task,
                     const struct shape_end *end, struct buffer *text)
{
    struct words tag = {0}, fields = {0};
    struct buffer item = BUFFER_INIT;
    struct table_row row = {.done = end->done, .pid = end->pid, .command = end->command, .fields = &fields};
    struct table table = {.put = put_text, .context = text};

    if (plan->form == TABLE_NONE)
        return;
    describe(plan, task, &tag, &fields);
    (void)!tell(&table, plan, task, &row, &item); /* put_text does not fail */
    table_release(&table);
    buffer_release(&item);
    words_release(&tag);
    words_release(&fields);
}
