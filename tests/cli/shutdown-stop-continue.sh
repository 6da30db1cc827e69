#! /bin/sh
# ^Z stops tasks and cpool; when it goes on, so do they, and the time limit has not run meanwhile.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

[ -r /proc/self/stat ] || skip 'no /proc'
mkfifo go
start cpool -j1 --timeout 2 sh -c 'echo $$ >pid; read -r _ <go; echo done' ::: x
wait_for test -s pid
task=$(cat pid)
is () { [ "$(state "$1")" = "$2" ]; }
kill -TSTP "$started"
wait_for is "$started" T
wait_for is "$task" T
sleep 2.2 # longer than the limit
kill -CONT "$started"
wait_for is "$task" S
echo >go
expect_end_soon 0
expect_out 'done'
