/*
 * feeder: what a task reads on its standard input, written as it takes it.
 *
 * feeder_open gives the end for the task; the other one is watched for writing (feeder_fd), and feeder_pump writes until
 * the task takes no more for now, or nothing is left, when it closes its end (or waits for feeder_add); feeder_close at any time.
 * A task that does not read all of it is none of our business.
 */
#ifndef CPOOL_FEEDER_H
#define CPOOL_FEEDER_H

#include "base/base.h"

/* A text, and behind it bytes in memory or a range of a file. */
struct feeder_source {
    const char *header;
    size_t header_length;
    const char *bytes; /* NULL: the range */
    int file;
    uint64_t offset;
    size_t length;
};

struct feeder {
    int fd;          /* the end that is written to; -1: closed */
    bool stays_open; /* there may be more to come: see feeder_add */
    int reader;      /* after feeder_end: the pipe's other end, to see what is not read; -1: none */
    size_t unread;   /* where it stays open: bytes that were in the pipe when our end was closed */
    struct feeder_source left;
    char *held; /* owned: bytes of a file that could not be spliced */
    size_t held_from, held_to;
};

/* The task's end, or -1 with errno. */
int feeder_open(struct feeder *feeder, const struct feeder_source *source) ATTR_MUST_CHECK;

/* 0, or -1 with errno when the file can't be read: ENODATA where it has become shorter. */
int feeder_pump(struct feeder *feeder) ATTR_MUST_CHECK;

void feeder_close(struct feeder *feeder);

/* There is no more. Unlike feeder_close it goes on to be known what of it is not read: feeder_unread, once, when the reader is gone. */
void feeder_end(struct feeder *feeder);
size_t feeder_unread(struct feeder *feeder);

/* All is written and the end is still open, which `stays_open` has asked for: this comes next. */
void feeder_add(struct feeder *feeder, const struct feeder_source *source);

/* Open, and not all is written. */
static inline bool feeder_has_more(const struct feeder *feeder)
{
    return feeder->fd >= 0 &&
           (feeder->left.header_length > 0 || feeder->left.length > 0 || !feeder->stays_open);
}

#endif
