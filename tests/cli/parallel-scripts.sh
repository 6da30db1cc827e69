#! /bin/sh
# One word with shell characters is a script, in which an item is one word, as in GNU parallel.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
. "$CPOOL_SRCDIR/tests/cli/parallel-lib.inc"

same_as_parallel <<'LINES'
P 'printf "%s\n" {}' ::: 'a  b' "it's" 'x"y' '$HOME' '`id`' 'a\b' '*' ';ls' '#' '~' '$(id)' '&' '|' '>x' '!' '' 'é'
P 'echo {}; echo {}' ::: a 'b c'
P 'for i in 1 2; do echo {}$i; done' ::: a b
P 'echo {} | cat' ::: a 'b  c'
P 'cat {} >{}.new; cat {}.new' ::: abc 123
P 'wc -l <{}' ::: abc 123
P 'echo "{}"' ::: ab cd
P "echo '{}'" ::: ab cd
P 'a() { echo x$1; }; a' ::: 1 2
P 'x=$(echo {}); echo $x' ::: 'a b'
P 'if [ {} = a ]; then echo yes; else echo no; fi' ::: a b
P 'case {} in a) echo yes ;; *) echo no ;; esac' ::: a b
P 'echo {.} {/} {//} {/.}' ::: 'd/a b.c'
P 'test -s {} && echo {} || echo empty {}' ::: abc none
P 'echo {2} {1}' ::: a 'b c' ::: 1 2
P -C , 'echo {2} {1}' :::: columns
P 'printf "[%s]" {#} {}' ::: a b
P 'echo out; echo err >&2; exit 3' ::: a
P 'set -- 1 2; echo $# {}' ::: a
LINES
