/*
 * limit_square: what one processor and memory can do. Reads numbers, one a line, and prints their squares;
 * big blocks in, big blocks out, no process boundary, no allocation, numbers read and written by hand.
 */
#include <err.h>
#include <string.h>
#include <unistd.h>

enum { BLOCK = 1 << 18, NUMBER_MAX = 21 }; /* 20 digits of 2^64 and the newline */

static char input[BLOCK], output[BLOCK];
static size_t used;

static void flush(void)
{
    for (size_t done = 0; done < used;) {
        ssize_t n = write(STDOUT_FILENO, output + done, used - done);
        if (n < 0)
            err(1, "write");
        done += (size_t)n;
    }
    used = 0;
}

/* Two digits at a time, backwards from the end: half the divisions. */
static void put(unsigned long long n)
{
    static const char pairs[] = "0001020304050607080910111213141516171819"
                                "2021222324252627282930313233343536373839"
                                "4041424344454647484950515253545556575859"
                                "6061626364656667686970717273747576777879"
                                "8081828384858687888990919293949596979899";
    char text[NUMBER_MAX], *at = text + sizeof text;

    *--at = '\n';
    for (; n >= 100; n /= 100)
        memcpy(at -= 2, pairs + n % 100 * 2, 2);
    if (n >= 10)
        memcpy(at -= 2, pairs + n * 2, 2);
    else
        *--at = (char)('0' + n);

    size_t length = (size_t)(text + sizeof text - at);
    if (used + length > BLOCK)
        flush();
    memcpy(output + used, at, length);
    used += length;
}

int main(void)
{
    unsigned long long number = 0; /* may be begun in one block and ended in the next */
    int digits = 0;
    ssize_t n;

    while ((n = read(STDIN_FILENO, input, BLOCK)) > 0)
        for (const char *p = input, *end = input + n; p < end; p++)
            if (*p != '\n') {
                number = number * 10 + (unsigned long long)(*p - '0');
                digits++;
            } else {
                put(number * number);
                number = 0;
                digits = 0;
            }
    if (n < 0)
        err(1, "read");
    if (digits)
        put(number * number);
    flush();
    return 0;
}
