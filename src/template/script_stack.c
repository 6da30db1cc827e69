/* What is open, and what can be said of it: the stack of frames, and the verdicts. */
#include "template/script_internal.h"

#include "base/xalloc.h"

const struct kind_facts script_kinds[] = {
    [TOP] = {.words = true, .context = SCRIPT_PLAIN, .unit = true},
    [SUBSHELL] = {.words = true, .context = SCRIPT_PLAIN},
    [ARRAY] = {.words = true, .context = SCRIPT_PLAIN, .joins = true},
    [PATTERN] = {.words = true, .context = SCRIPT_PLAIN, .joins = true, .why = WHY_PATTERN},
    [SUBSTITUTION] = {.words = true, .context = SCRIPT_PLAIN, .unit = true},
    [BACKQUOTE] = {.words = true, .context = SCRIPT_PLAIN, .unit = true},
    [CASE] = {.words = true, .context = SCRIPT_PLAIN},
    [TEST] = {.words = true, .context = SCRIPT_PLAIN, .joins = true},
    [SINGLE] = {.context = SCRIPT_SINGLE, .joins = true},
    [DOUBLE] = {.context = SCRIPT_DOUBLE, .joins = true},
    [ANSI] = {.context = SCRIPT_SINGLE, .joins = true, .why = WHY_ANSI},
    [PARAMETER] = {.context = SCRIPT_PLAIN, .joins = true, .why = WHY_PARAMETER},
    /* Of whole numbers comes a number, which is harmless wherever it stands. */
    [ARITHMETIC] = {.context = SCRIPT_ARITHMETIC, .unit = true, .joins = true},
    [COMMENT] = {.context = SCRIPT_COMMENT},
    [HEREDOC] = {.context = SCRIPT_DOUBLE},
    [RAW] = {.context = SCRIPT_DOUBLE, .why = WHY_RAW},
};

/* ---- verdicts ---- */

void script_refuse(struct scanner *s, size_t mark, const char *why)
{
    if (mark < s->count && s->problem->why == NULL)
        *s->problem = (struct script_problem){.mark = mark, .why = why};
}

void script_lose(struct scanner *s, const char *why)
{
    if (s->lost == NULL)
        s->lost = why;
}

/* ---- the stack ---- */

bool script_holds_words(const struct frame *frame)
{
    return script_kinds[frame->kind].words;
}

bool script_is_quoted(const struct frame *frame)
{
    return !script_holds_words(frame) && (frame->kind != PARAMETER || frame->quoted);
}

struct frame *script_push(struct scanner *s, enum kind kind)
{
    if (s->depth == s->room) {
        s->room = s->room == 0 ? 16 : 2 * s->room;
        s->frames = xreallocarray(s->frames, s->room, sizeof *s->frames);
    }
    s->frames[s->depth++] = (struct frame){.kind = kind, .marked = SIZE_MAX, .reached = SIZE_MAX};
    return top(s);
}

void script_pop(struct scanner *s)
{
    if (s->depth == 1)
        script_lose(s, WHY_BRACKETS);
    else
        s->depth--;
}

bool script_is_within(const struct scanner *s, enum kind kind)
{
    for (size_t i = 0; i < s->depth; i++)
        if (s->frames[i].kind == kind)
            return true;
    return false;
}

size_t script_current_unit(const struct scanner *s)
{
    size_t unit = s->depth - 1;
    while (!script_kinds[s->frames[unit].kind].unit)
        unit--;
    return unit;
}

bool script_awaits_body(const struct scanner *s)
{
    return s->pending > 0 && s->heredocs[s->pending - 1].unit == script_current_unit(s);
}
