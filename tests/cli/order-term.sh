#! /bin/sh
# In each order TERM ends the run, and what has been written until then is shown.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

for order in --as-completed --line-buffer --interleave; do
    rm -f begun.*
    # shellcheck disable=SC2016 # sh -c expands it
    start cpool -j2 $order sh -c 'echo "line of $1"; printf "half of $1"; : >"begun.$1"; exec sleep 1000' sh ::: 1 2 3
    wait_for test -e begun.1
    wait_for test -e begun.2
    kill -TERM "$started"
    expect_end_soon 143
    for part in 'line of 1' 'half of 1' 'line of 2' 'half of 2'; do
        grep -q "$part" out || fail "$order: '$part' is missing: $(cat out)"
    done
done
