#include "base/cgroup.h"

#include "base/io.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#define CGROUP_ROOT "/sys/fs/cgroup"

struct walk {
    const char *root;
    void (*visit)(void *context, const char *folder, unsigned version);
    void *context;
};

static void walk_up(const struct walk *walk, const char *mount, const char *group, unsigned version)
{
    char path[PATH_MAX];
    int length = snprintf(path, sizeof path, "%s" CGROUP_ROOT "%s%s", walk->root, mount, group);
    if (length <= 0 || (size_t)length >= sizeof path)
        return;
    for (size_t shortest = (size_t)length - strlen(group);;) {
        walk->visit(walk->context, path, version);
        char *slash = strrchr(path + shortest, '/');
        if (slash == NULL)
            return;
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

/* A hierarchy of version 1 is mounted by the names of all its controllers, or by that of one. */
static void walk_version_1(const struct walk *walk, const char *controllers, const char *name,
                           const char *group)
{
    char mount[PATH_MAX];
    int length = snprintf(mount, sizeof mount, "/%s", controllers);
    if (length > 0 && (size_t)length < sizeof mount)
        walk_up(walk, mount, group, 1);
    if (strcmp(controllers, name) == 0)
        return;
    snprintf(mount, sizeof mount, "/%s", name);
    walk_up(walk, mount, group, 1);
}

void cgroup_walk(const char *root, const char *name,
                 void (*visit)(void *context, const char *folder, unsigned version), void *context)
{
    const struct walk walk = {root, visit, context};
    char path[PATH_MAX], text[8192];
    int length = snprintf(path, sizeof path, "%s/proc/self/cgroup", root);

    if (length <= 0 || (size_t)length >= sizeof path || io_read_file(path, text, sizeof text) <= 0)
        return;
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
            walk_up(&walk, "", group, 2);
            walk_up(&walk, "/unified", group, 2); /* beside version 1 */
        } else if (name != NULL && names_controller(controllers, name)) {
            walk_version_1(&walk, controllers, name, group);
        }
    }
}
