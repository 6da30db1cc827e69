/*
 * What a child writes. One read takes what there is, into the outbox or through the formatter; or the bytes
 * are passed through to standard output; or, of a filter, its owner takes its answers.
 */
#include "worker/child_internal.h"

#include "base/io.h"
#include "base/platform.h"
#include "output/formatter.h"

#include <errno.h>
#include <unistd.h>

/* One read of output, where there is room for so much. */
#define READ_MAX  (64 * KIB)
/*
 * One that has written so much writes on, mostly in small pieces: it gets a large pipe, which is looked at a
 * while after it was found empty, or when its writers are gone, so that not each piece costs two changes of
 * process.
 */
#define BULK      (128 * KIB)
#define BULK_PIPE (1 * MIB)
#define REST      (1 * NS_PER_MS)

size_t child_readable_room(const struct outbox *outbox)
{
    return size_min(outbox_output_room(outbox), READ_MAX);
}

static bool has_own_answers(const struct child *child)
{
    return child->resident != NULL && child->resident->answer != NULL;
}

/* What it says finds room. */
bool child_can_listen(const struct child *child)
{
    if (child->command->formatter != NULL && !has_own_answers(child))
        return !child->command->formatter->blocked;
    return has_own_answers(child) || (child->passthrough.state != PASSTHROUGH_ASKED &&
                                      child_readable_room(child->command->link.outbox) > 0);
}

void child_widen(struct child *child)
{
    if (child->wide)
        return;
    child->wide = true;
    platform_set_pipe_size(child->outputs[0].fd, BULK_PIPE);
    platform_set_pipe_size(child->command->link.outbox->fd, BULK_PIPE);
    if (child->command->stdin_writer.fd >= 0)
        platform_set_pipe_size(child->command->stdin_writer.fd, BULK_PIPE);
}

void child_rest(struct child *child, nanoseconds now)
{
    child->rest_until = now + REST;
}

/* `count` bytes of output were read where there was room for `room`. */
static void note_output(struct child *child, size_t which, short revents, size_t count, size_t room,
                        nanoseconds now)
{
    child->silent_since = now;
    child->taken += count;
    child->written[which] += count;
    child->outputs[which].heard += count;
    if (child->taken >= BULK && count < room) {
        child_widen(child);
        child_rest(child, now);
    }
    if (count == 0 || ((revents & POLLHUP) != 0 && count < room))
        io_close(&child->outputs[which].fd);
}

/* As take_output, where output has a formatter. */
static void take_formatted(struct child *child, size_t which, short revents, nanoseconds now)
{
    char bytes[FORMATTER_TAKE_MAX];
    ssize_t n = io_read(child->outputs[which].fd, bytes, sizeof bytes);
    child->read_short[which] = n < 0 ? (revents & PLATFORM_GUESSED) != 0 : (size_t)n < sizeof bytes;
    if (n < 0 && errno == EAGAIN)
        return;
    if (n < 0)
        child_give_up(child, "a task's output");
    if (n > 0 && formatter_take(child->command->formatter, (int)which, bytes, (size_t)n, false) < 0)
        child_formatter_failed(child);
    note_output(child, which, revents, (size_t)n, sizeof bytes, now);
}

/*
 * One read into the outbox. After a hang-up no writer is left, so that a short read was the last. The pipe
 * blocks, so that it must be known to be ready; where poll could only guess, reading is made not to wait.
 */
static void take_output(struct child *child, size_t which, short revents, nanoseconds now)
{
    struct outbox *outbox = child->command->link.outbox;
    size_t room = child_readable_room(outbox);

    if (!child_can_listen(child))
        return;
    if ((revents & PLATFORM_GUESSED) != 0 && io_set_nonblocking(child->outputs[which].fd) < 0)
        child_give_up(child, "a task's output");
    if (child->command->formatter != NULL) {
        take_formatted(child, which, revents, now);
        return;
    }
    if (outbox_begin(outbox, child->outputs[which].type, child->slot, child->number, 0) < 0)
        return; /* can't be: there is room */
    ssize_t n = io_read(child->outputs[which].fd, outbox_place(outbox), room);
    child->read_short[which] = n < 0 ? (revents & PLATFORM_GUESSED) != 0 : (size_t)n < room;
    if (n < 0 && errno == EAGAIN) {
        outbox_cancel(outbox);
        return;
    }
    if (n < 0)
        child_give_up(child, "a task's output");
    outbox_added(outbox, (size_t)n);
    outbox_commit(outbox);
    note_output(child, which, revents, (size_t)n, room, now);
    if (which == 0 && n > 0 &&
        passthrough_is_worth_it(&child->passthrough, child->command, child->number, child->wide) &&
        passthrough_ask(&child->passthrough, outbox, child->slot, child->number) < 0)
        child_lose_parent(child, now);
}

/* Its output was not found empty: that nothing moves does not mean that there is nothing more, for there may
 * be no room behind. */
bool child_has_more_to_pass(const struct child *child)
{
    return child->passthrough.state == PASSTHROUGH_GRANTED && child->outputs[0].fd >= 0 &&
           !child->read_short[0];
}

/* A resident's answers are its owner's. */
static void take_answers(struct child *child, short revents, nanoseconds now)
{
    int *fd = &child->outputs[0].fd;
    if ((revents & PLATFORM_GUESSED) != 0 && io_set_nonblocking(*fd) < 0)
        child_give_up(child, "a filter's answers");
    ssize_t n = child->resident->answer(child, now);
    if (n < 0 && errno == EAGAIN)
        return;
    if (n < 0)
        child_give_up(child, "a filter's answers");
    child->silent_since = now;
    child->outputs[0].heard += (uint64_t)n;
    if (n == 0)
        io_close(fd);
}

/* Its output goes straight to standard output, or the other end has room again. */
static void pass_on(struct child *child, short revents, nanoseconds now)
{
    bool was_full = child->passthrough.full;
    ssize_t n = passthrough_take(&child->passthrough, child->outputs[0].fd, child->command->link.outbox);
    child->read_short[0] =
        n < 0 && child->passthrough.state == PASSTHROUGH_GRANTED && !child->passthrough.full;
    if (n < 0)
        return;
    child->silent_since = now;
    child->written[0] += (uint64_t)n;
    child->outputs[0].heard += (uint64_t)n;
    if (n == 0)
        io_close(&child->outputs[0].fd);
    else if (!was_full && (size_t)n < PASSTHROUGH_LOW && (revents & POLLHUP) == 0)
        child_rest(child, now);
}

void child_hear_outputs(struct child *child, const struct pollfd *watched, nanoseconds now)
{
    for (size_t i = 0; i < ARRAY_LENGTH(child->outputs); i++) {
        short revents = watched[WATCH_OUTPUT + i].revents;
        if (revents == 0) {
            if (child->passthrough.state == PASSTHROUGH_GRANTED &&
                (watched[WATCH_OUTPUT + i].events & POLLIN) != 0)
                child->read_short[i] = true; /* it was looked at, and found empty */
            continue;
        }
        if (i == 0 && has_own_answers(child))
            take_answers(child, revents, now);
        else if (i == 0 && child->passthrough.state == PASSTHROUGH_GRANTED)
            pass_on(child, revents, now);
        else
            take_output(child, i, revents, now);
    }
}
