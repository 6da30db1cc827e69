#! /bin/sh
# A command that fails is one task; it is said how many blocks it had, and no other is given them.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

seq 300000 >in
expect_status 1 cpool -j1 --pipe --filter -N 100000 sh -c 'wc -l; exit 4' <in
expect_out 300000
expect_err_match '^cpool: the command that began with block 1 failed; it had been given 3 blocks$'
expect_err_match '^cpool: 1 of 1 tasks failed$'
expect_err_match '^cpool: block 1: exit status 4$'
expect_status 1 cpool -j1 --pipe --filter -N 100000 sh -c 'cat >/dev/null; kill -SEGV $$' <in
expect_out_empty
expect_err_match '^cpool: 1 of 1 tasks failed$'
expect_err_match '^cpool: block 1: ended by SIGSEGV$'
# It goes on with another, for what is left.
expect_status 1 cpool -j1 --pipe --filter -N 100000 sh -c 'mkdir once 2>/dev/null || exec wc -l; exec head -n 1 nosuchfile' <in
rest=$(cat out)
case $rest in 200000 | 100000) ;; *) false ;; esac || fail "the other was given $rest lines"
