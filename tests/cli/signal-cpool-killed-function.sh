#! /bin/sh
# After kill -9 of cpool itself workers that compute or sleep go.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need pgrep
for items in 'fib 90 90' 'nap 1000 1000'; do
    # shellcheck disable=SC2086
    start cpool -j2 $items
    both () { [ "$(pgrep -c -P "$started")" -eq 2 ]; }
    wait_for both
    workers=$(pgrep -P "$started")
    kill -KILL "$started"
    expect_end 137
    gone () { ! alive "$1"; }
    for worker in $workers; do
        wait_for gone "$worker"
    done
done
