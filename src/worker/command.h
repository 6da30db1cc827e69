/*
 * command: one task that is an external command, from its items to its DONE message.
 *
 * Runs in a worker. command_open once; command_run for each task: it expands the arguments, starts the
 * command, passes its output on as it comes and says how it ended. It waits on the command's output, its end
 * and the control pipe at once, so that the order to end the task, or the parent's death, is heard at any
 * time.
 */
#ifndef CPOOL_COMMAND_H
#define CPOOL_COMMAND_H

#include "base/words.h"
#include "ipc/board.h"
#include "ipc/channel.h"
#include "ipc/items.h"
#include "ipc/outbox.h"
#include "proc/reaper.h"
#include "proc/spawn.h"
#include "task/content.h"
#include "task/environment.h"
#include "worker/feeder.h"

/* One task's items, as they lie in shared memory. */
struct command_task {
    uint64_t number; /* from 0 */
    unsigned worker; /* from 0: the slot of {%} */
    struct items items;
    uint64_t offset; /* of a block that is the range of a file */
    unsigned tries;  /* that have failed */
    bool neutral;    /* what differs from run to run is to stay as it was written: {#}, {##}, {%} */
};

struct shape;

/* How a filter's items and answers are told apart; a stream has none of that. */
enum filter_framing {
    FILTER_NONE,   /* it is no filter */
    FILTER_LINES,  /* each ends in a newline */
    FILTER_NUL,    /* each ends in a NUL */
    FILTER_LENGTH, /* four bytes in front say how long it is, see framing.h */
};

/* As much of an item as a report needs. */
#define COMMAND_LABEL_MAX 256

/* Answers are not kept back for longer than this, so that many quick tasks wake the parent once. */
#define COMMAND_FLUSH_INTERVAL (5 * NS_PER_MS)

/* Bytes of output that may go into the outbox, so that DONE and its label fit behind it; 0: too few to be worth a message. */
static inline size_t command_room(const struct outbox *outbox)
{
    size_t reserve = MESSAGE_HEADER_SIZE + MESSAGE_DONE_SIZE + COMMAND_LABEL_MAX + 512;
    size_t room = outbox_free(outbox);
    return room < 4 * KIB + reserve ? 0 : room - reserve;
}

/* What a task becomes. */
struct command_line {
    struct words arguments; /* of each program in turn, its name being the first; a break between two */
    struct words variables; /* as many as the plan says, NAME=VALUE */
    struct words directory; /* one where the plan says so, else none */
};

/* How to make a command of a task. Set up by the parent before the fork, only read by workers. */
struct command_plan {
    /* Fill in `line`, which is empty: 0, or -1 and *why a text that says what is wrong with the items. */
    int (*expand)(void *template, const struct command_task *task, struct command_line *line,
                  const char **why);
    void *template;
    char *const *paths;           /* of the programs; NULL: it depends on the item, look it up each time */
    size_t program_count;         /* joined by pipes; at least 1 */
    const char *const *variables; /* what the user's variables begin with: NAME=...; not owned */
    size_t variable_count;
    bool is_numbered;            /* a number of the task or of its worker stands in the command line */
    size_t row;                  /* items that a report names together: one of each source */
    enum filter_framing framing; /* not FILTER_NONE: its process stays alive; see filter.h, stream.h */
    bool feeds;                  /* a task has no items, but a block that it reads on its standard input */
    const char *header;          /* in front of each block; not owned */
    size_t header_length;
    int file;                  /* that the blocks are ranges of */
    struct reaper_plan ladder; /* how a task is ended */
    bool only_print;           /* --dry-run: the command line is the output, */
    bool on_terminal;          /* which somebody looks at, and no shell reads */
    int tell_lock;  /* a file that whoever tells has locked, so that long lines do not mix; -1: none */
    bool direct;    /* where it is first in line, a task's output may go to standard output from its worker */
    bool ungrouped; /* tasks write to standard output and error of this process */
    bool tell;      /* -t: the command line goes to standard error, before all that the task writes */
};

/* Its process stays alive, as one of the next two. */
static inline bool command_stays_alive(const struct command_plan *plan)
{
    return plan != NULL && plan->framing != FILTER_NONE;
}

/* A process of its stays alive and answers item after item, or reads block after block. */
static inline bool command_is_filter(const struct command_plan *plan)
{
    return command_stays_alive(plan) && !plan->feeds;
}

static inline bool command_is_stream(const struct command_plan *plan)
{
    return command_stays_alive(plan) && plan->feeds;
}

struct command {
    const struct command_plan *plan;
    struct outbox *outbox; /* where answers go */
    const struct board *board;
    struct channel control; /* from the parent; end of file is its death */
    struct command_line line;
    struct command_line neutral; /* the same, without what differs from run to run */
    struct content content;      /* with records: of the task at hand */
    struct environment environment;
    struct spawn_program *programs; /* owned: those of the task at hand */
    struct feeder feeder;
    int children;   /* readable when one of ours has ended; -1: there is no such thing, or no use for it */
    int kept[2][2]; /* the pipes of the last task, for the next one; -1: there are none */
    struct queue *queue;          /* where a resident command finds more */
    struct shape *shape;          /* what becomes of output; NULL: it is sent as it comes */
    struct buffer text;           /* a command line to be printed, or a label */
    pid_t self;                   /* this process */
    const _Atomic uint32_t *life; /* its platform_life_word */
    nanoseconds flushed;          /* when answers were last written to the parent */
    bool subreaper;               /* descendants whose parents end become children of this process */
    bool ending;                  /* the run is over: end when the task has ended */
    bool parent_gone;             /* and nobody reads what we write */
    bool left;                    /* a task is over and has left processes behind */
    bool starved;                 /* no process or descriptor could be had for a task */
    bool records;                 /* the parent wants to know of each task what it is */
    bool apart;                   /* each answer of a filter is told by itself */
};

void command_open(struct command *command, const struct command_plan *plan, struct outbox *outbox,
                  int control_fd, const struct board *board, bool subreaper);

/* Fill in `line`: 0, or -1 and *why it can't be done. */
int command_expand(struct command *command, const struct command_task *task,
                   const char **why) ATTR_MUST_CHECK;

/*
 * -t: where what the command writes does not pass through the parent (`is_straight`), show the command line
 * at once, and apart from those of other workers. Else answer_command does it.
 */
void command_tell(struct command *command, bool is_straight);

/* How words that are not all printable stand in a command line: */
enum command_quoting {
    COMMAND_AS_IT_IS,    /* in quotes that every shell knows, */
    COMMAND_IN_ONE_LINE, /* as $'...', */
    COMMAND_SHOWN,       /* so, but ends of lines and tabs may stay */
};

/* Append a line as it could be given to a shell, without a newline at its end. */
void command_line_quote(struct buffer *text, struct command_line *line, enum command_quoting quoting);

/* Put the command line, as a shell would need it, and a newline into `text`. */
void command_quote(struct command *command, enum command_quoting quoting);
void command_line_clear(struct command_line *line);

/* Where what `line` says is to be run; NULL: where cpool was started. */
const char *command_directory(const struct command *command);

/* Answers of quick tasks go out together: when they are due, and their writing, which notes a parent that is gone. */
nanoseconds command_flush_due(const struct command *command);
void command_flush(struct command *command, nanoseconds now);

/* Nobody reads our answers any more: the parent is dead or dying. */
void command_lose_parent(struct command *command);

/* No task is under way: take the orders that have come. -1 when the worker must end. */
int command_hear(struct command *command) ATTR_MUST_CHECK;

/*
 * Run it. Messages go to the outbox with the slot `slot` of the queue. Returns 0 when the worker can go on,
 * -1 when it must end now: the run is over, the parent is gone, or the task has left processes behind, which must not be taken
 * for those of a later task; or it has not begun, because there are too many workers for what may be had here (`starved`).
 */
int command_run(struct command *command, uint16_t slot, const struct command_task *task) ATTR_MUST_CHECK;

#endif
