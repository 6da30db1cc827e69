#! /bin/sh
# ^Z stops all programs of a task, and fg lets all go on. (They start none: a shell that vforks could not be seen to stop.)
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

[ -r /proc/self/stat ] || skip 'no /proc'
mkfifo go
start cpool sh -c 'echo $$ >first; read -r _ <go; echo done' '|' sh -c 'echo $$ >second; read -r line; echo "$line"' ::: x
wait_for test -s first
wait_for test -s second
is () { [ "$(state "$1")" = "$2" ]; }
kill -TSTP "$started"
for pid in "$started" "$(cat first)" "$(cat second)"; do wait_for is "$pid" T; done
kill -CONT "$started"
wait_for is "$(cat second)" S
echo >go
expect_end_soon 0
expect_out 'done'
