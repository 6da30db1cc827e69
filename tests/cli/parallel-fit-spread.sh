#! /bin/sh
# The last items are shared among the jobs, with -X and -m, as in GNU parallel.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
. "$CPOOL_SRCDIR/tests/cli/parallel-lib.inc"

same_as_parallel <<'LINES'
P -X -j3 echo ::: 1 2 3 4 5 6 7 8 9 10
P -X -j4 echo ::: 1 2 3 4 5 6 7 8 9 10
P -m -j4 echo ::: 1 2 3 4 5 6 7 8 9 10
P -X -j3 echo ::: 1 2 3 4 5 6 7 8 9
P -X -j20 echo ::: 1 2 3 4 5
P -X -n2 -j2 echo ::: 1 2 3 4 5
P -X -n4 -j2 echo ::: 1 2 3 4 5 6 7 8 9
P -X -n100 -j2 echo ::: 1 2 3 4 5 6 7 8 9
seq 20 | P -X -j4 echo
P -X -n3 -j3 echo ::: 1 2 3 4 5 6
P -X -n3 -j3 echo ::: 1 2 3
seq 4 >f4; P -a f4 -m -n4 -j2 echo
P -X -j2 -C , echo {1}-{} :::: columns
P -X -j2 echo {1}-{2} ::: a b ::: 1 2
LINES
