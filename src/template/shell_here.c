#include "template/shell_here.h"

#include "base/platform.h"
#include "base/xalloc.h"
#include "proc/spawn.h"
#include "template/readers.h"

#include <stdlib.h>
#include <string.h>

unsigned shell_here_of(const char *name)
{
    char *found = strchr(name, '/') != NULL ? xstrdup(name) : spawn_find(name);
    char *path = found != NULL ? realpath(found, NULL) : NULL;
    unsigned shells = path != NULL ? readers_shells_named(path) : 0;
    if (shells == READERS_ALL)
        shells = readers_shells_named(platform_sh());
    free(path);
    free(found);
    return shells != 0 ? shells : READERS_ALL;
}
