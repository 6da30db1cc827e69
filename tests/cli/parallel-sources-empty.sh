#! /bin/sh
# Sources that are empty, end oddly or do not exist, as GNU parallel has them.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
. "$CPOOL_SRCDIR/tests/cli/parallel-lib.inc"

same_as_parallel <<'LINES'
P echo '[{}]' ::: '' a
P echo ::: '' a ::: b
P echo :::
P echo x :::
P echo :::: none
P -a none echo
P echo </dev/null
P echo :::: gap
P echo :::: unended
P echo :::: nowhere
P -a nowhere echo
P echo :::: abc nowhere
LINES
