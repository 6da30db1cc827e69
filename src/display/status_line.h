/*
 * status_line: one line on standard error that says how things are.
 *
 * On a terminal it is drawn over and over in the same place, below all output: whoever writes there lets it
 * be erased first, and it is drawn again only where the output has ended its line. The cursor always waits in
 * its first column, so that it is gone with one erasure of what is behind the cursor, even by a process that
 * does not know whether it is there. Elsewhere each is a line of its own. Nothing ever waits for the
 * terminal: what can't be written now is left out.
 *
 * status_line_open; then anything; status_line_close. In a new worker: status_line_in_child. There is one, as
 * there is one standard error.
 */
#ifndef CPOOL_STATUS_LINE_H
#define CPOOL_STATUS_LINE_H

#include "display/sink.h"

/* `apart`: others write there whom nobody asks first, so that even on a terminal each is a line of its
 * own. */
void status_line_open(bool apart);
/* It is erased, if it is there. */
void status_line_close(void);

/* Whether it is drawn in one place. */
bool status_line_is_in_place(void);
/* Columns that a line may take. */
unsigned status_line_columns(void);

/* Show this, of that many bytes, instead of what is there. */
void status_line_show(const char *text, size_t length);
/* Draw the line for the last time: it stays, and what comes next stands below it. */
void status_line_leave(const char *text, size_t length);
void status_line_erase(void);

/* It was erased since it was last shown, and could be shown again. */
bool status_line_is_missing(void);
/* Standard error is lost: nothing more will be shown. */
bool status_line_is_lost(void);

/* Output goes through this sink: it is told where it meets the line. */
void status_line_guard(struct sink *sink);
void status_line_in_child(void);

#endif
