#! /bin/sh
# A command of several words is run directly: nothing in the words or items means anything to a shell.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

nasty='a  b;touch hacked #$(touch hacked)`touch hacked`'"'"'"\*?[x]{a,b}|&><'
expect_status 0 cpool printf '<%s|%s>\n' "$nasty" ::: "$nasty" '~' '-'
expect_out "<$nasty|$nasty>" "<$nasty|~>" "<$nasty|->"
[ ! -e hacked ] || fail 'an item was run'
