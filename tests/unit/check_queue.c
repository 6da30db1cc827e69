#include "unit.h"

#include "base/io.h"
#include "base/platform.h"
#include "ipc/queue.h"

#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/time.h>

static struct queue queue;

static void open_queue(unsigned owners, size_t slots)
{
    ck_assert_int_eq(queue_create(&queue, owners, slots, 4096), 0);
}

static void close_queue(void)
{
    queue_destroy(&queue);
}

/* Some work that no compiler takes away. */
static void spin(size_t steps)
{
    for (volatile size_t left = steps; left > 0; left = left - 1)
        continue;
}

static int publish(uint64_t first)
{
    const struct queue_chunk chunk = {.first = first, .count = 1, .batch = 1};
    return queue_publish(&queue, &chunk);
}

/* Claim for `owner`, and expect the chunk that begins with `first`: its slot. */
static unsigned claim(unsigned owner, uint64_t first)
{
    struct queue_chunk chunk;
    unsigned slot;
    ck_assert_int_eq(queue_claim(&queue, owner, &slot, &chunk), QUEUE_CLAIMED);
    ck_assert_uint_eq(chunk.first, first);
    ck_assert_int_eq(queue_owner(&queue, slot), (int)owner);
    return slot;
}

static enum queue_result claim_nothing(void)
{
    struct queue_chunk chunk;
    unsigned slot;
    return queue_claim(&queue, 0, &slot, &chunk);
}

/* ---- one after the other ---- */

START_TEST(what_cannot_be_is_refused)
{
    ck_assert_int_eq(queue_create(&queue, 0, 4, 4096), -1);
    ck_assert_int_eq(errno, EINVAL);
    ck_assert_int_eq(queue_create(&queue, QUEUE_OWNERS_MAX + 1, 4, 4096), -1);
    ck_assert_int_eq(queue_create(&queue, 1, QUEUE_SLOTS_MAX + 1, 4096), -1);
    ck_assert_int_eq(queue_create(&queue, 1, 4, SIZE_MAX), -1);
    ck_assert_int_eq(errno, EINVAL);
    if (SIZE_MAX == UINT32_MAX)
        return; /* half of what a program of 32 bits can have may be there */
    /* More than any machine has: the error is the system's, and nothing is left behind. */
    ck_assert_int_eq(queue_create(&queue, 1, 4, SIZE_MAX / 2 - 4096), -1);
    ck_assert_int_eq(errno, ENOMEM);
}
END_TEST

START_TEST(the_arena_is_there_and_shared)
{
    open_queue(1, 4);
    ck_assert_uint_ge(queue.arena_size, 4096);
    memset(queue.arena, 'x', queue.arena_size);
    ck_assert_int_eq(queue.arena[queue.arena_size - 1], 'x');
    ck_assert_int_eq(publish(1), 0);
    claim(0, 1);
    close_queue();
}
END_TEST

START_TEST(chunks_come_whole_and_in_order)
{
    const struct queue_chunk sent = {
        .first = UINT64_C(1) << 40, .count = 7, .batch = 3, .offset = 100, .length = 50, .delimiter = '\n'};
    struct queue_chunk chunk;
    unsigned slot;

    open_queue(2, 8);
    ck_assert_int_eq(claim_nothing(), QUEUE_EMPTY);
    ck_assert_int_ge(queue_publish(&queue, &sent), 0);
    ck_assert_int_eq(queue_claim(&queue, 1, &slot, &chunk), QUEUE_CLAIMED);
    ck_assert_uint_eq(chunk.first, sent.first);
    ck_assert_uint_eq(chunk.count, 7);
    ck_assert_uint_eq(chunk.batch, 3);
    ck_assert_uint_eq(chunk.offset, 100);
    ck_assert_uint_eq(chunk.length, 50);
    ck_assert_int_eq(chunk.delimiter, '\n');
    for (unsigned i = 0; i < 5; i++)
        ck_assert_int_ge(publish(i), 0);
    for (unsigned i = 0; i < 5; i++)
        claim(i % 2, i);
    ck_assert_int_eq(claim_nothing(), QUEUE_EMPTY);
    close_queue();
}
END_TEST

START_TEST(a_slot_has_an_owner_while_it_is_claimed)
{
    open_queue(QUEUE_OWNERS_MAX, 2);
    int slot = publish(1);
    ck_assert_int_ge(slot, 0);
    ck_assert_int_eq(queue_owner(&queue, (unsigned)slot), -1);
    ck_assert_uint_eq(claim(QUEUE_OWNERS_MAX - 1, 1), (unsigned)slot);
    queue_release(&queue, (unsigned)slot);
    ck_assert_int_eq(queue_owner(&queue, (unsigned)slot), -1);
    close_queue();
}
END_TEST

START_TEST(a_full_ring_takes_no_more_until_a_slot_is_free)
{
    open_queue(1, 4);
    for (unsigned i = 0; i < 4; i++)
        ck_assert_int_ge(publish(i), 0);
    ck_assert_int_eq(publish(4), -1);
    ck_assert_int_eq(errno, EAGAIN);
    /* Claimed is not free: its bytes are still in use. */
    unsigned slot = claim(0, 0);
    ck_assert_int_eq(publish(4), -1);
    queue_release(&queue, slot);
    ck_assert_int_eq(publish(4), (int)slot);
    ck_assert_int_eq(publish(5), -1);
    for (unsigned i = 1; i <= 4; i++)
        claim(0, i);
    ck_assert_int_eq(publish(5), -1);
    ck_assert_int_eq(errno, EAGAIN);
    ck_assert_int_eq(claim_nothing(), QUEUE_EMPTY);
    close_queue();
}
END_TEST

START_TEST(a_slot_held_by_a_slow_owner_is_stepped_over)
{
    open_queue(2, 4);
    ck_assert_int_ge(publish(1000000), 0);
    unsigned held = claim(1, 1000000);
    for (unsigned i = 0; i < 1000; i += 3) {
        for (unsigned k = 0; k < 3; k++)
            ck_assert_int_ge(publish(i + k), 0);
        ck_assert_int_eq(publish(99), -1);
        for (unsigned k = 0; k < 3; k++)
            queue_release(&queue, claim(0, i + k));
        ck_assert_int_eq(claim_nothing(), QUEUE_EMPTY);
    }
    ck_assert_int_eq(queue_owner(&queue, held), 1);
    queue_release(&queue, held);
    for (unsigned i = 0; i < 4; i++)
        ck_assert_int_ge(publish(i), 0);
    for (unsigned i = 0; i < 4; i++)
        claim(0, i);
    close_queue();
}
END_TEST

START_TEST(what_is_withdrawn_is_not_claimed)
{
    open_queue(1, 4);
    int first = publish(1), second = publish(2), third = publish(3);
    ck_assert(queue_withdraw(&queue, (unsigned)second));
    ck_assert(!queue_withdraw(&queue, (unsigned)second));
    ck_assert_uint_eq(claim(0, 1), (unsigned)first);
    ck_assert(!queue_withdraw(&queue, (unsigned)first));
    ck_assert_uint_eq(claim(0, 3), (unsigned)third);
    ck_assert_int_eq(claim_nothing(), QUEUE_EMPTY);
    /* Its slot goes on. */
    ck_assert_int_ge(publish(4), 0);
    ck_assert_int_ge(publish(5), 0);
    claim(0, 4);
    claim(0, 5);
    close_queue();
}
END_TEST

START_TEST(closed_means_nothing_more_but_what_is_there)
{
    open_queue(1, 4);
    ck_assert_int_ge(publish(1), 0);
    queue_close(&queue);
    unsigned slot = claim(0, 1);
    ck_assert_int_eq(claim_nothing(), QUEUE_CLOSED);
    /* Its worker dies: what is taken back from it is still handed out. */
    queue_release(&queue, slot);
    ck_assert_int_ge(publish(1), 0);
    claim(0, 1);
    ck_assert_int_eq(claim_nothing(), QUEUE_CLOSED);
    close_queue();
}
END_TEST

START_TEST(what_nobody_has_claimed_is_counted)
{
    open_queue(2, 4);
    ck_assert_uint_eq(queue_unclaimed(&queue), 0);
    for (unsigned lap = 0; lap < 50; lap++) {
        int first = publish(1), second = publish(2), third = publish(3);
        ck_assert_int_ge(first, 0);
        ck_assert_uint_eq(queue_unclaimed(&queue), 3);
        ck_assert(queue_withdraw(&queue, (unsigned)second));
        ck_assert_uint_eq(queue_unclaimed(&queue), 2);
        ck_assert_uint_eq(claim(0, 1), (unsigned)first);
        ck_assert_uint_eq(queue_unclaimed(&queue), 1);
        ck_assert_uint_eq(claim(1, 3), (unsigned)third);
        /* Claimed, but not done. */
        ck_assert_uint_eq(queue_unclaimed(&queue), 0);
        queue_release(&queue, (unsigned)third);
        /* What is taken back is to be claimed once more. */
        queue_release(&queue, (unsigned)first);
        ck_assert_uint_eq(queue_unclaimed(&queue), 0);
        ck_assert_int_ge(publish(1), 0);
        ck_assert_uint_eq(queue_unclaimed(&queue), 1);
        queue_release(&queue, claim(0, 1));
    }
    close_queue();
}
END_TEST

START_TEST(slots_that_are_held_are_not_counted_when_they_are_stepped_over)
{
    open_queue(2, 4);
    ck_assert_int_ge(publish(100), 0);
    unsigned held = claim(1, 100);
    for (unsigned i = 0; i < 30; i += 3) {
        for (unsigned k = 0; k < 3; k++) {
            ck_assert_int_ge(publish(i + k), 0);
            ck_assert_uint_eq(queue_unclaimed(&queue), k + 1);
        }
        for (unsigned k = 0; k < 3; k++) {
            queue_release(&queue, claim(0, i + k));
            ck_assert_uint_eq(queue_unclaimed(&queue), 2 - k);
        }
    }
    queue_release(&queue, held);
    ck_assert_uint_eq(queue_unclaimed(&queue), 0);
    close_queue();
}
END_TEST

/* Publish, claim, release and withdraw in any order, against a list of what is published, oldest first. */
START_TEST(any_order_of_calls_hands_out_each_chunk_once_and_oldest_first)
{
    enum { SLOTS = 8 };
    uint64_t waiting[SLOTS], chance = 5, next = 0;
    unsigned waiting_slot[SLOTS], claimed[SLOTS];
    size_t waits = 0, claims = 0, full = 0, stepped = 0;

    open_queue(3, SLOTS);
    for (int round = 0; round < 20000; round++) {
        size_t what = unit_below(&chance, 8), i;
        ck_assert_uint_eq(queue_unclaimed(&queue), waits);
        if (what < 4) {
            int slot = publish(next);
            if (slot < 0) {
                ck_assert_uint_gt(waits + claims, 0);
                full++;
                continue;
            }
            stepped += claims > 0;
            waiting_slot[waits] = (unsigned)slot;
            waiting[waits++] = next++;
        } else if (what < 6) {
            if (waits == 0) {
                ck_assert_int_eq(claim_nothing(), QUEUE_EMPTY);
                continue;
            }
            claimed[claims] = claim((unsigned)unit_below(&chance, 3), waiting[0]);
            ck_assert_uint_eq(claimed[claims++], waiting_slot[0]);
            waits--;
            memmove(waiting, waiting + 1, waits * sizeof *waiting);
            memmove(waiting_slot, waiting_slot + 1, waits * sizeof *waiting_slot);
        } else if (what < 7 && claims > 0) {
            i = unit_below(&chance, claims);
            queue_release(&queue, claimed[i]);
            claimed[i] = claimed[--claims];
        } else if (waits > 0 && unit_below(&chance, 4) == 0) {
            i = unit_below(&chance, waits);
            ck_assert(queue_withdraw(&queue, waiting_slot[i]));
            waits--;
            memmove(waiting + i, waiting + i + 1, (waits - i) * sizeof *waiting);
            memmove(waiting_slot + i, waiting_slot + i + 1, (waits - i) * sizeof *waiting_slot);
        }
    }
    ck_assert_uint_gt(next, 1000);
    ck_assert_uint_gt(full, 0);
    ck_assert_uint_gt(stepped, 0);
    close_queue();
}
END_TEST

/* ---- sleeping ---- */

START_TEST(sleepers_are_counted)
{
    open_queue(200, 4);
    ck_assert_uint_eq(queue_sleepers(&queue), 0);
    queue_announce(&queue, 0);
    queue_announce(&queue, 63);
    queue_announce(&queue, 64);
    queue_announce(&queue, 199);
    queue_announce(&queue, 199);
    ck_assert_uint_eq(queue_sleepers(&queue), 4);
    queue_arrive(&queue, 63);
    ck_assert_uint_eq(queue_sleepers(&queue), 3);
    /* One that was killed in its sleep never arrives. */
    queue_forget_sleeper(&queue, 199);
    queue_forget_sleeper(&queue, 199);
    ck_assert_uint_eq(queue_sleepers(&queue), 2);
    close_queue();
}
END_TEST

/* The instant between the last look and the sleep: without the ticket the wake-up would be lost. */
START_TEST(a_wake_up_before_the_sleep_is_not_lost)
{
    open_queue(2, 4);
    uint32_t ticket = queue_announce(&queue, 1);
    ck_assert_int_ge(publish(1), 0);
    queue_wake(&queue, 1);
    queue_sleep(&queue, ticket, -1);
    queue_arrive(&queue, 1);
    claim(1, 1);
    close_queue();
}
END_TEST

START_TEST(closing_before_the_sleep_is_not_missed)
{
    open_queue(2, 4);
    uint32_t ticket = queue_announce(&queue, 0);
    queue_close(&queue);
    queue_sleep(&queue, ticket, -1);
    queue_arrive(&queue, 0);
    ck_assert_int_eq(claim_nothing(), QUEUE_CLOSED);
    close_queue();
}
END_TEST

START_TEST(news_on_the_control_pipe_and_a_wake_up_end_the_sleep)
{
    int control[2];
    open_queue(2, 4);
    ck_assert_int_eq(platform_pipe(control, true), 0);
    uint32_t ticket = queue_announce(&queue, 0);
    ck_assert_int_eq(io_write_all(control[1], "x", 1), 0);
    queue_wake(&queue, 1);
    queue_sleep(&queue, ticket, control[0]);
    queue_arrive(&queue, 0);
    io_close(&control[0]);
    io_close(&control[1]);
    close_queue();
}
END_TEST

static bool can_be_heard(void)
{
    struct pollfd ready = {.fd = queue.wake_pipe[0], .events = POLLIN};
    return poll(&ready, 1, 0) == 1;
}

/* So that a sleeper can wait for other things as well. */
START_TEST(a_wake_up_can_be_a_byte_in_a_pipe)
{
    int fds[2];
    char bytes[8];
    open_queue(4, 4);
    ck_assert_int_eq(queue_use_pipe(&queue), 0);
    memcpy(fds, queue.wake_pipe, sizeof fds);
    ck_assert_int_ge(fds[0], 0);
    ck_assert_int_ge(fds[1], 0);
    /* Asked for again, it is the same one. */
    ck_assert_int_eq(queue_use_pipe(&queue), 0);
    ck_assert_mem_eq(fds, queue.wake_pipe, sizeof fds);
    /* Nobody sleeps: nobody is woken. */
    queue_wake(&queue, 4);
    ck_assert(!can_be_heard());
    queue_announce(&queue, 1);
    queue_announce(&queue, 2);
    queue_announce(&queue, 3);
    queue_wake(&queue, 0);
    ck_assert(!can_be_heard());
    queue_wake(&queue, 2);
    ck_assert_int_eq(io_read(fds[0], bytes, sizeof bytes), 2);
    /* No more than there are sleepers. */
    queue_wake(&queue, 100);
    ck_assert_int_eq(io_read(fds[0], bytes, sizeof bytes), 3);
    queue_close(&queue);
    ck_assert_int_eq(io_read(fds[0], bytes, sizeof bytes), 3);
    ck_assert(!can_be_heard());
    close_queue();
    ck_assert_int_lt(queue.wake_pipe[0], 0);
}
END_TEST

START_TEST(with_a_pipe_news_on_the_control_pipe_end_the_sleep)
{
    int control[2];
    open_queue(2, 4);
    ck_assert_int_eq(queue_use_pipe(&queue), 0);
    ck_assert_int_eq(platform_pipe(control, true), 0);
    ck_assert_int_eq(io_write_all(control[1], "x", 1), 0);
    queue_sleep(&queue, queue_announce(&queue, 0), control[0]);
    queue_arrive(&queue, 0);
    /* A wake-up is taken by whoever was woken by it. */
    queue_announce(&queue, 0);
    queue_wake(&queue, 1);
    ck_assert(can_be_heard());
    queue_sleep(&queue, 0, -1);
    ck_assert(!can_be_heard());
    io_close(&control[0]);
    io_close(&control[1]);
    close_queue();
}
END_TEST

static void count_nothing(int signal_number)
{
    (void)signal_number;
}

START_TEST(a_signal_ends_the_sleep)
{
    /* Again and again: one that comes before the sleep ends nothing. */
    const struct itimerval often = {{0, 1000}, {0, 1000}}, never = {{0, 0}, {0, 0}};
    struct sigaction action = {.sa_handler = count_nothing};
    open_queue(1, 4);
    sigaction(SIGALRM, &action, NULL);
    setitimer(ITIMER_REAL, &often, NULL);
    queue_sleep(&queue, queue_announce(&queue, 0), -1);
    setitimer(ITIMER_REAL, &never, NULL);
    queue_arrive(&queue, 0);
    close_queue();
}
END_TEST

/* ---- all at once ---- */

/* A worker's loop up to the chunk: as in worker.c. */
static enum queue_result claim_or_sleep(unsigned owner, unsigned *slot, struct queue_chunk *chunk)
{
    enum queue_result result;
    while ((result = queue_claim(&queue, owner, slot, chunk)) == QUEUE_EMPTY) {
        uint32_t ticket = queue_announce(&queue, owner);
        result = queue_claim(&queue, owner, slot, chunk);
        if (result == QUEUE_EMPTY)
            queue_sleep(&queue, ticket, -1);
        queue_arrive(&queue, owner);
        if (result != QUEUE_EMPTY)
            return result;
    }
    return result;
}

#define THREADS      4
#define THREAD_TASKS 20000

static _Atomic unsigned task_count[THREAD_TASKS];
static int finished[2]; /* slot numbers from the workers to the parent */

static void *consume(void *context)
{
    unsigned owner = *(const unsigned *)context, slot;
    struct queue_chunk chunk;
    while (claim_or_sleep(owner, &slot, &chunk) == QUEUE_CLAIMED) {
        for (uint32_t i = 0; i < chunk.count; i++)
            atomic_fetch_add_explicit(&task_count[chunk.first + i], 1, memory_order_relaxed);
        if (io_write(finished[1], &slot, sizeof slot) != sizeof slot)
            break;
    }
    return NULL;
}

/* Wait until a chunk is done, and free its slot. */
static void release_one(void)
{
    unsigned slot;
    ck_assert_int_eq(io_read_full(finished[0], &slot, sizeof slot), sizeof slot);
    queue_release(&queue, slot);
}

START_TEST(threads_do_every_task_once)
{
    static unsigned owners[THREADS];
    pthread_t threads[THREADS];
    uint64_t chance = 9, next = 0;
    size_t outstanding = 0;

    open_queue(THREADS, 16);
    ck_assert_int_eq(pipe(finished), 0);
    for (unsigned i = 0; i < THREADS; i++) {
        owners[i] = i;
        ck_assert_int_eq(pthread_create(&threads[i], NULL, consume, &owners[i]), 0);
    }
    while (next < THREAD_TASKS) {
        size_t burst = 1 + unit_below(&chance, 40);
        unsigned published = 0;
        while (burst-- > 0 && next < THREAD_TASKS) {
            struct queue_chunk chunk = {.first = next, .batch = 1};
            chunk.count = (uint32_t)uint64_min(1 + unit_below(&chance, 4), THREAD_TASKS - next);
            while (queue_publish(&queue, &chunk) < 0) {
                queue_wake(&queue, published);
                published = 0;
                release_one();
                outstanding--;
            }
            next += chunk.count;
            outstanding++;
            published++;
        }
        queue_wake(&queue, published);
        /* Now and then all are let go to sleep, so that it is a wake-up that they need. */
        if (unit_below(&chance, 4) == 0) {
            for (; outstanding > 0; outstanding--)
                release_one();
            while (queue_sleepers(&queue) < THREADS)
                sched_yield();
        }
    }
    for (; outstanding > 0; outstanding--)
        release_one();
    queue_close(&queue);
    for (unsigned i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    size_t wrong = 0;
    for (size_t i = 0; i < THREAD_TASKS; i++)
        wrong += task_count[i] != 1;
    ck_assert_uint_eq(wrong, 0);
    io_close(&finished[0]);
    io_close(&finished[1]);
    close_queue();
}
END_TEST

/*
 * ---- a storm of kills ----
 *
 * Workers claim, count each task in shared memory when it is done, and say so in a pipe of their own; all the
 * while one after the other is killed. A chunk that the dead had claimed and not finished is found by its
 * owner, and what is left of it is published again. In the end each task has been done once: none is lost
 * with its worker, none is done by two, and nobody waits for ever (that ends by the alarm).
 */

#define STORM_WORKERS 4
#define STORM_TASKS   10000
#define STORM_KILLS   100
#define STORM_SLOTS   32

struct storm {
    _Atomic unsigned char *done; /* shared, by task */
    struct queue_chunk chunks[STORM_SLOTS];
    struct {
        pid_t pid;
        int fd;
    } workers[STORM_WORKERS];
    uint64_t next;      /* the first task that was never published */
    size_t outstanding; /* chunks in slots */
    struct queue_chunk again[STORM_WORKERS * STORM_SLOTS];
    size_t again_count;
};

static struct storm storm;

static int work_in_storm(void *context)
{
    const unsigned *self = context;
    struct queue_chunk chunk;
    unsigned slot;
    while (claim_or_sleep(*self, &slot, &chunk) == QUEUE_CLAIMED) {
        for (uint32_t i = 0; i < chunk.count; i++) {
            /* Some tasks take no time, so that it is the claim that is hit, others take some. */
            spin(chunk.first % 64 * 600);
            atomic_fetch_add(&storm.done[chunk.first + i], 1);
        }
        if (io_write_all(finished[1], &slot, sizeof slot) < 0)
            return 1;
    }
    return 0;
}

static void start_worker(unsigned number)
{
    ck_assert_int_eq(platform_pipe(finished, false), 0);
    storm.workers[number].pid = unit_fork(work_in_storm, &number);
    storm.workers[number].fd = finished[0];
    io_close(&finished[1]);
}

/* Read what it says, once: false at the end of its pipe. */
static bool hear(unsigned number)
{
    unsigned slots[64];
    /* Each number is written by one small write, which is whole or not there. */
    ssize_t n = io_read(storm.workers[number].fd, slots, sizeof slots);
    ck_assert_int_ge(n, 0);
    ck_assert_uint_eq((size_t)n % sizeof *slots, 0);
    for (size_t i = 0; i < (size_t)n / sizeof *slots; i++) {
        ck_assert_int_eq(queue_owner(&queue, slots[i]), (int)number);
        queue_release(&queue, slots[i]);
        storm.outstanding--;
    }
    return n > 0;
}

static bool is_done(uint64_t task)
{
    return atomic_load(&storm.done[task]) != 0;
}

/* The worker is dead and its pipe empty: what it has claimed by now it has not finished. */
static void take_back(unsigned number)
{
    for (unsigned slot = 0; slot < STORM_SLOTS; slot++) {
        if (queue_owner(&queue, slot) != (int)number)
            continue;
        struct queue_chunk rest = storm.chunks[slot];
        for (; rest.count > 0 && is_done(rest.first); rest.first++, rest.count--)
            continue;
        for (uint32_t i = 0; i < rest.count; i++)
            ck_assert(!is_done(rest.first + i));
        queue_release(&queue, slot);
        storm.outstanding--;
        if (rest.count > 0)
            storm.again[storm.again_count++] = rest;
    }
}

static void kill_and_replace(unsigned number)
{
    kill(storm.workers[number].pid, SIGKILL);
    ck_assert_int_eq(unit_wait(storm.workers[number].pid), -SIGKILL);
    while (hear(number))
        continue;
    io_close(&storm.workers[number].fd);
    queue_forget_sleeper(&queue, number);
    take_back(number);
    start_worker(number);
}

/* By preference one that has something to lose. */
static unsigned choose_victim(uint64_t *chance)
{
    int owner = queue_owner(&queue, (unsigned)unit_below(chance, STORM_SLOTS));
    return owner >= 0 ? (unsigned)owner : (unsigned)unit_below(chance, STORM_WORKERS);
}

static void publish_all(uint64_t *chance)
{
    for (;;) {
        struct queue_chunk chunk = {.first = storm.next, .batch = 1};
        chunk.count = (uint32_t)uint64_min(1 + unit_below(chance, 4), STORM_TASKS - storm.next);
        if (storm.again_count > 0)
            chunk = storm.again[storm.again_count - 1];
        if (chunk.count == 0)
            break;
        int slot = queue_publish(&queue, &chunk);
        if (slot < 0)
            break;
        storm.chunks[slot] = chunk;
        storm.outstanding++;
        if (storm.again_count > 0)
            storm.again_count--;
        else
            storm.next += chunk.count;
    }
    /* The sleeper that was woken for the last chunk may be the one that was killed: all are woken. */
    queue_wake(&queue, STORM_WORKERS);
}

static void hear_all(void)
{
    struct pollfd pipes[STORM_WORKERS];
    for (unsigned i = 0; i < STORM_WORKERS; i++)
        pipes[i] = (struct pollfd){.fd = storm.workers[i].fd, .events = POLLIN};
    ck_assert_int_gt(poll(pipes, STORM_WORKERS, -1), 0);
    for (unsigned i = 0; i < STORM_WORKERS; i++)
        if (pipes[i].revents != 0)
            ck_assert(hear(i));
}

START_TEST(killed_workers_lose_nothing_and_block_nobody)
{
    uint64_t chance = 13;
    unsigned kills = 0;

    alarm(60);
    open_queue(STORM_WORKERS, STORM_SLOTS);
    storm.done = mmap(NULL, STORM_TASKS, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    ck_assert_ptr_ne(storm.done, MAP_FAILED);
    for (unsigned i = 0; i < STORM_WORKERS; i++)
        start_worker(i);
    while (storm.next < STORM_TASKS || storm.outstanding + storm.again_count > 0 || kills < STORM_KILLS) {
        publish_all(&chance);
        /* Spread over the run, and each at another moment of what the worker does. */
        if (kills < STORM_KILLS && storm.next >= kills * (STORM_TASKS / STORM_KILLS)) {
            spin(unit_below(&chance, 100000));
            kill_and_replace(choose_victim(&chance));
            kills++;
            continue;
        }
        hear_all();
    }
    queue_close(&queue);
    for (unsigned i = 0; i < STORM_WORKERS; i++) {
        ck_assert_int_eq(unit_wait(storm.workers[i].pid), 0);
        io_close(&storm.workers[i].fd);
    }
    alarm(0);
    size_t wrong = 0;
    for (size_t i = 0; i < STORM_TASKS; i++)
        wrong += atomic_load(&storm.done[i]) != 1;
    ck_assert_uint_eq(wrong, 0);
    munmap(storm.done, STORM_TASKS);
    close_queue();
}
END_TEST

static int claim_and_hang(void *context)
{
    unsigned slot;
    struct queue_chunk chunk;
    (void)context;
    if (queue_claim(&queue, 1, &slot, &chunk) != QUEUE_CLAIMED || io_write_all(finished[1], "c", 1) < 0)
        return 1;
    for (;;)
        pause();
}

START_TEST(a_dead_worker_is_named_as_owner_and_its_chunk_can_be_published_again)
{
    char byte;
    open_queue(2, 4);
    ck_assert_int_eq(platform_pipe(finished, false), 0);
    int slot = publish(1);
    ck_assert_int_ge(publish(2), 0);
    pid_t worker = unit_fork(claim_and_hang, NULL);
    ck_assert_int_eq(io_read(finished[0], &byte, 1), 1);
    kill(worker, SIGKILL);
    ck_assert_int_eq(unit_wait(worker), -SIGKILL);
    ck_assert_int_eq(queue_owner(&queue, (unsigned)slot), 1);
    queue_release(&queue, (unsigned)slot);
    ck_assert_int_ge(publish(1), 0);
    claim(0, 2);
    claim(0, 1);
    io_close(&finished[0]);
    io_close(&finished[1]);
    close_queue();
}
END_TEST

/* Killed in its sleep, or just before: the others still wake up. */
static int sleep_until_closed(void *context)
{
    const unsigned *self = context;
    struct queue_chunk chunk;
    unsigned slot;
    return claim_or_sleep(*self, &slot, &chunk) == QUEUE_CLOSED ? 0 : 1;
}

START_TEST(sleepers_killed_in_their_sleep_keep_nobody_from_waking)
{
    pid_t pids[8];
    open_queue(8, 4);
    for (unsigned i = 0; i < 8; i++)
        pids[i] = unit_fork(sleep_until_closed, &i);
    while (queue_sleepers(&queue) < 8)
        sched_yield();
    for (unsigned i = 0; i < 8; i += 2) {
        kill(pids[i], SIGKILL);
        ck_assert_int_eq(unit_wait(pids[i]), -SIGKILL);
        queue_forget_sleeper(&queue, i);
    }
    queue_close(&queue);
    for (unsigned i = 1; i < 8; i += 2)
        ck_assert_int_eq(unit_wait(pids[i]), 0);
    ck_assert_uint_eq(queue_sleepers(&queue), 0);
    close_queue();
}
END_TEST

UNIT_MAIN("queue")
{
    tcase_add_test(tests, what_cannot_be_is_refused);
    tcase_add_test(tests, the_arena_is_there_and_shared);
    tcase_add_test(tests, chunks_come_whole_and_in_order);
    tcase_add_test(tests, a_slot_has_an_owner_while_it_is_claimed);
    tcase_add_test(tests, a_full_ring_takes_no_more_until_a_slot_is_free);
    tcase_add_test(tests, a_slot_held_by_a_slow_owner_is_stepped_over);
    tcase_add_test(tests, what_is_withdrawn_is_not_claimed);
    tcase_add_test(tests, closed_means_nothing_more_but_what_is_there);
    tcase_add_test(tests, what_nobody_has_claimed_is_counted);
    tcase_add_test(tests, slots_that_are_held_are_not_counted_when_they_are_stepped_over);
    tcase_add_test(tests, any_order_of_calls_hands_out_each_chunk_once_and_oldest_first);
    tcase_add_test(tests, sleepers_are_counted);
    tcase_add_test(tests, a_wake_up_before_the_sleep_is_not_lost);
    tcase_add_test(tests, closing_before_the_sleep_is_not_missed);
    tcase_add_test(tests, news_on_the_control_pipe_and_a_wake_up_end_the_sleep);
    tcase_add_test(tests, a_wake_up_can_be_a_byte_in_a_pipe);
    tcase_add_test(tests, with_a_pipe_news_on_the_control_pipe_end_the_sleep);
    tcase_add_test(tests, a_signal_ends_the_sleep);
    tcase_add_test(tests, threads_do_every_task_once);
    if (!UNIT_THREAD_SANITIZER) {
        tcase_add_test(tests, a_dead_worker_is_named_as_owner_and_its_chunk_can_be_published_again);
        tcase_add_test(tests, killed_workers_lose_nothing_and_block_nobody);
        tcase_add_test(tests, sleepers_killed_in_their_sleep_keep_nobody_from_waking);
    }
}
