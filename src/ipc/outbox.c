#include "ipc/outbox.h"

#include "base/buffer.h"
#include "base/io.h"
#include "base/platform.h"

#include <assert.h>
#include <errno.h>
#include <poll.h>
#include <string.h>

/* ---- the packed words ---- */

static uint64_t pack_committed(uint32_t total, size_t end)
{
    return (uint64_t)total << 32 | (uint64_t)end;
}

#define PROGRESS_RUNNING ((uint64_t)1 << 32)

static uint64_t pack_progress(uint32_t done, bool running, size_t bytes)
{
    return (uint64_t)done << 33 | (running ? PROGRESS_RUNNING : 0) | (uint64_t)bytes;
}

/* ---- messages ---- */

void outbox_open(struct outbox *outbox, struct outbox_memory memory, int fd)
{
    *outbox = (struct outbox){.shared = memory.words, .bytes = memory.bytes, .fd = fd};
}

static void start_over(struct outbox *outbox)
{
    outbox->written = outbox->end = outbox->payload = 0;
}

int outbox_flush(struct outbox *outbox)
{
    while (outbox_pending(outbox)) {
        FAULT_POINT(before_first_byte);
        FAULT_FRAME(outbox->fd, outbox->bytes + outbox->written, outbox->end - outbox->written);
        ssize_t n = io_write(outbox->fd, outbox->bytes + outbox->written, outbox->end - outbox->written);
        if (n < 0)
            return errno == EAGAIN || errno == EWOULDBLOCK ? 1 : -1;
        outbox->written += (size_t)n;
    }
    /* What is written need not be kept. An open message stays where it is; the next one starts at the
     * front. */
    if (outbox->payload == outbox->end)
        start_over(outbox);
    return 0;
}

int outbox_flush_wait(struct outbox *outbox)
{
    for (;;) {
        int result = outbox_flush(outbox);
        if (result <= 0)
            return result;
        struct pollfd road = {.fd = outbox->fd, .events = POLLOUT};
        if (platform_poll(&road, 1, -1, NULL) < 0 && errno != EINTR)
            return -1;
    }
}

int outbox_make_room(struct outbox *outbox, size_t need)
{
    assert(outbox->payload == outbox->end && need <= OUTBOX_SIZE - MESSAGE_HEADER_SIZE);
    bool has_room = OUTBOX_SIZE - outbox->end >= MESSAGE_HEADER_SIZE + need;
    return has_room ? 0 : outbox_flush_wait(outbox);
}

int outbox_begin(struct outbox *outbox, enum message_type type, uint16_t slot, uint64_t item, size_t need)
{
    if (outbox_make_room(outbox, need) < 0)
        return -1;
    outbox->type = type;
    outbox->slot = slot;
    outbox->item = item;
    outbox->payload = outbox->end + MESSAGE_HEADER_SIZE;
    return 0;
}

void outbox_cancel(struct outbox *outbox)
{
    outbox->payload = outbox->end;
}

void outbox_commit(struct outbox *outbox)
{
    size_t length = outbox->payload - outbox->end - MESSAGE_HEADER_SIZE;
    if (length == 0 && (outbox->type == MESSAGE_OUTPUT || outbox->type == MESSAGE_ERRORS)) {
        outbox_cancel(outbox);
        return;
    }
    message_encode_header((unsigned char *)outbox->bytes + outbox->end, outbox->type, outbox->slot,
                          outbox->item, length);
    outbox->total += (uint32_t)(outbox->payload - outbox->end);
    outbox->end = outbox->payload;
    if (outbox->withheld)
        return;
    atomic_store_explicit(&outbox->shared->committed, pack_committed(outbox->total, outbox->end),
                          memory_order_release);
    FAULT_POINT(after_result);
}

int outbox_send(struct outbox *outbox, enum message_type type, uint16_t slot, uint64_t item,
                const void *bytes, size_t length)
{
    const char *rest = bytes;
    do {
        size_t piece = size_min(length, OUTBOX_SIZE / 2);
        if (outbox_begin(outbox, type, slot, item, piece) < 0)
            return -1;
        if (piece != 0)
            memcpy(outbox_place(outbox), rest, piece);
        outbox_added(outbox, piece);
        outbox_commit(outbox);
        length -= piece;
        rest = length > 0 ? rest + piece : NULL;
    } while (length > 0);
    return 0;
}

/* ---- a run of small items ---- */

static void store_progress(struct outbox *outbox, bool running)
{
    size_t bytes =
        outbox->results_open ? outbox->payload - outbox->end - MESSAGE_HEADER_SIZE - MESSAGE_RESULTS_SIZE : 0;
    atomic_store_explicit(&outbox->shared->progress, pack_progress(outbox->done, running, bytes),
                          memory_order_release);
}

void outbox_chunk(struct outbox *outbox)
{
    assert(!outbox->results_open);
    outbox->done = 0;
    store_progress(outbox, false);
}

int outbox_item_begin(struct outbox *outbox, uint16_t slot, uint64_t item)
{
    if (!outbox->results_open) {
        if (outbox_begin(outbox, MESSAGE_RESULTS, slot, item, OUTBOX_SIZE / 4) < 0)
            return -1;
        outbox_added(outbox, MESSAGE_RESULTS_SIZE);
        atomic_store_explicit(&outbox->shared->results, (uint32_t)outbox->end, memory_order_relaxed);
        outbox->open_from = outbox->done;
        outbox->results_open = true;
    }
    store_progress(outbox, true);
    return 0;
}

void outbox_item_done(struct outbox *outbox)
{
    outbox->done++;
    store_progress(outbox, false);
}

void outbox_end_results(struct outbox *outbox)
{
    if (!outbox->results_open)
        return;
    outbox->results_open = false;
    uint32_t count = outbox->done - outbox->open_from;
    if (count == 0) {
        outbox_cancel(outbox);
        return;
    }
    message_encode_results((unsigned char *)outbox->bytes + outbox->end + MESSAGE_HEADER_SIZE, count);
    outbox_commit(outbox);
}

void outbox_item_started(struct outbox *outbox)
{
    store_progress(outbox, true);
}

void outbox_item_not_started(struct outbox *outbox)
{
    store_progress(outbox, false);
}

void outbox_item_told(struct outbox *outbox)
{
    outbox->done++;
    store_progress(outbox, false);
}

/* ---- the parent ---- */

static int impossible(void)
{
    errno = EBADMSG;
    return -1;
}

int outbox_recover(struct outbox_memory memory, uint64_t received, struct buffer *stream)
{
    uint64_t committed = atomic_load_explicit(&memory.words->committed, memory_order_acquire);
    uint32_t missing = (uint32_t)(committed >> 32) - (uint32_t)received;
    uint32_t end = (uint32_t)committed;

    if (end > OUTBOX_SIZE || missing > end)
        return impossible();
    buffer_append(stream, memory.bytes + end - missing, missing);
    return 0;
}

int outbox_recover_items(struct outbox_memory memory, uint32_t count, uint32_t told, uint32_t *done,
                         bool *running, struct buffer *output)
{
    uint64_t progress = atomic_load_explicit(&memory.words->progress, memory_order_acquire);
    uint32_t results = atomic_load_explicit(&memory.words->results, memory_order_relaxed);
    uint32_t bytes = (uint32_t)progress;

    *done = (uint32_t)(progress >> 33);
    *running = (progress & PROGRESS_RUNNING) != 0;
    if (*done > count || (*running && *done == count))
        return impossible();
    if (*done <= told) {
        /* All that the open message held was committed since, or there was nothing in it. */
        *running = *running && *done == told;
        *done = told;
        return 0;
    }
    size_t payload = (size_t)results + MESSAGE_HEADER_SIZE + MESSAGE_RESULTS_SIZE;
    if (payload > OUTBOX_SIZE || bytes > OUTBOX_SIZE - payload)
        return impossible();
    buffer_append(output, memory.bytes + payload, bytes);
    return 0;
}
