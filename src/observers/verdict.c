#include "observers/verdict.h"

#include <stdio.h>

/* From here on it was worth it; and from here on, in part. */
#define GOOD       0.75
#define FAIR       0.4
/* Processors are taken for busy. */
#define BUSY       0.85
/* So often something waits for one of them. */
#define CROWDED    0.5
/* The part of the busy processors that our tasks must use for the verdict to be about them. */
#define INVOLVED   0.25
/* What took less of the processes' time is not worth a word. */
#define NOTABLE    0.1
/* A command that takes no longer is mostly its own start. */
#define START_TIME (3 * NS_PER_MS)

double verdict_speed_up(const struct verdict_figures *figures)
{
    return figures->wall == 0 ? 0 : (double)figures->work / (double)figures->wall;
}

static double busy_processors(const struct verdict_figures *figures)
{
    return (double)figures->processor / (double)figures->wall;
}

/*
 * More processes than processors, and these could do no more: they had enough with ours, or with those of
 * others as well. Where ours hardly use them it is others that wait.
 */
static bool lacked_processors(const struct verdict_figures *figures)
{
    double part = busy_processors(figures) / figures->processors;
    bool crowded = (double)figures->waited >= CROWDED * (double)figures->wall && part >= INVOLVED;
    return figures->workers > figures->processors && (part >= BUSY || crowded);
}

/* The time of tasks that waited for processors must not be taken for work. */
static int judge_crowd(const struct verdict_figures *figures, char *text, size_t size)
{
    const char *plural = figures->processors == 1 ? "" : "s";
    double busy = 100 * busy_processors(figures) / figures->processors;
    if (busy >= 100 * BUSY)
        return snprintf(
            text, size,
            "No: %u processes shared %u processor%s, busy for %.0f %% of the time; %s would have done "
            "as well.",
            figures->workers, figures->processors, plural, busy,
            figures->processors == 1 ? "one" : "as many processes");
    return snprintf(
        text, size,
        "Hardly: %u processes got %.0f %% of %u processor%s, for which something waited %.0f %% of the "
        "time.",
        figures->workers, busy, figures->processors, plural,
        100 * (double)figures->waited / (double)figures->wall);
}

static size_t judge(const struct verdict_figures *figures, char *text, size_t size)
{
    double speed_up = verdict_speed_up(figures), part = speed_up / figures->workers;
    const char *word = part >= GOOD ? "Yes" : part >= FAIR && speed_up > 1.2 ? "In part" : "No";
    int length;

    if (figures->workers == 1)
        length = snprintf(text, size, "One process did it all; %.0f %% of its time was work.",
                          part > 1 ? 100 : part * 100);
    else if (lacked_processors(figures))
        length = judge_crowd(figures, text, size);
    else
        length = snprintf(text, size,
                          "%s: %u processes were as good as %.1f that never wait; %.0f %% of their time was "
                          "work.",
                          word, figures->workers, speed_up, part > 1 ? 100 : part * 100);
    return length < 0 ? 0 : size_min((size_t)length, size - 1);
}

enum { BETWEEN = POOL_IDLE_KINDS, CAUSES };

/* The greatest part of the time that was not work; CAUSES: none is notable. */
static unsigned find_cause(const struct verdict_figures *figures, double *part)
{
    double all = (double)figures->wall * figures->workers, rest = all - (double)figures->work;
    unsigned found = BETWEEN;

    for (unsigned i = 0; i < POOL_IDLE_KINDS; i++)
        rest -= (double)figures->idle[i];
    *part = rest / all;
    for (unsigned i = 0; i < POOL_IDLE_KINDS; i++)
        if ((double)figures->idle[i] / all > *part) {
            *part = (double)figures->idle[i] / all;
            found = i;
        }
    return *part < NOTABLE ? CAUSES : found;
}

static size_t explain(const struct verdict_figures *figures, char *text, size_t size)
{
    static const char *const causes[] = {
        [POOL_IDLE_INPUT] = "while the input had nothing for them",
        [POOL_IDLE_OUTPUT] = "while nobody took their output",
        [POOL_IDLE_HELD] = "while tasks were held back by --delay, --retry-delay or a limit of the load",
        [POOL_IDLE_END] = "at the end, where too few tasks were left for all of them",
        [BETWEEN] = "between tasks, and before the first one",
    };
    double part;
    unsigned cause = find_cause(figures, &part);
    if (cause == CAUSES)
        return 0;
    const char *last = cause == POOL_IDLE_END ? figures->last : NULL;
    int length = snprintf(text, size, " %.0f %% was lost %s%s%s.", part * 100, causes[cause],
                          last == NULL ? "" : "; the last was ", last == NULL ? "" : last);
    return length < 0 ? 0 : size_min((size_t)length, size - 1);
}

const char *verdict_write(const struct verdict_figures *figures, char text[VERDICT_SIZE])
{
    *text = '\0';
    if (figures->workers == 0 || figures->wall == 0 || figures->work == 0)
        return text;
    size_t length = judge(figures, text, VERDICT_SIZE);
    if (!lacked_processors(figures))
        length += explain(figures, text + length, VERDICT_SIZE - length);
    if (figures->median != 0 && figures->median < START_TIME)
        snprintf(text + length, VERDICT_SIZE - length,
                 " Tasks so short are mostly their own start: -n, -X or --filter give a process more to do.");
    return text;
}
