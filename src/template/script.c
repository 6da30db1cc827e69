/*
 * The scanner walks over the script once, with a stack of frames that says what is open: quotes, brackets,
 * expansions, here-documents. Each kind of frame has a function that takes the next bytes; a replacement
 * string is jumped over as if it were a letter, and gets its context from the top of the stack.
 *
 * An item is only ever put in by an expansion of a parameter, which a shell does not parse again. Three
 * things can still go wrong, and decide what is refused:
 *   - the shell evaluates the result all the same: arithmetic (in which a[$(cmd)] runs cmd), eval and its kin,
 *     names of variables, some glob patterns; or a command that it runs does, be it another shell or one that the
 *     item is cut into words for. Tried with dash, bash, busybox, zsh, mksh, ksh93, yash and posh;
 *   - the reference itself would be read differently: behind a backslash or a dollar, within ${…};
 *   - shells disagree where quotes or brackets end. From there on the scanner is `lost`: all marks behind that
 *     place are refused.
 */
#include "template/script_inside.h"

#include "base/xalloc.h"

#include <stdlib.h>

const struct kind_facts script_kinds[] = {
    [TOP] = {.step = script_step_commands, .context = SCRIPT_PLAIN, .unit = true},
    [SUBSHELL] = {.step = script_step_commands, .context = SCRIPT_PLAIN},
    [ARRAY] = {.step = script_step_commands, .context = SCRIPT_PLAIN, .joins = true},
    [PATTERN] = {.step = script_step_commands, .context = SCRIPT_PLAIN, .joins = true, .why = WHY_PATTERN},
    [SUBSTITUTION] = {.step = script_step_commands, .context = SCRIPT_PLAIN, .unit = true},
    [BACKQUOTE] = {.step = script_step_commands, .context = SCRIPT_PLAIN, .unit = true},
    [CASE] = {.step = script_step_commands, .context = SCRIPT_PLAIN},
    [TEST] = {.step = script_step_commands, .context = SCRIPT_PLAIN, .joins = true},
    [SINGLE] = {.step = script_step_single, .context = SCRIPT_SINGLE, .joins = true},
    [DOUBLE] = {.step = script_step_double, .context = SCRIPT_DOUBLE, .joins = true},
    [ANSI] = {.step = script_step_ansi, .context = SCRIPT_SINGLE, .joins = true, .why = WHY_ANSI},
    [PARAMETER] = {.step = script_step_parameter,
                   .context = SCRIPT_PLAIN,
                   .joins = true,
                   .why = WHY_PARAMETER},
    /* Of whole numbers comes a number, which is harmless wherever it stands. */
    [ARITHMETIC] = {.step = script_step_arithmetic,
                    .context = SCRIPT_ARITHMETIC,
                    .unit = true,
                    .joins = true},
    [COMMENT] = {.step = script_step_comment, .context = SCRIPT_COMMENT},
    [HEREDOC] = {.step = script_step_double, .context = SCRIPT_DOUBLE},
    [RAW] = {.step = script_step_raw, .context = SCRIPT_DOUBLE, .why = WHY_RAW},
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
    return script_kinds[frame->kind].step == script_step_commands;
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

/* ---- marks ---- */

/* In it a substitution's result is evaluated: why no mark may stand in one. */
static const char *why_of_result(const struct frame *frame)
{
    if (frame->kind == ARITHMETIC)
        return WHY_RESULT;
    if (frame->why == NULL || frame->kind == BACKQUOTE)
        return NULL;
    return frame->kind == ARRAY || frame->kind == HEREDOC ? frame->why : WHY_RESULT;
}

/*
 * What the substitution with that index becomes is a part of a word: note there that it may be the item's
 * bytes.
 */
static void note_result(struct scanner *s, size_t index)
{
    bool quoted = false;
    while (--index > 0 && (s->frames[index].kind == DOUBLE || s->frames[index].kind == PARAMETER))
        quoted |= script_is_quoted(&s->frames[index]);
    struct word *word = &s->frames[index].word;
    if (!script_holds_words(&s->frames[index]))
        return;
    word->holds = true;
    word->splits |= !quoted;
    word->led |= word->length == 0 && !word->slash;
}

/* <( ) is the name of a file, which is code only to those that read commands from it. */
static bool reads_process(const struct frame *frame)
{
    const struct command *command = &frame->command;
    return command->sources ||
           (command->readers.state == READERS_AT_SHELL_OPTIONS && !command->readers.command);
}

/* Of < {} only the file's text gets anywhere, unless a message about it does. */
static bool is_only_read(const struct scanner *s)
{
    const struct frame *frame = top(s);
    if (!script_holds_words(frame))
        frame--;
    return frame >= s->frames && frame->command.target && frame->command.input &&
           strstr(s->script, ">&") == NULL && strstr(s->script, "&>") == NULL &&
           strstr(s->script, "|&") == NULL;
}

/*
 * Ask all frames that have a say, from the inside. Those around the unit have one if they evaluate what a
 * substitution becomes, however deep the mark is in it. Of arithmetic comes a number, which is harmless
 * wherever it stands.
 */
static const char *why_in_frames(struct scanner *s)
{
    const char *why = NULL;
    bool within = true;   /* the unit */
    bool by_name = false; /* what comes of the last unit is a file's name */

    for (size_t i = s->depth; i-- > 0;) {
        struct frame *frame = &s->frames[i];
        if (within && frame->marked == SIZE_MAX)
            frame->marked = s->next;
        if (!by_name && frame->reached == SIZE_MAX)
            frame->reached = s->next;
        if (why == NULL && within)
            why = frame->why != NULL ? frame->why : script_kinds[frame->kind].why;
        if (why == NULL && !within && !by_name)
            why = why_of_result(frame);
        if (why == NULL && by_name && reads_process(frame))
            why = WHY_CODE;
        if (why == NULL && (!by_name || frame->command.duplicates))
            why = script_why_in_command(frame);
        by_name = by_name && !script_holds_words(frame);
        if (!script_kinds[frame->kind].unit)
            continue;
        if (within && (frame->kind == ARITHMETIC || is_only_read(s)))
            break;
        within = false;
        by_name = frame->process;
        if (i > 0 && !by_name)
            note_result(s, i);
    }
    if (why == NULL && s->backquote != 0)
        why = s->frames[s->backquote].why;
    return why;
}

static void take_mark(struct scanner *s)
{
    struct script_mark *mark = &s->marks[s->next];

    mark->context = script_kinds[top(s)->kind].context;
    mark->backslash = s->backslash;
    script_add_mark(s);
    mark->single = script_holds_words(top(s)) && script_is_single(top(s));
    const char *why = s->mark_why;
    if (mark->context != SCRIPT_COMMENT && why == NULL)
        why = why_in_frames(s);
    if (mark->context != SCRIPT_COMMENT && why != NULL)
        script_refuse(s, s->next, why);
    s->mark_why = NULL;
    s->backslash = false;
    s->at += mark->length;
    s->next++;
}

/* ---- all of it ---- */

/* Where shells disagree, whatever is open. */
static bool is_disputed(const struct scanner *s)
{
    const struct frame *frame = top(s);
    int byte = peek(s, 0);
    if (byte == '\n')
        return s->pending > 0 && script_kinds[frame->kind].joins;
    if (s->backquote == 0)
        return false;
    /* Backquotes end at the next one, whatever stands in between; and take backslashes away at first. */
    if (byte == '`')
        return s->depth - 1 != s->backquote;
    return byte == '\\' && is_one_of(peek(s, 1), s->frames[s->backquote].why != NULL ? "$`\\\"" : "$`\\");
}

/*
 * From here on nothing is known: not where what is open ends, and so not what becomes of an item in it, nor of a word that a substitution
 * with an item is a part of.
 */
static void refuse_what_is_open(struct scanner *s)
{
    for (size_t i = 0; i < s->depth; i++) {
        const struct frame *frame = &s->frames[i];
        if (i > 0)
            script_refuse(s, frame->marked, s->lost);
        if (frame->word.open && frame->word.holds)
            script_refuse(s, s->next - 1, s->lost);
    }
}

static void scan(struct scanner *s)
{
    script_push(s, TOP);
    while (s->lost == NULL && s->at < s->length) {
        if (s->at >= s->limit)
            script_end_body(s);
        else if (peek(s, 0) == MARK)
            take_mark(s);
        else if (is_disputed(s))
            script_lose(s, peek(s, 0) == '\n' ? WHY_HEREDOC : WHY_BACKQUOTE);
        else
            script_kinds[top(s)->kind].step(s);
    }
    if (s->lost != NULL)
        refuse_what_is_open(s);
    else if (script_holds_words(top(s)))
        script_finish_word(s);
}

int script_scan(const char *script, unsigned shells, struct script_mark *marks, size_t count,
                struct script_facts *facts, struct script_problem *problem)
{
    size_t length = strlen(script);
    struct scanner s = {.script = script,
                        .shells = shells,
                        .length = length,
                        .limit = length,
                        .marks = marks,
                        .count = count,
                        .facts = facts,
                        .problem = problem};

    *facts = (struct script_facts){.uses_parameters = script_mentions_parameters(script, marks, count)};
    *problem = (struct script_problem){.mark = count};
    for (size_t i = 0; i < count; i++)
        marks[i] = (struct script_mark){
            .at = marks[i].at, .length = marks[i].length, .word_begin = marks[i].at, .word_end = marks[i].at};
    scan(&s);
    facts->can_append = s.lost == NULL && s.depth == 1 && s.pending == 0 && !s.dangling &&
                        script_takes_argument(&top(&s)->command);
    struct readers readers = top(&s)->command.readers;
    if (facts->can_append && readers.state == READERS_AT_TEXT &&
        readers_take(&readers, "x", READERS_LED) == READERS_REREAD) {
        facts->appends_to = readers_name(&readers);
        facts->reread_instead = readers_instead(&readers);
    }
    if (s.lost != NULL) {
        facts->uses_parameters = true;
        script_refuse(&s, s.next, s.lost);
    }
    while (s.pending > 0)
        free(s.heredocs[--s.pending].end);
    free(s.heredocs);
    free(s.frames);
    return problem->why == NULL ? 0 : -1;
}
