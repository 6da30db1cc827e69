/*
 * cpool: a multiprocess worker pool for the shell.
 *
 * What is where, folder by folder (README has a sentence for each, and which uses which), in the order in which it is best read:
 *
 *   ipc/message    the binary format in which parent and workers talk
 *   ipc/queue      chunks of items from the parent to whichever worker is free, in shared memory
 *   ipc/items      how items lie in a chunk
 *   ipc/arena      who uses which bytes of the shared input memory
 *   ipc/outbox     a worker's answers on their way back, such that its death loses none
 *   ipc/channel    messages over a pipe
 *   ipc/run_state      what the parent tells all workers
 *   ipc/done_keys  what was done before the run, in shared memory
 *   proc/signals      the one place where signals open
 *   proc/spawn        starting a command
 *   proc/interpreter  why one that is there can't be started
 *   proc/reaper       the only caller of wait and kill, and the ladder by which tasks are ended
 *   task/task          one task, and how a command is made of it
 *   task/command_line  that command, as it could be given to a shell
 *   task/content       what a task is: its line, and the key by which a later run knows it
 *   task/record        what the parent is told of it
 *   task/environment   what tasks find in their environment
 *   task/function      the built-in functions
 *   task/halt          when a run is to end early
 *   output/formatter     what becomes of output: tags, whole lines, records; with
 *   output/capture       much of it, kept in a file
 *   output/table       records of tasks, as JSON, CSV or TSV; argv: their words
 *   output/folder      a folder for each task
 *   worker/worker    a worker's loop
 *   worker/link      its two pipes to the parent
 *   worker/command   what it has for its commands
 *   worker/single    one task that is an external command
 *   worker/child       a process or pipeline from its start to its end, for single and the next two; with
 *   worker/child_start   how it gets its processes; child_pipes: its pipes
 *   worker/direct      much output of the first in line, passed on by its worker
 *   worker/filter    a command that stays alive and answers item after item; with (filter_internal.h)
 *   worker/filter_chunks, filter_answers   what it is sent, and what is told of that
 *   worker/framing     how its items and answers are told apart
 *   worker/stream    a command that stays alive and reads block after block
 *   worker/answer    what a worker tells of them
 *   worker/stdin_writer    what they read
 *   collector/collector  any order in, the wanted one out; with
 *   collector/collector_in_order   that of the items
 *   collector/collector_mixed, collector_turns   or another: --as-completed, --line-buffer, --interleave
 *   collector/collector_spans      what these share
 *   collector/spool         output that has to wait, in memory, then in a file
 *   collector/paint        output of failed tasks in red
 *   pool/pool      the parent's loop; with (pool_internal.h)
 *   pool/states      its states, and what moves it
 *   pool/dispatch        handing out chunks
 *   pool/hiring      workers for them
 *   pool/results     what comes back: messages, failures, the dead
 *   pool/crew        the workers as the parent sees them
 *   pool/shelf         where the parent's ends of their pipes lie, of which a new one must be rid
 *   pool/ledger      what has become of every chunk
 *   pool/throttle        how fast: jobs, whether another task may start, which ones pause
 *   pool/orphans     ending what tasks had left behind
 *   pool/stops       workers that somebody has stopped
 *   pool/watch       telling of each task, where somebody wants to know
 *   template/columns      an item cut into fields
 *   template/expression   regular expressions, looked for in bounded pieces
 *   template/replacement  {} and its kin
 *   template/readers      which words of a command a shell will read as code
 *   template/roles        which of them are scripts, and where there is no place for an item
 *   template/script       quoting in a script for the shell, as far as it must be known
 *   template/template     words with replacement strings; template_expand: what a task makes of them
 *   options/options        the command line; with
 *   options/option_table     each option, once; option_set: what it does, option_value: what its argument means
 *   options/elsewhere        options that are none of ours, misspelt ones
 *   options/option_alone     options that do nothing by themselves
 *   options/help             what cpool prints about itself
 *   options/output_wanted  what is to become of output, by the options
 *   options/jobs           how many tasks at a time
 *   options/load           limits of load, memory and pressure
 *   input/input    items from one file, in blocks; ahead: what was read of it before
 *   input/records  where one record of a text ends
 *   input/blocks   a stream cut at record ends
 *   input/source   items one by one, from words or a file
 *   input/rows     several sources put together
 *   input/tasks    rows made into tasks, as large as fits
 *   display/sink         standard output and error, written without waiting
 *   display/status_line  the last line of a terminal; progress_line, tempo: what the bar shows there
 *   observers/keeper.h  who is told of each task, which are
 *   observers/joblog      the job log; joblog_read: what it says was done
 *   observers/failed      items of failed tasks
 *   observers/summary     figures at the end; verdict: whether so many processes were worth it
 *   observers/progress    the bar
 *   observers/outfile   a file to be written that must not be the input, nor another run's; with
 *   observers/lock        who waits for whom
 *   observers/table_end   the end of a table that is gone on with, put right
 *   observers/outcome   how a task ended, in words
 *   trace/trace    a picture, by a keeper: trace_json, or trace_svg with timeline and svg
 *   cli/work       what is to be run: a function, a command, a script
 *   cli/doubts       words that most likely mean something else
 *   cli/hints        what a word is that is no program
 *   cli/output     options about output made into a formatter, and files opened for it
 *   cli/journal    hands what is told of each task to keepers
 *   cli/report     how a run went
 *   cli/map        all of it put together
 *   base/          what the rest stands on: platform, processors, cgroup, meter, log, xalloc, buffer, words, io, clock,
 *                  quantile, size, hash, json, base64, utf8, width
 */
#include "base/io.h"
#include "base/log.h"
#include "cli/map.h"
#include "options/help.h"
#include "options/options.h"
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
