#! /bin/sh
# Events are there while the run goes on, and are a list but for its end: even kill -9 leaves what can be looked at.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
. "$CPOOL_SRCDIR/tests/cli/trace-lib.inc"

mkfifo go
start cpool -j1 --trace=run.json sh -c 'sleep 0.15; [ "$1" != 3 ] || read -r _ <go' _ ::: 1 2 3
wait_for grep -q '"name":"2"' run.json
kill -KILL "$started"
expect_end 137
{ cat run.json; echo; echo ']'; } >ended.json
valid_json ended.json
[ "$(events ended.json)" -eq 2 ] || fail "$(cat run.json)"
