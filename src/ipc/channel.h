/*
 * channel: messages over a pipe, at the end that reads.
 *
 * Bytes are read into memory of our own before anything in them is believed. The caller closes the
 * descriptor. channel_fill when poll says so; channel_next until it says there is no whole message. What a
 * message points to is good until the next call.
 */
#ifndef CPOOL_CHANNEL_H
#define CPOOL_CHANNEL_H

#include "base/buffer.h"
#include "ipc/message.h"

#include <sys/types.h>

struct channel {
    int fd; /* non-blocking; not owned */
    struct buffer bytes;
    uint64_t received; /* bytes in all */
    struct buffer
        *spare; /* memory that many channels share, who use it in turn; not owned; NULL: there is none */
};

/* With `spare` set after it, a channel that holds no part of a message has no memory of its own. */
void channel_open(struct channel *channel, int fd);
void channel_release(struct channel *channel);

/* One read: bytes that came, 0 at end of file, -1 with EAGAIN while there are none, or another errno. */
ssize_t channel_fill(struct channel *channel) ATTR_MUST_CHECK;

/* 1: *message is the next one. 0: no whole message is there. -1: the stream is corrupt (EBADMSG). */
int channel_next(struct channel *channel, struct message *message) ATTR_MUST_CHECK;

/* Send one message without payload, or with TERMINATE's: 0 or -1 (EAGAIN: the pipe is full, EPIPE). */
int channel_send(int fd, enum message_type type, uint32_t signal_number);

/* Send MESSAGE_PASS_GRANT, which is about one item. */
int channel_pass_grant(int fd, uint64_t item);

#endif
