#! /bin/sh
# After kill -9 of cpool itself workers that wait for items go.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need pgrep
mkfifo in
exec 8<>in
for what in echo square; do
    start cpool -j2 "$what" <in 8>&-
    echo 1 >&8
    wait_for test -s out
    workers=$(pgrep -P "$started")
    kill -KILL "$started"
    expect_end 137
    gone () { ! alive "$1"; }
    for worker in $workers; do
        wait_for gone "$worker"
    done
done
