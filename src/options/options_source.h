/*
 * options_source: the list of places where items come from, which grows as the command line is read: for :::,
 * :::: (options.c) and -a (option_set_items.c).
 */
#ifndef CPOOL_OPTIONS_SOURCE_H
#define CPOOL_OPTIONS_SOURCE_H

#include "options/options.h"

/* Append a copy of *source, whose texts are not owned. The list lasts as long as the process. */
void options_add_source(struct options *options, const struct options_source *source);

#endif
