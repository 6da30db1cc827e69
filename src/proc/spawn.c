#include "proc/spawn.h"

#include "base/io.h"
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
        struct stat info;
        /* A later one may do; if none does, this is what is wrong. But a folder that may not be searched has
         * it for nobody: as shells do, and not execvp. */
        if (result == EACCES && stat(path, &info) == 0)
            why = EACCES;
        free(path);
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

/*
 * What vfork is here, as the first child shows. An emulator of another processor makes it a fork, and so do
 * tools that watch each access to memory: what a child writes stays in its copy, and nobody waits until it
 * has called exec.
 */
static enum { CHILD_UNKNOWN, CHILD_SHARES, CHILD_COPIES } child_memory;

/* Siblings are not to be had here: programs are started one after the other, each in a group of its own. */
static bool apart;

struct failure {
    int error; /* 0: none */
    enum spawn_step step;
    size_t program;
};

/* One start: lies in the memory of the caller, which the children share until they have called exec. */
struct start {
    const struct spawn_request *request;
    int (*pipes)[2]; /* between program i and i + 1 */
    int report;      /* a child writes its failure here, too, for those who do not share its memory; or -1 */
    volatile size_t next;          /* the program that the next child becomes */
    volatile bool reached;         /* a child has been here */
    volatile enum spawn_step step; /* of a child */
    volatile struct failure failure;
};

/* The child: comes back only with the errno of what failed. Nothing here may allocate, lock or touch
 * stdio. */
static int execute(struct start *start, size_t index)
{
    const struct spawn_request *request = start->request;
    struct spawn_program *program = &request->programs[index];
    int input = index == 0 ? request->input : start->pipes[index - 1][0];
    int output = index + 1 == request->count ? request->output : start->pipes[index][1];

    if (place_descriptor(input, STDIN_FILENO) < 0 || place_descriptor(output, STDOUT_FILENO) < 0 ||
        place_descriptor(request->errors, STDERR_FILENO) < 0)
        return errno;
    if (request->directory != NULL) {
        start->step = SPAWN_DIRECTORY;
        if (chdir(request->directory) < 0)
            return errno;
    }
    start->step = SPAWN_EXEC;
    signals_restore();
    FAULT_POINT(before_exec);
    execve(program->path, program->argv, request->environment);
    if (errno == ENOEXEC) {
        program->argv[-1] = (char *)(uintptr_t) "sh";
        program->argv[0] = (char *)(uintptr_t)program->path;
        execve(_PATH_BSHELL, program->argv - 1, request->environment);
    }
    return errno;
}

/* From here on the kernel kills us with our parent; if it died before, we see that we have another. */
static bool is_orphan(const struct start *start)
{
    const struct spawn_request *request = start->request;
    (void)platform_set_parent_death_signal(SIGKILL);
    if (request->life != NULL && child_memory == CHILD_SHARES) {
        /* The kernel has noted our wish before we look, and clears the word before it looks for wishes. */
        atomic_thread_fence(memory_order_seq_cst);
        return atomic_load_explicit(request->life, memory_order_acquire) == 0;
    }
    return getppid() != request->parent;
}

/* The first one counts. Async-signal-safe. */
static int fail(struct start *start, size_t index, int error)
{
    const struct failure failure = {.error = error, .step = start->step, .program = index};
    if (start->failure.error == 0)
        start->failure = failure;
    if (start->report >= 0)
        (void)!write(start->report, &failure, sizeof failure);
    return 127;
}

static int become(struct start *start, size_t index)
{
    start->reached = true;
    return fail(start, index, is_orphan(start) ? ESRCH : execute(start, index));
}

/* Any program but the first, in the first one's group. */
static int become_sibling(void *context)
{
    struct start *start = context;
    return become(start, start->next);
}

/* As the function above, in a process group of its own. */
static int become_leader(void *context)
{
    struct start *start = context;
    (void)setpgid(0, 0);
    return become(start, start->next);
}

/* Is it that there are no siblings, rather than no room for one more? */
static bool is_refused(int error)
{
    return error != EAGAIN && error != ENOMEM;
}

/*
 * The first one: it makes the group, and in it the others, each of which is a child of our parent. A group
 * and no session: making one takes the kernel as long as all else that we do for a task, where it schedules
 * by sessions.
 */
static int become_first(void *context)
{
    struct start *start = context;
    const struct spawn_request *request = start->request;
    start->reached = true;
    (void)setpgid(0, 0);
    if (is_orphan(start))
        return fail(start, 0, ESRCH);
    for (start->next = 1; !apart && start->next < request->count; start->next++) {
        pid_t pid = platform_vfork_sibling(become_sibling, start);
        if (pid < 0 && start->next == 1 && is_refused(errno)) {
            apart = true;
            break;
        }
        if (pid < 0) {
            start->step = SPAWN_FORK;
            return fail(start, start->next, errno);
        }
        request->programs[start->next].pid = pid;
        if (start->failure.error != 0)
            return 127;
    }
    return fail(start, 0, execute(start, 0));
}

/* What the first child has shown, unless it was killed too early for that, which costs nothing but time. */
static void note_memory(const struct start *start)
{
    if (child_memory != CHILD_UNKNOWN)
        return;
    child_memory = start->reached ? CHILD_SHARES : CHILD_COPIES;
    apart = apart || child_memory == CHILD_COPIES; /* the numbers of siblings would stay in the copy */
}

/* What a child has written there, to the end, which is exec's: that closes the pipe. */
static void hear_report(struct start *start, int report)
{
    struct failure failure;
    if (io_read(report, &failure, sizeof failure) == (ssize_t)sizeof failure)
        start->failure = failure;
}

/* A process that runs `function`, and is its program when this comes back, unless it has failed. */
static pid_t start_child(struct start *start, int (*function)(void *start), _Atomic uint32_t *number)
{
    int report[2] = {-1, -1};
    if (child_memory != CHILD_SHARES && platform_pipe(report, false) < 0)
        report[0] = report[1] = -1; /* then a failure is an exit status of 127 without a reason */
    start->report = report[1];
    start->reached = false;
    pid_t pid = platform_vfork(function, start, number);
    int error = errno;
    io_close(&report[1]);
    start->report = -1;
    if (pid < 0) {
        start->step = SPAWN_FORK;
        (void)fail(start, start->next, error);
    } else {
        note_memory(start);
        if (child_memory == CHILD_COPIES) {
            atomic_store_explicit(number, (uint32_t)pid, memory_order_release);
            hear_report(start, report[0]);
        }
    }
    io_close(&report[0]);
    return pid;
}

/* A child that only shows what vfork is, as must be known before one starts siblings. */
static int show(void *context)
{
    struct start *start = context;
    start->reached = true;
    return 0;
}

static void learn(struct start *start)
{
    _Atomic uint32_t unwanted;
    pid_t pid = start_child(start, show, &unwanted);
    if (pid > 0)
        reaper_wait_gone(pid);
}

bool spawn_has_one_group(void)
{
    return !apart;
}

/* All that were started before one of them failed, and what they have started themselves. */
static void kill_started(const struct spawn_request *request)
{
    for (size_t i = 0; i < request->count; i++)
        if (request->programs[i].pid > 0) {
            if (i == 0 || apart)
                reaper_signal_group(request->programs[i].pid, SIGKILL);
            reaper_signal(request->programs[i].pid, SIGKILL);
            reaper_wait_gone(request->programs[i].pid);
        }
}

static pid_t start_programs(struct start *start)
{
    const struct spawn_request *request = start->request;
    struct spawn_program *first = request->programs;

    _Atomic uint32_t unwanted;
    if (request->count > 1 && child_memory == CHILD_UNKNOWN)
        learn(start);
    if (start->failure.error == 0)
        first->pid = start_child(start, become_first, request->group != NULL ? request->group : &unwanted);
    if (apart)
        for (start->next = 1; start->next < request->count && start->failure.error == 0; start->next++)
            request->programs[start->next].pid = start_child(start, become_leader, &unwanted);
    if (start->failure.error == 0)
        return first->pid;
    kill_started(request);
    return -1;
}

pid_t spawn_start(const struct spawn_request *request, enum spawn_step *step, size_t *failed)
{
    int pipes[SPAWN_PROGRAMS_MAX][2];
    struct start start = {.request = request, .pipes = pipes, .report = -1, .step = SPAWN_EXEC};
    size_t between = 0;
    pid_t pid = -1;

    for (size_t i = 0; i < request->count; i++)
        request->programs[i].pid = 0;
    for (; between + 1 < request->count; between++)
        if (platform_pipe(pipes[between], false) < 0)
            break;
    char *names[SPAWN_PROGRAMS_MAX]; /* a child may put paths there */
    for (size_t i = 0; i < request->count; i++)
        names[i] = request->programs[i].argv[0];
    if (between + 1 == request->count) {
        pid = start_programs(&start);
    } else {
        start.step = SPAWN_FORK;
        (void)fail(&start, 0, errno);
    }
    for (size_t i = 0; i < request->count; i++)
        request->programs[i].argv[0] = names[i];
    for (size_t i = 0; i < between; i++) {
        io_close(&pipes[i][0]);
        io_close(&pipes[i][1]);
    }
    *step = pid > 0 ? SPAWN_EXEC : start.failure.step;
    *failed = start.failure.program;
    errno = start.failure.error;
    return pid;
}
