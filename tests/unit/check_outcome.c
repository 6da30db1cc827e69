#include "unit.h"

#include "observers/outcome.h"

static void check(enum message_outcome outcome, uint32_t code, const char *wanted)
{
    char text[OUTCOME_TEXT_SIZE];
    ck_assert_str_eq(outcome_format(outcome, code, text), wanted);
}

START_TEST(each_outcome_has_its_words)
{
    check(OUTCOME_SUCCESS, 0, "success");
    check(OUTCOME_EXIT, 3, "exit status 3");
    check(OUTCOME_SIGNAL, SIGTERM, "ended by SIGTERM");
    check(OUTCOME_FAILED, 0, "refused by the function");
    check(OUTCOME_NO_EXEC, ENOENT, "could not be started");
    check(OUTCOME_LOST, 9, "its worker died");
    check(OUTCOME_TIMED_OUT, 1500, "timed out after 1.5 s");
    check(OUTCOME_SKIPPED, 0, "done before");
}
END_TEST

START_TEST(the_longest_time_limit_fits)
{
    char text[OUTCOME_TEXT_SIZE];
    ck_assert_uint_lt(strlen(outcome_format(OUTCOME_TIMED_OUT, UINT32_MAX, text)), OUTCOME_TEXT_SIZE - 1);
}
END_TEST

UNIT_MAIN("outcome")
{
    tcase_add_test(tests, each_outcome_has_its_words);
    tcase_add_test(tests, the_longest_time_limit_fits);
}
