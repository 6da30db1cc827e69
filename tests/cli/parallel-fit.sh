#! /bin/sh
# As many items as fit, -X and -m, as in GNU parallel.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
. "$CPOOL_SRCDIR/tests/cli/parallel-lib.inc"

same_as_parallel <<'LINES'
P -X -j1 echo pre-{}-post ::: a b c
P -m -j1 echo pre-{}-post ::: a b c
P -X -j1 echo pre-{}-post x-{}-y ::: a b c
P -m -j1 echo pre-{}-post x-{}-y ::: a b c
P -X -j1 echo {.}-{/} ::: a.x d/b.y c.z
P -m -j1 echo {.}-{/} ::: a.x d/b.y c.z
P -X -j1 echo {#}:{} ::: a b
P -X -j1 echo ::: 'a b' "it's"
P -m -j1 printf '%s_' x{}y ::: 'a b' c
P -X -j1 printf '%s_' x{}y ::: 'a b' c
P -X -j2 echo {}{} ::: 1 2 3
P -X -j2 echo x{} y{} ::: 1 2 3 4
P -X -j1 echo {} ::: a b ::: c d
P -m -j1 echo x{}y ::: a b ::: c d
P -n3 -X echo pre-{}-post ::: a b c d e
P -n3 -m echo pre-{}-post ::: a b c d e
P -X -N2 echo {1}x{2} ::: a b c
P -L2 -X echo pre-{}-post ::: a b c
LINES
