#include "unit.h"

#include "base/hash.h"

#include <string.h>

static const unsigned char counting[HASH_SIZE] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};

static void hash_pieces(const unsigned char *bytes, size_t length, size_t piece,
                        unsigned char result[HASH_SIZE])
{
    struct hash hash;
    hash_begin(&hash, counting);
    for (size_t at = 0; at < length; at += piece)
        hash_add(&hash, bytes + at, size_min(piece, length - at));
    hash_end(&hash, result);
}

/* Of the reference code: the key 00 01 .. 0f, and as many bytes 00 01 02 .. as the number says. */
START_TEST(it_is_the_hash_of_the_reference_code)
{
    static const struct {
        size_t length;
        unsigned char wanted[HASH_SIZE];
    } vectors[] = {
        {0, {0xa3, 0x81, 0x7f, 0x04, 0xba, 0x25, 0xa8, 0xe6, 0x6d, 0xf6, 0x72, 0x14, 0xc7, 0x55, 0x02, 0x93}},
        {1, {0xda, 0x87, 0xc1, 0xd8, 0x6b, 0x99, 0xaf, 0x44, 0x34, 0x76, 0x59, 0x11, 0x9b, 0x22, 0xfc, 0x45}},
        {7, {0xa1, 0xf1, 0xeb, 0xbe, 0xd8, 0xdb, 0xc1, 0x53, 0xc0, 0xb8, 0x4a, 0xa6, 0x1f, 0xf0, 0x82, 0x39}},
        {8, {0x3b, 0x62, 0xa9, 0xba, 0x62, 0x58, 0xf5, 0x61, 0x0f, 0x83, 0xe2, 0x64, 0xf3, 0x14, 0x97, 0xb4}},
        {15,
         {0x54, 0x93, 0xe9, 0x99, 0x33, 0xb0, 0xa8, 0x11, 0x7e, 0x08, 0xec, 0x0f, 0x97, 0xcf, 0xc3, 0xd9}},
        {16,
         {0x6e, 0xe2, 0xa4, 0xca, 0x67, 0xb0, 0x54, 0xbb, 0xfd, 0x33, 0x15, 0xbf, 0x85, 0x23, 0x05, 0x77}},
        {63,
         {0x51, 0x50, 0xd1, 0x77, 0x2f, 0x50, 0x83, 0x4a, 0x50, 0x3e, 0x06, 0x9a, 0x97, 0x3f, 0xbd, 0x7c}},
    };
    unsigned char bytes[64], got[HASH_SIZE];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (unsigned char)i;
    for (size_t i = 0; i < ARRAY_LENGTH(vectors); i++) {
        hash_pieces(bytes, vectors[i].length, SIZE_MAX, got);
        ck_assert_mem_eq(got, vectors[i].wanted, HASH_SIZE);
    }
}
END_TEST

/* A block is read piece by piece. */
START_TEST(pieces_make_no_difference)
{
    unsigned char bytes[64], whole[HASH_SIZE], got[HASH_SIZE];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (unsigned char)(i * 37);
    for (size_t length = 0; length <= sizeof bytes; length++) {
        hash_pieces(bytes, length, SIZE_MAX, whole);
        for (size_t piece = 1; piece <= length; piece++) {
            hash_pieces(bytes, length, piece, got);
            ck_assert_mem_eq(got, whole, HASH_SIZE);
        }
    }
}
END_TEST

START_TEST(every_bit_counts)
{
    unsigned char bytes[24] = {0}, whole[HASH_SIZE], got[HASH_SIZE];
    hash_pieces(bytes, sizeof bytes, SIZE_MAX, whole);
    for (size_t bit = 0; bit < 8 * sizeof bytes; bit++) {
        bytes[bit / 8] ^= (unsigned char)(1 << bit % 8);
        hash_pieces(bytes, sizeof bytes, SIZE_MAX, got);
        ck_assert_mem_ne(got, whole, HASH_SIZE);
        bytes[bit / 8] ^= (unsigned char)(1 << bit % 8);
    }
    hash_pieces(bytes, sizeof bytes - 1, SIZE_MAX, got);
    ck_assert_mem_ne(got, whole, HASH_SIZE);
}
END_TEST

UNIT_MAIN("hash")
{
    tcase_add_test(tests, it_is_the_hash_of_the_reference_code);
    tcase_add_test(tests, pieces_make_no_difference);
    tcase_add_test(tests, every_bit_counts);
}
