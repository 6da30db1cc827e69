#include "unit.h"

#include "worker/framing.h"

static struct item item_of(const char *bytes, size_t length)
{
    return (struct item){bytes, length};
}

static const enum filter_framing framings[] = {FILTER_LINES, FILTER_NUL, FILTER_LENGTH};

START_TEST(only_a_length_in_front_can_hold_every_byte)
{
    ck_assert(!framing_can(FILTER_LINES, item_of("a\nb", 3)));
    ck_assert(framing_can(FILTER_LINES, item_of("a\0b", 3)));
    ck_assert(framing_can(FILTER_NUL, item_of("a\nb", 3)));
    ck_assert(!framing_can(FILTER_NUL, item_of("a\0b", 3)));
    ck_assert(framing_can(FILTER_LENGTH, item_of("a\0b\n", 4)));
}
END_TEST

START_TEST(what_was_put_in_is_taken_out)
{
    static const char *const texts[] = {"", "x", "several words", "\377\376"};
    for (size_t f = 0; f < sizeof framings / sizeof *framings; f++)
        for (size_t t = 0; t < sizeof texts / sizeof *texts; t++) {
            struct buffer feed = BUFFER_INIT;
            struct item in = item_of(texts[t], strlen(texts[t])), out;
            unsigned status;
            framing_put(framings[f], in, &feed);
            ck_assert_uint_eq(buffer_length(&feed), framing_size(framings[f], in.length));
            ck_assert_uint_eq(
                framing_take(framings[f], buffer_bytes(&feed), buffer_length(&feed), &out, &status),
                buffer_length(&feed));
            ck_assert_uint_ge(out.length, in.length);
            ck_assert_mem_eq(out.bytes, in.bytes, in.length);
            ck_assert_uint_eq(out.length, in.length + (framings[f] != FILTER_LENGTH));
            ck_assert_uint_eq(status, 0);
            buffer_release(&feed);
        }
}
END_TEST

START_TEST(an_answer_that_has_not_come_whole_is_waited_for)
{
    for (size_t f = 0; f < sizeof framings / sizeof *framings; f++) {
        struct buffer feed = BUFFER_INIT;
        struct item out;
        unsigned status;
        framing_put(framings[f], item_of("answer", 6), &feed);
        for (size_t part = 0; part < buffer_length(&feed); part++)
            ck_assert_uint_eq(framing_take(framings[f], buffer_bytes(&feed), part, &out, &status), 0);
        buffer_release(&feed);
    }
}
END_TEST

START_TEST(a_status_is_told_apart_from_the_answer)
{
    struct item out;
    unsigned status;
    ck_assert_uint_eq(framing_take(FILTER_LENGTH, "\4\0\0\200\7abcd", 9, &out, &status), 8);
    ck_assert_uint_eq(status, 7);
    ck_assert_uint_eq(out.length, 3);
    ck_assert_mem_eq(out.bytes, "abc", 3);
}
END_TEST

START_TEST(a_status_without_its_byte_and_a_mad_length_are_no_answers)
{
    struct item out;
    unsigned status;
    ck_assert_uint_eq(framing_take(FILTER_LENGTH, "\0\0\0\200", 4, &out, &status), FRAMING_NEVER);
    ck_assert_uint_eq(framing_take(FILTER_LENGTH, "\377\377\377\177", 4, &out, &status), FRAMING_NEVER);
}
END_TEST

START_TEST(an_answer_that_goes_on_for_ever_is_none)
{
    struct buffer feed = BUFFER_INIT;
    struct item out;
    unsigned status;
    static char piece[MIB];
    memset(piece, 'x', sizeof piece);
    for (int i = 0; i < 16; i++)
        buffer_append(&feed, piece, sizeof piece);
    ck_assert_uint_eq(framing_take(FILTER_LINES, buffer_bytes(&feed), buffer_length(&feed), &out, &status),
                      0);
    buffer_append_byte(&feed, 'x');
    ck_assert_uint_eq(framing_take(FILTER_LINES, buffer_bytes(&feed), buffer_length(&feed), &out, &status),
                      FRAMING_NEVER);
    buffer_release(&feed);
}
END_TEST

START_TEST(a_chunk_is_handed_on_as_it_lies_only_if_the_filter_would_read_the_same)
{
    struct items lines = {.bytes = "a\nb\n", .length = 4, .delimiter = '\n'};
    ck_assert(framing_fits(FILTER_LINES, &lines));
    ck_assert(!framing_fits(FILTER_NUL, &lines));
    ck_assert(!framing_fits(FILTER_LENGTH, &lines));
    lines.length = 3; /* the last line has no newline */
    ck_assert(!framing_fits(FILTER_LINES, &lines));
}
END_TEST

START_TEST(a_last_answer_gets_its_end_where_there_is_one)
{
    struct buffer answers = BUFFER_INIT;
    ck_assert(!framing_end(FILTER_LENGTH, &answers));
    ck_assert_uint_eq(buffer_length(&answers), 0);
    ck_assert(framing_end(FILTER_LINES, &answers));
    ck_assert(framing_end(FILTER_NUL, &answers));
    ck_assert_uint_eq(buffer_length(&answers), 2);
    ck_assert_mem_eq(buffer_bytes(&answers), "\n\0", 2);
    buffer_release(&answers);
}
END_TEST

UNIT_MAIN("framing")
{
    tcase_add_test(tests, only_a_length_in_front_can_hold_every_byte);
    tcase_add_test(tests, what_was_put_in_is_taken_out);
    tcase_add_test(tests, an_answer_that_has_not_come_whole_is_waited_for);
    tcase_add_test(tests, a_status_is_told_apart_from_the_answer);
    tcase_add_test(tests, a_status_without_its_byte_and_a_mad_length_are_no_answers);
    tcase_add_test(tests, an_answer_that_goes_on_for_ever_is_none);
    tcase_add_test(tests, a_chunk_is_handed_on_as_it_lies_only_if_the_filter_would_read_the_same);
    tcase_add_test(tests, a_last_answer_gets_its_end_where_there_is_one);
}
