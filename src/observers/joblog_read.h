/*
 * joblog_read: what a log says that was done, in either of its forms.
 *
 * In the columns of GNU parallel a task is known by its Command: its key is task_key_of_line of that,
 * unless a comment behind it says otherwise:
 *
 *     COMMAND # cpool:KEY           the key, of 32 hexadecimal digits
 *     COMMAND # cpool:KEY,again     and it had failed before, in a line further up, which this one stands
 *                                   for, too
 *     COMMAND # cpool:again         the same, and the key is that of COMMAND
 *
 * In JSON these are the members "key" and "again"; its "outcome" says whether it has failed.
 */
#ifndef CPOOL_JOBLOG_READ_H
#define CPOOL_JOBLOG_READ_H

#include "ipc/done_keys.h"
#include "options/options.h"

#define JOBLOG_HEADER "Seq\tHost\tStarttime\tJobRuntime\tSend\tReceive\tExitval\tSignal\tCommand\n"

/* What stands behind a Command. */
#define JOBLOG_MARK  " # cpool:"
#define JOBLOG_AGAIN "again"

/* The file without the '+' that may stand in front of its name; NULL: there is none. */
const char *joblog_path(const struct options *options);

/* A task, as a line tells of it. */
struct joblog_task {
    unsigned char key[HASH_SIZE];
    bool failed;
    bool again;
    uint64_t number;  /* from 1; 0: it says none */
    uint64_t started; /* milliseconds since 1970 */
};

/* Lines without their ends. -1: it is none. */
int joblog_read_columns(const char *line, size_t length, struct joblog_task *task) ATTR_MUST_CHECK;
int joblog_read_json(const char *line, size_t length, struct joblog_task *task) ATTR_MUST_CHECK;

/* Reads a row of a table (--results) in the same way, perhaps without its end: its number, and when it
 * began. */
int joblog_read_row_columns(const char *line, size_t length, char separator,
                            struct joblog_task *task) ATTR_MUST_CHECK;
int joblog_read_row_json(const char *line, size_t length, struct joblog_task *task) ATTR_MUST_CHECK;

/* Whether the log of --joblog has the task with that number and beginning. -1: there is no log, or none that
 * can be read. */
int joblog_knows(const struct options *options, const struct joblog_task *task) ATTR_MUST_CHECK;

/*
 * --resume, --resume-failed: what is to be left out; nothing, where neither is given, or there is no log yet.
 * 0, or the exit status after a message. done_keys_destroy.
 */
int joblog_resume(const struct options *options, struct done_keys *done) ATTR_MUST_CHECK;

/* How a log ends that is to be appended to, and whether it is one. */
struct joblog_end {
    bool is_empty;
    uint64_t whole; /* bytes up to the last end of a line */
    uint64_t torn;  /* and behind that */
};

/* `path` exists. 0, or the exit status after a message: it can't be read, or it is no log of that form. */
int joblog_look(const char *path, bool json, struct joblog_end *end) ATTR_MUST_CHECK;

#endif
