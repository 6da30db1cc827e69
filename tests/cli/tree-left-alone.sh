#! /bin/sh
# What a task that simply finished has left running is left alone: also when a later task exceeds its time limit, and
# when the run ends.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

linux_extras || skip 'only a subreaper finds what has left the session of the task'
need setsid
cat >tree <<'END'
trap '' TERM
echo $$ >"$1.main"
sh -c 'trap "" TERM; echo $$ >"$0.child"; while :; do sleep 1000; done' "$1" &
(setsid sh -c 'trap "" TERM; echo $$ >"$0.daemon"; while :; do sleep 1000; done' "$1" &)
until [ -s "$1.child" ] && [ -s "$1.daemon" ]; do sleep 0.01; done
: >"$1.ready"
[ "$2" != once ] || exit 0
while :; do sleep 1000; done
END
none_left () {
    for process in main child daemon; do
        gone "$(cat "$1.$process")" || fail "the $process of task $1 is still there"
    done
}
expect_status 1 timeout 20 cpool -j1 --timeout 0.7 --grace 0.1 sh -c 'if [ "$1" = a ]; then
        exec sh tree "$1" once >/dev/null 2>&1
    fi
    exec sleep 1000' _ ::: a b
expect_err_match "^cpool: 'b': timed out after 0\.7s\$"
gone "$(cat a.main)" || fail 'the task has not ended'
for process in child daemon; do
    alive "$(cat "a.$process")" || fail "the $process is gone"
    kill -KILL "$(cat "a.$process")"
done
