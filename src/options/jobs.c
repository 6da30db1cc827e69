#include "options/jobs.h"

#include "base/io.h"
#include "base/log.h"
#include "base/processors.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static unsigned within(double jobs)
{
    return jobs < 1 ? 1 : jobs > JOBS_MAX ? JOBS_MAX : (unsigned)jobs;
}

int jobs_parse(const char *text, unsigned *jobs)
{
    char *end;
    errno = 0;
    double number = strtod(text, &end);
    bool percent = *end == '%' && end[1] == '\0';
    bool whole = number >= -1e6 && number <= 1e6 && number == (double)(long)number;

    if (end == text || errno != 0 || (*end != '\0' && !percent) || (!percent && !whole) ||
        (percent && !(number > 0 && number < 1e6)) || strspn(text, "+-0123456789.%") != strlen(text))
        return -1;
    if (percent)
        *jobs = within((double)processors_usable() * number / 100 + 0.5);
    else if (text[0] == '+' || text[0] == '-')
        *jobs = within((double)processors_usable() + number);
    else
        *jobs = number == 0 ? JOBS_MAX : within(number);
    return 0;
}

/* ---- a file ---- */

/* 0, or -1 where the file can't be read (errno), or holds something else (errno 0). */
static int read_jobs(struct jobs_file *file, unsigned *jobs)
{
    char text[64];
    ssize_t length = io_read_file(file->path, text, sizeof text);
    if (length < 0)
        return -1;
    while (length > 0 && strchr(" \t\r\n", text[length - 1]) != NULL)
        length--;
    text[length] = '\0';
    errno = 0;
    if (jobs_parse(text, jobs) < 0) {
        errno = 0;
        return -1;
    }
    *jobs = *jobs > JOBS_FILE_MAX ? JOBS_FILE_MAX : *jobs;
    return 0;
}

int jobs_file_open(struct jobs_file *file, const char *path, unsigned *jobs)
{
    *file = (struct jobs_file){.path = path};
    if (stat(path, &file->before) == 0 && S_ISREG(file->before.st_mode) && read_jobs(file, jobs) == 0)
        return 0;
    log_error(
        "-j: '%s' is no number of jobs, nor a file that holds one; it may be 8, 50%%, +2, -1 or 0 (as many "
        "as there are items)",
        path);
    return -1;
}

static bool is_same(const struct stat *a, const struct stat *b)
{
    return a->st_ino == b->st_ino && a->st_size == b->st_size && a->st_mtim.tv_sec == b->st_mtim.tv_sec &&
           a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

unsigned jobs_file_look(struct jobs_file *file)
{
    struct stat now;
    unsigned jobs;
    if (stat(file->path, &now) < 0 || is_same(&now, &file->before))
        return 0;
    file->before = now;
    if (!S_ISREG(now.st_mode) || now.st_size == 0) /* it is being written */
        return 0;
    if (read_jobs(file, &jobs) == 0)
        return jobs;
    log_warning("-j: %s: %s; the number of jobs stays as it was", file->path,
                errno != 0 ? strerror(errno) : "holds no number of jobs");
    return 0;
}
