#! /bin/sh
# A task whose worker dies is an object, too, though there is nobody left who knows what it has written.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

linux_extras || skip 'only there a task ends with its worker'
need jq
expect_status 1 cpool -j1 --json sh -c 'kill -9 $PPID; exec sleep 1000' sh ::: lost
[ "$(jq -c '[.seq, .item, .exit, .signal, .outcome, .stdout]' out)" = '[1,"lost",null,9,"lost",""]' ] ||
    fail "$(cat out)"
