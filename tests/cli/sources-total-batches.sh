#! /bin/sh
# With -X the number of batches is not known before; {##} says so rather than a wrong number.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

seq 10 >ten
cpool -X -n4 -j4 echo '{##}' {} :::: ten >out 2>err
status=$?
if [ "$status" -eq 0 ]; then
    [ "$(grep -c "^$(wc -l <out) " out)" -eq "$(wc -l <out)" ] || fail "wrong numbers: $(cat out)"
else
    [ "$status" -eq 125 ] || fail "ended with $status"
    expect_err_match '##.*--total'
fi
