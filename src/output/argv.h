/*
 * argv: the words that a task was started with, read back from the line that shows it (task/task_key.h), for
 * rows that programs read.
 *
 * What stands around the programs in that line (cd DIR &&, NAME=VALUE, <<<ITEM) is none of them; between two
 * programs of a pipeline stands the word "|".
 */
#ifndef CPOOL_ARGV_H
#define CPOOL_ARGV_H

#include "base/buffer.h"

/*
 * Append them as a member of an object of JSON, "argv":[...]; where one of them is not valid UTF-8, as
 * "argv_base64":[...], all of them in base64. A line that was cut gives a last word that is cut.
 */
void argv_append_member(struct buffer *out, const char *line, size_t length);

#endif
