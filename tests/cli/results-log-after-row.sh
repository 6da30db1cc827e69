#! /bin/sh
# A task whose row waits for its turn is not logged before it has it: else KILL would leave a task that is done and has no row.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
cat >task <<'END'
echo "$1"
: >"$1.done"
[ "$1" != 2 ] || [ -e go ] || exec sleep 1000
END
start cpool -j2 --joblog log --results t.csv sh task ::: 1 2 3 4
wait_for test -e 4.done
logged () { [ "$(wc -l <log)" -eq 2 ]; }
wait_for logged
kill -KILL "$started"
expect_end_soon 137
[ "$(cut -d , -f 1 t.csv | grep -c '^[0-9]')" -eq 1 ] || fail "$(cat t.csv)"
[ "$(wc -l <log)" -eq 2 ] || fail "$(cat log)"
: >go
expect_status 0 cpool -j2 --joblog log --resume --results t.csv sh task ::: 1 2 3 4
[ "$(cut -d , -f 1 t.csv | grep '^[0-9]' | tr '\n' ' ')" = '1 2 3 4 ' ] || fail "$(cat t.csv)"
[ "$(wc -l <log)" -eq 5 ] || fail "$(cat log)"
# A log that can't take the line is not forgotten, though the row is out.
[ -e /dev/full ] || skip 'no /dev/full'
expect_status 125 cpool --joblog /dev/full --results t.csv echo ::: 1
expect_err_match '^cpool: --joblog: /dev/full: can.t be written'
