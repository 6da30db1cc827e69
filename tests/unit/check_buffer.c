#include "unit.h"

#include "base/buffer.h"

START_TEST(an_empty_buffer_owns_nothing)
{
    struct buffer buffer = BUFFER_INIT;
    ck_assert_uint_eq(buffer_length(&buffer), 0);
    buffer_append(&buffer, "", 0);
    ck_assert_ptr_null(buffer.memory);
    buffer_release(&buffer);
}
END_TEST

START_TEST(bytes_come_out_as_they_went_in)
{
    struct buffer buffer;
    buffer_init(&buffer);
    buffer_append(&buffer, "a\0b", 3);
    buffer_append_text(&buffer, "text");
    buffer_append_byte(&buffer, '\xff');
    ck_assert_uint_eq(buffer_length(&buffer), 8);
    ck_assert_mem_eq(buffer_bytes(&buffer), "a\0btext\xff", 8);
    buffer_take(&buffer, 3);
    ck_assert_uint_eq(buffer_length(&buffer), 5);
    ck_assert_mem_eq(buffer_bytes(&buffer), "text\xff", 5);
    buffer_release(&buffer);
}
END_TEST

START_TEST(reserve_finds_room_and_counts_only_what_came)
{
    struct buffer buffer = BUFFER_INIT;
    memset(buffer_reserve(&buffer, 1000), 'x', 1000);
    ck_assert_uint_ge(buffer_room(&buffer), 1000);
    ck_assert_uint_eq(buffer_length(&buffer), 0);
    buffer_added(&buffer, 10);
    ck_assert_uint_eq(buffer_length(&buffer), 10);
    buffer_release(&buffer);
}
END_TEST

START_TEST(clear_keeps_the_memory_and_release_gives_it_back)
{
    struct buffer buffer = BUFFER_INIT;
    buffer_append_text(&buffer, "text");
    const char *memory = buffer.memory;
    buffer_clear(&buffer);
    ck_assert_uint_eq(buffer_length(&buffer), 0);
    ck_assert_ptr_eq(buffer_reserve(&buffer, 4), memory);
    buffer_release(&buffer);
    ck_assert_ptr_null(buffer.memory);
    ck_assert_uint_eq(buffer.capacity, 0);
    /* It can be used again. */
    buffer_append_text(&buffer, "more");
    ck_assert_mem_eq(buffer_bytes(&buffer), "more", 4);
    buffer_release(&buffer);
}
END_TEST

/* A stream that passes through, as in a channel, must not need more and more memory. */
START_TEST(a_stream_passes_through_in_bounded_memory)
{
    struct buffer buffer = BUFFER_INIT;
    buffer_append_text(&buffer, "never empty");
    for (int i = 0; i < 10000; i++) {
        buffer_append(&buffer, "0123456789012345678901234567890123456789", 40);
        buffer_take(&buffer, 40);
    }
    ck_assert_uint_eq(buffer_length(&buffer), 11);
    ck_assert_uint_le(buffer.capacity, 1024);
    buffer_release(&buffer);
}
END_TEST

START_TEST(any_order_of_adding_and_taking_keeps_the_bytes)
{
    static char all[400000];
    struct buffer buffer = BUFFER_INIT;
    uint64_t chance = 1;
    size_t in = 0, out = 0;

    for (size_t i = 0; i < sizeof all; i++)
        all[i] = (char)unit_random(&chance);
    while (in < sizeof all) {
        size_t count = size_min(unit_below(&chance, 700), sizeof all - in);
        buffer_append(&buffer, all + in, count);
        in += count;
        count = unit_below(&chance, buffer_length(&buffer) + 1);
        ck_assert_uint_eq(buffer_length(&buffer), in - out);
        if (count > 0)
            ck_assert_mem_eq(buffer_bytes(&buffer), all + out, count);
        buffer_take(&buffer, count);
        out += count;
    }
    buffer_release(&buffer);
}
END_TEST

START_TEST(what_is_formatted_finds_room_however_long_and_can_be_cut)
{
    static char large[1000];
    struct buffer buffer = BUFFER_INIT;
    memset(large, 'x', sizeof large - 1);
    buffer_format(&buffer, "%s", "");
    ck_assert_uint_eq(buffer_length(&buffer), 0);
    buffer_format(&buffer, "%d-", 12);
    buffer_format(&buffer, "%.*s", 127, large); /* as much as is tried first, and one less */
    buffer_format(&buffer, "%.*s", 128, large);
    buffer_format(&buffer, "%s!", large);
    ck_assert_uint_eq(buffer_length(&buffer), 3 + 127 + 128 + sizeof large);
    ck_assert_mem_eq(buffer_bytes(&buffer), "12-xx", 5);
    ck_assert_int_eq(buffer_bytes(&buffer)[buffer_length(&buffer) - 1], '!');
    buffer_take(&buffer, 1);
    buffer_cut(&buffer, 2);
    ck_assert_uint_eq(buffer_length(&buffer), 2);
    ck_assert_mem_eq(buffer_bytes(&buffer), "2-", 2);
    buffer_release(&buffer);
}
END_TEST

UNIT_MAIN("buffer")
{
    tcase_add_test(tests, an_empty_buffer_owns_nothing);
    tcase_add_test(tests, bytes_come_out_as_they_went_in);
    tcase_add_test(tests, reserve_finds_room_and_counts_only_what_came);
    tcase_add_test(tests, clear_keeps_the_memory_and_release_gives_it_back);
    tcase_add_test(tests, a_stream_passes_through_in_bounded_memory);
    tcase_add_test(tests, what_is_formatted_finds_room_however_long_and_can_be_cut);
    tcase_add_test(tests, any_order_of_adding_and_taking_keeps_the_bytes);
}
