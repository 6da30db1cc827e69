#include "unit.h"

#include "base/base64.h"

static void check(const char *bytes, size_t length, const char *wanted)
{
    struct buffer out = BUFFER_INIT;
    base64_append(&out, bytes, length);
    buffer_append_byte(&out, '\0');
    ck_assert_str_eq(buffer_bytes(&out), wanted);
    buffer_release(&out);
}

/* RFC 4648, section 10. */
START_TEST(the_texts_of_the_standard)
{
    check("", 0, "");
    check("f", 1, "Zg==");
    check("fo", 2, "Zm8=");
    check("foo", 3, "Zm9v");
    check("foob", 4, "Zm9vYg==");
    check("fooba", 5, "Zm9vYmE=");
    check("foobar", 6, "Zm9vYmFy");
}
END_TEST

START_TEST(any_byte_has_its_place)
{
    check("\0\0\0", 3, "AAAA");
    check("\377\377\377", 3, "////");
    check("\373\357\276", 3, "++++");
}
END_TEST

START_TEST(pieces_of_threes_make_the_same)
{
    struct buffer whole = BUFFER_INIT, pieces = BUFFER_INIT;
    char bytes[256];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (char)i;
    base64_append(&whole, bytes, sizeof bytes);
    for (size_t at = 0, size; at < sizeof bytes; at += size) {
        size = sizeof bytes - at < 33 ? sizeof bytes - at : 33;
        base64_append(&pieces, bytes + at, size);
    }
    ck_assert_uint_eq(buffer_length(&whole), buffer_length(&pieces));
    ck_assert(memcmp(buffer_bytes(&whole), buffer_bytes(&pieces), buffer_length(&whole)) == 0);
    buffer_release(&whole);
    buffer_release(&pieces);
}
END_TEST

UNIT_MAIN("base64")
{
    tcase_add_test(tests, the_texts_of_the_standard);
    tcase_add_test(tests, any_byte_has_its_place);
    tcase_add_test(tests, pieces_of_threes_make_the_same);
}
