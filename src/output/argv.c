#include "output/argv.h"

#include "base/json.h"
#include "base/utf8.h"

#include <string.h>

struct reader {
    const char *at, *end;
    struct buffer word; /* the last one */
};

static bool begins(const struct reader *reader, const char *text)
{
    size_t length = strlen(text);
    return (size_t)(reader->end - reader->at) >= length && memcmp(reader->at, text, length) == 0;
}

/* One character of a word in $'...'; reader->at is behind the backslash. */
static char read_escape(struct reader *reader)
{
    static const char names[] = "tnr", meant[] = "\t\n\r";
    char c = *reader->at++;
    const char *name = memchr(names, c, sizeof names - 1);
    if (name != NULL)
        return meant[name - names];
    if (c < '0' || c > '7')
        return c;
    int value = c - '0';
    for (int i = 0; i < 2 && reader->at < reader->end; i++)
        value = value * 8 + (*reader->at++ - '0');
    return (char)value;
}

/* What stands in quotes, from behind the first to behind the last. */
static void read_quoted(struct reader *reader, bool escapes)
{
    while (reader->at < reader->end && *reader->at != '\'') {
        char c = *reader->at++;
        if (escapes && c == '\\' && reader->at < reader->end)
            c = read_escape(reader);
        buffer_append_byte(&reader->word, c);
    }
    reader->at += reader->at < reader->end;
}

/* The next word, the blanks before it passed over; false: there is none. */
static bool read_word(struct reader *reader)
{
    buffer_clear(&reader->word);
    while (begins(reader, " "))
        reader->at++;
    if (reader->at == reader->end)
        return false;
    while (reader->at < reader->end && *reader->at != ' ') {
        bool escapes = begins(reader, "$'");
        if (escapes || *reader->at == '\'') {
            reader->at += 1 + escapes;
            read_quoted(reader, escapes);
            continue;
        }
        reader->at += *reader->at == '\\' && reader->end - reader->at > 1;
        buffer_append_byte(&reader->word, *reader->at++);
    }
    return true;
}

/* NAME=: a variable, for the name of a program would be in quotes. */
static bool is_variable(const struct reader *reader)
{
    const char *at = reader->at;
    while (at < reader->end && (*at == '_' || (*at >= '0' && *at <= '9') || (*at >= 'A' && *at <= 'Z') ||
                                (*at >= 'a' && *at <= 'z')))
        at++;
    return at > reader->at && at < reader->end && *at == '=';
}

static void skip_directory(struct reader *reader)
{
    struct reader before = *reader;
    if (!begins(reader, "cd ") || !read_word(reader) || !read_word(reader))
        return;
    if (begins(reader, " && "))
        reader->at += strlen(" && ");
    else
        reader->at = before.at;
}

/* False: one of the words is no text, and they were to be. */
static bool append_words(struct buffer *out, bool as_text, const char *line, size_t length)
{
    struct reader reader = {.at = line, .end = line + length, .word = BUFFER_INIT};
    bool is_program = true, is_first = true, are_text = true;

    buffer_append_byte(out, '[');
    skip_directory(&reader);
    while (!begins(&reader, " <<<")) {
        while (begins(&reader, " "))
            reader.at++;
        bool is_break = begins(&reader, "| "), is_left_out = is_program && is_variable(&reader);
        if (!read_word(&reader))
            break;
        is_program = is_break || is_left_out;
        if (is_left_out)
            continue;
        if (!is_first)
            buffer_append_byte(out, ',');
        is_first = false;
        are_text = are_text && utf8_is(buffer_bytes(&reader.word), buffer_length(&reader.word));
        json_value(out, as_text, buffer_bytes(&reader.word), buffer_length(&reader.word));
    }
    buffer_append_byte(out, ']');
    buffer_release(&reader.word);
    return are_text || !as_text;
}

void argv_append_member(struct buffer *out, const char *line, size_t length)
{
    size_t before = buffer_length(out);
    buffer_append_text(out, "\"argv\":");
    if (append_words(out, true, line, length))
        return;
    buffer_cut(out, before);
    buffer_append_text(out, "\"argv_base64\":");
    (void)append_words(out, false, line, length);
}
