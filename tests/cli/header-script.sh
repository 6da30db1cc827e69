#! /bin/sh
# Names in a script for the shell: the values are never part of it.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

printf 'who\n$(touch hacked)\n"; touch hacked; "\n' >in
expect_status 0 cpool --header : 'printf "%s\n" {who} "{who}" '"'{who}'" <in
sed 1d in | sed 'p;p' >wanted
expect_out_file wanted
[ ! -e hacked ] || fail 'a value was run'
