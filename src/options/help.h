/*
 * help: what cpool prints about itself: --help, --version, --functions, --completion. Each returns 0, or -1
 * after a message.
 */
#ifndef CPOOL_HELP_H
#define CPOOL_HELP_H

#include "base/base.h"

/* `all`: a line for each option, not only for the common ones. */
int help_print(bool all) ATTR_MUST_CHECK;
int help_print_version(void) ATTR_MUST_CHECK;
int help_print_functions(void) ATTR_MUST_CHECK;
/* `shell`: bash, zsh or fish. */
int help_print_completion(const char *shell) ATTR_MUST_CHECK;

#endif
