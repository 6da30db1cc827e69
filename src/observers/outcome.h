/* outcome: how a task ended, in words for people. */
#ifndef CPOOL_OUTCOME_H
#define CPOOL_OUTCOME_H

#include "ipc/message.h"

/* Room for any of them. */
#define OUTCOME_TEXT_SIZE 64

/* "exit status 1", "ended by SIGTERM" and so on into `text`, which is returned; `code` is that of the
 * outcome. */
const char *outcome_format(enum message_outcome outcome, uint32_t code, char text[OUTCOME_TEXT_SIZE]);

#endif
