#include "unit.h"

#include "task/halt.h"

static const struct {
    const char *text;
    struct halt_rule rule;
} good[] = {
    {"never", {.when = HALT_NEVER}},
    {"now,fail=1", {HALT_NOW, HALT_FAIL, false, 1}},
    {"soon,fail=3%", {HALT_SOON, HALT_FAIL, true, 3}},
    {"now,success=10", {HALT_NOW, HALT_SUCCESS, false, 10}},
    {"soon,done=100%", {HALT_SOON, HALT_DONE, true, 100}},
    /* GNU parallel's shorthands */
    {"0", {.when = HALT_NEVER}},
    {"1", {HALT_SOON, HALT_FAIL, false, 1}},
    {"2", {HALT_NOW, HALT_FAIL, false, 1}},
    {"-1", {HALT_SOON, HALT_SUCCESS, false, 1}},
    {"-2", {HALT_NOW, HALT_SUCCESS, false, 1}},
    {"30%", {HALT_SOON, HALT_FAIL, true, 30}},
};

START_TEST(rules_are_read)
{
    for (size_t i = 0; i < ARRAY_LENGTH(good); i++) {
        struct halt_rule rule;
        ck_assert_msg(halt_parse(good[i].text, &rule) == 0, "'%s' is refused", good[i].text);
        ck_assert_msg(rule.when == good[i].rule.when && rule.why == good[i].rule.why &&
                          rule.percent == good[i].rule.percent && rule.limit == good[i].rule.limit,
                      "'%s' is read wrongly", good[i].text);
    }
}
END_TEST

START_TEST(what_is_no_rule_is_refused)
{
    static const char *const bad[] = {"",
                                      "now",
                                      "soon,",
                                      "now,fail",
                                      "now,fail=",
                                      "now,fail=0",
                                      "now,fail=x",
                                      "now,fail=1%%",
                                      "now,fail=101%",
                                      "later,fail=1",
                                      "now,fail=-1",
                                      "3",
                                      "never,fail=1",
                                      "now,fail=1 ",
                                      "now fail=1"};
    for (size_t i = 0; i < ARRAY_LENGTH(bad); i++) {
        struct halt_rule rule;
        ck_assert_msg(halt_parse(bad[i], &rule) < 0, "'%s' is taken", bad[i]);
        ck_assert_int_eq(errno, EINVAL);
    }
}
END_TEST

START_TEST(each_kind_counts_its_own)
{
    struct halt_rule fail = {HALT_NOW, HALT_FAIL, false, 2}, success = {HALT_NOW, HALT_SUCCESS, false, 2},
                     done = {HALT_NOW, HALT_DONE, false, 2};
    ck_assert(!halt_is_reached(&fail, 9, 1, 0) && halt_is_reached(&fail, 9, 2, 0));
    ck_assert(!halt_is_reached(&success, 9, 8, 0) && halt_is_reached(&success, 9, 7, 0));
    ck_assert(!halt_is_reached(&done, 1, 1, 0) && halt_is_reached(&done, 2, 0, 0));
}
END_TEST

START_TEST(a_percentage_waits_until_the_number_of_items_is_known)
{
    struct halt_rule half = {HALT_SOON, HALT_FAIL, true, 50};
    ck_assert(!halt_is_reached(&half, 100, 100, 0));
    ck_assert(!halt_is_reached(&half, 100, 3, 8));
    ck_assert(halt_is_reached(&half, 100, 4, 8));
}
END_TEST

START_TEST(never_is_never)
{
    struct halt_rule never = {.when = HALT_NEVER};
    ck_assert(!halt_is_reached(&never, 1000000, 1000000, 1000000));
}
END_TEST

/* The figures are what GNU parallel 20221122 answers to the same command lines. */
START_TEST(statuses_are_those_of_gnu_parallel)
{
    struct halt_rule one = {HALT_NOW, HALT_FAIL, false, 1}, two = {HALT_NOW, HALT_FAIL, false, 2},
                     part = {HALT_SOON, HALT_FAIL, true, 30}, half = {HALT_SOON, HALT_FAIL, true, 50},
                     success = {HALT_NOW, HALT_SUCCESS, true, 50}, never = {.when = HALT_NEVER};
    ck_assert_int_eq(halt_status(&one, true, 137, 1, 8), 137);
    ck_assert_int_eq(halt_status(&two, true, 5, 2, 8), 2);
    ck_assert_int_eq(halt_status(&part, true, 7, 3, 8), 38);
    ck_assert_int_eq(halt_status(&part, true, 7, 1, 3), 34);
    ck_assert_int_eq(halt_status(&half, true, 7, 1, 2), 7);
    ck_assert_int_eq(halt_status(&half, true, 7, 2, 3), 67);
    ck_assert_int_eq(halt_status(&success, false, 0, 5, 8), 63);
    ck_assert_int_eq(halt_status(&success, true, 0, 1, 8), 0);
    ck_assert_int_eq(halt_status(&never, false, 0, 100, 0), 100);
    ck_assert_int_eq(halt_status(&never, false, 0, 5000, 0), 101);
}
END_TEST

UNIT_MAIN("halt")
{
    tcase_add_test(tests, rules_are_read);
    tcase_add_test(tests, what_is_no_rule_is_refused);
    tcase_add_test(tests, each_kind_counts_its_own);
    tcase_add_test(tests, a_percentage_waits_until_the_number_of_items_is_known);
    tcase_add_test(tests, never_is_never);
    tcase_add_test(tests, statuses_are_those_of_gnu_parallel);
}
