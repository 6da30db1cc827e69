#! /bin/sh
# --summary says when it was the input that was slow.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkfifo in
(
    echo a
    until [ -e a ]; do sleep 0.05; done
    sleep 0.5
    echo b
) >in &
start cpool -j1 --summary touch <in
expect_end_soon 0
tr -s ' \n' ' ' <err >text
grep -q '[0-9]* % was lost while the input had nothing for them' text || fail "not told: $(cat text)"
