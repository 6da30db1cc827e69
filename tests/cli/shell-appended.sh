#! /bin/sh
# Without {} in a script the item comes behind it; where that can't be, it is said.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool 'printf "<%s>\n" x' ::: 'a b' '$(touch hacked)'
expect_out '<x>' '<a b>' '<x>' '<$(touch hacked)>'
expect_status 125 cpool 'touch ran # end' ::: a
expect_err_match '^cpool: the script: nothing can be appended'
[ ! -e hacked ] || fail 'the item was run'
[ ! -e ran ] || fail 'it was run'
