/*
 * doubts: words of a command line that most likely mean something else than what they do here.
 *
 * What would be harmful is refused, what is merely odd is warned of. Nothing here changes what is run: -q
 * is the way to say that the words are meant so.
 *
 * doubts_note once the roles of the words are known (work_compile); then doubts_check, when the columns'
 * names are known.
 */
#ifndef CPOOL_DOUBTS_H
#define CPOOL_DOUBTS_H

#include "cli/work.h"

/* Warn, once for each kind of doubt. */
void doubts_note(const struct work *work, const struct options *options);

/*
 * Whether each replacement string can stand for something: a column that there may be, a name that the
 * header has. `sources`: of items. 0, or the exit status after a message; warns besides.
 */
int doubts_check(const struct work *work, const struct options *options,
                 const struct replacement_names *names, size_t sources) ATTR_MUST_CHECK;

#endif
