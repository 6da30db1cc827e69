/* trace: --trace FILE, the keeper that draws the run (FILE.svg) or writes it as events (FILE.json). */
#ifndef CPOOL_TRACE_H
#define CPOOL_TRACE_H

#include "observers/keeper.h"

/* Whether the ending of `path` says what to write. */
bool trace_knows(const char *path);

extern const struct keeper trace_keeper;

#endif
