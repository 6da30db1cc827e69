/*
 * observing: the observers that the user has asked for.
 */
#ifndef CPOOL_OBSERVING_H
#define CPOOL_OBSERVING_H

#include "options/options.h"
#include "pool/observer.h"

/* Open and add them all: 0, or the exit status after a message; observers_close is due in either case. */
int observing_open(struct observers *observers, const struct options *options) ATTR_MUST_CHECK;

#endif
