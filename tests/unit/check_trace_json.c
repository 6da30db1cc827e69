#include "unit.h"

#include "trace/trace_json.h"

#define BEGIN (5 * NS_PER_S)

static struct trace_json json;

static void tear_down(void)
{
    trace_json_release(&json);
}

static const char *text_so_far(void)
{
    buffer_append_byte(&json.out, '\0');
    json.out.end--;
    return buffer_bytes(&json.out);
}

static void check_has(const char *wanted)
{
    ck_assert_msg(strstr(text_so_far(), wanted) != NULL, "no %s in: %s", wanted, text_so_far());
}

/* Microseconds since the begin. */
static void add(unsigned slot, unsigned start, unsigned end, enum message_outcome outcome, uint32_t code,
                enum timeline_kind kind)
{
    const struct message_done done = {.outcome = outcome, .code = code, .errors = 7};
    const struct observed_task task = {
        .slot = slot, .pid = 4711, .done = &done, .command = {"echo \"x\"", 8}};
    const struct timeline_try try = {.kind = kind,
                                     .start = BEGIN + start * NS_PER_US + 5,
                                     .end = BEGIN + end * NS_PER_US + 5,
                                     .number = 41,
                                     .tries = 2,
                                     .outcome = outcome,
                                     .code = code,
                                     .user = 11,
                                     .system = 12,
                                     .memory = 13,
                                     .output = 14,
                                     .name = "an\nitem",
                                     .name_length = 7};
    trace_json_task(&json, &task, &try);
}

START_TEST(a_run_without_tasks_is_a_list_with_its_name)
{
    trace_json_begin(&json, BEGIN, "echo 'a \"b\"'");
    trace_json_end(&json);
    ck_assert_str_eq(text_so_far(), "[\n{\"name\":\"process_name\",\"ph\":\"M\",\"pid\":1,\"tid\":0,"
                                    "\"args\":{\"name\":\"echo 'a \\\"b\\\"'\"}}\n]\n");
}
END_TEST

START_TEST(a_task_is_a_complete_event_with_all_that_is_known)
{
    trace_json_begin(&json, BEGIN, "echo");
    add(2, 1500, 1750, OUTCOME_EXIT, 3, TIMELINE_FAILED);
    check_has("{\"name\":\"an\\nitem\",\"cat\":\"failed\",\"ph\":\"X\",\"pid\":1,\"tid\":3,\"ts\":1500.005,"
              "\"dur\":250.000,"
              "\"args\":{\"seq\":42,\"try\":2,\"command\":\"echo \\\"x\\\"\",\"status\":\"failed\","
              "\"outcome\":\"exit status 3\",\"exit\":3,\"user_us\":11,\"system_us\":12,\"memory_bytes\":13,"
              "\"output_bytes\":14,\"error_bytes\":7,\"process\":4711}}");
    check_has("{\"name\":\"thread_name\",\"ph\":\"M\",\"pid\":1,\"tid\":3,\"args\":{\"name\":\"slot 3\"}}");
}
END_TEST

START_TEST(a_slot_is_named_once)
{
    trace_json_begin(&json, BEGIN, "echo");
    add(0, 1, 2, OUTCOME_SUCCESS, 0, TIMELINE_SUCCESS);
    buffer_clear(&json.out);
    add(0, 2, 3, OUTCOME_SUCCESS, 0, TIMELINE_SUCCESS);
    ck_assert_ptr_null(strstr(text_so_far(), "thread_name"));
    check_has("\"exit\":0");
    add(100, 2, 3, OUTCOME_SUCCESS, 0, TIMELINE_SUCCESS);
    check_has("\"name\":\"slot 101\"");
}
END_TEST

START_TEST(exit_status_and_signal_stand_only_where_there_was_one)
{
    trace_json_begin(&json, BEGIN, "echo");
    add(0, 1, 2, OUTCOME_SIGNAL, SIGKILL, TIMELINE_FAILED);
    check_has("\"outcome\":\"ended by SIGKILL\",\"signal\":9,\"user_us\"");
    add(0, 2, 3, OUTCOME_LOST, 0, TIMELINE_LOST);
    check_has("\"outcome\":\"its worker died\",\"user_us\"");
    add(0, 3, 4, OUTCOME_EXIT, 2, TIMELINE_RETRIED);
    check_has("\"status\":\"retried\",\"outcome\":\"exit status 2\",\"exit\":2");
}
END_TEST

START_TEST(tasks_of_a_slot_do_not_overlap)
{
    trace_json_begin(&json, BEGIN, "sed");
    add(0, 10, 20, OUTCOME_SUCCESS, 0, TIMELINE_SUCCESS);
    add(0, 15, 30, OUTCOME_SUCCESS, 0, TIMELINE_SUCCESS);
    add(0, 16, 17, OUTCOME_SUCCESS, 0, TIMELINE_SUCCESS);
    check_has("\"ts\":20.005,\"dur\":10.000");
    check_has("\"ts\":30.005,\"dur\":0.000");
}
END_TEST

UNIT_MAIN("trace_json")
{
    tcase_add_checked_fixture(tests, NULL, tear_down);
    tcase_add_test(tests, a_run_without_tasks_is_a_list_with_its_name);
    tcase_add_test(tests, a_task_is_a_complete_event_with_all_that_is_known);
    tcase_add_test(tests, a_slot_is_named_once);
    tcase_add_test(tests, exit_status_and_signal_stand_only_where_there_was_one);
    tcase_add_test(tests, tasks_of_a_slot_do_not_overlap);
}
