/*
 * cpool: a multiprocess worker pool for the shell.
 *
 * What is where, in the order in which it is best read:
 *
 *   ipc/message    the binary format in which parent and workers talk
 *   ipc/queue      chunks of items from the parent to whichever worker is free, in shared memory
 *   ipc/items      how items lie in a chunk
 *   ipc/arena      who uses which bytes of the shared input memory
 *   ipc/outbox     a worker's answers on their way back, such that its death loses none
 *   ipc/channel    messages over a pipe
 *   proc/signals   the one place where signals open
 *   proc/spawn     starting a command
 *   proc/reaper    the only caller of wait and kill, and the ladder by which tasks are ended
 *   pool/function  the built-in functions
 *   pool/command   one task that is an external command
 *   pool/run       a process or pipeline from its start to its end, for command and the next two; with
 *   pool/run_start   how it gets its processes and pipes
 *   pool/filter    a command that stays alive and answers item after item
 *   pool/framing     how its items and answers are told apart
 *   pool/stream    a command that stays alive and reads block after block
 *   pool/direct      much output of the first in line, passed on by its worker
 *   pool/answer    what a worker tells of them
 *   pool/record    and of what each task is
 *   pool/feeder    what they read
 *   pool/worker    the child's loop
 *   pool/pool      the parent's loop and its states; with (inside.h)
 *   pool/feed        handing out: chunks, and workers for them
 *   pool/results     what comes back: messages, failures, the dead
 *   pool/crew        the workers as the parent sees them
 *   pool/ledger      what has become of every chunk
 *   pool/collector   any order in, input order out
 *   pool/halt        when a run is to end early
 *   pool/board       what the parent tells all workers
 *   pool/environment  what tasks find in their environment
 *   cli/options      the command line; with
 *   cli/option_table   each option, once
 *   cli/elsewhere      options that are none of ours, misspelt ones
 *   cli/help           what cpool prints about itself
 *   cli/jobs         how many tasks at a time
 *   cli/input        items from one file, in blocks
 *   cli/records      where one record of a text ends
 *   cli/blocks       a stream cut at record ends
 *   cli/source       items one by one, from words or a file
 *   cli/rows         several sources put together
 *   cli/tasks        rows made into tasks, as large as fits
 *   cli/columns      an item cut into fields
 *   cli/replacement  {} and its kin
 *   cli/script       quoting in a script for the shell, as far as it must be known
 *   cli/template     words with replacement strings
 *   cli/work         what is to be run: a function, a command, a script
 *   cli/sink         standard output and error, written without waiting
 *   cli/report       how a run went
 *   cli/map          all of it put together
 *   base/          what the rest stands on: platform, processors, log, xalloc, buffer, words, io, clock, quantile
 */
#include "base/io.h"
#include "base/log.h"
#include "cli/help.h"
#include "cli/map.h"
#include "cli/options.h"
#include "proc/signals.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

static int run(const struct options *options, unsigned were_closed)
{
    if (options->action != OPTIONS_RUN && (were_closed & 1U << STDOUT_FILENO) != 0) {
        log_error("standard output: is closed");
        return EXIT_CPOOL_FAILED;
    }
    switch (options->action) {
    case OPTIONS_HELP:
    case OPTIONS_HELP_ALL:
        return help_print(options->action == OPTIONS_HELP_ALL) < 0 ? EXIT_CPOOL_FAILED : 0;
    case OPTIONS_VERSION:
        return help_print_version() < 0 ? EXIT_CPOOL_FAILED : 0;
    case OPTIONS_FUNCTIONS:
        return help_print_functions() < 0 ? EXIT_CPOOL_FAILED : 0;
    case OPTIONS_COMPLETION:
        return help_print_completion(options->completion_shell) < 0 ? EXIT_CPOOL_FAILED : 0;
    case OPTIONS_RUN:
        break;
    }
    signals_start();
    return map_run(options, were_closed);
}

int main(int argc, char **argv)
{
    static struct options options; /* it owns memory as long as the process lives */
    unsigned were_closed;

    /* First of all: no descriptor that is opened later may become standard input, output or error. */
    if (io_fill_standard(&were_closed) < 0) {
        log_error("/dev/null: can't be opened: %s", strerror(errno));
        return EXIT_CPOOL_FAILED;
    }
    if (options_parse(&options, argc, argv) < 0)
        return EXIT_CPOOL_FAILED;
    return run(&options, were_closed);
}
