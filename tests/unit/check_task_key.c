#include "unit.h"

#include "worker/command.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static struct command_plan plan;
static struct command command;

/* "show", the items, and the task's number, which stays as it is written where it must. */
static int expand(void *template, const struct command_task *task, struct command_line *line,
                  const char **why)
{
    struct items items = task->items;
    struct item item;
    char number[32];
    (void)template;
    (void)why;
    words_add(&line->arguments, "show");
    while (!plan.reads_blocks && items_next(&items, &item)) {
        words_begin(&line->arguments);
        buffer_append(&line->arguments.text, item.bytes, item.length);
        words_end(&line->arguments);
    }
    snprintf(number, sizeof number, task->neutral ? "{#}" : "%llu", (unsigned long long)task->number + 1);
    if (plan.is_numbered)
        words_add(&line->arguments, number);
    return 0;
}

static void begin(void)
{
    plan = (struct command_plan){.expand = expand, .program_count = 1, .file = -1};
    command = (struct command){.plan = &plan, .task_key = {.wants_key = true}};
}

static void find(const struct command_task *task, unsigned char key[HASH_SIZE])
{
    const char *why;
    ck_assert_int_eq(command_expand(&command, task, &why), 0);
    task_key_of_command(&command.task_key, &plan, task, &command.line);
    memcpy(key, command.task_key.key, HASH_SIZE);
}

static struct command_task task_of(const char *bytes, uint64_t number)
{
    return (struct command_task){.number = number, .items = {bytes, strlen(bytes), '\n'}};
}

static void expect_line(const char *wanted)
{
    ck_assert_uint_eq(buffer_length(&command.task_key.line), strlen(wanted));
    ck_assert_mem_eq(buffer_bytes(&command.task_key.line), wanted, strlen(wanted));
}

static void expect_key_of_line(void)
{
    unsigned char wanted[HASH_SIZE];
    task_key_of_line(buffer_bytes(&command.task_key.line), buffer_length(&command.task_key.line), wanted);
    ck_assert_mem_eq(command.task_key.key, wanted, HASH_SIZE);
}

START_TEST(a_command_is_known_by_its_line)
{
    unsigned char one[HASH_SIZE], other[HASH_SIZE], moved[HASH_SIZE];
    struct command_task task = task_of("a b\nc\td\n", 0);
    find(&task, one);
    expect_line("show 'a b' $'c\\td'");
    expect_key_of_line();
    task.number = 7;
    find(&task, moved);
    ck_assert_mem_eq(one, moved, HASH_SIZE);
    task = task_of("a b\nc\te\n", 0);
    find(&task, other);
    ck_assert_mem_ne(one, other, HASH_SIZE);
}
END_TEST

START_TEST(numbers_are_shown_and_do_not_count)
{
    unsigned char one[HASH_SIZE], moved[HASH_SIZE], other[HASH_SIZE];
    plan.is_numbered = true;
    struct command_task task = task_of("a", 0);
    find(&task, one);
    task.number = 7;
    find(&task, moved);
    expect_line("show a 8");
    ck_assert_mem_eq(one, moved, HASH_SIZE);
    task = task_of("b", 7);
    find(&task, other);
    ck_assert_mem_ne(one, other, HASH_SIZE);
}
END_TEST

START_TEST(a_block_counts_wherever_it_is)
{
    unsigned char one[HASH_SIZE], range[HASH_SIZE], other[HASH_SIZE], headed[HASH_SIZE];
    FILE *file = tmpfile();
    ck_assert_ptr_nonnull(file);
    fputs("before\nblock\n", file);
    fflush(file);
    plan.reads_blocks = true;
    struct command_task task = {.items = {"block\n", 6, ITEMS_BLOCK}};
    find(&task, one);
    expect_line("show");
    plan.file = fileno(file);
    task = (struct command_task){.items = {NULL, 6, ITEMS_RANGE}, .offset = 7};
    find(&task, range);
    ck_assert_mem_eq(one, range, HASH_SIZE);
    task.offset = 6;
    find(&task, other);
    ck_assert_mem_ne(one, other, HASH_SIZE);
    task.offset = 7;
    plan.header = "head\n";
    plan.header_length = 5;
    find(&task, headed);
    ck_assert_mem_ne(one, headed, HASH_SIZE);
    fclose(file);
}
END_TEST

/* A part of a block was taken for all of it once; then a log that had a task which read just that had this
 * one left out. */
START_TEST(a_block_that_cant_be_read_has_no_key_and_was_never_done)
{
    static const unsigned char none[HASH_SIZE];
    unsigned char part[HASH_SIZE], key[HASH_SIZE];
    struct done_keys done;
    struct done_entry entries[2] = {{.failed = false}, {.failed = false}}; /* one has no key either */
    FILE *file = tmpfile();
    ck_assert_ptr_nonnull(file);
    fputs("before\nblock\n", file);
    fflush(file);
    plan.reads_blocks = true;
    plan.file = fileno(file);
    struct command_task task = {.items = {NULL, 6, ITEMS_RANGE}, .offset = 7};
    find(&task, part);
    memcpy(entries[0].key, part, HASH_SIZE);
    ck_assert_int_eq(done_keys_create(&done, entries, ARRAY_LENGTH(entries)), 0);
    command.task_key.done = &done;
    ck_assert(task_key_was_done(&command.task_key, 0));

    task.items.length = 7; /* the file has become shorter */
    find(&task, key);
    ck_assert_mem_eq(key, none, HASH_SIZE);
    ck_assert(!task_key_was_done(&command.task_key, 1));
    plan.file = open("/dev/null", O_WRONLY); /* or can't be read at all */
    find(&task, key);
    ck_assert_mem_eq(key, none, HASH_SIZE);
    ck_assert(!task_key_was_done(&command.task_key, 1));
    close(plan.file);

    plan.file = fileno(file); /* which the next one does not inherit */
    task.items.length = 6;
    find(&task, key);
    ck_assert_mem_eq(key, part, HASH_SIZE);
    ck_assert(task_key_was_done(&command.task_key, 0));
    done_keys_destroy(&done);
    fclose(file);
}
END_TEST

START_TEST(what_can_be_no_command_is_known_by_its_items)
{
    const struct command_task task = {.items = {"a\0b\nc", 5, '\n'}};
    task_key_of_command(&command.task_key, &plan, &task, NULL);
    expect_line("$'a\\000b' c");
    expect_key_of_line();
}
END_TEST

START_TEST(an_item_of_a_filter_is_shown_as_its_input)
{
    const struct command_task task = {.number = 3, .items = {"", 0, 0}};
    const char *why;
    unsigned char one[HASH_SIZE];
    ck_assert_int_eq(command_expand(&command, &task, &why), 0);
    task_key_of_answer(&command.task_key, &plan, &task, &command.line, (struct item){"x y", 3});
    expect_line("show <<<'x y'");
    expect_key_of_line();
    plan.is_numbered = true;
    ck_assert_int_eq(command_expand(&command, &task, &why), 0);
    task_key_of_answer(&command.task_key, &plan, &task, &command.line, (struct item){"x y", 3});
    expect_line("show 4 <<<'x y'");
    memcpy(one, command.task_key.key, HASH_SIZE);
    const struct command_task moved = {.number = 9, .items = {"", 0, 0}};
    task_key_of_answer(&command.task_key, &plan, &moved, &command.line, (struct item){"x y", 3});
    ck_assert_mem_eq(command.task_key.key, one, HASH_SIZE);
}
END_TEST

START_TEST(an_item_of_a_function_looks_like_its_call)
{
    task_key_of_function(&command.task_key, "square", (struct item){"3", 1});
    expect_line("square 3");
    expect_key_of_line();
}
END_TEST

START_TEST(without_a_log_there_is_no_key)
{
    static const unsigned char none[HASH_SIZE];
    unsigned char key[HASH_SIZE];
    const struct command_task task = task_of("a", 0);
    command.task_key.wants_key = false;
    find(&task, key);
    expect_line("show a");
    ck_assert_mem_eq(key, none, HASH_SIZE);
}
END_TEST

UNIT_MAIN("task_key")
{
    tcase_add_checked_fixture(tests, begin, NULL);
    tcase_add_test(tests, a_command_is_known_by_its_line);
    tcase_add_test(tests, numbers_are_shown_and_do_not_count);
    tcase_add_test(tests, a_block_counts_wherever_it_is);
    tcase_add_test(tests, a_block_that_cant_be_read_has_no_key_and_was_never_done);
    tcase_add_test(tests, what_can_be_no_command_is_known_by_its_items);
    tcase_add_test(tests, an_item_of_a_filter_is_shown_as_its_input);
    tcase_add_test(tests, an_item_of_a_function_looks_like_its_call);
    tcase_add_test(tests, without_a_log_there_is_no_key);
}
