#include "options/help.h"

#include "base/log.h"
#include "options/option_table.h"
#include "task/function.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#define WIDTH 79

static int finish_output(void)
{
    if (fflush(stdout) == 0 && ferror(stdout) == 0)
        return 0;
    log_error("standard output: %s", strerror(errno));
    return -1;
}

/* ---- help ---- */

static const char *const sections[SECTION_COUNT] = {
    [SECTION_ITEMS] = "Items",
    [SECTION_TASKS] = "Items for each task",
    [SECTION_BLOCKS] = "Blocks",
    [SECTION_RUNNING] = "Running",
    [SECTION_ENDING] = "Ending",
    [SECTION_OUTPUT] = "Output",
    [SECTION_RECORDS] = "Logs and progress",
    [SECTION_OTHER] = "Other",
};

/* "-j, --jobs=N" */
static void name_row(const struct option_row *row, char *names, size_t size)
{
    const char *equals = row->name == NULL ? " " : option_row_is(row, OPTION_ARGUMENT_OPTIONAL) ? "[=" : "=";
    snprintf(names, size, "%c%c%s%s%s%s%s%s", row->letter != 0 ? '-' : ' ',
             row->letter != 0 ? row->letter : ' ',
             row->name == NULL  ? ""
             : row->letter != 0 ? ", --"
                                : "  --",
             row->name == NULL ? "" : row->name, row->argument == NULL ? "" : equals,
             row->argument == NULL ? "" : row->argument,
             option_row_is(row, OPTION_ARGUMENT_OPTIONAL) ? "]" : "", "");
}

static void print_row(const struct option_row *row)
{
    char names[64];
    name_row(row, names, sizeof names);
    printf("  %-25s %s\n", names, row->help);
}

/* Their names alone, in lines of WIDTH. */
static void print_names(enum option_section section)
{
    const struct option_row *row;
    int column = printf("  %s:", sections[section]);
    for (size_t i = 0; (row = option_table_row(i)) != NULL; i++) {
        if (row->section != section || option_row_is(row, OPTION_COMMON))
            continue;
        char letter[3] = {'-', row->letter, '\0'};
        const char *dashes = row->name != NULL ? "--" : "", *name = row->name != NULL ? row->name : letter;
        bool both = row->name != NULL && row->letter != 0;
        int length = (int)(strlen(name) + strlen(dashes)) + (both ? 4 : 1);
        if (column + length > WIDTH)
            column = printf("\n   ") - 1;
        column += printf(" %s%s%s%s", both ? letter : "", both ? " " : "", dashes, name);
    }
    putchar('\n');
}

int help_print(bool all)
{
    puts("Usage: cpool [OPTION]... FUNCTION [ITEM]...\n"
         "       cpool [OPTION]... COMMAND [ARG]... [::: ITEM...] [:::: FILE...]...\n"
         "Map a function or a command over items with a pool of processes; items come\n"
         "from standard input, one a line, unless given. Output is in their order.\n"
         "\n"
         "  cpool -j4 fib 35 36 37                    a built-in function, 4 workers\n"
         "  cpool gzip -9 ::: *.log                   a command for each item\n"
         "  find . -type f -print0 | cpool -0 md5sum  any file name is safe\n"
         "  cpool 'sort {} >{.}.out' ::: *.txt        a script; {} {.} {/} {//} {/.} {1}\n"
         "  cpool -a list.txt -X rm                   as many items for each as fit\n");
    for (int section = 0; section < SECTION_COUNT; section++) {
        const struct option_row *row;
        if (all)
            printf("%s%s:\n", section > 0 ? "\n" : "", sections[section]);
        for (size_t i = 0; (row = option_table_row(i)) != NULL; i++)
            if ((int)row->section == section && (all || option_row_is(row, OPTION_COMMON)))
                print_row(row);
    }
    if (!all) {
        puts("\nMore, each with a line in cpool --help=all:");
        for (int section = 0; section < SECTION_COUNT; section++)
            print_names((enum option_section)section);
    }
    puts("\nExit status: 0; 1-100 so many tasks failed, 101 more; 125 cpool itself failed;\n"
         "126, 127 COMMAND can't be run, was not found. Manual: man cpool");
    return finish_output();
}

int help_print_version(void)
{
    puts("cpool " PACKAGE_VERSION);
    return finish_output();
}

int help_print_functions(void)
{
    const struct function *function;
    for (size_t i = 0; (function = function_at(i)) != NULL; i++)
        printf("%-9s %-5s %s\n", function->name, function->argument, function->help);
    return finish_output();
}

/* ---- completions ---- */

/* Within single quotes of a shell. */
static void print_quoted(const char *text)
{
    for (; *text != '\0'; text++)
        if (*text == '\'')
            fputs("'\\''", stdout);
        else
            putchar(*text);
}

static void print_function_names(void)
{
    const struct function *function;
    for (size_t i = 0; (function = function_at(i)) != NULL; i++)
        printf("%s%s", i > 0 ? " " : "", function->name);
}

static bool takes_argument(const struct option_row *row)
{
    return row->argument != NULL && !option_row_is(row, OPTION_ARGUMENT_OPTIONAL);
}

static void print_pattern(const char *name, char letter, const char **between)
{
    if (name != NULL)
        printf("%s--%s", *between, name);
    if (letter != 0)
        printf("%s-%c", name != NULL ? "|" : *between, letter);
    *between = "|";
}

/* "--name|-n" and the same of its aliases. */
static void print_patterns_of(const struct option_row *row, const char **between)
{
    const struct option_alias *alias;
    print_pattern(row->name, row->letter, between);
    for (size_t i = 0; (alias = option_table_alias(i)) != NULL; i++)
        if (row->name != NULL && strcmp(alias->of, row->name) == 0)
            print_pattern(alias->name, alias->letter, between);
}

/* Of the options whose argument is of that kind. */
static void print_patterns(enum option_completes wanted)
{
    const struct option_row *row;
    const char *words, *between = "";
    for (size_t i = 0; (row = option_table_row(i)) != NULL; i++)
        if (takes_argument(row) && option_table_completes(row, &words) == wanted)
            print_patterns_of(row, &between);
}

static void print_bash(void)
{
    const struct option_row *row;
    const char *words, *between = "";
    puts("# Completions of cpool for bash; made by cpool --completion=bash.\n"
         "_cpool() {\n"
         "    local word=${COMP_WORDS[COMP_CWORD]} option='' i\n"
         "    COMPREPLY=()\n"
         "    # What stands before the word: options, some with an argument, of which the last is the word "
         "itself,\n"
         "    # perhaps; then the command. --name=value is three words here, as readline has it.\n"
         "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
         "        case ${COMP_WORDS[i]} in");
    fputs("            ", stdout);
    for (size_t i = 0; (row = option_table_row(i)) != NULL; i++)
        if (takes_argument(row))
            print_patterns_of(row, &between);
    puts(")\n"
         "                option=${COMP_WORDS[i]}\n"
         "                [[ ${COMP_WORDS[i + 1]} != = ]] || ((i++))\n"
         "                ((i++)) ;;\n"
         "            --) ((i++)); break ;;\n"
         "            -*)\n"
         "                [[ ${COMP_WORDS[i + 1]} == = ]] || continue\n"
         "                option=${COMP_WORDS[i]}\n"
         "                ((i += 2)) ;;\n"
         "            *) break ;;\n"
         "        esac\n"
         "    done\n"
         "    if ((i < COMP_CWORD)); then\n"
         "        if declare -F _comp_command_offset >/dev/null; then _comp_command_offset \"$i\"\n"
         "        elif declare -F _command_offset >/dev/null; then _command_offset \"$i\"\n"
         "        else mapfile -t COMPREPLY < <(compgen -f -- \"$word\"); fi\n"
         "        return\n"
         "    fi\n"
         "    ((i > COMP_CWORD)) || option=''\n"
         "    [[ $word != = ]] || word=''\n"
         "    case $option in\n"
         "        '') ;;");
    for (size_t i = 0; (row = option_table_row(i)) != NULL; i++)
        if (row->argument != NULL && option_table_completes(row, &words) == COMPLETES_WORDS) {
            fputs("        ", stdout);
            between = "";
            print_patterns_of(row, &between);
            printf(") mapfile -t COMPREPLY < <(compgen -W '%s' -- \"$word\"); return ;;\n", words);
        }
    fputs("        ", stdout);
    print_patterns(COMPLETES_FILES);
    puts(") mapfile -t COMPREPLY < <(compgen -f -- \"$word\"); return ;;");
    fputs("        ", stdout);
    print_patterns(COMPLETES_FOLDERS);
    puts(") mapfile -t COMPREPLY < <(compgen -d -- \"$word\"); return ;;\n"
         "        *) return ;;\n"
         "    esac\n"
         "    if [[ $word == -* && ${COMP_WORDS[i - 1]} != -- ]]; then");
    fputs("        mapfile -t COMPREPLY < <(compgen -W '", stdout);
    for (size_t i = 0; (row = option_table_row(i)) != NULL; i++) {
        if (row->name != NULL)
            printf("%s--%s", i > 0 ? " " : "", row->name);
        if (row->letter != 0)
            printf(" -%c", row->letter);
    }
    puts("' -- \"$word\")\n"
         "    else");
    fputs("        mapfile -t COMPREPLY < <(compgen -c -- \"$word\"; compgen -W '", stdout);
    print_function_names();
    puts("' -- \"$word\")\n"
         "    fi\n"
         "}\n"
         "complete -o filenames -F _cpool cpool");
}

/* A text within [ ] of zsh's _arguments. */
static void print_zsh_help(const char *text)
{
    for (; *text != '\0'; text++) {
        if (strchr("[]:\\", *text) != NULL)
            putchar('\\');
        print_quoted((char[2]){*text, '\0'});
    }
}

static void print_zsh_action(const struct option_row *row)
{
    const char *words;
    static const char *const actions[] = {[COMPLETES_FILES] = "_files", [COMPLETES_FOLDERS] = "_files -/"};
    enum option_completes what = option_table_completes(row, &words);
    fputs(option_row_is(row, OPTION_ARGUMENT_OPTIONAL) ? "::" : ":", stdout);
    print_zsh_help(row->argument);
    if (what == COMPLETES_WORDS) {
        fputs(":(", stdout);
        for (; *words != '\0'; words++) {
            if (*words == ':')
                putchar('\\');
            putchar(*words);
        }
        putchar(')');
    } else {
        printf(":%s", what == COMPLETES_NOTHING ? " " : actions[what]);
    }
}

static void print_zsh_option(const struct option_row *row, const char *before, const char *name, char letter)
{
    bool takes = row->argument != NULL && !option_row_is(row, OPTION_ARGUMENT_OPTIONAL);
    printf("    '%s*", before);
    if (name != NULL)
        printf("--%s%s", name, option_row_is(row, OPTION_ARGUMENT_OPTIONAL) ? "=-" : takes ? "=" : "");
    else
        printf("-%c%s", letter, takes ? "+" : "");
    putchar('[');
    print_zsh_help(row->help);
    putchar(']');
    if (takes || (name != NULL && row->argument != NULL))
        print_zsh_action(row);
    puts("' \\");
}

/* `before`: "!" has them taken, but not offered. */
static void print_zsh_names(const struct option_row *row, const char *before, const char *name, char letter)
{
    if (name != NULL)
        print_zsh_option(row, before, name, 0);
    if (letter != 0)
        print_zsh_option(row, before, NULL, letter);
}

static void print_zsh(void)
{
    const struct option_row *row;
    const struct option_alias *alias;
    puts("#compdef cpool\n"
         "# Completions of cpool for zsh; made by cpool --completion=zsh.\n"
         "_cpool_first() {");
    fputs("    local -a functions=(", stdout);
    print_function_names();
    puts(")\n"
         "    _alternative 'functions:function:compadd -a functions' 'commands:command:_command_names -e'\n"
         "}\n"
         "_arguments -S \\");
    for (size_t i = 0; (row = option_table_row(i)) != NULL; i++) {
        print_zsh_names(row, "", row->name, row->letter);
        for (size_t k = 0; (alias = option_table_alias(k)) != NULL; k++)
            if (row->name != NULL && strcmp(alias->of, row->name) == 0)
                print_zsh_names(row, "!", alias->name, alias->letter);
    }
    puts("    '1:function or command:_cpool_first' \\\n"
         "    '*::argument:_normal'");
}

/* For fish's argparse: "n/name=", "name", "n". */
static void print_fish_option(const struct option_row *row, const char *name, char letter)
{
    putchar(' ');
    if (letter != 0)
        putchar(letter);
    printf("%s%s%s", letter != 0 && name != NULL ? "/" : "", name != NULL ? name : "",
           row->argument == NULL                          ? ""
           : option_row_is(row, OPTION_ARGUMENT_OPTIONAL) ? "=\\?"
                                                          : "=");
}

/* Where the options end the command begins, which has completions of its own. */
static void print_fish_functions(void)
{
    const struct option_row *row;
    const struct option_alias *alias;
    puts("# Completions of cpool for fish; made by cpool --completion=fish.\n"
         "# The command and what is behind it, once it is there.\n"
         "function __cpool_command\n"
         "    set -l words (commandline -opc)\n"
         "    set -e words[1]");
    fputs("    argparse -s", stdout);
    for (size_t i = 0; (row = option_table_row(i)) != NULL; i++) {
        print_fish_option(row, row->name, row->letter);
        for (size_t k = 0; (alias = option_table_alias(k)) != NULL; k++)
            if (row->name != NULL && strcmp(alias->of, row->name) == 0)
                print_fish_option(row, alias->name, alias->letter);
    }
    puts(" -- $words 2>/dev/null\n"
         "    and set -q argv[1]\n"
         "    or return 1\n"
         "    string join ' ' -- (string escape -- $argv)\n"
         "    return 0\n"
         "end\n"
         "function __cpool_options\n"
         "    not __cpool_command >/dev/null\n"
         "end");
}

static void print_fish_complete(const struct option_row *row, const char *name, char letter)
{
    static const char *const kinds[] = {[COMPLETES_NOTHING] = " -x",
                                        [COMPLETES_FILES] = " -r -F",
                                        [COMPLETES_FOLDERS] = " -x -a '(__fish_complete_directories)'",
                                        [COMPLETES_WORDS] = " -x"};
    const char *words;
    enum option_completes what = option_table_completes(row, &words);
    fputs("complete -c cpool -n __cpool_options", stdout);
    if (letter != 0)
        printf(" -s %c", letter);
    if (name != NULL)
        printf(" -l %s", name);
    if (row->argument != NULL)
        fputs(option_row_is(row, OPTION_ARGUMENT_OPTIONAL) ? " -f" : kinds[what], stdout);
    if (row->argument != NULL && what == COMPLETES_WORDS)
        printf(" -a '%s'", words);
    fputs(" -d '", stdout);
    print_quoted(row->help);
    puts("'");
}

static void print_fish(void)
{
    const struct option_row *row;
    const struct option_alias *alias;
    print_fish_functions();
    for (size_t i = 0; (row = option_table_row(i)) != NULL; i++) {
        print_fish_complete(row, row->name, row->letter);
        for (size_t k = 0; (alias = option_table_alias(k)) != NULL; k++)
            if (alias->letter != 0 && row->name != NULL && strcmp(alias->of, row->name) == 0)
                print_fish_complete(row, alias->name, alias->letter);
    }
    fputs("complete -c cpool -n __cpool_options -f -a '", stdout);
    print_function_names();
    puts("' -d function\n"
         "complete -c cpool -n __cpool_options -f -a '(__fish_complete_command)'\n"
         "complete -c cpool -n 'not __cpool_options' -f -a '(complete -C (__cpool_command)\" \"(commandline "
         "-ct))'");
}

int help_print_completion(const char *shell)
{
    static const struct {
        const char *name;
        void (*print)(void);
    } shells[] = {{"bash", print_bash}, {"zsh", print_zsh}, {"fish", print_fish}};

    for (size_t i = 0; i < ARRAY_LENGTH(shells); i++)
        if (strcmp(shells[i].name, shell) == 0) {
            shells[i].print();
            return finish_output();
        }
    log_error("--completion: '%s' is not bash, zsh or fish", shell);
    return -1;
}
