#! /bin/sh
# A run that is ended by TERM leaves a log, a picture, events and figures that are whole, of what was done; then it goes on.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkfifo gate
for form in svg json; do
    rm -f log running
    # shellcheck disable=SC2016 # the $ is of the tasks' shell
    start cpool -j2 --joblog log --trace "run.$form" --summary --tag sh -c '
        [ "$1" = 1 ] || { echo >running; read -r _ <gate; }; echo "done $1"' sh ::: 1 2 3
    wait_for test -s running
    wait_for grep -qs "$(printf '\t0\t0\t')" log
    kill -TERM "$started"
    expect_end_soon 143
    [ "$(wc -l <log)" -eq 2 ] || fail "log: $(cat log)"
    expect_err_match '^  tasks +1 succeeded, 2 cut off'
    grep -q 'done 1' out || fail 'what was done is not out'
done
tail -n 1 run.svg | grep -q '</svg>' || fail 'the picture is not whole'
[ "$(tail -n 1 run.json)" = ']' ] || fail 'the events are not whole'
[ "$(grep -c '"status":"cut off"' run.json)" -eq 2 ] || fail 'events of what was cut off'
