#! /bin/sh
# -n N over many blocks of input: nothing lost, nothing doubled.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

seq 20000 >in
expect_status 0 cpool -j2 -n 333 echo <in
tr ' ' '\n' <out | cmp -s - in || fail 'other items came out than went in'
[ "$(wc -l <out)" -eq 61 ] || fail "$(wc -l <out) commands instead of 61"
