#! /bin/sh
# --functions: each function on a line with what it does.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool --functions
for name in count countdown fib gen_fib identity nap pid power square; do
    grep -Eq "^$name +[A-Z]+ +[a-zA-Z]" out || fail "$name is missing"
done
[ "$(awk 'length > 80' out | wc -l)" -eq 0 ] || fail 'a line is longer than 80 columns'
sort -c out || fail 'not sorted'
