#! /bin/sh
# Where an item ends, -0 and -d, and that its bytes stay, as in GNU parallel.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
. "$CPOOL_SRCDIR/tests/cli/parallel-lib.inc"

same_as_parallel <<'LINES'
P -0 echo <null
P -0 echo :::: null
P -0 -n2 echo <null
P -d '\0' echo <null
printf 'a,b,c' | P -d , echo
printf 'a,b,c\n' | P -d , printf '[%s]'
printf 'a,,b' | P -d , printf '[%s]'
printf 'a:b\\c' | P -d : printf '%s_'
printf 'a\tb' | P -d '\t' echo
printf 'a b' | P -d ' ' echo
printf 'aXb' | P -dX echo
P -d '\n' echo :::: abc
printf 'a\r\nb\r\n' | P echo
printf ' lead\ntrail \n\ttab\n' | P printf '[%s]'
printf '\n\n' | P printf '[%s]'
printf 'my $HOME "q" \\x\n' | P printf '%s_'
printf 'a\377b\n' | P echo
LINES
