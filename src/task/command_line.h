/*
 * command_line: what a task has become, shown as it could be given to a shell.
 */
#ifndef CPOOL_COMMAND_LINE_H
#define CPOOL_COMMAND_LINE_H

#include "task/task.h"

/* How words that are not all printable stand in a command line: */
enum command_quoting {
    COMMAND_AS_IT_IS,    /* in quotes that every shell knows, */
    COMMAND_IN_ONE_LINE, /* as $'...', */
    COMMAND_SHOWN,       /* so, but ends of lines and tabs may stay */
};

/* Append a line as it could be given to a shell, without a newline at its end. */
void command_line_quote(struct buffer *text, struct command_line *line, enum command_quoting quoting);

void command_line_clear(struct command_line *line);

/* Where what it says is to be run; NULL: where cpool was started. */
const char *command_line_directory(const struct command_line *line);

#endif
