#include "cli/outfile.h"

#include "base/io.h"
#include "base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What is open: one for each option there is. It stays so until nothing is started any more. */
static struct {
    const char *option;
    int fd;
    struct stat info;
} opened[8];
static size_t opened_count;

static bool is_same(const struct stat *a, const struct stat *b)
{
    return S_ISREG(a->st_mode) && a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/* Whether one of the sources, standard input where there is none, is that file. */
static bool is_input(const struct options *options, const struct stat *file)
{
    struct stat source;
    bool standard = options->source_count == 0;
    for (size_t i = 0; i < options->source_count; i++) {
        const char *path = options->sources[i].path;
        if (path != NULL && strcmp(path, "-") == 0)
            standard = true;
        else if (path != NULL && stat(path, &source) == 0 && is_same(&source, file))
            return true;
    }
    return standard && fstat(STDIN_FILENO, &source) == 0 && is_same(&source, file);
}

/* The option that has it already, or NULL. */
static const char *find_owner(const struct stat *file)
{
    for (size_t i = 0; i < opened_count; i++)
        if (is_same(file, &opened[i].info))
            return opened[i].option;
    return NULL;
}

static void remember(const char *option, int fd, const struct stat *info)
{
    if (opened_count == ARRAY_LENGTH(opened))
        return;
    opened[opened_count].option = option;
    opened[opened_count].fd = fd;
    opened[opened_count++].info = *info;
}

bool outfile_ends_in(const char *path, const char *ending)
{
    size_t length = strlen(path), tail = strlen(ending);
    return length >= tail && strcmp(path + length - tail, ending) == 0;
}

int outfile_close(int *fd)
{
    for (size_t i = 0; i < opened_count; i++)
        if (opened[i].fd == *fd)
            opened[i] = opened[--opened_count];
    int result = *fd < 0 ? 0 : close(*fd);
    *fd = -1;
    return result;
}

void outfile_in_child(void)
{
    for (size_t i = 0; i < opened_count; i++)
        io_close(&opened[i].fd);
}

int outfile_open(const struct options *options, const char *option, const char *path, bool keep, int *fd)
{
    struct stat info;
    /* Not O_TRUNC: first it must be known what it is. */
    *fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOCTTY, 0666);
    if (*fd < 0 || fstat(*fd, &info) < 0) {
        log_error("%s: %s: can't be written: %s", option, path, strerror(errno));
        io_close(fd);
        return EXIT_CPOOL_FAILED;
    }
    if (is_input(options, &info)) {
        log_error("%s: %s: is the list that is read, which would be lost; give another name", option, path);
        io_close(fd);
        return EXIT_CPOOL_FAILED;
    }
    const char *owner = find_owner(&info);
    if (owner != NULL) {
        log_error("%s: %s: is written by %s already; give another name", option, path, owner);
        io_close(fd);
        return EXIT_CPOOL_FAILED;
    }
    if (keep || !S_ISREG(info.st_mode) || ftruncate(*fd, 0) == 0) {
        remember(option, *fd, &info);
        return 0;
    }
    log_error("%s: %s: can't be emptied: %s", option, path, strerror(errno));
    io_close(fd);
    return EXIT_CPOOL_FAILED;
}
