/*
 * A value is all of the argument: what stands behind it makes it none.
 */
#include "options/option_value.h"

#include "base/log.h"
#include "base/size.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define MEMORY_SIZE_MAX (1024.0 * 1024 * 1024 * 1024 * 1024)

int option_value_count(const char *option, const char *text, long smallest, long largest, long *value)
{
    char *end;
    errno = 0;
    *value = strtol(text, &end, 10);
    if (end != text && *end == '\0' && errno == 0 && *value >= smallest && *value <= largest)
        return 0;
    log_error("%s: '%s' is not a whole number from %ld to %ld; see cpool --help", option, text, smallest,
              largest);
    return -1;
}

static int hex_digit(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

int option_value_byte(const char *text)
{
    static const struct {
        const char *text;
        char byte;
    } escapes[] = {{"\\n", '\n'}, {"\\t", '\t'}, {"\\0", '\0'}, {"\\r", '\r'}, {"\\\\", '\\'}};

    if (text[0] != '\0' && text[1] == '\0')
        return (unsigned char)text[0];
    for (size_t i = 0; i < ARRAY_LENGTH(escapes); i++)
        if (strcmp(text, escapes[i].text) == 0)
            return escapes[i].byte;
    if (text[0] != '\\' || text[1] != 'x' || hex_digit(text[2]) < 0)
        return -1;
    int value = hex_digit(text[2]);
    if (text[3] == '\0')
        return value;
    return hex_digit(text[3]) >= 0 && text[4] == '\0' ? value * 16 + hex_digit(text[3]) : -1;
}

int option_value_memory(const char *option, const char *text, uint64_t *bytes)
{
    double size;
    if (size_parse(text, &size) == 0 && size >= 1 && size <= MEMORY_SIZE_MAX) {
        *bytes = (uint64_t)size;
        return 0;
    }
    log_error("%s: '%s' is no size such as 500M or 4G", option, text);
    return -1;
}

int option_value_duration(const char *option, const char *text, nanoseconds *duration)
{
    if (clock_parse_duration(text, duration) == 0)
        return 0;
    log_error("%s: '%s' is not a duration such as 0.5, 10s, 1.5m, 2h or 1d", option, text);
    return -1;
}

bool option_value_ends_in(const char *path, const char *ending)
{
    size_t length = strlen(path), tail = strlen(ending);
    return length >= tail && strcmp(path + length - tail, ending) == 0;
}
