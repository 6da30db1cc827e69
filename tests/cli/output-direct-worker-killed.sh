#! /bin/sh
# A worker that is killed while it passes on what its task writes costs that task, and nothing of the others.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

seq 1 300000 >expected-one
status=0
cpool -j2 sh -c 'cat expected-one; [ "$1" -ne 2 ] || kill -9 $PPID; cat expected-one; echo "end $1"' sh ::: 1 2 3 2>err >got ||
    status=$?
[ "$status" -eq 1 ] || fail "status $status"
grep -q '^cpool: item 2' err || fail "it is not told: $(cat err)"
[ "$(grep -c '^end' got)" -eq 2 ] || fail 'ends'
{ cat expected-one expected-one; echo 'end 1'; } >expected-first
head -c "$(wc -c <expected-first)" got | cmp - expected-first || fail 'the first'
{ cat expected-one expected-one; echo 'end 3'; } >expected-last
tail -c "$(wc -c <expected-last)" got | cmp - expected-last || fail 'the last'
