#! /bin/sh
# The machine stopped in the midst of a line: that task is not taken for done, nor is another whose line begins the same.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
expect_status 0 cpool -j1 --joblog log echo ::: 1 22
printf '3\t:\t1.000\t     0.001\t0\t2\t0\t0\techo 3' >>log
expect_status 0 cpool -j1 --joblog log --resume echo ::: 1 22 3 33
expect_out 3 33
expect_err_match '^cpool: warning: --joblog: log: its last line is torn'
[ "$(cut -f 9 log)" = "$(printf 'Command\necho 1\necho 22\necho 3\necho 33')" ] || fail "$(cat log)"
# Without a task that is missing, too.
printf '5\t:\t1.0' >>log
expect_status 0 cpool --joblog +log echo ::: 4
[ "$(tail -n 1 log | cut -f 9)" = 'echo 4' ] || fail "$(cat log)"
[ "$(awk -F'\t' '{ print NF }' log | sort -u)" = 9 ] || fail "$(cat log)"
