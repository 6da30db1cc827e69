/*
 * elsewhere: options that are none of cpool's: those of GNU parallel and xargs, those still to come, misspelt
 * ones.
 */
#ifndef CPOOL_ELSEWHERE_H
#define CPOOL_ELSEWHERE_H

#include "base/base.h"

/*
 * Whether `name`, without dashes in front, is the whole name of such an option, or the beginning of one
 * that is still to come.
 */
bool elsewhere_claims(const char *name);

/* Say in one line what is wrong with the long option `word` ("--name" or "--name=value"), and what to use
 * instead. */
void elsewhere_tell(const char *word);
void elsewhere_tell_letter(char letter);

#endif
