/*
 * platform_internal: what the files of the platform share, and nobody else.
 *
 *     platform.c             descriptors, files, exec, futexes, clocks
 *     platform_processes.c   starting processes, and looking at others
 *     platform_poller.c      waiting for descriptors
 */
#ifndef CPOOL_PLATFORM_INTERNAL_H
#define CPOOL_PLATFORM_INTERNAL_H

#include "base/platform.h"

#include <errno.h>

/* For what there is only on other systems. */
static inline int platform_not_here(void)
{
    errno = ENOSYS;
    return -1;
}

#endif
