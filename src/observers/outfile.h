/*
 * outfile: a file that the user has named to be written, opened so that what he gives to be read is not lost
 * by it, nor what another run writes, and written so that a signal is heard, whoever does not read it.
 *
 * outfile_open; outfile_empty where nothing old is to stay; outfile_write; outfile_close.
 */
#ifndef CPOOL_OUTFILE_H
#define CPOOL_OUTFILE_H

#include "base/buffer.h"
#include "display/sink.h"
#include "options/options.h"

/* Who else may have it. */
enum outfile_use {
    OUTFILE_ANYBODY,
    OUTFILE_TOGETHER, /* other runs that append */
    OUTFILE_ALONE,    /* nobody */
};

struct outfile {
    const char *option, *path; /* not owned */
    int fd;                    /* owned; -1: it is not open */
    enum outfile_use use;
    bool is_new; /* there was none */
    bool is_regular;
    bool is_standard;          /* it is where standard output or error goes: not ours to empty or to lock */
    struct sink_stream stream; /* of one that is not regular */
    struct buffer kept;        /* of it, what nobody has taken */
};

#define OUTFILE_INIT                                                                                         \
    {                                                                                                        \
        .fd = -1, .stream = {.opened = -1 }                                                                  \
    }

/*
 * Open `path`, which `option` names, for appending, and wait until nobody has it who must not. It must not be
 * the input of the run, nor a folder, nor what another option has named. *file must stay where it is until
 * outfile_close. 0, or the exit status after a message.
 */
int outfile_open(const struct options *options, const char *option, const char *path, enum outfile_use use,
                 struct outfile *file) ATTR_MUST_CHECK;

/* What stands in it goes, unless another run is writing to it: then that is said. 0, or the exit status after
 * a message. */
int outfile_empty(struct outfile *file) ATTR_MUST_CHECK;

/*
 * `length` bytes from `begin` on are no use to anybody. They are taken out; or become blanks, with an end of
 * a line, where somebody may have appended behind them. 0, or -1 with errno.
 */
int outfile_take_out(struct outfile *file, uint64_t begin, size_t length) ATTR_MUST_CHECK;

/*
 * 0, or -1 with errno. To one that is not regular it waits for the reader, but not when a signal must be
 * heard: what is left is kept, and goes first the next time.
 */
int outfile_write(struct outfile *file, const char *bytes, size_t length) ATTR_MUST_CHECK;

/*
 * Close it: it may be named again. 0, or -1 with errno where not all of it could be written: EAGAIN: the run
 * was ended, and nobody took what was left within a second.
 */
int outfile_close(struct outfile *file);

/* What errno says of one that can't be written. */
const char *outfile_why(int error);

/*
 * In a new worker: none of them is its own, and whoever reads one must not wait for it. But it keeps those
 * that no other run may have as long as it lives.
 */
void outfile_in_child(void);

#endif
