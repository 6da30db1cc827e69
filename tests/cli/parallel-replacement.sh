#! /bin/sh
# What {} and its kin stand for, and another word for {}, -I, as in GNU parallel.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
. "$CPOOL_SRCDIR/tests/cli/parallel-lib.inc"

same_as_parallel <<'LINES'
P echo '[{}]' '[{.}]' '[{/}]' '[{//}]' '[{/.}]' ::: a.b/c .hid a/.hid . .. a.b. x.tar.gz /a /a.b ./x.y
P echo '[{}]' '[{.}]' '[{//}]' ::: / // a/ a// a/b.c/
P echo '[{}]' '[{.}]' '[{/}]' '[{//}]' '[{/.}]' ::: '' ' ' ' .x' '-n' 'a b/c d.e f'
P echo {} {#} x{}x{}{} ::: a b
P echo {#}{#}:{%}:{} ::: a
P echo pre{}post{.}{/} ::: d/a.b
P -I ,, echo ,, '{}' ::: a.b
P -I ,, echo ,,.,, ::: a.b
P -I ,, echo {2} ::: a.b
P -I ,, echo x ::: a.b
P -I,, echo x,,y ::: a b
P -I % echo a%b ::: 1 2
P -I {x} echo {x} ::: a
P -I ,, echo ,, ::: a ::: b
P -I ,, -X -j1 echo x,,y ::: a b
P -I ,, -n2 echo x,,y ::: a b
LINES
