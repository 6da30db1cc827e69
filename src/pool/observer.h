/*
 * observer: whoever is told of the tasks of a run: the job log, the bar, the trace, the summary.
 *
 * An observer is a table of functions for named events and a context. Order of events: `input` once, before
 * anything is started; `begun` and `ended` for each try of each task; `note` when all output of a task is
 * out; `tick` when it is due; `stop` before a ^Z; `close` once, when nothing runs any more, however the run
 * ended.
 *
 * struct observers is the list that the pool tells: observers_add while it is set up, in the order in which
 * they are told; observers_close at the end. An observer's context belongs to the observer, whose `close`
 * frees it.
 */
#ifndef CPOOL_OBSERVER_H
#define CPOOL_OBSERVER_H

#include "base/buffer.h"
#include "base/clock.h"
#include "ipc/done_keys.h"
#include "ipc/items.h"
#include "ipc/message.h"

#include <sys/types.h>

struct pool_report;

/* What became of one try of a task. */
enum observed_fate {
    OBSERVED_ENDED,   /* for good: nothing more is heard of it */
    OBSERVED_AGAIN,   /* it failed, and will be tried again */
    OBSERVED_CUT_OFF, /* it was ended with the run: what it did is not done */
};

/* A task, as an observer is told of it. Nothing in it is owned, or good for longer than the call. */
struct observed_task {
    uint64_t number; /* from 0 */
    unsigned slot;   /* of {%}, from 0 */
    unsigned tries;  /* of one that has ended: this one included; at least 1 */
    pid_t pid;       /* of the process that does it; 0: it never had one, or none is known */
    nanoseconds started;
    const unsigned char *key; /* MESSAGE_KEY_SIZE bytes, see task/task_key.h */
    struct item item;         /* as given, perhaps cut; of several, with blanks between; of a block, empty */
    struct item command;      /* as it could be given to a shell, perhaps cut; empty where it is not known */
    struct items items; /* what it was made of, in shared memory; bytes NULL: a range of a file, or gone */
    uint64_t offset;    /* of the range */
    const struct message_done *done; /* how it ended, with its times; NULL: it has just begun */
    enum observed_fate fate;
    struct buffer *note; /* bytes appended here are given to `note` when the task's output is out; NULL:
                            output may go before the task's end */
};

/* How far the run is. Where a command reads block after block, `done` and `total` are blocks. */
struct observed_status {
    uint64_t done, failed; /* tasks that have ended for good, and of these the failed ones */
    uint64_t skipped;      /* tasks that an earlier run had done; not among those */
    uint64_t total;        /* tasks that there will be; 0: not known */
    unsigned running;      /* tasks that run, as far as it is known */
    unsigned jobs;         /* workers wanted at most */
};

/* What is known of the input when it has been opened. Nothing in it is owned; it is good until `close`. */
struct observed_input {
    const struct done_keys *done; /* what earlier runs had done */
    const char *header;   /* the first line of the only source, or what stands in front of each block */
    size_t header_length; /* with its end; 0: there is none */
    char separator;       /* --csv: between the fields of a row */
    int file;             /* the file that blocks are ranges of; -1: they are not */
    bool joins_items;     /* a task gets one text, of all its items with blanks between */
};

/* Any function may be NULL: the event is nothing to it. Times are of the monotonic clock. */
struct observer {
    void (*input)(void *context, const struct observed_input *input);
    /* Return 0, or -1 after a message: what must be told can't be, and the run ends with status 125. */
    int (*begun)(void *context, const struct observed_task *task);
    int (*ended)(void *context, const struct observed_task *task);
    /* Bytes that it has put into the note of a task, perhaps in pieces. */
    void (*note)(void *context, const char *bytes, size_t length);
    /* Returns when it wants to be called again; CLOCK_NEVER: not. The first time is at once. */
    nanoseconds (*tick)(void *context, const struct observed_status *status, nanoseconds now);
    /* The process is about to stop itself (^Z). */
    void (*stop)(void *context);
    /* Returns 0, or the exit status after a message. */
    int (*close)(void *context, const struct pool_report *report);
    bool spares_small; /* it can do without begun and ended of functions and filters, whose tasks are many and
                          small */
    bool eager; /* tick is called each time that something has happened, due or not: it must cost next to
                   nothing then */
};

#define OBSERVERS_MAX 8

struct observers {
    struct {
        const struct observer *observer;
        void *context;
        nanoseconds due; /* of its tick */
    } entries[OBSERVERS_MAX];
    size_t count;
    bool tasks;        /* some want begun or ended, */
    bool small_tasks;  /* some of them of functions and filters, too */
    bool ticks, eager; /* some have a tick; some are eager */
};

void observers_add(struct observers *observers, const struct observer *observer, void *context);

/* Each event, to all; NULL is nobody. -1 where one of them returned that. */
void observers_input(struct observers *observers, const struct observed_input *input);
int observers_begun(struct observers *observers, const struct observed_task *task) ATTR_MUST_CHECK;
int observers_ended(struct observers *observers, const struct observed_task *task) ATTR_MUST_CHECK;
void observers_stop(struct observers *observers);

/* `observers` is a struct observers: the form of struct sink_notes. */
void observers_note(void *observers, const char *bytes, size_t length);

/* Call those that are due, or eager; returns when the next one is due, or CLOCK_NEVER. */
nanoseconds observers_tick(struct observers *observers, const struct observed_status *status,
                           nanoseconds now);

/* Close all, and forget them: 0, or the first exit status that is not 0. */
int observers_close(struct observers *observers, const struct pool_report *report) ATTR_MUST_CHECK;

#endif
