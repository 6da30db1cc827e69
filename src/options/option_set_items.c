/*
 * What tasks are made of. Where two options are about the same, the last one counts, and takes back what the
 * other has set.
 */
#include "options/option_set.h"

#include "base/log.h"
#include "base/size.h"
#include "options/option_value.h"
#include "options/options_source.h"
#include "template/columns.h"

#include <limits.h>
#include <string.h>

#define BATCH_MAX      1000000000L
#define BLOCK_SIZE_MAX (16.0 * 1024 * 1024)

/* ---- items ---- */

int option_set_null(struct options *options, const char *text)
{
    (void)text;
    options->delimiter = '\0';
    options->delimiter_given = true;
    return 0;
}

int option_set_delimiter(struct options *options, const char *text)
{
    int byte = option_value_byte(text);
    options->delimiter_given = true;
    if (byte < 0) {
        log_error("-d: '%s' is not one byte; it may be a character, \\n, \\t, \\0 or \\xHH", text);
        return -1;
    }
    options->delimiter = (unsigned char)byte;
    return 0;
}

int option_set_arg_file(struct options *options, const char *text)
{
    options_add_source(options, &(struct options_source){.path = text});
    return 0;
}

int option_set_trim(struct options *options, const char *text)
{
    static const struct {
        const char *text;
        unsigned trim;
    } ways[] = {{"n", 0},
                {"l", TRIM_LEFT},
                {"r", TRIM_RIGHT},
                {"lr", TRIM_LEFT | TRIM_RIGHT},
                {"rl", TRIM_LEFT | TRIM_RIGHT}};
    for (size_t i = 0; i < ARRAY_LENGTH(ways); i++)
        if (strcmp(text, ways[i].text) == 0) {
            options->trim = ways[i].trim;
            options->trim_given = true;
            return 0;
        }
    log_error("--trim: '%s' is not n, l, r or lr: blanks stay, or go on the left, the right, or both", text);
    return -1;
}

int option_set_stop(struct options *options, const char *text)
{
    options->stop = *text == '\0' ? NULL : text;
    return 0;
}

int option_set_seed(struct options *options, const char *text)
{
    long value;
    if (option_value_count("--seed", text, 0, LONG_MAX, &value) < 0)
        return -1;
    options->seed = (uint64_t)value;
    options->seed_given = true;
    options->shuffle = true;
    return 0;
}

int option_set_total(struct options *options, const char *text)
{
    long value;
    if (option_value_count("--total", text, 1, LONG_MAX, &value) < 0)
        return -1;
    options->total = (uint64_t)value;
    return 0;
}

/* ---- tasks ---- */

static int set_rows(struct options *options, const char *option, const char *text)
{
    long value;
    if (option_value_count(option, text, 0, BATCH_MAX, &value) < 0)
        return -1;
    options->rows = value == 0 ? 1 : (uint32_t)value;
    options->without_items = value == 0;
    options->rows_given = true;
    options->lines_last = false;
    return 0;
}

int option_set_max_args(struct options *options, const char *text)
{
    return set_rows(options, "-n", text);
}

int option_set_replace_args(struct options *options, const char *text)
{
    options->repeat = true;
    return set_rows(options, "-N", text);
}

int option_set_lines(struct options *options, const char *text)
{
    long value;
    if (option_value_count("-L", text, 1, BATCH_MAX, &value) < 0)
        return -1;
    options->lines = (uint32_t)value;
    options->lines_last = true;
    return 0;
}

int option_set_fill_repeated(struct options *options, const char *text)
{
    (void)text;
    options->fill = options->spread = options->repeat = true;
    return 0;
}

int option_set_fill(struct options *options, const char *text)
{
    (void)text;
    options->fill = options->spread = options->no_repeat = true;
    return 0;
}

int option_set_xargs(struct options *options, const char *text)
{
    (void)text;
    options->fill = options->no_repeat = true;
    return 0;
}

int option_set_characters(struct options *options, const char *text)
{
    long value;
    if (option_value_count("-s", text, 1, LONG_MAX, &value) < 0)
        return -1;
    options->characters = (size_t)value;
    return 0;
}

int option_set_item_text(struct options *options, const char *text)
{
    if (*text == '\0') {
        log_error("-I: nothing can't stand for the item");
        return -1;
    }
    options->item_text = text;
    return 0;
}

/* ---- blocks ---- */

int option_set_block(struct options *options, const char *text)
{
    double size;
    if (size_parse(text, &size) == 0 && size >= 1 && size <= BLOCK_SIZE_MAX) {
        options->block_size = (size_t)size;
        options->block_given = true;
        return 0;
    }
    log_error("--block: '%s' is no size from 1 to 16M, such as 1000, 64K or 1M", text);
    return -1;
}

int option_set_filter(struct options *options, const char *text)
{
    static const struct {
        const char *text;
        enum filter_framing framing;
    } ways[] = {{"0", FILTER_NUL}, {"len", FILTER_LENGTH}};
    options->filter = FILTER_LINES;
    if (text == NULL)
        return 0;
    for (size_t i = 0; i < ARRAY_LENGTH(ways); i++)
        if (strcmp(text, ways[i].text) == 0) {
            options->filter = ways[i].framing;
            return 0;
        }
    log_error("--filter: '%s' is not 0 (items and answers end in NUL) or len (their length is in front)",
              text);
    return -1;
}
