#! /bin/sh
# --halt with functions: the tasks that the rule is about are looked at one by one, in order.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 1 cpool -j1 --halt now,fail=1 square 1 2 x 4 5
expect_out 1 4
expect_status 0 cpool -j1 --halt soon,success=2 square 1 x 2 3
expect_out 1 4
expect_status 2 timeout 20 cpool -j2 --halt now,fail=2 square x y nap nap
seq 100000 >in
expect_status 0 cpool -j2 --halt soon,done=1000 identity <in
# What was begun may finish.
count=$(wc -l <out)
{ [ "$count" -ge 1000 ] && [ "$count" -le 1002 ]; } || fail "$count done"
