#! /bin/sh
# kill -9 of cpool at any moment of the start-up leaves nothing.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

echo cpool >"$_work/command"
for moment in 0 1 2 3 4 5 6 7 8 9 10 12; do
    start cpool -j2 --grace 0.1 sh -c 'trap "" TERM; sleep 1000 & sleep 1000' ::: 1 2
    sleep "$(printf '0.%03d' "$moment")"
    kill -KILL "$started"
    expect_end_soon 137
done
# Within the time that leaving the test gives anyway.
none () { [ -z "$(_stragglers "$CPOOL_TEST_ID")" ]; }
wait_for none
