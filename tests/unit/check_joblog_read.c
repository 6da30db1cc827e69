#include "unit.h"

#include "observers/joblog_read.h"
#include "task/task_key.h"

#include <string.h>

#define KEY "00112233445566778899aabbccddeeff"

static const unsigned char key[HASH_SIZE] = {0x00, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77,
                                             0x88, 0x99, 0xaa, 0xbb, 0xcc, 0xdd, 0xee, 0xff};

static int read_columns(const char *line, struct joblog_task *task)
{
    return joblog_read_columns(line, strlen(line), task);
}

static int read_json(const char *line, struct joblog_task *task)
{
    return joblog_read_json(line, strlen(line), task);
}

static void expect_key_of(const struct joblog_task *task, const char *command)
{
    unsigned char wanted[HASH_SIZE];
    task_key_of_line(command, strlen(command), wanted);
    ck_assert_mem_eq(task->key, wanted, HASH_SIZE);
}

/* What is in logs out there was made with it. */
START_TEST(the_key_of_a_line_never_changes)
{
    static const unsigned char wanted[HASH_SIZE] = {0x4b, 0xf4, 0xdf, 0x6f, 0x9a, 0xb1, 0xc6, 0x1c,
                                                    0x54, 0x8c, 0x0c, 0xb8, 0x8e, 0x94, 0x65, 0x92};
    unsigned char got[HASH_SIZE];
    task_key_of_line("echo a", 6, got);
    ck_assert_mem_eq(got, wanted, HASH_SIZE);
}
END_TEST

START_TEST(a_command_is_its_own_key)
{
    struct joblog_task task;
    ck_assert_int_eq(read_columns("1\t:\t1.000\t     0.001\t0\t2\t0\t0\techo 'a # b'", &task), 0);
    expect_key_of(&task, "echo 'a # b'");
    ck_assert(!task.failed && !task.again);
    ck_assert_int_eq(read_columns("1\t:\t1.0\t0.1\t0\t2\t0\t0\t", &task), 0);
    expect_key_of(&task, "");
}
END_TEST

START_TEST(both_columns_of_the_end_tell_of_a_failure)
{
    struct joblog_task task;
    ck_assert_int_eq(read_columns("1\t:\t1.0\t0.1\t0\t2\t3\t0\tx", &task), 0);
    ck_assert(task.failed);
    ck_assert_int_eq(read_columns("1\t:\t1.0\t0.1\t0\t2\t0\t9\tx", &task), 0);
    ck_assert(task.failed);
    ck_assert_int_eq(read_columns("1\t:\t1.0\t0.1\t0\t2\t-1\t15\tx", &task), 0);
    ck_assert(task.failed);
}
END_TEST

START_TEST(a_comment_names_the_key)
{
    struct joblog_task task;
    ck_assert_int_eq(read_columns("1\t:\t1.0\t0.1\t0\t2\t0\t0\techo 1 # cpool:" KEY, &task), 0);
    ck_assert_mem_eq(task.key, key, HASH_SIZE);
    ck_assert(!task.again);
    ck_assert_int_eq(read_columns("1\t:\t1.0\t0.1\t0\t2\t0\t0\techo 1 # cpool:" KEY ",again", &task), 0);
    ck_assert_mem_eq(task.key, key, HASH_SIZE);
    ck_assert(task.again);
    ck_assert_int_eq(read_columns("1\t:\t1.0\t0.1\t0\t2\t0\t0\techo 1 # cpool:again", &task), 0);
    expect_key_of(&task, "echo 1");
    ck_assert(task.again);
}
END_TEST

START_TEST(what_only_looks_like_a_comment_is_of_the_command)
{
    static const char *const commands[] = {
        ("echo '# cpool:" KEY "'"), "echo # cpool:",
        ("echo # cpool:" KEY "0"),  "echo # cpool:0g112233445566778899aabbccddeeff",
        ("# cpool:" KEY),           "echo # cpool:,again"};
    for (size_t i = 0; i < ARRAY_LENGTH(commands); i++) {
        char line[256] = "1\t:\t1.0\t0.1\t0\t2\t0\t0\t";
        struct joblog_task task;
        strcat(line, commands[i]);
        ck_assert_int_eq(read_columns(line, &task), 0);
        expect_key_of(&task, commands[i]);
        ck_assert(!task.again);
    }
}
END_TEST

START_TEST(what_is_no_line_of_a_log_is_refused)
{
    static const char *const lines[] = {"",
                                        "echo a",
                                        "1\t:\t1.0\t0.1\t0\t2\t0\t0",
                                        "x\t:\t1.0\t0.1\t0\t2\t0\t0\tx",
                                        "1\t:\t1.0\t0.1\t0\t2\t\t0\tx",
                                        "1\t:\t1.0\t0.1\t0\t2\t0\t-\tx"};
    struct joblog_task task;
    for (size_t i = 0; i < ARRAY_LENGTH(lines); i++)
        ck_assert_int_eq(read_columns(lines[i], &task), -1);
}
END_TEST

START_TEST(objects_are_read_whatever_else_is_in_them)
{
    struct joblog_task task;
    ck_assert_int_eq(read_json("{\"seq\":1,\"outcome\":\"success\",\"key\":\"" KEY "\"}", &task), 0);
    ck_assert_mem_eq(task.key, key, HASH_SIZE);
    ck_assert(!task.failed && !task.again);
    ck_assert_int_eq(
        read_json("{ \"key\" : \"" KEY "\" , \"more\": [1,{\"key\":\"x\"},\"}\\\"\"],"
                  "\"command\":\"echo \\\"key\\\":{[\",\"again\": true ,\"outcome\":\"timed out\" }",
                  &task),
        0);
    ck_assert_mem_eq(task.key, key, HASH_SIZE);
    ck_assert(task.failed && task.again);
}
END_TEST

START_TEST(what_is_no_such_object_is_refused)
{
    static const char *const lines[] = {"",
                                        "{",
                                        "{}",
                                        "[]",
                                        "{\"outcome\":\"success\"}",
                                        "{\"key\":\"" KEY "\"}",
                                        "{\"key\":\"short\",\"outcome\":\"success\"}",
                                        "{\"key\":\"" KEY "\",\"outcome\":\"success\"",
                                        "{\"key\":\"" KEY "\",\"outcome\":\"succ",
                                        "{\"key\" \"" KEY "\",\"outcome\":\"success\"}",
                                        "{key:1}",
                                        "{\"a\\"};
    struct joblog_task task;
    for (size_t i = 0; i < ARRAY_LENGTH(lines); i++)
        ck_assert_msg(read_json(lines[i], &task) == -1, "%s", lines[i]);
}
END_TEST

START_TEST(a_row_of_a_table_is_known_by_its_number_and_its_beginning)
{
    static const char row[] = "12,:,1795305254.111,0.000,0,7,0,0,\"echo",
                      object[] = "{\"seq\":12,\"item\":\"},\",\"start\":1795305254.111,\"stdout\":\"a";
    struct joblog_task task;
    ck_assert_int_eq(joblog_read_row_columns(row, sizeof row - 1, ',', &task), 0);
    ck_assert(task.number == 12 && task.started == 1795305254111);
    ck_assert_int_eq(joblog_read_row_json(object, sizeof object - 1, &task), 0);
    ck_assert(task.number == 12 && task.started == 1795305254111);
    ck_assert_int_eq(read_columns("12\t:\t1795305254.111\t     0.001\t0\t2\t0\t0\tx", &task), 0);
    ck_assert(task.number == 12 && task.started == 1795305254111);
    for (size_t length = 0; length <= strlen("12,:,"); length++)
        ck_assert_int_eq(joblog_read_row_columns(row, length, ',', &task), -1);
    ck_assert_int_eq(joblog_read_row_columns("Seq,Host,Starttime", 18, ',', &task), -1);
    ck_assert_int_eq(joblog_read_row_json(object, 30, &task), -1);
}
END_TEST

UNIT_MAIN("joblog_read")
{
    tcase_add_test(tests, a_row_of_a_table_is_known_by_its_number_and_its_beginning);
    tcase_add_test(tests, the_key_of_a_line_never_changes);
    tcase_add_test(tests, a_command_is_its_own_key);
    tcase_add_test(tests, both_columns_of_the_end_tell_of_a_failure);
    tcase_add_test(tests, a_comment_names_the_key);
    tcase_add_test(tests, what_only_looks_like_a_comment_is_of_the_command);
    tcase_add_test(tests, what_is_no_line_of_a_log_is_refused);
    tcase_add_test(tests, objects_are_read_whatever_else_is_in_them);
    tcase_add_test(tests, what_is_no_such_object_is_refused);
}
