#include "display/eta.h"

void eta_begin(struct eta *eta, nanoseconds now)
{
    *eta = (struct eta){.at = now};
}

void eta_update(struct eta *eta, uint64_t done, nanoseconds now)
{
    if (done <= eta->done || now <= eta->at)
        return;
    double took = (double)(now - eta->at), ended = (double)(done - eta->done);
    double memory = (double)ETA_MEMORY;
    if (eta->tasks > 0 && ETA_TASKS * eta->time / eta->tasks > memory)
        memory = ETA_TASKS * eta->time / eta->tasks;
    double kept = memory / (memory + took); /* of what was; for short steps what exp(-took / memory) is */
    eta->tasks = eta->tasks * kept + ended;
    eta->time = eta->time * kept + took;
    eta->done = done;
    eta->at = now;
}

void eta_skip(struct eta *eta, nanoseconds pause)
{
    eta->at += pause;
}

static double waited(const struct eta *eta, nanoseconds now)
{
    return now > eta->at ? (double)(now - eta->at) : 0;
}

/* Nanoseconds from one task's end to the next; 0: not known. Who waits for longer than usual knows that it
 * takes longer. */
static double interval(const struct eta *eta, nanoseconds now)
{
    if (eta->tasks <= 0)
        return 0;
    double usual = eta->time / eta->tasks;
    double with_next = (eta->time + waited(eta, now)) / (eta->tasks + 1);
    return with_next > usual ? with_next : usual;
}

double eta_rate(const struct eta *eta, nanoseconds now)
{
    double each = interval(eta, now);
    return each <= 0 ? 0 : (double)NS_PER_S / each;
}

nanoseconds eta_left(const struct eta *eta, uint64_t tasks, nanoseconds now)
{
    double each = interval(eta, now), gone = waited(eta, now);
    if (each <= 0)
        return CLOCK_NEVER;
    /* Of the next one a part is over: the time that is left goes down with the clock. */
    double left = (double)tasks * each - (gone < each ? gone : each);
    return left <= 0 ? 0 : left > (double)INT64_MAX ? CLOCK_NEVER : (nanoseconds)left;
}
