/*
 * The scanner walks over the script once, with a stack of frames that says what is open: quotes, brackets,
 * expansions, here-documents. Each kind of frame has a function that takes the next bytes; a replacement
 * string is jumped over as if it were a letter, and gets its context from the top of the stack.
 *
 * An item is only ever put in by an expansion of a parameter, which a shell does not parse again. Three
 * things can still go wrong, and decide what is refused:
 *   - the shell evaluates the result all the same: arithmetic (in which a[$(cmd)] runs cmd), eval and its
 *   kin,
 *     names of variables, some glob patterns; or a command that it runs does, be it another shell or one that
 *     the item is cut into words for. Tried with dash, bash, busybox, zsh, mksh, ksh93, yash and posh;
 *   - the reference itself would be read differently: behind a backslash or a dollar, within ${…};
 *   - shells disagree where quotes or brackets end. From there on the scanner is `lost`: all marks behind
 *   that
 *     place are refused.
 */
#include "template/script_internal.h"

#include <stdlib.h>

/* Who takes the next bytes of each kind, and opens and closes frames. */
static void (*const steps[])(struct scanner *s) = {
    [TOP] = script_step_commands,
    [SUBSHELL] = script_step_commands,
    [ARRAY] = script_step_commands,
    [PATTERN] = script_step_commands,
    [SUBSTITUTION] = script_step_commands,
    [BACKQUOTE] = script_step_commands,
    [CASE] = script_step_commands,
    [TEST] = script_step_commands,
    [SINGLE] = script_step_single,
    [DOUBLE] = script_step_double,
    [ANSI] = script_step_ansi,
    [PARAMETER] = script_step_parameter,
    [ARITHMETIC] = script_step_arithmetic,
    [COMMENT] = script_step_comment,
    [HEREDOC] = script_step_double,
    [RAW] = script_step_raw,
};

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
 * From here on nothing is known: not where what is open ends, and so not what becomes of an item in it, nor
 * of a word that a substitution with an item is a part of.
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
            steps[top(s)->kind](s);
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
