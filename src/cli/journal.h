/*
 * journal: hands what the pool tells of its tasks to all keepers that the user has asked for.
 *
 * journal_open; journal_watch for the pool; journal_close, which also undoes a journal_open that failed.
 */
#ifndef CPOOL_JOURNAL_H
#define CPOOL_JOURNAL_H

#include "observers/keeper.h"

#define JOURNAL_KEEPERS_MAX 8

struct journal {
    struct {
        const struct keeper *keeper;
        void *context;
        nanoseconds due; /* of its tick */
    } entries[JOURNAL_KEEPERS_MAX];
    size_t count;
    bool observes;       /* somebody wants to know of each task, */
    bool observes_small; /* and of those of functions and filters, too */
};

/* 0, or the exit status after a message. */
int journal_open(struct journal *journal, const struct options *options) ATTR_MUST_CHECK;
void journal_tell_input(struct journal *journal, const struct keeper_input *input);
/* 0, or the exit status after a message: something could not be written. */
int journal_close(struct journal *journal, const struct pool_report *report) ATTR_MUST_CHECK;

/* For the sink's notes; context is the journal. Those of one keeper only are told apart from nobody
 * else's. */
void journal_note(void *context, const char *bytes, size_t length);

/* For pool_options. */
struct pool_watch journal_watch(struct journal *journal);

#endif
