#! /bin/sh
# Items from words, files and standard input, and every combination of them, as GNU parallel has them.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
. "$CPOOL_SRCDIR/tests/cli/parallel-lib.inc"

same_as_parallel <<'LINES'
P echo ::: a b c
P printf '%s_' ::: 'a  b' "it's" 'x"y' '$HOME' '`id`' 'a\b' '*' ';ls' '#' '~' '-n' '&' '|' '>x'
P echo ::: a b ::: 1 2
P echo ::: a b ::: 1 2 ::: x y
P echo :::: abc
P echo :::: abc 123
P echo :::: abc :::: 123
P echo :::: abc ::: x y
P echo ::: x y :::: abc
P -a abc echo
P -a abc -a 123 echo
P -a abc echo ::: x y
P -a abc -a 123 echo :::: columns ::: x
P -a - echo <abc
P echo <abc
cat abc | P echo
cat abc | P echo :::: -
cat abc | P echo :::: - ::: x y
cat abc | P echo ::: x y :::: -
cat abc | P echo :::: 123 - columns
cat abc | P echo ::: x
cat abc | P -a 123 echo
cat abc | P 'cat; echo {}' ::: 1 2
LINES
