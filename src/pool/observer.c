#include "pool/observer.h"

#include <assert.h>

void observers_add(struct observers *observers, const struct observer *observer, void *context)
{
    bool tasks = observer->begun != NULL || observer->ended != NULL;
    assert(observers->count < OBSERVERS_MAX);
    observers->entries[observers->count].observer = observer;
    observers->entries[observers->count].context = context;
    observers->entries[observers->count++].due = 0;
    observers->tasks = observers->tasks || tasks;
    observers->small_tasks = observers->small_tasks || (tasks && !observer->spares_small);
    observers->ticks = observers->ticks || observer->tick != NULL;
    observers->eager = observers->eager || observer->eager;
}

/* NULL: nobody. */
static size_t count_of(const struct observers *observers)
{
    return observers != NULL ? observers->count : 0;
}

void observers_input(struct observers *observers, const struct observed_input *input)
{
    for (size_t i = 0; i < count_of(observers); i++)
        if (observers->entries[i].observer->input != NULL)
            observers->entries[i].observer->input(observers->entries[i].context, input);
}

static int tell(struct observers *observers, const struct observed_task *task, bool has_ended)
{
    int result = 0;
    for (size_t i = 0; i < count_of(observers); i++) {
        const struct observer *observer = observers->entries[i].observer;
        int (*event)(void *context, const struct observed_task *task) =
            has_ended ? observer->ended : observer->begun;
        if (event != NULL && event(observers->entries[i].context, task) < 0)
            result = -1;
    }
    return result;
}

int observers_begun(struct observers *observers, const struct observed_task *task)
{
    return tell(observers, task, false);
}

int observers_ended(struct observers *observers, const struct observed_task *task)
{
    return tell(observers, task, true);
}

void observers_stop(struct observers *observers)
{
    for (size_t i = 0; i < count_of(observers); i++)
        if (observers->entries[i].observer->stop != NULL)
            observers->entries[i].observer->stop(observers->entries[i].context);
}

void observers_note(void *list, const char *bytes, size_t length)
{
    struct observers *observers = list;
    for (size_t i = 0; i < count_of(observers); i++)
        if (observers->entries[i].observer->note != NULL)
            observers->entries[i].observer->note(observers->entries[i].context, bytes, length);
}

nanoseconds observers_tick(struct observers *observers, const struct observed_status *status, nanoseconds now)
{
    nanoseconds next = CLOCK_NEVER;
    for (size_t i = 0; i < count_of(observers); i++) {
        const struct observer *observer = observers->entries[i].observer;
        nanoseconds *due = &observers->entries[i].due;
        if (observer->tick == NULL)
            continue;
        if (now >= *due || observer->eager)
            *due = observer->tick(observers->entries[i].context, status, now);
        next = *due < next ? *due : next;
    }
    return next;
}

int observers_close(struct observers *observers, const struct pool_report *report)
{
    int result = 0;
    for (size_t i = 0; i < count_of(observers); i++) {
        int status = observers->entries[i].observer->close(observers->entries[i].context, report);
        result = result != 0 ? result : status;
    }
    *observers = (struct observers){.count = 0};
    return result;
}
