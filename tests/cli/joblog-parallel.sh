#! /bin/sh
# A log of GNU parallel's is gone on from, and one of ours has what its reader looks for.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
need parallel
parallel --will-cite --joblog log echo '{}' ::: a 'b c' 'it&' >/dev/null 2>&1 || skip 'this parallel does not'
[ "$(wc -l <log)" -eq 4 ] || skip 'this parallel writes no log'
expect_status 0 cpool --joblog log --resume echo ::: new 'it&' 'b c' a
expect_out new
# It goes by numbers, and finds the first one done.
rm log
expect_status 0 cpool --joblog log echo ::: a
expect_status 0 parallel --will-cite --joblog log --resume echo '{}' ::: a b
expect_out b
