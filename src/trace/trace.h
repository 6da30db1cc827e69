/* trace: --trace FILE, the observer that draws the run (FILE.svg) or writes it as events (FILE.json). */
#ifndef CPOOL_TRACE_H
#define CPOOL_TRACE_H

#include "options/options.h"
#include "pool/observer.h"

/* Add the observer, if the user has asked for it: 0, or the exit status after a message. */
int trace_open(const struct options *options, struct observers *observers) ATTR_MUST_CHECK;

#endif
