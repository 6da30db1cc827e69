#include "cli/help.h"

#include "base/log.h"
#include "cli/option_table.h"
#include "pool/function.h"

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
    [SECTION_ITEMS] = "Items",   [SECTION_TASKS] = "Items for each task",
    [SECTION_BLOCKS] = "Blocks", [SECTION_RUNNING] = "Running",
    [SECTION_ENDING] = "Ending", [SECTION_OUTPUT] = "Output",
    [SECTION_OTHER] = "Other",
};

/* "-j, --jobs=N" */
static void name_row(const struct option_row *row, char *names, size_t size)
{
    const char *equals = row->name == NULL ? " " : row->argument_is_optional ? "[=" : "=";
    snprintf(names, size, "%c%c%s%s%s%s%s%s", row->letter != 0 ? '-' : ' ',
             row->letter != 0 ? row->letter : ' ',
             row->name == NULL  ? ""
             : row->letter != 0 ? ", --"
                                : "  --",
             row->name == NULL ? "" : row->name, row->argument == NULL ? "" : equals,
             row->argument == NULL ? "" : row->argument, row->argument_is_optional ? "]" : "", "");
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
        if (row->section != section || row->is_common)
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
            if ((int)row->section == section && (all || row->is_common))
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

/* "--name|-n" patterns of the options whose argument is of that kind. */
static void print_patterns(enum option_completes wanted)
{
    const struct option_row *row;
    const char *words, *between = "";
    for (size_t i = 0; (row = option_table_row(i)) != NULL; i++) {
        if (row->argument == NULL || row->argument_is_optional ||
            option_table_completes(row, &words) != wanted)
            continue;
        if (row->name != NULL)
            printf("%s--%s", between, row->name);
        if (row->letter != 0)
            printf("%s-%c", row->name != NULL ? "|" : between, row->letter);
        between = "|";
    }
}

static void print_bash(void)
{
    const struct option_row *row;
    const char *words;
    puts("# Completions of cpool for bash; made by cpool --completion=bash.\n"
         "_cpool() {\n"
         "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} i\n"
         "    COMPREPLY=()\n"
         "    # Behind the command: its own words, or items.\n"
         "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
         "        case ${COMP_WORDS[i]} in");
    fputs("            ", stdout);
    print_patterns(COMPLETES_NOTHING);
    putchar('|');
    print_patterns(COMPLETES_FILES);
    putchar('|');
    print_patterns(COMPLETES_FOLDERS);
    putchar('|');
    print_patterns(COMPLETES_WORDS);
    puts(") ((i++)) ;;\n"
         "            -*) ;;\n"
         "            *)\n"
         "                if declare -F _command_offset >/dev/null; then _command_offset \"$i\"\n"
         "                else mapfile -t COMPREPLY < <(compgen -f -- \"$word\"); fi\n"
         "                return ;;\n"
         "        esac\n"
         "    done\n"
         "    case $before in");
    for (size_t i = 0; (row = option_table_row(i)) != NULL; i++)
        if (row->argument != NULL && option_table_completes(row, &words) == COMPLETES_WORDS) {
            printf("        --%s", row->name);
            if (row->letter != 0)
                printf("|-%c", row->letter);
            printf(") mapfile -t COMPREPLY < <(compgen -W '%s' -- \"$word\"); return ;;\n", words);
        }
    fputs("        ", stdout);
    print_patterns(COMPLETES_FILES);
    puts(") mapfile -t COMPREPLY < <(compgen -f -- \"$word\"); return ;;");
    fputs("        ", stdout);
    print_patterns(COMPLETES_FOLDERS);
    puts(") mapfile -t COMPREPLY < <(compgen -d -- \"$word\"); return ;;");
    fputs("        ", stdout);
    print_patterns(COMPLETES_NOTHING);
    puts(") return ;;\n"
         "    esac\n"
         "    if [[ $word == -* ]]; then");
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
    fputs(row->argument_is_optional ? "::" : ":", stdout);
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

static void print_zsh_option(const struct option_row *row, bool is_long)
{
    fputs("    '*", stdout);
    if (is_long)
        printf("--%s%s", row->name, row->argument_is_optional ? "=-" : row->argument != NULL ? "=" : "");
    else
        printf("-%c%s", row->letter, row->argument != NULL && !row->argument_is_optional ? "+" : "");
    putchar('[');
    print_zsh_help(row->help);
    putchar(']');
    if (row->argument != NULL && (is_long || !row->argument_is_optional))
        print_zsh_action(row);
    puts("' \\");
}

static void print_zsh(void)
{
    const struct option_row *row;
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
        if (row->name != NULL)
            print_zsh_option(row, true);
        if (row->letter != 0)
            print_zsh_option(row, false);
    }
    puts("    '1:function or command:_cpool_first' \\\n"
         "    '*::argument:_normal'");
}

static void print_fish(void)
{
    static const char *const kinds[] = {[COMPLETES_NOTHING] = " -x",
                                        [COMPLETES_FILES] = " -r -F",
                                        [COMPLETES_FOLDERS] = " -x -a '(__fish_complete_directories)'",
                                        [COMPLETES_WORDS] = " -x"};
    const struct option_row *row;
    puts("# Completions of cpool for fish; made by cpool --completion=fish.");
    for (size_t i = 0; (row = option_table_row(i)) != NULL; i++) {
        const char *words;
        enum option_completes what = option_table_completes(row, &words);
        fputs("complete -c cpool", stdout);
        if (row->letter != 0)
            printf(" -s %c", row->letter);
        if (row->name != NULL)
            printf(" -l %s", row->name);
        if (row->argument != NULL && !row->argument_is_optional)
            fputs(kinds[what], stdout);
        if (row->argument != NULL && what == COMPLETES_WORDS)
            printf(" -a '%s'", words);
        fputs(" -d '", stdout);
        print_quoted(row->help);
        puts("'");
    }
    fputs("complete -c cpool -n __fish_use_subcommand -a '", stdout);
    print_function_names();
    puts("' -d function\n"
         "complete -c cpool -n __fish_use_subcommand -a '(__fish_complete_command)'");
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
