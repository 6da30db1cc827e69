#! /bin/sh
# A reader that does not read can keep neither tasks nor cpool alive when cpool is ended.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkfifo road
exec 8<>road
start sh -c 'exec cpool -j2 --grace 0.2 sh -c "echo \$\$ >\"pid.\$1\"; exec yes" _ ::: 1 2 >road'
wait_for test -s pid.1
wait_for test -s pid.2
kill -TERM "$started"
expect_end_soon 143
for item in 1 2; do
    gone "$(cat "pid.$item")" || fail "task $item is still there"
done

# All tasks are done, but their output can't go out.
start sh -c 'exec cpool -j2 --grace 0.2 sh -c "yes | head -c 1000000; : >\"done.\$1\"" _ ::: 1 2 >road'
wait_for test -e done.1
wait_for test -e done.2
kill -INT "$started"
expect_end_soon 130
