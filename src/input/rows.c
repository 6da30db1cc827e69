#include "input/rows.h"

#include "base/log.h"
#include "base/xalloc.h"

#include <stdlib.h>

/* ---- making ---- */

static struct rows_source *add(struct rows *rows, bool linked)
{
    rows->sources = xreallocarray(rows->sources, rows->count + 1, sizeof *rows->sources);
    struct rows_source *source = &rows->sources[rows->count];
    *source = (struct rows_source){.linked = linked && rows->count > 0};
    if (!source->linked)
        rows->groups++;
    source->group = rows->groups - 1;
    rows->count++;
    return source;
}

void rows_add_words(struct rows *rows, const struct source_format *format, char **words, size_t count,
                    bool linked)
{
    source_words(&add(rows, linked)->source, format, words, count);
}

int rows_add_file(struct rows *rows, const struct source_format *format, const char *path, bool linked)
{
    bool standard = strcmp(path, "-") == 0;
    if (standard && rows->uses_standard_input) {
        log_error("standard input can't be two sources of items; put one of them into a file");
        return -1;
    }
    for (size_t i = 0; i < rows->count; i++)
        if (source_reads(&rows->sources[i].source, path)) {
            log_error(
                "%s: is a source of items already, and can be read only once; put its items into a file",
                path);
            return -1;
        }
    rows->uses_standard_input = rows->uses_standard_input || standard;
    return source_open(&add(rows, linked)->source, format, path);
}

void rows_close_fds(struct rows *rows)
{
    for (size_t i = 0; i < rows->count; i++)
        source_close_fd(&rows->sources[i].source);
}

void rows_put_back(struct rows *rows)
{
    for (size_t i = 0; i < rows->count; i++)
        source_put_back(&rows->sources[i].source);
}

static void spool_release(struct rows_kept *kept)
{
    buffer_release(&kept->bytes);
    free(kept->ends);
}

void rows_close(struct rows *rows)
{
    for (size_t i = 0; i < rows->count; i++) {
        source_close(&rows->sources[i].source);
        spool_release(&rows->sources[i].kept);
    }
    spool_release(&rows->all);
    free(rows->sources);
    free(rows->at);
    free(rows->order);
    free(rows->row);
    *rows = (struct rows){0};
}

/* ---- items that may be asked for again ---- */

static void keep(struct rows_kept *kept, const struct item *item)
{
    if (kept->count == kept->capacity) {
        kept->capacity = kept->capacity * 2 + 64;
        kept->ends = xreallocarray(kept->ends, kept->capacity, sizeof *kept->ends);
    }
    buffer_append(&kept->bytes, item->bytes, item->length);
    kept->ends[kept->count++] = buffer_length(&kept->bytes);
}

static void drop_all(struct rows_kept *kept)
{
    kept->dropped += kept->count;
    kept->count = 0;
    buffer_clear(&kept->bytes);
}

static uint64_t seen(const struct rows_kept *kept)
{
    return kept->dropped + kept->count;
}

static struct item kept_item(const struct rows_kept *kept, uint64_t index)
{
    size_t place = (size_t)(index - kept->dropped), begin = place == 0 ? 0 : kept->ends[place - 1];
    /* An empty list of empty items has no memory. */
    const char *bytes = kept->bytes.memory == NULL ? "" : buffer_bytes(&kept->bytes) + begin;
    return (struct item){bytes, kept->ends[place] - begin};
}

/* ---- combining ---- */

static bool others_have_ended(const struct rows *rows, size_t which)
{
    for (size_t i = 0; i < rows->count; i++)
        if (i != which && !rows->sources[i].ended)
            return false;
    return true;
}

/* What has been read of this source is never asked for again: the first group goes by once. */
static bool goes_by_once(const struct rows *rows, size_t which)
{
    return rows->link_all ? others_have_ended(rows, which) : rows->sources[which].group == 0;
}

/* Item number `index` of one source. */
static enum source_result look_up(struct rows *rows, size_t which, uint64_t index, struct item *item)
{
    struct rows_source *source = &rows->sources[which];
    struct rows_kept *kept = &source->kept;

    while (!source->ended && index >= seen(kept)) {
        if (goes_by_once(rows, which))
            drop_all(kept);
        bool readable = rows->readable && which == rows->waits_for;
        rows->readable = rows->readable && !readable;
        enum source_result result = source_next(&source->source, readable, item);
        if (result == SOURCE_WAIT)
            rows->waits_for = which;
        if (result == SOURCE_WAIT || result == SOURCE_BROKEN)
            return result;
        if (result == SOURCE_ITEM)
            keep(kept, item);
        source->ended = result == SOURCE_END;
    }
    if (rows->link_all && seen(kept) > 0)
        index %= seen(kept);
    if (index >= seen(kept) || index < kept->dropped) /* it would begin anew, but it is the longest */
        return SOURCE_END;
    *item = kept_item(kept, index);
    return SOURCE_ITEM;
}

/* With link_all: whether the row holds something that was not there before. */
static bool is_new(const struct rows *rows)
{
    for (size_t i = 0; i < rows->count; i++)
        if (!rows->sources[i].ended || rows->at[0] < seen(&rows->sources[i].kept))
            return true;
    return false;
}

/* A group has ended: it begins anew, and the one before it goes on by one. False where that can't be. */
static bool carry(struct rows *rows, uint64_t group)
{
    if (group == 0 || rows->at[group] == 0)
        return false;
    rows->at[group] = 0;
    rows->at[group - 1]++;
    return true;
}

static enum source_result combine(struct rows *rows)
{
    for (size_t i = 0; i < rows->count; i++) {
        uint64_t group = rows->sources[i].group;
        enum source_result result = look_up(rows, i, rows->at[group], &rows->row[i]);
        if (result == SOURCE_END && carry(rows, group)) {
            i = SIZE_MAX; /* anew, from the first source on */
            continue;
        }
        if (result != SOURCE_ITEM)
            return result;
    }
    if (rows->link_all && !is_new(rows))
        return SOURCE_END;
    rows->at[rows->groups - 1]++;
    return SOURCE_ITEM;
}

/* ---- shuffling ---- */

/* splitmix64, by Sebastiano Vigna, 2015. */
static uint64_t random_next(uint64_t *state)
{
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

/* Fisher and Yates, as Durstenfeld has it. */
static void make_order(struct rows *rows)
{
    size_t count = rows->all.count / rows->count;
    uint64_t state = rows->seed;
    rows->order = xcalloc(count + 1, sizeof *rows->order);
    for (uint64_t i = 0; i < count; i++)
        rows->order[i] = i;
    for (uint64_t i = count; i > 1; i--) {
        uint64_t other = random_next(&state) % i, saved = rows->order[i - 1];
        rows->order[i - 1] = rows->order[other];
        rows->order[other] = saved;
    }
}

static enum source_result next_shuffled(struct rows *rows)
{
    while (rows->order == NULL) {
        enum source_result result = combine(rows);
        if (result == SOURCE_END)
            make_order(rows);
        else if (result != SOURCE_ITEM)
            return result;
        else
            for (size_t i = 0; i < rows->count; i++)
                keep(&rows->all, &rows->row[i]);
    }
    if (rows->next == rows->all.count / rows->count)
        return SOURCE_END;
    uint64_t first = rows->order[rows->next++] * rows->count;
    for (size_t i = 0; i < rows->count; i++)
        rows->row[i] = kept_item(&rows->all, first + i);
    return SOURCE_ITEM;
}

/* ---- as it is used ---- */

static void start(struct rows *rows)
{
    if (rows->at != NULL)
        return;
    if (rows->link_all) {
        rows->groups = 1;
        for (size_t i = 0; i < rows->count; i++)
            rows->sources[i].group = 0;
    }
    rows->at = xcalloc(rows->groups, sizeof *rows->at);
    rows->row = xcalloc(rows->count, sizeof *rows->row);
}

enum source_result rows_next(struct rows *rows, bool readable, const struct item **row)
{
    start(rows);
    rows->readable = readable;
    *row = rows->row;
    return rows->shuffle ? next_shuffled(rows) : combine(rows);
}

int rows_headers(struct rows *rows, void (*tell)(void *context, struct item header), void *context)
{
    for (size_t i = 0; i < rows->count; i++) {
        struct source *source = &rows->sources[i].source;
        struct item header = {"", 0};
        enum source_result result = source_next(source, false, &header);
        while (result == SOURCE_WAIT) {
            source_wait(source->fd);
            result = source_next(source, true, &header);
        }
        if (result == SOURCE_BROKEN || source->unclosed)
            return -1;
        tell(context, header);
    }
    return 0;
}

int rows_fd(const struct rows *rows)
{
    return rows->count == 0 ? -1 : rows->sources[rows->waits_for].source.fd;
}

/* Words of a source up to the one that stops it. */
static uint64_t words_left(const struct source *source)
{
    uint64_t count = 0;
    for (size_t i = source->next_word; i < source->word_count; i++, count++)
        if (source->format.stop != NULL && strcmp(source->format.stop, source->words[i]) == 0)
            break;
    return count;
}

/* Items that a source still has, as far as that can be known without taking them. */
static bool count_items(const struct rows_source *source, bool count_files, uint64_t *count)
{
    if (source->source.words != NULL) {
        *count = words_left(&source->source);
        return true;
    }
    return count_files && source_count(&source->source, count);
}

uint64_t rows_total(const struct rows *rows, bool count_files)
{
    uint64_t total = 1, group = 0, most = 0, count;
    for (size_t i = 0; i < rows->count; i++) {
        const struct rows_source *source = &rows->sources[i];
        if (!count_items(source, count_files, &count))
            return 0;
        most = count > most ? count : most;
        if (source->linked) {
            group = count < group ? count : group;
            continue;
        }
        if (i > 0 && group != 0 && total > UINT64_MAX / group)
            return 0; /* nobody will see the last of them */
        total *= i == 0 ? 1 : group;
        group = count;
    }
    if (rows->link_all)
        return most;
    return group != 0 && total > UINT64_MAX / group ? 0 : total * group;
}
