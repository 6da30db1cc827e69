#! /bin/sh
# Each option that takes an argument, as the last word: it is named, and what it needs.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

cpool --help=all | sed -n 's/^ *\(-., *\)*\(--[a-z-]*\)=\([^ ]*\).*/\2 \3/p' >options
[ "$(wc -l <options)" -ge 20 ] || fail "only $(wc -l <options) options"
while read -r option argument; do
    expect_status 125 cpool "$option"
    expect_out_empty
    expect_err_match "^cpool: $option: needs an argument, $argument"
    [ "$(wc -l <err)" -eq 1 ] || fail "$option: more than one line"
done <options
