#! /bin/sh
# Each option that takes no argument, given one, is named, and nothing is run.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

cpool --help=all | sed -n 's/^ *\(-., *\)*\(--[a-z-]*\)  *.*/\2/p' >names
[ "$(wc -l <names)" -ge 15 ] || fail "only $(wc -l <names) such options"
while read -r option; do
    expect_status 125 cpool "$option=x" touch ran ::: a
    expect_out_empty
    expect_err_match "^cpool: $option: takes no argument"
    [ "$(wc -l <err)" -eq 1 ] || fail "$option=x: more than one line"
done <names
expect_status 125 cpool --help=x
expect_err_match "^cpool: --help: 'x' is not all"
[ ! -e ran ] || fail 'a task was run'
