#include "observers/outcome.h"

#include "base/clock.h"
#include "proc/signals.h"

#include <stdio.h>

const char *outcome_format(enum message_outcome outcome, uint32_t code, char text[OUTCOME_TEXT_SIZE])
{
    static const char *const plain[OUTCOME_KINDS] = {
        [OUTCOME_SUCCESS] = "success",
        [OUTCOME_FAILED] = "refused by the function",
        [OUTCOME_NO_EXEC] = "could not be started",
        [OUTCOME_LOST] = "its worker died",
        [OUTCOME_SKIPPED] = "done before",
    };
    char name[32];

    switch (outcome) {
    case OUTCOME_EXIT:
        snprintf(text, OUTCOME_TEXT_SIZE, "exit status %u", code);
        break;
    case OUTCOME_SIGNAL:
        snprintf(text, OUTCOME_TEXT_SIZE, "ended by %s", signals_name((int)code, name, sizeof name));
        break;
    case OUTCOME_TIMED_OUT:
        clock_format_duration(code * NS_PER_MS, name, sizeof name);
        snprintf(text, OUTCOME_TEXT_SIZE, "timed out after %s", name);
        break;
    default:
        snprintf(text, OUTCOME_TEXT_SIZE, "%s", plain[outcome]);
    }
    return text;
}
