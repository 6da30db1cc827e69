/*
 * Everything is placed by struct layout, which is made from the number of rows and the duration alone.
 * Colours stand in one style sheet, twice: for a light and for a dark background.
 */
#include "trace/trace_svg.h"

#include "observers/outcome.h"
#include "trace/svg.h"

#include <math.h>
#include <string.h>

/* ---- layout ---- */

#define WIDTH        1200.0
#define MARGIN       28.0
#define LEFT         88.0 /* of the rows, behind their labels */
#define RIGHT        (WIDTH - MARGIN)
#define LEVELS_TOP   112.0
#define LEVELS_HIGH  56.0
#define ROWS_TOP     (LEVELS_TOP + LEVELS_HIGH + 20)
#define ROWS_HIGH    640.0 /* of all rows, where there are many */
#define ROW_MAX      30.0
#define ROW_MIN      2.0
#define AXIS_HIGH    46.0 /* below the rows, with the margin */
#define LABEL_HIGH   13.0 /* of a row with a label; so much apart are labels where rows are lower */
#define MARK_MIN     0.8  /* a task is always to be seen */
#define WORSE_MIN    2.5  /* what did not succeed, even more so */
#define MARK_GAP     0.7  /* two tasks in a row are two */
#define MERGED_WIDTH 3.0  /* what is narrower is merged: so wide that the pointer finds it */
#define LEVEL_WIDTH  2.0  /* of what is drawn as one level */
#define LETTER       6.63 /* of the fixed font in marks, 11 px high */
#define TITLE_LETTER 9.05 /* 15 px */
#define TICKS        12   /* at most */

struct layout {
    size_t rows;
    double row, mark; /* height of a row, and of the marks in it */
    double bottom;    /* of the rows */
    nanoseconds duration;
    double scale; /* pixels for each nanosecond */
};

static struct layout lay_out(const struct timeline *timeline, nanoseconds duration)
{
    struct layout layout = {.rows = timeline->row_count > 0 ? timeline->row_count : 1,
                            .duration = duration > timeline->end ? duration : timeline->end};
    layout.duration += layout.duration == 0;
    layout.row = ROWS_HIGH / (double)layout.rows;
    layout.row = layout.row > ROW_MAX ? ROW_MAX : layout.row < ROW_MIN ? ROW_MIN : layout.row;
    layout.mark = layout.row - (layout.row >= 20 ? 5 : layout.row >= 10 ? 2 : layout.row >= 4 ? 1 : 0.3);
    layout.bottom = ROWS_TOP + layout.row * (double)layout.rows;
    layout.scale = (RIGHT - LEFT) / (double)layout.duration;
    return layout;
}

static double x_of(const struct layout *layout, nanoseconds time)
{
    return LEFT + (double)time * layout->scale;
}

/* ---- style ---- */

/* Told apart by those who do not see all colours, too: by lightness, and blue from what is red. */
static const char style[] =
    "<style>\n"
    "text{font:12px system-ui,-apple-system,\"Segoe UI\",Roboto,\"DejaVu Sans\",sans-serif;fill:#1d2733}\n"
    ".m{font:11px ui-monospace,SFMono-Regular,Menlo,Consolas,\"DejaVu Sans Mono\",monospace;"
    "fill:#fff;pointer-events:none}\n"
    ".h{font:600 15px ui-monospace,SFMono-Regular,Menlo,Consolas,\"DejaVu Sans Mono\",monospace}\n"
    ".q{fill:#64707d}.r{text-anchor:end}.c{text-anchor:middle}\n"
    "svg{background:#fff}.bg{fill:#fff}.row{fill:#f0f2f5}.grid{stroke:#dfe4ea}.axis{stroke:#9aa5b1}\n"
    ".use{fill:#3f7fb5;fill-opacity:.22}.line{fill:none;stroke:#3f7fb5;stroke-width:1.2}\n"
    ".k0{fill:#3f7fb5}.k1{fill:url(#cut)}.k2{fill:#e0b23c}.k3{fill:#cc3340}.k4{fill:#e37a2a}.k5{fill:#7a3e9d}"
    "\n"
    ".cut0{fill:#cbd2d9}.cut1{stroke:#a3adb8;stroke-width:2}.d{fill:#2b2410}\n"
    "@media(prefers-color-scheme:dark){\n"
    "text{fill:#e4e8ed}.m{fill:#fff}.d{fill:#2b2410}.q{fill:#97a3b0}\n"
    "svg{background:#14181d}.bg{fill:#14181d}.row{fill:#20262d}.grid{stroke:#2b323a}.axis{stroke:#5d6874}\n"
    ".use{fill:#5b9bd1;fill-opacity:.25}.line{stroke:#5b9bd1}\n"
    ".k0{fill:#4384bb}.k2{fill:#d9ad3a}.k3{fill:#dd4753}.k4{fill:#e5812f}.k5{fill:#9a5fc0}\n"
    ".cut0{fill:#8a949f}.cut1{stroke:#76808b}\n"
    "}\n"
    "</style>\n"
    "<defs><pattern id=\"cut\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" "
    "patternTransform=\"rotate(45)\"><rect class=\"cut0\" width=\"6\" height=\"6\"/>"
    "<path class=\"cut1\" d=\"M1 0V6\"/></pattern></defs>\n";

/* Kinds on which dark letters are read better. */
static const bool is_light[TIMELINE_KINDS] = {
    [TIMELINE_CUT_OFF] = true, [TIMELINE_RETRIED] = true, [TIMELINE_TIMED_OUT] = true};

static void put_text(struct buffer *out, const char *class, double x, double y, const char *text)
{
    buffer_format(out, "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">", class, x, y);
    svg_text(out, text, strlen(text), SVG_ALL);
    buffer_append_text(out, "</text>\n");
}

static void begin_picture(struct buffer *out, const struct layout *layout)
{
    double height = layout->bottom + AXIS_HIGH;
    buffer_append_text(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    buffer_format(out,
                  "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.0f\" height=\"%.0f\" "
                  "viewBox=\"0 0 %.0f %.0f\" role=\"img\" aria-label=\"Timeline of a run of cpool\">\n",
                  WIDTH, height, WIDTH, height);
    buffer_append_text(out, style);
    buffer_format(out, "<rect class=\"bg\" width=\"%.0f\" height=\"%.0f\"/>\n", WIDTH, height);
}

/* ---- heading and legend ---- */

static void put_counted(struct buffer *out, uint64_t count, const char *one, const char *several)
{
    svg_count(out, count);
    buffer_format(out, " %s", count == 1 ? one : several);
}

/* Nothing where nothing is known: of a function. */
static void put_processor(struct buffer *out, const char *before, uint64_t user, uint64_t system)
{
    if (user + system == 0)
        return;
    buffer_format(out, "%sprocessor ", before);
    svg_duration(out, user * NS_PER_US);
    buffer_append_text(out, " user, ");
    svg_duration(out, system * NS_PER_US);
    buffer_append_text(out, " system");
}

static size_t slots_of(const struct timeline *timeline)
{
    size_t slots = 0;
    for (size_t i = 0; i < timeline->row_count; i++)
        slots += timeline->rows[i].count > 0;
    return slots;
}

static void draw_heading(struct buffer *out, const struct timeline *timeline,
                         const struct trace_svg_heading *heading)
{
    static const char dot[] = " \xC2\xB7 ";
    size_t length = strlen(heading->command);

    buffer_format(out, "<text class=\"h\" x=\"%.0f\" y=\"40\"><title>", MARGIN);
    svg_text(out, heading->command, length, SVG_ALL);
    buffer_append_text(out, "</title>");
    svg_text(out, heading->command, length, (size_t)((RIGHT - MARGIN) / TITLE_LETTER));
    buffer_format(out, "</text>\n<text x=\"%.0f\" y=\"62\">", MARGIN);
    put_counted(out, heading->tasks, "task", "tasks");
    buffer_append_text(out, " in ");
    svg_duration(out, heading->duration);
    buffer_append_text(out, dot);
    put_counted(out, slots_of(timeline), "slot", "slots");
    buffer_format(out, ", busy %.0f %% of the time", 100 * timeline_efficiency(timeline, heading->duration));
    put_processor(out, dot, timeline->user, timeline->system);
    if (*heading->end != '\0') {
        buffer_append_text(out, dot);
        svg_text(out, heading->end, strlen(heading->end), SVG_ALL);
    }
    buffer_append_text(out, "</text>\n");
    put_text(out, "q r", RIGHT, 62, heading->when);
}

/* What occurs only. */
static void draw_legend(struct buffer *out, const struct timeline *timeline)
{
    double x = MARGIN;
    for (size_t kind = 0; kind < TIMELINE_KINDS; kind++) {
        if (timeline->counts[kind] == 0)
            continue;
        buffer_format(out, "<rect class=\"k%zu\" x=\"%.0f\" y=\"78\" width=\"12\" height=\"12\" rx=\"2\"/>",
                      kind, x);
        buffer_format(out, "<text x=\"%.0f\" y=\"88.5\">", x + 18);
        size_t before = buffer_length(out);
        svg_count(out, timeline->counts[kind]);
        buffer_format(out, " %s", timeline_kind_names[kind]);
        x += 18 + 7 * (double)(buffer_length(out) - before) + 18;
        buffer_append_text(out, "</text>\n");
    }
}

/* ---- time ---- */

/* The round duration that divides the run into no more than TICKS parts. */
static nanoseconds tick_step(nanoseconds duration)
{
    static const unsigned rounds[] = {1, 2, 5};
    static const nanoseconds longer[] = {10 * NS_PER_S,    15 * NS_PER_S,   30 * NS_PER_S,   60 * NS_PER_S,
                                         120 * NS_PER_S,   300 * NS_PER_S,  600 * NS_PER_S,  900 * NS_PER_S,
                                         1800 * NS_PER_S,  3600 * NS_PER_S, 7200 * NS_PER_S, 10800 * NS_PER_S,
                                         21600 * NS_PER_S, 43200 * NS_PER_S};
    nanoseconds wanted = duration / TICKS + 1;
    for (nanoseconds power = 1; power < 10 * NS_PER_S; power *= 10)
        for (size_t i = 0; i < ARRAY_LENGTH(rounds); i++)
            if (power * rounds[i] >= wanted)
                return power * rounds[i];
    for (size_t i = 0; i < ARRAY_LENGTH(longer); i++)
        if (longer[i] >= wanted)
            return longer[i];
    nanoseconds day = 86400 * NS_PER_S;
    return (wanted + day - 1) / day * day;
}

static void put_tick(struct buffer *out, nanoseconds time, nanoseconds step)
{
    static const struct {
        nanoseconds unit;
        const char *name;
    } units[] = {{NS_PER_S, "s"}, {NS_PER_MS, "ms"}, {NS_PER_US, "\xC2\xB5s"}, {1, "ns"}};
    unsigned long long seconds = time / NS_PER_S;

    if (time == 0) {
        buffer_append_text(out, "0");
    } else if (step >= 86400 * NS_PER_S) {
        buffer_format(out, "%llu d", seconds / 86400);
    } else if (step >= 900 * NS_PER_S) {
        buffer_format(out, "%llu:%02llu h", seconds / 3600, seconds / 60 % 60);
    } else if (step >= 10 * NS_PER_S) {
        buffer_format(out, "%llu:%02llu min", seconds / 60, seconds % 60);
    } else {
        size_t i = 0;
        while (step * 10 < units[i].unit)
            i++;
        buffer_format(out, step % units[i].unit == 0 ? "%.0f %s" : "%.1f %s",
                      (double)time / (double)units[i].unit, units[i].name);
    }
}

static void draw_axis(struct buffer *out, const struct layout *layout)
{
    nanoseconds step = tick_step(layout->duration);
    for (nanoseconds time = 0; time <= layout->duration; time += step) {
        double x = x_of(layout, time);
        buffer_format(out, "<path class=\"grid\" d=\"M%.1f %.0fV%.1f\"/>", x, LEVELS_TOP, layout->bottom + 4);
        buffer_format(out, "<text class=\"q c\" x=\"%.1f\" y=\"%.1f\">", x, layout->bottom + 20);
        put_tick(out, time, step);
        buffer_append_text(out, "</text>\n");
    }
}

/* ---- how busy it was ---- */

static void draw_levels(struct buffer *out, const struct timeline *timeline, const struct layout *layout)
{
    double bottom = LEVELS_TOP + LEVELS_HIGH;
    size_t together = 1 + (size_t)(LEVEL_WIDTH / ((double)timeline->level_width * layout->scale));
    double most = (double)layout->rows * (double)timeline->level_width * (double)together;
    struct buffer line = BUFFER_INIT;

    buffer_format(&line, "M%.1f %.1f", LEFT, bottom);
    double last = bottom;
    for (size_t i = 0; i < TIMELINE_LEVELS; i += together) {
        nanoseconds start = i * timeline->level_width, busy = 0;
        if (start >= layout->duration)
            break;
        for (size_t j = i; j < i + together && j < TIMELINE_LEVELS; j++)
            busy += timeline->levels[j];
        double y = bottom - LEVELS_HIGH * (double)busy / most;
        if (fabs(y - last) > 0.05)
            buffer_format(&line, "H%.1fV%.1f", x_of(layout, start), y);
        last = y;
    }
    buffer_format(&line, "H%.1fV%.1f", RIGHT, bottom);
    buffer_append_text(out, "<path class=\"use\" d=\"");
    buffer_append(out, buffer_bytes(&line), buffer_length(&line));
    buffer_append_text(out, "Z\"/>\n<path class=\"line\" d=\"");
    buffer_append(out, buffer_bytes(&line), buffer_length(&line));
    buffer_append_text(out, "\"/>\n");
    buffer_release(&line);
    buffer_format(out, "<path class=\"axis\" d=\"M%.0f %.1fH%.0f\"/>\n", LEFT, bottom, RIGHT);
    buffer_format(out, "<text class=\"q r\" x=\"%.0f\" y=\"%.0f\">%zu busy</text>\n", LEFT - 10,
                  LEVELS_TOP + 9, layout->rows);
    buffer_format(out, "<text class=\"q r\" x=\"%.0f\" y=\"%.0f\">0</text>\n", LEFT - 10, bottom + 1);
}

/* ---- rows ---- */

static void put_period(struct buffer *out, nanoseconds start, nanoseconds end)
{
    buffer_append_text(out, "\n");
    svg_duration(out, end - start);
    buffer_append_text(out, ", from ");
    svg_duration(out, start);
    buffer_append_text(out, " to ");
    svg_duration(out, end);
}

static void describe_try(struct buffer *out, const struct timeline_try *try, size_t slot)
{
    char text[OUTCOME_TEXT_SIZE];
    svg_text(out, try->name, try->name_length, SVG_ALL);
    buffer_append_text(out, "\ntask ");
    svg_count(out, try->number + 1);
    buffer_format(out, ", slot %zu", slot + 1);
    if (try->tries > 1)
        buffer_format(out, ", try %u", try->tries);
    buffer_format(out, "\n%s%s", outcome_format(try->outcome, try->code, text),
                  try->kind == TIMELINE_RETRIED   ? ", then tried again"
                  : try->kind == TIMELINE_CUT_OFF ? ", cut off with the run"
                                                  : "");
    put_period(out, try->start, try->end);
    put_processor(out, "\n", try->user, try->system);
    if (try->memory > 0) {
        buffer_append_text(out, "\nmemory ");
        svg_bytes(out, try->memory);
    }
    buffer_append_text(out, "\noutput ");
    svg_bytes(out, try->output);
}

static void describe_merged(struct buffer *out, const struct timeline_mark *mark, size_t slot)
{
    char text[OUTCOME_TEXT_SIZE];
    put_counted(out, mark->count, "task", "tasks");
    for (size_t kind = 1; kind < TIMELINE_KINDS; kind++)
        if (mark->counts[kind] > 0) {
            buffer_append_text(out, ", ");
            svg_count(out, mark->counts[kind]);
            buffer_format(out, " %s", timeline_kind_names[kind]);
        }
    buffer_format(out, "\nslot %zu, busy ", slot + 1);
    svg_duration(out, mark->busy);
    buffer_append_text(out, " of this:");
    put_period(out, mark->start, mark->end);
    buffer_append_text(out, "\nfirst ");
    buffer_format(out, mark->worst.kind == TIMELINE_SUCCESS ? "of them: " : "%s: ",
                  timeline_kind_names[mark->worst.kind]);
    svg_text(out, mark->worst.name, mark->worst.name_length, SVG_ALL);
    if (mark->worst.kind != TIMELINE_SUCCESS)
        buffer_format(out, ", %s", outcome_format(mark->worst.outcome, mark->worst.code, text));
}

static void draw_name(struct buffer *out, const struct layout *layout, const struct timeline_mark *mark,
                      double x, double width)
{
    double room = (width - 10) / LETTER;
    if (mark->count > 1 || layout->mark < LABEL_HIGH - 1 || room < 1)
        return;
    struct buffer name = BUFFER_INIT;
    svg_text(&name, mark->worst.name, mark->worst.name_length, (size_t)room);
    /* One letter and an ellipsis say nothing. */
    if (room >= 4 || (mark->worst.name_length > 0 && (double)mark->worst.name_length <= room)) {
        buffer_format(out, "<text class=\"m%s\" x=\"%.1f\" y=\"%.1f\">",
                      is_light[mark->worst.kind] ? " d" : "", x + 5, layout->mark / 2 + 4);
        buffer_append(out, buffer_bytes(&name), buffer_length(&name));
        buffer_append_text(out, "</text>\n");
    }
    buffer_release(&name);
}

static void draw_mark(struct buffer *out, const struct layout *layout, const struct timeline_mark *mark,
                      size_t slot)
{
    double x = x_of(layout, mark->start), width = x_of(layout, mark->end) - x;
    double least = mark->worst.kind == TIMELINE_SUCCESS ? MARK_MIN : WORSE_MIN;
    nanoseconds length = mark->end - mark->start;

    buffer_format(out, "<rect class=\"k%d\" x=\"%.2f\" width=\"%.2f\" height=\"%.1f\"", (int)mark->worst.kind,
                  x,
                  width > 4       ? width - MARK_GAP
                  : width > least ? width
                                  : least,
                  layout->mark);
    if (width > 8 && layout->mark > 8)
        buffer_append_text(out, " rx=\"2\"");
    if (mark->count > 1 && length > 0 && mark->busy < length)
        buffer_format(out, " fill-opacity=\"%.2f\"", 0.3 + 0.7 * (double)mark->busy / (double)length);
    buffer_append_text(out, "><title>");
    if (mark->count == 1)
        describe_try(out, &mark->worst, slot);
    else
        describe_merged(out, mark, slot);
    buffer_append_text(out, "</title></rect>\n");
    draw_name(out, layout, mark, x, width);
}

/* Each row has a label, or, of low ones, each second, fifth, tenth and so on. */
static size_t label_step(const struct layout *layout)
{
    static const unsigned rounds[] = {1, 2, 5};
    for (size_t power = 1;; power *= 10)
        for (size_t i = 0; i < ARRAY_LENGTH(rounds); i++)
            if ((double)(power * rounds[i]) * layout->row >= LABEL_HIGH)
                return power * rounds[i];
}

static void draw_rows(struct buffer *out, const struct timeline *timeline, const struct layout *layout)
{
    size_t step = label_step(layout);
    for (size_t slot = 0; slot < timeline->row_count; slot++) {
        double y = ROWS_TOP + layout->row * (double)slot;
        const struct timeline_row *row = &timeline->rows[slot];
        buffer_format(out, "<g transform=\"translate(0 %.1f)\">\n", y);
        if ((slot + 1) % step == 0 || (slot == 0 && step != 2)) /* which would touch */
            buffer_format(out, "<text class=\"q r\" x=\"%.0f\" y=\"%.1f\">slot %zu</text>\n", LEFT - 10,
                          layout->mark / 2 + 4, slot + 1);
        /* What did not succeed lies on top: the shortest of it is drawn wider than it was. */
        for (size_t i = 0; i < row->count; i++)
            if (row->marks[i].worst.kind == TIMELINE_SUCCESS)
                draw_mark(out, layout, &row->marks[i], slot);
        for (size_t i = 0; i < row->count; i++)
            if (row->marks[i].worst.kind != TIMELINE_SUCCESS)
                draw_mark(out, layout, &row->marks[i], slot);
        buffer_append_text(out, "</g>\n");
    }
}

static void draw_bands(struct buffer *out, const struct layout *layout)
{
    for (size_t i = 0; i < layout->rows; i++)
        buffer_format(out, "<rect class=\"row\" x=\"%.0f\" y=\"%.1f\" width=\"%.0f\" height=\"%.1f\"/>\n",
                      LEFT, ROWS_TOP + layout->row * (double)i, RIGHT - LEFT, layout->mark);
}

/* ---- all of it ---- */

void trace_svg_draw(struct buffer *out, struct timeline *timeline, const struct trace_svg_heading *heading)
{
    struct layout layout = lay_out(timeline, heading->duration);
    timeline_merge(timeline, (nanoseconds)(MERGED_WIDTH / layout.scale));
    begin_picture(out, &layout);
    draw_heading(out, timeline, heading);
    draw_legend(out, timeline);
    draw_bands(out, &layout);
    draw_axis(out, &layout);
    draw_levels(out, timeline, &layout);
    draw_rows(out, timeline, &layout);
    buffer_append_text(out, "</svg>\n");
}
