#! /bin/sh
# Who says how output is to be printed has it printed as well as kept.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need jq
expect_status 0 cpool --tag --results DIR echo ::: a
printf 'a\ta\n' >wanted
expect_out_file wanted
[ "$(cat DIR/1/a/stdout)" = a ] || fail 'kept'
expect_status 0 cpool --json --results DIR echo ::: b
[ "$(jq -r .stdout out)" = b ] || fail 'printed'
[ "$(cat DIR/1/b/stdout)" = b ] || fail 'kept with --json'
