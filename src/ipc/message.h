/*
 * message: the binary format in which parent and workers talk; cpool-message(5) has it byte by byte.
 *
 * Pure: bytes in, struct out; no descriptor, no allocation, no clock. All numbers are little-endian.
 * message_decode believes nothing: every length is compared with what is there, and an unknown type, a wrong
 * size, a set flag or a number out of range is MESSAGE_CORRUPT.
 */
#ifndef CPOOL_MESSAGE_H
#define CPOOL_MESSAGE_H

#include "base/base.h"

#define MESSAGE_MAGIC   "CPOL"
#define MESSAGE_VERSION 1

#define MESSAGE_HEADER_SIZE 16
/* The largest payload of any message. */
#define MESSAGE_PAYLOAD_MAX (256 * 1024)

/* Sizes of the fixed parts of payloads. */
#define MESSAGE_HELLO_SIZE     12
#define MESSAGE_RESULTS_SIZE   4
#define MESSAGE_DONE_SIZE      64
#define MESSAGE_TASK_SIZE      32
#define MESSAGE_TERMINATE_SIZE 4

enum message_type {
    MESSAGE_HELLO = 1,       /* worker: I am here */
    MESSAGE_OUTPUT = 2,      /* worker: bytes of an item's standard output */
    MESSAGE_ERRORS = 3,      /* worker: bytes of an item's standard error */
    MESSAGE_RESULTS = 4,     /* worker: a run of items succeeded, with their output */
    MESSAGE_DONE = 5,        /* worker: an item has ended, this is how */
    MESSAGE_RETURN = 6,      /* worker: from this item on, the chunk is handed back */
    MESSAGE_TERMINATE = 7,   /* parent: end your task by the shutdown ladder, then yourself */
    MESSAGE_KILL = 8,        /* parent: the same, now */
    MESSAGE_STOP = 9,        /* parent: stop your task (SIGSTOP) */
    MESSAGE_CONTINUE = 10,   /* parent: and go on with it */
    MESSAGE_LIMIT = 11,      /* parent: the time limit has become smaller, look at it again */
    MESSAGE_TAKEN = 12,      /* worker: the bytes of the chunk are not needed any more, its task goes on */
    MESSAGE_HUNGRY = 13,     /* worker: the queue is empty, and it could take more besides what it has */
    MESSAGE_TASK = 14,       /* worker: what the task is that has begun, where somebody wants to know */
    MESSAGE_PASS_ASK = 15,   /* worker: may its output go to standard output from here? */
    MESSAGE_PASS_GRANT = 16, /* parent: it may, as long as this task lasts */
};

/* How a task ended. */
enum message_outcome {
    OUTCOME_SUCCESS = 0,
    OUTCOME_EXIT = 1,      /* code: exit status, 1 to 255 */
    OUTCOME_SIGNAL = 2,    /* code: the signal's number */
    OUTCOME_FAILED = 3,    /* a function refused the item; its message went to ERRORS */
    OUTCOME_NO_EXEC = 4,   /* the command could not be started; code: errno */
    OUTCOME_LOST = 5,      /* the worker died; code: the signal that killed it, 0 for another end */
    OUTCOME_TIMED_OUT = 6, /* it ran longer than it may; code: that, in milliseconds */
    OUTCOME_SKIPPED = 7,   /* it was not run: it had been done before */
    OUTCOME_KINDS
};

struct message_done {
    enum message_outcome outcome;
    uint32_t code;
    uint64_t started;        /* nanoseconds, monotonic clock */
    uint64_t run_time;       /* nanoseconds */
    uint64_t user_time;      /* microseconds of processor time */
    uint64_t system_time;    /* microseconds of processor time */
    uint64_t peak_memory;    /* bytes resident */
    uint64_t output, errors; /* bytes that it wrote, as far as they were read */
    uint32_t program;        /* of a pipeline, from 1: whose outcome it is; 0: there is one only */
    const char *label;       /* the item as given, perhaps cut; empty on success; not owned */
    size_t label_length;
};

/* What a content is known by, in a later run too. */
#define MESSAGE_KEY_SIZE 16

/* Each of the texts may be cut. Nothing is owned. */
struct message_task {
    uint32_t pid;     /* of the process that does it */
    uint64_t started; /* nanoseconds, monotonic clock */
    unsigned char key[MESSAGE_KEY_SIZE];
    const char *item; /* as it was given; of several, with blanks between */
    size_t item_length;
    const char *command; /* as it could be given to a shell */
    size_t command_length;
};

struct message {
    enum message_type type;
    uint16_t slot; /* of the queue: which chunk this is about; HELLO: the worker's number */
    uint64_t item; /* number of the item, from 0 */
    union {
        struct {
            uint32_t pid;
        } hello;
        struct {            /* OUTPUT, ERRORS, RESULTS; `bytes` points into what was decoded */
            uint32_t count; /* RESULTS: items, at least 1 */
            const char *bytes;
            size_t length;
        } output;
        struct message_done done;
        struct message_task task;
        struct {
            uint32_t signal; /* why the run ends; 0: no signal */
        } terminate;
    } as;
};

enum message_state { MESSAGE_COMPLETE, MESSAGE_INCOMPLETE, MESSAGE_CORRUPT };

/*
 * Decode the message that `bytes` begins with. COMPLETE: *size is what it took, *message points into `bytes`.
 * INCOMPLETE: so far it is right; *size is what the whole takes, or the header's size while even that is
 * missing.
 */
enum message_state message_decode(const void *bytes, size_t length, struct message *message, size_t *size);

/* Write a header for a payload of `payload` bytes. */
void message_encode_header(unsigned char header[MESSAGE_HEADER_SIZE], enum message_type type, uint16_t slot,
                           uint64_t item, size_t payload);

/* A duration in nanoseconds as DONE has it for a time limit: at least 1. */
static inline uint32_t message_milliseconds(uint64_t duration)
{
    uint64_t milliseconds = duration / 1000000;
    return milliseconds == 0 ? 1 : milliseconds > UINT32_MAX ? UINT32_MAX : (uint32_t)milliseconds;
}

/* Write fixed parts of payloads. DONE: the label's bytes follow, and are not written here. */
void message_encode_hello(unsigned char payload[MESSAGE_HELLO_SIZE], uint32_t pid);
void message_encode_results(unsigned char payload[MESSAGE_RESULTS_SIZE], uint32_t count);
void message_encode_done(unsigned char payload[MESSAGE_DONE_SIZE], const struct message_done *done);
/* TASK: the item, then the command follow. */
void message_encode_task(unsigned char payload[MESSAGE_TASK_SIZE], const struct message_task *task);
void message_encode_terminate(unsigned char payload[MESSAGE_TERMINATE_SIZE], uint32_t signal_number);

#endif
