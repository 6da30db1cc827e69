#! /bin/sh
# Columns of several sources, in batches, and with other ways to tell items apart, as GNU parallel has them.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
. "$CPOOL_SRCDIR/tests/cli/parallel-lib.inc"

same_as_parallel <<'LINES'
P -C , echo {1} {2} {3} ::: a,b c,d ::: e f
P -C - echo ::: a-b c ::: e-f g
P -C - echo {} ::: a-b c ::: e-f g
P -C , -n2 echo {1} {2} {3} {4} ::: a,b c,d e,f
P -C , -N2 echo {1} {2} {3} {4} ::: a,b c,d e,f
P -C , -n2 echo ::: a,b c,d e,f
P -C , --link echo :::: columns ::: 1 2
P -C , echo :::: columns :::+ 1 2
P -C , -0 echo {2} <columns
P -C , -E y,2 echo :::: columns
LINES
