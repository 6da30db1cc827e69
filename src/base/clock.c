#include "base/clock.h"

#include "base/platform.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <time.h>

/* A hundred years are enough, and far from where the sums would wrap. */
#define LONGEST_DURATION (36500 * (86400 * NS_PER_S))

static nanoseconds clock_read(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (nanoseconds)now.tv_sec * NS_PER_S + (nanoseconds)now.tv_nsec;
}

nanoseconds clock_now(void)
{
    return clock_read(CLOCK_MONOTONIC);
}

nanoseconds clock_now_coarse(void)
{
    return clock_read(platform_coarse_clock());
}

nanoseconds clock_epoch(void)
{
    static nanoseconds epoch; /* one for all, so that what two messages say of a moment is the same */
    if (epoch == 0)
        epoch = clock_read(CLOCK_REALTIME) - clock_now();
    return epoch;
}

int clock_poll_timeout(nanoseconds now, nanoseconds deadline)
{
    if (deadline == CLOCK_NEVER)
        return -1;
    if (deadline <= now)
        return 0;
    nanoseconds milliseconds = (deadline - now - 1) / NS_PER_MS + 1;
    return milliseconds > INT_MAX ? INT_MAX : (int)milliseconds;
}

static nanoseconds unit_of(char letter)
{
    static const struct {
        char letter;
        nanoseconds unit;
    } units[] = {{'s', NS_PER_S}, {'m', 60 * NS_PER_S}, {'h', 3600 * NS_PER_S}, {'d', 86400 * NS_PER_S}};

    for (size_t i = 0; i < ARRAY_LENGTH(units); i++)
        if (units[i].letter == letter)
            return units[i].unit;
    return 0;
}

/* "12.5" at *text as whole and billionths, *text moved behind it; -1 where no digit stands or 64 bits are not
 * enough. */
static int parse_decimal(const char **text, uint64_t *whole, uint64_t *billionths)
{
    const char *p = *text;
    bool digits = false;

    for (*whole = 0; *p >= '0' && *p <= '9'; p++, digits = true) {
        if (*whole > (UINT64_MAX - 9) / 10) {
            errno = ERANGE;
            return -1;
        }
        *whole = *whole * 10 + (uint64_t)(*p - '0');
    }
    *billionths = 0;
    if (*p == '.') {
        uint64_t weight = NS_PER_S;
        for (p++; *p >= '0' && *p <= '9'; p++, digits = true) {
            weight /= 10;
            *billionths += weight * (uint64_t)(*p - '0');
        }
    }
    if (!digits) {
        errno = EINVAL;
        return -1;
    }
    *text = p;
    return 0;
}

int clock_parse_duration(const char *text, nanoseconds *duration)
{
    nanoseconds sum = 0;

    do {
        uint64_t whole, billionths;
        if (parse_decimal(&text, &whole, &billionths) < 0)
            return -1;
        nanoseconds unit = *text == '\0' ? NS_PER_S : unit_of(*text);
        if (unit == 0) {
            errno = EINVAL;
            return -1;
        }
        if (*text != '\0')
            text++;
        /* No overflow: the first check keeps the product small enough for the second. */
        nanoseconds part =
            whole > LONGEST_DURATION / unit ? CLOCK_NEVER : whole * unit + billionths * (unit / NS_PER_S);
        if (part > LONGEST_DURATION - sum) {
            errno = ERANGE;
            return -1;
        }
        sum += part;
    } while (*text != '\0');
    *duration = sum;
    return 0;
}

/* Three digits: "1.25 ms", "12.5 ms", "125 ms". Cut, not rounded, so that 999.9 never becomes 1000. */
static void format_small(nanoseconds duration, nanoseconds unit, const char *name, char *text, size_t size)
{
    unsigned whole = (unsigned)(duration / unit);
    unsigned decimals = whole < 10 ? 2 : whole < 100 ? 1 : 0;
    nanoseconds step = decimals == 2 ? unit / 100 : unit / 10;
    unsigned fraction = (unsigned)(duration % unit / step);

    /* Zeros at the end say nothing. */
    if (decimals == 2 && fraction % 10 == 0) {
        decimals = 1;
        fraction /= 10;
    }
    if (decimals == 0 || fraction == 0)
        snprintf(text, size, "%u %s", whole, name);
    else
        snprintf(text, size, "%u.%0*u %s", whole, (int)decimals, fraction, name);
}

const char *clock_format_duration(nanoseconds duration, char *text, size_t size)
{
    nanoseconds seconds = duration / NS_PER_S;

    if (duration < NS_PER_MS)
        format_small(duration, NS_PER_US, "us", text, size);
    else if (duration < NS_PER_S)
        format_small(duration, NS_PER_MS, "ms", text, size);
    else if (seconds < 60)
        format_small(duration, NS_PER_S, "s", text, size);
    else if (seconds < 3600)
        snprintf(text, size, "%u min %u s", (unsigned)(seconds / 60), (unsigned)(seconds % 60));
    else
        snprintf(text, size, "%lu h %u min", (unsigned long)(seconds / 3600), (unsigned)(seconds / 60 % 60));
    return text;
}
