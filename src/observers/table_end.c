/*
 * A newline within quotes ends no row, so where the last one begins is known only from the beginning of the
 * file: it is read once, and of each row no more than its first bytes are kept. Each must begin as rows do.
 * That is also asked of what would be taken out: if quotes do not match somewhere in the middle, all that
 * follows seems to be one torn row.
 */
#include "observers/table_end.h"

#include "base/io.h"
#include "base/log.h"
#include "observers/joblog.h"
#include "observers/joblog_read.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define READ_SIZE   (64 * KIB)
/* Enough for the columns by which a row is known, */
#define HEAD_SIZE   80
/* and for the members of an object in front of its output, as a rule. */
#define OBJECT_SIZE (1 * MIB)

struct row {
    uint64_t begin;
    char head[HEAD_SIZE]; /* its first bytes */
    size_t length;        /* of these */
};

struct scan {
    const struct options *options;
    enum table_form form;
    int fd;
    bool is_quoted;
    struct row at;   /* the one at hand */
    struct row last; /* the last whole one */
    uint64_t rows;   /* whole ones, that of names included */
};

static char separator_of(const struct scan *scan)
{
    return scan->form == TABLE_TSV ? '\t' : ',';
}

static int say_strange(const struct scan *scan, uint64_t place)
{
    log_error(
        "--results: %s: what stands from byte %llu on is no row of such a table, and it can't be gone on "
        "with; mend it, or give another name",
        scan->options->results, (unsigned long long)place + 1);
    return EXIT_CPOOL_FAILED;
}

static int say_unusable(const struct scan *scan)
{
    log_error("--results: %s: can't be gone on with: %s; no task was started", scan->options->results,
              strerror(errno));
    return EXIT_CPOOL_FAILED;
}

/* ---- rows ---- */

static bool is_header(const struct scan *scan, const struct row *row)
{
    return scan->form != TABLE_JSON && row->length > 3 && memcmp(row->head, "Seq", 3) == 0 &&
           row->head[3] == separator_of(scan);
}

static bool is_row(const struct scan *scan, const struct row *row)
{
    static const char object[] = "{\"seq\":";
    struct joblog_task task;
    if (scan->form == TABLE_JSON)
        return row->length >= sizeof object - 1 && memcmp(row->head, object, sizeof object - 1) == 0;
    return joblog_read_row_columns(row->head, row->length, separator_of(scan), &task) == 0;
}

static void begin_row(struct row *row, uint64_t begin)
{
    *row = (struct row){.begin = begin};
}

/* 0, or the exit status after a message. */
static int take_bytes(struct scan *scan, uint64_t place, const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        struct row *row = &scan->at;
        if (row->length < HEAD_SIZE)
            row->head[row->length++] = bytes[i];
        scan->is_quoted ^= bytes[i] == '"' && scan->form != TABLE_JSON;
        if (bytes[i] != '\n' || scan->is_quoted)
            continue;
        if (!is_row(scan, row) && !(scan->rows == 0 && is_header(scan, row)))
            return say_strange(scan, row->begin);
        scan->last = *row;
        scan->rows++;
        begin_row(row, place + i + 1);
    }
    return 0;
}

static int read_all(struct scan *scan)
{
    char bytes[READ_SIZE];
    uint64_t place = 0;
    ssize_t n;
    int status = 0;
    while (status == 0 && (n = io_read(scan->fd, bytes, sizeof bytes)) > 0) {
        status = take_bytes(scan, place, bytes, (size_t)n);
        place += (uint64_t)n;
    }
    return status != 0 ? status : n < 0 ? say_unusable(scan) : 0;
}

/* ---- a row without its end ---- */

/* Within it a line that looks like a row: it is one, and quotes do not match; or output of a task that looks
 * so. Who knows? */
static int check_torn(struct scan *scan, uint64_t size)
{
    char bytes[READ_SIZE];
    struct row line;
    begin_row(&line, scan->at.begin);
    for (uint64_t place = scan->at.begin; place < size;) {
        ssize_t n = io_read_at(scan->fd, bytes, (size_t)uint64_min(sizeof bytes, size - place), place);
        if (n == 0)
            errno = ENODATA; /* it became shorter meanwhile */
        if (n <= 0)
            return say_unusable(scan);
        for (ssize_t i = 0; i < n; i++) {
            if (line.length < HEAD_SIZE)
                line.head[line.length++] = bytes[i];
            if (bytes[i] != '\n')
                continue;
            if (line.begin > scan->at.begin && is_row(scan, &line))
                return say_strange(scan, scan->at.begin);
            begin_row(&line, place + (uint64_t)i + 1);
        }
        place += (uint64_t)n;
    }
    return 0;
}

static int cut(struct scan *scan, int fd, uint64_t length)
{
    return ftruncate(fd, (off_t)length) == 0 ? 0 : say_unusable(scan);
}

static int cut_torn(struct scan *scan, int fd, uint64_t size)
{
    int status = check_torn(scan, size);
    if (status != 0)
        return status;
    log_warning("--results: %s: its last row is torn (was cpool killed?), and is taken out",
                scan->options->results);
    return cut(scan, fd, scan->at.begin);
}

/* ---- a row without its line in the log ---- */

/* Which task the last whole row is of. False: that of none. */
static bool read_last(struct scan *scan, struct joblog_task *task)
{
    const struct row *row = &scan->last;
    if (scan->rows == 0 || is_header(scan, row))
        return false;
    if (scan->form != TABLE_JSON)
        return joblog_read_row_columns(row->head, row->length, separator_of(scan), task) == 0;
    struct buffer object = BUFFER_INIT;
    char *place = buffer_reserve(&object, OBJECT_SIZE);
    ssize_t n =
        io_read_at(scan->fd, place, (size_t)uint64_min(OBJECT_SIZE, scan->at.begin - row->begin), row->begin);
    bool is_known = n > 0 && joblog_read_row_json(place, (size_t)n, task) == 0;
    buffer_release(&object);
    return is_known;
}

static int cut_unlogged(struct scan *scan, int fd)
{
    struct joblog_task task;
    if (!read_last(scan, &task) || joblog_is_new() || joblog_knows(scan->options, &task) != 0)
        return 0;
    log_warning(
        "--results: %s: the log does not know the task of its last row (was cpool killed?); it is run "
        "again, and the row is taken out",
        scan->options->results);
    return cut(scan, fd, scan->last.begin);
}

/* ---- all of it ---- */

int table_end_mend(const struct options *options, enum table_form form, int fd)
{
    struct scan scan = {.options = options, .form = form};
    struct stat info;
    int status = 0;

    if (fstat(fd, &info) < 0 || !S_ISREG(info.st_mode) || info.st_size == 0)
        return 0;
    scan.fd = open(options->results, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (scan.fd < 0)
        return say_unusable(&scan);
    status = read_all(&scan);
    if (status == 0 && (uint64_t)info.st_size > scan.at.begin)
        status = cut_torn(&scan, fd, (uint64_t)info.st_size);
    if (status == 0)
        status = cut_unlogged(&scan, fd);
    io_close(&scan.fd);
    return status;
}
