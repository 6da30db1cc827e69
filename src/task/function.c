#include "task/function.h"

#include "base/clock.h"

#include <errno.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

void cpool_write(struct cpool_call *call, const void *bytes, size_t length)
{
    if (LIKELY(length <= call->room - call->used)) {
        memcpy(call->place + call->used, bytes, length);
        call->used += length;
        return;
    }
    call->overflow(call, bytes, length);
}

int cpool_fail(struct cpool_call *call, const char *why)
{
    call->why = why;
    return -1;
}

/* ---- numbers ---- */

#define NOT_A_NUMBER     "not a whole number from 0 up"
#define NUMBER_TOO_LARGE "larger than 18446744073709551615"
#define RESULT_TOO_LARGE "the result is larger than 18446744073709551615"

/* Enough for any number of 64 bits and a newline. */
#define NUMBER_SIZE 21

/* Digits and nothing else: no sign, no blank, no exponent. 0 or what cpool_fail returned. */
static int parse_number(struct cpool_call *call, const char *item, size_t length, uint64_t *number)
{
    uint64_t value = 0;

    if (UNLIKELY(length == 0))
        return cpool_fail(call, NOT_A_NUMBER);
    for (size_t i = 0; i < length; i++) {
        unsigned digit = (unsigned)(unsigned char)item[i] - '0';
        if (UNLIKELY(digit > 9))
            return cpool_fail(call, NOT_A_NUMBER);
        if (UNLIKELY(__builtin_mul_overflow(value, (uint64_t)10, &value) ||
                     __builtin_add_overflow(value, digit, &value)))
            return cpool_fail(call, NUMBER_TOO_LARGE);
    }
    *number = value;
    return 0;
}

static size_t count_digits(uint64_t number)
{
    static const uint64_t powers[] = {
        UINT64_C(10),
        UINT64_C(100),
        UINT64_C(1000),
        UINT64_C(10000),
        UINT64_C(100000),
        UINT64_C(1000000),
        UINT64_C(10000000),
        UINT64_C(100000000),
        UINT64_C(1000000000),
        UINT64_C(10000000000),
        UINT64_C(100000000000),
        UINT64_C(1000000000000),
        UINT64_C(10000000000000),
        UINT64_C(100000000000000),
        UINT64_C(1000000000000000),
        UINT64_C(10000000000000000),
        UINT64_C(100000000000000000),
        UINT64_C(1000000000000000000),
        UINT64_C(10000000000000000000),
    };
    size_t digits = 1;
    while (digits <= ARRAY_LENGTH(powers) && number >= powers[digits - 1])
        digits++;
    return digits;
}

/* Two digits at a time, from the end, straight into the answer where there is room. */
static int answer_number(struct cpool_call *call, uint64_t number)
{
    static const char pairs[] =
        "0001020304050607080910111213141516171819202122232425262728293031323334353637383940"
        "4142434445464748495051525354555657585960616263646566676869707172737475767778798081"
        "828384858687888990919293949596979899";
    char text[NUMBER_SIZE];
    size_t length = count_digits(number) + 1;
    bool fits = call->room - call->used >= sizeof text;
    char *start = fits ? call->place + call->used : text, *at = start + length;

    *--at = '\n';
    for (; number >= 100; number /= 100)
        memcpy(at -= 2, pairs + number % 100 * 2, 2);
    if (number >= 10)
        memcpy(at - 2, pairs + number * 2, 2);
    else
        at[-1] = (char)('0' + number);
    if (LIKELY(fits))
        call->used += length;
    else
        cpool_write(call, text, length);
    return 0;
}

/* ---- the functions ---- */

/* The classic way to keep a processor busy, and meant to be slow. */
static uint64_t fibonacci(unsigned n)
{
    return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2);
}

/* The largest whose result fits 64 bits; nobody would wait for it. */
#define FIB_MAX 93

static int run_fib(struct cpool_call *call, const char *item, size_t length)
{
    uint64_t n;
    if (parse_number(call, item, length, &n) != 0)
        return -1;
    if (n > FIB_MAX)
        return cpool_fail(call, RESULT_TOO_LARGE);
    return answer_number(call, fibonacci((unsigned)n));
}

static int run_count(struct cpool_call *call, const char *item, size_t length)
{
    uint64_t n;
    if (parse_number(call, item, length, &n) != 0)
        return -1;
    /* volatile: one step at a time is the work. */
    volatile uint64_t left = n;
    while (left > 0)
        left = left - 1;
    return answer_number(call, left);
}

/* A line for each step. */
static int run_countdown(struct cpool_call *call, const char *item, size_t length)
{
    uint64_t n;
    if (parse_number(call, item, length, &n) != 0)
        return -1;
    for (; n > 0; n--)
        answer_number(call, n);
    return answer_number(call, 0);
}

/* The numbers of the sequence 1, 1, 2, 3 that fit 64 bits. */
#define GEN_FIB_MAX 93

static int run_gen_fib(struct cpool_call *call, const char *item, size_t length)
{
    uint64_t n, number = 1, before = 0;
    if (parse_number(call, item, length, &n) != 0)
        return -1;
    if (n > GEN_FIB_MAX)
        return cpool_fail(call, RESULT_TOO_LARGE);
    for (; n > 0; n--) {
        answer_number(call, number);
        uint64_t next = number + before;
        before = number;
        number = next;
    }
    return 0;
}

static int run_square(struct cpool_call *call, const char *item, size_t length)
{
    uint64_t n, result;
    if (parse_number(call, item, length, &n) != 0)
        return -1;
    if (__builtin_mul_overflow(n, n, &result))
        return cpool_fail(call, RESULT_TOO_LARGE);
    return answer_number(call, result);
}

static int run_power(struct cpool_call *call, const char *item, size_t length)
{
    uint64_t n, result = 1;
    if (parse_number(call, item, length, &n) != 0)
        return -1;
    for (uint64_t i = 0; i < n && n > 1; i++)
        if (__builtin_mul_overflow(result, n, &result))
            return cpool_fail(call, RESULT_TOO_LARGE);
    return answer_number(call, result);
}

static int run_identity(struct cpool_call *call, const char *item, size_t length)
{
    cpool_write(call, item, length);
    cpool_write(call, "\n", 1);
    return 0;
}

static int run_nap(struct cpool_call *call, const char *item, size_t length)
{
    char text[64];
    nanoseconds duration;

    if (length >= sizeof text)
        return cpool_fail(call, "not a duration such as 0.5, 3s or 1.5m");
    memcpy(text, item, length);
    text[length] = '\0';
    if (strlen(text) != length || clock_parse_duration(text, &duration) < 0)
        return cpool_fail(call, "not a duration such as 0.5, 3s or 1.5m");
    struct timespec left = {(time_t)(duration / NS_PER_S), (long)(duration % NS_PER_S)};
    while (nanosleep(&left, &left) < 0 && errno == EINTR)
        continue;
    return run_identity(call, item, length);
}

static int run_pid(struct cpool_call *call, const char *item, size_t length)
{
    (void)item, (void)length;
    return answer_number(call, (uint64_t)getpid());
}

/* ---- the table ---- */

static const struct function functions[] = {
    {"count", "N", "count down from N to 0, one step at a time; answers 0", run_count},
    {"countdown", "N", "N, N-1 and so on down to 0, one a line", run_countdown},
    {"fib", "N", "the N-th Fibonacci number by naive recursion (N up to 93)", run_fib},
    {"gen_fib", "N", "the first N Fibonacci numbers, one a line (N up to 93)", run_gen_fib},
    {"identity", "ITEM", "the item itself", run_identity},
    {"nap", "TIME", "sleep for TIME (0.5, 3s, 1.5m), then answer TIME", run_nap},
    {"pid", "ITEM", "the process number of the worker that has the item", run_pid},
    {"power", "N", "N to the power of N", run_power},
    {"square", "N", "N times N", run_square},
};

const struct function *function_find(const char *name)
{
    for (size_t i = 0; i < ARRAY_LENGTH(functions); i++)
        if (strcmp(functions[i].name, name) == 0)
            return &functions[i];
    return NULL;
}

const struct function *function_at(size_t index)
{
    return index < ARRAY_LENGTH(functions) ? &functions[index] : NULL;
}
