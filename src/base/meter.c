#include "base/meter.h"

#include "base/buffer.h"
#include "base/cgroup.h"
#include "base/io.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PIECE (16 * KIB)

/* ---- files ---- */

/* All of root/folder/file, however long, as text ended by NUL: 0 or -1. `text` is cleared before. */
static int read_text(const char *folder, const char *file, struct buffer *text)
{
    char path[PATH_MAX];
    int length = snprintf(path, sizeof path, "%s%s", folder, file);
    int fd = length > 0 && (size_t)length < sizeof path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    ssize_t n;

    buffer_clear(text);
    if (fd < 0)
        return -1;
    do {
        n = io_read(fd, buffer_reserve(text, PIECE), PIECE);
        buffer_added(text, n > 0 ? (size_t)n : 0);
    } while (n > 0);
    buffer_append_byte(text, '\0');
    int saved_errno = errno;
    io_close(&fd);
    errno = saved_errno;
    return n < 0 ? -1 : 0;
}

/* The number behind the word that a line begins with. */
static bool find_number(const char *text, const char *word, uint64_t *number)
{
    size_t length = strlen(word);
    for (const char *line = text; line != NULL; line = strchr(line, '\n')) {
        line += *line == '\n';
        char *end;
        if (strncmp(line, word, length) != 0)
            continue;
        *number = strtoull(line + length, &end, 10);
        return end != line + length;
    }
    return false;
}

/* ---- memory ---- */

struct room {
    uint64_t bytes; /* that all groups so far leave */
    struct buffer text;
};

static bool read_number(struct room *room, const char *folder, const char *file, uint64_t *number)
{
    return read_text(folder, file, &room->text) == 0 && find_number(buffer_bytes(&room->text), "", number);
}

static void see_group(void *context, const char *folder, unsigned version)
{
    static const struct {
        const char *limits[2], *usage, *droppable;
    } versions[] = {{{"/memory.limit_in_bytes", NULL}, "/memory.usage_in_bytes", "total_inactive_file "},
                    {{"/memory.max", "/memory.high"}, "/memory.current", "inactive_file "}};
    struct room *room = context;
    uint64_t limit = UINT64_MAX, number, usage, droppable = 0;

    for (size_t i = 0; i < ARRAY_LENGTH(versions->limits); i++) {
        const char *file = versions[version - 1].limits[i];
        if (file != NULL && read_number(room, folder, file, &number) && number < limit)
            limit = number;
    }
    if (limit == UINT64_MAX || !read_number(room, folder, versions[version - 1].usage, &usage))
        return; /* there is none: "max", or no such file */
    if (read_text(folder, "/memory.stat", &room->text) == 0)
        (void)find_number(buffer_bytes(&room->text), versions[version - 1].droppable, &droppable);
    usage -= droppable < usage ? droppable : usage;
    uint64_t left = usage < limit ? limit - usage : 0;
    room->bytes = left < room->bytes ? left : room->bytes;
}

int meter_memory(const char *root, uint64_t *bytes)
{
    struct room room = {.text = BUFFER_INIT};
    int result = read_text(root, "/proc/meminfo", &room.text);

    if (result == 0 && !find_number(buffer_bytes(&room.text), "MemAvailable:", &room.bytes)) {
        errno = ENODATA;
        result = -1;
    }
    room.bytes *= KIB;
    if (result == 0)
        cgroup_walk(root, "memory", see_group, &room);
    buffer_release(&room.text);
    *bytes = room.bytes;
    return result;
}

/* ---- load ---- */

int meter_load(const char *root, unsigned *processes)
{
    struct buffer text = BUFFER_INIT;
    uint64_t running = 0, blocked = 0;
    int result = read_text(root, "/proc/stat", &text);

    if (result == 0 && (!find_number(buffer_bytes(&text), "procs_running ", &running) ||
                        !find_number(buffer_bytes(&text), "procs_blocked ", &blocked))) {
        errno = ENODATA;
        result = -1;
    }
    buffer_release(&text);
    *processes = (unsigned)(running - (running > 0) + blocked);
    return result;
}

/* ---- pressure ---- */

/* "some avg10=0.12 avg60=0.10 avg300=0.02 total=1234567": the last one, in microseconds. */
static bool find_total(const char *text, uint64_t *total)
{
    static const char mark[] = " total=";
    const char *at = strncmp(text, "some ", 5) == 0 ? strstr(text, mark) : NULL;
    char *end;
    if (at == NULL)
        return false;
    at += strlen(mark);
    *total = strtoull(at, &end, 10);
    return end != at;
}

struct pressures {
    uint64_t *waited;
    bool known;
};

static bool read_pressures(const char *folder, const char *const files[METER_PRESSURES],
                           uint64_t waited[METER_PRESSURES])
{
    struct buffer text = BUFFER_INIT;
    bool known = false;
    for (unsigned i = 0; i < METER_PRESSURES; i++) {
        waited[i] = 0;
        known =
            (read_text(folder, files[i], &text) == 0 && find_total(buffer_bytes(&text), &waited[i])) || known;
    }
    buffer_release(&text);
    return known;
}

/* The innermost group that tells is ours. */
static void see_pressures(void *context, const char *folder, unsigned version)
{
    static const char *const files[METER_PRESSURES] = {"/cpu.pressure", "/memory.pressure", "/io.pressure"};
    struct pressures *pressures = context;
    if (version == 2 && !pressures->known)
        pressures->known = read_pressures(folder, files, pressures->waited);
}

int meter_pressure(const char *root, uint64_t waited[METER_PRESSURES])
{
    static const char *const files[METER_PRESSURES] = {"/proc/pressure/cpu", "/proc/pressure/memory",
                                                       "/proc/pressure/io"};
    struct pressures pressures = {.waited = waited};
    cgroup_walk(root, NULL, see_pressures, &pressures);
    if (pressures.known || read_pressures(root, files, waited))
        return 0;
    errno = errno == 0 ? ENODATA : errno;
    return -1;
}
