/*
 * How a template is compiled: its words are cut into pieces, texts and replacement strings by turns. How
 * these are expanded stands in template_expand.c.
 */
#include "template/template.h"

#include "base/xalloc.h"
#include "template/shell_here.h"

#include <stdlib.h>
#include <string.h>

/* ---- compiling ---- */

bool template_is_break(const char *word)
{
    return strcmp(word, "|") == 0;
}

bool template_ends_program(const struct template_setup *setup, size_t index)
{
    return index + 1 >= setup->count || template_is_break(setup->words[index + 1]);
}

bool template_is_used_in(const char *word, const struct replacement_names *names)
{
    struct replacement what;
    for (const char *at = word; *at != '\0'; at++)
        if (replacement_in(word, at, names, &what) > 0)
            return true;
    return false;
}

static struct template_piece *add_piece(struct template_program *program, const struct template_piece *piece)
{
    program->pieces = xreallocarray(program->pieces, program->count + 1, sizeof *program->pieces);
    program->pieces[program->count] = *piece;
    return &program->pieces[program->count++];
}

/* Text may be empty: then it is there to carry the word's end. */
static void add_text(struct template_program *program, const char *text, size_t length, bool ends_word)
{
    if (length > 0 || ends_word)
        add_piece(program, &(struct template_piece){
                               .is_text = true, .text = text, .length = length, .ends_word = ends_word});
}

static bool stands_for_item(const struct template_piece *piece)
{
    return !piece->is_text && piece->what.kind == REPLACEMENT_ITEM && piece->context != SCRIPT_COMMENT;
}

static void note_use(struct template *template, const struct template_program *program,
                     const struct template_piece *piece)
{
    /* A folder that the item names has taken it in, a variable has not. */
    bool in_words = program == &template->words && piece->context != SCRIPT_COMMENT;
    bool in_folder = program == &template->directory && stands_for_item(piece);
    template->appends = template->appends && !in_words && !in_folder;
    template->references += stands_for_item(piece);
    template->uses_total = template->uses_total || piece->what.kind == REPLACEMENT_TOTAL;
    template->is_numbered =
        template->is_numbered || (!piece->is_text && piece->what.kind != REPLACEMENT_ITEM);
}

/* A word that is not a script. */
static void compile_word(struct template *template, struct template_program *program, const char *word,
                         bool repeat)
{
    const struct replacement_names *names = &template->setup.names;
    const char *text = word;
    size_t first = program->count;
    bool all = false, items_only = true;

    for (const char *at = word; *at != '\0';) {
        struct template_piece piece = {.text = at};
        piece.length = replacement_in(word, at, names, &piece.what);
        if (piece.length == 0) {
            at++;
            continue;
        }
        add_text(program, text, (size_t)(at - text), false);
        add_piece(program, &piece);
        note_use(template, program, &piece);
        all = all || (stands_for_item(&piece) && piece.what.column == 0);
        items_only = items_only && at == text && stands_for_item(&piece);
        text = at += piece.length;
    }
    add_text(program, text, strlen(text), true);
    program->pieces[first].begins_word = true;
    program->pieces[first].may_vanish = items_only && text > word && *text == '\0';
    if (repeat && all)
        program->pieces[first].repeated = program->count - first;
}

/* ---- compiling a script ---- */

static size_t find_parameter(struct template *template, const struct replacement *what)
{
    for (size_t i = 0; i < template->parameter_count; i++)
        if (template->parameters[i].part == what->part && template->parameters[i].column == what->column)
            return i;
    template->parameters =
        xreallocarray(template->parameters, template->parameter_count + 1, sizeof *template->parameters);
    template->parameters[template->parameter_count] =
        (struct template_parameter){.part = what->part, .column = what->column};
    return template->parameter_count++;
}

/* The replacement strings of a script: their number; *marks is to be freed. */
static size_t find_marks(const struct template *template, const char *script, struct script_mark **marks)
{
    struct replacement what;
    size_t count = 0, length;
    *marks = NULL;
    for (const char *at = script; *at != '\0'; at += length > 0 ? length : 1) {
        length = replacement_in(script, at, &template->setup.names, &what);
        if (length == 0)
            continue;
        *marks = xreallocarray(*marks, count + 1, sizeof **marks);
        (*marks)[count++] = (struct script_mark){.at = (size_t)(at - script), .length = length};
    }
    return count;
}

static struct template_piece mark_piece(struct template *template, const char *script,
                                        const struct script_mark *mark)
{
    struct template_piece piece = {.text = script + mark->at,
                                   .length = mark->length,
                                   .context = mark->context,
                                   .backslash = mark->backslash,
                                   .is_joined = mark->context == SCRIPT_PLAIN && mark->single};
    (void)!replacement_in(script, piece.text, &template->setup.names, &piece.what);
    if (stands_for_item(&piece))
        piece.parameter = find_parameter(template, &piece.what);
    note_use(template, &template->words, &piece);
    return piece;
}

/* Whether the mark stands in a word that is to be there once for each field. */
static bool is_repeated(const struct template *template, const struct script_mark *mark,
                        const struct template_piece *piece)
{
    return template->setup.repeat && stands_for_item(piece) && piece->what.column == 0 &&
           mark->word_end > mark->word_begin;
}

/* Pieces from `*done` up to and with the mark. Text is cut where a repeated word begins. */
static void add_mark(struct template *template, const char *script, const struct script_mark *mark,
                     size_t *done, size_t *group, size_t *group_end)
{
    struct template_program *program = &template->words;
    struct template_piece piece = mark_piece(template, script, mark);

    if (*group_end > 0 && mark->at >= *group_end) { /* the repeated word before it ends */
        add_text(program, script + *done, *group_end - *done, false);
        *done = *group_end;
        program->pieces[*group].repeated = program->count - *group;
        *group_end = 0;
    }
    if (*group_end == 0 && is_repeated(template, mark, &piece)) {
        add_text(program, script + *done, mark->word_begin - *done, false);
        *done = mark->word_begin;
        *group = program->count;
        *group_end = mark->word_end;
    }
    add_text(program, script + *done, mark->at - *done, false);
    add_piece(program, &piece);
    *done = mark->at + mark->length;
}

static void add_script_pieces(struct template *template, const char *script, const struct script_mark *marks,
                              size_t count)
{
    struct template_program *program = &template->words;
    size_t done = 0, group = 0, group_end = 0;

    for (size_t i = 0; i < count; i++)
        add_mark(template, script, &marks[i], &done, &group, &group_end);
    if (group_end > 0) {
        add_text(program, script + done, group_end - done, false);
        done = group_end;
        program->pieces[group].repeated = program->count - group;
    }
    add_text(program, script + done, strlen(script) - done, true);
}

/* Behind all of the script, where nothing in it stands for the item. */
static void append_item(struct template *template)
{
    struct template_program *program = &template->words;
    struct template_piece piece = {.text = "{}", .length = 2};
    piece.parameter = find_parameter(template, &piece.what);
    program->pieces[program->count - 1].ends_word = false;
    add_text(program, " ", 1, false);
    add_piece(program, &piece);
    note_use(template, &template->words, &piece);
    add_text(program, "", 0, true);
}

static int refuse_mark(const char *script, const struct script_mark *mark, const char *reason, char **why)
{
    *why = xasprintf("'%.*s' in the script: %s", (int)mark->length, script + mark->at, reason);
    return -1;
}

/* -X wants to know the word around each. */
static int check_words(const struct template *template, const char *script, const struct script_mark *marks,
                       size_t count, char **why)
{
    struct replacement what;
    for (size_t i = 0; template->setup.repeat && i < count; i++)
        if (replacement_in(script, script + marks[i].at, &template->setup.names, &what) > 0 &&
            what.kind == REPLACEMENT_ITEM && what.column == 0 && marks[i].context != SCRIPT_COMMENT &&
            marks[i].word_end == marks[i].word_begin)
            return refuse_mark(
                script, &marks[i],
                "which word is to be repeated can't be told; use -m, not -X, or -n, not -N or -L", why);
    return 0;
}

static bool is_number(const struct template *template, const char *script, const struct script_mark *mark)
{
    struct replacement what;
    (void)!replacement_in(script, script + mark->at, &template->setup.names, &what);
    return what.kind != REPLACEMENT_ITEM;
}

/* Of {#} and the like come digits, harmless wherever they are: the text is judged as if there were some. */
static int scan_script(const struct template *template, const char *script, unsigned shells,
                       struct script_mark *marks, size_t count, struct script_facts *facts,
                       struct script_problem *problem)
{
    int result = script_scan(script, shells, marks, count, facts, problem);
    struct script_mark *items = xcalloc(count + 1, sizeof *items);
    size_t *places = xcalloc(count + 1, sizeof *places), item_count = 0;
    char *text = xstrdup(script);

    for (size_t i = 0; i < count; i++) {
        if (is_number(template, script, &marks[i])) {
            memset(text + marks[i].at, '1', marks[i].length);
        } else {
            places[item_count] = i;
            items[item_count++] = marks[i];
        }
    }
    if (item_count < count) {
        result = script_scan(text, shells, items, item_count, facts, problem);
        for (size_t i = 0; i < item_count; i++)
            marks[places[i]] = items[i];
        problem->mark = result < 0 ? places[problem->mark] : count;
    }
    free(text);
    free(places);
    free(items);
    return result;
}

static int compile_script(struct template *template, const char *script, const struct template_word *role,
                          char **why)
{
    struct script_facts facts;
    struct script_problem problem;
    struct script_mark *marks;
    size_t count = find_marks(template, script, &marks);
    int result = scan_script(template, script, role->shells, marks, count, &facts, &problem);

    /* What any shell would take needs no look at the one that is there. */
    if (role->is_sh && (result < 0 || (template->appends && !facts.can_append)))
        result = scan_script(template, script, shell_here_of(template->setup.words[role->shell]), marks,
                             count, &facts, &problem);

    if (result < 0)
        (void)refuse_mark(script, &marks[problem.mark], problem.why, why);
    else
        result = check_words(template, script, marks, count, why);
    if (result == 0)
        add_script_pieces(template, script, marks, count);
    free(marks);
    template->moves_parameters = template->moves_parameters || facts.uses_parameters || role->operands > 1;
    if (facts.reread_by != NULL) {
        template->reread_by = facts.reread_by;
        template->reread_instead = facts.reread_instead;
    }
    if (result < 0 || !template->appends || !template->setup.append_to_script ||
        template->setup.without_items)
        return result;
    if (!facts.can_append) {
        *why = xstrdup(
            "the script: nothing can be appended to it where it ends; write {} where the item is to be");
        return -1;
    }
    if (facts.appends_to != NULL) {
        template->reread_by = facts.appends_to;
        template->reread_instead = facts.reread_instead;
    }
    append_item(template);
    return 0;
}

/* ---- compiling all ---- */

int template_compile(struct template *template, const struct template_setup *setup, char **why)
{
    *template = (struct template){.setup = *setup, .appends = true};

    if (setup->directory != NULL)
        compile_word(template, &template->directory, setup->directory, false);
    if (setup->tag != NULL)
        compile_word(template, &template->tag, setup->tag, false);
    if (setup->place != NULL)
        compile_word(template, &template->place, setup->place, false);
    for (size_t i = 0; i < setup->variable_count; i++)
        compile_word(template, &template->variables, setup->variables[i], false);
    for (size_t i = 0; i < setup->count; i++) {
        if (template_is_break(setup->words[i]))
            add_piece(&template->words, &(struct template_piece){.is_break = true});
        else if (!setup->roles[i].is_script)
            compile_word(template, &template->words, setup->words[i], setup->repeat);
        else if (compile_script(template, setup->words[i], &setup->roles[i], why) < 0)
            return -1;
    }
    return 0;
}

static const struct template_piece *find_column(const struct template_program *program, size_t most)
{
    for (size_t i = 0; i < program->count; i++) {
        const struct template_piece *piece = &program->pieces[i];
        if (stands_for_item(piece) && !piece->is_break && (size_t)abs(piece->what.column) > most)
            return piece;
    }
    return NULL;
}

const struct template_piece *template_find_column(const struct template *template, size_t most)
{
    const struct template_program *programs[] = {&template->words, &template->variables, &template->directory,
                                                 &template->tag, &template->place};
    const struct template_piece *piece = NULL;
    for (size_t i = 0; i < ARRAY_LENGTH(programs) && piece == NULL; i++)
        piece = find_column(programs[i], most);
    return piece;
}

void template_release(struct template *template)
{
    free(template->words.pieces);
    free(template->variables.pieces);
    free(template->directory.pieces);
    free(template->tag.pieces);
    free(template->place.pieces);
    free(template->parameters);
    fields_release(&template->fields);
    words_release(&template->measured.arguments);
    words_release(&template->measured.variables);
    words_release(&template->measured.directory);
    *template = (struct template){0};
}
