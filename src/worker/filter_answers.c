/*
 * Answers are matched with items by their order alone: the next one is that of the first item without an
 * answer. Short ones that succeed go out together, in a message of results; whatever else is to be told of an
 * item is told apart.
 */
#include "worker/filter_internal.h"

#include "base/log.h"
#include "output/formatter.h"
#include "proc/signals.h"
#include "worker/framing.h"
#include "worker/task_messages.h"

#include <stdio.h>
#include <string.h>

/* A longer one is told apart from the others. */
#define ANSWER_LONG (8 * KIB)

/* ---- what is not sent ---- */

/* The first item without an answer is one that no filter can be given. */
static bool is_unsendable(struct filter_process *process)
{
    struct filter_held *held = process->first;
    struct items rest = held->unanswered;
    return held->anew && !framing_can(process->framing, filter_next_item(process, &held->chunk, &rest));
}

void filter_tell_left_out(struct filter_process *process)
{
    struct child *child = &process->child;
    for (struct filter_held *held; (held = process->first) != NULL && held->answered < held->sent &&
                                   filter_is_left_out(held, held->answered);) {
        outbox_end_results(filter_outbox(process));
        child->slot = (uint16_t)held->slot;
        child->number = held->chunk.first + held->answered;
        struct command_task task = {
            .number = child->number, .worker = child->worker, .items = held->unanswered};
        items_skip(&held->unanswered, held->chunk.batch);
        task.items.length -= held->unanswered.length;
        held->answered++;
        task_messages_skipped(child, &task);
        if (held->answered == held->chunk.count)
            filter_drop_first(process);
    }
}

/* ---- telling ---- */

/* What the oldest item without an answer is made of; the walk goes on behind it. */
static struct items take_unanswered(struct filter_held *held)
{
    struct items items = held->unanswered;
    items_skip(&held->unanswered, held->chunk.batch);
    items.length -= held->unanswered.length;
    held->answered++;
    if (held->sent < held->answered) { /* it was never sent */
        held->unsent = held->unanswered;
        held->sent = held->answered;
    }
    return items;
}

/* It had it since it was sent, or since it answered the one before. */
static void note_begun(struct filter_process *process, const struct filter_held *held, struct items items)
{
    struct child *child = &process->child;
    if (!child->command->apart)
        return;
    child->started = process->told > held->since ? process->told : held->since;
    process->told = clock_now();
    struct items rest = items;
    filter_find_content(process, child->number, filter_next_item(process, &held->chunk, &rest));
    task_messages_begun(child, items);
}

/* Where its bytes go. */
static void send_output(struct filter_process *process, struct item answer)
{
    struct child *child = &process->child;
    struct formatter *formatter = child->command->formatter;
    if (formatter != NULL &&
        formatter_take(formatter, FORMATTER_OUTPUT, answer.bytes, answer.length, true) < 0)
        child_formatter_failed(child);
    if (formatter == NULL && outbox_send(filter_outbox(process), MESSAGE_OUTPUT, child->slot, child->number,
                                         answer.bytes, answer.length) < 0)
        link_lose_parent(&child->command->link);
}

/* The first item without an answer has ended so: with this answer, if it has one, and `why` among its
 * errors. */
static void send_apart(struct filter_process *process, struct message_done *done, struct item answer,
                       const char *why)
{
    struct filter_held *held = process->first;
    struct child *child = &process->child;
    char quoted[LOG_QUOTE_SIZE], text[LOG_QUOTE_SIZE + 256];

    outbox_end_results(filter_outbox(process));
    child->slot = (uint16_t)held->slot;
    child->number = held->chunk.first + held->answered;
    process->missing -= held->answered < held->sent && !is_unsendable(process);
    struct items items = take_unanswered(held);
    note_begun(process, held, items);
    task_messages_begin(child, &(struct command_task){.number = child->number,
                                                      .worker = child->worker,
                                                      .items = items,
                                                      .tries = held->chunk.tries});
    child->written[0] = answer.length;
    if (answer.length > 0)
        send_output(process, answer);
    if (why != NULL) {
        struct item label = task_messages_label(child->command, child->number, items);
        log_quote(quoted, sizeof quoted, label.bytes, label.length);
        int length = snprintf(text, sizeof text, "cpool: '%s': %s\n", quoted, why);
        if (length > 0)
            task_messages_text(child, text, size_min((size_t)length, sizeof text - 1));
    }
    task_messages_done(child, items, done);
    if (held->answered == held->chunk.count)
        filter_drop_first(process);
    filter_tell_left_out(process);
}

void filter_tell_unsent(struct filter_process *process)
{
    for (;;) {
        filter_tell_left_out(process);
        if (!filter_owes(process) || !is_unsendable(process))
            return;
        send_apart(process, &(struct message_done){.outcome = OUTCOME_FAILED, .code = 1},
                   (struct item){"", 0}, framing_why_not(process->framing));
    }
}

/* One that does not fit among the others, or says itself how it ended. */
static void send_answer_apart(struct filter_process *process, struct item answer, unsigned status)
{
    struct message_done done = {.outcome = status == 0 ? OUTCOME_SUCCESS : OUTCOME_EXIT, .code = status};
    send_apart(process, &done, answer, NULL);
}

/* The answer to the first item without one: these bytes go out. */
static void send_answer(struct filter_process *process, struct item answer, unsigned status)
{
    struct filter_held *held = process->first;
    struct outbox *outbox = filter_outbox(process);

    process->answered = true;
    process->filter->work_items++;
    if (UNLIKELY(status != 0 || answer.length > ANSWER_LONG || process->child.command->apart)) {
        send_answer_apart(process, answer, status);
        return;
    }
    if (outbox->results_open && outbox_room(outbox) < answer.length)
        outbox_end_results(outbox);
    if (outbox_item_begin(outbox, (uint16_t)held->slot, held->chunk.first + held->answered) < 0) {
        link_lose_parent(&process->child.command->link);
        return;
    }
    memcpy(outbox_place(outbox), answer.bytes, answer.length);
    outbox_added(outbox, answer.length);
    outbox_item_done(outbox);
    items_skip(&held->unanswered, held->chunk.batch);
    held->answered++;
    process->missing--;
    if (held->answered == held->chunk.count)
        filter_drop_first(process);
}

/* ---- answers ---- */

void filter_take_answers(struct filter_process *process)
{
    const char *bytes = buffer_bytes(&process->answers);
    size_t length = buffer_length(&process->answers), taken = 0;
    struct item answer;
    unsigned status;

    while (filter_owes(process)) {
        size_t size = framing_take(process->framing, bytes + taken, length - taken, &answer, &status);
        if (size == FRAMING_NEVER)
            process->nonsense = framing_why_never(process->framing);
        if (size == 0 || size == FRAMING_NEVER)
            break;
        send_answer(process, answer, status);
        filter_tell_unsent(process);
        taken += size;
    }
    buffer_take(&process->answers, taken);
    if (taken < length && process->nonsense == NULL && !filter_owes(process))
        process->nonsense = "the filter answers more than it was asked";
}

/* ---- those that get none ---- */

/* Bytes of what was sent for items that have no answer; `most` of them from the first on, and how many items
 * these are. */
static size_t measure(struct filter_process *process, size_t most, uint32_t *count)
{
    size_t total = 0;
    *count = 0;
    for (const struct filter_held *held = process->first; held != NULL; held = held->next) {
        struct items items = held->unanswered;
        for (uint32_t i = held->answered; i < held->sent && total < most; i++) {
            struct item item = filter_next_item(process, &held->chunk, &items);
            bool was_sent = !filter_is_left_out(held, i) && framing_can(process->framing, item);
            total += was_sent ? framing_size(process->framing, item.length) : 0;
            *count += was_sent;
        }
    }
    return total;
}

/* The number of items without an answer that the filter has begun to read. The others' bytes are still with
 * us, or in the pipe. */
static uint32_t count_begun(struct filter_process *process)
{
    struct stdin_writer *stdin_writer = &process->child.command->stdin_writer;
    size_t waiting = stdin_writer->left.length + stdin_writer_unread(stdin_writer);
    uint32_t count;
    size_t sent = measure(process, SIZE_MAX, &count);
    (void)measure(process, sent > waiting ? sent - waiting : 0, &count);
    return count;
}

void filter_end_last_answer(struct filter_process *process, const struct message_done *done)
{
    bool is_one = done->outcome == OUTCOME_SUCCESS && process->nonsense == NULL && filter_owes(process) &&
                  buffer_length(&process->answers) > 0;
    if (is_one && framing_end(process->framing, &process->answers))
        filter_take_answers(process);
}

static const char *why_no_answer(const struct filter_process *process, const struct message_done *done,
                                 char *text, size_t size)
{
    char name[32];
    if (process->child.timed_out != 0)
        return NULL; /* which the parent says */
    if (process->nonsense != NULL)
        return process->nonsense;
    if (done->outcome == OUTCOME_SIGNAL)
        snprintf(text, size, "the filter was ended by %s before it answered",
                 signals_name((int)done->code, name, sizeof name));
    else
        snprintf(text, size, "the filter ended with status %u before it answered", (unsigned)done->code);
    return text;
}

void filter_fail_begun(struct filter_process *process, const struct message_done *ended)
{
    struct message_done done = *ended;
    char text[160];
    uint32_t begun = count_begun(process);
    const char *why = why_no_answer(process, ended, text, sizeof text);

    if (done.outcome == OUTCOME_SUCCESS || process->nonsense != NULL) /* then we have ended it */
        done = (struct message_done){.outcome = OUTCOME_FAILED, .code = 1};
    for (bool is_first = true; process->first != NULL && (is_first || begun > 0); is_first = false) {
        struct message_done each = done;
        if (is_first && process->child.timed_out != 0) {
            each.outcome = OUTCOME_TIMED_OUT;
            each.code = message_milliseconds(process->child.timed_out);
        }
        send_apart(process, &each, (struct item){"", 0}, is_first ? why : NULL);
        filter_tell_unsent(process);
        begun -= begun > 0;
    }
}

void filter_hand_back(struct filter_process *process)
{
    while (process->first != NULL) {
        const struct filter_held *held = process->first;
        outbox_end_results(filter_outbox(process));
        if (outbox_send(filter_outbox(process), MESSAGE_RETURN, (uint16_t)held->slot,
                        held->chunk.first + held->answered, NULL, 0) < 0)
            link_lose_parent(&process->child.command->link);
        filter_drop_first(process);
    }
}
