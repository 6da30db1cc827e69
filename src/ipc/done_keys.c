#include "ipc/done_keys.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

/* Entries of one content that ended alike. */
struct region {
    size_t first, count;  /* of its takers */
    _Atomic size_t left;  /* that nobody has taken; never too few */
    _Atomic size_t reach; /* no taker stands further from where its search began */
};

struct done_place {
    unsigned char key[HASH_SIZE];
    struct region well, failed;
};

/* ---- making ---- */

static int compare(const void *a, const void *b)
{
    const struct done_entry *left = a, *right = b;
    int order = memcmp(left->key, right->key, HASH_SIZE);
    return order != 0 ? order : (int)left->failed - (int)right->failed;
}

static size_t count_contents(const struct done_entry *entries, size_t count)
{
    size_t contents = 0;
    for (size_t i = 0; i < count; i++)
        contents += i == 0 || memcmp(entries[i].key, entries[i - 1].key, HASH_SIZE) != 0;
    return contents;
}

static void fill(struct done_place *places, const struct done_entry *entries, size_t count)
{
    struct done_place *place = places - 1;
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || memcmp(entries[i].key, entries[i - 1].key, HASH_SIZE) != 0) {
            place++;
            memcpy(place->key, entries[i].key, HASH_SIZE);
        }
        struct region *region = entries[i].failed ? &place->failed : &place->well;
        if (region->count == 0)
            region->first = i;
        region->count++;
        atomic_fetch_add_explicit(&region->left, 1, memory_order_relaxed);
    }
}

int done_keys_create(struct done_keys *keys, struct done_entry *entries, size_t count)
{
    *keys = (struct done_keys){0};
    if (count == 0)
        return 0;
    qsort(entries, count, sizeof *entries, compare);
    keys->place_count = count_contents(entries, count);
    size_t takers_size = count * sizeof *keys->takers;
    keys->mapping_size = takers_size + keys->place_count * sizeof *keys->places;
    keys->mapping = mmap(NULL, keys->mapping_size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (keys->mapping == MAP_FAILED) {
        *keys = (struct done_keys){0};
        return -1;
    }
    /* Fresh pages are zero: nobody has taken anything. */
    keys->takers = keys->mapping;
    struct done_place *places = (struct done_place *)(void *)((char *)keys->mapping + takers_size);
    fill(places, entries, count);
    keys->places = places;
    return 0;
}

void done_keys_destroy(struct done_keys *keys)
{
    if (keys->mapping != NULL)
        munmap(keys->mapping, keys->mapping_size);
    *keys = (struct done_keys){0};
}

/* ---- asking ---- */

static struct done_place *find_place(const struct done_keys *keys, const unsigned char key[HASH_SIZE])
{
    size_t low = 0, high = keys->place_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = memcmp(keys->places[middle].key, key, HASH_SIZE);
        if (order == 0)
            return &keys->places[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

static void note_reach(struct region *region, size_t distance)
{
    size_t reach = atomic_load(&region->reach);
    while (reach < distance && !atomic_compare_exchange_weak(&region->reach, &reach, distance))
        continue;
}

/*
 * Whether one of the region's takers is `taker`, or becomes it. The search begins where its number says, and
 * nobody ever leaves: so a taker is found before the first free place, or there is none. Where none is free,
 * `reach` bounds the search.
 */
static bool take(const struct done_keys *keys, struct region *region, uint64_t taker)
{
    for (size_t i = 0; i < region->count; i++) {
        if (atomic_load(&region->left) == 0 && i > atomic_load(&region->reach))
            return false;
        _Atomic uint64_t *place = &keys->takers[region->first + (taker + i) % region->count];
        uint64_t found = atomic_load(place);
        if (found == taker)
            return true;
        if (found != 0)
            continue;
        note_reach(region, i);
        if (atomic_compare_exchange_strong(place, &found, taker)) {
            atomic_fetch_sub(&region->left, 1);
            return true;
        }
    }
    return false;
}

enum done_answer done_keys_find(const struct done_keys *keys, const unsigned char key[HASH_SIZE],
                                uint64_t number)
{
    struct done_place *place = find_place(keys, key);
    if (place == NULL)
        return DONE_NEW;
    if (take(keys, &place->well, number + 1))
        return DONE_BEFORE;
    return take(keys, &place->failed, number + 1) ? DONE_FAILED : DONE_NEW;
}
