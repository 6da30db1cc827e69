/*
 * log: what cpool says to its user, on standard error.
 *
 * Every message has one form, `cpool: WHAT: WHY; what to do`, is written by one write(2) so that
 * it does not mix with the output of others, and leaves errno as it was.
 *
 * log_error and log_warning return; log_fatal ends the process with EXIT_CPOOL_FAILED.
 */
#ifndef CPOOL_LOG_H
#define CPOOL_LOG_H

#include "base/base.h"

#include <stdnoreturn.h>

/* Exit status where cpool itself failed: bad usage, no memory, lost output. */
#define EXIT_CPOOL_FAILED 125

/* `format` gives the text behind "cpool: ", without a newline at the end. */
void log_error(const char *format, ...) ATTR_PRINTF(1, 2) ATTR_COLD;

/* An error in red, for a terminal. */
void log_error_in_red(const char *format, ...) ATTR_PRINTF(1, 2) ATTR_COLD;

/* A message behind "cpool: warning: ". */
void log_warning(const char *format, ...) ATTR_PRINTF(1, 2) ATTR_COLD;

/* log_error, then exit at once (_exit: no buffer of ours waits in stdio). */
noreturn void log_fatal(const char *format, ...) ATTR_PRINTF(1, 2) ATTR_COLD;

/*
 * The last act of a process that log_fatal ends, once, before it exits: whoever has started processes ends
 * them, for nobody else will. It must do without memory. NULL: there is none.
 */
void log_set_last_act(void (*act)(void *context), void *context);

/*
 * Who draws on the terminal has its drawing taken away before a message: what `before` returns (never NULL)
 * is put in front of it, in the same write. NULL: nobody does.
 */
void log_set_before(const char *(*before)(void));

/*
 * Put bytes of a user into a form that can stand in a message: what is not printable (utf8_printable) and the
 * rest of a long text are replaced, so that a message stays one line and can't steer a terminal.
 *
 * Returns `text` (of `size` bytes, at least 8), always ended by NUL.
 */
const char *log_quote(char *text, size_t size, const char *bytes, size_t length);

/* Room that log_quote wants for one item in a message. */
#define LOG_QUOTE_SIZE 96

#endif
