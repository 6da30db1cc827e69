/*
 * The scanner walks over the script once, with a stack of frames that says what is open: quotes, brackets,
 * expansions, here-documents. Each kind of frame has a function that takes the next bytes; a replacement string
 * is jumped over as if it were a letter, and gets its context from the top of the stack.
 *
 * An item is only ever put in by an expansion of a parameter, which a shell does not parse again. Three things
 * can still go wrong, and decide what is refused:
 *   - the shell evaluates the result all the same: arithmetic (in which a[$(cmd)] runs cmd), eval and its kin,
 *     names of variables, some glob patterns. Tried with dash, bash, busybox, zsh, mksh, ksh93 and yash;
 *   - the reference itself would be read differently: behind a backslash or a dollar, within ${…};
 *   - shells disagree where quotes or brackets end. From there on the scanner is `lost`: all marks behind that
 *     place are refused.
 */
#include "cli/script.h"

#include "base/xalloc.h"

#include <stdlib.h>
#include <string.h>

#define NONE SIZE_MAX
#define MARK (-1) /* instead of a byte: a replacement string begins here */

/* What the shell would evaluate. */
#define WHY_ARITHMETIC     "arithmetic could run it as code; write $(({})), which takes only whole numbers"
#define WHY_TEST           "this test could run it as code; write $(({})), which takes only whole numbers"
#define WHY_INDEX          "NAME[ ] could run it as code; write $(({})) for an index, '[' for a bracket"
#define WHY_CODE           "the shell would run it as code; write x={} before, and '\"$x\"' here"
#define WHY_SCRIPT         "another shell would run it as code; write sh -c '... \"$1\" ...' _ {}"
#define WHY_OPTION         "it could be an option that runs code; write -- before it"
#define WHY_NAME           "as the name of a variable it could be run as code; write the name out"
#define WHY_DECLARE        "it could be run as code here; write x={} as a command of its own"
#define WHY_VARIABLE       "this variable could run it as code; give it another value"
#define WHY_DUPLICATE      "behind >& or <& it could be run as code; write >{} 2>&1"
/* Where it would not be read, or not as meant. */
#define WHY_PARAMETER      "it stands in ${...}; write x={} before, and $x here"
#define WHY_PATTERN        "it stands in the brackets of a pattern; write x={} before, and \"$x\" here"
#define WHY_ZSH_INDEX      "zsh takes the [ ] behind $NAME for an index; write ${NAME}[ ]"
#define WHY_ANSI           "it stands in $'...'; end the quotes before it: $'...'{}"
#define WHY_RAW            "this here-document is not expanded; write its end word without quotes"
#define WHY_END_WORD       "it stands in the end word of a here-document; write a fixed word"
#define WHY_BACKSLASH      "a backslash stands before it; leave that out, or write \\\\ for one"
#define WHY_DOLLAR         "a $ stands before it; write '$' for one, or ${#} for $#"
#define WHY_BACKQUOTE      "it stands in or behind `...` that shells read differently; write $(...)"
/* What shells read differently, so that nobody knows how what is behind it is quoted. */
#define WHY_SUBSTITUTED    "it stands behind a case or comment in $(...); write (PATTERN), no quotes there"
#define WHY_HEREDOC        "it stands behind a here-document of unclear end; write x={} before, then \"$x\""
#define WHY_ANSI_END       "it stands behind a \\' in $'...', which not every shell knows; write \\047"
#define WHY_SQUARE         "it stands behind $[, which not every shell knows; write $((...))"
#define WHY_NOT_ARITHMETIC "$(( is not closed by )); write $( ( for a subshell in $(...)"
#define WHY_QUOTES         "it stands in or behind ${...} or $((...)) with quotes in it; leave those out"
#define WHY_SHIFT          "it stands in or behind (( )) with << or # in it; write $((...)) instead"
#define WHY_FLAGS          "it stands in or behind ${ with a blank or bracket; shells read that differently"
#define WHY_BRACKETS       "it stands behind brackets that shells disagree on; write x={} before, then \"$x\""
#define WHY_CONTINUED      "it stands behind an operator split by a backslash and newline; join those lines"
#define WHY_INTEGER        "it stands behind a declaration that makes variables run data; leave out its options"
#define WHY_OPTIONS        "it stands behind a command that changes how the script is read; leave that out"
#define WHY_COPROC         "it stands behind 'coproc', which shells read differently; leave that out"

/* ---- what is open ---- */

enum kind {
    TOP,
    SUBSHELL,     /* ( ) */
    ARRAY,        /* NAME=( ) */
    PATTERN,      /* other brackets: @(a|b), or what zsh makes of them */
    SUBSTITUTION, /* $( ), <( ), >( ) */
    BACKQUOTE,
    CASE, /* to esac */
    TEST, /* [[ ]], and ( ) in it */
    SINGLE,
    DOUBLE,
    ANSI,      /* $' ' */
    PARAMETER, /* ${ } */
    ARITHMETIC,
    COMMENT,
    HEREDOC,
    RAW, /* a here-document that is not expanded */
};

/* What the next word is. A newline ends what the first four are parts of. */
enum place {
    COMMAND,
    PREFIXED, /* a command, or an option: behind `command` and the like */
    ARGUMENT,
    WORDS, /* of a list: for x in WORDS, NAME=(WORDS) */
    NAME,  /* of a loop's variable */
    IN,    /* behind that */
    SUBJECT,
    CASE_IN,
    LABEL,      /* a case's pattern, or esac */
    LABEL_REST, /* a case's pattern has begun */
    OPERAND,    /* in [[ ]] */
};

/* How far a word can be read as NAME[INDEX]+=VALUE. */
enum stage { BARE, DIGITS, IDENTIFIER, INDEX, INDEXED, PLUS, VALUE, OTHER };

struct word {
    bool open;
    bool quoted;  /* some of it: it's no keyword */
    bool expands; /* some of it: what it is can't be known */
    bool complex; /* it is not only text, quotes and marks */
    bool solid;   /* it is not only expansions */
    bool led;     /* by a mark */
    char last;    /* byte of the text */
    bool slash;
    enum stage stage;
    size_t brackets; /* INDEX: that are open */
    const char *why; /* no mark may stand in it */
    size_t begin, mark;
    size_t length;
    char text[16]; /* without quotes, what is behind the last slash; its begin, where it is longer */
};

/* The simple command that words belong to. */
struct command {
    enum place place;
    const struct evaluator *evaluator;
    const char *why;      /* no mark may stand in an argument */
    const char *next_why; /* nor in the next argument */
    bool values;          /* but it may in VALUE of NAME=VALUE */
    bool options_over;    /* an argument was no option */
    bool vanishing;       /* the program is an expansion: where that is empty, the next word is the program */
    bool shell;           /* a shell is among the words */
    bool script;          /* the next argument is the script for that */
    bool target;          /* the next word is where a redirection goes */
    bool duplicates;      /* by >& */
};

struct frame {
    enum kind kind;
    const char *why; /* no mark may stand in it */
    size_t marked;   /* the first mark in it, or NONE */
    bool quoted;     /* PARAMETER: in double quotes or the like */
    bool bracketed;  /* CASE: the label began by (. TEST: this is ( ), not [[ ]]. COMMENT: in brackets */
    size_t brackets; /* ARITHMETIC: that are open */
    size_t limit;    /* here-documents: that of the text around */
    size_t resume;   /* here-documents: behind the end word */
    struct command command;
    struct word word;
};

/* A here-document whose body is still to come. */
struct heredoc {
    char *end; /* owned */
    bool quoted, strip;
    size_t unit; /* index of the frame that waits for it */
};

struct scanner {
    const char *script;
    size_t at, length;
    size_t limit; /* where the here-document's body ends, or the script */
    struct script_mark *marks;
    size_t count, next;
    struct frame *frames;
    size_t depth, room;
    struct heredoc *heredocs;
    size_t pending;
    size_t backquote;     /* index of that frame, 0 for none: they don't nest */
    const char *lost;     /* why no mark from here on can be judged */
    const char *mark_why; /* the next mark can't stand where it does */
    bool backslash;       /* one that means itself stands before the next mark */
    bool dangling;        /* one stands at the end of the script */
    struct script_facts *facts;
    struct script_problem *problem;
};

/* ---- tables ---- */

/* Commands of the shell that evaluate their arguments, or change how the shell reads. */
static const struct evaluator {
    const char *name;
    bool prefix;         /* a command comes next */
    bool all;            /* all arguments are evaluated */
    bool but_values;     /* not VALUE in NAME=VALUE */
    bool attached;       /* what is evaluated by an option may be in the same word */
    const char *all_by;  /* options with which all are, values too */
    const char *next_by; /* options with which the next one is */
    bool loses;          /* nothing behind it can be judged */
    const char *loses_by;
    const char *why;
} evaluators[] = {
    {"command", .prefix = true},
    {"builtin", .prefix = true},
    {"exec", .prefix = true},
    {"time", .prefix = true},
    {"noglob", .prefix = true},
    {"nocorrect", .prefix = true},
    {"-", .prefix = true},
    {"eval", .all = true, .why = WHY_CODE},
    {"trap", .all = true, .why = WHY_CODE},
    {"compgen", .all = true, .why = WHY_CODE},
    {"complete", .all = true, .why = WHY_CODE},
    {"let", .all = true, .why = WHY_ARITHMETIC},
    {"repeat", .all = true, .why = WHY_ARITHMETIC},
    {"unset", .all = true, .why = WHY_NAME},
    {"read", .all = true, .why = WHY_NAME},
    {"getopts", .all = true, .why = WHY_NAME},
    {"mapfile", .all = true, .why = WHY_NAME},
    {"readarray", .all = true, .why = WHY_NAME},
    {"vared", .all = true, .why = WHY_NAME},
    {"printf", .attached = true, .next_by = "v", .why = WHY_NAME},
    {"print", .attached = true, .next_by = "v", .why = WHY_NAME},
    {"wait", .attached = true, .next_by = "p", .why = WHY_NAME},
    {"set", .attached = true, .next_by = "A", .why = WHY_NAME},
    {"test", .next_by = "vR", .why = WHY_NAME},
    {"[", .next_by = "vR", .why = WHY_NAME},
    /* In bash, declare x=… evaluates what looks like (…) if x is an array. */
    {"declare", .all = true, .loses_by = "inEF", .why = WHY_DECLARE},
    {"typeset", .all = true, .loses_by = "inEF", .why = WHY_DECLARE},
    {"local", .all = true, .but_values = true, .all_by = "aA", .loses_by = "inEF", .why = WHY_DECLARE},
    {"export", .all = true, .but_values = true, .all_by = "aA", .loses_by = "inEF", .why = WHY_DECLARE},
    {"readonly", .all = true, .but_values = true, .all_by = "aA", .loses_by = "inEF", .why = WHY_DECLARE},
    {"integer", .loses = true, .why = WHY_INTEGER},
    {"float", .loses = true, .why = WHY_INTEGER},
    {"nameref", .loses = true, .why = WHY_INTEGER},
    {"alias", .loses = true, .why = WHY_OPTIONS},
    {"setopt", .loses = true, .why = WHY_OPTIONS},
    {"unsetopt", .loses = true, .why = WHY_OPTIONS},
    {"emulate", .loses = true, .why = WHY_OPTIONS},
    {"coproc", .loses = true, .why = WHY_COPROC},
};

static const struct keyword {
    const char *text;
    enum place place; /* of the word behind it */
    enum kind opens;  /* TOP: nothing */
    bool closes;      /* the case around it */
} keywords[] = {
    {.text = "if"},
    {.text = "then"},
    {.text = "elif"},
    {.text = "else"},
    {.text = "fi"},
    {.text = "while"},
    {.text = "until"},
    {.text = "do"},
    {.text = "done"},
    {.text = "{"},
    {.text = "}"},
    {.text = "always"},
    {.text = "!"},
    {.text = "for", .place = NAME},
    {.text = "foreach", .place = NAME},
    {.text = "select", .place = NAME},
    {.text = "function", .place = NAME},
    {.text = "case", .place = SUBJECT, .opens = CASE},
    {.text = "[[", .place = OPERAND, .opens = TEST},
    {.text = "esac", .closes = true},
};

static const struct redirection {
    const char *text;
    bool heredoc, strip, duplicates, substitutes;
} redirections[] = {
    /* the longer ones first */
    {.text = "<<<"},
    {.text = "<<-", .heredoc = true, .strip = true},
    {.text = "<<", .heredoc = true},
    {.text = "<&", .duplicates = true},
    {.text = ">&", .duplicates = true},
    {.text = "<(", .substitutes = true},
    {.text = ">(", .substitutes = true},
    {.text = "<>"},
    {.text = ">>"},
    {.text = ">|"},
    {.text = "<"},
    {.text = ">"},
};

/* Operators of [[ ]] that evaluate their operands. */
static const char *const evaluating_tests[] = {"-eq", "-ne", "-lt", "-le", "-gt", "-ge", "-v", "-R", "-t"};

/* Programs that run what follows -c. */
static const char *const shells[] = {"sh",    "bash", "dash", "ksh", "zsh",  "ash", "mksh",
                                     "ksh93", "yash", "fish", "csh", "tcsh", "su"};

/* The shell runs what is assigned to these, or evaluates it as arithmetic. */
static const char *const evaluated_variables[] = {"PS4",    "ENV",    "BASH_ENV", "PROMPT_COMMAND",
                                                  "RANDOM", "OPTIND", "SECONDS",  "TMOUT"};

/* Where one of these words stands, positional parameters may be used otherwise than by $1 and the like. */
static const char *const parameter_words[] = {"set",       "shift",      "getopts",   "eval",      "source",
                                              "alias",     "function",   "argv",      "ARGC",      "emulate",
                                              "BASH_ARGV", "BASH_ARGV0", "BASH_ARGC", "zparseopts"};

static void step_commands(struct scanner *s);
static void step_single(struct scanner *s);
static void step_double(struct scanner *s);
static void step_ansi(struct scanner *s);
static void step_parameter(struct scanner *s);
static void step_arithmetic(struct scanner *s);
static void step_comment(struct scanner *s);
static void step_raw(struct scanner *s);

static const struct {
    void (*step)(struct scanner *s); /* takes the next bytes, opens and closes frames */
    enum script_context context;
    bool unit;  /* read for itself: what is around it has no say on the marks in it */
    bool joins; /* a newline in it doesn't end a line of commands */
    const char *why;
} kinds[] = {
    [TOP] = {.step = step_commands, .context = SCRIPT_PLAIN, .unit = true},
    [SUBSHELL] = {.step = step_commands, .context = SCRIPT_PLAIN},
    [ARRAY] = {.step = step_commands, .context = SCRIPT_PLAIN, .joins = true},
    [PATTERN] = {.step = step_commands, .context = SCRIPT_PLAIN, .joins = true, .why = WHY_PATTERN},
    [SUBSTITUTION] = {.step = step_commands, .context = SCRIPT_PLAIN, .unit = true},
    [BACKQUOTE] = {.step = step_commands, .context = SCRIPT_PLAIN, .unit = true},
    [CASE] = {.step = step_commands, .context = SCRIPT_PLAIN},
    [TEST] = {.step = step_commands, .context = SCRIPT_PLAIN, .joins = true},
    [SINGLE] = {.step = step_single, .context = SCRIPT_SINGLE, .joins = true},
    [DOUBLE] = {.step = step_double, .context = SCRIPT_DOUBLE, .joins = true},
    [ANSI] = {.step = step_ansi, .context = SCRIPT_SINGLE, .joins = true, .why = WHY_ANSI},
    [PARAMETER] = {.step = step_parameter, .context = SCRIPT_PLAIN, .joins = true, .why = WHY_PARAMETER},
    /* Of whole numbers comes a number, which is harmless wherever it stands. */
    [ARITHMETIC] = {.step = step_arithmetic, .context = SCRIPT_ARITHMETIC, .unit = true, .joins = true},
    [COMMENT] = {.step = step_comment, .context = SCRIPT_COMMENT},
    [HEREDOC] = {.step = step_double, .context = SCRIPT_DOUBLE},
    [RAW] = {.step = step_raw, .context = SCRIPT_DOUBLE, .why = WHY_RAW},
};

/* ---- bytes ---- */

static bool is_one_of(int byte, const char *bytes)
{
    return byte > 0 && strchr(bytes, byte) != NULL;
}

static bool is_digit(int byte)
{
    return byte >= '0' && byte <= '9';
}

static bool is_name(int byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '_' || is_digit(byte);
}

#define IS_LISTED(text, list) is_listed(text, list, ARRAY_LENGTH(list))
static bool is_listed(const char *text, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(text, list[i]) == 0)
            return true;
    return false;
}

/* The byte `ahead` of this one, MARK, or 0 at the end. Nothing behind one of those two may be asked for. */
static int peek(const struct scanner *s, size_t ahead)
{
    if (s->next < s->count && s->marks[s->next].at == s->at + ahead)
        return MARK;
    return (unsigned char)s->script[s->at + ahead];
}

static bool comes(const struct scanner *s, const char *text)
{
    for (size_t i = 0; text[i] != '\0'; i++)
        if (peek(s, i) != text[i])
            return false;
    return true;
}

/* The byte before this one. */
static int before(const struct scanner *s)
{
    return s->at == 0 ? 0 : (unsigned char)s->script[s->at - 1];
}

/* ---- verdicts ---- */

static void refuse(struct scanner *s, size_t mark, const char *why)
{
    if (mark < s->count && s->problem->why == NULL)
        *s->problem = (struct script_problem){.mark = mark, .why = why};
}

static void lose(struct scanner *s, const char *why)
{
    if (s->lost == NULL)
        s->lost = why;
}

/* ---- the stack ---- */

static struct frame *top(const struct scanner *s)
{
    return &s->frames[s->depth - 1];
}

static bool holds_words(const struct frame *frame)
{
    return kinds[frame->kind].step == step_commands;
}

/* The text of it is as in double quotes. */
static bool is_quoted(const struct frame *frame)
{
    return !holds_words(frame) && (frame->kind != PARAMETER || frame->quoted);
}

static struct frame *push(struct scanner *s, enum kind kind)
{
    if (s->depth == s->room) {
        s->room = s->room == 0 ? 16 : 2 * s->room;
        s->frames = xreallocarray(s->frames, s->room, sizeof *s->frames);
    }
    s->frames[s->depth++] = (struct frame){.kind = kind, .marked = NONE};
    return top(s);
}

static void pop(struct scanner *s)
{
    if (s->depth == 1)
        lose(s, WHY_BRACKETS);
    else
        s->depth--;
}

static bool is_within(const struct scanner *s, enum kind kind)
{
    for (size_t i = 0; i < s->depth; i++)
        if (s->frames[i].kind == kind)
            return true;
    return false;
}

/* Index of the frame around that is read for itself. */
static size_t current_unit(const struct scanner *s)
{
    size_t unit = s->depth - 1;
    while (!kinds[s->frames[unit].kind].unit)
        unit--;
    return unit;
}

/* Whether the commands that are read here wait for the body of a here-document. */
static bool awaits_body(const struct scanner *s)
{
    return s->pending > 0 && s->heredocs[s->pending - 1].unit == current_unit(s);
}

/* ---- words ---- */

static struct word *begin_word(struct scanner *s)
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

static void add_byte(struct word *word, int byte, bool quoted)
{
    enum stage stage = next_stage(word, byte, quoted);
    word->solid = true;
    word->last = (char)byte;
    if (stage == VALUE && word->stage == IDENTIFIER && IS_LISTED(word->text, evaluated_variables))
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
}

static void add_quote(struct word *word)
{
    word->quoted = true;
    if (word->stage != INDEX && word->stage != VALUE)
        word->stage = OTHER;
}

/* Something that is not known before it is expanded. */
static void add_expansion(struct scanner *s)
{
    if (!holds_words(top(s)))
        return;
    struct word *word = begin_word(s);
    add_quote(word);
    word->expands = word->complex = true;
}

/* A byte in quotes belongs to the word that they stand in. */
static void add_quoted(struct scanner *s, int byte)
{
    struct frame *around = top(s) - 1;
    if (holds_words(around))
        add_byte(&around->word, byte, true);
}

static void begin_command(struct frame *frame)
{
    frame->command = (struct command){.place = COMMAND};
}

/* ---- words by their place ---- */

/* For -X. */
static void take_extent(struct scanner *s, const struct word *word)
{
    for (size_t i = word->mark; !word->complex && i < s->next; i++) {
        s->marks[i].word_begin = word->begin;
        s->marks[i].word_end = s->at;
    }
}

static void take_program(struct scanner *s, const struct word *word)
{
    struct command *command = &top(s)->command;

    command->place = ARGUMENT;
    command->evaluator = NULL;
    command->vanishing = word->complex && !word->solid;
    command->shell = IS_LISTED(word->text, shells);
    if (word->expands || strcmp(word->text, ".") == 0 || IS_LISTED(word->text, parameter_words))
        s->facts->uses_parameters = true;
    for (size_t i = 0; !word->expands && !word->slash && i < ARRAY_LENGTH(evaluators); i++)
        if (strcmp(word->text, evaluators[i].name) == 0)
            command->evaluator = &evaluators[i];
    const struct evaluator *evaluator = command->evaluator;
    if (evaluator == NULL)
        return;
    if (evaluator->prefix)
        command->place = PREFIXED;
    if (evaluator->all)
        command->why = evaluator->why;
    command->values = evaluator->but_values;
    if (evaluator->loses)
        lose(s, evaluator->why);
}

static void take_keyword(struct scanner *s, const struct keyword *keyword)
{
    struct frame *frame = top(s);

    if (keyword->closes) {
        if (frame->kind != CASE) {
            lose(s, WHY_BRACKETS);
            return;
        }
        pop(s);
        begin_command(top(s));
        return;
    }
    if (keyword->opens != TOP && frame->why != NULL)
        lose(s, WHY_SHIFT); /* in (( )) */
    begin_command(frame);
    if (keyword->opens != TOP)
        frame = push(s, keyword->opens);
    frame->command.place = keyword->place;
}

static void take_command(struct scanner *s, const struct word *word)
{
    if (!word->quoted && !word->expands && !word->slash)
        for (size_t i = 0; i < ARRAY_LENGTH(keywords); i++)
            if (strcmp(word->text, keywords[i].text) == 0) {
                take_keyword(s, &keywords[i]);
                return;
            }
    if (word->stage != VALUE)
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

static void take_evaluated(struct scanner *s, const struct evaluator *evaluator, const struct word *word)
{
    struct command *command = &top(s)->command;
    bool over = command->options_over && evaluator->attached;

    if (!over && evaluator->attached && may_attach(s, word))
        refuse(s, word->mark, WHY_OPTION);
    command->next_why = NULL;
    if (evaluator->next_by != NULL && !over && (word->led || has_option(word, evaluator->next_by)))
        command->next_why = evaluator->why;
    command->options_over |= !(word->led || is_option(word)) || strcmp(word->text, "--") == 0;
    if (has_option(word, evaluator->all_by))
        command->values = false;
    if (has_option(word, evaluator->loses_by))
        lose(s, WHY_INTEGER);
}

/* Whether it is only a mark, quoted or not: a script that is all data is meant to be. */
static bool is_only_mark(const struct scanner *s, const struct word *word)
{
    size_t length = s->at - word->begin, mark = s->marks[word->mark].length;
    return length == mark || (length == mark + 2 && s->marks[word->mark].at == word->begin + 1);
}

/* sh -c SCRIPT, also behind sudo and the like. */
static void take_script(struct scanner *s, const struct word *word)
{
    struct command *command = &top(s)->command;

    if (command->script && !is_option(word)) {
        if (word->mark < s->next && !is_only_mark(s, word))
            refuse(s, word->mark, WHY_SCRIPT);
        command->script = command->shell = false;
    }
    if (IS_LISTED(word->text, shells))
        command->shell = true;
    if (command->shell && has_option(word, "c") && word->text[1] != '-')
        command->script = true;
}

static void take_argument(struct scanner *s, const struct word *word)
{
    struct command *command = &top(s)->command;

    take_extent(s, word);
    if (command->vanishing)
        take_program(s, word);
    else if (command->evaluator != NULL)
        take_evaluated(s, command->evaluator, word);
    take_script(s, word);
}

static void take_in(struct scanner *s, const struct word *word)
{
    if (strcmp(word->text, "in") == 0 && !word->expands) {
        top(s)->command.place = WORDS;
        return;
    }
    s->facts->uses_parameters = true; /* for x; do …: the loop is over "$@" */
    if (IS_LISTED(word->text, ((const char *const[]){"do", "{"})))
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
            lose(s, WHY_BRACKETS);
        pop(s);
        begin_command(top(s));
    } else if (IS_LISTED(word->text, evaluating_tests)) {
        frame->why = WHY_TEST;
        refuse(s, frame->marked, WHY_TEST);
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
    [NAME] = {IN, NULL},
    [IN] = {IN, take_in},
    [SUBJECT] = {CASE_IN, NULL},
    [CASE_IN] = {LABEL, NULL},
    [LABEL] = {LABEL_REST, take_label},
    [LABEL_REST] = {LABEL_REST, NULL},
    [OPERAND] = {OPERAND, take_operand},
};

/* May open or close a frame. */
static void finish_word(struct scanner *s)
{
    struct frame *frame = top(s);
    struct command *command = &frame->command;

    if (!frame->word.open)
        return;
    const struct word word = frame->word;
    frame->word.open = false;
    if (word.stage == INDEX && (command->place != ARGUMENT || command->evaluator != NULL))
        lose(s, WHY_INDEX); /* bash goes on to the ] */
    if (word.stage == VALUE && s->script[s->at - 1] == '.' && s->script[s->at - 2] == '=')
        s->facts->uses_parameters = true; /* x=.; $x FILE */
    if (command->target) {
        command->target = command->duplicates = false;
        return;
    }
    void (*take)(struct scanner * s, const struct word *word) = places[command->place].take;
    command->place = places[command->place].next;
    if (take != NULL)
        take(s, &word);
}

/* ---- marks ---- */

static const char *why_in_command(const struct frame *frame)
{
    const struct command *command = &frame->command;
    const struct word *word = &frame->word;

    if (word->open && word->stage == INDEX)
        return WHY_INDEX;
    if (word->open && word->why != NULL)
        return word->why;
    if (command->target)
        return command->duplicates ? WHY_DUPLICATE : NULL;
    if (command->next_why != NULL)
        return command->next_why;
    return command->values && word->open && word->stage == VALUE ? NULL : command->why;
}

/* Ask all frames that have a say, from the inside. */
static const char *why_in_frames(struct scanner *s)
{
    const char *why = NULL;
    bool within = true; /* the unit */

    for (size_t i = s->depth; i-- > 0;) {
        struct frame *frame = &s->frames[i];
        if (within && frame->marked == NONE)
            frame->marked = s->next;
        if (within && why == NULL)
            why = frame->why != NULL ? frame->why : kinds[frame->kind].why;
        /* What stands behind >& is expanded twice by bash, what came of a substitution too. */
        if (why == NULL && (within || frame->command.duplicates))
            why = why_in_command(frame);
        if (kinds[frame->kind].unit)
            within = false;
    }
    if (why == NULL && s->backquote != 0)
        why = s->frames[s->backquote].why;
    return why;
}

static void take_mark(struct scanner *s)
{
    struct script_mark *mark = &s->marks[s->next];
    struct frame *frame = top(s);

    mark->context = kinds[frame->kind].context;
    mark->backslash = s->backslash;
    if (holds_words(frame))
        add_quote(begin_word(s));
    else if (s->depth > 1)
        frame--;
    frame->word.led |= frame->word.length == 0 && !frame->word.slash;
    frame->word.expands = true;
    const char *why = s->mark_why;
    if (mark->context != SCRIPT_COMMENT && why == NULL)
        why = why_in_frames(s);
    if (mark->context != SCRIPT_COMMENT && why != NULL)
        refuse(s, s->next, why);
    s->mark_why = NULL;
    s->backslash = false;
    s->at += mark->length;
    s->next++;
}

/* ---- what may stand in several kinds of frames ---- */

/* A backslash before a newline joins lines. Where it splits an operator, shells don't agree what that is. */
static void skip_continuation(struct scanner *s)
{
    int last = before(s);
    s->at += 2;
    if (last == '$' || (is_one_of(last, "<>();&|") && is_one_of(peek(s, 0), "<>();&|-")))
        lose(s, WHY_CONTINUED);
}

/* A backslash that takes away the meaning of the next byte. */
static void skip_escaped(struct scanner *s)
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
    if (holds_words(top(s))) {
        add_quote(begin_word(s));
        if (escaped > 0)
            add_byte(begin_word(s), escaped, true);
    }
    s->at += escaped > 0 ? 2 : 1;
}

static void open_quotes(struct scanner *s, enum kind kind)
{
    if (holds_words(top(s)))
        add_quote(begin_word(s));
    push(s, kind);
    s->at++;
}

static void open_single(struct scanner *s)
{
    open_quotes(s, SINGLE);
}

static void open_double(struct scanner *s)
{
    open_quotes(s, DOUBLE);
}

static void open_or_close_backquote(struct scanner *s)
{
    if (s->backquote == 0) {
        const char *why = is_quoted(top(s)) ? WHY_BACKQUOTE : NULL;
        add_expansion(s);
        push(s, BACKQUOTE)->why = why;
        s->backquote = s->depth - 1;
    } else {
        finish_word(s);
        if (s->depth - 1 != s->backquote || awaits_body(s))
            lose(s, WHY_BACKQUOTE);
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
    bool quoted = is_quoted(top(s));
    push(s, PARAMETER)->quoted = quoted;
    s->at += 2;
    if (is_one_of(peek(s, 0), " \t\n|(<")) /* ${ COMMAND;} of ksh, and flags of zsh */
        lose(s, WHY_FLAGS);
    if (peek(s, 0) == '!')
        top(s)->why = WHY_NAME;
}

static void take_dollar(struct scanner *s)
{
    add_expansion(s);
    int byte = peek(s, 1);
    if (byte == '(' && peek(s, 2) == '(') {
        push(s, ARITHMETIC);
        s->at += 3;
    } else if (byte == '(') {
        push(s, SUBSTITUTION);
        s->at += 2;
    } else if (byte == '{') {
        open_parameter(s);
    } else if (byte == '[') {
        lose(s, WHY_SQUARE);
    } else if (byte == '\'' && !is_quoted(top(s))) {
        push(s, ANSI);
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

static void step_single(struct scanner *s)
{
    int byte = peek(s, 0);
    if (byte == '\'')
        pop(s);
    else
        add_quoted(s, byte);
    if (byte == '$' && s->backquote != 0 && s->frames[s->backquote].why != NULL) {
        /* bash stumbles over "$1`echo '$('`". */
        refuse(s, s->frames[s->backquote - 1].marked, WHY_BACKQUOTE);
        lose(s, WHY_BACKQUOTE);
    }
    s->at++;
}

static void step_ansi(struct scanner *s)
{
    int byte = peek(s, 0), escaped = byte == '\\' ? peek(s, 1) : 0;
    if (byte == '\'')
        pop(s);
    if (escaped == '\'')
        lose(s, WHY_ANSI_END);
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
    add_quoted(s, is_one_of(escaped, "$`\"\\") ? escaped : '\\');
    s->at += is_one_of(escaped, "$`\"\\") ? 2 : 1;
}

/* In a here-document a " means itself, behind a backslash too. */
static void step_double(struct scanner *s)
{
    struct frame *around = top(s) - 1;
    int byte = peek(s, 0);

    if (byte == '\\') {
        step_double_backslash(s);
    } else if (byte == '$') {
        if (holds_words(around))
            around->word.expands = around->word.complex = true;
        take_dollar(s);
    } else if (byte == '`') {
        if (holds_words(around))
            around->word.expands = around->word.complex = true;
        open_or_close_backquote(s);
    } else {
        if (byte == '"' && top(s)->kind == DOUBLE)
            pop(s);
        else if (byte == '}' && around->kind == PARAMETER && around->quoted)
            lose(s, WHY_QUOTES);
        else if (top(s)->kind == DOUBLE)
            add_quoted(s, byte);
        s->at++;
    }
}

static void step_parameter(struct scanner *s)
{
    struct frame *frame = top(s);
    int byte = peek(s, 0);

    if (byte == '\\') {
        skip_escaped(s);
    } else if (byte == '$') {
        take_dollar(s);
    } else if (byte == '`') {
        open_or_close_backquote(s);
    } else if (byte == '\'' && !frame->quoted) {
        open_single(s);
    } else if (byte == '"' && !is_within(s, HEREDOC)) {
        open_double(s);
    } else if (is_one_of(byte, "'\"{")) {
        lose(s, WHY_QUOTES);
    } else {
        if (byte == '}')
            pop(s);
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
        pop(s);
        s->at += 2;
    } else {
        refuse(s, frame->marked, WHY_NOT_ARITHMETIC);
        lose(s, WHY_NOT_ARITHMETIC);
    }
}

static void step_arithmetic(struct scanner *s)
{
    int byte = peek(s, 0);

    if (byte == '\\') {
        skip_escaped(s);
    } else if (byte == '$') {
        take_dollar(s);
    } else if (byte == '`') {
        open_or_close_backquote(s);
    } else if (byte == ')') {
        close_arithmetic(s);
    } else if (is_one_of(byte, "'\"")) {
        lose(s, WHY_QUOTES);
    } else {
        if (byte == '(')
            top(s)->brackets++;
        s->at++;
    }
}

/* Old shells look for quotes and brackets even in a comment, if it stands in $( ). */
static void step_comment(struct scanner *s)
{
    int byte = peek(s, 0);
    if (byte == '\n') {
        pop(s);
        return;
    }
    if (top(s)->bracketed && is_one_of(byte, "'\"`\\$(){}"))
        lose(s, WHY_SUBSTITUTED);
    s->at++;
}

static void step_raw(struct scanner *s)
{
    s->at++;
}

/* ---- here-documents ---- */

/* Whether the line from `from` is the end word; `joined`: with the lines that backslashes join to it. */
static bool is_end_word(const struct scanner *s, const struct heredoc *heredoc, size_t from, bool joined)
{
    const char *script = s->script, *end = heredoc->end;
    for (;;) {
        while (heredoc->strip && from < s->limit && script[from] == '\t')
            from++;
        for (; from < s->limit && *end != '\0' && script[from] == *end; from++)
            end++;
        if (!joined || from + 1 >= s->limit || script[from] != '\\' || script[from + 1] != '\n')
            break;
        from += 2;
    }
    if (*end != '\0')
        return false;
    /* E) and E` end it for some shells. */
    return from >= s->limit || script[from] == '\n' || (joined && is_one_of(script[from], ")`"));
}

static bool is_continued(const struct scanner *s, size_t line, size_t newline)
{
    size_t i = newline;
    while (i > line && s->script[i - 1] == '\\')
        i--;
    return (newline - i) % 2 == 1;
}

/* Find the end of the body that begins here: sets the frame's limit and resume. */
static void find_end_word(struct scanner *s, const struct heredoc *heredoc, size_t *end, size_t *resume)
{
    bool continued = false;
    for (size_t line = s->at, next; line < s->limit; line = next) {
        const char *newline = memchr(s->script + line, '\n', s->limit - line);
        size_t stop = newline == NULL ? s->limit : (size_t)(newline - s->script);
        next = newline == NULL ? stop : stop + 1;
        bool ends = is_end_word(s, heredoc, line, false);
        bool could_end = ends || (is_end_word(s, heredoc, line, true) && (s->depth > 1 || !heredoc->quoted));
        if (ends && !continued) {
            *end = line;
            *resume = next;
            return;
        }
        if (could_end)
            lose(s, WHY_HEREDOC);
        continued = !heredoc->quoted && is_continued(s, line, stop);
    }
    if (s->depth > 1)
        lose(s, WHY_HEREDOC); /* the body would take the closing bracket in */
    *end = *resume = s->limit;
}

static void begin_body(struct scanner *s)
{
    struct heredoc heredoc = s->heredocs[0];
    size_t end, resume;

    memmove(s->heredocs, s->heredocs + 1, --s->pending * sizeof *s->heredocs);
    find_end_word(s, &heredoc, &end, &resume);
    struct frame *frame = push(s, heredoc.quoted ? RAW : HEREDOC);
    frame->limit = s->limit;
    frame->resume = resume;
    s->limit = end;
    free(heredoc.end);
}

static void end_body(struct scanner *s)
{
    const struct frame *frame = top(s);
    if ((frame->kind != HEREDOC && frame->kind != RAW) || s->at != s->limit) {
        lose(s, WHY_HEREDOC); /* something in the body is still open */
        return;
    }
    s->at = frame->resume;
    s->limit = frame->limit;
    pop(s);
    if (awaits_body(s))
        begin_body(s);
}

/* A part of the end word in quotes, from the quote on. */
static size_t read_quoted_end(struct scanner *s, char *end, size_t length)
{
    int quote = peek(s, 0);
    int byte;
    for (s->at++; (byte = peek(s, 0)) != quote; s->at++) {
        if (byte <= 0 || byte == '\n' || (quote == '"' && is_one_of(byte, "\\$`"))) {
            lose(s, byte == MARK ? WHY_END_WORD : WHY_HEREDOC);
            return length;
        }
        end[length++] = (char)byte;
    }
    s->at++;
    return length;
}

/* Returns its length, `end` being large enough for all of the script. */
static size_t read_end_word(struct scanner *s, char *end, bool *quoted)
{
    size_t length = 0;
    int byte;
    while (s->lost == NULL && !is_one_of(byte = peek(s, 0), " \t\n;&|<>()") && byte != 0) {
        *quoted |= is_one_of(byte, "'\"\\");
        if (byte == '\\' && peek(s, 1) > 0 && peek(s, 1) != '\n') {
            end[length++] = s->script[s->at + 1];
            s->at += 2;
        } else if (is_one_of(byte, "'\"")) {
            length = read_quoted_end(s, end, length);
        } else if (byte == MARK || is_one_of(byte, "\\$`*?[]{}#")) {
            lose(s, byte == MARK || peek(s, 1) == MARK ? WHY_END_WORD : WHY_HEREDOC);
        } else {
            end[length++] = (char)byte;
            s->at++;
        }
    }
    return length;
}

static void open_heredoc(struct scanner *s, bool strip)
{
    while (is_one_of(peek(s, 0), " \t"))
        s->at++;
    char *end = xmalloc(s->length - s->at + 1);
    bool quoted = false;
    size_t length = read_end_word(s, end, &quoted);
    if (length == 0)
        lose(s, WHY_HEREDOC);
    s->heredocs = xreallocarray(s->heredocs, s->pending + 1, sizeof *s->heredocs);
    s->heredocs[s->pending++] = (struct heredoc){
        .end = xmemdupz(end, length), .quoted = quoted, .strip = strip, .unit = current_unit(s)};
    free(end);
}

/* ---- commands ---- */

static void take_text(struct scanner *s)
{
    struct word *word = begin_word(s);
    int byte = peek(s, 0);
    if (is_one_of(byte, "[]{}"))
        word->complex = true;
    if (byte == '[' && top(s)->kind == ARRAY && word->stage == BARE) {
        word->stage = INDEX;
        word->brackets = 0; /* add_byte counts it */
    }
    add_byte(word, byte, false);
    s->at++;
}

static void take_blank(struct scanner *s)
{
    finish_word(s);
    s->at++;
}

static void take_newline(struct scanner *s)
{
    finish_word(s);
    struct frame *frame = top(s);
    s->at++;
    if (s->pending > 0 && (!awaits_body(s) || kinds[frame->kind].joins))
        lose(s, WHY_HEREDOC);
    if (frame->command.place <= WORDS && !kinds[frame->kind].joins)
        begin_command(frame);
    if (s->pending > 0 && s->lost == NULL)
        begin_body(s);
}

/* ; & | and those that begin by them */
static void take_separator(struct scanner *s)
{
    finish_word(s);
    struct frame *frame = top(s);
    enum place place = frame->command.place;
    bool ends_case = comes(s, ";;") || comes(s, ";&") || comes(s, ";|");
    if (place == IN)
        s->facts->uses_parameters = true;
    if (frame->kind == CASE && ends_case) {
        frame->command = (struct command){.place = LABEL};
        frame->bracketed = false;
        s->at += comes(s, ";;&") ? 3 : 2;
        return;
    }
    if (!kinds[frame->kind].joins && (place <= WORDS || place == IN))
        begin_command(frame);
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
    const char *why = frame->kind == SUBSHELL ? frame->why : NULL;

    if (frame->kind == CASE && frame->command.place == LABEL && !frame->word.open) {
        frame->bracketed = true;
        frame->command.place = LABEL_REST;
        s->at++;
        return;
    }
    if (kind == SUBSHELL)
        finish_word(s);
    else if (frame->word.open || kind == PATTERN)
        begin_word(s)->complex = true;
    if (kind == SUBSHELL && peek(s, 1) == '(') {
        /* (( )): arithmetic, or one subshell in another. Either way, the brackets are two. */
        why = WHY_ARITHMETIC;
        push(s, SUBSHELL)->why = why;
        s->at++;
    }
    frame = push(s, kind);
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
        lose(s, WHY_BRACKETS);
    if (!frame->bracketed && is_within(s, SUBSTITUTION))
        lose(s, WHY_SUBSTITUTED);
    begin_command(frame);
}

static void close_bracket(struct scanner *s)
{
    finish_word(s);
    const struct frame *frame = top(s);
    switch (frame->kind) {
    case SUBSHELL:
        pop(s);
        begin_command(top(s));
        break;
    case SUBSTITUTION:
        if (awaits_body(s))
            lose(s, WHY_HEREDOC);
        pop(s);
        break;
    case ARRAY:
    case PATTERN:
        pop(s);
        break;
    case CASE:
        close_label(s);
        break;
    default:
        if (frame->kind != TEST || !frame->bracketed)
            lose(s, WHY_BRACKETS);
        pop(s);
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
        lose(s, frame->kind == TEST ? WHY_BRACKETS : WHY_SHIFT); /* there they compare and shift */
        return;
    }
    if (redirection->substitutes) {
        add_expansion(s);
        s->at += 2;
        push(s, SUBSTITUTION);
        return;
    }
    if (belongs_to_redirection(s, &frame->word))
        frame->word.open = false;
    finish_word(s);
    s->at += strlen(redirection->text);
    if (redirection->heredoc) {
        open_heredoc(s, redirection->strip);
    } else if (top(s)->kind != TEST) {
        top(s)->command.target = true;
        top(s)->command.duplicates = redirection->duplicates;
    }
}

static void take_hash(struct scanner *s)
{
    const struct frame *frame = top(s);
    if (frame->word.open) {
        take_text(s);
    } else if (frame->kind == SUBSHELL && frame->why != NULL) {
        lose(s, WHY_SHIFT);
    } else if (frame->kind == TEST || frame->kind == PATTERN || is_one_of(before(s), "<>")) {
        lose(s, WHY_BRACKETS); /* a comment, or zsh's (#i), ksh's <# */
    } else {
        bool bracketed = is_within(s, SUBSTITUTION);
        push(s, COMMENT)->bracketed = bracketed;
        s->at++;
    }
}

static void step_commands(struct scanner *s)
{
    static void (*const steps[256])(struct scanner * s) = {
        [' '] = take_blank,       ['\t'] = take_blank,
        ['\n'] = take_newline,    [';'] = take_separator,
        ['&'] = take_separator,   ['|'] = take_separator,
        ['('] = open_bracket,     [')'] = close_bracket,
        ['<'] = take_redirection, ['>'] = take_redirection,
        ['#'] = take_hash,        ['\''] = open_single,
        ['"'] = open_double,      ['`'] = open_or_close_backquote,
        ['$'] = take_dollar,      ['\\'] = skip_escaped,
    };
    void (*step)(struct scanner * s) = steps[(unsigned char)s->script[s->at]];
    if (step == NULL)
        step = take_text;
    step(s);
}

/* ---- all of it ---- */

/* Where shells disagree, whatever is open. */
static bool is_disputed(const struct scanner *s)
{
    const struct frame *frame = top(s);
    int byte = peek(s, 0);
    if (byte == '\n')
        return s->pending > 0 && kinds[frame->kind].joins;
    if (s->backquote == 0)
        return false;
    /* Backquotes end at the next one, whatever stands in between; and take backslashes away at first. */
    if (byte == '`')
        return s->depth - 1 != s->backquote;
    return byte == '\\' && is_one_of(peek(s, 1), s->frames[s->backquote].why != NULL ? "$`\\\"" : "$`\\");
}

static void scan(struct scanner *s)
{
    push(s, TOP);
    while (s->lost == NULL && s->at < s->length) {
        if (s->at >= s->limit)
            end_body(s);
        else if (peek(s, 0) == MARK)
            take_mark(s);
        else if (is_disputed(s))
            lose(s, peek(s, 0) == '\n' ? WHY_HEREDOC : WHY_BACKQUOTE);
        else
            kinds[top(s)->kind].step(s);
    }
    if (s->lost == NULL && holds_words(top(s)))
        finish_word(s);
}

/* A word behind a command that has a name; else it would be the name. It must not be evaluated, either. */
static bool can_append(const struct scanner *s)
{
    const struct command *command = &top(s)->command;
    const struct evaluator *evaluator = command->evaluator;

    if (s->lost != NULL || s->depth > 1 || s->pending > 0 || s->dangling || command->vanishing)
        return false;
    if (evaluator != NULL && evaluator->next_by != NULL && !(evaluator->attached && command->options_over))
        return false;
    return command->place == ARGUMENT && !command->target && command->why == NULL &&
           command->next_why == NULL;
}

/* ---- positional parameters ---- */

/* Whether what follows a $ is, or may be, about positional parameters. */
static bool names_parameter(const char *text)
{
    if (text[0] == '{') {
        text += text[1] == '#' ? 2 : 1;
        return is_digit(*text) || !is_name(*text);
    }
    if (text[0] == '#')
        return true;
    text += strspn(text, "+=~^:"); /* flags of zsh */
    return (is_digit(*text) && *text != '0') || is_one_of(*text, "@*");
}

static bool is_parameter_word(const char *text, size_t length)
{
    for (size_t i = 0; i < ARRAY_LENGTH(parameter_words); i++)
        if (strlen(parameter_words[i]) == length && strncmp(text, parameter_words[i], length) == 0)
            return true;
    return false;
}

/* Quotes and comments don't matter here: eval and trap, too, may find it. */
static bool mentions_parameters(const char *text)
{
    while (*text != '\0') {
        size_t length = 0;
        while (is_name(text[length]))
            length++;
        if (*text == '$' && names_parameter(text + 1))
            return true;
        if (*text == '(' && text[1 + strspn(text + 1, " \t\n")] == ')')
            return true; /* a function */
        if (is_parameter_word(text, length) || (length > 0 && is_digit(*text) && text[length] == '='))
            return true; /* 1=x is an assignment, in zsh */
        text += length > 0 ? length : 1;
    }
    return false;
}

/* The script with lines joined, and each mark as a blank. */
static char *join_lines(const char *script, size_t length, const struct script_mark *marks, size_t count)
{
    char *text = xmalloc(length + 1);
    size_t used = 0;
    for (size_t i = 0, next = 0; i < length;) {
        if (next < count && marks[next].at == i) {
            text[used++] = ' ';
            i += marks[next++].length;
        } else if (script[i] == '\\' && script[i + 1] == '\n') {
            i += 2;
        } else {
            text[used++] = script[i++];
        }
    }
    text[used] = '\0';
    return text;
}

int script_scan(const char *script, struct script_mark *marks, size_t count, struct script_facts *facts,
                struct script_problem *problem)
{
    size_t length = strlen(script);
    struct scanner s = {.script = script,
                        .length = length,
                        .limit = length,
                        .marks = marks,
                        .count = count,
                        .facts = facts,
                        .problem = problem};
    char *text = join_lines(script, length, marks, count);

    *facts = (struct script_facts){.uses_parameters = mentions_parameters(text)};
    *problem = (struct script_problem){.mark = count};
    for (size_t i = 0; i < count; i++)
        marks[i] = (struct script_mark){
            .at = marks[i].at, .length = marks[i].length, .word_begin = marks[i].at, .word_end = marks[i].at};
    scan(&s);
    facts->can_append = can_append(&s);
    if (s.lost != NULL) {
        facts->uses_parameters = true;
        refuse(&s, s.next, s.lost);
    }
    while (s.pending > 0)
        free(s.heredocs[--s.pending].end);
    free(s.heredocs);
    free(s.frames);
    free(text);
    return problem->why == NULL ? 0 : -1;
}
