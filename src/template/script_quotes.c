/*
 * Within quotes, and within what a $ or a backquote opens. Each function takes one piece: a byte, what is
 * escaped, or the bytes that open or close something.
 */
#include "template/script_internal.h"

/* ---- what may stand in several kinds of frames ---- */

/* A backslash before a newline joins lines. Where it splits an operator, shells don't agree what that is. */
static void skip_continuation(struct scanner *s)
{
    int last = before(s);
    s->at += 2;
    if (last == '$' || (is_one_of(last, "<>();&|") && is_one_of(peek(s, 0), "<>();&|-")))
        script_lose(s, WHY_CONTINUED);
}

void script_skip_escaped(struct scanner *s)
{
    if (comes(s, "\\\n")) {
        skip_continuation(s);
        return;
    }
    int escaped = peek(s, 1);
    if (escaped == MARK)
        s->mark_why = WHY_BACKSLASH;
    if (escaped == 0)
        s->dangling = true;
    if (script_holds_words(top(s))) {
        script_add_quote(script_begin_word(s));
        if (escaped > 0)
            script_add_byte(script_begin_word(s), escaped, true);
    }
    s->at += escaped > 0 ? 2 : 1;
}

static void open_quotes(struct scanner *s, enum kind kind)
{
    if (script_holds_words(top(s)))
        script_add_quote(script_begin_word(s));
    script_push(s, kind);
    s->at++;
}

void script_open_single(struct scanner *s)
{
    open_quotes(s, SINGLE);
}

void script_open_double(struct scanner *s)
{
    open_quotes(s, DOUBLE);
}

void script_open_or_close_backquote(struct scanner *s)
{
    if (s->backquote == 0) {
        const char *why = script_is_quoted(top(s)) ? WHY_BACKQUOTE : NULL;
        script_add_expansion(s);
        script_push(s, BACKQUOTE)->why = why;
        s->backquote = s->depth - 1;
    } else {
        script_finish_word(s);
        if (s->depth - 1 != s->backquote || script_awaits_body(s))
            script_lose(s, WHY_BACKQUOTE);
        s->depth = s->backquote;
        s->backquote = 0;
    }
    s->at++;
}

/* $NAME; zsh takes a [ behind it for an index. */
static void skip_name(struct scanner *s)
{
    for (s->at++; is_name(peek(s, 0));)
        s->at++;
    if (peek(s, 0) != '[' || s->next == s->count || top(s)->kind == ARITHMETIC)
        return;
    const char *end = strchr(s->script + s->at, ']');
    if (end == NULL || s->marks[s->next].at < (size_t)(end - s->script))
        s->mark_why = WHY_ZSH_INDEX;
}

static void open_parameter(struct scanner *s)
{
    bool quoted = script_is_quoted(top(s));
    size_t ahead = 2 + (peek(s, 2) == '#' ? 1U : 0U);
    while (is_name(peek(s, ahead)) || is_one_of(peek(s, ahead), "@*"))
        ahead++;
    if (peek(s, ahead) != '}')
        script_hide_word(s, true);
    script_push(s, PARAMETER)->quoted = quoted;
    s->at += 2;
    if (is_one_of(peek(s, 0), " \t\n|(<")) /* ${ COMMAND;} of ksh, and flags of zsh */
        script_lose(s, WHY_FLAGS);
    if (peek(s, 0) == '!')
        top(s)->why = WHY_NAME;
}

void script_take_dollar(struct scanner *s)
{
    script_add_expansion(s);
    int byte = peek(s, 1);
    if (byte == '(' && peek(s, 2) == '(') {
        script_push(s, ARITHMETIC);
        s->at += 3;
    } else if (byte == '(') {
        script_push(s, SUBSTITUTION);
        s->at += 2;
    } else if (byte == '{') {
        open_parameter(s);
    } else if (byte == '[') {
        script_lose(s, WHY_SQUARE);
    } else if (byte == '\'' && !script_is_quoted(top(s))) {
        script_hide_word(s, false);
        script_push(s, ANSI);
        s->at += 2;
    } else if (is_name(byte) && !is_digit(byte)) {
        skip_name(s);
    } else {
        /* zsh takes "$#$1" for a length, and + = ^ ~ for flags. */
        if (byte == MARK || (is_one_of(byte, "#+=^~") && peek(s, 2) == MARK))
            s->mark_why = WHY_DOLLAR;
        s->at += is_digit(byte) || is_one_of(byte, "@*#?-$!") ? 2 : 1;
    }
}

/* ---- within quotes and the like ---- */

void script_step_single(struct scanner *s)
{
    int byte = peek(s, 0);
    if (byte == '\'')
        script_pop(s);
    else
        script_add_quoted(s, byte);
    if (byte == '$' && s->backquote != 0 && s->frames[s->backquote].why != NULL) {
        /* bash stumbles over "$1`echo '$('`". */
        script_refuse(s, s->frames[s->backquote - 1].marked, WHY_BACKQUOTE);
        script_lose(s, WHY_BACKQUOTE);
    }
    s->at++;
}

void script_step_ansi(struct scanner *s)
{
    int byte = peek(s, 0), escaped = byte == '\\' ? peek(s, 1) : 0;
    if (byte == '\'')
        script_pop(s);
    if (escaped == '\'')
        script_lose(s, WHY_ANSI_END);
    s->at += escaped > 0 ? 2 : 1;
}

static void step_double_backslash(struct scanner *s)
{
    int escaped = peek(s, 1);
    if (escaped == '\n') {
        skip_continuation(s);
        return;
    }
    if (escaped == MARK && is_one_of((unsigned char)s->script[s->at + 1], "$`\"\\"))
        s->mark_why = WHY_BACKSLASH; /* it could be meant for the mark */
    s->backslash = escaped == MARK;
    if (s->backslash && s->backquote != 0)
        s->mark_why = WHY_BACKQUOTE; /* which would take one of the two away */
    script_add_quoted(s, is_one_of(escaped, "$`\"\\") ? escaped : '\\');
    s->at += is_one_of(escaped, "$`\"\\") ? 2 : 1;
}

/* In a here-document a " means itself, behind a backslash too. */
void script_step_double(struct scanner *s)
{
    struct frame *around = top(s) - 1;
    int byte = peek(s, 0);

    if (byte == '\\') {
        step_double_backslash(s);
    } else if (byte == '$') {
        script_take_dollar(s);
    } else if (byte == '`') {
        script_open_or_close_backquote(s);
    } else {
        if (byte == '"' && top(s)->kind == DOUBLE)
            script_pop(s);
        else if (byte == '}' && around->kind == PARAMETER && around->quoted)
            script_lose(s, WHY_QUOTES);
        else if (top(s)->kind == DOUBLE)
            script_add_quoted(s, byte);
        s->at++;
    }
}

void script_step_parameter(struct scanner *s)
{
    struct frame *frame = top(s);
    int byte = peek(s, 0);

    if (byte == '\\') {
        script_skip_escaped(s);
    } else if (byte == '$') {
        script_take_dollar(s);
    } else if (byte == '`') {
        script_open_or_close_backquote(s);
    } else if (byte == '\'' && !frame->quoted) {
        script_open_single(s);
    } else if (byte == '"' && !script_is_within(s, HEREDOC)) {
        script_open_double(s);
    } else if (is_one_of(byte, "'\"{")) {
        script_lose(s, WHY_QUOTES);
    } else {
        if (byte == '}')
            script_pop(s);
        else if ((byte == '[' && is_name(before(s))) || (byte == ':' && !is_one_of(peek(s, 1), "-=?+")))
            frame->why = WHY_INDEX;
        s->at++;
    }
}

/* What ends in ) ) was no arithmetic, for some shells. */
static void close_arithmetic(struct scanner *s)
{
    struct frame *frame = top(s);
    if (frame->brackets > 0) {
        frame->brackets--;
        s->at++;
    } else if (comes(s, "))")) {
        script_pop(s);
        s->at += 2;
    } else {
        script_refuse(s, frame->marked, WHY_NOT_ARITHMETIC);
        script_lose(s, WHY_NOT_ARITHMETIC);
    }
}

void script_step_arithmetic(struct scanner *s)
{
    int byte = peek(s, 0);

    if (byte == '\\') {
        script_skip_escaped(s);
    } else if (byte == '$') {
        script_take_dollar(s);
    } else if (byte == '`') {
        script_open_or_close_backquote(s);
    } else if (byte == ')') {
        close_arithmetic(s);
    } else if (is_one_of(byte, "'\"")) {
        script_lose(s, WHY_QUOTES);
    } else {
        if (byte == '(')
            top(s)->brackets++;
        s->at++;
    }
}
