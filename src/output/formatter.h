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
    bool tags;            /* --tag: the tag stands in front of each line */
    bool whole_lines;     /* --line-buffer: a message ends with the end of a line, where it can */
    bool prints;          /* the output itself is sent */
    enum table_form form; /* the row that is sent of each task; TABLE_NONE: none is */
    size_t columns;  /* the table's columns for fields; TABLE_ANY: as many as the first task has, which also
                        writes the header */
    bool only_shown; /* --dry-run: a row has only what is known before the task runs */
    bool has_header; /* the table goes on one that has a header */
    struct folder_tree folders; /* --results DIR; `fd` -1: there is none */
    const char *tmpdir;
    nanoseconds epoch; /* see clock_epoch */
    /* Append the task's tag (one word) and its fields to the lists, which are empty. */
    void (*describe)(void *template, const struct command_task *task, struct words *tag,
                     struct words *fields);
    void *template;
    const struct function *function;    /* NULL: a command */
    const struct command_plan *command; /* NULL: a function */
};

enum { FORMATTER_OUTPUT, FORMATTER_ERRORS, FORMATTER_STREAMS };

struct formatter_stream {
    enum message_type type;
    struct buffer raw;   /* bytes as the task wrote them, not yet looked at */
    struct buffer ready; /* bytes as they are to be sent */
    size_t searched;     /* the first bytes of raw in which no line ends */
    bool in_line;        /* the last byte that became ready did not end a line */
    struct capture kept; /* the whole stream, for a row */
};

struct formatter {
    const struct formatter_plan *plan;
    struct outbox *outbox;
    uint16_t slot; /* the queue's slot with the task's chunk */
    struct command_task task;
    struct words tag, fields;
    struct formatter_stream streams[FORMATTER_STREAMS];
    struct folder folder;
    struct buffer path; /* the folder's path in the tree */
    struct table table;
    struct buffer text;
    bool blocked; /* `ready` found no room in the outbox: nothing more may be taken */
    bool failed;  /* the output can't be kept; that has been said */
};

/* How a task ended. */
struct formatter_end {
    bool cut_off;                    /* the run was ended while it ran: it is not done, and gets no row */
    const struct message_done *done; /* with its times */
    pid_t pid;
    struct item command; /* as it could be given to a shell; of a function: not looked at */
};

void formatter_open(struct formatter *formatter, const struct formatter_plan *plan, struct outbox *outbox);

/* A task of the chunk in `slot` begins. What `task` points to stays as it is until formatter_end. */
int formatter_begin(struct formatter *formatter, uint16_t slot,
                    const struct command_task *task) ATTR_MUST_CHECK;

/* Instead of all that: the task is left out, because an earlier run has done it. */
int formatter_skip(struct formatter *formatter, const struct command_task *task) ATTR_MUST_CHECK;

/* Output of the task: `length` bytes of FORMATTER_OUTPUT or FORMATTER_ERRORS. Waits for room only with
 * `wait`. */
int formatter_take(struct formatter *formatter, int stream, const char *bytes, size_t length,
                   bool wait) ATTR_MUST_CHECK;
/* Send what is ready, as far as there is room. */
int formatter_pump(struct formatter *formatter) ATTR_MUST_CHECK;

/* A task that is only shown has no output but its command line. In a row that is one of its members. */
int formatter_show(struct formatter *formatter, const char *line, size_t length) ATTR_MUST_CHECK;

/* A message of cpool's own about the task, whole lines, in its error stream: it gets no tag. */
int formatter_say(struct formatter *formatter, const char *text, size_t length) ATTR_MUST_CHECK;

/* The task has ended: send what is left, waiting for room. */
int formatter_end(struct formatter *formatter, const struct formatter_end *end) ATTR_MUST_CHECK;

/*
 * In the parent: append the row of a task whose worker is gone to `text`, if rows are written at all. What
 * the task had written is lost with the worker.
 */
void formatter_tell_lost(const struct formatter_plan *plan, const struct command_task *task,
                         const struct formatter_end *end, struct buffer *text);

#endif
