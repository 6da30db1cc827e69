#! /bin/sh
# A function that bash has exported is none that cpool can run; what the hint says does.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need bash
cat >script <<'END'
greet () { echo "hello $1"; }
export -f greet
cpool greet ::: a
cpool bash -c 'greet "$@"' _ ::: a 'b c'
END
expect_status 0 bash script
expect_err_match "^cpool: greet: not found: it is a function that bash has exported, .*: cpool bash -c 'greet \"\\\$@\"' _ ::: ITEM"
expect_out 'hello a' 'hello b c'
