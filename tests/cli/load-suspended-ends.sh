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

cat >task <<'END'
trap 'echo "$1" >>cleaned; exit 0' TERM
echo $$ >"$1.new" && mv "$1.new" "$1.pid"
while :; do sleep 0.05; done
END
start cpool -j 4 --memsuspend "$((free * 100 / 158))M" sh task ::: 1 2 3
stopped () {
    [ -e 3.pid ] && [ "$(state "$(cat 3.pid)")" = T ]
}
wait_for stopped
kill -TERM "$started"
expect_end_soon 143
[ "$(sort cleaned | tr '\n' ' ')" = '1 2 3 ' ] || fail "cleaned up: $(cat cleaned)"
