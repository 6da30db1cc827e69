#include "observers/joblog.h"

#include "base/io.h"
#include "base/json.h"
#include "base/log.h"
#include "base/xalloc.h"
#include "observers/joblog_read.h"
#include "observers/outfile.h"
#include "options/output_wanted.h"
#include "output/argv.h"
#include "output/table.h"
#include "pool/pool.h"
#include "task/task_key.h"
#include "task/task_notice.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct joblog {
    const char *path;
    struct outfile file;
    bool json, blocks;
    bool after_rows;   /* a line is written when the row of --results is */
    bool broken;       /* it could not be written, which has been said */
    nanoseconds epoch; /* see clock_epoch */
    const struct observed_input *input;
    struct buffer line;
    struct buffer noted; /* what has come back of one that waited for its row */
};

static bool is_wanted(const struct options *options)
{
    return options->joblog != NULL && !options->dry_run;
}

/* From what it says. */
static bool goes_on(const struct options *options)
{
    return options->resume || options->resume_failed;
}

/* From joblog_claim until it is closed. There is one log. */
static struct joblog *claimed;

/* ---- writing ---- */

static int say_unwritable(struct joblog *log, int error)
{
    log->broken = true;
    log_error("--joblog: %s: can't be written: %s; the run is ended", log->path, outfile_why(error));
    return -1;
}

/* The line in one write. Where it does not fit whole, nothing of it stays: no more than that, others may
 * append to the log. */
static int write_to_file(struct joblog *log, const char *bytes, size_t length)
{
    ssize_t n = io_write(log->file.fd, bytes, length);
    off_t end = n > 0 && n < (ssize_t)length ? lseek(log->file.fd, 0, SEEK_CUR) : -1;
    if (n == (ssize_t)length)
        return 0;
    if (n >= 0 && io_write_all(log->file.fd, bytes + n, length - (size_t)n) == 0)
        return 0;
    int error = errno;
    if (end >= n && n > 0 && outfile_take_out(&log->file, (uint64_t)(end - n), (size_t)n) < 0)
        log_warning("--joblog: %s: its last line is torn", log->path);
    errno = error;
    return -1;
}

static int write_line(struct joblog *log)
{
    const char *bytes = buffer_bytes(&log->line);
    size_t length = buffer_length(&log->line);
    int result =
        log->file.is_regular ? write_to_file(log, bytes, length) : outfile_write(&log->file, bytes, length);
    return result == 0 ? 0 : say_unwritable(log, errno);
}

/* ---- a task ---- */

/* To the millisecond before, as everywhere. */
static double seconds(nanoseconds duration)
{
    return (double)(duration / NS_PER_MS) / 1e3;
}

static void add_key(struct buffer *line, const unsigned char key[HASH_SIZE])
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < HASH_SIZE; i++) {
        buffer_append_byte(line, digits[key[i] >> 4]);
        buffer_append_byte(line, digits[key[i] & 0xF]);
    }
}

static bool has_key(const struct observed_task *task)
{
    static const unsigned char none[HASH_SIZE];
    return memcmp(task->key, none, HASH_SIZE) != 0;
}

/* A try of what an earlier line says has failed. */
static bool is_again(const struct joblog *log, const struct observed_task *task)
{
    return log->input != NULL && has_key(task) &&
           done_keys_find(log->input->done, task->key, task->number) == DONE_FAILED;
}

static size_t bytes_sent(const struct joblog *log, const struct observed_task *task)
{
    return log->blocks ? log->input->header_length + task->items.length : 0;
}

/* Its command, and what is not to be seen by it. */
static void add_command(struct joblog *log, const struct observed_task *task)
{
    struct buffer *line = &log->line;
    unsigned char shown[HASH_SIZE];
    bool again = is_again(log, task);
    buffer_append(line, task->command.bytes, task->command.length);
    task_key_of_line(task->command.bytes, task->command.length, shown);
    bool is_other = has_key(task) && memcmp(shown, task->key, HASH_SIZE) != 0;
    if (is_other || again)
        buffer_append_text(line, JOBLOG_MARK);
    if (is_other)
        add_key(line, task->key);
    if (is_other && again)
        buffer_append_byte(line, ',');
    if (again)
        buffer_append_text(line, JOBLOG_AGAIN);
}

static void add_columns(struct joblog *log, const struct observed_task *task)
{
    const struct message_done *done = task->done;
    int status, signal_number;
    table_find_exit(done, &status, &signal_number);
    buffer_format(&log->line, "%llu\t:\t%.3f\t%10.3f\t%zu\t%llu\t%d\t%d\t",
                  (unsigned long long)task->number + 1, seconds(task->started + log->epoch),
                  seconds(done->run_time), bytes_sent(log, task), (unsigned long long)done->output, status,
                  signal_number);
    add_command(log, task);
}

static void add_object(struct joblog *log, const struct observed_task *task)
{
    struct buffer *line = &log->line;
    const struct message_done *done = task->done;
    const struct table_row row = {.number = task->number,
                                  .slot = task->slot,
                                  .tries = task->tries,
                                  .pid = task->pid,
                                  .started = task->started + log->epoch,
                                  .done = done};
    table_json_begin(line, &row);
    buffer_append_byte(line, ',');
    json_member(line, "item", task->item.bytes, task_notice_text_length(task->item, TASK_NOTICE_ITEM_MAX));
    buffer_append_byte(line, ',');
    json_member(line, "command", task->command.bytes,
                task_notice_text_length(task->command, TASK_NOTICE_COMMAND_MAX));
    buffer_append_byte(line, ',');
    if (task->command.length < TASK_NOTICE_COMMAND_MAX)
        argv_append_member(line, task->command.bytes, task->command.length);
    else /* a word that is cut must not pass for a whole one */
        buffer_append_text(line, "\"argv\":null");
    table_json_ending(line, &row);
    buffer_format(line, ",\"send\":%zu,\"out\":%llu,\"err\":%llu,\"again\":%s,\"key\":\"",
                  bytes_sent(log, task), (unsigned long long)done->output, (unsigned long long)done->errors,
                  is_again(log, task) ? "true" : "false");
    add_key(line, task->key);
    buffer_append_text(line, "\"}");
}

static int ended(void *context, const struct observed_task *task)
{
    struct joblog *log = context;
    if (log->broken)
        return -1;
    if (task->fate != OBSERVED_ENDED || task->done->outcome == OUTCOME_SKIPPED)
        return 0;
    buffer_clear(&log->line);
    if (log->json)
        add_object(log, task);
    else
        add_columns(log, task);
    buffer_append_byte(&log->line, '\n');
    if (!log->after_rows || task->note == NULL)
        return write_line(log);
    buffer_append(task->note, buffer_bytes(&log->line), buffer_length(&log->line));
    return 0;
}

/* The row of a task is out: now, and not before, it is done. */
static void note(void *context, const char *bytes, size_t length)
{
    struct joblog *log = context;
    buffer_append(&log->noted, bytes, length);
    for (const char *end; !log->broken && (end = memchr(buffer_bytes(&log->noted), '\n',
                                                        buffer_length(&log->noted))) != NULL;) {
        size_t line = (size_t)(end - buffer_bytes(&log->noted)) + 1;
        buffer_clear(&log->line);
        buffer_append(&log->line, buffer_bytes(&log->noted), line);
        buffer_take(&log->noted, line);
        (void)!write_line(log); /* the next task that ends hears of it, or else the end of the run */
        if (buffer_length(&log->noted) == 0)
            break;
    }
}

/* ---- its beginning and its end ---- */

/* What stands behind the last end of a line is no task: whoever wrote it did not come to its end. */
static int cut_torn(struct joblog *log, const struct joblog_end *end)
{
    if (end->torn == 0)
        return 0;
    log_warning("--joblog: %s: its last line is torn (did the machine stop?), and is taken out", log->path);
    return outfile_take_out(&log->file, end->whole, (size_t)end->torn) == 0 ? 0 : say_unwritable(log, errno);
}

/* What stands in it stays where it is gone on with; else it goes, but for what another run is writing
 * there. */
static int begin(struct joblog *log, const struct options *options)
{
    bool keeps = options->joblog[0] == '+' || goes_on(options);
    struct joblog_end end = {.is_empty = true};
    int status = keeps ? 0 : outfile_empty(&log->file);
    if (status == 0 && log->file.is_regular && !log->file.is_standard)
        status = joblog_look(log->path, log->json, &end);
    if (status != 0)
        return status;
    if (cut_torn(log, &end) < 0)
        return EXIT_CPOOL_FAILED;
    if (!end.is_empty || log->json)
        return 0;
    buffer_append_text(&log->line, JOBLOG_HEADER);
    return write_line(log) < 0 ? EXIT_CPOOL_FAILED : 0;
}

static void release(struct joblog *log)
{
    claimed = NULL;
    buffer_release(&log->line);
    buffer_release(&log->noted);
    free(log);
}

int joblog_claim(const struct options *options)
{
    struct stat info;
    if (!is_wanted(options))
        return 0;
    if (goes_on(options) && stat(joblog_path(options), &info) == 0 && !S_ISREG(info.st_mode))
        return 0; /* joblog_resume says why not */
    claimed = xcalloc(1, sizeof *claimed);
    *claimed = (struct joblog){.path = joblog_path(options),
                               .file = OUTFILE_INIT,
                               .json = options->joblog_format != NULL,
                               .blocks = options->pipe,
                               .after_rows = output_wanted_table(options) != TABLE_NONE,
                               .epoch = clock_epoch()};
    int status = outfile_open(options, "--joblog", claimed->path,
                              goes_on(options) ? OUTFILE_ALONE : OUTFILE_TOGETHER, &claimed->file);
    if (status != 0)
        release(claimed);
    return status;
}

bool joblog_is_new(void)
{
    return claimed != NULL && claimed->file.is_new;
}

void joblog_release(void)
{
    if (claimed == NULL)
        return;
    (void)outfile_close(&claimed->file);
    release(claimed);
}

static int open_log(const struct options *options, void **context)
{
    *context = claimed;
    int status = begin(claimed, options);
    if (status != 0)
        joblog_release();
    return status;
}

static void note_input(void *context, const struct observed_input *input)
{
    struct joblog *log = context;
    log->input = input;
}

static int close_log(void *context, const struct pool_report *report)
{
    struct joblog *log = context;
    int status = log->broken ? EXIT_CPOOL_FAILED : 0;
    if (outfile_close(&log->file) < 0) {
        (void)say_unwritable(log, errno);
        status = EXIT_CPOOL_FAILED;
    }
    (void)report;
    release(log);
    return status;
}

static const struct observer joblog = {.input = note_input, .ended = ended, .note = note, .close = close_log};

int joblog_open(const struct options *options, struct observers *observers)
{
    void *context;
    if (!is_wanted(options))
        return 0;
    int status = open_log(options, &context);
    if (status == 0)
        observers_add(observers, &joblog, context);
    return status;
}
