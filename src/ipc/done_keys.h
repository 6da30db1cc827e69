/*
 * done_keys: which tasks had been done before this run, known by their contents, looked up by the workers.
 *
 * The parent makes it before it forks (done_keys_create), in shared memory; workers ask for each task before
 * it begins (done_keys_find); done_keys_destroy.
 *
 * A content that was done twice stands for two tasks. Each of these places is taken by a task's number, for
 * good: whoever asks for the same task again, after a worker's death or for another try, gets the same
 * answer, and nothing must ever be given back.
 */
#ifndef CPOOL_DONE_KEYS_H
#define CPOOL_DONE_KEYS_H

#include "base/hash.h"

#include <stdatomic.h>

/* A task that was done before. */
struct done_entry {
    unsigned char key[HASH_SIZE];
    bool failed; /* it is to be tried again */
};

enum done_answer {
    DONE_NEW,    /* it was never done */
    DONE_BEFORE, /* it was, and is to be left out */
    DONE_FAILED, /* it was, has failed, and is to be tried again */
};

struct done_place; /* of one content */

struct done_keys {
    void *mapping; /* shared; NULL: there are none */
    size_t mapping_size;
    struct done_place *places; /* sorted by key, each there once */
    size_t place_count;
    _Atomic uint64_t
        *takers; /* of each entry, those of one content together: 1 + the number of a task; 0: nobody */
};

/* Sorts the entries, and does not keep them. 0, or -1 with errno when there is no memory. */
int done_keys_create(struct done_keys *keys, struct done_entry *entries, size_t count) ATTR_MUST_CHECK;
void done_keys_destroy(struct done_keys *keys);

/* What is known of the task with this number and content. */
enum done_answer done_keys_find(const struct done_keys *keys, const unsigned char key[HASH_SIZE],
                                uint64_t number);

#endif
