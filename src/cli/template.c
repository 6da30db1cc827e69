#include "cli/template.h"

#include "base/xalloc.h"
#include "ipc/queue.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Every field, where {} stands for all of them. */
#define ALL_FIELDS SIZE_MAX

/* ---- compiling ---- */

bool template_is_break(const char *word)
{
    return strcmp(word, "|") == 0;
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

static int compile_script(struct template *template, const char *script, bool has_operands, char **why)
{
    struct script_facts facts;
    struct script_problem problem;
    struct script_mark *marks;
    size_t count = find_marks(template, script, &marks);
    int result = script_scan(script, marks, count, &facts, &problem);

    if (result < 0)
        (void)refuse_mark(script, &marks[problem.mark], problem.why, why);
    else
        result = check_words(template, script, marks, count, why);
    if (result == 0)
        add_script_pieces(template, script, marks, count);
    free(marks);
    template->moves_parameters = template->moves_parameters || facts.uses_parameters || has_operands;
    if (result < 0 || !template->appends || !template->setup.append_to_script ||
        template->setup.without_items)
        return result;
    if (!facts.can_append) {
        *why = xstrdup(
            "the script: nothing can be appended to it where it ends; write {} where the item is to be");
        return -1;
    }
    append_item(template);
    return 0;
}

/* ---- compiling all ---- */

/* Whether word number `index` is the last of its program. */
static bool ends_program(const struct template_setup *setup, size_t index)
{
    return index + 1 >= setup->count || template_is_break(setup->words[index + 1]);
}

int template_compile(struct template *template, const struct template_setup *setup, char **why)
{
    *template = (struct template){.setup = *setup, .appends = true};

    if (setup->directory != NULL)
        compile_word(template, &template->directory, setup->directory, false);
    if (setup->tag != NULL)
        compile_word(template, &template->tag, setup->tag, false);
    for (size_t i = 0; i < setup->variable_count; i++)
        compile_word(template, &template->variables, setup->variables[i], false);
    for (size_t i = 0; i < setup->count; i++) {
        if (template_is_break(setup->words[i]))
            add_piece(&template->words, &(struct template_piece){.is_break = true});
        else if (!setup->is_script[i])
            compile_word(template, &template->words, setup->words[i], setup->repeat);
        else if (compile_script(template, setup->words[i],
                                !ends_program(setup, i) && !ends_program(setup, i + 1), why) < 0)
            return -1;
    }
    return 0;
}

void template_release(struct template *template)
{
    free(template->words.pieces);
    free(template->variables.pieces);
    free(template->directory.pieces);
    free(template->tag.pieces);
    free(template->parameters);
    fields_release(&template->fields);
    words_release(&template->measured.arguments);
    words_release(&template->measured.variables);
    words_release(&template->measured.directory);
    *template = (struct template){0};
}

/* ---- expanding ---- */

struct expansion {
    struct template *template;
    const struct command_task *task;
    enum template_role role;
    struct words *words; /* what the text goes to */
    size_t only;         /* the field that {} stands for, or ALL_FIELDS */
    const char *why;     /* NULL: all is well */
};

static void put(struct expansion *expansion, const char *bytes, size_t length)
{
    buffer_append(&expansion->words->text, bytes, length);
}

static void put_text(struct expansion *expansion, const char *text)
{
    put(expansion, text, strlen(text));
}

static void put_number(struct expansion *expansion, const char *before, unsigned long long number,
                       const char *behind)
{
    char text[24];
    snprintf(text, sizeof text, "%llu", number);
    put_text(expansion, before);
    put_text(expansion, text);
    put_text(expansion, behind);
}

/* The field of a column, from 0; the count of fields: there is none. */
static size_t column_index(const struct fields *fields, int column)
{
    size_t count = fields->count, distance = (size_t)(column < 0 ? -column : column);
    if (distance > count)
        return count;
    return column < 0 ? count - distance : distance - 1;
}

/* The fields that a replacement string stands for: from *first up to the one returned. */
static size_t range(const struct expansion *expansion, int column, size_t *first)
{
    const struct fields *fields = &expansion->template->fields;
    if (column == 0 && expansion->only == ALL_FIELDS) {
        *first = 0;
        return fields->count;
    }
    *first = column == 0 ? expansion->only : column_index(fields, column);
    return size_min(*first + 1, fields->count);
}

static void put_fields(struct expansion *expansion, const struct replacement *what)
{
    size_t first, end = range(expansion, what->column, &first);
    for (size_t i = first; i < end; i++) {
        struct item part = replacement_part(what->part, expansion->template->fields.list[i]);
        if (i > first && expansion->role == TEMPLATE_WORDS) {
            words_end(expansion->words);
            words_begin(expansion->words);
        } else if (i > first) {
            put_text(expansion, " ");
        }
        put(expansion, part.bytes, part.length);
    }
}

static bool is_number(struct item item)
{
    size_t at = item.length > 0 && (item.bytes[0] == '-' || item.bytes[0] == '+') ? 1 : 0, begin = at;
    while (at < item.length && item.bytes[at] >= '0' && item.bytes[at] <= '9')
        at++;
    return at > begin && at == item.length;
}

/* How references are written in each context. */
static const struct {
    const char *open, *before, *behind, *close;
} quotes[] = {
    [SCRIPT_PLAIN] = {"", "\"", "\"", ""},
    [SCRIPT_DOUBLE] = {"", "", "", ""},
    [SCRIPT_SINGLE] = {"'\"", "", "", "\"'"},
    [SCRIPT_ARITHMETIC] = {"", "(", ")", ""},
};

static void put_references(struct expansion *expansion, const struct template_piece *piece)
{
    const struct template_parameter *parameter = &expansion->template->parameters[piece->parameter];
    const char *name = expansion->template->moves_parameters ? "${_cpool_" : "${";
    const struct fields *fields = &expansion->template->fields;
    size_t first, end = range(expansion, piece->what.column, &first);
    size_t base = parameter->base;

    if (parameter->column != 0) {
        if (end <= first && piece->context == SCRIPT_PLAIN)
            return;      /* a column that is not there is no word, either */
        end = first + 1; /* it has one value, be it empty */
        base -= first;
    }
    if (piece->backslash)
        put_text(expansion, "\\");
    bool joined = piece->is_joined && end > first + 1;
    const char *before = joined ? "" : quotes[piece->context].before;
    const char *behind = joined ? "" : quotes[piece->context].behind;
    put_text(expansion, joined ? "\"" : quotes[piece->context].open);
    for (size_t i = first; i < end; i++) {
        if (i > first)
            put_text(expansion, " ");
        put_text(expansion, before);
        put_number(expansion, name, base + i + 1, "}");
        put_text(expansion, behind);
        if (piece->context == SCRIPT_ARITHMETIC &&
            (i >= fields->count || !is_number(replacement_part(parameter->part, fields->list[i]))))
            expansion->why = "it is no whole number, and stands in $((...)) of the script";
    }
    put_text(expansion, joined ? "\"" : quotes[piece->context].close);
}

static void put_piece(struct expansion *expansion, const struct template_piece *piece)
{
    bool stays = expansion->task->neutral && piece->what.kind != REPLACEMENT_ITEM;
    if (piece->is_text || stays || piece->context == SCRIPT_COMMENT) {
        put(expansion, piece->text, piece->length);
        return;
    }
    switch (piece->what.kind) {
    case REPLACEMENT_NUMBER:
        put_number(expansion, "", expansion->task->number + 1, "");
        break;
    case REPLACEMENT_SLOT:
        put_number(expansion, "", expansion->task->worker + 1ULL, "");
        break;
    case REPLACEMENT_TOTAL:
        put_number(expansion, "", expansion->template->setup.total, "");
        break;
    case REPLACEMENT_ITEM:
        if (expansion->role == TEMPLATE_SCRIPT)
            put_references(expansion, piece);
        else
            put_fields(expansion, &piece->what);
    }
}

/* Pieces `first` up to `end`, with the words' beginnings and ends among them. */
static void put_pieces(struct expansion *expansion, const struct template_piece *first,
                       const struct template_piece *end)
{
    for (const struct template_piece *piece = first; piece < end; piece++) {
        if (piece->begins_word)
            words_begin(expansion->words);
        put_piece(expansion, piece);
        if (piece->ends_word)
            words_end(expansion->words);
    }
}

/* Once for each field; within a script with blanks between. */
static void put_repeated(struct expansion *expansion, const struct template_piece *first)
{
    for (size_t i = 0; i < expansion->template->fields.count; i++) {
        if (i > 0 && !first->begins_word)
            put_text(expansion, " ");
        expansion->only = i;
        put_pieces(expansion, first, first + first->repeated);
    }
    expansion->only = ALL_FIELDS;
}

/* A word of replacement strings for none of which this task has anything. */
static bool vanishes(const struct expansion *expansion, const struct template_piece *piece)
{
    const struct fields *fields = &expansion->template->fields;
    if (!piece->may_vanish || expansion->role != TEMPLATE_WORDS)
        return false;
    for (; !piece->is_text; piece++) /* its last one is a text, see compile_word */
        if (fields->count > 0 &&
            (piece->what.column == 0 || column_index(fields, piece->what.column) < fields->count))
            return false;
    return true;
}

/* All pieces of one word; returns what is behind them. */
static const struct template_piece *put_word(struct expansion *expansion, const struct template_piece *piece)
{
    if (vanishes(expansion, piece)) {
        while (!piece++->ends_word)
            continue;
        return piece;
    }
    for (bool ended = false; !ended;) {
        size_t count = size_max(piece->repeated, 1);
        if (piece->repeated > 0)
            put_repeated(expansion, piece);
        else
            put_pieces(expansion, piece, piece + 1);
        ended = piece[count - 1].ends_word;
        piece += count;
    }
    return piece;
}

/* ---- expanding a script ---- */

/* Where each parameter's values begin; how many values there are in all. */
static size_t place_values(struct template *template)
{
    size_t values = 0;
    for (size_t i = 0; i < template->parameter_count; i++) {
        template->parameters[i].base = values;
        values += template->parameters[i].column == 0 ? template->fields.count : 1;
    }
    return values;
}

static void put_values(struct expansion *expansion)
{
    struct template *template = expansion->template;
    for (size_t i = 0; i < template->parameter_count; i++) {
        const struct template_parameter *parameter = &template->parameters[i];
        struct replacement what = {.part = parameter->part, .column = parameter->column};
        if (parameter->column == 0 && template->fields.count == 0)
            continue;
        words_begin(expansion->words);
        put_fields(expansion, &what);
        words_end(expansion->words);
    }
}

static const struct template_piece *put_script(struct expansion *expansion,
                                               const struct template_piece *piece)
{
    size_t values = place_values(expansion->template);
    words_begin(expansion->words);
    if (expansion->template->moves_parameters && values > 0) {
        for (size_t i = 1; i <= values; i++) {
            put_number(expansion, "_cpool_", i, "=");
            put_number(expansion, "${", i, "} ");
        }
        put_number(expansion, "; shift ", values, "; ");
    }
    expansion->role = TEMPLATE_SCRIPT;
    piece = put_word(expansion, piece);
    expansion->role = TEMPLATE_WORDS;
    return piece;
}

/* ---- expanding all ---- */

static void put_program(struct expansion *expansion, const struct template_program *program,
                        enum template_role role, struct words *words)
{
    const struct template_piece *piece = program->pieces, *end = piece + program->count;
    expansion->role = role;
    expansion->words = words;
    while (piece < end)
        piece = put_word(expansion, piece);
}

/* Behind a script and its name come the values that it refers to. `words` are up to and with word `index`. */
static void put_operands(struct expansion *expansion, size_t program, size_t index)
{
    const struct template_setup *setup = &expansion->template->setup;
    bool behind_script = index > 0 && setup->is_script[index - 1];

    if (expansion->template->parameter_count == 0)
        return;
    if (setup->is_script[index] && ends_program(setup, index)) {
        words_add(expansion->words, setup->words[program]); /* it has no name: the shell's does */
        put_values(expansion);
    } else if (behind_script) {
        put_values(expansion);
    }
}

/* Where nothing stands for the items they are the last words of the first program. */
static void append_items(struct expansion *expansion)
{
    words_begin(expansion->words);
    put_fields(expansion, &(struct replacement){.column = 0});
    words_end(expansion->words);
}

static void put_arguments(struct expansion *expansion, struct words *words)
{
    const struct template *template = expansion->template;
    const struct template_setup *setup = &template->setup;
    const struct template_piece *piece = template->words.pieces;
    bool append = template->appends && template->fields.count > 0;
    size_t program = 0;

    expansion->role = TEMPLATE_WORDS;
    expansion->words = words;
    for (size_t i = 0; i < setup->count; i++) {
        if (piece->is_break) {
            words_break(words);
            piece++;
            program = i + 1;
            continue;
        }
        piece = setup->is_script[i] ? put_script(expansion, piece) : put_word(expansion, piece);
        put_operands(expansion, program, i);
        if (append && program == 0 && ends_program(setup, i))
            append_items(expansion);
    }
}

/* The task's fields; whether one of them holds a NUL. */
static bool split_items(struct template *template, const struct command_task *task)
{
    struct items items = task->items;
    struct item item;
    bool holds_nul = false;

    fields_begin(&template->fields, items.length, items.length);
    while (items_next(&items, &item)) {
        holds_nul =
            holds_nul || (task->items.delimiter != '\0' && memchr(item.bytes, '\0', item.length) != NULL);
        columns_split(template->setup.columns, item, &template->fields);
    }
    return holds_nul;
}

/* None of them may hold a NUL, which is the reason that is returned. */
static const char *find_fields(struct template *template, const struct command_task *task)
{
    template->fields.count = 0;
    if (template->setup.without_items)
        return NULL;
    bool holds_nul = split_items(template, task);
    return holds_nul ? "it holds a NUL byte, which no argument can; use -0 if NUL ends the items" : NULL;
}

int template_expand(void *context, const struct command_task *task, struct command_line *line,
                    const char **why)
{
    struct template *template = context;
    struct expansion expansion = {.template = template, .task = task, .only = ALL_FIELDS};

    /* All is put together in any case: it may be that only its size is wanted. */
    const char *no_argument = find_fields(template, task);
    put_arguments(&expansion, &line->arguments);
    put_program(&expansion, &template->variables, TEMPLATE_TEXT, &line->variables);
    put_program(&expansion, &template->directory, TEMPLATE_TEXT, &line->directory);
    size_t most = template->setup.most_characters;
    if (most > 0 && buffer_length(&line->arguments.text) > most)
        expansion.why = "the command line would be longer than -s allows";
    *why = no_argument != NULL ? no_argument : expansion.why;
    return *why == NULL ? 0 : -1;
}

void template_describe(void *context, const struct command_task *task, struct words *tag,
                       struct words *fields)
{
    struct template *template = context;
    struct expansion expansion = {.template = template, .task = task, .only = ALL_FIELDS};

    (void)split_items(template, task);
    put_program(&expansion, &template->tag, TEMPLATE_TEXT, tag);
    for (size_t i = 0; i < template->fields.count; i++) {
        words_begin(fields);
        buffer_append(&fields->text, template->fields.list[i].bytes, template->fields.list[i].length);
        words_end(fields);
    }
}

/* ---- how large it becomes ---- */

static void add_words(const struct words *words, struct template_size *size)
{
    size->total += buffer_length(&words->text) + words->count * sizeof(char *);
    size_t end = buffer_length(&words->text);
    for (size_t i = words->count; i-- > 0;)
        if (words->offsets[i] != WORDS_BREAK) {
            size->longest = size_max(size->longest, end - words->offsets[i]);
            end = words->offsets[i];
        }
}

struct template_size template_measure(struct template *template, struct items items)
{
    const struct command_task task = {.number = UINT64_MAX / 2, .worker = QUEUE_OWNERS_MAX, .items = items};
    struct command_line *line = &template->measured;
    struct template_size size = {0};
    const char *why;

    words_clear(&line->arguments);
    words_clear(&line->variables);
    words_clear(&line->directory);
    (void)!template_expand(template, &task, line, &why); /* what fails then is told by a worker */
    add_words(&line->arguments, &size);
    size.arguments = buffer_length(&line->arguments.text);
    add_words(&line->variables, &size);
    return size;
}
