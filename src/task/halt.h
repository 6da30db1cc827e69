/*
 * halt: when a run is to end before its items do (--halt).
 *
 * The words and the exit statuses are those of GNU parallel: `now` ends the running tasks, `soon` lets them
 * finish; the status is that of the task that caused it where one was enough, the number or the percentage of
 * failed tasks where a count or a percentage was asked for, 0 where success was. A percentage is of all
 * items, so it can only be judged once their number is known.
 */
#ifndef CPOOL_HALT_H
#define CPOOL_HALT_H

#include "base/base.h"

enum halt_when { HALT_NEVER, HALT_SOON, HALT_NOW };
enum halt_why { HALT_FAIL, HALT_SUCCESS, HALT_DONE };

struct halt_rule {
    enum halt_when when;
    enum halt_why why;
    bool percent;
    unsigned limit; /* tasks, or per cent of them */
};

/* never | now,WHY | soon,WHY with WHY = fail=N, success=N, done=N, N with or without %: 0, or -1 (EINVAL). */
int halt_parse(const char *text, struct halt_rule *rule) ATTR_MUST_CHECK;

/* Whether it is time, after `ended` tasks of which `failed` failed; `total`: all there will be, 0 while
 * unknown. */
bool halt_is_reached(const struct halt_rule *rule, uint64_t ended, uint64_t failed, uint64_t total);

/* The exit status of a run with this rule that was halted (`reached`) by a task of exit status `cause`, or
 * was not. */
int halt_status(const struct halt_rule *rule, bool reached, int cause, uint64_t failed, uint64_t total);

#endif
