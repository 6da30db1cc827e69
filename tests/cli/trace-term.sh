#! /bin/sh
# Ended by a signal, a run leaves a whole trace: what was running is cut off.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
. "$CPOOL_SRCDIR/tests/cli/trace-lib.inc"

for form in svg json; do
    rm -f done.* pid.*
    start cpool -j3 --trace=run.$form sh -c '[ "$1" != 1 ] || exit 0; echo $$ >"pid.$1"; exec sleep 1000' _ ::: 1 2 3 4 5
    wait_for test -s pid.2
    wait_for test -s pid.3
    wait_for test -s pid.4
    kill -TERM "$started"
    expect_end 143
done
well_formed run.svg
[ "$(in_legend run.svg)" = '1 success
3 cut off' ] || fail "the legend: $(in_legend run.svg)"
[ "$(drawn run.svg)" -eq 4 ] || fail "$(drawn run.svg) tasks are drawn"
grep -q 'ended by SIGTERM' run.svg || fail 'not told why it ended'
valid_json run.json
[ "$(grep -c '"cat":"cut off".*"status":"cut off"' run.json)" -eq 3 ] || fail "$(cat run.json)"
