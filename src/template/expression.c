/*
 * A piece is searched for what begins in its first half, so that EXPRESSION_SEEN bytes are always behind; the
 * next piece begins where that half ends. A match that reaches to the end of its piece may go on: then the
 * piece grows, and since the match begins at a place that is known by now, the time for it grows with its
 * length.
 */
#include "template/expression.h"

#include "base/buffer.h"
#include "base/platform.h"
#include "proc/signals.h"

#include <stdio.h>
#include <string.h>

#define PIECE ((size_t)2 * EXPRESSION_SEEN)

/* ---- compiling ---- */

/* What is behind a bracket expression that begins at `at`; its closing bracket may be missing. */
static const char *skip_bracket(const char *at)
{
    at += at[1] == '^' ? 2 : 1;
    at += *at == ']'; /* that one is in it */
    while (*at != '\0' && *at != ']') {
        bool named = at[0] == '[' && at[1] != '\0' && strchr(":.=", at[1]) != NULL;
        const char ends[] = {at[1], ']', '\0'};
        const char *end = named ? strstr(at + 2, ends) : NULL;
        at = end == NULL ? at + 1 : end + 2;
    }
    return at + (*at == ']');
}

/* With periods that match no newline; to be released. */
static struct buffer without_newlines(const char *text)
{
    struct buffer result = BUFFER_INIT;
    while (*text != '\0') {
        const char *end =
            text[0] == '[' ? skip_bracket(text) : text + (text[0] == '\\' && text[1] != '\0' ? 2 : 1);
        if (*text == '.')
            buffer_append_text(&result, "[^\n]");
        else
            buffer_append(&result, text, (size_t)(end - text));
        text = end;
    }
    buffer_append_byte(&result, '\0');
    return result;
}

int expression_compile(struct expression *expression, const char *text, char *why, size_t size)
{
    struct buffer meant = without_newlines(text);
    expression->is_divided = false;
    int result = regcomp(&expression->compiled, buffer_bytes(&meant), REG_EXTENDED);
    buffer_release(&meant);
    if (result != 0) {
        regerror(result, &expression->compiled, why, size);
        return -1;
    }
    if (regexec(&expression->compiled, "", 0, NULL, 0) != 0)
        return 0;
    regfree(&expression->compiled);
    snprintf(why, size, "it matches an empty text, which is anywhere%s",
             strchr(text, '|') != NULL ? "; [|] is a | itself" : "");
    return -1;
}

void expression_release(struct expression *expression)
{
    regfree(&expression->compiled);
}

/* ---- looking ---- */

/* In the bytes from `from` up to `to`. */
static bool find_in_piece(const struct expression *expression, const char *bytes, size_t from, size_t to,
                          int flags, struct expression_match *match)
{
    regmatch_t found[2] = {{.rm_so = 0}};
    size_t wanted = expression->is_divided ? 2 : 1;
    if (platform_regexec(&expression->compiled, bytes, from, to, flags, found, wanted) != 0)
        return false;
    *match =
        (struct expression_match){(size_t)found[0].rm_so, (size_t)found[0].rm_eo, (size_t)found[1].rm_eo};
    return true;
}

bool expression_find(const struct expression *expression, const char *bytes, size_t length, size_t from,
                     unsigned how, struct expression_match *match)
{
    for (size_t at = from, piece = PIECE; at < length;) {
        size_t end = length - at > piece ? at + piece : length;
        bool goes_on = end < length;
        int flags = at > 0 || (how & EXPRESSION_MIDDLE) != 0 ? REG_NOTBOL : 0;
        flags |= goes_on || (how & EXPRESSION_MORE) != 0 ? REG_NOTEOL : 0;

        bool found = find_in_piece(expression, bytes, at, end, flags, match);
        if (!goes_on)
            return found;
        if ((how & EXPRESSION_HEARS) != 0 && signals_end_is_pending())
            return false;
        if (found && match->begin < at + EXPRESSION_SEEN && match->end < end)
            return true;
        if (found && match->begin < at + EXPRESSION_SEEN) {
            at = match->begin;
            piece *= 2;
        } else {
            at += piece - EXPRESSION_SEEN;
            piece = PIECE;
        }
    }
    return false;
}
