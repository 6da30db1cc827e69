#include "unit.h"

#include "base/buffer.h"
#include "input/input.h"
#include "input/source.h"

static struct arena arena;
static char *memory;
static struct input input;
static struct pool_source source;
static struct buffer got; /* the bytes of all chunks taken */
static uint64_t tasks;    /* in them */
static int writer;        /* the other end of standard input, where a test made it a pipe */

static void begin(void)
{
    memory = malloc(64 * MIB);
    arena_init(&arena, memory, 64 * MIB);
    buffer_init(&got);
    tasks = 0;
    writer = -1;
}

static void end(void)
{
    input_close(&input);
    arena_release(&arena);
    buffer_release(&got);
    free(memory);
    if (writer >= 0)
        close(writer);
}

static void open_input(unsigned char delimiter)
{
    ck_assert_int_eq(input_open(&input, "-", delimiter), 0);
    source = input_source(&input);
    source.start(source.context, &arena);
}

/* Standard input is a pipe, and the test writes to its other end. */
static void open_pipe(unsigned char delimiter)
{
    int ends[2];
    ck_assert_int_eq(pipe(ends), 0);
    ck_assert_int_eq(dup2(ends[0], STDIN_FILENO), STDIN_FILENO);
    close(ends[0]);
    writer = ends[1];
    open_input(delimiter);
}

static void say(const char *text)
{
    ck_assert_int_eq(write(writer, text, strlen(text)), (ssize_t)strlen(text));
}

static void hang_up(void)
{
    close(writer);
    writer = -1;
}

/* Standard input is a file with these bytes. */
static void open_file(const char *bytes, size_t length, unsigned char delimiter)
{
    FILE *file = tmpfile();
    ck_assert_uint_eq(fwrite(bytes, 1, length, file), length);
    rewind(file);
    ck_assert_int_eq(dup2(fileno(file), STDIN_FILENO), STDIN_FILENO);
    fclose(file);
    open_input(delimiter);
}

static const struct pool_want everything = {
    .tasks = 1000000, .bytes = SIZE_MAX, .share = 1, .grow = true, .readable = true};

/* What the last chunk was, ended by NUL. */
static char last[256];

static enum pool_supply take(struct pool_want want, struct queue_chunk *chunk)
{
    struct arena_block *block;
    *chunk = (struct queue_chunk){.first = tasks};
    enum pool_supply result = source.take(source.context, &want, chunk, &block);
    if (result != POOL_CHUNK)
        return result;
    ck_assert_uint_ge(chunk->count, 1);
    ck_assert_uint_le(chunk->count, want.tasks);
    ck_assert_uint_ge(chunk->length, 1);
    ck_assert_uint_ge(chunk->offset, block->offset);
    ck_assert_uint_le(chunk->offset + chunk->length, block->offset + block->size);
    tasks += chunk->count;
    buffer_append(&got, memory + chunk->offset, chunk->length);
    snprintf(last, sizeof last, "%.*s", (int)size_min(chunk->length, 255), memory + chunk->offset);
    arena_unuse(&arena, block);
    return result;
}

static void expect_chunk(struct pool_want want, uint32_t count, const char *bytes)
{
    struct queue_chunk chunk;
    ck_assert_int_eq(take(want, &chunk), POOL_CHUNK);
    ck_assert_str_eq(last, bytes);
    ck_assert_uint_eq(chunk.count, count);
}

static void expect_nothing(struct pool_want want, enum pool_supply wanted)
{
    struct queue_chunk chunk;
    ck_assert_int_eq(take(want, &chunk), wanted);
}

static struct pool_want at_most(uint32_t count)
{
    struct pool_want want = everything;
    want.tasks = count;
    return want;
}

/* ---- a file ---- */

START_TEST(lines_are_items_and_the_last_needs_no_newline)
{
    open_file("a\n\nc", 4, '\n');
    expect_chunk(at_most(1), 1, "a\n");
    expect_chunk(at_most(1), 1, "\n");
    expect_chunk(at_most(1), 1, "c");
    expect_nothing(everything, POOL_END);
    expect_nothing(everything, POOL_END);
}
END_TEST

START_TEST(an_empty_file_has_no_items)
{
    open_file("", 0, '\n');
    expect_nothing(everything, POOL_END);
}
END_TEST

START_TEST(a_newline_alone_is_one_empty_item)
{
    open_file("\n", 1, '\n');
    expect_chunk(everything, 1, "\n");
    expect_nothing(everything, POOL_END);
}
END_TEST

START_TEST(the_number_of_tasks_is_respected)
{
    open_file("a\nb\nc\nd\n", 8, '\n');
    expect_chunk(at_most(3), 3, "a\nb\nc\n");
    expect_chunk(at_most(3), 1, "d\n");
}
END_TEST

START_TEST(the_number_of_bytes_is_respected_but_for_a_first_item_that_is_longer)
{
    struct pool_want want = everything;
    want.bytes = 4;
    open_file("a\nb\nlonger\nd\n", 13, '\n');
    expect_chunk(want, 2, "a\nb\n");
    expect_chunk(want, 1, "longer\n");
    expect_chunk(want, 1, "d\n");
}
END_TEST

START_TEST(a_file_is_shared_by_its_size)
{
    struct pool_want want = everything;
    char text[2001] = "";
    for (size_t i = 0; i < 1000; i++)
        memcpy(text + 2 * i, "x\n", 3);
    open_file(text, 2000, '\n');
    want.share = 4;
    struct queue_chunk chunk;
    ck_assert_int_eq(take(want, &chunk), POOL_CHUNK);
    ck_assert_uint_le(chunk.count, 250);
    ck_assert_uint_ge(chunk.count, 1);
}
END_TEST

START_TEST(an_item_over_the_ends_of_blocks_stays_whole)
{
    open_file("12345\n1234567890123456789012345678901234567890\nx\n", 49, '\n');
    input_set_block_size(&input, 8);
    expect_chunk(at_most(1), 1, "12345\n");
    expect_chunk(at_most(1), 1, "1234567890123456789012345678901234567890\n");
    expect_chunk(at_most(1), 1, "x\n");
    expect_nothing(everything, POOL_END);
}
END_TEST

START_TEST(an_item_that_never_ends_is_an_error_and_not_all_of_memory)
{
    size_t length = SOURCE_ITEM_MAX + MIB;
    char *text = malloc(length);
    memset(text, 'x', length);
    open_file(text, length, '\n');
    free(text);
    expect_nothing(everything, POOL_BROKEN);
}
END_TEST

START_TEST(what_can_not_be_read_is_refused_at_once)
{
    const char *folder = unit_make_folder();
    ck_assert_int_eq(input_open(&input, "/nowhere/at all", '\n'), -1);
    ck_assert_int_eq(input_open(&input, folder, '\n'), -1);
    unit_remove_folder(folder);
}
END_TEST

START_TEST(a_full_arena_is_waited_for_and_nothing_is_lost)
{
    struct arena_block *all = arena_allocate(&arena, ARENA_FIRST_LIMIT, false);
    struct pool_want want = everything;
    open_file("a\nb\n", 4, '\n');
    want.grow = false;
    expect_nothing(want, POOL_FULL);
    arena_unuse(&arena, all);
    expect_chunk(want, 2, "a\nb\n");
}
END_TEST

/* ---- a pipe ---- */

START_TEST(a_quiet_pipe_is_not_read)
{
    struct pool_want want = everything;
    open_pipe('\n');
    want.readable = false;
    expect_nothing(want, POOL_WAIT);
    ck_assert_int_eq(source.fd(source.context), STDIN_FILENO);
}
END_TEST

START_TEST(what_has_come_through_a_pipe_is_given_at_once)
{
    struct pool_want want = everything;
    open_pipe('\n');
    say("a\nb\nc");
    expect_chunk(everything, 2, "a\nb\n");
    want.readable = false;
    expect_nothing(want, POOL_WAIT);
    say("c\n");
    expect_chunk(everything, 1, "cc\n");
    say("last");
    hang_up();
    /* One read for the bytes, one for the end: the pool asks again when the pipe is readable. */
    struct queue_chunk chunk;
    enum pool_supply result = take(everything, &chunk);
    if (result == POOL_WAIT)
        result = take(everything, &chunk);
    ck_assert_int_eq(result, POOL_CHUNK);
    ck_assert_str_eq(last, "last");
    expect_nothing(everything, POOL_END);
}
END_TEST

START_TEST(a_descriptor_that_another_made_non_blocking_is_no_error)
{
    open_pipe('\n');
    ck_assert_int_eq(fcntl(STDIN_FILENO, F_SETFL, O_NONBLOCK), 0);
    expect_nothing(everything, POOL_WAIT);
    say("a\n");
    expect_chunk(everything, 1, "a\n");
}
END_TEST

/* ---- anything ---- */

START_TEST(whatever_is_asked_for_all_bytes_come_once_and_are_counted_right)
{
    uint64_t state = 77 + (uint64_t)_i;
    struct buffer text = BUFFER_INIT;
    const unsigned char delimiter = _i % 2 == 0 ? '\n' : '\0';
    uint64_t items = 2000;

    for (uint64_t i = 0; i < items; i++) {
        for (size_t k = unit_below(&state, i % 50 == 0 ? 3000 : 20); k > 0; k--)
            buffer_append_byte(&text, (char)('a' + unit_below(&state, 26)));
        if (i + 1 < items || _i % 4 < 2)
            buffer_append_byte(&text, (char)delimiter);
        else
            buffer_append_text(&text, "end");
    }
    open_file(buffer_bytes(&text), buffer_length(&text), delimiter);
    input_set_block_size(&input, 1 + unit_below(&state, 5000));
    for (;;) {
        struct pool_want want = {.tasks = 1 + (uint32_t)unit_below(&state, _i % 5 == 0 ? 10 : 300),
                                 .bytes = unit_below(&state, 7) == 0 ? SIZE_MAX : unit_below(&state, 3000),
                                 .share = 1 + (unsigned)unit_below(&state, 8),
                                 .grow = true,
                                 .readable = true};
        struct queue_chunk chunk;
        enum pool_supply result = take(want, &chunk);
        if (result == POOL_END)
            break;
        ck_assert_int_eq(result, POOL_CHUNK);
        ck_assert_uint_eq(chunk.batch, 1);
        /* A chunk holds as many items as it says; but the last one of all may lack its delimiter. */
        uint64_t inside = 0;
        for (size_t i = 0; i < chunk.length; i++)
            inside += (unsigned char)memory[chunk.offset + i] == delimiter;
        if (buffer_length(&got) < buffer_length(&text))
            ck_assert_uint_eq(inside, chunk.count);
    }
    ck_assert_uint_eq(tasks, items);
    ck_assert_uint_eq(buffer_length(&got), buffer_length(&text));
    ck_assert_mem_eq(buffer_bytes(&got), buffer_bytes(&text), buffer_length(&text));
    buffer_release(&text);
}
END_TEST

/* Items, and how many of them there are. */
static const struct {
    const char *bytes;
    uint64_t items;
} totals[] = {{"", 0}, {"\n", 1}, {"a\n", 1}, {"a", 1}, {"a\nb", 2}, {"\n\n", 2}, {"a\n\nb\n", 3}};

START_TEST(a_file_is_counted)
{
    for (size_t i = 0; i < ARRAY_LENGTH(totals); i++) {
        open_file(totals[i].bytes, strlen(totals[i].bytes), '\n');
        ck_assert_uint_eq(source.total(source.context), 0);
        input_count(&input, false);
        ck_assert_uint_eq(source.total(source.context), totals[i].items);
        end();
        begin(); /* another one */
    }
}
END_TEST

START_TEST(a_pipe_is_counted_when_its_end_is_there_whatever_was_taken)
{
    for (size_t i = 0; i < ARRAY_LENGTH(totals); i++)
        for (int taken = 0; taken < 2; taken++) {
            struct queue_chunk chunk;
            struct arena_block *block;
            struct pool_want one = everything;
            one.tasks = 1;
            one.readable = false;
            open_pipe('\n');
            input_count(&input, true);
            say(totals[i].bytes);
            ck_assert_uint_eq(source.total(source.context), 0);
            if (taken > 0 && strchr(totals[i].bytes, '\n') != NULL) {
                ck_assert_int_eq(source.take(source.context, &one, &chunk, &block), POOL_CHUNK);
                ck_assert_uint_eq(chunk.count, 1);
            }
            hang_up();
            ck_assert_uint_eq(source.total(source.context), totals[i].items);
            end();
            begin(); /* another one */
        }
}
END_TEST

UNIT_MAIN("input")
{
    tcase_add_checked_fixture(tests, begin, end);
    tcase_add_test(tests, lines_are_items_and_the_last_needs_no_newline);
    tcase_add_test(tests, an_empty_file_has_no_items);
    tcase_add_test(tests, a_newline_alone_is_one_empty_item);
    tcase_add_test(tests, the_number_of_tasks_is_respected);
    tcase_add_test(tests, the_number_of_bytes_is_respected_but_for_a_first_item_that_is_longer);
    tcase_add_test(tests, a_file_is_shared_by_its_size);
    tcase_add_test(tests, an_item_over_the_ends_of_blocks_stays_whole);
    tcase_add_test(tests, an_item_that_never_ends_is_an_error_and_not_all_of_memory);
    tcase_add_test(tests, what_can_not_be_read_is_refused_at_once);
    tcase_add_test(tests, a_full_arena_is_waited_for_and_nothing_is_lost);
    tcase_add_test(tests, a_quiet_pipe_is_not_read);
    tcase_add_test(tests, what_has_come_through_a_pipe_is_given_at_once);
    tcase_add_test(tests, a_descriptor_that_another_made_non_blocking_is_no_error);
    tcase_add_loop_test(tests, whatever_is_asked_for_all_bytes_come_once_and_are_counted_right, 0, 20);
    tcase_add_test(tests, a_file_is_counted);
    tcase_add_test(tests, a_pipe_is_counted_when_its_end_is_there_whatever_was_taken);
}
