#! /bin/sh
# {##} is known wherever it is written: in a variable and a folder, too.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

seq 3 >three
mkdir d3
expect_status 0 cpool --env 'COUNT={##}' 'echo "$COUNT" {}' :::: three
expect_out '3 1' '3 2' '3 3'
expect_status 0 cpool --wd 'd{##}' touch :::: three
[ "$(ls d3)" = "$(printf '1\n2\n3')" ] || fail "in d3: $(ls d3)"
