#! /bin/sh
# --interleave: a line of each running task in turn, whoever is faster.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool -j2 --interleave gen_fib 5 3
expect_out 1 1 1 1 2 2 3 5
expect_status 0 cpool -j1 --interleave gen_fib 3 2
expect_out 1 1 2 1 1
# The first is slow.
cat >task <<'END'
[ "$1" != a ] || until [ -e ended ]; do sleep 0.01; done
for i in 1 2 3; do echo "$1$i"; done
[ "$1" != b ] || : >ended
END
expect_status 0 cpool -j2 --interleave sh task ::: a b
expect_out a1 b1 a2 b2 a3 b3
