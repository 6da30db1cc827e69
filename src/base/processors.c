#include "base/processors.h"

#include "base/cgroup.h"
#include "base/io.h"
#include "base/platform.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

/* Processors for `quota` microseconds in each `period`, rounded up; 0: no limit. */
static unsigned whole_processors(long long quota, long long period)
{
    if (quota <= 0 || period <= 0)
        return 0;
    long long processors = (quota - 1) / period + 1;
    return processors > INT_MAX ? 0 : (unsigned)processors;
}

static bool read_file(char *text, size_t size, const char *folder, const char *file)
{
    char path[PATH_MAX];
    int length = snprintf(path, sizeof path, "%s%s", folder, file);
    return length > 0 && (size_t)length < sizeof path && io_read_file(path, text, size) > 0;
}

/* Version 2: "QUOTA PERIOD" or "max PERIOD" in one file. */
static unsigned quota_version_2(const char *folder)
{
    char text[128];
    long long quota, period;
    if (!read_file(text, sizeof text, folder, "/cpu.max") || sscanf(text, "%lld %lld", &quota, &period) != 2)
        return 0;
    return whole_processors(quota, period);
}

/* Version 1: two files, -1 for no quota. */
static unsigned quota_version_1(const char *folder)
{
    char quota[64], period[64];
    if (!read_file(quota, sizeof quota, folder, "/cpu.cfs_quota_us") ||
        !read_file(period, sizeof period, folder, "/cpu.cfs_period_us"))
        return 0;
    return whole_processors(atoll(quota), atoll(period));
}

/* A group's quota binds all groups below it: the smallest counts. */
static void see_quota(void *context, const char *folder, unsigned version)
{
    unsigned *smallest = context;
    unsigned quota = version == 2 ? quota_version_2(folder) : quota_version_1(folder);
    if (quota != 0 && (*smallest == 0 || quota < *smallest))
        *smallest = quota;
}

unsigned processors_quota(const char *root)
{
    unsigned smallest = 0;
    cgroup_walk(root, "cpu", see_quota, &smallest);
    return smallest;
}

unsigned processors_usable(void)
{
    unsigned affinity = platform_affinity_count();
    unsigned quota = processors_quota("");
    return quota != 0 && quota < affinity ? quota : affinity;
}
