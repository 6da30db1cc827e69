#! /bin/sh
# TERM in the middle of much output ends the run at once, also where nobody reads.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkfifo pipe
exec 9<>pipe
# shellcheck disable=SC2016 # the inner shells' $
start sh -c 'exec "$CPOOL" --grace 0.2 -j2 sh -c "echo \$\$ >pid\$1; exec cat /dev/zero" sh ::: 1 2 >pipe'
wait_for test -s pid1
wait_for test -s pid2
kill -TERM "$started"
expect_end_soon 143
gone "$(cat pid1)" || fail 'a task is left'
gone "$(cat pid2)" || fail 'a task is left'
