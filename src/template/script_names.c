#include "template/script_names.h"

#include <string.h>

const struct evaluator script_evaluators[] = {
    {"command", .prefix = true},
    {"builtin", .prefix = true},
    {"exec", .prefix = true},
    {"time", .prefix = true},
    {"noglob", .prefix = true},
    {"nocorrect", .prefix = true},
    {"-", .prefix = true},
    {"eval", .all = true, .why = WHY_CODE},
    {"trap", .all = true, .why = WHY_CODE},
    {"compgen", .all = true, .why = WHY_CODE},
    {"complete", .all = true, .why = WHY_CODE},
    {"bind", .all = true, .why = WHY_CODE},
    {"fc", .all = true, .why = WHY_CODE},
    {"hist", .all = true, .why = WHY_CODE},
    {"sched", .all = true, .why = WHY_CODE},
    {"zregexparse", .all = true, .why = WHY_CODE},
    {"zstyle", .all = true, .why = WHY_CODE},
    {".", .sources = true},
    {"source", .sources = true},
    {"let", .all = true, .why = WHY_ARITHMETIC},
    {"repeat", .all = true, .why = WHY_ARITHMETIC},
    {"unset", .all = true, .why = WHY_NAME},
    {"read", .all = true, .why = WHY_NAME},
    {"getopts", .all = true, .why = WHY_NAME},
    {"mapfile", .all = true, .why = WHY_NAME},
    {"readarray", .all = true, .why = WHY_NAME},
    {"vared", .all = true, .why = WHY_NAME},
    {"getln", .all = true, .why = WHY_NAME},
    {"zformat", .all = true, .why = WHY_NAME},
    {"zparseopts", .all = true, .why = WHY_NAME},
    {"printf", .attached = true, .next_by = "v", .formats = true, .why = WHY_NAME},
    {"print", .attached = true, .next_by = "v", .formats = true, .why = WHY_NAME},
    {"wait", .attached = true, .next_by = "p", .why = WHY_NAME},
    {"set", .attached = true, .next_by = "A", .why = WHY_NAME},
    {"test", .next_by = "vR", .tests = true, .why = WHY_NAME},
    {"[", .next_by = "vR", .tests = true, .why = WHY_NAME},
    {"shift", READERS_MKSH | READERS_KSH93 | READERS_ZSH, .all = true, .why = WHY_BUILTIN},
    {"ulimit", READERS_MKSH | READERS_KSH93, .all = true, .why = WHY_BUILTIN},
    {"exit", READERS_ZSH, .all = true, .why = WHY_BUILTIN},
    {"logout", READERS_ZSH, .all = true, .why = WHY_BUILTIN},
    {"bye", READERS_ZSH, .all = true, .why = WHY_BUILTIN},
    {"return", READERS_ZSH, .all = true, .why = WHY_BUILTIN},
    {"break", READERS_ZSH, .all = true, .why = WHY_BUILTIN},
    {"continue", READERS_ZSH, .all = true, .why = WHY_BUILTIN},
    /* In bash, declare x=… evaluates what looks like (…) if x is an array. */
    {"declare", .all = true, .loses_by = "inEF", .why = WHY_DECLARE},
    {"typeset", .all = true, .loses_by = "inEF", .why = WHY_DECLARE},
    {"private", .all = true, .loses_by = "inEF", .why = WHY_DECLARE},
    {"compound", .all = true, .why = WHY_DECLARE},
    {"local", .all = true, .but_values = true, .all_by = "aA", .loses_by = "inEF", .why = WHY_DECLARE},
    {"export", .all = true, .but_values = true, .all_by = "aA", .loses_by = "inEF", .why = WHY_DECLARE},
    {"readonly", .all = true, .but_values = true, .all_by = "aA", .loses_by = "inEF", .why = WHY_DECLARE},
    {"integer", .loses = true, .why = WHY_INTEGER},
    {"float", .loses = true, .why = WHY_INTEGER},
    {"nameref", .loses = true, .why = WHY_INTEGER},
    {"enum", .loses = true, .why = WHY_INTEGER},
    {"alias", .loses = true, .why = WHY_OPTIONS},
    {"setopt", .loses = true, .why = WHY_OPTIONS},
    {"unsetopt", .loses = true, .why = WHY_OPTIONS},
    {"emulate", .loses = true, .why = WHY_OPTIONS},
    {"zmodload", .loses = true, .why = WHY_OPTIONS},
    {"coproc", .loses = true, .why = WHY_COPROC},
};

const size_t script_evaluator_count = ARRAY_LENGTH(script_evaluators);

static const struct keyword keywords[] = {
    {.text = "if"},
    {.text = "then"},
    {.text = "elif"},
    {.text = "else"},
    {.text = "fi"},
    {.text = "while"},
    {.text = "until"},
    {.text = "do"},
    {.text = "done"},
    {.text = "{"},
    {.text = "}"},
    {.text = "always"},
    {.text = "!"},
    {.text = "for", .place = NAME},
    {.text = "foreach", .place = NAME},
    {.text = "select", .place = NAME},
    {.text = "function", .place = NAME},
    {.text = "case", .place = SUBJECT, .opens = CASE},
    {.text = "[[", .place = OPERAND, .opens = TEST},
    {.text = "esac", .closes = true},
};

const struct keyword *script_find_keyword(const char *text)
{
    for (size_t i = 0; i < ARRAY_LENGTH(keywords); i++)
        if (strcmp(text, keywords[i].text) == 0)
            return &keywords[i];
    return NULL;
}

bool script_test_evaluates(const char *text)
{
    static const char *const operators[] = {"-eq", "-ne", "-lt", "-le", "-gt", "-ge", "-v", "-R", "-t"};
    for (size_t i = 0; i < ARRAY_LENGTH(operators); i++)
        if (strcmp(text, operators[i]) == 0)
            return true;
    return false;
}

/* Several shells; bash, zsh, mksh, yash. */
/* clang-format off */
static const char *const evaluated_variables[] = {
    "PS4", "ENV", "RANDOM", "SECONDS", "OPTIND", "TMOUT", "LINES", "COLUMNS",
    "BASH_ENV", "PROMPT_COMMAND", "BASHPID", "HISTCMD", "SRANDOM", "BASH_ALIASES",
    "UID", "GID", "EUID", "EGID", "SHLVL", "FUNCNEST", "HISTSIZE", "SAVEHIST", "LISTMAX", "KEYTIMEOUT",
    "MAILCHECK", "ERRNO", "TRY_BLOCK_ERROR", "TRY_BLOCK_INTERRUPT", "DIRSTACKSIZE", "LOGCHECK",
    "REPORTMEMORY", "REPORTTIME", "ZDOTDIR", "functions", "aliases", "galiases", "saliases",
    "PPID", "PGRP", "PIPESTATUS", "USER_ID", "KSHUID", "KSHGID", "KSHEGID",
    "YASH_AFTER_CD", "YASH_PS4", "COMMAND_NOT_FOUND_HANDLER",
};
/* clang-format on */

bool script_variable_evaluates(const char *name, size_t length)
{
    for (size_t i = 0; i < ARRAY_LENGTH(evaluated_variables); i++)
        if (strlen(evaluated_variables[i]) == length && strncmp(name, evaluated_variables[i], length) == 0)
            return true;
    return false;
}
