#! /bin/sh
# Nothing is appended to a file that is no log, or one of the other form.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
echo 'dear diary' >diary
cp diary copy
expect_status 125 cpool --joblog +diary touch ran ::: a
expect_err_match '^cpool: --joblog: diary: line 1 is none of a log in GNU parallel.s columns; '
expect_status 125 cpool --joblog diary --resume touch ran ::: a
expect_status 125 cpool --joblog +diary --joblog-format=json touch ran ::: a
expect_err_match '^cpool: --joblog: diary: line 1 is none of a log of --joblog-format=json; '
cmp diary copy || fail 'it was written to'
printf 'no newline' >diary
expect_status 125 cpool --joblog +diary touch ran ::: a
[ "$(cat diary)" = 'no newline' ] || fail 'it was written to'
expect_status 0 cpool --joblog log true ::: a
expect_status 125 cpool --joblog +log --joblog-format=json touch ran ::: a
[ ! -e ran ] || fail 'a task was run'
[ "$(wc -l <log)" -eq 2 ] || fail "$(cat log)"
