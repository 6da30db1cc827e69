#! /bin/sh
# A task's leader ends between the look whether it has ended and the reaping of it. Without a subreaper the rest of its group was then
# out of reach, and stayed.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need strace
sanitized && skip 'the sanitizers do not work under strace'
strace -f -o /dev/null -e inject=wait4:delay_enter=1 true 2>/dev/null || skip 'strace can do nothing here'

cat >deaf <<'END_OF_DEAF'
trap '' TERM
echo $$ >deaf.pid
sleep 1000 &
wait
END_OF_DEAF
cat >task <<'END_OF_TASK'
sh deaf &
until [ -s deaf.pid ]; do sleep 0.01; done
trap 'sleep 0.1; exit 0' TERM
kill -TERM "$CPOOL_PID"
sleep 1000 &
while :; do wait; done
END_OF_TASK
start strace -f -o /dev/null -e trace=waitid -e inject=waitid:delay_exit=300000 cpool -j1 --grace 5 sh task ::: a
expect_end_soon 143
gone "$(cat deaf.pid)" || fail 'what the task has left lives on'
