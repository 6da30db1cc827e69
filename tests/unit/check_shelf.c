#include "unit.h"

#include "base/io.h"
#include "base/platform.h"
#include "pool/shelf.h"

#include <fcntl.h>
#include <sys/wait.h>

#define MANY 1000

static struct shelf shelf;
static int ours[2], own[2], callers;

static bool is_open(int fd)
{
    return fcntl(fd, F_GETFD) >= 0;
}

/* Two of ours on the shelf, the two of a new worker, and one that was open before. */
static void open_all(unsigned count)
{
    int first[2], second[2];
    callers = open("/dev/null", O_RDONLY);
    shelf_init(&shelf, count);
    shelf_prepare(&shelf);
    ck_assert_int_eq(platform_pipe(first, true), 0);
    ck_assert_int_eq(platform_pipe(second, true), 0);
    ours[0] = shelf_put(&shelf, first[0], 0);
    ours[1] = shelf_put(&shelf, second[1], 1);
    own[0] = first[1];
    own[1] = second[0];
}

static void close_all(void)
{
    for (int i = 0; i < 2; i++) {
        io_close(&ours[i]);
        io_close(&own[i]);
    }
    io_close(&callers);
}

/* What is open in a new worker: bit 0 its own ends, bit 1 ours, bit 2 the caller's, bit 3 what was opened
 * since. */
static int look_in_child(void)
{
    int since = open("/dev/null", O_RDONLY), status;
    pid_t pid = shelf_fork(&shelf);
    ck_assert_int_ge(pid, 0);
    if (pid == 0) {
        bool is_rid = shelf_leave(&shelf, own);
        _exit((is_rid ? 16 : 0) | (is_open(own[0]) && is_open(own[1]) ? 1 : 0) |
              (is_open(ours[0]) || is_open(ours[1]) ? 2 : 0) | (is_open(callers) ? 4 : 0) |
              (is_open(since) ? 8 : 0));
    }
    ck_assert_int_eq(waitpid(pid, &status, 0), pid);
    ck_assert(WIFEXITED(status));
    io_close(&since);
    return WEXITSTATUS(status);
}

/* Nothing that the child closes is closed here. */
static void expect_all_open(void)
{
    ck_assert(is_open(own[0]) && is_open(own[1]) && is_open(ours[0]) && is_open(ours[1]) && is_open(callers));
}

START_TEST(a_new_worker_is_rid_of_all_places_and_has_its_own)
{
    open_all(MANY);
    ck_assert_int_eq(ours[0], SHELF_FIRST);
    ck_assert_int_eq(ours[1], SHELF_FIRST + 1);
    ck_assert(shelf_has_room(&shelf, own));
    bool shared = shelf_is_shared(&shelf);
    ck_assert_int_eq(look_in_child() & ~8, 16 | 1 | 4);
    expect_all_open();
    ck_assert_int_eq(shelf_is_shared(&shelf), shared);
    close_all();
}
END_TEST

/* They are other workers' own, which the parent has not closed yet. */
START_TEST(one_that_shared_the_table_has_nothing_that_came_since)
{
    open_all(MANY);
    if (shelf_is_shared(&shelf))
        ck_assert_int_eq(look_in_child(), 16 | 1 | 4);
    expect_all_open();
    close_all();
}
END_TEST

START_TEST(where_the_kernel_does_not_share_a_copy_is_closed)
{
    open_all(MANY);
    shelf.way = SHELF_SIDE_BY_SIDE;
    ck_assert_int_eq(look_in_child(), 16 | 1 | 4 | 8);
    expect_all_open();
    close_all();
}
END_TEST

START_TEST(few_descriptors_stay_where_they_are)
{
    open_all(6);
    ck_assert_int_lt(ours[0], SHELF_FIRST);
    ck_assert_int_lt(ours[1], SHELF_FIRST);
    ck_assert_int_eq(look_in_child(), 1 | 2 | 4 | 8); /* whoever called is to close them */
    close_all();
}
END_TEST

/* Something of the caller's lies there, which its tasks are to have. */
START_TEST(a_shelf_that_is_not_empty_is_none)
{
    int there = fcntl(STDIN_FILENO, F_DUPFD, SHELF_FIRST);
    open_all(MANY);
    ck_assert_int_ne(ours[0], there);
    ck_assert_int_eq(look_in_child(), 1 | 2 | 4 | 8);
    ck_assert(is_open(there));
    close_all();
    io_close(&there);
}
END_TEST

START_TEST(what_lies_behind_the_places_is_not_touched)
{
    int there = fcntl(STDIN_FILENO, F_DUPFD, SHELF_FIRST + 2);
    open_all(MANY);
    ck_assert(!shelf_is_shared(&shelf));
    pid_t pid = shelf_fork(&shelf);
    ck_assert_int_ge(pid, 0);
    if (pid == 0)
        _exit(shelf_leave(&shelf, own) && is_open(there) && !is_open(ours[0]) ? 0 : 1);
    int status;
    ck_assert_int_eq(waitpid(pid, &status, 0), pid);
    ck_assert_int_eq(status, 0);
    close_all();
    io_close(&there);
}
END_TEST

UNIT_MAIN("shelf")
{
    tcase_add_test(tests, a_new_worker_is_rid_of_all_places_and_has_its_own);
    tcase_add_test(tests, one_that_shared_the_table_has_nothing_that_came_since);
    tcase_add_test(tests, where_the_kernel_does_not_share_a_copy_is_closed);
    tcase_add_test(tests, few_descriptors_stay_where_they_are);
    tcase_add_test(tests, a_shelf_that_is_not_empty_is_none);
    tcase_add_test(tests, what_lies_behind_the_places_is_not_touched);
}
