/*
 * jobs: how many tasks run at a time, as people write it: N, N% of the processors, +N, -N, 0 for no limit; or
 * a file that holds such a word and is read again when it changes.
 */
#ifndef CPOOL_JOBS_H
#define CPOOL_JOBS_H

#include "base/base.h"

#include <sys/stat.h>

#define JOBS_MAX      4000
/* At most so many where a file may raise them while the run is under way. */
#define JOBS_FILE_MAX 1024

/* 0 and *jobs (1 to JOBS_MAX), or -1 where `text` is no number of jobs. */
int jobs_parse(const char *text, unsigned *jobs) ATTR_MUST_CHECK;

struct jobs_file {
    const char *path;   /* not owned; NULL: there is none */
    struct stat before; /* as it was when it was last read */
};

/* Read it: 0 and *jobs, or -1 after a message. */
int jobs_file_open(struct jobs_file *file, const char *path, unsigned *jobs) ATTR_MUST_CHECK;

/* What it says now, if that is something new and makes sense; else 0. What makes no sense is told, once. */
unsigned jobs_file_look(struct jobs_file *file);

#endif
