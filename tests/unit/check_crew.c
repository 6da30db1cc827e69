#include "unit.h"

#include "base/io.h"
#include "pool/crew.h"
#include "proc/signals.h"

#include <sys/resource.h>
#include <sys/socket.h>

#define SEATS 3

static struct queue queue;
static struct poller poller;
static struct crew crew;
static struct worker_plan plan;
static int tidied; /* a pipe that in_child writes to; -1: none */

static int answer_pid(struct cpool_call *call, const char *item, size_t length)
{
    (void)item;
    while (length == 4)
        pause();
    char text[32];
    int size = snprintf(text, sizeof text, "%ld\n", (long)getpid());
    cpool_write(call, text, (size_t)size);
    return 0;
}

static const struct function function = {.name = "f", .argument = "ITEM", .help = "", .run = answer_pid};

/* In a new worker: the test's pipe tells. */
static void in_child(void *context)
{
    int *fd = context;
    if (*fd >= 0 && write(*fd, "x", 1) != 1)
        _exit(1);
}

static void begin(void)
{
    signals_start();
    plan = (struct worker_plan){.function = &function};
    ck_assert_int_eq(queue_create(&queue, SEATS, 16, MIB), 0);
    ck_assert_int_eq(poller_open(&poller), 0);
    ck_assert_int_eq(crew_init(&crew, SEATS, &plan, &queue, &poller), 0);
    tidied = -1;
    crew.in_child = in_child;
    crew.context = &tidied;
}

static void end(void)
{
    crew_release(&crew);
    poller_close(&poller);
    queue_destroy(&queue);
}

static struct crew_member *hire(void)
{
    struct crew_member *member = crew_hire(&crew);
    ck_assert_ptr_nonnull(member);
    return member;
}

static void publish(const char *item)
{
    struct queue_chunk chunk = {.count = 1, .batch = 1, .length = strlen(item), .delimiter = '\n'};
    memcpy(queue.arena, item, chunk.length);
    ck_assert_int_ge(queue_publish(&queue, &chunk), 0);
    queue_wake(&queue, SEATS);
}

/* One round of the parent's loop: hear and reap. */
static void round_of_news(void)
{
    struct poller_event events[POLLER_BATCH];
    int count = poller_wait(&poller, events, -1, signals_wait_mask());
    for (int i = 0; i < count; i++) {
        struct crew_member *member = events[i].data;
        ssize_t n = channel_fill(&member->results);
        if (n == 0 || (n < 0 && errno != EAGAIN))
            crew_drained(&crew, member);
    }
    while (signals_next() != 0)
        crew_reap(&crew);
}

static void wait_gone(struct crew_member *member)
{
    while (!crew_is_gone(member))
        round_of_news();
}

static void hear_hello(struct crew_member *member)
{
    struct message message;
    while (channel_next(&member->results, &message) != 1)
        round_of_news();
    ck_assert_int_eq(message.type, MESSAGE_HELLO);
    ck_assert_uint_eq(message.as.hello.pid, (uint32_t)member->pid);
    ck_assert_uint_eq(message.slot, member->number);
}

static void close_all(void)
{
    queue_close(&queue);
    for (unsigned i = 0; i < SEATS; i++)
        if (crew.members[i].pid != 0) {
            wait_gone(&crew.members[i]);
            crew_close_seat(&crew, &crew.members[i]);
        }
    ck_assert_uint_eq(crew.alive, 0);
}

START_TEST(each_worker_has_a_seat_and_says_hello)
{
    int ends[2];
    char byte;
    ck_assert_int_eq(pipe(ends), 0);
    tidied = ends[1];
    for (unsigned i = 0; i < SEATS; i++) {
        struct crew_member *member = hire();
        ck_assert_uint_eq(member->number, i);
        ck_assert_uint_eq(crew.alive, i + 1);
        hear_hello(member);
        ck_assert_int_eq(read(ends[0], &byte, 1), 1);
    }
    close_all();
}
END_TEST

START_TEST(when_all_seats_are_taken_nobody_is_hired)
{
    for (unsigned i = 0; i < SEATS; i++)
        (void)hire();
    ck_assert_ptr_null(crew_hire(&crew));
    ck_assert_int_eq(errno, EAGAIN);
    ck_assert_uint_eq(crew.alive, SEATS);
    close_all();
}
END_TEST

START_TEST(one_that_leaves_is_gone_when_it_is_drained_and_reaped)
{
    struct crew_member *member = hire();
    ck_assert(!crew_is_gone(member));
    queue_close(&queue);
    wait_gone(member);
    ck_assert_int_eq(member->status.exit_status, 0);
    crew_close_seat(&crew, member);
    ck_assert_int_eq(member->pid, 0);
    ck_assert_int_eq(member->control_fd, -1);
    ck_assert_uint_eq(crew.alive, 0);
}
END_TEST

START_TEST(a_free_seat_is_taken_again_and_nothing_is_left_of_the_one_before)
{
    (void)hire();
    struct crew_member *member = hire();
    unsigned number = member->number;
    hear_hello(member);
    ck_assert_int_eq(kill(member->pid, SIGKILL), 0);
    wait_gone(member);
    ck_assert_int_eq(member->status.signal_number, SIGKILL);
    crew_close_seat(&crew, member);
    atomic_store(&crew.outboxes[number].leave, 1);
    atomic_store(&crew.outboxes[number].progress, 77);
    member = hire();
    ck_assert_uint_eq(member->number, number);
    hear_hello(member);
    ck_assert_uint_eq(atomic_load(&crew.outboxes[number].progress), 0);
    close_all();
}
END_TEST

static int ends[2];

/* Leads a group, leaves somebody in it who answers, and ends. */
static int lead_and_leave(void *context)
{
    char byte;
    (void)context;
    setpgid(0, 0);
    close(ends[0]);
    if (fork() == 0)
        while (read(ends[1], &byte, 1) == 1 && write(ends[1], &byte, 1) == 1)
            continue;
    return 0;
}

/* A killed worker's task had its number; another process, and the group that it led, have it by now. */
START_TEST(the_number_of_a_task_that_is_over_is_forgotten)
{
    siginfo_t info;
    char byte = 'x';
    struct crew_member *member = hire();
    hear_hello(member);
    ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
    pid_t other = unit_fork(lead_and_leave, NULL);
    close(ends[1]);
    ck_assert_int_eq(waitid(P_PID, (id_t)other, &info, WEXITED | WNOWAIT), 0);
    atomic_store(&crew_outbox(&crew, member)->task, (uint32_t)other);
    ck_assert_int_eq(kill(member->pid, SIGKILL), 0);
    while (!member->drained || !member->reaped) { /* not crew_reap, which would take the other one now */
        struct poller_event events[POLLER_BATCH];
        if (poller_wait(&poller, events, 10, NULL) > 0)
            crew_drained(&crew, member);
        member->reaped = member->reaped || reaper_try(member->pid, &member->status) != 0;
    }
    crew_close_seat(&crew, member);
    crew_reap(&crew);
    ck_assert_int_eq(write(ends[0], &byte, 1), 1);
    ck_assert_int_eq(read(ends[0], &byte, 1), 1);
    close(ends[0]);
}
END_TEST

static char state_of(pid_t pid)
{
    char path[64], text[512];
    snprintf(path, sizeof path, "/proc/%ld/stat", (long)pid);
    if (io_read_file(path, text, sizeof text) < 0)
        return '?';
    const char *state = strrchr(text, ')');
    return state == NULL ? '?' : state[2];
}

/* A shell that is between vfork and the exec of its child waits for that, which is stopped: D. */
static bool is_stopped(pid_t pid)
{
    char state = (char)state_of(pid);
    return state == 'T' || state == 'D';
}

static void wait_for_state(pid_t pid, bool stopped)
{
    while (is_stopped(pid) != stopped)
        nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
}

START_TEST(a_function_that_pauses_stops_and_uses_no_time)
{
    if (state_of(getpid()) == '?') {
        unit_skip("no /proc");
        return;
    }
    plan.time_limits = true;
    struct crew_member *member = hire();
    _Atomic uint64_t *since = &crew_outbox(&crew, member)->since;
    crew_set_time_limit(&crew, 1000 * NS_PER_S);
    publish("wait");
    while (atomic_load(since) == 0)
        nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
    nanoseconds began = atomic_load(since), now = clock_now();

    crew_pause(&crew, member, true, now);
    wait_for_state(member->pid, true);
    ck_assert_uint_eq(crew_check_time(&crew, now + 2000 * NS_PER_S), CLOCK_NEVER);
    /* What is for all who go on is not for this one. */
    crew_stop(&crew);
    crew_continue(&crew, 5 * NS_PER_S);
    wait_for_state(member->pid, true);
    crew_pause(&crew, member, false, now + 2000 * NS_PER_S);
    wait_for_state(member->pid, false);
    ck_assert_uint_eq(atomic_load(since), began + 1995 * NS_PER_S);
    crew_dismiss(&crew, MESSAGE_KILL, 0);
    close_all();
}
END_TEST

/* A worker of functions that was stopped with the lock of the folders of --results held up all others. */
START_TEST(what_others_wait_for_is_not_stopped)
{
    if (state_of(getpid()) == '?') {
        unit_skip("no /proc");
        return;
    }
    struct crew_member *member = hire();
    struct outbox own = {.shared = crew_outbox(&crew, member)};
    publish("wait");
    ck_assert(outbox_stay_awake(&own)); /* as the worker would */
    crew_pause(&crew, member, true, clock_now());
    ck_assert(!member->halted);
    /* A ^Z stops all alike, and all go on. */
    crew_stop(&crew);
    wait_for_state(member->pid, true);
    crew_continue(&crew, NS_PER_S);
    wait_for_state(member->pid, false);
    outbox_may_stop(&own);
    crew_pause(&crew, member, true, clock_now());
    wait_for_state(member->pid, true);
    ck_assert(!outbox_stay_awake(&own));
    crew_pause(&crew, member, false, clock_now());
    wait_for_state(member->pid, false);
    ck_assert(outbox_stay_awake(&own));
    outbox_may_stop(&own);
    crew_dismiss(&crew, MESSAGE_KILL, 0);
    close_all();
}
END_TEST

static const char *folder;

/* Runs until the file `end` is there. */
static int expand(void *template, const struct command_task *task, struct command_line *line,
                  const char **why)
{
    (void)template, (void)task, (void)why;
    words_add(&line->arguments, "sh");
    words_add(&line->arguments, "-c");
    words_add(&line->arguments, "cd \"$1\"; : >there; until [ -e end ]; do sleep 0.01; done");
    words_add(&line->arguments, "sh");
    words_add(&line->arguments, folder);
    return 0;
}

static bool has(const char *name)
{
    char path[1024];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return access(path, F_OK) == 0;
}

/* It pauses for longer than it may take. */
START_TEST(a_command_that_pauses_stops_and_uses_no_time)
{
    static char shell[] = "/bin/sh", *paths[] = {shell};
    struct command_plan command = {.expand = expand, .paths = paths, .program_count = 1};
    struct message message;

    if (state_of(getpid()) == '?') {
        unit_skip("no /proc");
        return;
    }
    folder = unit_make_folder();
    reaper_plan_default(&command.ladder, NS_PER_S);
    plan = (struct worker_plan){.command = &command, .time_limits = true};
    struct crew_member *member = hire();
    hear_hello(member);
    nanoseconds begun = clock_now();
    publish("x");
    while (!has("there"))
        nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
    pid_t task = (pid_t)atomic_load(&crew_outbox(&crew, member)->task);
    crew_pause(&crew, member, true, clock_now());
    wait_for_state(task, true);
    /* It has that long for what is left to do, and pauses for longer than all of the limit. */
    nanoseconds limit = clock_now() - begun + 3 * NS_PER_S;
    crew_set_time_limit(&crew, limit);
    while (clock_now() < begun + limit + NS_PER_S / 4)
        nanosleep(&(struct timespec){.tv_nsec = 50000000}, NULL);
    ck_assert(is_stopped(task));
    unit_write_file(folder, "end", "", 0600);
    crew_pause(&crew, member, false, clock_now());
    do
        while (channel_next(&member->results, &message) != 1)
            round_of_news();
    while (message.type != MESSAGE_DONE);
    ck_assert_int_eq(message.as.done.outcome, OUTCOME_SUCCESS);
    queue_release(&queue, message.slot);
    close_all();
    unit_remove_folder(folder);
}
END_TEST

START_TEST(one_that_pauses_begins_nothing)
{
    struct crew_member *idle = hire(), *member = hire();
    hear_hello(idle);
    hear_hello(member);
    atomic_store(&crew_outbox(&crew, idle)->paused,
                 1); /* not stopped: it sees the chunk, and leaves it alone */
    unsigned slot = 0;
    for (unsigned i = 0; i < 8; i++) {
        publish("x");
        while (queue_unclaimed(&queue) > 0)
            nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
        ck_assert_int_eq(queue_owner(&queue, slot), (int)member->number);
        queue_release(&queue, slot++);
    }
    atomic_store(&crew_outbox(&crew, idle)->paused, 0);
    close_all();
}
END_TEST

START_TEST(a_death_is_seen_though_siblings_live)
{
    /* The second is forked while the first one's pipes are open here: it must not hold them. */
    struct crew_member *first = hire(), *second = hire();
    hear_hello(first);
    hear_hello(second);
    ck_assert_int_eq(kill(first->pid, SIGKILL), 0);
    wait_gone(first);
    ck_assert(!crew_is_gone(second));
    crew_close_seat(&crew, first);
    close_all();
}
END_TEST

START_TEST(one_is_sent_home_at_a_time)
{
    if (queue.wake_pipe[0] >= 0) {
        /* Whoever is faster has the byte that wakes: one that sleeps may go on sleeping until the next. */
        unit_skip("without a futex no single worker can be woken");
        return;
    }
    struct crew_member *first = hire(), *second = hire();
    ck_assert(crew_send_home(&crew));
    ck_assert(second->leaving);
    wait_gone(second);
    ck_assert_int_eq(second->status.exit_status, 0);
    ck_assert(!crew_is_gone(first));
    ck_assert(crew_send_home(&crew));
    ck_assert(!crew_send_home(&crew));
    wait_gone(first);
    close_all();
}
END_TEST

START_TEST(one_that_is_busy_goes_home_after_its_chunk)
{
    struct crew_member *member = hire();
    publish("x");
    hear_hello(member);
    ck_assert(crew_send_home(&crew));
    wait_gone(member);
    ck_assert_int_eq(member->status.exit_status, 0);
    close_all();
}
END_TEST

START_TEST(who_is_not_watched_is_not_heard_until_it_is)
{
    struct crew_member *member = hire();
    struct poller_event events[POLLER_BATCH];
    hear_hello(member);
    crew_watch(&crew, member, false);
    publish("x");
    while (queue_owner(&queue, 0) < 0)
        usleep(1000);
    ck_assert_int_eq(poller_wait(&poller, events, 20, signals_wait_mask()), 0);
    crew_watch(&crew, member, true);
    ck_assert_int_eq(poller_wait(&poller, events, -1, signals_wait_mask()), 1);
    ck_assert_ptr_eq(events[0].data, member);
    close_all();
}
END_TEST

START_TEST(dismissal_ends_the_busy_and_the_idle)
{
    for (unsigned i = 0; i < SEATS; i++)
        hear_hello(hire());
    publish("stay");
    while (queue_owner(&queue, 0) < 0)
        usleep(1000);
    crew_dismiss(&crew, MESSAGE_TERMINATE, SIGTERM);
    close_all();
}
END_TEST

START_TEST(kill_asks_nobody)
{
    for (unsigned i = 0; i < SEATS; i++)
        (void)hire();
    crew_kill(&crew);
    for (unsigned i = 0; i < SEATS; i++) {
        wait_gone(&crew.members[i]);
        ck_assert_int_eq(crew.members[i].status.signal_number, SIGKILL);
    }
    close_all();
}
END_TEST

START_TEST(without_descriptors_nobody_is_hired_and_nothing_leaks)
{
    struct rlimit before, few;
    ck_assert_int_eq(getrlimit(RLIMIT_NOFILE, &before), 0);
    int next = dup(0);
    close(next);
    few = before;
    few.rlim_cur = (rlim_t)next + 3; /* one pipe, and half of another */
    ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &few), 0);
    ck_assert_ptr_null(crew_hire(&crew));
    ck_assert_int_eq(errno, EMFILE);
    ck_assert_uint_eq(crew.alive, 0);
    ck_assert_int_eq(dup(0), next);
    close(next);
    ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &before), 0);
    (void)hire();
    close_all();
}
END_TEST

UNIT_MAIN("crew")
{
    tcase_add_checked_fixture(tests, begin, end);
    tcase_add_test(tests, each_worker_has_a_seat_and_says_hello);
    tcase_add_test(tests, when_all_seats_are_taken_nobody_is_hired);
    tcase_add_test(tests, one_that_leaves_is_gone_when_it_is_drained_and_reaped);
    tcase_add_test(tests, a_free_seat_is_taken_again_and_nothing_is_left_of_the_one_before);
    tcase_add_test(tests, the_number_of_a_task_that_is_over_is_forgotten);
    tcase_add_test(tests, a_function_that_pauses_stops_and_uses_no_time);
    tcase_add_test(tests, what_others_wait_for_is_not_stopped);
    tcase_add_test(tests, a_command_that_pauses_stops_and_uses_no_time);
    tcase_add_test(tests, one_that_pauses_begins_nothing);
    tcase_add_test(tests, a_death_is_seen_though_siblings_live);
    tcase_add_test(tests, one_is_sent_home_at_a_time);
    tcase_add_test(tests, one_that_is_busy_goes_home_after_its_chunk);
    tcase_add_test(tests, who_is_not_watched_is_not_heard_until_it_is);
    tcase_add_test(tests, dismissal_ends_the_busy_and_the_idle);
    tcase_add_test(tests, kill_asks_nobody);
    tcase_add_test(tests, without_descriptors_nobody_is_hired_and_nothing_leaks);
}
