#! /bin/sh
# Several items a task, -n, as in GNU parallel.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
. "$CPOOL_SRCDIR/tests/cli/parallel-lib.inc"

same_as_parallel <<'LINES'
P -n2 echo ::: a b c d e
P -n 2 echo pre-{}-post ::: a b c d e
P -n2 echo '[{}]' x '[{}]' ::: a b c
P -n2 echo {.} {/} ::: a.x d/b.y c.z
P -n2 echo pre-{.}-post ::: a.x d/b.y c.z
P -n2 printf '%s_' x{}y ::: 'a b' c
P -n2 echo {#} {} ::: a b c
P -n3 echo {1}:{2}:{3} ::: a b c d
P -n2 echo ::: a b ::: c d
P -n2 echo {1}-{2} ::: a b ::: c d
P -n0 echo {#} ::: 1 2 3
LINES
