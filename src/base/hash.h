/*
 * hash: SipHash-2-4 with 128 bits, after J.-P. Aumasson and D. J. Bernstein, "SipHash: a fast short-input
 * PRF" (2012), and their reference code of the version with 128 bits (https://github.com/veorq/SipHash, CC0).
 *
 * hash_begin, hash_add as often as there is something, hash_end. The same bytes give the same hash, in
 * whatever pieces, on any machine.
 */
#ifndef CPOOL_HASH_H
#define CPOOL_HASH_H

#include "base/base.h"

#define HASH_SIZE 16 /* bytes of a hash, and of the key that it depends on */

struct hash {
    uint64_t state[4];
    uint64_t length;        /* bytes so far */
    unsigned char begun[8]; /* the last length % 8 of them */
};

void hash_begin(struct hash *hash, const unsigned char key[HASH_SIZE]);
void hash_add(struct hash *hash, const void *bytes, size_t length);
void hash_end(struct hash *hash, unsigned char result[HASH_SIZE]);

#endif
