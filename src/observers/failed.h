/*
 * failed: --failed FILE: items of failed tasks as they came, so that `cpool -a FILE` tries just those.
 */
#ifndef CPOOL_FAILED_H
#define CPOOL_FAILED_H

#include "options/options.h"
#include "pool/observer.h"

/* Add the observer, if the user has asked for it: 0, or the exit status after a message. */
int failed_open(const struct options *options, struct observers *observers) ATTR_MUST_CHECK;

#endif
