#! /bin/sh
# An endless input ends with whoever reads the output, or with a halt; a full disk is told.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need timeout
mkfifo in
yes >in &
timeout 20 sh -c 'cpool -j2 --pipe cat <in; echo $? >status' | head -n 1 >out
expect_out y
[ "$(cat status)" -eq 141 ] || fail "$(cat status)"
yes >in &
expect_status 1 timeout 20 cpool -j2 --pipe --halt now,fail=1 false <in
yes >in &
expect_status 0 timeout 20 cpool -j2 --pipe --halt soon,done=2 wc -l <in
wait
[ -w /dev/full ] || exit 0
seq 400000 >lines
timeout 20 cpool --pipe cat <lines >/dev/full 2>err
[ $? -eq 125 ] || fail 'lost output is no error'
grep -q '^cpool: standard output: ' err || fail "$(cat err)"
