#include "observers/outfile.h"

#include "base/clock.h"
#include "base/io.h"
#include "base/log.h"
#include "base/platform.h"
#include "observers/lock.h"
#include "proc/signals.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* That readers have, all together, after the end of a run that a signal ended. */
#define LAST_TIME (1 * NS_PER_S)

/* What is open: one for each option there is. It stays so until nothing is started any more. */
static struct outfile *opened[8];
static size_t opened_count;

/* ---- which file it is ---- */

static bool is_same(const struct stat *a, const struct stat *b)
{
    return S_ISREG(a->st_mode) && io_is_same_file(a, b);
}

static bool is_descriptor(int fd, const struct stat *file)
{
    struct stat info;
    return fstat(fd, &info) == 0 && is_same(&info, file);
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
    return standard && is_descriptor(STDIN_FILENO, file);
}

/* The option that has it already, or NULL. */
static const char *find_owner(const struct stat *file)
{
    for (size_t i = 0; i < opened_count; i++)
        if (is_descriptor(opened[i]->fd, file))
            return opened[i]->option;
    return NULL;
}

/* ---- opening ---- */

static int check(const struct options *options, const struct outfile *file, const struct stat *info)
{
    const char *owner = find_owner(info);
    if (is_input(options, info))
        log_error("%s: %s: is the list that is read, which would be lost; give another name", file->option,
                  file->path);
    else if (owner != NULL)
        log_error("%s: %s: is written by %s already; give another name", file->option, file->path, owner);
    else
        return 0;
    return EXIT_CPOOL_FAILED;
}

static int open_once(const struct options *options, struct outfile *file, struct stat *info)
{
    file->is_new = stat(file->path, info) < 0 && errno == ENOENT;
    /* Not O_TRUNC: first it must be known what it is. */
    file->fd = open(file->path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOCTTY, 0666);
    if (file->fd < 0 || fstat(file->fd, info) < 0) {
        log_error("%s: %s: can't be written: %s", file->option, file->path, strerror(errno));
        return EXIT_CPOOL_FAILED;
    }
    file->is_regular = S_ISREG(info->st_mode);
    file->is_standard = is_descriptor(STDOUT_FILENO, info) || is_descriptor(STDERR_FILENO, info);
    return check(options, file, info);
}

static bool is_locked(const struct outfile *file)
{
    return file->use != OUTFILE_ANYBODY && file->is_regular && !file->is_standard;
}

static void lock(const struct outfile *file)
{
    if (is_locked(file))
        lock_take(file->fd, file->use == OUTFILE_ALONE ? LOCK_ALONE : LOCK_TOGETHER, file->option,
                  file->path);
}

int outfile_open(const struct options *options, const char *option, const char *path, enum outfile_use use,
                 struct outfile *file)
{
    struct stat info, now;
    *file = (struct outfile){.option = option, .path = path, .use = use, .stream = {.opened = -1}};
    for (;;) {
        if (open_once(options, file, &info) != 0) {
            io_close(&file->fd);
            return EXIT_CPOOL_FAILED;
        }
        lock(file);
        /* Whoever had it may have put another in its place. */
        if (!is_locked(file) || (stat(path, &now) == 0 && is_same(&now, &info)))
            break;
        io_close(&file->fd);
    }
    if (!file->is_regular)
        sink_open_stream(&file->stream, file->fd, path);
    if (opened_count < ARRAY_LENGTH(opened))
        opened[opened_count++] = file;
    return 0;
}

/* ---- taking out ---- */

static int cut(const struct outfile *file)
{
    if (ftruncate(file->fd, 0) == 0)
        return 0;
    log_error("%s: %s: can't be emptied: %s", file->option, file->path, strerror(errno));
    return EXIT_CPOOL_FAILED;
}

/* Others append to it. Who has been killed does not, and has workers that will be gone soon. */
static int empty_among_others(struct outfile *file)
{
    struct platform_holder holder = platform_find_holder(file->fd);
    if (!holder.is_orphaned) {
        log_warning(
            "%s: %s: another run is writing to it: what stands in it stays, and it is appended to; give "
            "another name, or '+%s', which says that",
            file->option, file->path, file->path);
        return 0;
    }
    lock_take(file->fd, LOCK_ALONE, file->option, file->path);
    return cut(file);
}

int outfile_empty(struct outfile *file)
{
    if (!file->is_regular || file->is_standard)
        return 0;
    if (file->use != OUTFILE_TOGETHER)
        return cut(file);
    int status = lock_try_alone(file->fd) ? cut(file) : empty_among_others(file);
    lock(file);
    return status;
}

/* Only bytes that are written already: nothing that others have appended, and no room is needed for it. */
static int write_blanks(struct outfile *file, uint64_t begin, size_t length)
{
    char blanks[512];
    int flags = fcntl(file->fd, F_GETFL), result = 0;
    memset(blanks, ' ', sizeof blanks);
    /* With O_APPEND Linux writes to the end, whatever pwrite says. */
    if (flags < 0 || fcntl(file->fd, F_SETFL, flags & ~O_APPEND) < 0)
        return -1;
    while (result == 0 && length > 0) {
        size_t count = size_min(length, sizeof blanks);
        if (count == length)
            blanks[count - 1] = '\n';
        ssize_t n = pwrite(file->fd, blanks, count, (off_t)begin);
        if (n < 0 && errno != EINTR)
            result = -1;
        if (n > 0) {
            begin += (uint64_t)n;
            length -= (size_t)n;
        }
    }
    int error = errno;
    (void)fcntl(file->fd, F_SETFL, flags);
    errno = error;
    return result;
}

int outfile_take_out(struct outfile *file, uint64_t begin, size_t length)
{
    struct stat info;
    bool is_last =
        lock_try_alone(file->fd) && fstat(file->fd, &info) == 0 && (uint64_t)info.st_size == begin + length;
    int result = is_last ? ftruncate(file->fd, (off_t)begin) : write_blanks(file, begin, length),
        error = errno;
    if (file->use == OUTFILE_TOGETHER) /* perhaps in the middle of the run, which must not wait for it */
        lock_share_again(file->fd);
    errno = error;
    return result;
}

/* ---- writing ---- */

static int give_up(struct outfile *file)
{
    buffer_clear(&file->kept);
    return -1;
}

/* 0, with what could not be written yet in `kept`, or -1 with errno. */
static int push(struct outfile *file)
{
    while (buffer_length(&file->kept) > 0) {
        ssize_t n = sink_try(&file->stream, buffer_bytes(&file->kept), buffer_length(&file->kept));
        if (n > 0)
            buffer_take(&file->kept, (size_t)n);
        else if (n < 0 && errno != EAGAIN && errno != EWOULDBLOCK)
            return give_up(file);
        else if (io_wait_writable(file->stream.fd) < 0)
            return 0;
    }
    return 0;
}

int outfile_write(struct outfile *file, const char *bytes, size_t length)
{
    if (file->is_regular)
        return io_write_all(file->fd, bytes, length);
    buffer_append(&file->kept, bytes, length);
    return push(file);
}

/* ---- closing ---- */

/* Nothing runs any more: whoever reads is waited for as long as no signal has ended the run. */
static int push_last(struct outfile *file)
{
    static nanoseconds deadline;
    int result = push(file);
    while (result == 0 && buffer_length(&file->kept) > 0) {
        struct pollfd ready = {.fd = file->stream.fd, .events = POLLOUT};
        nanoseconds now = clock_now();
        deadline = deadline == 0 ? now + LAST_TIME : deadline;
        if (now >= deadline) {
            errno = EAGAIN;
            return -1;
        }
        (void)platform_poll(&ready, 1, clock_poll_timeout(now, deadline), signals_wait_mask());
        result = push(file);
    }
    return result;
}

static void forget(const struct outfile *file)
{
    for (size_t i = 0; i < opened_count; i++)
        if (opened[i] == file)
            opened[i] = opened[--opened_count];
}

int outfile_close(struct outfile *file)
{
    if (file->fd < 0)
        return 0;
    forget(file);
    int result = push_last(file), error = errno;
    io_close(&file->stream.opened);
    if (close(file->fd) < 0 && result == 0) {
        result = -1;
        error = errno;
    }
    file->fd = -1;
    buffer_release(&file->kept);
    errno = error;
    return result;
}

const char *outfile_why(int error)
{
    return error == EAGAIN ? "nobody reads it" : strerror(error);
}

void outfile_in_child(void)
{
    for (size_t i = 0; i < opened_count; i++) {
        io_close(&opened[i]->stream.opened);
        if (!is_locked(opened[i]))
            io_close(&opened[i]->fd);
    }
}
