/*
 * source: one list of items, from words or from a file, taken one by one.
 *
 * This is the general way; where all items come from one file and each is a task, input.h hands them on in
 * blocks.
 *
 * source_words or source_open, then source_next until END, then source_close.
 */
#ifndef CPOOL_SOURCE_H
#define CPOOL_SOURCE_H

#include "base/buffer.h"
#include "ipc/items.h"
#include "template/columns.h"

#include <sys/types.h>

/* How the items of files are told apart, and which one is the last. */
struct source_format {
    unsigned char delimiter;
    bool quoted;      /* --csv: a delimiter between double quotes is part of the item */
    char separator;   /* of the fields, then: behind it a quote opens */
    bool unsplit;     /* nobody cuts the rows into fields: a quote that is not closed ends the run */
    const char *stop; /* -E: the list ends before the item that is this; NULL: it does not */
};

/*
 * The mark that some programs begin a text in UTF-8 with (its byte order mark) is no part of the first item
 * of a file, unless items end in NUL: those are any bytes. So many bytes of it stand at the start of a list;
 * -1: it takes more to know.
 */
int source_mark_length(unsigned char delimiter, const char *bytes, size_t length);

struct source {
    struct source_format format;
    char **words; /* not owned; NULL: a file */
    size_t word_count, next_word;
    int fd;                   /* owned unless it is standard input; -1: words */
    const char *name;         /* of the file, for messages; not owned */
    bool regular;             /* reading never waits */
    struct buffer bytes;      /* read and not yet taken */
    size_t taken;             /* bytes of it that the last item took */
    size_t searched;          /* so many of it hold no end of an item */
    enum columns_place place; /* where the search stands, with `quoted` */
    uint64_t lines;           /* of the file, in front of the bytes, with `quoted` */
    bool unclosed;            /* the last item ends with the file, within quotes; that has been said */
    bool is_copy;             /* it only counts, and tells nothing */
    bool at_end;              /* of the file */
    bool is_begun;            /* whether a mark stands in front is known, and it is taken off */
    bool ended;
};

enum source_result {
    SOURCE_ITEM,
    SOURCE_WAIT, /* nothing is at hand: again when `fd` is readable */
    SOURCE_END,
    SOURCE_BROKEN, /* reading failed, which has been said */
};

/* The longest item from a file. */
#define SOURCE_ITEM_MAX (16 * MIB)

void source_words(struct source *source, const struct source_format *format, char **words, size_t count);

/* `path` may be "-", standard input. 0, or -1 after a message. */
int source_open(struct source *source, const struct source_format *format, const char *path) ATTR_MUST_CHECK;
void source_close(struct source *source);

/*
 * Whoever reads standard input behind us goes on where we have stopped, if it is a file: what was read and
 * not taken counts as not read. For the end of the run, however it came; source_give_back does it for any
 * `count` of bytes.
 */
void source_put_back(struct source *source);
void source_give_back(int fd, size_t count);

/*
 * Whether `path` is the pipe, socket or terminal that this source reads: what one of two gets, the other
 * would miss.
 */
bool source_reads(const struct source *source, const char *path) ATTR_MUST_CHECK;

/* Only the descriptor, in a child that is not to hold it. */
void source_close_fd(struct source *source);

/* How many items a regular file still has, by reading it a second time; false where that can't be known. */
bool source_count(const struct source *source, uint64_t *count) ATTR_MUST_CHECK;

/* The next item, good until the next call. `readable`: one read won't block. */
enum source_result source_next(struct source *source, bool readable, struct item *item) ATTR_MUST_CHECK;

/* One read, waited for as below. */
ssize_t source_read_waiting(int fd, void *bytes, size_t count) ATTR_MUST_CHECK;

/*
 * For what must be known before the run begins: wait until the descriptor can be read; -1: do not wait. A
 * signal that would end the run ends it here.
 */
void source_wait(int fd);

/* Open a file of items and see what it is, for this module and input: 0, or -1 after a message. */
int source_open_file(const char *path, int *fd, const char **name, bool *regular,
                     uint64_t *size) ATTR_MUST_CHECK;

#endif
