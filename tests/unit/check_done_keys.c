#include "unit.h"

#include "ipc/done_keys.h"

#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static struct done_entry entry(unsigned char content, bool failed)
{
    struct done_entry made = {.failed = failed};
    memset(made.key, content, sizeof made.key);
    return made;
}

static enum done_answer find(const struct done_keys *keys, unsigned char content, uint64_t number)
{
    struct done_entry wanted = entry(content, false);
    return done_keys_find(keys, wanted.key, number);
}

START_TEST(an_empty_one_knows_nothing)
{
    struct done_keys keys;
    ck_assert_int_eq(done_keys_create(&keys, NULL, 0), 0);
    ck_assert_int_eq(find(&keys, 1, 0), DONE_NEW);
    done_keys_destroy(&keys);
}
END_TEST

START_TEST(what_was_done_is_left_out_whatever_its_number_is_now)
{
    struct done_keys keys;
    struct done_entry entries[] = {entry(9, false), entry(3, false), entry(200, false)};
    ck_assert_int_eq(done_keys_create(&keys, entries, 3), 0);
    ck_assert_int_eq(find(&keys, 3, 1000), DONE_BEFORE);
    ck_assert_int_eq(find(&keys, 200, 0), DONE_BEFORE);
    ck_assert_int_eq(find(&keys, 9, UINT64_MAX - 1), DONE_BEFORE);
    ck_assert_int_eq(find(&keys, 10, 5), DONE_NEW);
    done_keys_destroy(&keys);
}
END_TEST

START_TEST(one_that_was_done_stands_for_one_task)
{
    struct done_keys keys;
    struct done_entry entries[] = {entry(7, false), entry(7, false), entry(8, false)};
    ck_assert_int_eq(done_keys_create(&keys, entries, 3), 0);
    ck_assert_int_eq(find(&keys, 7, 4), DONE_BEFORE);
    ck_assert_int_eq(find(&keys, 7, 6), DONE_BEFORE);
    ck_assert_int_eq(find(&keys, 7, 8), DONE_NEW);
    ck_assert_int_eq(find(&keys, 8, 9), DONE_BEFORE);
    done_keys_destroy(&keys);
}
END_TEST

/* A worker may die between its question and its answer to the parent. */
START_TEST(who_asks_again_gets_the_same_answer)
{
    struct done_keys keys;
    struct done_entry entries[] = {entry(7, false), entry(7, true), entry(7, false)};
    ck_assert_int_eq(done_keys_create(&keys, entries, 3), 0);
    for (int again = 0; again < 3; again++) {
        ck_assert_int_eq(find(&keys, 7, 1), DONE_BEFORE);
        ck_assert_int_eq(find(&keys, 7, 3), DONE_BEFORE);
        ck_assert_int_eq(find(&keys, 7, 5), DONE_FAILED);
        ck_assert_int_eq(find(&keys, 7, 7), DONE_NEW);
    }
    done_keys_destroy(&keys);
}
END_TEST

START_TEST(a_success_is_worth_more_than_a_failure)
{
    struct done_keys keys;
    struct done_entry entries[] = {entry(7, true), entry(7, false)};
    ck_assert_int_eq(done_keys_create(&keys, entries, 2), 0);
    ck_assert_int_eq(find(&keys, 7, 0), DONE_BEFORE);
    done_keys_destroy(&keys);
}
END_TEST

#define MANY 100000

/* Each of them must not look at all others, which would take hours. */
START_TEST(many_of_the_same_content_are_told_apart_at_once)
{
    static struct done_entry entries[MANY];
    struct done_keys keys;
    for (size_t i = 0; i < MANY; i++)
        entries[i] = entry(5, false);
    ck_assert_int_eq(done_keys_create(&keys, entries, MANY), 0);
    for (uint64_t number = 0; number < MANY; number++)
        ck_assert_int_eq(find(&keys, 5, number), DONE_BEFORE);
    for (uint64_t number = MANY; number < 2 * MANY; number++)
        ck_assert_int_eq(find(&keys, 5, number), DONE_NEW);
    ck_assert_int_eq(find(&keys, 5, MANY / 2), DONE_BEFORE);
    done_keys_destroy(&keys);
}
END_TEST

/* Four processes, each with tasks of its own, and half as many entries as there are tasks. */
START_TEST(workers_share_what_is_there)
{
    static struct done_entry entries[2000];
    struct done_keys keys;
    int found[2];
    for (size_t i = 0; i < 2000; i++)
        entries[i] = entry((unsigned char)(i % 2), false);
    ck_assert_int_eq(done_keys_create(&keys, entries, 2000), 0);
    ck_assert_int_eq(pipe(found), 0);
    for (uint64_t worker = 0; worker < 4; worker++)
        if (fork() == 0) {
            uint32_t count = 0;
            for (uint64_t i = 0; i < 1000; i++)
                count += find(&keys, (unsigned char)(i % 2), 4 * i + worker) == DONE_BEFORE;
            _exit(write(found[1], &count, sizeof count) != sizeof count);
        }
    uint32_t total = 0, count;
    for (int worker = 0; worker < 4; worker++) {
        ck_assert_int_eq(read(found[0], &count, sizeof count), sizeof count);
        total += count;
    }
    while (wait(NULL) > 0)
        continue;
    ck_assert_uint_eq(total, 2000);
    done_keys_destroy(&keys);
}
END_TEST

UNIT_MAIN("done_keys")
{
    tcase_add_test(tests, an_empty_one_knows_nothing);
    tcase_add_test(tests, what_was_done_is_left_out_whatever_its_number_is_now);
    tcase_add_test(tests, one_that_was_done_stands_for_one_task);
    tcase_add_test(tests, who_asks_again_gets_the_same_answer);
    tcase_add_test(tests, a_success_is_worth_more_than_a_failure);
    tcase_add_test(tests, many_of_the_same_content_are_told_apart_at_once);
    tcase_add_test(tests, workers_share_what_is_there);
}
