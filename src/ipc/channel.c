#include "ipc/channel.h"

#include "base/io.h"

#include <errno.h>

/* A pipe holds no more than this unless somebody has enlarged it. */
#define READ_SIZE (64 * KIB)

void channel_open(struct channel *channel, int fd)
{
    *channel = (struct channel){.fd = fd, .bytes = BUFFER_INIT};
}

void channel_release(struct channel *channel)
{
    buffer_release(&channel->bytes);
    channel->fd = -1;
}

static void swap(struct buffer *a, struct buffer *b)
{
    struct buffer old = *a;
    *a = *b;
    *b = old;
}

static void borrow_spare(struct channel *channel)
{
    if (channel->spare != NULL && channel->bytes.memory == NULL)
        swap(&channel->bytes, channel->spare);
}

/* No part of a message is held. The spare's owner keeps the memory of one. */
static void return_spare(struct channel *channel)
{
    if (channel->spare == NULL || buffer_length(&channel->bytes) > 0)
        return;
    if (channel->spare->memory == NULL)
        swap(&channel->bytes, channel->spare);
    else
        buffer_release(&channel->bytes);
}

ssize_t channel_fill(struct channel *channel)
{
    borrow_spare(channel);
    ssize_t n = io_read(channel->fd, buffer_reserve(&channel->bytes, READ_SIZE), READ_SIZE);
    if (n > 0) {
        buffer_added(&channel->bytes, (size_t)n);
        channel->received += (uint64_t)n;
    }
    return n;
}

int channel_next(struct channel *channel, struct message *message)
{
    size_t size;
    switch (message_decode(buffer_bytes(&channel->bytes), buffer_length(&channel->bytes), message, &size)) {
    case MESSAGE_COMPLETE:
        buffer_take(&channel->bytes, size);
        return 1;
    case MESSAGE_INCOMPLETE:
        return_spare(channel);
        return 0;
    default:
        errno = EBADMSG;
        return -1;
    }
}

int channel_pass_grant(int fd, uint64_t item)
{
    unsigned char bytes[MESSAGE_HEADER_SIZE];
    message_encode_header(bytes, MESSAGE_PASS_GRANT, 0, item, 0);
    return io_write(fd, bytes, sizeof bytes) < 0 ? -1 : 0;
}

int channel_send(int fd, enum message_type type, uint32_t signal_number)
{
    unsigned char bytes[MESSAGE_HEADER_SIZE + MESSAGE_TERMINATE_SIZE];
    size_t payload = type == MESSAGE_TERMINATE ? MESSAGE_TERMINATE_SIZE : 0;

    message_encode_header(bytes, type, 0, 0, payload);
    message_encode_terminate(bytes + MESSAGE_HEADER_SIZE, signal_number);
    /* Far below PIPE_BUF: all of it is written, or nothing. */
    return io_write(fd, bytes, MESSAGE_HEADER_SIZE + payload) < 0 ? -1 : 0;
}
