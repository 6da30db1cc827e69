/*
 * stdin_writer: what a task reads on its standard input, written as it takes it.
 *
 * stdin_writer_open gives the end for the task; the other one is watched for writing (stdin_writer_fd), and
 * stdin_writer_pump writes until the task takes no more for now, or nothing is left, when it closes its end
 * (or waits for stdin_writer_add); stdin_writer_close at any time. A task that does not read all of it is
 * none of our business.
 */
#ifndef CPOOL_STDIN_WRITER_H
#define CPOOL_STDIN_WRITER_H

#include "base/base.h"

/* A text, and behind it bytes in memory or a range of a file. */
struct stdin_writer_source {
    const char *header;
    size_t header_length;
    const char *bytes; /* NULL: the range */
    int file;
    uint64_t offset;
    size_t length;
};

struct stdin_writer {
    int fd;          /* the end that is written to; -1: closed */
    bool stays_open; /* there may be more to come: see stdin_writer_add */
    int reader;      /* after stdin_writer_end: the pipe's other end, to see what is not read; -1: none */
    size_t unread;   /* where it stays open: bytes that were in the pipe when our end was closed */
    struct stdin_writer_source left;
    char *held; /* owned: bytes of a file that could not be spliced */
    size_t held_from, held_to;
};

/* The task's end, or -1 with errno. */
int stdin_writer_open(struct stdin_writer *stdin_writer,
                      const struct stdin_writer_source *source) ATTR_MUST_CHECK;

/* 0, or -1 with errno when the file can't be read: ENODATA where it has become shorter. */
int stdin_writer_pump(struct stdin_writer *stdin_writer) ATTR_MUST_CHECK;

void stdin_writer_close(struct stdin_writer *stdin_writer);

/* There is no more. Unlike stdin_writer_close it goes on to be known what of it is not read:
 * stdin_writer_unread, once, when the reader is gone. */
void stdin_writer_end(struct stdin_writer *stdin_writer);
size_t stdin_writer_unread(struct stdin_writer *stdin_writer);

/* All is written and the end is still open, which `stays_open` has asked for: this comes next. */
void stdin_writer_add(struct stdin_writer *stdin_writer, const struct stdin_writer_source *source);

/* Open, and not all is written. */
static inline bool stdin_writer_has_more(const struct stdin_writer *stdin_writer)
{
    return stdin_writer->fd >= 0 && (stdin_writer->left.header_length > 0 || stdin_writer->left.length > 0 ||
                                     !stdin_writer->stays_open);
}

#endif
