#include "cli/output.h"

#include "base/io.h"
#include "base/log.h"
#include "base/xalloc.h"
#include "observers/joblog_read.h"
#include "observers/lock.h"
#include "observers/table_end.h"
#include "options/output_wanted.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- what is wanted ---- */

static bool any_order(const struct options *options)
{
    return options->order == ORDER_AS_COMPLETED || output_wanted_lines(options);
}

/* Files that all tasks share, and what must not be a name by mistake. */
int output_check_names(const struct options *options, const struct output_fields *fields)
{
    const struct replacement_names names = {options->item_text, fields->names, fields->name_count};
    const struct {
        const char *option, *name;
        bool is_shared;
    } files[] = {{"--joblog", joblog_path(options), true},
                 {"--failed", options->failed_file, true},
                 {"--trace", options->trace, true},
                 {"--results", options->results, output_wanted_table(options) != TABLE_NONE}};
    for (size_t i = 0; i < ARRAY_LENGTH(files); i++) {
        const char *name = files[i].name;
        if (name == NULL)
            continue;
        if (strcmp(name, "-") == 0)
            log_error("%s: '-': is no name of a file here; %s, and a file that is called so is ./-",
                      files[i].option,
                      files[i].is_shared ? "standard output is /dev/stdout"
                                         : "a table goes to standard output as -.csv");
        else if (files[i].is_shared && template_is_used_in(name, &names))
            log_error(
                "%s: '%s': is one file for all tasks, and no item can stand in its name; give it another, or "
                "-I STR, with which braces are text",
                files[i].option, name);
        else
            continue;
        return EXIT_CPOOL_FAILED;
    }
    return 0;
}

/* ---- opening ---- */

static size_t count_columns(const struct options *options, const struct output_fields *fields)
{
    if (options->pipe)
        return 0;
    if (output_wanted_unknown_columns(options))
        return TABLE_ANY;
    return (fields->name_count > 0 ? fields->name_count : fields->sources) * options->rows;
}

static int fail(const struct options *options)
{
    log_error("--results: %s: %s; no task was started", options->results, strerror(errno));
    return EXIT_CPOOL_FAILED;
}

static bool has_bytes(int fd)
{
    struct stat info;
    return fd >= 0 && fstat(fd, &info) == 0 && S_ISREG(info.st_mode) && info.st_size > 0;
}

static int write_header(const struct output *output, const struct options *options,
                        const struct output_fields *fields)
{
    struct buffer header = BUFFER_INIT;
    int fd = output->table.fd >= 0 ? output->table.fd : STDOUT_FILENO, result = 0;

    table_header(output->formatter.form, fields->names, fields->name_count, output->formatter.columns,
                 &header);
    if (output->table.fd < 0 || !has_bytes(fd))
        result = io_write_all(fd, buffer_bytes(&header), buffer_length(&header));
    buffer_release(&header);
    return result < 0 ? fail(options) : 0;
}

/* "-.csv" is a table on standard output. With --resume an earlier one goes on. */
static int open_table(struct output *output, const struct options *options,
                      const struct output_fields *fields)
{
    bool goes_on = options->resume || options->resume_failed;
    if (options->results[0] != '-' || options->results[1] != '.') {
        int status = outfile_open(options, "--results", options->results, OUTFILE_ALONE, &output->table);
        if (status == 0)
            status = goes_on ? table_end_mend(options, output->formatter.form, output->table.fd)
                             : outfile_empty(&output->table);
        if (status != 0)
            return status;
    }
    output->formatter.columns = count_columns(options, fields);
    output->formatter.has_header = goes_on && has_bytes(output->table.fd);
    if (output->formatter.form == TABLE_JSON || output->formatter.columns == TABLE_ANY)
        return 0;
    return write_header(output, options, fields);
}

/* Where it has replacement strings, the folder is what stands in front of them. */
static int open_folder(struct output *output, const struct options *options,
                       const struct output_fields *fields)
{
    const struct replacement_names names = {options->item_text, fields->names, fields->name_count};
    struct folder_tree *folders = &output->formatter.folders;
    const char *place = output_wanted_place(options, &names), *path = options->results;
    if (place == options->results)
        path = ".";
    else if (place != NULL) /* freed with the output */
        path = output->folder = xmemdupz(options->results, (size_t)(place - options->results) - 1);
    if (*path == '\0')
        path = "/";
    if (folder_tree_open(folders, path, options->tmpdir) < 0)
        return fail(options);
    lock_take(folders->fd, LOCK_ALONE, "--results", path);
    folders->names = fields->names;
    folders->name_count = fields->name_count;
    folders->names_places = place != NULL;
    return 0;
}

int output_open(struct output *output, const struct options *options, struct work *work,
                const struct output_fields *fields)
{
    /* With --dry-run no file is made. */
    enum table_form table = options->dry_run ? TABLE_NONE : output_wanted_table(options);
    bool is_folder = !options->dry_run && output_wanted_folder(options);
    bool prints = !is_folder || output_wanted_tags(options) || any_order(options);

    output->is_formatted = output_wanted_formatter(options);
    if (!output->is_formatted)
        return 0;
    output->formatter = (struct formatter_plan){
        .tags = output_wanted_tags(options),
        .whole_lines = output_wanted_lines(options),
        .form = options->json ? TABLE_JSON : table,
        .only_shown = options->dry_run,
        .folders = {.fd = -1, .claims = -1},
        .tmpdir = options->tmpdir,
        .epoch = clock_epoch(),
        .describe = template_describe,
        .template = &work->template,
        .function = work->function,
        .command = work->function == NULL ? &work->command : NULL,
    };
    output->formatter.prints = prints && output->formatter.form == TABLE_NONE;
    if (table != TABLE_NONE)
        return open_table(output, options, fields);
    if (!is_folder)
        return 0;
    return open_folder(output, options, fields);
}

int output_close(struct output *output)
{
    folder_tree_close(&output->formatter.folders);
    free(output->folder);
    output->folder = NULL;
    if (outfile_close(&output->table) == 0)
        return 0;
    log_error("--results: %s; output is lost", strerror(errno));
    return EXIT_CPOOL_FAILED;
}
