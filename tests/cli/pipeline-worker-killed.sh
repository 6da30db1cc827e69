#! /bin/sh
# A worker that is killed takes all programs of its task with it; the item is named, the others are done.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

linux_extras || skip 'the task of a killed worker is out of reach'
expect_status 1 timeout 30 cpool -j2 --grace 0.1 sh -c '[ "$1" != b ] || { echo $$ >first; sleep 1000; }; echo "$1"' _ '{}' '|' sh -c '[ {} != b ] || { echo $$ >second; until [ -s first ]; do sleep 0.01; done; kill -KILL $PPID; sleep 1000; }; cat' ::: a b c
expect_out a c
expect_err_match "^cpool: item 2 'b': lost: its worker was ended by SIGKILL"
wait_for gone "$(cat first)"
wait_for gone "$(cat second)"
