#include "cli/conflicts.h"

#include "base/log.h"
#include "options/output_wanted.h"
#include "template/template.h"

#include <stdio.h>
#include <string.h>

#define OF_COMMANDS  "is for a COMMAND, and %s is a function; --command looks for a program of that name"
#define OF_ITEMS     "is about items, and with --pipe there are none"
#define OF_ARGUMENTS "are about arguments, and a filter reads its items"
#define NO_OUTPUT    "with it output does not pass through cpool, which could "

static bool has_break(const struct options *options)
{
    for (size_t i = 0; i < options->word_count; i++)
        if (template_is_break(options->words[i]))
            return true;
    return false;
}

int conflicts_check(const struct options *options, const struct function *function)
{
    const struct options *o = options;
    const bool calls = function != NULL;
    const bool filters = !calls && o->filter != FILTER_NONE;
    const bool blocks = !calls && o->pipe;
    const bool ungrouped = o->order == ORDER_NONE;
    const bool tags = output_wanted_tags(o);
    const enum table_form table = output_wanted_table(o);
    /* Rows of a table go out as they are made; where lines take turns, they are in order. */
    const bool any_row_first = o->order == ORDER_AS_COMPLETED || o->order == ORDER_LINES;

    /* Of several conflicts the first one is told. */
    const struct {
        bool given;
        const char *option, *why; /* the message is "OPTION: WHY"; %s is the function */
    } conflicts[] = {
        /* what becomes of output */
        {ungrouped && tags, "-u", NO_OUTPUT "put no --tag or --tagstring in front of a line"},
        {ungrouped && (o->json || o->results != NULL), "-u",
         NO_OUTPUT "keep none of it for --json or --results"},
        {o->json && tags, "--tag, --tagstring",
         "with --json there are no lines to put them in front of; the item is in the object"},
        {o->json && table != TABLE_NONE, "--json",
         "with --results FILE the records go to FILE; name one that ends in .json"},
        {table != TABLE_NONE && tags, "--tag, --tagstring",
         "with --results FILE output goes to the table, where the item has a column"},
        {o->results != NULL && *o->results == '\0', "--results",
         "nothing is named; it may be a folder, or a file that ends in .csv, .tsv or .json"},
        {(table == TABLE_CSV || table == TABLE_TSV) && any_row_first && output_wanted_unknown_columns(o),
         "--results",
         "how many columns there are is not known before the first task, and with --line-buffer "
         "or --as-completed another may come first; give a --header, or a FILE that ends in .json"},
        {ungrouped && o->color_failed, "--color-failed",
         "with -u tasks write by themselves, before it is known that they fail"},
        {o->order == ORDER_TURNS && o->chunk != 0, "--chunk",
         "with --interleave each task is handed out by itself"},

        /* a function: what only makes sense where a command line is made */
        {calls && has_break(o), "'|'",
         "joins programs, and %s is a function; --command looks for a program of that name"},
        {calls && (o->pipe || o->filter != FILTER_NONE), "--pipe, --filter", OF_COMMANDS},
        {calls && o->rows_given, "-n", "%s takes one item at a time; for more at a time see --chunk"},
        {calls && o->lines > 0, "-L", OF_COMMANDS},
        {calls && o->fill, "-X, -m, --xargs", OF_COMMANDS},
        {calls && o->characters > 0, "-s", OF_COMMANDS},
        {calls && o->strict, "-x", OF_COMMANDS},
        {calls && o->colsep != NULL, "-C", OF_COMMANDS},
        {calls && o->csv, "--csv", OF_COMMANDS},
        {calls && o->header != NULL, "--header", OF_COMMANDS},
        {calls && o->trim_given, "--trim", OF_COMMANDS},
        {calls && o->item_text != NULL, "-I", OF_COMMANDS},
        {calls && o->variable_count > 0, "--env", OF_COMMANDS},
        {calls && o->directory != NULL, "--wd", OF_COMMANDS},
        {calls && o->tell, "-t", OF_COMMANDS},
        {calls && ungrouped, "-u", OF_COMMANDS},
        {calls && o->shell != SHELL_IF_NEEDED, "-c, -q", OF_COMMANDS},

        /* a command that stays alive */
        {filters && !blocks && ungrouped, "-u",
         "with --filter answers are matched with items, and so have an order"},
        {filters && o->dry_run, "--dry-run", "with --filter there is no command line for each task"},
        {filters && (o->fill || o->characters > 0 || o->strict), "-X, -m, -s, -x", OF_ARGUMENTS},
        {filters && blocks && o->filter > FILTER_LINES, "--filter=0, =len",
         "with --pipe blocks are written as they are, and nothing is answered"},
        {filters && blocks && o->halt.when != HALT_NEVER && o->halt.percent, "--halt",
         "a percentage: with --pipe --filter it is not known how many commands there will be; give a number"},
        {filters && blocks && o->tries > 1, "--retries",
         "what a command has read with --pipe --filter can't be given to it again"},

        /* blocks, which have no items */
        {blocks && o->fill, "-X, -m, --xargs", OF_ITEMS},
        {blocks && o->characters > 0, "-s", OF_ITEMS},
        {blocks && o->strict, "-x", OF_ITEMS},
        {blocks && o->colsep != NULL, "-C", OF_ITEMS},
        {blocks && o->csv, "--csv", OF_ITEMS},
        {blocks && o->trim_given, "--trim", OF_ITEMS},
        {blocks && o->stop != NULL, "-E", OF_ITEMS},
        {blocks && o->link_all, "--link", OF_ITEMS},
        {blocks && o->shuffle, "--shuf", OF_ITEMS},
        {blocks && o->item_text != NULL, "-I", OF_ITEMS},
        {blocks && o->without_items, "-n 0", OF_ITEMS},
        {blocks && o->header != NULL && strcmp(o->header, ":") != 0, "--header with an expression", OF_ITEMS},
        {!blocks &&
             (o->block_given || o->record_end != NULL || o->record_start != NULL || o->record_expressions),
         "--block, --recend, --recstart, --regexp", "are for --pipe"},
    };
    for (size_t i = 0; i < ARRAY_LENGTH(conflicts); i++)
        if (conflicts[i].given) {
            char why[256];
            snprintf(why, sizeof why, conflicts[i].why, calls ? function->name : "");
            log_error("%s: %s", conflicts[i].option, why);
            return EXIT_CPOOL_FAILED;
        }
    return 0;
}
