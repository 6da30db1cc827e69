#! /bin/sh
# Several items a task, each with a place, -N, as in GNU parallel.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
. "$CPOOL_SRCDIR/tests/cli/parallel-lib.inc"

same_as_parallel <<'LINES'
P -N2 echo ::: a b c
P -N2 echo '[{}]' ::: a b c
P -N2 echo {} {1} ::: a b c
P -N3 echo {1}:{2}:{3} ::: a b c d
P -N3 echo {3}{2}{1}: ::: a b c d
P -N2 echo pre-{1}-{2}-post {#} ::: a b c
P -N2 echo {1.} {2/} {-1} ::: a.x d/b.y c.z e
P -N2 echo {1} {2} {3} {4} ::: a b ::: c d
P -N3 echo ::: a b ::: c d
P -N1 echo {1} ::: a b
P -N0 echo hi ::: 1 2 3
P -N2 'echo "<{1}>" "<{2}>"' ::: a b c
P -N2 printf '[%s]' {1} {2} x ::: a b c
LINES
