#include "input/input.h"

#include "base/io.h"
#include "base/log.h"
#include "input/source.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#define BLOCK_SIZE   (256 * KIB)
/* Up to so many items their ends are looked for one by one; beyond that it is bytes that are cut, and
 * counted. */
#define COUNT_SINGLY 32
/* A larger file is not read twice. */
#define TWICE_MAX    (256 * MIB)
/* Bytes counted at a time; fewer than a byte can count. */
#define STRIP        128

int input_open(struct input *input, const char *path, unsigned char delimiter)
{
    *input = (struct input){.delimiter = delimiter, .block_size = BLOCK_SIZE};
    return source_open_file(path, &input->fd, &input->name, &input->regular, &input->left_in_file);
}

void input_close(struct input *input)
{
    if (input->fd != STDIN_FILENO)
        io_close(&input->fd);
    ahead_release(&input->ahead);
}

void input_put_back(struct input *input)
{
    source_give_back(input->fd, input->end - input->start);
    input->start = input->end;
}

void input_set_block_size(struct input *input, size_t size)
{
    input->block_size = size;
}

/* ---- a file ---- */

static char *at_offset(const struct input *input, size_t offset)
{
    return arena_bytes(input->arena, input->block) + offset;
}

static void drop_block(struct input *input)
{
    if (input->block != NULL)
        arena_unuse(input->arena, input->block);
    input->block = NULL;
    input->start = input->whole = input->end = 0;
}

/* Room behind `end`: in this block, or in a new one to which the begun item moves. */
static enum pool_supply make_room(struct input *input, bool grow)
{
    size_t begun = input->end - input->start;
    if (input->block != NULL && input->end < input->block->size)
        return POOL_CHUNK;
    if (begun >= SOURCE_ITEM_MAX) {
        log_error("%s: an item is longer than %zu MiB; is the delimiter right (-0, -d)?", input->name,
                  SOURCE_ITEM_MAX / MIB);
        return POOL_BROKEN;
    }
    struct arena_block *block = arena_allocate(input->arena, size_max(input->block_size, 2 * begun), grow);
    if (block == NULL)
        return POOL_FULL;
    if (begun > 0)
        memcpy(arena_bytes(input->arena, block), at_offset(input, input->start), begun);
    drop_block(input);
    input->block = block;
    input->end = begun;
    return POOL_CHUNK;
}

/* Where it takes more to know, there is no whole item yet. */
static void leave_mark_out(struct input *input)
{
    int length = input->is_begun ? 0
                                 : source_mark_length(input->delimiter, at_offset(input, input->start),
                                                      input->end - input->start);
    input->is_begun = input->is_begun || length >= 0;
    if (length <= 0)
        return;
    input->start += (size_t)length;
    input->whole = size_max(input->whole, input->start);
}

static enum pool_supply read_block(struct input *input, bool grow)
{
    enum pool_supply room = make_room(input, grow);
    if (room != POOL_CHUNK)
        return room;

    size_t wanted = input->block->size - input->end;
    char *place = at_offset(input, input->end);
    ssize_t n = ahead_has(&input->ahead) ? ahead_take(&input->ahead, place, wanted)
                                         : io_read(input->fd, place, wanted);
    if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
        return POOL_WAIT;
    if (n < 0) {
        log_error("%s: can't be read any further: %s", input->name, strerror(errno));
        return POOL_BROKEN;
    }
    if (n == 0) {
        input->at_end = true;
        input->whole = input->end;
        return POOL_CHUNK;
    }
    const char *last = items_find_last(at_offset(input, input->end), input->delimiter, (size_t)n);
    input->end += (size_t)n;
    input->left_in_file -= uint64_min((uint64_t)n, input->left_in_file);
    if (last != NULL)
        input->whole = (size_t)(last + 1 - at_offset(input, 0));
    leave_mark_out(input);
    return POOL_CHUNK;
}

/* The inner loop is one that compilers turn into vector instructions: of a fixed length, with sums of a
 * byte. */
static uint32_t count_bytes(const char *bytes, size_t length, unsigned char wanted)
{
    uint32_t count = 0;
    for (; length >= STRIP; bytes += STRIP, length -= STRIP) {
        uint8_t found = 0;
        for (size_t i = 0; i < STRIP; i++)
            found = (uint8_t)(found + ((unsigned char)bytes[i] == wanted));
        count += found;
    }
    for (size_t i = 0; i < length; i++)
        count += (unsigned char)bytes[i] == wanted;
    return count;
}

/* Items in `length` bytes that end with an item's end. */
static uint32_t count_items(const struct input *input, const char *bytes, size_t length)
{
    bool open_end = (unsigned char)bytes[length - 1] != input->delimiter;
    return count_bytes(bytes, length, input->delimiter) + open_end;
}

/* The length of the first items, at most `most` of them and `bytes` bytes but at least one. *count: items. */
static size_t cut_singly(const struct input *input, uint64_t most, size_t bytes, uint32_t *count)
{
    const char *start = at_offset(input, input->start), *end = at_offset(input, input->whole), *at = start;

    for (*count = 0; at < end && *count < most && (*count == 0 || (size_t)(at - start) < bytes); (*count)++) {
        const char *delimiter = memchr(at, input->delimiter, (size_t)(end - at));
        at = delimiter == NULL ? end : delimiter + 1;
    }
    return (size_t)(at - start);
}

static size_t cut_in_bulk(const struct input *input, size_t bytes, uint32_t *count)
{
    const char *start = at_offset(input, input->start);
    size_t length = input->whole - input->start;

    if (bytes < length) {
        const char *last = items_find_last(start, input->delimiter, bytes);
        if (last == NULL)
            return cut_singly(input, 1, 0, count);
        length = (size_t)(last + 1 - start);
    }
    *count = count_items(input, start, length);
    return length;
}

/* Cut a chunk off what is whole; false when no whole item is there. */
static bool cut_chunk(struct input *input, const struct pool_want *want, struct queue_chunk *chunk)
{
    size_t whole = input->whole - input->start;
    if (whole == 0)
        return false;

    uint64_t at_hand = whole + input->left_in_file;
    size_t bytes = (size_t)(at_hand / want->share < want->bytes ? at_hand / want->share : want->bytes);
    uint32_t items;
    size_t length;
    if (want->tasks < COUNT_SINGLY || want->bytes == SIZE_MAX) {
        length = cut_singly(input, want->tasks, bytes, &items);
    } else {
        /* As many bytes as so many items took last time, or a bit less; how many they are is found out by
         * counting. */
        double about = want->tasks * input->item_size * 7 / 8;
        if (input->item_size > 0 && about < (double)bytes)
            bytes = (size_t)about + 1;
        length = cut_in_bulk(input, bytes, &items);
        if (items > want->tasks)
            length = cut_singly(input, want->tasks, SIZE_MAX, &items);
    }
    input->item_size = (double)length / items;
    chunk->count = items;
    chunk->batch = 1;
    chunk->offset = input->block->offset + input->start;
    chunk->length = length;
    chunk->delimiter = input->delimiter;
    return true;
}

/* ---- how many there will be ---- */

/* From where the file stands. 0: it could not be read. */
static uint64_t count_file(const struct input *input)
{
    static char bytes[BLOCK_SIZE];
    uint64_t count = 0;
    off_t at = lseek(input->fd, 0, SEEK_CUR);
    char last = (char)input->delimiter;
    for (ssize_t n; at >= 0 && (n = io_read_at(input->fd, bytes, sizeof bytes, (uint64_t)at)) != 0; at += n) {
        if (n < 0)
            return 0;
        count += count_bytes(bytes, (size_t)n, input->delimiter);
        last = bytes[n - 1];
    }
    return count + ((unsigned char)last != input->delimiter);
}

void input_count(struct input *input, bool ahead)
{
    if (input->total > 0)
        return;
    if (!input->regular)
        input->ahead.wanted = ahead;
    else if (input->left_in_file <= TWICE_MAX)
        input->total = count_file(input);
}

/* The end has been seen: what was handed out, and what is here. */
static uint64_t count_rest(const struct input *input)
{
    size_t length, here = input->end - input->start;
    const char *rest = ahead_bytes(&input->ahead, &length);
    uint64_t count = input->handed + count_bytes(rest, length, input->delimiter);
    if (here > 0)
        count += count_bytes(at_offset(input, input->start), here, input->delimiter);
    if (length == 0 && here == 0)
        return count;
    char last = length > 0 ? rest[length - 1] : *at_offset(input, input->end - 1);
    return count + ((unsigned char)last != input->delimiter);
}

/* ---- as the pool sees it ---- */

static enum pool_supply take(void *context, const struct pool_want *want, struct queue_chunk *chunk,
                             struct arena_block **block)
{
    struct input *input = context;
    ahead_read(&input->ahead, input->fd);
    bool readable = want->readable || input->regular || ahead_has(&input->ahead);

    while (!cut_chunk(input, want, chunk)) {
        if (input->at_end) {
            drop_block(input);
            return POOL_END;
        }
        if (!readable)
            return POOL_WAIT;
        enum pool_supply result = read_block(input, want->grow);
        if (result != POOL_CHUNK)
            return result;
        readable = input->regular || ahead_has(&input->ahead);
    }
    *block = input->block;
    arena_use(*block);
    input->start += chunk->length;
    input->handed += chunk->count;
    return POOL_CHUNK;
}

static int watched_fd(void *context)
{
    const struct input *input = context;
    return input->fd;
}

static uint64_t total(void *context)
{
    struct input *input = context;
    ahead_read(&input->ahead, input->fd); /* whether or not anything is wanted yet */
    if (input->total == 0 && input->ahead.ended)
        input->total = count_rest(input);
    return input->total;
}

static void start(void *context, struct arena *arena)
{
    struct input *input = context;
    input->arena = arena;
}

struct pool_source input_source(struct input *input)
{
    return (struct pool_source){
        .take = take, .fd = watched_fd, .total = total, .start = start, .context = input};
}
