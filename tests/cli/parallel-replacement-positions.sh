#! /bin/sh
# Replacement strings of several sources, and what is none, as in GNU parallel.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
. "$CPOOL_SRCDIR/tests/cli/parallel-lib.inc"

same_as_parallel <<'LINES'
P echo {2} {1} ::: a b ::: c d
P echo {-1} {-2} ::: a b ::: c d
P echo {-1.} {-2/} {-1//} {-1/.} ::: a.x e/f.g ::: c/d.y
P echo {1/.} {1.} {1//} {1/} ::: d/e.f g
P echo {2}{1/.} ::: d/e.f g ::: h
P echo x{2}y{-2}z {1} ::: a ::: b
P echo {} {} ::: a b ::: c
P echo x{}y ::: a b ::: c d
P echo {.} ::: a.b ::: c.d
P echo {/} {//} {/.} ::: x/a.b ::: y/c.d
P echo '{ }' '{a}' '{}' '{1x}' '{..}' '{+/}' ::: 1
P echo '{' '}' ::: 1
P 'x=5; echo ${x}{}' ::: 1
P 'x=5; echo ${#x}{} $#' ::: 1
P 'echo $PARALLEL_SEQ $PARALLEL_JOBSLOT {}' ::: a
LINES
