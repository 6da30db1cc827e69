#! /bin/sh
# A worker that crashes: the item it was on is named with its number and the signal; the others have their answers.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need pgrep
[ -r /proc/self/stat ] || skip 'no /proc'
# shellcheck disable=SC3045 # dash, bash and ksh have it
ulimit -c 0
sanitized && skip 'the sanitizers catch the signal'
start cpool -j1 --chunk 5 fib 10 11 90 12 13
computing () {
    worker=$(pgrep -P "$started") && [ "$(sed 's/.*) //' "/proc/$worker/stat" | cut -d ' ' -f 12)" -gt 5 ]
}
wait_for computing
kill -SEGV "$worker"
expect_end_soon 1
expect_out 55 89 144 233
expect_err_match '^cpool: item 3 .90.: lost: its worker was ended by SIGSEGV; the other items go on$'
expect_err_match '^cpool: 1 of 5 tasks failed$'

# The same for one that supervises a command.
expect_status 1 cpool -j2 sh -c 'if [ "$1" = 2 ]; then kill -SEGV $PPID; exit 9; fi; echo "$1"' _ ::: 1 2 3
expect_out 1 3
expect_err_match '^cpool: item 2 .2.: lost: its worker was ended by SIGSEGV'
