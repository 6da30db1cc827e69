/*
 * quantile: the median, and other quantiles, of any number of durations in constant memory.
 *
 * A histogram whose buckets grow with the value: 16 to each doubling, so that an answer is right within 1 /
 * 16. Any value of 64 bits has a bucket. QUANTILE_INIT, or all zero, is empty.
 */
#ifndef CPOOL_QUANTILE_H
#define CPOOL_QUANTILE_H

#include "base/base.h"

#define QUANTILE_STEPS   16 /* buckets to each doubling; a power of two */
#define QUANTILE_BUCKETS (61 * QUANTILE_STEPS)

struct quantile {
    uint64_t count; /* values in all buckets */
    uint32_t buckets[QUANTILE_BUCKETS];
};

void quantile_add(struct quantile *quantile, uint64_t value);

/* The value below which `part` (0 to 1) of all lie, within 1 / 16; 0 while there are none. */
uint64_t quantile_at(const struct quantile *quantile, double part);

#endif
