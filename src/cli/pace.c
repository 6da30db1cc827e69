#include "cli/pace.h"

void pace_begin(struct pace *pace, nanoseconds now)
{
    *pace = (struct pace){.at = now};
}

void pace_update(struct pace *pace, uint64_t done, nanoseconds now)
{
    if (done <= pace->done || now <= pace->at)
        return;
    double took = (double)(now - pace->at), ended = (double)(done - pace->done);
    double memory = (double)PACE_MEMORY;
    if (pace->tasks > 0 && PACE_TASKS * pace->time / pace->tasks > memory)
        memory = PACE_TASKS * pace->time / pace->tasks;
    double kept = memory / (memory + took); /* of what was; for short steps what exp(-took / memory) is */
    pace->tasks = pace->tasks * kept + ended;
    pace->time = pace->time * kept + took;
    pace->done = done;
    pace->at = now;
}

void pace_skip(struct pace *pace, nanoseconds pause)
{
    pace->at += pause;
}

static double waited(const struct pace *pace, nanoseconds now)
{
    return now > pace->at ? (double)(now - pace->at) : 0;
}

/* Nanoseconds from one task's end to the next; 0: not known. Who waits for longer than usual knows that it takes longer. */
static double interval(const struct pace *pace, nanoseconds now)
{
    if (pace->tasks <= 0)
        return 0;
    double usual = pace->time / pace->tasks;
    double with_next = (pace->time + waited(pace, now)) / (pace->tasks + 1);
    return with_next > usual ? with_next : usual;
}

double pace_rate(const struct pace *pace, nanoseconds now)
{
    double each = interval(pace, now);
    return each <= 0 ? 0 : (double)NS_PER_S / each;
}

nanoseconds pace_left(const struct pace *pace, uint64_t tasks, nanoseconds now)
{
    double each = interval(pace, now), gone = waited(pace, now);
    if (each <= 0)
        return CLOCK_NEVER;
    /* Of the next one a part is over: the time that is left goes down with the clock. */
    double left = (double)tasks * each - (gone < each ? gone : each);
    return left <= 0 ? 0 : left > (double)INT64_MAX ? CLOCK_NEVER : (nanoseconds)left;
}
