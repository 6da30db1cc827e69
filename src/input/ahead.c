#include "input/ahead.h"

#include "base/io.h"

#include <poll.h>
#include <string.h>

/* At a time; and in one call, so that nobody waits for one who writes as fast as we read. */
#define PIECE   (64 * KIB)
#define AT_ONCE (1 * MIB)

void ahead_release(struct ahead *ahead)
{
    buffer_release(&ahead->bytes);
}

static size_t held(const struct ahead *ahead)
{
    return buffer_length(&ahead->bytes) - ahead->taken;
}

/* What was taken stays in front until it is more than what is left. */
static void tidy(struct ahead *ahead)
{
    if (ahead->taken <= held(ahead))
        return;
    buffer_take(&ahead->bytes, ahead->taken);
    ahead->taken = 0;
}

void ahead_read(struct ahead *ahead, int fd)
{
    struct pollfd ready = {.fd = fd, .events = POLLIN};
    size_t got = 0;

    while (ahead->wanted && !ahead->ended && got < AT_ONCE && held(ahead) + PIECE <= AHEAD_MAX &&
           poll(&ready, 1, 0) == 1) {
        tidy(ahead);
        ssize_t n = io_read(fd, buffer_reserve(&ahead->bytes, PIECE), PIECE);
        if (n < 0)
            break;
        ahead->ended = n == 0;
        buffer_added(&ahead->bytes, (size_t)n);
        got += (size_t)n;
    }
}

bool ahead_has(const struct ahead *ahead)
{
    return ahead->ended || held(ahead) > 0;
}

ssize_t ahead_take(struct ahead *ahead, void *bytes, size_t count)
{
    size_t length;
    const char *from = ahead_bytes(ahead, &length);
    length = size_min(length, count);
    memcpy(bytes, from, length);
    ahead->taken += length;
    tidy(ahead);
    return (ssize_t)length;
}
