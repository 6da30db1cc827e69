#include "display/tempo.h"

void tempo_begin(struct tempo *tempo, nanoseconds now)
{
    *tempo = (struct tempo){.at = now};
}

void tempo_update(struct tempo *tempo, uint64_t done, nanoseconds now)
{
    if (done <= tempo->done || now <= tempo->at)
        return;
    double took = (double)(now - tempo->at), ended = (double)(done - tempo->done);
    double memory = (double)TEMPO_MEMORY;
    if (tempo->tasks > 0 && TEMPO_TASKS * tempo->time / tempo->tasks > memory)
        memory = TEMPO_TASKS * tempo->time / tempo->tasks;
    double kept = memory / (memory + took); /* of what was; for short steps what exp(-took / memory) is */
    tempo->tasks = tempo->tasks * kept + ended;
    tempo->time = tempo->time * kept + took;
    tempo->done = done;
    tempo->at = now;
}

void tempo_skip(struct tempo *tempo, nanoseconds pause)
{
    tempo->at += pause;
}

static double waited(const struct tempo *tempo, nanoseconds now)
{
    return now > tempo->at ? (double)(now - tempo->at) : 0;
}

/* Nanoseconds from one task's end to the next; 0: not known. Who waits for longer than usual knows that it
 * takes longer. */
static double interval(const struct tempo *tempo, nanoseconds now)
{
    if (tempo->tasks <= 0)
        return 0;
    double usual = tempo->time / tempo->tasks;
    double with_next = (tempo->time + waited(tempo, now)) / (tempo->tasks + 1);
    return with_next > usual ? with_next : usual;
}

double tempo_rate(const struct tempo *tempo, nanoseconds now)
{
    double each = interval(tempo, now);
    return each <= 0 ? 0 : (double)NS_PER_S / each;
}

nanoseconds tempo_left(const struct tempo *tempo, uint64_t tasks, nanoseconds now)
{
    double each = interval(tempo, now), gone = waited(tempo, now);
    if (each <= 0)
        return CLOCK_NEVER;
    /* Of the next one a part is over: the time that is left goes down with the clock. */
    double left = (double)tasks * each - (gone < each ? gone : each);
    return left <= 0 ? 0 : left > (double)INT64_MAX ? CLOCK_NEVER : (nanoseconds)left;
}
