/*
 * script_why: why a replacement string can't stand where it does, in the words that the user is told; printed
 * behind "'{}' in the script: ". Only for the files that include script_internal.h.
 */
#ifndef CPOOL_SCRIPT_WHY_H
#define CPOOL_SCRIPT_WHY_H

/* What the shell would evaluate. */
#define WHY_ARITHMETIC "arithmetic could run it as code; write $(({})), which takes only whole numbers"
#define WHY_TEST       "this test could run it as code; write $(({})), which takes only whole numbers"
#define WHY_INDEX      "NAME[ ] could run it as code; write $(({})) for an index, '[' for a bracket"
#define WHY_CODE       "the shell would run it as code; write x={} before, and '\"$x\"' here"
#define WHY_SCRIPT     "another shell would run it as code; write sh -c '... \"$1\" ...' _ {}"
#define WHY_FOREIGN                                                                                          \
    "that shell's quoting is not known here; "                                                               \
    "hand {} over behind the script, as an argument"
#define WHY_DOUBTFUL "it may be a shell's script; write -c elsewhere, or sh -c '... \"$1\" ...' _ {}"
#define WHY_JOINED                                                                                           \
    "its words are read again as code; "                                                                     \
    "write printf '%s\\0' {} | ssh HOST xargs -0 COMMAND"
#define WHY_SPLIT "what $(...) makes of it is cut into words there; write quotes around: \"$(...)\""
#define WHY_RESULT                                                                                           \
    "arithmetic could run what $(...) makes of it as code; "                                                 \
    "x=$(...), check $x, and use that"
#define WHY_BUILTIN        "this shell takes it for arithmetic, which could run it as code; write $(({}))"
#define WHY_FORMAT         "this shell takes numbers for arithmetic, which could run it; write $(({})), or %s"
#define WHY_HIDDEN         "which command gets it can't be told, and some run it as code; write its name out"
#define WHY_INPUT          "a shell reads its commands there; write sh -c '... \"$1\" ...' _ {}"
#define WHY_OPTION         "it could be an option that runs code; write -- before it"
#define WHY_NAME           "as the name of a variable it could be run as code; write the name out"
#define WHY_DECLARE        "it could be run as code here; write x={} as a command of its own"
#define WHY_VARIABLE       "this variable could run it as code; give it another value, or a number by $(({}))"
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
#define WHY_INTEGER                                                                                          \
    "it stands behind a declaration that makes variables run data; "                                         \
    "leave out its options"
#define WHY_OPTIONS "it stands behind a command that changes how the script is read; leave that out"
#define WHY_COPROC  "it stands behind 'coproc', which shells read differently; leave that out"

#endif
