/*
 * option_alone: options that only tune what others do, and so do nothing where they stand alone.
 */
#ifndef CPOOL_OPTION_ALONE_H
#define CPOOL_OPTION_ALONE_H

#include "options/options.h"

/*
 * Warn of each that the command line has for nothing. What stands in CPOOL_OPTS is meant for other runs as
 * well.
 */
void option_alone_note(const struct options *options);

#endif
