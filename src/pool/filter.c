/*
 * An item is sent as soon as the filter takes it, so that filters which keep their answers back for a while (most do, when they do
 * not write to a terminal) go on all the same. A filter that has taken all, and waits for more, while answers are missing, is such a
 * one: it gets another chunk. When there is none to be had before it answers, because the parent has handed out all that it may, its
 * input is ended, which brings the answers, and it is started again.
 *
 * Chunks are held in the order in which they were claimed, and answered in that order.
 */
#include "pool/filter.h"

#include "base/io.h"
#include "base/log.h"
#include "base/platform.h"
#include "base/xalloc.h"
#include "pool/answer.h"
#include "pool/framing.h"
#include "pool/run.h"
#include "pool/shape.h"
#include "proc/signals.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* As much is framed at a time. */
#define FEED_SIZE    (64 * KIB)
#define READ_SIZE    (64 * KIB)
/* It is left alone for a moment only where so many answers are missing: one with nothing more to do must not wait for us. */
#define REST_MIN     8
/* A longer one is told apart from the others. */
#define ANSWER_LONG  (8 * KIB)
/* Chunks held without a look at what the filter does. */
#define HELD_EASILY  2
/* After so long without news, what the filter does is looked at for the first time; then after twice that, and so on. */
#define LOOK_FIRST   (1 * NS_PER_MS)
#define LOOK_LAST    (1 * NS_PER_S)
/* Where nobody can say what it does, silence of this length is taken for waiting. */
#define SILENCE      (8 * NS_PER_MS)
/* Of one that owes so many answers then, it is known. */
#define MISSING_MANY 64
/* How long a filter that is owed nothing keeps its answers back before its input is ended. */
#define PATIENCE     (50 * NS_PER_MS)
/* So many starts, one after the other, without an answer. */
#define BARREN_MAX   10

/* A chunk that is not answered whole. */
struct held {
    struct held *next;
    struct queue_chunk chunk;
    unsigned slot;
    struct items unsent, unanswered;
    uint32_t sent, answered; /* answered <= sent <= chunk.count; those that are left out count, too */
    bool anew;               /* its items had to be framed anew: some may be such as can't be */
    bool *left_out;    /* owned: of each item, whether it had been done before the run; NULL: none had */
    nanoseconds since; /* with records: when it was claimed */
};

/* One process of the filter. */
struct process {
    struct run run;
    struct filter *filter;
    enum filter_framing framing;
    struct held *first, **last; /* in the order of their claims */
    unsigned held;
    struct buffer feed;    /* items that had to be framed anew; what the feeder writes */
    struct buffer answers; /* read, and not yet told */
    struct buffer item;    /* one put together of several */
    bool input_ended;      /* by us: it is to answer what it has, and to end */
    bool alone;            /* it is for one item, which has failed before */
    uint64_t missing;      /* items that were sent and have no answer */
    bool buffers;          /* it is known to keep answers back */
    bool answered;
    bool asked;           /* the parent has been told that there is nothing to be claimed */
    bool enough;          /* it is to get no more: there is none, or not for this process */
    const char *nonsense; /* what is wrong with its answers */
    nanoseconds moved;    /* when it last took or gave something */
    nanoseconds told;     /* with records: when the last answer was told */
    nanoseconds look_pause, look_at;
    nanoseconds counted;   /* the time up to which work was counted */
    nanoseconds lacked_at; /* since when there was nothing for it; 0: there is */
};

static struct outbox *outbox_of(const struct process *process)
{
    return process->run.command->outbox;
}

static void note_moved(struct process *process, nanoseconds now)
{
    process->moved = now;
    process->look_pause = LOOK_FIRST;
    process->look_at = now + LOOK_FIRST;
    process->run.started_by_task_clock = board_task_clock(process->run.command->board, now);
}

/* ---- items ---- */

/* The next item as the filter gets it, without its frame; its bytes may be in `item`. */
static struct item next_item(struct process *process, const struct queue_chunk *chunk, struct items *items)
{
    struct item item = {"", 0};
    if (chunk->batch > 1)
        return items_join(items, chunk->batch, &process->item);
    (void)items_next(items, &item);
    return item;
}

/* With records: what it is. */
static void find_content(struct process *process, uint64_t number, struct item item)
{
    const struct command_task task = {
        .number = number, .worker = process->filter->number, .items = {"", 0, 0}};
    content_of_answer(process->run.command, &task, item);
}

/* Which of the chunk's items are not for the filter. */
static void find_left_out(struct process *process, struct held *held)
{
    const struct content *content = &process->run.command->content;
    struct items items = held->unsent;
    bool any = false;
    held->left_out = xcalloc(held->chunk.count, sizeof *held->left_out);
    for (uint32_t i = 0; i < held->chunk.count; i++) {
        find_content(process, held->chunk.first + i, next_item(process, &held->chunk, &items));
        held->left_out[i] = content_was_done(content, held->chunk.first + i);
        any = any || held->left_out[i];
    }
    if (any)
        return;
    free(held->left_out);
    held->left_out = NULL;
}

static bool is_left_out(const struct held *held, uint32_t index)
{
    return held->left_out != NULL && index < held->chunk.count && held->left_out[index];
}

/* ---- chunks ---- */

static void hold(struct process *process, unsigned slot, const struct queue_chunk *chunk)
{
    const struct queue *queue = process->run.command->queue;
    struct held *held = xmalloc(sizeof *held);
    *held = (struct held){.chunk = *chunk, .slot = slot};
    if (process->run.command->apart)
        held->since = clock_now();
    held->unsent = held->unanswered =
        (struct items){queue->arena + chunk->offset, chunk->length, chunk->delimiter};
    if (process->run.command->content.done != NULL)
        find_left_out(process, held);
    *process->last = held;
    process->last = &held->next;
    if (process->held++ == 0)
        outbox_chunk(outbox_of(process));
}

/* The oldest has been answered, or handed back. */
static void drop_first(struct process *process)
{
    struct held *held = process->first;
    outbox_end_results(outbox_of(process));
    process->first = held->next;
    if (process->first == NULL)
        process->last = &process->first;
    process->held--;
    free(held->left_out);
    free(held);
    outbox_chunk(outbox_of(process));
}

/* What has failed before gets a process of its own, the next one. */
static bool is_for_later(const struct process *process, const struct held *held)
{
    return held->chunk.tries > 0 && !process->alone;
}

static struct held *first_unsent(const struct process *process)
{
    struct held *held = process->first;
    while (held != NULL && held->sent == held->chunk.count)
        held = held->next;
    return held == NULL || is_for_later(process, held) ? NULL : held;
}

static bool answers_are_missing(const struct process *process)
{
    return process->first != NULL && process->first->answered < process->first->sent;
}

/* ---- what is not sent ---- */

/* The first item without an answer is one that no filter can be given. */
static bool is_unsendable(struct process *process)
{
    struct held *held = process->first;
    struct items rest = held->unanswered;
    return held->anew && !framing_can(process->framing, next_item(process, &held->chunk, &rest));
}

/* Its turn to be answered has come: after each change of what is sent or answered, so that the first of these never is one. */
static void tell_left_out(struct process *process)
{
    struct run *run = &process->run;
    for (struct held *held; (held = process->first) != NULL && held->answered < held->sent &&
                            is_left_out(held, held->answered);) {
        outbox_end_results(outbox_of(process));
        run->slot = (uint16_t)held->slot;
        run->number = held->chunk.first + held->answered;
        struct command_task task = {.number = run->number, .worker = run->worker, .items = held->unanswered};
        items_skip(&held->unanswered, held->chunk.batch);
        task.items.length -= held->unanswered.length;
        held->answered++;
        answer_skipped(run, &task);
        if (held->answered == held->chunk.count)
            drop_first(process);
    }
}

/* Go past it as if it had been sent; false: the next is none. */
static bool pass_left_out(struct held *held)
{
    if (!is_left_out(held, held->sent))
        return false;
    items_skip(&held->unsent, held->chunk.batch);
    held->sent++;
    return true;
}

/* ---- sending ---- */

static void tell_unsent(struct process *process);

static void frame_items(struct process *process, struct held *held)
{
    buffer_clear(&process->feed);
    held->anew = true;
    while (held->sent < held->chunk.count && buffer_length(&process->feed) < FEED_SIZE) {
        if (pass_left_out(held))
            continue;
        struct item item = next_item(process, &held->chunk, &held->unsent);
        held->sent++;
        if (!framing_can(process->framing, item))
            continue; /* it is refused when its turn to be answered has come */
        framing_put(process->framing, item, &process->feed);
        process->missing++;
    }
}

/* Give the feeder, which has nothing, what comes next; false: there is nothing, or its turn has not come. */
static bool feed_more(struct process *process)
{
    struct feeder *feeder = &process->run.command->feeder;
    struct held *held = first_unsent(process);
    if (held == NULL)
        return false;
    struct feeder_source source = {.bytes = held->unsent.bytes, .length = held->unsent.length};
    if (held->chunk.batch == 1 && held->left_out == NULL && framing_fits(process->framing, &held->unsent)) {
        held->unsent.bytes += held->unsent.length;
        held->unsent.length = 0;
        process->missing += held->chunk.count - held->sent;
        held->sent = held->chunk.count;
    } else {
        uint32_t before = held->sent;
        frame_items(process, held);
        source.bytes = buffer_bytes(&process->feed);
        source.length = buffer_length(&process->feed);
        bool has_moved = held->sent > before;
        tell_unsent(process);
        if (source.length == 0)
            return has_moved;
    }
    feeder_add(feeder, &source);
    return source.length > 0;
}

/* ---- telling ---- */

/* What the oldest item without an answer is made of; the walk goes on behind it. */
static struct items take_unanswered(struct held *held)
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
static void note_begun(struct process *process, const struct held *held, struct items items)
{
    struct run *run = &process->run;
    if (!run->command->apart)
        return;
    run->started = process->told > held->since ? process->told : held->since;
    process->told = clock_now();
    struct items rest = items;
    find_content(process, run->number, next_item(process, &held->chunk, &rest));
    answer_begun(run, items);
}

/* Where its bytes go. */
static void tell_output(struct process *process, struct item answer)
{
    struct run *run = &process->run;
    struct shape *shape = run->command->shape;
    if (shape != NULL && shape_take(shape, SHAPE_OUTPUT, answer.bytes, answer.length, true) < 0)
        run_shape_failed(run);
    if (shape == NULL && outbox_send(outbox_of(process), MESSAGE_OUTPUT, run->slot, run->number, answer.bytes,
                                     answer.length) < 0)
        command_lose_parent(run->command);
}

/* The first item without an answer has ended so: with this answer, if it has one, and `why` among its errors. */
static void tell_apart(struct process *process, struct message_done *done, struct item answer,
                       const char *why)
{
    struct held *held = process->first;
    struct run *run = &process->run;
    char quoted[LOG_QUOTE_SIZE], text[LOG_QUOTE_SIZE + 256];

    outbox_end_results(outbox_of(process));
    run->slot = (uint16_t)held->slot;
    run->number = held->chunk.first + held->answered;
    process->missing -= held->answered < held->sent && !is_unsendable(process);
    struct items items = take_unanswered(held);
    note_begun(process, held, items);
    answer_begin(
        run, &(struct command_task){
                 .number = run->number, .worker = run->worker, .items = items, .tries = held->chunk.tries});
    run->written[0] = answer.length;
    if (answer.length > 0)
        tell_output(process, answer);
    if (why != NULL) {
        struct item label = answer_label(run->command, run->number, items);
        log_quote(quoted, sizeof quoted, label.bytes, label.length);
        int length = snprintf(text, sizeof text, "cpool: '%s': %s\n", quoted, why);
        if (length > 0)
            answer_say(run, text, size_min((size_t)length, sizeof text - 1));
    }
    answer_done(run, items, done);
    if (held->answered == held->chunk.count)
        drop_first(process);
    tell_left_out(process);
}

/* Those whose turn to be answered has come, but that were not sent: left out, or refused. */
static void tell_unsent(struct process *process)
{
    for (;;) {
        tell_left_out(process);
        if (!answers_are_missing(process) || !is_unsendable(process))
            return;
        tell_apart(process, &(struct message_done){.outcome = OUTCOME_FAILED, .code = 1},
                   (struct item){"", 0}, framing_why_not(process->framing));
    }
}

/* One that does not fit among the others, or says itself how it ended. */
static void tell_answer_apart(struct process *process, struct item answer, unsigned status)
{
    struct message_done done = {.outcome = status == 0 ? OUTCOME_SUCCESS : OUTCOME_EXIT, .code = status};
    tell_apart(process, &done, answer, NULL);
}

/* The answer to the first item without one: these bytes go out. */
static void tell_answer(struct process *process, struct item answer, unsigned status)
{
    struct held *held = process->first;
    struct outbox *outbox = outbox_of(process);

    process->answered = true;
    process->filter->work_items++;
    if (UNLIKELY(status != 0 || answer.length > ANSWER_LONG || process->run.command->apart)) {
        tell_answer_apart(process, answer, status);
        return;
    }
    if (outbox->results_open && outbox_room(outbox) < answer.length)
        outbox_end_results(outbox);
    if (outbox_item_begin(outbox, (uint16_t)held->slot, held->chunk.first + held->answered) < 0) {
        command_lose_parent(process->run.command);
        return;
    }
    memcpy(outbox_place(outbox), answer.bytes, answer.length);
    outbox_added(outbox, answer.length);
    outbox_item_done(outbox);
    items_skip(&held->unanswered, held->chunk.batch);
    held->answered++;
    process->missing--;
    if (held->answered == held->chunk.count)
        drop_first(process);
}

/* What is not begun is somebody else's again. */
static void hand_back(struct process *process)
{
    while (process->first != NULL) {
        const struct held *held = process->first;
        outbox_end_results(outbox_of(process));
        if (outbox_send(outbox_of(process), MESSAGE_RETURN, (uint16_t)held->slot,
                        held->chunk.first + held->answered, NULL, 0) < 0)
            command_lose_parent(process->run.command);
        drop_first(process);
    }
}

/* ---- answers ---- */

/* Match what has come; `nonsense` where it makes no sense. */
static void take_answers(struct process *process)
{
    const char *bytes = buffer_bytes(&process->answers);
    size_t length = buffer_length(&process->answers), taken = 0;
    struct item answer;
    unsigned status;

    while (answers_are_missing(process)) {
        size_t size = framing_take(process->framing, bytes + taken, length - taken, &answer, &status);
        if (size == FRAMING_NEVER)
            process->nonsense = framing_why_never(process->framing);
        if (size == 0 || size == FRAMING_NEVER)
            break;
        tell_answer(process, answer, status);
        tell_unsent(process);
        taken += size;
    }
    buffer_take(&process->answers, taken);
    if (taken < length && process->nonsense == NULL && !answers_are_missing(process))
        process->nonsense = "the filter answers more than it was asked";
}

static void count_work(struct process *process, nanoseconds now)
{
    struct outbox_shared *shared = outbox_of(process)->shared;
    struct filter *filter = process->filter;
    nanoseconds until = process->lacked_at != 0 ? process->lacked_at : now;
    if (until > process->counted)
        filter->work_time += until - process->counted;
    process->counted = now;
    if (process->lacked_at != 0)
        process->lacked_at = now;
    atomic_store_explicit(&shared->work_time, filter->work_time, memory_order_relaxed);
    atomic_store_explicit(&shared->work_items, filter->work_items, memory_order_relaxed);
}

static ssize_t read_answers(struct run *run, nanoseconds now)
{
    struct process *process = run->owner;
    ssize_t n = io_read(run->outputs[0].fd, buffer_reserve(&process->answers, READ_SIZE), READ_SIZE);
    if (n == 0) { /* it answers no more, and is not asked any more */
        process->input_ended = true;
        feeder_close(&run->command->feeder);
    }
    if (n <= 0)
        return n;
    buffer_added(&process->answers, (size_t)n);
    note_moved(process, now);
    if (process->nonsense == NULL)
        take_answers(process);
    else
        buffer_clear(&process->answers); /* it is being ended */
    outbox_end_results(outbox_of(process));
    count_work(process, now);
    if ((size_t)n == READ_SIZE)
        run_widen(run);
    else if ((size_t)n < READ_SIZE / 2 && process->missing >= REST_MIN)
        run_rest(run, now);
    if (process->nonsense != NULL && !reaper_ladder_begun(&run->ladder))
        reaper_ladder_begin(&run->ladder, &run->command->plan->ladder, now);
    return n;
}

/* ---- what it waits for ---- */

static bool has_all(const struct process *process)
{
    return !feeder_has_more(&process->run.command->feeder) && first_unsent(process) == NULL;
}

/* It has taken all that there is for it, and would take more: 1, 0 or, where nobody can say, -1. */
static int is_waiting(const struct process *process)
{
    const struct run *run = &process->run;
    if (feeder_has_more(&run->command->feeder) || platform_unread(run->command->feeder.fd) > 0)
        return 0;
    return platform_waits_for_input(run->command->programs[0].pid, run->command->feeder.fd);
}

/* Looked at in growing steps, since nothing tells of it. */
static bool is_hungry(struct process *process, nanoseconds now)
{
    const struct queue *queue = process->run.command->queue;
    if (process->held < HELD_EASILY || process->buffers || queue_has_ended(queue) ||
        outbox_is_to_leave(outbox_of(process)))
        return true;
    if (now >= process->look_at) {
        int waits = is_waiting(process);
        bool silent = waits < 0 && now - process->moved >= SILENCE;
        process->buffers = waits > 0 || (silent && process->missing >= MISSING_MANY);
        if (silent)
            process->counted = now; /* it has waited, and not worked */
        if (waits > 0 || silent)
            return true;
        process->look_pause = process->look_pause * 2 < LOOK_LAST ? process->look_pause * 2 : LOOK_LAST;
        process->look_at = now + process->look_pause;
    }
    process->run.look_again = process->look_at;
    return false;
}

static void look_for_more(struct process *process, nanoseconds now)
{
    struct run *run = &process->run;
    struct queue_chunk chunk;
    unsigned slot;
    enum queue_result result = run_claim(run, &slot, &chunk);
    if (result == QUEUE_CLAIMED) {
        hold(process, slot, &chunk);
        process->enough = chunk.tries > 0;
        process->asked = false;
    }
    if (result == QUEUE_CLAIMED && process->lacked_at != 0) {
        process->counted += now - process->lacked_at;
        process->lacked_at = 0;
    } else if (result == QUEUE_EMPTY && process->lacked_at == 0) {
        process->lacked_at = now;
    }
    process->enough = process->enough || result == QUEUE_CLOSED;
    if (run->wants && !process->asked && answers_are_missing(process)) {
        process->asked = true;
        if (outbox_send(outbox_of(process), MESSAGE_HUNGRY, 0, 0, NULL, 0) < 0)
            command_lose_parent(process->run.command);
    }
}

/* It keeps answers back, and there is nothing more to be had for it: its input is ended, which brings them. */
static bool must_be_flushed(struct process *process, nanoseconds now)
{
    struct run *run = &process->run;
    if (!has_all(process))
        return false;
    if (process->enough)
        return true;
    if (!run->wants || !answers_are_missing(process) || !board_is_pressed(run->command->board))
        return false;
    if (now >= process->moved + PATIENCE)
        return true;
    if (process->moved + PATIENCE < run->look_again)
        run->look_again = process->moved + PATIENCE;
    return false;
}

/* Send what can be sent, and claim what may be claimed. */
static void prepare(struct run *run, nanoseconds now)
{
    struct process *process = run->owner;
    struct feeder *feeder = &run->command->feeder;

    run->look_again = CLOCK_NEVER;
    while (feeder->fd >= 0 && !reaper_ladder_begun(&run->ladder)) {
        if (feeder_has_more(feeder)) {
            size_t before = feeder->left.length;
            run_feed_on(run);
            if (feeder->left.length < before)
                note_moved(process, now);
            if (feeder->fd < 0 || feeder_has_more(feeder))
                return;
        }
        if (feed_more(process))
            continue;
        unsigned before = process->held;
        if (!process->enough && first_unsent(process) == NULL && is_hungry(process, now))
            look_for_more(process, now);
        if (process->held > before)
            continue;
        if (must_be_flushed(process, now)) {
            process->input_ended = true;
            feeder_end(feeder);
        }
        return;
    }
}

/* The time limit is over: it is to blame only while an answer is missing and it does not wait for what we have not. */
static bool works(const struct run *run)
{
    const struct process *process = run->owner;
    return answers_are_missing(process) && (process->input_ended || is_waiting(process) == 0);
}

static const struct run_resident resident = {.prepare = prepare, .answer = read_answers, .works = works};

/* ---- its end ---- */

/* Bytes of what was sent for items that have no answer; `most` of them from the first on, and how many items these are. */
static size_t measure(struct process *process, size_t most, uint32_t *count)
{
    size_t total = 0;
    *count = 0;
    for (const struct held *held = process->first; held != NULL; held = held->next) {
        struct items items = held->unanswered;
        for (uint32_t i = held->answered; i < held->sent && total < most; i++) {
            struct item item = next_item(process, &held->chunk, &items);
            bool was_sent = !is_left_out(held, i) && framing_can(process->framing, item);
            total += was_sent ? framing_size(process->framing, item.length) : 0;
            *count += was_sent;
        }
    }
    return total;
}

/* So many items without an answer it has begun to read. The others' bytes are still with us, or in the pipe. */
static uint32_t count_begun(struct process *process)
{
    struct feeder *feeder = &process->run.command->feeder;
    size_t waiting = feeder->left.length + feeder_unread(feeder);
    uint32_t count;
    size_t sent = measure(process, SIZE_MAX, &count);
    (void)measure(process, sent > waiting ? sent - waiting : 0, &count);
    return count;
}

/* The last answer may lack its end, where the filter has done well. */
static void end_last_answer(struct process *process, const struct message_done *done)
{
    bool is_one = done->outcome == OUTCOME_SUCCESS && process->nonsense == NULL &&
                  answers_are_missing(process) && buffer_length(&process->answers) > 0;
    if (is_one && framing_end(process->framing, &process->answers))
        take_answers(process);
}

static const char *why_no_answer(const struct process *process, const struct message_done *done, char *text,
                                 size_t size)
{
    char name[32];
    if (process->run.timed_out != 0)
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

/* The first item without an answer is to blame; what else it had begun fails, too; the rest is somebody else's again. */
static void fail_begun(struct process *process, const struct message_done *ended)
{
    struct message_done done = *ended;
    char text[160];
    uint32_t begun = count_begun(process);
    const char *why = why_no_answer(process, ended, text, sizeof text);

    if (done.outcome == OUTCOME_SUCCESS || process->nonsense != NULL) /* then we have ended it */
        done = (struct message_done){.outcome = OUTCOME_FAILED, .code = 1};
    for (bool is_first = true; process->first != NULL && (is_first || begun > 0); is_first = false) {
        struct message_done each = done;
        if (is_first && process->run.timed_out != 0) {
            each.outcome = OUTCOME_TIMED_OUT;
            each.code = message_milliseconds(process->run.timed_out);
        }
        tell_apart(process, &each, (struct item){"", 0}, is_first ? why : NULL);
        tell_unsent(process);
        begun -= begun > 0;
    }
}

static void say_excess(struct process *process)
{
    log_error("%s; its answers may not belong to their items", process->nonsense);
    process->filter->exit_status = FILTER_EXCESS;
}

/* All that is known is told; nothing is held any more. */
static void settle(struct process *process)
{
    struct filter *filter = process->filter;
    struct message_done ended = {.outcome = OUTCOME_SUCCESS};

    run_judge(&process->run, &ended);
    end_last_answer(process, &ended);
    filter->barren = process->answered ? 0 : filter->barren + 1;
    bool is_ended = process->run.command->ending;
    if (process->nonsense != NULL && process->first == NULL && !is_ended)
        say_excess(process);
    else if (answers_are_missing(process) || (process->first != NULL && process->nonsense != NULL))
        fail_begun(process, &ended);
    else if (ended.outcome != OUTCOME_SUCCESS && !is_ended)
        log_warning("the filter answered all that it was asked, and ended with a failure");
    if (filter->barren >= BARREN_MAX && !is_ended) {
        log_error("the filter has been started %d times in a row without an answer; the run is ended",
                  BARREN_MAX);
        filter->exit_status = FILTER_HOPELESS;
    }
    hand_back(process);
}

/* ---- its start ---- */

static void expand_line(struct filter *filter, uint64_t number)
{
    const struct command_task task = {.number = number, .worker = filter->number, .items = {"", 0, 0}};
    const char *why = NULL;
    if (command_expand(filter->command, &task, &why) < 0)
        log_fatal("the filter can't be started: %s", why);
}

/* The command line is the same each time, but for the environment's number of the first task. */
static char **expand(struct filter *filter, uint64_t number)
{
    struct command *command = filter->command;
    expand_line(filter, number);
    environment_set(&command->environment, number, filter->number, &command->line.variables);
    if (command->plan->tell)
        command_tell(command);
    return words_vector(&command->line.arguments);
}

/* False: it can't be; nothing is held then. */
static bool start(struct process *process)
{
    struct run *run = &process->run;
    struct filter *filter = process->filter;
    const struct feeder_source nothing = {.bytes = ""};
    char **vector = expand(filter, process->first->chunk.first);
    int error = run_start(run, vector, &nothing);
    if (error == 0) {
        run->command->feeder.stays_open = true;
        return true;
    }
    if (!run->command->starved) {
        for (size_t i = 0; i < run->failed; i++)
            vector = words_next_vector(vector);
        log_error("%s: the filter can't be started: %s",
                  run->in_directory ? vector[0] : command_directory(run->command), strerror(error));
        filter->exit_status = FILTER_HOPELESS;
    }
    hand_back(process);
    return false;
}

int filter_run(struct filter *filter, unsigned slot, const struct queue_chunk *chunk)
{
    struct command *command = filter->command;
    struct process process = {.filter = filter,
                              .framing = command->plan->framing,
                              .alone = chunk->tries > 0,
                              .enough = chunk->tries > 0};
    nanoseconds now = clock_now();

    run_init(&process.run, command, (uint16_t)slot, chunk->first, filter->number);
    process.run.resident = &resident;
    process.run.owner = &process;
    process.run.keeps_errors = true;
    process.last = &process.first;
    if (command->content.done != NULL)
        expand_line(filter, chunk->first);
    hold(&process, slot, chunk);
    while (pass_left_out(process.first))
        continue;
    tell_left_out(&process);
    if (process.first != NULL && start(&process)) {
        note_moved(&process, now);
        process.counted = now;
        run_supervise(&process.run);
        settle(&process);
        (void)feeder_unread(&command->feeder);
    }
    run_release(&process.run);
    buffer_release(&process.feed);
    buffer_release(&process.answers);
    buffer_release(&process.item);
    command_flush(command, clock_now());
    return command->ending || process.run.leftovers || command->starved || filter->exit_status != 0 ? -1 : 0;
}
