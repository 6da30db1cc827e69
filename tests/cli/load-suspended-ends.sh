#! /bin/sh
# A task that --memsuspend has stopped is ended with the others when a signal ends the run, and can clean up.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

linux_extras || skip 'memory is asked of /proc'
start cpool --memfree 1000T echo ::: a
wait_for grep -q 'MiB are free' err
free=$(sed -n 's/.* \([0-9]*\) MiB are free.*/\1/p' err)
kill "$started"
expect_end 143
[ "$free" -ge 64 ] || skip "only $free MiB are free"

cat >suspended-task <<'END'
trap 'echo "$1" >>cleaned; exit 0' TERM
echo "$1" >>trapped
while :; do sleep 0.05; done
END
stopped () {
    for _process in $(cd /proc && echo [0-9]*); do
        case $(tr '\0' ' ' 2>/dev/null <"/proc/$_process/cmdline") in
            'sh suspended-task '*) case $(state "$_process") in [TD]) stopped=$_process ;; esac ;;
        esac
    done
    [ -n "$stopped" ]
}
stopped=
start cpool -j 8 --memsuspend "$((free * 100 / 158))M" sh suspended-task ::: 1 2 3 4 5 6
wait_for stopped
# It may have been stopped before it could say what it does at TERM.
sort trapped >wanted
kill -TERM "$started"
expect_end_soon 143
gone "$stopped" || fail 'the stopped task is still there'
[ -z "$(sort cleaned | comm -23 wanted -)" ] || fail "cleaned up: $(cat cleaned)"
