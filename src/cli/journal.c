#include "cli/journal.h"

#include "observers/failed.h"
#include "observers/joblog.h"
#include "observers/progress.h"
#include "observers/summary.h"
#include "trace/trace.h"

#include <assert.h>

/* In the order in which they are told; the log first, which may refuse before another has emptied its
 * file. */
static const struct keeper *const keepers[] = {
    &joblog_keeper, &progress_tasks, &progress_keeper, &failed_keeper, &trace_keeper, &summary_keeper,
};
static_assert(ARRAY_LENGTH(keepers) <= JOURNAL_KEEPERS_MAX, "each has an entry");

int journal_open(struct journal *journal, const struct options *options)
{
    *journal = (struct journal){.count = 0};
    for (size_t i = 0; i < ARRAY_LENGTH(keepers); i++) {
        if (!keepers[i]->wanted(options))
            continue;
        journal->entries[journal->count].keeper = keepers[i];
        int status = keepers[i]->open(options, &journal->entries[journal->count].context);
        if (status != 0)
            return status;
        bool observes = keepers[i]->begun != NULL || keepers[i]->ended != NULL;
        journal->observes = journal->observes || observes;
        journal->observes_small = journal->observes_small || (observes && !keepers[i]->spares_small);
        journal->count++;
    }
    return 0;
}

void journal_tell_input(struct journal *journal, const struct keeper_input *input)
{
    for (size_t i = 0; i < journal->count; i++)
        if (journal->entries[i].keeper->input != NULL)
            journal->entries[i].keeper->input(journal->entries[i].context, input);
}

int journal_close(struct journal *journal, const struct pool_report *report)
{
    int result = 0;
    for (size_t i = 0; i < journal->count; i++) {
        int status = journal->entries[i].keeper->close(journal->entries[i].context, report);
        result = result != 0 ? result : status;
    }
    journal->count = 0;
    return result;
}

/* ---- for the pool ---- */

static int tell(struct journal *journal, const struct pool_task *task, bool has_ended)
{
    int result = 0;
    for (size_t i = 0; i < journal->count; i++) {
        const struct keeper *keeper = journal->entries[i].keeper;
        int (*whom)(void *context, const struct pool_task *task) = has_ended ? keeper->ended : keeper->begun;
        if (whom != NULL && whom(journal->entries[i].context, task) < 0)
            result = -1;
    }
    return result;
}

static int begun(void *context, const struct pool_task *task)
{
    return tell(context, task, false);
}

static int ended(void *context, const struct pool_task *task)
{
    return tell(context, task, true);
}

void journal_note(void *context, const char *bytes, size_t length)
{
    struct journal *journal = context;
    for (size_t i = 0; i < journal->count; i++)
        if (journal->entries[i].keeper->note != NULL)
            journal->entries[i].keeper->note(journal->entries[i].context, bytes, length);
}

static nanoseconds tick(void *context, const struct pool_status *status, nanoseconds now)
{
    struct journal *journal = context;
    nanoseconds next = CLOCK_NEVER;
    for (size_t i = 0; i < journal->count; i++) {
        const struct keeper *keeper = journal->entries[i].keeper;
        nanoseconds *due = &journal->entries[i].due;
        if (keeper->tick == NULL)
            continue;
        if (now >= *due || keeper->eager)
            *due = keeper->tick(journal->entries[i].context, status, now);
        next = *due < next ? *due : next;
    }
    return next;
}

static void stop(void *context)
{
    struct journal *journal = context;
    for (size_t i = 0; i < journal->count; i++)
        if (journal->entries[i].keeper->stop != NULL)
            journal->entries[i].keeper->stop(journal->entries[i].context);
}

struct pool_watch journal_watch(struct journal *journal)
{
    bool ticks = false, eager = false;
    for (size_t i = 0; i < journal->count; i++) {
        ticks = ticks || journal->entries[i].keeper->tick != NULL;
        eager = eager || journal->entries[i].keeper->eager;
    }
    return (struct pool_watch){.begun = begun,
                               .ended = ended,
                               .tick = ticks ? tick : NULL,
                               .eager = eager,
                               .stop = stop,
                               .context = journal};
}
