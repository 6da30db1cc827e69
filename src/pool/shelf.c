#include "pool/shelf.h"

#include "base/io.h"
#include "base/log.h"
#include "base/platform.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

/* Below this, one by one is as quick. */
#define WORTH_IT 128

void shelf_init(struct shelf *shelf, unsigned count)
{
    *shelf = (struct shelf){.way = count < WORTH_IT ? SHELF_SCATTERED : SHELF_UNKNOWN};
}

/* All that is open when the first worker is forked is for all of them, and lies before the shelf. */
void shelf_prepare(struct shelf *shelf)
{
    if (shelf->way != SHELF_UNKNOWN)
        return;
    bool can_share =
        platform_can_leave_descriptors() && platform_list_descriptors(shelf->kept, SHELF_FIRST) == 0;
    shelf->way = can_share ? SHELF_SHARED : SHELF_SIDE_BY_SIDE;
}

int shelf_put(struct shelf *shelf, int fd, unsigned place)
{
    int wanted = SHELF_FIRST + (int)place;
    int moved = shelf->way == SHELF_SCATTERED ? -1 : fcntl(fd, F_DUPFD_CLOEXEC, wanted);
    if (moved == wanted) {
        close(fd);
        fd = moved;
    } else {
        shelf->way = SHELF_SCATTERED;
        io_close(&moved);
    }
    shelf->used = shelf->used > place ? shelf->used : place + 1;
    return fd;
}

bool shelf_has_room(const struct shelf *shelf, const int own[2])
{
    return shelf->way == SHELF_SCATTERED || (own[0] < SHELF_FIRST && own[1] < SHELF_FIRST);
}

void shelf_give_up(struct shelf *shelf)
{
    shelf->way = SHELF_SCATTERED;
}

pid_t shelf_fork(struct shelf *shelf)
{
    if (!shelf_is_shared(shelf))
        return fork();
    pid_t pid = platform_fork_sharing_descriptors();
    bool is_refused = pid < 0 && (errno == EINVAL || errno == ENOSYS || errno == EPERM);
    if (is_refused)
        shelf->way = SHELF_SIDE_BY_SIDE;
    return is_refused ? fork() : pid;
}

/* Before the shelf: ends of workers that shared our table at that moment, too, and what we have opened
 * since. */
static void close_strangers(const struct shelf *shelf, const int own[2])
{
    int first = 0;
    for (int fd = 0; fd <= SHELF_FIRST; fd++) {
        bool keep =
            fd == SHELF_FIRST || fd == own[0] || fd == own[1] || (shelf->kept[fd / 64] >> fd % 64 & 1) != 0;
        if (keep && first < fd)
            platform_close_range(first, fd - 1);
        if (keep)
            first = fd + 1;
    }
}

bool shelf_leave(const struct shelf *shelf, const int own[2])
{
    switch (shelf->way) {
    case SHELF_SHARED:
        if (platform_leave_descriptors(SHELF_FIRST) < 0)
            _exit(EXIT_CPOOL_FAILED);
        close_strangers(shelf, own);
        return true;
    case SHELF_SIDE_BY_SIDE:
        platform_close_range(SHELF_FIRST, SHELF_FIRST + (int)shelf->used - 1);
        return true;
    default:
        return false;
    }
}
