/*
 * framing: how the items and answers of a filter are told apart in a stream of bytes. Bytes in, bytes out; no
 * descriptors.
 */
#ifndef CPOOL_FRAMING_H
#define CPOOL_FRAMING_H

#include "base/buffer.h"
#include "ipc/items.h"
#include "task/task.h"

/*
 * With FILTER_LENGTH an answer whose length has this bit begins with a byte that is an exit status: 0 is
 * success. The length counts it, without the bit.
 */
#define FILTER_HAS_STATUS UINT32_C(0x80000000)

/* An answer that is longer does not end. */
#define FRAMING_ANSWER_MAX (16 * MIB)
/* framing_take: there is no answer, and will be none. */
#define FRAMING_NEVER      SIZE_MAX

/* Whether the item can be told from the next, and why not where it can't. */
bool framing_can(enum filter_framing framing, struct item item);
const char *framing_why_not(enum filter_framing framing);

/* Append the item to `feed` as the filter gets it; and how long that is. */
void framing_put(enum filter_framing framing, struct item item, struct buffer *feed);
size_t framing_size(enum filter_framing framing, size_t length);

/* What the rest of a chunk holds is as the filter gets it, byte for byte. */
bool framing_fits(enum filter_framing framing, const struct items *items);

/*
 * The answer that some bytes begin with: how many of them it takes with what frames it, 0 when it has not
 * come whole, or FRAMING_NEVER. *answer points into the bytes, and has its end where a frame is one; *status
 * is 0 but for FILTER_HAS_STATUS.
 */
size_t framing_take(enum filter_framing framing, const char *bytes, size_t length, struct item *answer,
                    unsigned *status);
/* What FRAMING_NEVER means. */
const char *framing_why_never(enum filter_framing framing);

/* Append what the last answer lacks, where a frame is an end: false where it is none. */
bool framing_end(enum filter_framing framing, struct buffer *answers);

#endif
