#include "cli/observing.h"

#include "observers/failed.h"
#include "observers/joblog.h"
#include "observers/progress.h"
#include "observers/summary.h"
#include "trace/trace.h"

#include <assert.h>

/* In the order in which they are told; the log first, which may refuse before another has emptied its file.
 */
static int (*const openers[])(const struct options *options, struct observers *observers) = {
    joblog_open, progress_open, failed_open, trace_open, summary_open,
};
static_assert(ARRAY_LENGTH(openers) + 1 <= OBSERVERS_MAX, "progress adds two");

int observing_open(struct observers *observers, const struct options *options)
{
    int status = 0;
    for (size_t i = 0; i < ARRAY_LENGTH(openers) && status == 0; i++)
        status = openers[i](options, observers);
    return status;
}
