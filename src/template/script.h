/*
 * script: where in a script for the shell a replacement string stands, so that the item can be put there as
 * data.
 *
 * An item never becomes part of a script's text. Each replacement string is turned into a reference to a
 * positional parameter, and how that must be written depends on the quotes around it. script_scan finds this
 * out once, when the template is compiled. It reads the grammar of the POSIX shell (and what bash, ksh and
 * zsh add to it) only as far as quoting goes; where a place can't be judged for certain, it says so, and the
 * script is refused: nothing is guessed. Refused, too, is what the shell itself would evaluate again:
 * arithmetic, eval, names of variables, the script of another shell; and so is there what a substitution
 * makes of an item. What is evaluated differs from shell to shell, so it must be said which one will read the
 * script.
 *
 * Two things are left to others. Programs may evaluate their arguments, as awk does: "$1" would be no safer
 * there. And nobody follows an item on its way through a variable, a pipe or a file: x={}; echo $((x)).
 *
 * Pure: bytes in, struct out.
 */
#ifndef CPOOL_SCRIPT_H
#define CPOOL_SCRIPT_H

#include "template/readers.h"

enum script_context {
    SCRIPT_PLAIN,      /* outside of quotes; also within ( ), { }, $( ), or backquotes: write "${1}" */
    SCRIPT_DOUBLE,     /* in "…", or in a here-document that is expanded: write ${1} */
    SCRIPT_SINGLE,     /* in '…': write '"${1}"' */
    SCRIPT_ARITHMETIC, /* in $((…)): write (${1}), and only of a whole number; else data could be run */
    SCRIPT_COMMENT,    /* in a comment: leave it as it is */
};

/* One replacement string. */
struct script_mark {
    size_t at, length; /* where it stands: given */
    /* found: */
    enum script_context context;
    bool backslash; /* DOUBLE: a backslash stands right before it, which means itself: it must be doubled */
    /*
     * PLAIN: where it stands for several items, they must be one word: "${1} ${2}". As words of their own the
     * shell would read them as something else, as in x={} >{} case {} in, or evaluate them: [ {} ].
     */
    bool single;
    /*
     * The shell's word around it, for a word that is to be repeated for each item: an argument, or a word of
     * a list. [at, at) where the word is anything else (a program, an assignment, a file behind > and so on),
     * not only text, quotes and replacement strings, or where one more behind it could be evaluated: [ {} ].
     */
    size_t word_begin, word_end;
};

struct script_facts {
    /*
     * The script may look at, set or shadow the positional parameters: $1, "$@", $#, ${1}, set, shift,
     * getopts, a function, eval, ., source, alias. Then items must be handed over in another way. May be true
     * too often, never too seldom.
     */
    bool uses_parameters;
    /*
     * A blank and "${1}" can be appended: the text ends outside of quotes, comments, here-documents and open
     * brackets, in a command that has a name and does not evaluate its arguments. Not behind a ; or a
     * newline, where the item would be the command.
     */
    bool can_append;
    /* A program that reads its words again, as ssh does, and gets an item as a word of its own; else NULL. */
    const char *reread_by;
    const char *reread_instead; /* what to write instead */
    const char *appends_to;     /* the same, if it would get an item that is appended to the script */
};

struct script_problem {
    size_t mark;     /* which of the marks; count: none of them */
    const char *why; /* fit to be printed behind "'{}' in the script: " */
};

/*
 * `shells` are those of readers.h that may read the script. `marks` are `count` places in ascending order
 * that do not overlap; the scanner takes each as a piece of data, whatever bytes it is made of. 0 with
 * problem->why NULL, or -1 with *problem set. A script without marks is never refused; facts are set in any
 * case.
 */
int script_scan(const char *script, unsigned shells, struct script_mark *marks, size_t count,
                struct script_facts *facts, struct script_problem *problem) ATTR_MUST_CHECK;

#endif
