#include "base/log.h"

#include "base/io.h"
#include "base/utf8.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define PROGRAM_PREFIX "cpool: "

/* Messages longer than this are cut; the items in them are cut by log_quote long before. */
#define MESSAGE_SIZE 2048

static const char *(*log_before)(void);

void log_set_before(const char *(*before)(void))
{
    log_before = before;
}

#define RED   "\033[31m"
#define RESET "\033[0m"

/* `color`: RED, or empty. */
static void log_write(const char *color, const char *kind, const char *format, va_list arguments)
{
    int saved_errno = errno;
    char body[MESSAGE_SIZE], message[MESSAGE_SIZE];
    int prefix = snprintf(message, sizeof message, "%s%s" PROGRAM_PREFIX "%s",
                          log_before == NULL ? "" : log_before(), color, kind);
    size_t length = prefix < 0 ? 0 : (size_t)prefix;

    /* Words of the user's may be among it: it stays one line, and steers no terminal. */
    int wanted = vsnprintf(body, sizeof body, format, arguments);
    if (wanted > 0)
        log_quote(message + length, sizeof message - length - sizeof RESET, body,
                  size_min((size_t)wanted, sizeof body - 1));
    length += strlen(message + length);
    if (*color != '\0') {
        memcpy(message + length, RESET, strlen(RESET));
        length += strlen(RESET);
    }
    message[length++] = '\n';

    /* Nothing can be said about a standard error that can't be written. */
    (void)!io_write_patiently(STDERR_FILENO, message, length);
    errno = saved_errno;
}

void log_error(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    log_write("", "", format, arguments);
    va_end(arguments);
}

void log_error_in_red(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    log_write(RED, "", format, arguments);
    va_end(arguments);
}

void log_warning(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    log_write("", "warning: ", format, arguments);
    va_end(arguments);
}

static struct {
    void (*act)(void *context);
    void *context;
} last_act;

void log_set_last_act(void (*act)(void *context), void *context)
{
    last_act.act = act;
    last_act.context = context;
}

void log_fatal(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    log_write("", "", format, arguments);
    va_end(arguments);
    void (*act)(void *context) = last_act.act;
    last_act.act = NULL; /* it may fail, too */
    if (act != NULL)
        act(last_act.context);
    _exit(EXIT_CPOOL_FAILED);
}

const char *log_quote(char *text, size_t size, const char *bytes, size_t length)
{
    static const char ellipsis[] = "...";
    const unsigned char *from = (const unsigned char *)bytes;
    size_t used = 0;

    for (size_t i = 0; i < length;) {
        char piece[5];
        size_t taken = utf8_printable(bytes + i, length - i), piece_length = taken;
        if (taken > 0) {
            memcpy(piece, from + i, taken);
        } else {
            taken = 1;
            piece_length = 4;
            snprintf(piece, sizeof piece, "\\x%02x", from[i]);
        }
        /* Where this piece isn't the last, room for the ellipsis must be left behind it. */
        size_t reserve = i + taken < length ? sizeof ellipsis : 1;
        if (used + piece_length + reserve > size) {
            memcpy(text + used, ellipsis, sizeof ellipsis);
            return text;
        }
        memcpy(text + used, piece, piece_length);
        used += piece_length;
        i += taken;
    }
    text[used] = '\0';
    return text;
}
