/*
 * paint: what a failed task has written is made red, for a terminal.
 *
 * Each line is coloured for itself, and what another stream writes ends the colour, too, so that nothing
 * bleeds into the output of others.
 */
#ifndef CPOOL_PAINT_H
#define CPOOL_PAINT_H

#include "collector/spool.h"

#define PAINT_RED   "\033[31m"
#define PAINT_RESET "\033[0m"

/* Paint those of the list that belong to `streams`, as bits. 0, or -1 when they can't be read again; the list
 * is empty then. */
int paint_red(struct spool *spool, struct spool_pieces *pieces, unsigned streams) ATTR_MUST_CHECK;

#endif
