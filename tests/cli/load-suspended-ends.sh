#! /bin/sh
# A task that --memsuspend has stopped is ended with the others when a signal ends the run, and can clean up.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
. "$CPOOL_SRCDIR/tests/cli/load-lib.inc"

find_size
cat >suspended-task <<'END'
trap 'echo "$1" >>cleaned; exit 0' TERM
echo "$1" >>trapped
while :; do sleep 0.05; done
END
stopped () {
    tasks_of suspended-task >now
    while read -r process _; do
        ! is_stopped "$process" || stopped=$process
    done <now
    [ -n "$stopped" ]
}
stopped=
start cpool -j 8 --memsuspend "$size" sh suspended-task ::: 1 2 3 4 5 6
wait_for stopped
# It may have been stopped before it could say what it does at TERM.
sort trapped >wanted
kill -TERM "$started"
expect_end_soon 143
gone "$stopped" || fail 'the stopped task is still there'
[ -z "$(sort cleaned | comm -23 wanted -)" ] || fail "cleaned up: $(cat cleaned)"
