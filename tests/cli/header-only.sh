#! /bin/sh
# A table of which there is only the header, or nothing, is no task.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

echo name >in
expect_status 0 cpool --header : touch 'ran{name}' <in
expect_status 0 cpool --header : touch 'ran{name}' </dev/null
expect_status 0 cpool --header : touch 'ran{name}' :::
expect_err_empty
for file in ran*; do
    [ ! -e "$file" ] || fail 'a task was run'
done
