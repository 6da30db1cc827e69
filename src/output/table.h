/*
 * table: what there is to say of a task that has ended, with all that it wrote, in one row: an object of
 * JSON, on one line, or a row of values between commas or tabs (RFC 4180), such as GNU parallel's.
 *
 * table_write for each task. Bytes go to `put`, in pieces, so that any amount of output takes constant
 * memory.
 */
#ifndef CPOOL_TABLE_H
#define CPOOL_TABLE_H

#include "base/clock.h"
#include "base/words.h"
#include "ipc/items.h"
#include "ipc/message.h"
#include "output/capture.h"

#define TABLE_ANY SIZE_MAX

enum table_form { TABLE_NONE, TABLE_JSON, TABLE_CSV, TABLE_TSV };

/* Nothing in it is owned. */
struct table_row {
    uint64_t number;     /* from 0 */
    unsigned slot;       /* from 0 */
    unsigned tries;      /* this one included */
    pid_t pid;           /* 0: it had no process */
    nanoseconds started; /* since 1970; 0: it never began */
    const struct message_done *done;
    struct item item;                      /* as given; of several, with blanks between */
    const struct words *fields;            /* the items, or the columns of one */
    struct item command;                   /* as it could be given to a shell */
    uint64_t sent;                         /* bytes that it was given on its standard input */
    const struct capture *output, *errors; /* NULL: nothing is known of it */
};

struct table {
    enum table_form form;
    size_t columns; /* for fields, where each row has as many; TABLE_ANY: as many as there are */
    /* 0, or -1 with errno. */
    int (*put)(void *context, const char *bytes, size_t length);
    void *context;
    bool only_shown;    /* of a task that has not failed, no more than what was known before it ran */
    struct buffer text; /* owned: of the row at hand */
};

/* The row of names, for so many fields, the first of which have names of their own (of JSON: nothing).
 * Appended to `text`. */
void table_header(enum table_form form, const struct item *names, size_t name_count, size_t columns,
                  struct buffer *text);

/* 0, or -1 with errno: of `put`, or because what was kept of the output can't be read. */
int table_write(struct table *table, const struct table_row *row) ATTR_MUST_CHECK;

/*
 * How a task ended, in two numbers as GNU parallel has it: of one that was ended by a signal, 0 and that; of
 * one that took too long, or was lost with its worker, -1 and the signal.
 */
void table_find_exit(const struct message_done *done, int *status, int *signal_number);

/* How a task ended, in a word. */
extern const char *const table_outcomes[OUTCOME_KINDS];

/*
 * For another object of a task: its beginning, up to the process, and what is told of its run, from when it
 * began to how it ended. Of the row this takes only numbers, `started` and `done`.
 */
void table_json_begin(struct buffer *text, const struct table_row *row);
void table_json_ending(struct buffer *text, const struct table_row *row);

void table_release(struct table *table);

#endif
