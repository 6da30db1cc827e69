#! /bin/sh
# Whatever is ended with the run gets TERM and the grace time before KILL: what an earlier task has left behind, a left-over that is being
# listened to, one that has left its task's group and session.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need_subreaper
need setsid

cat >waits <<'END_OF_WAITS'
trap 'echo TERM >>"told.$1"; exit' TERM
echo $$ >"$1"
while :; do sleep 0.05; done
END_OF_WAITS

# By an earlier task.
start cpool -j1 --grace 1000 sh -c 'case $1 in
    a) sh waits earlier >/dev/null 2>&1 & until [ -s earlier ]; do sleep 0.01; done ;;
    b) : >last; exec sleep 1000 ;;
    esac' _ ::: a b
wait_for test -e last
kill -TERM "$started"
expect_end_soon 143
[ "$(cat told.earlier)" = TERM ] || fail 'what an earlier task had left was not asked'

expect_status 3 timeout 20 cpool -j1 --grace 1000 --halt now,fail=1 sh -c 'case $1 in
    a) sh waits halted >/dev/null 2>&1 & until [ -s halted ]; do sleep 0.01; done ;;
    b) exit 3 ;;
    esac' _ ::: a b
[ "$(cat told.halted)" = TERM ] || fail 'what an earlier task had left was not asked before --halt ended it'

# One that is being listened to: it ends the run when its task is gone.
cat >talks <<'END_OF_TALKS'
trap 'echo TERM >>told.talks; exit' TERM
while kill -0 "$1" 2>/dev/null; do sleep 0.01; done
kill -TERM "$CPOOL_PID"
while :; do echo x; sleep 0.01; done
END_OF_TALKS
expect_status 143 timeout 20 cpool -j1 --grace 1000 sh -c 'sh talks $$ & :' _ ::: a
[ "$(cat told.talks)" = TERM ] || fail 'one that was listened to was not asked'

# In a session of its own, its task being there.
start cpool -j1 --grace 1000 sh -c 'setsid sh waits apart & exec sleep 1000' _ ::: a
wait_for test -s apart
kill -TERM "$started"
expect_end_soon 143
[ "$(cat told.apart)" = TERM ] || fail 'one in a session of its own was not asked'

# Deaf to TERM, it is killed after the grace time.
start cpool -j1 --grace 0.3 sh -c 'case $1 in
    a) sh -c "trap \"\" TERM; echo \$\$ >deaf; exec sleep 1000" >/dev/null 2>&1 & until [ -s deaf ]; do sleep 0.01; done ;;
    b) : >last2; exec sleep 1000 ;;
    esac' _ ::: a b
wait_for test -e last2
kill -TERM "$started"
expect_end_soon 143
gone "$(cat deaf)" || fail 'one that is deaf to TERM is still there'
