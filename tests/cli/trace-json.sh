#! /bin/sh
# --trace FILE.json has an event for each task, with what is known of it, in a row for each slot.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
. "$CPOOL_SRCDIR/tests/cli/trace-lib.inc"

# The first waits for the second, so that both slots have some.
cat >task <<'END'
[ "$1" != 2 ] || : >second
[ "$1" != 1 ] || until [ -e second ]; do sleep 0.05; done
printf 12345
[ "$1" != 3 ]
END
expect_status 1 cpool -j2 --trace=run.json sh task ::: 1 2 3 4
valid_json run.json
apart run.json
[ "$(events run.json)" -eq 4 ] || fail "$(cat run.json)"
for slot in 1 2; do
    [ "$(grep -c '"thread_name".*"args":{"name":"slot '$slot'"}' run.json)" -eq 1 ] || fail "slot $slot has no name"
done
grep '"name":"3"' run.json | grep -q '"cat":"failed".*"seq":3,"try":1,.*task 3","status":"failed","outcome":"exit status 1","exit":1,.*"output_bytes":5,' ||
    fail "$(grep '"name":"3"' run.json)"
grep '"name":"2"' run.json | grep -q '"cat":"success".*"exit":0,' || fail "$(grep '"name":"2"' run.json)"
