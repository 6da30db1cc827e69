#! /bin/sh
# What would be run, --dry-run, and what is run, -t, as GNU parallel shows them.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
. "$CPOOL_SRCDIR/tests/cli/parallel-lib.inc"

same_as_parallel <<'LINES'
P --dry-run echo {} ::: a 'b c' '$x' '*' ''
P --dry-run echo x ::: a 'b c'
P --dry-run false ::: 3
P --dry-run --tag echo ::: a b
P --dry-run cp {} {.}.bak ::: a.b c
P --dry-run -n2 echo ::: a b c
P --dry-run -X -j1 echo x{} ::: a b
P --dry-run echo {2} {1} ::: a b ::: 1 2
P --dry-run -q echo 'a b' {} ::: c
P -t echo ::: a 'b c' 2>/dev/null
P -j1 -t echo ::: a 'b c' 2>&1 >/dev/null
LINES
