#include "observers/joblog_read.h"

#include "base/io.h"
#include "base/log.h"
#include "base/xalloc.h"
#include "output/table.h"
#include "task/task_key.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define READ_SIZE (64 * KIB)

/* ---- one line: parts ---- */

static int digit_of(char digit)
{
    static const char digits[] = "0123456789abcdef";
    const char *place = digit == '\0' ? NULL : strchr(digits, digit);
    return place == NULL ? -1 : (int)(place - digits);
}

static bool read_key(const char *text, size_t length, unsigned char key[HASH_SIZE])
{
    if (length != 2 * (size_t)HASH_SIZE)
        return false;
    for (size_t i = 0; i < HASH_SIZE; i++) {
        int high = digit_of(text[2 * i]), low = digit_of(text[2 * i + 1]);
        if (high < 0 || low < 0)
            return false;
        key[i] = (unsigned char)(high << 4 | low);
    }
    return true;
}

/* A whole number, perhaps with a sign: what it says is only whether it is 0. */
static bool read_is_zero(const char *text, size_t length, bool *is_zero)
{
    size_t at = length > 0 && text[0] == '-' ? 1 : 0;
    *is_zero = true;
    for (size_t i = at; i < length; i++) {
        if (text[i] < '0' || text[i] > '9')
            return false;
        *is_zero = *is_zero && text[i] == '0';
    }
    return length > at;
}

/* Up to a tab or whatever else is no digit: 0 where there is none. */
static uint64_t read_number(const char *text, size_t length, size_t *used)
{
    uint64_t number = 0;
    size_t at = 0;
    while (at < length && text[at] >= '0' && text[at] <= '9' && at < 18)
        number = number * 10 + (uint64_t)(text[at++] - '0');
    *used = at;
    return number;
}

/* Seconds, perhaps with a fraction, of which three digits count. */
static uint64_t read_milliseconds(const char *text, size_t length)
{
    size_t used, at = 0;
    while (at < length && text[at] == ' ')
        at++;
    uint64_t seconds = read_number(text + at, length - at, &used), fraction = 0;
    at += used;
    at += at < length && text[at] == '.';
    for (int i = 0; i < 3; i++) {
        bool is_digit = at < length && text[at] >= '0' && text[at] <= '9';
        fraction = fraction * 10 + (is_digit ? (uint64_t)(text[at++] - '0') : 0);
    }
    return seconds * 1000 + fraction;
}

/* ---- columns ---- */

enum { COLUMN_NUMBER = 0, COLUMN_START = 2, COLUMN_EXIT = 6, COLUMN_SIGNAL = 7, COLUMN_COMMAND = 8 };

/* What stands behind the last mark, if that is a comment of ours: *command is what is before it. */
static bool read_comment(const char *command, size_t *length, struct joblog_task *task)
{
    static const char mark[] = JOBLOG_MARK, again[] = "," JOBLOG_AGAIN;
    size_t mark_length = sizeof mark - 1, again_length = sizeof again - 1;
    const char *found = NULL;
    for (size_t at = *length; at-- > 0 && found == NULL;)
        if (command[at] == mark[0] && *length - at > mark_length &&
            memcmp(command + at, mark, mark_length) == 0)
            found = command + at;
    if (found == NULL)
        return false;
    const char *text = found + mark_length;
    size_t left = *length - (size_t)(text - command);
    if (left == again_length - 1 && memcmp(text, again + 1, left) == 0) {
        task->again = true;
        *length = (size_t)(found - command);
        return false;
    }
    if (left > again_length && memcmp(text + left - again_length, again, again_length) == 0) {
        left -= again_length;
        task->again = read_key(text, left, task->key);
    }
    return read_key(text, left, task->key);
}

int joblog_read_columns(const char *line, size_t length, struct joblog_task *task)
{
    const char *end = line + length, *column = line;
    bool is_zero = true, ended_well = true;
    size_t used;

    *task = (struct joblog_task){0};
    for (int i = 0; i < COLUMN_COMMAND; i++) {
        const char *tab = memchr(column, '\t', (size_t)(end - column));
        if (tab == NULL)
            return -1;
        bool is_end = i == COLUMN_EXIT || i == COLUMN_SIGNAL;
        if ((is_end || i == COLUMN_NUMBER) && !read_is_zero(column, (size_t)(tab - column), &is_zero))
            return -1;
        ended_well = ended_well && (is_zero || !is_end);
        if (i == COLUMN_NUMBER)
            task->number = read_number(column, (size_t)(tab - column), &used);
        if (i == COLUMN_START)
            task->started = read_milliseconds(column, (size_t)(tab - column));
        column = tab + 1;
    }
    task->failed = !ended_well;
    size_t command = (size_t)(end - column);
    if (!read_comment(column, &command, task))
        task_key_of_line(column, command, task->key);
    return 0;
}

int joblog_read_row_columns(const char *line, size_t length, char separator, struct joblog_task *task)
{
    const char *end = line + length, *column = line;
    size_t used;

    *task = (struct joblog_task){0};
    task->number = read_number(line, length, &used);
    if (used == 0 || used == length || line[used] != separator)
        return -1;
    for (int i = 0; i < COLUMN_START; i++) {
        column = memchr(column, separator, (size_t)(end - column));
        if (column == NULL)
            return -1;
        column++;
    }
    if (column == end || *column < '0' || *column > '9')
        return -1;
    task->started = read_milliseconds(column, (size_t)(end - column));
    return 0;
}

/* ---- JSON ---- */

static const char *skip_blanks(const char *at, const char *end)
{
    while (at < end && (*at == ' ' || *at == '\t' || *at == '\r'))
        at++;
    return at;
}

/* Behind the string that begins at `at`; NULL: it has no end. */
static const char *skip_string(const char *at, const char *end)
{
    for (at++; at < end && *at != '"'; at++)
        at += *at == '\\';
    return at < end ? at + 1 : NULL;
}

/* Behind a value, objects and arrays in it included. */
static const char *skip_value(const char *at, const char *end)
{
    unsigned depth = 0;
    for (; at < end; at++) {
        if (*at == '"') {
            at = skip_string(at, end);
            if (at == NULL)
                return NULL;
            at--;
        } else if (*at == '{' || *at == '[') {
            depth++;
        } else if (depth == 0 && (*at == ',' || *at == '}')) {
            return at;
        } else if (*at == '}' || *at == ']') {
            depth--;
        }
    }
    return NULL;
}

static bool is_text(const char *text, size_t length, const char *wanted)
{
    return strlen(wanted) == length && memcmp(text, wanted, length) == 0;
}

/* What has been found of what must be there. */
enum { FOUND_KEY = 1, FOUND_OUTCOME = 2, FOUND_ALL = 3, FOUND_NUMBER = 4, FOUND_START = 8, FOUND_PLACE = 12 };

/* A member, its name without quotes, its value as it stands there. */
static unsigned take_member(struct joblog_task *task, const char *name, size_t name_length, const char *value,
                            size_t length)
{
    if (is_text(name, name_length, "key") && length > 2)
        return read_key(value + 1, length - 2, task->key) ? FOUND_KEY : 0;
    if (is_text(name, name_length, "seq")) {
        size_t used;
        task->number = read_number(value, length, &used);
        return used > 0 ? FOUND_NUMBER : 0;
    }
    if (is_text(name, name_length, "start")) {
        task->started = read_milliseconds(value, length);
        return FOUND_START;
    }
    if (is_text(name, name_length, JOBLOG_AGAIN))
        task->again = is_text(value, length, "true");
    if (!is_text(name, name_length, "outcome"))
        return 0;
    task->failed = length < 2 || !is_text(value + 1, length - 2, table_outcomes[OUTCOME_SUCCESS]);
    return FOUND_OUTCOME;
}

/* All members that are whole: what of them was found. `is_whole`: and they end as they should. */
static unsigned read_members(const char *line, size_t length, struct joblog_task *task, bool *is_whole)
{
    const char *end = line + length, *at = skip_blanks(line, end);
    unsigned found = 0;

    *task = (struct joblog_task){0};
    *is_whole = false;
    if (at == end || *at != '{')
        return 0;
    do {
        const char *name = skip_blanks(at + 1, end);
        const char *name_end = name < end && *name == '"' ? skip_string(name, end) : NULL;
        if (name_end == NULL)
            return found;
        const char *value = skip_blanks(name_end, end);
        if (value == end || *value != ':')
            return found;
        value = skip_blanks(value + 1, end);
        at = skip_value(value, end);
        if (at == NULL)
            return found;
        const char *value_end = at;
        while (value_end > value && value_end[-1] == ' ')
            value_end--;
        found |=
            take_member(task, name + 1, (size_t)(name_end - name) - 2, value, (size_t)(value_end - value));
    } while (*at == ',');
    *is_whole = true;
    return found;
}

int joblog_read_json(const char *line, size_t length, struct joblog_task *task)
{
    bool is_whole;
    unsigned found = read_members(line, length, task, &is_whole);
    return is_whole && (found & FOUND_ALL) == FOUND_ALL ? 0 : -1;
}

int joblog_read_row_json(const char *line, size_t length, struct joblog_task *task)
{
    bool is_whole;
    return (read_members(line, length, task, &is_whole) & FOUND_PLACE) == FOUND_PLACE ? 0 : -1;
}

/* ---- all lines ---- */

const char *joblog_path(const struct options *options)
{
    return options->joblog == NULL ? NULL : options->joblog + (options->joblog[0] == '+');
}

/* As they stand in the log; `place` keeps their order. */
struct line {
    struct joblog_task task;
    size_t place;
};

struct reader {
    const char *path;
    bool json;
    struct line *lines; /* owned */
    size_t count, capacity;
    uint64_t number;                  /* of the line at hand, from 1 */
    const struct joblog_task *wanted; /* nothing but this one is looked for; NULL: all are taken */
    bool found;
    bool ends_in_return; /* the line at hand: some program has made CR LF of LF */
};

static int say_no_log(const struct reader *reader)
{
    log_error("--joblog: %s: line %llu is none of a log %s; %s", reader->path,
              (unsigned long long)reader->number,
              reader->json ? "of --joblog-format=json" : "in GNU parallel's columns",
              reader->ends_in_return ? "its lines end in CR LF; take the CRs out: sed -i 's/\\r$//' FILE"
              : reader->number > 1   ? "take it out, if you know what it is"
              : reader->json         ? "is it one without --joblog-format?"
                                     : "is it one of --joblog-format=json, or no log?");
    return EXIT_CPOOL_FAILED;
}

/* Of what never began, only its number is known in a table. */
static bool is_same_task(const struct joblog_task *logged, const struct joblog_task *row)
{
    return logged->number == row->number && (logged->started == row->started || row->started == 0);
}

/* What becomes of a torn line behind which another run has written. */
static bool is_blank(const char *line, size_t length)
{
    return length == 0 || (line[0] == ' ' && memcmp(line, line + 1, length - 1) == 0);
}

static int take_line(struct reader *reader, const char *line, size_t length)
{
    static const char header[] = JOBLOG_HEADER;
    struct joblog_task task;
    reader->number++;
    reader->ends_in_return = length > 0 && line[length - 1] == '\r';
    if (is_blank(line, length))
        return 0;
    if (!reader->json && length == sizeof header - 2 && memcmp(line, header, length) == 0)
        return 0;
    if ((reader->json ? joblog_read_json : joblog_read_columns)(line, length, &task) < 0)
        return say_no_log(reader);
    if (reader->wanted != NULL) {
        reader->found = reader->found || is_same_task(&task, reader->wanted);
        return 0;
    }
    if (reader->count == reader->capacity) {
        reader->capacity = reader->capacity * 2 + 64;
        reader->lines = xreallocarray(reader->lines, reader->capacity, sizeof *reader->lines);
    }
    reader->lines[reader->count] = (struct line){.task = task, .place = reader->count};
    reader->count++;
    return 0;
}

/* A last line without an end was being written when the machine stopped: it says nothing. */
static int read_lines(struct reader *reader, int fd)
{
    struct buffer bytes = BUFFER_INIT;
    ssize_t n;
    int status = 0;
    while (status == 0 && (n = io_read(fd, buffer_reserve(&bytes, READ_SIZE), READ_SIZE)) > 0) {
        size_t searched = buffer_length(&bytes);
        buffer_added(&bytes, (size_t)n);
        for (const char *end; status == 0 && (end = memchr(buffer_bytes(&bytes) + searched, '\n',
                                                           buffer_length(&bytes) - searched)) != NULL;) {
            size_t length = (size_t)(end - buffer_bytes(&bytes));
            status = take_line(reader, buffer_bytes(&bytes), length);
            buffer_take(&bytes, length + 1);
            searched = 0;
            if (buffer_length(&bytes) == 0)
                break;
        }
    }
    buffer_release(&bytes);
    if (status == 0 && n < 0) {
        log_error("--joblog: %s: can't be read: %s", reader->path, strerror(errno));
        status = EXIT_CPOOL_FAILED;
    }
    return status;
}

/* ---- what is to be left out ---- */

static int compare(const void *a, const void *b)
{
    const struct line *left = a, *right = b;
    int order = memcmp(left->task.key, right->task.key, HASH_SIZE);
    return order != 0 ? order : left->place < right->place ? -1 : left->place > right->place;
}

/* One entry for each task: what was tried again by a later run stands in two lines, of which the later
 * counts. */
static size_t make_entries(struct reader *reader, bool failed_again, struct done_entry *entries)
{
    size_t count = 0, failed = 0; /* of this content: the last of `entries` */
    for (size_t i = 0; i < reader->count; i++) {
        const struct joblog_task *task = &reader->lines[i].task;
        if (i > 0 && memcmp(task->key, reader->lines[i - 1].task.key, HASH_SIZE) != 0)
            failed = 0;
        if (task->again && failed > 0) {
            failed--;
            count--;
        }
        struct done_entry entry = {.failed = task->failed};
        memcpy(entry.key, task->key, HASH_SIZE);
        if (!task->failed) { /* before those of this content that have failed */
            entries[count] = entries[count - failed];
            entries[count - failed] = entry;
        } else {
            entries[count] = entry;
            failed++;
        }
        count++;
    }
    for (size_t i = 0; i < count; i++)
        entries[i].failed = entries[i].failed && failed_again;
    return count;
}

static int read_log(struct reader *reader, bool failed_again, struct done_keys *done)
{
    struct stat info;
    int fd = open(reader->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0 && errno == ENOENT)
        return 0; /* the first run of several */
    if (fd < 0 || fstat(fd, &info) < 0 || !S_ISREG(info.st_mode)) {
        log_error("--joblog: %s: can't be gone on from: %s", reader->path,
                  fd < 0 ? strerror(errno) : "it is no regular file");
        io_close(&fd);
        return EXIT_CPOOL_FAILED;
    }
    int status = read_lines(reader, fd);
    io_close(&fd);
    if (status != 0 || reader->count == 0)
        return status;
    qsort(reader->lines, reader->count, sizeof *reader->lines, compare);
    struct done_entry *entries = xcalloc(reader->count, sizeof *entries);
    size_t count = make_entries(reader, failed_again, entries);
    if (done_keys_create(done, entries, count) < 0) {
        log_error("--joblog: %s: no memory for what it says: %s", reader->path, strerror(errno));
        status = EXIT_CPOOL_FAILED;
    }
    free(entries);
    return status;
}

int joblog_resume(const struct options *options, struct done_keys *done)
{
    struct reader reader = {.path = joblog_path(options), .json = options->joblog_format != NULL};

    *done = (struct done_keys){0};
    if (!options->resume && !options->resume_failed) {
        if (options->joblog_format == NULL || options->joblog != NULL)
            return 0;
        log_error("--joblog-format: there is no log; name one by --joblog FILE");
        return EXIT_CPOOL_FAILED;
    }
    const char *option = options->resume_failed ? "--resume-failed" : "--resume";
    if (options->joblog == NULL) {
        log_error("%s: what was done is read from the log; name it by --joblog FILE", option);
        return EXIT_CPOOL_FAILED;
    }
    if (options->pipe && options->filter != FILTER_NONE) {
        log_error("%s: a command that reads block after block (--pipe --filter) has done none of them by "
                  "itself; do without --filter",
                  option);
        return EXIT_CPOOL_FAILED;
    }
    int status = read_log(&reader, options->resume_failed, done);
    free(reader.lines);
    return status;
}

int joblog_knows(const struct options *options, const struct joblog_task *task)
{
    struct reader reader = {
        .path = joblog_path(options), .json = options->joblog_format != NULL, .wanted = task};
    int fd = reader.path == NULL ? -1 : open(reader.path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return -1;
    int status = read_lines(&reader, fd);
    io_close(&fd);
    return status != 0 ? -1 : reader.found;
}

/* ---- the end of one that is to be appended to ---- */

/* Where the line begins that has no end; the size, if the last one has. */
static int find_torn(int fd, uint64_t size, uint64_t *begin)
{
    char bytes[4096];
    for (*begin = size; *begin > 0;) {
        size_t count = (size_t)uint64_min(sizeof bytes, *begin);
        ssize_t n = io_read_at(fd, bytes, count, *begin - count);
        if (n != (ssize_t)count)
            return -1;
        while (count > 0 && bytes[count - 1] != '\n') {
            count--;
            --*begin;
        }
        if (count > 0)
            return 0;
    }
    return 0;
}

/* The first line, if it is whole, must be one of a log of that form. */
static int check_form(const char *path, bool json, int fd, const struct joblog_end *end)
{
    char bytes[4096];
    struct reader reader = {.path = path, .json = json, .number = 1};
    size_t wanted = end->whole > 0 ? (size_t)end->whole : (size_t)end->torn;
    ssize_t n = io_read_at(fd, bytes, size_min(wanted, sizeof bytes), 0);
    if (n < 0) {
        log_error("--joblog: %s: can't be read: %s", path, strerror(errno));
        return EXIT_CPOOL_FAILED;
    }
    static const char header[] = JOBLOG_HEADER;
    if (n > 0 && (bytes[0] == ' ' || bytes[0] == '\n'))
        return 0;
    size_t length = size_min((size_t)n, json ? 1 : sizeof header - 1);
    reader.ends_in_return = length == sizeof header - 1 && bytes[length - 1] == '\r';
    return memcmp(bytes, json ? "{" : header, length) == 0 ? 0 : say_no_log(&reader);
}

int joblog_look(const char *path, bool json, struct joblog_end *end)
{
    struct stat info;
    *end = (struct joblog_end){.is_empty = true};
    if (stat(path, &info) < 0 || !S_ISREG(info.st_mode) || info.st_size == 0)
        return 0; /* whatever is wrong with it will be seen where it is written */
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    uint64_t begin = 0;
    if (fd < 0 || find_torn(fd, (uint64_t)info.st_size, &begin) < 0) {
        log_error("--joblog: %s: can't be read: %s", path, strerror(errno));
        io_close(&fd);
        return EXIT_CPOOL_FAILED;
    }
    *end =
        (struct joblog_end){.is_empty = begin == 0, .whole = begin, .torn = (uint64_t)info.st_size - begin};
    int status = check_form(path, json, fd, end);
    io_close(&fd);
    return status;
}
