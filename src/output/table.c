#include "output/table.h"

#include "base/base64.h"
#include "base/json.h"
#include "output/argv.h"

#include <errno.h>
#include <signal.h>
#include <string.h>

/* Bytes of output that are looked at together; a multiple of three, for base64. */
#define PIECE (48 * KIB)

static struct item field_at(const struct words *fields, size_t index)
{
    struct item field;
    field.bytes = words_at(fields, index, &field.length);
    return field;
}

static int send_text(struct table *table)
{
    int result = table->put(table->context, buffer_bytes(&table->text), buffer_length(&table->text));
    buffer_clear(&table->text);
    return result;
}

static void add_seconds(struct buffer *text, uint64_t thousandths)
{
    buffer_format(text, "%llu.%03u", (unsigned long long)(thousandths / 1000),
                  (unsigned)(thousandths % 1000));
}

/* ---- how it ended ---- */

void table_find_exit(const struct message_done *done, int *status, int *signal_number)
{
    *status = *signal_number = 0;
    switch (done->outcome) {
    case OUTCOME_SUCCESS:
    case OUTCOME_SKIPPED:
    case OUTCOME_KINDS:
        break;
    case OUTCOME_EXIT:
    case OUTCOME_FAILED:
        *status = (int)done->code;
        break;
    case OUTCOME_SIGNAL:
        *signal_number = (int)done->code;
        break;
    case OUTCOME_NO_EXEC:
        *status = done->code == ENOENT ? 127 : 126;
        break;
    case OUTCOME_LOST:
        *status = -1;
        *signal_number = (int)done->code;
        break;
    case OUTCOME_TIMED_OUT:
        *status = -1;
        *signal_number = SIGTERM;
        break;
    }
}

const char *const table_outcomes[OUTCOME_KINDS] = {
    [OUTCOME_SUCCESS] = "success",     [OUTCOME_EXIT] = "exit",           [OUTCOME_SIGNAL] = "signal",
    [OUTCOME_FAILED] = "failed",       [OUTCOME_NO_EXEC] = "not started", [OUTCOME_LOST] = "lost",
    [OUTCOME_TIMED_OUT] = "timed out", [OUTCOME_SKIPPED] = "skipped",
};

/* ---- JSON ---- */

static void add_key(struct buffer *text, const char *key, const char *suffix)
{
    buffer_format(text, ",\"%s%s\":", key, suffix);
}

static void add_json_text(struct buffer *text, const char *key, struct item value)
{
    buffer_append_byte(text, ',');
    json_member(text, key, value.bytes, value.length);
}

/* Where one of them is no text, all are in base64. */
static void add_json_fields(struct buffer *text, const struct words *fields)
{
    bool are_text = true;
    for (size_t i = 0; i < fields->count; i++)
        are_text = are_text && utf8_is(field_at(fields, i).bytes, field_at(fields, i).length);
    add_key(text, "fields", are_text ? "" : "_base64");
    buffer_append_byte(text, '[');
    for (size_t i = 0; i < fields->count; i++) {
        struct item field = field_at(fields, i);
        if (i > 0)
            buffer_append_byte(text, ',');
        json_value(text, are_text, field.bytes, field.length);
    }
    buffer_append_byte(text, ']');
}

static void add_number_or_null(struct buffer *text, const char *key, bool known, int number)
{
    add_key(text, key, "");
    if (known)
        buffer_format(text, "%d", number);
    else
        buffer_append_text(text, "null");
}

static void add_microseconds(struct buffer *text, const char *key, uint64_t count)
{
    buffer_format(text, ",\"%s\":%llu.%06u", key, (unsigned long long)(count / 1000000),
                  (unsigned)(count % 1000000));
}

void table_json_begin(struct buffer *text, const struct table_row *row)
{
    buffer_format(text, "{\"seq\":%llu,\"slot\":%u,\"pid\":%ld", (unsigned long long)row->number + 1,
                  row->slot + 1, (long)row->pid);
}

void table_json_ending(struct buffer *text, const struct table_row *row)
{
    const struct message_done *done = row->done;
    int status, signal_number;
    table_find_exit(done, &status, &signal_number);
    add_key(text, "start", "");
    add_seconds(text, row->started / NS_PER_MS);
    add_microseconds(text, "runtime", done->run_time / NS_PER_US);
    add_microseconds(text, "user", done->user_time);
    add_microseconds(text, "system", done->system_time);
    buffer_format(text, ",\"peak_memory\":%llu", (unsigned long long)done->peak_memory);
    add_number_or_null(text, "exit", signal_number == 0 && status >= 0, status);
    add_number_or_null(text, "signal", signal_number != 0, signal_number);
    buffer_format(text, ",\"outcome\":\"%s\",\"tries\":%u", table_outcomes[done->outcome], row->tries);
}

static void add_json_task(struct buffer *text, const struct table_row *row)
{
    add_json_text(text, "item", row->item);
    add_json_fields(text, row->fields);
    add_json_text(text, "command", row->command);
    buffer_append_byte(text, ',');
    argv_append_member(text, row->command.bytes, row->command.length);
}

/* Output, piece by piece: a piece that ends in the middle of a character is one that is a little shorter. */
static int put_json_output(struct table *table, const char *key, const struct capture *capture)
{
    bool is_text = capture == NULL || utf8_is_valid(&capture->utf8);
    struct buffer *text = &table->text;
    char piece[PIECE];
    ssize_t n = 0;

    add_key(text, key, is_text ? "" : "_base64");
    buffer_append_byte(text, '"');
    for (uint64_t at = 0; capture != NULL && (n = capture_read(capture, at, piece, sizeof piece)) > 0;) {
        size_t length = (size_t)n;
        if (is_text) {
            length = utf8_cut(piece, length);
            json_text(text, piece, length);
        } else {
            length -= at + length < capture->length ? length % 3 : 0;
            base64_append(text, piece, length);
        }
        at += length;
        if (send_text(table) < 0)
            return -1;
    }
    buffer_append_byte(text, '"');
    return n < 0 ? -1 : 0;
}

static int write_json(struct table *table, const struct table_row *row)
{
    struct buffer *text = &table->text;
    if (table->only_shown && row->done->outcome == OUTCOME_SUCCESS) {
        buffer_format(text, "{\"seq\":%llu", (unsigned long long)row->number + 1);
        add_json_task(text, row);
        buffer_append_text(text, "}\n");
        return send_text(table);
    }
    table_json_begin(text, row);
    add_json_task(text, row);
    table_json_ending(text, row);
    if (put_json_output(table, "stdout", row->output) < 0 ||
        put_json_output(table, "stderr", row->errors) < 0)
        return -1;
    buffer_append_text(text, "}\n");
    return send_text(table);
}

/* ---- values with something between ---- */

static void add_doubling_quotes(struct buffer *text, const char *bytes, size_t length)
{
    for (const char *end = bytes + length, *quote; bytes < end; bytes = quote) {
        quote = memchr(bytes, '"', (size_t)(end - bytes));
        quote = quote == NULL ? end : quote + 1;
        buffer_append(text, bytes, (size_t)(quote - bytes));
        if (quote[-1] == '"')
            buffer_append_byte(text, '"');
    }
}

/* In quotes, unless it is nothing but letters, digits and what has no meaning anywhere. */
static void add_value(struct buffer *text, struct item value)
{
    static const char harmless[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-+./:@%=";
    size_t plain = 0;
    while (plain < value.length && value.bytes[plain] != '\0' && strchr(harmless, value.bytes[plain]) != NULL)
        plain++;
    if (plain == value.length) {
        buffer_append(text, value.bytes, value.length);
        return;
    }
    buffer_append_byte(text, '"');
    add_doubling_quotes(text, value.bytes, value.length);
    buffer_append_byte(text, '"');
}

static char separator_of(enum table_form form)
{
    return form == TABLE_TSV ? '\t' : ',';
}

/* Where all rows have as many, one that has more has the rest in its last, with blanks between. */
static void add_fields(struct table *table, const struct words *fields)
{
    char separator = separator_of(table->form);
    size_t columns = table->columns != TABLE_ANY ? table->columns : fields->count;
    struct buffer rest = BUFFER_INIT;

    for (size_t i = 0; i < columns; i++) {
        struct item field = i < fields->count ? field_at(fields, i) : (struct item){"", 0};
        if (i + 1 == columns && fields->count > columns) {
            for (size_t k = i; k < fields->count; k++) {
                field = field_at(fields, k);
                if (k > i)
                    buffer_append_byte(&rest, ' ');
                buffer_append(&rest, field.bytes, field.length);
            }
            field = (struct item){buffer_bytes(&rest), buffer_length(&rest)};
        }
        buffer_append_byte(&table->text, separator);
        add_value(&table->text, field);
    }
    buffer_release(&rest);
}

static int put_values_output(struct table *table, const struct capture *capture)
{
    char piece[PIECE];
    ssize_t n = 0;

    buffer_append_byte(&table->text, separator_of(table->form));
    if (capture == NULL || capture->length == 0)
        return 0;
    buffer_append_byte(&table->text, '"');
    for (uint64_t at = 0; (n = capture_read(capture, at, piece, sizeof piece)) > 0; at += (uint64_t)n) {
        add_doubling_quotes(&table->text, piece, (size_t)n);
        if (send_text(table) < 0)
            return -1;
    }
    buffer_append_byte(&table->text, '"');
    return n < 0 ? -1 : 0;
}

/* The names of the columns are GNU parallel's, and so is what stands in them. */
static const char *const before_fields[] = {"Seq",     "Host",    "Starttime", "JobRuntime", "Send",
                                            "Receive", "Exitval", "Signal",    "Command"};

void table_header(enum table_form form, const struct item *names, size_t name_count, size_t columns,
                  struct buffer *text)
{
    char separator = separator_of(form);
    if (form != TABLE_CSV && form != TABLE_TSV)
        return;
    for (size_t i = 0; i < ARRAY_LENGTH(before_fields); i++) {
        if (i > 0)
            buffer_append_byte(text, separator);
        buffer_append_text(text, before_fields[i]);
    }
    for (size_t i = 0; i < columns; i++) {
        buffer_append_byte(text, separator);
        if (i < name_count)
            add_value(text, names[i]);
        else
            buffer_format(text, "V%zu", i + 1);
    }
    buffer_append_byte(text, separator);
    buffer_append_text(text, "Stdout");
    buffer_append_byte(text, separator);
    buffer_append_text(text, "Stderr\n");
}

static int write_values(struct table *table, const struct table_row *row)
{
    char separator = separator_of(table->form);
    struct buffer *text = &table->text;
    int status, signal_number;

    table_find_exit(row->done, &status, &signal_number);
    buffer_format(text, "%llu%c:%c", (unsigned long long)row->number + 1, separator, separator);
    add_seconds(text, row->started / NS_PER_MS);
    buffer_append_byte(text, separator);
    add_seconds(text, row->done->run_time / NS_PER_MS);
    buffer_format(text, "%c%llu%c%llu%c%d%c%d%c", separator, (unsigned long long)row->sent, separator,
                  (unsigned long long)row->done->output, separator, status, separator, signal_number,
                  separator);
    add_value(text, row->command);
    add_fields(table, row->fields);
    if (put_values_output(table, row->output) < 0 || put_values_output(table, row->errors) < 0)
        return -1;
    buffer_append_byte(text, '\n');
    return send_text(table);
}

int table_write(struct table *table, const struct table_row *row)
{
    buffer_clear(&table->text);
    return table->form == TABLE_JSON ? write_json(table, row) : write_values(table, row);
}

void table_release(struct table *table)
{
    buffer_release(&table->text);
}
