#include "trace/timeline.h"

#include "base/xalloc.h"

#include <stdlib.h>
#include <string.h>

const char *const timeline_kind_names[TIMELINE_KINDS] = {
    [TIMELINE_SUCCESS] = "success", [TIMELINE_CUT_OFF] = "cut off",     [TIMELINE_RETRIED] = "retried",
    [TIMELINE_FAILED] = "failed",   [TIMELINE_TIMED_OUT] = "timed out", [TIMELINE_LOST] = "lost",
};

/* So that a first level is no longer than any task that is worth to be seen. */
#define FIRST_LEVEL_WIDTH NS_PER_US
/* Marks that a slot may have, however many slots there are: what is merged into a single unit has no more. */
#define ROW_MARKS         8
#define FIRST_CAPACITY    16

void timeline_init(struct timeline *timeline, nanoseconds begin)
{
    *timeline = (struct timeline){.begin = begin, .level_width = FIRST_LEVEL_WIDTH};
}

static void forget_name(struct timeline_mark *mark)
{
    free((char *)(uintptr_t)mark->worst.name);
    mark->worst.name = NULL;
}

void timeline_release(struct timeline *timeline)
{
    for (size_t i = 0; i < timeline->row_count; i++) {
        for (size_t j = 0; j < timeline->rows[i].count; j++)
            forget_name(&timeline->rows[i].marks[j]);
        free(timeline->rows[i].marks);
    }
    free(timeline->rows);
    timeline_init(timeline, timeline->begin);
}

/* ---- how busy it was ---- */

static void fold_levels(struct timeline *timeline)
{
    for (size_t i = 0; i < TIMELINE_LEVELS / 2; i++)
        timeline->levels[i] = timeline->levels[2 * i] + timeline->levels[2 * i + 1];
    memset(timeline->levels + TIMELINE_LEVELS / 2, 0, sizeof timeline->levels / 2);
    timeline->level_width *= 2;
}

static void add_levels(struct timeline *timeline, nanoseconds start, nanoseconds end)
{
    while (end > timeline->level_width * TIMELINE_LEVELS)
        fold_levels(timeline);
    while (start < end) {
        size_t level = (size_t)(start / timeline->level_width);
        nanoseconds until = (level + 1) * timeline->level_width;
        until = until < end ? until : end;
        timeline->levels[level] += until - start;
        start = until;
    }
}

double timeline_efficiency(const struct timeline *timeline, nanoseconds duration)
{
    size_t used = 0;
    for (size_t i = 0; i < timeline->row_count; i++)
        used += timeline->rows[i].count > 0;
    return used == 0 || duration == 0 ? 0 : (double)timeline->busy / ((double)duration * (double)used);
}

/* ---- merging ---- */

/* Whether it is too short to be seen on its own. What is merged already stays so. */
static bool is_short(const struct timeline_mark *mark, nanoseconds unit)
{
    return mark->count > 1 || mark->end - mark->start < unit;
}

static bool merges(const struct timeline_mark *mark, const struct timeline_mark *next, nanoseconds unit)
{
    return unit > 0 && is_short(mark, unit) && is_short(next, unit) &&
           mark->start / unit == next->start / unit;
}

/* The name of `next` is handed over. */
static void absorb(struct timeline_mark *mark, struct timeline_mark *next)
{
    mark->end = next->end;
    mark->busy += next->busy;
    mark->count += next->count;
    for (size_t i = 0; i < TIMELINE_KINDS; i++)
        mark->counts[i] += next->counts[i];
    if (next->worst.kind > mark->worst.kind) {
        forget_name(mark);
        mark->worst = next->worst;
    } else {
        forget_name(next);
    }
}

static void merge_row(struct timeline_row *row, nanoseconds unit)
{
    size_t kept = 0;
    for (size_t i = 0; i < row->count; i++) {
        if (kept > 0 && merges(&row->marks[kept - 1], &row->marks[i], unit))
            absorb(&row->marks[kept - 1], &row->marks[i]);
        else
            row->marks[kept++] = row->marks[i];
    }
    row->count = kept;
}

void timeline_merge(struct timeline *timeline, nanoseconds unit)
{
    if (unit <= timeline->unit)
        return;
    timeline->unit = unit;
    timeline->marks = 0;
    for (size_t i = 0; i < timeline->row_count; i++) {
        merge_row(&timeline->rows[i], unit);
        timeline->marks += timeline->rows[i].count;
    }
}

/* Half of the room is free then, so that this is rare. It ends: in a unit as long as the run, a row has few
 * marks. */
static void make_room(struct timeline *timeline)
{
    size_t most = size_max(TIMELINE_MARKS_MAX, timeline->row_count * ROW_MARKS);
    if (timeline->marks <= most)
        return;
    nanoseconds unit = timeline->unit > 0 ? timeline->unit : timeline->end / most + 1;
    while (timeline->marks > most / 2) {
        unit *= 2;
        timeline_merge(timeline, unit);
    }
}

/* ---- adding ---- */

static struct timeline_row *row_of(struct timeline *timeline, unsigned slot)
{
    if (slot >= timeline->row_count) {
        size_t count = (size_t)slot + 1;
        timeline->rows = xreallocarray(timeline->rows, count, sizeof *timeline->rows);
        memset(timeline->rows + timeline->row_count, 0,
               (count - timeline->row_count) * sizeof *timeline->rows);
        timeline->row_count = count;
    }
    return &timeline->rows[slot];
}

static void append(struct timeline *timeline, struct timeline_row *row, const struct timeline_mark *mark)
{
    if (row->count == row->capacity) {
        row->capacity = size_max(FIRST_CAPACITY, row->capacity * 2);
        row->marks = xreallocarray(row->marks, row->capacity, sizeof *row->marks);
    }
    row->marks[row->count++] = *mark;
    timeline->marks++;
}

/* Since the begin of the run. A worker that died can't say exactly when its task ended: what follows takes
 * precedence. */
static void place(const struct timeline *timeline, const struct timeline_row *row, struct timeline_try *try)
{
    try->start = try->start > timeline->begin ? try->start - timeline->begin : 0;
    try->end = try->end > timeline->begin ? try->end - timeline->begin : 0;
    if (try->start < row->end)
        try->start = row->end;
    if (try->end < try->start)
        try->end = try->start;
}

void timeline_add(struct timeline *timeline, unsigned slot, const struct timeline_try *try)
{
    struct timeline_row *row = row_of(timeline, slot);
    struct timeline_mark mark = {.worst = *try, .count = 1};
    mark.counts[try->kind] = 1;
    place(timeline, row, &mark.worst);
    mark.start = mark.worst.start;
    mark.end = mark.worst.end;
    mark.busy = mark.end - mark.start;

    row->end = mark.end;
    timeline->end = mark.end > timeline->end ? mark.end : timeline->end;
    timeline->counts[try->kind]++;
    timeline->busy += mark.busy;
    timeline->user += try->user;
    timeline->system += try->system;
    add_levels(timeline, mark.start, mark.end);

    struct timeline_mark *last = row->count > 0 ? &row->marks[row->count - 1] : NULL;
    bool is_merged = last != NULL && merges(last, &mark, timeline->unit);
    mark.worst.name = NULL;
    if (!is_merged || try->kind > last->worst.kind) {
        mark.worst.name_length = size_min(try->name_length, TIMELINE_NAME_MAX);
        mark.worst.name = xmemdupz(try->name, mark.worst.name_length);
    }
    if (is_merged) {
        absorb(last, &mark);
        return;
    }
    append(timeline, row, &mark);
    make_room(timeline);
}
