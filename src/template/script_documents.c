/*
 * Here-documents. Behind << the end word is read, and waits for the end of the line; there the body's end is
 * looked for first, and then the walk goes on within the body as far as that (scanner.limit).
 */
#include "template/script_internal.h"

#include "base/xalloc.h"

#include <stdlib.h>

/* Whether the line from `from` is the end word; `joined`: with the lines that backslashes join to it. */
static bool is_end_word(const struct scanner *s, const struct heredoc *heredoc, size_t from, bool joined)
{
    const char *script = s->script, *end = heredoc->end;
    for (;;) {
        while (heredoc->strip && from < s->limit && script[from] == '\t')
            from++;
        for (; from < s->limit && *end != '\0' && script[from] == *end; from++)
            end++;
        if (!joined || from + 1 >= s->limit || script[from] != '\\' || script[from + 1] != '\n')
            break;
        from += 2;
    }
    if (*end != '\0')
        return false;
    /* E) and E` end it for some shells. */
    return from >= s->limit || script[from] == '\n' || (joined && is_one_of(script[from], ")`"));
}

static bool is_continued(const struct scanner *s, size_t line, size_t newline)
{
    size_t i = newline;
    while (i > line && s->script[i - 1] == '\\')
        i--;
    return (newline - i) % 2 == 1;
}

/* Find the end of the body that begins here: sets the frame's limit and resume. */
static void find_end_word(struct scanner *s, const struct heredoc *heredoc, size_t *end, size_t *resume)
{
    bool continued = false;
    for (size_t line = s->at, next; line < s->limit; line = next) {
        const char *newline = memchr(s->script + line, '\n', s->limit - line);
        size_t stop = newline == NULL ? s->limit : (size_t)(newline - s->script);
        next = newline == NULL ? stop : stop + 1;
        bool ends = is_end_word(s, heredoc, line, false);
        bool could_end = ends || (is_end_word(s, heredoc, line, true) && (s->depth > 1 || !heredoc->quoted));
        if (ends && !continued) {
            *end = line;
            *resume = next;
            return;
        }
        if (could_end)
            script_lose(s, WHY_HEREDOC);
        continued = !heredoc->quoted && is_continued(s, line, stop);
    }
    if (s->depth > 1)
        script_lose(s, WHY_HEREDOC); /* the body would take the closing bracket in */
    *end = *resume = s->limit;
}

void script_begin_body(struct scanner *s)
{
    struct heredoc heredoc = s->heredocs[0];
    size_t end, resume;

    memmove(s->heredocs, s->heredocs + 1, --s->pending * sizeof *s->heredocs);
    find_end_word(s, &heredoc, &end, &resume);
    struct frame *frame = script_push(s, heredoc.quoted ? RAW : HEREDOC);
    frame->why = heredoc.is_code && !heredoc.quoted ? WHY_INPUT : NULL;
    frame->limit = s->limit;
    frame->resume = resume;
    s->limit = end;
    free(heredoc.end);
}

void script_note_documents(struct scanner *s)
{
    size_t unit = script_current_unit(s);
    for (size_t i = 0; i < s->pending; i++)
        if (s->heredocs[i].unit == unit)
            s->heredocs[i].is_code |= script_reads_input(&top(s)->command);
}

void script_step_raw(struct scanner *s)
{
    s->at++;
}

void script_end_body(struct scanner *s)
{
    const struct frame *frame = top(s);
    if ((frame->kind != HEREDOC && frame->kind != RAW) || s->at != s->limit) {
        script_lose(s, WHY_HEREDOC); /* something in the body is still open */
        return;
    }
    s->at = frame->resume;
    s->limit = frame->limit;
    script_pop(s);
    if (script_awaits_body(s))
        script_begin_body(s);
}

/* A part of the end word in quotes, from the quote on. */
static size_t read_quoted_end(struct scanner *s, char *end, size_t length)
{
    int quote = peek(s, 0);
    int byte;
    for (s->at++; (byte = peek(s, 0)) != quote; s->at++) {
        if (byte <= 0 || byte == '\n' || (quote == '"' && is_one_of(byte, "\\$`"))) {
            script_lose(s, byte == MARK ? WHY_END_WORD : WHY_HEREDOC);
            return length;
        }
        end[length++] = (char)byte;
    }
    s->at++;
    return length;
}

/* Returns its length, `end` being large enough for all of the script. */
static size_t read_end_word(struct scanner *s, char *end, bool *quoted)
{
    size_t length = 0;
    int byte;
    while (s->lost == NULL && !is_one_of(byte = peek(s, 0), " \t\n;&|<>()") && byte != 0) {
        *quoted |= is_one_of(byte, "'\"\\");
        if (byte == '\\' && peek(s, 1) > 0 && peek(s, 1) != '\n') {
            end[length++] = s->script[s->at + 1];
            s->at += 2;
        } else if (is_one_of(byte, "'\"")) {
            length = read_quoted_end(s, end, length);
        } else if (byte == MARK || is_one_of(byte, "\\$`*?[]{}#")) {
            script_lose(s, byte == MARK || peek(s, 1) == MARK ? WHY_END_WORD : WHY_HEREDOC);
        } else {
            end[length++] = (char)byte;
            s->at++;
        }
    }
    return length;
}

void script_open_document(struct scanner *s, bool strip)
{
    while (is_one_of(peek(s, 0), " \t"))
        s->at++;
    char *end = xmalloc(s->length - s->at + 1);
    bool quoted = false;
    size_t length = read_end_word(s, end, &quoted);
    if (length == 0)
        script_lose(s, WHY_HEREDOC);
    s->heredocs = xreallocarray(s->heredocs, s->pending + 1, sizeof *s->heredocs);
    s->heredocs[s->pending++] = (struct heredoc){
        .end = xmemdupz(end, length), .quoted = quoted, .strip = strip, .unit = script_current_unit(s)};
    free(end);
    script_note_documents(s);
}
