/*
 * script_names: what names and words mean to shells: commands that evaluate their arguments, keywords,
 * operators and variables that evaluate. Tables, and looking things up in them; script_words.c says what
 * follows from it.
 */
#ifndef CPOOL_SCRIPT_NAMES_H
#define CPOOL_SCRIPT_NAMES_H

#include "template/script_internal.h"

/* Shells whose [ takes both sides of -gt for arithmetic; and whose printf does so with what %d prints. */
#define TESTS_EVALUATE   (READERS_MKSH | READERS_KSH93)
#define FORMATS_EVALUATE (READERS_ZSH | READERS_KSH93)

/* Commands of the shell that evaluate their arguments, or change how the shell reads. */
struct evaluator {
    const char *name;
    unsigned shells;     /* in which; 0: in all */
    bool prefix;         /* a command comes next */
    bool all;            /* all arguments are evaluated */
    bool but_values;     /* not VALUE in NAME=VALUE */
    bool attached;       /* what is evaluated by an option may be in the same word */
    const char *all_by;  /* options with which all are, values too */
    const char *next_by; /* options with which the next one is */
    bool tests;          /* what is beside an operator may be, see TESTS_EVALUATE */
    bool formats;        /* what a format or -f says is a number may be, or all by -P, see FORMATS_EVALUATE */
    bool sources;        /* the first argument is a file of commands */
    bool loses;          /* nothing behind it can be judged */
    const char *loses_by;
    const char *why;
};

extern const struct evaluator script_evaluators[];
extern const size_t script_evaluator_count;

struct keyword {
    const char *text;
    enum place place; /* of the word behind it */
    enum kind opens;  /* TOP: nothing */
    bool closes;      /* the case around it */
};

/* NULL: the text is no keyword. */
const struct keyword *script_find_keyword(const char *text);

/* Whether it is an operator of [[ ]] that evaluates its operands. */
bool script_test_evaluates(const char *text);

/* Whether a shell runs what is assigned to the variable, or evaluates it as arithmetic. */
bool script_variable_evaluates(const char *name, size_t length);

#endif
