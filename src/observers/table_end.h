/*
 * table_end: the end of a table (--results FILE) that is to be gone on with. An earlier cpool may have been
 * killed while it wrote there: a row without its end is taken out; and so is a last row of which the log has
 * no line, for that is written right behind the row, and the task will be run again.
 */
#ifndef CPOOL_TABLE_END_H
#define CPOOL_TABLE_END_H

#include "options/options.h"
#include "output/table.h"

/* `fd` is the file --results names, open for writing. 0, or the exit status after a message: what is there is
 * no such table. */
int table_end_mend(const struct options *options, enum table_form form, int fd) ATTR_MUST_CHECK;

#endif
