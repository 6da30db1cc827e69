#include "task/command_line.h"

#include <string.h>

void command_line_clear(struct command_line *line)
{
    words_clear(&line->arguments);
    words_clear(&line->variables);
    words_clear(&line->directory);
}

const char *command_line_directory(const struct command_line *line)
{
    return line->directory.count == 0 ? NULL : buffer_bytes(&line->directory.text);
}

/* ---- showing it ---- */

static void quote_word(struct buffer *text, const char *word, enum command_quoting quoting)
{
    static void (*const ways[])(struct buffer * out, const char *bytes, size_t length) = {
        [COMMAND_AS_IT_IS] = words_quote_bytes,
        [COMMAND_IN_ONE_LINE] = words_quote_line,
        [COMMAND_SHOWN] = words_quote_shown,
    };
    ways[quoting](text, word, strlen(word));
}

/* What goes before the command: NAME=VALUE, of which only the value may be quoted. */
static void quote_variables(struct buffer *text, struct words *variables, enum command_quoting quoting)
{
    char **vector = words_vector(variables);
    for (size_t i = 0; i < variables->count; i++) {
        size_t name = strcspn(vector[i], "=") + 1;
        buffer_append(text, vector[i], name);
        quote_word(text, vector[i] + name, quoting);
        buffer_append_byte(text, ' ');
    }
}

/* A program's name may also be one that a shell would take for something else. */
static void quote_program(struct buffer *text, const char *word, enum command_quoting quoting)
{
    if (quoting != COMMAND_AS_IT_IS && !words_is_line(word, strlen(word)))
        quote_word(text, word, quoting);
    else
        words_quote_program(text, word);
}

void command_line_quote(struct buffer *text, struct command_line *line, enum command_quoting quoting)
{
    const struct words *arguments = &line->arguments;
    bool is_program = true;

    if (line->directory.count > 0) {
        buffer_append_text(text, "cd ");
        quote_word(text, buffer_bytes(&line->directory.text), quoting);
        buffer_append_text(text, " && ");
    }
    for (size_t i = 0; i < arguments->count; i++) {
        if (arguments->offsets[i] == WORDS_BREAK) {
            buffer_append_text(text, " | ");
            is_program = true;
            continue;
        }
        const char *word = buffer_bytes(&arguments->text) + arguments->offsets[i];
        if (is_program) {
            quote_variables(text, &line->variables, quoting);
            quote_program(text, word, quoting);
        } else {
            buffer_append_byte(text, ' ');
            quote_word(text, word, quoting);
        }
        is_program = false;
    }
}
