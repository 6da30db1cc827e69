/*
 * trace_svg: a timeline as a picture that needs nothing but itself.
 *
 * From above: what was run and how it went; what the colours mean, with counts; how many slots were busy over
 * time; a row for each slot, its tasks in it; the axis of time. What an element is about is told by a
 * tooltip.
 */
#ifndef CPOOL_TRACE_SVG_H
#define CPOOL_TRACE_SVG_H

#include "base/buffer.h"
#include "trace/timeline.h"

struct trace_svg_heading {
    const char *command;  /* what was run */
    const char *when;     /* the date */
    const char *end;      /* why it ended early; empty: it did not */
    uint64_t tasks;       /* that have ended */
    nanoseconds duration; /* of the run */
};

/* Append the picture. Merges what is too short to be seen. */
void trace_svg_draw(struct buffer *out, struct timeline *timeline, const struct trace_svg_heading *heading);

#endif
