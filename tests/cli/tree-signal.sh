#! /bin/sh
# A task's child, its background process and its double-forked daemon are ended with it when a signal ends the run.
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
for signal in TERM:143 INT:130; do
    rm -f ./*.ready
    start cpool -j2 --grace 0.2 sh tree ::: a b
    wait_for test -e a.ready
    wait_for test -e b.ready
    kill -"${signal%:*}" "$started"
    expect_end_soon "${signal#*:}"
    none_left a
    none_left b
done
