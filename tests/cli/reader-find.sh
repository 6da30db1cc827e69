#! /bin/sh
# find -exec sh -c SCRIPT ; hands on words as they are, but for {} and a ; of its own: a task with such an item fails.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need find
expect_status 0 cpool find . -maxdepth 0 -exec sh -c 'echo {}' \; -exec sh -c 'echo {} "$1"' _ x \; ::: 'a;touch PWNED' '$(touch PWNED)'
expect_out 'a;touch PWNED' 'a;touch PWNED x' '$(touch PWNED)' '$(touch PWNED) x'
expect_status 0 cpool -I % find . -maxdepth 0 -exec sh -c 'echo % "$@"' _ {} + ::: 'a;touch PWNED'
expect_out 'a;touch PWNED .'
expect_status 3 cpool -j1 find . -maxdepth 0 -exec sh -c 'echo {}' \; ::: \; 'a{}' + ok
expect_out ok
[ "$(grep -c 'find would not hand it on as it is; write one script: x={} find' err)" -eq 3 ] || fail "$(cat err)"
# Several items could end what find runs, and begin something else.
expect_status 1 cpool -n9 find . -maxdepth 0 -exec echo {} \; ::: \; -exec touch PWNED \;
expect_out_empty
# Instead:
expect_status 0 cpool "x={} find . -maxdepth 0 -exec sh -c 'echo \"\$x\"' \;" ::: \; 'a{}'
expect_out \; 'a{}'
[ ! -e PWNED ] || fail 'an item was run'
