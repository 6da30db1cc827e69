#include "base/processors.h"

#include "base/io.h"
#include "base/platform.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CGROUP_ROOT "/sys/fs/cgroup"

/* Processors for `quota` microseconds in each `period`, rounded up; 0: no limit. */
static unsigned whole_processors(long long quota, long long period)
{
    if (quota <= 0 || period <= 0)
        return 0;
    long long processors = (quota - 1) / period + 1;
    return processors > INT_MAX ? 0 : (unsigned)processors;
}

static bool read_file(char *text, size_t size, const char *root, const char *group, const char *file)
{
    char path[PATH_MAX];
    int length = snprintf(path, sizeof path, "%s%s%s", root, group, file);
    return length > 0 && (size_t)length < sizeof path && io_read_file(path, text, size) > 0;
}

/* Version 2: "QUOTA PERIOD" or "max PERIOD" in one file. */
static unsigned quota_version_2(const char *root, const char *group)
{
    char text[128];
    long long quota, period;
    if (!read_file(text, sizeof text, root, group, "/cpu.max") ||
        sscanf(text, "%lld %lld", &quota, &period) != 2)
        return 0;
    return whole_processors(quota, period);
}

/* Version 1: two files, -1 for no quota. */
static unsigned quota_version_1(const char *root, const char *group)
{
    char quota[64], period[64];
    if (!read_file(quota, sizeof quota, root, group, "/cpu.cfs_quota_us") ||
        !read_file(period, sizeof period, root, group, "/cpu.cfs_period_us"))
        return 0;
    return whole_processors(atoll(quota), atoll(period));
}

static unsigned smaller_quota(unsigned a, unsigned b)
{
    if (a == 0 || b == 0)
        return a + b;
    return a < b ? a : b;
}

/* A group's quota binds all groups below it: the smallest from `group` up to the root counts. */
static unsigned quota_up_the_tree(const char *root, const char *mount, const char *group,
                                  unsigned (*quota_of)(const char *root, const char *group))
{
    char path[PATH_MAX];
    int length = snprintf(path, sizeof path, "%s%s", mount, group);
    if (length <= 0 || (size_t)length >= sizeof path)
        return 0;

    unsigned smallest = 0;
    for (size_t shortest = strlen(mount);;) {
        smallest = smaller_quota(smallest, quota_of(root, path));
        char *slash = strrchr(path + shortest, '/');
        if (slash == NULL)
            return smallest;
        *slash = '\0';
    }
}

static bool names_controller(const char *list, const char *name)
{
    size_t length = strlen(name);
    for (const char *at = list; (at = strstr(at, name)) != NULL; at += length) {
        bool starts = at == list || at[-1] == ',';
        bool ends = at[length] == '\0' || at[length] == ',';
        if (starts && ends)
            return true;
    }
    return false;
}

unsigned processors_quota(const char *root)
{
    char text[8192];
    unsigned smallest = 0;

    if (!read_file(text, sizeof text, root, "/proc/self/cgroup", ""))
        return 0;
    /* One line a hierarchy: "ID:CONTROLLERS:GROUP"; version 2 has no controllers. */
    char *next = text;
    for (char *line; (line = strsep(&next, "\n")) != NULL;) {
        (void)strsep(&line, ":");
        char *controllers = strsep(&line, ":");
        char *group = line;
        if (controllers == NULL || group == NULL)
            continue;
        if (strcmp(group, "/") == 0)
            group = "";
        if (controllers[0] == '\0') {
            smallest = smaller_quota(smallest, quota_up_the_tree(root, CGROUP_ROOT, group, quota_version_2));
        } else if (names_controller(controllers, "cpu")) {
            char mount[PATH_MAX];
            int length = snprintf(mount, sizeof mount, CGROUP_ROOT "/%s", controllers);
            if (length > 0 && (size_t)length < sizeof mount)
                smallest = smaller_quota(smallest, quota_up_the_tree(root, mount, group, quota_version_1));
            if (strcmp(controllers, "cpu") != 0)
                smallest = smaller_quota(smallest,
                                         quota_up_the_tree(root, CGROUP_ROOT "/cpu", group, quota_version_1));
        }
    }
    return smallest;
}

unsigned processors_usable(void)
{
    unsigned affinity = platform_affinity_count();
    unsigned quota = processors_quota("");
    return quota != 0 && quota < affinity ? quota : affinity;
}
