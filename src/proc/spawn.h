/*
 * spawn: starting a command, or several that are a pipeline.
 *
 * spawn_find looks a name up as execvp would, once; spawn_start does vfork and exec with everything prepared
 * before, so that between the two only async-signal-safe calls remain. All signals must be blocked around
 * spawn_start (in a worker they are), since the child runs in the parent's memory until it has exec'd.
 */
#ifndef CPOOL_SPAWN_H
#define CPOOL_SPAWN_H

#include "base/base.h"

#include <stdatomic.h>
#include <sys/types.h>

/* How far it went. */
enum spawn_step {
    SPAWN_FORK,      /* no process could be had: EAGAIN, ENOMEM */
    SPAWN_DIRECTORY, /* the directory could not be entered */
    SPAWN_EXEC,      /* E2BIG, ENOENT, EACCES … */
};

/* A pipeline has at most so many programs. */
#define SPAWN_PROGRAMS_MAX 64

/* One program of a pipeline. */
struct spawn_program {
    const char *path; /* as spawn_find gave it */
    char **argv; /* ended by NULL; argv[-1] exists and may be written (a script without #! is given to sh) */
    pid_t pid;   /* found */
};

struct spawn_request {
    struct spawn_program *programs; /* joined by pipes, whose ends nobody else holds */
    size_t count;                   /* at least 1 */
    char *const *environment;
    const char *directory;        /* to run in; NULL: this process's */
    int input, output, errors;    /* descriptor 0 of the first, 1 of the last, 2 of all; -1: as they are */
    pid_t parent;                 /* this process */
    const _Atomic uint32_t *life; /* its platform_life_word; may be NULL */
    _Atomic uint32_t *group;      /* the first one's id is stored here before it runs; the caller clears it */
};

/*
 * Where the program `name` is: itself if it has a slash, else the first executable of that name on PATH.
 * Returns a path to free, or NULL with errno ENOENT (not found), EACCES (found, but not executable) or
 * another.
 */
char *spawn_find(const char *name) ATTR_MUST_CHECK;

/*
 * Start them in the session of this process, which should have no terminal, and in one group that the first
 * leads (where the system has no way to that, each in one of its own), with the mask and dispositions that
 * cpool was started with, to be killed by the kernel when this process dies. Returns its pid, or -1 with
 * errno and in *step where it failed; no child is left then. *failed is the program that could not be
 * started.
 */
pid_t spawn_start(const struct spawn_request *request, enum spawn_step *step, size_t *failed) ATTR_MUST_CHECK;

/* Whether a pipeline's programs are in one group; else each leads its own. */
bool spawn_has_one_group(void);

#endif
