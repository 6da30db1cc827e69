/*
 * map: what most people start cpool for: a function or a command, mapped over items, the results in order.
 *
 * map_run does all of it, from finding the command to the last message, and returns the exit status; where
 * cpool must end by a signal it does not return.
 */
#ifndef CPOOL_MAP_H
#define CPOOL_MAP_H

#include "options/options.h"

/* `were_closed`: from io_fill_standard. */
int map_run(const struct options *options, unsigned were_closed) ATTR_MUST_CHECK;

#endif
