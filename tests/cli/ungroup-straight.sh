#! /bin/sh
# With -u a task's output is cpool's own, so that it is out at once, whoever else has not ended.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkfifo hold
start cpool -u -j2 sh -c 'case $1 in first) read -r x <hold ;; esac; echo "$1"; echo "$1 err" >&2' sh ::: first second
wait_for grep -qx second out
wait_for grep -qx 'second err' err
[ "$(cat out)" = second ] || fail "first has not ended: $(cat out)"
echo go >hold
expect_end_soon 0
expect_out second first
