#include "input/blocks.h"

#include "base/io.h"
#include "base/log.h"
#include "base/platform.h"
#include "input/source.h"
#include "proc/signals.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* How much of a file is looked at, first, for a place to cut. */
#define WINDOW    (64 * KIB)
/* A record that no block of this size holds is too long. */
#define BLOCK_MAX (32 * MIB)

static int say_unreadable(const struct blocks *blocks)
{
    log_error("%s: can't be read any further: %s", blocks->name, strerror(errno));
    return -1;
}

static int say_too_long(const struct blocks *blocks)
{
    log_error("%s: a record is longer than %zu MiB; is what ends a record right (--recend, --recstart)?",
              blocks->name, BLOCK_MAX / MIB);
    return -1;
}

static int say_too_many(const struct blocks *blocks)
{
    log_error("%s: so many records as -N or -L say take more than %zu MiB, which only a regular file may",
              blocks->name, BLOCK_MAX / MIB);
    return -1;
}

/*
 * Nothing was found, which may be because the search was given up: see record_bounds.h. The signal is let in
 * here, since a wait that has something to tell at once lets none in; the pool hears it next.
 */
static bool is_interrupted(const struct blocks *blocks)
{
    if (!blocks->bounds->is_expression || !signals_end_is_pending())
        return false;
    (void)platform_poll(NULL, 0, 0, signals_wait_mask());
    return true;
}

/* ---- a file: where to cut ---- */

/* What has come of it, beside -1, a failure that was told. */
enum { CUT = 0, CUT_INTERRUPTED = 1 };

/* Bytes of the file from `from` up to `to` into the window: how many there are, or -1 after a message. */
static ssize_t look(struct blocks *blocks, uint64_t from, uint64_t to)
{
    size_t wanted = (size_t)(to - from);
    buffer_clear(&blocks->window);
    char *place = buffer_reserve(&blocks->window, wanted);
    ssize_t n = io_read_at(blocks->fd, place, wanted, from);
    if (n < 0)
        return say_unreadable(blocks);
    buffer_added(&blocks->window, (size_t)n); /* fewer where it has become shorter */
    return n;
}

/* What the window from `from` up to `to` is part of. */
static unsigned part_of(const struct blocks *blocks, uint64_t from, uint64_t to)
{
    return (to < blocks->size ? RECORDS_MORE : 0U) | (from > blocks->at ? RECORDS_MIDDLE : 0U);
}

/* The last boundary in front of `target`, looked for backwards in ever larger windows; 0: none. */
static int cut_before(struct blocks *blocks, uint64_t target, uint64_t *cut)
{
    for (uint64_t window = WINDOW;; window *= 4) {
        uint64_t from = target - blocks->at > window ? target - window : blocks->at;
        ssize_t length = look(blocks, from, target);
        if (length < 0)
            return -1;
        size_t boundary = record_bounds_last(blocks->bounds, buffer_bytes(&blocks->window), (size_t)length, 0,
                                             part_of(blocks, from, target));
        if (boundary == 0 && is_interrupted(blocks))
            return CUT_INTERRUPTED;
        *cut = boundary == 0 ? 0 : from + boundary;
        if (boundary != 0 || from == blocks->at)
            return CUT;
    }
}

/* The first boundary behind `from`, which is none; the end of the file where there is none. */
static int cut_behind(struct blocks *blocks, uint64_t from, uint64_t *cut)
{
    size_t seen = 0;
    for (uint64_t window = WINDOW;; window *= 2) {
        uint64_t to = blocks->size - from > window ? from + window : blocks->size;
        /* From the beginning of the block on, so that nothing of what ends a record is missed. */
        ssize_t length = look(blocks, blocks->at, to);
        if (length < 0)
            return -1;
        size_t boundary = record_bounds_next(blocks->bounds, buffer_bytes(&blocks->window), (size_t)length, 0,
                                             seen, part_of(blocks, blocks->at, to));
        if (boundary == 0 && is_interrupted(blocks))
            return CUT_INTERRUPTED;
        seen = (size_t)length;
        *cut = boundary != 0 ? blocks->at + boundary : blocks->size;
        if (boundary == 0 && to - blocks->at > BLOCK_MAX)
            return say_too_long(blocks);
        if (boundary != 0 || to == blocks->size)
            return CUT;
    }
}

/* Behind so many records. */
static int cut_by_count(struct blocks *blocks, uint64_t records, uint64_t *cut)
{
    uint64_t found = 0, done = 0, searched = 0;
    for (uint64_t window = WINDOW; found < records; window *= 2) {
        uint64_t to = blocks->size - blocks->at - done > window ? blocks->at + done + window : blocks->size;
        ssize_t length = look(blocks, blocks->at + done, to);
        if (length < 0)
            return -1;
        size_t next;
        searched = 0;
        while (found < records && (next = record_bounds_next(blocks->bounds, buffer_bytes(&blocks->window),
                                                             (size_t)length, (size_t)searched, 0,
                                                             part_of(blocks, blocks->at + done, to))) != 0) {
            searched = next;
            found++;
        }
        if (found < records && is_interrupted(blocks))
            return CUT_INTERRUPTED;
        done += searched;
        if (searched > 0)
            window = WINDOW;
        if (to == blocks->size)
            break;
        if (window > BLOCK_MAX)
            return say_too_long(blocks);
    }
    *cut = found < records ? blocks->size : blocks->at + done;
    return CUT;
}

static int find_cut(struct blocks *blocks, uint64_t *cut)
{
    uint64_t target = blocks->at + blocks->setup.size;
    if (blocks->setup.records > 0)
        return cut_by_count(blocks, blocks->setup.records, cut);
    *cut = blocks->size;
    if (blocks->size - blocks->at <= blocks->setup.size)
        return CUT;
    int result = cut_before(blocks, target, cut);
    return result != CUT || *cut != 0 ? result : cut_behind(blocks, target, cut);
}

static enum pool_supply take_range(struct blocks *blocks, struct queue_chunk *chunk,
                                   struct arena_block **block)
{
    uint64_t cut = 0;
    if (blocks->at >= blocks->size)
        return POOL_END;
    int result = find_cut(blocks, &cut);
    if (result != CUT)
        return result == CUT_INTERRUPTED ? POOL_WAIT : POOL_BROKEN;
    *block = NULL;
    chunk->offset = blocks->at;
    chunk->length = (size_t)(cut - blocks->at);
    if (chunk->length != cut - blocks->at) {
        log_error(
            "%s: a block would be larger than all memory that a program can have here; ask for fewer records "
            "(-N, -L)",
            blocks->name);
        return POOL_BROKEN;
    }
    chunk->delimiter = ITEMS_RANGE;
    blocks->at = cut;
    return POOL_CHUNK;
}

/* ---- a stream ---- */

static char *place(const struct blocks *blocks, size_t offset)
{
    return arena_bytes(blocks->arena, blocks->block) + offset;
}

/* A block of `size` bytes, with what the one before held from `from` on. */
static enum pool_supply renew(struct blocks *blocks, size_t size, size_t from, bool grow)
{
    size_t begun = blocks->block == NULL ? 0 : blocks->end - from;
    struct arena_block *block = arena_allocate(blocks->arena, size_max(size, 2 * begun), grow);
    if (block == NULL)
        return POOL_FULL;
    if (begun > 0)
        memcpy(arena_bytes(blocks->arena, block), place(blocks, from), begun);
    if (blocks->block != NULL)
        arena_unuse(blocks->arena, blocks->block);
    blocks->block = block;
    blocks->end = begun;
    return POOL_CHUNK;
}

/*
 * One read into the block, or what was read with the header. The memory may be more than the block is to
 * have.
 */
static enum pool_supply read_more(struct blocks *blocks)
{
    size_t room = blocks->block->size - blocks->end;
    if (blocks->end < blocks->setup.size)
        room = size_min(room, blocks->setup.size - blocks->end);
    size_t begun = size_min(buffer_length(&blocks->begun), room);
    if (begun > 0) {
        memcpy(place(blocks, blocks->end), buffer_bytes(&blocks->begun), begun);
        buffer_take(&blocks->begun, begun);
        blocks->end += begun;
        return POOL_CHUNK;
    }
    ssize_t n = io_read(blocks->fd, place(blocks, blocks->end), room);
    if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
        return POOL_WAIT;
    if (n < 0) {
        (void)say_unreadable(blocks);
        return POOL_BROKEN;
    }
    blocks->end += (size_t)n;
    blocks->at_end = n == 0;
    return POOL_CHUNK;
}

/* Where the block that is being filled may be cut; 0: not yet. */
static size_t find_cut_in_stream(struct blocks *blocks)
{
    unsigned part = blocks->at_end ? 0 : RECORDS_MORE;
    size_t seen = blocks->bounds->lines > 1 ? 0 : blocks->seen, next;
    if (blocks->setup.records == 0) {
        if (blocks->end < blocks->setup.size)
            return 0;
        blocks->seen = blocks->end;
        return blocks->end == blocks->setup.size
                   ? record_bounds_last(blocks->bounds, place(blocks, 0), blocks->end, seen, part)
                   : record_bounds_next(blocks->bounds, place(blocks, 0), blocks->end, 0, seen, part);
    }
    for (; blocks->counted < blocks->setup.records; blocks->counted++, blocks->searched = next) {
        next =
            record_bounds_next(blocks->bounds, place(blocks, 0), blocks->end, blocks->searched, seen, part);
        blocks->seen = blocks->end;
        if (next == 0)
            return 0;
    }
    return blocks->searched;
}

static enum pool_supply fill(struct blocks *blocks, const struct pool_want *want, size_t *cut)
{
    bool readable = want->readable || blocks->is_regular;
    for (;;) {
        *cut = blocks->block == NULL || blocks->end == 0 ? 0 : find_cut_in_stream(blocks);
        if (*cut == 0 && is_interrupted(blocks))
            return POOL_WAIT;
        if (*cut == 0 && blocks->at_end)
            *cut = blocks->end;
        if (*cut != 0 || blocks->at_end)
            return *cut != 0 ? POOL_CHUNK : POOL_END;
        if (blocks->block == NULL || blocks->end == blocks->block->size) {
            if (blocks->end >= BLOCK_MAX) {
                (void)(blocks->counted > 0 ? say_too_many(blocks) : say_too_long(blocks));
                return POOL_BROKEN;
            }
            enum pool_supply room = renew(blocks, blocks->setup.size, 0, want->grow);
            if (room != POOL_CHUNK)
                return room;
        }
        bool from_memory = buffer_length(&blocks->begun) > 0;
        if (!readable && !from_memory)
            return POOL_WAIT;
        readable = (readable && from_memory) || blocks->is_regular;
        enum pool_supply result = read_more(blocks);
        if (result != POOL_CHUNK)
            return result;
    }
}

static enum pool_supply take_bytes(struct blocks *blocks, const struct pool_want *want,
                                   struct queue_chunk *chunk, struct arena_block **block)
{
    size_t cut;
    enum pool_supply result = fill(blocks, want, &cut);
    if (result != POOL_CHUNK)
        return result;

    struct arena_block *full = blocks->block;
    size_t end = blocks->end;
    arena_use(full);
    if (end > cut) {
        result = renew(blocks, blocks->setup.size, cut, want->grow);
        if (result != POOL_CHUNK) {
            arena_unuse(blocks->arena, full);
            return result;
        }
    } else {
        arena_unuse(blocks->arena, blocks->block);
        blocks->block = NULL;
        blocks->end = 0;
    }
    blocks->counted = blocks->searched = blocks->seen = 0;
    *block = full;
    chunk->offset = full->offset;
    chunk->length = cut;
    chunk->delimiter = ITEMS_BLOCK;
    return POOL_CHUNK;
}

/* ---- the header ---- */

/* Read on until the first record is there whole; what comes behind it is kept. */
static int read_header(struct blocks *blocks)
{
    for (size_t seen = 0;; seen = buffer_length(&blocks->begun)) {
        char *bytes = buffer_reserve(&blocks->begun, WINDOW);
        ssize_t n = source_read_waiting(blocks->fd, bytes, WINDOW);
        if (n < 0)
            return say_unreadable(blocks);
        buffer_added(&blocks->begun, (size_t)n);
        size_t length = buffer_length(&blocks->begun);
        size_t end = length == 0 ? 0
                                 : record_bounds_next(blocks->bounds, buffer_bytes(&blocks->begun), length, 0,
                                                      seen, n == 0 ? 0 : RECORDS_MORE);
        if (end == 0)
            source_wait(-1); /* a signal that ends the run may have ended the search */
        if (end == 0 && n == 0)
            end = length;
        if (end > 0 || n == 0) {
            buffer_append(&blocks->header, buffer_bytes(&blocks->begun), end);
            buffer_take(&blocks->begun, end);
            return 0;
        }
        if (length > BLOCK_MAX)
            return say_too_long(blocks);
    }
}

/*
 * Files of /proc say that they have no bytes, those of /sys that they have 4096: those that lie have no last
 * one.
 */
static bool has_its_size(int fd, uint64_t left)
{
    char last;
    off_t position = lseek(fd, 0, SEEK_CUR);
    return left > 0 && position >= 0 && io_read_at(fd, &last, 1, (uint64_t)position + left - 1) == 1;
}

int blocks_open(struct blocks *blocks, const char *path, const struct blocks_setup *setup,
                const struct record_bounds *bounds)
{
    uint64_t left;
    *blocks = (struct blocks){.setup = *setup, .bounds = bounds};
    if (source_open_file(path, &blocks->fd, &blocks->name, &blocks->is_regular, &left) < 0)
        return -1;
    blocks->is_file = blocks->is_regular && has_its_size(blocks->fd, left);
    /* Workers have /dev/null for standard input. */
    if (blocks->is_file && blocks->fd == STDIN_FILENO)
        blocks->fd = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3);
    if (!blocks->is_file)
        platform_set_pipe_size(blocks->fd, setup->size);
    off_t position = blocks->is_file ? lseek(blocks->fd, 0, SEEK_CUR) : 0;
    blocks->at = (uint64_t)position;
    blocks->size = blocks->at + left;
    if (setup->header && read_header(blocks) < 0)
        return -1;
    if (blocks->is_file) {
        blocks->at += buffer_length(&blocks->header);
        buffer_release(&blocks->begun);
    }
    return 0;
}

void blocks_close(struct blocks *blocks)
{
    if (blocks->fd != STDIN_FILENO)
        io_close(&blocks->fd);
    buffer_release(&blocks->header);
    buffer_release(&blocks->window);
    buffer_release(&blocks->begun);
}

void blocks_put_back(struct blocks *blocks)
{
    if (blocks->is_file)
        (void)!lseek(blocks->fd, (off_t)blocks->at, SEEK_SET); /* where it is read is not where it stands */
    else
        source_give_back(blocks->fd, blocks->end + buffer_length(&blocks->begun));
    blocks->end = 0;
    buffer_clear(&blocks->begun);
}

/* ---- as the pool sees it ---- */

static enum pool_supply take(void *context, const struct pool_want *want, struct queue_chunk *chunk,
                             struct arena_block **block)
{
    struct blocks *blocks = context;
    chunk->count = chunk->batch = 1;
    return blocks->is_file ? take_range(blocks, chunk, block) : take_bytes(blocks, want, chunk, block);
}

static int watched_fd(void *context)
{
    const struct blocks *blocks = context;
    return blocks->fd;
}

static uint64_t total(void *context)
{
    (void)context;
    return 0;
}

static void start(void *context, struct arena *arena)
{
    struct blocks *blocks = context;
    blocks->arena = arena;
}

struct pool_source blocks_source(struct blocks *blocks)
{
    return (struct pool_source){
        .take = take, .fd = watched_fd, .total = total, .start = start, .context = blocks};
}
