#! /bin/sh
# --halt ends the run at the first item that fails.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

seq 1000 >in
for when in now soon; do
    expect_status 7 cpool -j1 --halt $when,fail=1 --filter 'while read -r x; do [ "$x" != 3 ] || exit 7; echo "$x"; done' <in
    expect_out 1 2
    expect_err_match '^cpool: .3.: the filter ended with status 7 before it answered$'
done
