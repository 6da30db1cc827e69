#include "unit.h"

#include "base/buffer.h"
#include "base/clock.h"
#include "task/function.h"

/* The answer, from the place and from the overflow together, and why the item was refused. */
static struct buffer answered;
static const char *why;

static void overflow(struct cpool_call *call, const void *bytes, size_t length)
{
    buffer_append(call->context, call->place, call->used);
    buffer_append(call->context, bytes, length);
    /* What comes now comes here, as the worker does it. */
    call->used = call->room = 0;
}

static int call_with_room(const char *name, const char *item, size_t length, size_t room)
{
    const struct function *function = function_find(name);
    ck_assert_ptr_nonnull(function);
    /* Both exactly as large as they say. */
    char *place = malloc(room), *copy = malloc(length);
    if (length > 0)
        memcpy(copy, item, length);
    struct cpool_call call = {.place = place, .room = room, .overflow = overflow, .context = &answered};
    buffer_clear(&answered);
    int result = function->run(&call, copy, length);
    ck_assert_uint_le(call.used, room);
    buffer_append(&answered, place, call.used);
    buffer_append_byte(&answered, '\0');
    why = call.why;
    free(place);
    free(copy);
    return result;
}

static int call(const char *name, const char *item)
{
    return call_with_room(name, item, strlen(item), 4096);
}

static const struct {
    const char *name, *item, *answer;
} good[] = {
    {"count", "0", "0\n"},
    {"count", "1000", "0\n"},
    {"countdown", "0", "0\n"},
    {"countdown", "3", "3\n2\n1\n0\n"},
    {"fib", "0", "0\n"},
    {"fib", "1", "1\n"},
    {"fib", "2", "1\n"},
    {"fib", "10", "55\n"},
    {"fib", "20", "6765\n"},
    {"gen_fib", "0", ""},
    {"gen_fib", "1", "1\n"},
    {"gen_fib", "7", "1\n1\n2\n3\n5\n8\n13\n"},
    {"identity", "any thing", "any thing\n"},
    {"identity", "", "\n"},
    {"nap", "0", "0\n"},
    {"nap", "0.001", "0.001\n"},
    {"nap", "0m", "0m\n"},
    {"power", "0", "1\n"},
    {"power", "1", "1\n"},
    {"power", "2", "4\n"},
    {"power", "10", "10000000000\n"},
    {"power", "15", "437893890380859375\n"},
    {"square", "0", "0\n"},
    {"square", "1", "1\n"},
    {"square", "7", "49\n"},
    {"square", "10", "100\n"},
    {"square", "007", "49\n"},
    {"square", "12345", "152399025\n"},
    {"square", "4294967295", "18446744065119617025\n"},
};

START_TEST(good_items_are_answered)
{
    for (size_t i = 0; i < ARRAY_LENGTH(good); i++) {
        ck_assert_msg(call(good[i].name, good[i].item) == 0, "%s '%s': %s", good[i].name, good[i].item, why);
        ck_assert_str_eq(buffer_bytes(&answered), good[i].answer);
        ck_assert_ptr_null(why);
    }
}
END_TEST

START_TEST(every_row_is_complete_found_and_tested)
{
    size_t rows = 0;
    for (const struct function *row; (row = function_at(rows)) != NULL; rows++) {
        bool tested = strcmp(row->name, "pid") == 0;
        for (size_t i = 0; i < ARRAY_LENGTH(good); i++)
            tested = tested || strcmp(row->name, good[i].name) == 0;
        ck_assert_msg(tested, "%s has no test here", row->name);
        ck_assert_ptr_eq(function_find(row->name), row);
        ck_assert(row->run != NULL);
        ck_assert_uint_gt(strlen(row->argument), 0);
        ck_assert_uint_gt(strlen(row->help), 0);
        ck_assert_ptr_null(strchr(row->help, '\n'));
    }
    ck_assert_uint_eq(rows, 9);
    ck_assert_ptr_null(function_at(SIZE_MAX));
}
END_TEST

START_TEST(other_names_are_not_found)
{
    ck_assert_ptr_null(function_find(""));
    ck_assert_ptr_null(function_find("squar"));
    ck_assert_ptr_null(function_find("square "));
    ck_assert_ptr_null(function_find("Square"));
}
END_TEST

static const char *const number_functions[] = {"count", "countdown", "fib", "gen_fib", "power", "square"};

static const char *const no_numbers[] = {
    "",    "x", "-1",  "+1",    " 1",  "1 ",  "1e3", "1.0", "0x1",
    "1\n", "١", "--1", "1,000", "inf", "NaN", "1\t", "/",   ":",
};

START_TEST(what_is_no_number_is_refused)
{
    for (size_t f = 0; f < ARRAY_LENGTH(number_functions); f++)
        for (size_t i = 0; i < ARRAY_LENGTH(no_numbers); i++) {
            ck_assert_msg(call(number_functions[f], no_numbers[i]) != 0, "%s '%s' answers %s",
                          number_functions[f], no_numbers[i], buffer_bytes(&answered));
            ck_assert_ptr_nonnull(why);
            ck_assert_ptr_nonnull(strstr(why, "not a whole number"));
            /* Not half an answer either. */
            ck_assert_str_eq(buffer_bytes(&answered), "");
        }
    ck_assert_int_ne(call_with_room("square", "1\0", 2, 64), 0);
}
END_TEST

START_TEST(answers_of_many_lines_go_on_where_there_is_no_room)
{
    static const char last[] = "\n7540113804746346429\n12200160415121876738\n";
    ck_assert_int_eq(call_with_room("gen_fib", "93", 2, 30), 0);
    size_t length = strlen(buffer_bytes(&answered));
    ck_assert_str_eq(buffer_bytes(&answered) + length - strlen(last), last);
    ck_assert_int_ne(call("gen_fib", "94"), 0);
    ck_assert_str_eq(buffer_bytes(&answered), "");
    ck_assert_int_eq(call_with_room("countdown", "12", 2, 5), 0);
    ck_assert_str_eq(buffer_bytes(&answered), "12\n11\n10\n9\n8\n7\n6\n5\n4\n3\n2\n1\n0\n");
}
END_TEST

START_TEST(numbers_that_do_not_fit_are_refused)
{
    for (size_t f = 0; f < ARRAY_LENGTH(number_functions); f++) {
        ck_assert_int_ne(call(number_functions[f], "18446744073709551616"), 0);
        ck_assert_ptr_nonnull(strstr(why, "larger than 18446744073709551615"));
        ck_assert_int_ne(call(number_functions[f], "99999999999999999999999999999999999999999"), 0);
        ck_assert_int_ne(call(number_functions[f], "184467440737095516160"), 0);
    }
}
END_TEST

START_TEST(results_that_do_not_fit_are_refused)
{
    static const struct {
        const char *name, *item;
    } rows[] = {
        {"square", "4294967296"},
        {"square", "18446744073709551615"},
        {"power", "16"},
        {"power", "17"},
        {"power", "18446744073709551615"},
        {"fib", "94"},
        {"fib", "18446744073709551615"},
    };
    for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
        ck_assert_int_ne(call(rows[i].name, rows[i].item), 0);
        ck_assert_ptr_nonnull(strstr(why, "the result is larger than"));
        ck_assert_str_eq(buffer_bytes(&answered), "");
    }
}
END_TEST

/* Digits are written in pairs: each length once, on both sides of a pair. */
START_TEST(numbers_are_written_in_full)
{
    for (uint64_t n = 1; n < UINT32_MAX; n = n * 3 + 1) {
        char item[32], expected[32];
        snprintf(item, sizeof item, "%llu", (unsigned long long)n);
        snprintf(expected, sizeof expected, "%llu\n", (unsigned long long)(n * n));
        ck_assert_int_eq(call("square", item), 0);
        ck_assert_str_eq(buffer_bytes(&answered), expected);
    }
}
END_TEST

START_TEST(identity_takes_any_bytes)
{
    ck_assert_int_eq(call_with_room("identity", "a\0\xff\n", 4, 64), 0);
    ck_assert_uint_eq(buffer_length(&answered), 6);
    ck_assert_mem_eq(buffer_bytes(&answered), "a\0\xff\n\n", 6);
}
END_TEST

START_TEST(pid_is_that_of_this_process)
{
    char expected[32];
    snprintf(expected, sizeof expected, "%ld\n", (long)getpid());
    ck_assert_int_eq(call("pid", "whatever"), 0);
    ck_assert_str_eq(buffer_bytes(&answered), expected);
}
END_TEST

START_TEST(a_nap_lasts_as_long_as_it_says)
{
    nanoseconds before = clock_now();
    ck_assert_int_eq(call("nap", "0.02"), 0);
    ck_assert_uint_ge(clock_now() - before, 20 * NS_PER_MS);
}
END_TEST

START_TEST(what_is_no_duration_is_refused)
{
    static char longer[200];
    memset(longer, '0', sizeof longer - 1);
    static const char *const items[] = {"", "x", "-1", " 1", "1x", "1e3", "36501d", longer};
    for (size_t i = 0; i < ARRAY_LENGTH(items); i++) {
        ck_assert_msg(call("nap", items[i]) != 0, "'%s'", items[i]);
        ck_assert_ptr_nonnull(why);
    }
    ck_assert_int_ne(call_with_room("nap", "0\0x", 3, 64), 0);
}
END_TEST

/* ---- an answer larger than the room for it ---- */

START_TEST(an_answer_that_fits_exactly_does_not_overflow)
{
    ck_assert_int_eq(call_with_room("identity", "12345", 5, 6), 0);
    ck_assert_str_eq(buffer_bytes(&answered), "12345\n");
}
END_TEST

START_TEST(a_larger_answer_keeps_its_order_through_the_overflow)
{
    for (size_t room = 0; room < 8; room++) {
        ck_assert_int_eq(call_with_room("identity", "12345", 5, room), 0);
        ck_assert_str_eq(buffer_bytes(&answered), "12345\n");
        ck_assert_int_eq(call_with_room("square", "4294967295", 10, room), 0);
        ck_assert_str_eq(buffer_bytes(&answered), "18446744065119617025\n");
    }
}
END_TEST

START_TEST(writes_and_failures_are_as_the_header_says)
{
    char place[8];
    struct cpool_call one = {
        .place = place, .room = sizeof place, .overflow = overflow, .context = &answered};
    buffer_clear(&answered);
    cpool_write(&one, "abc", 3);
    cpool_write(&one, "", 0);
    cpool_write(&one, "de", 2);
    ck_assert_uint_eq(one.used, 5);
    ck_assert_mem_eq(place, "abcde", 5);
    cpool_write(&one, "fghi", 4);
    ck_assert_mem_eq(buffer_bytes(&answered), "abcdefghi", 9);
    ck_assert_int_eq(cpool_fail(&one, "no"), -1);
    ck_assert_str_eq(one.why, "no");
}
END_TEST

UNIT_MAIN("function")
{
    tcase_add_test(tests, good_items_are_answered);
    tcase_add_test(tests, every_row_is_complete_found_and_tested);
    tcase_add_test(tests, other_names_are_not_found);
    tcase_add_test(tests, what_is_no_number_is_refused);
    tcase_add_test(tests, answers_of_many_lines_go_on_where_there_is_no_room);
    tcase_add_test(tests, numbers_that_do_not_fit_are_refused);
    tcase_add_test(tests, results_that_do_not_fit_are_refused);
    tcase_add_test(tests, numbers_are_written_in_full);
    tcase_add_test(tests, identity_takes_any_bytes);
    tcase_add_test(tests, pid_is_that_of_this_process);
    tcase_add_test(tests, a_nap_lasts_as_long_as_it_says);
    tcase_add_test(tests, what_is_no_duration_is_refused);
    tcase_add_test(tests, an_answer_that_fits_exactly_does_not_overflow);
    tcase_add_test(tests, a_larger_answer_keeps_its_order_through_the_overflow);
    tcase_add_test(tests, writes_and_failures_are_as_the_header_says);
}
