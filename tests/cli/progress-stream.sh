#! /bin/sh
# Where a command reads block after block it is blocks that are counted: never more than there are, and all of them at the end.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
seq 20000 >numbers
expect_status 0 cpool -j2 --bar --pipe --filter --block 5k wc -l <numbers
count=$(sed -n 's,.*\] \([0-9]*\)/\([0-9]*\)$,\1 \2,p' err | tail -n 1)
[ "${count% *}" -gt 10 ] || fail "$(cat err)"
[ "${count% *}" -eq "${count#* }" ] || fail "$(cat err)"
expect_err_match '^cpool: 100% '
# Through a pipe, too; and with commands that fail, each of which had several.
seq 20000 | cpool -j2 --bar --pipe --filter --block 5k sh -c 'cat >/dev/null; exit 3' 2>err
expect_err_match '^cpool: 100% \[#*\] ([0-9]+)/\1, [12] failed$'
# Commands that want no more leave the rest unread, which is not done.
seq 200000 | cpool -j1 --bar --pipe --filter --block 5k head -n 1 >out 2>err
expect_out 1
grep -q '100%' err && fail "$(cat err)"
expect_status 125 cpool --pipe --filter --halt now,fail=50% cat <numbers
expect_err_match '^cpool: --halt: a percentage: '
