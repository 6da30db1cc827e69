#include "proc/spawn.h"

#include "base/platform.h"
#include "base/xalloc.h"
#include "proc/reaper.h"
#include "proc/signals.h"

#include <errno.h>
#include <fcntl.h>
#include <paths.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* 0 when `path` can be executed, else why not. */
static int check_executable(const char *path)
{
    struct stat info;
    if (stat(path, &info) < 0)
        return errno;
    if (!S_ISREG(info.st_mode))
        return EACCES;
    return access(path, X_OK) == 0 ? 0 : errno;
}

char *spawn_find(const char *name)
{
    int why = ENOENT;

    if (strchr(name, '/') != NULL) {
        why = check_executable(name);
        if (why == 0)
            return xstrdup(name);
        errno = why;
        return NULL;
    }
    const char *directory = getenv("PATH");
    if (directory == NULL)
        directory = _PATH_DEFPATH;
    while (*name != '\0') {
        size_t length = strcspn(directory, ":");
        /* An empty part of PATH is the current folder. */
        char *path =
            length == 0 ? xasprintf("./%s", name) : xasprintf("%.*s/%s", (int)length, directory, name);
        int result = check_executable(path);
        if (result == 0)
            return path;
        free(path);
        if (result == EACCES)
            why = EACCES; /* a later one may do; if none does, this is what is wrong */
        if (directory[length] == '\0')
            break;
        directory += length + 1;
    }
    errno = why;
    return NULL;
}

/* Let `fd` stand at `place`; a descriptor that is there already only loses its close-on-exec. */
static int place_descriptor(int fd, int place)
{
    if (fd == place)
        return fcntl(fd, F_SETFD, 0);
    return fd < 0 ? 0 : dup2(fd, place);
}

/* The child: returns only the errno of what failed. Nothing here may allocate, lock or touch stdio. */
static int become(const struct spawn_request *request, volatile enum spawn_step *step)
{
    pid_t session = setsid();
    if (request->session != NULL)
        atomic_store_explicit(request->session, (uint32_t)session, memory_order_release);

    /* From here on the kernel kills us with our parent; if it died before, we see that we have another. */
    (void)platform_set_parent_death_signal(SIGKILL);
    if (getppid() != request->parent)
        return ESRCH;

    if (place_descriptor(request->input, STDIN_FILENO) < 0 ||
        place_descriptor(request->output, STDOUT_FILENO) < 0 ||
        place_descriptor(request->errors, STDERR_FILENO) < 0)
        return errno;
    if (request->directory != NULL) {
        *step = SPAWN_DIRECTORY;
        if (chdir(request->directory) < 0)
            return errno;
        *step = SPAWN_EXEC;
    }
    signals_restore();
    FAULT_POINT(before_exec);
    execve(request->path, request->argv, request->environment);
    if (errno == ENOEXEC) {
        request->argv[-1] = (char *)(uintptr_t) "sh";
        request->argv[0] = (char *)(uintptr_t)request->path;
        execve(_PATH_BSHELL, request->argv - 1, request->environment);
    }
    return errno;
}

pid_t spawn_start(const struct spawn_request *request, enum spawn_step *step)
{
    volatile int failure = 0; /* written by the child, in our memory, like the next */
    volatile enum spawn_step reached = SPAWN_EXEC;

    char *name = request->argv[0];

    pid_t pid = vfork();
    if (pid == 0) {
        failure = become(request, &reached);
        _exit(127);
    }
    *step = pid < 0 ? SPAWN_FORK : reached;
    request->argv[0] = name; /* the child may have put a path there */
    if (pid < 0 || failure == 0)
        return pid;
    reaper_wait_gone(pid);
    errno = failure;
    return -1;
}
