#include "options/load.h"

#include "base/log.h"
#include "base/processors.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#define READ_INTERVAL (1 * NS_PER_S)
/* The number of looks at which the pressure must be below half of its limit, before there may be one more. */
#define CALM_TIMES    5
/* What is meant by a load of 0. */
#define NEXT_TO_NONE  0.01

int load_parse(const char *text, double *processes)
{
    char *end;
    bool relative = text[0] == '+' || text[0] == '-';
    errno = 0;
    double number = strtod(text, &end);
    bool percent = *end == '%' && end[1] == '\0' && !relative;

    if (end == text || errno != 0 || (*end != '\0' && !percent) || !(number > -1e9 && number < 1e9) ||
        strspn(text, "+-0123456789.%") != strlen(text))
        return -1;
    if (percent)
        number *= processors_usable() / 100.0;
    else if (relative)
        number += processors_usable();
    *processes = number < NEXT_TO_NONE ? NEXT_TO_NONE : number;
    return 0;
}

/* ---- decisions ---- */

enum load_limit load_forbids(const struct load_limits *limits, const struct load_reading *reading,
                             unsigned running)
{
    double since = (double)running - (double)reading->running, young = since > 0 ? since : 0;
    double needed = (double)limits->memory_free + (double)limits->memory_pause;

    if (limits->processes > 0 && (double)reading->processes + since >= limits->processes)
        return LOAD_PROCESSES;
    if ((double)reading->memory - young * needed >= needed)
        return LOAD_NONE;
    return limits->memory_free > 0 ? LOAD_FREE : LOAD_PAUSE;
}

/* All at twice the size, 4 at 1.75, 2 at 1.5, 1 below the size: as GNU parallel has it. */
unsigned load_may_go_on(const struct load_limits *limits, uint64_t memory, unsigned going)
{
    double part = (double)memory / (double)limits->memory_pause;
    if (part >= 2)
        return going + 1;
    double tasks = 1 / (2 - part);
    return tasks < 1 ? 1 : tasks > UINT_MAX / 2 ? UINT_MAX / 2 : (unsigned)tasks;
}

unsigned load_adapt(unsigned limit, double percent, unsigned jobs, unsigned most, unsigned *calm)
{
    if (percent * 2 >= limit) {
        *calm = 0;
        return percent > limit && jobs > 1 ? jobs - 1 : jobs;
    }
    if (jobs >= most || ++*calm < CALM_TIMES)
        return jobs;
    *calm = 0;
    return jobs + 1;
}

/* ---- asking the machine ---- */

/* What can't be read once stays as it was. */
static void read_anew(struct load *load, unsigned running, nanoseconds now)
{
    struct load_reading reading = load->reading;
    if (now < load->read_next)
        return;
    load->read_next = now + READ_INTERVAL;
    reading.running = running;
    if (load->limits.processes > 0 && meter_load("", &reading.processes) < 0)
        return;
    if (load->limits.memory_free + load->limits.memory_pause > 0 && meter_memory("", &reading.memory) < 0)
        return;
    load->reading = reading;
}

static int no_figures(const char *option, const char *what)
{
    log_error("%s: %s can't be known here: %s", option, what, strerror(errno));
    return -1;
}

int load_open(struct load *load, const struct load_limits *limits)
{
    *load = (struct load){.limits = *limits};
    if (limits->processes > 0 && meter_load("", &load->reading.processes) < 0)
        return no_figures("--load", "how many processes run");
    if (limits->memory_free + limits->memory_pause > 0 && meter_memory("", &load->reading.memory) < 0)
        return no_figures(limits->memory_free > 0 ? "--memfree" : "--memsuspend", "how much memory is free");
    if (limits->pressure > 0 && meter_pressure("", load->waited) < 0)
        return no_figures("--pressure", "the pressure");
    load->read_next = clock_now() + READ_INTERVAL;
    load->waited_at = clock_now();
    return 0;
}

/* ---- for the pool ---- */

/* Nothing runs, and nothing may start: who waits must know what for. */
static void say_waiting(const struct load *load, enum load_limit why)
{
    const struct load_reading *reading = &load->reading;
    double mebibyte = (double)MIB;
    if (why == LOAD_PROCESSES)
        log_warning("--load: waiting: %u processes run, and there must be fewer than %.4g",
                    reading->processes, load->limits.processes);
    else
        log_warning("%s: waiting: %.0f MiB are free of %.0f MiB that must be",
                    why == LOAD_FREE ? "--memfree" : "--memsuspend", (double)reading->memory / mebibyte,
                    (double)(load->limits.memory_free + load->limits.memory_pause) / mebibyte);
}

nanoseconds load_hold(struct load *load, unsigned running, nanoseconds now)
{
    read_anew(load, running, now);
    enum load_limit why = load_forbids(&load->limits, &load->reading, running);
    if (why == LOAD_NONE)
        return 0;
    if (running == 0 && !load->said) {
        say_waiting(load, why);
        load->said = true;
    }
    return load->read_next;
}

unsigned load_go_on(struct load *load, unsigned running, unsigned going, nanoseconds now)
{
    read_anew(load, running, now);
    return load_may_go_on(&load->limits, load->reading.memory, going);
}

/* Per cent of the time since it was last asked for which somebody waited, for what was waited for longest;
 * -1: it is too early. */
static double pressure_now(struct load *load, nanoseconds now)
{
    uint64_t waited[METER_PRESSURES], longest = 0;
    nanoseconds time = now - load->waited_at;

    if (time < READ_INTERVAL / 2 || meter_pressure("", waited) < 0)
        return -1;
    for (unsigned i = 0; i < METER_PRESSURES; i++) {
        uint64_t more = waited[i] > load->waited[i] ? waited[i] - load->waited[i] : 0;
        longest = more > longest ? more : longest;
    }
    memcpy(load->waited, waited, sizeof waited);
    load->waited_at = now;
    return 100 * (double)longest * (double)NS_PER_US / (double)time;
}

unsigned load_jobs(struct load *load, unsigned asked, unsigned jobs, unsigned workers, nanoseconds now)
{
    if (load->limits.pressure == 0)
        return asked;
    /* Who has changed it meanwhile (SIGUSR1, SIGUSR2) means what there is without any pressure. */
    load->most = asked != 0 ? asked : load->jobs == 0 ? jobs : load->most + jobs - load->jobs;
    jobs = jobs < load->most ? jobs : load->most;
    double percent = pressure_now(load, now);
    if (percent > load->limits.pressure && workers > 0 && workers < jobs)
        jobs = workers; /* or for long nothing would change */
    load->jobs =
        percent < 0 ? jobs : load_adapt(load->limits.pressure, percent, jobs, load->most, &load->calm);
    return load->jobs;
}
