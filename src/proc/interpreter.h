/*
 * interpreter: why a program can't be run whose file is there: what has to interpret or load it is not.
 *
 * The system says in both cases that there is "no such file", and does not say which. For messages only.
 */
#ifndef CPOOL_INTERPRETER_H
#define CPOOL_INTERPRETER_H

#include "base/base.h"

#define INTERPRETER_WHY_SIZE 320

/*
 * `error`: what exec said of `path`. Returns `why` (of INTERPRETER_WHY_SIZE bytes) with a text fit to be
 * printed behind "PROGRAM: ", or NULL: the reason is another one.
 */
const char *interpreter_why(const char *path, int error, char *why);

#endif
