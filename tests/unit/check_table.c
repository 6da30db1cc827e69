#include "unit.h"

#include "output/table.h"

static struct capture output, errors;
static struct words fields;
static struct message_done done;
static struct buffer got;
static struct table table;
static struct table_row row;

static int put(void *context, const char *bytes, size_t length)
{
    buffer_append(context, bytes, length);
    return 0;
}

static void add(struct capture *capture, const char *text)
{
    ck_assert_int_eq(capture_add(capture, text, strlen(text)), 0);
}

static void setup(void)
{
    capture_open(&output, "/tmp");
    capture_open(&errors, "/tmp");
    done = (struct message_done){.outcome = OUTCOME_SUCCESS,
                                 .run_time = 1234567890,
                                 .user_time = 1500000,
                                 .system_time = 7,
                                 .peak_memory = 4096,
                                 .output = 3};
    table = (struct table){.form = TABLE_JSON, .columns = TABLE_ANY, .put = put, .context = &got};
    words_add(&fields, "a");
    row = (struct table_row){.number = 4,
                             .slot = 1,
                             .tries = 2,
                             .pid = 99,
                             .started = 1700000000123456789,
                             .done = &done,
                             .item = {"a", 1},
                             .fields = &fields,
                             .command = {"echo a", 6},
                             .output = &output,
                             .errors = &errors};
}

static void teardown(void)
{
    capture_clear(&output);
    capture_clear(&errors);
    buffer_release(&output.memory);
    buffer_release(&errors.memory);
    words_release(&fields);
    buffer_release(&got);
    table_release(&table);
}

static const char *write_row(enum table_form form)
{
    table.form = form;
    buffer_clear(&got);
    ck_assert_int_eq(table_write(&table, &row), 0);
    buffer_append_byte(&got, '\0');
    return buffer_bytes(&got);
}

static const char *header(enum table_form form, const struct item *names, size_t name_count, size_t columns)
{
    buffer_clear(&got);
    table_header(form, names, name_count, columns, &got);
    buffer_append_byte(&got, '\0');
    return buffer_bytes(&got);
}

static void check_has(const char *text, const char *part)
{
    ck_assert_msg(strstr(text, part) != NULL, "%s is not in %s", part, text);
}

START_TEST(an_object_has_all_there_is_to_say)
{
    add(&output, "x\"y\n");
    add(&errors, "\xE2\x82\xAC");
    ck_assert_str_eq(write_row(TABLE_JSON),
                     "{\"seq\":5,\"slot\":2,\"pid\":99,\"item\":\"a\",\"fields\":[\"a\"],\"command\":\"echo "
                     "a\",\"argv\":[\"echo\",\"a\"],"
                     "\"start\":1700000000.123,\"runtime\":1.234567,\"user\":1.500000,\"system\":0.000007,"
                     "\"peak_memory\":4096,\"exit\":0,\"signal\":null,\"outcome\":\"success\",\"tries\":2,"
                     "\"stdout\":\"x\\\"y\\n\",\"stderr\":\"\xE2\x82\xAC\"}\n");
}
END_TEST

START_TEST(what_is_no_text_goes_by_another_name)
{
    add(&output, "\xFF");
    row.item = (struct item){"\xFF", 1};
    const char *text = write_row(TABLE_JSON);
    check_has(text, "\"stdout_base64\":\"/w==\",\"stderr\":\"\"");
    check_has(text, "\"item_base64\":\"/w==\"");
    ck_assert_ptr_null(strstr(text, "\"stdout\":"));
}
END_TEST

/* Pieces end where a character does, and elsewhere than where memory ends and the file begins. */
START_TEST(long_output_is_whole_in_either_form)
{
    size_t count = 400000;
    for (size_t i = 0; i < count; i++)
        add(&output, "\xE2\x82\xAC");
    const char *text = write_row(TABLE_JSON);
    const char *begin = strstr(text, "\"stdout\":\"");
    ck_assert_ptr_nonnull(begin);
    begin += strlen("\"stdout\":\"");
    for (size_t i = 0; i < count; i++)
        ck_assert(memcmp(begin + 3 * i, "\xE2\x82\xAC", 3) == 0);
    ck_assert(strncmp(begin + 3 * count, "\",\"stderr\":\"\"}", 14) == 0);
    add(&output, "\xFF");
    text = write_row(TABLE_JSON);
    begin = strstr(text, "\"stdout_base64\":\"");
    ck_assert_ptr_nonnull(begin);
    begin += strlen("\"stdout_base64\":\"");
    for (size_t i = 0; i < count; i++)
        ck_assert(memcmp(begin + 4 * i, "4oKs", 4) == 0);
    ck_assert(strncmp(begin + 4 * count, "/w==\",\"stderr\"", 14) == 0);
}
END_TEST

static const struct {
    enum message_outcome outcome;
    uint32_t code;
    const char *json, *values;
} ends[] = {
    {OUTCOME_EXIT, 3, "\"exit\":3,\"signal\":null,\"outcome\":\"exit\"", ",3,0,"},
    {OUTCOME_SIGNAL, 9, "\"exit\":null,\"signal\":9,\"outcome\":\"signal\"", ",0,9,"},
    {OUTCOME_FAILED, 1, "\"exit\":1,\"signal\":null,\"outcome\":\"failed\"", ",1,0,"},
    {OUTCOME_NO_EXEC, ENOENT, "\"exit\":127,\"signal\":null,\"outcome\":\"not started\"", ",127,0,"},
    {OUTCOME_NO_EXEC, EACCES, "\"exit\":126,\"signal\":null,\"outcome\":\"not started\"", ",126,0,"},
    {OUTCOME_LOST, 9, "\"exit\":null,\"signal\":9,\"outcome\":\"lost\"", ",-1,9,"},
    {OUTCOME_TIMED_OUT, 100, "\"exit\":null,\"signal\":15,\"outcome\":\"timed out\"", ",-1,15,"},
};

START_TEST(how_it_ended_is_told)
{
    for (size_t i = 0; i < ARRAY_LENGTH(ends); i++) {
        done.outcome = ends[i].outcome;
        done.code = ends[i].code;
        check_has(write_row(TABLE_JSON), ends[i].json);
        check_has(write_row(TABLE_CSV), ends[i].values);
    }
}
END_TEST

START_TEST(a_row_of_values_is_quoted_where_it_must_be)
{
    words_add(&fields, "b,c\"d");
    add(&output, "one\ntwo \"2\"\n");
    row.sent = 17;
    ck_assert_str_eq(write_row(TABLE_CSV), "5,:,1700000000.123,1.234,17,3,0,0,\"echo a\",a,\"b,c\"\"d\","
                                           "\"one\ntwo \"\"2\"\"\n\",\n");
    ck_assert_str_eq(write_row(TABLE_TSV), "5\t:\t1700000000.123\t1.234\t17\t3\t0\t0\t\"echo a\"\ta\t"
                                           "\"b,c\"\"d\"\t\"one\ntwo \"\"2\"\"\n\"\t\n");
}
END_TEST

START_TEST(a_row_has_as_many_fields_as_there_are_columns)
{
    words_add(&fields, "b");
    words_add(&fields, "c");
    table.columns = 2;
    check_has(write_row(TABLE_CSV), ",a,\"b c\",,\n");
    table.columns = 4;
    check_has(write_row(TABLE_CSV), ",a,b,c,,,\n");
    table.columns = 0;
    check_has(write_row(TABLE_CSV), ",\"echo a\",,\n");
}
END_TEST

START_TEST(the_header_names_the_columns)
{
    const struct item names[] = {{"size", 4}};
    ck_assert_str_eq(header(TABLE_CSV, NULL, 0, 2),
                     "Seq,Host,Starttime,JobRuntime,Send,Receive,Exitval,Signal,"
                     "Command,V1,V2,Stdout,Stderr\n");
    ck_assert_str_eq(header(TABLE_TSV, names, 1, 2),
                     "Seq\tHost\tStarttime\tJobRuntime\tSend\tReceive\tExitval\t"
                     "Signal\tCommand\tsize\tV2\tStdout\tStderr\n");
    ck_assert_str_eq(header(TABLE_JSON, NULL, 0, 2), "");
}
END_TEST

static int refuse(void *context, const char *bytes, size_t length)
{
    (void)context, (void)bytes, (void)length;
    errno = EPIPE;
    return -1;
}

START_TEST(who_refuses_is_heard)
{
    table.put = refuse;
    ck_assert_int_eq(table_write(&table, &row), -1);
    ck_assert_int_eq(errno, EPIPE);
    table.form = TABLE_CSV;
    ck_assert_int_eq(table_write(&table, &row), -1);
}
END_TEST

UNIT_MAIN("table")
{
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, an_object_has_all_there_is_to_say);
    tcase_add_test(tests, what_is_no_text_goes_by_another_name);
    tcase_add_test(tests, long_output_is_whole_in_either_form);
    tcase_add_test(tests, how_it_ended_is_told);
    tcase_add_test(tests, a_row_of_values_is_quoted_where_it_must_be);
    tcase_add_test(tests, a_row_has_as_many_fields_as_there_are_columns);
    tcase_add_test(tests, the_header_names_the_columns);
    tcase_add_test(tests, who_refuses_is_heard);
}
