#! /bin/sh
# A filter that dies of one item: that one is tried again by --resume-failed, in its turn among those that are left out.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
cat >filter <<'END'
while read -r line; do
    [ "$line" != 5 ] || [ -e well ] || exit 9
    echo "<$line>"
done
END
seq 1 9 >list
expect_status 1 cpool -j1 -a list --joblog log --retries 2 --retry-delay 0 --filter sh filter
expect_out '<1>' '<2>' '<3>' '<4>' '<6>' '<7>' '<8>' '<9>'
[ "$(wc -l <log)" -eq 10 ] || fail "$(cat log)"
: >well
expect_status 0 cpool -j1 -a list --joblog log --resume --filter sh filter
expect_out_empty
expect_status 0 cpool -j1 -a list --joblog log --resume-failed --filter sh filter
expect_out '<5>'
