/*
 * The output itself goes from `raw`, as it came, to `ready`, with tags, and from there to the outbox as it
 * finds room. Both are small: nothing more is taken while something waits (`blocked`).
 */
#include "output/formatter.h"

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

static int fail_to_keep(struct formatter *formatter)
{
    log_error("%s: output that waits for the end of its task can't be kept: %s; give a larger --tmpdir",
              formatter->plan->tmpdir, strerror(errno));
    formatter->failed = true;
    return -1;
}

static int fail_to_write(struct formatter *formatter)
{
    log_error("--results: %s/%.*s: %s", formatter->plan->folders.path, (int)buffer_length(&formatter->path),
              buffer_bytes(&formatter->path),
              errno == ELOOP ? "there is a symbolic link on the way, which is not followed"
                             : strerror(errno));
    formatter->failed = true;
    return -1;
}

/* ---- a task begins ---- */

void formatter_open(struct formatter *formatter, const struct formatter_plan *plan, struct outbox *outbox)
{
    static const enum message_type types[FORMATTER_STREAMS] = {MESSAGE_OUTPUT, MESSAGE_ERRORS};
    *formatter = (struct formatter){.plan = plan, .outbox = outbox, .folder = FOLDER_INIT};
    for (size_t i = 0; i < FORMATTER_STREAMS; i++) {
        formatter->streams[i].type = types[i];
        capture_open(&formatter->streams[i].kept, plan->tmpdir);
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

static void describe(const struct formatter_plan *plan, const struct command_task *task, struct words *tag,
                     struct words *fields)
{
    struct command_task described = *task;
    if (plan->command != NULL && plan->command->reads_blocks) /* a block is no item */
        described.items = (struct items){"", 0, 0};
    words_clear(tag);
    words_clear(fields);
    plan->describe(plan->template, &described, tag, fields);
    make_one_line(tag);
}

/*
 * The folders have a lock, for which all workers wait. One of functions that is to pause is stopped wherever
 * it is; so not there, and where it is to pause already, it waits here: nothing tells it that it may go on,
 * so it looks.
 */
static void begin_folder(const struct formatter *formatter)
{
    while (formatter->plan->function != NULL && !outbox_stay_awake(formatter->outbox))
        (void)!poll(NULL, 0, PAUSE_LOOK_MS);
}

static void end_folder(const struct formatter *formatter)
{
    if (formatter->plan->function != NULL)
        outbox_may_stop(formatter->outbox);
}

int formatter_begin(struct formatter *formatter, uint16_t slot, const struct command_task *task)
{
    formatter->slot = slot;
    formatter->task = *task;
    formatter->blocked = false;
    describe(formatter->plan, task, &formatter->tag, &formatter->fields);
    for (size_t i = 0; i < FORMATTER_STREAMS; i++) {
        struct formatter_stream *stream = &formatter->streams[i];
        buffer_clear(&stream->raw);
        buffer_clear(&stream->ready);
        stream->searched = 0;
        stream->in_line = false;
        capture_clear(&stream->kept);
    }
    if (formatter->plan->folders.fd < 0)
        return 0;
    begin_folder(formatter);
    bool is_open = folder_close(&formatter->folder) == 0 && /* of one that was never ended */
                   folder_open(&formatter->folder, &formatter->plan->folders, &formatter->fields,
                               task->number, &formatter->path) == 0;
    end_folder(formatter);
    return is_open ? 0 : fail_to_write(formatter);
}

int formatter_skip(struct formatter *formatter, const struct command_task *task)
{
    if (formatter->plan->folders.fd < 0)
        return 0;
    describe(formatter->plan, task, &formatter->tag, &formatter->fields);
    begin_folder(formatter);
    bool is_kept =
        folder_keep(&formatter->plan->folders, &formatter->fields, task->number, &formatter->path) == 0;
    end_folder(formatter);
    return is_kept ? 0 : fail_to_write(formatter);
}

/* ---- lines ---- */

/* Bytes of `raw` that may go now: with `whole_lines` up to the end of the last line. */
static size_t sendable(const struct formatter *formatter, struct formatter_stream *stream, bool at_end)
{
    size_t length = buffer_length(&stream->raw), searched = stream->searched;
    if (length == 0 || !formatter->plan->whole_lines || at_end || length > LINE_MAX_HELD)
        return length;
    const char *bytes = buffer_bytes(&stream->raw);
    const char *last = items_find_last(bytes + searched, '\n', length - searched);
    stream->searched = last == NULL ? length : 0;
    return last == NULL ? 0 : (size_t)(last + 1 - bytes);
}

static void put_tag(const struct formatter *formatter, struct formatter_stream *stream)
{
    buffer_append(&stream->ready, buffer_bytes(&formatter->tag.text),
                  buffer_length(&formatter->tag.text) - 1);
    buffer_append_byte(&stream->ready, '\t');
}

/* The number of bytes of `raw` that become ready; fewer, where that is enough for now. */
static void make_ready(struct formatter *formatter, struct formatter_stream *stream, size_t length)
{
    const char *bytes = buffer_bytes(&stream->raw), *end = bytes + length, *at = bytes;
    if (!formatter->plan->tags) {
        buffer_append(&stream->ready, bytes, length);
        at = end;
    }
    while (at < end && buffer_length(&stream->ready) < READY_MAX) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        const char *line_end = newline == NULL ? end : newline + 1;
        if (!stream->in_line)
            put_tag(formatter, stream);
        buffer_append(&stream->ready, at, (size_t)(line_end - at));
        stream->in_line = newline == NULL;
        at = line_end;
    }
    buffer_take(&stream->raw, (size_t)(at - bytes));
    stream->searched = 0;
}

/* Send what is ready and finds room: up to the end of a line, where there is one. False: something is left.
 * -1: no parent. */
static int send_ready(struct formatter *formatter, struct formatter_stream *stream)
{
    while (buffer_length(&stream->ready) > 0) {
        size_t room = outbox_output_room(formatter->outbox), length = buffer_length(&stream->ready);
        if (room == 0)
            return 0;
        const char *bytes = buffer_bytes(&stream->ready);
        size_t piece = size_min(length, size_min(room, OUTBOX_SIZE / 2));
        const char *last = piece < length ? items_find_last(bytes, '\n', piece) : NULL;
        if (last != NULL)
            piece = (size_t)(last + 1 - bytes);
        if (outbox_send(formatter->outbox, stream->type, formatter->slot, formatter->task.number, bytes,
                        piece) < 0)
            return -1;
        buffer_take(&stream->ready, piece);
    }
    return 1;
}

static int pump_stream(struct formatter *formatter, struct formatter_stream *stream, bool at_end, bool wait)
{
    for (;;) {
        int sent = send_ready(formatter, stream);
        if (sent < 0)
            return -1;
        if (sent == 0 && !wait) {
            formatter->blocked = true;
            return 0;
        }
        if (sent == 0 && outbox_flush_wait(formatter->outbox) < 0)
            return -1;
        size_t length = sent == 0 ? 0 : sendable(formatter, stream, at_end);
        if (length > 0)
            make_ready(formatter, stream, length);
        else if (sent != 0)
            return 0;
    }
}

int formatter_pump(struct formatter *formatter)
{
    if (!formatter->blocked)
        return 0;
    formatter->blocked = false;
    for (size_t i = 0; i < FORMATTER_STREAMS; i++)
        if (pump_stream(formatter, &formatter->streams[i], false, false) < 0)
            return -1;
    return 0;
}

int formatter_take(struct formatter *formatter, int which, const char *bytes, size_t length, bool wait)
{
    struct formatter_stream *stream = &formatter->streams[which];
    if (formatter->folder.files[which] >= 0 &&
        io_write_all(formatter->folder.files[which], bytes, length) < 0)
        return fail_to_write(formatter);
    if (formatter->plan->form != TABLE_NONE && capture_add(&stream->kept, bytes, length) < 0)
        return fail_to_keep(formatter);
    if (!formatter->plan->prints)
        return 0;
    buffer_append(&stream->raw, bytes, length);
    return pump_stream(formatter, stream, false, wait);
}

int formatter_show(struct formatter *formatter, const char *line, size_t length)
{
    return formatter->plan->form != TABLE_NONE
               ? 0
               : formatter_take(formatter, FORMATTER_OUTPUT, line, length, true);
}

int formatter_say(struct formatter *formatter, const char *text, size_t length)
{
    struct formatter_stream *stream = &formatter->streams[FORMATTER_ERRORS];
    if (!formatter->plan->prints)
        return formatter_take(formatter, FORMATTER_ERRORS, text, length, true);
    if (formatter->folder.files[FORMATTER_ERRORS] >= 0 &&
        io_write_all(formatter->folder.files[FORMATTER_ERRORS], text, length) < 0)
        return fail_to_write(formatter);
    if (pump_stream(formatter, stream, true, true) < 0)
        return -1;
    buffer_append(&stream->ready, text, length);
    stream->in_line = false;
    return pump_stream(formatter, stream, true, true);
}

/* ---- a task has ended ---- */

static int put_message(void *context, const char *bytes, size_t length)
{
    struct formatter *formatter = context;
    if (length == 0)
        return 0;
    return outbox_send(formatter->outbox, MESSAGE_OUTPUT, formatter->slot, formatter->task.number, bytes,
                       length);
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
static int put_header(struct table *table, const struct formatter_plan *plan, const struct command_task *task,
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

static int tell(struct table *table, const struct formatter_plan *plan, const struct command_task *task,
                struct table_row *row, struct buffer *text)
{
    bool reads_blocks = plan->command != NULL && plan->command->reads_blocks;
    row->number = task->number;
    row->slot = task->worker;
    row->tries = task->tries + 1;
    row->item = join(reads_blocks ? (struct items){"", 0, 0} : task->items, text);
    row->sent = reads_blocks ? task->items.length + plan->command->header_length : 0;
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

static int write_end(struct formatter *formatter, const struct formatter_end *end)
{
    struct table_row row = {.pid = end->pid,
                            .done = end->done,
                            .fields = &formatter->fields,
                            .command = end->command,
                            .output = &formatter->streams[FORMATTER_OUTPUT].kept,
                            .errors = &formatter->streams[FORMATTER_ERRORS].kept};
    formatter->table.put = put_message;
    formatter->table.context = formatter;
    if (tell(&formatter->table, formatter->plan, &formatter->task, &row, &formatter->text) == 0)
        return 0;
    return errno == EPIPE ? -1 : fail_to_keep(formatter);
}

int formatter_end(struct formatter *formatter, const struct formatter_end *end)
{
    if (folder_close(&formatter->folder) < 0)
        return fail_to_write(formatter);
    if (formatter->plan->form != TABLE_NONE && !end->cut_off && write_end(formatter, end) < 0)
        return -1;
    for (size_t i = 0; i < FORMATTER_STREAMS && formatter->plan->prints; i++)
        if (pump_stream(formatter, &formatter->streams[i], true, true) < 0)
            return -1;
    for (size_t i = 0; i < FORMATTER_STREAMS; i++)
        capture_clear(&formatter->streams[i].kept); /* a large one takes room of others */
    return 0;
}

void formatter_tell_lost(const struct formatter_plan *plan, const struct command_task *task,
                         const struct formatter_end *end, struct buffer *text)
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
