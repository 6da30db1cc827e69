#include "unit.h"

#include "base/io.h"
#include "input/tasks.h"
#include "task/environment.h"
#include "template/roles.h"

static struct arena arena;
static char *memory;
static struct rows rows;
static struct columns columns;
static struct template_setup setup;
static struct template template;
static struct template_word *roles;
static struct tasks tasks;
static struct pool_source source;
static struct tasks_limits limits;
static const char *words[16];
static const char *variables[2];
static int writer = -1; /* the other end of standard input, where a test made it a pipe */

#define MEMORY (16 * MIB)

static void begin(void)
{
    memory = malloc(MEMORY);
    arena_init(&arena, memory, MEMORY);
    rows = (struct rows){0};
    columns = (struct columns){0};
    setup = (struct template_setup){.columns = &columns, .variables = variables};
    limits = (struct tasks_limits){.rows = 1};
}

static void end(void)
{
    tasks_release(&tasks);
    template_release(&template);
    free(roles);
    roles = NULL;
    columns_release(&columns);
    rows_close(&rows);
    arena_release(&arena);
    free(memory);
    io_close(&writer);
}

/* The command, its words with | between; that of a shell, where it begins with "sh|-c|". */
static char command_text[256];

static void compile(const char *text)
{
    char *why;
    snprintf(command_text, sizeof command_text, "%s", text);
    setup.count = 0;
    for (char *at = command_text; at != NULL; setup.count++) {
        char *bar = strchr(at, '|');
        words[setup.count] = at;
        at = bar == NULL ? NULL : bar + 1;
        if (bar != NULL)
            *bar = '\0';
    }
    setup.words = (char *const *)(uintptr_t)words;
    const struct roles_setup words_setup = {
        .words = setup.words, .count = setup.count, .names = &setup.names};
    free(roles);
    setup.roles = roles = roles_find(&words_setup);
    ck_assert_ptr_nonnull(roles);
    setup.most_characters = limits.characters;
    ck_assert_int_eq(template_compile(&template, &setup, &why), 0);
}

static void open_tasks(const char *command, unsigned jobs)
{
    compile(command);
    tasks_init(&tasks, &rows, &template, &limits, 20, jobs, 0);
    source = tasks_source(&tasks);
    source.start(source.context, &arena);
}

/* Items that are the lines of a file at standard input. */
static void add_bytes(const char *bytes, size_t length)
{
    const struct source_format format = {.delimiter = '\n'};
    FILE *file = tmpfile();
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(bytes, 1, length, file), length);
    rewind(file);
    ck_assert_int_eq(dup2(fileno(file), STDIN_FILENO), STDIN_FILENO);
    fclose(file);
    ck_assert_int_eq(rows_add_file(&rows, &format, "-", false), 0);
}

static void add_lines(const char *text)
{
    add_bytes(text, strlen(text));
}

static void add_words(char **list, size_t count, bool linked)
{
    const struct source_format format = {.delimiter = '\n'};
    rows_add_words(&rows, &format, list, count, linked);
}

static void add_pipe(void)
{
    const struct source_format format = {.delimiter = '\n'};
    int ends[2];
    ck_assert_int_eq(pipe(ends), 0);
    ck_assert_int_eq(dup2(ends[0], STDIN_FILENO), STDIN_FILENO);
    close(ends[0]);
    writer = ends[1];
    ck_assert_int_eq(rows_add_file(&rows, &format, "-", false), 0);
}

static void say(const char *text)
{
    ck_assert_int_eq(write(writer, text, strlen(text)), (ssize_t)strlen(text));
}

static const struct pool_want everything = {
    .tasks = 1000, .bytes = SIZE_MAX, .share = 1, .grow = true, .readable = true};

/* The last chunk's items; a copy. */
static struct buffer bytes;
static struct queue_chunk chunk;

static enum pool_supply take(struct pool_want want)
{
    struct arena_block *block;
    chunk = (struct queue_chunk){.first = 0};
    enum pool_supply result = source.take(source.context, &want, &chunk, &block);
    if (result != POOL_CHUNK)
        return result;
    ck_assert_uint_ge(chunk.count, 1);
    ck_assert_uint_ge(chunk.batch, 1);
    ck_assert_uint_le(chunk.count, want.tasks);
    ck_assert_int_eq(chunk.delimiter, ITEMS_FRAMED);
    ck_assert_uint_ge(chunk.offset, block->offset);
    ck_assert_uint_le(chunk.offset + chunk.length, block->offset + block->size);
    buffer_clear(&bytes);
    buffer_append(&bytes, memory + chunk.offset, chunk.length);
    arena_unuse(&arena, block);
    return result;
}

static struct items taken_items(void)
{
    return (struct items){buffer_bytes(&bytes), buffer_length(&bytes), ITEMS_FRAMED};
}

/* The next chunk: its tasks with / between, their items with commas. What is wrong instead: in brackets. */
static const char *next(struct pool_want want)
{
    static char text[4096];
    static const char *const others[] = {
        [POOL_WAIT] = "(wait)", [POOL_FULL] = "(full)", [POOL_END] = "(end)", [POOL_BROKEN] = "(broken)"};
    struct item item;
    enum pool_supply result = take(want);
    if (result != POOL_CHUNK)
        return others[result];
    struct items items = taken_items();
    size_t count = 0;
    char *at = text;
    *at = '\0';
    for (; items_next(&items, &item); count++)
        at += sprintf(at, "%s%.*s",
                      count == 0                 ? ""
                      : count % chunk.batch == 0 ? "/"
                                                 : ",",
                      (int)item.length, item.bytes);
    ck_assert_uint_eq(items.length, 0);
    ck_assert_uint_eq((count - 1) / chunk.batch + 1, chunk.count);
    return text;
}

/* All that is left, a chunk each, with blanks between; and how it ends. */
static const char *rest(void)
{
    static char all[8192];
    char *at = all;
    const char *one;
    do {
        one = next(everything);
        at += sprintf(at, "%s%s", at == all ? "" : " ", one);
    } while (one[0] != '(');
    return all;
}

static char *letters[] = {(char[]){"a"}, (char[]){"b"}, (char[]){"c"}, (char[]){"d"}, (char[]){"e"},
                          (char[]){"f"}, (char[]){"g"}, (char[]){"h"}, (char[]){"i"}, (char[]){"j"}};

/* ---- one row a task ---- */

START_TEST(each_row_is_a_task_and_chunks_hold_several)
{
    add_words(letters, 3, false);
    add_words(letters, 2, false);
    open_tasks("echo", 2);
    ck_assert_uint_eq(source.total(source.context), 6);
    struct pool_want want = everything;
    want.tasks = 4;
    ck_assert_str_eq(next(want), "a,a/a,b/b,a/b,b");
    ck_assert_uint_eq(chunk.count, 4);
    ck_assert_uint_eq(chunk.batch, 2);
    ck_assert_str_eq(rest(), "c,a/c,b (end)");
}
END_TEST

START_TEST(a_chunk_has_so_many_bytes_but_for_a_first_task_that_is_larger)
{
    add_words(letters, 4, false);
    open_tasks("echo", 2);
    struct pool_want want = everything;
    want.bytes = 6; /* with the lengths in front: five bytes an item */
    ck_assert_str_eq(next(want), "a/b");
    want.bytes = 1;
    ck_assert_str_eq(next(want), "c");
}
END_TEST

START_TEST(a_function_gets_rows_too)
{
    add_words(letters, 3, false);
    tasks_init(&tasks, &rows, NULL, &limits, 0, 2, 0);
    source = tasks_source(&tasks);
    source.start(source.context, &arena);
    ck_assert_str_eq(rest(), "a/b/c (end)");
}
END_TEST

/* ---- several rows a task ---- */

START_TEST(a_task_has_so_many_rows_and_the_last_one_what_is_left)
{
    limits.rows = 2;
    add_words(letters, 5, false);
    open_tasks("echo", 2);
    ck_assert_uint_eq(source.total(source.context), 3);
    ck_assert_str_eq(rest(), "a,b c,d e (end)");
}
END_TEST

START_TEST(rows_of_several_sources_stay_whole)
{
    limits.rows = 2;
    add_words(letters, 3, false);
    add_words(letters + 5, 3, true);
    open_tasks("echo", 2);
    ck_assert_str_eq(rest(), "a,f,b,g c,h (end)");
}
END_TEST

START_TEST(a_line_with_a_blank_at_its_end_goes_on_in_the_next)
{
    limits.rows = 0;
    limits.lines = 2;
    add_lines("a \nb\nc\nd\t\n\ne \n \nlast ");
    open_tasks("echo", 2);
    ck_assert_uint_eq(source.total(source.context), 0);
    ck_assert_str_eq(rest(), "a b,c d\t,e  last  (end)");
}
END_TEST

START_TEST(with_one_line_a_task_and_one_row_lines_go_on_too)
{
    limits.lines = 1;
    add_lines("a \nb\nc\nd ");
    open_tasks("echo", 2);
    ck_assert_str_eq(rest(), "a b/c/d  (end)");
}
END_TEST

START_TEST(whatever_limit_comes_first_counts)
{
    limits.rows = 3;
    limits.characters = sizeof "echo" + 2 * sizeof "a";
    add_words(letters, 5, false);
    open_tasks("echo", 2);
    ck_assert_str_eq(rest(), "a,b c,d e (end)");
    tasks_release(&tasks);
    template_release(&template);
    rows_close(&rows);
    limits.characters = 100;
    add_words(letters, 5, false);
    open_tasks("echo", 2);
    ck_assert_str_eq(rest(), "a,b,c d,e (end)");
}
END_TEST

START_TEST(an_item_that_is_too_long_is_a_task_of_its_own)
{
    limits.rows = 0;
    limits.fill = true;
    limits.characters = sizeof "echo" + 6;
    add_lines("a\nb\nmuch too long\nc\nd\ntoo long at the end");
    open_tasks("echo", 2);
    ck_assert_str_eq(rest(), "a,b much too long c,d too long at the end (end)");
}
END_TEST

START_TEST(strictly_what_does_not_fit_ends_the_run)
{
    limits.rows = 0;
    limits.fill = limits.strict = true;
    limits.characters = sizeof "echo" + 4;
    add_lines("a\nb\nc\ntoo long\nd\n");
    open_tasks("echo", 2);
    ck_assert_str_eq(rest(), "a,b c (broken)");
}
END_TEST

START_TEST(strictly_a_task_gets_as_many_rows_as_was_said_or_the_run_ends)
{
    limits.rows = 3;
    limits.strict = true;
    limits.characters = sizeof "echo" + 6;
    add_lines("a\nb\nc\ndd\nee\nff\n");
    open_tasks("echo", 2);
    ck_assert_str_eq(rest(), "a,b,c (broken)");
}
END_TEST

START_TEST(the_last_rows_are_shared_evenly_where_that_is_wanted)
{
    static const struct {
        unsigned jobs;
        const char *wanted;
    } cases[] = {{3, "a,b,c,d e,f,g,h i,j (end)"},
                 {4, "a,b,c d,e,f g,h,i j (end)"},
                 {1, "a,b,c,d,e,f,g,h,i,j (end)"},
                 {100, "a b c d e f g h i j (end)"},
                 {2, "a,b,c,d,e f,g,h,i,j (end)"}};
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        limits.rows = 0;
        limits.fill = limits.spread = true;
        add_words(letters, 10, false);
        open_tasks("echo", cases[i].jobs);
        ck_assert_str_eq(rest(), cases[i].wanted);
        tasks_release(&tasks);
        template_release(&template);
        rows_close(&rows);
    }
    /* Only the last ones: those before are as large as they may be. */
    limits.characters = sizeof "echo" + 2 * 6;
    add_words(letters, 10, false);
    open_tasks("echo", 2);
    ck_assert_str_eq(rest(), "a,b,c,d,e,f g,h i,j (end)");
    tasks_release(&tasks);
    template_release(&template);
    rows_close(&rows);
    /* And the last of so many rows each, too. */
    limits.rows = 3;
    limits.characters = 0;
    add_words(letters, 6, false);
    open_tasks("echo", 3);
    ck_assert_str_eq(rest(), "a,b,c d e f (end)");
}
END_TEST

START_TEST(no_rows_are_no_task)
{
    static const struct tasks_limits all[] = {
        {.rows = 1}, {.rows = 3}, {.lines = 2}, {.fill = true, .spread = true}, {.rows = 1, .strict = true}};
    for (size_t i = 0; i < ARRAY_LENGTH(all); i++) {
        limits = all[i];
        add_words(letters, 0, false);
        open_tasks("echo", 3);
        ck_assert_str_eq(rest(), "(end)");
        ck_assert_str_eq(rest(), "(end)");
        tasks_release(&tasks);
        template_release(&template);
        rows_close(&rows);
    }
}
END_TEST

/* It fails, when its turn comes; those behind it are none the worse. */
START_TEST(an_item_that_can_be_no_argument_does_not_take_all_others_with_it)
{
    struct buffer text = BUFFER_INIT;
    size_t largest = 0;
    buffer_append(&text, "a\0b\n", 4);
    for (int i = 0; i < 500; i++)
        buffer_append_text(&text, "xxxx\n");
    limits.rows = 0;
    limits.fill = true;
    limits.characters = sizeof "echo" + 100;
    add_bytes(buffer_bytes(&text), buffer_length(&text));
    open_tasks("echo", 2);
    while (take(everything) == POOL_CHUNK)
        largest = size_max(largest, chunk.batch);
    ck_assert_uint_le(largest, 100 / 5 + 1);
    buffer_release(&text);
    buffer_release(&bytes);
}
END_TEST

/* ---- waiting ---- */

START_TEST(rows_that_come_slowly_are_gathered)
{
    limits.rows = 3;
    add_pipe();
    open_tasks("echo", 2);
    struct pool_want quiet = everything;
    quiet.readable = false;
    ck_assert_str_eq(next(quiet), "(wait)");
    ck_assert_int_eq(source.fd(source.context), STDIN_FILENO);
    say("a\nb\n");
    ck_assert_str_eq(next(everything), "(wait)");
    say("c\nd\ne");
    ck_assert_str_eq(next(everything), "a,b,c");
    ck_assert_str_eq(next(quiet), "(wait)");
    io_close(&writer);
    ck_assert_str_eq(rest(), "d,e (end)");
}
END_TEST

START_TEST(a_full_task_waits_for_nothing_even_where_the_last_ones_are_shared)
{
    limits.rows = 2;
    limits.fill = limits.spread = true;
    add_pipe();
    open_tasks("echo", 2);
    say("a\nb\n");
    ck_assert_str_eq(next(everything), "a,b");
    say("c\nd\ne\nf\ng\n");
    io_close(&writer);
    ck_assert_str_eq(next(everything), "c,d");
    ck_assert_str_eq(rest(), "e,f g (end)");
}
END_TEST

START_TEST(tasks_of_one_row_are_handed_on_at_once)
{
    add_pipe();
    add_words(letters, 2, false);
    open_tasks("echo", 2);
    say("1\n2\n3");
    ck_assert_str_eq(next(everything), "1,a/1,b/2,a/2,b");
    struct pool_want quiet = everything;
    quiet.readable = false;
    ck_assert_str_eq(next(quiet), "(wait)");
    say("4\n");
    ck_assert_str_eq(next(everything), "34,a/34,b");
    io_close(&writer);
    ck_assert_str_eq(rest(), "(end)");
}
END_TEST

START_TEST(a_line_that_goes_on_is_waited_for)
{
    limits.rows = 0;
    limits.lines = 1;
    add_pipe();
    open_tasks("echo", 2);
    say("a \n");
    ck_assert_str_eq(next(everything), "(wait)");
    say("b\nc \n");
    ck_assert_str_eq(next(everything), "a b");
    ck_assert_str_eq(next(everything), "(wait)");
    io_close(&writer);
    ck_assert_str_eq(rest(), "c  (end)");
}
END_TEST

START_TEST(a_full_arena_is_waited_for_and_nothing_is_lost)
{
    struct pool_want want = everything;
    want.grow = false;
    for (int one_row = 0; one_row < 2; one_row++) {
        limits.rows = one_row ? 1 : 2;
        add_words(letters, 5, false);
        open_tasks("echo", 2);
        want.tasks = 2;
        for (int i = 0; i < 3; i++) {
            struct arena_block *all = arena_allocate(&arena, ARENA_FIRST_LIMIT, false);
            ck_assert_ptr_nonnull(all);
            ck_assert_str_eq(next(want), "(full)");
            ck_assert_str_eq(next(want), "(full)");
            arena_unuse(&arena, all);
            static const char *const wanted[][3] = {{"a,b", "c,d", "e"}, {"a/b", "c/d", "e"}};
            ck_assert_str_eq(next(want), wanted[one_row][i]);
        }
        ck_assert_str_eq(next(want), "(end)");
        tasks_release(&tasks);
        template_release(&template);
        rows_close(&rows);
    }
}
END_TEST

/* ---- as many as fit ---- */

static const char *const commands[] = {
    "echo",
    "echo|{}",
    "cmd|-x{}y|--file={}|{#}",
    "cmd|{/}|{//}.{/.}|{%}",
    "cmd|{1}|{2}|{-1}|x{3}y",
    "{}|{1/.}",
    "sh|-c|echo {} '{/}' \"{}\"|name",
    "sh|-c|for i; do echo {} {1} {}; done",
    "sh|-c|set -- {}; echo {2} pre{}post # {}|name|more{}",
    "sh|-c|echo \"$1\"|name|x{}",
};

static bool fits(struct items items, const struct template_size *most)
{
    struct template_size size = template_measure(&template, items);
    return size.total <= most->total && size.arguments <= most->arguments && size.longest <= most->longest;
}

/* Every task fits, and would not with one more row; and all rows together are the rows. */
static void check_filled(const struct buffer *all, size_t row_items, size_t *alone)
{
    struct items left = {buffer_bytes(all), buffer_length(all), ITEMS_FRAMED};
    while (left.length > 0) {
        enum pool_supply result = take(everything);
        ck_assert_int_eq(result, POOL_CHUNK);
        ck_assert_uint_eq(chunk.count, 1);
        ck_assert_uint_eq(chunk.batch % row_items, 0);
        size_t length = buffer_length(&bytes);
        ck_assert_uint_le(length, left.length);
        ck_assert_mem_eq(buffer_bytes(&bytes), left.bytes, length);
        struct items more = left, counted = taken_items();
        items_skip(&counted, chunk.batch - 1);
        ck_assert_uint_gt(counted.length, 0);
        items_skip(&counted, 1);
        ck_assert_uint_eq(counted.length, 0);
        items_skip(&more, chunk.batch);
        if (chunk.batch > row_items)
            ck_assert(fits(taken_items(), &tasks.most));
        else
            ++*alone;
        items_skip(&more, row_items);
        size_t rows_now = chunk.batch / row_items;
        if (length < left.length && (limits.rows == 0 || rows_now < limits.rows)) {
            struct items longer = {left.bytes, left.length - more.length, ITEMS_FRAMED};
            ck_assert(!fits(longer, &tasks.most));
        }
        left.bytes += length;
        left.length -= length;
    }
    ck_assert_int_eq(take(everything), POOL_END);
}

START_TEST(every_task_is_as_large_as_it_may_be_and_never_larger)
{
    uint64_t state = 1000 + (uint64_t)_i;
    size_t alone = 0;
    end();
    for (int round = 0; round < 12; round++) {
        struct buffer text = BUFFER_INIT, all = BUFFER_INIT;
        char why[64];
        const size_t count = 1 + unit_below(&state, 400), longest = 1 + unit_below(&state, 30);
        bool two = round % 3 == 2, split = round % 4 == 3;
        begin();
        setup.repeat = _i % 2 == 1;
        setup.variable_count = round % 5 == 4 ? 1 : 0;
        variables[0] = "V=x{}";
        if (split)
            ck_assert_int_eq(columns_compile(&columns, ",", why, sizeof why), 0);
        for (size_t i = 0; i < count; i++) {
            char item[64];
            uint32_t length = (uint32_t)unit_below(&state, longest);
            for (size_t k = 0; k < length; k++)
                item[k] = "abc/.,"[unit_below(&state, 6)];
            buffer_append(&text, item, length);
            buffer_append_byte(&text, '\n');
            for (int k = 0; k <= two; k++) {
                const uint32_t one = 1;
                buffer_append(&all, &length, sizeof length);
                buffer_append(&all, item, length);
                if (!two)
                    break;
                buffer_append(&all, &one, sizeof one);
                buffer_append_byte(&all, k == 0 ? 'a' : 'b');
            }
        }
        limits.rows = unit_below(&state, 4) == 0 ? 2 + (uint32_t)unit_below(&state, 60) : 0;
        limits.fill = true;
        /* From hardly anything to hundreds of items; by one limit or another. */
        size_t most = 40 + unit_below(&state, round % 2 == 0 ? 400 : 6000);
        size_t kind = unit_below(&state, 3);
        limits.characters = kind == 0 ? most : 0;
        add_bytes(buffer_bytes(&text), buffer_length(&text));
        if (two)
            add_words(letters, 2, false);
        open_tasks(commands[_i / 2], 2);
        if (kind == 1)
            tasks.most.total = most * 3;
        if (kind == 2)
            tasks.most.longest = most / 2;
        check_filled(&all, two ? 2 : 1, &alone);
        end();
        buffer_release(&text);
        buffer_release(&all);
    }
    begin();
}
END_TEST

/* What is reckoned is what the system says: with the environment, the pointers and the path. */
START_TEST(the_largest_command_line_can_be_run)
{
    struct buffer text = BUFFER_INIT;
    struct environment environment;
    size_t used = 0;
    for (int i = 0; i < 200000; i++)
        buffer_append_text(&text, i % 2 == 0 ? "a\n" : "some longer item\n");
    limits.rows = 0;
    limits.fill = true;
    add_bytes(buffer_bytes(&text), buffer_length(&text));
    compile("true");
    tasks_init(&tasks, &rows, &template, &limits, strlen("/bin/true"), 2, 0);
    source = tasks_source(&tasks);
    source.start(source.context, &arena);
    environment_open(&environment, getpid(), NULL, 0);
    for (int number = 0; number < 2; number++) {
        struct command_line line = {0};
        const char *why;
        ck_assert_int_eq(take(everything), POOL_CHUNK);
        const struct command_task task = {.number = (uint64_t)number, .items = taken_items()};
        ck_assert_int_eq(template_expand(&template, &task, &line, &why), 0);
        environment_set(&environment, task.number, 0, &line.variables);
        char **vector = words_vector(&line.arguments);
        pid_t child = fork();
        if (child == 0) {
            execve("/bin/true", vector, environment.vector);
            _exit(errno == E2BIG ? 7 : 8);
        }
        ck_assert_int_eq(unit_wait(child), 0);
        used += chunk.batch;
        words_release(&line.arguments);
    }
    ck_assert_uint_gt(used, 10000);
    for (size_t i = 0; i < ENVIRONMENT_OURS; i++)
        free(environment.ours[i]);
    free(environment.vector);
    buffer_release(&text);
    buffer_release(&bytes);
}
END_TEST

/* ---- how many there will be ---- */

START_TEST(the_total_is_known_where_rows_are_and_limits_are_plain)
{
    add_words(letters, 10, false);
    limits.rows = 4;
    ck_assert_uint_eq(tasks_total(&rows, &limits, 0, false), 3);
    ck_assert_uint_eq(tasks_total(&rows, &limits, 77, false), 77);
    limits.rows = 10;
    ck_assert_uint_eq(tasks_total(&rows, &limits, 0, false), 1);
    limits.fill = true;
    ck_assert_uint_eq(tasks_total(&rows, &limits, 0, false), 0);
    limits = (struct tasks_limits){.lines = 2};
    ck_assert_uint_eq(tasks_total(&rows, &limits, 0, false), 0);
    limits = (struct tasks_limits){.rows = 2, .characters = 100};
    ck_assert_uint_eq(tasks_total(&rows, &limits, 0, false), 0);
    add_lines("a\nb\n");
    limits = (struct tasks_limits){.rows = 1};
    ck_assert_uint_eq(tasks_total(&rows, &limits, 0, false), 0);
}
END_TEST

static void end_all(void)
{
    end();
    buffer_release(&bytes);
}

UNIT_MAIN("tasks")
{
    tcase_add_checked_fixture(tests, begin, end_all);
    tcase_add_test(tests, each_row_is_a_task_and_chunks_hold_several);
    tcase_add_test(tests, a_chunk_has_so_many_bytes_but_for_a_first_task_that_is_larger);
    tcase_add_test(tests, a_function_gets_rows_too);
    tcase_add_test(tests, a_task_has_so_many_rows_and_the_last_one_what_is_left);
    tcase_add_test(tests, rows_of_several_sources_stay_whole);
    tcase_add_test(tests, a_line_with_a_blank_at_its_end_goes_on_in_the_next);
    tcase_add_test(tests, with_one_line_a_task_and_one_row_lines_go_on_too);
    tcase_add_test(tests, whatever_limit_comes_first_counts);
    tcase_add_test(tests, an_item_that_is_too_long_is_a_task_of_its_own);
    tcase_add_test(tests, strictly_what_does_not_fit_ends_the_run);
    tcase_add_test(tests, strictly_a_task_gets_as_many_rows_as_was_said_or_the_run_ends);
    tcase_add_test(tests, the_last_rows_are_shared_evenly_where_that_is_wanted);
    tcase_add_test(tests, no_rows_are_no_task);
    tcase_add_test(tests, an_item_that_can_be_no_argument_does_not_take_all_others_with_it);
    tcase_add_test(tests, rows_that_come_slowly_are_gathered);
    tcase_add_test(tests, a_full_task_waits_for_nothing_even_where_the_last_ones_are_shared);
    tcase_add_test(tests, tasks_of_one_row_are_handed_on_at_once);
    tcase_add_test(tests, a_line_that_goes_on_is_waited_for);
    tcase_add_test(tests, a_full_arena_is_waited_for_and_nothing_is_lost);
    tcase_add_loop_test(tests, every_task_is_as_large_as_it_may_be_and_never_larger, 0,
                        2 * (int)ARRAY_LENGTH(commands));
    if (!UNIT_THREAD_SANITIZER)
        tcase_add_test(tests, the_largest_command_line_can_be_run);
    tcase_add_test(tests, the_total_is_known_where_rows_are_and_limits_are_plain);
}
