#include "base/quantile.h"

/* Values below QUANTILE_STEPS have a bucket each; above, the four bits behind the first one choose among
 * 16. */
static unsigned bucket_of(uint64_t value)
{
    unsigned doubling = 0;
    while (value >= 2 * QUANTILE_STEPS) {
        value >>= 1;
        doubling++;
    }
    return doubling * QUANTILE_STEPS + (unsigned)value;
}

/* The middle of a bucket. */
static uint64_t value_of(unsigned bucket)
{
    if (bucket < 2 * QUANTILE_STEPS)
        return bucket;
    unsigned doubling = bucket / QUANTILE_STEPS - 1;
    uint64_t smallest = (uint64_t)(bucket % QUANTILE_STEPS + QUANTILE_STEPS) << doubling;
    return smallest + ((uint64_t)1 << doubling) / 2;
}

void quantile_add(struct quantile *quantile, uint64_t value)
{
    quantile->buckets[bucket_of(value)]++;
    quantile->count++;
}

uint64_t quantile_at(const struct quantile *quantile, double part)
{
    uint64_t wanted = (uint64_t)((double)quantile->count * part), seen = 0;

    for (unsigned i = 0; i < QUANTILE_BUCKETS; i++) {
        seen += quantile->buckets[i];
        if (seen > wanted || (seen == quantile->count && seen > 0))
            return value_of(i);
    }
    return 0;
}
