/*
 * failed: --failed FILE: items of failed tasks as they came, so that `cpool -a FILE` tries just those.
 */
#ifndef CPOOL_FAILED_H
#define CPOOL_FAILED_H

#include "observers/keeper.h"

extern const struct keeper failed_keeper;

#endif
