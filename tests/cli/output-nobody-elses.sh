#! /bin/sh
# Output belongs to the task that wrote it, also where pipes are used again: 300 tasks of one worker, each with both streams,
# now and then much of it, none, or a process left behind.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

seq 300 >in
expect_status 0 cpool -j1 sh -c 'case $1 in
    *0) head -c 200000 /dev/zero | tr "\0" x; echo ;;
    *1) ;;
    *2) (echo "late $1") & ;;
    *) echo "out $1"; echo "err $1" >&2 ;;
esac' sh <in
awk '/0$/ { print "200000 bytes"; next } /1$/ { next } /2$/ { print "late " $1; next } { print "out " $1 }' in >expected
awk 'length > 100 { print length " bytes"; next } { print }' out >short
cmp -s short expected || fail "wrong standard output: $(diff short expected | head -n 5)"
awk '/[012]$/ { next } { print "err " $1 }' in | cmp -s - err || fail "wrong standard error: $(head -c 300 err)"
