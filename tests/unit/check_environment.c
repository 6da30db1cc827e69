#include "unit.h"

#include "task/environment.h"

extern char **environ;

static struct environment environment;
static struct words added;

/* Of the caller: just these. */
static char *callers[] = {
    (char[]){"HOME=/home/x"},  (char[]){"COLOUR=grey"},  (char[]){"CPOOL_SEQ=99"}, (char[]){"EMPTY="},
    (char[]){"CPOOL_PID=123"}, (char[]){"COLOURS=many"}, (char[]){"no equals"},    NULL};

static void begin(void)
{
    environ = callers;
}

static void end(void)
{
    for (size_t i = 0; i < ENVIRONMENT_OURS; i++)
        free(environment.ours[i]);
    free(environment.vector);
    environment = (struct environment){0};
    words_release(&added);
}

/* How many entries begin with `name`, and the value of the last of them. */
static size_t find(const char *name, const char **value)
{
    size_t found = 0, length = strlen(name);
    for (char **entry = environment.vector; *entry != NULL; entry++)
        if (strncmp(*entry, name, length) == 0 && (*entry)[length] == '=') {
            *value = *entry + length + 1;
            found++;
        }
    return found;
}

static void expect(const char *name, const char *wanted)
{
    const char *value = NULL;
    ck_assert_uint_eq(find(name, &value), 1);
    ck_assert_str_eq(value, wanted);
}

START_TEST(tasks_see_the_callers_variables_and_which_task_they_are)
{
    environment_open(&environment, 4711, NULL, 0);
    environment_set(&environment, 6, 2, &added);
    expect("HOME", "/home/x");
    expect("COLOUR", "grey");
    expect("EMPTY", "");
    expect("CPOOL_SEQ", "7");
    expect("PARALLEL_SEQ", "7");
    expect("CPOOL_SLOT", "3");
    expect("PARALLEL_JOBSLOT", "3");
    expect("CPOOL_PID", "4711");
    environment_set(&environment, 7, 0, &added);
    expect("CPOOL_SEQ", "8");
    expect("CPOOL_SLOT", "1");
    expect("CPOOL_PID", "4711");
}
END_TEST

START_TEST(the_users_variables_replace_the_callers_and_change_with_the_task)
{
    static const char *const names[] = {"COLOUR={}", "NEW=x{}"};
    environment_open(&environment, 1, names, 2);
    words_add(&added, "COLOUR=red");
    words_add(&added, "NEW=xred");
    environment_set(&environment, 0, 0, &added);
    expect("COLOUR", "red");
    expect("NEW", "xred");
    expect("COLOURS", "many");
    words_clear(&added);
    words_add(&added, "COLOUR=");
    words_add(&added, "NEW=a=b=c");
    environment_set(&environment, 1, 0, &added);
    expect("COLOUR", "");
    expect("NEW", "a=b=c");
    expect("CPOOL_SEQ", "2");
    expect("HOME", "/home/x");
}
END_TEST

START_TEST(the_largest_numbers_have_room)
{
    environment_open(&environment, INT32_MAX, NULL, 0);
    environment_set(&environment, UINT64_MAX - 1, UINT32_MAX - 1, &added);
    expect("CPOOL_SEQ", "18446744073709551615");
    expect("PARALLEL_JOBSLOT", "4294967295");
    expect("CPOOL_PID", "2147483647");
}
END_TEST

START_TEST(the_size_is_never_less_than_what_is_handed_over)
{
    static const char *const names[] = {"COLOUR=", "NEW="};
    size_t count, bytes = environment_size(names, 2, &count), real = 0, entries = 0;
    environment_open(&environment, INT32_MAX, names, 2);
    words_add(&added, "COLOUR=red");
    words_add(&added, "NEW=x");
    environment_set(&environment, UINT64_MAX - 1, UINT32_MAX - 1, &added);
    for (char **entry = environment.vector; *entry != NULL; entry++, entries++)
        real += strlen(*entry) + 1;
    /* What the user adds is reckoned with the template. */
    real -= strlen("COLOUR=red") + strlen("NEW=x") + 2;
    ck_assert_uint_ge(bytes, real);
    ck_assert_uint_le(bytes, real + ENVIRONMENT_OURS * ENVIRONMENT_OURS_MAX);
    ck_assert_uint_eq(count, entries - 2);
}
END_TEST

START_TEST(an_empty_environment_still_gets_ours)
{
    static char *none[] = {NULL};
    environ = none;
    environment_open(&environment, 5, NULL, 0);
    environment_set(&environment, 0, 0, &added);
    expect("CPOOL_SEQ", "1");
    size_t entries = 0;
    while (environment.vector[entries] != NULL)
        entries++;
    ck_assert_uint_eq(entries, ENVIRONMENT_OURS);
}
END_TEST

UNIT_MAIN("environment")
{
    tcase_add_checked_fixture(tests, begin, end);
    tcase_add_test(tests, tasks_see_the_callers_variables_and_which_task_they_are);
    tcase_add_test(tests, the_users_variables_replace_the_callers_and_change_with_the_task);
    tcase_add_test(tests, the_largest_numbers_have_room);
    tcase_add_test(tests, the_size_is_never_less_than_what_is_handed_over);
    tcase_add_test(tests, an_empty_environment_still_gets_ours);
}
