/*
 * A row is a kind of word that people give as a program though it is none, and what it is instead. The
 * first row that fits is told.
 */
#include "cli/hints.h"

#include "base/buffer.h"
#include "base/log.h"
#include "base/xalloc.h"
#include "proc/spawn.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What was not found. */
struct hint_case {
    const char *program;
    const struct options *options;
    int error; /* ENOENT, EACCES or another */
};

/* ---- what only a shell knows ---- */

static bool is_among(const char *words, const char *name)
{
    size_t length;
    for (; *words != '\0'; words += length + strspn(words + length, " ")) {
        length = strcspn(words, " ");
        if (strlen(name) == length && memcmp(words, name, length) == 0)
            return true;
    }
    return false;
}

/* bash hands a function on as a variable of such a name. */
static bool is_exported_function(const struct hint_case *at)
{
    static const char *const ends[] = {"%%", "()"};
    bool is_exported = false;
    for (size_t i = 0; i < ARRAY_LENGTH(ends); i++) {
        char *name = xasprintf("BASH_FUNC_%s%s", at->program, ends[i]);
        is_exported = is_exported || getenv(name) != NULL;
        free(name);
    }
    return is_exported;
}

static bool is_change_of_folder(const struct hint_case *at)
{
    return is_among("cd pushd popd", at->program);
}

static bool is_keyword(const struct hint_case *at)
{
    return is_among(
        "if then elif else fi for while until do done case esac select function time coproc { } ( ) (( "
        "[[ !",
        at->program);
}

static bool is_built_in(const struct hint_case *at)
{
    return is_among(
        ". : alias bg break command continue eval exec exit export fc fg getopts hash jobs local read "
        "readonly return set shift times trap type ulimit umask unalias unset wait",
        at->program);
}

static bool is_built_in_of_bash(const struct hint_case *at)
{
    return is_among("source declare typeset mapfile readarray let dirs shopt enable builtin history compgen "
                    "complete caller bind disown logout suspend help",
                    at->program);
}

static bool is_assignment(const struct hint_case *at)
{
    const char *equals = strchr(at->program, '=');
    if (equals == NULL || (!isalpha((unsigned char)*at->program) && *at->program != '_'))
        return false;
    for (const char *name = at->program; name < equals; name++)
        if (!isalnum((unsigned char)*name) && *name != '_')
            return false;
    return true;
}

static bool is_of_home(const struct hint_case *at)
{
    return at->program[0] == '~';
}

/* ---- what is written wrong ---- */

static bool ends_in_return(const struct hint_case *at)
{
    size_t length = strlen(at->program);
    return length > 0 && at->program[length - 1] == '\r';
}

/* No path with a blank in it: "srun -n1", "/bin/nice cat". */
static bool is_several_words(const struct hint_case *at)
{
    size_t length = strcspn(at->program, " \t\n");
    if (length == 0 || at->program[length] == '\0')
        return false;
    char *first = xasprintf("%.*s", (int)length, at->program), *path = spawn_find(first);
    bool is_program = path != NULL;
    free(path);
    free(first);
    return is_program || strchr(at->program, '/') == NULL;
}

/* ---- where it is instead ---- */

/* A file of that name in the folder that cpool was started in. */
static bool is_here(const struct hint_case *at, bool executable)
{
    struct stat info;
    return at->error == ENOENT && strchr(at->program, '/') == NULL && *at->program != '\0' &&
           stat(at->program, &info) == 0 && S_ISREG(info.st_mode) &&
           (access(at->program, X_OK) == 0) == executable;
}

static bool is_program_here(const struct hint_case *at)
{
    return is_here(at, true);
}

static bool is_file_here(const struct hint_case *at)
{
    return is_here(at, false);
}

static bool is_folder(const struct hint_case *at)
{
    struct stat info;
    return at->error == EACCES && strchr(at->program, '/') != NULL && stat(at->program, &info) == 0 &&
           S_ISDIR(info.st_mode);
}

static bool is_not_executable(const struct hint_case *at)
{
    struct stat info;
    return at->error == EACCES && strchr(at->program, '/') != NULL && stat(at->program, &info) == 0 &&
           S_ISREG(info.st_mode);
}

static bool is_on_path_of_tasks(const struct hint_case *at)
{
    for (size_t i = 0; i < at->options->variable_count; i++)
        if (strncmp(at->options->variables[i], "PATH=", 5) == 0)
            return strchr(at->program, '/') == NULL;
    return false;
}

/* ---- all of them ---- */

static const struct {
    bool (*fits)(const struct hint_case *at);
    const char *text; /* behind "PROGRAM: "; @ is the program */
} rows[] = {
    {is_exported_function,
     "not found: it is a function that bash has exported, and no program; bash runs it: cpool "
     "bash -c '@ \"$@\"' _ ::: ITEM..."},
    {ends_in_return,
     "not found: it ends in a CR; the file that it stands in has lines that end in CR LF: sed -i "
     "'s/\\r$//' FILE"},
    {is_program_here, "not found on PATH, but in this folder: write ./@"},
    {is_file_here, "not found on PATH, but in this folder, and not executable: chmod +x @, and write ./@"},
    {is_change_of_folder,
     "not found: it is a built-in of the shell; --wd DIR runs the tasks in a folder, -c the "
     "command by sh"},
    {is_keyword,
     "not found: it is a word of the shell's language; -c runs the command by sh, and so does one word "
     "in quotes"},
    {is_built_in, "not found: it is a built-in of the shell; -c runs the command by sh"},
    {is_built_in_of_bash,
     "not found: it is a built-in of bash; bash runs it: cpool bash -c SCRIPT _ ::: ITEM..."},
    {is_assignment, "not found: --env @ gives a variable to the tasks; -c runs the command by sh"},
    {is_of_home, "not found: only a shell takes ~ for the home folder, and not within quotes; write $HOME"},
    {is_several_words,
     "not found: it is one word, blanks and all; write its words apart, or -c, which has sh read "
     "them"},
    {is_on_path_of_tasks,
     "not found: it is looked for on the PATH of cpool itself; --env PATH=... is that of the "
     "tasks: PATH=... cpool, or the program's path"},
    {is_folder, "can't be run: it is a folder"},
    {is_not_executable, "can't be run: Permission denied; chmod +x @, or name what interprets it: sh @"},
};

static const char *find_hint(const struct hint_case *at)
{
    for (size_t i = 0; i < ARRAY_LENGTH(rows); i++)
        if (rows[i].fits(at))
            return rows[i].text;
    if (at->error != ENOENT)
        return NULL;
    return strchr(at->program, '/') != NULL
               ? "not found: there is no such file"
               : "not found: neither a function (cpool --functions) nor a program on PATH";
}

int hints_tell_not_found(const char *program, const struct options *options, int error)
{
    const char *hint = find_hint(&(struct hint_case){program, options, error});
    struct buffer text = BUFFER_INIT;
    for (const char *at = hint; at != NULL && *at != '\0'; at++)
        if (*at == '@' && at[1] != '"')
            buffer_append_text(&text, program);
        else
            buffer_append_byte(&text, *at);
    buffer_append_byte(&text, '\0');
    if (hint != NULL)
        log_error("%s: %s", program, buffer_bytes(&text));
    else
        log_error("%s: can't be run: %s", program, strerror(error));
    buffer_release(&text);
    return error == ENOENT ? EXIT_NOT_FOUND : EXIT_CANNOT_RUN;
}

const char *hints_not_started(const struct options *options, const char *label, int error)
{
    const char *item = options->item_text != NULL ? options->item_text : "{}";
    bool is_bare = options->word_count == 1 && strcmp(options->words[0], item) == 0;
    if (is_bare && error == ENOENT && strpbrk(label, " \t|;&<>$") != NULL)
        return "; to run items as scripts: cpool sh -c <FILE";
    return "";
}
