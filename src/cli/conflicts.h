/*
 * conflicts: options that make no sense together, or not with the kind of work. All of them are in one table.
 *
 * Called once, when it is known whether the work is a function; nothing else is looked at, no file is opened,
 * and nothing has been started or written.
 */
#ifndef CPOOL_CONFLICTS_H
#define CPOOL_CONFLICTS_H

#include "options/options.h"
#include "task/function.h"

/* `function`: NULL where the work is a command. Returns 0, or the exit status after a message about the first
 * conflict. */
int conflicts_check(const struct options *options, const struct function *function) ATTR_MUST_CHECK;

#endif
