/*
 * Whether a script may have a use for positional parameters itself. It is looked for in all of the text,
 * whatever quotes it is in: eval and trap, too, may find it there, and too often does no harm.
 */
#include "template/script_internal.h"

#include "base/xalloc.h"

#include <stdlib.h>

/* Where one of these words stands, positional parameters may be used otherwise than by $1 and the like. */
static const char *const parameter_words[] = {"set",       "shift",      "getopts",   "eval",      "source",
                                              "alias",     "function",   "argv",      "ARGC",      "emulate",
                                              "BASH_ARGV", "BASH_ARGV0", "BASH_ARGC", "zparseopts"};

/* Whether what follows a $ is, or may be, about positional parameters. */
static bool names_parameter(const char *text)
{
    if (text[0] == '{') {
        text += text[1] == '#' ? 2 : 1;
        return is_digit(*text) || !is_name(*text);
    }
    if (text[0] == '#')
        return true;
    text += strspn(text, "+=~^:"); /* flags of zsh */
    return (is_digit(*text) && *text != '0') || is_one_of(*text, "@*");
}

static bool is_parameter_word(const char *text, size_t length)
{
    for (size_t i = 0; i < ARRAY_LENGTH(parameter_words); i++)
        if (strlen(parameter_words[i]) == length && strncmp(text, parameter_words[i], length) == 0)
            return true;
    return false;
}

bool script_is_parameter_word(const char *word)
{
    return is_parameter_word(word, strlen(word));
}

static bool mentions_parameters(const char *text)
{
    while (*text != '\0') {
        size_t length = 0;
        while (is_name(text[length]))
            length++;
        if (*text == '$' && names_parameter(text + 1))
            return true;
        if (*text == '(' && text[1 + strspn(text + 1, " \t\n")] == ')')
            return true; /* a function */
        if (is_parameter_word(text, length) || (length > 0 && is_digit(*text) && text[length] == '='))
            return true; /* 1=x is an assignment, in zsh */
        text += length > 0 ? length : 1;
    }
    return false;
}

/* The script with lines joined, and each mark as a byte that means nothing. */
static char *join_lines(const char *script, const struct script_mark *marks, size_t count)
{
    size_t length = strlen(script);
    char *text = xmalloc(length + 1);
    size_t used = 0;
    for (size_t i = 0, next = 0; i < length;) {
        if (next < count && marks[next].at == i) {
            text[used++] = '.';
            i += marks[next++].length;
        } else if (script[i] == '\\' && script[i + 1] == '\n') {
            i += 2;
        } else {
            text[used++] = script[i++];
        }
    }
    text[used] = '\0';
    return text;
}

bool script_mentions_parameters(const char *script, const struct script_mark *marks, size_t count)
{
    char *text = join_lines(script, marks, count);
    bool mentions = mentions_parameters(text);
    free(text);
    return mentions;
}
