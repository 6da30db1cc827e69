#! /bin/sh
# How long a command line may be, -s and -x, as in GNU parallel.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
. "$CPOOL_SRCDIR/tests/cli/parallel-lib.inc"

same_as_parallel <<'LINES'
P -m -s30 -j2 echo ::: $(seq 20)
P -X -s20 -j1 echo ::: $(seq 10)
P -X -n3 -s8 -j1 echo ::: a b c d
P -m -j3 -s 40 echo ::: $(seq 40)
P -X -x -s8 -j1 echo ::: a aaaaaaaaaaaaa b >/dev/null
LINES
