#! /bin/sh
# The SCRIPT of sh -c, bash -c and the like, written out, gets items as data, too; its own $1 … stay its own.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool sh -c 'echo "<{}>"' ::: '$(touch hacked)' 'a"b'
expect_out '<$(touch hacked)>' '<a"b>'
expect_status 0 cpool sh -c 'echo {} "$1" "$#"' _ mine ::: a
expect_out 'a mine 1'
expect_status 1 cpool sh -e -c 'false; echo {}' ::: a
expect_out_empty
expect_status 0 cpool sh -c 'echo "$0" "$@"' name ::: a
expect_out 'name a'
[ ! -e hacked ] || fail 'an item was run'
