/* Each part of the line is written by itself; those are taken that fit, the most important ones first. The
 * item is cut to what is left. */
#include "display/progress_line.h"

#include "base/width.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* More are not used: what is longer could not be read, nor fit PROGRESS_LINE_SIZE. */
#define COLUMNS_MAX 400
#define BAR_MIN     7 /* columns, with the brackets */
#define BAR_MAX     42
#define ITEM_MIN    8 /* less of it says nothing */
#define PART_SIZE   160

/* In the order in which they stand. */
enum part { PERCENT, BAR, COUNT, FAILED, SKIPPED, RUNNING, RATE, TIME, ITEM, PARTS };

/* In the order in which they get room. */
static const enum part ranks[PARTS] = {PERCENT, COUNT, TIME, FAILED, BAR, RUNNING, RATE, SKIPPED, ITEM};

struct parts {
    char texts[PARTS][PART_SIZE]; /* empty: it is not there */
    size_t columns[PARTS];        /* that it gets; 0: it is left out */
};

/* ---- the parts ---- */

static bool knows_total(const struct progress_figures *figures)
{
    return figures->total > 0 && figures->done + figures->skipped <= figures->total;
}

/* What is done of all, in `whole` parts; all of them only when all is done. */
static unsigned share(const struct progress_figures *figures, unsigned whole)
{
    uint64_t done = figures->done + figures->skipped;
    double exact = (double)done / (double)figures->total * whole;
    return done == figures->total ? whole : exact > whole - 1 ? whole - 1 : (unsigned)exact;
}

static void write_count(char text[PART_SIZE], const struct progress_figures *figures)
{
    uint64_t done = figures->done + figures->skipped;
    if (knows_total(figures))
        snprintf(text, PART_SIZE, "%" PRIu64 "/%" PRIu64, done, figures->total);
    else
        snprintf(text, PART_SIZE, "%" PRIu64 " done", done);
}

static void write_rate(char text[PART_SIZE], double rate)
{
    static const struct {
        double least; /* tasks a second */
        double seconds;
        const char *unit;
        int decimals;
    } forms[] = {
        {99.95, 1, "s", 0},
        {0.95, 1, "s", 1},
        {1.0 / 60, 60, "min", 1},
        {0, 3600, "h", 1},
    };
    size_t i = 0;
    while (rate < forms[i].least)
        i++;
    snprintf(text, PART_SIZE, "%.*f/%s", forms[i].decimals, rate * forms[i].seconds, forms[i].unit);
}

/* Whole seconds, and the last one is not zero. */
static void write_left(char text[PART_SIZE], nanoseconds left)
{
    char time[64];
    left = (left + NS_PER_S - 1) / NS_PER_S * NS_PER_S;
    snprintf(text, PART_SIZE, "%s left", clock_format_duration(left, time, sizeof time));
}

static void write_time(char text[PART_SIZE], const struct progress_figures *figures)
{
    char time[64];
    if (figures->took > 0)
        snprintf(text, PART_SIZE, "in %s", clock_format_duration(figures->took, time, sizeof time));
    else if (knows_total(figures) && figures->left < CLOCK_NEVER - NS_PER_S)
        write_left(text, figures->left);
}

static void write_item(char text[PART_SIZE], const struct progress_figures *figures)
{
    char time[64];
    nanoseconds longest = figures->longest / NS_PER_S * NS_PER_S;
    if (longest == 0)
        snprintf(time, sizeof time, "0 s");
    else
        clock_format_duration(longest, time, sizeof time);
    snprintf(text, PART_SIZE, "%s: %s", time, figures->item);
}

static void write_parts(struct parts *parts, const struct progress_figures *figures,
                        const struct progress_style *style)
{
    memset(parts, 0, sizeof *parts);
    if (style->bar && knows_total(figures)) {
        snprintf(parts->texts[PERCENT], PART_SIZE, "%3u%%", share(figures, 100));
        strcpy(parts->texts[BAR], "[]"); /* drawn when its size is known */
    }
    write_count(parts->texts[COUNT], figures);
    if (figures->failed > 0)
        snprintf(parts->texts[FAILED], PART_SIZE, "%" PRIu64 " failed", figures->failed);
    if (figures->skipped > 0)
        snprintf(parts->texts[SKIPPED], PART_SIZE, "%" PRIu64 " skipped", figures->skipped);
    if (style->eta || (style->progress && figures->took > 0))
        write_time(parts->texts[TIME], figures);
    if (!style->progress)
        return;
    if (figures->knows_running)
        snprintf(parts->texts[RUNNING], PART_SIZE, "%u running", figures->running);
    if (figures->rate > 0)
        write_rate(parts->texts[RATE], figures->rate);
    if (figures->item != NULL)
        write_item(parts->texts[ITEM], figures);
}

/* ---- room ---- */

/* Columns in front of it, where something stands before it. */
static size_t gap(enum part part)
{
    return part == BAR || part == COUNT ? 1 : 2;
}

/* By the columns there are, not by those that are left: it would change its size with each number. */
static size_t bar_size(const struct progress_style *style, size_t columns)
{
    size_t size = columns / (style->progress ? 6 : 2);
    return size < BAR_MIN ? BAR_MIN : size_min(size, BAR_MAX);
}

static void share_out(struct parts *parts, const struct progress_style *style, size_t columns)
{
    size_t bar = bar_size(style, columns);
    bool is_first = true;
    for (size_t i = 0; i < PARTS; i++) {
        enum part part = ranks[i];
        const char *text = parts->texts[part];
        size_t wanted = part == BAR ? bar : width_text(text, strlen(text));
        size_t least = part == BAR ? BAR_MIN : part == ITEM ? size_min(wanted, ITEM_MIN) : wanted;
        size_t before = is_first ? 0 : gap(part);
        if (text[0] == '\0' || before + least > columns)
            continue;
        columns -= before;
        parts->columns[part] = size_min(wanted, columns);
        columns -= parts->columns[part];
        is_first = false;
    }
}

static size_t put(char *to, const char *text, size_t length)
{
    memcpy(to, text, length);
    return length;
}

static size_t draw_bar(char *to, const struct progress_figures *figures, size_t columns)
{
    unsigned whole = (unsigned)columns - 2, full = share(figures, whole);
    to[0] = '[';
    memset(to + 1, '#', full);
    memset(to + 1 + full, '-', whole - full);
    to[1 + whole] = ']';
    return columns;
}

static size_t put_cut(char *to, const char *text, size_t columns)
{
    static const char dots[] = "...";
    size_t length = strlen(text);
    if (width_text(text, length) <= columns)
        return put(to, text, length);
    size_t kept = put(to, text, width_cut(text, length, columns - strlen(dots)));
    return kept + put(to + kept, dots, strlen(dots));
}

size_t progress_line(char text[PROGRESS_LINE_SIZE], const struct progress_figures *figures,
                     const struct progress_style *style, unsigned columns)
{
    struct parts parts;
    size_t at = 0;

    write_parts(&parts, figures, style);
    share_out(&parts, style, size_min(columns, COLUMNS_MAX));
    for (enum part part = 0; part < PARTS; part++) {
        if (parts.columns[part] == 0)
            continue;
        if (at > 0)
            at += put(text + at, gap(part) == 1 ? " " : ", ", gap(part));
        at += part == BAR ? draw_bar(text + at, figures, parts.columns[part])
                          : put_cut(text + at, parts.texts[part], parts.columns[part]);
    }
    text[at] = '\0';
    return at;
}
