#! /bin/sh
# Even KILL leaves a log that can be gone on from.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
cat >task <<'END'
[ -e go ] || [ "$1" -lt 4 ] || exec sleep 1000
echo "$1" >>ran
END
start cpool -j2 --joblog log sh task ::: 1 2 3 4 5
logged () { [ "$(wc -l <log)" -eq 4 ]; }
wait_for logged
kill -KILL "$started"
expect_end_soon 137
: >go
expect_status 0 cpool -j2 --joblog log --resume sh task ::: 5 4 3 2 1
[ "$(sort ran | tr '\n' ' ')" = '1 2 3 4 5 ' ] || fail "$(cat ran)"
