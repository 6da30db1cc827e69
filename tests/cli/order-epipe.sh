#! /bin/sh
# In each order a reader that has seen enough ends the run, quietly.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

for order in --as-completed --line-buffer --interleave; do
    { cpool -j2 $order sh -c 'seq 50000' ::: $(seq 1000) 2>err; echo $? >status; } | head -n 1 >first
    [ "$(cat first)" = 1 ] || fail "$order: $(cat first)"
    [ "$(cat status)" -eq 141 ] || fail "$order: ended with $(cat status)"
    [ ! -s err ] || fail "$order: $(cat err)"
done
