/*
 * Text outside of quotes, a byte or an operator at a time: words grow, end and are handed on, lines and
 * commands end, brackets open and close.
 */
#include "template/script_internal.h"

static const struct redirection {
    const char *text;
    bool heredoc, strip, duplicates, substitutes, input, string;
} redirections[] = {
    /* the longer ones first */
    {.text = "<<<", .string = true},
    {.text = "<<-", .heredoc = true, .strip = true},
    {.text = "<<", .heredoc = true},
    {.text = "<&", .duplicates = true},
    {.text = ">&", .duplicates = true},
    {.text = "<(", .substitutes = true},
    {.text = ">(", .substitutes = true},
    {.text = "<>"},
    {.text = ">>"},
    {.text = ">|"},
    {.text = "<", .input = true},
    {.text = ">"},
};

static void take_text(struct scanner *s)
{
    struct word *word = script_begin_word(s);
    int byte = peek(s, 0);
    if (is_one_of(byte, "[]{}"))
        word->complex = true;
    if (is_one_of(byte, "[{*?"))
        word->pattern = true;
    if (byte == '[' && top(s)->kind == ARRAY && word->stage == BARE) {
        word->stage = INDEX;
        word->brackets = 0; /* add_byte counts it */
    }
    script_add_byte(word, byte, false);
    s->at++;
}

static void take_blank(struct scanner *s)
{
    script_finish_word(s);
    s->at++;
}

static void take_newline(struct scanner *s)
{
    script_finish_word(s);
    struct frame *frame = top(s);
    s->at++;
    script_note_documents(s);
    if (s->pending > 0 && (!script_awaits_body(s) || script_kinds[frame->kind].joins))
        script_lose(s, WHY_HEREDOC);
    if (frame->command.place <= WORDS && !script_kinds[frame->kind].joins)
        script_begin_command(frame);
    if (s->pending > 0 && s->lost == NULL)
        script_begin_body(s);
}

/* ; & | and those that begin by them */
static void take_separator(struct scanner *s)
{
    script_finish_word(s);
    struct frame *frame = top(s);
    enum place place = frame->command.place;
    bool ends_case = comes(s, ";;") || comes(s, ";&") || comes(s, ";|");
    if (place == IN)
        s->facts->uses_parameters = true;
    script_note_documents(s);
    if (frame->kind == CASE && ends_case) {
        frame->command = (struct command){.place = LABEL};
        frame->bracketed = false;
        s->at += comes(s, ";;&") ? 3 : 2;
        return;
    }
    if (!script_kinds[frame->kind].joins && (place <= WORDS || place == IN))
        script_begin_command(frame);
    s->at++;
}

static bool closes_at_once(const struct scanner *s)
{
    size_t ahead = 1;
    while (is_one_of(peek(s, ahead), " \t\n"))
        ahead++;
    return peek(s, ahead) == ')';
}

/* What kind of brackets a ( opens: PATTERN, where it can't be told. */
static enum kind bracket_kind(const struct scanner *s)
{
    const struct frame *frame = top(s);
    enum place place = frame->command.place;
    if (frame->word.open)
        return frame->word.stage == VALUE && before(s) == '=' ? ARRAY
               : closes_at_once(s)                            ? SUBSHELL
                                                              : PATTERN;
    if (frame->kind == TEST)
        return TEST;
    if (place == COMMAND || place == PREFIXED || place == NAME || place == IN || closes_at_once(s))
        return SUBSHELL;
    return PATTERN;
}

static void open_bracket(struct scanner *s)
{
    struct frame *frame = top(s);
    enum kind kind = bracket_kind(s);
    const char *why = frame->kind == SUBSHELL ? frame->why : kind == ARRAY ? frame->word.why : NULL;

    if (frame->kind == CASE && frame->command.place == LABEL && !frame->word.open) {
        frame->bracketed = true;
        frame->command.place = LABEL_REST;
        s->at++;
        return;
    }
    if (kind == SUBSHELL)
        script_finish_word(s);
    else if (frame->word.open || kind == PATTERN)
        script_begin_word(s)->complex = true;
    if (kind == SUBSHELL && peek(s, 1) == '(') {
        /* (( )): arithmetic, or one subshell in another. Either way, the brackets are two. */
        why = WHY_ARITHMETIC;
        script_push(s, SUBSHELL)->why = why;
        s->at++;
    }
    frame = script_push(s, kind);
    frame->why = why;
    frame->bracketed = kind == TEST;
    frame->command.place = kind == TEST ? OPERAND : kind == SUBSHELL ? COMMAND : WORDS;
    s->at++;
}

/* PATTERN) in a case; old shells take that for the end of $( ). */
static void close_label(struct scanner *s)
{
    struct frame *frame = top(s);
    if (frame->command.place != LABEL_REST)
        script_lose(s, WHY_BRACKETS);
    if (!frame->bracketed && script_is_within(s, SUBSTITUTION))
        script_lose(s, WHY_SUBSTITUTED);
    script_begin_command(frame);
}

static void close_bracket(struct scanner *s)
{
    script_finish_word(s);
    const struct frame *frame = top(s);
    switch (frame->kind) {
    case SUBSHELL:
        script_pop(s);
        script_begin_command(top(s));
        break;
    case SUBSTITUTION:
        if (script_awaits_body(s))
            script_lose(s, WHY_HEREDOC);
        script_pop(s);
        break;
    case ARRAY:
    case PATTERN:
        script_pop(s);
        break;
    case CASE:
        close_label(s);
        break;
    default:
        if (frame->kind != TEST || !frame->bracketed)
            script_lose(s, WHY_BRACKETS);
        script_pop(s);
    }
    s->at++;
}

/* 2> and {x}>: what stands before the operator belongs to it. */
static bool belongs_to_redirection(const struct scanner *s, const struct word *word)
{
    if (!word->open || word->quoted || word->expands)
        return false;
    return word->stage == DIGITS ||
           (s->at - word->begin > 2 && s->script[word->begin] == '{' && before(s) == '}');
}

/* {a[{}]}> of bash evaluates the index. */
static bool names_descriptor(const struct scanner *s, const struct word *word)
{
    return word->open && word->mark < s->next && s->script[word->begin] == '{' && before(s) == '}';
}

static const struct redirection *find_redirection(const struct scanner *s)
{
    const struct redirection *redirection = redirections;
    while (!comes(s, redirection->text))
        redirection++;
    return redirection;
}

static void take_redirection(struct scanner *s)
{
    const struct redirection *redirection = find_redirection(s);
    struct frame *frame = top(s);

    bool special = redirection->substitutes || redirection->heredoc;
    if (special && (frame->kind == TEST || (frame->kind == SUBSHELL && frame->why != NULL))) {
        script_lose(s, frame->kind == TEST ? WHY_BRACKETS : WHY_SHIFT); /* there they compare and shift */
        return;
    }
    if (redirection->substitutes) {
        script_add_expansion(s);
        s->at += 2;
        script_push(s, SUBSTITUTION)->process = true;
        return;
    }
    if (names_descriptor(s, &frame->word))
        script_refuse(s, frame->word.mark, WHY_INDEX);
    if (belongs_to_redirection(s, &frame->word))
        frame->word.open = false;
    script_finish_word(s);
    s->at += strlen(redirection->text);
    if (redirection->heredoc) {
        script_open_document(s, redirection->strip);
    } else if (top(s)->kind != TEST) {
        top(s)->command.target = true;
        top(s)->command.duplicates = redirection->duplicates;
        top(s)->command.input = redirection->input;
        top(s)->command.string = redirection->string;
    }
}

static void take_hash(struct scanner *s)
{
    const struct frame *frame = top(s);
    if (frame->word.open) {
        take_text(s);
    } else if (frame->kind == SUBSHELL && frame->why != NULL) {
        script_lose(s, WHY_SHIFT);
    } else if (frame->kind == TEST || frame->kind == PATTERN || is_one_of(before(s), "<>")) {
        script_lose(s, WHY_BRACKETS); /* a comment, or zsh's (#i), ksh's <# */
    } else {
        bool bracketed = script_is_within(s, SUBSTITUTION);
        script_push(s, COMMENT)->bracketed = bracketed;
        s->at++;
    }
}

/* Old shells look for quotes and brackets even in a comment, if it stands in $( ). */
void script_step_comment(struct scanner *s)
{
    int byte = peek(s, 0);
    if (byte == '\n') {
        script_pop(s);
        return;
    }
    if (top(s)->bracketed && is_one_of(byte, "'\"`\\$(){}"))
        script_lose(s, WHY_SUBSTITUTED);
    s->at++;
}

void script_step_commands(struct scanner *s)
{
    static void (*const steps[256])(struct scanner * s) = {
        [' '] = take_blank,         ['\t'] = take_blank,
        ['\n'] = take_newline,      [';'] = take_separator,
        ['&'] = take_separator,     ['|'] = take_separator,
        ['('] = open_bracket,       [')'] = close_bracket,
        ['<'] = take_redirection,   ['>'] = take_redirection,
        ['#'] = take_hash,          ['\''] = script_open_single,
        ['"'] = script_open_double, ['`'] = script_open_or_close_backquote,
        ['$'] = script_take_dollar, ['\\'] = script_skip_escaped,
    };
    void (*step)(struct scanner * s) = steps[(unsigned char)s->script[s->at]];
    if (step == NULL)
        step = take_text;
    step(s);
}
