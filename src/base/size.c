#include "base/size.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int size_parse(const char *text, double *size)
{
    static const char letters[] = "KMGT", small[] = "kmgt";
    char *end;
    errno = 0;
    *size = strtod(text, &end);
    if (end == text)
        return -1;
    const char *large_unit = *end != '\0' ? strchr(letters, *end) : NULL;
    const char *small_unit = *end != '\0' ? strchr(small, *end) : NULL;

    for (long i = large_unit != NULL ? large_unit - letters : -1; i >= 0; i--)
        *size *= 1024;
    for (long i = small_unit != NULL ? small_unit - small : -1; i >= 0; i--)
        *size *= 1000;
    end += large_unit != NULL || small_unit != NULL;
    return *end == '\0' && errno == 0 && text[0] != '-' ? 0 : -1;
}

/* What would be rounded to 1000 KiB is 1.0 MiB already: no number has four digits. */
const char *size_format(uint64_t bytes, char *text)
{
    static const char *const units[] = {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    double value = (double)bytes / 1024;
    size_t unit = 0;

    if (bytes < 1024) {
        snprintf(text, SIZE_TEXT, "%u bytes", (unsigned)bytes);
        return text;
    }
    for (; value >= 999.5 && unit + 1 < ARRAY_LENGTH(units); unit++)
        value /= 1024;
    snprintf(text, SIZE_TEXT, value < 99.95 ? "%.1f %s" : "%.0f %s", value, units[unit]);
    return text;
}
