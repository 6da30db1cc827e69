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
 *   proc/interpreter  why one that is there can't be started
 *   proc/reaper    the only caller of wait and kill, and the ladder by which tasks are ended
 *   pool/function  the built-in functions
 *   pool/command   one task that is an external command
 *   pool/run       a process or pipeline from its start to its end, for command and the next two; with
 *   pool/run_start   how it gets its processes and pipes
 *   pool/filter    a command that stays alive and answers item after item; with (filter_inside.h)
 *   pool/filter_chunks, filter_answers   what it is sent, and what is told of that
 *   pool/framing     how its items and answers are told apart
 *   pool/stream    a command that stays alive and reads block after block
 *   pool/direct      much output of the first in line, passed on by its worker
 *   pool/answer    what a worker tells of them
 *   pool/record    and of what each task is
 *   pool/feeder    what they read
 *   pool/shape     what becomes of their output: tags, whole lines, records; with
 *   pool/store       much of it, kept in a file
 *   pool/table       records of tasks, as JSON, CSV or TSV
 *   pool/folder      a folder for each task
 *   pool/content   what a task is: its line, and the key by which a later run knows it
 *   pool/done_keys   what was done before the run, in shared memory
 *   pool/worker    the child's loop
 *   pool/pool      the parent's loop and its states; with (inside.h)
 *   pool/feed        handing out: chunks, and workers for them
 *   pool/results     what comes back: messages, failures, the dead
 *   pool/crew        the workers as the parent sees them
 *   pool/shelf         where the parent's ends of their pipes lie, of which a new one must be rid
 *   pool/ledger      what has become of every chunk
 *   pool/pace        how fast: jobs, whether another task may start, which ones pause
 *   pool/orphans     ending what tasks had left behind
 *   pool/stops       workers that somebody has stopped
 *   pool/watch       telling of each task, where somebody wants to know
 *   pool/collector   any order in, that of the items out; with
 *   pool/collector_mixed, collector_turns   or another: --as-completed, --line-buffer, --interleave
 *   pool/kept          output that has to wait, in memory, then in a file
 *   pool/paint         output of failed tasks in red
 *   pool/halt        when a run is to end early
 *   pool/board       what the parent tells all workers
 *   pool/environment  what tasks find in their environment
 *   cli/options      the command line; with
 *   cli/option_table   each option, once; option_set: what it does, option_value: what its argument means
 *   cli/elsewhere      options that are none of ours, misspelt ones
 *   cli/option_alone   options that do nothing by themselves
 *   cli/help           what cpool prints about itself
 *   cli/jobs         how many tasks at a time
 *   cli/input        items from one file, in blocks
 *   cli/records      where one record of a text ends
 *   cli/blocks       a stream cut at record ends
 *   cli/source       items one by one, from words or a file
 *   cli/rows         several sources put together
 *   cli/tasks        rows made into tasks, as large as fits
 *   cli/columns      an item cut into fields
 *   cli/expression   regular expressions, looked for in bounded pieces
 *   cli/replacement  {} and its kin
 *   cli/readers      which words of a command a shell will read as code
 *   cli/roles        which of them are scripts, and where there is no place for an item
 *   cli/script       quoting in a script for the shell, as far as it must be known
 *   cli/template     words with replacement strings; template_expand: what a task makes of them
 *   cli/work         what is to be run: a function, a command, a script
 *   cli/doubts       words that most likely mean something else
 *   cli/hints        what a word is that is no program
 *   cli/sink         standard output and error, written without waiting
 *   cli/output       options about output made into a shape, and files opened for it
 *   cli/table_end    the end of a table that is gone on with, put right
 *   cli/load         limits of load, memory and pressure
 *   cli/journal      hands what is told of each task to keepers (keeper.h), which are
 *   cli/joblog         the job log; joblog_read: what it says was done
 *   cli/failed         items of failed tasks
 *   cli/trace          a picture: trace_json, or trace_svg with timeline and svg
 *   cli/summary        figures at the end; verdict: whether so many processes were worth it
 *   cli/progress       the bar: progress_line, tempo, status_line on a terminal
 *   cli/outfile      a file to be written that must not be the input, nor another run's; with
 *   cli/lock           who waits for whom
 *   cli/outcome      how a task ended, in words
 *   cli/report       how a run went
 *   cli/map          all of it put together
 *   base/          what the rest stands on: platform, processors, cgroup, meter, log, xalloc, buffer, words, io, clock,
 *                  quantile, size, hash, json, base64, utf8, width
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
    signals_end_at_once(true);
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
