#! /bin/sh
# A run that goes on from a log has it alone. Another one waits, has emptied nothing meanwhile, and is ended by a signal at once.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkfifo gate
cpool --joblog log --resume sh -c '[ "$1" = a ] || { : >running; read -r _ <gate; }' _ ::: a b 2>first &
first=$!
wait_for test -e running
cp log before
for options in '--joblog log' '--joblog=+log' '--joblog log --resume-failed'; do
    # shellcheck disable=SC2086
    start cpool $options echo ::: c
    wait_for grep -Eq '^cpool: --joblog: log: (process [0-9]+, of )?another run,? has it; waiting for it to end$' err
    kill -TERM "$started"
    expect_end_soon 143
    cmp log before || fail "$options: it did not wait"
done
start cpool --joblog log echo ::: c
wait_for grep -q 'has it; waiting' err
echo >gate
wait "$first" || fail "$(cat first)"
expect_end_soon 0
expect_out c
[ "$(wc -l <log)" -eq 2 ] || fail "$(cat log)"
