/*
 * script_internal: what the scanner knows while it reads, shared by the files it is made of and by nobody
 * else.
 *
 *     script.c             the walk: what becomes of a mark
 *     script_stack.c       what is open; the verdict
 *     script_commands.c    text outside of quotes: operators, brackets, redirections, comments
 *     script_names.c       what names and words mean to shells: tables
 *     script_words.c       the words of a command: what it is, and what it would evaluate
 *     script_quotes.c      quotes, and what begins by a $ or a backquote
 *     script_documents.c   here-documents
 *     script_parameters.c  whether the script has a use for positional parameters itself
 *     script_why.h         what the user is told
 */
#ifndef CPOOL_SCRIPT_INTERNAL_H
#define CPOOL_SCRIPT_INTERNAL_H

#include "template/script.h"
#include "template/script_why.h"

#include <string.h>

#define MARK (-1) /* instead of a byte: a replacement string begins here */

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

/* The word that is being read. Nothing in it means anything before it is `open`. */
struct word {
    bool open;
    bool quoted;   /* some of it: it's no keyword */
    bool expands;  /* some of it: what it is can't be known */
    bool complex;  /* it is not only text, quotes and marks */
    bool solid;    /* it is not only expansions */
    bool led;      /* by a mark, or by what is made of one */
    bool direct;   /* a mark stands in it, not in a substitution */
    bool holds;    /* or what a substitution makes of one; a number does not count */
    bool splits;   /* that is cut into words */
    bool hidden;   /* it is written such that its text says little: $'eval' */
    bool defaults; /* the same, as in ${x:-eval} */
    bool pattern;  /* by [ or *, which may be a program's name, too */
    char last;     /* byte of the text */
    bool slash;
    enum stage stage;
    size_t brackets;    /* INDEX: that are open */
    const char *why;    /* no mark may stand in it */
    size_t begin, mark; /* where it begins; the first mark that can be in it: up to scanner.next */
    size_t length;      /* of text, which ends by a NUL */
    char text[32];      /* without quotes, what is behind the last slash; its begin, where it is longer */
    size_t head_length; /* of head, which is the same from the word's begin */
    char head[32];
};

/* The simple command that words belong to. */
struct command {
    enum place place;
    const struct evaluator *evaluator;
    const char *why;      /* no mark may stand in an argument */
    const char *next_why; /* nor in the next argument */
    bool last_holds;      /* the last argument is, or may be, an item: its first mark is last_mark */
    bool last_evaluates;  /* it makes its neighbours numbers, or may do so */
    size_t last_mark;
    bool values;       /* but it may in VALUE of NAME=VALUE */
    bool options_over; /* an argument was no option */
    bool vanishing;    /* the program is an expansion: where that is empty, the next word is the program */
    bool formatted;    /* the format was among the arguments */
    bool target;       /* the next word is where a redirection goes */
    bool duplicates;   /* by >& */
    bool input;        /* by < */
    bool string;       /* by <<< */
    bool sources;      /* it reads commands from a file: . or source */
    struct readers readers;
};

/* Something that is open. A word or a command is only in those that hold words. */
struct frame {
    enum kind kind;
    const char *why; /* no mark may stand in it */
    size_t marked;   /* the first mark in it, or SIZE_MAX */
    size_t reached;  /* the same, with those in substitutions */
    bool quoted;     /* PARAMETER: in double quotes or the like */
    bool bracketed;  /* CASE: the label began by (. TEST: this is ( ), not [[ ]]. COMMENT: in brackets */
    bool process;    /* SUBSTITUTION: <( ), of which a file's name comes */
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
    bool is_code; /* a shell reads it */
    size_t unit;  /* index of the frame that waits for it */
};

/*
 * marks[next] is the first one at `at` or behind it. frames[0] is TOP, and stays; a push moves all frames.
 * at <= limit <= length; `at` gets past a limit only where something in a here-document is still open at its
 * end, and then the scanner is lost. Verdicts are never taken back: lost, problem, facts.
 */
struct scanner {
    const char *script;
    unsigned shells; /* that may read it */
    size_t at, length;
    size_t limit; /* where the here-document's body ends, or the script */
    struct script_mark *marks;
    size_t count, next;
    struct frame *frames; /* owned */
    size_t depth, room;
    struct heredoc *heredocs; /* owned; in the order of their bodies */
    size_t pending;
    size_t backquote;     /* index of that frame, 0 for none: they don't nest */
    const char *lost;     /* why no mark from here on can be judged */
    const char *mark_why; /* the next mark can't stand where it does */
    bool backslash;       /* one that means itself stands before the next mark */
    bool dangling;        /* one stands at the end of the script */
    struct script_facts *facts;
    struct script_problem *problem;
};

/* ---- bytes ---- */

static inline bool is_one_of(int byte, const char *bytes)
{
    return byte > 0 && strchr(bytes, byte) != NULL;
}

static inline bool is_digit(int byte)
{
    return byte >= '0' && byte <= '9';
}

static inline bool is_name(int byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '_' || is_digit(byte);
}

/* The byte `ahead` of this one, MARK, or 0 at the end. Nothing behind one of those two may be asked for. */
static inline int peek(const struct scanner *s, size_t ahead)
{
    if (s->next < s->count && s->marks[s->next].at == s->at + ahead)
        return MARK;
    return (unsigned char)s->script[s->at + ahead];
}

static inline bool comes(const struct scanner *s, const char *text)
{
    for (size_t i = 0; text[i] != '\0'; i++)
        if (peek(s, i) != text[i])
            return false;
    return true;
}

/* The byte before this one. */
static inline int before(const struct scanner *s)
{
    return s->at == 0 ? 0 : (unsigned char)s->script[s->at - 1];
}

/* ---- script_stack.c ---- */

/* What is true of all frames of a kind. */
struct kind_facts {
    enum script_context context;
    bool words; /* commands are read in it */
    bool unit;  /* read for itself: what is around it has no say on the marks in it */
    bool joins; /* a newline in it doesn't end a line of commands */
    const char *why;
};

extern const struct kind_facts script_kinds[];

/* The mark can't stand where it does; the first one that is refused counts. */
void script_refuse(struct scanner *s, size_t mark, const char *why);
/* Nobody knows how what comes now is quoted: the walk ends here. */
void script_lose(struct scanner *s, const char *why);

/* The innermost frame. */
static inline struct frame *top(const struct scanner *s)
{
    return &s->frames[s->depth - 1];
}

/* A pointer to a frame is worth nothing afterwards. */
struct frame *script_push(struct scanner *s, enum kind kind);
void script_pop(struct scanner *s);
bool script_is_within(const struct scanner *s, enum kind kind);
/* Commands are read in it. */
bool script_holds_words(const struct frame *frame);
/* The text of it is as in double quotes. */
bool script_is_quoted(const struct frame *frame);
/* Index of the frame around that is read for itself. */
size_t script_current_unit(const struct scanner *s);
/* Whether the commands that are read here wait for the body of a here-document. */
bool script_awaits_body(const struct scanner *s);

/* ---- script_commands.c ---- */

void script_step_commands(struct scanner *s);
void script_step_comment(struct scanner *s);

/* ---- script_words.c ---- */

/* The word that is open, or a new one. */
struct word *script_begin_word(struct scanner *s);
void script_add_byte(struct word *word, int byte, bool quoted);
void script_add_quote(struct word *word);
/* A byte in quotes belongs to the word that they stand in. */
void script_add_quoted(struct scanner *s, int byte);
/* What the word is can't be told from its text. */
void script_hide_word(struct scanner *s, bool by_default);
/* Something that is not known before it is expanded. */
void script_add_expansion(struct scanner *s);
void script_add_mark(struct scanner *s);
/* There is none now, if there was one. May open or close a frame. */
void script_finish_word(struct scanner *s);
void script_begin_command(struct frame *frame);
/* Why no mark may stand here in the frame's command; NULL: it may. */
const char *script_why_in_command(const struct frame *frame);
/* At a mark in the frame's word: whether it can be one word only. */
bool script_is_single(const struct frame *frame);
/* Whether a shell reads commands on its standard input. */
bool script_reads_input(const struct command *command);
/* Whether one more word would be an argument that isn't evaluated. */
bool script_takes_argument(const struct command *command);

/* ---- script_quotes.c ---- */

void script_step_single(struct scanner *s);
void script_step_double(struct scanner *s);
void script_step_ansi(struct scanner *s);
void script_step_parameter(struct scanner *s);
void script_step_arithmetic(struct scanner *s);
void script_open_single(struct scanner *s);
void script_open_double(struct scanner *s);
void script_open_or_close_backquote(struct scanner *s);
void script_take_dollar(struct scanner *s);
/* A backslash outside of quotes, and the byte behind it. */
void script_skip_escaped(struct scanner *s);

/* ---- script_documents.c ---- */

/* Behind << or <<-: read the end word. */
void script_open_document(struct scanner *s, bool strip);
/* At the begin of a line: the first body that is waited for. */
void script_begin_body(struct scanner *s);
/* At the end of a command: if it reads what is waited for as code. */
void script_note_documents(struct scanner *s);
void script_step_raw(struct scanner *s);
/* At scanner.limit. */
void script_end_body(struct scanner *s);

/* ---- script_parameters.c ---- */

/* Of the whole script, as far as that needs no reading of quotes. */
bool script_mentions_parameters(const char *script, const struct script_mark *marks, size_t count);
/* By a program of that name parameters may be used otherwise than by $1 and the like. */
bool script_is_parameter_word(const char *word);

#endif
