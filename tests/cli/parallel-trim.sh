#! /bin/sh
# Items left out, changed or mixed, -E, --trim, -r and --shuf, as in GNU parallel.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
. "$CPOOL_SRCDIR/tests/cli/parallel-lib.inc"

same_as_parallel <<'LINES'
P -E b echo ::: a b c
P -E b echo :::: abc
P -E b echo :::: abc abc
P -E b echo ::: a b c ::: x y
P -E _ echo ::: a _b c_ _ d
P -E b -n2 echo ::: a b c
printf '  a b  \n' | P --trim n printf '[%s]'
printf '  a b  \n' | P --trim l printf '[%s]'
printf '  a b  \n' | P --trim r printf '[%s]'
printf '  a b  \n' | P --trim lr printf '[%s]'
printf '\t\ta b\t \n' | P --trim rl printf '[%s]'
P --trim lr printf '[%s]' ::: ' a ' '  '
P -r echo hi </dev/null
P --shuf echo ::: a b c d | sort
P --shuf -n0 echo {#} ::: a b c d
LINES
