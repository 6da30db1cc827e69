/*
 * trace_json: a run as events in Chrome's format, which Perfetto and others show. Only makes text; who writes
 * it takes it out of `out` whenever he likes.
 *
 * trace_json_begin; trace_json_task for each try; trace_json_end. The format is a list that may lack its end:
 * what was written before a crash can still be looked at.
 */
#ifndef CPOOL_TRACE_JSON_H
#define CPOOL_TRACE_JSON_H

#include "base/buffer.h"
#include "pool/pool.h"
#include "trace/timeline.h"

struct trace_json {
    struct buffer out; /* owned */
    nanoseconds begin; /* of the run: time counts from there */
    struct trace_json_slot {
        bool is_named;
        nanoseconds end; /* of its last task */
    } * slots;           /* owned */
    size_t slot_count;
    bool is_first; /* no event stands there yet */
};

void trace_json_begin(struct trace_json *json, nanoseconds begin, const char *command);
/* `task` has ended, as `try` says in short. */
void trace_json_task(struct trace_json *json, const struct observed_task *task,
                     const struct timeline_try *try);
void trace_json_end(struct trace_json *json);
void trace_json_release(struct trace_json *json);

#endif
