/*
 * How a template is expanded: piece by piece, into the words of a command line.
 */
#include "template/template.h"

#include "base/platform.h"
#include "ipc/queue.h"

#include <stdio.h>
#include <string.h>

/* Every field, where {} stands for all of them. */
#define ALL_FIELDS SIZE_MAX

/* ---- pieces ---- */

struct expansion {
    struct template *template;
    const struct command_task *task;
    enum template_role role;
    struct words *words; /* what the text goes to */
    size_t only;         /* the field that {} stands for, or ALL_FIELDS */
    bool in_find;        /* the words are read by find */
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

static bool is_read_by_find(struct item item)
{
    if (item.length == 1 && (item.bytes[0] == ';' || item.bytes[0] == '+'))
        return true;
    for (size_t i = 0; i + 1 < item.length; i++)
        if (item.bytes[i] == '{' && item.bytes[i + 1] == '}')
            return true;
    return false;
}

static void put_fields(struct expansion *expansion, const struct replacement *what)
{
    size_t first, end = range(expansion, what->column, &first);
    for (size_t i = first; i < end; i++) {
        struct item part = replacement_part(what->part, expansion->template->fields.list[i]);
        if (expansion->in_find && is_read_by_find(part))
            expansion->why =
                "find would not hand it on as it is; write one script: x={} find ... sh -c '... \"$x\" ...'";
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

/* ---- a script ---- */

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

/* ---- all ---- */

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
static void put_operands(struct expansion *expansion, size_t index)
{
    const struct template_setup *setup = &expansion->template->setup;
    const struct template_word *role = &setup->roles[index];
    bool behind_script = index > 0 && role[-1].is_script && role[-1].operands > 0;

    if (expansion->template->parameter_count == 0)
        return;
    if (role->is_script && role->operands == 0) {
        words_add(expansion->words, setup->words[role->shell]); /* it has no name: the shell's does */
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

static void check_leading(struct expansion *expansion, size_t first)
{
    const struct words *words = expansion->words;
    for (size_t i = first; i < words->count; i++)
        if (words->offsets[i] != WORDS_BREAK && buffer_bytes(&words->text)[words->offsets[i]] == '-')
            expansion->why = "it could be an option that runs code; write -- before it";
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
        expansion->in_find = setup->roles[i].in_find;
        size_t count = words->count;
        piece = setup->roles[i].is_script ? put_script(expansion, piece) : put_word(expansion, piece);
        if (setup->roles[i].leads)
            check_leading(expansion, count);
        put_operands(expansion, i);
        if (append && program == 0 && template_ends_program(setup, i))
            append_items(expansion);
    }
}

/* The task's fields; why they can be no arguments, or NULL. */
static const char *split_items(struct template *template, const struct command_task *task)
{
    struct items items = task->items;
    struct item item;
    const char *why = NULL;

    fields_begin(&template->fields, items.length, items.length);
    while (items_next(&items, &item)) {
        if (task->items.delimiter != '\0' && memchr(item.bytes, '\0', item.length) != NULL)
            why = "it holds a NUL byte, which no argument can; use -0 if NUL ends the items";
        if (!columns_split(template->setup.columns, item, &template->fields))
            why = "a double quote in it is not closed";
    }
    return why;
}

static const char *find_fields(struct template *template, const struct command_task *task)
{
    template->fields.count = 0;
    return template->setup.without_items ? NULL : split_items(template, task);
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

    (void)!split_items(template, task); /* as far as they can be told */
    put_program(&expansion, &template->tag, TEMPLATE_TEXT, tag);
    if (template->setup.place != NULL) {
        put_program(&expansion, &template->place, TEMPLATE_TEXT, fields);
        return;
    }
    for (size_t i = 0; i < template->fields.count; i++) {
        words_begin(fields);
        buffer_append(&fields->text, template->fields.list[i].bytes, template->fields.list[i].length);
        words_end(fields);
    }
}

/* ---- how large it becomes ---- */

static void add_words(const struct words *words, struct template_size *size)
{
    size->total += buffer_length(&words->text) + words->count * PLATFORM_EXEC_POINTER;
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
    template->fields.hears =
        true; /* the parent measures; a worker splits to the end, and is killed where that lasts */
    (void)!template_expand(template, &task, line, &why); /* what fails then is told by a worker */
    template->fields.hears = false;
    add_words(&line->arguments, &size);
    size.arguments = buffer_length(&line->arguments.text);
    add_words(&line->variables, &size);
    return size;
}
