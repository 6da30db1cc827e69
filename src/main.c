/*
 * cpool: a multiprocess worker pool for the shell.
 *
 * This file dispatches. What is where (README has the picture, and says which folder uses which):
 *
 *   fault/      test gear: makes system calls fail
 *   base/       bytes, text, clock, system calls, messages to the user
 *   ipc/        all that lies in shared memory or goes through a pipe
 *   proc/       signals; starting processes, waiting for them, ending them
 *   collector/  output of tasks in any order in, in the wanted order out
 *   task/       what a task is
 *   output/     what becomes of a task's output
 *   worker/     what runs in a worker
 *   pool/       what runs in the parent
 *   template/   replacement strings, and where they stand in a script
 *   options/    the command line
 *   input/      where items and blocks come from
 *   display/    standard output, and what is drawn on a terminal
 *   observers/  who is told of each task
 *   trace/      a picture of the run
 *   cli/        all of it put together: begin at run.c
 */
#include "base/io.h"
#include "base/log.h"
#include "cli/run.h"
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
    return run_perform(options, were_closed);
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
