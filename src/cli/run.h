/*
 * run: what most people start cpool for: a function or a command, mapped over items, the results in order.
 *
 * run_perform does all of it, from finding the command to the last message, and returns the exit status;
 * where cpool must end by a signal it does not return.
 */
#ifndef CPOOL_RUN_H
#define CPOOL_RUN_H

#include "options/options.h"

/* `were_closed`: from io_fill_standard. */
int run_perform(const struct options *options, unsigned were_closed) ATTR_MUST_CHECK;

#endif
