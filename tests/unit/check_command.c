#include "unit.h"

#include "base/platform.h"
#include "proc/signals.h"
#include "proc/spawn.h"
#include "worker/single.h"

#define SLOT 5

static struct outbox_shared shared;
static char outbox_bytes[OUTBOX_SIZE];
static struct outbox outbox;
static struct run_state run_state;
static struct command_plan plan;
static struct command command;
static struct channel answers; /* our end of the results pipe */
static int orders;             /* our end of the control pipe */
static char *paths[SPAWN_PROGRAMS_MAX];
static const char *directory; /* of the task; NULL: none */
static const char *variable;  /* that it gets; NULL: none */

/* What the task said and how it ended. */
static struct buffer output, errors;
static struct message_done ended;
static char label[300];

/* The template of these tests: words ended by NULL, | between programs, the task's bytes behind all as one
 * argument. */
static int expand(void *template, const struct command_task *task, struct command_line *line,
                  const char **why)
{
    char *const *words = template;
    if (!plan.reads_blocks && task->items.length > 0 && task->items.bytes[0] == '!') {
        *why = "it is not liked";
        return -1;
    }
    for (; *words != NULL; words++)
        if (strcmp(*words, "|") == 0)
            words_break(&line->arguments);
        else
            words_add(&line->arguments, *words);
    if (!plan.reads_blocks) {
        words_begin(&line->arguments);
        buffer_append(&line->arguments.text, task->items.bytes, task->items.length);
        words_end(&line->arguments);
    }
    if (directory != NULL)
        words_add(&line->directory, directory);
    if (variable != NULL)
        words_add(&line->variables, variable);
    return 0;
}

/* All programs are the shell, or each is looked up. */
static void plan_programs(size_t count, const char *path)
{
    static char shell[64];
    snprintf(shell, sizeof shell, "%s", path == NULL ? "" : path);
    for (size_t i = 0; i < count; i++)
        paths[i] = path == NULL ? NULL : shell;
    plan.paths = paths;
    plan.program_count = count;
}

/* The plan is another one; what the command owned is not lost. */
static void open_again(void)
{
    static struct command before[8];
    static size_t count;
    ck_assert_uint_lt(count, ARRAY_LENGTH(before));
    before[count] = command;
    command_open(&command, &plan, &outbox, command.link.control.fd, &run_state, command.subreaper);
    count++;
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
    outbox_open(&outbox, (struct outbox_memory){&shared, outbox_bytes}, results[1]);
    channel_open(&answers, results[0]);
    orders = control[1];
    plan = (struct command_plan){.expand = expand, .file = -1};
    plan_programs(1, "/bin/sh");
    directory = variable = NULL;
    reaper_plan_default(&plan.ladder, 50 * NS_PER_MS);
    command_open(&command, &plan, &outbox, control[0], &run_state, platform_become_subreaper() == 0);
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

/* Run the plan's command for a task; what single_run returned. */
static int run_task(const char *const *words, const struct command_task *task)
{
    struct message message;
    plan.template = (void *)(uintptr_t)words;
    buffer_clear(&output);
    buffer_clear(&errors);
    ended = (struct message_done){.outcome = OUTCOME_KINDS};
    outbox_chunk(&outbox);
    int result = single_run(&command, SLOT, task);
    ck_assert_int_eq(outbox_flush(&outbox), 0);
    while (channel_fill(&answers) > 0)
        while (channel_next(&answers, &message) == 1)
            take(&message);
    buffer_append_byte(&output, '\0');
    buffer_append_byte(&errors, '\0');
    return result;
}

/* For one item. */
static int run_with(const char *const *words, const char *item, size_t length)
{
    char *exact = malloc(length == 0 ? 1 : length);
    memcpy(exact, item, length);
    const struct command_task task = {.number = 41, .worker = 2, .items = {exact, length, '\n'}};
    int result = run_task(words, &task);
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
    plan_programs(1, "/no/such/program");
    ck_assert_int_eq(run("", "x"), 0);
    expect_end(OUTCOME_NO_EXEC, ENOENT);
    ck_assert_ptr_nonnull(strstr(buffer_bytes(&errors), "'x'"));
    plan_programs(1, NULL);
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
    plan_programs(1, NULL);
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
    open_again();
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
    ck_assert(command.link.parent_gone);
    ck_assert_uint_eq(atomic_load(&shared.task), 0);
}
END_TEST

START_TEST(nothing_leaks_from_task_to_task)
{
    /* Where nothing could be started no pipes are kept for the next task. */
    plan_programs(1, "/no/such/program");
    ck_assert_int_eq(run(":", "x"), 0);
    int before = dup(0);
    close(before);
    plan_programs(1, "/bin/sh");
    for (int i = 0; i < 20; i++)
        ck_assert_int_eq(run(i % 2 == 0 ? "sleep 0.02" : "exec >&-", "x"), 0);
    plan_programs(1, "/no/such/program");
    ck_assert_int_eq(run(":", "x"), 0);
    int after = dup(0);
    close(after);
    ck_assert_int_eq(after, before);
}
END_TEST

/* ---- pipelines ---- */

#define SCRIPT(text) "sh", "-c", text

/* Three scripts; the item is $0 of the last. */
static int run_three(const char *first, const char *second, const char *third)
{
    if (plan.program_count != 3) {
        plan_programs(3, "/bin/sh");
        open_again();
    }
    return run_with((const char *const[]){SCRIPT(first), "|", SCRIPT(second), "|", SCRIPT(third), NULL}, "x",
                    1);
}

START_TEST(what_one_program_says_the_next_one_reads)
{
    ck_assert_int_eq(run_three("echo one", "cat; echo two; echo err >&2", "cat; echo \"three $0\""), 0);
    expect_end(OUTCOME_SUCCESS, 0);
    ck_assert_uint_eq(ended.program, 0);
    ck_assert_str_eq(buffer_bytes(&output), "one\ntwo\nthree x\n");
    ck_assert_str_eq(buffer_bytes(&errors), "err\n");
}
END_TEST

START_TEST(the_first_program_that_failed_is_named)
{
    static const struct {
        const char *programs[3];
        uint32_t program, code;
    } rows[] = {{{"exit 4", "cat", "cat"}, 1, 4},
                {{":", "cat; exit 5", "cat"}, 2, 5},
                {{":", "cat", "cat; exit 6"}, 3, 6},
                {{"exit 7", "cat; exit 8", "cat; exit 9"}, 1, 7},
                {{":", "cat; exit 8", "cat; exit 9"}, 2, 8}};
    for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
        ck_assert_int_eq(run_three(rows[i].programs[0], rows[i].programs[1], rows[i].programs[2]), 0);
        expect_end(OUTCOME_EXIT, rows[i].code);
        ck_assert_uint_eq(ended.program, rows[i].program);
        ck_assert_str_eq(label, "x");
    }
    ck_assert_int_eq(run_three(":", "kill -KILL $$", "cat"), 0);
    expect_end(OUTCOME_SIGNAL, SIGKILL);
    ck_assert_uint_eq(ended.program, 2);
}
END_TEST

/* As `yes | head` is well, whoever was left. */
START_TEST(a_writer_that_its_reader_left_has_not_failed_where_that_did_well)
{
    static const char *const endless = "while :; do echo y; done";
    ck_assert_int_eq(run_three(endless, "read line; echo $line", "cat"), 0);
    expect_end(OUTCOME_SUCCESS, 0);
    ck_assert_str_eq(buffer_bytes(&output), "y\n");
    ck_assert_int_eq(run_three(endless, "read line; exit 3", "cat"), 0);
    expect_end(OUTCOME_EXIT, 3);
    ck_assert_uint_eq(ended.program, 2);
    ck_assert_int_eq(run_three(endless, "exec cat", "exec 2>&1; exit 4"), 0);
    expect_end(OUTCOME_EXIT, 4);
    ck_assert_uint_eq(ended.program, 3);
    /* Nobody left it, it ended itself so. */
    ck_assert_int_eq(run_three("cat", "cat", "kill -PIPE $$"), 0);
    expect_end(OUTCOME_SIGNAL, SIGPIPE);
    ck_assert_uint_eq(ended.program, 3);
}
END_TEST

START_TEST(a_program_of_several_that_is_not_there_is_told_and_nothing_stays)
{
    static char missing[] = "/no/such/program";
    plan_programs(3, "/bin/sh");
    open_again();
    for (size_t i = 0; i < 3; i++) {
        char *kept = paths[i];
        const char *words[] = {"one",   "-c", "exec sleep 1000", "|", "two", "-c", "exec sleep 1000", "|",
                               "three", "-c", "exec sleep 1000", NULL};
        paths[i] = missing;
        ck_assert_int_eq(run_with(words, "x", 1), 0);
        expect_end(OUTCOME_NO_EXEC, ENOENT);
        ck_assert_ptr_nonnull(strstr(buffer_bytes(&errors), words[4 * i]));
        ck_assert_int_eq(waitpid(-1, NULL, WNOHANG), -1);
        ck_assert_int_eq(errno, ECHILD);
        paths[i] = kept;
    }
    /* The same where it is looked up. */
    plan_programs(3, NULL);
    ck_assert_int_eq(
        run_with((const char *const[]){"true", "|", "no-such-program-anywhere", "|", "cat", NULL}, "x", 1),
        0);
    expect_end(OUTCOME_NO_EXEC, ENOENT);
    ck_assert_ptr_nonnull(strstr(buffer_bytes(&errors), "no-such-program-anywhere"));
    ck_assert_int_eq(
        run_with((const char *const[]){"echo", "y", "|", "cat", "|", "tail", "-n", NULL}, "1", 1), 0);
    expect_end(OUTCOME_SUCCESS, 0);
    ck_assert_str_eq(buffer_bytes(&output), "y\n");
}
END_TEST

START_TEST(all_of_a_pipeline_is_waited_for)
{
    ck_assert_int_eq(run_three("exec >&-; sleep 0.05; exit 9", "exec >&- 2>&-", "exec >&- 2>&-"), 0);
    expect_end(OUTCOME_EXIT, 9);
    ck_assert_uint_eq(ended.program, 1);
    ck_assert_int_eq(run_three("exec >&- 2>&-", "exec >&- 2>&-; sleep 0.05; exit 8", "cat"), 0);
    expect_end(OUTCOME_EXIT, 8);
    ck_assert_uint_eq(ended.program, 2);
}
END_TEST

START_TEST(the_order_to_end_reaches_all_of_a_pipeline)
{
    ck_assert_int_eq(channel_send(orders, MESSAGE_TERMINATE, SIGTERM), 0);
    ck_assert_int_eq(run_three("exec sleep 1000", "trap '' TERM; sleep 1000", "exec sleep 1000"), -1);
    ck_assert_int_eq(ended.outcome, OUTCOME_SIGNAL);
    ck_assert_int_eq(waitpid(-1, NULL, WNOHANG), -1);
    ck_assert_int_eq(errno, ECHILD);
}
END_TEST

START_TEST(a_pipeline_that_is_only_printed_can_be_given_to_a_shell)
{
    static const char *const names[] = {"A="};
    plan.only_print = true;
    plan.variables = names;
    plan.variable_count = 1;
    plan_programs(2, "/bin/sh");
    variable = "A=b c";
    open_again();
    ck_assert_int_eq(run_with((const char *const[]){"if", "x y", "|", "wc", NULL}, "-l", 2), 0);
    ck_assert_str_eq(buffer_bytes(&output), "A='b c' 'if' 'x y' | A='b c' wc -l\n");
}
END_TEST

/* ---- blocks ---- */

static char *folder, *block; /* block: bytes that tell where they are */
#define BLOCK_MAX_SIZE (3 * MIB)

static const char *in_folder(const char *name)
{
    static char path[8192];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

/* The file "block" holds all of `block`; the file "wanted" what a task should get. */
static void begin_feeding(void)
{
    folder = strdup(unit_make_folder());
    block = malloc(BLOCK_MAX_SIZE);
    for (size_t i = 0; i < BLOCK_MAX_SIZE; i++)
        block[i] = (char)(i * 7 + (i >> 8) + (i >> 16));
    plan.file = open(in_folder("block"), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    ck_assert_int_eq(write(plan.file, block, BLOCK_MAX_SIZE), BLOCK_MAX_SIZE);
    plan.reads_blocks = true;
}

static void end_feeding(void)
{
    close(plan.file);
    unit_remove_folder(folder);
    free(folder);
    free(block);
}

/* As if a block were bytes of `block`, in memory or in the file. */
static int feed(const char *const *words, bool from_file, size_t from, size_t length)
{
    char *exact = malloc(length == 0 ? 1 : length);
    struct command_task task = {.number = 41, .worker = 2, .items = {exact, length, ITEMS_BLOCK}};
    if (from_file) {
        task.items = (struct items){NULL, length, ITEMS_RANGE};
        task.offset = from;
    } else {
        memcpy(exact, block + from, length);
    }
    int result = run_task(words, &task);
    free(exact);
    return result;
}

static int feed_script(const char *script, bool from_file, size_t from, size_t length)
{
    return feed((const char *const[]){"sh", "-c", script, NULL}, from_file, from, length);
}

static void want(const char *header, size_t from, size_t length)
{
    FILE *file = fopen(in_folder("wanted"), "w");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(header, 1, strlen(header), file), strlen(header));
    ck_assert_uint_eq(fwrite(block + from, 1, length, file), length);
    ck_assert_int_eq(fclose(file), 0);
    plan.header = header;
    plan.header_length = strlen(header);
}

static const size_t feed_sizes[] = {
    1, 2, 4095, 4096, 65535, 64 * KIB, 64 * KIB + 1, 1 * MIB, 1 * MIB + 1, BLOCK_MAX_SIZE - 11};

START_TEST(a_block_is_read_whole_from_memory_or_a_file)
{
    begin_feeding();
    char script[9000];
    snprintf(script, sizeof script, "cmp - '%s'", in_folder("wanted"));
    for (size_t i = 0; i < ARRAY_LENGTH(feed_sizes); i++)
        for (int from_file = 0; from_file < 2; from_file++)
            for (int header = 0; header < 2; header++) {
                want(header ? "the header\n" : "", 11, feed_sizes[i]);
                ck_assert_int_eq(feed_script(script, from_file, 11, feed_sizes[i]), 0);
                ck_assert_msg(ended.outcome == OUTCOME_SUCCESS, "%zu: %s%s", feed_sizes[i],
                              buffer_bytes(&output), buffer_bytes(&errors));
                expect_end(OUTCOME_SUCCESS, 0);
            }
    end_feeding();
}
END_TEST

START_TEST(a_slow_reader_gets_all_of_it)
{
    begin_feeding();
    char script[9000];
    snprintf(script, sizeof script, "sleep 0.05; { head -c 100000; sleep 0.05; cat; } | cmp - '%s'",
             in_folder("wanted"));
    for (int from_file = 0; from_file < 2; from_file++) {
        want("h", 5, 2 * MIB);
        ck_assert_int_eq(feed_script(script, from_file, 5, 2 * MIB), 0);
        ck_assert_msg(ended.outcome == OUTCOME_SUCCESS, "%s%s", buffer_bytes(&output), buffer_bytes(&errors));
    }
    end_feeding();
}
END_TEST

START_TEST(a_pipelines_first_program_reads_the_block)
{
    begin_feeding();
    plan_programs(3, NULL);
    open_again();
    want("", 0, 2 * MIB);
    char *path = strdup(in_folder("wanted"));
    for (int from_file = 0; from_file < 2; from_file++) {
        ck_assert_int_eq(feed((const char *const[]){"cat", "|", "cat", "|", "cmp", "-", path, NULL},
                              from_file, 0, 2 * MIB),
                         0);
        ck_assert_msg(ended.outcome == OUTCOME_SUCCESS, "%s%s", buffer_bytes(&output), buffer_bytes(&errors));
    }
    free(path);
    end_feeding();
}
END_TEST

START_TEST(who_does_not_read_all_of_it_has_not_failed)
{
    begin_feeding();
    for (int from_file = 0; from_file < 2; from_file++)
        for (size_t size = 1; size <= 2 * MIB; size *= 2) {
            ck_assert_int_eq(feed_script("exit 0", from_file, 3, size), 0);
            expect_end(OUTCOME_SUCCESS, 0);
            ck_assert_int_eq(feed_script("exec <&-; sleep 0.01; echo on", from_file, 3, size), 0);
            expect_end(OUTCOME_SUCCESS, 0);
            ck_assert_str_eq(buffer_bytes(&output), "on\n");
            ck_assert_int_eq(feed_script("head -c 1 >/dev/null; exit 3", from_file, 3, size), 0);
            expect_end(OUTCOME_EXIT, 3);
        }
    end_feeding();
}
END_TEST

START_TEST(a_failure_names_the_block)
{
    begin_feeding();
    ck_assert_int_eq(feed_script("exit 3", false, 0, 10), 0);
    expect_end(OUTCOME_EXIT, 3);
    ck_assert_str_eq(label, "block 42");
    ck_assert_int_eq(feed_script("exit 3", true, 0, 10), 0);
    ck_assert_str_eq(label, "block 42");
    end_feeding();
}
END_TEST

START_TEST(a_file_that_has_become_shorter_fails_the_task)
{
    begin_feeding();
    static const size_t left[] = {1 * MIB, 100, 0};
    for (size_t i = 0; i < ARRAY_LENGTH(left); i++) {
        ck_assert_int_eq(ftruncate(plan.file, (off_t)left[i]), 0);
        ck_assert_int_eq(feed_script("wc -c", true, 0, 2 * MIB), 0);
        expect_end(OUTCOME_FAILED, 1);
        ck_assert_str_eq(label, "block 42");
        ck_assert_ptr_nonnull(strstr(buffer_bytes(&errors), "shorter"));
        ck_assert_uint_eq(strtoul(buffer_bytes(&output), NULL, 10), left[i]);
    }
    /* It is the task's own failure that is told, if there is one. */
    ck_assert_int_eq(feed_script("cat >/dev/null; exit 3", true, 0, 2 * MIB), 0);
    expect_end(OUTCOME_EXIT, 3);
    /* What is there is fine. */
    ck_assert_int_eq(ftruncate(plan.file, 100), 0);
    ck_assert_int_eq(feed_script("wc -c", true, 50, 50), 0);
    expect_end(OUTCOME_SUCCESS, 0);
    end_feeding();
}
END_TEST

START_TEST(the_order_to_end_is_heard_while_nobody_reads)
{
    begin_feeding();
    ck_assert_int_eq(channel_send(orders, MESSAGE_TERMINATE, SIGTERM), 0);
    ck_assert_int_eq(feed_script("exec sleep 1000", false, 0, 3 * MIB), -1);
    expect_end(OUTCOME_SIGNAL, SIGTERM);
    end_feeding();
}
END_TEST

START_TEST(nothing_leaks_from_block_to_block)
{
    begin_feeding();
    plan_programs(1, "/no/such/program");
    ck_assert_int_eq(feed_script(":", true, 0, 3 * MIB), 0);
    expect_end(OUTCOME_NO_EXEC, ENOENT);
    int before = dup(0);
    close(before);
    plan_programs(1, "/bin/sh");
    for (int i = 0; i < 20; i++)
        ck_assert_int_eq(feed_script(i % 4 < 2 ? "cat >/dev/null" : ":", i % 2 == 0, 0, 3 * MIB), 0);
    plan_programs(1, "/no/such/program");
    ck_assert_int_eq(feed_script(":", true, 0, 3 * MIB), 0);
    expect_end(OUTCOME_NO_EXEC, ENOENT);
    int after = dup(0);
    close(after);
    ck_assert_int_eq(after, before);
    end_feeding();
}
END_TEST

static void add_feeding_tests(TCase *tests)
{
    tcase_add_test(tests, a_block_is_read_whole_from_memory_or_a_file);
    tcase_add_test(tests, a_slow_reader_gets_all_of_it);
    tcase_add_test(tests, a_pipelines_first_program_reads_the_block);
    tcase_add_test(tests, who_does_not_read_all_of_it_has_not_failed);
    tcase_add_test(tests, a_failure_names_the_block);
    tcase_add_test(tests, a_file_that_has_become_shorter_fails_the_task);
    tcase_add_test(tests, the_order_to_end_is_heard_while_nobody_reads);
    tcase_add_test(tests, nothing_leaks_from_block_to_block);
}

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
    tcase_add_test(tests, what_one_program_says_the_next_one_reads);
    tcase_add_test(tests, the_first_program_that_failed_is_named);
    tcase_add_test(tests, a_writer_that_its_reader_left_has_not_failed_where_that_did_well);
    tcase_add_test(tests, a_program_of_several_that_is_not_there_is_told_and_nothing_stays);
    tcase_add_test(tests, all_of_a_pipeline_is_waited_for);
    tcase_add_test(tests, the_order_to_end_reaches_all_of_a_pipeline);
    tcase_add_test(tests, a_pipeline_that_is_only_printed_can_be_given_to_a_shell);
    add_feeding_tests(tests);
}
