/*
 * outfile: a file that the user has named to be written, opened so that what he gives to be read is not lost by it.
 */
#ifndef CPOOL_OUTFILE_H
#define CPOOL_OUTFILE_H

#include "cli/options.h"

/*
 * Open `path`, which `option` names, for appending; what stands in it goes unless `keep`. It must not be the input of the run, nor a
 * folder, nor what another option has named. 0 and *fd, or the exit status after a message.
 */
int outfile_open(const struct options *options, const char *option, const char *path, bool keep,
                 int *fd) ATTR_MUST_CHECK;

/* Whether the name has that ending, which says what is to be in the file. */
bool outfile_ends_in(const char *path, const char *ending);

/* Close it: it may be named again. 0, or -1 with errno where not all of it could be written. */
int outfile_close(int *fd);

/* In a new worker: none of them is its own, and whoever reads one must not wait for it. */
void outfile_in_child(void);

#endif
