/*
 * The words of a command are gone through once, program by program; a table says what in them is odd.
 * Programs that have a use of their own for such words are left alone.
 */
#include "cli/doubts.h"

#include "base/log.h"
#include "proc/spawn.h"
#include "task/environment.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* ---- programs that read such words themselves ---- */

/*
 * Operators, variables and quotes are for them: they have a language of their own, or hand their words to
 * another shell.
 */
static const char *const interpreters[] = {"[",       "ag",    "at",   "awk",   "egrep", "envsubst", "eval",
                                           "expr",    "fgrep", "find", "flock", "gawk",  "gmake",    "gsed",
                                           "grep",    "jq",    "make", "mawk",  "mosh",  "nawk",     "perl",
                                           "php",     "psql",  "rg",   "rsh",   "ruby",  "script",   "sed",
                                           "sqlite3", "ssh",   "su",   "tclsh", "test",  "watch"};
/* Programs that take && or > as arguments: of their own language, or for a shell on another host. */
static const char *const with_operators[] = {"find", "test", "[", "expr", "ssh", "rsh", "mosh", "su"};
/* Programs with options whose argument may be such a character: what separates fields, or is looked for. */
static const char *const with_separators[] = {"ag",   "awk",  "column", "cut",  "egrep", "fgrep",
                                              "gawk", "grep", "join",   "mawk", "nawk",  "paste",
                                              "rg",   "sort", "tr",     "xargs"};

static bool is_one_of(const char *program, const char *const *list, size_t count)
{
    const char *slash = strrchr(program, '/');
    const char *name = slash == NULL ? program : slash + 1;
    for (size_t i = 0; i < count; i++)
        if (strcmp(name, list[i]) == 0)
            return true;
    return false;
}

#define IS_ONE_OF(program, list) is_one_of(program, list, ARRAY_LENGTH(list))

/* ---- what a shell would have taken for syntax ---- */

/* A word of a direct command, and what is around it. */
struct doubted {
    const char *word;
    const char *program;  /* that it is handed to; the same pointer where it is the program */
    const char *previous; /* the word before it */
    bool is_last;         /* of its program */
    const struct options *options;
};

/* cut -d ';', grep -c '>', tr ';' ',': text to look for, or to cut at. */
static bool is_sought(const struct doubted *at)
{
    return IS_ONE_OF(at->program, with_separators) && (at->previous == at->program || at->previous[0] == '-');
}

static bool is_operator(const struct doubted *at)
{
    static const char *const operators[] = {"&&", "||",  ">",  ">>",  "<",  "2>", "2>>", "2>&1",
                                            "&>", "&>>", ">|", "<<<", "|&", ";",  ";;",  "&"};
    if (IS_ONE_OF(at->program, with_operators) || is_sought(at))
        return false;
    for (size_t i = 0; i < ARRAY_LENGTH(operators); i++)
        if (strcmp(at->word, operators[i]) == 0)
            return true;
    return false;
}

/* >FILE, 2>FILE, &>FILE, <FILE; not >=, <tag>, or an arrow alone. */
static bool is_redirection(const struct doubted *at)
{
    const char *word = at->word + strspn(at->word, "&0123456789");
    size_t arrows = strspn(word, "<>");
    bool has_file = word[arrows] != '\0' && word[arrows] != '=' && strpbrk(word + arrows, "<>") == NULL;
    return arrows > 0 && word - at->word <= 1 && has_file;
}

/* {}; with another command behind it, or {}& */
static bool ends_command(const struct doubted *at)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./{}=:,%@+-";
    size_t length = strspn(at->word, plain);
    const char *rest = at->word + length;
    return length > 0 && (strcmp(rest, "&") == 0 || (strcmp(rest, ";") == 0 && !at->is_last));
}

static size_t name_length(const char *text)
{
    size_t length = 0;
    if (isdigit((unsigned char)*text))
        return 0;
    while (isalnum((unsigned char)text[length]) || text[length] == '_')
        length++;
    return length;
}

/* Whether tasks have the variable whose name of `length` bytes is there. */
static bool is_variable(const struct options *options, const char *name, size_t length)
{
    char text[64];
    if (length + 2 > sizeof text)
        return false;
    memcpy(text, name, length);
    memcpy(text + length, "=", 2);
    bool is_given = environment_is_ours(text);
    for (size_t i = 0; i < options->variable_count; i++)
        is_given = is_given || environment_same_name(options->variables[i], text);
    text[length] = '\0';
    return is_given || getenv(text) != NULL;
}

/* A variable that there is, or one that is all of the word; or the output of a command. */
static bool wants_expansion(const struct doubted *at)
{
    for (const char *dollar = at->word; (dollar = strchr(dollar, '$')) != NULL; dollar++) {
        const char *name = dollar[1] == '{' ? dollar + 2 : dollar + 1;
        size_t length = name_length(name);
        const char *end = dollar[1] == '{' ? "}" : "";
        bool is_all = dollar == at->word && length > 1 && strcmp(name + length, end) == 0;
        if (dollar[1] == '(' || (length > 0 && (is_all || is_variable(at->options, name, length))))
            return true;
    }
    size_t length = strlen(at->word);
    return length > 2 && at->word[0] == '`' && at->word[length - 1] == '`';
}

static bool is_home(const struct doubted *at)
{
    return at->word[0] == '~' && (at->word[1] == '\0' || at->word[1] == '/');
}

/* "{}" or "$NAME", with the quotes in the word. */
static bool is_quoted(const struct doubted *at)
{
    static const struct replacement_names none;
    const char quote = at->word[0];
    size_t length = strlen(at->word);
    if ((quote != '"' && quote != '\'') || length < 3 || strchr(at->word + 1, quote) != at->word + length - 1)
        return false;
    return template_is_used_in(at->word, &none) || (at->word[1] == '$' && name_length(at->word + 2) > 0);
}

/* What stands behind -c is a script of whatever program that is. */
static bool is_script_of_program(const struct doubted *at)
{
    size_t length = strlen(at->previous);
    return length > 1 && at->previous[0] == '-' && at->previous[length - 1] == 'c';
}

static bool is_shell_syntax(const struct doubted *at)
{
    if (at->options->shell == SHELL_ALWAYS || at->program == at->word)
        return false;
    if (is_operator(at))
        return true;
    return !IS_ONE_OF(at->program, interpreters) && !is_script_of_program(at) &&
           (is_redirection(at) || ends_command(at) || wants_expansion(at) || is_home(at) || is_quoted(at));
}

/* ---- what GNU parallel would have replaced ---- */

static bool is_separator(const struct doubted *at)
{
    return at->program != at->word && (strcmp(at->word, "::") == 0 || strncmp(at->word, ":::", 3) == 0);
}

static bool is_perl(const struct doubted *at)
{
    const char *begin = strstr(at->word, "{=");
    return begin != NULL && strstr(begin, "=}") != NULL;
}

/* What stands between braces is one of --plus: of a column as well, where its number is in front. */
static bool is_inside_plus(const char *text, size_t length)
{
    static const char *const fixed[] = {"..",  "...",  "/..", "/...", "+/", "+.",
                                        "+..", "+...", "0#",  "00#",  "0%", "00%"};
    for (size_t i = 0; i < ARRAY_LENGTH(fixed); i++) {
        size_t number = fixed[i][0] == '0' ? 0 : strspn(text, "0123456789");
        if (number <= length && strlen(fixed[i]) == length - number &&
            memcmp(text + number, fixed[i], length - number) == 0)
            return true;
    }
    unsigned char second = length > 1 ? (unsigned char)text[1] : '\0';
    switch (length > 1 ? text[0] : '\0') {
    case ':': /* {:05d} is a format of many languages */
        return second == '-' || strspn(text + 1, "0123456789:-") >= length - 1;
    case '%': /* so is {%s} */
    case '#':
        return second == '.' || second == '_' || (isalpha(second) && length > 2);
    case '/':
        return second != '/' && memchr(text + 2, '/', length - 2) != NULL &&
               memchr(text, '{', length) == NULL;
    default:
        return false;
    }
}

static bool is_plus(const struct doubted *at)
{
    if (at->options->item_text != NULL || IS_ONE_OF(at->program, interpreters))
        return false;
    for (const char *open = at->word; (open = strchr(open, '{')) != NULL; open++) {
        const char *close = strchr(open, '}');
        bool is_shells = open > at->word && open[-1] == '$';
        if (close != NULL && !is_shells && is_inside_plus(open + 1, (size_t)(close - open) - 1))
            return true;
    }
    return false;
}

/* ---- all of them ---- */

static const struct {
    bool (*is_odd)(const struct doubted *at);
    bool in_scripts; /* as well */
    const char *why; /* behind "'WORD' is handed to PROGRAM as an argument" */
} kinds[] = {
    {is_shell_syntax, false, ", since no shell is used; -c uses one"},
    {is_separator, true, "; items stand behind ::: and a blank"},
    {is_perl, true, "; Perl between {= and =} is not known here, a script is"},
    {is_plus, false, "; what only --plus knows is not known here; in a script: x={}; echo \"${x%.*}\""},
};

/* The first word of that kind. */
static void note_kind(const struct work *work, const struct options *options, size_t kind)
{
    struct doubted at = {.options = options, .previous = ""};
    for (size_t i = 0; i < options->word_count; i++) {
        const char *next = i + 1 < options->word_count ? options->words[i + 1] : NULL;
        bool is_script = work->is_whole_script || work->roles[i].is_script;
        at.word = options->words[i];
        if (template_is_break(at.word)) {
            at.previous = "";
            continue;
        }
        at.program = options->words[work->is_whole_script ? 0 : work->roles[i].program];
        at.is_last = next == NULL || template_is_break(next);
        if ((!is_script || kinds[kind].in_scripts) && kinds[kind].is_odd(&at)) {
            log_warning("'%s' is handed to %s as an argument%s, -q is silent about it", at.word, at.program,
                        kinds[kind].why);
            return;
        }
        at.previous = at.word;
    }
}

/* An item that looks like a separator. */
static void note_items(const struct options *options)
{
    for (size_t i = 0; i < options->source_count; i++)
        for (size_t k = 0; k < options->sources[i].count; k++)
            if (strncmp(options->sources[i].words[k], ":::", 3) == 0) {
                log_warning("'%s' is an item; a separator has a blank behind it, -q is silent about it",
                            options->sources[i].words[k]);
                return;
            }
}

/* Where --header has taken the program for its expression, the next word is run, which may be an item. */
static void note_header(const struct options *options)
{
    const char *text = options->header;
    if (text == NULL || strlen(text) < 2 || text[strspn(text, "abcdefghijklmnopqrstuvwxyz")] != '\0')
        return;
    char *path = spawn_find(text);
    if (path != NULL || function_find(text) != NULL)
        log_warning(
            "--header: '%s' is taken as the expression that splits the names, not as the command; ':' "
            "splits them as -C does, -q is silent about it",
            text);
    free(path);
}

void doubts_note(const struct work *work, const struct options *options)
{
    if (options->shell == SHELL_NEVER)
        return;
    for (size_t kind = 0; kind < ARRAY_LENGTH(kinds); kind++)
        note_kind(work, options, kind);
    note_items(options);
    note_header(options);
}

/* ---- columns that can't be there ---- */

/* As many as a task can have; SIZE_MAX: any number. */
static size_t most_columns(const struct options *options, const struct replacement_names *names,
                           size_t sources)
{
    size_t rows = options->rows != 0 ? options->rows : options->lines != 0 ? options->lines : SIZE_MAX;
    size_t columns = sources;
    if (options->csv || options_given(options, "colsep"))
        return SIZE_MAX;
    if (options->colsep != NULL) /* tabs, by --header alone */
        columns = names->name_count > 0 ? names->name_count : SIZE_MAX;
    return columns > SIZE_MAX / rows ? SIZE_MAX : columns * rows;
}

static int check_columns(const struct work *work, const struct options *options,
                         const struct replacement_names *names, size_t sources)
{
    size_t most = most_columns(options, names, sources);
    const struct template_piece *piece = template_find_column(&work->template, most);
    if (piece == NULL)
        return 0;
    log_error(
        "'%.*s': stands for a column, and here there %s %zu at most; braces are text with -I STR, where "
        "STR alone stands for the item",
        (int)piece->length, piece->text, most == 1 ? "is" : "are", most);
    return EXIT_CPOOL_FAILED;
}

/* ---- names that the header has not ---- */

/* Text number `index` in which replacement strings are looked for; NULL: there are no more. */
static const char *text_at(const struct work *work, const struct options *options, size_t index)
{
    const char *others[] = {options->directory, options->tag_text, options->results};
    if (index < work->word_count)
        return work->words[index];
    index -= work->word_count;
    if (index < options->variable_count)
        return options->variables[index];
    index -= options->variable_count;
    while (index < ARRAY_LENGTH(others) && others[index] == NULL)
        index++;
    return index < ARRAY_LENGTH(others) ? others[index] : NULL;
}

/*
 * The length of {name}, {name.}, {name/} and so on, where that is there and the name is an identifier; else
 * 0.
 */
static size_t named_length(const char *text)
{
    size_t length = 1;
    if (text[0] != '{' || (!isalpha((unsigned char)text[1]) && text[1] != '_' && (text[1] & 0x80) == 0))
        return 0;
    while (isalnum((unsigned char)text[length]) || text[length] == '_' || text[length] == '-' ||
           (text[length] & 0x80) != 0)
        length++;
    length += strspn(text + length, "/");
    length += text[length] == '.';
    return text[length] == '}' ? length + 1 : 0;
}

#define NAMES_SHOWN 12

static int refuse_name(const char *word, size_t length, const struct replacement_names *names)
{
    struct buffer list = BUFFER_INIT;
    for (size_t i = 0; i < names->name_count && i < NAMES_SHOWN; i++) {
        char quoted[LOG_QUOTE_SIZE];
        buffer_append_text(&list, i == 0 ? "" : ", ");
        buffer_append_text(&list,
                           log_quote(quoted, sizeof quoted, names->names[i].bytes, names->names[i].length));
    }
    if (names->name_count > NAMES_SHOWN)
        buffer_append_text(&list, ", ...");
    buffer_append_byte(&list, '\0');
    log_error(
        "'%.*s': no column has that name; the header has: %s; braces are text with -I STR, where STR alone "
        "stands for the item",
        (int)length, word, buffer_bytes(&list));
    buffer_release(&list);
    return EXIT_CPOOL_FAILED;
}

/* A list without a first line has one name, which is empty. */
static bool has_names(const struct replacement_names *names)
{
    for (size_t i = 0; i < names->name_count; i++)
        if (names->names[i].length > 0)
            return true;
    return false;
}

static int check_names(const struct work *work, const struct options *options,
                       const struct replacement_names *names)
{
    struct replacement what;
    const char *text;
    if (!has_names(names) || names->item != NULL)
        return 0;
    for (size_t i = 0; (text = text_at(work, options, i)) != NULL; i++)
        for (const char *at = text; *at != '\0'; at++) {
            size_t length = named_length(at);
            bool is_shells = at > text && at[-1] == '$';
            if (length > 0 && !is_shells && replacement_in(text, at, names, &what) == 0)
                return refuse_name(at, length, names);
        }
    return 0;
}

/* ---- what -I leaves alone ---- */

/*
 * {} and {2} are what people want to have as text; what else would have been replaced may have been meant
 * so.
 */
static bool is_left_alone(const char *text, const char *at, const struct replacement_names *others,
                          size_t *length)
{
    struct replacement what;
    *length = replacement_in(text, at, others, &what);
    return *length > 0 &&
           (what.kind != REPLACEMENT_ITEM || what.part != REPLACEMENT_WHOLE || named_length(at) > 0);
}

static void note_left_alone(const struct work *work, const struct options *options,
                            const struct replacement_names *names)
{
    struct replacement_names others = *names;
    const char *text;
    size_t length;
    others.item = NULL;
    if (names->item == NULL || options->shell == SHELL_NEVER)
        return;
    for (size_t i = 0; (text = text_at(work, options, i)) != NULL; i++)
        for (const char *at = text; *at != '\0'; at++)
            if (strncmp(at, names->item, strlen(names->item)) != 0 &&
                is_left_alone(text, at, &others, &length)) {
                log_warning("'%.*s' stays as it is: with -I only '%s' is replaced, -q is silent about it",
                            (int)length, at, names->item);
                return;
            }
}

/* ---- a script's own $1 ---- */

/* $1, $@, ${1}; not ${1-}, which has been thought of. */
static size_t parameter_length(const char *dollar)
{
    bool is_braced = dollar[1] == '{';
    const char *name = dollar + 1 + is_braced;
    if (*name == '\0' || strchr("123456789@*", *name) == NULL || (is_braced && name[1] != '}'))
        return 0;
    return is_braced ? 4 : 2;
}

/*
 * The first $1 or $@ outside of single quotes, and its length; NULL: there is none, or the script itself
 * gives it a value.
 */
static const char *find_parameter(const char *script, size_t *length)
{
    static const char *const setters[] = {"set ", "()", "function ", "getopts ", "shift"};
    bool is_double = false;
    for (size_t i = 0; i < ARRAY_LENGTH(setters); i++)
        if (strstr(script, setters[i]) != NULL)
            return NULL;
    for (const char *at = script; *at != '\0'; at++) {
        if (*at == '\\' && at[1] != '\0') {
            at++;
        } else if (*at == '"') {
            is_double = !is_double;
        } else if (*at == '\'' && !is_double) {
            at = strchr(at + 1, '\'');
            if (at == NULL)
                return NULL;
        } else if (*at == '$' && (*length = parameter_length(at)) > 0) {
            return at;
        }
    }
    return NULL;
}

/* Nothing is handed to the script that has such a name. */
static void note_parameters(const struct work *work)
{
    for (size_t i = 0; i < work->word_count; i++) {
        size_t length;
        if (!work->roles[i].is_script || !template_ends_program(&work->template.setup, i))
            continue;
        const char *at = find_parameter(work->words[i], &length);
        if (at == NULL)
            continue;
        log_warning("'%.*s' in the script is empty: %s", (int)length, at,
                    work->is_whole_script
                        ? "{} stands for the item"
                        : "{} stands for the item, or a word behind the script makes the item "
                          "$1: sh -c SCRIPT _");
        return;
    }
}

/* An item would be the name of a program there, with blanks and all. */
static void note_bare_item(const struct work *work, const struct options *options)
{
    const char *item = options->item_text != NULL ? options->item_text : "{}";
    for (size_t i = 0; i < work->word_count; i++)
        if (work->roles[i].is_script && strcmp(work->words[i], item) == 0) {
            log_warning(
                "'%s' is all of the script: each item is the name of a program; to run items as scripts "
                "leave it out: cpool sh -c <FILE",
                item);
            return;
        }
}

int doubts_check(const struct work *work, const struct options *options,
                 const struct replacement_names *names, size_t sources)
{
    int status = check_columns(work, options, names, sources);
    if (status == 0)
        status = check_names(work, options, names);
    if (status != 0)
        return status;
    note_left_alone(work, options, names);
    note_parameters(work);
    note_bare_item(work, options);
    return 0;
}
