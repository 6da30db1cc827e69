#! /bin/sh
# TERM at any moment of the start-up ends cpool by TERM, and leaves nothing.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

echo cpool >"$_work/command"
for moment in 0 1 2 3 4 5 6 7 8 9 10 12 15 20; do
    start cpool -j2 --grace 0.2 sleep ::: 1000 1000
    sleep "$(printf '0.%03d' "$moment")"
    kill -TERM "$started"
    expect_end 143
done
