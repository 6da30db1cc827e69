#include "input/source.h"

#include "base/io.h"
#include "base/log.h"
#include "base/platform.h"
#include "proc/signals.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#define READ_SIZE         (64 * KIB)
/* Between two looks at whether a signal wants the end. */
#define COUNTED_AT_A_TIME 65536

void source_words(struct source *source, const struct source_format *format, char **words, size_t count)
{
    *source = (struct source){.format = *format, .words = words, .word_count = count, .fd = -1};
}

/* Its name as a file of items, and those by which a system opens it. */
static const char *const names_of_standard_input[] = {"-", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"};

/*
 * Descriptor 0 is open for writing alone where somebody wants it so, and where it was closed: see
 * io_fill_standard.
 */
static bool is_closed(const char *path)
{
    int flags = fcntl(STDIN_FILENO, F_GETFL);
    if (flags >= 0 && (flags & O_ACCMODE) != O_WRONLY)
        return false;
    for (size_t i = 0; i < ARRAY_LENGTH(names_of_standard_input); i++)
        if (strcmp(path, names_of_standard_input[i]) == 0)
            return true;
    return false;
}

int source_open_file(const char *path, int *fd, const char **name, bool *regular, uint64_t *size)
{
    bool standard = strcmp(path, "-") == 0;
    struct stat info;

    if (is_closed(path)) {
        log_error(
            "standard input: is closed, and items were to come from it; give them behind ::: or by -a FILE");
        return -1;
    }
    *name = standard ? "standard input" : path;
    *fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (*fd < 0 || fstat(*fd, &info) < 0) {
        log_error("%s: can't be read: %s", *name, strerror(errno));
        return -1;
    }
    if (S_ISDIR(info.st_mode)) {
        log_error("%s: is a folder; to map its files, pipe a list of them in: find %s -type f -print0 | "
                  "cpool -0 ...",
                  *name, standard ? "FOLDER" : path);
        if (!standard)
            io_close(fd);
        return -1;
    }
    *regular = S_ISREG(info.st_mode);
    off_t position = *regular ? lseek(*fd, 0, SEEK_CUR) : -1;
    *size = position >= 0 && info.st_size > position ? (uint64_t)(info.st_size - position) : 0;
    return 0;
}

int source_open(struct source *source, const struct source_format *format, const char *path)
{
    uint64_t size;
    *source = (struct source){.format = *format};
    return source_open_file(path, &source->fd, &source->name, &source->regular, &size);
}

bool source_reads(const struct source *source, const char *path)
{
    struct stat ours, other;
    int result = strcmp(path, "-") == 0 ? fstat(STDIN_FILENO, &other) : stat(path, &other);
    if (source->fd < 0 || result < 0 || fstat(source->fd, &ours) < 0)
        return false;
    bool goes_by = S_ISFIFO(ours.st_mode) || S_ISSOCK(ours.st_mode) || isatty(source->fd);
    return goes_by && io_is_same_file(&ours, &other);
}

void source_close_fd(struct source *source)
{
    if (source->fd != STDIN_FILENO)
        io_close(&source->fd);
}

void source_close(struct source *source)
{
    source_close_fd(source);
    buffer_release(&source->bytes);
}

void source_give_back(int fd, size_t count)
{
    if (fd == STDIN_FILENO && count > 0)
        (void)!lseek(fd, -(off_t)count, SEEK_CUR); /* a pipe does not take it */
}

void source_put_back(struct source *source)
{
    source_give_back(source->fd, buffer_length(&source->bytes) - source->taken);
    source->taken = buffer_length(&source->bytes);
}

/* ---- what is wrong with a row ---- */

static uint64_t count_lines(const char *bytes, size_t length)
{
    uint64_t count = 0;
    for (size_t i = 0; i < length; i++)
        count += bytes[i] == '\n';
    return count;
}

/* The last quote that opens in a row, as far as it is in the buffer. */
static size_t find_open_quote(const struct source *source)
{
    const char *bytes = buffer_bytes(&source->bytes);
    enum columns_place place = COLUMNS_BEGIN;
    size_t opened = 0;
    for (size_t i = 0; i < buffer_length(&source->bytes); i++) {
        if (place == COLUMNS_BEGIN)
            opened = i;
        place = columns_step(place, bytes[i], source->format.separator);
    }
    return opened;
}

static void say_unclosed(const struct source *source, const char *what_follows)
{
    uint64_t line = source->lines + count_lines(buffer_bytes(&source->bytes), find_open_quote(source)) + 1;
    log_error("%s: line %llu: a double quote opens there and is not closed; %s", source->name,
              (unsigned long long)line, what_follows);
}

static void say_too_long(const struct source *source)
{
    if (source->place == COLUMNS_QUOTED)
        say_unclosed(source, "what follows is longer than a row may be");
    else
        log_error("%s: an item is longer than %zu MiB; is the delimiter right (-0, -d)?", source->name,
                  SOURCE_ITEM_MAX / MIB);
}

/* ---- reading ---- */

int source_mark_length(unsigned char delimiter, const char *bytes, size_t length)
{
    static const char mark[] = {'\xEF', '\xBB', '\xBF'};
    if (delimiter == '\0' || (length > 0 && memcmp(bytes, mark, size_min(length, sizeof mark)) != 0))
        return 0;
    return length < sizeof mark ? -1 : (int)sizeof mark;
}

/* False: more must be read to know. */
static bool take_mark_off(struct source *source)
{
    size_t there = buffer_length(&source->bytes);
    int length = source->is_begun
                     ? 0
                     : source_mark_length(source->format.delimiter, buffer_bytes(&source->bytes), there);
    if (length < 0 && !source->at_end)
        return false;
    if (length > 0)
        buffer_take(&source->bytes, (size_t)length);
    source->is_begun = true;
    return true;
}

/* One more read: 1, 0 where it would wait, -1 when it failed. */
static int read_more(struct source *source)
{
    if (buffer_length(&source->bytes) >= SOURCE_ITEM_MAX) {
        say_too_long(source);
        return -1;
    }
    ssize_t n = io_read(source->fd, buffer_reserve(&source->bytes, READ_SIZE), READ_SIZE);
    if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
        return 0;
    if (n < 0) {
        log_error("%s: can't be read any further: %s", source->name, strerror(errno));
        return -1;
    }
    buffer_added(&source->bytes, (size_t)n);
    source->at_end = n == 0;
    return 1;
}

/*
 * The next delimiter that is none of a quoted text, from where the search stands; NULL: it is not there yet.
 */
static const char *find_end(struct source *source)
{
    const char *bytes = buffer_bytes(&source->bytes), *end = bytes + buffer_length(&source->bytes);
    const char *at = bytes + source->searched;

    if (at == end)
        return NULL;
    if (!source->format.quoted) {
        source->searched = (size_t)(end - bytes);
        return memchr(at, source->format.delimiter, (size_t)(end - at));
    }
    for (; at < end; at++) {
        if ((unsigned char)*at == source->format.delimiter && source->place != COLUMNS_QUOTED)
            return at;
        source->place = columns_step(source->place, *at, source->format.separator);
    }
    source->searched = (size_t)(end - bytes);
    return NULL;
}

/* What stands in the buffer up to a delimiter, or up to its end, is the next item. */
static void cut_item(struct source *source, const char *end, struct item *item)
{
    size_t length = buffer_length(&source->bytes);
    const char *bytes = buffer_bytes(&source->bytes);
    *item = (struct item){bytes, end == NULL ? length : (size_t)(end - bytes)};
    source->taken = end == NULL ? length : item->length + 1;
    source->searched = 0;
    source->unclosed = end == NULL && source->place == COLUMNS_QUOTED;
    if (source->unclosed && !source->is_copy)
        say_unclosed(source,
                     source->format.unsplit ? "the run ends here" : "the row ends with the file, and fails");
    source->place = COLUMNS_BEGIN;
}

static enum source_result next_from_file(struct source *source, bool readable, struct item *item)
{
    if (source->format.quoted)
        source->lines += count_lines(buffer_bytes(&source->bytes), source->taken);
    buffer_take(&source->bytes, source->taken);
    source->taken = 0;
    for (;;) {
        const char *end = take_mark_off(source) ? find_end(source) : NULL;
        if (end != NULL || (source->at_end && buffer_length(&source->bytes) > 0)) {
            cut_item(source, end, item);
            return source->unclosed && source->format.unsplit ? SOURCE_BROKEN : SOURCE_ITEM;
        }
        if (source->at_end)
            return SOURCE_END;
        if (!readable && !source->regular)
            return SOURCE_WAIT;
        int result = read_more(source);
        if (result <= 0)
            return result == 0 ? SOURCE_WAIT : SOURCE_BROKEN;
        readable = false;
    }
}

bool source_count(const struct source *source, uint64_t *count)
{
    struct source again = {.format = source->format,
                           .name = source->name,
                           .regular = source->regular,
                           .is_copy = true,
                           .is_begun = source->is_begun};
    struct item item;
    bool is_standard = source->fd == STDIN_FILENO;
    off_t place = source->regular ? lseek(source->fd, 0, SEEK_CUR) : -1;

    *count = 0;
    /* What was read and not yet taken comes first. */
    if (place < 0 || is_standard || (again.fd = open(source->name, O_RDONLY | O_CLOEXEC)) < 0)
        return false;
    size_t held = buffer_length(&source->bytes) - source->taken;
    bool known = lseek(again.fd, place - (off_t)held, SEEK_SET) >= 0;
    while (known && source_next(&again, true, &item) == SOURCE_ITEM)
        if (++*count % COUNTED_AT_A_TIME == 0)
            source_wait(-1);
    source_close(&again);
    return known;
}

static enum source_result next_word(struct source *source, struct item *item)
{
    if (source->next_word == source->word_count)
        return SOURCE_END;
    const char *word = source->words[source->next_word++];
    *item = (struct item){word, strlen(word)};
    return SOURCE_ITEM;
}

enum source_result source_next(struct source *source, bool readable, struct item *item)
{
    if (source->ended)
        return SOURCE_END;
    enum source_result result =
        source->words != NULL ? next_word(source, item) : next_from_file(source, readable, item);
    const char *stop = source->format.stop;
    if (result == SOURCE_ITEM && stop != NULL && strlen(stop) == item->length &&
        memcmp(stop, item->bytes, item->length) == 0)
        result = SOURCE_END;
    source->ended = result == SOURCE_END;
    return result;
}

/* ---- before the run begins ---- */

void source_wait(int fd)
{
    struct pollfd watched = {.fd = fd, .events = POLLIN};
    (void)platform_poll(&watched, 1, fd < 0 ? 0 : -1, signals_wait_mask());
    for (int signal_number; (signal_number = signals_next()) != 0;)
        if (signal_number == SIGINT || signal_number == SIGTERM || signal_number == SIGHUP ||
            signal_number == SIGQUIT)
            signals_die(signal_number);
}

ssize_t source_read_waiting(int fd, void *bytes, size_t count)
{
    for (;;) {
        source_wait(fd);
        ssize_t n = io_read(fd, bytes, count);
        if (n >= 0 || errno != EAGAIN)
            return n;
    }
}
