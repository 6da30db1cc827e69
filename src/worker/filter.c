/*
 * An item is sent as soon as the filter takes it, so that filters which keep their answers back for a while
 * (most do, when they do not write to a terminal) go on all the same. A filter that has taken all, and waits
 * for more, while answers are missing, is such a one: it gets another chunk. When there is none to be had
 * before it answers, because the parent has handed out all that it may, its input is ended, which brings the
 * answers, and it is started again.
 */
#include "worker/filter_internal.h"

#include "base/io.h"
#include "base/log.h"
#include "base/platform.h"
#include "proc/interpreter.h"
#include "worker/task_messages.h"

#include <errno.h>

/* So much is read at a time. */
#define READ_SIZE    (64 * KIB)
/* It is left alone for a moment only where so many answers are missing: one with nothing more to do must not
 * wait for us. */
#define REST_MIN     8
/* Chunks held without a look at what the filter does. */
#define HELD_EASILY  2
/* After so long without news, what the filter does is looked at for the first time; then after twice that,
 * and so on. */
#define LOOK_FIRST   (1 * NS_PER_MS)
#define LOOK_LAST    (1 * NS_PER_S)
/* Where nobody can say what it does, silence of this length is taken for waiting. */
#define SILENCE      (8 * NS_PER_MS)
/* Of one that owes so many answers then, it is known. */
#define MISSING_MANY 64
/* How long a filter that is owed nothing keeps its answers back before its input is ended. */
#define PATIENCE     (50 * NS_PER_MS)
/* Starts of the filter, one after the other, without an answer, after which it is given up. */
#define BARREN_MAX   10

static void note_moved(struct filter_process *process, nanoseconds now)
{
    process->moved = now;
    process->look_pause = LOOK_FIRST;
    process->look_at = now + LOOK_FIRST;
    child_count_from(&process->child, run_state_task_clock(process->child.command->run_state, now));
}

/* ---- what it answers ---- */

static void count_work(struct filter_process *process, nanoseconds now)
{
    struct outbox_shared *shared = filter_outbox(process)->shared;
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

static ssize_t read_answers(struct child *child, nanoseconds now)
{
    struct filter_process *process = child->owner;
    ssize_t n = io_read(child->outputs[0].fd, buffer_reserve(&process->answers, READ_SIZE), READ_SIZE);
    if (n == 0) { /* it answers no more, and is not asked any more */
        process->input_ended = true;
        stdin_writer_close(&child->command->stdin_writer);
        note_moved(process, now);
    }
    if (n <= 0)
        return n;
    buffer_added(&process->answers, (size_t)n);
    note_moved(process, now);
    if (process->nonsense == NULL)
        filter_take_answers(process);
    else
        buffer_clear(&process->answers); /* it is being ended */
    outbox_end_results(filter_outbox(process));
    count_work(process, now);
    if ((size_t)n == READ_SIZE)
        child_widen(child);
    else if ((size_t)n < READ_SIZE / 2 && process->missing >= REST_MIN)
        child_rest(child, now);
    if (process->nonsense != NULL && !reaper_ladder_begun(&child->ladder))
        reaper_ladder_begin(&child->ladder, &child->command->plan->ladder, now);
    return n;
}

/* ---- what it waits for ---- */

static bool has_all(const struct filter_process *process)
{
    return !stdin_writer_has_more(&process->child.command->stdin_writer) &&
           filter_first_unsent(process) == NULL;
}

/* It has taken all that there is for it, and would take more: 1, 0 or, where nobody can say, -1. */
static int is_waiting(const struct filter_process *process)
{
    const struct child *child = &process->child;
    if (stdin_writer_has_more(&child->command->stdin_writer) ||
        platform_unread(child->command->stdin_writer.fd) > 0)
        return 0;
    return platform_waits_for_input(child->command->programs[0].pid, child->command->stdin_writer.fd);
}

/* Looked at in growing steps, since nothing tells of it. */
static bool is_hungry(struct filter_process *process, nanoseconds now)
{
    const struct queue *queue = process->child.command->queue;
    if (process->held < HELD_EASILY || process->buffers || queue_has_ended(queue) ||
        outbox_is_to_leave(filter_outbox(process)))
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
    process->child.look_again = process->look_at;
    return false;
}

static void look_for_more(struct filter_process *process, nanoseconds now)
{
    struct child *child = &process->child;
    struct queue_chunk chunk;
    unsigned slot;
    enum queue_result result = child_claim(child, &slot, &chunk);
    if (result == QUEUE_CLAIMED) {
        filter_hold(process, slot, &chunk);
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
    if (child->wants && !process->asked && filter_owes(process)) {
        process->asked = true;
        if (outbox_send(filter_outbox(process), MESSAGE_HUNGRY, 0, 0, NULL, 0) < 0)
            link_lose_parent(&process->child.command->link);
    }
}

/* It keeps answers back, and there is nothing more to be had for it: its input is ended, which brings
 * them. */
static bool must_be_flushed(struct filter_process *process, nanoseconds now)
{
    struct child *child = &process->child;
    if (!has_all(process))
        return false;
    if (process->enough)
        return true;
    if (!child->wants || !filter_owes(process) || !run_state_input_is_drained(child->command->run_state))
        return false;
    if (now >= process->moved + PATIENCE)
        return true;
    if (process->moved + PATIENCE < child->look_again)
        child->look_again = process->moved + PATIENCE;
    return false;
}

/* Send what can be sent, and claim what may be claimed. */
static void prepare(struct child *child, nanoseconds now)
{
    struct filter_process *process = child->owner;
    struct stdin_writer *stdin_writer = &child->command->stdin_writer;

    child->look_again = CLOCK_NEVER;
    while (stdin_writer->fd >= 0 && !reaper_ladder_begun(&child->ladder)) {
        if (stdin_writer_has_more(stdin_writer)) {
            size_t before = stdin_writer->left.length;
            child_feed_on(child);
            if (stdin_writer->left.length < before)
                note_moved(process, now);
            if (stdin_writer->fd < 0 || stdin_writer_has_more(stdin_writer))
                return;
        }
        if (filter_feed(process))
            continue;
        unsigned before = process->held;
        if (!process->enough && filter_first_unsent(process) == NULL && is_hungry(process, now))
            look_for_more(process, now);
        if (process->held > before)
            continue;
        if (must_be_flushed(process, now)) {
            process->input_ended = true;
            stdin_writer_end(stdin_writer);
            note_moved(process, now);
        }
        return;
    }
}

/*
 * The time limit is over: it is to blame while an answer is missing and it does not wait for what we have
 * not; once its input is ended it has only to end.
 */
static bool works(const struct child *child)
{
    const struct filter_process *process = child->owner;
    return process->input_ended || (filter_owes(process) && is_waiting(process) == 0);
}

static const struct run_resident resident = {.prepare = prepare, .answer = read_answers, .works = works};

/* ---- its end ---- */

static void say_excess(struct filter_process *process)
{
    log_error("%s; its answers may not belong to their items", process->nonsense);
    process->filter->exit_status = FILTER_EXCESS;
}

/* All items are answered, so that none has failed. */
static void warn_of_end(const struct filter_process *process, const struct message_done *ended)
{
    char limit[64];
    if (process->child.timed_out != 0)
        log_warning(
            "the filter answered all that it was asked, and did not end within %s of the end of its input: "
            "it was ended",
            clock_format_duration(process->child.timed_out, limit, sizeof limit));
    else if (ended->outcome != OUTCOME_SUCCESS)
        log_warning("the filter answered all that it was asked, and ended with a failure");
}

/* All that is known is told; nothing is held any more. */
static void settle(struct filter_process *process)
{
    struct filter *filter = process->filter;
    struct message_done ended = {.outcome = OUTCOME_SUCCESS};

    child_judge(&process->child, &ended);
    filter_end_last_answer(process, &ended);
    filter->barren = process->answered ? 0 : filter->barren + 1;
    bool is_ended = process->child.command->link.ending;
    if (process->nonsense != NULL && process->first == NULL && !is_ended)
        say_excess(process);
    else if (filter_owes(process) || (process->first != NULL && process->nonsense != NULL))
        filter_fail_begun(process, &ended);
    else if (!is_ended)
        warn_of_end(process, &ended);
    if (filter->barren >= BARREN_MAX && !is_ended) {
        log_error("the filter has been started %d times in a row without an answer; the run is ended",
                  BARREN_MAX);
        filter->exit_status = FILTER_HOPELESS;
    }
    filter_hand_back(process);
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
    command_tell(command, true);
    return words_vector(&command->line.arguments);
}

/* False: it can't be; nothing is held then. */
static bool start(struct filter_process *process)
{
    struct child *child = &process->child;
    struct filter *filter = process->filter;
    const struct stdin_writer_source nothing = {.bytes = ""};
    char **vector = expand(filter, process->first->chunk.first);
    int error = child_start(child, vector, &nothing);
    if (error == 0) {
        child->command->stdin_writer.stays_open = true;
        return true;
    }
    if (!child->command->starved) {
        for (size_t i = 0; i < child->failed; i++)
            vector = words_next_vector(vector);
        char why[INTERPRETER_WHY_SIZE];
        log_error("%s: the filter can't be started: %s",
                  child->in_directory ? vector[0] : command_line_directory(&child->command->line),
                  task_messages_why_not_executed(child, vector[0], error, why));
        filter->exit_status = FILTER_HOPELESS;
    }
    filter_hand_back(process);
    return false;
}

int filter_run(struct filter *filter, unsigned slot, const struct queue_chunk *chunk)
{
    struct command *command = filter->command;
    struct filter_process process = {.filter = filter,
                                     .framing = command->plan->framing,
                                     .alone = chunk->tries > 0,
                                     .enough = chunk->tries > 0};
    nanoseconds now = clock_now();

    child_init(&process.child, command, (uint16_t)slot, chunk->first, filter->number);
    process.child.resident = &resident;
    process.child.owner = &process;
    process.child.keeps_errors = true;
    process.last = &process.first;
    if (command->task_key.done != NULL)
        expand_line(filter, chunk->first);
    filter_hold(&process, slot, chunk);
    while (filter_pass_left_out(process.first))
        continue;
    filter_tell_left_out(&process);
    if (process.first != NULL && start(&process)) {
        note_moved(&process, now);
        process.counted = now;
        child_supervise(&process.child);
        settle(&process);
        (void)stdin_writer_unread(&command->stdin_writer);
    }
    child_release(&process.child);
    buffer_release(&process.feed);
    buffer_release(&process.answers);
    buffer_release(&process.item);
    link_flush(&command->link, clock_now());
    return command->link.ending || process.child.leftovers || command->starved || filter->exit_status != 0
               ? -1
               : 0;
}
