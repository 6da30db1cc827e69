#! /bin/sh
# Several lines a task, -L, as in GNU parallel.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
. "$CPOOL_SRCDIR/tests/cli/parallel-lib.inc"

same_as_parallel <<'LINES'
P -L1 echo '[{}]' :::: gap
P -L2 echo :::: abc
P -L2 echo '[{}]' ::: a b c
printf 'a \nb\nc\nd\n' | P -L1 echo
printf 'a \nb\nc\nd\n' | P -L2 echo
printf 'a \n' | P -L1 echo
P -L2 echo ::: a b ::: c d
P -L2 -n1 echo :::: abc
printf 'a \n' | P -L1 printf '%s_'
printf 'a \nb c\nd\n' | P -L1 printf '%s_'
printf 'a \nb c\nd\n' | P -L2 printf '%s_' {}
LINES
