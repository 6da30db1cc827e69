#! /bin/sh
# A signal ends cpool also while it waits for a header.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need_proc
mkfifo in
exec 8<>in
start cpool --header : echo '{a}' <in 8>&-
asleep () { [ "$(state "$started")" = S ]; }
wait_for asleep
kill -TERM "$started"
wait_for gone "$started"
expect_end 143
exec 8>&-
