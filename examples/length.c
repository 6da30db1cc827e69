/*
 * A filter for `cpool --filter=len`: answers each number with its prime factors.
 *
 *     cc -O2 -o length examples/length.c
 *     src/cpool --filter=len ./length ::: 60 61 x
 *
 * Copy it, and change answer().
 */
#include <inttypes.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HAS_STATUS UINT32_C(0x80000000) /* in the length of an answer: its first byte is an exit status */
#define LONGEST    (UINT32_C(16) << 20) /* cpool sends no longer items */

struct text {
    char *bytes; /* with a NUL behind them */
    size_t length, room;
};

static _Noreturn void fail(const char *why)
{
    (void)fprintf(stderr, "length: %s\n", why);
    exit(1);
}

/* So many more bytes of the text, for the caller to fill. */
static char *extend(struct text *text, size_t length)
{
    if (text->room - text->length <= length) {
        text->room = 2 * (text->length + length) + 64;
        text->bytes = realloc(text->bytes, text->room);
        if (text->bytes == NULL)
            fail("no memory");
    }
    text->length += length;
    text->bytes[text->length] = '\0';
    return text->bytes + text->length - length;
}

/* As printf. */
static void add(struct text *text, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    int length = vsnprintf(NULL, 0, format, values);
    va_end(values);
    if (length < 0)
        fail("can't format");
    char *place = extend(text, (size_t)length);
    va_start(values, format);
    (void)vsnprintf(place, (size_t)length + 1, format, values);
    va_end(values);
}

/* One item: its answer is added to an empty `out`; returns the exit status. Both may hold any byte. */
static int answer(const struct text *item, struct text *out)
{
    size_t digits = strspn(item->bytes, "0123456789");
    uint64_t number = digits <= 12 ? strtoull(item->bytes, NULL, 10) : 0;
    if (digits != item->length || number == 0) {
        add(out, "not a number from 1 to 999999999999\n");
        return 2;
    }
    add(out, "%" PRIu64 ":", number);
    for (uint64_t divisor = 2; divisor * divisor <= number; divisor += divisor == 2 ? 1 : 2)
        for (; number % divisor == 0 && number > divisor; number /= divisor)
            add(out, " %" PRIu64, divisor);
    if (number > 1)
        add(out, " %" PRIu64, number);
    add(out, "\n");
    return 0;
}

/* So many bytes, however many reads that takes. */
static void read_bytes(void *to, size_t size)
{
    if (fread(to, 1, size, stdin) != size)
        fail(ferror(stdin) ? "can't read" : "the input ends within a frame");
}

static void write_bytes(const void *bytes, size_t size)
{
    if (size > 0 && fwrite(bytes, 1, size, stdout) != size)
        fail("can't write");
}

int main(void)
{
    struct text item = {NULL, 0, 0}, out = {NULL, 0, 0};
    unsigned char head[5];
    int first;

    while ((first = getchar()) != EOF) {
        head[0] = (unsigned char)first;
        read_bytes(head + 1, 3);
        uint32_t length = 0;
        for (int i = 0; i < 4; i++)
            length |= (uint32_t)head[i] << 8 * i;
        if (length > LONGEST)
            fail("the input has no frames; it needs cpool --filter=len");
        item.length = out.length = 0;
        read_bytes(extend(&item, length), length);

        int status = answer(&item, &out);
        length = (uint32_t)out.length;
        if (status != 0)
            length = (length + 1) | HAS_STATUS;
        for (int i = 0; i < 4; i++)
            head[i] = (unsigned char)(length >> 8 * i);
        head[4] = (unsigned char)status;
        /* Nothing is flushed after each answer: cpool does not wait for one before it sends more. */
        write_bytes(head, status != 0 ? 5 : 4);
        write_bytes(out.bytes, out.length);
    }
    free(item.bytes);
    free(out.bytes);
    if (ferror(stdin))
        fail("can't read");
    if (fflush(stdout) != 0)
        fail("can't write");
    return 0;
}
