/*
 * A worker whose command stays alive, with the test as its parent: what check_filter and check_stream have in
 * common.
 *
 * The file that includes this says what to do with a chunk (serve_chunk), with what status to end
 * (serve_end), and with a message (take). resident_begin; publish; resident_hire; next, finish or leave.
 */
#ifndef RESIDENT_H
#define RESIDENT_H

#include "unit.h"

#include "base/platform.h"
#include "ipc/queue.h"
#include "proc/signals.h"
#include "worker/command.h"

#include <poll.h>
#include <sys/mman.h>

#define WORKER 2

static struct queue queue;
static struct outbox_shared *shared;
static char *outbox_bytes; /* shared, too */
static struct run_state *run_state;
static struct command_plan plan;
static struct channel answers; /* our end of the results pipe */
static int orders;             /* of the control pipe */
static pid_t worker;
static size_t arena_used;

/* In the worker: -1 when it must end. Without a command: nothing has been begun. */
static int serve_chunk(struct command *command, unsigned slot, const struct queue_chunk *chunk);
static int serve_end(int result);
/* In the test. */
static void take(const struct message *message);

static void *share(size_t size)
{
    void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    ck_assert_ptr_ne(memory, MAP_FAILED);
    return memory;
}

static void resident_begin(unsigned slots, size_t arena,
                           int (*expand)(void *template, const struct command_task *task,
                                         struct command_line *line, const char **why))
{
    static char *paths[] = {NULL};
    signals_start();
    ck_assert_int_eq(queue_create(&queue, WORKER + 1, slots, arena), 0);
    ck_assert_int_eq(queue_use_pipe(&queue), 0);
    shared = share(sizeof *shared);
    outbox_bytes = share(OUTBOX_SIZE);
    run_state = share(sizeof *run_state);
    plan = (struct command_plan){.expand = expand,
                                 .paths = paths,
                                 .program_count = 1,
                                 .framing = FILTER_LINES,
                                 .row = 1,
                                 .file = -1,
                                 .say_lock = -1};
    reaper_plan_default(&plan.ladder, 50 * NS_PER_MS);
}

/* ---- the worker ---- */

static enum queue_result claim_or_sleep(int control, unsigned *slot, struct queue_chunk *chunk)
{
    enum queue_result result;
    while ((result = queue_claim(&queue, WORKER, slot, chunk)) == QUEUE_EMPTY) {
        uint32_t ticket = queue_announce(&queue, WORKER);
        result = queue_claim(&queue, WORKER, slot, chunk);
        bool leaves = atomic_load(&shared->leave) != 0;
        if (result == QUEUE_EMPTY && !leaves)
            queue_sleep(&queue, ticket, control);
        queue_arrive(&queue, WORKER);
        if (result != QUEUE_EMPTY || leaves)
            break;
    }
    return result;
}

/* As in worker.c. */
static int serve(int results, int control)
{
    struct outbox outbox;
    struct command command;
    struct queue_chunk chunk;
    unsigned slot;
    int result = 0;

    signals_enter_worker(true);
    outbox_open(&outbox, (struct outbox_memory){shared, outbox_bytes}, results);
    command_open(&command, &plan, &outbox, control, run_state, platform_become_subreaper() == 0);
    command.queue = &queue;
    while (result == 0) {
        outbox_chunk(&outbox);
        if (claim_or_sleep(control, &slot, &chunk) != QUEUE_CLAIMED)
            break;
        result = serve_chunk(&command, slot, &chunk);
        if (outbox_flush_wait(&outbox) < 0)
            return 1;
    }
    return serve_end(result);
}

/* `errors`: its standard error; -1: ours. */
static void resident_hire(int errors)
{
    int results[2], control[2];
    ck_assert_int_eq(platform_pipe(results, true), 0);
    ck_assert_int_eq(platform_pipe(control, true), 0);
    fflush(NULL);
    worker = fork();
    ck_assert_int_ge(worker, 0);
    if (worker == 0) {
        close(results[0]);
        close(control[1]);
        if (errors >= 0 && dup2(errors, STDERR_FILENO) < 0)
            _exit(1);
        _exit(serve(results[1], control[0]));
    }
    close(results[1]);
    close(control[0]);
    channel_open(&answers, results[0]);
    orders = control[1];
}

/* ---- the parent ---- */

/* Wait for the next message: false at the end. */
static bool next(void)
{
    struct message message;
    for (;;) {
        int result = channel_next(&answers, &message);
        ck_assert_int_ge(result, 0);
        if (result == 1) {
            take(&message);
            return true;
        }
        struct pollfd ready = {.fd = answers.fd, .events = POLLIN};
        ck_assert_int_eq(poll(&ready, 1, -1), 1);
        ssize_t n = channel_fill(&answers);
        if (n == 0)
            return false;
        ck_assert(n > 0 || errno == EAGAIN);
    }
}

/* Hear the worker to its end: the status that it ends with. */
static int leave(void)
{
    while (next())
        continue;
    close(answers.fd);
    channel_release(&answers);
    close(orders);
    return unit_wait(worker);
}

/* Nothing more will come. */
static int finish(void)
{
    queue_close(&queue);
    return leave();
}

#endif
