#! /bin/sh
# The exit status is the number of tasks that failed, as in GNU parallel.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
. "$CPOOL_SRCDIR/tests/cli/parallel-lib.inc"

same_as_parallel <<'LINES'
P true ::: a b c
P false ::: a b c
P 'exit {}' ::: 1 2 0 3
P 'exit {}' ::: 255
P 'exit {}' ::: $(seq 100)
P 'exit {}' ::: $(seq 102)
P 'kill -9 $$; : {}' ::: a
P 'exit {}' :::
P --halt soon,fail=1 -j1 'echo {}; exit {}' ::: 0 7 0
P --halt now,fail=1 -j1 'echo {}; exit {}' ::: 0 200 0
P --halt now,fail=1 -j1 'kill -9 $$; : {}' ::: a
P --halt now,success=1 -j1 'echo {}; exit {}' ::: 1 0 3
P --halt 1 -j1 'echo {}; exit {}' ::: 0 7 0
P --timeout 1 sleep ::: 10
P --nosuchoption echo ::: a >/dev/null
P -j echo ::: a >/dev/null
P --trim x echo ::: a
P --halt x echo ::: a
P --timeout x echo ::: a
P -a nowhere echo
LINES
