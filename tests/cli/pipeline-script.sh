#! /bin/sh
# sh -c SCRIPT can be any of the programs; its items are arguments and a | in the script is its own.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

hostile='$(touch hacked) "; touch hacked'
expect_status 0 cpool sh -c 'echo "{}" | cat' '|' sh -c 'cat; echo {} | tail -1' '|' cat ::: "$hostile" b
expect_out "$hostile" "$hostile" b b
[ ! -e hacked ] || fail 'an item was run'
expect_status 0 cpool echo 'a|b' '||' ::: '|'
expect_out 'a|b || |'
expect_status 0 cpool -c echo '{} | tr a b' '|' cat ::: a
expect_out b
