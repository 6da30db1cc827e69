#! /bin/sh
# Of two equal tasks one has failed: it is tried again by itself, and its tries count as one task.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
cat >flaky <<'END'
echo ran
[ -e tried ] || { : >tried; exit 1; }
END
expect_status 1 cpool -j1 --joblog log sh flaky ::: a a
rm tried
expect_status 1 cpool -j1 --joblog log --resume-failed sh flaky ::: a a
expect_out ran
expect_status 0 cpool -j1 --joblog log --resume-failed sh flaky ::: a a
expect_out ran
# Four lines, two tasks: of three, one is new, whichever way it is gone on.
cp log again
expect_status 0 cpool -j1 --joblog log --resume sh flaky ::: a a a
expect_out ran
expect_status 0 cpool -j1 --joblog again --resume-failed sh flaky ::: a a a
expect_out ran
