/*
 * lock: what two runs at a time would spoil for each other: a log that one goes on from, a table, a folder of
 * results.
 *
 * It is flock(2) on the file itself, or on the folder, so that nothing is left behind. Such a lock belongs to
 * the open file: workers inherit it by fork and have it as long as one of them lives, so that whoever goes on
 * from the log of a cpool that was killed waits until the last of its workers is gone, and what these do at
 * their end disturbs nobody. Tasks do not have it (close-on-exec). (Locks of fcntl(2) are no use: those of a
 * process are not inherited, and are lost with any other descriptor of the file.)
 *
 * Taken before anything is started (signals_end_at_once), so that a signal ends the wait; closing the file
 * gives it back.
 */
#ifndef CPOOL_LOCK_H
#define CPOOL_LOCK_H

#include "base/base.h"

enum lock_kind {
    LOCK_TOGETHER, /* with others that append */
    LOCK_ALONE
};

/*
 * Take it, waiting for others; who waits for longer than a second says for whom. `option` and `path` are for
 * messages. Where the file system has no locks that is said, and it goes on without.
 */
void lock_take(int fd, enum lock_kind kind, const char *option, const char *path);

/*
 * Of one that others may have, too: whether nobody else has it just now, and until lock_share_again nobody
 * gets it. Where there are no locks nobody is known of.
 */
bool lock_try_alone(int fd) ATTR_MUST_CHECK;
/* At once: where somebody else has come first, it is lost. */
void lock_share_again(int fd);

#endif
