#! /bin/sh
# With --filter the items without an answer come back.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
cat >filter <<'END'
while read -r line; do
    [ "$line" != 5 ] || exit 9
    echo "<$line>"
done
END
seq 1 9 >list
expect_status 1 cpool -j1 -a list --retries 2 --retry-delay 0 --failed todo --filter sh filter
[ "$(cat todo)" = 5 ] || fail "$(cat todo)"
expect_status 125 cpool --pipe --filter --failed todo cat <list
expect_err_match '^cpool: --failed: a command that reads block after block'
