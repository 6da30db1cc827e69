/*
 * words: a list of strings that are put together piece by piece, and handed over as an argv.
 *
 * It may be several lists one behind the other, with words_break between.
 *
 * words_clear, then for each word words_begin, buffer_append on `text`, words_end; then words_vector. Memory
 * is kept from one use to the next. Zeroed, it is empty; words_release frees it.
 */
#ifndef CPOOL_WORDS_H
#define CPOOL_WORDS_H

#include "base/buffer.h"

struct words {
    struct buffer text; /* all of them, each ended by NUL */
    size_t *offsets;    /* owned: where each begins in `text` */
    size_t count, capacity;
    char **vector; /* owned; of each list: one spare element, pointers to its words, NULL */
    size_t vector_capacity;
};

void words_clear(struct words *words);
void words_release(struct words *words);

void words_begin(struct words *words);
void words_end(struct words *words);
/* A whole one. */
void words_add(struct words *words, const char *text);

/* What follows is another list. */
void words_break(struct words *words);

/* Where it stands in `offsets`. */
#define WORDS_BREAK SIZE_MAX

/* Pointers to the words, and NULL; element -1 exists and may be written. Good until the next change. */
char **words_vector(struct words *words);

/* The list behind the one that `vector` is; there must be one. */
char **words_next_vector(char **vector);

/* Quote the first word of a command, which must be no assignment and no word of the shell's
 * grammar. */
void words_quote_program(struct buffer *out, const char *word);

/* One of them; how long it is, is known without looking, so that a NUL may be in it. No break stands in the
 * list. */
static inline const char *words_at(const struct words *words, size_t index, size_t *length)
{
    size_t end = index + 1 < words->count ? words->offsets[index + 1] : buffer_length(&words->text);
    *length = end - words->offsets[index] - 1;
    return buffer_bytes(&words->text) + words->offsets[index];
}

/* Append `word` as a shell would have to read it: as it is where that is safe, else in single quotes. */
void words_quote(struct buffer *out, const char *word);
void words_quote_bytes(struct buffer *out, const char *bytes, size_t length);

/* Whether all of it is printable (utf8_printable), as a line of a log must be. */
bool words_is_line(const char *bytes, size_t length);

/* Quote in one line: a word that is not all printable as $'...', which most shells know. */
void words_quote_line(struct buffer *out, const char *bytes, size_t length);

/* Quote for a terminal, where ends of lines and tabs do no harm. */
void words_quote_shown(struct buffer *out, const char *bytes, size_t length);

#endif
