#include "template/roles.h"

#include "base/log.h"
#include "base/xalloc.h"

#include <stdlib.h>
#include <string.h>

/* The walk over the words of one program. */
struct walk {
    const struct roles_setup *setup;
    struct template_word *roles; /* of all words */
    struct readers readers;
    size_t program; /* the last word that names one; find, where that runs it */
    size_t shell;   /* the same of a shell */
    size_t script;  /* its script, for which words behind it count; SIZE_MAX: none */
    bool elsewhere; /* the program runs where sh may be another one */
    bool warned, has_marks;
};

/* ---- what is said ---- */

void roles_warn(const char *word, const char *program, const char *instead)
{
    log_warning("'%s': %s could run what is in an item as code; safe is %s (-q is silent about it)", word,
                program, instead);
}

static const char *const reasons[] = {
    [READERS_OPTION] = "'%s': an option of %s could make code of the words behind it; write it out, as in %s",
    [READERS_FOREIGN] = "'%s': an item there would be code, for how %s quotes is not known; write %s",
    [READERS_DOUBTFUL] =
        "'%s': it may be a script for %s, where an item would be code, or an argument of another "
        "program; write %s, or -c elsewhere",
    [READERS_UNKNOWN] = "'%s': it may be a script for %s, where another item would be code; write %s",
    [READERS_LEADING] = "'%s': it could be an option of %s that runs code; write %s",
    [READERS_CODE] = "'%s': %s reads it again, and an item there would be code; write %s",
    [READERS_REREAD] = "'%s': %s reads it again, and an item there would be code; write %s",
};

static int refuse(const struct walk *walk, enum readers_use use, const char *word)
{
    const char *format = reasons[use], *name = readers_name(&walk->readers);
    const char *instead = readers_instead(&walk->readers);
    log_error(format, word, name, instead);
    return -1;
}

/* ---- words ---- */

/* Of {#} and the like only digits come. */
static bool holds_item(const struct walk *walk, const char *word)
{
    struct replacement what;
    for (const char *at = word; *at != '\0'; at++)
        if (replacement_in(word, at, walk->setup->names, &what) > 0 && what.kind == REPLACEMENT_ITEM)
            return true;
    return false;
}

/* Whether there is something beside the replacement strings that a shell gives a meaning to. */
static bool holds_text(const struct walk *walk, const char *word)
{
    struct replacement what;
    for (const char *at = word; *at != '\0';) {
        size_t length = replacement_in(word, at, walk->setup->names, &what);
        if (length == 0 && strchr(" \t\n|&;<>()$`\\\"'*?[]#~!", *at) != NULL)
            return true;
        at += length > 0 ? length : 1;
    }
    return false;
}

static bool is_only_mark(const struct walk *walk, const char *word)
{
    struct replacement what;
    size_t length = replacement_in(word, word, walk->setup->names, &what);
    return length > 0 && word[length] == '\0';
}

static enum readers_word how_known(const struct walk *walk, const char *word, bool has_item)
{
    struct replacement what;
    if (!has_item)
        return READERS_KNOWN;
    return replacement_in(word, word, walk->setup->names, &what) > 0 ? READERS_LED : READERS_PARTLY;
}

static void begin_script(struct walk *walk, size_t index)
{
    unsigned shells = readers_shells(&walk->readers);
    walk->script = index;
    walk->roles[index] = (struct template_word){.is_script = true,
                                                .shells = shells,
                                                .is_sh = shells == READERS_ALL && !walk->elsewhere,
                                                .shell = walk->shell,
                                                .program = walk->program,
                                                .in_find = walk->readers.in_find};
}

/* A word with an item in it. */
static int judge(struct walk *walk, enum readers_use use, const char *word)
{
    switch (use) {
    case READERS_UNKNOWN:
        if (!holds_text(walk, word) || is_only_mark(walk, word))
            return 0;
        break;
    case READERS_LEADING:
        return 0; /* a task fails where it is one, see template.h */
    case READERS_REREAD:
        if (holds_text(walk, word))
            break;
        if (!walk->warned && !walk->setup->silent && readers_judge(&walk->readers) == READERS_WARN)
            roles_warn(word, readers_name(&walk->readers), readers_instead(&walk->readers));
        walk->warned = true;
        return 0;
    case READERS_OPTION:
    case READERS_FOREIGN:
    case READERS_DOUBTFUL:
    case READERS_CODE:
        break;
    case READERS_DATA:
    case READERS_PROGRAM:
    case READERS_SHELL:
    case READERS_SCRIPT:
    case READERS_END:
        return 0;
    }
    return refuse(walk, use, word);
}

static int take_word(struct walk *walk, size_t index)
{
    const char *word = walk->setup->words[index];
    bool has_item = holds_item(walk, word);
    enum readers_use use = readers_take(&walk->readers, word, how_known(walk, word, has_item));

    walk->has_marks |= template_is_used_in(word, walk->setup->names);
    walk->elsewhere |= use == READERS_PROGRAM && readers_leaves(&walk->readers);
    if ((use == READERS_PROGRAM || use == READERS_SHELL) && !walk->readers.in_find)
        walk->program = index;
    walk->roles[index].program = walk->program;
    walk->roles[index].in_find = walk->readers.in_find;
    walk->roles[index].leads = use == READERS_LEADING;
    if (use == READERS_SHELL)
        walk->shell = index;
    if (use == READERS_SCRIPT)
        begin_script(walk, index);
    else if (use == READERS_END)
        walk->script = SIZE_MAX;
    else if (walk->script != SIZE_MAX)
        walk->roles[walk->script].operands++;
    return has_item ? judge(walk, use, word) : 0;
}

/* An item behind the last word of the first program. A whole script, or a whole text, is meant to be one. */
static int judge_appended(struct walk *walk)
{
    bool is_first = walk->readers.state != READERS_AT_TEXT;
    enum readers_use use = readers_take(&walk->readers, "x", READERS_LED);
    if (use == READERS_LEADING && readers_judge(&walk->readers) == READERS_REFUSE)
        return refuse(walk, use, "{}");
    return use == READERS_REREAD && !is_first ? judge(walk, use, "{}") : 0;
}

struct template_word *roles_find(const struct roles_setup *setup)
{
    struct walk walk = {.setup = setup, .roles = xcalloc(setup->count, sizeof *walk.roles)};
    struct walk first = walk;
    bool in_first = true;

    for (size_t i = 0; i < setup->count; i++) {
        bool is_break = template_is_break(setup->words[i]);
        if (is_break && in_first)
            first = walk;
        in_first = in_first && !is_break;
        if (i == 0 || is_break) {
            walk.readers = (struct readers)READERS_INIT;
            walk.script = SIZE_MAX;
            walk.elsewhere = false;
            walk.program = is_break ? i + 1 : i;
        }
        if (!is_break && take_word(&walk, i) < 0)
            goto refused;
    }
    if (in_first)
        first = walk;
    if (setup->may_append && !walk.has_marks && judge_appended(&first) < 0)
        goto refused;
    return walk.roles;
refused:
    free(walk.roles);
    return NULL;
}
