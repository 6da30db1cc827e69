#! /bin/sh
# An item that is added at the end: it is the script where that is all that is missing, data behind one, and warned of
# where it is read again together with other words.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool sh -c ::: 'echo a' 'expr 1'
expect_out a 1
expect_status 0 cpool env timeout 60 sh -c ::: 'echo a'
expect_out a
expect_status 0 cpool env sh -c 'echo "$1"' sh ::: 'a;touch PWNED'
expect_out 'a;touch PWNED'
mkdir bin
printf '#! /bin/sh\nshift\nexec sh -c "$*"\n' >bin/ssh
chmod +x bin/ssh
PATH=$PWD/bin:$PATH
expect_status 0 cpool ssh host ::: 'echo a'
expect_out a
expect_err_empty
expect_status 0 cpool ssh host echo ::: a b
expect_out a b
[ "$(grep -c warning err)" -eq 1 ] || fail "$(cat err)"
# In a script, there is no place for it.
expect_status 125 cpool 'exec sh -c' ::: 'touch PWNED'
expect_err_match 'nothing can be appended'
[ ! -e PWNED ] || fail 'an item was run'
