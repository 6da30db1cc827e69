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
#include "proc/signals.h"
#include "proc/spawn.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* As much is made ready to be written at a time. */
#define FEED_SIZE   (64 * KIB)
#define READ_SIZE   (64 * KIB)
/* An answer that is longer does not end. */
#define ANSWER_MAX  (16 * MIB)
/* Chunks held without a look at what the filter does. */
#define HELD_EASILY 2
/* Where nobody can say what the filter waits for, silence of this length is taken for it; it doubles until an answer comes. */
#define SILENCE     (2 * NS_PER_MS)
/* How long a filter that is owed nothing keeps its answers back before its input is ended. */
#define PATIENCE    (50 * NS_PER_MS)
/* So many starts, one after the other, without an answer. */
#define BARREN_MAX  10
#define LABEL_MAX   256

/* A chunk that is not answered whole. */
struct held {
    struct held *next;
    struct queue_chunk chunk;
    unsigned slot;
    struct items unsent, unanswered;
    uint32_t sent, answered; /* answered <= sent <= chunk.count */
};

struct filter {
    const struct filter_seat *seat;
    struct command *command;
    struct outbox *outbox;
    enum filter_framing framing;
    struct held *first, **last; /* in the order of their claims */
    unsigned held;
    pid_t pid; /* of the process; 0: none */
    int input, output;
    bool input_ended;      /* by us: it is to answer what it has, and to end */
    struct buffer feed;    /* to be written */
    struct buffer answers; /* read, and not yet told */
    struct buffer item;    /* one put together of several */
    bool buffers;          /* it is known to keep answers back */
    nanoseconds silence;   /* see SILENCE */
    nanoseconds moved;     /* when it last took or gave something */
    nanoseconds counted;   /* the time up to which work was counted */
    uint64_t work_time, work_items;
    unsigned barren;
    bool closed; /* the queue has no more */
    bool ending; /* the run is over */
    bool stopped;
    bool excess;
    nanoseconds timed_out; /* the limit that was exceeded; 0: none */
};

static const unsigned char ends[] = {[FILTER_LINES] = '\n', [FILTER_NUL] = '\0'};

/* ---- chunks ---- */

static struct items items_of(const struct filter *filter, const struct queue_chunk *chunk)
{
    return (struct items){filter->seat->queue->arena + chunk->offset, chunk->length, chunk->delimiter};
}

static void hold(struct filter *filter, unsigned slot, const struct queue_chunk *chunk)
{
    struct held *held = xmalloc(sizeof *held);
    *held = (struct held){.chunk = *chunk, .slot = slot};
    held->unsent = held->unanswered = items_of(filter, chunk);
    *filter->last = held;
    filter->last = &held->next;
    if (filter->held++ == 0)
        outbox_chunk(filter->outbox);
}

/* The oldest has been answered, or handed back. */
static void drop_first(struct filter *filter)
{
    struct held *held = filter->first;
    outbox_end_results(filter->outbox);
    filter->first = held->next;
    if (filter->first == NULL)
        filter->last = &filter->first;
    filter->held--;
    free(held);
    outbox_chunk(filter->outbox);
}

static bool all_is_sent(const struct filter *filter)
{
    for (const struct held *held = filter->first; held != NULL; held = held->next)
        if (held->sent < held->chunk.count)
            return false;
    return true;
}

static bool answers_are_missing(const struct filter *filter)
{
    return filter->first != NULL && filter->first->answered < filter->first->sent;
}

/* ---- the process ---- */

static void start_process(struct filter *filter, nanoseconds now)
{
    struct command *command = filter->command;
    int in[2] = {-1, -1}, out[2] = {-1, -1};
    enum spawn_step step = SPAWN_FORK;
    size_t failed;

    if (platform_pipe(in, false) < 0 || platform_pipe(out, false) < 0 || io_set_nonblocking(in[1]) < 0 ||
        io_set_nonblocking(out[0]) < 0)
        log_fatal("no pipe for the filter: %s", strerror(errno));
    char **vector = words_vector(&command->line.arguments);
    for (size_t i = 0; i < command->plan->program_count; i++) {
        command->programs[i] = (struct spawn_program){.path = command->plan->paths[i], .argv = vector};
        vector = words_next_vector(vector);
    }
    struct spawn_request request = {
        .programs = command->programs,
        .count = command->plan->program_count,
        .environment = command->environment.vector,
        .directory = command_directory(command),
        .input = in[0],
        .output = out[1],
        .errors = -1,
        .parent = command->self,
        .session = &filter->outbox->shared->task,
    };
    filter->pid = spawn_start(&request, &step, &failed);
    if (filter->pid < 0)
        log_fatal("the filter can't be started: %s", strerror(errno));
    io_close(&in[0]);
    io_close(&out[1]);
    filter->input = in[1];
    filter->output = out[0];
    filter->input_ended = false;
    filter->moved = filter->counted = now;
}

/* KILL where it must be; the status of the first program that failed is what counts. */
static struct reaper_status end_process(struct filter *filter, bool kill)
{
    struct reaper_status status = {.exit_status = 0}, each;
    io_close(&filter->input);
    io_close(&filter->output);
    for (size_t i = filter->command->plan->program_count; i-- > 0;) {
        pid_t pid = filter->command->programs[i].pid;
        if (kill)
            reaper_signal_group(i == 0 || !spawn_has_one_session() ? pid : filter->pid, SIGKILL);
        (void)reaper_wait(pid, &each);
        if (each.exit_status != 0)
            status = each;
    }
    atomic_store_explicit(&filter->outbox->shared->task, 0, memory_order_relaxed);
    filter->pid = 0;
    buffer_clear(&filter->feed);
    return status;
}

static void end_input(struct filter *filter)
{
    io_close(&filter->input);
    filter->input_ended = true;
}

/* ---- sending ---- */

/* The item as the filter gets it; *bytes may be in `item`. */
static struct item next_item(struct filter *filter, const struct queue_chunk *chunk, struct items *items)
{
    struct item item = {"", 0};
    if (chunk->batch == 1)
        (void)items_next(items, &item);
    else
        item = items_join(items, chunk->batch, &filter->item);
    return item;
}

static size_t framed_size(const struct filter *filter, struct item item)
{
    return item.length + (filter->framing == FILTER_LENGTH ? sizeof(uint32_t) : 1);
}

static void frame(struct filter *filter, struct item item)
{
    if (filter->framing == FILTER_LENGTH) {
        unsigned char length[4];
        for (unsigned i = 0; i < 4; i++)
            length[i] = (unsigned char)(item.length >> 8 * i);
        buffer_append(&filter->feed, length, sizeof length);
        buffer_append(&filter->feed, item.bytes, item.length);
    } else {
        buffer_append(&filter->feed, item.bytes, item.length);
        buffer_append_byte(&filter->feed, (char)ends[filter->framing]);
    }
}

static bool can_be_framed(const struct filter *filter, struct item item)
{
    return filter->framing == FILTER_LENGTH || memchr(item.bytes, ends[filter->framing], item.length) == NULL;
}

static void fill_feed(struct filter *filter)
{
    for (struct held *held = filter->first; held != NULL; held = held->next)
        while (held->sent < held->chunk.count) {
            if (buffer_length(&filter->feed) >= FEED_SIZE)
                return;
            struct items rest = held->unsent;
            struct item item = next_item(filter, &held->chunk, &rest);
            if (!can_be_framed(filter, item))
                return; /* it must wait for its turn, to be refused */
            frame(filter, item);
            held->unsent = rest;
            held->sent++;
        }
}

/* ---- telling ---- */

static void lose_parent(struct filter *filter)
{
    filter->ending = filter->command->parent_gone = true;
}

/* The first item without an answer has ended so. */
static void tell_failed(struct filter *filter, enum message_outcome outcome, uint32_t code, const char *why)
{
    struct held *held = filter->first;
    uint64_t number = held->chunk.first + held->answered;
    unsigned char payload[MESSAGE_DONE_SIZE + LABEL_MAX];
    char quoted[LOG_QUOTE_SIZE], text[512];
    struct item item = next_item(filter, &held->chunk, &held->unanswered);
    struct message_done done = {.outcome = outcome, .code = code, .started = filter->moved};

    outbox_end_results(filter->outbox);
    if (why != NULL) {
        log_quote(quoted, sizeof quoted, item.bytes, item.length);
        int length = snprintf(text, sizeof text, "cpool: '%s': %s\n", quoted, why);
        if (length > 0 && outbox_send(filter->outbox, MESSAGE_ERRORS, (uint16_t)held->slot, number, text,
                                      size_min((size_t)length, sizeof text - 1)) < 0)
            lose_parent(filter);
    }
    done.label_length = outcome == OUTCOME_SUCCESS ? 0 : size_min(item.length, LABEL_MAX);
    message_encode_done(payload, &done);
    memcpy(payload + MESSAGE_DONE_SIZE, item.bytes, done.label_length);
    if (outbox_send(filter->outbox, MESSAGE_DONE, (uint16_t)held->slot, number, payload,
                    MESSAGE_DONE_SIZE + done.label_length) < 0)
        lose_parent(filter);
    outbox_item_told(filter->outbox);
    held->answered++;
    if (held->sent < held->answered) { /* it was never sent */
        held->unsent = held->unanswered;
        held->sent = held->answered;
    }
    if (held->answered == held->chunk.count)
        drop_first(filter);
}

/* One that does not fit among the others. */
static void tell_long(struct filter *filter, const char *bytes, size_t length)
{
    struct held *held = filter->first;
    outbox_end_results(filter->outbox);
    if (length > 0 && outbox_send(filter->outbox, MESSAGE_OUTPUT, (uint16_t)held->slot,
                                  held->chunk.first + held->answered, bytes, length) < 0)
        lose_parent(filter);
}

/* The answer to the first item without one: these bytes go out. */
static void tell_answer(struct filter *filter, const char *bytes, size_t length, unsigned status)
{
    struct held *held = filter->first;
    struct outbox *outbox = filter->outbox;
    struct item unused;

    filter->barren = 0;
    filter->silence = SILENCE;
    filter->work_items++;
    if (status != 0 || length > OUTBOX_SIZE / 8) {
        tell_long(filter, bytes, length);
        tell_failed(filter, status != 0 ? OUTCOME_EXIT : OUTCOME_SUCCESS, status, NULL);
        return;
    }
    if (outbox->results_open && outbox_room(outbox) < length)
        outbox_end_results(outbox);
    if (outbox_item_begin(outbox, (uint16_t)held->slot, held->chunk.first + held->answered) < 0) {
        lose_parent(filter);
        return;
    }
    memcpy(outbox_place(outbox), bytes, length);
    outbox_added(outbox, length);
    outbox_item_done(outbox);
    for (uint32_t i = 0; i < held->chunk.batch; i++)
        (void)items_next(&held->unanswered, &unused);
    held->answered++;
    if (held->answered == held->chunk.count)
        drop_first(filter);
}

/* What is not begun is somebody else's again. */
static void hand_back(struct filter *filter)
{
    while (filter->first != NULL) {
        const struct held *held = filter->first;
        outbox_end_results(filter->outbox);
        if (outbox_send(filter->outbox, MESSAGE_RETURN, (uint16_t)held->slot,
                        held->chunk.first + held->answered, NULL, 0) < 0)
            lose_parent(filter);
        drop_first(filter);
    }
}

/* ---- answers ---- */

/* One whole answer at the front of `answers`: its length with what frames it, 0: not yet. */
static size_t whole_answer(const struct filter *filter, struct item *answer, unsigned *status)
{
    const char *bytes = buffer_bytes(&filter->answers);
    size_t length = buffer_length(&filter->answers);

    *status = 0;
    if (filter->framing != FILTER_LENGTH) {
        const char *end = length == 0 ? NULL : memchr(bytes, ends[filter->framing], length);
        if (end == NULL)
            return 0;
        *answer = (struct item){bytes, (size_t)(end - bytes) + 1};
        return answer->length;
    }
    if (length < sizeof(uint32_t))
        return 0;
    uint32_t frame_length = 0;
    for (unsigned i = 0; i < 4; i++)
        frame_length |= (uint32_t)(unsigned char)bytes[i] << 8 * i;
    size_t size = frame_length & ~FILTER_HAS_STATUS, lead = sizeof frame_length;
    if (size > ANSWER_MAX)
        return SIZE_MAX;
    if (length < lead + size)
        return 0;
    bool has_status = (frame_length & FILTER_HAS_STATUS) != 0 && size > 0;
    if (has_status)
        *status = (unsigned char)bytes[lead];
    *answer = (struct item){bytes + lead + has_status, size - has_status};
    return lead + size;
}

/* False where the filter answers what makes no sense: *why. */
static bool take_answers(struct filter *filter, const char **why)
{
    struct item answer;
    unsigned status;
    while (answers_are_missing(filter)) {
        size_t taken = whole_answer(filter, &answer, &status);
        if (taken == 0 || taken == SIZE_MAX) {
            *why = "the filter's answer does not end";
            return taken == 0 && buffer_length(&filter->answers) <= ANSWER_MAX;
        }
        tell_answer(filter, answer.bytes, answer.length, status);
        buffer_take(&filter->answers, taken);
    }
    filter->excess = filter->excess || buffer_length(&filter->answers) > 0;
    *why = "the filter answers more than it was asked";
    return buffer_length(&filter->answers) == 0;
}

/* ---- when it fails ---- */

/* So many of the items that were sent last have not been begun: their bytes are still with us, or in the pipe. */
static uint32_t not_begun(const struct filter *filter, size_t unread)
{
    size_t waiting = buffer_length(&filter->feed) + unread, total = 0;
    uint32_t count = 0;
    for (const struct held *held = filter->first; held != NULL; held = held->next) {
        struct items items = held->unanswered;
        for (uint32_t i = held->answered; i < held->sent; i++) {
            struct item item = {"", 0};
            size_t size = 0;
            for (uint32_t k = 0; k < held->chunk.batch && items_next(&items, &item); k++)
                size += item.length + (k > 0);
            total += framed_size(filter, (struct item){"", size});
            count++;
        }
    }
    /* From the front: as long as what is left is more than what waits, the item has been begun. */
    for (const struct held *held = filter->first; held != NULL && total > waiting; held = held->next) {
        struct items items = held->unanswered;
        for (uint32_t i = held->answered; i < held->sent && total > waiting; i++) {
            struct item item = {"", 0};
            size_t size = 0;
            for (uint32_t k = 0; k < held->chunk.batch && items_next(&items, &item); k++)
                size += item.length + (k > 0);
            total -= size_min(total, framed_size(filter, (struct item){"", size}));
            count--;
        }
    }
    return count;
}

static uint32_t sent_unanswered(const struct filter *filter)
{
    uint32_t count = 0;
    for (const struct held *held = filter->first; held != NULL; held = held->next)
        count += held->sent - held->answered;
    return count;
}

/* The process has ended, or must: the first item without an answer is to blame; what else it had begun fails, too. */
static void fail(struct filter *filter, const char *why, bool kill)
{
    char text[160], name[32];
    uint32_t code = 1;
    enum message_outcome outcome = OUTCOME_EXIT;
    size_t unread = filter->pid > 0 && filter->input >= 0 ? platform_unread(filter->input) : 0;
    uint32_t begun = sent_unanswered(filter) - not_begun(filter, unread);
    struct reaper_status status = end_process(filter, kill);

    if (why == NULL && status.signal_number != 0) {
        outcome = OUTCOME_SIGNAL;
        code = (uint32_t)status.signal_number;
        snprintf(text, sizeof text, "the filter was ended by %s before it answered",
                 signals_name(status.signal_number, name, sizeof name));
        why = text;
    } else if (why == NULL) {
        code = status.exit_status > 0 ? (uint32_t)status.exit_status : 1;
        snprintf(text, sizeof text, "the filter ended with status %d before it answered", status.exit_status);
        why = text;
    }
    buffer_clear(&filter->answers);
    if (++filter->barren >= BARREN_MAX)
        log_fatal("%s, %d times in a row", why, BARREN_MAX);
    for (bool is_first = true; filter->first != NULL && (is_first || begun > 0); is_first = false) {
        begun -= begun > 0;
        if (is_first && filter->timed_out != 0)
            tell_failed(filter, OUTCOME_TIMED_OUT, message_milliseconds(filter->timed_out), NULL);
        else
            tell_failed(filter, outcome, code, is_first ? why : NULL);
    }
    filter->timed_out = 0;
    hand_back(filter);
}

/* ---- reading and writing ---- */

static void write_feed(struct filter *filter, nanoseconds now)
{
    fill_feed(filter);
    while (buffer_length(&filter->feed) > 0) {
        ssize_t n = io_write(filter->input, buffer_bytes(&filter->feed), buffer_length(&filter->feed));
        if (n < 0)
            return; /* full; or not read any more, which its end tells */
        filter->moved = now;
        buffer_take(&filter->feed, (size_t)n);
        fill_feed(filter);
    }
}

/* Its output has ended, and so has it. */
static void see_end(struct filter *filter)
{
    if (answers_are_missing(filter) || !filter->input_ended) {
        fail(filter, NULL, true);
        return;
    }
    struct reaper_status status = end_process(filter, false);
    if (status.exit_status != 0)
        log_warning("the filter answered all items, and ended with a failure");
}

static void count_work(struct filter *filter, nanoseconds now)
{
    struct outbox_shared *shared = filter->outbox->shared;
    if (filter->first != NULL && now > filter->counted)
        filter->work_time += now - filter->counted;
    filter->counted = now;
    atomic_store_explicit(&shared->work_time, filter->work_time, memory_order_relaxed);
    atomic_store_explicit(&shared->work_items, filter->work_items, memory_order_relaxed);
}

static void read_answers(struct filter *filter, nanoseconds now)
{
    const char *why;
    ssize_t n = io_read(filter->output, buffer_reserve(&filter->answers, READ_SIZE), READ_SIZE);
    if (n < 0 && errno == EAGAIN)
        return;
    if (n <= 0) {
        see_end(filter);
        return;
    }
    filter->moved = now;
    buffer_added(&filter->answers, (size_t)n);
    bool sense = take_answers(filter, &why);
    outbox_end_results(filter->outbox);
    count_work(filter, now);
    if (outbox_flush(filter->outbox) < 0)
        lose_parent(filter);
    if (!sense && filter->first == NULL) {
        log_error("%s; its answers may not belong to their items", why);
        (void)end_process(filter, true);
        buffer_clear(&filter->answers);
    } else if (!sense) {
        fail(filter, why, true);
    }
}

/* ---- what it waits for ---- */

/* It has all that we have for it, and would take more. */
static bool is_hungry(struct filter *filter, nanoseconds now, nanoseconds *again)
{
    if (filter->buffers)
        return true;
    if (buffer_length(&filter->feed) > 0 || platform_unread(filter->input) > 0)
        return false;
    int waits = platform_waits_for_input(filter->command->programs[0].pid);
    if (waits == 0) {
        *again = now + NS_PER_MS;
        return false;
    }
    if (waits > 0) {
        filter->buffers = true;
        return true;
    }
    *again = filter->moved + filter->silence;
    if (now < *again)
        return false;
    filter->silence *= 2;
    filter->moved = now;
    return true;
}

/* A run that is stopped begins nothing. */
static void claim(struct filter *filter)
{
    struct queue_chunk chunk;
    unsigned slot;
    if (board_is_stopped(filter->command->board))
        return;
    switch (queue_claim(filter->seat->queue, filter->seat->number, &slot, &chunk)) {
    case QUEUE_CLAIMED:
        hold(filter, slot, &chunk);
        break;
    case QUEUE_CLOSED:
        filter->closed = true;
        break;
    case QUEUE_EMPTY:
        break;
    }
}

/* More to do, where that is what is wanted: false while there is none to be had. */
static bool want_more(struct filter *filter, nanoseconds now, nanoseconds *again)
{
    if (filter->closed || filter->ending || filter->input_ended || !all_is_sent(filter))
        return false;
    if (filter->held >= HELD_EASILY && !is_hungry(filter, now, again))
        return false;
    unsigned before = filter->held;
    claim(filter);
    return filter->held == before;
}

/* An item that can't be sent as it is, whose turn has come. */
static void refuse_unsendable(struct filter *filter)
{
    while (filter->first != NULL && filter->first->answered == filter->first->sent && !filter->ending) {
        struct items rest = filter->first->unsent;
        struct item item = next_item(filter, &filter->first->chunk, &rest);
        if (can_be_framed(filter, item))
            return;
        tell_failed(filter, OUTCOME_FAILED, 1,
                    filter->framing == FILTER_LINES
                        ? "it holds a newline, which ends an item here; see --filter=0"
                        : "it holds a NUL, which ends an item here; see --filter=len");
    }
}

/* ---- the loop ---- */

static void obey(struct filter *filter)
{
    struct message message;
    ssize_t n = channel_fill(&filter->command->control);
    if (n == 0 || (n < 0 && errno != EAGAIN)) {
        lose_parent(filter);
        return;
    }
    while (channel_next(&filter->command->control, &message) == 1)
        if (message.type == MESSAGE_STOP || message.type == MESSAGE_CONTINUE) {
            filter->stopped = message.type == MESSAGE_STOP;
            if (filter->pid > 0)
                reaper_signal_group(filter->pid, filter->stopped ? SIGSTOP : SIGCONT);
        } else if (message.type == MESSAGE_TERMINATE || message.type == MESSAGE_KILL) {
            filter->ending = true;
        }
}

/* When the answer that is waited for will have taken too long; only while the filter can be expected to work at it. */
static nanoseconds time_limit(const struct filter *filter, nanoseconds now)
{
    nanoseconds limit = board_time_limit(filter->command->board);
    if (limit == 0 || filter->stopped || !answers_are_missing(filter) || filter->pid == 0)
        return CLOCK_NEVER;
    bool works = filter->input_ended || buffer_length(&filter->feed) > 0 ||
                 platform_unread(filter->input) > 0 ||
                 platform_waits_for_input(filter->command->programs[0].pid) == 0;
    if (!works)
        return CLOCK_NEVER;
    return now - filter->moved >= limit ? now : filter->moved + limit;
}

static nanoseconds earlier(nanoseconds a, nanoseconds b)
{
    return a < b ? a : b;
}

enum { WATCH_INPUT, WATCH_OUTPUT, WATCH_CONTROL, WATCH_WAKE, WATCH_COUNT };

static void wait_for_news(struct filter *filter, bool wants, nanoseconds deadline, nanoseconds now,
                          struct pollfd watched[WATCH_COUNT])
{
    bool writes = filter->pid > 0 && !filter->input_ended && buffer_length(&filter->feed) > 0;
    watched[WATCH_INPUT] = (struct pollfd){.fd = writes ? filter->input : -1, .events = POLLOUT};
    watched[WATCH_OUTPUT] = (struct pollfd){.fd = filter->pid > 0 ? filter->output : -1, .events = POLLIN};
    watched[WATCH_CONTROL] = (struct pollfd){.fd = filter->command->control.fd, .events = POLLIN};
    watched[WATCH_WAKE] =
        (struct pollfd){.fd = wants ? filter->seat->queue->wake_pipe[0] : -1, .events = POLLIN};
    (void)platform_poll(watched, WATCH_COUNT, clock_poll_timeout(now, deadline), NULL);
    char byte;
    if (watched[WATCH_WAKE].revents != 0 && io_read(filter->seat->queue->wake_pipe[0], &byte, 1) < 0)
        watched[WATCH_WAKE].revents = 0; /* another worker was faster */
}

/* It keeps answers back, and there is nothing more to be had for it: its input is ended, which brings them. */
static bool must_be_flushed(const struct filter *filter, bool wants, nanoseconds now, nanoseconds *again)
{
    if (!answers_are_missing(filter) || filter->input_ended || !all_is_sent(filter) ||
        buffer_length(&filter->feed) > 0)
        return false;
    if (filter->closed)
        return true;
    if (!wants || !board_is_pressed(filter->command->board))
        return false;
    *again = earlier(*again, filter->moved + PATIENCE);
    return now >= filter->moved + PATIENCE;
}

static void go_round(struct filter *filter)
{
    struct pollfd watched[WATCH_COUNT];
    nanoseconds now = clock_now(), again = CLOCK_NEVER;
    const struct filter_seat *seat = filter->seat;
    bool was_closed = filter->closed;

    unsigned before = filter->held;
    bool wants = want_more(filter, now, &again);
    if (wants) { /* announce, and look once more: see queue_announce */
        (void)queue_announce(seat->queue, seat->number);
        wants = want_more(filter, now, &again);
    }
    refuse_unsendable(filter);
    if (filter->first != NULL && filter->pid == 0)
        start_process(filter, now);
    if (filter->pid > 0 && !filter->input_ended)
        write_feed(filter, now);
    if (must_be_flushed(filter, wants, now, &again))
        end_input(filter);
    nanoseconds limit = time_limit(filter, now);
    if (limit <= now) {
        filter->timed_out = board_time_limit(filter->command->board);
        fail(filter, "", true);
        limit = CLOCK_NEVER;
    }
    if (filter->held > before || filter->closed != was_closed) { /* there may be more to be done at once */
        queue_arrive(seat->queue, seat->number);
        return;
    }
    bool idle = filter->closed && filter->first == NULL;
    bool waits = !idle && !(filter->first != NULL && filter->pid == 0) && !filter->ending;
    if (waits)
        wait_for_news(filter, wants, earlier(again, limit), now, watched);
    queue_arrive(seat->queue, seat->number);
    if (!waits)
        return;
    if (watched[WATCH_CONTROL].revents != 0)
        obey(filter);
    if (watched[WATCH_OUTPUT].revents != 0)
        read_answers(filter, clock_now());
}

/* All is answered: what the filter says beyond that is too much. */
static void finish(struct filter *filter)
{
    if (filter->pid == 0)
        return;
    end_input(filter);
    struct pollfd output = {.fd = filter->output, .events = POLLIN};
    while (filter->pid > 0 && !filter->ending) {
        struct pollfd both[2] = {output, {.fd = filter->command->control.fd, .events = POLLIN}};
        (void)platform_poll(both, 2, -1, NULL);
        if (both[1].revents != 0)
            obey(filter);
        if (both[0].revents != 0)
            read_answers(filter, clock_now());
    }
}

/* The run is over: TERM, then KILL after the ladder's time. */
static void abandon(struct filter *filter)
{
    if (filter->pid == 0)
        return;
    struct reaper_ladder ladder = {0};
    nanoseconds now = clock_now();
    reaper_ladder_begin(&ladder, &filter->command->plan->ladder, now);
    io_close(&filter->input);
    while (filter->pid > 0) {
        for (int signal_number; (signal_number = reaper_ladder_due(&ladder, now)) != 0;)
            reaper_signal_group(filter->pid, signal_number);
        if (reaper_has_ended(filter->pid))
            (void)end_process(filter, true);
        else
            (void)platform_poll(NULL, 0,
                                clock_poll_timeout(now, earlier(ladder.deadline, now + 10 * NS_PER_MS)),
                                signals_worker_mask());
        now = clock_now();
    }
}

int filter_serve(const struct filter_seat *seat)
{
    struct command *command = seat->command;
    struct filter filter = {.seat = seat,
                            .command = command,
                            .outbox = command->outbox,
                            .framing = command->plan->framing,
                            .input = -1,
                            .output = -1,
                            .silence = SILENCE};
    filter.last = &filter.first;
    command_expand_once(command, seat->number);
    while (!filter.ending && !(filter.closed && filter.first == NULL) &&
           !(filter.first == NULL && atomic_load_explicit(seat->leave, memory_order_acquire) != 0))
        go_round(&filter);
    if (!filter.ending)
        finish(&filter);
    if (filter.ending)
        abandon(&filter);
    if (outbox_flush_wait(command->outbox) < 0)
        return EXIT_CPOOL_FAILED;
    return filter.excess ? FILTER_EXCESS : 0;
}
