/*
 * processors: how many this process may really use.
 *
 * The scheduler's affinity mask, cut down by the processor quota of the control group
 * (version 2 `cpu.max`, version 1 `cpu.cfs_quota_us`) of this process and of each group above it.
 */
#ifndef CPOOL_PROCESSORS_H
#define CPOOL_PROCESSORS_H

#include "base/base.h"

/* At least 1. */
unsigned processors_usable(void);

/*
 * The quota that the tree of files below `root` (normally "") sets: whole processors, rounded up; 0 where
 * there is none. Looks at root/proc/self/cgroup and root/sys/fs/cgroup.
 */
unsigned processors_quota(const char *root);

#endif
