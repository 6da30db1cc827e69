/*
 * formatter: what a worker does to the output of a task before it sends it on, where the user has asked for
 * that: a tag in front of each line (--tag), whole lines (--line-buffer), one row of all of it (--json,
 * tables of --results), files (--results DIR).
 *
 * A worker has one, for the task at hand. formatter_open once; then for each try of a task formatter_begin;
 * formatter_take as output comes; formatter_pump where it could not be sent for want of room; formatter_end
 * before the DONE message. In a run without any of these options there is no formatter, and output goes
 * straight to the outbox.
 *
 * Calls that return an int return 0, or -1: either the parent is gone (EPIPE), or the output can't be kept,
 * which has been said: then `failed` is set, and the worker must end with WORKER_CANT_KEEP.
 */
#ifndef CPOOL_FORMATTER_H
#define CPOOL_FORMATTER_H

#include "ipc/outbox.h"
#include "output/capture.h"
#include "output/folder.h"
#include "output/table.h"
#include "task/task.h"

/* Bytes of output that formatter_take is given at most. */
#define FORMATTER_TAKE_MAX (64 * KIB)

/* Set up by the parent before the fork, only read by workers. */
struct formatter_plan {
    bool tags;            /* each line begins with the tag */
    bool whole_lines;     /* what is sent ends with a line, where it can */
    bool prints;          /* the output itself is sent */
    enum table_form form; /* or one row of each task */
    size_t columns;  /* of tables: for fields; TABLE_ANY: as many as there are, and the first task tells the
                        header */
    bool only_shown; /* tasks are not run: a row has no more than what is known before */
    bool has_header; /* which there is already: the table goes on */
    struct folder_tree folders; /* of --results DIR; `fd` -1: there is none */
    const char *tmpdir;
    nanoseconds epoch; /* see clock_epoch */
    /* What a task's tag is, and its fields. Both lists are empty before; the tag is one word. */
    void (*describe)(void *template, const struct command_task *task, struct words *tag,
                     struct words *fields);
    void *template;
    const struct function *function;    /* NULL: a command */
    const struct command_plan *command; /* NULL: a function */
};

enum { FORMATTER_OUTPUT, FORMATTER_ERRORS, FORMATTER_STREAMS };

struct formatter_stream {
    enum message_type type;
    struct buffer raw;   /* as it came, */
    struct buffer ready; /* and as it is to be sent */
    size_t searched;     /* of it, no end of a line is in the first so many bytes */
    bool in_line;        /* the last byte that became ready did not end a line */
    struct capture kept; /* all of it, for a row */
};

struct formatter {
    const struct formatter_plan *plan;
    struct outbox *outbox;
    uint16_t slot; /* of the chunk */
    struct command_task task;
    struct words tag, fields;
    struct formatter_stream streams[FORMATTER_STREAMS];
    struct folder folder;
    struct buffer path; /* of that, in the tree */
    struct table table;
    struct buffer text;
    bool blocked; /* something is ready that found no room: nothing more is to be taken */
    bool failed;
};

/* How a task ended. */
struct formatter_end {
    bool cut_off; /* it was ended with the run: what it did is not done, and there is no row of it */
    const struct message_done *done; /* with its times */
    pid_t pid;
    struct item command; /* as it could be given to a shell; of a function: not looked at */
};

void formatter_open(struct formatter *formatter, const struct formatter_plan *plan, struct outbox *outbox);

/* A task of the chunk in `slot` begins. What `task` points to stays as it is until formatter_end. */
int formatter_begin(struct formatter *formatter, uint16_t slot,
                    const struct command_task *task) ATTR_MUST_CHECK;

/* Or it is left out, since it was done before this run. */
int formatter_skip(struct formatter *formatter, const struct command_task *task) ATTR_MUST_CHECK;

/* Never waits, unless `wait`. */
int formatter_take(struct formatter *formatter, int stream, const char *bytes, size_t length,
                   bool wait) ATTR_MUST_CHECK;
/* Send what is ready, as far as there is room. */
int formatter_pump(struct formatter *formatter) ATTR_MUST_CHECK;

/* A task that is only shown has no output but its command line. In a row that is one of its members. */
int formatter_show(struct formatter *formatter, const char *line, size_t length) ATTR_MUST_CHECK;

/* Something that cpool itself says of the task, among its errors: whole lines, which get no tag. */
int formatter_say(struct formatter *formatter, const char *text, size_t length) ATTR_MUST_CHECK;

/* It has ended: what is left is sent, waiting for room. */
int formatter_end(struct formatter *formatter, const struct formatter_end *end) ATTR_MUST_CHECK;

/*
 * In the parent: the row of a task whose worker is gone, appended to `text`; nothing where there are none.
 * What it had written is gone with it.
 */
void formatter_tell_lost(const struct formatter_plan *plan, const struct command_task *task,
                         const struct formatter_end *end, struct buffer *text);

#endif
