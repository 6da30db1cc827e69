#include "base/hash.h"

#include <string.h>

static uint64_t read_word(const unsigned char bytes[8])
{
    uint64_t word = 0;
    for (unsigned i = 0; i < 8; i++)
        word |= (uint64_t)bytes[i] << 8 * i;
    return word;
}

static void write_word(unsigned char bytes[8], uint64_t word)
{
    for (unsigned i = 0; i < 8; i++)
        bytes[i] = (unsigned char)(word >> 8 * i);
}

static uint64_t rotate(uint64_t word, unsigned bits)
{
    return word << bits | word >> (64 - bits);
}

static void mix(uint64_t v[4], unsigned rounds)
{
    while (rounds-- > 0) {
        v[0] += v[1];
        v[1] = rotate(v[1], 13) ^ v[0];
        v[0] = rotate(v[0], 32);
        v[2] += v[3];
        v[3] = rotate(v[3], 16) ^ v[2];
        v[0] += v[3];
        v[3] = rotate(v[3], 21) ^ v[0];
        v[2] += v[1];
        v[1] = rotate(v[1], 17) ^ v[2];
        v[2] = rotate(v[2], 32);
    }
}

static void add_word(struct hash *hash, uint64_t word)
{
    hash->state[3] ^= word;
    mix(hash->state, 2);
    hash->state[0] ^= word;
}

void hash_begin(struct hash *hash, const unsigned char key[HASH_SIZE])
{
    uint64_t k0 = read_word(key), k1 = read_word(key + 8);
    *hash =
        (struct hash){.state = {k0 ^ UINT64_C(0x736f6d6570736575), k1 ^ UINT64_C(0x646f72616e646f6d) ^ 0xee,
                                k0 ^ UINT64_C(0x6c7967656e657261), k1 ^ UINT64_C(0x7465646279746573)}};
}

void hash_add(struct hash *hash, const void *bytes, size_t length)
{
    const unsigned char *at = bytes;
    size_t begun = hash->length % 8;
    hash->length += length;
    if (begun > 0) {
        size_t more = size_min(8 - begun, length);
        if (more > 0)
            memcpy(hash->begun + begun, at, more);
        if (begun + more < 8)
            return;
        add_word(hash, read_word(hash->begun));
        at += more;
        length -= more;
    }
    for (; length >= 8; at += 8, length -= 8)
        add_word(hash, read_word(at));
    if (length > 0)
        memcpy(hash->begun, at, length);
}

void hash_end(struct hash *hash, unsigned char result[HASH_SIZE])
{
    uint64_t *v = hash->state;
    memset(hash->begun + hash->length % 8, 0, 8 - hash->length % 8);
    hash->begun[7] = (unsigned char)hash->length;
    add_word(hash, read_word(hash->begun));
    v[2] ^= 0xee;
    mix(v, 4);
    write_word(result, v[0] ^ v[1] ^ v[2] ^ v[3]);
    v[1] ^= 0xdd;
    mix(v, 4);
    write_word(result + 8, v[0] ^ v[1] ^ v[2] ^ v[3]);
}
