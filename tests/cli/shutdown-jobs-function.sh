#! /bin/sh
# USR1 gives functions one worker more, USR2 one fewer; what runs is not disturbed.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need pgrep
mkfifo in
exec 8<>in
start cpool -j1 nap <in 8>&-
for item in 1 2 3 4 5 6 7 8 9; do echo "0.2$item"; done >&8
workers () { [ "$(pgrep -c -P "$started")" -eq "$1" ]; }
wait_for workers 1
kill -USR1 "$started"
wait_for workers 2
kill -USR2 "$started"
wait_for workers 1
kill -USR2 "$started" # no fewer than one
nine () { [ "$(wc -l <out)" -eq 9 ]; }
wait_for nine
kill -TERM "$started"
expect_end_soon 143
expect_out 0.21 0.22 0.23 0.24 0.25 0.26 0.27 0.28 0.29
