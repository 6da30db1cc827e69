#! /bin/sh
# ^Z stops filters and cpool; when it goes on, so do they, and the time limit has not run meanwhile.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

[ -r /proc/self/stat ] || skip 'no /proc'
mkfifo go
start cpool -j1 --timeout 2 --filter sh -c 'echo $$ >pid; while read -r x; do read -r _ <go; echo "$x"; done' ::: a
wait_for test -s pid
filter=$(cat pid)
is () { [ "$(state "$1")" = "$2" ]; }
kill -TSTP "$started"
wait_for is "$started" T
wait_for is "$filter" T
sleep 2.2 # longer than the limit
kill -CONT "$started"
wait_for is "$filter" S
echo >go
expect_end_soon 0
expect_out a
