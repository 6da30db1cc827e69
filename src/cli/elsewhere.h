/*
 * elsewhere: options that are none of cpool's: those of GNU parallel and xargs, those still to come, misspelt ones.
 */
#ifndef CPOOL_ELSEWHERE_H
#define CPOOL_ELSEWHERE_H

/* Say in one line what is wrong with the long option `word` ("--name" or "--name=value"), and what to use instead. */
void elsewhere_tell(const char *word);
void elsewhere_tell_letter(char letter);

#endif
