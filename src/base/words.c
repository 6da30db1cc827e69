#include "base/words.h"

#include "base/utf8.h"
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

static void add_offset(struct words *words, size_t offset)
{
    if (words->count == words->capacity) {
        words->capacity = words->capacity * 2 + 16;
        words->offsets = xreallocarray(words->offsets, words->capacity, sizeof *words->offsets);
    }
    words->offsets[words->count++] = offset;
}

void words_begin(struct words *words)
{
    add_offset(words, buffer_length(&words->text));
}

void words_break(struct words *words)
{
    add_offset(words, WORDS_BREAK);
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
    size_t needed = 2 * words->count + 2, at = 1;
    if (words->vector_capacity < needed) {
        words->vector_capacity = needed;
        words->vector = xreallocarray(words->vector, needed, sizeof *words->vector);
    }
    for (size_t i = 0; i < words->count; i++)
        if (words->offsets[i] != WORDS_BREAK) {
            words->vector[at++] = buffer_bytes(&words->text) + words->offsets[i];
        } else {
            words->vector[at++] = NULL;
            at++; /* the spare one of the next list */
        }
    words->vector[at] = NULL;
    return words->vector + 1;
}

char **words_next_vector(char **vector)
{
    while (*vector != NULL)
        vector++;
    return vector + 2;
}

static bool is_safe(const char *word, size_t length)
{
    static const char safe[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789%+,-./:=@_^";
    size_t i = 0;
    while (i < length && memchr(safe, word[i], sizeof safe - 1) != NULL)
        i++;
    return length > 0 && i == length;
}

static void quote(struct buffer *out, const char *word, size_t length)
{
    buffer_append_byte(out, '\'');
    for (size_t i = 0; i < length; i++)
        if (word[i] == '\'')
            buffer_append_text(out, "'\\''");
        else
            buffer_append_byte(out, word[i]);
    buffer_append_byte(out, '\'');
}

void words_quote_bytes(struct buffer *out, const char *bytes, size_t length)
{
    if (is_safe(bytes, length))
        buffer_append(out, bytes, length);
    else
        quote(out, bytes, length);
}

/* All of what is not printable as an escape, which stands for one byte. */
static void quote_escaped(struct buffer *out, const char *bytes, size_t length)
{
    static const char named[] = "\t\n\r'\\", names[] = "tnr'\\";
    size_t printable;
    buffer_append_text(out, "$'");
    for (size_t i = 0; i < length; i += size_max(printable, 1)) {
        const char *name = memchr(named, bytes[i], sizeof named - 1);
        printable = utf8_printable(bytes + i, length - i);
        if (name == NULL && printable > 0) {
            buffer_append(out, bytes + i, printable);
            continue;
        }
        buffer_append_byte(out, '\\');
        if (name != NULL) {
            buffer_append_byte(out, names[name - named]);
            continue;
        }
        for (int shift = 6; shift >= 0; shift -= 3) /* all three digits, as another may follow */
            buffer_append_byte(out, (char)('0' + ((unsigned char)bytes[i] >> shift & 7)));
    }
    buffer_append_byte(out, '\'');
}

/* Nothing but printable characters, and of `others`. */
static bool is_printable(const char *bytes, size_t length, const char *others)
{
    size_t printable = 1;
    for (size_t i = 0; i < length && printable > 0; i += printable) {
        printable = utf8_printable(bytes + i, length - i);
        if (printable == 0 && bytes[i] != '\0' && strchr(others, bytes[i]) != NULL)
            printable = 1;
    }
    return printable > 0;
}

bool words_is_line(const char *bytes, size_t length)
{
    return is_printable(bytes, length, "");
}

void words_quote_line(struct buffer *out, const char *bytes, size_t length)
{
    if (words_is_line(bytes, length))
        words_quote_bytes(out, bytes, length);
    else
        quote_escaped(out, bytes, length);
}

void words_quote_shown(struct buffer *out, const char *bytes, size_t length)
{
    if (is_printable(bytes, length, "\n\t"))
        words_quote_bytes(out, bytes, length);
    else
        quote_escaped(out, bytes, length);
}

void words_quote(struct buffer *out, const char *word)
{
    words_quote_bytes(out, word, strlen(word));
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
        quote(out, word, strlen(word));
    else
        words_quote(out, word);
}
