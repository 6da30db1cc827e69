/*
 * The run is a process, each slot a thread, each try of a task a "complete event" (ph X), with ts and dur in
 * microseconds.
 */
#include "trace/trace_json.h"

#include "base/json.h"
#include "base/utf8.h"
#include "base/xalloc.h"
#include "observers/outcome.h"
#include "task/task_notice.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PROCESS 1 /* the number is without meaning */

/* ---- pieces ---- */

static void put_microseconds(struct buffer *out, const char *name, nanoseconds time)
{
    buffer_format(out, ",\"%s\":%llu.%03u", name, (unsigned long long)(time / NS_PER_US),
                  (unsigned)(time % NS_PER_US));
}

static void begin_event(struct trace_json *json)
{
    buffer_append_text(&json->out, json->is_first ? "" : ",\n");
    json->is_first = false;
}

static void name_event(struct trace_json *json, const char *what, size_t thread, const char *name)
{
    begin_event(json);
    buffer_format(&json->out,
                  "{\"name\":\"%s\",\"ph\":\"M\",\"pid\":%d,\"tid\":%zu,\"args\":{\"name\":", what, PROCESS,
                  thread);
    json_string(&json->out, name, strlen(name));
    buffer_append_text(&json->out, "}}");
}

static void name_slot(struct trace_json *json, unsigned slot)
{
    char name[32];
    snprintf(name, sizeof name, "slot %u", slot + 1);
    name_event(json, "thread_name", (size_t)slot + 1, name);
    begin_event(json);
    buffer_format(
        &json->out,
        "{\"name\":\"thread_sort_index\",\"ph\":\"M\",\"pid\":%d,\"tid\":%u,\"args\":{\"sort_index\":%u}}",
        PROCESS, slot + 1, slot + 1);
}

static struct trace_json_slot *slot_of(struct trace_json *json, unsigned slot)
{
    if (slot >= json->slot_count) {
        size_t count = ((size_t)slot + 1) * 2;
        json->slots = xreallocarray(json->slots, count, sizeof *json->slots);
        memset(json->slots + json->slot_count, 0, (count - json->slot_count) * sizeof *json->slots);
        json->slot_count = count;
    }
    if (!json->slots[slot].is_named)
        name_slot(json, slot);
    json->slots[slot].is_named = true;
    return &json->slots[slot];
}

/* ---- the interface ---- */

void trace_json_begin(struct trace_json *json, nanoseconds begin, const char *command)
{
    *json = (struct trace_json){.begin = begin, .is_first = true};
    buffer_append_text(&json->out, "[\n");
    name_event(json, "process_name", 0, command);
}

static void put_outcome(struct buffer *out, const struct timeline_try *try)
{
    char text[OUTCOME_TEXT_SIZE];
    buffer_format(out, ",\"status\":\"%s\",\"outcome\":\"%s\"", timeline_kind_names[try->kind],
                  outcome_format(try->outcome, try->code, text));
    if (try->outcome == OUTCOME_SUCCESS || try->outcome == OUTCOME_EXIT)
        buffer_format(out, ",\"exit\":%u", try->outcome == OUTCOME_EXIT ? try->code : 0);
    if (try->outcome == OUTCOME_SIGNAL)
        buffer_format(out, ",\"signal\":%u", try->code);
}

void trace_json_task(struct trace_json *json, const struct observed_task *task,
                     const struct timeline_try *try)
{
    struct buffer *out = &json->out;
    struct trace_json_slot *slot = slot_of(json, task->slot);
    /* What overlaps, if only by the microsecond in which a filter is read, would be drawn as nested. */
    nanoseconds start = try->start > json->begin ? try->start - json->begin : 0;
    nanoseconds end = try->end > json->begin ? try->end - json->begin : 0;
    start = start > slot->end ? start : slot->end;
    end = slot->end = end > start ? end : start;

    begin_event(json);
    buffer_append_text(out, "{\"name\":");
    json_string(out, try->name, try->name_length);
    buffer_format(out, ",\"cat\":\"%s\",\"ph\":\"X\",\"pid\":%d,\"tid\":%u", timeline_kind_names[try->kind],
                  PROCESS, task->slot + 1);
    put_microseconds(out, "ts", start);
    put_microseconds(out, "dur", end - start);
    buffer_format(out, ",\"args\":{\"seq\":%llu,\"try\":%u", (unsigned long long)try->number + 1, try->tries);
    size_t length = task_notice_text_length((struct item){try->name, try->name_length}, TASK_NOTICE_ITEM_MAX);
    buffer_append_byte(out, ',');
    if (!utf8_is(try->name, length)) { /* viewers want a name that is text; its bytes are here */
        json_member(out, "item", try->name, length);
        buffer_append_byte(out, ',');
    }
    json_member(out, "command", task->command.bytes,
                task_notice_text_length(task->command, TASK_NOTICE_COMMAND_MAX));
    put_outcome(out, try);
    buffer_format(out, ",\"user_us\":%llu,\"system_us\":%llu,\"memory_bytes\":%llu,\"output_bytes\":%llu",
                  (unsigned long long)try->user, (unsigned long long)try->system,
                  (unsigned long long)try->memory, (unsigned long long)try->output);
    buffer_format(out, ",\"error_bytes\":%llu,\"process\":%ld}}", (unsigned long long)task->done->errors,
                  (long)task->pid);
}

void trace_json_end(struct trace_json *json)
{
    buffer_append_text(&json->out, "\n]\n");
}

void trace_json_release(struct trace_json *json)
{
    buffer_release(&json->out);
    free(json->slots);
    json->slots = NULL;
    json->slot_count = 0;
}
