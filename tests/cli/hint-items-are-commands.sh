#! /bin/sh
# Items that are commands: taken for the names of programs they are not found, and the report says how to run them.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

printf '%s\n' 'echo a; echo x' 'expr 1 + 1' >list
expect_status 2 cpool '{}' <list
expect_err_match "^cpool: 2 of 2 tasks failed; to run items as scripts: cpool sh -c <FILE"
expect_status 2 cpool -I , ',' <list
expect_err_match 'to run items as scripts: cpool sh -c <FILE'
expect_status 0 cpool sh -c <list
expect_out a x 2
expect_status 1 cpool '{}' ::: nosuch
! grep -q 'as scripts' err || fail "$(cat err)"
expect_status 1 cpool '{}' x ::: 'a b'
! grep -q 'as scripts' err || fail "$(cat err)"
expect_status 125 cpool -j2 <list
expect_err_match '^cpool: no FUNCTION or COMMAND given; .*cpool sh -c ::: ITEM'
