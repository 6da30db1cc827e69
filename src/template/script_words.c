/*
 * A word is collected byte by byte, as far as it must be known: whether it is a keyword, a command that
 * evaluates its arguments, an option of such a one, NAME=VALUE. When it ends, the place where it stands says
 * what it is, and what the next one will be.
 */
#include "template/script_names.h"

/* ---- a word grows ---- */

struct word *script_begin_word(struct scanner *s)
{
    struct word *word = &top(s)->word;
    if (!word->open)
        *word = (struct word){.open = true, .begin = s->at, .mark = s->next};
    return word;
}

static enum stage next_stage(struct word *word, int byte, bool quoted)
{
    if (word->stage == VALUE)
        return VALUE;
    if (word->stage == INDEX) {
        if (!quoted && byte == '[')
            word->brackets++;
        if (!quoted && byte == ']')
            word->brackets--;
        return word->brackets == 0 ? INDEXED : INDEX;
    }
    if (quoted)
        return OTHER;
    bool named = word->stage == IDENTIFIER || word->stage == INDEXED;
    if (byte == '=' && (named || word->stage == PLUS))
        return VALUE;
    if (byte == '+' && named)
        return PLUS;
    if (byte == '[' && word->stage == IDENTIFIER) {
        word->brackets = 1;
        return INDEX;
    }
    if (is_digit(byte) && (word->stage == BARE || word->stage == DIGITS))
        return DIGITS;
    return is_name(byte) && (word->stage == BARE || word->stage == IDENTIFIER) ? IDENTIFIER : OTHER;
}

/* NAME in NAME, NAME+=VALUE or NAME[INDEX]=VALUE. */
static bool is_evaluated(const struct word *word)
{
    return script_variable_evaluates(word->text, strcspn(word->text, "+["));
}

void script_add_byte(struct word *word, int byte, bool quoted)
{
    enum stage stage = next_stage(word, byte, quoted);
    word->solid = true;
    word->last = (char)byte;
    if (stage == VALUE && word->stage != VALUE && is_evaluated(word))
        word->why = WHY_VARIABLE;
    word->stage = stage;
    word->quoted |= quoted;
    if (byte == '/') {
        word->slash = true;
        word->length = 0;
    } else if (word->length + 1 < sizeof word->text) {
        word->text[word->length++] = (char)byte;
    }
    word->text[word->length] = '\0';
    if (word->head_length + 1 < sizeof word->head)
        word->head[word->head_length++] = (char)byte;
    word->head[word->head_length] = '\0';
}

void script_add_quote(struct word *word)
{
    word->quoted = true;
    if (word->stage != INDEX && word->stage != VALUE)
        word->stage = OTHER;
}

/* The frame whose word the text here is a part of, be it in quotes. If it holds no words, nobody reads
 * that. */
static struct frame *holder(const struct scanner *s)
{
    struct frame *frame = top(s);
    return script_holds_words(frame) ? frame : frame - 1;
}

void script_hide_word(struct scanner *s, bool by_default)
{
    struct word *word = &holder(s)->word;
    word->hidden |= !by_default;
    word->defaults |= by_default;
}

void script_add_expansion(struct scanner *s)
{
    struct frame *frame = holder(s);
    if (frame == top(s))
        script_add_quote(script_begin_word(s));
    frame->word.expands = frame->word.complex = true;
}

void script_add_mark(struct scanner *s)
{
    struct frame *frame = holder(s);
    if (frame == top(s))
        script_add_quote(script_begin_word(s));
    frame->word.led |= frame->word.length == 0 && !frame->word.slash;
    frame->word.expands = frame->word.direct = frame->word.holds = true;
}

void script_add_quoted(struct scanner *s, int byte)
{
    script_add_byte(&holder(s)->word, byte, true);
}

void script_begin_command(struct frame *frame)
{
    frame->command = (struct command){.place = COMMAND};
}

/* ---- a word has ended: what it is, by its place ---- */

/* For -X. */
static void take_extent(struct scanner *s, const struct word *word)
{
    for (size_t i = word->mark; !word->complex && i < s->next; i++) {
        s->marks[i].word_begin = word->begin;
        s->marks[i].word_end = s->at;
    }
}

/* Whether it is only a mark, quoted or not. */
static bool is_only_mark(const struct scanner *s, const struct word *word)
{
    size_t length = s->at - word->begin, mark = s->marks[word->mark].length;
    return length == mark || (length == mark + 2 && s->marks[word->mark].at == word->begin + 1);
}

/* Whether there is something beside its marks that a shell gives a meaning to. */
static bool holds_text(const struct scanner *s, const struct word *word)
{
    size_t mark = word->mark;
    for (size_t i = word->begin; i < s->at; i++) {
        if (mark < s->next && s->marks[mark].at == i)
            i += s->marks[mark++].length - 1;
        else if (is_one_of(s->script[i], " \t\n|&;<>()$`\\*?[]~"))
            return true;
    }
    return false;
}

static bool applies(const struct scanner *s, const struct evaluator *evaluator)
{
    return evaluator->shells == 0 || (evaluator->shells & s->shells) != 0;
}

/* Whether bytes put between those of the text can make it the name. */
static bool can_become(const char *text, const char *name)
{
    for (; *text != '\0'; text++, name++) {
        name = strchr(name, *text);
        if (name == NULL)
            return false;
    }
    return true;
}

static bool is_evaluator(const struct scanner *s, const char *name, size_t length)
{
    for (size_t i = 0; i < script_evaluator_count; i++)
        if (applies(s, &script_evaluators[i]) && strlen(script_evaluators[i].name) == length &&
            strncmp(script_evaluators[i].name, name, length) == 0)
            return true;
    return false;
}

/* A variable is set to the name of one: x=eval. */
static bool assigns_evaluator(const struct scanner *s)
{
    for (const char *at = s->script; (at = strchr(at, '=')) != NULL;) {
        at += 1 + strspn(at + 1, "'\"(");
        size_t length = 0;
        while (is_name((unsigned char)at[length]))
            length++;
        if (is_evaluator(s, at, length))
            return true;
    }
    return false;
}

/* Of a word like ${x:-eval}: whether some of its text can be a part of an evaluator's name. */
static bool defaults_to_evaluator(const struct scanner *s, const struct word *word)
{
    for (size_t at = word->begin, length; at < s->at; at += length + 1) {
        for (length = 0; at + length < s->at && is_name((unsigned char)s->script[at + length]);)
            length++;
        bool is_variable = at > word->begin && is_one_of((unsigned char)s->script[at - 1], "${#!");
        for (size_t i = 0; length > 0 && !is_variable && i < script_evaluator_count; i++)
            for (const char *name = script_evaluators[i].name; *name != '\0'; name++)
                if (strncmp(name, s->script + at, length) == 0)
                    return true;
    }
    return false;
}

/* Whether the word, whose text is not all of it, can be one of the evaluators. */
static bool may_evaluate(const struct scanner *s, const struct word *word)
{
    if (word->slash)
        return false;
    if (word->hidden || (word->pattern && strcmp(word->text, "[") != 0))
        return true;
    if (word->defaults && defaults_to_evaluator(s, word))
        return true;
    if (!word->expands || (word->length == 0 && word->direct))
        return false;
    if (word->length == 0)
        return assigns_evaluator(s);
    for (size_t i = 0; i < script_evaluator_count; i++)
        if (!script_evaluators[i].prefix && applies(s, &script_evaluators[i]) &&
            can_become(word->text, script_evaluators[i].name))
            return true;
    return false;
}

/* For readers.h: the word from its begin; or, where it's too long for that, what is behind its last slash. */
static const char *text_for_readers(const struct word *word)
{
    return word->slash && word->head_length + 1 == sizeof word->head ? word->text : word->head;
}

static enum readers_word how_known(const struct word *word)
{
    if (!word->expands)
        return READERS_KNOWN;
    return word->led && word->holds ? READERS_LED : READERS_PARTLY;
}

/* The word is the program; or it is that where all words before it are empty, and an argument if not. */
static void begin_readers(struct readers *readers, const struct word *word, bool may_be_argument)
{
    struct readers fresh = READERS_INIT;
    (void)readers_take(&fresh, text_for_readers(word), how_known(word));
    if (!may_be_argument || fresh.shell != NULL || fresh.program != NULL)
        *readers = (struct readers)READERS_INIT;
}

static void note_reread(struct scanner *s, const struct readers *readers)
{
    s->facts->reread_by = readers_name(readers);
    s->facts->reread_instead = readers_instead(readers);
}

/* What other programs make of the words: they may be shells, or run one. */
static void take_read(struct scanner *s, const struct word *word)
{
    struct readers *readers = &top(s)->command.readers;
    bool is_plain = readers->state == READERS_AT_ARGUMENTS || readers->state == READERS_AT_OPERANDS;
    enum readers_use use = readers_take(readers, text_for_readers(word), how_known(word));

    if (word->splits && !is_plain)
        script_refuse(s, word->mark, WHY_SPLIT);
    if (word->mark == s->next)
        return;
    switch (use) {
    case READERS_SCRIPT:
        script_refuse(s, word->mark, WHY_SCRIPT);
        break;
    case READERS_FOREIGN:
        script_refuse(s, word->mark, WHY_FOREIGN);
        break;
    case READERS_OPTION:
    case READERS_DOUBTFUL:
        script_refuse(s, word->mark, WHY_DOUBTFUL);
        break;
    case READERS_UNKNOWN:
        if (!is_only_mark(s, word))
            script_refuse(s, word->mark, WHY_DOUBTFUL);
        break;
    case READERS_CODE:
        script_refuse(s, word->mark, WHY_JOINED);
        break;
    case READERS_LEADING:
        if (readers_judge(readers) == READERS_REFUSE)
            script_refuse(s, word->mark, WHY_OPTION);
        break;
    case READERS_REREAD:
        if (readers_judge(readers) == READERS_TAKE && !holds_text(s, word))
            break;
        if (word->direct && holds_text(s, word))
            script_refuse(s, word->mark, WHY_JOINED);
        else if (word->direct)
            note_reread(s, readers);
        break;
    case READERS_DATA:
    case READERS_PROGRAM:
    case READERS_SHELL:
    case READERS_END:
        break;
    }
}

static const struct evaluator *find_evaluator(const struct scanner *s, const struct word *word)
{
    for (size_t i = 0; !word->expands && !word->slash && i < script_evaluator_count; i++)
        if (applies(s, &script_evaluators[i]) && strcmp(word->text, script_evaluators[i].name) == 0)
            return &script_evaluators[i];
    return NULL;
}

static void take_program(struct scanner *s, const struct word *word)
{
    struct command *command = &top(s)->command;

    const bool may_be_argument = command->vanishing; /* of a word before, which may be the program */
    command->place = ARGUMENT;
    begin_readers(&command->readers, word, may_be_argument);
    command->vanishing = word->complex && !word->solid;
    take_read(s, word);
    if (word->expands || strcmp(word->text, ".") == 0 || script_is_parameter_word(word->text))
        s->facts->uses_parameters = true;
    if (!may_be_argument)
        command->why = NULL;
    if (may_evaluate(s, word))
        command->why = WHY_HIDDEN;
    command->evaluator = find_evaluator(s, word);
    const struct evaluator *evaluator = command->evaluator;
    if (evaluator == NULL)
        return;
    if (evaluator->prefix)
        command->place = PREFIXED;
    if (evaluator->all)
        command->why = evaluator->why;
    command->values = evaluator->but_values;
    command->sources = evaluator->sources;
    if (evaluator->loses)
        script_lose(s, evaluator->why);
}

static void take_keyword(struct scanner *s, const struct keyword *keyword)
{
    struct frame *frame = top(s);

    if (keyword->closes) {
        if (frame->kind != CASE) {
            script_lose(s, WHY_BRACKETS);
            return;
        }
        script_pop(s);
        script_begin_command(top(s));
        return;
    }
    if (keyword->opens != TOP && frame->why != NULL)
        script_lose(s, WHY_SHIFT); /* in (( )) */
    script_begin_command(frame);
    if (keyword->opens != TOP)
        frame = script_push(s, keyword->opens);
    frame->command.place = keyword->place;
}

static void take_command(struct scanner *s, const struct word *word)
{
    const struct keyword *keyword =
        word->quoted || word->expands || word->slash ? NULL : script_find_keyword(word->text);
    if (keyword != NULL)
        take_keyword(s, keyword);
    else if (word->stage != VALUE)
        take_program(s, word);
}

static void take_prefixed(struct scanner *s, const struct word *word)
{
    if (word->text[0] != '-' || word->expands)
        take_command(s, word);
}

static bool is_option(const struct word *word)
{
    return is_one_of(word->text[0], "-+") && !word->slash;
}

/* One of the letters; or it may be. */
static bool has_option(const struct word *word, const char *letters)
{
    if (letters == NULL || !is_option(word))
        return false;
    return strpbrk(word->text + 1, letters) != NULL || word->expands;
}

/* Whether its mark could make it an option with an index behind it: -va[$(COMMAND)]. */
static bool may_attach(const struct scanner *s, const struct word *word)
{
    if (word->mark == s->next || !(word->led || is_option(word)))
        return false;
    return word->length == 0 || word->last == ']' || is_option(word) || word->complex ||
           s->next - word->mark > 1;
}

/* Whether this word, which has a mark, could have the next one evaluated, were there one more: [ -v
 * 'a[$(COMMAND)]' ]. */
static bool may_lead(const struct command *command, const struct word *word)
{
    const struct evaluator *evaluator = command->evaluator;
    if (evaluator == NULL || evaluator->next_by == NULL)
        return false;
    return !evaluator->attached || (!command->options_over && (word->led || is_option(word)));
}

/* A format of only strings and characters. */
static bool is_plain_format(const struct scanner *s, const struct word *word)
{
    if (word->expands || word->complex)
        return false;
    for (size_t i = word->begin; i < s->at; i++) {
        if (s->script[i] != '%')
            continue;
        while (i + 1 < s->at && is_one_of(s->script[i + 1], "-+ #0123456789."))
            i++;
        if (i + 1 == s->at || !is_one_of(s->script[++i], "%sbqc"))
            return false;
    }
    return true;
}

/* Of printf, the first argument that is no option; of print, -f, or -P, which expands as in a prompt. */
static void take_format(struct scanner *s, const struct word *word, bool is_option)
{
    struct command *command = &top(s)->command;
    bool is_print = strcmp(command->evaluator->name, "print") == 0;

    if ((s->shells & FORMATS_EVALUATE) == 0 || command->formatted || command->next_why != NULL)
        return;
    if (is_print ? !has_option(word, "fP") : is_option)
        return;
    command->formatted = true;
    if (is_print || !is_plain_format(s, word))
        command->why = WHY_FORMAT;
}

/* Whether a word of [ makes those beside it numbers: it is such an operator, or not known. */
static bool makes_numbers(const struct scanner *s, const struct word *word)
{
    if (word->expands)
        return true;
    return (s->shells & TESTS_EVALUATE) != 0 ? script_test_evaluates(word->text)
                                             : strcmp(word->text, "-t") == 0;
}

static void take_tested(struct scanner *s, const struct word *word)
{
    struct command *command = &top(s)->command;
    bool evaluates = makes_numbers(s, word);

    if ((s->shells & (TESTS_EVALUATE | READERS_ZSH)) == 0)
        return;
    if (word->holds && command->last_evaluates)
        script_refuse(s, word->mark, WHY_BUILTIN);
    if (command->last_holds && evaluates)
        script_refuse(s, command->last_mark, WHY_BUILTIN);
    command->last_evaluates = evaluates;
    command->last_holds = word->holds;
    command->last_mark = word->mark;
}

static void take_evaluated(struct scanner *s, const struct evaluator *evaluator, const struct word *word)
{
    struct command *command = &top(s)->command;
    bool over = command->options_over && evaluator->attached;
    bool may_be_option = word->led || is_option(word);
    bool is_value = word->stage == VALUE && evaluator->but_values && (s->shells & READERS_MKSH) == 0;

    if (!over && evaluator->attached && may_attach(s, word))
        script_refuse(s, word->mark, WHY_OPTION);
    if (word->splits && !is_value && !evaluator->sources)
        script_refuse(s, word->mark, WHY_SPLIT);
    if (evaluator->formats)
        take_format(s, word, may_be_option && !over);
    if (evaluator->tests)
        take_tested(s, word);
    command->next_why = NULL;
    if (evaluator->next_by != NULL && !over &&
        ((word->led && word->holds) || has_option(word, evaluator->next_by)))
        command->next_why = evaluator->why;
    command->options_over |= !may_be_option || strcmp(word->text, "--") == 0;
    if (has_option(word, evaluator->all_by))
        command->values = false;
    if (has_option(word, evaluator->loses_by))
        script_lose(s, WHY_INTEGER);
}

static void take_argument(struct scanner *s, const struct word *word)
{
    struct command *command = &top(s)->command;

    if (!may_lead(command, word))
        take_extent(s, word);
    if (command->vanishing) {
        take_program(s, word);
        return;
    }
    if (command->evaluator != NULL)
        take_evaluated(s, command->evaluator, word);
    take_read(s, word);
}

/* for NAME in WORDS assigns them. */
static void take_name(struct scanner *s, const struct word *word)
{
    if (is_evaluated(word))
        top(s)->command.why = WHY_VARIABLE;
}

static void take_in(struct scanner *s, const struct word *word)
{
    if (strcmp(word->text, "in") == 0 && !word->expands) {
        top(s)->command.place = WORDS;
        return;
    }
    s->facts->uses_parameters = true; /* for x; do …: the loop is over "$@" */
    if (strcmp(word->text, "do") == 0 || strcmp(word->text, "{") == 0)
        take_command(s, word);
}

static void take_label(struct scanner *s, const struct word *word)
{
    if (strcmp(word->text, "esac") == 0 && !word->quoted && !word->expands)
        take_command(s, word);
}

static void take_operand(struct scanner *s, const struct word *word)
{
    struct frame *frame = top(s);

    if (strcmp(word->text, "]]") == 0 && !word->quoted && !word->expands) {
        if (frame->bracketed)
            script_lose(s, WHY_BRACKETS);
        script_pop(s);
        script_begin_command(top(s));
    } else if (script_test_evaluates(word->text)) {
        frame->why = WHY_TEST;
        script_refuse(s, frame->reached, frame->marked == frame->reached ? WHY_TEST : WHY_RESULT);
    }
}

static const struct {
    enum place next; /* in the same frame */
    void (*take)(struct scanner *s, const struct word *word);
} places[] = {
    [COMMAND] = {COMMAND, take_command},
    [PREFIXED] = {PREFIXED, take_prefixed},
    [ARGUMENT] = {ARGUMENT, take_argument},
    [WORDS] = {WORDS, take_extent},
    [NAME] = {IN, take_name},
    [IN] = {IN, take_in},
    [SUBJECT] = {CASE_IN, NULL},
    [CASE_IN] = {LABEL, NULL},
    [LABEL] = {LABEL_REST, take_label},
    [LABEL_REST] = {LABEL_REST, NULL},
    [OPERAND] = {OPERAND, take_operand},
};

void script_finish_word(struct scanner *s)
{
    struct frame *frame = top(s);
    struct command *command = &frame->command;

    if (!frame->word.open)
        return;
    const struct word word = frame->word;
    frame->word.open = false;
    if (word.stage == INDEX && (command->place != ARGUMENT || command->evaluator != NULL))
        script_lose(s, WHY_INDEX); /* bash goes on to the ] */
    if (word.stage == VALUE && s->script[s->at - 1] == '.' && s->script[s->at - 2] == '=')
        s->facts->uses_parameters = true; /* x=.; $x FILE */
    if (command->target) {
        command->target = command->duplicates = command->input = command->string = false;
        return;
    }
    void (*take)(struct scanner * s, const struct word *word) = places[command->place].take;
    command->place = places[command->place].next;
    if (take != NULL)
        take(s, &word);
}

/* ---- what the command says ---- */

const char *script_why_in_command(const struct frame *frame)
{
    const struct command *command = &frame->command;
    const struct word *word = &frame->word;

    if (word->open && word->stage == INDEX)
        return WHY_INDEX;
    if (word->open && word->why != NULL)
        return word->why;
    if (command->target && command->string && script_reads_input(command))
        return WHY_INPUT;
    if (command->target)
        return command->duplicates ? WHY_DUPLICATE : NULL;
    if (command->next_why != NULL)
        return command->next_why;
    return command->values && word->open && word->stage == VALUE ? NULL : command->why;
}

bool script_reads_input(const struct command *command)
{
    return command->place != COMMAND && (command->sources || readers_read_input(&command->readers));
}

/* Without a name it would be that; and no shell may run it. */
bool script_takes_argument(const struct command *command)
{
    const struct evaluator *evaluator = command->evaluator;

    if (command->vanishing)
        return false;
    if (evaluator != NULL && evaluator->next_by != NULL && !(evaluator->attached && command->options_over))
        return false;
    enum readers_use use = readers_next(&command->readers);
    if (use == READERS_SCRIPT || use == READERS_FOREIGN || use == READERS_DOUBTFUL ||
        use == READERS_UNKNOWN || use == READERS_LEADING)
        return false;
    return command->place == ARGUMENT && !command->target && command->why == NULL &&
           command->next_why == NULL;
}

bool script_is_single(const struct frame *frame)
{
    const struct command *command = &frame->command;
    const struct word *word = &frame->word;

    return command->target || command->place > WORDS || word->stage == VALUE || may_lead(command, word);
}
