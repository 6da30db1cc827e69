#include "observers/failed.h"

#include "base/buffer.h"
#include "base/io.h"
#include "base/log.h"
#include "base/xalloc.h"
#include "observers/outfile.h"
#include "pool/pool.h"
#include "template/columns.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define COPY_SIZE (256 * KIB)

struct failed {
    const char *path;
    struct outfile file;
    unsigned char delimiter;
    bool quoted; /* --csv: a delimiter between double quotes ends no item */
    bool blocks;
    bool broken; /* it could not be written, which has been said */
    bool begun;  /* the header stands in the file */
    const struct observed_input *input;
    struct buffer text; /* of the task at hand */
    /*
     * Of blocks the one with the highest number waits until the end: the input's last one may lack the end of
     * its last line, and another must not stick to it.
     */
    bool has_last;
    uint64_t last_number, last_offset, last_length;
    struct buffer last; /* its bytes, where it is no range of a file */
};

static bool is_wanted(const struct options *options)
{
    return options->failed_file != NULL && !options->dry_run;
}

static int say_unwritable(struct failed *failed)
{
    failed->broken = true;
    log_error("--failed: %s: can't be written: %s; the run is ended", failed->path, outfile_why(errno));
    return -1;
}

static int write_bytes(struct failed *failed, const char *bytes, size_t length)
{
    return outfile_write(&failed->file, bytes, length) < 0 ? say_unwritable(failed) : 0;
}

/* Only where something has failed: so an empty file says that nothing has. */
static int write_header(struct failed *failed)
{
    if (failed->begun || failed->input == NULL)
        return 0;
    failed->begun = true;
    return write_bytes(failed, failed->input->header, failed->input->header_length);
}

/* ---- items ---- */

/* Why it would be more than one item, or part of one, when it is read again; NULL: it would not. */
static const char *why_divided(const struct failed *failed, struct item item)
{
    enum columns_place place = COLUMNS_BEGIN;
    for (size_t i = 0; i < item.length; i++) {
        if ((unsigned char)item.bytes[i] == failed->delimiter && place != COLUMNS_QUOTED)
            return "it holds what ends an item there; see -0";
        if (failed->quoted)
            place = columns_step(place, item.bytes[i], failed->input->separator);
    }
    return place == COLUMNS_QUOTED ? "a double quote in it is not closed" : NULL;
}

static void say_divided(const struct failed *failed, uint64_t number, struct item item, const char *why)
{
    char quoted[LOG_QUOTE_SIZE];
    log_error("--failed: %s: item %llu '%s' is not written to it: %s", failed->path,
              (unsigned long long)number + 1, log_quote(quoted, sizeof quoted, item.bytes, item.length), why);
}

static int write_items(struct failed *failed, const struct observed_task *task)
{
    struct items items = task->items;
    struct item item;
    bool joins = failed->input != NULL && failed->input->joins_items;

    buffer_clear(&failed->text);
    while (items_next(&items, &item)) {
        const char *why = why_divided(failed, item);
        if (why != NULL) {
            say_divided(failed, task->number, item, why);
            return 0;
        }
        buffer_append(&failed->text, item.bytes, item.length);
        buffer_append_byte(&failed->text, joins && items.length > 0 ? ' ' : (char)failed->delimiter);
    }
    return write_bytes(failed, buffer_bytes(&failed->text), buffer_length(&failed->text));
}

/* ---- blocks ---- */

static int copy_range(struct failed *failed, uint64_t offset, uint64_t length)
{
    buffer_clear(&failed->text);
    char *bytes = buffer_reserve(&failed->text, COPY_SIZE);
    while (length > 0) {
        ssize_t n =
            io_read_at(failed->input->file, bytes, length < COPY_SIZE ? (size_t)length : COPY_SIZE, offset);
        if (n <= 0) {
            log_error("--failed: %s: not all of a block is in it: %s", failed->path,
                      n < 0 ? strerror(errno) : "the input has become shorter");
            failed->broken = true;
            return -1;
        }
        if (write_bytes(failed, bytes, (size_t)n) < 0)
            return -1;
        offset += (uint64_t)n;
        length -= (uint64_t)n;
    }
    return 0;
}

static int write_last(struct failed *failed)
{
    if (!failed->has_last || failed->broken)
        return 0;
    failed->has_last = false;
    if (buffer_length(&failed->last) == 0)
        return copy_range(failed, failed->last_offset, failed->last_length);
    return write_bytes(failed, buffer_bytes(&failed->last), buffer_length(&failed->last));
}

static int write_block(struct failed *failed, const struct observed_task *task)
{
    const struct items *block = &task->items;
    if (failed->has_last && task->number < failed->last_number)
        return block->bytes != NULL ? write_bytes(failed, block->bytes, block->length)
                                    : copy_range(failed, task->offset, block->length);
    if (write_last(failed) < 0)
        return -1;
    buffer_clear(&failed->last);
    if (block->bytes != NULL)
        buffer_append(&failed->last, block->bytes, block->length);
    failed->has_last = true;
    failed->last_number = task->number;
    failed->last_offset = task->offset;
    failed->last_length = block->length;
    return 0;
}

/* ---- as an observer ---- */

static int ended(void *context, const struct observed_task *task)
{
    struct failed *failed = context;
    enum message_outcome outcome = task->done->outcome;
    if (failed->broken || task->fate != OBSERVED_ENDED || outcome == OUTCOME_SUCCESS ||
        outcome == OUTCOME_SKIPPED)
        return 0;
    if (write_header(failed) < 0)
        return -1;
    return failed->blocks ? write_block(failed, task) : write_items(failed, task);
}

static int open_file(const struct options *options, void **context)
{
    if (options->pipe && options->filter != FILTER_NONE) {
        log_error("--failed: a command that reads block after block (--pipe --filter) fails with all that it "
                  "has read; do without --filter");
        return EXIT_CPOOL_FAILED;
    }
    struct failed *failed = xcalloc(1, sizeof *failed);
    *failed = (struct failed){.path = options->failed_file,
                              .delimiter = options->delimiter,
                              .quoted = options->csv,
                              .blocks = options->pipe};
    *context = failed;
    int status = outfile_open(options, "--failed", failed->path, OUTFILE_ANYBODY, &failed->file);
    if (status == 0)
        status = outfile_empty(&failed->file);
    if (status == 0)
        return 0;
    (void)outfile_close(&failed->file);
    free(failed);
    return status;
}

static void note_input(void *context, const struct observed_input *input)
{
    struct failed *failed = context;
    failed->input = input;
}

static int close_file(void *context, const struct pool_report *report)
{
    struct failed *failed = context;
    int status = write_last(failed) < 0 ? EXIT_CPOOL_FAILED : 0;
    if (outfile_close(&failed->file) < 0) {
        (void)say_unwritable(failed);
        status = EXIT_CPOOL_FAILED;
    }
    (void)report;
    buffer_release(&failed->text);
    buffer_release(&failed->last);
    free(failed);
    return status;
}

static const struct observer failed_observer = {.input = note_input, .ended = ended, .close = close_file};

int failed_open(const struct options *options, struct observers *observers)
{
    void *context;
    if (!is_wanted(options))
        return 0;
    int status = open_file(options, &context);
    if (status == 0)
        observers_add(observers, &failed_observer, context);
    return status;
}
