/*
 * readers: which words of a command are read as code, and by whom.
 *
 * A shell's name among the words, its options and a -c make the next word a script, behind env and timeout as
 * well, which hand on the words as they are. Others make one text of their words and have a shell read that,
 * as ssh does. All this goes by the names of programs and by what is known of their options. A program that
 * is not known may hand on its words, or not: what looks like a script behind it is doubtful, and never taken
 * for one.
 *
 * readers_begin, then readers_take for each word of one program, in order. Pure: bytes in, verdicts out.
 */
#ifndef CPOOL_READERS_H
#define CPOOL_READERS_H

#include "base/base.h"

/*
 * Shells whose quoting is known, which do not all evaluate the same. A set of them, where one is not known.
 */
enum readers_shells {
    READERS_BASH = 1U << 0,
    READERS_ASH = 1U << 1, /* dash and busybox */
    READERS_ZSH = 1U << 2,
    READERS_MKSH = 1U << 3, /* and the older ones of its kind: pdksh, posh */
    READERS_KSH93 = 1U << 4,
    READERS_YASH = 1U << 5,
    READERS_ALL = (1U << 6) - 1,
};

/* What a word is. */
enum readers_use {
    READERS_DATA,     /* handed to a program as it is; what becomes of it there is not known here */
    READERS_PROGRAM,  /* a program's name */
    READERS_SHELL,    /* the same, of a shell */
    READERS_OPTION,   /* of a shell */
    READERS_SCRIPT,   /* for a shell whose quoting is known */
    READERS_FOREIGN,  /* for one whose quoting is not */
    READERS_DOUBTFUL, /* a script, or an argument of a program that is not known */
    READERS_UNKNOWN,  /* a script, or an argument: an item decides on the program */
    READERS_REREAD,   /* a part of a text that is read again */
    READERS_CODE,     /* all of one: what is behind -c of su */
    READERS_LEADING,  /* an item that could be an option that runs code */
    READERS_END,      /* ends what came before it, as find's ; does */
};

/* How much is known of a word. */
enum readers_word {
    READERS_KNOWN,  /* all of it */
    READERS_PARTLY, /* there is a replacement string or an expansion in it */
    READERS_LED,    /* a replacement string begins it */
};

enum readers_state {
    READERS_AT_PROGRAM,
    READERS_AT_OPTIONS,       /* of a program that runs another */
    READERS_AT_FIND,          /* before an -exec */
    READERS_AT_SHELL_OPTIONS, /* or its script */
    READERS_AT_ARGUMENTS,     /* of a program that is not known */
    READERS_AT_OPERANDS,      /* of one that is known to read none of its words */
    READERS_AT_TEXT,          /* all is read again */
};

struct readers_program;
struct readers_shell;

struct readers {
    enum readers_state state;
    const struct readers_program *program;
    const struct readers_shell *shell;
    unsigned operands; /* that are still to come before the command */
    unsigned skipped;  /* so many words are arguments of options */
    enum readers_use skipped_use;
    bool options_over;
    bool as_they_are; /* an option makes the program hand on words that it reads otherwise */
    bool command;     /* -c was among the shell's options, or, of a program that is not known, right before */
    bool doubtful;    /* a program before this place is not known */
    bool input;       /* the shell reads standard input, whatever its operands are: -s */
    bool by_item;     /* it is an item that decides on it */
    bool splits;      /* the skipped word is cut into words */
    bool in_find;
    bool was_braces; /* the word before was {} */
    bool is_busybox;
    enum readers_use last;
    const struct readers_program *rereader; /* of the last word that was a part of a text */
    bool in_variable;                       /* the last word was one for a variable that a shell runs */
};

#define READERS_INIT                                                                                         \
    {                                                                                                        \
        .state = READERS_AT_PROGRAM                                                                          \
    }

/* The next word; what is not known may be left out of `text`. */
enum readers_use readers_take(struct readers *readers, const char *text, enum readers_word known);
/* Whether a shell that is started with that NAME=VALUE in its environment may run the value. */
bool readers_run_variable(const char *assignment);

/* Whether a shell is among the words, and reads its commands on standard input. */
bool readers_read_input(const struct readers *readers);
/* What one more word would be. */
enum readers_use readers_next(const struct readers *readers);

/* Of the last word that was a script or a part of a text: who reads it, and what is to be written instead. */
const char *readers_name(const struct readers *readers);
const char *readers_instead(const struct readers *readers);
/*
 * Of the last word that was a part of a text, or that leads: what is to be done if there is nothing but an
 * item in it.
 */
enum readers_verdict { READERS_TAKE, READERS_WARN, READERS_REFUSE };
enum readers_verdict readers_judge(const struct readers *readers);
/* Of the last word that was a program: whether it leaves for a place where other programs are. */
bool readers_leaves(const struct readers *readers);
/* Of the last word that was a script: what its shell may be. "sh" may be any. */
unsigned readers_shells(const struct readers *readers);

/* What a shell of that name may be; 0: it is none, or its quoting is not known. */
unsigned readers_shells_named(const char *name);

#endif
