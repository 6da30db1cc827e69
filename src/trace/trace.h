/* trace: --trace FILE, the keeper that draws the run (FILE.svg) or writes it as events (FILE.json). */
#ifndef CPOOL_TRACE_H
#define CPOOL_TRACE_H

#include "observers/keeper.h"

extern const struct keeper trace_keeper;

#endif
