#include "worker/link.h"

#include <errno.h>

/* Where there are so many bytes of answers, they are written at once. */
#define FLUSH_SIZE (16 * KIB)

void link_open(struct link *link, struct outbox *outbox, int control_fd)
{
    *link = (struct link){.outbox = outbox};
    channel_open(&link->control, control_fd);
}

nanoseconds link_flush_due(const struct link *link)
{
    if (!outbox_pending(link->outbox) || link->parent_gone)
        return CLOCK_NEVER;
    /* Much of it must make room for more. */
    return link->outbox->end >= FLUSH_SIZE ? 0 : link->flushed + LINK_FLUSH_INTERVAL;
}

void link_flush(struct link *link, nanoseconds now)
{
    if (now < link_flush_due(link))
        return;
    int result = outbox_flush(link->outbox);
    if (result < 0)
        link_lose_parent(link);
    if (result == 0)
        link->flushed = now;
}

void link_lose_parent(struct link *link)
{
    link->ending = link->parent_gone = true;
}

int link_hear(struct link *link)
{
    struct message message;
    ssize_t n = channel_fill(&link->control);

    if (n == 0 || (n < 0 && errno != EAGAIN))
        return -1;
    int result;
    while ((result = channel_next(&link->control, &message)) == 1)
        if (message.type == MESSAGE_TERMINATE || message.type == MESSAGE_KILL)
            return -1;
    return result;
}
