/*
 * cpool.h: the public interface, for functions that cpool maps over items.
 *
 * A function is called in a worker process, once for each item, with the item's bytes (any bytes; not ended
 * by NUL). It writes its answer, usually one line, with cpool_write or cpool_print, and returns 0; or it
 * refuses the item by `return cpool_fail(call, "why")`, which fails that item alone. It may block or compute
 * as long as it likes, and should it crash, only the item it was on is lost.
 *
 *     static int shout(struct cpool_call *call, const char *item, size_t length)
 *     {
 *         if (length == 0)
 *             return cpool_fail(call, "nothing to shout");
 *         cpool_write(call, item, length);
 *         cpool_write(call, "!\n", 2);
 *         return 0;
 *     }
 */
#ifndef CPOOL_H
#define CPOOL_H

#include <stddef.h>

/* One call of a function; owned by cpool, valid until the function returns. */
struct cpool_call;

/* 0: success. Not 0: the item failed, and cpool_fail has said why. */
typedef int cpool_function(struct cpool_call *call, const char *item, size_t length);

/* Add bytes to the answer. Any number, as often as wanted; order is kept. */
void cpool_write(struct cpool_call *call, const void *bytes, size_t length);

/* Say why the item is refused: printed as `cpool: FUNCTION: 'ITEM': WHY`. Returns -1. */
int cpool_fail(struct cpool_call *call, const char *why);

#endif
