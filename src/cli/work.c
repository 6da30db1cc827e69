#include "cli/work.h"

#include "base/io.h"
#include "base/log.h"
#include "base/platform.h"
#include "base/xalloc.h"
#include "cli/conflicts.h"
#include "cli/doubts.h"
#include "cli/hints.h"
#include "options/option_alone.h"
#include "options/output_wanted.h"
#include "proc/spawn.h"
#include "template/readers.h"
#include "template/roles.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What a script that begins with #! may add to its command line: the interpreter's name and one argument. */
#define INTERPRETER_LINE  256
/* A path that an item decides on hardly takes more, be it a script's. */
#define PATH_SIZE_GUESSED (2 * 4096 + INTERPRETER_LINE)

/* ---- which words are a script ---- */

/* Characters that only a shell gives a meaning to. */
static bool wants_shell(const char *word)
{
    return strpbrk(word, " \t\n|&;<>()$`\\\"'*?[]#~!") != NULL;
}

static char *join_words(char *const *words, size_t count)
{
    struct buffer text = BUFFER_INIT;
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            buffer_append_byte(&text, ' ');
        buffer_append_text(&text, words[i]);
    }
    buffer_append_byte(&text, '\0');
    char *joined = xstrdup(buffer_bytes(&text));
    buffer_release(&text);
    return joined;
}

/* An item can be appended behind a last newline as well. */
static void trim_end(char *script)
{
    size_t length = strlen(script);
    while (length > 0 && strchr(" \t\n", script[length - 1]) != NULL &&
           (length == 1 || script[length - 2] != '\\'))
        length--;
    script[length] = '\0';
}

static void make_script(struct work *work, const struct options *options)
{
    static char sh[] = "sh", option[] = "-c";
    work->joined = join_words(options->words, options->word_count);
    trim_end(work->joined);
    work->words = xcalloc(3, sizeof *work->words);
    work->words[0] = sh;
    work->words[1] = option;
    work->words[2] = work->joined;
    work->word_count = 3;
    work->is_whole_script = true;
}

/* Behind the last word of the program that begins at word `begin`. */
static size_t end_of_program(const struct work *work, size_t begin)
{
    while (begin < work->word_count && !template_is_break(work->words[begin]))
        begin++;
    return begin;
}

static void find_words(struct work *work, const struct options *options)
{
    const char *first = options->words[0];
    bool one_script = options->word_count == 1 && options->shell == SHELL_IF_NEEDED && wants_shell(first) &&
                      access(first, X_OK) != 0;
    if (one_script || options->shell == SHELL_ALWAYS) {
        make_script(work, options);
        return;
    }
    work->words = xcalloc(options->word_count, sizeof *work->words);
    memcpy(work->words, options->words, options->word_count * sizeof *work->words);
    work->word_count = options->word_count;
}

/* ---- pipelines ---- */

static int check_pipeline(const struct work *work)
{
    size_t programs = 1;
    for (size_t i = 0; i < work->word_count; i++) {
        if (!template_is_break(work->words[i]))
            continue;
        programs++;
        if (i == 0 || i + 1 == work->word_count || template_is_break(work->words[i + 1])) {
            log_error("'|': joins two programs, and there is none %s it", i == 0 ? "before" : "behind");
            return EXIT_CPOOL_FAILED;
        }
    }
    if (programs > SPAWN_PROGRAMS_MAX) {
        log_error("'|': a pipeline can have %d programs, not %zu", SPAWN_PROGRAMS_MAX, programs);
        return EXIT_CPOOL_FAILED;
    }
    return 0;
}

/* ---- the program ---- */

static bool is_relative_path(const char *program)
{
    return program[0] != '/' && strchr(program, '/') != NULL;
}

/* What was found on a PATH that names folders from here is not found from elsewhere. */
static void make_absolute(char **path)
{
    char *absolute = (*path)[0] == '/' ? NULL : realpath(*path, NULL);
    if (absolute == NULL)
        return;
    free(*path);
    *path = absolute;
}

/* The kernel puts the path beside the arguments, and for a script among them what it is interpreted by. */
static size_t path_size(const char *path)
{
    char magic = '\0';
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    bool is_binary = fd >= 0 && io_read(fd, &magic, 1) == 1 && magic == '\x7f';
    io_close(&fd);
    size_t size = strlen(path) + 1;
    return is_binary ? size : 2 * size + INTERPRETER_LINE;
}

/* One program: 0 and *path, which stays NULL where an item decides on it; else the exit status. */
static int find_path(const char *program, const struct work *work, const struct options *options, char **path)
{
    if (template_is_used_in(program, &work->template.setup.names))
        return 0;
    if (options->directory != NULL && is_relative_path(program)) {
        *path = xstrdup(program); /* from the folder that it is run in */
        return 0;
    }
    *path = spawn_find(program);
    if (*path == NULL)
        return hints_tell_not_found(program, options, errno);
    if (options->directory != NULL)
        make_absolute(path);
    return 0;
}

static int find_programs(struct work *work, const struct options *options)
{
    for (size_t begin = 0; begin < work->word_count; begin = end_of_program(work, begin) + 1)
        work->programs++;
    work->paths = xcalloc(work->programs, sizeof *work->paths);
    work->command.paths = work->paths;
    work->command.program_count = work->programs;
    work->path_size = PATH_SIZE_GUESSED;
    if (work->function != NULL)
        return 0;
    size_t largest = 0, begin = 0;
    for (size_t i = 0; i < work->programs; i++, begin = end_of_program(work, begin) + 1) {
        int status = find_path(work->words[begin], work, options, &work->paths[i]);
        if (status != 0)
            return status;
        largest = size_max(largest, work->paths[i] != NULL ? path_size(work->paths[i]) : PATH_SIZE_GUESSED);
    }
    work->path_size = largest;
    return 0;
}

/* ---- columns ---- */

/* What people write who know other expressions, and what it is in these. */
static const struct {
    char letter;
    const char *text;
} escapes[] = {{'t', "\t"}, {'n', "\n"}, {'d', "[0-9]"}, {'D', "[^0-9]"}};

static char *with_escapes(const char *expression)
{
    struct buffer text = BUFFER_INIT;
    for (const char *at = expression; *at != '\0'; at++) {
        const char *meant = NULL;
        for (size_t i = 0; at[0] == '\\' && i < ARRAY_LENGTH(escapes); i++)
            if (at[1] == escapes[i].letter)
                meant = escapes[i].text;
        if (meant != NULL)
            buffer_append_text(&text, meant);
        else
            buffer_append(&text, at, at[0] == '\\' && at[1] != '\0' ? 2 : 1);
        at += at[0] == '\\' && at[1] != '\0';
    }
    buffer_append_byte(&text, '\0');
    return buffer_bytes(&text);
}

/* Of Perl's that mean something else here. */
static bool is_foreign(const char *expression)
{
    return strstr(expression, "*?") != NULL || strstr(expression, "+?") != NULL ||
           strstr(expression, "(?") != NULL;
}

static int find_columns(struct work *work, const struct options *options)
{
    work->columns.trim = options->trim;
    if (options->colsep == NULL && !options->csv)
        return 0;
    char why[128], *expression = with_escapes(options->colsep != NULL ? options->colsep : ",");
    int status = 0;
    if (options->csv) {
        work->columns.mode = COLUMNS_CSV;
        work->columns.separator = expression[0];
        if (strlen(expression) != 1 || expression[0] == '"') {
            log_error("-C: '%s': with --csv it is one byte, and no double quote", options->colsep);
            status = EXIT_CPOOL_FAILED;
        }
    } else if (is_foreign(expression)) {
        log_error(
            "-C: '%s' is an expression of Perl's; here it is a POSIX extended one, without *? +? and (?",
            options->colsep);
        status = EXIT_CPOOL_FAILED;
    } else if (columns_compile(&work->columns, expression, why, sizeof why) < 0) {
        log_error("-C: '%s' is no expression to split by: %s", options->colsep, why);
        status = EXIT_CPOOL_FAILED;
    }
    free(expression);
    return status;
}

/* ---- options ---- */

static int check_passthroughory(const struct options *options, const struct replacement_names *names)
{
    struct stat info;
    const char *directory = options->directory;
    if (directory == NULL || template_is_used_in(directory, names))
        return 0;
    if (stat(directory, &info) == 0 && S_ISDIR(info.st_mode) && access(directory, X_OK) == 0)
        return 0;
    if (errno == 0 || (stat(directory, &info) == 0 && !S_ISDIR(info.st_mode)))
        errno = ENOTDIR;
    log_error("--wd: %s: %s; no task was started", directory, strerror(errno));
    return EXIT_CPOOL_FAILED;
}

/* Whether a word wants what differs from task to task; the number of the worker does not. */
static bool wants_items(const char *word, const struct replacement_names *names)
{
    char *rest = xstrdup(word);
    for (char *slot; (slot = strstr(rest, "{%}")) != NULL;)
        memmove(slot, slot + 3, strlen(slot + 3) + 1);
    bool wants = template_is_used_in(rest, names);
    free(rest);
    return wants;
}

/* A filter is started before it is known which items it will read. */
static int check_filter_words(const struct work *work, const struct options *options,
                              const struct replacement_names *names)
{
    for (size_t i = 0; options->filter != FILTER_NONE && i < work->word_count; i++)
        if (wants_items(work->words[i], names)) {
            log_error(
                "--filter: '%s': the command is started once, and reads its items; only {%%} has a value",
                work->words[i]);
            return EXIT_CPOOL_FAILED;
        }
    return 0;
}

static int say_no_command(const struct options *options)
{
    if (options->header != NULL && strcmp(options->header, ":") != 0)
        log_error("no FUNCTION or COMMAND given: --header has taken '%s' as the expression that splits the "
                  "names; ':' splits them as -C does",
                  options->header);
    else
        log_error("no FUNCTION or COMMAND given; see cpool --help, or, if the items are commands: cpool sh "
                  "-c ::: ITEM...");
    return EXIT_CPOOL_FAILED;
}

int work_find(struct work *work, const struct options *options)
{
    if (options->word_count == 0)
        return say_no_command(options);
    bool may_be_function = !options->force_command && options->shell != SHELL_ALWAYS;
    work->function = may_be_function ? function_find(options->words[0]) : NULL;
    int status = conflicts_check(options, work->function);
    if (status != 0)
        return status;
    option_alone_note(options);
    if (work->function != NULL)
        return 0;
    status = find_columns(work, options);
    if (status != 0)
        return status;
    find_words(work, options);
    return check_pipeline(work);
}

/* ---- compiling ---- */

/* --dry-run of a function shows its call. */
static void show_function(struct work *work)
{
    work->words = xcalloc(1, sizeof *work->words);
    work->words[0] = (char *)(uintptr_t)work->function->name;
    work->word_count = 1;
}

/* In a script. */
static void note_reread(const struct work *work, const struct options *options)
{
    const char *program = work->template.reread_by;
    if (program != NULL && options->shell != SHELL_NEVER)
        roles_warn("{}", program, work->template.reread_instead);
}

/* --env: a variable that a shell runs is no place for an item. */
static int check_variables(const struct options *options, const struct replacement_names *names)
{
    for (size_t i = 0; i < options->variable_count; i++)
        if (readers_run_variable(options->variables[i]) &&
            template_is_used_in(options->variables[i], names)) {
            log_error(
                "--env: '%s': a shell runs what is in that variable, and an item there would be code; use "
                "another name, and \"$NAME\" in a script",
                options->variables[i]);
            return -1;
        }
    return 0;
}

static int compile_template(struct work *work, const struct options *options,
                            const struct replacement_names *names, uint64_t total)
{
    bool without_items = options->without_items || options->pipe || options->filter != FILTER_NONE;
    const struct roles_setup roles = {
        .words = work->words,
        .count = work->word_count,
        .names = names,
        .may_append =
            !without_items && !(options->directory != NULL && template_is_used_in(options->directory, names)),
        .silent = options->shell == SHELL_NEVER,
    };
    work->roles = roles_find(&roles);
    if (work->roles == NULL || check_variables(options, names) != 0)
        return EXIT_CPOOL_FAILED;
    const struct template_setup setup = {
        .words = work->words,
        .count = work->word_count,
        .roles = work->roles,
        .append_to_script = work->is_whole_script,
        .repeat = options->repeat,
        .variables = options->variables,
        .variable_count = options->variable_count,
        .directory = options->directory,
        .tag = output_wanted_tag(options),
        .place = output_wanted_place(options, names),
        .names = *names,
        .columns = &work->columns,
        .total = total,
        .most_characters = options->characters,
        .without_items = without_items,
    };
    char *why;
    if (template_compile(&work->template, &setup, &why) == 0) {
        note_reread(work, options);
        return 0;
    }
    log_error("%s", why);
    free(why);
    return EXIT_CPOOL_FAILED;
}

/* Whether there is something for each replacement string to stand for. */
static int check_template(const struct work *work, const struct options *options, uint64_t total)
{
    if (options->pipe && work->template.references > 0) {
        log_error("--pipe: a block is read on standard input; {} and its kin stand for nothing, only {#} and "
                  "{%%} do");
        return EXIT_CPOOL_FAILED;
    }
    if (work->template.uses_total && total == 0) {
        log_error("{##}: how many tasks there will be is not known here; say it by --total N");
        return EXIT_CPOOL_FAILED;
    }
    return 0;
}

static void plan_command(struct work *work, const struct options *options, size_t sources)
{
    work->command = (struct command_plan){.expand = template_expand,
                                          .template = &work->template,
                                          .variables = options->variables,
                                          .variable_count = options->variable_count,
                                          .framing = options->filter,
                                          .ungrouped = options->order == ORDER_NONE,
                                          .is_numbered = work->template.is_numbered,
                                          .row = sources,
                                          .ladder = options->ladder,
                                          .only_print = options->dry_run,
                                          .on_terminal = isatty(STDOUT_FILENO) == 1,
                                          .say_lock = -1,
                                          .tell = options->tell && !options->dry_run};
    if (work->command.tell && (work->command.ungrouped || work->command.framing != FILTER_NONE))
        work->command.say_lock =
            platform_open_temporary(options->tmpdir); /* without it short lines stay whole */
}

int work_compile(struct work *work, const struct options *options, const struct item *names,
                 size_t name_count, size_t sources, uint64_t total)
{
    const struct replacement_names replacements = {
        .item = options->item_text, .names = names, .name_count = name_count};

    if (work->function != NULL && !options->dry_run && !output_wanted_formatter(options))
        return 0;
    if (work->function != NULL)
        show_function(work);
    int status = compile_template(work, options, &replacements, total);
    if (status != 0)
        return status;
    if (work->function != NULL && !options->dry_run) /* for tags: no command is run */
        return doubts_check(work, options, &replacements, sources);
    if (work->function == NULL)
        doubts_note(work, options);
    status = check_template(work, options, total);
    if (status == 0)
        status = check_filter_words(work, options, &replacements);
    if (status == 0)
        status = doubts_check(work, options, &replacements, sources);
    if (status == 0)
        status = check_passthroughory(options, &replacements);
    if (status != 0)
        return status;
    plan_command(work, options, sources);
    return find_programs(work, options);
}

void work_release(struct work *work)
{
    template_release(&work->template);
    columns_release(&work->columns);
    for (size_t i = 0; i < work->programs; i++)
        free(work->paths[i]);
    free(work->paths);
    free(work->roles);
    free(work->words);
    free(work->joined);
}
