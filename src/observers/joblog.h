/*
 * joblog: --joblog FILE: a line for each task that has ended for good, in the columns of GNU parallel, or as
 * a JSON object.
 *
 * Each line is written whole, by one write(2), as its task ends; so whatever becomes of the run, the log says
 * which tasks were done. joblog_read.h has how a log says what a task is known by.
 */
#ifndef CPOOL_JOBLOG_H
#define CPOOL_JOBLOG_H

#include "options/options.h"
#include "pool/observer.h"

/* Add the observer, if the user has asked for it: 0, or the exit status after a message. */
int joblog_open(const struct options *options, struct observers *observers) ATTR_MUST_CHECK;

/*
 * Open the log, and wait for other runs that it can't be shared with: before anything of it is read
 * (joblog_resume), or lost. joblog_open then goes on with it; joblog_release where it never comes to that.
 * Nothing where there is no log. 0, or the exit status after a message.
 */
int joblog_claim(const struct options *options) ATTR_MUST_CHECK;
void joblog_release(void);

/* There was no log before joblog_claim. */
bool joblog_is_new(void);

#endif
