#! /bin/sh
# A task that fails is named as it happens, behind what it has written; the eleventh and more are only counted.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkfifo gate
start sh -c 'exec cpool -j1 sh -c "echo of \$1; [ \$1 != 4 ] || read -r _ <gate; exit \$1" _ ::: 0 3 4 2>&1'
# While another one still runs.
wait_for grep -qx "cpool: item 2 '3': exit status 3" out
echo >gate
expect_end 2
[ "$(cat out)" = "of 0
of 3
cpool: item 2 '3': exit status 3
of 4
cpool: item 3 '4': exit status 4
cpool: 2 of 3 tasks failed" ] || fail "$(cat out)"
# Of the tries of a task only the last; of what was ended with the run, nothing.
expect_status 1 cpool --retries 3 false ::: a
[ "$(cat err)" = "cpool: item 1 'a': exit status 1 at the last of 3 tries
cpool: 1 of 1 tasks failed" ] || fail "$(cat err)"
expect_status 7 cpool -j2 --halt now,fail=1 sh -c '[ "$1" = a ] || exit 7; exec sleep 1000' _ ::: a b
[ "$(cat err)" = "cpool: item 2 'b': exit status 7
cpool: 1 of 1 tasks failed" ] || fail "$(cat err)"
# shellcheck disable=SC2046
expect_status 13 cpool -j1 false ::: $(seq 13)
[ "$(sed -n '10,$p' err)" = "cpool: item 10 '10': exit status 1
cpool: and 3 more (--failed FILE keeps them)
cpool: 13 of 13 tasks failed" ] || fail "$(cat err)"
# shellcheck disable=SC2046
expect_status 13 cpool -j1 --failed list false ::: $(seq 13)
[ "$(sed -n 11p err)" = 'cpool: and 3 more (--failed has them all)' ] || fail "$(cat err)"
# Where there is a record of each, only the count.
for option in --json '--results kept' '--results kept.csv'; do
    # shellcheck disable=SC2086
    expect_status 2 cpool $option false ::: a b
    [ "$(cat err)" = 'cpool: 2 of 2 tasks failed' ] || fail "$option: $(cat err)"
done
# What cpool has said already it does not say twice.
expect_status 1 cpool square 3 x
[ "$(cat err)" = "cpool: square: 'x': not a whole number from 0 up
cpool: 1 of 2 tasks failed" ] || fail "$(cat err)"
seq 100000 | sed 's/$/x/' | cpool square >out 2>err
[ "$(tail -n 1 err)" = 'cpool: 100000 of 100000 tasks failed' ] || fail "$(tail -n 2 err)"
[ "$(wc -l <err)" -eq 100001 ] || fail "$(wc -l <err)"
# A block has no other name than its number.
seq 3 | cpool --pipe -N 1 false >out 2>err && fail 'it did not fail'
grep -qx 'cpool: block 2: exit status 1' err || fail "$(cat err)"
