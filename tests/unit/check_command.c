#include "unit.h"

#include "base/platform.h"
#include "pool/command.h"
#include "proc/signals.h"
#include "proc/spawn.h"

#define SLOT 5

static struct outbox_shared shared;
static struct outbox outbox;
static struct board board;
static struct command_plan plan;
static struct command command;
static struct channel answers; /* our end of the results pipe */
static int orders;             /* our end of the control pipe */
static const char *directory;  /* of the task; NULL: none */
static const char *variable;   /* that it gets; NULL: none */

/* What the task said and how it ended. */
static struct buffer output, errors;
static struct message_done ended;
static char label[300];

/* The template of these tests: words ended by NULL, the task's bytes behind them as one argument. */
static int expand(void *template, const struct command_task *task, struct command_line *line,
                  const char **why)
{
    char *const *words = template;
    if (task->items.length > 0 && task->items.bytes[0] == '!') {
        *why = "it is not liked";
        return -1;
    }
    for (; *words != NULL; words++)
        words_add(&line->arguments, *words);
    words_begin(&line->arguments);
    buffer_append(&line->arguments.text, task->items.bytes, task->items.length);
    words_end(&line->arguments);
    if (directory != NULL)
        words_add(&line->directory, directory);
    if (variable != NULL)
        words_add(&line->variables, variable);
    return 0;
}

static void begin(void)
{
    int results[2], control[2];
    ck_assert_int_eq(platform_pipe(results, true), 0);
    ck_assert_int_eq(platform_pipe(control, true), 0);
    signals_start();
    signals_enter_worker(true);
    /* As a worker has it. */
    int null = open("/dev/null", O_RDWR);
    ck_assert_int_eq(dup2(null, STDIN_FILENO), STDIN_FILENO);
    close(null);
    outbox_open(&outbox, &shared, results[1]);
    channel_open(&answers, results[0]);
    orders = control[1];
    plan = (struct command_plan){.expand = expand, .path = "/bin/sh"};
    directory = variable = NULL;
    reaper_plan_default(&plan.ladder, 50 * NS_PER_MS);
    command_open(&command, &plan, &outbox, control[0], &board, platform_become_subreaper() == 0);
}

static void take(const struct message *message)
{
    ck_assert_uint_eq(message->slot, SLOT);
    ck_assert_uint_eq(message->item, 41);
    switch (message->type) {
    case MESSAGE_OUTPUT:
        buffer_append(&output, message->as.output.bytes, message->as.output.length);
        break;
    case MESSAGE_ERRORS:
        buffer_append(&errors, message->as.output.bytes, message->as.output.length);
        break;
    case MESSAGE_DONE:
        ended = message->as.done;
        snprintf(label, sizeof label, "%.*s", (int)ended.label_length,
                 ended.label == NULL ? "" : ended.label);
        break;
    default:
        ck_abort_msg("message of type %d", message->type);
    }
}

/* Run the plan's command for one item; what command_run returned. */
static int run_with(const char *const *words, const char *item, size_t length)
{
    struct message message;
    char *exact = malloc(length == 0 ? 1 : length);
    memcpy(exact, item, length);
    const struct command_task task = {.number = 41, .worker = 2, .items = {exact, length, '\n'}};

    plan.template = (void *)(uintptr_t)words;
    buffer_clear(&output);
    buffer_clear(&errors);
    ended = (struct message_done){.outcome = OUTCOME_KINDS};
    outbox_chunk(&outbox);
    int result = command_run(&command, SLOT, &task);
    ck_assert_int_eq(outbox_flush(&outbox), 0);
    while (channel_fill(&answers) > 0)
        while (channel_next(&answers, &message) == 1)
            take(&message);
    buffer_append_byte(&output, '\0');
    buffer_append_byte(&errors, '\0');
    free(exact);
    return result;
}

/* Run a script with the item as $1. */
static int run(const char *script, const char *item)
{
    return run_with((const char *const[]){"sh", "-c", script, "sh", NULL}, item, strlen(item));
}

static void expect_end(enum message_outcome outcome, uint32_t code)
{
    ck_assert_int_eq(ended.outcome, outcome);
    ck_assert_uint_eq(ended.code, code);
    ck_assert_uint_eq(atomic_load(&shared.task), 0);
}

START_TEST(what_a_task_says_and_how_it_ends_is_told)
{
    ck_assert_int_eq(run("echo \"$1\"; echo oops >&2", "an item"), 0);
    expect_end(OUTCOME_SUCCESS, 0);
    ck_assert_str_eq(buffer_bytes(&output), "an item\n");
    ck_assert_str_eq(buffer_bytes(&errors), "oops\n");
    ck_assert_uint_gt(ended.started, 0);
    ck_assert_uint_gt(ended.run_time, 0);
    ck_assert_uint_gt(ended.peak_memory, 0);
    ck_assert_uint_eq(ended.label_length, 0);
}
END_TEST

START_TEST(an_exit_status_is_a_failure_with_the_item_as_its_label)
{
    ck_assert_int_eq(run("exit 37", "the item"), 0);
    expect_end(OUTCOME_EXIT, 37);
    ck_assert_str_eq(label, "the item");
}
END_TEST

START_TEST(a_long_label_is_cut)
{
    char item[5000];
    memset(item, 'x', sizeof item - 1);
    item[sizeof item - 1] = '\0';
    ck_assert_int_eq(run("exit 1", item), 0);
    expect_end(OUTCOME_EXIT, 1);
    ck_assert_uint_eq(strlen(label), 256);
}
END_TEST

START_TEST(a_signal_is_a_failure_of_its_own_kind)
{
    ck_assert_int_eq(run("kill -KILL $$", "x"), 0);
    expect_end(OUTCOME_SIGNAL, SIGKILL);
}
END_TEST

START_TEST(many_tasks_one_after_the_other)
{
    for (int i = 0; i < 50; i++) {
        ck_assert_int_eq(run(i % 2 == 0 ? "echo a" : "echo a; exit 2", "x"), 0);
        expect_end(i % 2 == 0 ? OUTCOME_SUCCESS : OUTCOME_EXIT, i % 2 == 0 ? 0 : 2);
        ck_assert_str_eq(buffer_bytes(&output), "a\n");
    }
}
END_TEST

START_TEST(a_program_that_is_not_there_fails_the_task_with_the_reason)
{
    plan.path = "/no/such/program";
    ck_assert_int_eq(run("", "x"), 0);
    expect_end(OUTCOME_NO_EXEC, ENOENT);
    ck_assert_ptr_nonnull(strstr(buffer_bytes(&errors), "'x'"));
    plan.path = NULL;
    ck_assert_int_eq(run_with((const char *const[]){"no-such-program-anywhere", NULL}, "x", 1), 0);
    expect_end(OUTCOME_NO_EXEC, ENOENT);
    ck_assert_int_eq(run_with((const char *const[]){"echo", "found", NULL}, "x", 1), 0);
    expect_end(OUTCOME_SUCCESS, 0);
    ck_assert_str_eq(buffer_bytes(&output), "found x\n");
}
END_TEST

START_TEST(an_item_too_long_for_exec_fails_alone)
{
    size_t length = 300000;
    char *item = malloc(length);
    memset(item, 'x', length);
    ck_assert_int_eq(run_with((const char *const[]){"sh", "-c", ":", NULL}, item, length), 0);
    free(item);
    expect_end(OUTCOME_NO_EXEC, E2BIG);
    ck_assert_ptr_nonnull(strstr(buffer_bytes(&errors), "too long"));
    ck_assert_int_eq(run("echo on", "x"), 0);
    expect_end(OUTCOME_SUCCESS, 0);
}
END_TEST

START_TEST(an_item_that_can_be_no_argument_fails_alone)
{
    ck_assert_int_eq(run("echo", "!x"), 0);
    expect_end(OUTCOME_NO_EXEC, EINVAL);
    ck_assert_ptr_nonnull(strstr(buffer_bytes(&errors), "it is not liked"));
    ck_assert_str_eq(buffer_bytes(&output), "");
}
END_TEST

START_TEST(the_environment_says_which_task_it_is)
{
    ck_assert_int_eq(run("echo $CPOOL_SEQ $CPOOL_SLOT $PARALLEL_SEQ $PARALLEL_JOBSLOT", "x"), 0);
    ck_assert_str_eq(buffer_bytes(&output), "42 3 42 3\n");
}
END_TEST

START_TEST(a_task_runs_in_the_folder_that_its_items_decide_on)
{
    directory = "/";
    ck_assert_int_eq(run("pwd", "x"), 0);
    expect_end(OUTCOME_SUCCESS, 0);
    ck_assert_str_eq(buffer_bytes(&output), "/\n");
    directory = "/no/such folder";
    ck_assert_int_eq(run("pwd", "x"), 0);
    expect_end(OUTCOME_NO_EXEC, ENOENT);
    ck_assert_ptr_nonnull(strstr(buffer_bytes(&errors), "/no/such folder"));
    ck_assert_ptr_null(strstr(buffer_bytes(&errors), "sh:"));
    directory = NULL;
    ck_assert_int_eq(run("echo back", "x"), 0);
    ck_assert_str_eq(buffer_bytes(&output), "back\n");
}
END_TEST

START_TEST(a_relative_program_is_looked_for_in_the_tasks_folder)
{
    char *folder = strdup(unit_make_folder());
    unit_write_file(folder, "tool", "#!/bin/sh\necho \"it is me, $1\"\n", 0700);
    plan.path = NULL;
    directory = folder;
    ck_assert_int_eq(run_with((const char *const[]){"./tool", NULL}, "x", 1), 0);
    expect_end(OUTCOME_SUCCESS, 0);
    ck_assert_str_eq(buffer_bytes(&output), "it is me, x\n");
    unit_remove_folder(folder);
    free(folder);
}
END_TEST

START_TEST(variables_may_differ_from_task_to_task)
{
    static const char *const names[] = {"UNIT_COLOUR="};
    plan.variables = names;
    plan.variable_count = 1;
    ck_assert_int_eq(setenv("UNIT_COLOUR", "inherited", 1), 0);
    static struct command before; /* what it owns is not lost */
    before = command;
    command_open(&command, &plan, &outbox, before.control.fd, &board, before.subreaper);
    variable = "UNIT_COLOUR=a b";
    ck_assert_int_eq(run("echo \"$UNIT_COLOUR\"; env | grep -c ^UNIT_COLOUR=", "x"), 0);
    ck_assert_str_eq(buffer_bytes(&output), "a b\n1\n");
    variable = "UNIT_COLOUR=";
    ck_assert_int_eq(run("echo \"<$UNIT_COLOUR>\"", "x"), 0);
    ck_assert_str_eq(buffer_bytes(&output), "<>\n");
}
END_TEST

START_TEST(a_command_that_is_only_printed_is_not_run_and_can_be_given_to_a_shell)
{
    plan.only_print = true;
    ck_assert_int_eq(run("exit 3", "it's $HOME"), 0);
    expect_end(OUTCOME_SUCCESS, 0);
    ck_assert_str_eq(buffer_bytes(&output), "sh -c 'exit 3' sh 'it'\\''s $HOME'\n");
}
END_TEST

START_TEST(a_task_of_several_items_is_named_by_its_first_and_last)
{
    ck_assert_int_eq(run("exit 1", "one\ntwo\nthree\n"), 0);
    ck_assert_str_eq(label, "one ... three");
    plan.row = 2;
    ck_assert_int_eq(run("exit 1", "a\nb\nc\nd\ne\nf\n"), 0);
    ck_assert_str_eq(label, "a b ... e f");
    ck_assert_int_eq(run("exit 1", "a\nb\n"), 0);
    ck_assert_str_eq(label, "a b");
    char items[3000];
    memset(items, 'x', sizeof items);
    items[1000] = items[1100] = items[2000] = '\n';
    items[sizeof items - 1] = '\0';
    ck_assert_int_eq(run("exit 1", items), 0);
    ck_assert_uint_gt(strlen(label), 20);
    ck_assert_uint_le(strlen(label), 256);
    ck_assert_ptr_nonnull(strstr(label, "x ... x"));
}
END_TEST

START_TEST(a_background_child_is_not_waited_for_long)
{
    /* -1 where a subreaper sees that it is left: the worker leaves, and another takes its seat. */
    ck_assert_int_le(run("sleep 1000 & echo $!", "x"), 0);
    expect_end(OUTCOME_SUCCESS, 0);
    long child = strtol(buffer_bytes(&output), NULL, 10);
    ck_assert_int_gt(child, 1);
    ck_assert_int_eq(kill((pid_t)child, SIGKILL), 0);
}
END_TEST

START_TEST(a_task_that_closes_its_output_is_waited_for)
{
    ck_assert_int_eq(run("exec >&- 2>&-; sleep 0.05; exit 9", "x"), 0);
    expect_end(OUTCOME_EXIT, 9);
}
END_TEST

START_TEST(the_order_to_end_is_heard_while_a_task_runs)
{
    ck_assert_int_eq(channel_send(orders, MESSAGE_TERMINATE, SIGTERM), 0);
    ck_assert_int_eq(run("exec sleep 1000", "x"), -1);
    expect_end(OUTCOME_SIGNAL, SIGTERM);
}
END_TEST

START_TEST(a_task_that_ignores_the_order_is_killed)
{
    ck_assert_int_eq(channel_send(orders, MESSAGE_TERMINATE, SIGTERM), 0);
    ck_assert_int_eq(run("trap '' TERM; while :; do sleep 1000; done", "x"), -1);
    ck_assert_int_eq(ended.outcome, OUTCOME_SIGNAL);
}
END_TEST

START_TEST(the_order_to_kill_does_not_wait)
{
    reaper_plan_default(&plan.ladder, 1000 * NS_PER_S);
    ck_assert_int_eq(channel_send(orders, MESSAGE_KILL, 0), 0);
    ck_assert_int_eq(run("trap '' TERM; while :; do sleep 1000; done", "x"), -1);
    expect_end(OUTCOME_SIGNAL, SIGKILL);
}
END_TEST

START_TEST(the_death_of_the_parent_ends_the_task)
{
    close(orders);
    ck_assert_int_eq(run("exec sleep 1000", "x"), -1);
    ck_assert(command.parent_gone);
    ck_assert_uint_eq(atomic_load(&shared.task), 0);
}
END_TEST

START_TEST(nothing_leaks_from_task_to_task)
{
    ck_assert_int_eq(run(":", "x"), 0);
    int before = dup(0);
    close(before);
    for (int i = 0; i < 20; i++)
        ck_assert_int_eq(run(i % 2 == 0 ? "sleep 0.02" : "exec >&-", "x"), 0);
    plan.path = "/no/such/program";
    ck_assert_int_eq(run(":", "x"), 0);
    int after = dup(0);
    close(after);
    ck_assert_int_eq(after, before);
}
END_TEST

UNIT_MAIN("command")
{
    tcase_add_checked_fixture(tests, begin, NULL);
    tcase_add_test(tests, what_a_task_says_and_how_it_ends_is_told);
    tcase_add_test(tests, an_exit_status_is_a_failure_with_the_item_as_its_label);
    tcase_add_test(tests, a_long_label_is_cut);
    tcase_add_test(tests, a_signal_is_a_failure_of_its_own_kind);
    tcase_add_test(tests, many_tasks_one_after_the_other);
    tcase_add_test(tests, a_program_that_is_not_there_fails_the_task_with_the_reason);
    tcase_add_test(tests, an_item_too_long_for_exec_fails_alone);
    tcase_add_test(tests, an_item_that_can_be_no_argument_fails_alone);
    tcase_add_test(tests, the_environment_says_which_task_it_is);
    tcase_add_test(tests, a_task_runs_in_the_folder_that_its_items_decide_on);
    tcase_add_test(tests, a_relative_program_is_looked_for_in_the_tasks_folder);
    tcase_add_test(tests, variables_may_differ_from_task_to_task);
    tcase_add_test(tests, a_command_that_is_only_printed_is_not_run_and_can_be_given_to_a_shell);
    tcase_add_test(tests, a_task_of_several_items_is_named_by_its_first_and_last);
    tcase_add_test(tests, a_background_child_is_not_waited_for_long);
    tcase_add_test(tests, a_task_that_closes_its_output_is_waited_for);
    tcase_add_test(tests, the_order_to_end_is_heard_while_a_task_runs);
    tcase_add_test(tests, a_task_that_ignores_the_order_is_killed);
    tcase_add_test(tests, the_order_to_kill_does_not_wait);
    tcase_add_test(tests, the_death_of_the_parent_ends_the_task);
    tcase_add_test(tests, nothing_leaks_from_task_to_task);
}
