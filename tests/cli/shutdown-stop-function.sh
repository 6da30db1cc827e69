#! /bin/sh
# ^Z stops workers that compute; when cpool goes on, so do they, and the time limit has not run meanwhile.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

[ -r /proc/self/stat ] || skip 'no /proc'
need pgrep
mkfifo in
exec 8<>in
start cpool -j1 --timeout 2 nap <in 8>&-
echo 0.5 >&8
wait_for pgrep -P "$started"
worker=$(pgrep -P "$started")
is () { [ "$(state "$1")" = "$2" ]; }
kill -TSTP "$started"
wait_for is "$started" T
wait_for is "$worker" T
sleep 2.2 # longer than the limit
kill -CONT "$started"
echo 0.1 >&8
exec 8>&-
expect_end_soon 0
expect_out 0.5 0.1
expect_err_empty
