#! /bin/sh
# A worker that is killed between others' tasks: what is handed out again is left out again, and only once.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
# The worker is its task's parent.
cat >task <<'END'
echo "$1" >>ran
[ "$1" != kill ] || kill -KILL "$PPID"
END
seq 1 300 >list
expect_status 0 cpool -a list --joblog log sh task
{ cat list; echo kill; cat list; } >longer
rm ran
expect_status 1 cpool -j4 -a longer --joblog log --resume sh task
sort -n ran | sed /kill/d | cmp - list || fail 'not each new task was done once'
