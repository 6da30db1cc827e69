#! /bin/sh
# With --filter each item is a task: those that were done never reach the filter, also where it keeps its answers back.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
seq 1 3000 >list
expect_status 0 cpool -a list --joblog log --filter sed s/^/x/
awk '{ print } $1 % 7 == 0 { print "new" $1 }' list >longer
expect_status 0 cpool -a longer --joblog log --resume --filter sed s/^/x/
sed -n 's/^new/xnew/p' longer >wanted
expect_out_file wanted
expect_status 0 cpool -a longer --joblog log --resume --filter sed s/^/x/
expect_out_empty
grep -q "	sed s/^/x/ <<<new7\$" log || fail "$(head log)"
# It sees only what is new.
expect_status 0 cpool -j1 -a list --joblog seen --filter sh -c 'tee -a got'
echo last >>list
rm got
expect_status 0 cpool -j1 -a list --joblog seen --resume --filter sh -c 'tee -a got'
[ "$(cat got)" = last ] || fail "$(cat got)"
