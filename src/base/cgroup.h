/*
 * cgroup: the control groups that this process is in.
 */
#ifndef CPOOL_CGROUP_H
#define CPOOL_CGROUP_H

#include "base/base.h"

/*
 * Call `visit` with the folder of each group, from the innermost up to the mount's own folder: those of
 * version 2, and those of the hierarchy of version 1 that has the controller `name` (NULL: none). In a
 * container the outermost is often all that can be seen, so that a folder need not be there. Looks at
 * root/proc/self/cgroup and root/sys/fs/cgroup; `root` is normally "".
 */
void cgroup_walk(const char *root, const char *name,
                 void (*visit)(void *context, const char *folder, unsigned version), void *context);

#endif
