#include "cli/template.h"

#include "base/xalloc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- the replacement strings ---- */

struct item {
    const char *bytes;
    size_t length;
};

static struct item base_of(struct item item)
{
    for (size_t i = item.length; i > 0; i--)
        if (item.bytes[i - 1] == '/')
            return (struct item){item.bytes + i, item.length - i};
    return item;
}

static struct item without_suffix(struct item item)
{
    for (size_t i = item.length; i > 0 && item.bytes[i - 1] != '/'; i--)
        if (item.bytes[i - 1] == '.')
            return (struct item){item.bytes, i - 1};
    return item;
}

/* As dirname(1) has it. */
static struct item folder_of(struct item item)
{
    struct item base = base_of(item);
    size_t length = item.length - base.length;
    if (length == 0)
        return (struct item){".", 1};
    while (length > 1 && item.bytes[length - 1] == '/')
        length--;
    return (struct item){item.bytes, length};
}

static struct item stem_of(struct item item)
{
    return without_suffix(base_of(item));
}

static struct item itself(struct item item)
{
    return item;
}

static const struct {
    const char *text;
    struct item (*derive)(struct item item); /* NULL: it does not depend on the item */
} replacements[] = {
    [TEMPLATE_ITEM] = {"{}", itself},    [TEMPLATE_NO_SUFFIX] = {"{.}", without_suffix},
    [TEMPLATE_BASE] = {"{/}", base_of},  [TEMPLATE_FOLDER] = {"{//}", folder_of},
    [TEMPLATE_STEM] = {"{/.}", stem_of}, [TEMPLATE_NUMBER] = {"{#}", NULL},
    [TEMPLATE_SLOT] = {"{%}", NULL},
};

/* Which replacement string `text` begins with; TEXT: none. */
static enum template_kind replacement_at(const char *text)
{
    for (size_t kind = TEMPLATE_ITEM; kind < ARRAY_LENGTH(replacements); kind++)
        if (strncmp(text, replacements[kind].text, strlen(replacements[kind].text)) == 0)
            return (enum template_kind)kind;
    return TEMPLATE_TEXT;
}

bool template_is_used_in(const char *word)
{
    for (; (word = strchr(word, '{')) != NULL; word++)
        if (replacement_at(word) != TEMPLATE_TEXT)
            return true;
    return false;
}

/* ---- compiling ---- */

static void add_piece(struct template *template, const struct template_piece *piece)
{
    template->pieces = xreallocarray(template->pieces, template->count + 1, sizeof *template->pieces);
    template->pieces[template->count++] = *piece;
    if (piece->kind != TEMPLATE_TEXT && replacements[piece->kind].derive != NULL)
        template->uses_items = true;
}

static void compile_word(struct template *template, const char *word)
{
    const char *text = word;
    for (const char *at = word; *at != '\0';) {
        enum template_kind kind = *at == '{' ? replacement_at(at) : TEMPLATE_TEXT;
        if (kind == TEMPLATE_TEXT) {
            at++;
            continue;
        }
        if (at > text)
            add_piece(template, &(struct template_piece){.text = text, .length = (size_t)(at - text)});
        add_piece(template, &(struct template_piece){.kind = kind});
        at += strlen(replacements[kind].text);
        text = at;
    }
    /* The rest, which may be empty: it carries the word's end. */
    add_piece(template, &(struct template_piece){.text = text, .length = strlen(text), .ends_word = true});
    template->words++;
}

void template_compile(struct template *template, char *const *words, size_t count)
{
    *template = (struct template){.fixed_program = !template_is_used_in(words[0])};
    for (size_t i = 0; i < count; i++)
        compile_word(template, words[i]);
}

void template_release(struct template *template)
{
    free(template->pieces);
    *template = (struct template){0};
}

/* ---- expanding ---- */

/* The next item of the task: false behind the last. */
static bool next_item(const struct command_task *task, size_t *at, struct item *item)
{
    if (*at >= task->length)
        return false;
    const char *bytes = task->items + *at;
    const char *end = memchr(bytes, task->delimiter, task->length - *at);
    *item = (struct item){bytes, end == NULL ? task->length - *at : (size_t)(end - bytes)};
    *at += item->length + 1;
    return true;
}

/* All the task's items: the first continues the word that has been begun, the others begin words of their
 * own. */
static void expand_items(const struct command_task *task, enum template_kind kind,
                         struct command_arguments *arguments)
{
    struct item item;
    bool first = true;
    for (size_t at = 0; next_item(task, &at, &item); first = false) {
        if (!first) {
            command_argument_end(arguments);
            command_argument_begin(arguments);
        }
        struct item derived = replacements[kind].derive(item);
        buffer_append(&arguments->text, derived.bytes, derived.length);
    }
}

static void expand_number(unsigned long long number, struct command_arguments *arguments)
{
    char text[24];
    snprintf(text, sizeof text, "%llu", number);
    buffer_append_text(&arguments->text, text);
}

static void expand_piece(const struct template_piece *piece, const struct command_task *task,
                         struct command_arguments *arguments)
{
    switch (piece->kind) {
    case TEMPLATE_TEXT:
        buffer_append(&arguments->text, piece->text, piece->length);
        break;
    case TEMPLATE_NUMBER:
        expand_number(task->number + 1, arguments);
        break;
    case TEMPLATE_SLOT:
        expand_number(task->worker + 1ULL, arguments);
        break;
    default:
        expand_items(task, piece->kind, arguments);
    }
}

static bool holds_nul(const struct command_task *task)
{
    return task->delimiter != '\0' && memchr(task->items, '\0', task->length) != NULL;
}

int template_expand(const void *context, const struct command_task *task, struct command_arguments *arguments,
                    const char **why)
{
    const struct template *template = context;

    if (holds_nul(task)) {
        *why = "it holds a NUL byte, which no argument can; use -0 if NUL ends the items";
        return -1;
    }
    bool begins_word = true;
    for (size_t i = 0; i < template->count; i++) {
        if (begins_word)
            command_argument_begin(arguments);
        expand_piece(&template->pieces[i], task, arguments);
        begins_word = template->pieces[i].ends_word;
        if (begins_word)
            command_argument_end(arguments);
    }
    if (!template->uses_items && task->length > 0) {
        command_argument_begin(arguments);
        expand_items(task, TEMPLATE_ITEM, arguments);
        command_argument_end(arguments);
    }
    return 0;
}
