#include "base/words.h"

#include "base/xalloc.h"

#include <stdlib.h>
#include <string.h>

void words_clear(struct words *words)
{
    buffer_clear(&words->text);
    words->count = 0;
}

void words_release(struct words *words)
{
    buffer_release(&words->text);
    free(words->offsets);
    free(words->vector);
    *words = (struct words){0};
}

void words_begin(struct words *words)
{
    if (words->count == words->capacity) {
        words->capacity = words->capacity * 2 + 16;
        words->offsets = xreallocarray(words->offsets, words->capacity, sizeof *words->offsets);
    }
    words->offsets[words->count++] = buffer_length(&words->text);
}

void words_end(struct words *words)
{
    buffer_append_byte(&words->text, '\0');
}

void words_add(struct words *words, const char *text)
{
    words_begin(words);
    buffer_append_text(&words->text, text);
    words_end(words);
}

char **words_vector(struct words *words)
{
    if (words->vector_capacity < words->count + 2) {
        words->vector_capacity = words->count + 2;
        words->vector = xreallocarray(words->vector, words->vector_capacity, sizeof *words->vector);
    }
    for (size_t i = 0; i < words->count; i++)
        words->vector[i + 1] = buffer_bytes(&words->text) + words->offsets[i];
    words->vector[words->count + 1] = NULL;
    return words->vector + 1;
}

static bool is_safe(const char *word)
{
    static const char safe[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789%+,-./:=@_^";
    return *word != '\0' && word[strspn(word, safe)] == '\0';
}

static void quote(struct buffer *out, const char *word)
{
    buffer_append_byte(out, '\'');
    for (; *word != '\0'; word++)
        if (*word == '\'')
            buffer_append_text(out, "'\\''");
        else
            buffer_append_byte(out, *word);
    buffer_append_byte(out, '\'');
}

void words_quote(struct buffer *out, const char *word)
{
    if (is_safe(word))
        buffer_append_text(out, word);
    else
        quote(out, word);
}

void words_quote_program(struct buffer *out, const char *word)
{
    static const char *const grammar[] = {"if",   "then",   "else",     "elif", "fi",    "do",
                                          "done", "case",   "esac",     "for",  "while", "until",
                                          "in",   "select", "function", "time", "coproc"};
    bool means_something = strchr(word, '=') != NULL;
    for (size_t i = 0; i < ARRAY_LENGTH(grammar); i++)
        means_something = means_something || strcmp(word, grammar[i]) == 0;
    if (means_something)
        quote(out, word);
    else
        words_quote(out, word);
}
