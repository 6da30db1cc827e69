#include "unit.h"

#include "pool/crew.h"
#include "proc/signals.h"

#include <unistd.h>

#define SEATS 3

static struct queue queue;
static struct poller poller;
static struct crew crew;
static struct worker_plan plan;

static void open_crew(void)
{
    signals_start();
    plan = (struct worker_plan){.function = function_find("identity")};
    ck_assert_ptr_nonnull(plan.function);
    ck_assert_int_eq(queue_create(&queue, SEATS, 8, 4096), 0);
    ck_assert_int_eq(poller_open(&poller), 0);
    ck_assert_int_eq(crew_init(&crew, SEATS, &plan, &queue, &poller), 0);
}

static void close_crew(void)
{
    crew_release(&crew);
    poller_close(&poller);
    queue_destroy(&queue);
}

/* Wait for news of a member and take one message, if it sent one. */
static int hear(struct crew_member *member, struct message *message)
{
    for (;;) {
        int result = channel_next(&member->results, message);
        if (result != 0)
            return result;
        struct poller_event events[POLLER_BATCH];
        if (poller_wait(&poller, events, -1, signals_wait_mask()) < 0)
            continue;
        ssize_t n = channel_fill(&member->results);
        if (n == 0)
            return 0;
        ck_assert(n > 0 || errno == EAGAIN);
    }
}

/* It ends, or has ended: wait until it is gone. */
static void see_off(struct crew_member *member)
{
    struct message message;
    while (hear(member, &message) == 1)
        continue;
    crew_drained(&crew, member);
    while (!crew_is_gone(member)) {
        (void)platform_poll(NULL, 0, 10, signals_wait_mask());
        crew_reap(&crew);
    }
}

static struct crew_member *hire(void)
{
    struct crew_member *member = crew_hire(&crew);
    ck_assert_ptr_nonnull(member);
    return member;
}

START_TEST(a_new_member_says_hello)
{
    struct message message;
    open_crew();
    struct crew_member *member = hire();
    ck_assert_uint_eq(crew.alive, 1);
    ck_assert_int_eq(hear(member, &message), 1);
    ck_assert_int_eq(message.type, MESSAGE_HELLO);
    ck_assert_uint_eq(message.as.hello.pid, (uint32_t)member->pid);
    queue_close(&queue);
    see_off(member);
    ck_assert_int_eq(member->status.exit_status, 0);
    crew_close_seat(&crew, member);
    ck_assert_uint_eq(crew.alive, 0);
    close_crew();
}
END_TEST

START_TEST(seats_are_given_from_the_lowest_and_given_again)
{
    open_crew();
    struct crew_member *members[SEATS];
    for (unsigned i = 0; i < SEATS; i++) {
        members[i] = hire();
        ck_assert_uint_eq(members[i]->number, i);
    }
    ck_assert_ptr_null(crew_hire(&crew));
    ck_assert_int_eq(errno, EAGAIN);

    reaper_signal(members[1]->pid, SIGKILL);
    see_off(members[1]);
    ck_assert_int_eq(members[1]->status.signal_number, SIGKILL);
    crew_close_seat(&crew, members[1]);
    ck_assert_ptr_eq(hire(), members[1]);

    queue_close(&queue);
    for (unsigned i = 0; i < SEATS; i++) {
        see_off(members[i]);
        crew_close_seat(&crew, members[i]);
    }
    close_crew();
}
END_TEST

/* A sibling that held the other end of a pipe would keep end of file from ever coming. */
START_TEST(the_end_of_one_is_heard_while_later_ones_live)
{
    open_crew();
    struct crew_member *first = hire(), *second = hire();
    reaper_signal(first->pid, SIGKILL);
    see_off(first);
    crew_close_seat(&crew, first);
    ck_assert_uint_eq(crew.alive, 1);
    queue_close(&queue);
    see_off(second);
    crew_close_seat(&crew, second);
    close_crew();
}
END_TEST

START_TEST(one_that_is_sent_home_leaves_and_the_others_stay)
{
    open_crew();
    struct crew_member *first = hire(), *second = hire();
    ck_assert(crew_send_home(&crew));
    ck_assert(second->leaving && !first->leaving);
    see_off(second);
    ck_assert_int_eq(second->status.exit_status, 0);
    ck_assert_int_eq(kill(first->pid, 0), 0);
    ck_assert(crew_send_home(&crew));
    ck_assert(!crew_send_home(&crew));
    see_off(first);
    close_crew();
}
END_TEST

START_TEST(who_is_dismissed_goes)
{
    open_crew();
    struct crew_member *first = hire(), *second = hire();
    crew_dismiss(&crew, MESSAGE_TERMINATE, SIGTERM);
    see_off(first);
    see_off(second);
    close_crew();
}
END_TEST

START_TEST(stopped_time_does_not_count)
{
    open_crew();
    crew_set_time_limit(&crew, NS_PER_S);
    ck_assert_uint_eq(board_time_limit(crew.board), NS_PER_S);
    crew_stop(&crew);
    ck_assert(board_is_stopped(crew.board));
    nanoseconds before = board_task_clock(crew.board, 100 * NS_PER_S);
    crew_continue(&crew, 30 * NS_PER_S);
    ck_assert(!board_is_stopped(crew.board));
    ck_assert_uint_eq(before - board_task_clock(crew.board, 100 * NS_PER_S), 30 * NS_PER_S);
    close_crew();
}
END_TEST

UNIT_MAIN("crew")
{
    tcase_add_test(tests, a_new_member_says_hello);
    tcase_add_test(tests, seats_are_given_from_the_lowest_and_given_again);
    tcase_add_test(tests, the_end_of_one_is_heard_while_later_ones_live);
    tcase_add_test(tests, one_that_is_sent_home_leaves_and_the_others_stay);
    tcase_add_test(tests, who_is_dismissed_goes);
    tcase_add_test(tests, stopped_time_does_not_count);
}
