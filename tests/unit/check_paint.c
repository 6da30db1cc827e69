#include "unit.h"

#include "collector/paint.h"

#define BOTH 3U

static struct spool kept;
static struct spool_pieces pieces;
static const char *folder;

static void begin(void)
{
    folder = unit_make_folder();
    spool_init(&kept, MIB, folder);
    pieces = (struct spool_pieces){NULL, NULL};
}

static void end(void)
{
    spool_drop(&kept, &pieces);
    ck_assert_uint_eq(kept.held, 0);
    spool_release(&kept);
    unit_remove_folder(folder);
}

/* The list, with < before each run of bytes of stream 1, > before those of stream 0. */
static const char *shown(void)
{
    static char text[200000];
    size_t length = 0;
    for (unsigned stream = 2; pieces.first != NULL; stream = pieces.first == NULL ? 2 : stream) {
        const char *bytes;
        if (pieces.first->stream != stream)
            text[length++] = pieces.first->stream == 0 ? '>' : '<';
        stream = pieces.first->stream;
        ssize_t n = spool_look(&kept, &pieces, &bytes);
        ck_assert_int_gt(n, 0);
        memcpy(text + length, bytes, (size_t)n);
        length += (size_t)n;
        spool_take(&kept, &pieces, (size_t)n);
    }
    text[length] = '\0';
    return text;
}

static void add(unsigned stream, const char *text)
{
    spool_add(&kept, &pieces, stream, text, strlen(text), false);
}

static const char *painted(unsigned streams)
{
    ck_assert_int_eq(paint_red(&kept, &pieces, streams), 0);
    return shown();
}

#define R PAINT_RED
#define N PAINT_RESET

START_TEST(each_line_is_red_for_itself)
{
    add(0, "one\ntwo\n\nthree");
    ck_assert_str_eq(painted(BOTH), ">" R "one" N "\n" R "two" N "\n\n" R "three" N);
    ck_assert_str_eq(painted(BOTH), "");
}
END_TEST

START_TEST(another_stream_ends_the_colour)
{
    add(0, "half ");
    add(1, "error\n");
    add(0, "a line\n");
    ck_assert_str_eq(painted(BOTH), ">" R "half " N "<" R "error" N "\n>" R "a line" N "\n");
}
END_TEST

START_TEST(only_streams_that_are_asked_for_are_red)
{
    add(0, "half ");
    add(1, "error\nmore");
    add(0, "a line\n");
    ck_assert_str_eq(painted(2), ">half <" R "error" N "\n" R "more" N ">a line\n");
}
END_TEST

/* However it is cut into pieces, and where they lie. */
START_TEST(a_long_line_is_red_from_end_to_end)
{
    static char line[70001];
    memset(line, 'x', sizeof line - 1);
    for (int in_file = 0; in_file < 2; in_file++) {
        kept.cap = in_file ? 0 : MIB;
        add(0, line);
        add(0, "end\nnext\n");
        const char *text = painted(BOTH);
        size_t begins = strlen(">" R);
        ck_assert(memcmp(text, ">" R, begins) == 0);
        ck_assert_uint_eq(strspn(text + begins, "x"), 70000);
        ck_assert_str_eq(text + begins + 70000, "end" N "\n" R "next" N "\n");
    }
}
END_TEST

START_TEST(what_can_not_be_read_again_is_told)
{
    kept.cap = 0;
    add(0, "in the file");
    ck_assert_int_eq(ftruncate(kept.file, 0), 0);
    ck_assert_int_eq(paint_red(&kept, &pieces, BOTH), -1);
    ck_assert_ptr_null(pieces.first);
    ck_assert(kept.lost);
}
END_TEST

UNIT_MAIN("paint")
{
    tcase_add_checked_fixture(tests, begin, end);
    tcase_add_test(tests, each_line_is_red_for_itself);
    tcase_add_test(tests, another_stream_ends_the_colour);
    tcase_add_test(tests, only_streams_that_are_asked_for_are_red);
    tcase_add_test(tests, a_long_line_is_red_from_end_to_end);
    tcase_add_test(tests, what_can_not_be_read_again_is_told);
}
