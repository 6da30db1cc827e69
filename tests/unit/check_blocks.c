#include "unit.h"

#include "base/buffer.h"
#include "input/blocks.h"
#include "ipc/items.h"

static struct arena arena;
static char *memory;
static struct record_bounds records;
static struct blocks blocks;
static struct pool_source source;
static int writer = -1; /* the other end of standard input, where a test made it a pipe */

/* What the user said. */
struct setting {
    const char *end, *start;
    bool is_expression;
    const char *ends_with[3]; /* what stands before a cut, one of these */
};

static void compile(const char *end, const char *start, bool is_expression, uint32_t lines)
{
    char why[128];
    ck_assert_int_eq(record_bounds_compile(&records, end, start, is_expression, why, sizeof why), 0);
    records.lines = lines;
}

static void begin(void)
{
    memory = malloc(64 * MIB);
    arena_init(&arena, memory, 64 * MIB);
    writer = -1;
}

static void end(void)
{
    blocks_close(&blocks);
    record_bounds_release(&records);
    arena_release(&arena);
    free(memory);
    if (writer >= 0)
        close(writer);
}

static void open_blocks(size_t size, uint64_t count, bool header)
{
    struct blocks_setup setup = {.size = size, .records = count, .header = header};
    ck_assert_int_eq(blocks_open(&blocks, "-", &setup, &records), 0);
    source = blocks_source(&blocks);
    source.start(source.context, &arena);
}

/* Standard input is a file with these bytes. */
static void use_file(const char *bytes, size_t length)
{
    FILE *file = tmpfile();
    ck_assert_uint_eq(fwrite(bytes, 1, length, file), length);
    rewind(file);
    ck_assert_int_eq(dup2(fileno(file), STDIN_FILENO), STDIN_FILENO);
    fclose(file);
}

static void use_pipe(void)
{
    int ends[2];
    ck_assert_int_eq(pipe(ends), 0);
    ck_assert_int_eq(dup2(ends[0], STDIN_FILENO), STDIN_FILENO);
    close(ends[0]);
    writer = ends[1];
}

static void say(const char *bytes, size_t length)
{
    ck_assert_int_eq(write(writer, bytes, length), (ssize_t)length);
}

static void hang_up(void)
{
    close(writer);
    writer = -1;
}

/* ---- taking ---- */

/* Blocks are kept a while, as tasks would, and looked at only when they are let go. */
#define KEPT_MAX 4
static struct cut {
    struct queue_chunk chunk;
    struct arena_block *block;
} kept[KEPT_MAX];
static size_t kept_count;

#define CUTS_MAX 4096
static size_t cuts[CUTS_MAX], cut_count; /* where each block ended, in all that came */
static struct buffer got;

static void let_go(void)
{
    struct cut *first = &kept[0];
    const struct queue_chunk *chunk = &first->chunk;
    ck_assert_uint_ge(chunk->length, 1);
    ck_assert_uint_eq(chunk->count, 1);
    ck_assert_uint_eq(chunk->batch, 1);
    if (chunk->delimiter == ITEMS_RANGE) {
        ssize_t n =
            pread(STDIN_FILENO, buffer_reserve(&got, chunk->length), chunk->length, (off_t)chunk->offset);
        ck_assert_int_eq(n, (ssize_t)chunk->length);
        buffer_added(&got, chunk->length);
    } else {
        ck_assert_int_eq(chunk->delimiter, ITEMS_BLOCK);
        ck_assert_uint_ge(chunk->offset, first->block->offset);
        ck_assert_uint_le(chunk->offset + chunk->length, first->block->offset + first->block->size);
        buffer_append(&got, memory + chunk->offset, chunk->length);
        arena_unuse(&arena, first->block);
    }
    ck_assert_uint_lt(cut_count, CUTS_MAX);
    cuts[cut_count++] = buffer_length(&got);
    memmove(&kept[0], &kept[1], --kept_count * sizeof kept[0]);
}

static enum pool_supply take(bool readable)
{
    struct pool_want want = {
        .tasks = 1, .bytes = 1, .share = 1, .grow = kept_count == 0, .readable = readable};
    struct cut *next = &kept[kept_count];
    *next = (struct cut){.chunk = {.first = cut_count}};
    enum pool_supply result = source.take(source.context, &want, &next->chunk, &next->block);
    if (result == POOL_CHUNK)
        kept_count++;
    return result;
}

/* To the end; where standard input is a pipe, `bytes` go into it in pieces. */
static void take_all(const char *bytes, size_t length, uint64_t *state)
{
    bool readable = false;
    size_t keep = 1 + unit_below(state, KEPT_MAX);
    for (;;) {
        enum pool_supply result = take(readable);
        if (result == POOL_END)
            break;
        if (result == POOL_FULL)
            ck_assert_uint_gt(kept_count, 0);
        if (result == POOL_WAIT && writer >= 0) {
            size_t piece = size_min(1 + unit_below(state, 20), length);
            if (piece == 0)
                hang_up();
            else
                say(bytes, piece);
            bytes += piece, length -= piece;
        }
        readable = result == POOL_WAIT;
        ck_assert_int_ne(result, POOL_BROKEN);
        if (kept_count == keep || result == POOL_FULL)
            let_go();
    }
    while (kept_count > 0)
        let_go();
    ck_assert_int_eq(take(true), POOL_END);
}

/* ---- inputs made by chance, against the plainest way to say what a cut is ---- */

static size_t make_input(char *bytes, size_t most, uint64_t *state)
{
    static const char few[] = {'a', 'b', '\n', ';', '>', '\0'};
    size_t length = unit_below(state, most + 1), kinds = 1 + unit_below(state, sizeof few);
    for (size_t i = 0; i < length; i++)
        bytes[i] = few[unit_below(state, sizeof few) % kinds + (kinds == 1 ? 2 : 0)];
    return length;
}

static bool stands_at(const char *bytes, size_t length, size_t at, const char *text, size_t text_length)
{
    return length - at >= text_length && memcmp(bytes + at, text, text_length) == 0;
}

/* What a setting says in letters, as bytes: only \n and \0 are in these tests. */
static size_t plain(char *bytes, const char *text)
{
    size_t length = 0;
    for (; text != NULL && *text != '\0'; text++, length++)
        bytes[length] = *text != '\\' ? *text : *++text == 'n' ? '\n' : '\0';
    return length;
}

static bool is_cut(const struct setting *setting, const char *bytes, size_t length, size_t at)
{
    char text[16];
    bool by_end = setting->ends_with[0] == NULL;
    size_t start_length = plain(text, setting->start);
    if (!stands_at(bytes, length, at, text, start_length))
        return false;
    for (size_t i = 0; i < 3 && setting->ends_with[i] != NULL; i++) {
        size_t end_length = plain(text, setting->ends_with[i]);
        by_end = by_end || (at >= end_length && stands_at(bytes, length, at - end_length, text, end_length));
    }
    return by_end;
}

static const struct setting settings[] = {
    {NULL, NULL, false, {"\\n"}},      {"\\n", NULL, false, {"\\n"}},
    {";", NULL, false, {";"}},         {"\\0", NULL, false, {"\\0"}},
    {"ab", NULL, false, {"ab"}},       {"\\n\\n", NULL, false, {"\\n\\n"}},
    {"a\\0b", NULL, false, {"a\\0b"}}, {"a;b\\n", NULL, false, {"a;b\\n"}},
    {NULL, ">", false, {NULL}},        {NULL, "ab", false, {NULL}},
    {NULL, "\\0a", false, {NULL}},     {"\\n", ">", false, {"\\n"}},
    {";\\n", "ab", false, {";\\n"}},   {"\\0", "\\0", false, {"\\0"}},
    {"[;>]", NULL, true, {";", ">"}},  {"a;|b", NULL, true, {"a;", "b"}},
    {"\\n", "[a]", true, {"\\n"}},     {";|>", "a", true, {";", ">"}},
};

static void check_cuts(const struct setting *setting, const char *bytes, size_t length)
{
    ck_assert_uint_eq(buffer_length(&got), length);
    ck_assert_mem_eq(buffer_bytes(&got), bytes, length);
    for (size_t i = 0; i < cut_count; i++)
        if (cuts[i] != length && strcmp(setting->start != NULL ? setting->start : "", "[a]") != 0)
            ck_assert(is_cut(setting, bytes, length, cuts[i]));
}

static void try_one(const struct setting *setting, size_t size, bool by_pipe, uint64_t *state)
{
    char bytes[201];
    size_t length = make_input(bytes, 200, state);
    buffer_clear(&got);
    cut_count = 0;
    /* Small, so that it is full at times. */
    arena_init(&arena, memory, 2 * KIB);
    compile(setting->end, setting->start, setting->is_expression, 0);
    if (by_pipe)
        use_pipe();
    else
        use_file(bytes, length);
    open_blocks(size, 0, false);
    take_all(bytes, length, state);
    check_cuts(setting, bytes, length);
    blocks_close(&blocks);
    record_bounds_release(&records);
    arena_release(&arena);
}

START_TEST(blocks_are_cut_at_record_ends_whatever_their_size)
{
    uint64_t state = 1 + (uint64_t)_i;
    for (size_t round = 0; round < 4; round++)
        for (size_t size = 1; size <= 40; size++)
            for (size_t by_pipe = 0; by_pipe < 2; by_pipe++)
                try_one(&settings[_i], size, by_pipe == 1, &state);
}
END_TEST

/* ---- so many records ---- */

/* The end of the first `count` records of what is left, one after the other; a record has at least one
 * byte. */
static size_t end_of_records(const struct setting *setting, const char *bytes, size_t length, size_t from,
                             size_t count)
{
    char text[16];
    size_t end_length = plain(text, setting->start == NULL && setting->end == NULL ? "\\n" : setting->end);
    for (; count > 0; count--) {
        size_t at = from + 1;
        while (at <= length && (at < from + end_length || !is_cut(setting, bytes, length, at)))
            at++;
        if (at > length)
            return length;
        from = at;
    }
    return from;
}

static void try_counted(const struct setting *setting, size_t count, size_t lines, bool by_pipe,
                        uint64_t *state)
{
    char bytes[201];
    size_t length = make_input(bytes, 200, state);
    buffer_clear(&got);
    cut_count = 0;
    arena_init(&arena, memory, 3 * KIB); /* two blocks, with the byte more that each has */
    compile(setting->end, setting->start, setting->is_expression, (uint32_t)lines);
    if (by_pipe)
        use_pipe();
    else
        use_file(bytes, length);
    open_blocks(1 * KIB, count, false);
    take_all(bytes, length, state);
    check_cuts(setting, bytes, length);
    for (size_t i = 0, from = 0; i < cut_count; from = cuts[i++])
        ck_assert_uint_eq(cuts[i], end_of_records(setting, bytes, length, from, count * lines));
    blocks_close(&blocks);
    record_bounds_release(&records);
    arena_release(&arena);
}

START_TEST(exactly_so_many_records_make_a_block)
{
    uint64_t state = 77 + (uint64_t)_i;
    if (settings[_i].is_expression)
        return;
    for (size_t round = 0; round < 10; round++)
        for (size_t count = 1; count <= 4; count++)
            for (size_t lines = 1; lines <= 3; lines++)
                for (size_t by_pipe = 0; by_pipe < 2; by_pipe++)
                    try_counted(&settings[_i], count, lines, by_pipe == 1, &state);
}
END_TEST

/* ---- one by one ---- */

static void expect_blocks(const char *bytes, size_t length, const size_t *wanted, size_t count)
{
    uint64_t state = 5;
    buffer_clear(&got);
    cut_count = 0;
    take_all(bytes, length, &state);
    ck_assert_uint_eq(buffer_length(&got), length);
    ck_assert_mem_eq(buffer_bytes(&got), bytes, length);
    ck_assert_uint_eq(cut_count, count);
    for (size_t i = 0; i < count; i++)
        ck_assert_uint_eq(cuts[i], wanted[i]);
}

START_TEST(an_empty_input_has_no_blocks)
{
    compile(NULL, NULL, false, 0);
    use_file("", 0);
    open_blocks(10, 0, false);
    ck_assert_int_eq(take(true), POOL_END);
    blocks_close(&blocks);
    use_pipe();
    hang_up();
    open_blocks(10, 0, false);
    ck_assert_int_eq(take(true), POOL_END);
}
END_TEST

START_TEST(a_block_ends_at_the_last_record_that_fits)
{
    compile(NULL, NULL, false, 0);
    use_file("aa\nbb\ncc\ndd", 11);
    open_blocks(7, 0, false);
    expect_blocks("aa\nbb\ncc\ndd", 11, (size_t[]){6, 11}, 2);
}
END_TEST

START_TEST(a_record_longer_than_a_block_is_not_cut)
{
    for (int by_pipe = 0; by_pipe < 2; by_pipe++) {
        char bytes[152] = "a\n";
        memset(bytes + 2, 'x', 150);
        bytes[99] = '\n';
        compile(NULL, NULL, false, 0);
        if (by_pipe)
            use_pipe();
        else
            use_file(bytes, 152);
        open_blocks(64, 0, false);
        expect_blocks(bytes, 152, (size_t[]){2, 100, 152}, 3);
        blocks_close(&blocks);
        record_bounds_release(&records);
    }
}
END_TEST

START_TEST(one_that_is_longer_than_any_block_may_be_is_an_error)
{
    static char line[40 * MIB];
    memset(line, 'x', sizeof line);
    compile(NULL, NULL, false, 0);
    use_file(line, sizeof line);
    open_blocks(1 * MIB, 0, false);
    ck_assert_int_eq(take(true), POOL_BROKEN);
}
END_TEST

START_TEST(a_file_is_read_from_where_it_stands_and_left_at_its_end)
{
    compile(NULL, NULL, false, 0);
    use_file("gone\na\nb\n", 9);
    ck_assert_int_eq(lseek(STDIN_FILENO, 5, SEEK_SET), 5);
    open_blocks(2, 0, false);
    for (size_t i = 0; i < 2; i++) {
        ck_assert_int_eq(take(true), POOL_CHUNK);
        ck_assert_int_eq(kept[i].chunk.delimiter, ITEMS_RANGE);
        ck_assert_uint_eq(kept[i].chunk.offset, 5 + 2 * i);
        ck_assert_uint_eq(kept[i].chunk.length, 2);
    }
    ck_assert_int_eq(take(true), POOL_END);
    blocks_put_back(&blocks);
    ck_assert_int_eq(lseek(STDIN_FILENO, 0, SEEK_CUR), 9);
    kept_count = 0;
}
END_TEST

/* Whose length is told as 0: it is read as a stream is, but never waited for. */
START_TEST(a_file_whose_size_is_not_known_is_a_stream)
{
    char bytes[4 * KIB];
    struct stat info;
    int fd = open("/proc/self/status", O_RDONLY);
    if (fd < 0 || fstat(fd, &info) < 0 || !S_ISREG(info.st_mode) || info.st_size != 0) {
        unit_skip("no file here that does not tell its size");
        return;
    }
    ck_assert_int_eq(dup2(fd, STDIN_FILENO), STDIN_FILENO);
    ssize_t length = pread(fd, bytes, sizeof bytes, 0);
    ck_assert_int_gt(length, 200);
    close(fd);
    compile(NULL, NULL, false, 0);
    open_blocks(100, 0, false);
    buffer_clear(&got);
    size_t count = 0;
    for (enum pool_supply result; (result = take(false)) != POOL_END; count++) {
        ck_assert_int_eq(result, POOL_CHUNK);
        ck_assert_int_eq(kept[0].chunk.delimiter, ITEMS_BLOCK);
        let_go();
    }
    ck_assert_uint_gt(count, 1);
    /* Its numbers change from one reading to the next, its lines do not. */
    ck_assert_mem_eq(buffer_bytes(&got), bytes, 6);
    ck_assert_int_eq(buffer_bytes(&got)[buffer_length(&got) - 1], '\n');
}
END_TEST

/* What is cut must not depend on how much of it there was at once. */
START_TEST(a_match_is_not_cut_off_by_what_has_not_come_yet)
{
    static const char bytes[] = "a;;b;;;c;d";
    compile(";+", NULL, true, 0);
    use_pipe();
    open_blocks(1, 1, false);
    buffer_clear(&got);
    cut_count = 0;
    for (size_t i = 0; i < strlen(bytes); i++) {
        say(bytes + i, 1);
        enum pool_supply result = take(true);
        ck_assert(result == POOL_CHUNK || result == POOL_WAIT);
        if (result == POOL_CHUNK)
            let_go();
    }
    hang_up();
    while (take(true) == POOL_CHUNK)
        let_go();
    static const size_t wanted[] = {3, 7, 9, 10};
    ck_assert_uint_eq(cut_count, ARRAY_LENGTH(wanted));
    for (size_t i = 0; i < cut_count; i++)
        ck_assert_uint_eq(cuts[i], wanted[i]);
}
END_TEST

START_TEST(the_header_is_the_first_record_and_no_part_of_a_block)
{
    for (int by_pipe = 0; by_pipe < 2; by_pipe++) {
        compile(NULL, NULL, false, 0);
        if (by_pipe) {
            use_pipe();
            say("head\na\nb\nc", 10); /* more than the header at once */
            hang_up();
        } else {
            use_file("head\na\nb\nc", 10);
        }
        open_blocks(2, 0, true);
        ck_assert_uint_eq(buffer_length(&blocks.header), 5);
        ck_assert_mem_eq(buffer_bytes(&blocks.header), "head\n", 5);
        buffer_clear(&got);
        cut_count = 0;
        uint64_t state = 9;
        take_all("", 0, &state);
        ck_assert_uint_eq(buffer_length(&got), 5);
        ck_assert_mem_eq(buffer_bytes(&got), "a\nb\nc", 5);
        blocks_close(&blocks);
        record_bounds_release(&records);
    }
}
END_TEST

START_TEST(only_a_header_has_no_blocks)
{
    compile(NULL, NULL, false, 0);
    use_file("head", 4);
    open_blocks(2, 0, true);
    ck_assert_uint_eq(buffer_length(&blocks.header), 4);
    ck_assert_int_eq(take(true), POOL_END);
}
END_TEST

START_TEST(without_a_word_from_the_pool_a_pipe_is_not_read)
{
    compile(NULL, NULL, false, 0);
    use_pipe();
    say("a\n", 2);
    open_blocks(2, 0, false);
    ck_assert_int_eq(take(false), POOL_WAIT);
    ck_assert_int_eq(take(true), POOL_CHUNK);
    ck_assert_uint_eq(kept[0].chunk.length, 2);
    let_go();
}
END_TEST

START_TEST(a_full_arena_is_waited_for_and_nothing_is_lost)
{
    char bytes[5 * 64], *at = bytes;
    for (char c = 'a'; c < 'f'; c++, at += 64)
        memset(at, c, 63), at[63] = '\n';
    compile(NULL, NULL, false, 0);
    arena_init(&arena, memory, 2 * 64);
    use_pipe();
    say(bytes, sizeof bytes);
    hang_up();
    open_blocks(64, 0, false);
    buffer_clear(&got);
    ck_assert_int_eq(take(true), POOL_CHUNK);
    ck_assert_int_eq(take(true), POOL_CHUNK);
    ck_assert_int_eq(take(true), POOL_FULL);
    let_go();
    ck_assert_int_eq(take(true), POOL_CHUNK);
    ck_assert_int_eq(take(true), POOL_FULL);
    let_go();
    ck_assert_int_eq(take(true), POOL_CHUNK);
    ck_assert_int_eq(take(true), POOL_FULL);
    let_go();
    ck_assert_int_eq(take(true), POOL_CHUNK);
    while (kept_count > 0)
        let_go();
    ck_assert_uint_eq(buffer_length(&got), sizeof bytes);
    ck_assert_mem_eq(buffer_bytes(&got), bytes, sizeof bytes);
    ck_assert_int_eq(take(true), POOL_END);
}
END_TEST

UNIT_MAIN("blocks")
{
    tcase_add_checked_fixture(tests, begin, end);
    tcase_add_loop_test(tests, blocks_are_cut_at_record_ends_whatever_their_size, 0,
                        (int)ARRAY_LENGTH(settings));
    tcase_add_loop_test(tests, exactly_so_many_records_make_a_block, 0, (int)ARRAY_LENGTH(settings));
    tcase_add_test(tests, an_empty_input_has_no_blocks);
    tcase_add_test(tests, a_block_ends_at_the_last_record_that_fits);
    tcase_add_test(tests, a_record_longer_than_a_block_is_not_cut);
    tcase_add_test(tests, one_that_is_longer_than_any_block_may_be_is_an_error);
    tcase_add_test(tests, a_file_is_read_from_where_it_stands_and_left_at_its_end);
    tcase_add_test(tests, a_file_whose_size_is_not_known_is_a_stream);
    tcase_add_test(tests, a_match_is_not_cut_off_by_what_has_not_come_yet);
    tcase_add_test(tests, the_header_is_the_first_record_and_no_part_of_a_block);
    tcase_add_test(tests, only_a_header_has_no_blocks);
    tcase_add_test(tests, without_a_word_from_the_pool_a_pipe_is_not_read);
    tcase_add_test(tests, a_full_arena_is_waited_for_and_nothing_is_lost);
}
