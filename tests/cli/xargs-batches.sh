#! /bin/sh
# The command lines of xargs that mean the same here: items by -0 or -d, batches by -n, -L and -s.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
. "$CPOOL_SRCDIR/tests/cli/parallel-lib.inc"

same_as_xargs <<'LINES'
P -0 -n1 echo <null
P -0 -n 2 echo <null
P -0 -n1 printf '[%s]' <null
P --null --max-args=1 echo <null
P -0 -n3 -P2 printf '[%s]' <null
P -0 -n1 echo pre <null
P -d, -n1 echo <columns
P -d , -n1 printf '[%s]' <columns
P -d '\n' -n1 echo <table
P -d '\n' -n2 echo <table
P --delimiter='\n' -n1 echo <gap
P -d '\t' -n1 printf '[%s]' <table
printf 'aAbAc' | P -d '\x41' -n1 echo
printf "it's \"q\" \\\\x\n" | P -d '\n' -n1 echo
printf ' lead\ntrail \n' | P -d '\n' -n1 printf '[%s]'
printf 'a b\0\0c' | P -0 -n1 printf '[%s]'
seq 10 | P -n3 echo
seq 10 | P -n 4 echo pre
seq 10 | P --max-args 5 echo
seq 3 | P -L1 echo
seq 3 | P -L2 echo
printf 'a \nb\nc\nd\n' | P -L1 echo
printf 'a \nb\nc\nd\n' | P -L2 echo
printf 'a \0b\0c\0' | P -0 -L1 printf '[%s]'
printf 'a \nb\nc\n' | P -d '\n' -L2 printf '[%s]'
seq 5 | P -L1 -n4 echo
seq 5 | P -n4 -L1 echo
seq 5 | P -L2 -n1 -L3 echo
seq 20 | P -n20 -s 30 echo
seq 20 | P -s 30 -n3 echo
seq 100000 | P -n5000 sh -c 'echo $#' sh
{ P -n1 -E 2 echo; cat; } <123
{ read -r x; P -n2 -E 3 echo; cat; } <123
P -a abc -n1 echo
P --arg-file=abc -n2 echo
P -r -n1 echo hi </dev/null
seq 9 | P -P3 -n9 echo
seq 3 | P -n1 -t echo 2>&1 >/dev/null
LINES
